//! Which entry of before is which of now.
//!
//! Entries are paired in rounds, the surest likeness first, and within their own note before any other. A round pairs
//! only what is alike one to one: where two could be either of two, the likeness of their answers decides if it is
//! clear, and nothing is guessed if it is not.

use std::collections::BTreeMap;

use super::fingerprint::{self, Fingerprint};
use super::{Content, Entry, NoteDeck};
use crate::letter::key;

/// An entry by its note and its place there.
pub(super) type At = (usize, usize);

/// Who is who.
#[derive(Debug, Default)]
pub(super) struct Partners {
    /// Of each entry of now, the one it was.
    pub(super) was: BTreeMap<At, At>,
    /// Entries of before that could be several of now.
    pub(super) ambiguous: Vec<At>,
}

/// Answers this alike are of one entry, if no other is nearly so.
const ALIKE: f64 = 0.5;
/// How much less alike every other must be.
const CLEARLY: f64 = 0.2;
/// Names this alike are spellings of one, within a section.
const SPELLING: f64 = 0.7;
/// A shorter answer (characters) does not tell an entry outside its section.
const TELLING: usize = 12;
/// Above this many comparisons of names, spelling is not looked at.
const MANY: usize = 250_000;

struct Pairing<'a> {
    new: &'a [NoteDeck],
    old: &'a [NoteDeck],
    /// Of the entries of now.
    generated: &'a [Vec<Fingerprint>],
    /// Of those of before.
    prints: Vec<Vec<Fingerprint>>,
    was: BTreeMap<At, At>,
    free: Vec<Vec<bool>>,
    ambiguous: Vec<At>,
}

/// Pairs the entries of notes, which have the fingerprints `generated`, with those of before. `own[n]` is the place in
/// `old` of note `n` of `new`. Entries that a person added are nobody's.
pub(super) fn partners(
    new: &[NoteDeck],
    generated: &[Vec<Fingerprint>],
    old: &[NoteDeck],
    own: &[Option<usize>],
) -> Partners {
    let print = |entry: &Entry| match &entry.fingerprint {
        Some(print) if !print.is_own() => filled(print, entry),
        _ => Fingerprint::default(),
    };
    let prints: Vec<Vec<Fingerprint>> = old.iter().map(|note| note.entries.iter().map(print).collect()).collect();
    let free = prints.iter().map(|prints| prints.iter().map(|print| !print.is_own()).collect()).collect();
    let mut pairing = Pairing { new, old, generated, prints, was: BTreeMap::new(), free, ambiguous: Vec::new() };
    for (note, own) in own.iter().enumerate() {
        if let Some(own) = own {
            pairing.rounds(&[note], &[*own]);
        }
    }
    let all: Vec<usize> = (0..new.len()).collect();
    let all_own: Vec<usize> = own.iter().flatten().copied().collect();
    if all.len() > 1 {
        pairing.rounds(&all, &all_own);
    }
    let Pairing { was, mut ambiguous, free, .. } = pairing;
    ambiguous.sort_unstable();
    ambiguous.dedup();
    ambiguous.retain(|(note, entry)| free[*note][*entry]);
    Partners { was, ambiguous }
}

/// A fingerprint of an earlier amgi has fewer parts: what they would be if nothing was edited.
fn filled(print: &Fingerprint, entry: &Entry) -> Fingerprint {
    Fingerprint {
        name: print.name.clone().or_else(|| Some(fingerprint::name(&entry.content))),
        rest: print.rest.clone().or_else(|| Some(fingerprint::rest(&entry.content))),
        section: print.section.clone().or_else(|| Some(fingerprint::section(&entry.section))),
        ..print.clone()
    }
}

/// What a round goes by. Empty: the entry takes no part.
type Likeness = fn(&Fingerprint, &Entry) -> String;

fn part(part: Option<&String>) -> &str {
    part.map(String::as_str).unwrap_or_default()
}

fn with_section(main: Option<&String>, print: &Fingerprint) -> String {
    if part(main).is_empty() { String::new() } else { format!("{} {}", part(main), part(print.section.as_ref())) }
}

const ROUNDS: [Likeness; 6] = [
    |print, _| with_section(print.content.as_ref(), print),
    |print, _| part(print.content.as_ref()).to_owned(),
    |print, _| with_section(print.name.as_ref(), print),
    |print, _| part(print.name.as_ref()).to_owned(),
    |print, _| with_section(print.rest.as_ref(), print),
    |print, entry| {
        if fingerprint::said(&entry.content).chars().count() < TELLING {
            String::new()
        } else {
            part(print.rest.as_ref()).to_owned()
        }
    },
];

impl Pairing<'_> {
    fn rounds(&mut self, new: &[usize], old: &[usize]) {
        for likeness in ROUNDS {
            self.round(new, old, likeness);
        }
        self.spellings(new, old);
    }

    fn unpaired(&self, notes: &[usize]) -> Vec<At> {
        let places = |note: &usize| {
            let note = *note;
            (0..self.new[note].entries.len()).map(move |entry| (note, entry))
        };
        notes.iter().flat_map(places).filter(|at| !self.was.contains_key(at)).collect()
    }

    fn unclaimed(&self, notes: &[usize]) -> Vec<At> {
        let places = |note: &usize| {
            let note = *note;
            (0..self.old[note].entries.len()).map(move |entry| (note, entry))
        };
        notes.iter().flat_map(places).filter(|(note, entry)| self.free[*note][*entry]).collect()
    }

    fn round(&mut self, new: &[usize], old: &[usize], likeness: Likeness) {
        let mut alike: BTreeMap<String, (Vec<At>, Vec<At>)> = BTreeMap::new();
        for at in self.unclaimed(old) {
            let like = likeness(&self.prints[at.0][at.1], self.old_at(at));
            if !like.is_empty() {
                alike.entry(like).or_default().1.push(at);
            }
        }
        if alike.is_empty() {
            return;
        }
        for at in self.unpaired(new) {
            if let Some((now, _)) = alike.get_mut(&likeness(&self.generated[at.0][at.1], self.new_at(at))) {
                now.push(at);
            }
        }
        for (now, before) in alike.into_values() {
            match (now.as_slice(), before.as_slice()) {
                ([], _) | (_, []) => {}
                ([now], [before]) => self.pair(*now, *before),
                _ => self.several(now, before),
            }
        }
    }

    /// Several that could be each other: paired as far as it is clear who is who.
    fn several(&mut self, mut now: Vec<At>, mut before: Vec<At>) {
        if now.len() * before.len() > MANY {
            return;
        }
        let mut likeness: Vec<Vec<f64>> =
            now.iter().map(|n| before.iter().map(|b| alike(self.new_at(*n), self.old_at(*b))).collect()).collect();
        while let Some((n, b)) = clearest(&likeness) {
            likeness.remove(n);
            for row in &mut likeness {
                row.remove(b);
            }
            self.pair(now.remove(n), before.remove(b));
        }
        if !now.is_empty() {
            self.ambiguous.extend(before);
        }
    }

    /// Names that are nearly the same within a section.
    fn spellings(&mut self, new: &[usize], old: &[usize]) {
        let (now, before) = (self.unpaired(new), self.unclaimed(old));
        if now.is_empty() || before.is_empty() || now.len() * before.len() > MANY {
            return;
        }
        let spelling = |n: &At, b: &At| {
            let (new, old) = (self.new_at(*n), self.old_at(*b));
            let same_place = self.prints[b.0][b.1].section == self.generated[n.0][n.1].section;
            if !same_place || is_fact(&new.content) != is_fact(&old.content) {
                return 0.0;
            }
            let name = key(&new.content.label());
            // of an entry that a person edited, also what the notes called it last
            let upstream = old.upstream.as_deref().and_then(|said| said.split_once(": ")).map(|(name, _)| key(name));
            let known = [Some(key(&old.content.label())), upstream].into_iter().flatten();
            known.map(|known| strsim::normalized_levenshtein(&name, &known)).fold(0.0, f64::max)
        };
        let likeness: Vec<Vec<f64>> = now.iter().map(|n| before.iter().map(|b| spelling(n, b)).collect()).collect();
        let mut pairs = Vec::new();
        for (n, row) in likeness.iter().enumerate() {
            for (b, like) in row.iter().enumerate() {
                let others = row.iter().enumerate().filter(|(other, _)| *other != b).map(|(_, like)| *like);
                let column = likeness.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, row)| row[b]);
                if *like >= SPELLING && others.chain(column).all(|other| other + CLEARLY <= *like) {
                    pairs.push((now[n], before[b]));
                }
            }
        }
        pairs.into_iter().for_each(|(now, before)| self.pair(now, before));
    }

    fn pair(&mut self, now: At, before: At) {
        self.was.insert(now, before);
        self.free[before.0][before.1] = false;
    }

    fn new_at(&self, at: At) -> &Entry {
        &self.new[at.0].entries[at.1]
    }

    fn old_at(&self, at: At) -> &Entry {
        &self.old[at.0].entries[at.1]
    }
}

fn is_fact(content: &Content) -> bool {
    matches!(content, Content::Fact { .. })
}

/// The place of the greatest likeness, if nothing in its row or column is nearly as great.
fn clearest(likeness: &[Vec<f64>]) -> Option<(usize, usize)> {
    let places =
        likeness.iter().enumerate().flat_map(|(n, row)| row.iter().enumerate().map(move |(b, like)| (n, b, *like)));
    let (n, b, best) = places.max_by(|a, b| a.2.total_cmp(&b.2).then((b.0, b.1).cmp(&(a.0, a.1))))?;
    let row = likeness[n].iter().enumerate().filter(|(other, _)| *other != b).map(|(_, like)| *like);
    let column = likeness.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, row)| row[b]);
    (best >= ALIKE && row.chain(column).all(|other| other + CLEARLY <= best)).then_some((n, b))
}

/// From 0 to 1.
fn alike(a: &Entry, b: &Entry) -> f64 {
    strsim::sorensen_dice(&fingerprint::said(&a.content), &fingerprint::said(&b.content))
}
