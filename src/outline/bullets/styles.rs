//! Lists whose nesting shows only in how their numbers are written: `1.` over `가.` over `1)` over `가)`.

use crate::outline::lines::{Marker, NumberStyle};
use crate::outline::pieces::{Piece, PieceKind};

/// A list that may go on: where it stands, how its numbers are written, the last of them.
struct Open {
    indent: usize,
    style: NumberStyle,
    last: u32,
}

/// Numbers of another style that begin right under a number, at its own indentation, are what it is over.
pub(super) fn by_number_styles(pieces: &mut [Piece]) {
    let mut open: Vec<Open> = Vec::new();
    let mut asks = false;
    for piece in pieces {
        let indent = piece.indent;
        open.retain(|list| list.indent <= indent);
        match piece.kind {
            PieceKind::Item { marker: Marker::Number(number, style), .. } => {
                let apart = piece.blank_before && !asks;
                place(&mut open, Open { indent, style, last: number }, apart);
            }
            PieceKind::Item { .. } => {}
            _ if piece.blank_before => open.retain(|list| list.indent < indent),
            _ => {}
        }
        let deeper = open.iter().zip(open.iter().skip(1)).filter(|(above, list)| above.indent == list.indent).count();
        piece.indent += 2 * deeper;
        asks = piece.text.plain.ends_with(['?', '？', ':', '：']);
    }
}

/// Puts a number among the open lists: it goes on with one, begins one within the innermost, or stands for itself.
/// `apart`: an empty line stands before it.
fn place(open: &mut Vec<Open>, number: Open, apart: bool) {
    let alike = |list: &Open| list.indent == number.indent && list.style == number.style;
    if let Some(at) = open
        .iter()
        .rposition(|list| alike(list) && (list.last + 1 == number.last || list.last == number.last))
        .or_else(|| open.iter().rposition(alike))
    {
        open.truncate(at);
    } else if number.last != 1 || apart {
        open.retain(|list| list.indent < number.indent);
    }
    open.push(number);
}
