//! What stands behind a sign and is no answer, but another name: what there is to say stands below.

use super::super::View;
use super::answer::is_translation;
use super::beside::is_repeated;
use super::name::name_above;
use super::{Found, Told};
use crate::deck::Kind;
use crate::extract::body::{self, Body};
use crate::extract::{expansion, term};
use crate::markup;
use crate::outline::inline::Style;
use crate::outline::{BlockKind, sentence};
use crate::rule::Under;

/// A name behind a label that others beside it have too is no longer (words).
const MAX_KIND_WORDS: usize = 4;

impl Found<'_> {
    /// What was found, with the names behind its sign where they belong. `alias`: one word stands behind an equals sign.
    pub(super) fn names_behind(&self, told: Told, alias: bool) -> Told {
        let Told { mut term, answer, details, kind } = told;
        if !self.is_captured() || details.markdown.is_empty() {
            return Told { term, answer, details, kind };
        }
        let behind = || term::of_plain(&markup::plain(&markup::parse(&answer.markdown))).name;
        // `Kind: A` and `Kind: B`, each over what is said of it: the names are behind the sign
        if self.only_names_kind(&term.name, &answer) {
            term.name = behind();
        } else if self.is_part_of_above(&term.name, &answer, &details) {
            term.name = format!("{} {}", term.name, behind());
            return Told { term, answer: details, details: Body::default(), kind: Kind::Points };
        } else if alias {
            // `Name = other name` over what it is
            let other = Body { markdown: format!("= {}", answer.markdown), lines: answer.lines };
            return Told { term, answer: details, details: other, kind };
        } else if expansion::is_pair(&answer.markdown) {
            // `Name: ABC (A Better Cargo)`: the name once more
            return Told { term, answer: details, details: Body::default(), kind: Kind::Points };
        } else if is_translation(&term.name, &behind()) && self.translates_throughout() {
            term.gloss = term.gloss.or_else(|| Some(behind()));
            return Told { term, answer: details, details: Body::default(), kind: Kind::Points };
        } else {
            return Told { term, answer, details, kind };
        }
        Told { term, answer: details, details: Body::default(), kind }
    }

    /// `Name → its name in another language` over what there is to know of it, as most of those beside it.
    fn translates_throughout(&self) -> bool {
        const SEVERAL: usize = 3;
        let beside = self.outline.near(self.index);
        let translates = |beside: &&usize| {
            let plain = &self.outline.block(**beside).text.plain;
            let captures = self.rule.captures(plain);
            let name = |part| captures.as_ref().and_then(|captures| captures.get(part)).unwrap_or_default().trim();
            is_translation(name("term"), name("answer"))
        };
        let translated = beside.iter().filter(translates).count();
        let separates = !self.rule.form.markup && !self.outline.is_heading(self.index);
        separates && translated >= SEVERAL && 2 * translated > beside.len()
    }

    /// Whether the term is a label of several things of one kind, each over what is said of it, and the answer a name.
    fn only_names_kind(&self, label: &str, answer: &Body) -> bool {
        answer.markdown.split_whitespace().count() <= MAX_KIND_WORDS && is_repeated(self.outline, self.index, label)
    }

    /// `*Rope - Care of It*` over a list: emphasised as a whole, with no more than a few words behind the sign, it is the
    /// title of what stands below.
    pub(super) fn titles_list(&self, view: &View<'_>, answer: &Body, details: &Body) -> bool {
        let whole = |mark: fn(&Style) -> bool| view.text.is_wholly(mark);
        self.is_captured()
            && body::is_list(&details.markdown)
            && answer.markdown.split_whitespace().count() <= MAX_KIND_WORDS
            && (whole(|style| style.strong) || whole(|style| style.emph))
    }

    /// Whether an item that says of which kind the thing above it is stands over one that says more of it, and no list.
    pub(super) fn says_of_above(&self, name: &str) -> bool {
        const LONG: usize = 4; // words
        let Found { outline, index, .. } = *self;
        let is_item = |at: usize| matches!(outline.block(at).kind, BlockKind::Item { heading: false, .. });
        let parent = outline.block(index).parent;
        let describes = || {
            if is_item(parent) {
                return name.ends_with("것") || sentence::says_kind(name);
            }
            // the first thing said of a heading's name
            let first = outline.children(parent).first() == Some(&index);
            let heading = outline.block(parent).text.plain.as_str();
            let lists = self.rules.is_vague(heading) || self.rules.asks_for_list(heading);
            self.rule.form.under == Under::Items && first && !lists && sentence::reads_as_answer(heading, name, false)
        };
        is_item(index)
            && outline.children(index).len() == 1
            && name.split_whitespace().nth(LONG - 1).is_some()
            && !outline.block(index).text.is_wholly(|style| style.strong)
            && describes()
    }

    /// `Name - part` over a list, under the heading `Name`: the part names what stands below.
    fn is_part_of_above(&self, name: &str, answer: &Body, details: &Body) -> bool {
        let parent = self.outline.block(self.index).parent;
        body::is_list(&details.markdown)
            && answer.markdown.split_whitespace().count() <= MAX_KIND_WORDS
            && !sentence::ends_sentence(&answer.markdown)
            && self.outline.is_heading(parent)
            && name_above(self.outline, self.rules, parent).is_some_and(|above| term::key(&above) == term::key(name))
    }
}
