//! One tree of a note's blocks, from Markdown and from plain text alike.
//!
//! Block structure is ours, since people's indentation is sloppy and a strict parser would flatten it: one space
//! deeper is deeper, a tab is deeper, wrapped lines join the sentence they go on with, and a heading that lost its `#`
//! is still a heading. Inline markup is left to a Markdown library ([`inline`]).

pub(crate) mod announced;
mod bullets;
mod chevron_headings;
mod fenced;
mod folds;
mod headings;
mod images;
mod indented_boxes;
pub mod inline;
pub(crate) mod labels;
mod lines;
pub mod marked;
mod pieces;
mod raw_markup;
pub mod sentence;
mod tree;

pub use images::Image;
pub(crate) use lines::leading_sign;
pub use lines::{Marker, NumberStyle, section_number};

use std::ops::RangeInclusive;

use crate::source::Note;
use inline::Text;

/// A note as a tree. Blocks are named by their index; [`ROOT`] holds all others.
#[derive(Debug, Clone)]
pub struct Outline {
    pub blocks: Vec<Block>,
    /// Lines (1-based) that hold nothing to learn, and why.
    pub asides: Vec<(usize, Aside)>,
    /// Lines (1-based) of items that begin with a box (`[ ]`, `[x]`), and whether it is ticked; ascending.
    pub boxes: Vec<(usize, bool)>,
    /// The YAML between `---` and `---` at the top, without those lines; empty if there is none.
    pub front_matter: String,
    top: Option<usize>,
}

/// The index of the block above all others.
pub const ROOT: usize = 0;

/// One heading, item, line, table or code block, and what stands under it.
#[derive(Debug, Clone)]
pub struct Block {
    pub kind: BlockKind,
    /// Without bullet, number or heading marks; empty for the root and for tables.
    pub text: Text,
    pub parent: usize,
    /// In the order of the note.
    pub children: Vec<usize>,
}

#[derive(Debug, Clone)]
pub enum BlockKind {
    Root,
    /// `level` 1 is the outermost. A heading that had no `#` gets its level by inference.
    Heading {
        level: u8,
    },
    /// `heading`: the item's text is itself a heading (`1. ### Overview`).
    Item {
        marker: Marker,
        heading: bool,
    },
    Line,
    /// The summary of a `<details>` or the title of a callout: a name for what it holds.
    Fold,
    Table(Table),
    Code {
        language: String,
        lines: Vec<usize>,
    },
}

#[derive(Debug, Clone, Default)]
pub struct Table {
    pub head: Option<Row>,
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// 1-based.
    pub lines: RangeInclusive<usize>,
    pub cells: Vec<Text>,
}

/// Why a line holds nothing to learn, whatever stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aside {
    /// A rule, an underline, the second row of a table.
    Rule,
    Link,
    Image,
    Comment,
    /// Between `<!-- amgi: skip -->` and `<!-- amgi: end -->`.
    Skipped,
    FrontMatter,
    /// Tags and fences.
    Markup,
    /// A bullet or heading mark with nothing after it.
    Empty,
}

/// Whether a line of a note begins with a bullet or a number.
pub fn is_item(line: &str) -> bool {
    lines::marker(lines::indentation(line).1).is_some()
}

impl Outline {
    pub fn read(note: &Note) -> Outline {
        let pieces = pieces::read(note);
        let outline = tree::build(pieces);
        Outline { top: outline.find_top_heading(), ..outline }
    }

    /// The block at an index; the root for an index that does not exist.
    pub fn block(&self, index: usize) -> &Block {
        self.blocks.get(index).unwrap_or_else(|| &self.blocks[ROOT])
    }

    pub fn children(&self, index: usize) -> &[usize] {
        &self.block(index).children
    }

    /// The blocks beside one, itself among them; those further away are not asked.
    pub fn near(&self, index: usize) -> &[usize] {
        const NEAR: usize = 12;
        let siblings = self.children(self.block(index).parent);
        let at = siblings.binary_search(&index).unwrap_or_default();
        &siblings[at.saturating_sub(NEAR)..siblings.len().min(at + NEAR)]
    }

    /// The headings above a block, outermost first, without the block itself.
    pub fn headings_above(&self, index: usize) -> Vec<usize> {
        let mut out: Vec<usize> =
            std::iter::successors(self.heading_above(index), |above| self.heading_above(*above)).collect();
        out.reverse();
        out
    }

    /// The nearest heading above a block.
    pub fn heading_above(&self, index: usize) -> Option<usize> {
        let above = std::iter::successors(Some(self.block(index).parent), |at| Some(self.block(*at).parent));
        above.take_while(|at| *at != ROOT).find(|at| self.is_heading(*at))
    }

    pub fn is_heading(&self, index: usize) -> bool {
        matches!(self.block(index).kind, BlockKind::Heading { .. } | BlockKind::Item { heading: true, .. })
    }

    /// All blocks under a block, in the order of the note, without it.
    pub fn below(&self, index: usize) -> impl Iterator<Item = usize> {
        let mut open: Vec<usize> = self.children(index).iter().rev().copied().collect();
        std::iter::from_fn(move || {
            let at = open.pop()?;
            open.extend(self.children(at).iter().rev());
            Some(at)
        })
    }

    /// The note's lines (1-based) a block itself stands on.
    pub fn own_lines(&self, index: usize) -> Vec<usize> {
        let block = self.block(index);
        match &block.kind {
            BlockKind::Root => Vec::new(),
            BlockKind::Table(table) => table.head.iter().chain(&table.rows).flat_map(|row| row.lines.clone()).collect(),
            BlockKind::Code { lines, .. } => lines.clone(),
            _ => block.text.all_lines().collect(),
        }
    }

    /// The only heading of the top level, which names the note, where there is just one.
    pub fn top_heading(&self) -> Option<usize> {
        self.top
    }

    fn find_top_heading(&self) -> Option<usize> {
        let mut tops = self.children(ROOT).iter().copied().filter(|i| self.is_heading(*i));
        match (tops.next(), tops.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }
}
