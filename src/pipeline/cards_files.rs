//! The files in `DIR/cards/`: found, read, and written without losing what a person put there.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::write;
use crate::deck::merge::Merged;
use crate::deck::{CardsFile, NoteDeck, yaml};
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
    if let Some(old) = old {
        unchanged_since(path, old)?;
        keep_comments(path, old, new, diagnostics)?;
    }
    write::write(path, new.as_bytes())
}

/// That nobody saved a cards file while its note was read.
pub(super) fn unchanged_since(path: &Path, text: &str) -> Result<()> {
    match std::fs::read_to_string(path) {
        Ok(there) if there != text => {
            Err(Error::new(format!("{} was changed while amgi ran", path.display()))
                .hint("nothing is lost: build again"))
        }
        _ => Ok(()),
    }
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
pub(super) struct OldCards {
    pub(super) files: Vec<OldFile>,
    /// Left byte for byte as they are; the diagnostics say why.
    pub(super) unreadable: HashSet<PathBuf>,
}

pub(super) struct OldFile {
    pub(super) file: PathBuf,
    pub(super) text: String,
    /// The note's name, and how many entries it had.
    pub(super) note: String,
    entries: usize,
    pub(super) deck: NoteDeck,
}

pub(super) fn old_cards(cards: &Path, files: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Result<OldCards> {
    let mut old = OldCards { files: Vec::new(), unreadable: HashSet::new() };
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
                if files.contains(&file) {
                    diagnostics.extend(found);
                }
                old.unreadable.insert(file);
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
    pub(super) fn ids(&self) -> HashSet<crate::deck::EntryId> {
        self.files.iter().flat_map(|old| old.deck.entries.iter().map(|entry| entry.id.clone())).collect()
    }
}

/// The `.yaml` files below a folder, sorted; none if it is not there.
pub(super) fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>> {
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
