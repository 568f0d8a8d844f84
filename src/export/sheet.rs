//! Paper: cheat sheets, self-tests, flash cards and quizzes as PDF, set by Typst from templates that the user may
//! change.
//!
//! Note text reaches a template as a JSON file only: it is never spliced into Typst source nor evaluated, so that
//! nothing in a note can be a command.

mod area;
mod asked;
mod cheat;
mod data;
mod flashcards;
mod fonts;
mod importance;
mod limits;
mod math;
mod nodes;
mod options;
mod paper;
mod pictures;
mod pieces;
mod png;
mod press;
mod quiz;
mod said;
mod selftest;
mod table;
mod words;
mod world;

pub use area::area;
pub use options::{Answers, CardSize, Flip, PrintSettings, SheetOptions};
pub use paper::Paper;

use crate::deck::Deck;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::media::Media;
use crate::templates::Templates;

/// What is printed of a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    Cheatsheet,
    Selftest,
    Flashcards,
    /// With its key.
    Quiz,
}

/// A document as bytes.
pub struct Printed {
    /// What its file's name ends with, before `.pdf`.
    pub ending: &'static str,
    pub pdf: Vec<u8>,
    /// Its pages as PNG, where a preview is asked for.
    pub pictures: Vec<Vec<u8>>,
}

/// What is printed of, and with what.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    pub deck: &'a Deck,
    pub options: &'a SheetOptions,
    pub templates: &'a Templates,
    pub media: &'a Media,
}

/// Prints a deck. What the paper has no room or no letters for is named in diagnostics.
///
/// # Errors
/// If a template does not compile (with its line and what Typst said) or the PDF cannot be made.
pub fn print(what: Print, job: &Job<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<Printed>> {
    let documents = match what {
        Print::Cheatsheet => vec![("cheatsheet", cheat::set(job, diagnostics)?)],
        Print::Selftest => vec![("selftest", selftest::set(job, diagnostics)?)],
        Print::Flashcards => vec![("flashcards", flashcards::set(job, diagnostics)?)],
        Print::Quiz => {
            let [quiz, key] = quiz::set(job, diagnostics)?;
            vec![("quiz", quiz), ("quiz-key", key)]
        }
    };
    let printed = |(ending, document): (&'static str, world::Document)| {
        let pictures = if job.options.preview { document.pictures()? } else { Vec::new() };
        Ok(Printed { ending, pdf: document.pdf()?, pictures })
    };
    documents.into_iter().map(printed).collect()
}

/// The data of the cheat sheet, as its template gets it where nothing asks for other paper.
pub fn data(deck: &Deck, diagnostics: &mut Vec<Diagnostic>) -> serde_json::Value {
    data::data_for(deck, cheat::usual_room(&SheetOptions::default()), &Media::default(), diagnostics)
}
