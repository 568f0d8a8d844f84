//! Numbered lines that head the parts of a note whose headings have no marks.

use super::super::lines::Marker;
use super::super::pieces::{Piece, PieceKind};
use super::super::sentence::ends_sentence;

/// The numbers that stand apart from each other, each right above one of the lost headings (`found`), and count up.
pub(super) fn numbered(pieces: &[Piece], found: &[usize]) -> Vec<usize> {
    let number = |at: usize| match &pieces[at] {
        Piece {
            kind: PieceKind::Item { marker: Marker::Number(number, style), heading: false }, indent: 0, ..
        } => Some((*number, *style)),
        _ => None,
    };
    let heads = |at: &usize| {
        let piece = &pieces[*at];
        (*at == 0 || piece.blank_before) && piece.text.is_one_line() && !ends_sentence(&piece.text.plain)
    };
    let above = found.iter().filter_map(|below| below.checked_sub(1));
    let parts: Vec<usize> = above.filter(|at| number(*at).is_some()).filter(heads).collect();
    let counts_up = parts.windows(2).all(|two| match (number(two[0]), number(two[1])) {
        (Some((one, style)), Some((next, same))) => one < next && style == same,
        _ => false,
    });
    if parts.len() >= 2 && counts_up { parts } else { Vec::new() }
}
