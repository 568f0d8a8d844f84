//! The names in a table as a list.

use super::columns::{is_number, named_column, numbered};
use super::{Candidate, name, whole};
use crate::deck::{Content, FactKind};
use crate::letter::is_letter;
use crate::outline::{Row, Table};
use crate::rule::Rule;

/// The names of a glossary, and what the next column with words says of each, as the list that a heading asks for.
pub(in crate::extract) fn names(index: usize, table: &Table, rule: &Rule, heading: String) -> Option<Candidate> {
    let column = named_column(table);
    let said = |row: &Row| match said_of_name(row, column).as_str() {
        "" => String::new(),
        said => format!(": {said}"),
    };
    let called = |row: &Row| Some(numbered(table, column, name(row.cells.get(column)?)));
    let named = table.rows.iter().filter_map(|row| Some((row.lines.clone(), called(row)?, said(row))));
    let (lines, names): (Vec<_>, Vec<String>) = named
        .filter(|(_, name, _)| !name.is_empty())
        .map(|(lines, name, said)| (lines, format!("- {name}{said}")))
        .unzip();
    let lines = lines.into_iter().flatten().collect();
    let answer = names.join("\n");
    let are_names = names.len() >= 2 && answer.contains(is_letter);
    let content = Content::Fact { kind: FactKind::Points, term: heading, answer, details: None };
    let term_lines = table.head.iter().flat_map(|head| head.lines.clone()).collect();
    are_names.then(|| Candidate { content, rule: rule.form.id.clone(), block: index, lines, term_lines })
}

/// What the columns behind the names say of one: the first with words and, where all are short, the others.
fn said_of_name(row: &Row, column: usize) -> String {
    const SHORT: usize = 24; // characters
    let behind = row.cells.iter().skip(column + 1).filter(|cell| !cell.is_empty() && !is_number(cell));
    let are_short = behind.clone().all(|cell| cell.plain.chars().count() <= SHORT);
    let said: Vec<String> = behind.take(if are_short { usize::MAX } else { 1 }).map(whole).collect();
    said.join(", ")
}
