//! Sentences that go on in the next line of the note.

use std::ops::Range;

use super::{Run, Style, Text, is_spaceless};
use crate::letter::is_letter;

/// What emphasis does to a style.
type Emphasise = fn(&mut Style);

/// Emphasis that may begin in one line and end in the next, by its sign.
const MARKS: [(&str, Emphasise); 3] =
    [("**", |style| style.strong = true), ("==", |style| style.mark = true), ("`", |style| style.code = true)];

/// Emphasis that begins further back (bytes) than this goes on no more.
const MAX_EMPHASIS: usize = 2000;

impl Text {
    /// Goes on with the next line of the same sentence. Between Han or kana no space is put.
    pub fn join(&mut self, mut next: Text) {
        let has_code = |text: &Text| text.runs.iter().any(|run| run.style.code);
        let marked = MARKS.iter().find_map(|(sign, emphasise)| {
            let closes = next.lone(sign)?;
            // beside whole stretches of code a lone sign may close what another one opened
            if *sign == "`" && (has_code(self) || has_code(&next)) {
                return None;
            }
            let opens = self.lone(sign)?;
            let starts = self.plain[opens + sign.len()..].starts_with(|c: char| !c.is_whitespace());
            let ends = next.plain[..closes].ends_with(|c: char| !c.is_whitespace());
            (starts && ends).then(|| {
                self.remove(opens..opens + sign.len());
                next.remove(closes..closes + sign.len());
                (opens, closes, *emphasise)
            })
        });
        let apart = match (self.plain.chars().next_back(), next.plain.chars().next()) {
            (Some(a), Some(b)) => !(is_spaceless(a) && is_spaceless(b)),
            _ => false,
        };
        if apart {
            self.plain.push(' ');
        }
        let shift = self.plain.len();
        self.plain.push_str(&next.plain);
        self.runs.extend(
            next.runs
                .into_iter()
                .map(|run| Run { range: run.range.start + shift..run.range.end + shift, style: run.style }),
        );
        self.starts.extend(next.starts.iter().map(|(offset, line)| (offset + shift, *line)));
        self.has_image |= next.has_image;
        if let Some((opens, closes, emphasise)) = marked {
            self.emphasise(opens..shift + closes, emphasise);
        }
    }

    /// Bold that begins the text with a name and that nobody ended goes up to the colon, or is all of it.
    pub fn end_bold(&mut self) {
        const SIGN: &str = "**";
        let named = |c: char| is_letter(c) && !c.is_ascii_lowercase();
        let begins = self.plain.strip_prefix(SIGN).is_some_and(|name| name.starts_with(named));
        if begins && self.lone(SIGN) == Some(0) {
            self.remove(0..SIGN.len());
            let name = self.plain.find([':', '：']).map_or(self.plain.as_str(), |colon| &self.plain[..colon]);
            self.emphasise(0..name.trim_end().len(), |style| style.strong = true);
        }
    }

    /// Where the only sign of its kind near the end stands that is no part of anything marked up, as code is.
    fn lone(&self, sign: &str) -> Option<usize> {
        let from = self.plain.ceil_char_boundary(self.plain.len().saturating_sub(MAX_EMPHASIS));
        let mut found = self.plain[from..].match_indices(sign).map(|(at, _)| from + at);
        let at = found.next().filter(|_| found.next().is_none())?;
        let before = self.runs.partition_point(|run| run.range.end <= at);
        self.runs.get(before).is_none_or(|run| run.range.start > at).then_some(at)
    }

    /// Takes out a stretch near the end that no styled one overlaps.
    fn remove(&mut self, range: Range<usize>) {
        self.plain.replace_range(range.clone(), "");
        for run in self.runs.iter_mut().rev().take_while(|run| run.range.start >= range.end) {
            run.range = run.range.start - range.len()..run.range.end - range.len();
        }
        for (offset, _) in self.starts.iter_mut().rev().take_while(|(offset, _)| *offset >= range.end) {
            *offset -= range.len();
        }
    }

    /// Adds to the styles of a stretch near the end that holds styled ones wholly or not at all.
    fn emphasise(&mut self, range: Range<usize>, emphasise: Emphasise) {
        let plain = |range: Range<usize>| {
            let mut style = Style::default();
            emphasise(&mut style);
            Run { range, style }
        };
        let mut at = range.start;
        for mut run in self.runs.split_off(self.runs.partition_point(|run| run.range.end <= range.start)) {
            if run.range.start < range.end {
                emphasise(&mut run.style);
            }
            let gap = at..run.range.start.min(range.end);
            if gap.start < gap.end {
                self.runs.push(plain(gap));
            }
            at = run.range.end.max(at);
            self.runs.push(run);
        }
        if at < range.end {
            self.runs.push(plain(at..range.end));
        }
    }
}
