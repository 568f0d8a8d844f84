//! Which questions a quiz asks: drawn by a seed from all that the deck's entries can be asked by. The same deck and
//! seed draw the same questions, and an entry more moves few of them.

use std::collections::{BTreeMap, BTreeSet};

use sha1::{Digest, Sha1};

use crate::deck::{Content, Deck, Entry, FactKind, Row};
use crate::export::siblings;
use crate::letter::key;
use crate::markup::{Block, parse, plain};

/// An answer (characters) is asked for by its term up to here,
const NAMED: usize = 160;
/// matched with it up to here,
const MATCHED: usize = 70;
/// and a cell of a table filled in up to here.
const CELL: usize = 60;
/// Pairs of a matching question.
const PAIRS: std::ops::RangeInclusive<usize> = 4..=6;
/// The largest table that is asked.
const SUBJECTS: usize = 4;
const ROWS: usize = 9;

/// The kinds of question, in the order they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Choice,
    Match,
    Blanks,
    Name,
    Long,
    Table,
}

impl Kind {
    pub(super) const ALL: [Kind; 6] = [Kind::Choice, Kind::Match, Kind::Blanks, Kind::Name, Kind::Long, Kind::Table];

    /// As the template knows it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Choice => "choice",
            Kind::Match => "match",
            Kind::Blanks => "blanks",
            Kind::Name => "name",
            Kind::Long => "long",
            Kind::Table => "table",
        }
    }

    /// Of twenty questions, how many are of this kind where there are enough of all.
    fn share(self) -> usize {
        match self {
            Kind::Choice => 8,
            Kind::Match | Kind::Table => 1,
            Kind::Blanks => 3,
            Kind::Name => 5,
            Kind::Long => 2,
        }
    }
}

pub(super) struct Question<'a> {
    /// Of its entry, or the first of its entries.
    pub(super) id: &'a str,
    pub(super) asks: Asks<'a>,
}

/// What is asked. All text is Markdown.
pub(super) enum Asks<'a> {
    /// Which of four is said of a term.
    Choice { term: &'a str, right: &'a str, wrong: [&'a str; siblings::WRONG] },
    /// Which of several is said of each of several terms.
    Match { pairs: Vec<(&'a str, &'a str)> },
    /// A sentence with `{{…}}`.
    Blanks { sentence: &'a str },
    /// Which term something is said of.
    Name { term: &'a str, answer: &'a str },
    /// What a short form is short for.
    Long { term: &'a str, full: &'a str },
    /// A comparison with cells, by row and column, to be filled in.
    Table { subjects: &'a [String], rows: &'a [Row], hidden: BTreeSet<(usize, usize)> },
}

impl Asks<'_> {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Asks::Choice { .. } => Kind::Choice,
            Asks::Match { .. } => Kind::Match,
            Asks::Blanks { .. } => Kind::Blanks,
            Asks::Name { .. } => Kind::Name,
            Asks::Long { .. } => Kind::Long,
            Asks::Table { .. } => Kind::Table,
        }
    }
}

/// Chance that is the same every time: things are ordered by a hash of the seed and of what they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dice {
    pub(super) seed: u64,
}

impl Dice {
    /// Puts things in an order that the seed and the purpose tell.
    pub(super) fn shuffle<T>(self, things: &mut [T], purpose: &str, name: impl Fn(&T) -> String) {
        things.sort_by_cached_key(|thing| self.throw(purpose, &name(thing)));
    }

    fn throw(self, purpose: &str, name: &str) -> [u8; 20] {
        let mut hash = Sha1::new();
        hash.update(self.seed.to_le_bytes());
        hash.update(purpose);
        hash.update([0]);
        hash.update(name);
        hash.finalize().into()
    }
}

/// At most `wanted` questions, each of entries of its own.
pub(super) fn draw(deck: &Deck, wanted: usize, dice: Dice) -> Vec<Question<'_>> {
    let mut pools: Vec<Vec<Question<'_>>> = Kind::ALL.iter().map(|kind| pool(deck, *kind, dice)).collect();
    for pool in &mut pools {
        // the last is drawn first
        dice.shuffle(pool, "draw", |question| question.id.to_owned());
        pool.reverse();
    }
    let mut drawn: Vec<Question<'_>> = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    // first every kind its share, the rarest first, then whatever there is
    for kind in [Kind::Table, Kind::Match, Kind::Blanks, Kind::Long, Kind::Name, Kind::Choice] {
        let share = (kind.share() * wanted).div_ceil(20);
        let before = drawn.len();
        let Some(pool) = Kind::ALL.iter().position(|other| *other == kind).and_then(|at| pools.get_mut(at)) else {
            continue;
        };
        while drawn.len() < wanted && drawn.len() - before < share && take(pool, &mut drawn, &mut used) {}
    }
    let mut found = true;
    while drawn.len() < wanted && found {
        found = false;
        for pool in &mut pools {
            found |= drawn.len() < wanted && take(pool, &mut drawn, &mut used);
        }
    }
    drawn
}

/// Draws one question from a pool, about nothing that is asked already.
fn take<'a>(pool: &mut Vec<Question<'a>>, drawn: &mut Vec<Question<'a>>, used: &mut BTreeSet<String>) -> bool {
    while let Some(question) = pool.pop() {
        let about = about(&question.asks);
        if about.iter().all(|name| !used.contains(name)) {
            used.extend(about);
            drawn.push(question);
            return true;
        }
    }
    false
}

/// What a question is about: a term is asked once, whatever the kind of question.
fn about(asks: &Asks<'_>) -> Vec<String> {
    match asks {
        Asks::Choice { term, .. } | Asks::Name { term, .. } | Asks::Long { term, .. } => vec![key(term)],
        Asks::Match { pairs } => pairs.iter().map(|(term, _)| key(term)).collect(),
        Asks::Blanks { sentence } => vec![key(sentence)],
        Asks::Table { subjects, .. } => vec![key(&subjects.join(" "))],
    }
}

fn pool(deck: &Deck, kind: Kind, dice: Dice) -> Vec<Question<'_>> {
    match kind {
        Kind::Choice => choices(deck),
        Kind::Match => matches(deck, dice),
        _ => deck
            .entries()
            .filter_map(|(_, entry)| Some(Question { id: &entry.id.0, asks: of_entry(entry, kind, dice)? }))
            .collect(),
    }
}

fn choices(deck: &Deck) -> Vec<Question<'_>> {
    let wrong: BTreeMap<_, _> = siblings::choices(deck).into_iter().map(|choice| (choice.id, choice.wrong)).collect();
    deck.entries()
        .filter_map(|(_, entry)| {
            let Content::Fact { term, answer, .. } = &entry.content else { return None };
            let wrong = *wrong.get(&entry.id)?;
            Some(Question { id: &entry.id.0, asks: Asks::Choice { term, right: answer, wrong } })
        })
        .collect()
}

/// Groups of pairs from one section each: terms of one area are hard to tell apart, and worth it.
fn matches(deck: &Deck, dice: Dice) -> Vec<Question<'_>> {
    let mut sections: Vec<(Option<&String>, Vec<&Entry>)> = Vec::new();
    for (_, entry) in deck.entries() {
        let is_short = matches!(&entry.content, Content::Fact { kind: FactKind::Definition, term, answer, .. } if asks_for(term, answer, MATCHED));
        if is_short {
            match sections.iter_mut().find(|(section, _)| *section == entry.section.first()) {
                Some((_, entries)) => entries.push(entry),
                None => sections.push((entry.section.first(), vec![entry])),
            }
        }
    }
    let mut out = Vec::new();
    for (_, mut entries) in sections {
        dice.shuffle(&mut entries, "pairs", |entry| entry.id.0.clone());
        for group in entries.chunks(*PAIRS.end()) {
            let mut pairs: Vec<(&str, &str)> = Vec::new();
            for entry in group {
                if let Content::Fact { term, answer, .. } = &entry.content
                    && pairs.iter().all(|(other, said)| key(other) != key(term) && key(said) != key(answer))
                {
                    pairs.push((term, answer));
                }
            }
            if pairs.len() >= *PAIRS.start() {
                out.push(Question { id: &group[0].id.0, asks: Asks::Match { pairs } });
            }
        }
    }
    out
}

fn of_entry<'a>(entry: &'a Entry, kind: Kind, dice: Dice) -> Option<Asks<'a>> {
    match (&entry.content, kind) {
        (Content::Cloze { text }, Kind::Blanks) if text.contains("{{") => Some(Asks::Blanks { sentence: text }),
        (Content::Fact { kind: FactKind::Definition | FactKind::Cue, term, answer, .. }, Kind::Name)
            if asks_for(term, answer, NAMED) =>
        {
            Some(Asks::Name { term, answer })
        }
        (Content::Expansion { term, full }, Kind::Long) => Some(Asks::Long { term, full }),
        (Content::Comparison { subjects, rows }, Kind::Table) => {
            let hidden = hidden(&entry.id.0, subjects.len(), rows, dice);
            let fits = subjects.len() <= SUBJECTS && rows.len() <= ROWS && !hidden.is_empty();
            fits.then_some(Asks::Table { subjects, rows, hidden })
        }
        _ => None,
    }
}

/// Whether an answer can be asked for by its term or its term by it: one paragraph, not too long, that does not say
/// the term.
fn asks_for(term: &str, answer: &str, longest: usize) -> bool {
    let blocks = parse(answer);
    let text = plain(&blocks);
    matches!(blocks.as_slice(), [Block::Paragraph(_)])
        && text.chars().count() <= longest
        && !key(&text).is_empty()
        && !key(&text).contains(&key(term))
}

/// The cells of a table that are to be filled in: half of each row, of those that are short enough.
fn hidden(id: &str, subjects: usize, rows: &[Row], dice: Dice) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    for (r, row) in rows.iter().enumerate() {
        let short = |c: &usize| {
            row.cells.get(*c).is_some_and(|cell| !cell.trim().is_empty() && plain(&parse(cell)).chars().count() <= CELL)
        };
        let mut cells: Vec<usize> = (0..subjects).filter(short).collect();
        dice.shuffle(&mut cells, &format!("cells {id} {r}"), usize::to_string);
        out.extend(cells.into_iter().take((subjects / 2).max(1)).map(|c| (r, c)));
    }
    out
}
