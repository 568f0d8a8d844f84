//! Tables that are drawn: with `+---+` between their rows, or with the signs for lines (`├──┼──┤`).

use super::super::lines;
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

impl Reader<'_> {
    /// A drawn table of two columns or more: its rows, and its borders as asides.
    pub(super) fn drawn_table(&mut self, indent: usize, line: &str) -> bool {
        let starts = line.starts_with(|c: char| c == '+' || ('─'..='╿').contains(&c));
        let below = self.lines.get(self.at + 1);
        let columns = columns_of_border(line).filter(|_| starts && below.is_some_and(|below| is_row(below)));
        match columns {
            None => return false,
            Some(1) => return self.drawing(indent),
            Some(_) => {}
        }
        let mut groups: Vec<Vec<RawRow>> = vec![Vec::new()];
        while let Some(line) = self.lines.get(self.at) {
            if columns_of_border(line).is_some() {
                self.aside(Aside::Rule);
                groups.push(Vec::new());
            } else if is_row(line) {
                let row = RawRow { lines: self.number()..=self.number(), cells: lines::table_cells(&with_pipes(line)) };
                groups.last_mut().into_iter().for_each(|group| group.push(row.clone()));
                self.at += 1;
            } else {
                break;
            }
        }
        groups.retain(|group| !group.is_empty());
        let head = if groups.len() > 1 { joined(groups.remove(0)) } else { None };
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
