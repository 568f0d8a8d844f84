//! Which column of a table names its rows, and which only counts them.

use std::collections::{BTreeMap, BTreeSet};

use super::name;
use crate::extract::term;
use crate::outline::inline::Text;
use crate::outline::{Row, Table};

/// A longer cell (characters) says something.
const MAX_NAME: usize = 60;

/// The column of the names: the second where the first one only numbers the rows, or groups them. Where both hold numbers,
/// the first does more than that.
pub(super) fn named_column(table: &Table) -> usize {
    if groups_rows(table) {
        return 1;
    }
    // a row that goes on with the one above has neither
    let goes_on = |row: &&Row| row.cells.iter().take(2).all(Text::is_empty);
    let begun = || table.rows.iter().filter(|row| !goes_on(row));
    let numbers = |column: usize| begun().all(|row| row.cells.get(column).is_some_and(is_number));
    let holds_second = table.rows.iter().all(|row| row.cells.len() >= 2);
    let names = || begun().all(|row| row.cells.get(1).is_some_and(|cell| cell.plain.chars().count() <= MAX_NAME));
    let numbered = || numbers(0) && !numbers(1) && names();
    usize::from(!table.rows.is_empty() && holds_second && (numbered() || spells_by_first_letters(table)))
}

/// Whether the first column holds the letters that the names in the second begin with, for some word that they spell.
fn spells_by_first_letters(table: &Table) -> bool {
    const LEAST: usize = 3; // rows, and columns
    let spells = |row: &Row| match row.cells.as_slice() {
        [letter, name, _, ..] => letter.plain.chars().count() == 1 && name.plain.starts_with(letter.plain.as_str()),
        _ => false,
    };
    let is_longer = |row: &Row| row.cells.get(1).is_some_and(|name| name.plain.chars().count() > 1);
    table.rows.len() >= LEAST && table.rows.iter().all(|row| spells(row) && is_longer(row))
}

/// `12`, `1.5`, `20-22/23`, `0x4000~0x7fff`: no name.
pub(super) fn is_number(cell: &Text) -> bool {
    let joins = |c: char| matches!(c, '.' | '/' | ',' | '-' | '–' | '~' | ' ');
    let is_address = |word: &str| word.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    let counts = |word: &str| word.bytes().all(|b| b.is_ascii_digit()) || is_address(word);
    !cell.is_empty() && cell.plain.split(joins).all(counts)
}

/// Whether the first column only says which group each row belongs to: every name in it stands several times, the second
/// column names the rows, and others say what they are.
fn groups_rows(table: &Table) -> bool {
    let column = |column: usize| -> Vec<String> {
        table.rows.iter().map(|row| row.cells.get(column).map(name).unwrap_or_default()).collect()
    };
    let (groups, names) = (column(0), column(1));
    let mut rows_of: BTreeMap<&str, usize> = BTreeMap::new();
    groups.iter().for_each(|group| *rows_of.entry(group).or_default() += 1);
    let mut seen = BTreeSet::new();
    table.rows.iter().all(|row| row.cells.len() >= 3)
        && rows_of.iter().all(|(group, rows)| !group.is_empty() && *rows > 1)
        && names.iter().all(|name| !name.is_empty() && name.chars().count() <= MAX_NAME && seen.insert(name))
}

/// A number as a term, with what the head of its column says it numbers (`Port 80`).
pub(super) fn numbered(table: &Table, column: usize, name: String) -> String {
    let numbers = name.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b',' | b' '));
    if numbers && !name.is_empty() && !counts(table, column) {
        let head = table.head.as_ref().and_then(|head| head.cells.get(column)).map_or("", |cell| cell.plain.trim());
        return format!("{head} {name}");
    }
    name
}

/// Whether the head of a column says no more than that its numbers count the rows.
pub(super) fn counts(table: &Table, column: usize) -> bool {
    const COUNTS: [&str; 15] =
        ["", "no", "nr", "n", "id", "index", "idx", "rank", "순번", "번호", "순위", "連番", "番号", "序号", "編號"];
    let head = table.head.as_ref().and_then(|head| head.cells.get(column));
    head.is_none_or(|head| COUNTS.contains(&term::key(&head.plain).as_str()))
}
