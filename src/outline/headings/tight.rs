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
    let kinds = [names_between_sentences(pieces), bold_names_between_lines(pieces), links_over_lines(pieces)];
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

/// Short lines and longer ones in turn, the short ones behind empty lines: the short ones (by index, in order). In a note
/// whose headings have their marks the longer ones too stand behind empty lines, since a name right above a line is a term
/// there, and nothing else does from one heading to the next but perhaps a line that leads up to them.
pub(super) fn names_and_lines_in_turn(pieces: &[Piece], marked: bool) -> Vec<usize> {
    let asks = |piece: &Piece| piece.text.plain.ends_with(['?', '？']);
    let is_alone = |piece: &Piece| is_line(piece) && piece.indent <= 1 && !asks(piece);
    let is_named = |pair: &[Piece]| {
        let [name, below] = pair else { return false };
        let plain = name.text.plain.as_str();
        name.blank_before
            && (below.blank_before || !marked)
            && is_name(name, MAX_LABEL_WIDTH)
            && !plain.ends_with([':', '：'])
            && !has_answer(plain, false)
            && !has_latin_topic(plain)
            && width(plain) < width(&below.text.plain)
    };
    let columns = |lines: &[Piece]| -> usize { lines.iter().step_by(2).map(|line| width(&line.text.plain)).sum() };
    let mut found = Vec::new();
    let mut begin = 0; // of the run
    for run in pieces.chunk_by(|one, next| is_alone(one) && is_alone(next)) {
        let mut at = 0;
        while at < run.len() {
            let count = run[at..].chunks_exact(2).take_while(|pair| is_named(pair)).count();
            let pairs = &run[at..at + 2 * count];
            let is_all = at <= 1 && at + pairs.len() == run.len();
            let names: BTreeSet<String> = pairs.iter().step_by(2).map(|name| key(&name.text.plain)).collect();
            // one of them may be told twice
            if names.len() >= SEVERAL.max(count.saturating_sub(1))
                && (is_all || !marked)
                && 2 * columns(pairs) <= columns(&pairs[1..])
            {
                found.extend((begin + at..begin + at + pairs.len()).step_by(2));
            }
            at += pairs.len().max(1);
        }
        begin += run.len();
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
