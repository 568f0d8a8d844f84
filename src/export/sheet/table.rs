//! Comparisons as tables: which way round, and how wide each column, so that they take the fewest lines.

use serde_json::{Value, json};

use super::nodes::{self, NARROW, width};
use crate::deck::Row;
use crate::markup::{Block, parse, parse_inline, plain};

/// What the space beside a cell's text takes (half-ems).
const PADDING: f64 = 1.8;
/// A longer word (half-ems) may be broken.
const MAX_WORD: usize = 22;
/// A table of more lines may go on in the next column.
const MAX_WHOLE: f64 = 26.0;

/// A table before it is set: Markdown of its head and its rows. Where `named`, the first column is the rows' names.
struct Grid {
    named: bool,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// How wide a column's cells are (half-ems): the longest word of any, and each one's whole text by rows, the head first.
struct Column {
    word: f64,
    texts: Vec<f64>,
}

/// The tables of a comparison, for lines of `room` half-ems: `{t: "table", title, named, widths, whole, head, rows}`.
/// One that is too wide either way goes on in a second one, with the rows' names again.
pub(super) fn tables(subjects: &[String], rows: &[Row], title: &str, room: f64) -> Vec<Value> {
    let upright = upright(subjects, rows);
    let turned = turned(subjects, rows);
    let fitted = |grid: &Grid| {
        let columns = columns(grid);
        widths(&columns, room).map(|widths| (lines(&columns, &widths), widths))
    };
    match (fitted(&upright), fitted(&turned)) {
        // the way the note has it, unless turning it saves a fifth
        (Some(_), Some((fewer, widths)))
            if subjects.len() > 2 && fewer < 0.8 * fitted(&upright).map_or(0.0, |it| it.0) =>
        {
            vec![node(&turned, title, fewer, &widths)]
        }
        (Some((lines, widths)), _) => vec![node(&upright, title, lines, &widths)],
        (None, Some((lines, widths))) => vec![node(&turned, title, lines, &widths)],
        (None, None) => {
            let parts = parts(upright, room);
            let titled = parts.iter().enumerate().map(|(i, part)| (part, if i == 0 { title } else { "" }));
            titled
                .map(|(part, title)| {
                    let columns = columns(part);
                    let even: Vec<f64> = columns.iter().map(|column| column.word + PADDING).collect();
                    let widths = widths(&columns, room).unwrap_or(even);
                    node(part, title, lines(&columns, &widths), &widths)
                })
                .collect()
        }
    }
}

fn upright(subjects: &[String], rows: &[Row]) -> Grid {
    let named = rows.iter().any(|row| !row.aspect.is_empty());
    let with = |first: &str, rest: &[String]| {
        named.then(|| first.to_owned()).into_iter().chain(rest.iter().cloned()).collect::<Vec<_>>()
    };
    Grid { named, head: with("", subjects), rows: rows.iter().map(|row| with(&row.aspect, &row.cells)).collect() }
}

fn turned(subjects: &[String], rows: &[Row]) -> Grid {
    let head = std::iter::once(String::new()).chain(rows.iter().map(|row| row.aspect.clone())).collect();
    let cells = |i: usize| rows.iter().map(move |row| row.cells.get(i).cloned().unwrap_or_default());
    let rows = subjects
        .iter()
        .enumerate()
        .map(|(i, subject)| std::iter::once(subject.clone()).chain(cells(i)).collect())
        .collect();
    Grid { named: true, head, rows }
}

/// A grid in pieces that fit the room, each with the names of its rows and at least one other column.
fn parts(grid: Grid, room: f64) -> Vec<Grid> {
    let columns = columns(&grid);
    let fixed = usize::from(grid.named);
    let names = columns.iter().take(fixed).map(|column| column.word + PADDING).sum::<f64>();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut left = 0.0;
    for (i, column) in columns.iter().enumerate().skip(fixed) {
        let takes = column.word + PADDING;
        match groups.last_mut() {
            Some(group) if takes <= left => group.push(i),
            _ => {
                groups.push(vec![i]);
                left = room - names;
            }
        }
        left -= takes;
    }
    let pick = |cells: &Vec<String>, group: &[usize]| {
        let named = cells.iter().take(fixed);
        named.chain(group.iter().filter_map(|i| cells.get(*i))).cloned().collect::<Vec<_>>()
    };
    groups
        .iter()
        .map(|group| Grid {
            named: grid.named,
            head: pick(&grid.head, group),
            rows: grid.rows.iter().map(|row| pick(row, group)).collect(),
        })
        .collect()
}

fn columns(grid: &Grid) -> Vec<Column> {
    let column = |i: usize| {
        let texts = std::iter::once(&grid.head).chain(&grid.rows).map(|row| row.get(i).map_or("", String::as_str));
        let plain: Vec<String> = texts.map(|text| plain(&parse(&nodes::cut(text)))).collect();
        let longest = |text: &String| text.split_whitespace().map(width).max().unwrap_or(0).min(MAX_WORD);
        Column {
            word: plain.iter().map(longest).max().unwrap_or(0).max(3) as f64,
            texts: plain.iter().map(|text| text.lines().map(width).sum::<usize>() as f64).collect(),
        }
    };
    (0..grid.head.len()).map(column).collect()
}

/// Widths (half-ems) that together take the room; none if not even the longest words have place. What is left after
/// those goes, bit by bit, to the column that saves the most lines by it.
fn widths(columns: &[Column], room: f64) -> Option<Vec<f64>> {
    let mut widths: Vec<f64> = columns.iter().map(|column| column.word + PADDING).collect();
    let mut left = room - widths.iter().sum::<f64>();
    if left < 0.0 {
        return None;
    }
    while left > 0.0 {
        let now = lines(columns, &widths);
        let saved = |i: usize| {
            let mut wider = widths.clone();
            wider[i] += 1.0;
            now - lines(columns, &wider)
        };
        let best = (0..columns.len()).map(|i| (i, saved(i))).max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((i, saved)) if saved > 1e-9 => widths[i] += 1.0,
            _ => break,
        }
        left -= 1.0;
    }
    Some(widths)
}

/// About how many lines a table takes, in fractions, so that a bit more width always counts for something.
fn lines(columns: &[Column], widths: &[f64]) -> f64 {
    let rows = columns.first().map_or(0, |column| column.texts.len());
    let cell = |i: usize, row: usize| {
        let room = (widths[i] - PADDING).max(1.0);
        let ratio = columns[i].texts[row] / room;
        // a cell that fits its line is one line, and gains nothing by more room
        if ratio <= 1.0 { 1.0 } else { 1.0 + ratio }
    };
    // the rows' heights, and a little for what stands beside the highest cell
    (0..rows)
        .map(|row| {
            let heights = (0..columns.len()).map(|i| cell(i, row));
            heights.clone().fold(0.0, f64::max) + 0.02 * heights.sum::<f64>()
        })
        .sum()
}

fn node(grid: &Grid, title: &str, lines: f64, widths: &[f64]) -> Value {
    // cells are narrow: their words are always kept whole
    let name = |text: &str| nodes::stack(&[Block::Paragraph(parse_inline(&nodes::cut(text)))], NARROW);
    let cell = |(i, text): (usize, &String)| if grid.named && i == 0 { name(text) } else { nodes::text(text, NARROW) };
    let rows: Vec<Vec<Value>> = grid.rows.iter().map(|row| row.iter().enumerate().map(cell).collect()).collect();
    json!({
        "t": "table", "title": title, "named": grid.named, "widths": widths, "whole": lines <= MAX_WHOLE,
        "head": grid.head.iter().map(|text| name(text)).collect::<Vec<_>>(), "rows": rows,
    })
}
