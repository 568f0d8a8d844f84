//! Headings that lost the empty lines around them as well: seen by there being several of one kind.

use super::{
    MAX_LABEL_WIDTH, ends_sentence, has_answer, has_latin_topic, is_bold_line, is_line, is_name, is_plain_name, width,
};
use crate::outline::pieces::Piece;

/// One line may be a heading by chance; whoever leaves the empty lines out does so throughout.
const SEVERAL: usize = 3;

/// The lines (by index, in order) that are headings by their kind.
pub(super) fn names(pieces: &[Piece]) -> Vec<usize> {
    let kinds = [names_between_sentences(pieces), bold_names_between_lines(pieces), links_over_lines(pieces)];
    let mut found: Vec<usize> = kinds.into_iter().filter(|kind| kind.len() >= SEVERAL).flatten().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The short lines that stand right behind a sentence and right above another, `Name` between sentences.
fn names_between_sentences(pieces: &[Piece]) -> Vec<usize> {
    const MAX_WORDS: usize = 6;
    let says = |piece: &Piece| is_line(piece) && ends_sentence(&piece.text.plain);
    let stands = |i: &usize| {
        let [above, piece, below] = &pieces[i - 1..=i + 1] else { return false };
        !piece.blank_before
            && !below.blank_before
            && piece.indent <= 1
            && says(above)
            && says(below)
            && is_name(piece, MAX_LABEL_WIDTH)
            && piece.text.plain.split_whitespace().nth(MAX_WORDS).is_none()
            && piece.text.plain.starts_with(|c: char| !c.is_lowercase())
            && !piece.text.plain.ends_with([':', '：'])
            && !has_answer(&piece.text.plain, false)
            && !has_latin_topic(&piece.text.plain)
            && 2 * width(&piece.text.plain) <= width(&below.text.plain)
    };
    (1..pieces.len().saturating_sub(1)).filter(stands).collect()
}

/// The lines wholly in bold that stand right behind other lines and right above others.
fn bold_names_between_lines(pieces: &[Piece]) -> Vec<usize> {
    let stands = |i: &usize| {
        let [above, piece, below] = &pieces[i - 1..=i + 1] else { return false };
        !piece.blank_before
            && !below.blank_before
            && piece.indent <= 1
            && is_line(above)
            && is_bold_line(piece)
            && is_line(below)
            && is_name(piece, MAX_LABEL_WIDTH)
            && !is_bold_line(above)
            && !is_bold_line(below)
            && !piece.text.plain.ends_with([':', '：'])
            && !has_answer(&piece.text.plain, false)
    };
    (1..pieces.len().saturating_sub(1)).filter(stands).collect()
}

/// The links alone in their lines right above what is said of them: `[Name](…)` over a sentence.
fn links_over_lines(pieces: &[Piece]) -> Vec<usize> {
    let is_link = |piece: &Piece| is_line(piece) && piece.text.is_wholly(|style| style.link.is_some());
    let says = |piece: &Piece| is_line(piece) && !is_link(piece) && !piece.blank_before;
    let stands = |i: &usize| {
        let plain = pieces[*i].text.plain.as_str();
        is_link(&pieces[*i])
            && pieces[*i].indent <= 1
            && says(&pieces[i + 1])
            && (pieces[*i].blank_before || *i > 0 && says(&pieces[i - 1]))
            && width(plain) < width(&pieces[i + 1].text.plain)
            && !plain.contains("://")
            && !ends_sentence(plain)
            && is_plain_name(&pieces[*i], MAX_LABEL_WIDTH)
    };
    (0..pieces.len().saturating_sub(1)).filter(stands).collect()
}
