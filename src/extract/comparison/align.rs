//! Lines up what is said of each subject: by the attribute's name where the note gives one, by shared words where it
//! does not, whole lists side by side where neither works.

use std::collections::{BTreeMap, BTreeSet};

use super::Point;
use crate::deck::Row;
use crate::letter::is_letter_or_digit;
use crate::letter::key;

/// Two points belong in one row if this share of the shorter one's letter pairs is in both.
const ALIKE: f64 = 0.4;

pub(super) fn rows(subjects: &[String], sides: Vec<Vec<Point>>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new(); // rows by the keys of their attributes
    let width = sides.len();
    let mut loose: Vec<Vec<String>> = vec![Vec::new(); width];
    for (which, points) in sides.into_iter().enumerate() {
        for Point { aspect, text, .. } in points {
            if aspect.is_empty() {
                loose[which].push(text);
                continue;
            }
            let row = *known.entry(key(&aspect)).or_insert(rows.len());
            if row == rows.len() {
                rows.push(Row { aspect, cells: vec![String::new(); width] });
            }
            add(&mut rows[row].cells[which], &text);
        }
    }
    let mut out = by_shared_words(subjects, &mut loose);
    out.extend(rows);
    if loose.iter().any(|points| !points.is_empty()) {
        let at = out.iter().take_while(|row| row.cells.iter().all(|cell| !cell.is_empty())).count();
        out.insert(at, Row { aspect: String::new(), cells: loose.iter().map(|points| list(points)).collect() });
    }
    out
}

fn add(cell: &mut String, text: &str) {
    if !cell.is_empty() {
        cell.push_str("<br>");
    }
    cell.push_str(text);
}

fn list(points: &[String]) -> String {
    match points {
        [only] => only.clone(),
        several => {
            several.iter().map(|point| format!("- {}", point.replace('\n', "\n  "))).collect::<Vec<_>>().join("\n")
        }
    }
}

/// Takes out of the lists what stands in all of them in other words, row by row.
fn by_shared_words(subjects: &[String], loose: &mut [Vec<String>]) -> Vec<Row> {
    let mut rows = Vec::new();
    if loose.iter().any(|points| points.is_empty() || points.len() > 40) || loose.iter().all(|points| points.len() == 1)
    {
        return rows;
    }
    // the words of the names tell no attribute
    let names: BTreeSet<String> =
        subjects.iter().flat_map(|subject| subject.split_whitespace()).map(str::to_lowercase).collect();
    let bare = |text: &str| -> String {
        let own = |word: &&str| {
            let word = word.trim_matches(|c: char| !is_letter_or_digit(c)).to_lowercase();
            !names.contains(&word) && !names.contains(without_particle(&word))
        };
        text.split_whitespace().filter(own).collect::<Vec<_>>().join(" ")
    };
    let first = loose[0].clone();
    let mut pairs: BTreeMap<String, BTreeSet<(char, char)>> = BTreeMap::new();
    for point in loose.iter().flatten() {
        pairs.entry(point.clone()).or_insert_with(|| letter_pairs(&bare(point)));
    }
    for point in first {
        let mut cells = vec![point.clone()];
        for side in &loose[1..] {
            let best = side
                .iter()
                .map(|other| (alike(&pairs[&point], &pairs[other]), other))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((score, other)) = best
                && score >= ALIKE
            {
                cells.push(other.clone());
            }
        }
        if cells.len() == loose.len() {
            for (side, cell) in loose.iter_mut().zip(&cells) {
                if let Some(at) = side.iter().position(|point| point == cell) {
                    side.remove(at);
                }
            }
            rows.push(Row { aspect: shared_words(&cells.iter().map(|cell| bare(cell)).collect::<Vec<_>>()), cells });
        }
    }
    rows
}

fn letter_pairs(text: &str) -> BTreeSet<(char, char)> {
    let letters: Vec<char> = key(text).chars().collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The share of letter pairs that two texts have in common, of the shorter one's.
fn alike(a: &BTreeSet<(char, char)>, b: &BTreeSet<(char, char)>) -> f64 {
    let shorter = a.len().min(b.len());
    if shorter < 3 {
        return 0.0;
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of letters in a line")]
    let share = a.intersection(b).count() as f64 / shorter as f64;
    share
}

/// `of`, `the`, `In` at the start of a sentence: small words of English name no attribute; `IP` may.
fn is_small(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphabetic()) && word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
}

/// The words that all cells have, as the name of the row; empty if they say nothing.
fn shared_words(cells: &[String]) -> String {
    let plain: Vec<Vec<String>> = cells
        .iter()
        .map(|cell| {
            cell.split(|c: char| !is_letter_or_digit(c))
                .filter(|word| word.chars().count() >= 2 && !(word.len() <= 3 && is_small(word)))
                .map(str::to_owned)
                .collect()
        })
        .collect();
    let Some((first, others)) = plain.split_first() else { return String::new() };
    let shared: Vec<&str> = first
        .iter()
        .filter(|word| others.iter().all(|other| other.contains(word)))
        .filter(|word| !is_verb(word))
        .map(|word| without_particle(word))
        .filter(|word| !is_verb(word))
        .take(3)
        .collect();
    shared.join(" ")
}

/// A Korean word without the particle behind it (`수신을`), if enough is left.
fn without_particle(word: &str) -> &str {
    const PARTICLES: [&str; 16] =
        ["에서는", "으로", "에서", "에게", "은", "는", "이", "가", "을", "를", "과", "와", "의", "에", "로", "도"];
    let rest = PARTICLES.iter().find_map(|particle| word.strip_suffix(particle));
    rest.filter(|rest| rest.chars().count() >= 2).unwrap_or(word)
}

/// Whether a Korean word is a verb or an adverb, or was one before its ending was taken off: it names no attribute.
fn is_verb(word: &str) -> bool {
    const ENDS: [&str; 22] = [
        "하", "되", "있", "없", "같", "하여", "해서", "되어", "러서", "면서", "므로", "지만", "다", "고", "며", "면",
        "해", "한", "된", "할", "될", "히",
    ];
    // one syllable and a particle says too little as well
    let short = word.chars().count() == 2 && word.ends_with(['는', '를']);
    let hangul = word.chars().all(|c| ('가'..='힣').contains(&c));
    hangul && (short || word.chars().count() >= 2 && ENDS.iter().any(|end| word.ends_with(end)))
}
