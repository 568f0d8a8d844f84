//! `out/cards/<note>.yaml`, written and read.
//!
//! It is read entry by entry into flat structs, so that every bad entry is reported with its own line: serde_yaml
//! stops at the first error of a file and reports a tagged enum at the wrong place.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::fingerprint::Fingerprint;
use super::{Content, Entry, EntryId, FactKind, Kind, NoteDeck, Row, Source, Timestamp};
use crate::diagnostic::{Diagnostic, Place};

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

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryForm {
    id: String,
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    term: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    full: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    details: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subjects: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<RowForm>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    section: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<SourceForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    drop: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upstream: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    priority: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forward: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reverse: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowForm {
    #[serde(default)]
    aspect: String,
    cells: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceForm {
    file: String,
    lines: String,
}

/// The YAML of a note's entries.
///
/// # Errors
/// If serde_yaml cannot write it, which it can for every deck.
pub fn write(note: &NoteDeck) -> Result<String, serde_yaml::Error> {
    let entries = note.entries.iter().map(form).collect();
    serde_yaml::to_string(&FileForm { amgi: VERSION, note: &note.note, title: &note.title, entries })
}

fn form(entry: &Entry) -> EntryForm {
    let mut form = EntryForm {
        id: entry.id.0.clone(),
        kind: entry.content.kind(),
        term: None,
        full: None,
        answer: None,
        details: None,
        subjects: None,
        rows: None,
        text: None,
        section: entry.section.clone(),
        tags: entry.tags.clone(),
        source: entry
            .source
            .as_ref()
            .map(|source| SourceForm { file: source.file.clone(), lines: lines_text(&source.lines) }),
        rule: entry.rule.clone(),
        changed: entry.changed.map(timestamp_text),
        fingerprint: entry.fingerprint.as_ref().map(Fingerprint::text),
        remark: entry.remark.clone(),
        drop: entry.drop,
        upstream: entry.upstream.clone(),
        priority: entry.priority,
        forward: entry.forward,
        reverse: entry.reverse,
    };
    match entry.content.clone() {
        Content::Fact { term, answer, details, .. } => {
            form.term = Some(term);
            form.answer = Some(answer);
            form.details = details;
        }
        Content::Expansion { term, full } => {
            form.term = Some(term);
            form.full = Some(full);
        }
        Content::Comparison { subjects, rows } => {
            form.subjects = Some(subjects);
            form.rows = Some(rows.into_iter().map(|Row { aspect, cells }| RowForm { aspect, cells }).collect());
        }
        Content::Cloze { text } => form.text = Some(text),
    }
    form
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

/// An entry from its form; else the key that is wrong, and why.
fn entry(form: EntryForm) -> Result<Entry, (&'static str, String)> {
    if !form.id.starts_with(|c: char| c.is_ascii_alphabetic())
        || form.id.len() > 64
        || !form.id.chars().all(|c| c.is_ascii_alphanumeric())
    {
        return Err(("id", "an id is letters and digits, a letter first".to_owned()));
    }
    let missing = |key: &'static str| move || (key, format!("a {} needs `{key}`", form.kind.name()));
    let only = |key: &'static str, set: bool| {
        if set { Err((key, format!("a {} has no `{key}`", form.kind.name()))) } else { Ok(()) }
    };
    let fact = matches!(form.kind, Kind::Definition | Kind::Points | Kind::Cue);
    only("answer", !fact && form.answer.is_some())?;
    only("details", !fact && form.details.is_some())?;
    only("full", form.kind != Kind::Expansion && form.full.is_some())?;
    only("subjects", form.kind != Kind::Comparison && form.subjects.is_some())?;
    only("rows", form.kind != Kind::Comparison && form.rows.is_some())?;
    only("text", form.kind != Kind::Cloze && form.text.is_some())?;
    only("term", matches!(form.kind, Kind::Comparison | Kind::Cloze) && form.term.is_some())?;
    let content = match form.kind {
        Kind::Definition | Kind::Points | Kind::Cue => Content::Fact {
            kind: match form.kind {
                Kind::Points => FactKind::Points,
                Kind::Cue => FactKind::Cue,
                _ => FactKind::Definition,
            },
            term: form.term.ok_or_else(missing("term"))?,
            answer: form.answer.ok_or_else(missing("answer"))?,
            details: form.details,
        },
        Kind::Expansion => Content::Expansion {
            term: form.term.ok_or_else(missing("term"))?,
            full: form.full.ok_or_else(missing("full"))?,
        },
        Kind::Comparison => {
            comparison(form.subjects.ok_or_else(missing("subjects"))?, form.rows.ok_or_else(missing("rows"))?)?
        }
        Kind::Cloze => {
            Content::Cloze { text: form.text.filter(|text| text.contains("{{")).ok_or_else(missing("text"))? }
        }
    };
    Ok(Entry {
        id: EntryId(form.id),
        content,
        section: form.section,
        tags: form.tags,
        source: form.source.map(source).transpose()?,
        rule: form.rule,
        changed: form.changed.map(|text| timestamp(&text)).transpose()?,
        fingerprint: form.fingerprint.as_deref().map(Fingerprint::parse),
        remark: form.remark,
        drop: form.drop,
        upstream: form.upstream,
        priority: form.priority,
        forward: form.forward,
        reverse: form.reverse,
    })
}

fn comparison(subjects: Vec<String>, rows: Vec<RowForm>) -> Result<Content, (&'static str, String)> {
    if subjects.len() < 2 {
        return Err(("subjects", "a comparison has at least two subjects".to_owned()));
    }
    if let Some(row) = rows.iter().find(|row| row.cells.len() != subjects.len()) {
        return Err(("rows", format!("a row has {} cells for {} subjects", row.cells.len(), subjects.len())));
    }
    Ok(Content::Comparison {
        subjects,
        rows: rows.into_iter().map(|RowForm { aspect, cells }| Row { aspect, cells }).collect(),
    })
}

fn source(form: SourceForm) -> Result<Source, (&'static str, String)> {
    let lines =
        lines(&form.lines).ok_or_else(|| ("source", format!("`{}` is no list of lines like 24-26,28", form.lines)))?;
    Ok(Source { file: form.file, lines })
}

/// `24`, `24-26`, `24,26-28`.
fn lines(text: &str) -> Option<Vec<usize>> {
    let mut out = Vec::new();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        if from > to || to - from > 10_000_000 {
            return None;
        }
        out.extend(from..=to);
    }
    Some(out)
}

fn lines_text(lines: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => parts.push((*line, *line)),
        }
    }
    parts
        .iter()
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") })
        .collect::<Vec<_>>()
        .join(",")
}

fn timestamp(text: &str) -> Result<Timestamp, (&'static str, String)> {
    OffsetDateTime::parse(text, &Rfc3339)
        .map(|time| Timestamp(time.unix_timestamp()))
        .map_err(|_| ("changed", format!("`{text}` is no time like 2026-01-31T09:30:00Z")))
}

fn timestamp_text(time: Timestamp) -> String {
    OffsetDateTime::from_unix_timestamp(time.0).ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default()
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
