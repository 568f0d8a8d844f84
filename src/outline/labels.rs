//! Lines that name what comes behind them: labels of lists, names over paragraphs.

use super::inline::Text;
use super::lines::Marker;
use super::pieces::{Piece, PieceKind};

/// What is worth knowing of the piece that comes next.
#[derive(Clone, Copy)]
pub(super) struct Ahead {
    pub(super) is_item: bool,
    pub(super) is_table: bool,
    pub(super) is_line: bool,
    /// It has a sign that parts a name from its answer.
    pub(super) is_parted: bool,
    /// The number it has in its list.
    pub(super) number: Option<u32>,
    pub(super) indent: usize,
    pub(super) blank_before: bool,
}

impl Ahead {
    pub(super) fn of(piece: &Piece) -> Ahead {
        Ahead {
            is_item: matches!(piece.kind, PieceKind::Item { .. }) && !piece.after_quote,
            is_table: matches!(piece.kind, PieceKind::Table(_)),
            is_line: matches!(piece.kind, PieceKind::Line),
            is_parted: super::sentence::names_something(&piece.text.plain),
            number: match piece.kind {
                PieceKind::Item { marker: Marker::Number(number, _), .. } => Some(number),
                _ => None,
            },
            indent: piece.indent,
            blank_before: piece.blank_before,
        }
    }
}

/// Whether the items or the table below a line are its own: no empty line between them, or it ends with a colon.
pub(super) fn opens_list(text: &Text, indent: usize, next: Option<Ahead>) -> bool {
    let Some(next) = next else { return false };
    let colon = text.plain.ends_with([':', '：']);
    if !colon && super::sentence::ends_sentence(&text.plain) {
        return false;
    }
    let below = next.is_item || next.is_table;
    (below && next.indent + 1 >= indent && (colon || !next.blank_before))
        || (next.is_line && !next.blank_before && next.indent > indent)
}

/// A name alone between empty lines (columns on a screen) is no longer than this.
const MAX_NAME_WIDTH: usize = 40;

/// With a separator it is a name and what it is in another language; a longer one is a definition.
const MAX_GLOSSED_WIDTH: usize = 24;

/// Whether a line that stands alone names the items that follow it after an empty line.
pub(super) fn names_list(text: &Text, indent: usize, next: Option<Ahead>) -> bool {
    indent <= 3
        && next.is_some_and(|next| next.is_item && next.blank_before && next.indent >= indent)
        && is_short_name(text)
}

pub(super) fn is_short_name(text: &Text) -> bool {
    let plain = text.plain.as_str();
    text.is_one_line()
        && !text.is_wholly(|style| style.link.is_some())
        && super::lines::width(plain) <= MAX_NAME_WIDTH
        && !super::sentence::ends_sentence(plain)
        && (!super::sentence::names_something(plain) || super::lines::width(plain) <= MAX_GLOSSED_WIDTH)
        && !plain.ends_with([',', '、', '，'])
        && plain.starts_with(char::is_alphanumeric)
}

/// Whether a line ends with a colon and has the line right below for its answer.
pub(super) fn is_label_over_line(text: &Text, next: Option<Ahead>) -> bool {
    text.plain.ends_with([':', '：'])
        && is_short_name(text)
        && next.is_some_and(|next| next.is_line && !next.blank_before && !next.is_parted)
}
