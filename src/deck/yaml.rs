//! `out/cards/<note>.yaml`, written and read.
//!
//! It is read entry by entry into flat structs, so that every bad entry is reported with its own line: serde_yaml
//! stops at the first error of a file and reports a tagged enum at the wrong place.

mod form;
mod plain;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Entry, NoteDeck};
use crate::diagnostic::{Diagnostic, Place};
use form::{EntryForm, entry, form};

/// The version of the format: `amgi: 1`.
pub const VERSION: u64 = 1;

#[derive(Serialize)]
struct FileForm<'a> {
    amgi: u64,
    note: &'a str,
    title: &'a str,
    entries: Vec<EntryForm>,
}

/// The version alone: a newer format may have keys that this program does not know.
#[derive(Deserialize)]
struct VersionForm {
    amgi: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadForm {
    #[serde(rename = "amgi")]
    _amgi: u64,
    note: String,
    title: String,
    #[serde(default, rename = "entries")]
    _entries: Option<serde::de::IgnoredAny>,
}

/// The YAML of a note's entries.
///
/// # Errors
/// If serde_yaml cannot write it, which it can for every deck.
pub fn write(note: &NoteDeck) -> Result<String, serde_yaml::Error> {
    let entries = note.entries.iter().map(form).collect();
    let yaml = serde_yaml::to_string(&FileForm { amgi: VERSION, note: &note.note, title: &note.title, entries })?;
    Ok(plain::quoted(&yaml))
}

/// Reads a cards file. What is wrong with it is said entry by entry; `None` if anything is.
pub fn read(path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<NoteDeck> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let chunks = chunks(&lines);
    // the head alone first: the entries are read one by one below
    let head_text: String = match (chunks.first(), chunks.last()) {
        (Some(first), Some(last)) => lines[..first.start].iter().chain(&lines[last.end..]).copied().collect(),
        _ => text.to_owned(),
    };
    if let Ok(VersionForm { amgi }) = serde_yaml::from_str(&head_text)
        && amgi != VERSION
    {
        let line = text.lines().position(|line| line.starts_with("amgi:")).map_or(1, |line| line + 1);
        let (message, hint) = if amgi > VERSION {
            (
                format!("this file is of a newer amgi (format {amgi}; this program knows {VERSION})"),
                "update amgi; the file is left as it is",
            )
        } else {
            (format!("there is no format {amgi}"), "the first line of a cards file is `amgi: 1`")
        };
        diagnostics.push(Diagnostic::error("cards-version", message).at(Place::line(path, line)).hint(hint));
        return None;
    }
    let head: HeadForm = match serde_yaml::from_str(&head_text) {
        Ok(head) => head,
        Err(error) => {
            diagnostics.push(misfit(path, text, &error, 0));
            return None;
        }
    };
    let mut entries = Vec::new();
    let before = diagnostics.len();
    for range in chunks {
        entries.extend(read_entry(path, text, &lines, range, diagnostics));
    }
    (diagnostics.len() == before).then_some(NoteDeck { note: head.note, title: head.title, entries })
}

/// The 1-based line where each entry of a cards file begins, in their order.
pub fn entry_lines(text: &str) -> Vec<usize> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    chunks(&lines).into_iter().map(|chunk| chunk.start + 1).collect()
}

/// The line ranges of the items of the list under `entries:`.
fn chunks(lines: &[&str]) -> Vec<Range<usize>> {
    let Some(at) = lines.iter().position(|line| line.starts_with("entries:")) else { return Vec::new() };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let Some(first) = (at + 1..lines.len()).find(|i| lines[*i].trim_start().starts_with('-')) else {
        return Vec::new();
    };
    let own = indent(lines[first]);
    let is_end =
        |line: &str| indent(line) <= own && !line.trim().is_empty() && !line.trim_start().starts_with(['-', '#']);
    let end = (first..lines.len()).find(|i| is_end(lines[*i])).unwrap_or(lines.len());
    let starts: Vec<usize> = (first..end)
        .filter(|i| indent(lines[*i]) == own && (lines[*i].trim_start().starts_with("- ") || lines[*i].trim() == "-"))
        .collect();
    starts.iter().enumerate().map(|(k, start)| *start..starts.get(k + 1).copied().unwrap_or(end)).collect()
}

fn read_entry(
    path: &str,
    text: &str,
    lines: &[&str],
    range: Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Entry> {
    let chunk: String = lines.get(range.clone())?.concat();
    match serde_yaml::from_str::<Vec<EntryForm>>(&chunk) {
        Ok(forms) => {
            let form = forms.into_iter().next()?;
            match entry(form) {
                Ok(entry) => Some(entry),
                Err((key, message)) => {
                    let at = range
                        .clone()
                        .find(|i| lines[*i].trim_start_matches(['-', ' ']).starts_with(&format!("{key}:")))
                        .unwrap_or(range.start);
                    let line = lines[at].trim_end_matches('\n');
                    let start = line.len() - line.trim_start_matches(['-', ' ']).len();
                    diagnostics.push(Diagnostic::error("cards-entry", message).at(Place::marked(
                        path,
                        at + 1,
                        line,
                        start..line.len(),
                    )));
                    None
                }
            }
        }
        Err(error) => {
            diagnostics.push(misfit(path, text, &error, range.start));
            None
        }
    }
}

/// What serde_yaml says of a piece of the file that begins after `skipped` lines.
fn misfit(path: &str, text: &str, error: &serde_yaml::Error, skipped: usize) -> Diagnostic {
    let message = error.to_string();
    let said = message.split(" at line ").next().unwrap_or(&message);
    let said =
        said.split_once("]: ").filter(|(path, _)| path.starts_with(".[")).map_or(said, |(_, said)| said).to_owned();
    let place = error.location().map_or_else(
        || Place::line(path, skipped + 1),
        |at| Place::in_text(path, text, skipped + at.line(), at.column()),
    );
    Diagnostic::error("cards", said).at(place).hint("the file is left as it is until it fits")
}
