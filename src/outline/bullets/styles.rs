//! Lists whose nesting shows only in how their numbers are written: `1.` over `가.` over `1)` over `가)`.

use crate::outline::lines::{Marker, NumberStyle};
use crate::outline::pieces::{Piece, PieceKind};

/// How far ahead the numbers of a list are looked for (pieces).
const AHEAD: usize = 200;

/// A list that may go on: where it stands, how its numbers are written, the last of them.
#[derive(Clone, Copy)]
struct Open {
    indent: usize,
    style: NumberStyle,
    last: u32,
}

/// Numbers of another style that begin right under a number, at its own indentation, are what it is over.
pub(super) fn by_number_styles(pieces: &mut [Piece]) {
    let mut open: Vec<Open> = Vec::new();
    let mut known: Vec<(NumberStyle, NumberStyle)> = Vec::new();
    for at in 0..pieces.len() {
        let indent = pieces[at].indent;
        open.retain(|list| list.indent <= indent);
        if let Some(number) = number(&pieces[at]) {
            place(pieces, at, number, &mut open, &mut known);
        } else if !matches!(pieces[at].kind, PieceKind::Item { .. }) && pieces[at].blank_before {
            open.retain(|list| list.indent < indent);
        }
        let deeper = open.iter().zip(open.iter().skip(1)).filter(|(above, list)| above.indent == list.indent).count();
        pieces[at].indent += 2 * deeper;
    }
}

fn number(piece: &Piece) -> Option<Open> {
    match piece.kind {
        PieceKind::Item { marker: Marker::Number(last, style), .. } => Some(Open { indent: piece.indent, style, last }),
        _ => None,
    }
}

/// Puts a number among the open lists: it goes on with one, begins one within the innermost, or stands for itself.
/// `known` are the styles, outer and inner, that were nested before.
fn place(pieces: &[Piece], at: usize, number: Open, open: &mut Vec<Open>, known: &mut Vec<(NumberStyle, NumberStyle)>) {
    let alike = |list: &Open| list.indent == number.indent && list.style == number.style;
    let goes_on = |list: &Open| alike(list) && (list.last + 1 == number.last || list.last == number.last);
    if let Some(at) = open.iter().rposition(goes_on).or_else(|| open.iter().rposition(alike)) {
        open.truncate(at);
    } else {
        match open.last().filter(|above| above.indent == number.indent) {
            Some(above) if number.last == 1 && begins(pieces, at, *above, number, known) => {
                let pair = (above.style, number.style);
                if !known.contains(&pair) {
                    known.push(pair);
                }
            }
            _ => open.retain(|list| list.indent < number.indent),
        }
    }
    open.push(number);
}

/// Whether a first number begins a list within the one above: both go on, or, behind an empty line, the list above does,
/// or asks for something, or such lists were nested before.
fn begins(pieces: &[Piece], at: usize, above: Open, first: Open, known: &[(NumberStyle, NumberStyle)]) -> bool {
    let same_column = pieces[at + 1..].iter().take(AHEAD).filter_map(number).filter(|next| next.indent == first.indent);
    let ends = |next: &Open| next.style == above.style;
    let mut own = same_column.clone().take_while(|next| !ends(next));
    let above_goes_on = same_column.clone().find(ends).is_some_and(|next| next.last == above.last + 1);
    let own_goes_on = own.any(|next| next.style == first.style && next.last == 2);
    let asks = || at > 0 && pieces[at - 1].text.plain.ends_with(['?', '？', ':', '：']);
    let parted = pieces[at].blank_before;
    above_goes_on || own_goes_on && (!parted || asks() || known.contains(&(above.style, first.style)))
}
