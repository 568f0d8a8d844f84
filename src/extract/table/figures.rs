//! Tables of figures, sums and marks, whose rows say nothing of a thing by themselves.

use crate::letter::{is_letter, key};
use crate::outline::inline::Text;
use crate::outline::{Row, Table};

/// Whether a table says yes or no of things: of every row, in all columns but the first.
pub(in crate::extract) fn holds_marks(table: &Table) -> bool {
    const MARKS: [&str; 18] =
        ["✅", "❌", "✓", "✔", "✔️", "✗", "✘", "✖", "○", "×", "△", "O", "X", "o", "x", "Yes", "No", "-"];
    let mut filled = 0;
    let is_marked = |row: &Row| {
        row.cells.iter().skip(1).all(|cell| {
            let plain = cell.plain.trim();
            filled += usize::from(!plain.is_empty());
            plain.is_empty() || MARKS.contains(&plain)
        })
    };
    table.rows.len() >= 2 && table.rows.iter().all(is_marked) && filled >= table.rows.len()
}

/// What a cell holds, as far as it tells rows from columns.
#[derive(PartialEq, Eq)]
enum Holds {
    Figure,
    Mark,
    Words,
}

impl Holds {
    fn of(cell: &Text) -> Holds {
        match cell.plain.as_str() {
            plain if plain.bytes().any(|byte| byte.is_ascii_digit()) => Holds::Figure,
            plain if plain.chars().any(is_letter) => Holds::Words,
            _ => Holds::Mark,
        }
    }
}

/// Whether cells hold several kinds of value.
fn differ<'t>(mut cells: impl Iterator<Item = &'t Text>) -> bool {
    cells.next().map(Holds::of).is_some_and(|first| cells.any(|cell| Holds::of(cell) != first))
}

/// Whether each row holds one kind of value, and the columns several: the columns are things, the rows what is known of
/// them.
pub(in crate::extract) fn holds_values_by_row(table: &Table) -> bool {
    const LONGEST: usize = 24;
    const LEAST_ROWS: usize = 3;
    let columns = table.head.as_ref().map_or(0, |head| head.cells.len());
    let column = |at: usize| table.rows.iter().filter_map(move |row| row.cells.get(at)).filter(|cell| !cell.is_empty());
    let is_short = |cell: &Text| cell.plain.chars().count() <= LONGEST;
    let is_even = |row: &Row| {
        let values = || row.cells.iter().skip(1).filter(|cell| !cell.is_empty());
        values().all(is_short) && !differ(values())
    };
    let mut names: Vec<String> =
        table.head.iter().flat_map(|head| head.cells.iter().skip(1)).map(|cell| key(&cell.plain)).collect();
    names.sort_unstable();
    columns >= 3
        && names.iter().all(|name| !name.is_empty())
        && names.windows(2).all(|two| two[0] != two[1])
        && table.rows.len() >= LEAST_ROWS
        && table.rows.iter().all(is_even)
        && (1..columns).all(|at| differ(column(at)))
}

/// Whether a table is a ledger: in every row a date first, or in the last one what it all comes to, and sums of money or
/// nothing in other columns.
pub(super) fn is_ledger(table: &Table) -> bool {
    let plain = |row: &Row, column: usize| row.cells.get(column).map_or("", |cell| cell.plain.trim()).to_owned();
    let is_date = |text: &str| {
        let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
        (2..=3).contains(&parts.len())
            && parts.iter().all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_sum = |text: &str| {
        text.chars().all(|c| {
            let unit = "$€£¥₩원円元만억천조백万億千".contains(c);
            c.is_ascii_digit() || unit || matches!(c, ',' | '.' | ' ' | '-' | '\n')
        })
    };
    let columns = table.rows.first().map_or(0, |row| row.cells.len());
    let mut dated = table.rows.iter().map(|row| plain(row, 0)).filter(|first| !first.is_empty()).peekable();
    let holds_sums = |column: usize| {
        table.rows.iter().all(|row| is_sum(&plain(row, column)))
            && table.rows.iter().any(|row| !plain(row, column).is_empty())
    };
    const TOTALS: [&str; 11] =
        ["합계", "총계", "총합", "총합계", "total", "sum", "grandtotal", "合計", "合计", "总计", "總計"];
    let last = table.rows.last().map_or_else(String::new, |row| key(&plain(row, 0)));
    let booked = dated.peek().is_some() && dated.all(|first| is_date(&first)) || TOTALS.contains(&last.as_str());
    booked && (1..columns).any(holds_sums)
}

/// Whether a table only holds figures: of things that go by a letter (`A`, `B`), or one and a number (`P1`, `P2`), or for years, quarters or
/// rounds that the head counts, nothing but numbers.
pub(super) fn holds_figures(table: &Table, column: usize) -> bool {
    const SEVERAL: usize = 3; // rows
    let stem = |row: &Row| {
        let name = row.cells.get(column).map_or("", |cell| cell.plain.trim());
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let alone =
            table.rows.len() >= SEVERAL && name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        (stem.len() < name.len() && stem.chars().count() <= 2).then(|| stem.to_owned()).or(alone.then(String::new))
    };
    let is_figure = |cell: &Text| !cell.plain.chars().any(is_letter);
    let mut stems = table.rows.iter().map(stem);
    let lettered = stems.next().flatten().is_some_and(|first| stems.all(|stem| stem.as_ref() == Some(&first)));
    let others = |row: &Row, holds: &dyn Fn(&Text) -> bool| {
        row.cells.iter().enumerate().all(|(at, cell)| at == column || holds(cell))
    };
    let counts = |cell: &Text| cell.plain.chars().any(|c| c.is_ascii_digit());
    let counted = table.head.as_ref().is_some_and(|head| head.cells.len() > 2 && others(head, &counts));
    (lettered || counted) && table.rows.iter().all(|row| others(row, &is_figure))
}
