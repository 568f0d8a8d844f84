//! What the sentences below a comparison say of its subjects, told by the names in them.

use super::{Point, Side};
use crate::extract::body::{self, Body};
use crate::extract::term;
use crate::outline::{Outline, sentence};

/// Sentences below that begin with a subject's name and say something of it.
pub(super) fn by_topic(outline: &Outline, index: usize, subjects: &[String], sides: &mut [Side]) {
    for child in outline.children(index).iter().copied().filter(|child| !outline.is_heading(*child)) {
        let text = &outline.block(child).text;
        for range in sentence::sentences(&text.plain) {
            let plain = text.plain[range.clone()].to_lowercase();
            if let Some(which) = subjects.iter().position(|subject| is_topic(&plain, subject)) {
                sides[which].points.push(Point {
                    aspect: String::new(),
                    text: text.markdown(range.clone()),
                    block: None,
                });
                sides[which].lines.extend(text.lines(&range));
            }
        }
    }
}

/// Sentences below that speak of a subject by its name.
pub(super) fn by_mention(outline: &Outline, index: usize, subjects: &[String], sides: &mut [Side]) {
    for child in outline.children(index).iter().copied().filter(|child| !outline.is_heading(*child)) {
        let text = &outline.block(child).text;
        for range in sentence::sentences(&text.plain) {
            let plain = text.plain[range.clone()].to_lowercase();
            if plain.len() != range.len() || sentence::asks(&text.plain[range.clone()]) {
                continue;
            }
            let named: Vec<Option<std::ops::Range<usize>>> =
                subjects.iter().map(|subject| mention(&plain, subject)).collect();
            // the last word of one name may stand in another
            let within = |range: &std::ops::Range<usize>| {
                named
                    .iter()
                    .flatten()
                    .any(|other| other.start <= range.start && range.end <= other.end && other.len() > range.len())
            };
            let mut said: Vec<(usize, usize)> = (0..)
                .zip(&named)
                .filter_map(|(i, range)| Some((range.clone().filter(|range| !within(range))?.start, i)))
                .collect();
            said.sort_unstable();
            // a name at the end with nothing said of it is what the first is held against (`Ropes hold more than nets`)
            if let [.., _, (at, last)] = said[..]
                && term::key(&subjects[last]).contains(&term::key(&plain[at..]))
            {
                said.pop();
            }
            let alone = said.len() == 1 && range.end == text.plain.len();
            for (k, (at, which)) in said.iter().enumerate() {
                let start = if k == 0 { 0 } else { *at };
                let end = said.get(k + 1).map_or(plain.len(), |next| next.0);
                let range = range.start + start..range.start + end;
                let said = text.markdown(range.clone());
                let said =
                    ["A. ", "A: ", "답: ", "답 : "].iter().find_map(|mark| said.strip_prefix(mark)).unwrap_or(&said);
                if term::key(&subjects[*which]).contains(&term::key(said)) {
                    continue; // its name alone says nothing of it
                }
                let mut said = said.trim_end_matches([',', ' ']).to_owned();
                sides[*which].lines.extend(text.lines(&range));
                // what stands below a line that speaks of one subject is said of that
                let below = if alone { body::below(outline, child) } else { Body::default() };
                if !below.markdown.is_empty() {
                    said = format!("{said}\n\n{}", below.markdown);
                    sides[*which].lines.extend(below.lines);
                }
                sides[*which].points.push(Point { aspect: String::new(), text: said, block: None });
            }
        }
    }
}

/// Whether a sentence begins with a name and a word that makes it its subject.
fn is_topic(plain: &str, name: &str) -> bool {
    let rest = plain.strip_prefix(name.to_lowercase().as_str());
    let marks =
        ["은 ", "는 ", "은(는) ", "이란 ", "란 ", "は", "とは", "是", " is ", " are ", " has ", " have ", ": ", " : "];
    rest.is_some_and(|rest| marks.iter().any(|mark| rest.starts_with(mark)))
}

/// Where a sentence names a subject: whole, or by its last words (`Amazon X Database` as `X Database`).
fn mention(plain: &str, subject: &str) -> Option<std::ops::Range<usize>> {
    let lower = subject.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    (0..words.len()).map(|skip| words[skip..].join(" ")).filter(|name| name.chars().count() >= 2).find_map(|name| {
        // `HTTP` is not named by `HTTPS`
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let goes_on = |one: Option<char>, other: Option<char>| is_latin(one) && is_latin(other);
        let parted = |at: &usize| {
            let (before, after) = (plain[..*at].chars().next_back(), plain[at + name.len()..].chars().next());
            !goes_on(before, name.chars().next()) && !goes_on(name.chars().next_back(), after)
        };
        let at = plain.match_indices(&name).map(|(at, _)| at).find(parted)?;
        Some(at..at + name.len())
    })
}
