//! Nests the pieces of a note: by heading level, by indentation, by what a line can only belong to.

mod belongs;

use super::inline::Text;
use super::labels::{
    Ahead, behind_answer_mark, is_glossed_name, is_label_over_line, is_marked_question, is_name_over_lines,
    names_lines, names_list, names_prose, opens_list,
};
use super::lines::{Marker, leading_sign};
use super::pieces::{Piece, PieceKind, Pieces};
use super::{Block, BlockKind, Outline, ROOT};

/// A block that later pieces may still come under.
struct Open {
    block: usize,
    kind: OpenKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenKind {
    Heading(u8),
    /// An item at an indentation; `number`: it is numbered; `name`: and stands as a name between empty lines; `numbers`:
    /// it is a bullet over numbers at its own indentation; `deeper`: it has items at a deeper one.
    Item {
        indent: usize,
        number: bool,
        name: bool,
        numbers: bool,
        deeper: bool,
    },
    /// A line at an indentation; `label`: items right below, even at its own indentation, are its own; `asks`: so is
    /// the line right below; `paragraph`: so are all lines up to an empty one; `list`: where its first item stands.
    Line {
        indent: usize,
        list: Option<usize>,
        label: bool,
        asks: bool,
        paragraph: bool,
    },
    /// A `<details>` or callout, up to its end.
    Fold,
}

pub(super) fn build(read: Pieces) -> Outline {
    let mut pieces = super::labels::part_labels(read.pieces);
    super::bullets::nest(&mut pieces);
    super::headings::find(&mut pieces);
    // room for all at once: doubled again and again, the blocks of a long note would be copied as often
    let mut blocks = Vec::with_capacity(pieces.len() + 1);
    blocks.push(block(BlockKind::Root, Text::default(), ROOT));
    let mut tree = Tree { blocks, open: Vec::new(), last: None };
    for i in 0..pieces.len() {
        let mut next = pieces.get(i + 1).map(Ahead::of);
        if let Some(next) = next.as_mut().filter(|next| next.is_line && tree.opens_section()) {
            next.is_before_another = is_name_over_lines(&pieces, i + 2);
        }
        let piece = std::mem::replace(&mut pieces[i], Piece::nothing());
        tree.put(piece, next);
    }
    super::folds::open_hints(&mut tree.blocks);
    Outline { blocks: tree.blocks, asides: read.asides, boxes: read.boxes, front_matter: read.front_matter, top: None }
}

/// Whether a line asks, or leaves a blank: what names something and says what it is, and only then asks, is none.
fn is_question(plain: &str) -> bool {
    if is_marked_question(plain) || plain.trim_end_matches(['.', ' ']).ends_with("___") && !plain.contains('?') {
        return true;
    }
    plain.ends_with(['?', '？']) && !(plain.contains(". ") && super::sentence::names_something(plain))
}

fn block(kind: BlockKind, text: Text, parent: usize) -> Block {
    Block { kind, text, parent, children: Vec::new() }
}

/// What stands around a line.
struct Around {
    blank_before: bool,
    next: Option<Ahead>,
    /// Items right below are its own.
    label: bool,
    /// It speaks of the list that it ends.
    ends_list: bool,
}

struct Tree {
    blocks: Vec<Block>,
    open: Vec<Open>,
    /// The item or line that was put last, for lines that can only belong to it.
    last: Option<usize>,
}

impl Tree {
    fn top(&self) -> usize {
        self.open.last().map_or(ROOT, |open| open.block)
    }

    fn add(&mut self, kind: BlockKind, text: Text) -> usize {
        let parent = self.top();
        let index = self.blocks.len();
        self.blocks.push(block(kind, text, parent));
        self.blocks[parent].children.push(index);
        index
    }

    fn put(&mut self, piece: Piece, next: Option<Ahead>) {
        let Piece { kind, indent, text, blank_before, .. } = piece;
        match kind {
            PieceKind::Heading(level) => {
                self.close_while(|kind| match kind {
                    OpenKind::Heading(above) => above >= level,
                    OpenKind::Fold => false,
                    _ => true,
                });
                let index = self.add(BlockKind::Heading { level }, text);
                self.open.push(Open { block: index, kind: OpenKind::Heading(level) });
                self.last = None;
            }
            PieceKind::Item { marker, heading } => self.item(marker, heading, indent, text, blank_before),
            PieceKind::Line => self.line(indent, text, blank_before, next),
            PieceKind::Table(table) => {
                self.close_to_indent(indent, blank_before && !self.is_named_table(indent));
                self.add(BlockKind::Table(table), text);
            }
            PieceKind::Code { language, lines } => {
                self.close_to_indent(indent, blank_before);
                self.add(BlockKind::Code { language, lines }, text);
            }
            PieceKind::Open => {
                self.close_while(|kind| match kind {
                    OpenKind::Item { indent: above, .. } | OpenKind::Line { indent: above, .. } => above >= indent,
                    _ => false,
                });
                let index = if text.is_empty() { self.top() } else { self.add(BlockKind::Fold, text) };
                self.open.push(Open { block: index, kind: OpenKind::Fold });
                self.last = None;
            }
            PieceKind::Close => {
                self.close_while(|kind| kind != OpenKind::Fold);
                self.open.pop_if(|open| open.kind == OpenKind::Fold);
                self.last = None;
            }
        }
    }

    fn close_while(&mut self, closes: impl Fn(OpenKind) -> bool) {
        while self.open.pop_if(|open| closes(open.kind)).is_some() {}
    }

    /// Closes what a table, code or fold at this indentation no longer belongs to.
    fn close_to_indent(&mut self, indent: usize, blank_before: bool) {
        self.close_while(|kind| match kind {
            OpenKind::Item { indent: above, .. } => above > indent || (above == indent && blank_before),
            OpenKind::Line { indent: above, label, .. } => {
                !label && (above > indent || (above == indent && blank_before))
            }
            _ => false,
        });
    }

    /// The indentation of the item that an item one column deeper stands beside: the items under that one stand deeper still,
    /// and none as deep.
    fn beside_outer(&self, indent: usize, numbered: bool) -> Option<usize> {
        let outer = indent.checked_sub(1)?;
        let mut deeper = false;
        for open in self.open.iter().rev() {
            match open.kind {
                OpenKind::Item { indent: above, .. } if above > indent => deeper = true,
                OpenKind::Item { indent: above, number, .. } => {
                    return (above == outer && deeper && number == numbered).then_some(outer);
                }
                OpenKind::Line { .. } => {}
                _ => return None,
            }
        }
        None
    }

    fn item(&mut self, marker: Marker, heading: bool, indent: usize, text: Text, blank_before: bool) {
        let numbered = matches!(marker, Marker::Number(..));
        if marker == Marker::Arrow && self.is_said_of_bare_name(&text, blank_before) {
            self.under_last(BlockKind::Line, text);
            return;
        }
        if marker == Marker::Arrow && self.last.is_some() {
            self.under_last(BlockKind::Item { marker, heading }, text);
            return;
        }
        if marker == Marker::Arrow && self.opens_section() {
            self.line(indent, text, blank_before, None); // what the heading right above it is
            return;
        }
        // a question that has its answer takes no list after an empty line
        let answered = blank_before
            && self
                .open
                .iter()
                .rev()
                .find(|open| matches!(open.kind, OpenKind::Line { asks: true, .. }))
                .is_some_and(|open| !self.blocks[open.block].children.is_empty());
        let indent = indent + usize::from(self.goes_under_bullet(marker, indent, blank_before));
        let beside = self.beside_outer(indent, numbered);
        self.close_while(|kind| match kind {
            OpenKind::Item { indent: above, number, name, deeper, .. } => {
                let under_number = number && !numbered && !deeper && (!blank_before || name);
                above > indent || (above == indent && !under_number) || beside == Some(above)
            }
            OpenKind::Line { indent: above, label, list, .. } => {
                // its items stand deeper than this one
                let left = list.is_some_and(|list| list > indent + 1);
                above > indent || (above == indent && (!label || answered || left))
            }
            _ => false,
        });
        self.close_other_list(marker, indent, blank_before && text.plain.ends_with([':', '：']));
        // numbered names between empty lines have the bullets that follow
        let name = numbered && blank_before && is_glossed_name(&text);
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(OpenKind::Item { indent: above, deeper, .. }) => *deeper |= indent > *above,
            Some(OpenKind::Line { list, .. }) => *list = list.or(Some(indent)),
            _ => {}
        }
        let index = self.add(BlockKind::Item { marker, heading }, text);
        let kind = OpenKind::Item { indent, number: numbered, name, numbers: false, deeper: false };
        self.open.push(Open { block: index, kind });
        self.last = Some(index);
    }

    /// Whether a number belongs to the bullet above it, though it stands no deeper: `1.` right under the bullet, and the
    /// numbers that follow.
    fn goes_under_bullet(&mut self, marker: Marker, indent: usize, blank_before: bool) -> bool {
        let Marker::Number(number, _) = marker else { return false };
        let blocks = &self.blocks;
        let bullet = self.open.iter_mut().rev().find_map(|open| match &mut open.kind {
            OpenKind::Item { indent: above, number: false, numbers, .. } if *above == indent => {
                Some((open.block, numbers))
            }
            _ => None,
        });
        let Some((block, numbers)) = bullet else { return false };
        let bullet = &blocks[block];
        let bold = is_glossed_name(&bullet.text)
            && bullet.text.styled().next().is_some_and(|(run, style)| run.start == 0 && style.strong);
        let begins = number == 1 && (!blank_before || bold);
        let siblings = &blocks[bullet.parent].children;
        let before = siblings.len().checked_sub(2).and_then(|at| siblings.get(at)).map(|at| &blocks[*at]);
        let is_bullet = |block: &Block| matches!(block.kind, BlockKind::Item { marker: Marker::Bullet(_), .. });
        let ends_list = before.is_some_and(|before| is_bullet(before) && before.children.is_empty());
        let plain = bullet.text.plain.as_str();
        let is_name = !super::sentence::ends_sentence(plain) && !super::sentence::names_something(plain);
        if begins && bullet.children.is_empty() && is_name && !ends_list {
            *numbers = true;
        }
        *numbers && (number > 1 || begins)
    }

    /// Numbers after the bullets of a label are of another list: one of their own, or one that goes on. So are labels
    /// (`names`) in bullets after its numbers.
    fn close_other_list(&mut self, marker: Marker, indent: usize, names: bool) {
        let begins = matches!(marker, Marker::Number(..));
        let Some(Open { block, kind: OpenKind::Line { indent: above, label: true, .. } }) = self.open.last() else {
            return;
        };
        let last = self.blocks[*block].children.last().map(|last| &self.blocks[*last].kind);
        let bullets = matches!(last, Some(BlockKind::Item { marker: Marker::Bullet(_), .. }));
        let numbers = matches!(last, Some(BlockKind::Item { marker: Marker::Number(..), .. }));
        if (begins && bullets || !begins && numbers && names) && *above == indent {
            self.open.pop();
        }
    }

    fn line(&mut self, indent: usize, text: Text, blank_before: bool, next: Option<Ahead>) {
        if behind_answer_mark(&text.plain, true).is_some()
            && let Some(asked) = self.asked_with_choices()
        {
            self.open.truncate(asked + 1);
            self.add(BlockKind::Line, text);
            self.last = None;
            return;
        }
        let says = leading_sign(&text.plain).is_some() && !text.plain.starts_with('='); // `= in a storm` may name a list
        let label = (opens_list(&text, indent, next)
            && !says
            && !self.stands_in_list(next)
            && !self.is_remark(indent, &text, blank_before)
            && !self.goes_on_naming(&text, blank_before)
            && !self.is_said_of_last(indent, &text, blank_before))
            || (blank_before && names_list(&text, indent, next) && !self.answers_heading(&text));
        let lazy = matches!(self.open.last(), Some(Open { kind: OpenKind::Item { indent: above, .. }, .. }) if indent >= *above);
        // as a Markdown definition list does
        let defines = says && self.last.is_some_and(|last| matches!(self.blocks[last].kind, BlockKind::Line));
        let ends_list = lazy && !blank_before && self.ends_list(indent, &text, next);
        let goes_under = !blank_before && self.last.is_some() && ((lazy && !label && !ends_list) || defines);
        if goes_under {
            self.under_last(BlockKind::Line, text);
            return;
        }
        if blank_before && self.is_named_by_last(indent, &text) {
            self.under_last(BlockKind::Line, text);
            return;
        }
        self.open_line(indent, text, Around { blank_before, next, label, ends_list });
    }

    /// Puts a line beside or under what is open, and opens it.
    fn open_line(&mut self, indent: usize, text: Text, around: Around) {
        let Around { blank_before, next, label, ends_list } = around;
        let unanswered = self.open.last().is_some_and(|open| {
            matches!(open.kind, OpenKind::Line { asks: true, .. }) && self.blocks[open.block].children.is_empty()
        });
        // right under a heading a name over a line is mostly said of that, unless others follow it
        let may_name = !self.opens_section() || next.is_some_and(|next| next.is_before_another);
        let paragraph = blank_before && !unanswered && may_name && names_lines(&text, indent, next);
        let asks = paragraph
            || is_question(&text.plain)
            || is_label_over_line(&text, next)
            || blank_before && !unanswered && !self.opens_section() && names_prose(&text, indent, next);
        self.close_while(|kind| match kind {
            OpenKind::Item { indent: above, .. } => above >= indent,
            OpenKind::Line { indent: above, asks: above_asks, paragraph, label: has_items, .. } => {
                let own = above_asks && (unanswered || paragraph && !blank_before) || ends_list && has_items;
                above > indent || above == indent && (asks || !own)
            }
            _ => false,
        });
        let index = self.add(BlockKind::Line, text);
        self.open.push(Open {
            block: index,
            kind: OpenKind::Line { indent, list: None, label: label || asks, asks, paragraph },
        });
        self.last = Some(index);
    }

    /// Puts a block under the item or line that was put last, and leaves that open.
    fn under_last(&mut self, kind: BlockKind, text: Text) {
        let parent = self.last.unwrap_or(ROOT);
        let index = self.blocks.len();
        self.blocks.push(block(kind, text, parent));
        self.blocks[parent].children.push(index);
    }
}
