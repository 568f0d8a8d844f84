//! What a writer does throughout a note: marking terms, parting them from their answers with one sign.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Candidate, Finder, term};
use crate::deck::{Content, FactKind};
use crate::outline::{BlockKind, Marker, Outline};
use crate::rule::{Rule, Rules, Target};

/// Whether a note marks the items that have something under them when they are terms: most of them, and several.
pub(super) fn marks_terms(outline: &Outline) -> bool {
    const SEVERAL: usize = 6;
    let parents = outline.blocks.iter().filter(|block| {
        !block.children.is_empty() && matches!(block.kind, BlockKind::Item { heading: false, .. } | BlockKind::Line)
    });
    let (mut marked, mut plain) = (0, 0);
    for parent in parents {
        *if parent.text.is_wholly(|style| style.strong || style.mark) { &mut marked } else { &mut plain } += 1;
    }
    marked >= SEVERAL && marked * 2 >= plain
}

impl<'a> Finder<'a> {
    /// An unmarked item of several words over one thing, in a note that marks its terms.
    pub(super) fn is_unmarked(&self, index: usize) -> bool {
        const NAME: usize = 2;
        self.marks_terms
            && self.outline.block(index).text.plain.split_whitespace().count() > NAME
            && self.outline.children(index).len() == 1
            && !self
                .outline
                .block(index)
                .text
                .styled()
                .any(|(_, style)| style.strong || style.emph || style.mark || style.code)
    }

    /// A look at how many blocks stand beside this one, before the rule's pattern is tried on it.
    pub(super) fn may_be_habit(&self, index: usize, rule: &Rule) -> bool {
        self.outline.near(index).len() >= rule.form.several || self.so_far(rule) >= OFTEN || rule.form.throughout > 0
    }

    /// Whether a rule matches most of the blocks beside this one, each with another term, and as many as it asks for, or
    /// many before,
    /// or those right around it.
    pub(super) fn is_habit(&mut self, index: usize, rule: &'a Rule) -> bool {
        let near: Vec<usize> =
            self.outline.near(index).iter().copied().filter(|near| !self.outline.is_heading(*near)).collect();
        if self.is_in_run(index, rule, &near) || self.is_throughout(rule) {
            return true;
        }
        let mut terms: Vec<Rc<str>> = Vec::new();
        for (others, block) in (1..).zip(&near) {
            terms.extend(self.term_of(*block, rule));
            // even if all that are left match
            if 2 * (others - terms.len()) >= near.len() {
                return false;
            }
        }
        let matching = terms.len();
        // two that go on about one thing; but what comes up again and again acts, it is not explained
        terms.dedup();
        terms.sort_unstable();
        if terms.windows(2).any(|two| two[0] == two[1]) {
            return false;
        }
        let all = matching == rule.form.several && matching == near.len();
        2 * terms.len() > matching
            && (all || matching >= LEAST || self.so_far(rule) >= OFTEN)
            && 2 * matching > near.len()
    }

    /// Whether a rule matches several blocks right before and behind this one, hardly any term twice.
    fn is_in_run(&mut self, index: usize, rule: &'a Rule, near: &[usize]) -> bool {
        const RUN: usize = 4;
        let Ok(at) = near.binary_search(&index) else { return false };
        let mut terms: Vec<Rc<str>> = Vec::new();
        terms.extend(near[at..].iter().map_while(|block| self.term_of(*block, rule)));
        terms.extend(near[..at].iter().rev().map_while(|block| self.term_of(*block, rule)));
        let different = terms.iter().collect::<BTreeSet<_>>().len();
        terms.len() >= RUN && 4 * different >= 3 * terms.len()
    }

    /// Whether a rule that may ask so matches as many lines of the note as it asks for, hardly any term twice.
    fn is_throughout(&mut self, rule: &'a Rule) -> bool {
        if rule.form.throughout == 0 {
            return false;
        }
        if let Some(known) = self.throughout.get(rule.form.id.as_str()) {
            return *known;
        }
        let blocks = (0..self.outline.blocks.len()).filter(|block| !self.outline.is_heading(*block));
        let terms: Vec<Rc<str>> = blocks.filter_map(|block| self.term_of(block, rule)).collect();
        let different = terms.iter().collect::<BTreeSet<_>>().len();
        let found = different >= rule.form.throughout && 4 * different >= 3 * terms.len();
        self.throughout.insert(&rule.form.id, found);
        found
    }

    /// What a rule would call a block. Many blocks ask for the same neighbours.
    fn term_of(&mut self, block: usize, rule: &'a Rule) -> Option<Rc<str>> {
        let text = &self.outline.block(block).text;
        let term = |text: &str| {
            let captures = rule.captures(text)?;
            captures.get("term").filter(|term| !rule.rejects("", term, "")).map(Rc::from)
        };
        let seen = || if rule.form.markup { term(&text.marked().text) } else { term(&text.plain) };
        self.terms_tried.entry((block, &rule.form.id)).or_insert_with(seen).clone()
    }

    fn so_far(&self, rule: &Rule) -> usize {
        self.habits.get(rule.form.id.as_str()).copied().unwrap_or(0)
    }
}

/// What does one thing after another throughout a note acts in it, and no line says what it is: a person, say. For rules
/// that only see what something does.
pub(super) fn drop_actors(rules: &Rules, found: &mut Vec<Candidate>) {
    const AGAIN: usize = 4;
    let alone: Vec<&str> =
        rules.rules.iter().filter(|rule| rule.form.alone).map(|rule| rule.form.id.as_str()).collect();
    let acts = |candidate: &Candidate| match &candidate.content {
        Content::Fact { term, answer, .. } => {
            alone.contains(&candidate.rule.as_str()).then(|| (term::key(term), answer.clone()))
        }
        _ => None,
    };
    let mut done: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, what) in found.iter().filter_map(acts) {
        done.entry(name).or_default().insert(what);
    }
    done.retain(|_, what| what.len() >= AGAIN);
    if !done.is_empty() {
        found.retain(|candidate| acts(candidate).is_none_or(|(name, _)| !done.contains_key(&name)));
    }
}

/// Who acts in several items of a numbered list that stand near each other (`1. mate opens …`, `2. mate looks …`,
/// `3. mate closes …`) is not explained in one of them. For rules that only see what something does.
pub(super) fn drop_actors_of_lists(outline: &Outline, rules: &Rules, found: &mut Vec<Candidate>) {
    const SEVERAL: usize = 3; // items
    found.retain(|candidate| {
        let alone = || rules.get(&candidate.rule).is_some_and(|rule| rule.form.alone);
        let is_step = matches!(outline.block(candidate.block).kind, BlockKind::Item { marker: Marker::Number(..), .. });
        let Content::Fact { term, .. } = &candidate.content else { return true };
        if !is_step || !alone() {
            return true;
        }
        let acts = |item: &&usize| {
            let plain = &outline.block(**item).text.plain;
            let plain = ["The ", "A ", "An "].iter().find_map(|article| plain.strip_prefix(article)).unwrap_or(plain);
            plain.strip_prefix(term.as_str()).is_some_and(|rest| rest.starts_with(' '))
        };
        outline.near(candidate.block).iter().filter(acts).count() < SEVERAL
    });
}

/// Arrows under one heading that lead on from one to the next, each in a line of its own (`Buoy -> pier`, `Pier -> dock`),
/// show a way: none says what the thing before it is.
pub(super) fn drop_ways(outline: &Outline, rules: &Rules, found: &mut Vec<Candidate>) {
    let by_arrow = |id: &str| rules.get(id).is_some_and(|rule| rule.form.has.iter().any(|part| part == "->"));
    let ends = |candidate: &Candidate| match &candidate.content {
        Content::Fact { kind: FactKind::Definition, term, answer, .. } if by_arrow(&candidate.rule) => {
            let heading = outline.heading_above(candidate.block);
            Some(((heading, term::key(term)), (heading, term::key(answer))))
        }
        _ => None,
    };
    let all: BTreeMap<_, _> = found.iter().filter_map(ends).collect();
    let starts_from: BTreeSet<_> = all.values().filter(|end| all.contains_key(*end)).collect();
    if !starts_from.is_empty() {
        found.retain(|candidate| {
            ends(candidate).is_none_or(|(start, end)| !starts_from.contains(&start) && !starts_from.contains(&end))
        });
    }
}

/// Who takes the steps of a numbered list (`1. Mate: …`, `2. Cook: …`, `3. Mate: …`) is not explained there, nor set
/// against the others: a name in front comes up again. In a list of bullets the names take turns.
pub(super) fn drop_takers_of_steps(outline: &Outline, rules: &Rules, found: &mut Vec<Candidate>) {
    // a sentence has no name in front
    let of_signs: Vec<&str> =
        rules.rules.iter().filter(|rule| !rule.looks_at(Target::Sentence)).map(|rule| rule.form.id.as_str()).collect();
    let runs = numbered_runs(outline);
    let list = |candidate: &Candidate| {
        let block = outline.block(candidate.block);
        let bullet =
            || matches!(block.kind, BlockKind::Item { heading: false, .. }).then_some(List::Bullets(block.parent));
        runs[candidate.block].map(List::Numbered).or_else(bullet)
    };
    let taker = |candidate: &Candidate| match &candidate.content {
        Content::Fact { kind: FactKind::Definition, term, .. } => {
            let in_front = of_signs.contains(&candidate.rule.as_str())
                && candidate.term_lines.iter().any(|line| candidate.lines.contains(line));
            let colon = || rules.get(&candidate.rule).is_some_and(|rule| rule.form.has.iter().any(|sign| sign == ":"));
            Some((list(candidate)?, term::key(term)))
                .filter(|(list, _)| in_front && (matches!(list, List::Numbered(_)) || colon()))
        }
        _ => None,
    };
    let mut steps: BTreeMap<(List, String), BTreeSet<usize>> = BTreeMap::new();
    for candidate in found.iter() {
        if let Some(taker) = taker(candidate) {
            steps.entry(taker).or_default().insert(candidate.block);
        }
    }
    let lists = taken_in_turns(outline, &steps);
    if lists.is_empty() {
        return;
    }
    found.retain(|candidate| match candidate.content {
        Content::Comparison { .. } => list(candidate).is_none_or(|list| !lists.contains(&list)),
        _ => taker(candidate).is_none_or(|(list, _)| !lists.contains(&list)),
    });
}

/// A list, by a block.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum List {
    /// The first of its numbers.
    Numbered(usize),
    /// What stands above its bullets.
    Bullets(usize),
}

/// Lists in which names in front take turns (`mate: …`, `cook: …`, `mate: …`). A long numbered list in which hardly a name
/// comes again explains them, one of them twice.
fn taken_in_turns(outline: &Outline, steps: &BTreeMap<(List, String), BTreeSet<usize>>) -> BTreeSet<List> {
    const LEAST: usize = 3; // items that are bullets
    const FEW: usize = 8; // numbered ones
    // how many items there are, their names, and whether one comes again behind another
    let mut lists: BTreeMap<List, (usize, BTreeSet<&str>, bool)> = BTreeMap::new();
    for ((list, name), blocks) in steps {
        let (items, names, apart) = lists.entry(*list).or_default();
        *items += blocks.len();
        names.insert(name);
        let place = |block: &usize| outline.children(outline.block(*block).parent).binary_search(block).unwrap_or(0);
        let places: Vec<usize> = blocks.iter().map(place).collect();
        *apart |= places.windows(2).any(|two| two[1] > two[0] + 1);
    }
    let turns = lists.into_iter().filter(|(list, (items, names, apart))| match list {
        List::Bullets(_) => *apart && *items >= LEAST && names.len() >= 2 && 3 * names.len() <= 2 * items,
        List::Numbered(_) => *items > names.len() && (4 * names.len() <= 3 * items || *apart && *items <= FEW),
    });
    turns.map(|(list, _)| list).collect()
}

/// For each numbered item the one that its numbers begin with: they begin anew where one is no greater than the one before.
fn numbered_runs(outline: &Outline) -> Vec<Option<usize>> {
    let mut runs = vec![None; outline.blocks.len()];
    for block in &outline.blocks {
        let mut run: Option<(usize, u32)> = None; // where it begins, and its last number
        for child in &block.children {
            if let BlockKind::Item { marker: Marker::Number(number, _), .. } = outline.block(*child).kind {
                let begin = run.filter(|(_, last)| *last < number).map_or(*child, |(begin, _)| begin);
                run = Some((begin, number));
                runs[*child] = Some(begin);
            }
        }
    }
    runs
}

/// So many blocks beside each other make a habit, or so many anywhere before.
const LEAST: usize = 3;
const OFTEN: usize = 5;
