//! A term and what there is to know of it.

mod beside;
mod name;
mod said;

use super::body::{self, Body};
use super::{Candidate, View, expansion, term};
use crate::deck::{Content, FactKind, Kind};
use crate::letter::{is_letter, is_letter_or_digit};
use crate::outline::inline::Text;
use crate::outline::{Outline, sentence};
use crate::rule::{AnswerFrom, Captured, Rule, Rules};
use beside::{is_repeated, tells_by_label};
pub(super) use name::in_context;
use name::is_term;
pub(super) use name::{above, name_above, name_of};
pub(super) use said::{go_on, sentence};

/// A note's title with more than this under it is no topic to list.
const MAX_TITLE_POINTS: usize = 7;

/// What a rule captured of a block, with what stands under it; `opening` is the line of prose that comes first there.
pub(super) fn fact(
    outline: &Outline,
    rules: &Rules,
    index: usize,
    rule: &Rule,
    view: &View<'_>,
    captures: &Captured<'_>,
    opening: Option<usize>,
) -> Option<Candidate> {
    let range = view.range(captures, "term")?;
    let mut term = term::clean(view.text, range.clone());
    if range.is_empty() {
        term.name = above(outline, rules, index)?; // the line is about the heading above it
    }
    if rule.form.answer != AnswerFrom::Captured
        && let Some(name) = name::behind_kind(outline, index)
    {
        term.name = name;
    }
    if let Some(short) = expansion::short_of_pair(&term.name) {
        term.name = short.to_owned();
    }
    let gap = range.end..view.range(captures, "answer").map_or(range.end + 1, |answer| answer.start);
    let within = |(run, style): (&std::ops::Range<usize>, &crate::outline::inline::Style)| {
        let parts_it = run.start < range.end && range.end < run.end;
        let is_sign = gap.start <= run.start && run.end <= gap.end;
        // `**ebb - flow** turns`: what is emphasised is one thing, and the line goes on
        let around = run.start < gap.start && gap.end < run.end;
        let goes_on = view.text.plain[run.end..].starts_with(is_letter_or_digit);
        let is_one_thing = style.strong && around && (run.start > range.start || goes_on);
        (style.code || style.math) && parts_it || style.code && is_sign || is_one_thing
    };
    if view.text.styled().any(within) {
        return None; // what looked like a separator belongs to a formula
    }
    if rule.form.answer != AnswerFrom::Captured && view.text.is_wholly(|style| style.math) {
        return None; // a formula names nothing
    }
    let term_lines = view.text.lines(&range).collect();
    let long = captures.get("answer").unwrap_or_default();
    if rule.form.exact && !expansion::is_exact(&term.name, long) {
        return None;
    }
    let (mut answer, mut details) = match rule.form.answer {
        AnswerFrom::Captured => captured(outline, index, view, captures, &term.name)?,
        AnswerFrom::Opening | AnswerFrom::Below => under(outline, index, rule, opening)?,
        AnswerFrom::Before => return None,
    };
    if rule.form.answer != AnswerFrom::Captured
        && !answer.markdown.contains('\n')
        && rules.is_chatter(&answer.markdown)
        && details.markdown.is_empty()
    {
        return None;
    }
    let raw = view.text.plain[range.clone()].trim();
    let heads = outline.is_heading(index) || rule.form.emits == Kind::Points;
    if !is_term(&term.name, heads)
        || rule.rejects(view.seen(), &term.name, &answer.markdown)
        || raw != term.name && rule.rejects("", raw, "")
    {
        return None;
    }
    let numbers = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | ' ');
    if rule.form.answer != AnswerFrom::Captured && term.name.chars().all(numbers) {
        return None; // a number names no topic
    }
    // `Kind: A` and `Kind: B`, each over what is said of it: the names are behind the sign
    if rule.form.answer == AnswerFrom::Captured
        && !details.markdown.is_empty()
        && answer.markdown.split_whitespace().count() <= MAX_KIND_WORDS
        && is_repeated(outline, index, &term.name)
    {
        term.name = term::of_plain(&answer.markdown).name;
        (answer, details) = (details, Body::default());
    }
    // one name under another says nothing of it
    // several paragraphs under `features of X` are the features, and the first of them does not say what those are
    let mut kind = rule.form.emits;
    if rule.form.answer == AnswerFrom::Opening && rules.asks_for_list(&term.name) && !is_list(&answer.markdown) {
        let list = body::list(outline, index);
        if list.lines.len() > answer.lines.len() && list.markdown.contains("\n\n") {
            (answer, details, kind) = (list, Body::default(), Kind::Points);
        }
    }
    let named_only = rule.form.answer == AnswerFrom::Opening
        && !outline.is_heading(index)
        && answer.markdown.chars().count() < term.name.chars().count()
        && !goes_on_small(raw, &answer.markdown);
    // what opens the note names it, whatever signs are in it
    let titles = index == 1 && outline.is_heading(index) && rule.form.answer == AnswerFrom::Captured;
    if named_only || titles || (outline.top_heading() == Some(index) && names_the_note(outline, index, rule)) {
        return None;
    }
    if answer.lines.is_empty() {
        answer.lines = view.text.lines(&range).collect();
    }
    // its name in another language behind it makes a word no label
    let translated = term.gloss.as_ref().is_some_and(|gloss| is_translation(&term.name, gloss));
    let name = if translated { term.name } else { in_context(outline, rules, index, term.name) };
    finish(rule, index, Parts { kind, term: name, gloss: term.gloss, answer, details, term_lines })
}

/// A name behind a label that others beside it have too is no longer (words).
const MAX_KIND_WORDS: usize = 4;

/// Whether a phrase in small letters stands under a name that begins with a capital.
fn goes_on_small(name: &str, phrase: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && phrase.starts_with(|c: char| c.is_ascii_lowercase())
        && phrase.split_whitespace().count() >= 3
}

/// `a / b / c`, `a, b, c`: a list on one line.
fn is_list(answer: &str) -> bool {
    answer.matches(" / ").count() >= 2 || answer.matches(", ").count() >= 2 && !sentence::ends_sentence(answer)
}

/// The answer and the details that stand under a block, as a rule wants them.
fn under(outline: &Outline, index: usize, rule: &Rule, opening: Option<usize>) -> Option<(Body, Body)> {
    if rule.form.answer == AnswerFrom::Below
        && body::is_one_definition(outline, index)
        && !tells_by_label(outline, index)
        || body::is_links(outline, index)
        || rule.form.emits == Kind::Points && outline.is_heading(index) && body::is_questions(outline, index)
    {
        return None;
    }
    let opening = opening.filter(|_| rule.form.emits != Kind::Points);
    match (rule.form.answer, opening) {
        (_, Some(first)) => {
            let (opening, taken) = body::of_opening(outline, index, first);
            Some((opening, body::after_opening(outline, index, first, taken)))
        }
        (AnswerFrom::Opening, None) => None,
        _ if outline.is_heading(index) => Some((body::list(outline, index), Body::default())),
        _ => Some((body::below(outline, index), Body::default())),
    }
}

/// Whether a note's title is only that: what stands right under it is no list of a topic and no definition.
fn names_the_note(outline: &Outline, index: usize, rule: &Rule) -> bool {
    let children = outline.children(index);
    let parted = children.iter().any(|child| outline.is_heading(*child));
    match rule.form.answer {
        AnswerFrom::Opening => parted,
        _ => children.iter().filter(|child| !outline.is_heading(**child)).count() > MAX_TITLE_POINTS,
    }
}

/// What a candidate is made of.
struct Parts {
    kind: Kind,
    term: String,
    gloss: Option<String>,
    answer: Body,
    details: Body,
    term_lines: Vec<usize>,
}

fn finish(rule: &Rule, index: usize, parts: Parts) -> Option<Candidate> {
    let Parts { kind, term, gloss, answer, details, term_lines } = parts;
    if !answer.markdown.chars().any(is_letter_or_digit) {
        return None;
    }
    let kind = match kind {
        // one point, or a formula, says what it is
        Kind::Points if !answer.markdown.contains('\n') || is_formula(&answer.markdown) => FactKind::Definition,
        Kind::Points => FactKind::Points,
        Kind::Cue => FactKind::Cue,
        _ => FactKind::Definition,
    };
    let answer = Body { markdown: without_answer_mark(&term, answer.markdown), lines: answer.lines };
    let mut lines = answer.lines;
    lines.extend(&details.lines);
    lines.sort_unstable();
    lines.dedup();
    let gloss = gloss.filter(|gloss| !expansion::fits(&term, gloss)).map(|gloss| format!("({})", escaped(&gloss)));
    let details = match (gloss, details.markdown.is_empty()) {
        (None, true) => None,
        (Some(gloss), true) => Some(gloss),
        (None, false) => Some(details.markdown),
        (Some(gloss), false) => Some(format!("{gloss}\n\n{}", details.markdown)),
    };
    let content = Content::Fact { kind, term, answer: answer.markdown, details };
    Some(Candidate { content, rule: rule.form.id.clone(), block: index, lines, term_lines })
}

/// Whether an answer is one formula and nothing else.
fn is_formula(answer: &str) -> bool {
    answer.starts_with("```math") && answer.ends_with("```") && answer.matches("```").count() == 2
}

/// The captured answer and what stands below. Where the answer is only the long form of the term, what stands below is
/// the answer; with nothing below there is none.
fn captured(
    outline: &Outline,
    index: usize,
    view: &View<'_>,
    captures: &Captured<'_>,
    term: &str,
) -> Option<(Body, Body)> {
    let below = body::details(outline, index);
    let answer = piece(view, captures, "answer")?;
    if expansion::is_exact(&answer.markdown, term)
        && below.markdown.is_empty()
        && expansion::fits(&answer.markdown, term)
    {
        return None; // the term's own short form
    }
    if outline.is_heading(index) && !below.markdown.is_empty() && is_translation(term, &answer.markdown) {
        let gloss = format!("({})", answer.markdown);
        return Some((below, Body { markdown: gloss, lines: answer.lines }));
    }
    if !expansion::fits(term, &answer.markdown) {
        let says_more = below.markdown.is_empty() || !expansion::is_maker_and_long(term, &answer.markdown);
        return Some(if says_more { (answer, below) } else { (below, Body::default()) });
    }
    // the short form once more, in brackets
    let rest = expansion::after(term, &answer.markdown);
    let rest = if rest.trim_matches(['(', ')', '（', '）']) == term { String::new() } else { rest };
    if rest.chars().any(is_letter_or_digit) {
        let rest = Body { markdown: rest, lines: answer.lines };
        // a word or two behind the long form are a remark on what stands below
        let remarks = rest.markdown.split_whitespace().count() <= 2 && !below.markdown.is_empty();
        return Some(if remarks { (below, rest) } else { (rest, below) });
    }
    (!below.markdown.is_empty()).then_some((below, Body::default()))
}

/// Whether one of two names is in Latin letters and the other has none: they name one thing in two languages.
fn is_translation(name: &str, other: &str) -> bool {
    const WORDS: usize = 4;
    const LETTERS: usize = 12;
    let latin = |text: &str| text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '\''));
    let foreign = |text: &str| text.chars().all(|c| c == ' ' || !c.is_ascii() && is_letter(c));
    let short = |text: &str| text.split_whitespace().count() <= WORDS && !sentence::ends_sentence(text);
    let (one, two) = if name.is_ascii() { (name, other) } else { (other, name) };
    latin(one) && short(one) && foreign(two) && short(two) && two.chars().count() <= LETTERS
}

fn piece(view: &View<'_>, captures: &Captured<'_>, name: &str) -> Option<Body> {
    let range = view.range(captures, name)?;
    if view.text.part(range.clone()).is_wholly(|style| style.link.is_some()) {
        return None; // a link alone says nothing
    }
    let markdown = view.text.markdown(range.clone());
    let tail = ["->", "→", "=>"].iter().find_map(|arrow| markdown.strip_suffix(arrow)).unwrap_or(&markdown);
    Some(Body { markdown: tail.trim().to_owned(), lines: view.text.lines(&range).collect() })
}

/// `A. …` and `답: …` before the answer to a question.
fn without_answer_mark(term: &str, answer: String) -> String {
    // `A. …` may be an answer of its own, `답: …` and `A: …` are none
    let asked = term.ends_with(['?', '？']);
    if !asked && !["A:", "답:", "답 :", "정답:", "答：", "答え："].iter().any(|mark| answer.starts_with(mark))
    {
        return answer;
    }
    let rest = ["A", "정답", "답변", "답", "答え", "答", "Answer", "→", "->"].iter().find_map(|mark| {
        let rest = answer.strip_prefix(mark)?;
        let rest = rest
            .strip_prefix(['.', ':', ')', '：'])
            .or(rest.strip_prefix(' ').filter(|_| !mark.is_ascii() || *mark == "->"))?;
        Some(rest.trim_start().to_owned())
    });
    rest.unwrap_or(answer)
}

fn escaped(plain: &str) -> String {
    Text::literal(plain, 0).markdown(0..plain.len())
}
