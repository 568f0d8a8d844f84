//! `amgi explain`: what became of each line.

use std::fmt::Write as _;

use serde_json::json;

use crate::account::{Fate, account};
use crate::render::MessageFormat;
use crate::rule::Rules;
use crate::source::Note;

/// One line of output for each line of the note, or for `only` (1-based).
pub fn explain(note: &Note, rules: &Rules, only: Option<usize>, format: MessageFormat, colour: bool) -> String {
    let read = super::read(note, rules);
    let fates = account(note, &read.outline, &read.candidates, rules);
    let labels = labels(&read.candidates, fates.len());
    let mut out = String::new();
    for (at, (line, fate)) in note.text.split('\n').zip(&fates).enumerate() {
        if only.is_some_and(|only| only != at + 1) {
            continue;
        }
        match format {
            MessageFormat::Json => {
                let value =
                    json!({"type": "line", "line": at + 1, "text": line, "fate": fate, "entries": labels.get(at)});
                let _ = writeln!(out, "{value}");
            }
            _ => {
                people(&mut out, at + 1, line, fate, labels.get(at).map_or(&[], Vec::as_slice), only.is_some(), colour)
            }
        }
    }
    out
}

/// For each line the labels of the entries that have it, with the rule.
fn labels(candidates: &[crate::extract::Candidate], lines: usize) -> Vec<Vec<String>> {
    let mut out = vec![Vec::new(); lines];
    for candidate in candidates {
        let label =
            format!("{} `{}` by {}", candidate.content.kind().name(), candidate.content.label(), candidate.rule);
        for line in candidate.lines.iter().chain(&candidate.term_lines) {
            if let Some(slot) = line.checked_sub(1).and_then(|at| out.get_mut(at))
                && !slot.contains(&label)
            {
                slot.push(label.clone());
            }
        }
    }
    out
}

fn people(out: &mut String, number: usize, line: &str, fate: &Fate, labels: &[String], whole: bool, colour: bool) {
    let (letter, paint, why) = match fate {
        Fate::Blank => (' ', "0", String::new()),
        Fate::Answer { rule } => ('A', "32", rule.clone()),
        Fate::Term { rule } => ('T', "36", rule.clone()),
        Fate::Context => ('H', "34", String::new()),
        Fate::LeftOut { reason } => ('-', "33", reason.name().to_owned()),
    };
    let (on, off) = if colour { (format!("\u{1b}[{paint}m"), "\u{1b}[0m") } else { (String::new(), "") };
    let why = if why.is_empty() { why } else { format!("  «{why}»") };
    let _ = writeln!(out, "{number:>5} {on}{letter}{off} {line}{on}{why}{off}");
    if whole {
        for label in labels {
            let _ = writeln!(out, "        {label}");
        }
    }
}
