//! What the blocks around one say of it before any pattern is tried on its text.

use super::{Candidate, Finder, comparison, fact};
use crate::deck::{Content, FactKind, Kind};
use crate::outline::announced::announces_list;
use crate::outline::labels::{behind_answer_mark, is_marked_question};
use crate::outline::{BlockKind, ROOT};
use crate::rule::{AnswerFrom, Rule, Target, Under};

impl Finder<'_> {
    /// What a rule asks of the blocks around one, before its pattern is tried.
    pub(super) fn may_look(&mut self, index: usize, target: Target, rule: &Rule) -> bool {
        let form = &rule.form;
        // sides that must go by their names stand below
        let has_sides = !form.named || target == Target::Heading || !self.outline.children(index).is_empty();
        let plain = &self.outline.block(index).text.plain;
        let lists = form.emits == Kind::Points || form.answer == AnswerFrom::Below && announces_list(plain);
        has_sides
            && (form.under != Under::Choices || fact::chosen(self.outline, index).is_some())
            && !(lists && (target == Target::Item && self.is_unmarked(index) || self.repeats_above(index)))
            && !(lists && target == Target::Heading && self.holds_questions(index))
            && (form.several == 0 || self.may_be_habit(index, rule))
            && (!form.beside || comparison::may_be_beside(self.outline, index, rule))
    }

    /// Whether a block is what the one above it asks for or stands for, as its first word or sign says (`A1: …`, `= …`): it
    /// names nothing.
    pub(super) fn answers(&self, index: usize) -> bool {
        let plain = self.outline.block(index).text.plain.as_str();
        plain.starts_with("= ") && self.outline.children(index).is_empty()
            || behind_answer_mark(plain, true).is_some()
                && self.outline.block(self.outline.block(index).parent).text.plain.ends_with(['?', '？'])
    }

    /// Whether a block stands under a heading that names examples, or under an item or line that does and says nothing more
    /// of its own.
    pub(super) fn is_in_example(&self, index: usize) -> bool {
        const WORDS: usize = 3;
        let parent = self.outline.block(index).parent;
        let is_heading = self.outline.is_heading(parent) || parent == ROOT;
        let says = |child: &usize| self.outline.block(*child).text.plain.split_whitespace().nth(WORDS - 1).is_some();
        let stands_in = self.under_examples && !self.outline.is_heading(index);
        stands_in
            || !is_heading
                && !self.outline.children(index).iter().any(says)
                && self.rules.is_example(&self.outline.block(parent).text.plain)
    }

    /// Whether nothing but questions with their marks (`Q. …`) stands under a heading: each is a card of its own.
    fn holds_questions(&self, index: usize) -> bool {
        let plain = |child: &usize| self.outline.block(*child).text.plain.as_str();
        let mut below = self.outline.children(index).iter().filter(|child| !plain(child).is_empty()).peekable();
        below.peek().is_some() && below.all(|child| is_marked_question(plain(child)))
    }

    /// Whether a line only announces the list that the name above it has already, or stands between a heading and its only
    /// list without a colon: it is a remark on the heading.
    fn repeats_above(&self, index: usize) -> bool {
        let outline = self.outline;
        let above = outline.block(index).parent;
        let made = self.found.iter().rev().take_while(|candidate| candidate.block >= above);
        let is_list = |candidate: &Candidate| {
            candidate.block == above && matches!(candidate.content, Content::Fact { kind: FactKind::Points, .. })
        };
        let block = outline.block(index);
        let remark = outline.is_heading(above)
            && matches!(block.kind, BlockKind::Line)
            && !block.text.plain.ends_with([':', '：'])
            && !self.rules.is_vague(&block.text.plain);
        outline.children(above) == [index]
            && (remark || announces_list(&block.text.plain))
            && made.into_iter().any(is_list)
    }
}
