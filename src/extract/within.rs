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
        // what stands below a line that holds several is of none of them
        let alone = || target == Target::Line || self.outline.children(index).is_empty();
        if !matches!(target, Target::Item | Target::Line) || !alone() {
            return false;
        }
        let Some(ranges) = parts(text) else { return false };
        if ranges.iter().any(|range| self.is_remark(&text.plain[range.clone()])) {
            return false;
        }
        let made: Option<Vec<_>> = ranges.into_iter().map(|range| self.cell(index, &text.part(range))).collect();
        let Some(made) = made else { return false };
        self.found.extend(made);
        true
    }

    /// Whether a part of a line says more of the name before it (`Example: …`).
    fn is_remark(&self, part: &str) -> bool {
        let name = part[..sign_in(part).map_or(0, |(at, _)| at)].trim();
        self.rules.is_vague(name) || self.rules.is_example(name)
    }
}

/// The first sign between a name and its answer, and where it stands (bytes).
fn sign_in(text: &str) -> Option<(usize, &'static str)> {
    SIGNS.iter().filter_map(|sign| text.find(sign).map(|at| (at, *sign))).min()
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
    // `A = B / C = (B - D) / C`
    let is_formula =
        plain.contains(" = ") && [" + ", " - ", " − ", " × ", " ÷ ", " * "].iter().any(|it| plain.contains(it));
    let borders = BORDERS.iter().filter(|border| !(is_formula && **border == " / ")).find_map(|border| {
        let mut starts = vec![0];
        // within an answer or in brackets the border is but a sign: what is behind it has no name of its own
        let behind = places_outside_brackets(plain, border).map(|at| at + border.len());
        starts.extend(behind.filter(|at| names(text, *at, border)));
        // of two sentences the second may go on about what the first names
        let goes_on = *border == ". " && text.styled().next().is_none() && !plain.contains(" = ");
        let least = if goes_on { 3 } else { 2 };
        (starts.len() >= least && names(text, 0, border)).then_some((starts, border.len()))
    });
    let (starts, border) = borders?;
    let ends = starts.iter().skip(1).map(|start| start - border).chain([plain.len()]);
    Some(starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect())
}

/// Where a border stands that no brackets are open at (bytes).
fn places_outside_brackets<'t>(plain: &'t str, border: &'t str) -> impl Iterator<Item = usize> + 't {
    let (mut open, mut seen) = (0_usize, 0);
    plain.match_indices(border).map(|(at, _)| at).filter(move |at| {
        for c in plain[seen..*at].chars() {
            match c {
                '(' | '（' => open += 1,
                ')' | '）' => open = open.saturating_sub(1),
                _ => {}
            }
        }
        seen = *at;
        open == 0
    })
}

/// With more parts than this a line is a list, whatever signs are in it.
const MAX_PARTS: usize = 40;

/// Whether a name and a sign stand at an offset: any name before a slash or a bar, a marked one before a comma.
fn names(text: &Text, at: usize, border: &str) -> bool {
    // the sign is no further away than the longest name
    let rest = &text.plain[at..];
    let rest = rest.char_indices().nth(MAX_MARKED + 3).map_or(rest, |(end, _)| &rest[..end]);
    let Some((end, sign)) = sign_in(rest) else { return false };
    let name = &rest[..end];
    let marked = text.part(at..at + end).is_wholly(|style| style.strong || style.code || style.mark);
    let apart = !border.starts_with([',', ';']) || sign == " : " || sign == " = ";
    let length = name.chars().count();
    let words = name.split_whitespace().count();
    let fits = match border {
        ", " => words <= 2,
        // a sentence begins with a name only where it says what that is
        ". " => words <= 3 && matches!(sign, " : " | ": " | " = ") && !name.starts_with(char::is_lowercase),
        _ => true,
    };
    let unmarked = apart && length <= MAX_NAME && fits;
    (marked && length <= MAX_MARKED || unmarked)
        && !name.trim().is_empty()
        && !name.contains([',', ';', '?'])
        && !name.contains(". ")
        && (border == " // " || !name.contains('/'))
        && (border == " // " || name.chars().any(is_letter))
}
