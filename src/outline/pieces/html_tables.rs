//! Tables that are written in HTML.

use std::sync::LazyLock;

use regex::Regex;

use super::{Aside, RawRow, Reader};

#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)<(/?)(table|tr|th|td)(\s[^>]*)?>").unwrap());
/// How many columns or rows a cell takes.
#[allow(clippy::unwrap_used, reason = "the pattern is a constant and every test runs it")]
static SPAN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?i)(col|row)span\s*=\s*["']?(\d{1,2})"#).unwrap());

/// A table longer than this (lines) is no table of notes.
const MOST_LINES: usize = 2000;

/// A table while its tags are read.
#[derive(Default)]
struct Rows {
    all: Vec<RawRow>,
    /// The first row has names of columns only (`<th>`).
    headed: bool,
    cell: Option<Cell>,
    /// Cells that go on in the rows below, where they are empty as in other tables: column, rows left.
    below: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
}

impl Rows {
    fn take(&mut self, tag: &regex::Captures<'_>, line: usize) {
        let (closes, name) = (!tag[1].is_empty(), tag[2].to_ascii_lowercase());
        self.close_cell(line);
        match (name.as_str(), closes) {
            ("tr", false) => self.all.push(nothing(line)),
            ("th" | "td", false) => {
                self.headed |= name == "th" && self.all.len() <= 1;
                let spans = tag.get(3).map_or("", |attributes| attributes.as_str());
                let span = |kind: &str| {
                    let found = SPAN.captures_iter(spans).find(|span| span[1].eq_ignore_ascii_case(kind));
                    found.and_then(|span| span[2].parse().ok()).unwrap_or(1usize).max(1)
                };
                self.cell = Some(Cell { text: String::new(), columns: span("col"), rows: span("row") });
            }
            _ => {}
        }
    }

    /// The cell ends; what goes on from the rows above comes before it.
    fn close_cell(&mut self, line: usize) {
        let Some(cell) = self.cell.take() else { return };
        if self.all.is_empty() {
            self.all.push(nothing(line));
        }
        let Some(RawRow { lines, cells }) = self.all.last_mut() else { return };
        *lines = *lines.start()..=line;
        let goes_on = |column: usize| move |(of, left): &&mut (usize, usize)| *of == column && *left > 0;
        while let Some((_, left)) = self.below.iter_mut().find(goes_on(cells.len())) {
            *left -= 1;
            cells.push(String::new());
        }
        let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if cell.rows > 1 {
            self.below.push((cells.len(), cell.rows - 1));
        }
        cells.push(text);
        cells.extend((1..cell.columns).map(|_| String::new()));
    }
}

fn nothing(line: usize) -> RawRow {
    RawRow { lines: line..=line, cells: Vec::new() }
}

impl Reader<'_> {
    /// `<table>` … `</table>`. A row stands on the lines from its first tag to the end of its last cell.
    pub(super) fn html_table(&mut self, indent: usize, line: &str) -> bool {
        let is_tag = |line: &str, tag: &str| line.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
        if !is_tag(line, "<table") {
            return false;
        }
        let end = self.next_with("</table", self.at);
        let Some(length) = end.map(|end| end - self.at).filter(|length| *length < MOST_LINES) else { return false };
        let mut rows = Rows::default();
        for at in self.at..=self.at + length {
            let line = self.lines[at];
            let mut done = 0;
            for tag in TAG.captures_iter(line) {
                let whole = tag.get(0).map_or(done..done, |whole| whole.range());
                if let Some(cell) = &mut rows.cell {
                    cell.text.push_str(&line[done..whole.start]);
                }
                rows.take(&tag, at + 1);
                done = whole.end;
            }
            if let Some(cell) = &mut rows.cell {
                cell.text.push_str(&line[done..]);
                cell.text.push(' ');
            }
        }
        let mut all: Vec<RawRow> = rows.all.into_iter().filter(|row| !row.cells.is_empty()).collect();
        let mut of_rows = all.iter().map(|row| row.lines.clone()).peekable();
        for line in self.at + 1..=self.at + 1 + length {
            while of_rows.next_if(|lines| *lines.end() < line).is_some() {}
            if !of_rows.peek().is_some_and(|lines| lines.contains(&line)) {
                self.out.asides.push((line, Aside::Markup));
            }
        }
        self.at += length + 1;
        let head = (rows.headed && all.len() > 1).then(|| all.remove(0));
        self.put_table(indent, head, all);
        true
    }
}
