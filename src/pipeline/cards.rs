//! `DIR/cards/*.yaml`: read, merged with what the notes say now, written.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::{Input, Written, now, read, write};
use crate::account::{Account, NoteLines};
use crate::deck::merge::Merged;
use crate::deck::{CardsFile, Deck, NoteDeck, assemble, identity, merge, yaml};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::source::Note;

/// The folder of cards files within the output folder.
const CARDS: &str = "cards";

/// What became of the notes: the deck, and what to tell of it.
pub struct Extracted {
    pub deck: Deck,
    /// Where the entries of each of the deck's notes stand.
    pub files: Vec<CardsFile>,
    pub account: Account,
    /// What became of the lines of each note of the input.
    pub lines: Vec<NoteLines>,
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
    let mut lines = Vec::new();
    let mut merged = Merged::default();
    for (note, file) in input.notes.iter().zip(&files) {
        let read = read(note, &input.rules);
        let accounted = NoteLines::of(note, &read.outline, &read.candidates, &input.rules);
        total.add(&accounted.fates);
        lines.push(accounted);
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
    let (written, places) = write_cards(&deck, input, &files, &cards)?;
    Ok(Extracted { deck, files: places, account: total, lines, merged, written })
}

/// Writes the cards files; where in them the entries of each note stand.
fn write_cards(deck: &Deck, input: &Input, files: &[PathBuf], cards: &Path) -> Result<(Vec<Written>, Vec<CardsFile>)> {
    let (mut written, mut places) = (Vec::new(), Vec::new());
    for note in &deck.notes {
        let Some(at) = input.notes.iter().position(|one| one.path == note.note) else { continue };
        let path = cards.join(&files[at]);
        let text = yaml::write(note).map_err(|e| Error::new(format!("cannot put {} into YAML", note.note)).cause(e))?;
        write::write(&path, text.as_bytes())?;
        places.push(cards_file(&files[at], &text));
        written.push(Written { path, bytes: text.len() });
    }
    Ok((written, places))
}

/// `file` is relative to the folder of cards files.
fn cards_file(file: &Path, text: &str) -> CardsFile {
    let parts = file.components().map(|part| part.as_os_str().to_string_lossy());
    let parts: Vec<_> = std::iter::once(CARDS.into()).chain(parts).collect();
    CardsFile { path: parts.join("/"), lines: yaml::entry_lines(text) }
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
            Some((old, _)) => Old::Cards(old),
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

/// The entries of a cards file, and its text.
fn read_cards(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Option<(NoteDeck, String)>> {
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
    Ok(yaml::read(&shown, &text, diagnostics).map(|deck| (deck, text)))
}

/// A deck and where its entries stand.
#[derive(Debug)]
pub struct Cards {
    pub deck: Deck,
    /// One for each of the deck's notes.
    pub files: Vec<CardsFile>,
}

/// The deck alone of [`cards_of`].
///
/// # Errors
/// If the folder cannot be read or holds no cards.
pub fn deck_of(folder: &Path, title: Option<String>, diagnostics: &mut Vec<Diagnostic>) -> Result<Deck> {
    cards_of(folder, title, diagnostics).map(|cards| cards.deck)
}

/// The deck that `DIR/cards/` holds, whoever wrote it. Files that do not fit are left out, with diagnostics.
///
/// # Errors
/// If the folder cannot be read or holds no cards.
pub fn cards_of(folder: &Path, title: Option<String>, diagnostics: &mut Vec<Diagnostic>) -> Result<Cards> {
    let cards = folder.join(CARDS);
    let (mut deck, mut files) = (Deck::default(), Vec::new());
    let paths = yaml_files(&cards)?;
    if paths.is_empty() {
        return Err(Error::new(format!("there are no cards in {}", cards.display()))
            .hint("`amgi extract NOTES… -o DIR` makes them"));
    }
    for path in paths {
        if let Some((note, text)) = read_cards(&path, diagnostics)? {
            files.push(cards_file(path.strip_prefix(&cards).unwrap_or(&path), &text));
            deck.notes.push(note);
        }
    }
    for id in merge::twins(&deck.notes) {
        diagnostics.push(
            Diagnostic::error("same-id", format!("the id {} stands twice in {}", id.0, cards.display()))
                .hint("give the entry you added a new id"),
        );
    }
    deck.title = title.unwrap_or_else(|| default_title(&deck, folder));
    Ok(Cards { deck, files })
}

/// A single note's title, else the folder's name.
fn default_title(deck: &Deck, folder: &Path) -> String {
    if let [only] = deck.notes.as_slice() {
        return only.title.clone();
    }
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    folder.file_name().map_or_else(|| "amgi".to_owned(), |name| name.to_string_lossy().into_owned())
}
