//! Exporters: a deck in, bytes out. They write no files.

mod apkg;
pub mod quizlet;
pub mod review;
pub mod sheet;
pub mod siblings;

pub(crate) use apkg::anki_label;
pub use apkg::{
    AnkiFields, AnkiOptions, CardOptions, OWN_TAGS, PackageFormat, PackagedNote, Rendered, SUFFIXES, anki_fields, apkg,
    note_numbers,
};
use clap::ValueEnum;

/// What `amgi export` makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// An Anki deck: `<title>.apkg`
    Apkg,
    /// Text to paste into Quizlet, and a CSV: `<title>.quizlet.txt`, `<title>.quizlet.csv`
    Quizlet,
    /// A cheat sheet: `<title>.cheatsheet.pdf`
    Sheet,
    /// Terms left of a fold, answers right of it: `<title>.selftest.pdf`
    Selftest,
    /// Cards to cut, printed on both sides: `<title>.flashcards.pdf`
    Flashcards,
    /// Questions drawn from the cards, and their key: `<title>.quiz.pdf`, `<title>.quiz-key.pdf`
    QuizSheet,
    /// A page to look through the cards beside the notes: `review.html`
    Review,
}

impl Format {
    /// Whether it is set to be printed.
    pub fn is_paper(self) -> bool {
        matches!(self, Format::Sheet | Format::Selftest | Format::Flashcards | Format::QuizSheet)
    }

    /// What `amgi build` makes when nothing else is asked for, in this order.
    pub const USUAL: [Format; 4] = [Format::Apkg, Format::Quizlet, Format::Sheet, Format::Review];
}
