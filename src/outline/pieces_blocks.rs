//! What takes several lines and is no prose: code between fences, displayed math, tables.

use super::super::{Row, Table, lines, sentence};
use super::{Aside, Piece, PieceKind, Reader, Text};

impl<'a> Reader<'a> {
    /// Code between fences. Without a language it may be prose that somebody boxed in: then it is read as such.
    pub(super) fn fence(&mut self, indent: usize, line: &str) -> bool {
        if self
            .prose_fence
            .as_deref()
            .is_some_and(|mark| line.starts_with(mark) && line.trim_matches(['`', '~']).is_empty())
        {
            self.prose_fence = None;
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
        let body: Vec<&str> = self.lines[self.at + 1..]
            .iter()
            .take_while(|l| !l.trim_start_matches(['>', ' ', '\t']).starts_with(&fence))
            .copied()
            .collect();
        if sentence::is_prose(&language, &body) {
            self.prose_fence = Some(fence);
            self.aside(Aside::Markup);
            self.blank = true;
            return true;
        }
        let last = (self.at + 1 + body.len()).min(self.lines.len() - 1);
        self.code_block(indent, language, &body, last);
        true
    }

    fn display_math(&mut self, indent: usize, line: &str) -> bool {
        if line != "$$" {
            return false;
        }
        let body: Vec<&str> = self.lines[self.at + 1..].iter().take_while(|l| l.trim() != "$$").copied().collect();
        let last = self.at + 1 + body.len();
        if last >= self.lines.len() || body.len() > 100 {
            return false;
        }
        self.code_block(indent, "math".to_owned(), &body, last);
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
        if !headed && !bare {
            return false;
        }
        let first = self.at;
        let mut table = Table::default();
        while let Some(line) = self.lines.get(self.at).map(|line| unquote(line)) {
            if line.is_empty() || !line.contains('|') {
                break;
            }
            let number = self.number();
            if lines::is_table_delimiter(line) {
                self.out.asides.push((number, Aside::Rule));
            } else {
                let cells = lines::table_cells(line).iter().map(|cell| Text::parse(cell, number)).collect();
                let row = Row { line: number, cells };
                if headed && self.at == first { table.head = Some(row) } else { table.rows.push(row) }
            }
            self.at += 1;
        }
        let blank_before = self.blank;
        self.out.pieces.push(Piece {
            kind: PieceKind::Table(table),
            indent,
            text: Text::default(),
            blank_before,
            after_quote: false,
        });
        self.blank = true;
        true
    }
}
