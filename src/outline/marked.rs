//! Writes a [`Text`] out again: as Markdown for the deck, and as the canonical markup that patterns may look at.

use std::ops::Range;

use super::inline::{Style, Text};
use crate::letter::{ByteSet, is_letter_or_digit};

/// A text with its markup in one spelling: `**bold**`, `` `code` ``, `==mark==`, `*emph*`, `[link]`.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    pub text: String,
    /// Where stretches of the plain text went: offset here, offset there, length. Ascending.
    pieces: Vec<(usize, usize, usize)>,
}

impl Marked {
    /// The plain offset for an offset here; inside a mark, the end of the text before it.
    pub fn plain_offset(&self, offset: usize) -> usize {
        let i = self.pieces.partition_point(|(here, _, _)| *here <= offset);
        match i.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            Some((here, there, length)) => there + (offset - here).min(*length),
            None => 0,
        }
    }

    /// The plain range for a range here.
    pub fn plain_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.first_plain_at_or_after(range.start);
        let end = self.plain_offset(range.end);
        start..end.max(start)
    }

    fn first_plain_at_or_after(&self, offset: usize) -> usize {
        let i = self.pieces.partition_point(|(here, _, length)| here + length <= offset);
        match self.pieces.get(i) {
            Some((here, there, _)) => there + offset.saturating_sub(*here),
            None => self.pieces.last().map_or(0, |(_, there, length)| there + length),
        }
    }
}

impl Text {
    /// The text with its markup in one spelling, for patterns.
    pub fn marked(&self) -> Marked {
        let mut out = Marked::default();
        for (range, style) in self.stretches(0..self.plain.len()) {
            let (open, close) = style.map_or(("", ""), canonical_marks);
            out.text.push_str(open);
            out.pieces.push((out.text.len(), range.start, range.len()));
            out.text.push_str(&self.plain[range]);
            out.text.push_str(close);
        }
        out
    }

    /// Markdown for a stretch of the plain text, trimmed. What only looks like markup is escaped.
    pub fn markdown(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        self.push_markdown(range, &mut out);
        out
    }

    /// The same, written behind what is there.
    pub fn push_markdown(&self, range: Range<usize>, out: &mut String) {
        let inner = &self.plain[range.clone()];
        let start = range.start + (inner.len() - inner.trim_start().len());
        let end = start + inner.trim().len();
        let begin = out.len();
        out.reserve(end - start);
        if self.styled().next().is_none() {
            push_escaped(out, &self.plain[start..end]);
        } else {
            let mut before = None;
            for (range, style) in self.stretches(start..end) {
                let piece = &self.plain[range];
                let from = out.len();
                match style {
                    None => push_escaped(out, piece),
                    Some(style) => push_styled(out, piece, style),
                }
                join_marks(out, begin, from, before, style);
                before = style;
            }
        }
        escape_block_start(out, begin);
    }

    /// Cuts a range at the borders of the styles.
    fn stretches(&self, range: Range<usize>) -> Vec<(Range<usize>, Option<&Style>)> {
        let mut out = Vec::new();
        let mut at = range.start;
        for (run, style) in self.styled() {
            let (start, end) = (run.start.max(range.start), run.end.min(range.end));
            if start >= end {
                continue;
            }
            if at < start {
                out.push((at..start, None));
            }
            out.push((start..end, Some(style)));
            at = end;
        }
        if at < range.end {
            out.push((at..range.end, None));
        }
        out
    }
}

fn canonical_marks(style: &Style) -> (&'static str, &'static str) {
    match style {
        Style { code: true, .. } => ("`", "`"),
        Style { strong: true, .. } => ("**", "**"),
        Style { mark: true, .. } => ("==", "=="),
        Style { link: Some(_), .. } => ("[", "]"),
        Style { emph: true, .. } => ("*", "*"),
        _ => ("", ""),
    }
}

fn push_styled(out: &mut String, piece: &str, style: &Style) {
    if style.code {
        let fence = if piece.contains('`') { "``" } else { "`" };
        let pad = if piece.starts_with('`') || piece.ends_with('`') { " " } else { "" };
        out.push_str(&format!("{fence}{pad}{piece}{pad}{fence}"));
        return;
    }
    if style.math {
        out.push_str(&format!("${piece}$"));
        return;
    }
    let inner = piece.trim();
    if inner.is_empty() {
        out.push_str(piece);
        return;
    }
    let lead = &piece[..piece.len() - piece.trim_start().len()];
    let tail = &piece[piece.trim_end().len()..];
    let mut text = String::new();
    push_escaped(&mut text, inner);
    for (on, mark) in [(style.emph, "*"), (style.strong, "**"), (style.strike, "~~"), (style.mark, "==")] {
        if on {
            text = format!("{mark}{text}{mark}");
        }
    }
    if let Some(url) = style.link.as_deref().filter(|url| is_web_link(url)) {
        text = if url == inner || url.ends_with(inner) { format!("<{url}>") } else { format!("[{text}](<{url}>)") };
    }
    out.push_str(&format!("{lead}{text}{tail}"));
}

/// Two stretches beside each other that share their outer mark are within one pair of it: `==**a**b==`, for `==**a**====b==`
/// is none.
fn join_marks(out: &mut String, begin: usize, from: usize, before: Option<&Style>, style: Option<&Style>) {
    let outer = |style: &Style| match style {
        Style { code: true, .. } | Style { math: true, .. } | Style { link: Some(_), .. } => None,
        Style { mark: true, .. } => Some("=="),
        Style { strike: true, .. } => Some("~~"),
        Style { strong: true, .. } => Some("**"),
        _ => None,
    };
    let Some(mark) = before.and_then(outer).filter(|mark| style.and_then(outer) == Some(*mark)) else { return };
    let gap = out[from..].len() - out[from..].trim_start().len();
    if out[begin..from].ends_with(mark) && out[from + gap..].starts_with(mark) {
        out.replace_range(from + gap..from + gap + mark.len(), "");
        out.replace_range(from - mark.len()..from, "");
    }
}

/// Links to elsewhere are worth keeping on a card; links within somebody's notes are not.
fn is_web_link(url: &str) -> bool {
    (url.starts_with("http://") || url.starts_with("https://")) && !url.contains(['<', '>', ' ', '\n'])
}

/// Escapes what Markdown would take for markup, and only that: most text comes out as it went in.
fn push_escaped(out: &mut String, piece: &str) {
    const MARKS: ByteSet = ByteSet::of(b"*_`[<&~=$\\\n");
    if !MARKS.is_in(piece) {
        return out.push_str(piece);
    }
    let mut before = ' ';
    let mut rest = piece.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_markup = match c {
            '*' => !(before.is_whitespace() && next.is_whitespace()),
            '`' | '[' | '$' => true,
            '\\' => next.is_ascii_punctuation() || next == ' ',
            '_' => !(is_letter_or_digit(before) && is_letter_or_digit(next)),
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => next.is_ascii_alphanumeric() || next == '#',
            '~' | '=' => next == c,
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        match c {
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
        before = if is_markup { ' ' } else { c };
    }
}

/// Escapes what would start a block (heading, list, quote, table, code) where the line of text from an offset on is meant.
fn escape_block_start(out: &mut String, begin: usize) {
    let line = &out[begin..];
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let ends_mark = |rest: Option<&str>| rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let hashes = line.len() - line.trim_start_matches('#').len();
    if line.starts_with(['>', '|'])
        || ["~~~", "---", "==="].iter().any(|rule| line.starts_with(rule))
        || ["-", "+"].iter().any(|mark| ends_mark(line.strip_prefix(mark)))
        || (hashes > 0 && ends_mark(line.get(hashes..)))
    {
        out.insert(begin, '\\');
    } else if (1..10).contains(&digits) && line[digits..].starts_with(['.', ')']) && ends_mark(line.get(digits + 1..)) {
        out.insert(begin + digits, '\\');
    }
}
