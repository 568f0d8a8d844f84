//! Headings seen by there being several of one kind: without empty lines around them, or with nothing but them.

use std::collections::BTreeSet;

use super::{
    MAX_LABEL_WIDTH, ends_sentence, has_answer, has_latin_topic, is_bold_line, is_line, is_name, is_plain_name, width,
};
use crate::letter::key;
use crate::outline::pieces::Piece;

/// One line may be a heading by chance; whoever writes them so does so throughout.
const SEVERAL: usize = 3;

/// The lines (by index, in order) that are headings by their kind.
pub(super) fn names(pieces: &[Piece]) -> Vec<usize> {
    let kinds = [
        names_between_sentences(pieces),
        bold_names_between_lines(pieces),
        links_over_lines(pieces),
        names_and_lines_in_turn(pieces),
    ];
    let mut found: Vec<usize> = kinds.into_iter().filter(|kind| kind.len() >= SEVERAL).flatten().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The names (by index) that stand in a line between two others, nothing between them, which `is_one` takes for headings by
/// the line above, the name and the line below.
fn between_lines(pieces: &[Piece], is_one: impl Fn(&Piece, &Piece, &Piece) -> bool) -> Vec<usize> {
    let stands = |i: &usize| {
        let [above, name, below] = &pieces[i - 1..=i + 1] else { return false };
        !name.blank_before
            && !below.blank_before
            && name.indent <= 1
            && is_line(above)
            && is_line(below)
            && is_name(name, MAX_LABEL_WIDTH)
            && !name.text.plain.ends_with([':', '：'])
            && !has_answer(&name.text.plain, false)
            && is_one(above, name, below)
    };
    (1..pieces.len().saturating_sub(1)).filter(stands).collect()
}

/// Short lines right behind a sentence and right above another.
fn names_between_sentences(pieces: &[Piece]) -> Vec<usize> {
    const MAX_WORDS: usize = 6;
    between_lines(pieces, |above, name, below| {
        let plain = name.text.plain.as_str();
        ends_sentence(&above.text.plain)
            && ends_sentence(&below.text.plain)
            && plain.split_whitespace().nth(MAX_WORDS).is_none()
            && plain.starts_with(|c: char| !c.is_lowercase())
            && !has_latin_topic(plain)
            && 2 * width(plain) <= width(&below.text.plain)
    })
}

/// Short lines and longer ones in turn, each alone between empty lines, and nothing else from one heading to the next but
/// perhaps a line that leads up to them.
fn names_and_lines_in_turn(pieces: &[Piece]) -> Vec<usize> {
    let is_alone = |piece: &Piece| is_line(piece) && piece.blank_before && piece.indent <= 1;
    let is_named = |pair: &[Piece]| {
        let [name, below] = pair else { return false };
        let plain = name.text.plain.as_str();
        is_name(name, MAX_LABEL_WIDTH)
            && !plain.ends_with([':', '：', '?', '？'])
            && !has_answer(plain, false)
            && !has_latin_topic(plain)
            && 2 * width(plain) <= width(&below.text.plain)
    };
    let mut found = Vec::new();
    let mut at = 0;
    for run in pieces.chunk_by(|one, next| is_alone(one) && is_alone(next)) {
        let first = run.len() % 2;
        let pairs = &run[first..];
        let names: BTreeSet<String> = pairs.iter().step_by(2).map(|name| key(&name.text.plain)).collect();
        if 2 * SEVERAL <= pairs.len() && 2 * names.len() == pairs.len() && pairs.chunks(2).all(is_named) {
            found.extend((at + first..at + run.len()).step_by(2));
        }
        at += run.len();
    }
    found
}

/// Lines wholly in bold between lines that are not.
fn bold_names_between_lines(pieces: &[Piece]) -> Vec<usize> {
    between_lines(pieces, |above, name, below| is_bold_line(name) && !is_bold_line(above) && !is_bold_line(below))
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
