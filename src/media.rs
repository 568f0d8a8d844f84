//! Pictures that entries show: found beside their notes, read once, named by what they hold.
//!
//! Nothing outside the folders given is read: a path that leads out of them, by `..` or by a symbolic link, finds nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use data_encoding::HEXLOWER;
use percent_encoding::percent_decode_str;
use sha1::{Digest, Sha1};
use unicode_normalization::UnicodeNormalization;

use crate::deck::{Content, Deck, Entry, NoteDeck};
use crate::markup::{Pictures, image_urls, parse};

/// A larger picture (bytes) is left out: a phone would have to load it for one card.
const MAX_PICTURE: u64 = 20 << 20;
/// What is looked through for a picture that is named without its folder.
const MAX_FILES: usize = 50_000;
/// What browsers and Anki show.
const ENDINGS: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "ico"];

/// The pictures of a deck.
#[derive(Debug, Clone, Default)]
pub struct Media {
    /// By note, then by what the note calls them.
    names: BTreeMap<String, Pictures>,
    /// By name: where it was found, and its bytes.
    files: BTreeMap<String, (PathBuf, Vec<u8>)>,
}

/// A picture that an entry names and that is not to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// As [`NoteDeck::note`].
    pub note: String,
    /// 1-based; 0 where the entry does not say.
    pub line: usize,
    /// As the note has it.
    pub url: String,
    pub why: Why,
}

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    NotThere,
    /// Somewhere on the network.
    Remote,
    TooLarge,
    /// Its name's ending is none of a picture's.
    NoPicture,
}

impl Media {
    /// Reads the pictures that a deck's entries name, looked for in `roots` in turn: relative to the note, to the root,
    /// and by name alone.
    pub fn gather(deck: &Deck, roots: &[PathBuf]) -> (Media, Vec<Missing>) {
        let mut shelves: Vec<Shelf> = roots.iter().map(|root| Shelf::new(root)).collect();
        let mut media = Media::default();
        let mut missing = Vec::new();
        let mut told = BTreeSet::new();
        for (note, entry) in deck.entries() {
            for url in urls(entry) {
                if media.of_note(&note.note).contains_key(&url) || !told.insert((note.note.clone(), url.clone())) {
                    continue;
                }
                match find(&mut shelves, note, &url) {
                    Ok((path, ending, bytes)) => media.add(note, url, path, &ending, bytes),
                    Err(why) => {
                        let line = entry.source.as_ref().and_then(|source| source.lines.last()).copied().unwrap_or(0);
                        missing.push(Missing { note: note.note.clone(), line, url, why });
                    }
                }
            }
        }
        (media, missing)
    }

    /// The names of a note's pictures, by what it calls them.
    pub fn of_note(&self, note: &str) -> &Pictures {
        static NONE: Pictures = Pictures::new();
        self.names.get(note).unwrap_or(&NONE)
    }

    /// Names and bytes, in the order of the names.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, (_, bytes))| (name.as_str(), bytes.as_slice()))
    }

    /// Where the pictures were found.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.values().map(|(path, _)| path.as_path())
    }

    fn add(&mut self, note: &NoteDeck, url: String, path: PathBuf, ending: &str, bytes: Vec<u8>) {
        let hash = HEXLOWER.encode(&Sha1::digest(&bytes));
        let name = format!("amgi-{}.{ending}", &hash[..24]);
        self.names.entry(note.note.clone()).or_default().insert(url, name.clone());
        self.files.entry(name).or_insert((path, bytes));
    }
}

/// What an entry calls its pictures, in its order.
fn urls(entry: &Entry) -> Vec<String> {
    let texts: Vec<&str> = match &entry.content {
        Content::Fact { term, answer, details, .. } => {
            [term, answer].into_iter().chain(details).map(String::as_str).collect()
        }
        Content::Expansion { .. } => Vec::new(),
        Content::Comparison { rows, .. } => rows.iter().flat_map(|row| &row.cells).map(String::as_str).collect(),
        Content::Cloze { text } => vec![text],
    };
    texts.into_iter().filter(|text| text.contains("![")).flat_map(|text| image_urls(&parse(text))).collect()
}

type Found = (PathBuf, String, Vec<u8>);

fn find(shelves: &mut [Shelf], note: &NoteDeck, url: &str) -> Result<Found, Why> {
    if url.starts_with("//") || url.contains("://") || url.starts_with("data:") {
        return Err(Why::Remote);
    }
    let decoded = percent_decode_str(url).decode_utf8_lossy();
    let plain = decoded.split(['?', '#']).next().unwrap_or_default();
    let ending = |path: &str| {
        let ending = Path::new(path).extension()?.to_str()?.to_ascii_lowercase();
        ENDINGS.contains(&ending.as_str()).then_some(ending)
    };
    // a file may have a `#` or `?` in its name, or a `%41`
    let tries = [url, &decoded, plain];
    let ending = tries.iter().find_map(|path| ending(path)).ok_or(Why::NoPicture)?;
    let folder = note.note.rsplit_once('/').map_or("", |(folder, _)| folder);
    // before any folder is looked through, all are asked for the file where it should be
    let named = shelves.iter().find_map(|shelf| tries.iter().find_map(|path| shelf.at_its_place(folder, path)));
    let found = named
        .or_else(|| shelves.iter_mut().find_map(|shelf| tries.iter().find_map(|path| shelf.by_name(folder, path))));
    let path = found.ok_or(Why::NotThere)?;
    if path.metadata().is_ok_and(|file| file.len() > MAX_PICTURE) {
        return Err(Why::TooLarge);
    }
    std::fs::read(&path).map(|bytes| (path, ending, bytes)).map_err(|_| Why::NotThere)
}

/// A folder in which pictures may be.
struct Shelf {
    root: PathBuf,
    /// Every picture below it by its name in NFC; made when first needed.
    by_name: Option<BTreeMap<String, Vec<PathBuf>>>,
}

impl Shelf {
    fn new(root: &Path) -> Shelf {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        Shelf { root: root.to_path_buf(), by_name: None }
    }

    /// A file within the root, relative to `folder` (with `/` between its parts) or to the root.
    fn at_its_place(&self, folder: &str, url: &str) -> Option<PathBuf> {
        let url = url.replace('\\', "/");
        let places = [self.root.join(folder).join(&url), self.root.join(url.trim_start_matches('/'))];
        places.into_iter().find(|path| self.holds(path))
    }

    fn holds(&self, path: &Path) -> bool {
        let real = |path: &Path| path.canonicalize().ok();
        path.is_file() && real(path).zip(real(&self.root)).is_some_and(|(file, root)| file.starts_with(root))
    }

    /// A file anywhere within the root. Of several files of one name, the one with the most of the path that was asked for, then the one nearest the note.
    fn by_name(&mut self, folder: &str, url: &str) -> Option<PathBuf> {
        let url = url.replace('\\', "/");
        let wanted = normal(&Path::new(folder).join(&url))?;
        let name = wanted.rsplit('/').next()?.to_owned();
        let root = self.root.clone();
        let paths = self.by_name.get_or_insert_with(|| index(&root)).get(&name)?;
        let shared = |path: &Path| {
            let path: String = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().nfc().collect();
            let back = path.rsplit('/').zip(url.rsplit('/')).take_while(|(a, b)| a == b).count();
            let front = path.split('/').zip(wanted.split('/')).take_while(|(a, b)| a == b).count();
            (back, front)
        };
        let best = paths.iter().rev().max_by_key(|path| shared(path))?;
        let best = best.clone();
        self.holds(&best).then_some(best)
    }
}

/// A relative path without `.` and `..`, in NFC; none if it leads out.
fn normal(path: &Path) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy().nfc().collect()),
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => parts.clear(),
        }
    }
    Some(parts.join("/"))
}

fn index(root: &Path) -> BTreeMap<String, Vec<PathBuf>> {
    let mut out: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let files =
        ignore::WalkBuilder::new(root).standard_filters(false).hidden(true).sort_by_file_path(Path::cmp).build();
    for file in files.take(MAX_FILES).filter_map(|entry| entry.ok()) {
        if file.file_type().is_some_and(|kind| kind.is_file()) {
            out.entry(file.file_name().to_string_lossy().nfc().collect()).or_default().push(file.into_path());
        }
    }
    out
}
