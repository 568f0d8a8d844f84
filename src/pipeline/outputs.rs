//! Outputs of a deck, made side by side and written one by one.

use std::path::Path;

use super::{Written, write};
use crate::cli::FormatArgs;
use crate::deck::Deck;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::export::Format;
use crate::export::sheet::{Paper, SheetOptions};
use crate::settings::Settings;
use crate::templates::Templates;

/// The outputs of a deck, written below `folder`. A format that fails leaves the others.
///
/// # Errors
/// If an output cannot be made or written.
pub fn export(
    deck: &Deck,
    formats: &[Format],
    options: &FormatArgs,
    settings: &Settings,
    templates: &Templates,
    folder: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Written>> {
    let name = write::file_name(&deck.title);
    let sheet_options = sheet_options(options, settings)?;
    // each format on a thread of its own: a sheet takes as long as all others together
    let made: Vec<(Result<Vec<Made>>, Vec<Diagnostic>)> = std::thread::scope(|scope| {
        let running: Vec<_> =
            formats.iter().map(|format| scope.spawn(|| make(*format, deck, &sheet_options, templates))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| (Err(Error::new("an exporter failed")), Vec::new())))
            .collect()
    });
    let mut written = Vec::new();
    let mut failure = None;
    for (files, said) in made {
        diagnostics.extend(said);
        match files {
            Ok(files) => {
                for Made { ending, bytes } in files {
                    let path = folder.join(format!("{name}.{ending}"));
                    write::write(&path, &bytes)?;
                    written.push(Written { path, bytes: bytes.len() });
                }
            }
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    failure.map_or(Ok(written), Err)
}

/// The bytes of one output, and the ending of its file.
struct Made {
    ending: &'static str,
    bytes: Vec<u8>,
}

fn make(
    format: Format,
    deck: &Deck,
    sheet: &SheetOptions,
    templates: &Templates,
) -> (Result<Vec<Made>>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let one = |ending, bytes: Vec<u8>| vec![Made { ending, bytes }];
    let made = match format {
        Format::Apkg => crate::export::apkg(deck, templates).map(|bytes| one("apkg", bytes)),
        Format::Quizlet => crate::export::quizlet::csv(deck).map(|csv| {
            vec![
                Made { ending: "quizlet.txt", bytes: crate::export::quizlet::text(deck) },
                Made { ending: "quizlet.csv", bytes: csv },
            ]
        }),
        Format::Sheet => crate::export::sheet::sheet(deck, sheet, templates, &mut diagnostics)
            .map(|bytes| one("cheatsheet.pdf", bytes)),
    };
    (made, diagnostics)
}

/// A sheet's options: flags over amgi.yaml over the defaults.
fn sheet_options(flags: &FormatArgs, settings: &Settings) -> Result<SheetOptions> {
    let default = SheetOptions::default();
    let paper = flags.paper.as_ref().or(settings.paper.as_ref()).map(|name| name.parse::<Paper>()).transpose()?;
    Ok(SheetOptions {
        paper: paper.unwrap_or(default.paper),
        landscape: !(flags.portrait || settings.portrait.unwrap_or(!default.landscape)),
        columns: flags.columns.or(settings.columns).unwrap_or(default.columns).clamp(1, 8),
        pages: flags.pages.or(settings.pages),
        language: settings.language.clone(),
    })
}
