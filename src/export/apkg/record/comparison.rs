//! Comparisons: row by row, and as a whole.

use super::{Context, Made, is_blank};
use crate::deck::Row;
use crate::export::apkg::note_type::NoteType;
use crate::export::apkg::{comparison, hidden};
use crate::markup::{escape, parse_inline, plain_inline};

/// More rows than this are not asked for at once.
const MOST_ROWS: usize = 7;
/// Nor more subjects.
const MOST_SUBJECTS: usize = 4;

impl Context<'_> {
    /// A note with a card for each row.
    pub(super) fn rows(&self, subjects: &[String], rows: &[Row]) -> Option<Made> {
        let (table, numbers) = comparison::table(subjects, rows, comparison::Hide::Rows, self.pictures);
        if numbers.is_empty() {
            return None;
        }
        let fields = vec![
            self.subjects(subjects)?,
            table,
            String::new(),
            self.path(""),
            self.note.clone(),
            self.language.ask_row().to_owned(),
            self.hue.clone(),
        ];
        Some((NoteType::Comparison, fields, numbers.iter().map(|number| number - 1).collect()))
    }

    /// A note that asks for all rows at once, by their names.
    pub(super) fn whole_table(&self, subjects: &[String], rows: &[Row]) -> Option<Made> {
        let (table, numbers) = comparison::table(subjects, rows, comparison::Hide::Nothing, self.pictures);
        if !(2..=MOST_ROWS).contains(&numbers.len()) || rows.len() > MOST_ROWS || subjects.len() > MOST_SUBJECTS {
            return None;
        }
        let names = rows.iter().map(|row| plain_inline(&parse_inline(&row.aspect)));
        let names: Vec<String> =
            names.filter(|name| !name.trim().is_empty()).map(|name| format!("<b>{}</b>", escape(&name))).collect();
        let asked = match names.len() == rows.len() {
            true => format!("{} {}", self.language.ask_row(), names.join(" · ")),
            false => self.language.ask_rows(numbers.len()),
        };
        let fields = vec![
            self.subjects(subjects)?,
            table,
            String::new(),
            "table".to_owned(),
            self.path(""),
            self.note.clone(),
            hidden::inert(&asked),
            String::new(),
            String::new(),
            format!("{} wide", self.hue),
        ];
        Some((NoteType::Definition, fields, vec![0]))
    }

    fn subjects(&self, subjects: &[String]) -> Option<String> {
        let names: Vec<String> = subjects.iter().map(|subject| self.html_inline(&parse_inline(subject))).collect();
        let blank = names.iter().all(|name| is_blank(name));
        (!blank).then(|| hidden::inert(&names.join(" vs ")))
    }
}
