//! A term and what there is to know of it.

mod answer;
mod asked;
mod behind;
mod beside;
mod choice;
mod name;
mod of_above;
mod said;
mod separator;
mod under;

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::body::{self, Body};
use super::term::{self, Term};
use super::{Candidate, View, expansion};
use crate::deck::{Content, FactKind, Kind};
use crate::letter::is_letter_or_digit;
use crate::outline::inline::Text;
use crate::outline::{BlockKind, Outline, sentence as prose};
use crate::rule::{AnswerFrom, Captured, Rule, Rules, Under};
pub(super) use asked::asked_for;
pub(super) use choice::{choices, chosen};
pub(super) use name::in_context;
use name::is_term;
pub(super) use name::{above, name_above, name_of, named};
use of_above::is_said_of_above;
pub(super) use said::{go_on, sentence};
use separator::{is_alias, is_in_brackets, is_no_separator};
use under::{names_the_note, under};

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
    let range = asked_last(view, view.range(captures, "term")?, rule);
    let found = Found { outline, rules, index, rule };
    let term = found.term(view, &range)?;
    if is_in_brackets(view, &range, captures) {
        return None;
    }
    if is_no_separator(view, &range, captures) || !found.is_captured() && view.text.is_wholly(|style| style.math) {
        return None; // what looked like a separator belongs to a formula, which names nothing either
    }
    let mut term_lines: Vec<usize> = view.text.lines(&range).collect();
    if rule.form.exact && !expansion::is_exact(&term.name, captures.get("answer").unwrap_or_default()) {
        return None;
    }
    let (answer, details) = match rule.form.answer {
        AnswerFrom::Captured => answer::captured(outline, index, view, captures, &term.name)?,
        AnswerFrom::Opening | AnswerFrom::Below => under(outline, index, rule, opening)?,
        AnswerFrom::Before => return None,
    };
    let statement = found.statement_over_choices();
    if let Some(line) = statement {
        term_lines.extend(outline.block(line).text.all_lines());
    }
    let statement = statement.map(|line| outline.block(line).text.plain.trim().to_owned());
    let overview = statement.or_else(|| found.overview_of(&term.name));
    let raw = overview.as_deref().unwrap_or_else(|| view.text.plain[range.clone()].trim());
    let term = overview.clone().map_or(term, |name| Term { name, gloss: None });
    if found.is_refused(view, raw, &term.name, &answer, &details) || found.titles_list(view, &answer, &details) {
        return None;
    }
    let told = Told { term, answer, details, kind: rule.form.emits };
    let Told { term, mut answer, mut details, mut kind } = found.names_behind(told, is_alias(view, &range, captures));
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

/// The last sentence of a question that has a paragraph before it, which asks nothing itself.
fn asked_last(view: &View<'_>, term: Range<usize>, rule: &Rule) -> Range<usize> {
    const LONG: usize = 120; // bytes
    let plain = view.text.plain.as_str();
    let is_mark = |c: char| matches!(c, '?' | '？');
    let asks_once = || plain.ends_with(is_mark) && plain.trim_end_matches(is_mark).find(is_mark).is_none();
    // with choices under it, all of it is needed to choose
    let needs_all = rule.form.under == Under::Choices || rule.form.answer == AnswerFrom::Captured;
    let asks = !needs_all && plain.len() > LONG && asks_once();
    let last = asks.then(|| prose::sentences(plain)).and_then(|all| all.last().map(|last| last.start));
    last.filter(|last| (term.start..term.end).contains(last)).unwrap_or(term.start)..term.end
}

/// What a rule found, before it is told apart from other things.
struct Told {
    term: Term,
    answer: Body,
    details: Body,
    kind: Kind,
}

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

    /// The name above `Overview` as a heading, if what stands below says of which kind that is.
    fn overview_of(&self, name: &str) -> Option<String> {
        const OVERVIEWS: [&str; 9] =
            ["overview", "introduction", "description", "개요", "소개", "설명", "概要", "概述", "简介"];
        let Found { outline, rules, index, .. } = *self;
        if self.is_captured() || !outline.is_heading(index) || !OVERVIEWS.contains(&term::key(name).as_str()) {
            return None;
        }
        let opening = body::opening(outline, index)?;
        prose::says_kind(&outline.block(opening).text.plain).then(|| above(outline, rules, index)).flatten()
    }

    /// The line between a heading and choices, which are between what it says to be so, or not: it is what is asked.
    fn statement_over_choices(&self) -> Option<usize> {
        let first = *self.outline.children(self.index).first()?;
        let asks = self.rule.form.under == Under::Choices && self.outline.is_heading(self.index);
        (asks && matches!(self.outline.block(first).kind, BlockKind::Line)).then_some(first)
    }

    fn term(&self, view: &View<'_>, range: &Range<usize>) -> Option<Term> {
        let mut term = term::clean(view.text, range.clone());
        if range.is_empty() {
            term.name = above(self.outline, self.rules, self.index)?; // the line is about the heading above it
        }
        if !self.is_captured()
            && let Some(name) = asked::behind_kind(self.outline, self.index)
        {
            term.name = name;
        }
        let breaks_off = || matches!(self.outline.block(self.index).kind, BlockKind::Line | BlockKind::Item { .. });
        if self.rule.form.answer == AnswerFrom::Below && breaks_off() {
            term.name = term::before_list(&term.name).to_owned();
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
        // a short form with its long one is a card of another kind
        let spells_out = || {
            let item = answer.markdown.strip_prefix("- ").unwrap_or(&answer.markdown);
            details.markdown.is_empty() && expansion::is_pair(item)
        };
        !is_term(name, heads)
            || rule.rejects(view.seen(), name, &answer.markdown)
            || raw != name && rule.rejects("", raw, "")
            || !self.is_captured() && (name.chars().all(numbers) || says_nothing() || spells_out())
            || rule.form.emits == Kind::Points
                && (is_said_of_above(outline, *index, name) || !self.is_captured() && self.says_of_above(raw))
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
            && answer.markdown.width() < name.width()
            && !answer::goes_on_small(raw, &answer.markdown);
        // what opens the note names it, whatever signs are in it
        let titles = index == 1 && outline.is_heading(index) && self.is_captured();
        named_only || titles || (outline.top_heading() == Some(index) && names_the_note(outline, index, rule))
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
