//! What a rule captured as the answer, and how answers look.

use super::super::body::{self, Body};
use super::super::{View, expansion};
use crate::letter::{is_letter, is_letter_or_digit};
use crate::outline::labels::{behind_answer_mark, behind_answer_name};
use crate::outline::{Outline, sentence};
use crate::rule::Captured;

/// The captured answer and what stands below. Where the answer is only the long form of the term, what stands below is
/// the answer; with nothing below there is none.
pub(super) fn captured(
    outline: &Outline,
    index: usize,
    view: &View<'_>,
    captures: &Captured<'_>,
    term: &str,
) -> Option<(Body, Body)> {
    let below = body::details(outline, index);
    let mut answer = piece(view, captures, "answer")?;
    // `Acme TR: Tall Rigging`
    let short = term.split_once(' ').map(|(_, last)| last).filter(|last| expansion::is_exact(last, &answer.markdown));
    let term = short.filter(|short| expansion::fits(short, &answer.markdown)).unwrap_or(term);
    if let Some(start) = expansion::behind_maker(term, &answer.markdown) {
        answer.markdown.drain(..start);
    }
    // the term's own short form says nothing of it: what stands below does (`A Better Cargo - ABC`)
    if expansion::is_exact(&answer.markdown, term) && expansion::fits(&answer.markdown, term) {
        return (!below.markdown.is_empty()).then_some((below, Body::default()));
    }
    if outline.is_heading(index) && !below.markdown.is_empty() && is_translation(term, &answer.markdown) {
        let gloss = format!("({})", answer.markdown);
        return Some((below, Body { markdown: gloss, lines: answer.lines }));
    }
    // a remark in brackets behind the sign says less than what stands below
    let inner = answer.markdown.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
    if inner.is_some_and(|inner| !inner.contains(['(', ')', '（', '）'])) && !below.markdown.is_empty() {
        return Some((below, answer));
    }
    if !expansion::fits(term, &answer.markdown) {
        return Some((answer, below));
    }
    // the short form once more, in brackets
    let rest = expansion::after(term, &answer.markdown);
    let only_says_so =
        ["의 약자", "의 줄임말", "의 준말", "의 약어", "의 축약", "の略"].iter().any(|end| rest.starts_with(end));
    // `ABC`, `Acme ABC`
    let is_short = |name: &str| name == term || name.split_once(' ').is_some_and(|(_, name)| name == term);
    let again = rest.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）']));
    let rest = match again.filter(|(name, _)| is_short(name)) {
        Some((_, rest)) => rest.trim_start().to_owned(),
        None if is_short(&rest) || only_says_so => String::new(),
        None => rest,
    };
    if rest.chars().any(is_letter_or_digit) {
        // a sentence less than half as long as what the letters stand for says too little by itself
        let long = answer.markdown.strip_suffix(rest.as_str()).unwrap_or_default();
        let says_little = below.markdown.is_empty() && long.trim_end().ends_with('.') && 2 * rest.len() < long.len();
        let rest = Body { markdown: if says_little { answer.markdown } else { rest }, lines: answer.lines };
        // a word or two behind the long form are a remark on what stands below
        let remarks = rest.markdown.split_whitespace().count() <= 2 && !below.markdown.is_empty();
        return Some(if remarks { (below, rest) } else { (rest, below) });
    }
    (!below.markdown.is_empty()).then_some((below, Body::default()))
}

/// Whether one of two names is in Latin letters and the other has none: they name one thing in two languages.
pub(super) fn is_translation(name: &str, other: &str) -> bool {
    const WORDS: usize = 4;
    const LETTERS: usize = 12;
    let latin = |text: &str| text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '\''));
    let foreign = |text: &str| text.chars().all(|c| c == ' ' || !c.is_ascii() && is_letter(c));
    let short = |text: &str| text.split_whitespace().count() <= WORDS && !sentence::ends_sentence(text);
    let (one, two) = if name.is_ascii() { (name, other) } else { (other, name) };
    latin(one) && short(one) && foreign(two) && short(two) && two.chars().count() <= LETTERS
}

pub(super) fn piece(view: &View<'_>, captures: &Captured<'_>, name: &str) -> Option<Body> {
    let range = view.range(captures, name)?;
    if view.text.part(range.clone()).is_wholly(|style| style.link.is_some()) {
        return None; // a link alone says nothing
    }
    let markdown = view.text.markdown(range.clone());
    let tail = ["->", "→", "=>"].iter().find_map(|arrow| markdown.strip_suffix(arrow)).unwrap_or(&markdown);
    Some(Body { markdown: tail.trim().to_owned(), lines: view.text.lines(&range).collect() })
}

/// Whether a phrase in small letters stands under a name that begins with a capital.
pub(super) fn goes_on_small(name: &str, phrase: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && phrase.starts_with(|c: char| c.is_ascii_lowercase())
        && phrase.split_whitespace().count() >= 3
}

/// `a / b / c`, `a, b, c`: a list on one line.
pub(super) fn lists_on_one_line(answer: &str) -> bool {
    answer.matches(" / ").count() >= 2 || answer.matches(", ").count() >= 2 && !sentence::ends_sentence(answer)
}

/// An answer without `A. …`, `답: …`, `**Ans:** …` before it.
pub(super) fn without_mark(term: &str, answer: String) -> String {
    let asked = term.ends_with(['?', '？', '.']);
    let bold = ["**", "__"].into_iter().find(|mark| answer.starts_with(mark)).unwrap_or_default();
    let inner = &answer[bold.len()..];
    // `[` as Markdown has it
    let rest = behind_answer_mark(inner.strip_prefix('\\').unwrap_or(inner), asked).or_else(|| {
        // `A. …`, `A - …` may be answers of their own, `답: …` and `A: …` are none
        let (rest, _) = behind_answer_name(inner).filter(|_| asked)?;
        rest.strip_prefix(['.', ')']).or(rest.strip_prefix(' ').filter(|_| !inner.is_char_boundary(1)))
    });
    let arrow = || ["→", "->"].iter().find_map(|arrow| inner.strip_prefix(arrow)).filter(|_| asked && bold.is_empty());
    match rest.or_else(arrow).map(|rest| (rest, rest.strip_prefix(bold))) {
        None => answer,
        Some((_, Some(rest))) => rest.trim_start().to_owned(),
        Some((rest, None)) => format!("{bold}{}", rest.trim_start()),
    }
}
