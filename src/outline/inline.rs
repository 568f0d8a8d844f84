//! The text of a block without its inline markup, and where the markup was.

mod wrapped;

use std::ops::Range;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, parse_document};
use smallvec::{SmallVec, smallvec};

use crate::letter::{ByteSet, is_letter_or_digit};

/// A block's text: what a reader sees, with the styles and the note's lines behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Without markup. `<br>` is `\n`.
    pub plain: String,
    /// Styled stretches of `plain`, ascending, none overlapping.
    runs: Vec<Run>,
    /// Where each of the note's lines begins in `plain`: offset and 1-based line, ascending.
    starts: SmallVec<[(usize, usize); 1]>,
    /// An image stood here.
    pub has_image: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    range: Range<usize>,
    style: Style,
}

/// How a stretch of text was marked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    pub strong: bool,
    pub emph: bool,
    pub strike: bool,
    pub mark: bool,
    pub code: bool,
    pub math: bool,
    pub link: Option<String>,
}

impl Style {
    fn is_plain(&self) -> bool {
        *self == Style::default()
    }
}

impl Text {
    /// Parses one line of a note (1-based), already without bullet, number, heading marks and indentation.
    pub fn parse(raw: &str, line: usize) -> Text {
        let mut text = Text { starts: smallvec![(0, line)], ..Text::default() };
        let raw = raw.trim();
        if has_markup(raw) {
            let prepared = super::raw_markup::prepare(raw);
            text.has_image = prepared.has_image;
            let guarded = format!("{GUARD}{}", prepared.text);
            let arena = Arena::new();
            let root = parse_document(&arena, &guarded, &crate::markup::options());
            text.push_children(root, &Style::default(), 0);
            if text.plain.starts_with(GUARD) {
                text.drop_front(GUARD.len_utf8());
            }
            text.trim();
        } else {
            text.plain.push_str(raw);
        }
        text
    }

    /// Text with no markup at all.
    pub fn literal(plain: &str, line: usize) -> Text {
        Text { plain: plain.to_owned(), starts: smallvec![(0, line)], ..Text::default() }
    }

    /// A stretch of the text, with its styles and lines.
    pub fn part(&self, range: Range<usize>) -> Text {
        let shifted = |run: &Run| Run {
            range: run.range.start.max(range.start) - range.start..run.range.end.min(range.end) - range.start,
            style: run.style.clone(),
        };
        let first = self.starts.partition_point(|(offset, _)| *offset <= range.start).saturating_sub(1);
        let first_run = self.runs.partition_point(|run| run.range.end <= range.start);
        Text {
            plain: self.plain[range.clone()].to_owned(),
            runs: self.runs[first_run..].iter().take_while(|run| run.range.start < range.end).map(shifted).collect(),
            starts: self.starts[first..]
                .iter()
                .take_while(|(offset, _)| *offset < range.end.max(1))
                .map(|(offset, line)| (offset.saturating_sub(range.start), *line))
                .collect(),
            has_image: self.has_image,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// The lines that a stretch of `plain` stands on.
    pub fn lines(&self, range: &Range<usize>) -> impl Iterator<Item = usize> + use<'_> {
        let (first, behind) = (range.start, range.end.max(range.start + 1));
        let ends = self.starts.iter().skip(1).map(|(start, _)| *start).chain([usize::MAX]);
        let within = self.starts.iter().zip(ends).filter(move |((start, _), end)| *start < behind && first < *end);
        let mut before = None;
        within.map(|((_, line), _)| *line).filter(move |line| before.replace(*line) != Some(*line))
    }

    /// Whether all of it stands on one line of the note.
    pub fn is_one_line(&self) -> bool {
        self.starts.iter().all(|(_, line)| Some(*line) == self.starts.first().map(|first| first.1))
    }

    pub fn all_lines(&self) -> impl Iterator<Item = usize> + use<'_> {
        self.lines(&(0..self.plain.len()))
    }

    /// The style at an offset of `plain`.
    pub fn style_at(&self, offset: usize) -> Option<&Style> {
        let i = self.runs.partition_point(|run| run.range.end <= offset);
        self.runs.get(i).filter(|run| run.range.start <= offset).map(|run| &run.style)
    }

    /// Styled stretches, ascending.
    pub fn styled(&self) -> impl Iterator<Item = (&Range<usize>, &Style)> {
        self.runs.iter().map(|run| (&run.range, &run.style))
    }

    /// Whether all of the text has a style that `is` accepts (white space and punctuation aside).
    pub fn is_wholly(&self, is: impl Fn(&Style) -> bool) -> bool {
        let mut seen = false;
        for (offset, c) in self.plain.char_indices() {
            if is_letter_or_digit(c) {
                seen = true;
                if !self.style_at(offset).is_some_and(&is) {
                    return false;
                }
            }
        }
        seen
    }

    fn push(&mut self, piece: &str, style: &Style) {
        let start = self.plain.len();
        self.plain.push_str(piece);
        if style.is_plain() || piece.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(run) if run.range.end == start && run.style == *style => run.range.end = self.plain.len(),
            _ => self.runs.push(Run { range: start..self.plain.len(), style: style.clone() }),
        }
    }

    fn drop_front(&mut self, bytes: usize) {
        self.plain.drain(..bytes);
        for run in &mut self.runs {
            run.range = run.range.start.saturating_sub(bytes)..run.range.end.saturating_sub(bytes);
        }
        self.runs.retain(|run| !run.range.is_empty());
    }

    fn trim(&mut self) {
        let lead = self.plain.len() - self.plain.trim_start().len();
        if lead > 0 {
            self.drop_front(lead);
        }
        let end = self.plain.trim_end().len();
        self.plain.truncate(end);
        for run in &mut self.runs {
            run.range.end = run.range.end.min(end);
        }
        self.runs.retain(|run| run.range.start < run.range.end);
    }

    fn push_children<'a>(&mut self, node: &'a AstNode<'a>, style: &Style, depth: usize) {
        let mut style = style.clone();
        for child in node.children() {
            self.push_node(child, &mut style, depth + 1);
        }
    }

    fn push_node<'a>(&mut self, node: &'a AstNode<'a>, style: &mut Style, depth: usize) {
        let value = &node.data.borrow().value;
        let mut inner = style.clone();
        match value {
            NodeValue::Text(text) => return self.push(text, style),
            NodeValue::SoftBreak => return self.push(" ", style),
            NodeValue::LineBreak => return self.push("\n", style),
            NodeValue::HtmlInline(tag) => return self.push_tag(tag, style),
            NodeValue::HtmlBlock(html) => return self.push(&html.literal, style),
            NodeValue::Image(_) => {
                self.has_image = true;
                return;
            }
            NodeValue::Code(code) => {
                inner.code = true;
                return self.push(&code.literal, &inner);
            }
            NodeValue::Math(math) => {
                inner.math = true;
                return self.push(&math.literal, &inner);
            }
            NodeValue::Strong => inner.strong = true,
            NodeValue::Emph => inner.emph = true,
            NodeValue::Strikethrough => inner.strike = true,
            NodeValue::Highlight => inner.mark = true,
            NodeValue::Link(link) => inner.link = Some(link.url.clone()),
            NodeValue::WikiLink(link) => inner.link = Some(link.url.clone()),
            _ => {}
        }
        if depth < 100 {
            self.push_children(node, &inner, depth);
        }
    }

    /// HTML that people put into notes; a tag that is none of HTML's is text (`vector<int>`).
    fn push_tag(&mut self, tag: &str, style: &mut Style) {
        let closing = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        match name.as_str() {
            "br" => self.push("\n", style),
            "b" | "strong" => style.strong = !closing,
            "i" | "em" | "var" | "dfn" => style.emph = !closing,
            "mark" | "u" | "ins" => style.mark = !closing,
            "code" | "kbd" | "samp" | "tt" => style.code = !closing,
            "s" | "del" | "strike" => style.strike = !closing,
            "img" | "iframe" | "video" => self.has_image = true,
            _ if super::raw_markup::is_html_tag(&name) || tag.starts_with("<!--") => {}
            _ => self.push(tag, style),
        }
    }
}

/// Stands before a line while it is parsed, so that nothing in it can start a block; punctuation, so that emphasis
/// right after it opens as at the start of a line.
const GUARD: char = '\u{00B7}';

fn has_markup(raw: &str) -> bool {
    const MAY_BE: ByteSet = ByteSet::of(b"*^_`[<&~$\\={:w%'");
    let bytes = raw.as_bytes();
    bytes.iter().enumerate().filter(|(_, byte)| MAY_BE.has(**byte)).any(|(at, byte)| match byte {
        b'*' | b'^' | b'_' | b'`' | b'[' | b'<' | b'&' | b'~' | b'$' | b'\\' => true,
        b'=' => bytes[at + 1..].starts_with(b"="),
        b'{' => bytes.get(at + 1).is_some_and(|next| matches!(next, b':' | b'%' | b'{')),
        // `://`, or perhaps the name of an emoji (`:smile:`)
        b':' => bytes
            .get(at + 1)
            .is_some_and(|next| *next == b'/' && bytes.get(at + 2) == Some(next) || next.is_ascii_lowercase()),
        b'%' => bytes[at + 1..].starts_with(b"%"),
        b'\'' => bytes[at + 1..].starts_with(b"''"),
        b'w' => bytes[at + 1..].starts_with(b"ww."),
        _ => false,
    })
}

/// Han and kana, which are written without spaces between words.
pub fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF65}' | '\u{20000}'..='\u{3FFFF}')
}
