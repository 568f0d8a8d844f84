//! Which rules may say something of a text, told in one pass over it whatever the number of rules.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{LettersOf, Rule, Target};
use crate::deck::Kind;
use crate::outline::inline::Text;

/// All targets, in the order of their lists below.
const TARGETS: [Target; 6] =
    [Target::Heading, Target::Item, Target::Line, Target::Sentence, Target::Table, Target::Code];

/// The rules by what they look at, and by what a text must have for them.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// For each target the rules that look at it, in the order they are tried: comparisons first, since one says all
    /// that the points of its block would; no expansions and clozes.
    facts: [Vec<usize>; TARGETS.len()],
    clozes: [Vec<usize>; TARGETS.len()],
    /// Expansions are looked for in every text.
    expansions: Vec<usize>,
    /// The parts that rules need (`has`), and for each the rules that need it.
    parts: Option<AhoCorasick>,
    needed_by: Vec<Vec<usize>>,
    /// The rules that need no part.
    always: RuleSet,
}

/// A set of rules, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RuleSet(Vec<u64>);

impl RuleSet {
    fn add(&mut self, rule: usize) {
        if self.0.len() <= rule / 64 {
            self.0.resize(rule / 64 + 1, 0);
        }
        self.0[rule / 64] |= 1 << (rule % 64);
    }

    fn has(&self, rule: usize) -> bool {
        self.0.get(rule / 64).is_some_and(|bits| bits >> (rule % 64) & 1 == 1)
    }
}

impl Index {
    pub(super) fn of(rules: &[Rule]) -> Index {
        let mut index = Index::default();
        let mut parts: Vec<&str> = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            if rule.form.has.is_empty() {
                index.always.add(number);
            }
            for part in &rule.form.has {
                let known = parts.iter().position(|known| known == part).unwrap_or_else(|| {
                    parts.push(part);
                    index.needed_by.push(Vec::new());
                    parts.len() - 1
                });
                index.needed_by[known].push(number);
            }
        }
        // a set of plain strings builds unless it is of gigabytes; without it every rule is tried
        index.parts = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(&parts).ok();
        if index.parts.is_none() {
            (0..rules.len()).for_each(|number| index.always.add(number));
        }
        let of_kinds = |target: Target, wanted: fn(Kind) -> bool| {
            let fits = move |(_, rule): &(usize, &Rule)| rule.looks_at(target) && wanted(rule.form.emits);
            rules.iter().enumerate().filter(fits).map(|(number, _)| number)
        };
        for (at, target) in TARGETS.into_iter().enumerate() {
            let others = |kind| !matches!(kind, Kind::Comparison | Kind::Expansion | Kind::Cloze);
            index.facts[at] =
                of_kinds(target, |kind| kind == Kind::Comparison).chain(of_kinds(target, others)).collect();
            index.clozes[at] = of_kinds(target, |kind| kind == Kind::Cloze).collect();
        }
        let expands = |(_, rule): &(usize, &Rule)| rule.form.emits == Kind::Expansion;
        index.expansions = rules.iter().enumerate().filter(expands).map(|(number, _)| number).collect();
        index
    }

    /// The rules whose parts a text has.
    pub(super) fn possible(&self, text: &str) -> RuleSet {
        let mut possible = self.always.clone();
        for found in self.parts.iter().flat_map(|parts| parts.find_overlapping_iter(text)) {
            for rule in &self.needed_by[found.pattern().as_usize()] {
                possible.add(*rule);
            }
        }
        possible
    }
}

/// What the rules of a note may say of one text.
pub struct Possible<'a> {
    rules: &'a super::Rules,
    set: RuleSet,
    letters: LettersOf,
    /// Whether the text has markup: rules that see it need no part.
    marked: bool,
    text: &'a str,
}

impl<'a> Possible<'a> {
    pub(super) fn of(rules: &'a super::Rules, text: &'a str, marked: bool) -> Possible<'a> {
        Possible { rules, set: rules.index.possible(text), letters: LettersOf::text(text), marked, text }
    }

    /// Of a part of the text.
    pub fn part(&self, part: &'a Text) -> Possible<'a> {
        let marked = part.styled().next().is_some();
        let set = self.rules.index.possible(&part.plain);
        Possible { rules: self.rules, set, letters: self.letters, marked, text: &part.plain }
    }

    /// The rules that may make a fact or a comparison of it, in the order they are tried.
    pub fn facts(&self, target: Target) -> impl Iterator<Item = &'a Rule> + use<'a, '_> {
        self.those(&self.rules.index.facts[target as usize])
    }

    pub fn expansions(&self) -> impl Iterator<Item = &'a Rule> + use<'a, '_> {
        let possible = self.rules.index.expansions.iter().filter(|rule| self.set.has(**rule));
        possible.map(|rule| &self.rules.rules[*rule]).filter(|rule| rule.form.starts.fits(self.text))
    }

    fn those(&self, list: &'a [usize]) -> impl Iterator<Item = &'a Rule> + use<'a, '_> {
        let rule = |number: &usize| (*number, &self.rules.rules[*number]);
        list.iter()
            .map(rule)
            .filter(|(number, rule)| self.set.has(*number) || self.marked && rule.form.markup)
            .map(|(_, rule)| rule)
            .filter(|rule| rule.form.starts.fits(self.text) || rule.form.markup)
            .filter(|rule| self.letters.have(rule.letters))
    }
}

impl super::Rules {
    /// Of other rules, all else the same.
    pub(super) fn with(self, rules: Vec<Rule>) -> super::Rules {
        super::Rules { index: Index::of(&rules), rules, ..self }
    }

    /// What the rules may say of a text.
    pub fn possible<'a>(&'a self, text: &'a str, marked: bool) -> Possible<'a> {
        Possible::of(self, text, marked)
    }

    /// The rules that hide words in such blocks.
    pub fn clozes(&self, target: Target) -> impl Iterator<Item = &Rule> {
        self.index.clozes[target as usize].iter().map(|number| &self.rules[*number])
    }
}
