//! Exporters: a deck in, bytes out. They write no files.

mod apkg;
pub mod quizlet;
pub mod review;
pub mod sheet;
pub mod siblings;

pub(crate) use apkg::anki_label;
pub use apkg::{
    AnkiFields, AnkiOptions, CardOptions, PackageFormat, PackagedNote, Rendered, SUFFIXES, anki_fields, apkg,
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
    /// A page to look through the cards beside the notes: `review.html`
    Review,
}

impl Format {
    /// All formats, in the order `amgi build` makes them.
    pub const ALL: [Format; 4] = [Format::Apkg, Format::Quizlet, Format::Sheet, Format::Review];
}
