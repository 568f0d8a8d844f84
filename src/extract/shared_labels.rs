//! Labels that several things have (`Price: …` under each of them): each takes the name of its thing before it. Where
//! the things are headings, cards show them anyway.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Candidate, fact, term};
use crate::deck::{Content, FactKind};
use crate::letter::is_letter_or_digit;
use crate::outline::{BlockKind, Outline};
use crate::rule::Rules;

/// Puts the name above before the terms that stand under several neighbours, each with an answer of its own. What the
/// note also speaks of elsewhere is a thing, no label.
pub(super) fn tell_apart(outline: &Outline, rules: &Rules, found: &mut [Candidate]) {
    let shared = shared(outline, found);
    if shared.is_empty() {
        return;
    }
    let labels: BTreeSet<&str> = shared.iter().filter_map(|at| name(outline, &found[*at])).collect();
    let labels: Vec<&str> = labels.into_iter().collect();
    let things = spoken_of(outline, found, &labels);
    let things: BTreeSet<String> = things.into_iter().map(str::to_owned).collect();
    for at in shared {
        let Some(label) = name(outline, &found[at]).map(str::to_owned) else { continue };
        let above = named(outline, rules, found, outline.block(found[at].block).parent);
        let above = above.filter(|above| !term::key(&label).starts_with(&term::key(above)));
        let above = above.filter(|above| fact::asked_for(above).is_none()); // a prompt names nothing
        if let (Some(above), Content::Fact { term, .. }) = (above, &mut found[at].content)
            && !things.contains(&label)
        {
            *term = format!("{above} {label}");
        }
    }
}

/// Headings that differ only in what stands behind the name in brackets keep it: `Rope (hemp)`, `Rope (wire)`.
pub(super) fn keep_brackets(outline: &Outline, found: &mut [Candidate]) {
    let gloss = |candidate: &Candidate| {
        let heading = outline.is_heading(candidate.block).then(|| outline.block(candidate.block))?;
        term::of_plain(&heading.text.plain).gloss
    };
    let name = |candidate: &Candidate| match &candidate.content {
        Content::Fact { term, .. } => Some(term::key(term)),
        _ => None,
    };
    let mut glosses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for candidate in found.iter() {
        if let Some(name) = name(candidate)
            && let Some(gloss) = gloss(candidate)
        {
            glosses.entry(name).or_default().insert(gloss);
        }
    }
    glosses.retain(|_, all| all.len() > 1);
    if glosses.is_empty() {
        return;
    }
    for candidate in found {
        let known = name(candidate).is_some_and(|name| glosses.contains_key(&name));
        let gloss = known.then(|| gloss(candidate)).flatten();
        if let (Some(gloss), Content::Fact { term, details, .. }) = (gloss, &mut candidate.content) {
            let bracket = format!("({gloss})");
            *details = details
                .take()
                .filter(|details| *details != bracket)
                .map(|details| details.strip_prefix(&format!("{bracket}\n\n")).map(str::to_owned).unwrap_or(details));
            *term = format!("{term} {bracket}");
        }
    }
}

/// The name of what a label stands under: the term that was made of it, or else its text where that is a name.
fn named(outline: &Outline, rules: &Rules, found: &[Candidate], thing: usize) -> Option<String> {
    let first = found.partition_point(|candidate| candidate.block < thing);
    let made = found[first..].iter().take_while(|candidate| candidate.block == thing);
    let mut terms = made.filter_map(|candidate| match &candidate.content {
        Content::Fact { term, .. } if !rules.is_vague(term) => Some(term.clone()),
        _ => None,
    });
    terms.next().or_else(|| fact::name_above(outline, rules, thing))
}

/// The term of a line or bullet that has its answer behind it.
fn name<'a>(outline: &Outline, candidate: &'a Candidate) -> Option<&'a str> {
    let on_line = matches!(outline.block(candidate.block).kind, BlockKind::Item { .. } | BlockKind::Line)
        && candidate.term_lines.iter().any(|line| candidate.lines.contains(line));
    match &candidate.content {
        Content::Fact { kind: FactKind::Definition, term, .. } if on_line => Some(term),
        _ => None,
    }
}

/// The candidates whose term stands under one of several neighbours that have it.
fn shared(outline: &Outline, found: &[Candidate]) -> Vec<usize> {
    let thing = |at: usize| outline.block(found[at].block).parent;
    let mut places: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (at, candidate) in found.iter().enumerate() {
        if let Some(term) = name(outline, candidate)
            && !outline.is_heading(thing(at))
        {
            places.entry((outline.block(thing(at)).parent, term::key(term))).or_default().push(at);
        }
    }
    let several = |at: &Vec<usize>| at.iter().any(|other| thing(*other) != thing(at[0]));
    let mut shared: Vec<usize> = places.into_values().filter(several).flatten().collect();
    shared.sort_unstable();
    shared
}

/// Which of the names stand in blocks that they are not the terms of.
fn spoken_of<'a>(outline: &Outline, found: &[Candidate], names: &[&'a str]) -> Vec<&'a str> {
    let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names);
    let Ok(search) = search else { return names.to_vec() };
    let mut spoken = vec![false; names.len()];
    let mut own: Vec<(usize, &str)> =
        found.iter().filter_map(|candidate| Some((candidate.block, name(outline, candidate)?))).collect();
    own.sort_unstable();
    for (index, block) in outline.blocks.iter().enumerate() {
        let plain = block.text.plain.as_str();
        for hit in search.find_iter(plain) {
            let which = hit.pattern().as_usize();
            let joined = |c: Option<char>| c.is_some_and(is_letter_or_digit);
            let ends = names[which].is_ascii() && plain[hit.end()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            if !joined(plain[..hit.start()].chars().next_back())
                && !ends
                && own.binary_search(&(index, names[which])).is_err()
            {
                spoken[which] = true;
            }
        }
    }
    names.iter().zip(spoken).filter(|(_, spoken)| *spoken).map(|(name, _)| *name).collect()
}
