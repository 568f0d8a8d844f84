//! What a line says of the block above it, whatever its indentation.

use super::{Open, OpenKind, Tree};
use crate::outline::inline::Text;
use crate::outline::labels::{Ahead, is_glossed_name};
use crate::outline::lines::Marker;
use crate::outline::{Block, BlockKind, sentence};

fn is_bold(text: &Text) -> bool {
    text.is_wholly(|style| style.strong)
}

impl Tree {
    /// Whether the item above is a bold name or one with a gloss that still has nothing under it, or a number and a name
    /// between empty lines, and names this line, as the one before it named what is under that.
    pub(super) fn is_named_by_last(&self, indent: usize, text: &Text) -> bool {
        let Some(Open { block, kind: OpenKind::Item { indent: above, name, .. } }) = self.open.last() else {
            return false;
        };
        let item = &self.blocks[*block];
        let siblings = &self.blocks[item.parent].children;
        let before = siblings.len().checked_sub(2).and_then(|at| siblings.get(at)).map(|at| &self.blocks[*at]);
        let follows_bare =
            before.is_some_and(|before| matches!(before.kind, BlockKind::Item { .. }) && before.children.is_empty());
        let is_prose = |block: &usize| matches!(self.blocks[*block].kind, BlockKind::Line);
        let bold = item.children.is_empty() && is_bold(&item.text) && !is_bold(text);
        let numbered = *name && item.children.iter().all(is_prose) && sentence::ends_sentence(&text.plain);
        // `Name (name in another language)`, and a sentence
        let glossed = item.children.is_empty()
            && !item.text.is_wholly(|style| style.code)
            && item.text.plain.ends_with([')', '）'])
            && item.text.plain.bytes().any(|byte| byte.is_ascii_alphabetic())
            && is_glossed_name(&item.text)
            && sentence::ends_sentence(&text.plain);
        indent == *above && (bold || numbered || glossed) && !follows_bare
    }

    /// Whether the line right under an item, no label itself, is what the item is: the item ends with a colon or is a bold
    /// name, or the line stands deeper and begins small.
    pub(super) fn is_said_of_last(&self, indent: usize, text: &Text, blank_before: bool) -> bool {
        let Some(Open { block, kind: OpenKind::Item { indent: above, .. } }) = self.open.last() else { return false };
        let item = &self.blocks[*block];
        let colon = |text: &Text| text.plain.ends_with([':', '：']);
        let small = indent > *above && text.plain.starts_with(|c: char| c.is_ascii_lowercase());
        // `- Name (its name in another language)` over what it is
        let glossed = |text: &Text| text.plain.ends_with([')', '）']) && is_glossed_name(text);
        let length = |text: &Text| text.plain.chars().count();
        let of_gloss = glossed(&item.text) && !glossed(text) && length(text) > length(&item.text);
        let names = colon(&item.text) || is_bold(&item.text) && !is_bold(text) || of_gloss;
        !blank_before && !colon(text) && item.children.is_empty() && indent >= *above && (names || small)
    }

    /// Whether what an arrow right below the last item or line leads to is what that is: it is a name, and has nothing yet;
    /// `→ Other: …` is of another name.
    pub(super) fn is_said_of_bare_name(&self, text: &Text, blank_before: bool) -> bool {
        const SHORT: usize = 3; // words
        let Some(item) = self.last.map(|last| &self.blocks[last]) else { return false };
        let is_item = matches!(
            item.kind,
            BlockKind::Item { marker: Marker::Bullet(_) | Marker::Number(..), heading: false } | BlockKind::Line
        );
        let short = is_bold(&item.text) || item.text.plain.split_whitespace().count() <= SHORT;
        let is_name = item.children.is_empty() && short && is_glossed_name(&item.text);
        let names_other = text.plain.contains(':') && sentence::names_something(&text.plain);
        !blank_before && is_item && is_name && !names_other
    }

    /// The open question (by its place among what is open) that has several things to choose from under it.
    pub(super) fn asked_with_choices(&self) -> Option<usize> {
        const NEAR: usize = 40; // blocks
        let asks = |open: &Open| sentence::asks(&self.blocks[open.block].text.plain);
        let asked = self.open.iter().rposition(asks)?;
        let choices = &self.blocks[self.open[asked].block].children;
        let is_item = |block: &&usize| matches!(self.blocks[**block].kind, BlockKind::Item { .. });
        choices.iter().take(NEAR).filter(is_item).nth(1).map(|_| asked)
    }

    /// Whether a line goes on with those right under an item that name something each and say what it is: what follows
    /// at the item's indentation is beside the item, not under the line.
    pub(super) fn goes_on_naming(&self, text: &Text, blank_before: bool) -> bool {
        let Some(item) = self.last.map(|last| &self.blocks[last]) else { return false };
        let before = item.children.last().map(|before| &self.blocks[*before]);
        let names =
            |block: &Block| matches!(block.kind, BlockKind::Line) && sentence::names_something(&block.text.plain);
        !blank_before
            && matches!(item.kind, BlockKind::Item { .. })
            && before.is_some_and(names)
            && sentence::names_something(&text.plain)
    }

    /// Whether a line right under an item is a remark in brackets: it names no list.
    pub(super) fn is_remark(&self, indent: usize, text: &Text, blank_before: bool) -> bool {
        let lazy = matches!(self.open.last(), Some(Open { kind: OpenKind::Item { indent: above, .. }, .. }) if indent >= *above);
        !blank_before && lazy && text.plain.starts_with(['(', '（']) && text.plain.ends_with([')', '）'])
    }

    /// Whether a line right behind the last item of a list, no deeper than that, speaks of the list: no item has anything
    /// under it, and none follows.
    pub(super) fn ends_list(&self, indent: usize, text: &Text, next: Option<Ahead>) -> bool {
        const LONGEST: usize = 100; // items
        let Some(Open { block: last, kind: OpenKind::Item { indent: above, .. } }) = self.open.last() else {
            return false;
        };
        let siblings = &self.blocks[self.blocks[*last].parent].children;
        let is_bare_item = |block: &usize| {
            matches!(self.blocks[*block].kind, BlockKind::Item { .. }) && self.blocks[*block].children.is_empty()
        };
        let item = &self.blocks[*last].text;
        let of_item =
            text.plain.starts_with(['(', '（', '[']) || sentence::hangs(&item.plain) || is_bold(item) && !is_bold(text);
        indent == *above
            && !of_item
            && (2..=LONGEST).contains(&siblings.len())
            && siblings.iter().all(is_bare_item)
            && next.is_none_or(|next| !next.is_item && (next.blank_before || !next.is_line || next.indent < indent))
    }

    /// Whether the line right under a number is followed by the next number: it belongs to the first.
    pub(super) fn stands_in_list(&self, next: Option<Ahead>) -> bool {
        let last = self.last.map(|last| &self.blocks[last].kind);
        match (last, next.and_then(|next| next.number)) {
            (Some(BlockKind::Item { marker: Marker::Number(number, _), .. }), Some(next)) => number + 1 == next,
            _ => false,
        }
    }

    /// Whether the item above is the name of a table that stands behind an empty line, as the items before it are: nothing
    /// stands under it yet but what it is.
    pub(super) fn is_named_table(&self, indent: usize) -> bool {
        let Some(Open { block, kind: OpenKind::Item { indent: above, .. } }) = self.open.last() else { return false };
        let item = &self.blocks[*block];
        let siblings = &self.blocks[item.parent].children;
        let is_item = |block: &usize| matches!(self.blocks[*block].kind, BlockKind::Item { .. });
        let before = siblings.len().checked_sub(2).and_then(|at| siblings.get(at)).filter(|before| is_item(before));
        indent == *above
            && is_glossed_name(&item.text)
            && ![" = ", ": "].iter().any(|sign| item.text.plain.contains(sign))
            && item.children.iter().all(|child| matches!(self.blocks[*child].kind, BlockKind::Line))
            && before.is_none_or(|before| !self.blocks[*before].children.is_empty())
    }

    /// Whether what comes next is the first under a heading or a fold.
    pub(super) fn opens_section(&self) -> bool {
        let top = &self.blocks[self.top()];
        matches!(top.kind, BlockKind::Heading { .. } | BlockKind::Fold) && top.children.is_empty()
    }

    /// Whether a line right under a heading says what that is.
    pub(super) fn answers_heading(&self, text: &Text) -> bool {
        let top = &self.blocks[self.top()];
        self.opens_section() && sentence::reads_as_answer(&top.text.plain, &text.plain, true)
    }
}
