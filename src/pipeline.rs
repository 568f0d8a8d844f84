//! The one place where stages meet and files are written.

mod build;
mod built;
mod cards;
mod cards_files;
mod check;
pub mod commands;
pub mod diff;
pub mod explain;
mod init;
mod outputs;
mod pictures;
mod progress;
mod pull;
mod push;
mod summary;
mod watch;
mod write;

use std::io::Read as _;
use std::path::{Path, PathBuf};

pub use cards::{Cards, Extracted, cards_of, deck_of, extract};
pub use outputs::{Outputs, export};
pub use summary::{Summary, Written};

use crate::deck::Timestamp;
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::extract::Candidate;
use crate::outline::Outline;
use crate::rule::{self, Rules};
use crate::settings::{self, Settings};
use crate::source::{self, Note};
use crate::templates::Templates;

/// The ending of the user's own rule packs.
const PACK_ENDING: &str = ".rules.yaml";

/// Everything read before the first rule is tried.
pub struct Input {
    pub notes: Vec<Note>,
    pub settings: Settings,
    pub rules: Rules,
    /// The rule packs in force, the built-in ones first: name as shown, and text.
    packs: Vec<(String, String)>,
    /// The folder that gives the title when nothing else does.
    folder: PathBuf,
    /// Where a user's `templates/` may be.
    pub templates: Templates,
}

/// A note after the rules.
pub struct Read {
    pub outline: Outline,
    pub candidates: Vec<Candidate>,
}

/// Reads notes, settings and rules. What is wrong with them is diagnostics; notes that are no text are left out.
///
/// # Errors
/// If a named note or pack is not there, or something cannot be read.
pub fn input(arguments: &[PathBuf], output: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Input> {
    let named: Vec<PathBuf> = arguments.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
    let found = source::find(&named, output)?;
    let mut notes = Vec::new();
    for file in &found.notes {
        notes.extend(source::read(file, diagnostics)?);
    }
    if named.len() < arguments.len() {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|e| Error::new("cannot read standard input").cause(e))?;
        notes.extend(source::decode("stdin".to_owned(), "stdin".to_owned(), &bytes, diagnostics));
    }
    if notes.is_empty() && diagnostics.is_empty() {
        let where_ = arguments.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
        return Err(Error::new(format!("there are no notes in {where_}")).hint("notes are .md and .txt files"));
    }
    for note in &notes {
        if note.text.trim().is_empty() {
            diagnostics.push(Diagnostic::warning("empty-note", "this note is empty").at(Place::file(&note.shown)));
        }
    }
    let folders = folders(&named);
    let settings = settings::read(&folders, diagnostics)?;
    let packs = packs(&folders, &settings)?;
    let rules = rule::load(&packs, diagnostics);
    let templates = Templates::new(folders.iter().map(|folder| folder.join("templates")).collect());
    Ok(Input { notes, settings, rules, packs, folder: found.folder, templates })
}

/// The rules in force for notes, or for the current folder.
///
/// # Errors
/// If a pack cannot be read.
pub fn rules_of(notes: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Result<Rules> {
    let folders = folders(notes);
    let settings = settings::read(&folders, diagnostics)?;
    Ok(rule::load(&packs(&folders, &settings)?, diagnostics))
}

/// The current folder, then the notes' folders.
fn folders(named: &[PathBuf]) -> Vec<PathBuf> {
    let mut out = vec![PathBuf::from(".")];
    for path in named {
        let folder = if path.is_dir() { path.clone() } else { path.parent().unwrap_or(Path::new("")).to_path_buf() };
        if !folder.as_os_str().is_empty() && !out.contains(&folder) {
            out.push(folder);
        }
    }
    out
}

/// The built-in packs, with those beside the notes and those that amgi.yaml names.
fn packs(folders: &[PathBuf], settings: &Settings) -> Result<Vec<(String, String)>> {
    let mut packs: Vec<(String, String)> =
        rule::built_in().iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        let mut found: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with(PACK_ENDING))
            .collect();
        found.sort();
        paths.extend(found);
    }
    paths.extend(settings.rules.iter().map(|path| settings.folder.join(path)));
    for path in paths {
        let text = std::fs::read_to_string(&path)
            .map_err(|e| Error::new(format!("cannot read the rule pack {}", path.display())).cause(e))?;
        packs.push((shown(&path), text));
    }
    Ok(packs)
}

/// A path as the user would type it from the current folder.
fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

pub fn read(note: &Note, rules: &Rules) -> Read {
    let outline = Outline::read(note);
    let mut candidates = crate::extract::extract(&outline, rules);
    crate::extract::picture::attach(&outline.images(note), &note.text, &mut candidates);
    Read { outline, candidates }
}

/// Now in UTC; `SOURCE_DATE_EPOCH` (seconds) stands in for the clock.
fn now() -> Timestamp {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse().ok());
    Timestamp(fixed.unwrap_or_else(|| time::OffsetDateTime::now_utc().unix_timestamp()))
}
