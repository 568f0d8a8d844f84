//! Items: what stands behind a bullet or a number.

use super::super::lines::{self, Marker};
use super::super::sentence;
use super::asides::{aside_line, begins_block, without_outliners_tags};
use super::{Aside, PieceKind, Reader, Text, ornaments};
use crate::letter::{is_letter, is_letter_or_digit, is_pictograph};

/// An item with heading marks and more words than these says something rather than names it.
const MAX_NAME: usize = 8;

/// Whether a note has `#` for a bullet: indented, without a space, several times.
pub(super) fn has_hash_bullets(lines: &[&str]) -> bool {
    const SEVERAL: usize = 3;
    let is_bullet = |line: &&&str| {
        line.starts_with([' ', '\t']) && behind_hash(line.trim_start()).is_some_and(|text| text.contains(' '))
    };
    lines.iter().filter(is_bullet).nth(SEVERAL - 1).is_some()
}

pub(super) fn behind_hash(line: &str) -> Option<&str> {
    line.strip_prefix('#').filter(|text| text.starts_with(is_letter))
}

impl Reader<'_> {
    /// The text behind `A.` where `B.` follows: alone, `A.` stands before an answer.
    pub(super) fn first_letter<'b>(&self, line: &'b str) -> Option<&'b str> {
        let (sign, text) = line.strip_prefix('A').and_then(|rest| rest.split_at_checked(1))?;
        let below = self.lines[self.at + 1..].iter().map(|below| below.trim_start()).find(|below| !below.is_empty())?;
        let follows = below.strip_prefix('B').and_then(|rest| rest.strip_prefix(sign));
        let both =
            matches!(sign, "." | ")") && text.starts_with(' ') && follows.is_some_and(|rest| rest.starts_with(' '));
        both.then(|| text.trim_start())
    }

    /// The text behind a dash that lost its space before a digit (`-3 decks`) beside an item with a dash: elsewhere the
    /// dash is a minus.
    pub(super) fn dashed_digit<'b>(&self, indent: usize, line: &'b str) -> Option<&'b str> {
        let text = line.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))?;
        let named = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().starts_with(is_letter);
        let is_dashed = |at: usize| {
            let (beside, line) = self.lines.get(at).map(|line| lines::indentation(line))?;
            (beside == indent).then(|| lines::marker(line))?.map(|(marker, _)| marker == Marker::Bullet('-'))
        };
        let near = [self.at.checked_sub(1), Some(self.at + 1)];
        (named && near.into_iter().flatten().filter_map(is_dashed).any(|dashed| dashed)).then_some(text)
    }

    /// A pictograph that lines right above or below begin with too, and the text behind it: a bullet that somebody chose.
    pub(super) fn chosen_bullet<'b>(&self, line: &'b str) -> Option<(char, &'b str)> {
        let sign = line.chars().next().filter(|c| is_pictograph(*c))?;
        let text = line.trim_start_matches(is_pictograph).trim();
        let above = self.at.checked_sub(1).and_then(|at| self.lines.get(at));
        let beside = above.into_iter().chain(self.lines.get(self.at + 1));
        let is_bullet = beside.into_iter().any(|beside| beside.trim_start().starts_with(sign));
        (is_bullet && text.starts_with(is_letter_or_digit)).then_some((sign, text))
    }

    pub(super) fn item(&mut self, indent: usize, marker: Marker, text: &str) {
        let boxed = ["[ ]", "[x]", "[X]"].iter().find_map(|task| Some((text.strip_prefix(task)?, *task != "[ ]")));
        if let Some((_, ticked)) = boxed {
            self.out.boxes.push((self.number(), ticked));
        }
        let text = boxed.map_or(text, |(text, _)| text).trim_start();
        if begins_block(text) && self.lines.get(self.at + 1).is_some_and(|next| aside_line(next.trim()).is_none()) {
            self.aside(Aside::Markup);
            return self.item(indent, marker, self.lines[self.at].trim());
        }
        if let Some(why) = aside_line(text) {
            return self.aside(why);
        }
        let text = without_outliners_tags(text);
        if text.is_empty() {
            self.blank = true; // it parts what stands around it
            return self.aside(Aside::Empty);
        }
        let numbered = lines::number_behind_bullet(text).filter(|_| matches!(marker, Marker::Bullet(_)));
        let (marker, text) = numbered.unwrap_or((marker, text));
        let (heading, text) = match lines::atx_heading(text) {
            Some((_, text)) => {
                let name = text.split_whitespace().nth(MAX_NAME).is_none();
                (name && !self.is_followed_by_like(indent, marker), text)
            }
            None => (false, text),
        };
        let heads = self.heads_prose(marker, text);
        let text = Text::parse(text, self.number());
        if text.is_empty() {
            return self.aside(if text.has_image { Aside::Image } else { Aside::Empty });
        }
        // a line alone: whether it is a heading is seen from its neighbours
        let kind = if heads { PieceKind::Line } else { PieceKind::Item { marker, heading } };
        self.piece(kind, indent, text);
    }

    /// Whether the next line is an item with heading marks too, no deeper: neither heads anything.
    fn is_followed_by_like(&self, indent: usize, marker: Marker) -> bool {
        let is_like = |line: &&str| -> bool {
            let (below, line) = lines::indentation(line);
            let next = lines::marker(line).filter(|(next, _)| *next == marker && below == indent);
            next.is_some_and(|(_, text)| lines::atx_heading(text).is_some())
        };
        let near = [self.at.checked_sub(1), Some(self.at + 1)];
        near.into_iter().flatten().filter_map(|at| self.lines.get(at)).any(is_like)
    }

    /// `※ Name` alone, with prose and no list under it: the ornament marks a heading.
    fn heads_prose(&self, marker: Marker, text: &str) -> bool {
        let Marker::Bullet(ornament) = marker else { return false };
        let below = self.lines[self.at + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty());
        ornaments::is_ornament(ornament)
            && self.blank
            && lines::width(text) <= 60
            && !sentence::ends_sentence(text)
            && !text.contains([':', '：'])
            && below.is_some_and(|below| {
                lines::marker(below).is_none()
                    && lines::atx_heading(below).is_none()
                    && !below.starts_with(['|', '`', '~', '<', '!'])
                    && sentence::ends_sentence(below)
            })
    }
}
