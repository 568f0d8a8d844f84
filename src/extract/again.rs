//! Candidates that say again what others of the note say: they are no cards besides.

use std::collections::{BTreeMap, BTreeSet};

use super::sentences::asks_of;
use super::{Candidate, term};
use crate::deck::{Content, FactKind, Row};
use crate::outline::labels::DEFINES;
use crate::outline::{BlockKind, Outline, ROOT, sentence};
use crate::rule::{AnswerFrom, Rules, Target};

/// The only thing under a question is its answer, and what it says of a name in the question is no card besides.
pub(super) fn drop_answers_again(outline: &Outline, found: &mut Vec<Candidate>) {
    let asked = |candidate: &Candidate| {
        let question = outline.block(candidate.block);
        match (&candidate.content, question.children.as_slice()) {
            (Content::Fact { .. }, [only]) if sentence::asks(&question.text.plain) => {
                Some((*only, question.text.plain.as_str()))
            }
            _ => None,
        }
    };
    let asked: BTreeMap<usize, &str> = found.iter().filter_map(asked).collect();
    found.retain(|candidate| match &candidate.content {
        Content::Fact { term, .. } => {
            asked.get(&candidate.block).is_none_or(|question| !asks_of(question, term) && !ends_in(question, term))
        }
        _ => true,
    });
}

/// What a name announces to be set against each other is so under it once more, by a sentence, or by another reading of the
/// name that finds the same of each side: one comparison.
pub(super) fn drop_comparisons_again(outline: &Outline, found: &mut Vec<Candidate>) {
    let mut last: Option<(usize, Vec<usize>, Vec<Row>)> = None;
    found.retain(|candidate| {
        let Content::Comparison { rows, .. } = &candidate.content else { return true };
        let above = |at: &usize| Some(outline.block(*at).parent).filter(|parent| *parent != ROOT);
        let is_under = |block: usize| std::iter::successors(above(&candidate.block), above).any(|at| at == block);
        let again = last
            .as_ref()
            .is_some_and(|(block, lines, same)| *lines == candidate.lines && (same == rows || is_under(*block)));
        if !again {
            last = Some((candidate.block, candidate.lines.clone(), rows.clone()));
        }
        !again
    });
}

/// A long line that announces the only list under a heading is no card besides the heading, whose points begin with it.
pub(super) fn drop_announcements_under_points(outline: &Outline, found: &mut Vec<Candidate>) {
    const LONG: usize = 8; // words
    let lists = |candidate: &Candidate| {
        let points = matches!(candidate.content, Content::Fact { kind: FactKind::Points, .. });
        let [only] = outline.children(candidate.block) else { return None };
        (points && outline.is_heading(candidate.block)).then_some(*only)
    };
    let announced: BTreeSet<usize> = found.iter().filter_map(lists).collect();
    found.retain(|candidate| {
        let announces = |term: &str| term.split_whitespace().nth(LONG - 1).is_some();
        match &candidate.content {
            Content::Fact { term, .. } => !(announced.contains(&candidate.block) && announces(term)),
            _ => true,
        }
    });
}

/// A heading over a label of the same name lists what the label lists, and more that has names of its own.
pub(super) fn drop_headings_named_again(outline: &Outline, found: &mut Vec<Candidate>) {
    let term = |candidate: &Candidate| match &candidate.content {
        Content::Fact { term, .. } => Some(term::key(term)),
        _ => None,
    };
    let is_label = |candidate: &&Candidate| {
        let block = outline.block(candidate.block);
        !block.children.is_empty() && block.text.plain.ends_with([':', '：']) && outline.is_heading(block.parent)
    };
    let labels: BTreeSet<(usize, String)> = found
        .iter()
        .filter(is_label)
        .filter_map(|candidate| Some((outline.block(candidate.block).parent, term(candidate)?)))
        .collect();
    let again = |candidate: &Candidate| {
        matches!(candidate.content, Content::Fact { kind: FactKind::Points, .. })
            && term(candidate).is_some_and(|term| labels.contains(&(candidate.block, term)))
    };
    found.retain(|candidate| !again(candidate));
}

/// A heading over nothing but labels that say nothing alone (`Kinds`, `Use`), each over its own list, is no card besides
/// those lists, which have its name before theirs.
pub(super) fn drop_headings_over_vague_labels(outline: &Outline, rules: &Rules, found: &mut Vec<Candidate>) {
    let is_label = |part: &usize| {
        let block = outline.block(*part);
        matches!(block.kind, BlockKind::Line) && !block.children.is_empty() && rules.is_vague(&block.text.plain)
    };
    let fact = |candidate: &Candidate| matches!(candidate.content, Content::Fact { .. }).then_some(candidate.block);
    let made: BTreeSet<usize> = found.iter().filter_map(fact).collect();
    found.retain(|candidate| {
        let parts = outline.children(candidate.block).iter().filter(|part| !outline.is_heading(**part));
        let mut labels = parts.map(|part| is_label(part) && made.contains(part)).peekable();
        let points = matches!(candidate.content, Content::Fact { kind: FactKind::Points, .. });
        !(points && outline.is_heading(candidate.block) && labels.peek().is_some() && labels.all(|label| label))
    });
}

/// A heading over nothing but what its last words are (`Measuring X` over `X is …`) is no card besides, if all that stands
/// there is said of them.
pub(super) fn drop_names_over_definitions(outline: &Outline, found: &mut Vec<Candidate>) {
    const MARGIN: usize = 64; // bytes
    const VERB: usize = 16; // bytes of an article and what parts a name from its answer
    let fact = |candidate: &Candidate| match &candidate.content {
        Content::Fact { term, answer, .. } => Some((term.clone(), term::key(answer))),
        _ => None,
    };
    // the only block that stands right under a heading, for headings that are cards
    let only_below = |candidate: &Candidate| {
        let mut own = outline.children(candidate.block).iter().filter(|child| !outline.is_heading(**child));
        let only = own.next().filter(|_| outline.is_heading(candidate.block) && own.next().is_none());
        Some((*only?, fact(candidate)?.0))
    };
    let over: BTreeMap<usize, String> = found.iter().filter_map(only_below).collect();
    let names = |candidate: &Candidate| {
        let (name, (term, answer)) = (over.get(&candidate.block)?, fact(candidate)?);
        let block = outline.block(candidate.block);
        // signs and spaces leave a third of a text at least
        let plain = block.text.plain.as_str();
        let says_all = || {
            let all = term::key(plain);
            all.ends_with(&answer) && all.len() <= term.len() + answer.len() + VERB
        };
        let says_all = || plain.len() <= 3 * (term.len() + answer.len()) + MARGIN && says_all();
        (ends_in(name, &term) && term::key(name) != term::key(&term) && says_all()).then_some(block.parent)
    };
    let named: BTreeSet<usize> = found.iter().filter_map(names).collect();
    found.retain(|candidate| !(named.contains(&candidate.block) && matches!(candidate.content, Content::Fact { .. })));
}

/// What opens a section and begins with the section's name, told more closely (`Sea rope is …` under `Rope`), is what the
/// section's name is, and no card besides.
pub(super) fn drop_openings_again(outline: &Outline, rules: &Rules, found: &mut Vec<Candidate>) {
    let definition = |candidate: &Candidate| match &candidate.content {
        Content::Fact { kind: FactKind::Definition, term, answer, .. } => Some((term.clone(), term::key(answer))),
        _ => None,
    };
    let opened = |candidate: &Candidate| {
        let opens = rules.get(&candidate.rule).is_some_and(|rule| rule.form.answer == AnswerFrom::Opening);
        let (name, opening) = definition(candidate).filter(|_| opens && outline.is_heading(candidate.block))?;
        Some((candidate.block, (name, opening, candidate.lines.clone())))
    };
    const CONCEPTS: [&str; 2] = ["개념", "概念"];
    let opened: BTreeMap<usize, (String, String, Vec<usize>)> = found.iter().filter_map(opened).collect();
    // a heading that only says `Definition`, over what its thing is by name
    let is_definition = |name: &str| DEFINES.iter().chain(&CONCEPTS).any(|defines| name.eq_ignore_ascii_case(defines));
    let by_name = |candidate: &Candidate| {
        let heading = outline.block(candidate.block).parent;
        let (name, opening, _) = opened.get(&heading)?;
        let (term, _) = definition(candidate)?;
        (is_definition(name) && begins_with(opening, &term)).then_some(heading)
    };
    let by_name: BTreeSet<usize> = found.iter().filter_map(by_name).collect();
    found.retain(|candidate| {
        if by_name.contains(&candidate.block) && definition(candidate).is_some() {
            return false;
        }
        let block = outline.block(candidate.block);
        let above = opened.get(&block.parent).zip(definition(candidate));
        above.is_none_or(|((name, opening, lines), (term, answer))| {
            // a line that goes on about it, and is on its card
            let on_line = rules.get(&candidate.rule).is_some_and(|rule| rule.form.on == [Target::Line]);
            let on_card = || candidate.lines.iter().all(|line| lines.binary_search(line).is_ok());
            if on_line && ends_in(&term, name) && on_card() {
                return false;
            }
            let again = || term.len() > name.len() && ends_in(&term, name) && begins_with(opening, &term);
            !(again() && opening.contains(&answer))
        })
    });
}

/// Whether a text (as its key) begins with a name, perhaps behind an article.
fn begins_with(text: &str, name: &str) -> bool {
    let name = term::key(name);
    let start = text.floor_char_boundary(name.len() + sentence::ARTICLE);
    text[..start].contains(&name)
}

/// Whether a question or a heading ends in a name, in one or many (`Describe the uses and limits of X`).
fn ends_in(text: &str, name: &str) -> bool {
    let (text, name) = (term::key(text), term::key(name));
    text.trim_end_matches('s').ends_with(name.trim_end_matches('s'))
}

/// A name over prose lists what stands below it, unless that begins with what its name is: where it leads up to what a
/// sentence further down says, or says nothing of the kind.
pub(super) fn list_what_leads_up(outline: &Outline, rules: &Rules, found: &mut [Candidate]) {
    let opens = |id: &str| rules.get(id).is_some_and(|rule| rule.form.answer == AnswerFrom::Opening);
    let in_sentence = |id: &str| rules.get(id).is_some_and(|rule| rule.form.on == [Target::Sentence]);
    let named = |candidate: &Candidate| match &candidate.content {
        Content::Fact { kind: FactKind::Definition, term, .. } => Some(term::key(term)),
        _ => None,
    };
    let said: BTreeMap<String, usize> = found
        .iter()
        .filter(|candidate| in_sentence(&candidate.rule))
        .filter_map(|candidate| Some((named(candidate)?, candidate.block)))
        .collect();
    let is_list = |candidate: &&Candidate| matches!(candidate.content, Content::Fact { kind: FactKind::Points, .. });
    let listed: BTreeSet<usize> = found.iter().filter(is_list).map(|candidate| candidate.block).collect();
    for candidate in found.iter_mut() {
        let Some(name) = named(candidate).filter(|_| opens(&candidate.rule)) else { continue };
        let said_at = said.get(&name).and_then(|block| outline.heading_above(*block));
        let below = said_at == Some(candidate.block);
        let has_list = listed.contains(&candidate.block);
        let is_fold = matches!(outline.block(candidate.block).kind, BlockKind::Fold);
        if let Content::Fact { kind, answer, details, .. } = &mut candidate.content
            && (below && !term::key(answer).contains(&name) && !sentence::says_kind(answer)
                || !(has_list || sentence::says_what(answer) || is_fold && is_hint(details.as_deref())))
        {
            take_details(kind, answer, details);
        }
    }
}

/// Whether what a fold has behind its answer is only there to help with it.
fn is_hint(details: Option<&str>) -> bool {
    const LONGEST: usize = 24; // characters
    details.is_some_and(|details| details.chars().nth(LONGEST).is_none())
}

/// Makes points of an opening and what follows it.
fn take_details(kind: &mut FactKind, answer: &mut String, details: &mut Option<String>) {
    let Some(told) = details.take() else { return };
    // its name in another language stays behind it
    let (gloss, more) = match told.split_once("\n\n") {
        Some((gloss, more)) if told.starts_with('(') => (Some(gloss.to_owned()), more),
        None if told.starts_with('(') => (Some(told.clone()), ""),
        _ => (None, told.as_str()),
    };
    if !more.is_empty() {
        *kind = FactKind::Points;
        answer.push_str("\n\n");
        answer.push_str(more);
        answer.truncate(answer.trim_end().len());
    }
    *details = gloss;
}
