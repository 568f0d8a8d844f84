//! Several names with their answers on one line: `**A**: x, **B**: y`, `A : x / B : y`.

use std::ops::Range;

use super::{Finder, Target};
use crate::letter::{ByteSet, is_letter};
use crate::outline::inline::Text;

/// What parts one name and its answer from the next.
const BORDERS: [&str; 8] = [" // ", " / ", ", ", "; ", "；", " | ", " · ", ". "];
/// What parts a name from its answer.
const SIGNS: [&str; 7] = [" : ", ": ", " = ", "→", "->", " >> ", "："];
/// A name is no longer (characters), but for a marked one.
const MAX_NAME: usize = 24;
const MAX_MARKED: usize = 40;

impl Finder<'_> {
    /// Finds the entries of a line that holds several; whether it does.
    pub(super) fn within_line(&mut self, index: usize, target: Target, text: &Text) -> bool {
        if !matches!(target, Target::Item | Target::Line) || !self.outline.children(index).is_empty() {
            return false;
        }
        let Some(ranges) = parts(text) else { return false };
        let made: Option<Vec<_>> = ranges.into_iter().map(|range| self.cell(index, &text.part(range))).collect();
        let Some(made) = made else { return false };
        self.found.extend(made);
        true
    }
}

/// The stretches of a line that are a name and its answer each: two at least, and all of the line.
fn parts(text: &Text) -> Option<Vec<Range<usize>>> {
    let plain = text.plain.as_str();
    // two signs at least (`→` begins with the byte E2, `：` with EF), and something between them
    const SIGN: ByteSet = ByteSet::of(b":=>\xE2\xEF");
    const BORDER: ByteSet = ByteSet::of(b",;/|.\xC2\xEF"); // `·` begins with the byte C2, `；` with EF
    let signs = plain.bytes().filter(|byte| SIGN.has(*byte)).count();
    if !(2..=MAX_PARTS).contains(&signs) || !BORDER.is_in(plain) {
        return None;
    }
    let borders = BORDERS.iter().find_map(|border| {
        let mut starts = vec![0];
        // within an answer the border is but a sign: what is behind it has no name of its own
        starts
            .extend(plain.match_indices(border).map(|(at, _)| at + border.len()).filter(|at| names(text, *at, border)));
        (starts.len() >= 2 && names(text, 0, border)).then_some((starts, border.len()))
    });
    let (starts, border) = borders?;
    let ends = starts.iter().skip(1).map(|start| start - border).chain([plain.len()]);
    Some(starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect())
}

/// With more parts than this a line is a list, whatever signs are in it.
const MAX_PARTS: usize = 40;

/// Whether a name and a sign stand at an offset: any name before a slash or a bar, a marked one before a comma.
fn names(text: &Text, at: usize, border: &str) -> bool {
    // the sign is no further away than the longest name
    let rest = &text.plain[at..];
    let rest = rest.char_indices().nth(MAX_MARKED + 3).map_or(rest, |(end, _)| &rest[..end]);
    let sign = SIGNS.iter().filter_map(|sign| rest.find(sign).map(|at| (at, *sign))).min();
    let Some((end, sign)) = sign else { return false };
    let name = &rest[..end];
    let marked = text.part(at..at + end).is_wholly(|style| style.strong || style.code || style.mark);
    let apart = !border.starts_with([',', ';']) || sign == " : " || sign == " = ";
    let length = name.chars().count();
    let unmarked = apart && border != ". " && length <= MAX_NAME;
    (marked && length <= MAX_MARKED || unmarked && (border != ", " || name.split_whitespace().count() <= 2))
        && !name.trim().is_empty()
        && !name.contains([',', ';', '?'])
        && !name.contains(". ")
        && (border == " // " || !name.contains('/'))
        && (border == " // " || name.chars().any(is_letter))
}
