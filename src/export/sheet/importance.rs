//! What goes first onto a sheet that is short of room.

use crate::deck::{Content, Deck, Entry, FactKind};
use crate::letter::key;
use crate::markup::{Block, Inline, parse};

/// The entries of a deck, the most important first; those that are alike in the order of the notes. `priorities` are
/// sections by name.
pub(super) fn order<'a>(deck: &'a Deck, priorities: &[(String, i32)]) -> Vec<&'a Entry> {
    let priorities: Vec<(String, i32)> = priorities.iter().map(|(name, of)| (key(name), *of)).collect();
    let mut order: Vec<&Entry> = deck.entries().map(|(_, entry)| entry).collect();
    order.sort_by_cached_key(|entry| std::cmp::Reverse(weight(entry, &priorities)));
    order
}

/// A person's priority (the entry's own, else its innermost section's), then what the notes emphasise, then the kinds
/// that a term is looked up by.
fn weight(entry: &Entry, priorities: &[(String, i32)]) -> (i32, bool, u8) {
    let of_section = || {
        let named = |section: &String| priorities.iter().find(|(name, _)| *name == key(section)).map(|(_, of)| *of);
        entry.section.iter().rev().find_map(named)
    };
    let priority = entry.priority.or_else(of_section).unwrap_or(0);
    let kind = match &entry.content {
        Content::Comparison { .. } => 5,
        Content::Fact { kind: FactKind::Definition, .. } => 4,
        Content::Fact { kind: FactKind::Cue, .. } => 3,
        Content::Expansion { .. } => 2,
        Content::Fact { kind: FactKind::Points, .. } => 1,
        Content::Cloze { .. } => 0,
    };
    (priority, is_emphasised(&entry.content), kind)
}

/// Whether something in an entry is bold or marked.
fn is_emphasised(content: &Content) -> bool {
    let texts: Vec<&String> = match content {
        Content::Fact { term, answer, details, .. } => [term, answer].into_iter().chain(details).collect(),
        Content::Expansion { term, full } => vec![term, full],
        Content::Comparison { rows, .. } => rows.iter().flat_map(|row| &row.cells).collect(),
        Content::Cloze { text } => vec![text],
    };
    let maybe = |text: &str| text.contains("**") || text.contains("__") || text.contains("==");
    texts.into_iter().any(|text| maybe(text) && parse(text).iter().any(in_block))
}

fn in_block(block: &Block) -> bool {
    match block {
        Block::Paragraph(inlines) => inlines.iter().any(in_inline),
        Block::List { items, .. } => items.iter().flatten().any(in_block),
        Block::Quote(inner) => inner.iter().any(in_block),
        Block::Table { head, rows } => std::iter::once(head).chain(rows).flatten().flatten().any(in_inline),
        Block::Code { .. } => false,
    }
}

fn in_inline(inline: &Inline) -> bool {
    match inline {
        Inline::Strong(_) | Inline::Mark(_) => true,
        Inline::Emph(inner) | Inline::Strike(inner) | Inline::Link { text: inner, .. } => inner.iter().any(in_inline),
        _ => false,
    }
}
