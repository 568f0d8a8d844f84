//! What a build changes against the last one, and what is left to do by hand in Anki.

use std::fmt::Write as _;

use serde_json::json;

use crate::deck::merge::{Change, How, Merged};
use crate::export::note_numbers;
use crate::render::MessageFormat;

impl How {
    /// As `amgi diff` names it.
    pub fn name(&self) -> &'static str {
        match self {
            How::New => "new",
            How::Changed => "changed",
            How::Edited => "edited",
            How::Renamed { .. } => "renamed",
            How::Moved { .. } => "moved",
            How::Upstream => "upstream",
            How::Gone => "gone",
        }
    }
}

/// Every change, one on a line, for people or as JSON; with a word on what Anki does not do by itself.
pub fn diff(merged: &Merged, format: MessageFormat) -> String {
    let mut out = String::new();
    for change in &merged.changes {
        let _ = match format {
            MessageFormat::Json => writeln!(out, "{}", as_json(change)),
            _ => writeln!(out, "{:<9} {}{}  ({})", change.how.name(), change.label, from(&change.how), change.note),
        };
    }
    if format != MessageFormat::Json {
        out.push_str(&counts(merged).unwrap_or_else(|| "nothing changed\n".to_owned()));
        out.push_str(&by_hand(merged));
    }
    out
}

fn from(how: &How) -> String {
    match how {
        How::Renamed { from } => format!(" ← {from}"),
        How::Moved { from } => format!(" ← {}", from.join(" / ")),
        _ => String::new(),
    }
}

/// `{"type": "change", "how", "id", "label", "note", "from"?, "anki_notes"}`.
fn as_json(change: &Change) -> serde_json::Value {
    let mut value = json!({
        "type": "change",
        "how": change.how.name(),
        "id": change.id.0,
        "label": change.label,
        "note": change.note,
        "anki_notes": note_numbers(&change.id),
    });
    match &change.how {
        How::Renamed { from } => value["from"] = json!(from),
        How::Moved { from } => value["from"] = json!(from),
        _ => {}
    }
    value
}

/// `since last time: 3 new, 1 changed`; none if nothing changed or there was no last time.
pub(super) fn counts(merged: &Merged) -> Option<String> {
    type Which = fn(&How) -> bool;
    let of: [(&str, Which); 7] = [
        ("new", |how| matches!(how, How::New)),
        ("changed", |how| matches!(how, How::Changed)),
        ("edited by you", |how| matches!(how, How::Edited)),
        ("renamed", |how| matches!(how, How::Renamed { .. })),
        ("in another section", |how| matches!(how, How::Moved { .. })),
        ("changed under your edit", |how| matches!(how, How::Upstream)),
        ("gone", |how| matches!(how, How::Gone)),
    ];
    let said: Vec<String> = of
        .into_iter()
        .map(|(name, which)| (name, merged.count(which)))
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    (merged.again && !said.is_empty()).then(|| format!("since last time: {}\n", said.join(", ")))
}

/// What Anki leaves to the learner: an import neither moves cards that are there nor deletes any.
pub(super) fn by_hand(merged: &Merged) -> String {
    let search = |which: fn(&How) -> bool, what: &str| {
        let numbers: Vec<String> = merged
            .changes
            .iter()
            .filter(|change| which(&change.how))
            .flat_map(|change| note_numbers(&change.id))
            .map(|number| number.to_string())
            .collect();
        if numbers.is_empty() {
            return String::new();
        }
        format!("in Anki, {what}; paste this into the browser's search:\n  nid:{}\n", numbers.join(","))
    };
    search(|how| matches!(how, How::Moved { .. }), "cards that are there stay in their old deck until you move them")
        + &search(|how| matches!(how, How::Gone), "cards of what is gone stay until you delete them")
}
