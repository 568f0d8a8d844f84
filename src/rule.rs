//! Rules are data: YAML packs, the built-in ones and the user's own read by the same loader.
//!
//! A rule says what kind of block it looks at, what must stand under it, a pattern with named captures, what it
//! rejects, and examples that match and that must not. A rule without examples does not load.

pub mod examples;
mod index;
mod letters;
mod load;
mod pattern;
mod start;

use serde::Deserialize;

pub use index::Possible;
pub use letters::{Letters, LettersOf};
pub use load::{built_in, load};
pub use pattern::{Captured, Pattern, Patterns};
pub use start::Start;

use crate::deck::Kind;
use crate::letter::is_letter_or_digit;
use crate::outline::labels::DEFINES;

/// All rules in force, in the order they are tried.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub rules: Vec<Rule>,
    /// Terms that say nothing alone (`종류`, `Strategy`): the heading above is put before them.
    pub vague: Patterns,
    /// Words that only tell kinds of one thing apart (`Public`, `사설`): the name above is put before them, and they name
    /// what stands under them.
    pub kinds: Patterns,
    /// Lines that talk to the reader and say nothing to learn.
    pub chatter: Patterns,
    /// Names of what only shows (`예시`, `Examples`): what stands under such an item is defined nowhere else.
    pub examples: Patterns,
    index: index::Index,
}

/// One rule, its patterns compiled.
#[derive(Debug, Clone)]
pub struct Rule {
    pub form: RuleForm,
    /// The file it came from, as shown to the user.
    pub pack: String,
    pub pattern: Pattern,
    /// Letters that a text must have for this rule to look at it: those of its pack's language.
    pub letters: Option<Letters>,
    /// An expansion whose pattern may capture no short form, or no long one: it is the name above.
    pub names_above: bool,
    /// The first two bytes of its opposites, ASCII in small letters; ascending.
    opposite_heads: Vec<[u8; 2]>,
    above: Option<Pattern>,
    ends: Option<Pattern>,
    reject_term: Patterns,
    reject_answer: Patterns,
    reject_text: Patterns,
}

/// A rule as its pack has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleForm {
    /// Kebab-case; a user's rule with a built-in id replaces it.
    pub id: String,
    /// One sentence: what it finds.
    pub finds: String,
    pub emits: Kind,
    /// The kinds of block it looks at.
    pub on: Vec<Target>,
    /// Captures, by what it emits: `term` and `answer`; `term` and `full`; `a` and `b`, on one line perhaps `said_of_a` and
    /// `said_of_b`, or `said` of both. `answer` may be left out where `answer:` takes it from below.
    pub pattern: String,
    /// A text without any of these is not looked at: a cheap look before the pattern. Empty: every text is.
    #[serde(default)]
    pub has: Vec<String>,
    /// A text that begins otherwise is not looked at: as cheap a look as `has`. Not for rules that see markup.
    #[serde(default)]
    pub starts: Start,
    /// A pattern for the end of the text, white space and full stops aside: a text that ends otherwise is not looked at.
    #[serde(default)]
    pub ends: Option<String>,
    /// A text with letters of another script is not looked at.
    #[serde(default)]
    pub only: Option<Letters>,
    /// The pattern sees `**bold**`, `` `code` ``, `==mark==` and `[link]` instead of plain text.
    #[serde(default)]
    pub markup: bool,
    /// The pattern must match so many blocks beside each other (3, or 2 where nothing else stands there): for signs that
    /// mean something only if used throughout.
    #[serde(default)]
    pub several: usize,
    /// Or so many different terms anywhere in the note, for signs that hardly mean anything else. 0: only those beside it.
    #[serde(default)]
    pub throughout: usize,
    /// For rules on sentences: what opens the answer to something else is left alone, what is told in passing, and a
    /// subject of many sentences.
    #[serde(default)]
    pub alone: bool,
    /// For rules on sentences and tables: found besides what another rule makes of the same one.
    #[serde(default)]
    pub besides: bool,
    /// For tables: what the nearest heading above must match.
    #[serde(default)]
    pub above: Option<String>,
    #[serde(default)]
    pub under: Under,
    #[serde(default)]
    pub answer: AnswerFrom,
    /// Every letter of the short form must begin a word of the long one, and every word have its letter. Elsewhere than
    /// in expansions the answer begins with the long form.
    #[serde(default)]
    pub exact: bool,
    /// For expansions: a name in small letters, made of letters of the words it stands for.
    #[serde(default)]
    pub command: bool,
    /// For expansions: where the pattern captures no short form, it is the name above. So it is with a pattern that cannot
    /// capture both.
    #[serde(default)]
    pub names_above: bool,
    /// For expansions: the short form may be in small letters, which no look at capitals finds.
    #[serde(default)]
    pub small_letters: bool,
    /// For comparisons: every side must go by its own name below.
    #[serde(default)]
    pub named: bool,
    /// For comparisons: `a` is the name of the block right before or behind, which is the other side.
    #[serde(default)]
    pub beside: bool,
    /// Words of opposite meaning, for rules on names beside each other: the other name begins with the other word.
    #[serde(default)]
    pub opposites: Vec<[String; 2]>,
    /// For tables: all cells but those of the first column are marks for yes and no.
    #[serde(default)]
    pub marks: bool,
    /// For tables: each row holds one kind of value (figures, marks or words), and every column but the first several.
    #[serde(default)]
    pub values: bool,
    /// For tables: the columns but the first go by names that end in one word, or differ by a number. For names beside
    /// each other: the two headings of their section end in one word. For rules on sentences: the term ends in the last word
    /// of the name above.
    #[serde(default)]
    pub kin: bool,
    /// For tables.
    #[serde(default)]
    pub layout: Option<Layout>,
    #[serde(default)]
    pub reject: Reject,
    pub matches: Vec<Match>,
    pub leaves: Vec<String>,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    Heading,
    Item,
    Line,
    /// Each sentence of an item or line that no earlier rule made a term and answer of.
    Sentence,
    /// The head row of a table, its cells joined by ` | `; empty for a table without one.
    Table,
    Code,
}

/// What must stand under the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Under {
    #[default]
    Anything,
    Nothing,
    Something,
    /// Bullets or numbers come first.
    Items,
    /// A line of prose comes first.
    Prose,
    /// Bullets, of which the note says which are the right answers.
    Choices,
    /// Two headings at least, and nothing else: the answer is what they are called.
    Sections,
}

/// Where the answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerFrom {
    /// The capture `answer`.
    #[default]
    Captured,
    /// The first paragraph below.
    Opening,
    /// The lines and items right below.
    Below,
    /// What is said right before, in the same block or the one above it. For rules on sentences.
    Before,
}

/// How a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A row is a term and its answer, column by column.
    Glossary,
    /// A row is one of the compared things; the head names the attributes.
    ThingsInRows,
    /// A column is one of the compared things; the first cell of a row names the attribute.
    ThingsInColumns,
    /// Every column is one of the compared things; no attribute is named.
    SideBySide,
    /// The names of a glossary are a list of what the heading asks for; found besides the glossary.
    Names,
}

/// Patterns that make a match no match.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    #[serde(default)]
    pub term: Vec<String>,
    #[serde(default)]
    pub answer: Vec<String>,
    /// Against the whole of what the pattern looked at.
    #[serde(default)]
    pub text: Vec<String>,
}

/// An example that must match.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    pub note: String,
    /// What the rule makes of it, one line an entry: `term → answer`, `short = long`, `A vs B → aspect: a | b`.
    pub makes: Vec<String>,
}

/// The first two bytes of a text, ASCII in small letters.
fn head(text: &str) -> Option<[u8; 2]> {
    text.as_bytes().first_chunk().map(|head: &[u8; 2]| head.map(|byte| byte.to_ascii_lowercase()))
}

impl Rule {
    /// Whether what was captured is to be left alone after all.
    pub fn rejects(&self, text: &str, term: &str, answer: &str) -> bool {
        self.reject_text.is_match(text) || self.reject_term.is_match(term) || self.reject_answer.is_match(answer)
    }

    /// Whether a text may begin with one of the rule's opposites, by its first two bytes.
    pub fn may_begin_opposite(&self, text: &str) -> bool {
        head(text).is_some_and(|head| self.opposite_heads.binary_search(&head).is_ok())
    }

    /// What the pattern captures of a text.
    pub fn captures<'t>(&'t self, text: &'t str) -> Option<Captured<'t>> {
        if self.ends.as_ref().is_some_and(|ends| !ends.is_match(text)) {
            return None;
        }
        self.pattern.captures(text)
    }

    /// Whether the rule may look at what stands under a heading.
    pub fn fits_under(&self, heading: &str) -> bool {
        self.above.as_ref().is_none_or(|above| above.is_match(heading))
    }

    /// Whether it sets against each other what stands under a block, by the names in its text.
    pub fn compares_below(&self) -> bool {
        self.form.emits == Kind::Comparison && !self.form.beside
    }

    pub fn looks_at(&self, target: Target) -> bool {
        self.form.on.contains(&target)
    }
}

impl Rules {
    /// The rule of an id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.get(self.index.number(id)?)
    }

    /// Whether a line talks to the reader and says nothing to learn.
    pub fn is_chatter(&self, text: &str) -> bool {
        self.chatter.is_match(text)
    }

    /// Whether a name, its colon aside, says that only examples stand under it.
    pub fn is_example(&self, name: &str) -> bool {
        self.examples.is_match(name.trim_end_matches([' ', ':', '：', '-', '.', ')']))
    }

    /// Whether a term of several words ends in one that says nothing alone (`features of X`, `X의 특징`): it names a list,
    /// unless it asks what a thing is (`X의 개념`), or is one of them by name (`the Plimsoll Rule`).
    pub fn asks_for_list(&self, term: &str) -> bool {
        let asks = |word: &str| {
            let one = word.starts_with(|c: char| c.is_ascii_uppercase()) && !word.ends_with('s');
            self.vague.is_match(word) && word != "개념" && !DEFINES.contains(&word) && !one
        };
        let (first, last) = (term.split_whitespace().next(), term.split_whitespace().next_back());
        term.contains(' ')
            && (last.is_some_and(asks)
                || term.contains(" of ") && first.is_some_and(|first| self.vague.is_match(first)))
    }

    /// Whether a term says nothing without the heading above it.
    pub fn is_vague(&self, term: &str) -> bool {
        // an emoji or a bullet before it says no more
        let bare = term.trim_start_matches(|c: char| !is_letter_or_digit(c));
        self.vague.is_match(term) || bare.len() < term.len() && self.vague.is_match(bare) || self.are_vague(bare)
    }

    /// `정의와 역할`, `Uses and limits`: two words that say nothing say no more together.
    fn are_vague(&self, term: &str) -> bool {
        const JOINTS: [&str; 8] = ["와 ", "과 ", " 및 ", " and ", " & ", "、", "と", "和"];
        const LONGEST: usize = 60; // bytes
        let both = |joint: &&str| {
            term.split_once(*joint).is_some_and(|(one, other)| self.vague.is_match(one) && self.vague.is_match(other))
        };
        term.len() <= LONGEST && JOINTS.iter().any(both)
    }
}
