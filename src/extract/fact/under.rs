//! What stands under a block, as a rule wants it.

use super::beside::tells_by_label;
use super::chosen;
use crate::deck::Kind;
use crate::extract::body::{self, Body};
use crate::extract::term;
use crate::outline::{BlockKind, Outline, sentence};
use crate::rule::{AnswerFrom, Rule, Under};

/// A note's title with more than this under it is no topic to list.
const MAX_TITLE_POINTS: usize = 7;

/// The answer and the details that stand under a block, as a rule wants them.
pub(super) fn under(outline: &Outline, index: usize, rule: &Rule, opening: Option<usize>) -> Option<(Body, Body)> {
    if rule.form.under == Under::Sections {
        let names = body::sections(outline, index);
        let titles = outline.top_heading() == Some(index);
        let counts = !titles
            && counted(&term::of_plain(&outline.block(index).text.plain).name)
                .is_none_or(|count| count == names.lines.len());
        return counts.then(|| (names, Body::default()));
    }
    if rule.form.answer == AnswerFrom::Below
        && body::is_one_definition(outline, index)
        && !tells_by_label(outline, index)
        || body::is_links(outline, index)
        || rule.form.emits == Kind::Points
            && outline.is_heading(index)
            && (body::is_questions(outline, index)
                || body::is_glossary(outline, index)
                || body::is_labels(outline, index)
                || body::says_itself_then_labels(outline, index)
                || body::takes_one_by_one(outline, index))
    {
        return None;
    }
    if let Some(chosen) = chosen(outline, index) {
        return Some(chosen);
    }
    let counts = || counted(&term::of_plain(&outline.block(index).text.plain).name);
    if rule.form.emits == Kind::Points
        && let Some(list) = counts().and_then(|count| body::counted_list(outline, index, count))
    {
        return Some((list, Body::default()));
    }
    let opening = opening.filter(|_| rule.form.emits != Kind::Points);
    match (rule.form.answer, opening) {
        (_, Some(first)) => {
            let (opening, taken) = body::of_opening(outline, index, first);
            Some((opening, body::after_opening(outline, index, first, taken)))
        }
        (AnswerFrom::Opening, None) => None,
        _ if outline.is_heading(index) || rule.form.emits == Kind::Points && is_line(outline, index) => {
            Some((body::list(outline, index), Body::default()))
        }
        _ => Some((body::below(outline, index), Body::default())),
    }
}

fn is_line(outline: &Outline, index: usize) -> bool {
    matches!(outline.block(index).kind, BlockKind::Line)
}

/// How many things a name says there are: `세 가지 …`, `Three kinds of …`, `5가지 …`.
fn counted(name: &str) -> Option<usize> {
    const KOREAN: [&str; 9] = ["두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"];
    const ENGLISH: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let lower = name.to_lowercase();
    // `Chapter 3 …` counts nothing: a number alone stands first, or behind the article
    let counts = |(at, word): (usize, &str)| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let place = || KOREAN.iter().chain(&ENGLISH).position(|number| *number == word).map(|at| at % KOREAN.len() + 2);
        let alone = digits == word.len() && at > usize::from(lower.starts_with("the "));
        word[..digits].parse().ok().filter(|_| !alone).or_else(place)
    };
    lower.split_whitespace().enumerate().find_map(counts)
}

/// Whether a note's title is only that: what stands right under it is no list of a topic, and no definition unless it
/// says of which kind the thing is.
pub(super) fn names_the_note(outline: &Outline, index: usize, rule: &Rule) -> bool {
    let children = outline.children(index);
    let parted = children.iter().any(|child| outline.is_heading(*child));
    let says_kind = |opening: usize| sentence::says_kind(&outline.block(opening).text.plain);
    match rule.form.answer {
        AnswerFrom::Opening => parted && !body::opening(outline, index).is_some_and(says_kind),
        _ => children.iter().filter(|child| !outline.is_heading(**child)).count() > MAX_TITLE_POINTS,
    }
}
