//! Which way round a table stands that does not say it: whether its rows are the things compared, or its columns.

use std::collections::HashSet;

use super::compared::heads_are_kin;

use crate::extract::Finder;
use crate::extract::term::{self, key};
use crate::outline::inline::Text;
use crate::outline::{Row, Table};
use crate::rule::{Layout, Rule};

impl Finder<'_> {
    /// How a rule is to read a table: columns that only ask something (`장점`, `Cost`) are no things, nor are those that no
    /// heading names where headings name the rows. `above`: the heading over the table.
    pub(super) fn layout(&self, rule: &Rule, table: &Table, above: &str) -> Option<Layout> {
        let turned = rule.form.layout == Some(Layout::ThingsInColumns) && !rule.form.marks && !rule.form.values;
        if turned && self.rows_are_things(table, above) { Some(Layout::ThingsInRows) } else { rule.form.layout }
    }

    /// Whether both columns of a table say something in every row, under names: what stands first in a row names nothing.
    pub(super) fn columns_speak(&self, table: &Table) -> bool {
        const LEAST: usize = 2; // rows
        const WORDS: usize = 4;
        const NAME: usize = 4; // words
        let Some([left, right]) = table.head.as_ref().map(|head| head.cells.as_slice()) else { return false };
        let words = |cell: &Text| cell.plain.split_whitespace().count();
        let names = |cell: &Text| (1..=NAME).contains(&words(cell)) && !self.rules.is_vague(&cell.plain);
        let asks = |cell: &Text| cell.plain.trim_end().ends_with(['?', '？']);
        let says = |cell: &Text| words(cell) >= WORDS && !asks(cell);
        // or the two say the like of each other
        let alike = |row: &Row| {
            let [one, other] = row.cells.as_slice() else { return false };
            let shared =
                |word: &str| word.chars().nth(1).is_some() && other.plain.split_whitespace().any(|w| w == word);
            words(one) >= 2 && words(other) >= 2 && one.plain.split_whitespace().any(shared)
        };
        let speak = |row: &Row| row.cells.len() == 2 && (row.cells.iter().all(says) || alike(row));
        names(left) && names(right) && table.rows.len() >= LEAST && table.rows.iter().all(speak)
    }

    /// Whether what stands first in the rows of a table of three columns or more names nothing: it says as much as the others.
    pub(super) fn first_column_speaks(&self, table: &Table) -> bool {
        const WORDS: usize = 3;
        let words = |cell: &Text| cell.plain.split_whitespace().count();
        let names = |cell: &Text| !cell.is_empty() && !self.rules.is_vague(&cell.plain);
        let first = || table.rows.iter().filter_map(|row| row.cells.first()).map(words);
        let others = || table.rows.iter().flat_map(|row| row.cells.iter().skip(1)).map(words);
        let (in_first, in_others): (usize, usize) = (first().sum(), others().sum());
        table.head.as_ref().is_some_and(|head| head.cells.iter().all(names))
            && table.rows.len() >= 2
            && first().all(|words| words >= WORDS)
            && 2 * in_first * others().count() >= in_others * first().count()
    }

    fn rows_are_things(&self, table: &Table, above: &str) -> bool {
        let name = |cell: &Text| term::of_plain(&cell.plain).name;
        let columns: Vec<String> = table.head.iter().flat_map(|head| head.cells.iter().skip(1)).map(name).collect();
        let rows: Vec<String> = table.rows.iter().filter_map(|row| row.cells.first()).map(name).collect();
        if columns.len() < 2 || rows.len() < 2 {
            return false;
        }
        let asks = |names: &[String]| names.iter().all(|name| !name.is_empty() && self.rules.is_vague(name));
        if asks(&columns) != asks(&rows) {
            return asks(&columns);
        }
        let above = key(above);
        let names_all = |names: &[String]| names.iter().all(|name| !name.is_empty() && above.contains(&key(name)));
        if names_all(&columns) != names_all(&rows) {
            return names_all(&rows);
        }
        let known = self.heading_keys();
        let known = |names: &[String]| names.iter().filter(|name| known.contains(&key(name))).count();
        // `Sloop`, `Ketch` and `masts`, `crew`: things have capitals
        let capital = |names: &[String], is: bool| {
            let begins =
                |name: &String| name.starts_with(|c: char| c.is_ascii_alphabetic() && c.is_ascii_uppercase() == is);
            names.iter().all(begins)
        };
        let named = capital(&rows, true) && capital(&columns, false) && !heads_are_kin(table);
        known(&columns) == 0 && (known(&rows) == rows.len() || named)
    }

    /// What the headings of the note are called, as keys.
    fn heading_keys(&self) -> &HashSet<String> {
        self.heading_keys.get_or_init(|| {
            let headings = (1..self.outline.blocks.len()).filter(|index| self.outline.is_heading(*index));
            headings.map(|index| key(&term::of_plain(&self.outline.block(index).text.plain).name)).collect()
        })
    }
}
