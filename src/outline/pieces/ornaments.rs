//! Signs that people put before a heading as well as before an item: `■ Name`.

use std::collections::HashMap;

use super::super::{lines, sentence};
use super::without_breaks;
use crate::letter::{is_letter, is_pictograph};

const ORNAMENTS: &str = "※■□◆◇▶▷►●○◎◉▼▽▲△▣◈◾◽◼◻";

pub(super) fn is_ornament(sign: char) -> bool {
    // numbers in circles count, arrows and fingers lead on
    let leads = matches!(
        sign,
        '\u{2776}'..='\u{27BF}' | '\u{2B05}'..='\u{2B11}' | '\u{1F446}'..='\u{1F449}' | '\u{FE0F}' | '\u{200D}'
    );
    ORNAMENTS.contains(sign) || is_pictograph(sign) && !leads
}

/// Signs beyond so many stand all at one level.
const DEEPEST: u8 = 5;
/// A heading is no wider (columns).
const MAX_WIDTH: usize = 80;

/// Where a sign stands, and how often before a heading: a name with nothing right above it and something else below it.
#[derive(Default)]
struct Uses {
    /// The lines (by index) that head a section, or may: more than a name, or nothing below it.
    places: Vec<usize>,
    names: usize,
    others: usize,
}

impl Uses {
    fn is_of_headings(&self) -> bool {
        self.names >= 2 && 4 * self.others <= self.places.len() && 3 * self.names >= self.places.len()
    }
}

/// The lines (by index) that are headings by the sign before them, and how many other such signs come first in the note: the
/// outer ones. Beside such signs, another need head but one section.
pub(super) fn headings(lines: &[&str]) -> HashMap<usize, u8> {
    let mut found: Vec<(char, Uses)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((sign, name)) = ornament(line) else { continue };
        let known = found.iter().position(|(known, _)| *known == sign).unwrap_or_else(|| {
            found.push((sign, Uses::default()));
            found.len() - 1
        });
        let uses = &mut found[known].1;
        match heads(lines, at, sign, name) {
            Some(is_name) => {
                uses.names += usize::from(is_name);
                uses.places.push(at);
            }
            None => uses.others += 1,
        }
    }
    let any = found.iter().any(|(_, uses)| uses.is_of_headings());
    let beside = |uses: &Uses| any && uses.names > 0 && uses.others == 0;
    let chosen = found.into_iter().filter(|(_, uses)| uses.is_of_headings() || beside(uses));
    let depths = (0..DEEPEST).chain(std::iter::repeat(DEEPEST));
    chosen.zip(depths).flat_map(|((_, uses), depth)| uses.places.into_iter().map(move |at| (at, depth))).collect()
}

/// The levels of headings that are numbered `1 Name`, `2 Name`, …, from 1 on and three at least: elsewhere a number is a
/// part of the name (`7 layers`).
pub(super) fn numbered_levels(lines: &[&str]) -> Vec<u8> {
    let mut counts = [0u32; 7];
    let mut broken = [false; 7];
    for line in lines.iter().filter(|line| line.starts_with('#')) {
        let Some((level, text)) = lines::atx_heading(line) else { continue };
        let level = usize::from(level);
        match after_number(text) {
            Some((number, _)) if number == counts[level] + 1 => counts[level] = number,
            Some(_) => broken[level] = true,
            None => {}
        }
    }
    (1..7u8).filter(|level| counts[usize::from(*level)] >= 3 && !broken[usize::from(*level)]).collect()
}

/// The number at the start of a heading, and the name behind it.
pub(super) fn after_number(text: &str) -> Option<(u32, &str)> {
    let (number, name) = text.split_once(' ')?;
    let digits = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    let name = name.trim_start();
    (digits && name.starts_with(is_letter)).then(|| Some((number.parse().ok()?, name)))?
}

/// The name of a heading that stands in brackets as a whole (`[ Name ]`, `【Name】`), without these.
pub(in crate::outline) fn unframed(text: &str) -> &str {
    const FRAMES: [(char, char); 7] =
        [('[', ']'), ('【', '】'), ('〈', '〉'), ('《', '》'), ('「', '」'), ('『', '』'), ('〔', '〕')];
    let inside = |(open, close): &(char, char)| {
        let inner = text.trim().strip_prefix(*open)?.strip_suffix(*close)?.trim();
        (!inner.is_empty() && !inner.contains([*open, *close])).then_some(inner)
    };
    FRAMES.iter().find_map(inside).unwrap_or(text)
}

/// The sign at the start of a line, and the text behind it; for a name in brackets the bracket, and the name.
pub(super) fn ornament(line: &str) -> Option<(char, &str)> {
    const LEAST: usize = 2; // letters
    let (indent, line) = lines::indentation(line);
    let sign = line.chars().next().filter(|_| indent <= 1)?;
    if is_ornament(sign) {
        return Some((sign, without_breaks(line.trim_start_matches(|c| is_ornament(c) || is_pictograph(c)).trim())));
    }
    let whole = without_breaks(line.trim_end());
    let name = unframed(whole);
    let framed = name.len() < whole.len() && name.chars().filter(|c| is_letter(*c)).nth(LEAST - 1).is_some();
    framed.then_some((sign, name))
}

/// A name without the signs that stand apart before it: `△ABC` keeps its own.
pub(super) fn without_signs(name: &str) -> &str {
    let rest = name.trim_start_matches(|c| is_ornament(c) || is_pictograph(c));
    if name.starts_with(is_ornament) && rest.starts_with(char::is_whitespace) { rest.trim_start() } else { name }
}

/// Whether a line heads what is below it (`Some(false)`: it may).
fn heads(lines: &[&str], at: usize, sign: char, name: &str) -> Option<bool> {
    let is_gap = |line: &str| without_breaks(line.trim()).is_empty() || lines::rule_line(line).is_some();
    let is_like = |line: &str| ornament(line).is_some_and(|(other, _)| other == sign);
    let below = lines[at + 1..].iter().map(|line| without_breaks(line.trim())).find(|line| !line.is_empty());
    // without an empty line above, nested signs are those of a list
    let nests = || below.is_some_and(|below| ornament(below).is_some());
    let apart = at == 0 || is_gap(lines[at - 1]) || !is_like(lines[at - 1]) && !nests();
    let over = below.is_some_and(|below| !is_like(below));
    let is_name = !sentence::ends_sentence(name) && (!is_ornament(sign) || !sentence::names_something(name));
    let alone = is_name && lines.get(at + 1).is_none_or(|next| is_gap(next));
    let may_head = apart && (over || alone) && !name.is_empty() && lines::width(name) <= MAX_WIDTH;
    may_head.then_some(over && is_name)
}
