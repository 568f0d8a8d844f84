//! What stands right below a lost heading and tells that it is one.

use super::{has_answer, is_line};
use crate::letter::key;
use crate::outline::pieces::Piece;

/// Whether a line says what one of the sides is that a heading sets against each other (as keys).
pub(super) fn names_side(sides: &[String], line: &str) -> bool {
    let name = line.split_once([':', '：', '=']).map(|(name, _)| key(name)).filter(|name| !name.is_empty());
    name.is_some_and(|name| sides.iter().any(|side| side.starts_with(&name)))
}

/// Whether the lines right below are names with what they are.
pub(super) fn is_over_glossary(pieces: &[Piece], i: usize) -> bool {
    const SEVERAL: usize = 3;
    let names = |piece: &Piece| is_line(piece) && !piece.blank_before && has_answer(&piece.text.plain, false);
    pieces.len() > i + SEVERAL && pieces[i + 1..=i + SEVERAL].iter().all(names)
}
