//! A comparison as a table; for asking row by row, every row is one cloze.

use unicode_width::UnicodeWidthStr;

use super::hidden::{MAX_CLOZES, cloze, inert};
use crate::deck::Row;
use crate::markup::{Pictures, html_inline, parse_inline, plain_inline};

/// Columns of text (a Hangul or Han character takes two) beyond which a cell is too long for half a phone's width.
const LONG_CELL: usize = 90;

/// More subjects than this do not fit beside each other on any screen.
const MANY_SUBJECTS: usize = 5;

/// What a table's cells are hidden by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hide {
    /// Those of a row are a cloze.
    Rows,
    Nothing,
}

/// The table, and the 1-based places of the rows that say something, ascending: the numbers of its clozes.
pub(super) fn table(subjects: &[String], rows: &[Row], hide: Hide, pictures: &Pictures) -> (String, Vec<usize>) {
    let heads: Vec<String> = subjects.iter().enumerate().map(|(i, s)| head(i, subjects.len(), s, pictures)).collect();
    let mut out = format!("<table class=\"{}\"><thead><tr><th></th>", layout(subjects, rows));
    for head in &heads {
        out.push_str(&format!("<th scope=\"col\">{head}</th>"));
    }
    out.push_str("</tr></thead><tbody>");
    let mut cards = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let asked = number <= MAX_CLOZES;
        let cells: Vec<Option<String>> = row.cells.iter().map(|cell| content(cell, pictures)).collect();
        if asked && cells.iter().any(Option::is_some) {
            cards.push(number);
        }
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>", shown(&row.aspect, pictures)));
        for (i, cell) in cells.iter().enumerate() {
            let who = heads.get(i).map(String::as_str).unwrap_or_default();
            let text = match cell {
                Some(text) if asked && hide == Hide::Rows => cloze(number, text),
                Some(text) => text.clone(),
                None => "<span class=\"nil\">–</span>".to_owned(),
            };
            out.push_str(&format!("<td><span class=\"who\">{who}</span>{text}</td>"));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    (out, cards)
}

/// A subject's name; of two, the first with a filled square and the second with a hollow one, to tell them apart
/// without colour.
fn head(index: usize, subjects: usize, name: &str, pictures: &Pictures) -> String {
    let square = match (subjects, index) {
        (2, 0) => "<i class=\"sq f\"></i>",
        (2, _) => "<i class=\"sq\"></i>",
        _ => "",
    };
    format!("{square}{}", shown(name, pictures))
}

fn shown(markdown: &str, pictures: &Pictures) -> String {
    inert(&html_inline(&parse_inline(markdown), pictures))
}

/// A cell's text; none where there is nothing to hide.
fn content(cell: &str, pictures: &Pictures) -> Option<String> {
    let inlines = parse_inline(cell);
    let html = html_inline(&inlines, pictures);
    (!super::html_text(&html).trim().is_empty()).then(|| inert(&html))
}

/// Classes of the table: `stk`, on a phone one subject's cell under the other; `tall`, on every screen; `bare`, where no
/// row has a name.
fn layout(subjects: &[String], rows: &[Row]) -> String {
    let long = |cell: &String| plain_inline(&parse_inline(cell)).width() > LONG_CELL;
    let mut classes = vec!["cmp"];
    if subjects.len() > 2 || rows.iter().any(|row| row.cells.iter().any(long)) {
        classes.push("stk");
    }
    if subjects.len() > MANY_SUBJECTS {
        classes.push("tall");
    }
    if rows.iter().all(|row| row.aspect.trim().is_empty()) {
        classes.push("bare");
    }
    classes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(subjects: &[String], rows: &[Row]) -> (String, Vec<usize>) {
        super::table(subjects, rows, Hide::Rows, &Pictures::new())
    }

    fn row(aspect: &str, cells: &[&str]) -> Row {
        Row { aspect: aspect.to_owned(), cells: cells.iter().map(|c| (*c).to_owned()).collect() }
    }

    #[test]
    fn a_row_is_a_card_unless_it_says_nothing() {
        let subjects = ["A".to_owned(), "B".to_owned()];
        let rows = [row("x", &["1", ""]), row("y", &["", " "]), row("z", &["std::vector", "}}"])];
        let (html, cards) = table(&subjects, &rows);
        assert_eq!(cards, [1, 3]);
        assert!(html.contains("{{c1::1}}") && !html.contains("{{c2") && html.contains("{{c3::std&#58;&#58;vector}}"));
        assert!(html.contains("{{c3::&#125;&#125;}}"), "{html}");
    }

    #[test]
    fn rows_beyond_what_anki_asks_are_shown() {
        let rows: Vec<Row> = (0..502).map(|i| row(&i.to_string(), &["a", "b"])).collect();
        let (html, cards) = table(&["A".to_owned(), "B".to_owned()], &rows);
        assert_eq!(cards.len(), 500);
        assert!(html.contains("{{c500::") && !html.contains("{{c501::"));
    }
}
