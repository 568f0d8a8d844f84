//! Candidates to entries: drops what is said twice, gives each its section, tags and id.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Content, Entry, EntryId, FactKind, NoteDeck, Source, order};
use crate::extract::{Candidate, term};
use crate::letter::is_letter_or_digit;
use crate::markup;
use crate::outline::Outline;
use crate::source::Note;

/// The entries of one note, in its order, without ids ([`super::identity`] gives them).
pub fn assemble(note: &Note, outline: &Outline, candidates: Vec<Candidate>) -> NoteDeck {
    let front = FrontMatter::read(&outline.front_matter);
    let top = outline.top_heading();
    let mut said = Said::default();
    let mut entries = Vec::new();
    // of the heading that the last entry stands under, which most of the next ones do too
    let mut known: Option<(Option<usize>, Vec<String>)> = None;
    for candidate in candidates {
        if said.already(&candidate, &mut entries) {
            continue;
        }
        let above = outline.heading_above(candidate.block);
        let section = match known.take() {
            Some((heading, section)) if heading == above => section,
            _ => section(outline, candidate.block, top),
        };
        known = Some((above, section.clone()));
        entries.push(Entry {
            section,
            tags: front.tags.clone(),
            source: Some(Source { file: note.path.clone(), lines: candidate.lines }),
            rule: Some(candidate.rule),
            ..Entry::new(EntryId(String::new()), candidate.content)
        });
    }
    order::put_definitions_first(&mut entries);
    let title = front.title.or_else(|| top.and_then(|top| section_name(outline, top)));
    NoteDeck { note: note.path.clone(), title: title.unwrap_or_else(|| file_title(&note.path)), entries }
}

/// The headings above a block as an entry's section names them: without `top`, which names the note.
pub(crate) fn section(outline: &Outline, block: usize, top: Option<usize>) -> Vec<String> {
    let above = outline.headings_above(block).into_iter().filter(|heading| Some(*heading) != top);
    above.filter_map(|heading| section_name(outline, heading)).collect()
}

/// A heading's name in a path: with its gloss, without its number; none if nothing is left.
pub(crate) fn section_name(outline: &Outline, heading: usize) -> Option<String> {
    let whole = term::of_plain(&outline.block(heading).text.plain);
    if whole.name.is_empty() {
        return None;
    }
    Some(match whole.gloss {
        Some(gloss) => format!("{} ({gloss})", whole.name),
        None => whole.name,
    })
}

fn file_title(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// What has been said so far, to leave out what is said again.
#[derive(Default)]
struct Said {
    /// Key of kind and term (or subjects) to the entries that have it.
    by_name: HashMap<String, Vec<OfOneName>>,
}

/// An entry, and the key of what it says, once that was asked for.
struct OfOneName {
    index: usize,
    says: OnceCell<String>,
}

impl Said {
    /// Whether an entry already says what the candidate does. If the candidate says more, it takes the entry's place.
    fn already(&mut self, candidate: &Candidate, entries: &mut [Entry]) -> bool {
        let name = match &candidate.content {
            Content::Fact { term, .. } => format!("fact {}{}", term::key(term), last_sign(term)),
            Content::Expansion { term, .. } => format!("expansion {}", term::key(term)),
            Content::Comparison { subjects, .. } => {
                let mut keys: Vec<String> = subjects.iter().map(|subject| term::key(subject)).collect();
                keys.sort();
                format!("comparison {}", keys.join(" "))
            }
            Content::Cloze { text } => format!("cloze {}", term::key(text)),
        };
        let says = OnceCell::new();
        let same = self.by_name.entry(name).or_default();
        // word for word the same, before what each says is worked out
        let alike = same.iter().take(MAX_COMPARED).map(|old| old.index);
        if let Some(old) = alike.into_iter().find(|old| entries[*old].content == candidate.content) {
            entries[old].source.iter_mut().for_each(|source| add_lines(source, &candidate.lines));
            return true;
        }
        for old in same.iter_mut().take(MAX_COMPARED) {
            let Some(entry) = entries.get_mut(old.index) else { continue };
            let old_says = old.says.get_or_init(|| said_by(&entry.content));
            if is_in_list(&entry.content, &candidate.content)
                || is_first_of(entry, candidate)
                || is_elsewhere(entry, candidate)
            {
                continue;
            }
            if let Some(defined) = defined_by_first(entry, candidate) {
                // what the whole list said stays said
                entry.content = defined;
                entry.rule = Some(candidate.rule.clone());
                return true;
            }
            match same_said(&candidate.content, old_says, says.get_or_init(|| said_by(&candidate.content))) {
                Which::Other => {}
                Which::Old => {
                    entry.source.iter_mut().for_each(|source| add_lines(source, &candidate.lines));
                    return true;
                }
                Which::New => {
                    entry.content = candidate.content.clone();
                    entry.rule = Some(candidate.rule.clone());
                    if let Some(source) = &mut entry.source {
                        add_lines(source, &candidate.lines);
                    }
                    old.says = says;
                    return true;
                }
            }
        }
        same.push(OfOneName { index: entries.len(), says });
        false
    }
}

/// `..` of `haul ..`: a last word of signs alone tells a command from another, though no key has it.
pub(super) fn last_sign(term: &str) -> &str {
    let last = term.rsplit_once(' ').map(|(_, last)| last);
    last.filter(|last| !last.contains(is_letter_or_digit)).unwrap_or_default()
}

/// What is said again and again has not all its places (lines).
const MAX_PLACES: usize = 40;

/// What is said twice has both places.
fn add_lines(source: &mut Source, lines: &[usize]) {
    if source.lines.len() + lines.len() > MAX_PLACES {
        return;
    }
    source.lines.extend(lines);
    source.lines.sort_unstable();
    source.lines.dedup();
}

/// What is said of one name is looked for in so many entries that say something of it.
const MAX_COMPARED: usize = 100;

/// Whether a definition stands somewhere in a long list about its term: the list does not ask for it.
fn is_in_list(old: &Content, new: &Content) -> bool {
    const LONG: usize = 4;
    let (Content::Fact { kind: FactKind::Points, answer: list, .. }, Content::Fact { kind: FactKind::Definition, .. }) =
        (old, new)
    else {
        return false;
    };
    list.lines().filter(|line| !line.trim().is_empty()).count() >= LONG
}

/// A short list whose first item only says what its name is: the definition, and the rest of the list as its details.
fn defined_by_first(entry: &Entry, candidate: &Candidate) -> Option<Content> {
    let (
        Content::Fact { kind: FactKind::Points, term, answer: list, details: None },
        Content::Fact { kind: FactKind::Definition, answer, details: None, .. },
    ) = (&entry.content, &candidate.content)
    else {
        return None;
    };
    let first = entry.source.as_ref()?.lines.first()?;
    let begins_item = |line: &str| {
        let sign = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.starts_with("- ") || sign.len() < line.len() && sign.starts_with(". ")
    };
    let (item, rest) = list.split_once('\n')?;
    let says_all = term::key(item).ends_with(&term::key(answer));
    let fits = candidate.lines.as_slice() == [*first] && begins_item(item) && begins_item(rest) && says_all;
    fits.then(|| Content::Fact {
        kind: FactKind::Definition,
        term: term.clone(),
        answer: answer.clone(),
        details: Some(rest.to_owned()),
    })
}

/// Whether the list under a name begins with that name and what is said of it, and has much more: both are asked for.
fn is_first_of(entry: &Entry, candidate: &Candidate) -> bool {
    const MORE: usize = 3;
    let (
        Content::Fact { kind: FactKind::Points, term, answer: list, .. },
        Content::Fact { kind: FactKind::Points, answer, .. },
    ) = (&entry.content, &candidate.content)
    else {
        return false;
    };
    let first = list.lines().next().unwrap_or_default().trim_start_matches("- ");
    let lines = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
    let within = entry.source.as_ref().is_some_and(|old| candidate.lines.iter().all(|line| old.lines.contains(line)));
    within && lines(list) >= MORE * lines(answer) && term::key(&term::of_plain(first).name) == term::key(term)
}

/// Whether two comparisons of the same things are of other lines: they say different things of them.
fn is_elsewhere(entry: &Entry, candidate: &Candidate) -> bool {
    matches!(entry.content, Content::Comparison { .. })
        && entry
            .source
            .as_ref()
            .is_some_and(|old| old.lines.iter().all(|line| candidate.lines.binary_search(line).is_err()))
}

/// The key of an answer or long form (of one thing or many); empty for what its name says wholly.
fn said_by(content: &Content) -> String {
    match content {
        Content::Fact { answer, .. } => term::key(&markup::plain(&markup::parse(answer))),
        Content::Expansion { full, .. } => term::key(full).trim_end_matches('s').to_owned(),
        Content::Comparison { .. } | Content::Cloze { .. } => String::new(),
    }
}

/// Which of two contents of one name to keep.
enum Which {
    /// They say different things: both.
    Other,
    Old,
    New,
}

/// Which of two things said of one name to keep.
fn same_said(content: &Content, old: &str, new: &str) -> Which {
    if old.contains(new) {
        Which::Old
    } else if new.contains(old) {
        if matches!(content, Content::Fact { .. }) { Which::New } else { Which::Old }
    } else {
        Which::Other
    }
}

/// What a note's front matter says that amgi uses.
#[derive(Default)]
struct FrontMatter {
    title: Option<String>,
    tags: Vec<String>,
}

impl FrontMatter {
    fn read(yaml: &str) -> FrontMatter {
        let Ok(serde_yaml::Value::Mapping(map)) = serde_yaml::from_str(yaml) else { return FrontMatter::default() };
        let text = |value: &serde_yaml::Value| {
            value.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let title = map.get("title").and_then(text);
        let mut tags: Vec<String> = match map.get("tags").or_else(|| map.get("tag")) {
            Some(serde_yaml::Value::Sequence(tags)) => tags.iter().filter_map(text).collect(),
            Some(serde_yaml::Value::String(tags)) => tags.split([',', ' ']).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        for tag in &mut tags {
            *tag = tag.trim().trim_start_matches('#').split_whitespace().collect::<Vec<_>>().join("-");
        }
        tags.retain(|tag| !tag.is_empty());
        FrontMatter { title, tags }
    }
}
