//! The files in `DIR/cards/`: found, read, and written without losing what a person put there.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::write;
use crate::deck::merge::Merged;
use crate::deck::{CardsFile, EntryId, NoteDeck, yaml};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::source::Note;

/// The folder of cards files within the output folder.
pub(super) const CARDS: &str = "cards";

/// A cards file, below `cards/`.
pub(super) struct CardsText {
    pub(super) file: PathBuf,
    pub(super) text: String,
}

/// Where the entries of a cards file stand. `file` is relative to the folder of cards files.
pub(super) fn places(file: &Path, text: &str) -> CardsFile {
    let parts = file.components().map(|part| part.as_os_str().to_string_lossy());
    let parts: Vec<_> = std::iter::once(CARDS.into()).chain(parts).collect();
    CardsFile { path: parts.join("/"), lines: yaml::entry_lines(text) }
}

/// What stands in a cards file.
pub(super) fn text_of(note: &NoteDeck) -> Result<String> {
    yaml::write(note).map_err(|e| Error::new(format!("cannot put {} into YAML", note.note)).cause(e))
}

/// Writes a cards file that had the text `old`.
pub(super) fn write_cards(path: &Path, old: Option<&str>, new: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<()> {
    match old {
        Some(old) => {
            unchanged_since(path, old)?;
            keep_comments(path, old, new, diagnostics)?;
        }
        None if path.exists() => return Err(changed_meanwhile(path)),
        None => {}
    }
    write::write(path, new.as_bytes())
}

/// That nobody saved a cards file while its note was read.
pub(super) fn unchanged_since(path: &Path, text: &str) -> Result<()> {
    match std::fs::read(path) {
        Ok(there) if there != text.as_bytes() => Err(changed_meanwhile(path)),
        _ => Ok(()),
    }
}

fn changed_meanwhile(path: &Path) -> Error {
    Error::new(format!("{} was changed while amgi ran", path.display())).hint("nothing is lost: build again")
}

/// Keeps the old file as `.bak` if it has comments that the new one has not.
fn keep_comments(path: &Path, old: &str, new: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<()> {
    let lines: HashSet<&str> = new.lines().map(str::trim).collect();
    let is_lost = |line: &str| {
        let line = line.trim();
        !lines.contains(line)
            && (line.starts_with('#')
                || line.rsplit_once(" #").is_some_and(|(before, _)| lines.contains(before.trim_end())))
    };
    let Some(line) = old.lines().position(is_lost) else { return Ok(()) };
    // an earlier backup is not overwritten: what it keeps stands nowhere else
    let named = |number: usize| match number {
        1 => path.with_extension("yaml.bak"),
        _ => path.with_extension(format!("yaml.bak{number}")),
    };
    let is_free =
        |backup: &PathBuf| !backup.exists() || std::fs::read(backup).is_ok_and(|there| there == old.as_bytes());
    let backup = (1..1000).map(named).find(is_free).unwrap_or_else(|| named(1000));
    write::write(&backup, old.as_bytes())?;
    diagnostics.push(
        Diagnostic::warning(
            "comments",
            format!("comments do not outlast a build; the file as you left it is {}", backup.display()),
        )
        .at(Place::line(path.display().to_string(), line + 1))
        .hint("put what you want to keep into the entry's `remark:`"),
    );
    Ok(())
}

/// The cards file of each note, below `cards/`: the note's path without its ending, which stays where two notes
/// differ in it only.
pub(super) fn cards_files(notes: &[Note]) -> Vec<PathBuf> {
    let stem = |path: &str| {
        let name_at = path.rfind('/').map_or(0, |at| at + 1);
        match path[name_at..].rfind('.') {
            Some(dot) if dot > 0 => path[..name_at + dot].to_owned(),
            _ => path.to_owned(),
        }
    };
    let mut names: Vec<String> = notes.iter().map(|note| stem(&note.path)).collect();
    // a whole path may be what another has without its ending (`x.md`, `x.txt`, `x.md.md`)
    loop {
        let mut count: HashMap<&str, usize> = HashMap::new();
        names.iter().for_each(|name| *count.entry(name).or_default() += 1);
        let is_shared = |at: &usize| count.get(names[*at].as_str()) > Some(&1) && names[*at] != notes[*at].path;
        let shared: Vec<usize> = (0..names.len()).filter(is_shared).collect();
        if shared.is_empty() {
            return names.into_iter().map(|name| PathBuf::from(name + ".yaml")).collect();
        }
        shared.into_iter().for_each(|at| names[at].clone_from(&notes[at].path));
    }
}

/// What `cards/` held before.
pub(super) struct OldCards {
    pub(super) files: Vec<OldFile>,
    /// Left byte for byte as they are; the diagnostics say why.
    pub(super) unreadable: HashSet<PathBuf>,
    /// The ids that stand in those.
    unreadable_ids: Vec<EntryId>,
}

pub(super) struct OldFile {
    pub(super) file: PathBuf,
    pub(super) text: String,
    /// The note's name, and how many entries it had.
    pub(super) note: String,
    entries: usize,
    pub(super) deck: NoteDeck,
}

pub(super) fn old_cards(cards: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<OldCards> {
    let mut old = OldCards { files: Vec::new(), unreadable: HashSet::new(), unreadable_ids: Vec::new() };
    for path in yaml_files(cards)? {
        let Ok(file) = path.strip_prefix(cards).map(Path::to_path_buf) else { continue };
        let mut found = Vec::new();
        match read_cards(&path, &mut found)? {
            Some((deck, text)) => {
                diagnostics.extend(found);
                let (note, entries) = (deck.note.clone(), deck.entries.len());
                old.files.push(OldFile { file, text, note, entries, deck });
            }
            None => {
                diagnostics.extend(found);
                old.unreadable.insert(file);
                old.unreadable_ids.extend(ids_in(&path)?);
            }
        }
    }
    Ok(old)
}

impl OldCards {
    /// Says which notes are gone whose cards are still here.
    pub(super) fn report_gone(
        &self,
        cards: &Path,
        own: &[Option<usize>],
        merged: &Merged,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for (at, old) in self.files.iter().enumerate() {
            if own.contains(&Some(at)) || merged.renamed_notes.iter().any(|(renamed, _)| *renamed == at) {
                continue;
            }
            diagnostics.push(
                Diagnostic::warning(
                    "note-gone",
                    format!(
                        "the note {} is not among these; its {} entries stay here and are not exported",
                        old.note, old.entries
                    ),
                )
                .at(Place::file(cards.join(&old.file).display().to_string()))
                .hint("delete the file if you no longer need it, or build all notes together"),
            );
        }
    }

    /// The ids that were given before: no other entry may get them.
    pub(super) fn ids(&self) -> HashSet<EntryId> {
        let read = self.files.iter().flat_map(|old| old.deck.entries.iter().map(|entry| &entry.id));
        read.chain(&self.unreadable_ids).cloned().collect()
    }
}

/// The ids that stand in a cards file, whatever else is wrong with it.
fn ids_in(path: &Path) -> Result<Vec<EntryId>> {
    let bytes = std::fs::read(path).map_err(|e| Error::new(format!("cannot read {}", path.display())).cause(e))?;
    let id = |line: &str| {
        let value = line.trim_start_matches(['-', ' ']).strip_prefix("id:")?;
        Some(EntryId(value.trim().trim_matches(['"', '\'']).to_owned()))
    };
    Ok(String::from_utf8_lossy(&bytes).lines().filter_map(id).collect())
}

/// The `.yaml` files below a folder, sorted; none if it is not there.
pub(super) fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    if !folder.is_dir() {
        return Ok(out);
    }
    for entry in ignore::WalkBuilder::new(folder).standard_filters(false).sort_by_file_path(Path::cmp).build() {
        let entry = entry.map_err(|e| Error::new(format!("cannot read {}", folder.display())).cause(e))?;
        // a link to a file is one
        if entry.path().is_file() && entry.path().extension().is_some_and(|ending| ending == "yaml") {
            out.push(entry.into_path());
        }
    }
    Ok(out)
}

pub(super) fn read_cards(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Option<(NoteDeck, String)>> {
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
