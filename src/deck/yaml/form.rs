//! One entry of a cards file as a flat struct: all keys that any kind has, and which of them each kind needs.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::deck::fingerprint::Fingerprint;
use crate::deck::{Content, Entry, EntryId, FactKind, Kind, Row, Source, Timestamp};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryForm {
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

/// An entry as it is written.
pub(super) fn form(entry: &Entry) -> EntryForm {
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

/// An entry from its form; else the key that is wrong, and why.
pub(super) fn entry(form: EntryForm) -> Result<Entry, (&'static str, String)> {
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
