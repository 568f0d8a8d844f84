//! Pictures of a deck, and what is to be said of those that are not to be had.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;

use crate::deck::Deck;
use crate::diagnostic::{Diagnostic, Place};
use crate::media::{Media, Missing, Why};
use crate::source::Note;

/// The folder that a note's path is relative to.
pub(super) fn root(note: &Note) -> PathBuf {
    let depth = note.path.split('/').count();
    Path::new(&note.shown).ancestors().nth(depth).unwrap_or(Path::new("")).to_path_buf()
}

/// Reads the pictures of a deck from `roots`; says which there are not. `notes` are those at hand.
pub(super) fn gather(deck: &Deck, roots: &[PathBuf], notes: &[Note], diagnostics: &mut Vec<Diagnostic>) -> Media {
    let (media, missing) = Media::gather(deck, roots);
    let named = named(&missing, notes);
    let mut said: Vec<Diagnostic> = missing.iter().map(|missing| told(missing, &named)).collect();
    // as the notes have them: a picture may belong to an entry before that of the picture above it
    said.sort_by_key(|one| one.place.as_ref().map(|place| (place.path.clone(), place.line)));
    diagnostics.extend(said);
    media
}

/// The code of what is said of a picture that is not there, but could be by the next build.
pub(super) const MISSING: &str = "picture-missing";

fn told(missing: &Missing, named: &HashMap<(&str, &str), Place>) -> Diagnostic {
    let url = &missing.url;
    let diagnostic = match missing.why {
        Why::NotThere => Diagnostic::warning(MISSING, format!("there is no picture {url}"))
            .hint("pictures are looked for beside the note and anywhere below the notes' folder, not outside of it"),
        Why::Remote => {
            Diagnostic::note("picture-remote", format!("the picture {url} is on the network: not on the cards"))
                .hint("amgi works offline; save it beside the note to have it on the cards")
        }
        Why::TooLarge => {
            Diagnostic::warning("picture-large", format!("the picture {url} is over 20 MB: not on the cards"))
                .hint("save it smaller")
        }
        Why::NoPicture => Diagnostic::warning("picture-unknown", format!("{url} is no picture that Anki shows"))
            .hint("it shows png, jpg, gif, webp, svg, avif and bmp"),
    };
    let known = named.get(&(missing.note.as_str(), url.as_str())).cloned();
    diagnostic.at(known.unwrap_or_else(|| Place::line(&missing.note, missing.line)))
}

/// Where each note first names each of its pictures, by note and picture: all of a note are looked for at once.
fn named<'a>(missing: &'a [Missing], notes: &[Note]) -> HashMap<(&'a str, &'a str), Place> {
    let mut out = HashMap::new();
    for note in notes {
        let ours = missing.iter().filter(|missing| missing.note == note.path);
        let pictures: BTreeSet<(&str, &str)> =
            ours.map(|missing| (missing.note.as_str(), missing.url.as_str())).collect();
        let pictures: Vec<(&str, &str)> = pictures.into_iter().collect();
        if pictures.is_empty() {
            continue;
        }
        let Ok(search) = AhoCorasick::new(pictures.iter().map(|(_, url)| url)) else { continue };
        for (at, line) in note.text.lines().enumerate() {
            for found in search.find_overlapping_iter(line) {
                let place = || Place::marked(&note.shown, at + 1, line, found.range());
                out.entry(pictures[found.pattern().as_usize()]).or_insert_with(place);
            }
        }
    }
    out
}
