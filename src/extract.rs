//! Outline × rules → candidates.
//!
//! Every block is shown to every rule that looks at its kind. Of the rules that make a term and an answer the first
//! one wins a block; expansions, comparisons and tables are found besides. What a pattern alone cannot see is in the
//! modules below: where an answer ends, whether letters fit a long form, how two lists line up.

mod again;
mod body;
mod cells;
mod clauses;
mod cloze;
mod comparison;
mod expansion;
mod fact;
mod going_on;
mod habits;
mod lists_of_names;
pub mod picture;
mod sentences;
mod shared_labels;
mod surroundings;
mod table;
pub mod term;
mod within;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use crate::deck::{Content, FactKind, Kind};
use crate::outline::inline::{Style, Text};
use crate::outline::marked::Marked;
use crate::outline::{BlockKind, Outline, sentence};
use crate::rule::{AnswerFrom, Captured, Rule, Rules, Target, Under};

/// What one rule made of one place in the outline.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub content: Content,
    /// The id of the rule.
    pub rule: String,
    /// The block whose text it was made of.
    pub block: usize,
    /// 1-based lines of answer and details, ascending.
    pub lines: Vec<usize>,
    /// 1-based lines of the term.
    pub term_lines: Vec<usize>,
}

/// Everything the rules find in a note, in its order.
pub fn extract(outline: &Outline, rules: &Rules) -> Vec<Candidate> {
    let mut finder = Finder {
        outline,
        rules,
        found: Vec::with_capacity(outline.blocks.len()),
        claimed: vec![false; outline.blocks.len()],
        compared: vec![false; outline.blocks.len()],
        habits: BTreeMap::new(),
        terms_tried: HashMap::new(),
        throughout: HashMap::new(),
        marks_terms: habits::marks_terms(outline),
        names_above: vec![None; outline.blocks.len()],
        under_examples: false,
        heading_keys: OnceCell::new(),
    };
    for index in 1..outline.blocks.len() {
        finder.block(index);
    }
    again::drop_answers_again(outline, &mut finder.found);
    again::drop_comparisons_again(outline, &mut finder.found);
    again::drop_names_over_definitions(outline, &mut finder.found);
    again::drop_openings_again(outline, rules, &mut finder.found);
    again::drop_announcements_under_points(outline, &mut finder.found);
    again::drop_headings_over_vague_labels(outline, rules, &mut finder.found);
    again::drop_headings_named_again(outline, &mut finder.found);
    again::list_what_leads_up(outline, rules, &mut finder.found);
    habits::drop_actors(rules, &mut finder.found);
    habits::drop_actors_of_lists(outline, rules, &mut finder.found);
    habits::drop_ways(outline, rules, &mut finder.found);
    habits::drop_takers_of_steps(outline, rules, &mut finder.found);
    shared_labels::keep_brackets(outline, &mut finder.found);
    shared_labels::tell_apart(outline, rules, &mut finder.found);
    going_on::take_lines_below(outline, rules, &mut finder.found);
    lists_of_names::leave_out_nested(outline, rules, &mut finder.found);
    finder.found
}

struct Finder<'a> {
    outline: &'a Outline,
    rules: &'a Rules,
    found: Vec<Candidate>,
    /// Blocks that are the opening of a definition or an attribute of a comparison: no rule looks for a fact in them.
    claimed: Vec<bool>,
    /// Blocks that set against each other what stands under them.
    compared: Vec<bool>,
    /// How often each rule of signs used throughout made something.
    habits: BTreeMap<&'a str, usize>,
    /// What such rules would call blocks, by block and rule.
    terms_tried: HashMap<(usize, &'a str), Option<Rc<str>>>,
    /// Whether the note uses a rule's sign throughout, by rule.
    throughout: HashMap<&'a str, bool>,
    /// The note marks its terms: an unmarked item with one thing under it is none.
    marks_terms: bool,
    /// For blocks with something under them: what that is named by, once it was asked for.
    names_above: Vec<Option<Option<Rc<str>>>>,
    /// The heading above says that only examples stand under it.
    under_examples: bool,
    /// What the headings are called, as keys, once it was asked for.
    heading_keys: OnceCell<HashSet<String>>,
}

/// A text as one rule sees it.
struct View<'a> {
    text: &'a Text,
    marked: Option<&'a Marked>,
}

impl View<'_> {
    fn seen(&self) -> &str {
        self.marked.map_or(self.text.plain.as_str(), |marked| marked.text.as_str())
    }

    /// The range of the plain text that a capture stands for.
    fn range(&self, captures: &Captured<'_>, name: &str) -> Option<Range<usize>> {
        let range = captures.range(name)?;
        Some(match self.marked {
            Some(marked) => marked.plain_range(&range),
            None => range,
        })
    }
}

impl<'a> Finder<'a> {
    fn block(&mut self, index: usize) {
        let outline = self.outline;
        let block = outline.block(index);
        let target = match &block.kind {
            BlockKind::Root => return,
            BlockKind::Table(table) => return self.table(index, table),
            BlockKind::Code { .. } => Target::Code,
            BlockKind::Fold => Target::Heading,
            _ if outline.is_heading(index) => Target::Heading,
            BlockKind::Item { .. } => Target::Item,
            _ => Target::Line,
        };
        let marked = block.text.styled().next().map(|_| block.text.marked());
        let possible = self.rules.possible(&block.text.plain, marked.is_some());
        self.expansions(index, &block.text, &possible, true);
        if outline.is_heading(index) {
            self.under_examples = self.rules.is_example(&term::clean(&block.text, 0..block.text.plain.len()).name);
        }
        let below = body::Below::of(outline, index);
        let mut facts = self.claimed[index]
            || self.is_in_example(index)
            || self.answers(index)
            || self.within_line(index, target, &block.text);
        for rule in possible.facts(target) {
            let makes_fact = rule.form.emits != Kind::Comparison;
            if makes_fact && facts || !below.fits(rule.form.under) || !self.may_look(index, target, rule) {
                continue;
            }
            let view = View { text: &block.text, marked: marked.as_ref().filter(|_| rule.form.markup) };
            let Some(captures) = rule.captures(view.seen()) else { continue };
            if rule.form.several > 0 && !self.is_habit(index, rule) {
                continue;
            }
            if self.matched(index, rule, &view, &captures, below.opening) {
                if rule.form.several > 0 {
                    *self.habits.entry(&rule.form.id).or_default() += 1;
                }
                if makes_fact && let Some(answer) = view.range(&captures, "answer") {
                    self.marked_within(index, &block.text.part(answer), &possible);
                }
                facts = makes_fact || !self.leaves_facts(index, rule, &captures);
            }
        }
        if self.claimed[index] {
            self.other_sentences(index, &possible);
        } else if !facts && !matches!(target, Target::Heading | Target::Code) && !self.sentences(index, &possible) {
            self.clozes(index, target, marked.as_ref());
        }
        if self.claimed[index] || !facts {
            self.announced(index, target, &possible);
        }
    }

    /// Whether a block that was made a comparison of still says what something is.
    fn leaves_facts(&self, index: usize, rule: &Rule, captures: &Captured<'_>) -> bool {
        let text = &self.outline.block(index).text;
        let plain = text.plain.as_str();
        let said_of_a = captures.get("said_of_a");
        // one sentence of several that sets two things against each other leaves the others
        let goes_on = || captures.range("said_of_b").is_some_and(|said| plain.len() > said.end + 1);
        let in_two = || said_of_a.is_some_and(|said| plain.contains(&format!("{said}. ")));
        // `_A_ is …, whereas _B_ is …` says what each of them is
        let is_name =
            |(run, style): (&Range<usize>, &Style)| run.start <= sentence::ARTICLE && (style.emph || style.strong);
        let names_first = || said_of_a.is_some() && text.styled().next().is_some_and(is_name);
        // a question about a difference has its answer besides
        rule.form.beside
            || plain.ends_with(['?', '？'])
            || self.found.last().is_some_and(|made| comparison::leaves_own_list(self.outline, index, made))
            || names_first()
            || goes_on()
            || in_two()
    }

    /// Whether the match came to something.
    fn matched(
        &mut self,
        index: usize,
        rule: &Rule,
        view: &View<'_>,
        captures: &Captured<'_>,
        opening: Option<usize>,
    ) -> bool {
        if rule.form.beside && self.compared[self.outline.block(index).parent] {
            return false;
        }
        let found = match rule.form.emits {
            Kind::Comparison => {
                let found = comparison::compare(self.outline, self.rules, index, rule, captures);
                found.map(|(candidate, attributes)| {
                    attributes.into_iter().for_each(|attribute| self.claimed[attribute] = true);
                    self.compared[index] = !rule.form.beside;
                    candidate
                })
            }
            _ => fact::fact(self.outline, self.rules, index, rule, view, captures, opening),
        };
        let Some(candidate) = found else { return false };
        if rule.form.answer != AnswerFrom::Captured
            && matches!(rule.form.emits, Kind::Definition)
            && let Some(opening) = opening
        {
            self.claimed[opening] = true;
        }
        if rule.form.under == Under::Choices {
            // what there is to choose from says nothing by itself
            let outline = self.outline;
            for choice in fact::choices(outline, index).into_iter().flatten() {
                self.claimed[choice] = true;
                outline.below(choice).for_each(|below| self.claimed[below] = true);
            }
        }
        let list = self.list_of(&candidate);
        self.found.push(candidate);
        self.found.extend(list);
        true
    }

    /// The list under what says what its name is, as an entry of its own.
    fn list_of(&self, said: &Candidate) -> Option<Candidate> {
        let Content::Fact { kind: FactKind::Definition, term, answer, details } = &said.content else { return None };
        let is_list = body::is_list(answer);
        // what there is to choose from is not what is asked for
        if details.is_none() && !is_list || fact::chosen(self.outline, said.block).is_some() {
            return None;
        }
        let list = body::named_list(self.outline, said.block, is_list)?;
        let (term, kind) = (term.clone(), FactKind::Points);
        let content = Content::Fact { kind, term, answer: list.markdown, details: None };
        Some(Candidate { content, lines: list.lines, ..said.clone() })
    }

    /// The name of the nearest block above one that says something.
    fn name_above(&mut self, index: usize) -> Option<Rc<str>> {
        let parent = self.outline.block(index).parent;
        let name = || fact::above(self.outline, self.rules, index).map(Rc::from);
        let known = self.names_above[parent].get_or_insert_with(name);
        known.clone()
    }
}
