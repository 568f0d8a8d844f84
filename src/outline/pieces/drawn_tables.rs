//! Tables that are drawn: with `+---+` between their rows, or with the signs for lines (`├──┼──┤`); and tables that were
//! copied, with tabs between their cells.

use super::super::lines;
use super::asides::without_breaks;
use super::{Aside, PieceKind, RawRow, Reader, Text};

/// A row's end and its borders as a table with pipes has them.
fn with_pipes(line: &str) -> String {
    line.trim().replace(['│', '┃', '║', '┆', '┊'], "|")
}

fn is_row(line: &str) -> bool {
    let line = line.trim();
    let edge = |c: char| matches!(c, '|' | '│' | '┃' | '║' | '┆' | '┊');
    line.chars().count() > 2 && line.starts_with(edge) && line.ends_with(edge)
}

/// How many columns a line between two rows parts; none for another line.
fn columns_of_border(line: &str) -> Option<usize> {
    let line = line.trim();
    let drawn = |c: char| ('─'..='╿').contains(&c);
    let corner = |c: char| c == '+' || drawn(c) && !matches!(c, '─' | '━' | '═');
    let is_line = |c: char| matches!(c, '-' | '=' | ':' | '─' | '━' | '═');
    let fits = line.starts_with(corner) && line.ends_with(corner) && line.chars().all(|c| corner(c) || is_line(c));
    let columns = line.split(corner).filter(|part| !part.is_empty()).count();
    (fits && columns > 0).then_some(columns)
}

/// The cells of a line that was copied out of a table, with tabs between them: three at least.
fn tabbed(line: &str) -> Option<Vec<String>> {
    let cells: Vec<String> = line.trim().split('\t').map(|cell| cell.trim().to_owned()).collect();
    (cells.len() >= 3 && cells.iter().all(|cell| !cell.is_empty())).then_some(cells)
}

impl Reader<'_> {
    /// Lines with the same number of tabs within them: a table that somebody copied.
    pub(super) fn tab_table(&mut self, indent: usize, line: &str) -> bool {
        if !line.contains('\t') || lines::marker(line).is_some() {
            return false;
        }
        let Some(first) = tabbed(line) else { return false };
        let below = self.lines[self.at + 1..].iter().map_while(|line| tabbed(line));
        let cells: Vec<Vec<String>> = below.take_while(|cells| cells.len() == first.len()).collect();
        if cells.is_empty() {
            return false;
        }
        let from = self.number();
        let row = |(at, cells)| RawRow { lines: from + at..=from + at, cells };
        let mut rows = std::iter::once(first).chain(cells).enumerate().map(row);
        let head = rows.next();
        let rows: Vec<RawRow> = rows.collect();
        self.at += rows.len() + 1;
        self.put_table(indent, head, rows);
        true
    }

    /// A drawn table of two columns or more: its rows, and its borders as asides.
    pub(super) fn drawn_table(&mut self, indent: usize, line: &str) -> bool {
        if !line.starts_with(|c: char| c == '+' || ('─'..='╿').contains(&c)) {
            return false;
        }
        let below = self.lines.get(self.at + 1).map(|line| without_breaks(line));
        let columns = columns_of_border(line).filter(|_| below.is_some_and(is_row));
        match columns {
            None => return false,
            Some(1) => return self.drawing(indent),
            Some(_) => {}
        }
        let mut groups: Vec<Vec<RawRow>> = vec![Vec::new()];
        // in reStructuredText, where a border of `=` stands under a head
        let (mut borders, mut parts_head) = (0, false);
        let mut next = Some(line);
        while let Some(line) = next {
            if columns_of_border(line).is_some() {
                (borders, parts_head) = (borders + 1, parts_head || !line.contains('-'));
                self.aside(Aside::Rule);
                groups.push(Vec::new());
            } else if is_row(line) {
                let row = RawRow { lines: self.number()..=self.number(), cells: lines::table_cells(&with_pipes(line)) };
                groups.last_mut().into_iter().for_each(|group| group.push(row.clone()));
                self.at += 1;
            } else {
                break;
            }
            next = self.lines.get(self.at).map(|line| without_breaks(line));
        }
        groups.retain(|group| !group.is_empty());
        let headless = borders > groups.len() && !parts_head && self.has_directives;
        let head = if groups.len() > 1 && !headless { joined(groups.remove(0)) } else { None };
        let rows = if groups.len() == 1 {
            by_first_cell(groups.concat())
        } else {
            groups.into_iter().filter_map(joined).collect()
        };
        self.put_table(indent, head, rows);
        true
    }
}

impl Reader<'_> {
    /// Boxes that are no table: a picture made of signs, up to the next empty line.
    fn drawing(&mut self, indent: usize) -> bool {
        let body: Vec<&str> =
            self.lines[self.at..].iter().take_while(|line| !line.trim().is_empty()).copied().collect();
        let text = Text::literal(&body.join("\n"), self.number());
        let lines = (self.number()..self.number() + body.len()).collect();
        self.piece(PieceKind::Code { language: String::new(), lines }, indent, text);
        self.at += body.len() - 1;
        true
    }
}

/// The lines between two borders as one row.
fn joined(lines: Vec<RawRow>) -> Option<RawRow> {
    lines.into_iter().reduce(|mut row, more| {
        add(&mut row, more);
        row
    })
}

/// Without borders between the rows a line is a row, unless its first cell is empty: it goes on with the one above.
fn by_first_cell(lines: Vec<RawRow>) -> Vec<RawRow> {
    let mut rows: Vec<RawRow> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if line.cells.first().is_some_and(|cell| cell.trim().is_empty()) => add(row, line),
            _ => rows.push(line),
        }
    }
    rows
}

fn add(row: &mut RawRow, more: RawRow) {
    row.lines = *row.lines.start()..=*more.lines.end();
    for (column, cell) in more.cells.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match row.cells.get_mut(column) {
            Some(above) => *above = format!("{} {cell}", above.trim_end()),
            None => row.cells.push(cell.to_owned()),
        }
    }
}
