//! What looks like a sign between a term and its answer and is none.

use std::ops::Range;

use crate::extract::View;
use crate::letter::{is_letter, is_letter_or_digit};
use crate::outline::inline::Style;
use crate::rule::Captured;

/// Whether what looked like a separator belongs to a formula, to code, or to one thing that is emphasised as a whole.
pub(super) fn is_no_separator(view: &View<'_>, term: &Range<usize>, captures: &Captured<'_>) -> bool {
    let gap = term.end..view.range(captures, "answer").map_or(term.end + 1, |answer| answer.start);
    let within = |(run, style): (&Range<usize>, &Style)| {
        let parts_it = run.start < term.end && term.end < run.end;
        let is_sign = gap.start <= run.start && run.end <= gap.end;
        // `**ebb - flow** turns`: what is emphasised is one thing, and the line goes on
        let around = run.start < gap.start && gap.end < run.end;
        let goes_on = view.text.plain[run.end..].starts_with(is_letter_or_digit);
        let is_one_thing = style.strong && around && (run.start > term.start || goes_on);
        (style.code || style.math) && parts_it || style.code && is_sign || is_one_thing
    };
    view.text.styled().any(within)
}

/// Whether a bracket that opens in the term closes in the answer: what looked like a separator stands within it.
pub(super) fn is_in_brackets(view: &View<'_>, term: &Range<usize>, captures: &Captured<'_>) -> bool {
    let Some(answer) = view.range(captures, "answer") else { return false };
    const BRACKETS: [([char; 2], [char; 2]); 2] = [(['(', '（'], [')', '）']), (['[', '［'], [']', '］'])];
    let (term, answer) = (&view.text.plain[term.clone()], &view.text.plain[answer]);
    BRACKETS.iter().any(|(open, close)| {
        let first = answer.find(|c| open.contains(&c) || close.contains(&c));
        first.is_some_and(|at| answer[at..].starts_with(close)) && term.rfind(open) > term.rfind(close)
    })
}

/// Whether one word stands behind a sign of equality, or a few that end as the term does: another name for the same thing.
pub(super) fn is_alias(view: &View<'_>, term: &Range<usize>, captures: &Captured<'_>) -> bool {
    let Some(answer) = view.range(captures, "answer") else { return false };
    let plain = view.text.plain.as_str();
    let sign = plain.get(term.end..answer.start).is_some_and(|gap| gap.trim() == "=");
    let last = |name: &str| name.split_whitespace().next_back().map(str::to_owned);
    let (name, other) = (plain[term.clone()].trim(), plain[answer].trim());
    let few = || last(name) == last(other) && other.split(' ').all(|word| word.chars().all(is_letter));
    sign && (other.chars().all(is_letter) || few())
}
