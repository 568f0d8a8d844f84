//! What a build tells at its end.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

use crate::account::Account;
use crate::deck::merge::Merged;
use crate::deck::{Deck, Kind};

/// A file that was made. `bytes` is its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    pub bytes: usize,
}

/// The end of a build: entries by kind, lines accounted for, files written, time.
#[derive(Debug)]
pub struct Summary<'a> {
    pub deck: &'a Deck,
    /// None for an export, which sees no notes.
    pub account: Option<&'a Account>,
    pub merged: Option<&'a Merged>,
    pub written: &'a [Written],
    pub took: Duration,
}

impl Summary<'_> {
    fn kinds(&self) -> Vec<(Kind, usize)> {
        let count = |kind| self.deck.entries().filter(|(_, entry)| entry.content.kind() == kind).count();
        Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect()
    }

    /// For people; every line ends with a line break.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let kinds: Vec<String> =
            self.kinds().into_iter().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
        let _ = writeln!(out, "{}: {} entries ({})", self.deck.title, self.deck.entries().count(), kinds.join(", "));
        if let Some(counts) = self.merged.and_then(super::diff::counts) {
            let _ = write!(out, "  {counts}");
        }
        if let Some(account) = self.account {
            let left: usize = account.left_out.values().sum();
            let percent = |part: usize| 100 * part / account.lines.max(1);
            let _ = writeln!(
                out,
                "  {} lines: {} on cards ({} %), {} headings above them, {left} left out",
                account.lines,
                account.on_cards,
                percent(account.on_cards),
                account.context
            );
            if left > 0 {
                let reasons: Vec<String> =
                    account.left_out.iter().map(|(reason, count)| format!("{count} {}", reason.name())).collect();
                let _ = writeln!(out, "  left out: {}", reasons.join(", "));
            }
        }
        for written in self.written {
            let _ = writeln!(out, "  {} ({})", written.path.display(), size(written.bytes));
        }
        let _ = writeln!(out, "  done in {:.2} s", self.took.as_secs_f64());
        out
    }

    /// `{"type": "summary", "title", "entries": {kind: count}, "lines", "written": [{path, bytes}], "seconds"}`.
    pub fn json(&self) -> String {
        let entries: serde_json::Map<String, serde_json::Value> =
            self.kinds().into_iter().map(|(kind, count)| (kind.name().to_owned(), json!(count))).collect();
        let written: Vec<_> =
            self.written.iter().map(|written| json!({"path": written.path, "bytes": written.bytes})).collect();
        let value = json!({
            "type": "summary",
            "title": self.deck.title,
            "entries": entries,
            "lines": self.account,
            "written": written,
            "seconds": self.took.as_secs_f64(),
        });
        format!("{value}\n")
    }
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
