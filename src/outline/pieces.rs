//! A note cut into pieces, line by line: what each line is, before anything is known of how lines nest.

mod asides;
mod blocks;
mod drawn_tables;
mod flashcards;
mod front_matter;
mod html;
mod html_lists;
mod html_tables;
mod items;
mod marked_headings;
pub(super) mod ornaments;
mod quotes;
mod rst;
mod typst;
mod wrapped;

use std::collections::{BTreeMap, HashMap};

use super::inline::Text;
use super::lines::{self, Marker, NumberStyle};
use super::{Aside, Table};
use crate::letter::is_pictograph;
use crate::source::Note;
use asides::{aside_line, without_breaks};
use blocks::RawRow;

/// One heading, item, line, table or code block.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    /// Columns before it.
    pub(super) indent: usize,
    pub(super) text: Text,
    /// An empty line stands before it.
    pub(super) blank_before: bool,
    /// It is the first after a quote: what is in the quote has nothing to do with it.
    pub(super) after_quote: bool,
    /// It stands in a quote.
    pub(super) quoted: bool,
}

#[derive(Debug, Clone)]
pub(super) enum PieceKind {
    Heading(u8),
    Item {
        marker: Marker,
        heading: bool,
    },
    /// A line of prose, with what goes on from it.
    Line,
    Table(Table),
    Code {
        language: String,
        lines: Vec<usize>,
    },
    /// The name of a `<details>` or a callout: what follows, up to `Close`, belongs to it.
    Open,
    Close,
}

impl Piece {
    /// What is left where a piece was taken from.
    pub(super) fn nothing() -> Piece {
        Piece {
            kind: PieceKind::Close,
            indent: 0,
            text: Text::default(),
            blank_before: false,
            after_quote: false,
            quoted: false,
        }
    }
}

/// Everything read off the lines.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) pieces: Vec<Piece>,
    pub(super) asides: Vec<(usize, Aside)>,
    pub(super) boxes: Vec<(usize, bool)>,
    pub(super) front_matter: String,
}

pub(super) fn read(note: &Note) -> Pieces {
    let text = super::raw_markup::with_arrows(&note.text);
    let text = super::indented_boxes::as_callouts(&text);
    let text = super::chevron_headings::as_headings(&text);
    let lines = asides::without_leading_breaks(text.split('\n').collect());
    let ornamented = ornaments::headings(&lines);
    let numbered_levels = ornaments::numbered_levels(&lines);
    let typst = typst::is_typst(&lines);
    let open_headings = lines::has_open_wiki_headings(&lines);
    let hash_bullets = items::has_hash_bullets(&lines);
    let has_directives = rst::has_directives(&lines);
    let mut reader = Reader {
        lines,
        hash_bullets,
        has_directives,
        ornamented,
        numbered_levels,
        open_headings,
        typst,
        typst_boxes: Vec::new(),
        level: 0,
        at: 0,
        blank: true,
        quoted: false,
        quote_deeper: 0,
        callouts: Vec::new(),
        after_quote: false,
        out: Pieces::default(),
        prose_fence: None,
        html_lists: html_lists::HtmlLists::default(),
        lines_with: BTreeMap::new(),
        answer_from: None,
        name: None,
    };
    reader.out.pieces.reserve(reader.lines.len());
    reader.front_matter();
    let about = reader.written_when();
    while reader.at < reader.lines.len() {
        if about.contains(&reader.at) {
            reader.aside(Aside::FrontMatter);
            continue;
        }
        reader.line();
    }
    reader.close_callouts(0);
    reader.name_preface();
    reader.out.pieces.iter_mut().for_each(|piece| piece.text.end_bold());
    reader.out
}

/// What stands alone before the answer to a question.
const ANSWER_MARKS: [&str; 11] =
    ["A.", "A:", "A)", "답:", "답변:", "답 :", "정답:", "Answer:", "Answer", "答え：", "答："];

struct Reader<'a> {
    lines: Vec<&'a str>,
    /// The lines (by index) that are headings by the sign before them, and how deep.
    ornamented: HashMap<usize, u8>,
    /// The levels whose headings with `#` are numbered 1, 2, 3, … without a full stop.
    numbered_levels: Vec<u8>,
    /// The note's headings are `= Name`, `== Name`.
    open_headings: bool,
    /// The note's bullets are `#` where they stand deeper.
    hash_bullets: bool,
    /// The note is written in reStructuredText.
    has_directives: bool,
    /// The note is written for Typst.
    typst: bool,
    /// The calls of Typst's that are open, and whether each heads what is in it.
    typst_boxes: Vec<bool>,
    /// Level of the last heading with `#`.
    level: u8,
    /// Index of the line that is read next.
    at: usize,
    blank: bool,
    quoted: bool,
    /// How many columns deeper the lines of the quote stand, if it belongs to the item right above it.
    quote_deeper: usize,
    /// The callouts that are open, by how deep their quotes stand in each other; each ends with its quote.
    callouts: Vec<usize>,
    /// A quote ended and nothing came since.
    after_quote: bool,
    out: Pieces,
    /// The code fence whose lines are read as prose.
    prose_fence: Option<blocks::ProseFence>,
    html_lists: html_lists::HtmlLists,
    /// The lines (by index) that hold a mark, for each that was asked for.
    lines_with: BTreeMap<&'static str, Vec<usize>>,
    /// Where the answer to a question begins that a `?` alone stands before (index of a line).
    answer_from: Option<usize>,
    /// What the front matter calls the note.
    name: Option<Text>,
}

impl<'a> Reader<'a> {
    fn number(&self) -> usize {
        self.at + 1
    }

    fn aside(&mut self, why: Aside) {
        self.out.asides.push((self.number(), why));
        self.at += 1;
    }

    /// The first line (by index) from one on that holds a mark in ASCII, which is in small letters.
    fn next_with(&mut self, mark: &'static str, from: usize) -> Option<usize> {
        let lines = &self.lines;
        let all = self.lines_with.entry(mark).or_insert_with(|| {
            let holds = |line: &&str| line.to_ascii_lowercase().contains(mark);
            lines.iter().enumerate().filter(|(_, line)| holds(line)).map(|(at, _)| at).collect()
        });
        all.get(all.partition_point(|at| *at < from)).copied()
    }

    /// Puts a piece that ends with this line.
    fn piece(&mut self, kind: PieceKind, indent: usize, text: Text) {
        let after_quote = std::mem::take(&mut self.after_quote);
        let blank_before = self.blank;
        self.out.pieces.push(Piece { kind, indent, text, blank_before, after_quote, quoted: self.quoted });
        self.blank = false;
        self.at += 1;
    }

    fn line(&mut self) {
        let raw = self.lines[self.at];
        let (indent, line) = lines::indentation(raw);
        let indent = indent + self.prose_fence.as_ref().map_or(0, |fence| fence.deeper);
        let line = line.trim_end();
        if line.starts_with('>') {
            return self.quote(indent, line);
        }
        // an item is no wrapped line of a quote: it ends it
        let begins = |line| {
            lines::atx_heading(line).is_some() || lines::marker(line).is_some_and(|(marker, _)| marker != Marker::Arrow)
        };
        if self.quoted
            && line.is_empty()
            && let Some(at) = self.quote_goes_on()
        {
            self.blank = true;
            self.at = at;
            return;
        }
        if self.quoted && (line.is_empty() || self.blank || begins(line)) {
            self.quoted = false;
            self.after_quote = true;
            self.close_callouts(0);
        }
        let whole = line;
        let line = without_breaks(line);
        if line.is_empty() && !whole.is_empty() {
            self.blank = true;
            return self.aside(Aside::Markup);
        }
        self.unquoted(indent, line);
    }

    fn unquoted(&mut self, indent: usize, line: &str) {
        if line.is_empty() {
            self.blank = true;
            self.at += 1;
            return;
        }
        let Some(line) = self.without_calls(indent, line) else { return };
        if self.tilde_underline(line)
            || self.directive(indent, line)
            || lines::banner(line).is_none() && self.fence(indent, line)
            || self.comment(line)
            || self.container(indent, line)
            || self.html_table(indent, line)
            || self.html_list(indent, line)
            || self.html(indent, line)
            || self.drawn_table(indent, line)
            || self.tab_table(indent, line)
            || self.table(indent, line)
            || self.heading(indent, line)
        {
            return;
        }
        let is_markup = || asides::is_page(line) || asides::tags_heading(line, &self.lines[..self.at]);
        if let Some(why) = aside_line(line).or_else(|| is_markup().then_some(Aside::Markup)) {
            return self.aside(why);
        }
        if let Some((marker, text)) = lines::marker(line) {
            // `- ```` `: the code is the bullet
            if ["```", "~~~"].iter().any(|mark| text.starts_with(mark)) && self.fence(indent + 2, text) {
                return;
            }
            return self.item(indent, marker, text);
        }
        if let Some((stars, text)) = lines::stacked_bullet(line) {
            return self.item(indent + 2 * (stars - 1), Marker::Bullet('*'), text);
        }
        if let Some(text) = self.first_letter(line) {
            return self.item(indent, Marker::Number(1, NumberStyle::Letter), text);
        }
        if let Some(text) = self.dashed_digit(indent, line) {
            return self.item(indent, Marker::Bullet('-'), text);
        }
        if let Some(text) = items::behind_hash(line).filter(|_| self.hash_bullets && indent > 0) {
            return self.item(indent, Marker::Bullet('#'), text);
        }
        if let Some((sign, text)) = self.chosen_bullet(line) {
            return self.item(indent, Marker::Bullet(sign), text);
        }
        // `**▪ Name:** text`; `**✅ Name**` is a heading
        if let Some((marker @ Marker::Bullet(sign), text)) = line.strip_prefix("**").and_then(lines::marker)
            && !sign.is_ascii()
            && !(is_pictograph(sign) && text.strip_suffix("**").is_some_and(|name| !name.contains("**")))
        {
            return self.item(indent, marker, &format!("**{text}"));
        }
        if self.parts_answer(line) {
            return;
        }
        let deeper = self.answer_deeper();
        self.prose(indent + deeper, line);
    }

    fn is_behind_image(&self) -> bool {
        matches!(self.out.asides.last(), Some((line, Aside::Image)) if line + 1 == self.number())
    }

    fn prose(&mut self, indent: usize, line: &str) {
        let rest = lines::section_number(line).map_or(line, |(_, rest)| rest);
        let text = Text::parse(rest, self.number());
        if text.is_empty() {
            return self.aside(if text.has_image { Aside::Image } else { Aside::Markup });
        }
        // what stands in italics right under a picture says what is to be seen
        if self.is_behind_image() && text.is_wholly(|style| style.emph) {
            return self.aside(Aside::Image);
        }
        if ANSWER_MARKS.contains(&text.plain.as_str()) {
            return self.aside(Aside::Markup);
        }
        if !self.blank
            && self.continues_above(indent, line)
            && let Some(above) = self.out.pieces.last_mut()
        {
            above.text.join(text);
            self.at += 1;
            return;
        }
        self.piece(PieceKind::Line, indent, text);
    }
}
