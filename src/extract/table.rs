//! Tables: a row is a term and its answer, or the table sets things against each other.

mod columns;
mod compared;
mod figures;
mod names;
mod rules;
mod sides;

use super::{Candidate, expansion, term};
use crate::deck::{Content, FactKind};
use crate::letter::is_letter_or_digit;
use crate::outline::inline::Text;
use crate::outline::{Row, Table};
use crate::rule::{Layout, Rule};
use columns::{counts, is_number, named_column, numbered};
pub(super) use compared::{side_by_side, things_in_columns, things_in_rows};
use figures::{holds_figures, holds_marks, holds_values_by_row, is_ledger};
pub(super) use names::names;

/// The head row as patterns see it; empty where there is none.
pub(super) fn head_text(table: &Table) -> String {
    let cells = table.head.iter().flat_map(|head| &head.cells);
    cells.map(|cell| cell.plain.replace('|', "¦")).collect::<Vec<_>>().join(" | ")
}

/// What a rule makes of a table that is laid out so.
pub(super) fn read(index: usize, table: &Table, rule: &Rule, layout: Option<Layout>) -> Vec<Candidate> {
    match layout {
        Some(Layout::Glossary) => glossary(index, table, rule),
        Some(Layout::ThingsInRows) if rule.form.besides && !compared::names_rivals(table) => Vec::new(),
        Some(Layout::ThingsInRows) => things_in_rows(index, table, rule).into_iter().collect(),
        Some(Layout::ThingsInColumns) => things_in_columns(index, table, rule).into_iter().collect(),
        Some(Layout::SideBySide) => side_by_side(index, table, rule).into_iter().collect(),
        Some(Layout::Names) | None => Vec::new(),
    }
}

/// Whether the heads of two columns are names of a kind (`IP address`, `MAC address`), for a rule that sets them side by
/// side.
pub(super) fn heads_are_rivals(rule: &Rule, table: &Table) -> bool {
    let Some([left, right]) = table.head.as_ref().map(|head| head.cells.as_slice()) else { return false };
    let words = |cell: &Text| cell.plain.split_whitespace().map(term::key).collect::<Vec<_>>();
    let (left, right) = (words(left), words(right));
    rule.form.layout == Some(Layout::SideBySide)
        && left.len() >= 2
        && right.len() >= 2
        && left != right
        && left.last() == right.last()
}

/// A cell on one line, without the sign of the only item in it.
fn whole(cell: &Text) -> String {
    let inner = SIGNS.iter().find_map(|sign| cell.plain.trim_start().strip_prefix(sign));
    let inner = inner.filter(|inner| !inner.contains('\n')).unwrap_or(&cell.plain);
    cell.markdown(cell.plain.len() - inner.len()..cell.plain.len())
}

/// What people put before an item in a cell.
const SIGNS: [&str; 5] = ["- ", "• ", "· ", "* ", "・"];

/// A cell on one line, as `whole` has it, or, where its writer made a list of it with `<br>` and signs, as that list.
fn listed(cell: &Text) -> String {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in cell.plain.split('\n') {
        let range = at..at + line.len();
        at = range.end + 1;
        let inner = line.trim_start();
        let sign = SIGNS.iter().find(|sign| inner.starts_with(**sign)).map_or(0, |sign| sign.len());
        let markdown = cell.markdown(range.end - inner.len() + sign..range.end);
        if !markdown.is_empty() {
            lines.push((sign > 0, markdown));
        }
    }
    let first = lines.iter().position(|(signed, _)| *signed);
    match (first, lines.as_slice()) {
        (None, _) => whole(cell),
        (Some(_), [(_, only)]) => only.clone(),
        (Some(first), lines) => {
            let intro = lines[..first].iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("<br>");
            let list = lines[first..].iter().map(|(_, line)| format!("- {line}"));
            Some(intro).filter(|intro| !intro.is_empty()).into_iter().chain(list).collect::<Vec<_>>().join("\n")
        }
    }
}

fn name(cell: &Text) -> String {
    term::clean(cell, 0..cell.plain.len()).name
}

/// Whether most rows fill one of two columns only: who does one thing after the other.
fn takes_turns(table: &Table) -> bool {
    const LEAST: usize = 4; // rows
    let alone = |row: &&Row| row.cells.iter().filter(|cell| !cell.is_empty()).count() == 1;
    let columns = table.head.as_ref().map_or(0, |head| head.cells.iter().filter(|cell| !cell.is_empty()).count());
    let turns = table.rows.iter().filter(alone).count();
    columns == 2 && table.rows.len() >= LEAST && 3 * turns >= 2 * table.rows.len()
}

fn glossary(index: usize, table: &Table, rule: &Rule) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let column = named_column(table);
    if holds_figures(table, column) || is_ledger(table) || is_headless_list(table) || takes_turns(table) {
        return out;
    }
    if ends_in_dashes(table, column) {
        return lists_in_columns(index, table, rule);
    }
    for row in &table.rows {
        let Some(first) = row.cells.get(column) else { continue };
        let term = numbered(table, column, name(first));
        let long = long_form(row, column, &term);
        let answer = described(table, row, column);
        if term.is_empty() {
            merge_above(&mut out, &answer, row);
            continue;
        }
        if let Some(full) = long.and_then(|long| row.cells.get(long)) {
            let content = Content::Expansion { term: term.clone(), full: full.plain.trim().to_owned() };
            out.push(in_row(content, rule, index, row));
        }
        // the short form may have a column of its own
        let others = row
            .cells
            .iter()
            .enumerate()
            .filter(|(at, cell)| *at != column && cell.plain.len() <= expansion::LONGEST_SHORT);
        let mut shorts = others.map(|(_, cell)| name(cell));
        if let Some(short) = shorts.find(|short| expansion::leading(short, &term) == Some(&term)) {
            out.push(in_row(Content::Expansion { term: short, full: term.clone() }, rule, index, row));
        }
        let bare_link =
            row.cells.iter().skip(1).all(|cell| cell.is_empty() || cell.is_wholly(|style| style.link.is_some()));
        if bare_link || !answer.chars().any(is_letter_or_digit) || rule.rejects(&first.plain, &term, &answer) {
            continue;
        }
        // of several columns each may begin with it
        let in_cell = || row.cells.iter().skip(column + 1).find_map(|cell| expansion::leading(&term, &cell.plain));
        if let Some(full) = expansion::leading(&term, &answer).or_else(in_cell) {
            let content = Content::Expansion { term: term.clone(), full: full.to_owned() };
            let says_all = expansion::after(&term, &answer).is_empty();
            out.push(in_row(content, rule, index, row));
            if says_all {
                continue;
            }
        }
        let gloss = term::clean(first, 0..first.plain.len()).gloss.map(|gloss| format!("({gloss})"));
        let content = Content::Fact { kind: FactKind::Definition, term, answer, details: gloss };
        out.push(in_row(content, rule, index, row));
    }
    out
}

/// Whether the first column is filled up with dashes: each column is a list of its own, and no row is about one thing.
fn ends_in_dashes(table: &Table, column: usize) -> bool {
    let first = table.rows.iter().filter_map(|row| row.cells.get(column));
    first.filter(|cell| is_dash(cell)).count() > 1
}

fn is_dash(cell: &Text) -> bool {
    matches!(cell.plain.trim(), "-" | "–" | "—")
}

/// Whether a table without names for its columns holds hardly anything but names: it is a list that somebody folded.
fn is_headless_list(table: &Table) -> bool {
    const SEVERAL: usize = 4; // columns
    const LONG: usize = 16; // characters; a name has fewer in most cells
    let all = || table.rows.iter().flat_map(|row| &row.cells);
    let headless = table.head.as_ref().is_some_and(|head| head.cells.iter().all(Text::is_empty));
    let short = || all().filter(|cell| cell.plain.chars().count() < LONG).count();
    headless && table.rows.iter().all(|row| row.cells.len() >= SEVERAL) && 4 * short() > 3 * all().count()
}

/// What stands in each column, as the list that its head names.
fn lists_in_columns(index: usize, table: &Table, rule: &Rule) -> Vec<Candidate> {
    let heads = table.head.iter().flat_map(|head| head.cells.iter().map(name).enumerate());
    let list = |(column, term): (usize, String)| {
        let in_column = |row: &Row| {
            let cell = row.cells.get(column).filter(|cell| !cell.is_empty() && !is_dash(cell))?;
            Some((format!("- {}", whole(cell)), row.lines.clone()))
        };
        let (items, lines): (Vec<String>, Vec<_>) = table.rows.iter().filter_map(in_column).unzip();
        let lines: Vec<usize> = lines.into_iter().flatten().collect();
        let content = Content::Fact { kind: FactKind::Points, term, answer: items.join("\n"), details: None };
        let term_lines = table.head.iter().flat_map(|head| head.lines.clone()).collect();
        (items.len() > 1).then(|| Candidate { content, rule: rule.form.id.clone(), block: index, lines, term_lines })
    };
    heads.filter(|(_, term)| !term.is_empty()).filter_map(list).collect()
}

fn in_row(content: Content, rule: &Rule, index: usize, row: &Row) -> Candidate {
    let lines: Vec<usize> = row.lines.clone().collect();
    Candidate { content, rule: rule.form.id.clone(), block: index, lines: lines.clone(), term_lines: lines }
}

/// The column with what the row's name is short for, where others say what it is.
fn long_form(row: &Row, named: usize, term: &str) -> Option<usize> {
    let is_long = |cell: &Text| expansion::is_long_form_of(term, cell.plain.trim());
    let others = row.cells.iter().enumerate().filter(|(column, cell)| *column != named && !cell.is_empty());
    let mut long = others.clone().filter(|(_, cell)| is_long(cell)).map(|(column, _)| column);
    if others.count() > 1 { long.next() } else { None }
}

/// The cells but those of the names: as they stand, or with their heads where there are several.
fn described(table: &Table, row: &Row, named: usize) -> String {
    let cells = row.cells.iter().enumerate();
    // what counts the rows says nothing of them
    let counts_rows = |column: usize, cell: &Text| {
        let begins = |name: &Text| cell.plain.chars().count() == 1 && name.plain.starts_with(cell.plain.as_str());
        column < named && (is_number(cell) && counts(table, column) || row.cells.get(named).is_some_and(begins))
    };
    let says = |(column, cell): &(usize, &Text)| *column != named && !cell.is_empty() && !counts_rows(*column, cell);
    let cells: Vec<(usize, &Text)> = cells.filter(says).collect();
    let head = |column: usize| {
        table
            .head
            .as_ref()
            .and_then(|head| head.cells.get(column))
            .map(|cell| cell.plain.trim())
            .filter(|head| !head.is_empty())
    };
    if let [(column, only)] = cells.as_slice() {
        return match head(*column).filter(|_| *column < named) {
            Some(head) => format!("{head}: {}", whole(only)),
            None => listed(only),
        };
    }
    let lines: Vec<String> = cells
        .iter()
        .map(|(column, cell)| match head(*column) {
            Some(head) => format!("- {head}: {}", whole(cell)),
            None => format!("- {}", whole(cell)),
        })
        .collect();
    lines.join("\n")
}

/// A row whose first cell is empty goes on with the row above.
fn merge_above(out: &mut [Candidate], more: &str, row: &Row) {
    if let Some(Candidate { content: Content::Fact { answer, .. }, lines, .. }) = out.last_mut()
        && !more.is_empty()
    {
        answer.push_str(if more.starts_with("- ") { "\n" } else { "<br>" });
        answer.push_str(more);
        lines.extend(row.lines.clone());
    }
}
