//! `amgi pull`: what was changed in Anki becomes edits in `DIR/cards/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::cards_files::{CARDS, read_cards, text_of, write_cards, yaml_files};
use super::commands::{Last, Session};
use super::{pictures, write};
use crate::deck::Deck;
use crate::error::{Error, Result};
use crate::pull::{Pulled, What, notes, pull};
use crate::render::MessageFormat;

/// Reads a package and tells what differs; writes it only if `yes`.
///
/// # Errors
/// If the package or the cards cannot be read: nothing is changed then. If a file cannot be written: those before it are
/// changed, each as a whole, and doing it again does the rest.
pub(super) fn run(session: &mut Session, package: &Path, folder: &Path, yes: bool) -> Result<Last> {
    let file =
        std::fs::File::open(package).map_err(|e| Error::new(format!("cannot read {}", package.display())).cause(e))?;
    let anki = notes(std::io::BufReader::new(file))?;
    let _lock = if folder.is_dir() { Some(write::lock(folder)?) } else { None };
    let (mut deck, mut files) = (Deck::default(), Vec::new());
    for path in yaml_files(&folder.join(CARDS))? {
        if let Some((note, text)) = read_cards(&path, &mut session.diagnostics)? {
            deck.notes.push(note);
            files.push((path, text));
        }
    }
    if files.is_empty() {
        return Err(Error::new(format!("there are no cards in {}", folder.join(CARDS).display()))
            .hint("`amgi build` makes them; --from DIR says where they are"));
    }
    let roots = [PathBuf::from("."), PathBuf::from("source")];
    let media = pictures::gather(&deck, &roots, &[], &mut Vec::new());
    let pulled = pull(&mut deck, &anki, &media);
    if yes {
        for (note, (path, old)) in deck.notes.iter().zip(&files) {
            let new = text_of(note)?;
            if new != *old {
                write_cards(path, Some(old), &new, &mut session.diagnostics)?;
            }
        }
    }
    Ok(Last::Answer(told(&pulled, session.format, yes)))
}

fn told(pulled: &[Pulled], format: MessageFormat, yes: bool) -> String {
    let mut out = String::new();
    for Pulled { id, label, what } in pulled {
        let _ = match (format, what) {
            (MessageFormat::Json, _) => writeln!(out, "{}", as_json(pulled_name(what), &id.0, label, what)),
            (_, What::Edited { part, from, to }) => {
                writeln!(out, "{label}: {part}\n  - {}\n  + {}", on_one_line(from), on_one_line(to))
            }
            (_, What::Tagged { from, to }) => {
                writeln!(out, "{label}: tags\n  - {}\n  + {}", from.join(" "), to.join(" "))
            }
            (_, What::Deleted) => writeln!(out, "{label}: deleted in Anki, dropped here"),
            (_, What::NotTaken) => {
                writeln!(out, "{label} ({}): edited in Anki in a part that is made from others; not taken", id.0)
            }
        };
    }
    if format != MessageFormat::Json {
        let _ = match (pulled.is_empty(), yes) {
            (true, _) => writeln!(out, "nothing was changed in Anki"),
            (false, true) => writeln!(out, "written into the cards; `amgi build` goes on from there"),
            (false, false) => writeln!(out, "nothing is written yet: --yes writes it into the cards"),
        };
    }
    out
}

fn pulled_name(what: &What) -> &'static str {
    match what {
        What::Edited { .. } => "edited",
        What::Tagged { .. } => "tagged",
        What::Deleted => "deleted",
        What::NotTaken => "not-taken",
    }
}

/// `{"type": "pulled", "how", "id", "label", "part"?, "from"?, "to"?}`.
fn as_json(how: &str, id: &str, label: &str, what: &What) -> serde_json::Value {
    let mut value = json!({"type": "pulled", "how": how, "id": id, "label": label});
    match what {
        What::Edited { part, from, to } => {
            value["part"] = json!(part);
            value["from"] = json!(from);
            value["to"] = json!(to);
        }
        What::Tagged { from, to } => {
            value["from"] = json!(from);
            value["to"] = json!(to);
        }
        What::Deleted | What::NotTaken => {}
    }
    value
}

fn on_one_line(markdown: &str) -> String {
    markdown.split_whitespace().collect::<Vec<_>>().join(" ")
}
