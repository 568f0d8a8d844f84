//! A term and what there is to know of it.

mod answer;
mod beside;
mod choice;
mod name;
mod said;

use std::ops::Range;

use super::body::{self, Body};
use super::term::{self, Term};
use super::{Candidate, View, expansion};
use crate::deck::{Content, FactKind, Kind};
use crate::letter::{is_letter, is_letter_or_digit};
use crate::outline::labels::is_glossed_name;
use crate::outline::{BlockKind, Outline, sentence as prose};
use crate::outline::inline::{Style, Text};
use crate::rule::{AnswerFrom, Captured, Rule, Rules, Under};
use beside::{is_repeated, tells_by_label};
pub(super) use choice::chosen;
pub(super) use name::in_context;
use name::is_term;
pub(super) use name::{above, asked_for, name_above, name_of};
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
    let found = Found { outline, rules, index, rule };
    let mut term = found.term(view, &range)?;
    if is_in_brackets(view, &range, captures) {
        return None;
    }
    if is_no_separator(view, &range, captures) || !found.is_captured() && view.text.is_wholly(|style| style.math) {
        return None; // what looked like a separator belongs to a formula, which names nothing either
    }
    let term_lines: Vec<usize> = view.text.lines(&range).collect();
    if rule.form.exact && !expansion::is_exact(&term.name, captures.get("answer").unwrap_or_default()) {
        return None;
    }
    let (mut answer, mut details) = match rule.form.answer {
        AnswerFrom::Captured => answer::captured(outline, index, view, captures, &term.name)?,
        AnswerFrom::Opening | AnswerFrom::Below => under(outline, index, rule, opening)?,
        AnswerFrom::Before => return None,
    };
    let raw = view.text.plain[range.clone()].trim();
    if found.is_refused(view, raw, &term.name, &answer, &details) {
        return None;
    }
    // `Kind: A` and `Kind: B`, each over what is said of it: the names are behind the sign
    if found.is_captured() && found.only_names_kind(&term.name, &answer, &details) {
        term.name = term::of_plain(&answer.markdown).name;
        (answer, details) = (details, Body::default());
    }
    let mut kind = rule.form.emits;
    if found.is_captured() && found.is_part_of_above(&term.name, &answer, &details) {
        term.name = format!("{} {}", term.name, term::of_plain(&answer.markdown).name);
        (answer, details, kind) = (details, Body::default(), Kind::Points);
    }
    // `Name = other name` over what it is
    if found.is_captured() && is_alias(view, &range, captures) && !details.markdown.is_empty() {
        let alias = format!("= {}", answer.markdown);
        (answer, details) = (details, Body { markdown: alias, lines: answer.lines });
    }
    if found.only_names_again(&answer) && !details.markdown.is_empty() {
        (answer, details, kind) = (details, Body::default(), Kind::Points);
    }
    if let Some(list) = found.paragraphs_asked_for(&term.name, &answer) {
        (answer, details, kind) = (list, Body::default(), Kind::Points);
    }
    if found.is_only_a_name(raw, &term.name, &answer) {
        return None;
    }
    if answer.lines.is_empty() {
        answer.lines.clone_from(&term_lines);
    }
    // its name in another language behind it makes a word no label
    let translated = term.gloss.as_ref().is_some_and(|gloss| answer::is_translation(&term.name, gloss));
    let name = if translated { term.name } else { in_context(outline, rules, index, term.name) };
    finish(rule, index, Parts { kind, term: name, gloss: term.gloss, answer, details, term_lines })
}

/// A name behind a label that others beside it have too is no longer (words).
const MAX_KIND_WORDS: usize = 4;

/// The place of what a rule found.
struct Found<'a> {
    outline: &'a Outline,
    rules: &'a Rules,
    index: usize,
    rule: &'a Rule,
}

impl Found<'_> {
    /// Whether the pattern holds the answer too, rather than what stands below.
    fn is_captured(&self) -> bool {
        self.rule.form.answer == AnswerFrom::Captured
    }

    fn term(&self, view: &View<'_>, range: &Range<usize>) -> Option<Term> {
        let mut term = term::clean(view.text, range.clone());
        if range.is_empty() {
            term.name = above(self.outline, self.rules, self.index)?; // the line is about the heading above it
        }
        if !self.is_captured()
            && let Some(name) = name::behind_kind(self.outline, self.index)
        {
            term.name = name;
        }
        if let Some(short) = expansion::short_of_pair(&term.name) {
            term.name = short.to_owned();
        }
        Some(term)
    }

    /// Whether the term names nothing, the rule leaves such a thing alone, or nothing is said of it.
    fn is_refused(&self, view: &View<'_>, raw: &str, name: &str, answer: &Body, details: &Body) -> bool {
        let Found { outline, rules, index, rule } = self;
        let lists = rule.form.emits == Kind::Points || !self.is_captured() && body::is_list(&answer.markdown);
        let heads = outline.is_heading(*index) || lists;
        let numbers = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | ' ');
        let says_nothing = || {
            let alone = !answer.markdown.contains('\n') && details.markdown.is_empty();
            alone && rules.is_chatter(&answer.markdown)
        };
        !is_term(name, heads)
            || rule.rejects(view.seen(), name, &answer.markdown)
            || raw != name && rule.rejects("", raw, "")
            || !self.is_captured() && (name.chars().all(numbers) || says_nothing() || self.is_said_of_above(name))
    }

    /// Whether an item is what the name above it is, with one remark below: it is long, and comes first there.
    fn is_said_of_above(&self, name: &str) -> bool {
        const NAME: usize = 3; // words
        let Found { outline, index, .. } = *self;
        let block = outline.block(index);
        let above = outline.block(block.parent);
        let words = |text: &Text| text.plain.split_whitespace().count();
        let long = if block.text.plain.is_ascii() { 2 * NAME } else { NAME };
        matches!(above.kind, BlockKind::Item { .. } | BlockKind::Line)
            && above.children.first() == Some(&index)
            && block.children.len() == 1
            && is_glossed_name(&above.text)
            && words(&above.text) <= NAME
            && name.split_whitespace().count() > long
            && [&above.text, &block.text].iter().all(|text| !text.plain.ends_with([':', '：', '?', '？']))
    }

    /// Whether the term is a label of several things of one kind, each over what is said of it, and the answer a name.
    fn only_names_kind(&self, label: &str, answer: &Body, details: &Body) -> bool {
        !details.markdown.is_empty()
            && answer.markdown.split_whitespace().count() <= MAX_KIND_WORDS
            && is_repeated(self.outline, self.index, label)
    }

    /// `Name - part` over a list, under the heading `Name`: the part names what stands below.
    fn is_part_of_above(&self, name: &str, answer: &Body, details: &Body) -> bool {
        let parent = self.outline.block(self.index).parent;
        body::is_list(&details.markdown)
            && answer.markdown.split_whitespace().count() <= MAX_KIND_WORDS
            && !prose::ends_sentence(&answer.markdown)
            && self.outline.is_heading(parent)
            && name::name_above(self.outline, self.rules, parent)
                .is_some_and(|above| term::key(&above) == term::key(name))
    }

    /// `Name: ABC (A Better Cargo)`: what stands behind the sign is the name once more; all there is to say stands below.
    fn only_names_again(&self, answer: &Body) -> bool {
        self.is_captured() && expansion::is_pair(&answer.markdown)
    }

    /// Several paragraphs under `features of X` are the features: the first of them does not say what those are.
    fn paragraphs_asked_for(&self, name: &str, answer: &Body) -> Option<Body> {
        let asks = self.rule.form.answer == AnswerFrom::Opening
            && self.rules.asks_for_list(name)
            && !answer::lists_on_one_line(&answer.markdown);
        let list = asks.then(|| body::list(self.outline, self.index))?;
        let several = list.markdown.contains("\n\n") || body::is_list(&list.markdown);
        (list.lines.len() > answer.lines.len() && several).then_some(list)
    }

    /// Whether the block heads the whole note, or is one name over another, which says nothing of it.
    fn is_only_a_name(&self, raw: &str, name: &str, answer: &Body) -> bool {
        let Found { outline, index, rule, .. } = *self;
        let named_only = rule.form.answer == AnswerFrom::Opening
            && !outline.is_heading(index)
            && answer.markdown.chars().count() < name.chars().count()
            && !answer::goes_on_small(raw, &answer.markdown);
        // what opens the note names it, whatever signs are in it
        let titles = index == 1 && outline.is_heading(index) && self.is_captured();
        named_only || titles || (outline.top_heading() == Some(index) && names_the_note(outline, index, rule))
    }
}

/// Whether what looked like a separator belongs to a formula, to code, or to one thing that is emphasised as a whole.
fn is_no_separator(view: &View<'_>, term: &Range<usize>, captures: &Captured<'_>) -> bool {
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

/// Whether one word stands behind a sign of equality: another name for the same thing.
fn is_alias(view: &View<'_>, term: &Range<usize>, captures: &Captured<'_>) -> bool {
    let Some(answer) = view.range(captures, "answer") else { return false };
    let plain = view.text.plain.as_str();
    let sign = plain.get(term.end..answer.start).is_some_and(|gap| gap.trim() == "=");
    sign && plain[answer].trim().chars().all(is_letter)
}

/// Whether a bracket that opens in the term closes in the answer: what looked like a separator stands within it.
fn is_in_brackets(view: &View<'_>, term: &Range<usize>, captures: &Captured<'_>) -> bool {
    let Some(answer) = view.range(captures, "answer") else { return false };
    let opens = |text: &str| text.rfind(['(', '（']) > text.rfind([')', '）']);
    let first = view.text.plain[answer.clone()].find([')', '）', '(', '（']);
    let closes = first.is_some_and(|at| view.text.plain[answer][at..].starts_with([')', '）']));
    closes && opens(&view.text.plain[term.clone()])
}

/// The answer and the details that stand under a block, as a rule wants them.
fn under(outline: &Outline, index: usize, rule: &Rule, opening: Option<usize>) -> Option<(Body, Body)> {
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
        _ if outline.is_heading(index) => Some((body::list(outline, index), Body::default())),
        _ => Some((body::below(outline, index), Body::default())),
    }
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
    let answer = Body { markdown: answer::without_mark(&term, answer.markdown), lines: answer.lines };
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

fn escaped(plain: &str) -> String {
    Text::literal(plain, 0).markdown(0..plain.len())
}
