//! One entry of before, carried over into what it is now.

use super::fingerprint::{self, Fingerprint};
use super::merge::{How, Merged, change};
use super::{Content, Entry, NoteDeck, Timestamp};
use crate::letter::key;

/// What stays of an entry of before, aspect by aspect: what a person edited, else what the notes say now.
pub(super) fn carry(
    entry: &mut Entry,
    before: &Entry,
    print: Fingerprint,
    now: Timestamp,
    note: &str,
    merged: &mut Merged,
) {
    let was = before.fingerprint.clone().unwrap_or_default();
    let before_print = fingerprint::content(&before.content);
    let mut tell = |how: How, entry: &Entry| merged.changes.push(change(how, entry, note));
    entry.id = before.id.clone();
    entry.changed = before.changed.or(Some(now));
    keep_by_hand(entry, before, &was);
    if is_edited(&was.content, &before_print) && print.content.as_ref() != Some(&before_print) {
        keep_content(entry, before, &was, was.content != print.content, &mut tell);
    } else {
        if is_edited(&was.kind, &fingerprint::kind(&before.content)) {
            entry.content.set_fact_kind(before.content.fact_kind());
        }
        let renamed = key(&before.content.label()) != key(&entry.content.label());
        if renamed {
            tell(How::Renamed { from: before.content.label() }, entry);
        } else if fingerprint::content(&entry.content) != before_print {
            tell(How::Changed, entry);
        }
    }
    if entry.section != before.section {
        tell(How::Moved { from: before.section.clone() }, entry);
    }
    let written = fingerprint::content(&entry.content);
    if is_unwritten(before, &was, &written) {
        entry.changed = Some(now);
        if written == before_print {
            tell(How::Edited, entry);
        }
    }
    entry.fingerprint = Some(Fingerprint { written: Some(written), ..print });
}

/// Whether an aspect is another than what was generated.
fn is_edited(was: &Option<String>, is: &str) -> bool {
    was.as_ref().is_some_and(|was| was != is)
}

/// Whether an entry has what only a person gives one.
pub(super) fn is_marked_by_hand(entry: &Entry) -> bool {
    let Entry { remark, drop, priority, forward, reverse, .. } = entry;
    *drop || remark.is_some() || priority.is_some() || forward.is_some() || reverse.is_some()
}

/// What only a person gives an entry, and the tags and the section that a person changed.
fn keep_by_hand(entry: &mut Entry, before: &Entry, was: &Fingerprint) {
    entry.remark.clone_from(&before.remark);
    entry.drop = before.drop;
    entry.priority = before.priority;
    entry.forward = before.forward;
    entry.reverse = before.reverse;
    if was.tags.is_none() {
        let more = before.tags.iter().filter(|tag| !entry.tags.contains(tag)).cloned().collect::<Vec<_>>();
        entry.tags.extend(more);
    } else if is_edited(&was.tags, &fingerprint::tags(&before.tags)) {
        entry.tags.clone_from(&before.tags);
    }
    if is_edited(&was.section, &fingerprint::section(&before.section)) {
        entry.section.clone_from(&before.section);
    }
}

/// Keeps what a person wrote; what the notes say now goes into `upstream` if they `moved_on` since.
fn keep_content(
    entry: &mut Entry,
    before: &Entry,
    was: &Fingerprint,
    moved_on: bool,
    tell: &mut impl FnMut(How, &Entry),
) {
    entry.upstream.clone_from(&before.upstream);
    if moved_on && !entry.drop {
        entry.upstream = Some(said(&entry.content));
        tell(How::Upstream, entry);
    }
    let kind = entry.content.fact_kind();
    entry.content = before.content.clone();
    // the person's kind stays only if it was the person who gave it
    if !is_edited(&was.kind, &fingerprint::kind(&before.content)) {
        entry.content.set_fact_kind(kind);
    }
}

/// Whether an entry says something that it did not say when its `changed` was set.
pub(super) fn is_unwritten(before: &Entry, was: &Fingerprint, print: &str) -> bool {
    match &was.written {
        Some(written) => written != print,
        // of an earlier amgi, or never built
        None => before.changed.is_none() || was.content.as_ref().is_some_and(|content| content != print),
    }
}

/// Brings the times of edits up to date where no notes are at hand; whether there was any.
pub fn settle(note: &mut NoteDeck, now: Timestamp) -> bool {
    let mut any = false;
    for entry in &mut note.entries {
        let was = entry.fingerprint.clone().unwrap_or_default();
        let print = fingerprint::content(&entry.content);
        if is_unwritten(entry, &was, &print) {
            entry.changed = Some(now);
            entry.fingerprint = Some(Fingerprint { written: Some(print), ..was });
            any = true;
        }
    }
    any
}

/// What the notes say, on one line, for the person who decides.
fn said(content: &Content) -> String {
    match content {
        Content::Fact { term, answer, .. } => format!("{term}: {answer}"),
        Content::Expansion { term, full } => format!("{term}: {full}"),
        Content::Comparison { subjects, rows } => {
            let rows: Vec<String> =
                rows.iter().map(|row| format!("{}: {}", row.aspect, row.cells.join(" | "))).collect();
            format!("{}; {}", subjects.join(" vs "), rows.join("; "))
        }
        Content::Cloze { text } => text.clone(),
    }
}
