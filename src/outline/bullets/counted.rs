//! Numbers at the indentation of the bullet that announces them: `- rights of a mate:` / `1) …` / `2) …`.

use crate::letter::is_letter;
use crate::outline::labels::announces_list;
use crate::outline::lines::Marker;
use crate::outline::pieces::{Piece, PieceKind};

/// Puts the numbers 1, 2, … right behind a bullet that announces a list, and what stands under them, under the bullet.
pub(super) fn by_announced_numbers(pieces: &mut [Piece]) {
    let mut at = 0;
    while at < pieces.len() {
        let indent = pieces[at].indent;
        let begins = |piece: &Piece| {
            piece.indent == indent && matches!(piece.kind, PieceKind::Item { marker: Marker::Number(1, _), .. })
        };
        at += 1;
        if !pieces.get(at).is_some_and(begins) || !announces(&pieces[at - 1]) {
            continue;
        }
        let mut last = 0;
        let mut counts = |piece: &Piece| match piece.kind {
            PieceKind::Item { marker: Marker::Number(number, _), .. } if piece.indent == indent => {
                let goes_on = number == last + 1;
                last = number;
                goes_on
            }
            _ => piece.indent > indent && last > 0,
        };
        let length = pieces[at..].iter().take_while(|piece| counts(piece)).count();
        let listed = &mut pieces[at..at + length];
        if listed.iter().filter(|piece| piece.indent == indent).count() > 1 {
            listed.iter_mut().for_each(|piece| piece.indent += 2);
        }
    }
}

/// A bullet that ends in a colon, or counts things and says no more: `3 kinds of masts`.
fn announces(piece: &Piece) -> bool {
    const FEW: usize = 6; // words
    let plain = piece.text.plain.as_str();
    let number = plain.trim_start_matches(|c: char| c.is_ascii_digit());
    let counts = number.len() < plain.len() && number.trim_start().starts_with(is_letter);
    let few = plain.split_whitespace().count() <= FEW;
    let bullet = matches!(piece.kind, PieceKind::Item { marker: Marker::Bullet(_), heading: false });
    bullet && (plain.ends_with([':', '：']) || counts && few || announces_list(plain))
}
