//! The one place where stages meet and files are written.

mod check;
pub mod commands;
pub mod explain;
mod init;
mod summary;
mod write;

use std::collections::{HashMap, HashSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

pub use summary::{Summary, Written};

use crate::account::{Account, account};
use crate::cli::FormatArgs;
use crate::deck::merge::Merged;
use crate::deck::{Deck, NoteDeck, Timestamp, assemble, identity, merge, yaml};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::export::Format;
use crate::export::sheet::{Paper, SheetOptions};
use crate::extract::{self, Candidate};
use crate::outline::Outline;
use crate::rule::{self, Rules};
use crate::settings::{self, Settings};
use crate::source::{self, Note};
use crate::templates::Templates;

/// The folder of cards files within the output folder.
const CARDS: &str = "cards";
/// The ending of the user's own rule packs.
const PACK_ENDING: &str = ".rules.yaml";

/// Everything read before the first rule is tried.
pub struct Input {
    pub notes: Vec<Note>,
    pub settings: Settings,
    pub rules: Rules,
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
    let files = source::find(&named, output)?;
    let mut notes = Vec::new();
    for file in &files {
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
    let rules = rules(&folders, &settings, diagnostics)?;
    let templates = Templates::new(folders.iter().map(|folder| folder.join("templates")).collect());
    let folder = named
        .first()
        .map(|path| if path.is_dir() { path.clone() } else { path.parent().unwrap_or(Path::new("")).to_path_buf() });
    Ok(Input { notes, settings, rules, folder: folder.unwrap_or_default(), templates })
}

/// The rules in force for notes, or for the current folder.
///
/// # Errors
/// If a pack cannot be read.
pub fn rules_of(notes: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Result<Rules> {
    let folders = folders(notes);
    let settings = settings::read(&folders, diagnostics)?;
    rules(&folders, &settings, diagnostics)
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

/// The built-in rules, with the packs beside the notes and those that amgi.yaml names.
fn rules(folders: &[PathBuf], settings: &Settings, diagnostics: &mut Vec<Diagnostic>) -> Result<Rules> {
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
    Ok(rule::load(&packs, diagnostics))
}

/// A path as the user would type it from the current folder.
fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

pub fn read(note: &Note, rules: &Rules) -> Read {
    let outline = Outline::read(note);
    let candidates = extract::extract(&outline, rules);
    Read { outline, candidates }
}

/// What became of the notes: the deck, and what to tell of it.
pub struct Extracted {
    pub deck: Deck,
    pub account: Account,
    pub merged: Merged,
    /// The cards files written.
    pub written: Vec<Written>,
}

/// Notes to `DIR/cards/*.yaml`.
///
/// # Errors
/// If the folder cannot be read or written.
pub fn extract(
    input: &Input,
    output: &Path,
    title: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Extracted> {
    let now = now();
    let cards = output.join(CARDS);
    let files = cards_files(&input.notes);
    let mut before = old_cards(&cards, &files, diagnostics)?;
    let mut deck = Deck::default();
    let mut total = Account::default();
    let mut merged = Merged::default();
    for (note, file) in input.notes.iter().zip(&files) {
        let read = read(note, &input.rules);
        total.add(&account(note, &read.outline, &read.candidates));
        let mut cards = assemble::assemble(note, &read.outline, read.candidates);
        if cards.entries.is_empty() && !note.text.trim().is_empty() {
            diagnostics.push(
                Diagnostic::warning("nothing-found", "no rule found anything in this note")
                    .at(Place::file(&note.shown))
                    .hint(format!("`amgi explain {}` shows what became of each line", note.shown)),
            );
        }
        match before.by_file.remove(file) {
            Some(Old::Unreadable) => continue,
            Some(Old::Cards(old)) => add(&mut merged, merge::merge(&mut cards, old, now)),
            None => add(&mut merged, merge::fresh(&mut cards, now)),
        }
        deck.notes.push(cards);
    }
    before.report_gone(&cards, diagnostics);
    identity::give_ids(&mut deck, before.ids());
    deck.title = title
        .map(str::to_owned)
        .or_else(|| input.settings.title.clone())
        .unwrap_or_else(|| default_title(&deck, &input.folder));
    let mut written = Vec::new();
    for note in &deck.notes {
        let Some(at) = input.notes.iter().position(|one| one.path == note.note) else { continue };
        let path = cards.join(&files[at]);
        let text = yaml::write(note).map_err(|e| Error::new(format!("cannot put {} into YAML", note.note)).cause(e))?;
        write::write(&path, text.as_bytes())?;
        written.push(Written { path, bytes: text.len() });
    }
    Ok(Extracted { deck, account: total, merged, written })
}

fn add(sum: &mut Merged, more: Merged) {
    sum.added += more.added;
    sum.changed += more.changed;
    sum.gone.extend(more.gone);
    sum.upstream.extend(more.upstream);
}

/// The cards file of each note, below `cards/`: the note's path without its ending, which stays where two notes
/// differ in it only.
fn cards_files(notes: &[Note]) -> Vec<PathBuf> {
    let stem = |path: &str| {
        let name_at = path.rfind('/').map_or(0, |at| at + 1);
        match path[name_at..].rfind('.') {
            Some(dot) if dot > 0 => path[..name_at + dot].to_owned(),
            _ => path.to_owned(),
        }
    };
    let mut count: HashMap<String, usize> = HashMap::new();
    for note in notes {
        *count.entry(stem(&note.path)).or_default() += 1;
    }
    notes
        .iter()
        .map(|note| {
            let stem = stem(&note.path);
            let name = if count.get(&stem) == Some(&1) { stem } else { note.path.clone() };
            PathBuf::from(format!("{name}.yaml"))
        })
        .collect()
}

/// What `cards/` held before.
struct OldCards {
    by_file: HashMap<PathBuf, Old>,
}

enum Old {
    Cards(NoteDeck),
    /// Left byte for byte as it is; the diagnostics say why.
    Unreadable,
}

fn old_cards(cards: &Path, files: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Result<OldCards> {
    let mut by_file = HashMap::new();
    for path in yaml_files(cards)? {
        let Ok(file) = path.strip_prefix(cards).map(Path::to_path_buf) else { continue };
        let mut found = Vec::new();
        let old = match read_cards(&path, &mut found)? {
            Some(old) => Old::Cards(old),
            None => Old::Unreadable,
        };
        if files.contains(&file) || matches!(old, Old::Cards(_)) {
            diagnostics.extend(found);
            by_file.insert(file, old);
        }
    }
    Ok(OldCards { by_file })
}

impl OldCards {
    /// Says which notes are gone whose cards are still here.
    fn report_gone(&self, cards: &Path, diagnostics: &mut Vec<Diagnostic>) {
        let mut gone: Vec<(&PathBuf, &NoteDeck)> = self
            .by_file
            .iter()
            .filter_map(|(file, old)| match old {
                Old::Cards(old) => Some((file, old)),
                Old::Unreadable => None,
            })
            .collect();
        gone.sort_by_key(|(file, _)| *file);
        for (file, old) in gone {
            diagnostics.push(
                Diagnostic::warning(
                    "note-gone",
                    format!(
                        "the note {} is not among these; its {} entries stay here and are not exported",
                        old.note,
                        old.entries.len()
                    ),
                )
                .at(Place::file(cards.join(file).display().to_string()))
                .hint("delete the file if you no longer need it, or build all notes together"),
            );
        }
    }

    /// The ids of cards that are not built now: no other entry may get them.
    fn ids(&self) -> HashSet<crate::deck::EntryId> {
        self.by_file
            .values()
            .filter_map(|old| match old {
                Old::Cards(old) => Some(old.entries.iter().map(|entry| entry.id.clone())),
                Old::Unreadable => None,
            })
            .flatten()
            .collect()
    }
}

/// The `.yaml` files below a folder, sorted; none if it is not there.
fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    if !folder.is_dir() {
        return Ok(out);
    }
    for entry in ignore::WalkBuilder::new(folder).standard_filters(false).sort_by_file_path(Path::cmp).build() {
        let entry = entry.map_err(|e| Error::new(format!("cannot read {}", folder.display())).cause(e))?;
        if entry.file_type().is_some_and(|kind| kind.is_file())
            && entry.path().extension().is_some_and(|ending| ending == "yaml")
        {
            out.push(entry.into_path());
        }
    }
    Ok(out)
}

fn read_cards(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Option<NoteDeck>> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| Error::new(format!("cannot read {shown}")).cause(e))?;
    let Ok(text) = String::from_utf8(bytes) else {
        diagnostics.push(
            Diagnostic::error("cards", "this file is no UTF-8 text")
                .at(Place::file(&shown))
                .hint("the file is left as it is"),
        );
        return Ok(None);
    };
    Ok(yaml::read(&shown, &text, diagnostics))
}

/// The deck that `DIR/cards/` holds, whoever wrote it. Files that do not fit are left out, with diagnostics.
///
/// # Errors
/// If the folder cannot be read or holds no cards.
pub fn deck_of(folder: &Path, title: Option<String>, diagnostics: &mut Vec<Diagnostic>) -> Result<Deck> {
    let cards = folder.join(CARDS);
    let mut deck = Deck::default();
    let files = yaml_files(&cards)?;
    if files.is_empty() {
        return Err(Error::new(format!("there are no cards in {}", cards.display()))
            .hint("`amgi extract NOTES… -o DIR` makes them"));
    }
    for path in files {
        deck.notes.extend(read_cards(&path, diagnostics)?);
    }
    for id in merge::twins(&deck.notes) {
        diagnostics.push(
            Diagnostic::error("same-id", format!("the id {} stands twice in {}", id.0, cards.display()))
                .hint("give the entry you added a new id"),
        );
    }
    deck.title = title.unwrap_or_else(|| default_title(&deck, folder));
    Ok(deck)
}

/// A single note's title, else the folder's name.
fn default_title(deck: &Deck, folder: &Path) -> String {
    if let [only] = deck.notes.as_slice() {
        return only.title.clone();
    }
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    folder.file_name().map_or_else(|| "amgi".to_owned(), |name| name.to_string_lossy().into_owned())
}

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

/// Now in UTC; `SOURCE_DATE_EPOCH` (seconds) stands in for the clock.
fn now() -> Timestamp {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse().ok());
    Timestamp(fixed.unwrap_or_else(|| time::OffsetDateTime::now_utc().unix_timestamp()))
}
