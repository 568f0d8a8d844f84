//! Definitions within a sentence of a block.

use std::collections::BTreeSet;
use std::ops::Range;

use super::answer::piece;
use super::{Parts, finish, in_context, is_in_brackets, is_term, name_above};
use crate::deck::Content;
use crate::extract::body::{self, Body};
use crate::extract::{Candidate, View, expansion, term};
use crate::letter::is_letter_or_digit;
use crate::outline::inline::Text;
use crate::outline::{BlockKind, Outline, sentence};
use crate::rule::{AnswerFrom, Captured, Rule, Rules};

/// A definition within one sentence of a block. `view` is the sentence, `before` the one before it in the block.
pub(in crate::extract) fn sentence(
    outline: &Outline,
    rules: &Rules,
    index: usize,
    rule: &Rule,
    view: &View<'_>,
    captures: &Captured<'_>,
    before: Option<&Text>,
) -> Option<Candidate> {
    let range = view.range(captures, "term")?;
    let term = term::clean(view.text, range.clone());
    if is_in_brackets(view, &range, captures) {
        return None;
    }
    let answer = match rule.form.answer {
        AnswerFrom::Before => said_before(outline, index, before)?,
        _ => piece(view, captures, "answer")?,
    };
    if !is_term(&term.name, false) || rule.rejects(view.seen(), &term.name, &answer.markdown) {
        return None;
    }
    if rule.form.kin && !is_kin_of_above(outline, rules, index, &term.name) {
        return None;
    }
    let only_long = expansion::fits(&term.name, &answer.markdown)
        && !expansion::after(&term.name, &answer.markdown).contains(is_letter_or_digit);
    if only_long {
        return None; // an expansion says it
    }
    let answer = with_gap(view, captures, &range, before).unwrap_or(answer);
    let whole = view.text.plain.len() == outline.block(index).text.plain.len();
    let details = if whole { body::below(outline, index) } else { Body::default() };
    let (answer, details) = ended_below(answer, details);
    // what is called something by name needs no context
    let is_called = view
        .range(captures, "answer")
        .is_none_or(|answer| answer.end <= range.start || answer.start < range.start && answer.end >= range.end);
    // `A process is …` says what its word means
    let introduced = ["A ", "An "].iter().any(|article| view.text.plain[..range.start].ends_with(article));
    let name = if is_called || introduced { term.name } else { in_context(outline, rules, index, term.name) };
    let term_lines = view.text.lines(&range).collect();
    let kind = rule.form.emits;
    finish(rule, index, Parts { kind, term: name, gloss: term.gloss, answer, details, term_lines })
}

/// A sentence that breaks off before a list (`A crew is a group that` over bullets) ends there.
fn ended_below(mut answer: Body, details: Body) -> (Body, Body) {
    const ENDS: [&str; 8] = [" that", " who", " which", " to", " of", " by", " with", " for"];
    if !body::is_list(&details.markdown) || !ENDS.iter().any(|end| answer.markdown.ends_with(end)) {
        return (answer, details);
    }
    answer.markdown = format!("{}\n\n{}", answer.markdown, details.markdown);
    answer.lines.extend(details.lines);
    answer.lines.sort_unstable();
    answer.lines.dedup();
    (answer, Body::default())
}

/// Whether a name is that of a kind of the thing above it: `Storm anchor` under `Anchors`.
fn is_kin_of_above(outline: &Outline, rules: &Rules, index: usize, name: &str) -> bool {
    const LEAST: usize = 4; // letters
    let one = |word: &str| {
        let key = term::key(word);
        key.strip_suffix('s').map(str::to_owned).unwrap_or(key)
    };
    let Some(above) = name_above(outline, rules, outline.block(index).parent) else { return false };
    let last = |name: &str| one(name.split_whitespace().next_back().unwrap_or_default());
    let kind = last(&above);
    kind.len() >= LEAST && last(name) == kind
}

/// A sentence goes on about something else if more letters than these stand behind the name.
const MAX_BEHIND_NAME: usize = 10;

/// Fewer letters before a name at the end go on with the sentence before them.
const MIN_SAID: usize = 6;

/// Where a name at the end of a short sentence leaves little of it (`… is called X`), the whole sentence with a gap in
/// the name's place; none where the words before the name say four fifths of it.
fn with_gap(
    view: &View<'_>,
    captures: &Captured<'_>,
    name: &Range<usize>,
    sentence_before: Option<&Text>,
) -> Option<Body> {
    let answer = view.range(captures, "answer").filter(|answer| answer.end <= name.start)?;
    let plain = view.text.plain.as_str();
    let letters = |range: Range<usize>| plain[range].chars().filter(|c| is_letter_or_digit(*c)).count();
    let behind = behind_gloss(plain, name.end);
    let after = letters(behind..plain.len());
    let (said, left) = (letters(answer.clone()), letters(answer.end..name.start) + after);
    let parts_mark =
        |(run, _): (&Range<usize>, _)| run.contains(&name.start) && (run.start < name.start || run.end > behind);
    if said >= 4 * left || after > MAX_BEHIND_NAME || view.text.styled().any(parts_mark) {
        return None;
    }
    let before = view.text.markdown(answer.start..name.start);
    let space = if plain[..name.start].ends_with(' ') { " " } else { "" };
    let rest = view.text.markdown(behind..plain.len());
    let rest = if matches!(rest.as_str(), "." | "。") { "" } else { rest.as_str() };
    let gapped = format!("{before}{space}…{rest}");
    let lines: Vec<usize> = view.text.lines(&(answer.start..plain.len())).collect();
    match sentence_before.filter(|_| said < MIN_SAID) {
        Some(sentence) => {
            let said = sentence.markdown(0..sentence.plain.len());
            let lines = sentence.all_lines().chain(lines).collect::<BTreeSet<_>>();
            Some(Body { markdown: format!("{said} {gapped}"), lines: lines.into_iter().collect() })
        }
        None => Some(Body { markdown: gapped, lines }),
    }
}

/// Where a text goes on behind a name and what stands in brackets right behind that.
fn behind_gloss(plain: &str, name_end: usize) -> usize {
    let rest = &plain[name_end..];
    let bracket = rest.trim_start();
    let closes = bracket.strip_prefix(['(', '（']).and_then(|_| bracket.find([')', '）']));
    let close = closes.map(|at| bracket[at..].chars().next().map_or(at, |close| at + close.len_utf8()));
    close.map_or(name_end, |close| name_end + (rest.len() - bracket.len()) + close)
}

/// The sentence before one in its block; before the first, the block above it.
fn said_before(outline: &Outline, index: usize, before: Option<&Text>) -> Option<Body> {
    let body = |text: &Text| Body { markdown: text.markdown(0..text.plain.len()), lines: text.all_lines().collect() };
    if let Some(before) = before {
        return Some(body(before));
    }
    let parent = outline.block(index).parent;
    let siblings = outline.children(parent);
    let sibling = siblings.binary_search(&index).ok()?.checked_sub(1).and_then(|before| siblings.get(before));
    let above = sibling.copied().unwrap_or(parent);
    let text = &outline.block(above).text;
    let is_said = matches!(outline.block(above).kind, BlockKind::Item { heading: false, .. } | BlockKind::Line);
    (is_said && text.plain.chars().count() <= MAX_GOING_ON).then(|| body(text))
}

/// A longer answer (characters) does not go on with the sentences behind it.
const MAX_GOING_ON: usize = 400;

/// Adds to a definition a sentence that follows it in its block.
pub(in crate::extract) fn go_on(candidate: &mut Candidate, text: &Text, range: Range<usize>) {
    let more = text.markdown(range.clone());
    if let Content::Fact { answer, .. } = &mut candidate.content
        && answer.chars().count() + more.chars().count() <= MAX_GOING_ON
        && sentence::ends_sentence(answer)
    {
        answer.push(' ');
        // what announces the list below is only said here
        match more.strip_suffix([':', '：']) {
            Some(said) => answer.push_str(&format!("{said}.")),
            None => answer.push_str(&more),
        }
        candidate.lines.extend(text.lines(&range));
        candidate.lines.sort_unstable();
        candidate.lines.dedup();
    }
}
