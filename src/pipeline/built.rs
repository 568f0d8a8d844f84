//! `DIR/.built.json`: what the last build was made of and what it made, so that a build with nothing to do does nothing.
//! It may be deleted at no cost but time.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};

use super::cards_files::{CARDS, yaml_files};
use super::{Input, Written};
use crate::cli::BuildArgs;
use crate::error::Result;
use crate::media::Media;
use crate::render::MessageFormat;

const FILE: &str = ".built.json";

/// A build that is done.
#[derive(Serialize, Deserialize)]
pub(super) struct Before {
    /// Hash of all that it was made of but for the cards files.
    pub(super) key: String,
    /// Its messages that hold as long as nothing changes, as they were told.
    pub(super) said: String,
    /// Its summary, as it was told.
    pub(super) report: String,
    /// All cards files and what was written.
    pub(super) files: Vec<FileState>,
}

/// How a file was left.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileState {
    path: PathBuf,
    bytes: u64,
    /// Nanoseconds since 1970; 0 where the hash tells.
    modified: u128,
    /// Of a cards file, which a person may edit at any moment, what it holds.
    hash: Option<String>,
}

/// Hash of the program, notes, packs, settings, templates and arguments.
pub(super) fn key(input: &Input, args: &BuildArgs, format: MessageFormat, colour: bool) -> String {
    let mut hash = Sha1::new();
    let mut put = |part: &[u8]| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    put(env!("CARGO_PKG_VERSION").as_bytes());
    if let Some(program) = std::env::current_exe().ok().and_then(|path| state(&path, false)) {
        put(format!("{program:?}").as_bytes());
    }
    put(format!("{args:?} {format:?} {colour} {:?}", input.settings).as_bytes());
    for note in &input.notes {
        put(note.path.as_bytes());
        put(note.shown.as_bytes());
        put(note.encoding.as_bytes());
        put(note.text.as_bytes());
    }
    for (name, text) in &input.packs {
        put(name.as_bytes());
        put(text.as_bytes());
    }
    for (name, bytes) in input.templates.own() {
        put(name.as_bytes());
        put(&bytes);
    }
    HEXLOWER.encode(&hash.finalize())
}

/// The last build, if it was made of the same and all its files are as it left them.
pub(super) fn read(output: &Path, key: &str) -> Option<Before> {
    let before: Before = serde_json::from_slice(&std::fs::read(output.join(FILE)).ok()?).ok()?;
    let cards = yaml_files(&output.join(CARDS)).ok()?;
    let known = |path: &PathBuf| before.files.iter().any(|file| file.path == *path);
    let same = before.key == key
        && cards.iter().all(known)
        && before.files.iter().all(|file| state(&file.path, file.hash.is_some()).as_ref() == Some(file));
    same.then_some(before)
}

/// Writes down a build.
pub(super) fn write(output: &Path, before: &Before) -> Result<()> {
    let text = serde_json::to_vec(before).unwrap_or_default();
    super::write::write_quickly(&output.join(FILE), &text)
}

/// How all cards files, what was written, and the pictures are now.
pub(super) fn files(output: &Path, written: &[Written], media: &Media) -> Vec<FileState> {
    let cards = yaml_files(&output.join(CARDS)).unwrap_or_default();
    let others = written.iter().map(|written| written.path.clone()).filter(|path| !cards.contains(path));
    let others = others.chain(media.paths().map(Path::to_path_buf));
    let others: Vec<FileState> = others.filter_map(|path| state(&path, false)).collect();
    cards.iter().filter_map(|path| state(path, true)).chain(others).collect()
}

fn state(path: &Path, hashed: bool) -> Option<FileState> {
    let there = std::fs::metadata(path).ok()?;
    let modified = there.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    let path = path.to_path_buf();
    Some(match hashed {
        true => {
            let hash = Some(HEXLOWER.encode(&Sha1::digest(std::fs::read(&path).ok()?)));
            FileState { path, bytes: there.len(), modified: 0, hash }
        }
        false => FileState { path, bytes: there.len(), modified, hash: None },
    })
}
