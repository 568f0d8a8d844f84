//! `amgi push`: the cards of `DIR/cards/` into a running Anki, after a look at what that changes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::commands::{Last, Session};
use super::{Cards, cards_of, pictures, write};
use crate::cli::PushArgs;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::export::{PackageFormat, Rendered};
use crate::push::{AnkiConnect, Difference};
use crate::render::MessageFormat;
use crate::settings;
use crate::templates::Templates;

/// Shows what differs in Anki; with `yes` imports the package, and moves and deletes where that was asked for.
///
/// # Errors
/// If the cards cannot be read, the package not written, or Anki is not there or refuses.
pub(super) fn run(session: &mut Session, args: &PushArgs) -> Result<Last> {
    let folder = &args.from;
    let folders = [PathBuf::from("."), PathBuf::from("source"), folder.clone()];
    let settings = settings::read(&folders, &mut session.diagnostics)?;
    let templates = Templates::new(folders.iter().map(|folder| folder.join("templates")).collect());
    let anki = AnkiConnect::open(&args.url, std::env::var("ANKICONNECT_KEY").ok())?;
    let _lock = if folder.is_dir() { Some(write::lock(folder)?) } else { None };
    let title = args.title.clone().or_else(|| settings.title.clone());
    let Cards { deck, .. } = cards_of(folder, title, &mut session.diagnostics)?;
    let media = pictures::gather(&deck, &folders, &[], &mut session.diagnostics);
    let rendered = Rendered::of(&deck, &settings.cards, &media)?;
    let notes = rendered.notes();
    if notes.is_empty() {
        return Err(Error::new(format!("there are no cards in {}", folder.display()))
            .hint("`amgi build` makes them; --from DIR says where they are"));
    }
    let top = rendered.top_deck();
    let before = anki.compare(&top, &notes)?;
    let mut out = told(&before, session.format);
    if !args.yes {
        if session.format != MessageFormat::Json {
            out.push_str(&next_step(&before, args));
        }
        return Ok(Last::Answer(out));
    }
    let package = folder.join(format!("{}.apkg", write::file_name(&deck.title)));
    // AnkiConnect of Anki 25.9 and before reads no other format
    write::write(&package, &rendered.package(&templates, PackageFormat::Legacy)?)?;
    anki.import(&absolute(&package)?)?;
    let after = anki.compare(&top, &notes)?;
    session.diagnostics.extend(not_in_anki(&after));
    let (moved, deleted) = move_and_delete(&anki, &after, args)?;
    let new = before.new.len().saturating_sub(after.new.len());
    let updated = before.changed.len() - after.changed.len().min(before.changed.len());
    let done = json!({
        "type": "pushed", "new": new, "updated": updated, "kept": after.changed.len(), "moved": moved,
        "deleted": deleted,
    });
    match session.format {
        MessageFormat::Json => out.push_str(&format!("{done}\n")),
        _ => out.push_str(&report(new, updated, &after, (moved, deleted))),
    }
    Ok(Last::Answer(out))
}

/// Notes that Anki has not, though they were imported.
fn not_in_anki(after: &Difference) -> Option<Diagnostic> {
    let first = after.new.first()?;
    let message =
        format!("{} notes are not found in Anki by the numbers they have here: `{first}`, …", after.new.len());
    let warning = Diagnostic::warning("not-in-anki", message);
    Some(warning.hint("Anki may have given them others; File > Import of the .apkg tells what became of each"))
}

/// Moves cards and deletes notes in Anki where that was asked for; how many of each.
fn move_and_delete(anki: &AnkiConnect, after: &Difference, args: &PushArgs) -> Result<(usize, usize)> {
    let (mut moved, mut deleted) = (0, 0);
    if args.r#move {
        for (deck, cards) in &after.moved {
            anki.move_cards(&cards.cards, deck)?;
            moved += cards.cards.len();
        }
    }
    if args.delete {
        let gone: Vec<i64> = after.gone.iter().map(|(number, _)| *number).collect();
        anki.delete(&gone)?;
        deleted = gone.len();
    }
    Ok((moved, deleted))
}

fn absolute(path: &Path) -> Result<String> {
    let path = path.canonicalize().map_err(|e| Error::new(format!("cannot find {}", path.display())).cause(e))?;
    Ok(path.to_string_lossy().trim_start_matches(r"\\?\").to_owned())
}

/// Every difference, one on a line, for people or as JSON.
fn told(difference: &Difference, format: MessageFormat) -> String {
    let mut lines: Vec<(&str, &str, Option<&str>)> = Vec::new();
    lines.extend(difference.new.iter().map(|label| ("new", label.as_str(), None)));
    lines.extend(difference.changed.iter().map(|label| ("changed", label.as_str(), None)));
    for (deck, moved) in &difference.moved {
        lines.extend(moved.labels.iter().map(|label| ("moved", label.as_str(), Some(deck.as_str()))));
    }
    lines.extend(difference.gone.iter().map(|(_, label)| ("gone", label.as_str(), None)));
    let mut out = String::new();
    for (how, label, deck) in lines {
        let _ = match (format, deck) {
            (MessageFormat::Json, _) => {
                writeln!(out, "{}", json!({ "type": "difference", "how": how, "label": label, "deck": deck }))
            }
            (_, Some(deck)) => writeln!(out, "{how:<9} {label}  → {deck}"),
            (_, None) => writeln!(out, "{how:<9} {label}"),
        };
    }
    out
}

fn next_step(before: &Difference, args: &PushArgs) -> String {
    if *before == Difference::default() {
        return "Anki has it all already\n".to_owned();
    }
    let mut out = "nothing is sent yet: --yes imports what is new and changed".to_owned();
    if !before.moved.is_empty() && !args.r#move {
        out.push_str("; --move also moves cards to the decks they belong into");
    }
    if !before.gone.is_empty() && !args.delete {
        out.push_str("; --delete also deletes what is gone, with its reviews");
    }
    out + "\n"
}

fn report(new: usize, updated: usize, after: &Difference, (moved, deleted): (usize, usize)) -> String {
    let mut out = format!("sent to Anki: {new} new, {updated} updated");
    if moved > 0 {
        let _ = write!(out, ", {moved} cards moved");
    }
    if deleted > 0 {
        let _ = write!(out, ", {deleted} deleted");
    }
    out.push('\n');
    if !after.changed.is_empty() {
        let kept = after.changed.len();
        let _ = writeln!(out, "{kept} stay as you edited them in Anki; `amgi pull` takes such edits into the cards");
    }
    if moved == 0 && !after.moved.is_empty() {
        let _ = writeln!(out, "{} decks' cards are elsewhere in Anki; --move moves them", after.moved.len());
    }
    if deleted == 0 && !after.gone.is_empty() {
        let _ = writeln!(out, "{} notes are gone here and stay in Anki; --delete deletes them", after.gone.len());
    }
    out
}
