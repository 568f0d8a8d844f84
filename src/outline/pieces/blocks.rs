//! What takes several lines and is no prose: code between fences, displayed math, tables.

use std::ops::RangeInclusive;

use super::super::{Row, Table, fenced, labels, lines};
use super::{Aside, Marker, Piece, PieceKind, Reader, Text};

/// A row of a table: its lines (1-based) and its cells as they stand there.
#[derive(Debug, Clone)]
pub(super) struct RawRow {
    pub(super) lines: RangeInclusive<usize>,
    pub(super) cells: Vec<String>,
}

/// A code fence whose lines are read as prose, up to the line that begins with its mark.
pub(super) struct ProseFence {
    mark: String,
    /// It is a box with a name, which ends with it.
    is_box: bool,
    /// Columns that its lines stand deeper than they are typed: they are what the item right above it is.
    pub(super) deeper: usize,
}

/// So many rows at least are a table without the line that parts a head from them.
const BARE_ROWS: usize = 3;

/// The boxes of MyST that hold prose; `{figure}`, `{code-cell}` and the like do not.
const BOXES: [&str; 22] = [
    "admonition",
    "attention",
    "card",
    "caution",
    "danger",
    "definition",
    "details",
    "dropdown",
    "error",
    "example",
    "glossary",
    "hint",
    "important",
    "margin",
    "note",
    "question",
    "seealso",
    "sidebar",
    "tip",
    "topic",
    "warning",
    "theorem",
];

/// The name of the box that a fence of this language is: `{note} Name` of MyST, `ad-note` of Obsidian.
fn box_name(language: &str) -> Option<&str> {
    if language.starts_with("ad-") {
        return Some("");
    }
    let (kind, name) = language.strip_prefix('{')?.split_once('}')?;
    let kind = kind.rsplit_once(':').map_or(kind, |(_, kind)| kind);
    BOXES.contains(&kind).then(|| name.trim())
}

/// How a box looks: `:class: note` in MyST, `collapse: open` in Obsidian.
fn is_option(line: &str, obsidian: bool) -> bool {
    let value = |name: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
    if obsidian {
        return ["title", "collapse", "icon", "color"].into_iter().any(value);
    }
    line.strip_prefix(':')
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
}

impl<'a> Reader<'a> {
    /// Code between fences. Without a language it may be prose that somebody boxed in: then it is read as such.
    pub(super) fn fence(&mut self, indent: usize, line: &str) -> bool {
        let closes =
            |fence: &mut ProseFence| line.starts_with(fence.mark.as_str()) && line.trim_matches(['`', '~']).is_empty();
        if let Some(fence) = self.prose_fence.take_if(closes) {
            if fence.is_box {
                self.close(indent);
            }
            self.aside(Aside::Markup);
            self.blank = true;
            return true;
        }
        let mark = if line.starts_with("```") {
            '`'
        } else if line.starts_with("~~~") {
            '~'
        } else {
            return self.display_math(indent, line);
        };
        let fence: String = line.chars().take_while(|c| *c == mark).collect();
        let language = line[fence.len()..].trim().to_owned();
        if language.contains('`') {
            return false;
        }
        if let Some(name) = box_name(&language) {
            self.open_box(indent, fence, name, language.starts_with("ad-"));
            return true;
        }
        let body: Vec<&str> = self.lines[self.at + 1..]
            .iter()
            .take_while(|l| !l.trim_start_matches(['>', ' ', '\t']).starts_with(&fence))
            .copied()
            .collect();
        if fenced::draws(&language) {
            let behind = (self.at + body.len() + 2).min(self.lines.len());
            while self.at < behind {
                self.aside(Aside::Image);
            }
            self.blank = true;
            return true;
        }
        if fenced::is_prose(&language, &body) {
            let deeper = self.named_above(indent);
            self.prose_fence = Some(ProseFence { mark: fence, is_box: false, deeper });
            self.aside(Aside::Markup);
            self.blank = deeper == 0;
            return true;
        }
        let last = (self.at + 1 + body.len()).min(self.lines.len() - 1);
        self.code_block(indent, language, &body, last);
        true
    }

    /// How many columns deeper the lines of a fence stand if the item right above it is a name for them; else 0.
    fn named_above(&self, indent: usize) -> usize {
        const DEEPER: usize = 2;
        let named = self.out.pieces.last().is_some_and(|above| {
            matches!(above.kind, PieceKind::Item { .. }) && above.indent <= indent && labels::is_short_name(&above.text)
        });
        if named { DEEPER } else { 0 }
    }

    /// A box that a fence makes: its options are left out, its name heads what is in it.
    fn open_box(&mut self, indent: usize, mark: String, name: &str, obsidian: bool) {
        self.prose_fence = Some(ProseFence { mark, is_box: true, deeper: 0 });
        let mut title = Text::parse(name, self.number());
        self.aside(Aside::Markup);
        let is_option = |line: &&str| is_option(line, obsidian);
        while let Some(option) = self.lines.get(self.at).map(|line| line.trim()).filter(is_option) {
            if let Some(name) = option.strip_prefix("title:") {
                title = Text::parse(name, self.number());
            }
            self.aside(Aside::Markup);
        }
        self.at -= 1;
        self.piece(PieceKind::Open, indent, title);
        self.blank = true;
    }

    fn display_math(&mut self, indent: usize, line: &str) -> bool {
        if let Some(formula) = line.strip_prefix("$$").and_then(|rest| rest.strip_suffix("$$"))
            && !formula.is_empty()
            && !formula.contains("$$")
        {
            let (language, at) = ("math".to_owned(), self.at);
            self.code_block(indent, language, &[formula], at);
            return true;
        }
        let environment = line.strip_prefix("\\begin{").and_then(|rest| rest.strip_suffix('}'));
        let end = match environment.map(|name| (name, name.trim_end_matches('*'))) {
            Some((name, "align" | "equation" | "gather" | "cases" | "array" | "matrix" | "eqnarray")) => {
                &format!("\\end{{{name}}}")
            }
            None if line == "$$" => "$$",
            _ => return false,
        };
        const MOST: usize = 100; // lines
        let rest = self.lines[self.at + 1..].iter().take(MOST + 1);
        let body: Vec<&str> = rest.take_while(|l| l.trim() != end).copied().collect();
        let last = self.at + 1 + body.len();
        if last >= self.lines.len() || body.len() > MOST {
            return false;
        }
        let whole = if environment.is_some() { self.at..last + 1 } else { self.at + 1..last };
        let formula = self.lines[whole].to_vec();
        self.code_block(indent, "math".to_owned(), &formula, last);
        true
    }

    fn code_block(&mut self, indent: usize, language: String, body: &[&str], last: usize) {
        let first = self.number();
        let text = Text::literal(&body.join("\n"), first + 1);
        self.piece(PieceKind::Code { language, lines: (first..=last + 1).collect() }, indent, text);
        self.at = last + 1;
        self.blank = true;
    }

    pub(super) fn table(&mut self, indent: usize, line: &str) -> bool {
        if !line.contains('|') {
            return false;
        }
        let unquote = |line: &'a str| line.trim_start_matches(['>', ' ', '\t']);
        let below = self.lines.get(self.at + 1).map_or("", |below| unquote(below));
        let headed = lines::is_table_delimiter(below);
        let boxed = |line: &str| line.len() > 2 && line.starts_with('|') && line.trim_end().ends_with('|');
        let bare = boxed(line) && boxed(below) && !lines::is_table_delimiter(line);
        let open = !headed && !bare && self.opens_rows();
        if !headed && !bare && !open {
            return false;
        }
        let first = self.at;
        let headed = headed || open && self.has_head();
        let (mut head, mut rows) = (None, Vec::new());
        while let Some(line) = self.lines.get(self.at).map(|line| unquote(line)) {
            if line.is_empty() || !line.contains('|') {
                break;
            }
            let number = self.number();
            if lines::is_table_delimiter(line) {
                self.out.asides.push((number, Aside::Rule));
            } else {
                let row = RawRow { lines: number..=number, cells: lines::table_cells(line) };
                if headed && self.at == first { head = Some(row) } else { rows.push(row) }
            }
            self.at += 1;
        }
        self.put_table(indent, head, rows);
        true
    }

    /// Whether three lines or more are rows of two cells without the line that parts a head from them: `name | what it is`.
    fn opens_rows(&self) -> bool {
        let is_row = |line: &&&str| {
            let one_bar = line.matches('|').count() == 1 && line.contains(" | ");
            one_bar && !line.contains("](") && lines::marker(line.trim_start()).is_none()
        };
        self.blank && self.lines[self.at..].iter().take(BARE_ROWS).filter(is_row).count() == BARE_ROWS
    }

    /// Whether such rows begin with names for their columns: short ones over what says more.
    fn has_head(&self) -> bool {
        const SHORT: usize = 2; // words
        let words = |cell: &str| cell.split_whitespace().count();
        let rows: Vec<Vec<String>> =
            self.lines[self.at..].iter().take(BARE_ROWS).map(|line| lines::table_cells(line)).collect();
        rows.split_first().is_some_and(|(head, rows)| {
            head.iter().all(|cell| words(cell) <= SHORT)
                && rows.iter().all(|row| row.get(1).is_some_and(|cell| words(cell) > SHORT))
        })
    }

    pub(super) fn put_table(&mut self, indent: usize, head: Option<RawRow>, rows: Vec<RawRow>) {
        if rows.len() >= 2 && head.iter().chain(&rows).all(|row| row.cells.len() == 1) {
            self.one_column(indent, head, rows);
        } else {
            let (title, head, rows) = titled(head, rows);
            if let Some(title) = title {
                self.out.pieces.push(piece(PieceKind::Line, indent, title, true));
                self.blank = false;
            }
            // `^^`, as MultiMarkdown writes a cell that goes on with the one above
            let own = |cell: &str| if cell.trim() == "^^" { String::new() } else { cell.to_owned() };
            let parse = |RawRow { lines, cells }| Row {
                cells: cells.iter().map(|cell: &String| Text::parse(&own(cell), *lines.start())).collect(),
                lines,
            };
            let table = Table { head: head.map(parse), rows: rows.into_iter().map(parse).collect() };
            let blank_before = self.blank;
            self.out.pieces.push(piece(PieceKind::Table(table), indent, Text::default(), blank_before));
        }
        self.blank = true;
    }

    /// A table of one column is a list, and its head the list's label.
    fn one_column(&mut self, indent: usize, head: Option<RawRow>, rows: Vec<RawRow>) {
        if let Some(head) = head {
            let text = Text::parse(&head.cells.concat(), *head.lines.start());
            if !text.is_empty() {
                self.out.pieces.push(piece(PieceKind::Line, indent, text, true));
            }
        }
        for row in rows {
            let cell = row.cells.concat();
            let cell = cell.trim();
            let (marker, text) = lines::marker(cell).unwrap_or((Marker::Bullet('-'), cell));
            let kind = PieceKind::Item { marker, heading: false };
            self.out.pieces.push(piece(kind, indent, Text::parse(text, *row.lines.start()), false));
        }
    }
}

/// A head of one cell over a row of marked ones is the table's title, and they are its head.
fn titled(head: Option<RawRow>, mut rows: Vec<RawRow>) -> (Option<Text>, Option<RawRow>, Vec<RawRow>) {
    let parsed = |row: &RawRow| -> Vec<Text> {
        let cells = row.cells.iter().map(|cell| Text::parse(cell, *row.lines.start()));
        cells.filter(|text| !text.is_empty()).collect()
    };
    let is_marked = |row: &RawRow| {
        let cells = parsed(row);
        cells.len() >= 2 && cells.iter().all(|cell| cell.is_wholly(|style| style.strong || style.mark || style.code))
    };
    let title = head.as_ref().filter(|head| head.cells.iter().filter(|cell| !cell.trim().is_empty()).count() == 1);
    let Some(title) = title.filter(|_| rows.len() >= 2 && is_marked(&rows[0]) && !is_marked(&rows[1])) else {
        return (None, head, rows);
    };
    let title = parsed(title).pop();
    let head = rows.remove(0);
    (title, Some(head), rows)
}

fn piece(kind: PieceKind, indent: usize, text: Text, blank_before: bool) -> Piece {
    Piece { kind, indent, text, blank_before, after_quote: false, quoted: false }
}
