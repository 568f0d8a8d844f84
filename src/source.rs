//! Finds notes and decodes them.
//!
//! A [`Note`] holds its text decoded, composed (NFC) and with `\n` line ends, so that patterns match what a reader
//! sees; lines keep their numbers, so that everything said about a note names the user's own lines.

use std::path::{Path, PathBuf};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};

/// A larger note is refused: it is no study note (bytes).
pub const MAX_NOTE_BYTES: u64 = 64 << 20;

/// One study note, decoded.
#[derive(Debug, Clone)]
pub struct Note {
    /// Relative to the notes' common folder, with `/` between its parts; `stdin` for standard input.
    pub path: String,
    /// The name to show in messages: the path as the user would type it from the current folder.
    pub shown: String,
    /// NFC, line ends `\n`, no byte order mark.
    pub text: String,
    /// What the file was decoded from, as the WHATWG names it: `UTF-8`, `EUC-KR`, …
    pub encoding: &'static str,
}

/// A file that is to be read as a note.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteFile {
    /// As in [`Note::path`].
    pub path: String,
    pub file: PathBuf,
}

/// The ending of a folder's files that are read as notes.
const NOTE_ENDINGS: [&str; 4] = ["md", "markdown", "txt", "text"];

/// Notes, and the folder that their paths are relative to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Sorted by path.
    pub notes: Vec<NoteFile>,
    pub folder: PathBuf,
}

/// The note files that `arguments` name: files themselves, folders with all notes below them. Hidden and git-ignored
/// files are left out, and so are everything under `output` and what was written for Quizlet elsewhere.
///
/// # Errors
/// If an argument does not exist, or a folder cannot be read.
pub fn find(arguments: &[PathBuf], output: &Path) -> Result<Found> {
    let mut files = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            walk(argument, output, &mut files)?;
        } else if argument.is_file() {
            files.push(argument.clone());
        } else {
            return Err(Error::new(format!("there is no note {}", argument.display()))
                .hint("give a file, a folder of .md and .txt files, or - for standard input"));
        }
    }
    files.sort();
    files.dedup();
    let folder = common_folder(&files, arguments);
    let mut notes: Vec<NoteFile> = files
        .into_iter()
        .map(|file| {
            let relative = file.strip_prefix(&folder).unwrap_or(&file);
            let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            NoteFile { path: parts.join("/").nfc().collect(), file }
        })
        .collect();
    notes.sort();
    Ok(Found { notes, folder })
}

/// Whether a file is what an earlier build wrote, to whatever folder: of the outputs only Quizlet's text has the ending of a
/// note, and it stands beside its CSV.
fn is_written(file: &Path) -> bool {
    let for_quizlet = file.file_name().is_some_and(|name| name.to_string_lossy().ends_with(".quizlet.txt"));
    for_quizlet && file.with_extension("csv").is_file()
}

fn walk(folder: &Path, output: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let output = output.canonicalize().ok();
    let walker = ignore::WalkBuilder::new(folder)
        .sort_by_file_path(Path::cmp)
        .filter_entry(move |entry| output.is_none() || entry.path().canonicalize().ok() != output)
        .build();
    for entry in walker {
        let entry = entry.map_err(|e| Error::new(format!("cannot read {}", folder.display())).cause(e))?;
        let ending = entry.path().extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        let is_note = ending.is_some_and(|ending| NOTE_ENDINGS.contains(&ending.as_str()));
        if is_note && entry.file_type().is_some_and(|kind| kind.is_file()) && !is_written(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(())
}

/// The folder that note paths are relative to: the only folder given, else the deepest one above all files.
fn common_folder(files: &[PathBuf], arguments: &[PathBuf]) -> PathBuf {
    if let [only] = arguments
        && only.is_dir()
    {
        return only.clone();
    }
    let mut parents = files.iter().filter_map(|file| file.parent());
    let Some(first) = parents.next() else { return PathBuf::new() };
    let mut common = first.to_path_buf();
    for parent in parents {
        while !parent.starts_with(&common) && common.pop() {}
    }
    common
}

/// Reads and decodes one note. A note that is no text is an error diagnostic and `None`.
///
/// # Errors
/// If the file cannot be read.
pub fn read(file: &NoteFile, diagnostics: &mut Vec<Diagnostic>) -> Result<Option<Note>> {
    let shown = file.file.display().to_string();
    let failed = |cause: std::io::Error| Error::new(format!("cannot read {shown}")).cause(cause);
    let length = std::fs::metadata(&file.file).map_err(failed)?.len();
    if length > MAX_NOTE_BYTES {
        diagnostics.push(
            Diagnostic::error("note-too-large", format!("{} MB is too large for a note", length >> 20))
                .at(Place::file(&shown))
                .hint(format!("split it; a note has at most {} MB", MAX_NOTE_BYTES >> 20)),
        );
        return Ok(None);
    }
    let bytes = std::fs::read(&file.file).map_err(failed)?;
    Ok(decode(file.path.clone(), shown, &bytes, diagnostics))
}

/// Decodes a note's bytes; `None` (and an error diagnostic) if they are no text.
pub fn decode(path: String, shown: String, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Option<Note> {
    let (text, encoding, damaged) = to_utf8(bytes);
    if is_binary(&text) {
        diagnostics.push(
            Diagnostic::error("not-text", "these bytes are no text")
                .at(Place::file(shown))
                .hint("notes are .md or .txt files"),
        );
        return None;
    }
    let text = with_plain_line_ends(&text);
    let text = if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() };
    if damaged {
        let line = text.split('\n').position(|line| line.contains('\u{FFFD}')).map_or(0, |line| line + 1);
        diagnostics.push(
            Diagnostic::warning("damaged-text", format!("some bytes are no {encoding} text and are shown as \u{FFFD}"))
                .at(Place::line(shown.clone(), line))
                .hint("save the note as UTF-8"),
        );
    }
    Some(Note { path, shown, text, encoding })
}

/// Text, the name of its encoding, and whether some of it could not be decoded.
fn to_utf8(bytes: &[u8]) -> (String, &'static str, bool) {
    if let Some((encoding, bom)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes.get(bom..).unwrap_or_default());
        return (text.into_owned(), encoding.name(), damaged);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), "UTF-8", false);
    }
    if let Some(encoding) = bare_utf16(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), encoding.name(), damaged);
    }
    if mostly_utf8(bytes) {
        return (String::from_utf8_lossy(bytes).into_owned(), "UTF-8", true);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), encoding.name(), damaged)
}

/// UTF-16 without a byte order mark: every other byte is mostly zero in text with spaces and Latin letters.
fn bare_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..bytes.len().min(4096) & !1)?;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = head.len() / 16;
    match () {
        () if head.len() >= 8 && odd > enough && even == 0 => Some(encoding_rs::UTF_16LE),
        () if head.len() >= 8 && even > enough && odd == 0 => Some(encoding_rs::UTF_16BE),
        () => None,
    }
}

/// UTF-8 with a few damaged bytes (a cut-off copy) rather than another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 20 * bad
}

fn is_binary(text: &str) -> bool {
    let head: Vec<char> = text.chars().take(4096).collect();
    let strange =
        head.iter().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}' | '\u{B}')).count();
    head.contains(&'\0') || strange * 20 > head.len()
}

fn with_plain_line_ends(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}
