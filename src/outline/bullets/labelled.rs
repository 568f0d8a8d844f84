//! A name over lines that each begin with a label, the first of them the label of what the name is:
//! `Keel` / `Definition: …` / `Example: …`.

use crate::outline::labels::{DEFINES, is_glossed_name};
use crate::outline::lines::Marker;
use crate::outline::pieces::{Piece, PieceKind};

/// A label is no longer (characters).
const MAX_LABEL: usize = 16;

/// Makes the labelled lines right under a name its items.
pub(super) fn by_labels(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let (before, behind) = pieces.split_at_mut(at);
        let Some(name) = before.last().filter(|name| is_line(name) && (name.blank_before || at == 1)) else { continue };
        let indent = name.indent;
        let defines = label(&behind[0])
            .is_some_and(|label| DEFINES.contains(&label.trim_end_matches('.').to_lowercase().as_str()));
        if !defines || label(name).is_some() || !is_glossed_name(&name.text) {
            continue;
        }
        for piece in behind.iter_mut().take_while(|piece| label(piece).is_some()) {
            piece.kind = PieceKind::Item { marker: Marker::Bullet('-'), heading: false };
            piece.indent = indent + 2;
        }
    }
}

fn is_line(piece: &Piece) -> bool {
    matches!(piece.kind, PieceKind::Line)
}

/// What stands before the colon of a line with nothing between it and the line above.
fn label(piece: &Piece) -> Option<&str> {
    let (label, said) = piece.text.plain.split_once([':', '：'])?;
    let label = label.trim();
    let fits = is_line(piece) && !piece.blank_before && !said.trim().is_empty();
    (fits && !label.is_empty() && label.chars().count() <= MAX_LABEL).then_some(label)
}
