//! Tables that set things against each other.

use std::collections::BTreeSet;

use super::columns::{is_number, named_column};
use super::{holds_figures, is_ledger, name, whole};
use crate::deck::{Content, Row as Aligned};
use crate::extract::Candidate;
use crate::outline::inline::Text;
use crate::outline::{Row, Table};
use crate::rule::Rule;

/// More things than this are a list, not a comparison.
const MAX_SUBJECTS: usize = 8;

/// More kinds than these are looked up, not told apart, unless a heading asks for it.
const MAX_RIVALS: usize = 6;

/// Whether each row of a table is of another thing, by the name in its first cell.
pub(super) fn names_rivals(table: &Table) -> bool {
    let mut seen = BTreeSet::new();
    let is_new = |row: &Row| row.cells.first().is_some_and(|cell| !cell.is_empty() && seen.insert(whole(cell)));
    table.rows.len() <= MAX_RIVALS
        && table.rows.iter().all(is_new)
        && named_column(table) == 0
        && !holds_figures(table, 0)
        && !is_ledger(table)
}

/// Whether the columns but the first go by names that all end in one word (`coastal ship`, `deep-sea ship`), or that are
/// one word with or without a number (`Rig 1`, `Rig 2`): of several, at least two, and the others as short. One row is no
/// table of them.
pub(super) fn heads_are_kin(table: &Table) -> bool {
    let names: Vec<String> = table.head.iter().flat_map(|head| head.cells.iter().skip(1)).map(name).collect();
    let different = names.iter().collect::<BTreeSet<_>>().len() == names.len();
    if names.len() < 2 || table.rows.len() < 2 || !different || names.iter().any(String::is_empty) {
        return false;
    }
    let last = |name: &String| name.rsplit_once(' ').map(|(_, last)| last.to_lowercase());
    let share_end = last(&names[0]).is_some_and(|end| names.iter().all(|name| last(name).as_ref() == Some(&end)));
    let stem =
        |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')).to_lowercase();
    let stems: Vec<String> = names.iter().map(|name| stem(name)).collect();
    let alike = |stem: &String| !stem.is_empty() && stems.iter().filter(|other| *other == stem).count() >= 2;
    let as_short = |stem: &String| stems.iter().all(|other| other.chars().count().abs_diff(stem.chars().count()) <= 2);
    share_end || stems.iter().any(|stem| alike(stem) && as_short(stem))
}

pub(in crate::extract) fn things_in_rows(index: usize, table: &Table, rule: &Rule) -> Option<Candidate> {
    let head = table.head.as_ref()?;
    let things: Vec<&Row> =
        table.rows.iter().filter(|row| row.cells.first().is_some_and(|cell| !cell.is_empty())).collect();
    let rows = (1..head.cells.len())
        .map(|column| Aligned {
            aspect: head.cells[column].plain.clone(),
            cells: things.iter().map(|row| row.cells.get(column).map(whole).unwrap_or_default()).collect(),
        })
        .collect();
    let called = |of: fn(&Text) -> String| -> Vec<String> {
        things.iter().map(|row| row.cells.first().map(of).unwrap_or_default()).collect()
    };
    let names = called(name);
    if things.iter().all(|row| row.cells.first().is_some_and(is_number)) {
        return None; // numbers are what the things have
    }
    // two may go by one name, and differ by what stands in brackets behind it
    let differ = names.iter().collect::<BTreeSet<_>>().len() == names.len();
    comparison(index, table, rule, if differ { names } else { called(|cell| cell.plain.trim().to_owned()) }, rows)
}

pub(in crate::extract) fn things_in_columns(index: usize, table: &Table, rule: &Rule) -> Option<Candidate> {
    let head = table.head.as_ref()?;
    let subjects: Vec<String> = head.cells.iter().skip(1).map(name).collect();
    let rows = table
        .rows
        .iter()
        .map(|row| Aligned {
            aspect: row.cells.first().map(|cell| cell.plain.clone()).unwrap_or_default(),
            cells: (1..=subjects.len()).map(|column| row.cells.get(column).map(whole).unwrap_or_default()).collect(),
        })
        .collect();
    comparison(index, table, rule, subjects, rows)
}

pub(in crate::extract) fn side_by_side(index: usize, table: &Table, rule: &Rule) -> Option<Candidate> {
    let subjects: Vec<String> = table.head.as_ref()?.cells.iter().map(name).collect();
    let cells =
        |row: &Row| (0..subjects.len()).map(|column| row.cells.get(column).map(whole).unwrap_or_default()).collect();
    let rows = table.rows.iter().map(|row| Aligned { aspect: String::new(), cells: cells(row) }).collect();
    comparison(index, table, rule, subjects, rows)
}

fn comparison(
    index: usize,
    table: &Table,
    rule: &Rule,
    subjects: Vec<String>,
    rows: Vec<Aligned>,
) -> Option<Candidate> {
    let rows: Vec<Aligned> = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
    let fits = (2..=MAX_SUBJECTS).contains(&subjects.len())
        && subjects.iter().all(|subject| !subject.is_empty())
        && !rows.is_empty();
    let lines: Vec<usize> = table.rows.iter().flat_map(|row| row.lines.clone()).collect();
    let term_lines = table.head.iter().flat_map(|head| head.lines.clone()).collect();
    fits.then(|| Candidate {
        content: Content::Comparison { subjects, rows },
        rule: rule.form.id.clone(),
        block: index,
        lines,
        term_lines,
    })
}
