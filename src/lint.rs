//! What makes a card poor: each with a code, a place and advice.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::deck::{Content, Deck, Entry, FactKind};
use crate::diagnostic::Diagnostic;
use crate::letter::key;
use crate::markup::{Block, Inline, parse, plain};
use crate::rule::Rules;

/// `check:` in amgi.yaml.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Limits {
    /// An answer of more characters is too long to know by heart.
    pub answer_characters: usize,
    /// A list of more items is too long to recall.
    pub list_items: usize,
    /// Codes of lints that are not wanted.
    pub off: Vec<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { answer_characters: 400, list_items: 7, off: Vec::new() }
    }
}

/// One thing that makes a card poor, and the entry it is about.
#[derive(Debug)]
pub struct Finding<'a> {
    pub entry: &'a Entry,
    /// Without a place: who calls knows the note's text.
    pub diagnostic: Diagnostic,
}

/// Everything that makes cards of a deck poor, in the order of the deck.
pub fn lint<'a>(deck: &'a Deck, rules: &Rules, limits: &Limits) -> Vec<Finding<'a>> {
    let whole = Whole::of(deck);
    let mut out = Vec::new();
    for (_, entry) in deck.entries() {
        let mut say = |code: &'static str, message: String, advice: &str| {
            if !limits.off.iter().any(|off| off == code) {
                out.push(Finding { entry, diagnostic: Diagnostic::warning(code, message).hint(advice) });
            }
        };
        match &entry.content {
            Content::Fact { kind, term, answer, .. } => {
                fact(term, answer, rules, limits, &mut say);
                whole.fact(*kind, term, answer, &mut say);
            }
            Content::Expansion { .. } | Content::Cloze { .. } => {}
            Content::Comparison { subjects, rows } => {
                let empty = (0..subjects.len())
                    .find(|i| rows.iter().all(|row| row.cells.get(*i).is_none_or(|cell| cell.trim().is_empty())));
                let half = rows.iter().find(|row| row.cells.iter().any(|cell| cell.trim().is_empty()));
                if let Some(subject) = empty.and_then(|i| subjects.get(i)) {
                    say(
                        "one-sided",
                        format!("the comparison says nothing of `{subject}`"),
                        "say in the note what holds for each side",
                    );
                } else if let Some(row) = half {
                    say(
                        "one-sided",
                        format!("the row `{}` has a side that is empty", row.aspect),
                        "say in the note what holds for each side",
                    );
                }
                for subject in subjects.iter().filter(|subject| !whole.defined.contains(&key(subject))) {
                    say(
                        "undefined-subject",
                        format!("`{subject}` is compared, and defined nowhere"),
                        "add a line that says what it is",
                    );
                }
            }
        }
    }
    out
}

/// What one entry shows alone.
fn fact(term: &str, answer: &str, rules: &Rules, limits: &Limits, say: &mut impl FnMut(&'static str, String, &str)) {
    let blocks = parse(answer);
    let text = plain(&blocks);
    let length = text.chars().count();
    if length > limits.answer_characters {
        say(
            "long-answer",
            format!("the answer of `{term}` has {length} characters"),
            "split it: one card asks one thing",
        );
    }
    let items =
        blocks.iter().map(|block| if let Block::List { items, .. } = block { items.len() } else { 0 }).sum::<usize>();
    if items > limits.list_items {
        say(
            "long-list",
            format!("`{term}` asks for {items} things at once"),
            "group them under headings of up to seven",
        );
    }
    let (front, back) = (key(term), key(&text));
    if back.chars().count() >= 2 && front.contains(&back) {
        say(
            "front-has-answer",
            format!("the front `{term}` contains its answer"),
            "ask for something that the front does not say",
        );
    }
    if rules.is_vague(term) || front.chars().count() < 2 {
        say("no-context", format!("`{term}` says nothing alone"), "put the name of what it belongs to before it");
    }
    if starts_with_pronoun(&text) {
        say(
            "pronoun",
            format!("the answer of `{term}` starts with a pronoun"),
            "name what it stands for: the card is seen without its neighbours",
        );
    }
    if is_link(&blocks) {
        say(
            "link-only",
            format!("the answer of `{term}` is only a link"),
            "write down the one thing worth knowing from there",
        );
    }
}

fn starts_with_pronoun(text: &str) -> bool {
    const LATIN: [&str; 8] = ["it ", "this ", "these ", "they ", "he ", "she ", "that ", "those "];
    const OTHERS: [&str; 12] =
        ["이는 ", "이것은 ", "그것은 ", "이를 ", "그것을 ", "이 때 ", "これは", "それは", "これを", "它", "这是", "该"];
    let lower: String = text.trim_start_matches("• ").chars().take(12).collect::<String>().to_lowercase();
    LATIN.iter().chain(&OTHERS).any(|pronoun| lower.starts_with(pronoun))
}

fn is_link(blocks: &[Block]) -> bool {
    let [Block::Paragraph(inlines)] = blocks else { return false };
    let mut links = 0;
    inlines.iter().all(|inline| match inline {
        Inline::Link { .. } => {
            links += 1;
            true
        }
        Inline::Text(text) => !text.chars().any(char::is_alphanumeric),
        _ => false,
    }) && links > 0
}

/// What only all entries together show.
struct Whole {
    defined: HashSet<String>,
    expanded: HashSet<String>,
    /// Keys of answers to the terms that have them.
    terms_of: HashMap<String, Vec<String>>,
    /// What cards ask to the keys of their answers.
    answers_of: HashMap<String, HashSet<String>>,
}

impl Whole {
    fn of(deck: &Deck) -> Whole {
        let mut whole = Whole {
            defined: HashSet::new(),
            expanded: HashSet::new(),
            terms_of: HashMap::new(),
            answers_of: HashMap::new(),
        };
        for (_, entry) in deck.entries() {
            match &entry.content {
                Content::Fact { kind, term, answer, .. } => {
                    let answer = key(&plain(&parse(answer)));
                    whole.defined.insert(key(term));
                    whole.terms_of.entry(answer.clone()).or_default().push(term.clone());
                    whole.answers_of.entry(front(*kind, term)).or_default().insert(answer);
                }
                Content::Expansion { term, full } => {
                    whole.expanded.insert(term.clone());
                    whole.defined.extend([key(term), key(full)]);
                }
                Content::Comparison { .. } | Content::Cloze { .. } => {}
            }
        }
        whole
    }

    fn fact(&self, kind: FactKind, term: &str, answer: &str, say: &mut impl FnMut(&'static str, String, &str)) {
        let answers = self.answers_of.get(&front(kind, term)).map_or(0, HashSet::len);
        if answers > 1 {
            say(
                "same-front",
                format!("`{term}` has {answers} answers on different cards"),
                "name the section in the term, or merge them in the note",
            );
        }
        let answer = key(&plain(&parse(answer)));
        let other = self.terms_of.get(&answer).and_then(|terms| terms.iter().find(|other| key(other) != key(term)));
        if let Some(other) = other.filter(|_| answer.chars().count() >= 4) {
            say("same-answer", format!("`{term}` and `{other}` have one definition"), "say what tells them apart");
        }
        if is_short_form(term) && !self.expanded.contains(term) {
            say(
                "never-expanded",
                format!("what `{term}` is short for is said nowhere"),
                "write its long form in brackets behind it once",
            );
        }
    }
}

/// What a card asks: one that asks for a list says so.
fn front(kind: FactKind, term: &str) -> String {
    format!("{} {}", if kind == FactKind::Points { "list" } else { "what" }, key(term))
}

fn is_short_form(term: &str) -> bool {
    (2..=6).contains(&term.len())
        && term.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && term.chars().filter(char::is_ascii_uppercase).count() >= 2
}
