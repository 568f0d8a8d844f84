//! Which fonts a sheet needs, and which letters none of them has.
//!
//! The program carries Pretendard (Hangul, Latin, signs) and DejaVu Sans Mono. Kana, Han and the rest come from the
//! system, which is looked through only when a letter is missing. Typst would only warn, and print a box.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::Font;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::deck::Deck;
use crate::diagnostic::{Diagnostic, Place};

const REGULAR: &[u8] = include_bytes!("../../../templates/fonts/Pretendard-Regular.otf");
const BOLD: &[u8] = include_bytes!("../../../templates/fonts/Pretendard-Bold.otf");
const MONO: &str = "DejaVu Sans Mono";
const MATH: &str = "New Computer Modern Math";
/// A font file larger than this (bytes) is not looked into.
const MAX_FONT_BYTES: u64 = 40 << 20;

/// Signs that Pretendard lacks, and those it has in their place.
const LIKE: [(char, &str); 16] = [
    ('✔', "✓"),
    ('✅', "✓"),
    ('☑', "✓"),
    ('✘', "✗"),
    ('❌', "✗"),
    ('❎', "✗"),
    ('⭐', "★"),
    ('🌟', "★"),
    ('➡', "→"),
    ('⬅', "←"),
    ('➔', "→"),
    ('➜', "→"),
    ('❗', "!"),
    ('❓', "?"),
    ('‼', "!!"),
    ('\u{FE0F}', ""),
];

/// The fonts of a document, and the letters that none of them has.
pub(super) struct Fonts {
    fonts: Vec<Font>,
    missing: BTreeSet<char>,
}

impl Fonts {
    /// The fonts for what a document says, in a language (`ko`). Letters that no font has are named, with their line.
    pub(super) fn of(data: &Value, deck: &Deck, language: &str, diagnostics: &mut Vec<Diagnostic>) -> Fonts {
        let mut letters = BTreeSet::new();
        let mut has_math = false;
        each_node(data, &mut |kind| has_math |= kind == "math");
        each_string(&mut data.clone(), &mut |text| letters.extend(like(text).chars()));
        let mut fonts = embedded(has_math);
        let carried = fonts.len();
        let mut missing: BTreeSet<char> = letters.into_iter().filter(|c| !is_covered(*c, &fonts)).collect();
        if !missing.is_empty() {
            add_system_fonts(&mut fonts, &mut missing, language);
        }
        // kana and Han of one line are of one font
        if matches!(language, "ja" | "zh") {
            fonts.rotate_left(carried);
        }
        if !missing.is_empty() {
            report(deck, &missing, diagnostics);
        }
        Fonts { fonts, missing }
    }

    pub(super) fn all(&self) -> &[Font] {
        &self.fonts
    }

    /// Puts signs that the fonts have in the place of those they lack; what no font has is written as `[U+1F600]`.
    pub(super) fn prepare(&self, data: &mut Value) {
        each_string(data, &mut |text| {
            let replaced = spelled_out(like(text), &self.missing);
            if replaced != *text {
                *text = replaced.into_owned();
            }
        });
    }

    /// The families for text, each once, in order.
    pub(super) fn families(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for font in &self.fonts {
            let family = font.info().family.to_string();
            if family != MONO && family != MATH && !out.contains(&family) {
                out.push(family);
            }
        }
        out
    }
}

fn embedded(with_math: bool) -> Vec<Font> {
    let mut fonts: Vec<Font> =
        [REGULAR, BOLD].into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
    let mono = typst_assets::fonts().filter(|bytes| names(bytes, MONO));
    // the font for formulas is known by another name to itself than to Typst
    let math = typst_assets::fonts().filter(|bytes| with_math && bytes.len() > 1_200_000);
    for (family, files) in [(MONO, mono.collect::<Vec<_>>()), (MATH, math.collect())] {
        let found = files.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0));
        fonts.extend(found.filter(|font| font.info().family.as_str() == family));
    }
    fonts
}

/// A cheap look before a font is parsed: its name stands in it, in UTF-16.
fn names(bytes: &[u8], family: &str) -> bool {
    let name: Vec<u8> = family.encode_utf16().flat_map(u16::to_be_bytes).collect();
    bytes.len() < 400_000 && AhoCorasick::new([name]).is_ok_and(|search| search.is_match(bytes))
}

fn is_covered(c: char, fonts: &[Font]) -> bool {
    c.is_whitespace() || c.is_control() || fonts.iter().any(|font| has(font, c))
}

/// Whether a font's character map has a letter. (Some fonts of the system map Hangul to blanks: all of Hangul is in ours.)
fn has(font: &Font, c: char) -> bool {
    font.info().coverage.contains(u32::from(c))
}

/// A text in NFC, since no font here has the parts of syllables, with signs that we have in the place of those we
/// lack, and without what would turn the letters behind it round or only joins and colours emoji.
fn like(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    if !is_nfc(text) {
        return Cow::Owned(like(&text.nfc().collect::<String>()).into_owned());
    }
    let is_mark = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}');
    let like = |c: char| LIKE.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    if !text.chars().any(|c| is_mark(c) || like(c).is_some()) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|c| !is_mark(*c)).map(|c| like(c).map_or_else(|| c.to_string(), str::to_owned)).collect()
}

fn spelled_out<'a>(text: Cow<'a, str>, missing: &BTreeSet<char>) -> Cow<'a, str> {
    if missing.is_empty() || !text.chars().any(|c| missing.contains(&c)) {
        return text;
    }
    let spelled = |c: char| if missing.contains(&c) { format!("[U+{:04X}]", u32::from(c)) } else { c.to_string() };
    text.chars().map(spelled).collect()
}

/// Names each letter, how often it stands, and where first.
fn report(deck: &Deck, missing: &BTreeSet<char>, diagnostics: &mut Vec<Diagnostic>) {
    // of several entries, the one of the fewest lines tells best where a letter stands
    let mut places: BTreeMap<char, (usize, Option<(String, usize)>)> = BTreeMap::new();
    let mut entries: Vec<_> = deck.entries().collect();
    entries.sort_by_key(|(_, entry)| entry.source.as_ref().map_or(usize::MAX, |source| source.lines.len()));
    for (note, entry) in entries {
        let line = entry.source.as_ref().and_then(|source| Some((source.file.clone(), *source.lines.first()?)));
        for text in entry.content.texts().into_iter().chain(&entry.section).chain([&note.title]) {
            for c in text.chars().filter(|c| missing.contains(c)) {
                let place = places.entry(c).or_insert((0, line.clone()));
                place.0 += 1;
            }
        }
    }
    let name = |c: &char| {
        let (count, line) = places.get(c).cloned().unwrap_or_default();
        let at = line.map_or_else(String::new, |(file, line)| format!(", {file}:{line}"));
        format!("{c} (U+{:04X}, {count}×{at})", u32::from(*c))
    };
    let named: Vec<String> = missing.iter().map(name).collect();
    let first = missing.iter().find_map(|c| places.get(c)?.1.clone());
    let said =
        Diagnostic::warning("no-font", format!("no font here has {}: the sheet shows their numbers", named.join(", ")))
            .hint("install a font that has them (Noto Sans CJK for kana and Han), or leave them out of the notes");
    diagnostics.push(match first {
        Some((file, line)) => said.at(Place::line(file, line)),
        None => said,
    });
}

/// The type of every node of the data.
fn each_node(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| each_node(value, each)),
        Value::Object(map) => {
            if let Some(kind) = map.get("t").and_then(Value::as_str) {
                each(kind);
            }
            map.values().for_each(|value| each_node(value, each));
        }
        _ => {}
    }
}

/// Every text of the data: not its keys, and not the names of node types.
fn each_string(value: &mut Value, each: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(values) => values.iter_mut().for_each(|value| each_string(value, each)),
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                if !matches!(key.as_str(), "t" | "kind" | "url" | "file") {
                    each_string(value, each);
                }
            }
        }
        _ => {}
    }
}

/// Adds fonts of the system until nothing is missing, in the order of their paths. Of a collection, the face for the
/// language comes first: Han letters are drawn otherwise in Seoul, Tokyo, Beijing and Taipei.
fn add_system_fonts(fonts: &mut Vec<Font>, missing: &mut BTreeSet<char>, language: &str) {
    let place = match language {
        "ko" => "KR",
        "ja" => "JP",
        _ => "SC",
    };
    for path in system_font_files() {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let mut faces: Vec<Font> = Font::iter(Bytes::new(bytes)).collect();
        faces.sort_by_key(|face| !face.info().family.ends_with(place));
        let faces: Vec<Font> = faces
            .into_iter()
            .filter(|face| {
                let helps = missing.iter().any(|c| has(face, *c));
                missing.retain(|c| !has(face, *c));
                helps
            })
            .collect();
        fonts.extend(bold_of(&path, &faces));
        fonts.extend(faces);
        if missing.is_empty() {
            return;
        }
    }
}

/// The bold faces of the same families, from the file beside theirs.
fn bold_of(path: &Path, faces: &[Font]) -> Vec<Font> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if faces.is_empty() || !name.contains("Regular") {
        return Vec::new();
    }
    let Ok(bytes) = std::fs::read(path.with_file_name(name.replace("Regular", "Bold"))) else { return Vec::new() };
    let is_wanted = |face: &Font| faces.iter().any(|other| other.info().family == face.info().family);
    Font::iter(Bytes::new(bytes)).filter(is_wanted).collect()
}

fn system_font_files() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:\\Windows\\Fonts"]
            .iter()
            .map(PathBuf::from)
            .collect();
    if let Some(home) = std::env::var_os("HOME") {
        folders
            .extend([".fonts", ".local/share/fonts", "Library/Fonts"].iter().map(|below| Path::new(&home).join(below)));
    }
    let mut files = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        for entry in ignore::WalkBuilder::new(folder).standard_filters(false).max_depth(Some(6)).build().flatten() {
            let ending =
                entry.path().extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
            let small = entry.metadata().is_ok_and(|metadata| metadata.len() <= MAX_FONT_BYTES);
            if matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc") && small {
                files.push(entry.into_path());
            }
        }
    }
    files.sort();
    // the usual CJK families first, in regular weight: one of them mostly has all that is missing
    files.sort_by_key(|path| {
        let name = path.to_string_lossy();
        (!name.contains("CJK"), !name.contains("Regular"))
    });
    files
}
