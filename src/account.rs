//! Accounts for every line of a note: what became of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::deck::assemble;
use crate::extract::Candidate;
use crate::outline::{Aside, Block, BlockKind, Outline};
use crate::rule::Rules;
use crate::source::Note;

/// What became of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum Fate {
    Blank,
    /// On a card as answer or details, by this rule.
    Answer {
        rule: String,
    },
    /// On a card as term, by this rule.
    Term {
        rule: String,
    },
    /// A heading or a parent of what is on cards: their section or context.
    Context,
    LeftOut {
        reason: Reason,
    },
}

/// Why a line is on no card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    LinkOnly,
    Image,
    Code,
    HeadingWithoutBody,
    Contents,
    EmptyAnswer,
    Comment,
    Skipped,
    FrontMatter,
    Markup,
    Chatter,
    NothingRecognised,
}

impl Reason {
    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Reason::LinkOnly => "link only",
            Reason::Image => "image",
            Reason::Code => "code",
            Reason::HeadingWithoutBody => "heading without a body",
            Reason::Contents => "table of contents",
            Reason::EmptyAnswer => "empty answer",
            Reason::Comment => "comment",
            Reason::Skipped => "skipped by your mark",
            Reason::FrontMatter => "front matter",
            Reason::Markup => "markup",
            Reason::Chatter => "chatter",
            Reason::NothingRecognised => "nothing recognised",
        }
    }
}

/// What became of a note's lines, with what is needed to show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLines {
    /// As [`Note::path`].
    pub note: String,
    /// Line 1 is index 0.
    pub fates: Vec<Fate>,
    pub headings: Vec<Heading>,
    /// For each line that is a term alone, the first line of its answer; both 1-based.
    pub terms: Vec<(usize, usize)>,
}

/// A heading of a note, where lines are counted by section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1-based.
    pub line: usize,
    /// How many headings stand above it.
    pub depth: usize,
    /// The section of the entries right under it, as [`crate::deck::Entry::section`]; empty for the note's title.
    pub section: Vec<String>,
}

impl NoteLines {
    /// Takes a note's account.
    pub fn of(note: &Note, outline: &Outline, candidates: &[Candidate], rules: &Rules) -> NoteLines {
        let top = outline.top_heading();
        let heading = |index: usize| {
            let mut section = assemble::section(outline, index, top);
            if Some(index) != top {
                section.extend(assemble::section_name(outline, index));
            }
            let line = outline.own_lines(index).first().copied()?;
            Some(Heading { line, depth: outline.headings_above(index).len(), section })
        };
        let terms = candidates.iter().filter_map(|candidate| Some((candidate, *candidate.lines.first()?)));
        NoteLines {
            note: note.path.clone(),
            fates: account(note, outline, candidates, rules),
            headings: (0..outline.blocks.len()).filter(|i| outline.is_heading(*i)).filter_map(heading).collect(),
            terms: terms
                .flat_map(|(candidate, answer)| candidate.term_lines.iter().map(move |term| (*term, answer)))
                .filter(|(term, answer)| term != answer)
                .collect(),
        }
    }
}

/// The fates of all lines of a note; line 1 is index 0.
pub fn account(note: &Note, outline: &Outline, candidates: &[Candidate], rules: &Rules) -> Vec<Fate> {
    let lines: Vec<&str> = note.text.split('\n').collect();
    let mut fates: Vec<Option<Fate>> = lines.iter().map(|line| line.trim().is_empty().then_some(Fate::Blank)).collect();
    let mut put = |line: usize, fate: Fate| {
        if let Some(slot) = line.checked_sub(1).and_then(|at| fates.get_mut(at))
            && slot.is_none()
        {
            *slot = Some(fate);
        }
    };
    for candidate in candidates {
        for line in &candidate.lines {
            put(*line, Fate::Answer { rule: candidate.rule.clone() });
        }
    }
    for candidate in candidates {
        for line in &candidate.term_lines {
            put(*line, Fate::Term { rule: candidate.rule.clone() });
        }
    }
    let used = above_cards(outline, candidates);
    let contents = contents(outline);
    for (index, used) in used.into_iter().enumerate() {
        let fate =
            if used { Fate::Context } else { Fate::LeftOut { reason: reason(outline, index, &contents, rules) } };
        for line in outline.own_lines(index) {
            put(line, fate.clone());
        }
    }
    for (line, aside) in &outline.asides {
        put(*line, Fate::LeftOut { reason: of_aside(*aside) });
    }
    fates.into_iter().map(|fate| fate.unwrap_or(Fate::LeftOut { reason: Reason::Markup })).collect()
}

/// Whether something on a card stands under a block.
fn above_cards(outline: &Outline, candidates: &[Candidate]) -> Vec<bool> {
    let mut used = vec![false; outline.blocks.len()];
    for candidate in candidates {
        let table = matches!(outline.block(candidate.block).kind, BlockKind::Table(_));
        let mut at = if table { candidate.block } else { outline.block(candidate.block).parent };
        while at != crate::outline::ROOT && !used[at] {
            used[at] = true;
            at = outline.block(at).parent;
        }
    }
    used
}

/// The blocks that have several links to places within the note under them.
fn contents(outline: &Outline) -> BTreeSet<usize> {
    const SEVERAL: usize = 2;
    let is_inner = |url: &String| url.starts_with('#');
    let mut links: BTreeMap<usize, usize> = BTreeMap::new();
    let is_link = |block: &&Block| block.text.is_wholly(|style| style.link.as_ref().is_some_and(is_inner));
    for block in outline.blocks.iter().filter(is_link) {
        *links.entry(block.parent).or_default() += 1;
    }
    links.into_iter().filter(|(_, links)| *links >= SEVERAL).map(|(block, _)| block).collect()
}

/// Why a block is on no card. `contents` are the blocks over lists of links to places within the note.
fn reason(outline: &Outline, index: usize, contents: &BTreeSet<usize>, rules: &Rules) -> Reason {
    let block = outline.block(index);
    match block.kind {
        BlockKind::Code { .. } => Reason::Code,
        _ if under_contents(outline, index) => Reason::Contents,
        _ if outline.is_heading(index) => Reason::HeadingWithoutBody,
        _ if block.text.plain.ends_with([':', '：']) && block.children.is_empty() => Reason::EmptyAnswer,
        _ if block.text.is_wholly(|style| style.link.is_some()) => {
            if contents.contains(&block.parent) {
                Reason::Contents
            } else {
                Reason::LinkOnly
            }
        }
        _ if rules.is_chatter(&block.text.plain) => Reason::Chatter,
        _ => Reason::NothingRecognised,
    }
}

/// Whether a block is, or stands under, a heading that announces the contents.
fn under_contents(outline: &Outline, index: usize) -> bool {
    let names = ["목차", "차례", "contents", "tableofcontents", "toc", "目次", "目录", "index"];
    let is = |at: usize| names.contains(&crate::letter::key(&outline.block(at).text.plain).as_str());
    is(index) || outline.heading_above(index).is_some_and(is)
}

fn of_aside(aside: Aside) -> Reason {
    match aside {
        Aside::Rule | Aside::Markup | Aside::Empty => Reason::Markup,
        Aside::Link => Reason::LinkOnly,
        Aside::Image => Reason::Image,
        Aside::Comment => Reason::Comment,
        Aside::Skipped => Reason::Skipped,
        Aside::FrontMatter => Reason::FrontMatter,
    }
}

/// How many lines came to what, over one or more notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Lines that are not blank.
    pub lines: usize,
    pub on_cards: usize,
    pub context: usize,
    pub left_out: BTreeMap<Reason, usize>,
}

impl Account {
    pub fn add(&mut self, fates: &[Fate]) {
        for fate in fates {
            match fate {
                Fate::Blank => continue,
                Fate::Answer { .. } | Fate::Term { .. } => self.on_cards += 1,
                Fate::Context => self.context += 1,
                Fate::LeftOut { reason } => *self.left_out.entry(*reason).or_default() += 1,
            }
            self.lines += 1;
        }
    }
}
