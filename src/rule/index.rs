//! Which rules may say something of a text, told in one pass over it whatever the number of rules.

use std::collections::HashMap;

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use smallvec::{SmallVec, smallvec};

use super::{Letters, LettersOf, Rule, Target};
use crate::deck::Kind;
use crate::outline::inline::Text;

/// All targets, in the order of their lists below.
const TARGETS: [Target; 6] =
    [Target::Heading, Target::Item, Target::Line, Target::Sentence, Target::Table, Target::Code];

/// The rules by what they look at, and by what a text must have for them. Sets are of places in the order in which rules
/// are tried: comparisons first, since one says all that the points of its block would.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// The rules' numbers, by their ids.
    numbers: HashMap<String, usize>,
    /// The rules' numbers, in the order they are tried.
    order: Vec<usize>,
    /// For each target the rules that make a fact or a comparison of it.
    facts: [RuleSet; TARGETS.len()],
    clozes: [Vec<usize>; TARGETS.len()],
    /// Expansions are looked for in every text.
    expansions: RuleSet,
    /// The parts that rules need (`has`), and for each the rules that need it.
    parts: Option<DFA>,
    needed_by: Vec<RuleSet>,
    /// The rules that need no part.
    always: RuleSet,
    /// The rules that see markup.
    markup: RuleSet,
    /// The rules that a text may begin as it likes for, and those that fit each way a text begins.
    starts: [RuleSet; BEGINNINGS.len()],
    /// The rules of every language, and those of each script.
    letters: [RuleSet; 1 + SCRIPTS.len()],
    /// The rules that want no script but one (`only`).
    only: [RuleSet; SCRIPTS.len()],
}

/// A text for each way of beginning that rules tell apart.
const BEGINNINGS: [&str; 4] = [" ", "a", "A ", "AA"];
const SCRIPTS: [Letters; 4] = [Letters::Hangul, Letters::Kana, Letters::Han, Letters::Latin];

/// A set of rules, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RuleSet(SmallVec<[u64; 4]>);

impl RuleSet {
    fn of(all: usize, wanted: impl Fn(usize) -> bool) -> RuleSet {
        let mut set = RuleSet(smallvec![0; all.div_ceil(64)]);
        (0..all).filter(|rule| wanted(*rule)).for_each(|rule| set.add(rule));
        set
    }

    fn add(&mut self, rule: usize) {
        self.0[rule / 64] |= 1 << (rule % 64);
    }

    fn add_all(&mut self, other: &RuleSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// What is in both sets, ascending.
    fn both<'a>(&'a self, other: &'a RuleSet) -> impl Iterator<Item = usize> + 'a {
        self.0.iter().zip(&other.0).enumerate().flat_map(|(word, (a, b))| {
            let mut bits = a & b;
            std::iter::from_fn(move || {
                let bit = bits.trailing_zeros() as usize;
                bits &= bits.wrapping_sub(1);
                (bit < 64).then_some(word * 64 + bit)
            })
        })
    }
}

impl Index {
    /// The number of the rule of an id.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    pub(super) fn of(rules: &[Rule]) -> Index {
        let (first, others): (Vec<usize>, Vec<usize>) =
            (0..rules.len()).partition(|number| rules[*number].form.emits == Kind::Comparison);
        let order: Vec<usize> = first.into_iter().chain(others).collect();
        let set = |wanted: &dyn Fn(&Rule) -> bool| RuleSet::of(order.len(), |at| wanted(&rules[order[at]]));
        let is_fact = |kind| !matches!(kind, Kind::Expansion | Kind::Cloze);
        let clozes = TARGETS.map(|target| {
            let hides = |(_, rule): &(usize, &Rule)| rule.looks_at(target) && rule.form.emits == Kind::Cloze;
            rules.iter().enumerate().filter(hides).map(|(number, _)| number).collect()
        });
        let mut index = Index {
            facts: TARGETS.map(|target| set(&|rule| rule.looks_at(target) && is_fact(rule.form.emits))),
            clozes,
            expansions: set(&|rule| rule.form.emits == Kind::Expansion),
            always: set(&|rule| rule.form.has.is_empty()),
            markup: set(&|rule| rule.form.markup),
            starts: BEGINNINGS.map(|beginning| set(&|rule| rule.form.starts.fits(beginning))),
            letters: [None, Some(0), Some(1), Some(2), Some(3)]
                .map(|script| set(&|rule| rule.letters == script.map(|script: usize| SCRIPTS[script]))),
            only: SCRIPTS.map(|script| set(&|rule| rule.form.only == Some(script))),
            numbers: rules.iter().enumerate().map(|(number, rule)| (rule.form.id.clone(), number)).collect(),
            ..Index::default()
        };
        let mut parts: Vec<&str> = Vec::new();
        for (at, number) in order.iter().enumerate() {
            for part in &rules[*number].form.has {
                let known = parts.iter().position(|known| known == part).unwrap_or_else(|| {
                    parts.push(part);
                    index.needed_by.push(RuleSet::of(order.len(), |_| false));
                    parts.len() - 1
                });
                index.needed_by[known].add(at);
            }
        }
        // a set of plain strings builds unless it is of gigabytes; without it every rule is tried
        index.parts = DFA::new(&parts).ok();
        if index.parts.is_none() {
            index.always = set(&|_| true);
        }
        index.order = order;
        index
    }

    /// Adds the rules that need a part that the text has: one step of the automaton for each byte, whatever it finds.
    fn add_needed(&self, text: &str, possible: &mut RuleSet) {
        let Some(parts) = &self.parts else { return };
        let Ok(mut state) = parts.start_state(Anchored::No) else { return };
        for byte in text.bytes() {
            state = parts.next_state(Anchored::No, state, byte);
            if parts.is_special(state) && parts.is_match(state) {
                for found in 0..parts.match_len(state) {
                    possible.add_all(&self.needed_by[parts.match_pattern(state, found).as_usize()]);
                }
            }
        }
    }

    /// The rules that may say something of a text, by its parts, its first letters, its markup and its scripts.
    fn possible(&self, text: &str, marked: bool, letters: LettersOf) -> RuleSet {
        let mut possible = self.always.clone();
        self.add_needed(text, &mut possible);
        let starts = &self.starts[beginning(text)].0;
        let scripts: [u64; SCRIPTS.len()] = SCRIPTS.map(|script| if letters.have(Some(script)) { u64::MAX } else { 0 });
        let mixed = SCRIPTS.map(|script| if letters.are_only(script) { 0 } else { u64::MAX });
        for (word, bits) in possible.0.iter_mut().enumerate() {
            let markup = self.markup.0[word];
            *bits &= starts[word] | markup;
            if marked {
                *bits |= markup;
            }
            // the short forms of expansions are the same in every language
            let mut known = self.letters[0].0[word] | self.expansions.0[word];
            for (script, has) in scripts.iter().enumerate() {
                known |= self.letters[script + 1].0[word] & has;
            }
            *bits &= known;
            for (only, mixed) in self.only.iter().zip(mixed) {
                *bits &= !(only.0[word] & mixed);
            }
        }
        possible
    }
}

/// Which of the beginnings a text has.
fn beginning(text: &str) -> usize {
    match text.as_bytes() {
        [b'a'..=b'z', ..] => 1,
        [b'A'..=b'Z', b'A'..=b'Z', ..] => 3,
        [b'A'..=b'Z', ..] => 2,
        _ => 0,
    }
}

/// What the rules of a note may say of one text.
pub struct Possible<'a> {
    rules: &'a super::Rules,
    set: RuleSet,
    letters: LettersOf,
}

impl<'a> Possible<'a> {
    pub(super) fn of(rules: &'a super::Rules, text: &str, marked: bool) -> Possible<'a> {
        let letters = LettersOf::text(text);
        Possible { rules, set: rules.index.possible(text, marked, letters), letters }
    }

    /// Of a part of the text.
    pub fn part(&self, part: &Text) -> Possible<'a> {
        let marked = part.styled().next().is_some();
        let set = self.rules.index.possible(&part.plain, marked, self.letters);
        Possible { rules: self.rules, set, letters: self.letters }
    }

    /// The rules that may make a fact or a comparison of it, in the order they are tried.
    pub fn facts(&self, target: Target) -> impl Iterator<Item = &'a Rule> + use<'a, '_> {
        let of_target = &self.rules.index.facts[target as usize];
        self.set.both(of_target).map(|at| &self.rules.rules[self.rules.index.order[at]])
    }

    pub fn expansions(&self) -> impl Iterator<Item = &'a Rule> + use<'a, '_> {
        self.set.both(&self.rules.index.expansions).map(|at| &self.rules.rules[self.rules.index.order[at]])
    }
}

impl super::Rules {
    /// Of other rules, all else the same.
    pub(super) fn with(self, rules: Vec<Rule>) -> super::Rules {
        super::Rules { index: Index::of(&rules), rules, ..self }
    }

    /// What the rules may say of a text.
    pub fn possible<'a>(&'a self, text: &str, marked: bool) -> Possible<'a> {
        Possible::of(self, text, marked)
    }

    /// The rules that hide words in such blocks.
    pub fn clozes(&self, target: Target) -> impl Iterator<Item = &Rule> {
        self.index.clozes[target as usize].iter().map(|number| &self.rules[*number])
    }
}
