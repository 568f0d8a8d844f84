//! Which fonts a sheet needs, and which letters none of them has.
//!
//! The program carries Pretendard (Hangul, Latin, signs) and DejaVu Sans Mono. Kana, Han and the rest come from the
//! system, which is looked through only when a letter is missing. Typst would only warn, and print a box.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::Font;

use crate::diagnostic::Diagnostic;

const REGULAR: &[u8] = include_bytes!("../../../templates/fonts/Pretendard-Regular.otf");
const BOLD: &[u8] = include_bytes!("../../../templates/fonts/Pretendard-Bold.otf");
const MONO: &str = "DejaVu Sans Mono";
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

/// The fonts for a sheet's data. Letters that no font has are written as `[U+1F600]` in it, and named.
pub(super) fn for_data(data: &mut Value, diagnostics: &mut Vec<Diagnostic>) -> Vec<Font> {
    let mut fonts = embedded();
    each_string(data, &mut |text| replace_like(text));
    let mut letters = BTreeSet::new();
    each_string(data, &mut |text| letters.extend(text.chars()));
    let mut missing: BTreeSet<char> = letters.into_iter().filter(|c| !is_covered(*c, &fonts)).collect();
    if !missing.is_empty() {
        add_system_fonts(&mut fonts, &mut missing);
    }
    if !missing.is_empty() {
        report(data, &missing, diagnostics);
        each_string(data, &mut |text| spell_out(text, &missing));
    }
    fonts
}

/// The families of fonts, each once, in order.
pub(super) fn families(fonts: &[Font]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for font in fonts {
        let family = font.info().family.to_string();
        if family != MONO && !out.contains(&family) {
            out.push(family);
        }
    }
    out
}

fn embedded() -> Vec<Font> {
    let mut fonts: Vec<Font> =
        [REGULAR, BOLD].into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
    let mono = typst_assets::fonts().filter(|bytes| is_mono(bytes)).filter_map(|bytes| Font::new(Bytes::new(bytes), 0));
    fonts.extend(mono.filter(|font| font.info().family.as_str() == MONO));
    fonts
}

/// A cheap look before a font is parsed: its name stands in it, in UTF-16.
fn is_mono(bytes: &[u8]) -> bool {
    let name: Vec<u8> = MONO.encode_utf16().flat_map(u16::to_be_bytes).collect();
    bytes.len() < 400_000 && bytes.windows(name.len()).any(|window| window == name)
}

fn is_covered(c: char, fonts: &[Font]) -> bool {
    c.is_whitespace() || c.is_control() || fonts.iter().any(|font| has(font, c))
}

/// Whether a font's character map has a letter. (Some fonts of the system map Hangul to blanks: all of Hangul is in ours.)
fn has(font: &Font, c: char) -> bool {
    font.info().coverage.contains(u32::from(c))
}

/// Puts signs that we have in the place of those we lack, and takes out what would turn the letters behind it round.
fn replace_like(text: &mut String) {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let like = |c: char| LIKE.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    if text.chars().any(|c| turns(c) || like(c).is_some()) {
        *text =
            text.chars().filter(|c| !turns(*c)).map(|c| like(c).map_or_else(|| c.to_string(), str::to_owned)).collect();
    }
}

fn spell_out(text: &mut String, missing: &BTreeSet<char>) {
    if text.chars().any(|c| missing.contains(&c)) {
        *text = text
            .chars()
            .map(|c| if missing.contains(&c) { format!("[U+{:04X}]", u32::from(c)) } else { c.to_string() })
            .collect();
    }
}

fn report(data: &Value, missing: &BTreeSet<char>, diagnostics: &mut Vec<Diagnostic>) {
    let mut places: BTreeMap<char, usize> = BTreeMap::new();
    let mut data = data.clone();
    each_string(&mut data, &mut |text| {
        for c in text.chars().filter(|c| missing.contains(c)) {
            *places.entry(c).or_default() += 1;
        }
    });
    let named: Vec<String> = missing
        .iter()
        .take(12)
        .map(|c| format!("{c} (U+{:04X}, {}×)", u32::from(*c), places.get(c).copied().unwrap_or(0)))
        .collect();
    let more = if missing.len() > 12 { format!(" and {} more", missing.len() - 12) } else { String::new() };
    diagnostics.push(
        Diagnostic::warning(
            "no-font",
            format!("no font here has {}{more}: the sheet shows their numbers", named.join(", ")),
        )
        .hint("install a font that has them (Noto Sans CJK for kana and Han), or leave them out of the notes"),
    );
}

/// Every text of the data: not its keys, and not the names of node types.
fn each_string(value: &mut Value, each: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(values) => values.iter_mut().for_each(|value| each_string(value, each)),
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                if !matches!(key.as_str(), "t" | "kind" | "url") {
                    each_string(value, each);
                }
            }
        }
        _ => {}
    }
}

/// Adds fonts of the system until nothing is missing, in the order of their paths.
fn add_system_fonts(fonts: &mut Vec<Font>, missing: &mut BTreeSet<char>) {
    for path in system_font_files() {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let covers = |font: &Font| missing.iter().any(|c| has(font, *c));
        let found: Vec<Font> = Font::iter(Bytes::new(bytes)).take(1).filter(covers).collect();
        for font in found {
            missing.retain(|c| !has(&font, *c));
            fonts.push(font);
        }
        if missing.is_empty() {
            return;
        }
    }
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
