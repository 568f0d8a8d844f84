//! `DIR/cards/*.yaml`: read, merged with what the notes say now, written.

use std::path::{Path, PathBuf};

use super::cards_files::{
    CARDS, CardsText, cards_files, old_cards, places, read_cards, text_of, unchanged_since, write_cards, yaml_files,
};
use super::{Input, Written, now, read};
use crate::account::{Account, NoteLines};
use crate::deck::merge::Merged;
use crate::deck::{CardsFile, Deck, assemble, merge};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::source::Note;

/// What became of the notes: the deck, and what to tell of it.
pub struct Extracted {
    pub deck: Deck,
    /// Where the entries of each of the deck's notes stand.
    pub files: Vec<CardsFile>,
    pub account: Account,
    /// What became of the lines of each note of the input.
    pub lines: Vec<NoteLines>,
    pub merged: Merged,
    /// `DIR/cards`.
    cards: PathBuf,
    /// What is to be written there.
    new_files: Vec<CardsText>,
    /// What was read there.
    old_files: Vec<CardsText>,
}

/// What the notes say, merged with `DIR/cards/*.yaml`; nothing is written yet.
///
/// # Errors
/// If the folder cannot be read.
pub fn extract(
    input: &Input,
    output: &Path,
    title: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Extracted> {
    let now = now();
    let cards = output.join(CARDS);
    let files = cards_files(&input.notes);
    let mut old = old_cards(&cards, diagnostics)?;
    let mut deck = Deck::default();
    let mut total = Account::default();
    let (mut own, mut lines) = (Vec::new(), Vec::new());
    for (note, file) in input.notes.iter().zip(&files) {
        let read = read(note, &input.rules);
        let accounted = NoteLines::of(note, &read.outline, &read.candidates, &input.rules);
        total.add(&accounted.fates);
        lines.push(accounted);
        let cards = assemble::assemble(note, &read.outline, read.candidates);
        if cards.entries.is_empty() && !note.text.trim().is_empty() {
            diagnostics.push(nothing_found(note));
        }
        if !old.unreadable.contains(file) {
            own.push(old.files.iter().position(|old| old.file == *file));
            deck.notes.push(cards);
        }
    }
    // a note that is there and only not built now has not been renamed
    let is_gone = |at: &usize| !input.folder.join(&old.files[*at].note).exists();
    let gone: Vec<usize> = (0..old.files.len()).filter(is_gone).collect();
    let taken = old.ids();
    let decks = old.files.iter_mut().map(|old| std::mem::take(&mut old.deck)).collect();
    let merged = merge::merge(&mut deck, decks, &own, &gone, taken, now);
    old.report_gone(&cards, &own, &merged, diagnostics);
    deck.title = title
        .map(str::to_owned)
        .or_else(|| input.settings.title.clone())
        .unwrap_or_else(|| default_title(&deck, &input.folder));
    let (mut new_files, mut entry_places) = (Vec::new(), Vec::new());
    for note in &deck.notes {
        let Some(at) = input.notes.iter().position(|one| one.path == note.note) else { continue };
        let text = text_of(note)?;
        entry_places.push(places(&files[at], &text));
        new_files.push(CardsText { file: files[at].clone(), text });
    }
    let old_files = old.files.into_iter().map(|old| CardsText { file: old.file, text: old.text }).collect();
    Ok(Extracted { deck, files: entry_places, account: total, lines, merged, cards, new_files, old_files })
}

/// What is said of a note that has lines and gives no entries.
pub(super) fn nothing_found(note: &Note) -> Diagnostic {
    Diagnostic::warning("nothing-found", "no rule found anything in this note")
        .at(Place::file(&note.shown))
        .hint(format!("`amgi explain {}` shows what became of each line", note.shown))
}

impl Extracted {
    /// Writes the cards files. A person's comments, which YAML does not keep, go to a `.bak` beside the file.
    ///
    /// # Errors
    /// If a file cannot be written, or was changed since it was read.
    pub fn write(&self, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<Written>> {
        let mut written = Vec::new();
        for new in &self.new_files {
            let path = self.cards.join(&new.file);
            let old = self.old_files.iter().find(|old| old.file == new.file);
            write_cards(&path, old.map(|old| old.text.as_str()), &new.text, diagnostics)?;
            written.push(Written { path, bytes: new.text.len() });
        }
        for (place, note) in &self.merged.renamed_notes {
            let Some(old) = self.old_files.get(*place) else { continue };
            let path = self.cards.join(&old.file);
            unchanged_since(&path, &old.text)?;
            std::fs::remove_file(&path)
                .map_err(|e| Error::new(format!("cannot take away {}", path.display())).cause(e))?;
            diagnostics.push(
                Diagnostic::note("note-renamed", format!("its cards go on as those of {note}"))
                    .at(Place::file(path.display().to_string())),
            );
        }
        Ok(written)
    }
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

/// The deck that `DIR/cards/` holds, whoever wrote it. Files that do not fit are left out, with diagnostics. Where a
/// person edited an entry since the last build, its `changed` is brought up to date there too: Anki goes by it.
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
        let Some((mut note, mut text)) = read_cards(&path, diagnostics)? else { continue };
        if merge::settle(&mut note, now()) {
            let new = text_of(&note)?;
            write_cards(&path, Some(&text), &new, diagnostics)?;
            text = new;
        }
        files.push(places(path.strip_prefix(&cards).unwrap_or(&path), &text));
        deck.notes.push(note);
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
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    folder.file_name().map_or_else(|| "amgi".to_owned(), |name| name.to_string_lossy().into_owned())
}
