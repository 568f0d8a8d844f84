//! Tables under a heading that sets things against each other.

use super::captured_subjects;
use crate::extract::{Candidate, table, term};
use crate::outline::{Outline, Table};
use crate::rule::{Rule, Rules, Target};

/// A table whose rows or columns, but the first or all, go by the names that the heading above sets against each other.
pub(in crate::extract) fn of_names(outline: &Outline, rules: &Rules, index: usize, table: &Table) -> Option<Candidate> {
    let heading = term::of_plain(&outline.block(outline.heading_above(index)?).text.plain).name;
    let key = |cell: &crate::outline::inline::Text| term::key(&term::of_plain(&cell.plain).name);
    let rows: Vec<String> = table.rows.iter().filter_map(|row| row.cells.first()).map(key).collect();
    let heads: Vec<String> = table.head.iter().flat_map(|head| &head.cells).map(key).collect();
    let columns: Vec<String> = heads.iter().skip(1).cloned().collect();
    let compares = |rule: &&Rule| rule.compares_below() && rule.looks_at(Target::Heading);
    for rule in rules.rules.iter().filter(compares) {
        let subjects = rule.captures(&heading).map(|captures| captured_subjects(&captures)).unwrap_or_default();
        let are = |names: &[String]| {
            subjects.len() >= 2
                && subjects.len() == names.len()
                && subjects.iter().all(|subject| names.contains(&term::key(subject)))
        };
        if are(&rows) {
            return table::things_in_rows(index, table, rule);
        }
        if are(&columns) {
            return table::things_in_columns(index, table, rule);
        }
        if heads.len() > 2 && are(&heads) {
            return table::side_by_side(index, table, rule);
        }
    }
    None
}

/// Whether the heads of a table's two columns are the names that the heading above sets against each other.
pub(in crate::extract) fn heads_are_subjects(rules: &Rules, heading: &str, table: &Table) -> bool {
    let heads: Vec<String> =
        table.head.iter().flat_map(|head| &head.cells).map(|cell| term::key(&cell.plain)).collect();
    let compares = |rule: &&Rule| rule.compares_below() && rule.looks_at(Target::Heading);
    let are = |subjects: Vec<String>| {
        let named = |subject: &String| heads.iter().any(|head| are_one(head, &term::key(subject)));
        subjects.len() == heads.len() && subjects.iter().all(named)
    };
    heads.len() == 2
        && rules
            .rules
            .iter()
            .filter(compares)
            .any(|rule| rule.captures(heading).is_some_and(|captures| are(captured_subjects(&captures))))
}

/// Whether two keys are of one name, perhaps of one thing and of several (`Sloops and Ketches` over `Sloop` and `Ketch`).
fn are_one(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short).is_some_and(|end| matches!(end, "" | "s" | "es"))
}
