//! Tables that only lay entries out beside each other.

use super::{Candidate, Finder, View, fact};
use crate::deck::Kind;
use crate::outline::Table;
use crate::outline::inline::Text;
use crate::rule::{AnswerFrom, Target};

impl Finder<'_> {
    /// A table whose cells are entries of their own, laid out beside each other to fit a page; whether this is one.
    pub(super) fn cells(&mut self, index: usize, table: &Table) -> bool {
        const SEVERAL: usize = 4;
        let mut found = Vec::new();
        let (mut filled, mut said) = (0, 0);
        let (mut filled_first, mut said_first) = (0, 0);
        for row in &table.rows {
            for (column, cell) in row.cells.iter().enumerate() {
                let is_name = cell.is_wholly(|style| style.strong) || !cell.plain.contains(' ');
                if cell.is_empty() || is_name {
                    continue;
                }
                let made = self.cell(index, cell);
                filled += 1;
                said += usize::from(made.is_some());
                filled_first += usize::from(column == 0);
                said_first += usize::from(column == 0 && made.is_some());
                found.extend(made);
            }
        }
        let is_laid_out = said >= SEVERAL && 2 * said > filled && 2 * said_first > filled_first && filled_first >= 2;
        if is_laid_out {
            self.found.extend(found);
        }
        is_laid_out
    }

    /// What a cell of a table says as an item would.
    pub(super) fn cell(&self, index: usize, cell: &Text) -> Option<Candidate> {
        let marked = cell.styled().next().map(|_| cell.marked());
        let possible = self.rules.possible(&cell.plain, marked.is_some());
        possible.facts(Target::Item).find_map(|rule| {
            let form = &rule.form;
            if form.emits != Kind::Definition || form.answer != AnswerFrom::Captured || form.several > 0 || form.exact {
                return None;
            }
            let view = View { text: cell, marked: marked.as_ref().filter(|_| form.markup) };
            let captures = rule.captures(view.seen())?;
            // a line break within a cell is there for its width
            let gap = captures.range("term")?.end..captures.range("answer")?.start;
            if view.seen().get(gap).is_some_and(|gap| gap == "\n") {
                return None;
            }
            fact::sentence(self.outline, self.rules, index, rule, &view, &captures, None)
        })
    }
}
