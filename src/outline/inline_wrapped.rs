//! Sentences that go on in the next line of the note.

use std::ops::Range;

use super::{Run, Style, Text, is_spaceless};

/// What emphasis does to a style.
type Emphasise = fn(&mut Style);

/// Emphasis that may begin in one line and end in the next, by its sign.
const MARKS: [(&str, Emphasise); 2] = [("**", |style| style.strong = true), ("==", |style| style.mark = true)];

impl Text {
    /// Goes on with the next line of the same sentence. Between Han or kana no space is put.
    pub fn join(&mut self, mut next: Text) {
        let marked = MARKS.map(|(sign, emphasise)| {
            let (opens, closes) = (self.lone(sign)?, next.lone(sign)?);
            let starts = self.plain[opens + sign.len()..].starts_with(|c: char| !c.is_whitespace());
            let ends = next.plain[..closes].ends_with(|c: char| !c.is_whitespace());
            (starts && ends).then(|| {
                self.remove(opens..opens + sign.len());
                next.remove(closes..closes + sign.len());
                (opens, closes, emphasise)
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
        for (opens, closes, emphasise) in marked.into_iter().flatten() {
            self.emphasise(opens..shift + closes, emphasise);
        }
    }

    /// Where the only sign of its kind stands that is no part of code or a formula.
    fn lone(&self, sign: &str) -> Option<usize> {
        let is_code =
            |at: usize| self.runs.iter().any(|run| run.range.contains(&at) && (run.style.code || run.style.math));
        let mut found = self.plain.match_indices(sign).map(|(at, _)| at).filter(|at| !is_code(*at));
        found.next().filter(|_| found.next().is_none())
    }

    fn remove(&mut self, range: Range<usize>) {
        self.plain.replace_range(range.clone(), "");
        let moved = |at: usize| if at >= range.end { at - range.len() } else { at.min(range.start) };
        for run in &mut self.runs {
            run.range = moved(run.range.start)..moved(run.range.end);
        }
        for (offset, _) in &mut self.starts {
            *offset = moved(*offset);
        }
    }

    fn emphasise(&mut self, range: Range<usize>, emphasise: Emphasise) {
        let plain = |range: Range<usize>| {
            let mut style = Style::default();
            emphasise(&mut style);
            Run { range, style }
        };
        let mut runs = Vec::with_capacity(self.runs.len() + 2);
        let mut at = range.start;
        for mut run in std::mem::take(&mut self.runs) {
            let inside = range.start <= run.range.start && run.range.end <= range.end;
            if inside {
                if at < run.range.start {
                    runs.push(plain(at..run.range.start));
                }
                at = run.range.end;
                emphasise(&mut run.style);
            } else if run.range.start >= range.end && at < range.end {
                runs.push(plain(at..range.end));
                at = range.end;
            }
            runs.push(run);
        }
        if at < range.end {
            runs.push(plain(at..range.end));
        }
        self.runs = runs;
    }
}
