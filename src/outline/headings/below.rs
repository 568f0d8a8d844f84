//! What stands right below a lost heading and tells that it is one.

use std::ops::Range;

use super::{MAX_LABEL_WIDTH, has_answer, is_line, width};
use crate::letter::key;
use crate::outline::inline::Style;
use crate::outline::pieces::{Piece, PieceKind};
use crate::outline::sentence::without_article;

/// Whether a line says what one of the sides is that a heading sets against each other (as keys): `Side: …`, `In side, …`.
pub(super) fn names_side(sides: &[String], line: &str) -> bool {
    let within = || line.strip_prefix("In ").or_else(|| line.strip_prefix("in "))?.split_once(',');
    let name = line.split_once([':', '：', '=']).or_else(within).map(|(name, _)| key(without_article(name)));
    let name = name.filter(|name| !name.is_empty());
    name.is_some_and(|name| sides.iter().any(|side| side.starts_with(&name)))
}

/// Whether the lines right below are names with what they are.
pub(super) fn is_over_glossary(pieces: &[Piece], i: usize) -> bool {
    const SEVERAL: usize = 3;
    let names = |piece: &Piece| is_line(piece) && !piece.blank_before && has_answer(&piece.text.plain, false);
    pieces.len() > i + SEVERAL && pieces[i + 1..=i + SEVERAL].iter().all(names)
}

/// `**Rules**:` over a list, where another such label of the same heading has its text behind it (`**Uses**: towing`).
pub(super) fn is_label_among_labels(pieces: &[Piece], i: usize) -> bool {
    const FAR: usize = 60; // pieces
    let is_label = |piece: &Piece| {
        let name =
            piece.text.plain.split_once([':', '：']).filter(|(_, text)| !text.is_empty()).map_or("", |(name, _)| name);
        let bold = |(run, style): (&Range<usize>, &Style)| run.start == 0 && style.strong && run.end >= name.len();
        !name.is_empty()
            && width(name) <= MAX_LABEL_WIDTH
            && is_line(piece)
            && piece.text.styled().next().is_some_and(bold)
    };
    let over_items = pieces.get(i + 1).is_some_and(|next| matches!(next.kind, PieceKind::Item { .. }));
    let in_section = pieces[i + 1..].iter().take_while(|piece| !matches!(piece.kind, PieceKind::Heading(_)));
    over_items && pieces[i].text.plain.ends_with([':', '：']) && in_section.take(FAR).any(is_label)
}

/// Whether a line stands as deep as the text of the item above it: it is part of that.
pub(super) fn is_within_item(pieces: &[Piece], i: usize) -> bool {
    const FAR: usize = 100; // pieces
    const MARKER: usize = 2; // columns
    let indent = pieces[i].indent;
    let shallower = pieces[i.saturating_sub(FAR)..i].iter().rev().find(|piece| piece.indent < indent);
    let is_item = |piece: &Piece| matches!(piece.kind, PieceKind::Item { heading: false, .. });
    shallower.is_some_and(|above| is_item(above) && above.indent + MARKER <= indent)
}

/// Whether a line stands over deeper lines, as another line right behind these does: the writer nests by indentation, and
/// the first of them heads no more than the others.
pub(super) fn is_nested_by_indent(pieces: &[Piece], i: usize) -> bool {
    const FAR: usize = 100; // pieces
    let indent = pieces[i].indent;
    let is_over_deeper = |at: usize| {
        is_line(&pieces[at]) && pieces.get(at + 1).is_some_and(|next| is_line(next) && next.indent > indent + 1)
    };
    if !is_over_deeper(i) {
        return false;
    }
    let end = pieces.len().min(i + FAR);
    let beside = (i + 1..end).find(|at| pieces[*at].indent <= indent);
    beside.is_some_and(|at| !pieces[at].blank_before && pieces[at].indent == indent && is_over_deeper(at))
}
