//! Outputs of a deck, made side by side and written one by one.

use std::path::Path;

use super::{Written, write};
use crate::account::NoteLines;
use crate::cli::FormatArgs;
use crate::deck::{CardsFile, Deck};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::export::review::{Beside, review};
use crate::export::sheet::{self, Print, SheetOptions};
use crate::export::{AnkiOptions, Format};
use crate::media::Media;
use crate::rule::Rules;
use crate::settings::Settings;
use crate::source::Note;
use crate::templates::Templates;

/// A deck, and what its outputs are made with.
pub struct Outputs<'a> {
    pub deck: &'a Deck,
    pub formats: &'a [Format],
    pub options: &'a FormatArgs,
    pub settings: &'a Settings,
    pub templates: &'a Templates,
    pub rules: &'a Rules,
    pub media: &'a Media,
    /// Where the deck's entries stand.
    pub files: &'a [CardsFile],
    /// The notes, each with what became of its lines; empty where they are not at hand.
    pub notes: Vec<(&'a Note, &'a NoteLines)>,
    /// What they are written below.
    pub folder: &'a Path,
}

/// More entries than this are a large deck: at 2,000 characters each, paper of it takes hundreds of megabytes to set.
const LARGE: usize = 500;

/// Makes the outputs of a deck and writes them. A format that fails leaves the others.
///
/// # Errors
/// If an output cannot be made or written.
pub fn export(outputs: &Outputs<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<Written>> {
    let name = write::file_name(&outputs.deck.title);
    let sheet_options = SheetOptions::of(&outputs.options.print, outputs.settings)?;
    let one_after_the_other = |formats: Vec<Format>| -> Vec<(Format, MadeOrNot)> {
        formats.into_iter().map(|format| (format, make(format, outputs, &sheet_options, &name))).collect()
    };
    let mut made: Vec<(Format, MadeOrNot)> = std::thread::scope(|scope| {
        let running: Vec<_> = side_by_side(outputs)
            .into_iter()
            .map(|formats| {
                let make = &one_after_the_other;
                (formats.clone(), scope.spawn(move || make(formats)))
            })
            .collect();
        let failed = || (Err(Error::new("an exporter failed")), Vec::new());
        let made = running.into_iter().flat_map(|(formats, thread)| {
            thread.join().unwrap_or_else(|_| formats.into_iter().map(|format| (format, failed())).collect())
        });
        made.collect()
    });
    made.sort_by_key(|(format, _)| outputs.formats.iter().position(|one| one == format));
    let mut written = Vec::new();
    let mut failure = None;
    for (_, (files, said)) in made {
        // what several outputs say is said once
        for diagnostic in said {
            if !diagnostics.contains(&diagnostic) {
                diagnostics.push(diagnostic);
            }
        }
        match files {
            Ok(files) => {
                for Made { file, bytes } in files {
                    let path = outputs.folder.join(file);
                    write::write(&path, &bytes)?;
                    written.push(Written { path, bytes: bytes.len() });
                }
            }
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    failure.map_or(Ok(written), Err)
}

/// What is made on a thread each: every format, since a sheet takes as long as all others together; but paper of a large
/// deck one after the other, so that what one took of memory is the next one's.
fn side_by_side(outputs: &Outputs<'_>) -> Vec<Vec<Format>> {
    let large = outputs.deck.entries().nth(LARGE).is_some();
    let (paper, others): (Vec<Format>, Vec<Format>) =
        outputs.formats.iter().partition(|format| large && format.is_paper());
    let others = others.into_iter().map(|format| vec![format]);
    others.chain((!paper.is_empty()).then_some(paper)).collect()
}

/// Files, or why there are none, and what is to be said.
type MadeOrNot = (Result<Vec<Made>>, Vec<Diagnostic>);

/// The bytes of one output, and the name of its file.
struct Made {
    file: String,
    bytes: Vec<u8>,
}

fn make(format: Format, outputs: &Outputs<'_>, sheet: &SheetOptions, name: &str) -> MadeOrNot {
    let mut diagnostics = Vec::new();
    let (deck, templates) = (outputs.deck, outputs.templates);
    let named = |ending, bytes| Made { file: format!("{name}.{ending}"), bytes };
    let made = match format {
        Format::Apkg => {
            let format = outputs.options.apkg.or(outputs.settings.apkg).unwrap_or_default();
            let options = AnkiOptions { format, cards: outputs.settings.cards.clone() };
            crate::export::apkg(deck, templates, &options, outputs.media).map(|bytes| vec![named("apkg", bytes)])
        }
        Format::Quizlet => crate::export::quizlet::csv(deck)
            .map(|csv| vec![named("quizlet.txt", crate::export::quizlet::text(deck)), named("quizlet.csv", csv)]),
        Format::Sheet => printed(Print::Cheatsheet, outputs, sheet, name, &mut diagnostics),
        Format::Selftest => printed(Print::Selftest, outputs, sheet, name, &mut diagnostics),
        Format::QuizSheet => printed(Print::Quiz, outputs, sheet, name, &mut diagnostics),
        Format::Flashcards => printed(Print::Flashcards, outputs, sheet, name, &mut diagnostics),
        Format::Review => {
            let beside = Beside {
                rules: outputs.rules,
                limits: &outputs.settings.check,
                language: outputs.settings.language.as_deref(),
                files: outputs.files,
                cards: &outputs.settings.cards,
                media: outputs.media,
                notes: &outputs.notes,
            };
            review(deck, &beside, templates, &mut diagnostics)
                .map(|bytes| vec![Made { file: "review.html".to_owned(), bytes }])
        }
    };
    (made, diagnostics)
}

/// What is printed of the deck or, where one is named, of its section.
fn printed(
    what: Print,
    outputs: &Outputs<'_>,
    options: &SheetOptions,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Made>> {
    let section = outputs.options.print.section.as_deref();
    let part = section.map(|section| sheet::area(outputs.deck, section)).transpose()?;
    let deck = part.as_ref().unwrap_or(outputs.deck);
    let printed = sheet::print(
        what,
        &sheet::Job { deck, options, templates: outputs.templates, media: outputs.media },
        diagnostics,
    )?;
    let mut made = Vec::new();
    for sheet::Printed { ending, pdf, pictures } in printed {
        made.push(Made { file: format!("{name}.{ending}.pdf"), bytes: pdf });
        if options.preview {
            clear_beyond(outputs.folder, &format!("{name}.{ending}"), pictures.len());
        }
        let pictures = pictures.into_iter().enumerate();
        made.extend(pictures.map(|(i, bytes)| Made { file: format!("{name}.{ending}-{}.png", i + 1), bytes }));
    }
    Ok(made)
}

/// Takes away the pictures of pages that a document had before and has no more: they would be taken for its own.
fn clear_beyond(folder: &Path, stem: &str, pages: usize) {
    let beyond = (pages + 1..).map(|page| folder.join(format!("{stem}-{page}.png")));
    // one that cannot be taken away does no harm but to look old
    for path in beyond.take_while(|path| path.is_file()) {
        if std::fs::remove_file(path).is_err() {
            return;
        }
    }
}
