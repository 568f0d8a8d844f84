//! Signs that people put before a heading as well as before an item: `■ Name`.

use super::super::{lines, sentence};
use super::without_breaks;
use crate::letter::is_letter;

pub(super) const ORNAMENTS: &str = "※■□◆◇▶●○★☆◎";
/// A heading is no wider (columns).
const MAX_WIDTH: usize = 80;

/// The signs that stand before headings throughout the note: each time before a name, with nothing right above it and
/// something else below it, twice at least.
pub(super) fn of_headings(lines: &[&str]) -> Vec<char> {
    let mut found: Vec<(char, usize, bool)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((sign, name)) = ornament(line) else { continue };
        let heads = heads(lines, at, sign, name);
        match found.iter_mut().find(|(known, ..)| *known == sign) {
            Some((_, count, always)) => (*count, *always) = (*count + 1, *always && heads),
            None => found.push((sign, 1, heads)),
        }
    }
    found.into_iter().filter(|(_, count, always)| *count >= 2 && *always).map(|(sign, ..)| sign).collect()
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

/// The sign at the start of a line, and the text behind it.
fn ornament(line: &str) -> Option<(char, &str)> {
    let (indent, line) = lines::indentation(line);
    let sign = line.chars().next().filter(|sign| indent <= 1 && ORNAMENTS.contains(*sign))?;
    Some((sign, without_breaks(line[sign.len_utf8()..].trim())))
}

fn heads(lines: &[&str], at: usize, sign: char, name: &str) -> bool {
    let is_gap = |line: &str| without_breaks(line.trim()).is_empty() || lines::rule_line(line).is_some();
    let apart = at == 0 || is_gap(lines[at - 1]);
    let below = lines[at + 1..].iter().map(|line| without_breaks(line.trim())).find(|line| !line.is_empty());
    apart
        && below.is_some_and(|below| !below.starts_with(sign))
        && !name.is_empty()
        && lines::width(name) <= MAX_WIDTH
        && !sentence::ends_sentence(name)
        && !sentence::names_something(name)
}
