//! What a deck's entries say, so that a sheet says each thing once.

use std::collections::{HashMap, HashSet};

use crate::deck::{Content, Entry, NoteDeck};
use crate::letter::key;
use crate::markup::{Block, parse, plain};

/// What entries say, so that a sheet says it once.
pub(super) struct Said<'a> {
    /// Keys of term and answer together.
    lines: HashSet<String>,
    /// Keys of terms whose answer is a list.
    lists: HashSet<String>,
    /// Keys of what stands in answers as a line or an item.
    pub(super) items: HashSet<String>,
    /// Keys of what stands in the cells of comparisons, item by item.
    pub(super) cells: HashSet<String>,
    /// Keys of what comparisons compare.
    pub(super) subjects: HashSet<String>,
    /// Keys of a comparison's subject and what a cell of it says.
    pub(super) compared: HashSet<String>,
    /// Long forms by the key of their short form, for the entries that define it.
    pub(super) long: HashMap<String, &'a str>,
}

impl<'a> Said<'a> {
    pub(super) fn of(entries: &[(&NoteDeck, &'a Entry)]) -> Said<'a> {
        let mut said = Said {
            lines: HashSet::new(),
            lists: HashSet::new(),
            items: HashSet::new(),
            cells: HashSet::new(),
            compared: HashSet::new(),
            subjects: HashSet::new(),
            long: HashMap::new(),
        };
        let mut defined = HashSet::new();
        for (_, entry) in entries {
            match &entry.content {
                Content::Fact { term, answer, details, .. } => {
                    defined.insert(key(term));
                    said.fact(term, answer, details.as_deref());
                }
                Content::Expansion { term, full } => {
                    said.lines.insert(format!("{}{}", key(term), key(full)));
                    said.lines.insert(format!("{}{}", key(full), key(term)));
                }
                Content::Comparison { subjects, rows } => {
                    said.subjects.extend(subjects.iter().map(|subject| key(subject)));
                    rows.iter().flat_map(|row| &row.cells).for_each(|cell| said.cell(cell));
                    for (row, (i, subject)) in
                        rows.iter().flat_map(|row| std::iter::repeat(row).zip(subjects.iter().enumerate()))
                    {
                        let cell = row.cells.get(i).map_or("", String::as_str);
                        said.compared.insert(format!("{}{}", key(subject), key(&plain(&parse(cell)))));
                    }
                }
                Content::Cloze { .. } => {}
            }
        }
        for (_, entry) in entries {
            if let Content::Expansion { term, full } = &entry.content
                && defined.contains(&key(term))
            {
                said.long.entry(key(term)).or_insert(full.as_str());
            }
        }
        for (_, entry) in entries {
            if let Content::Fact { term, answer, .. } = &entry.content
                && let Some(full) = said.long.get(&key(term))
            {
                let (term, full, answer) = (key(term), key(full), key(&plain(&parse(answer))));
                said.lines.insert(format!("{term}{full}{answer}"));
                said.lines.insert(format!("{full}{term}{answer}"));
            }
        }
        said
    }

    fn fact(&mut self, term: &str, answer: &str, details: Option<&str>) {
        let blocks = parse(answer);
        let answer = key(&plain(&blocks));
        self.lines.insert(format!("{}{answer}", key(term)));
        let gloss = details
            .and_then(|details| details.lines().next())
            .filter(|line| line.starts_with('(') && line.ends_with(')'));
        if let Some(gloss) = gloss {
            self.lines.insert(format!("{}{}{answer}", key(term), key(gloss)));
        }
        for block in &blocks {
            if let Block::List { items, .. } = block {
                self.lists.insert(key(term));
                self.items.extend(
                    items.iter().filter_map(|item| item.first()).map(|first| key(&plain(std::slice::from_ref(first)))),
                );
            }
        }
        self.items.insert(answer);
    }

    fn cell(&mut self, markdown: &str) {
        for block in parse(markdown) {
            match block {
                Block::List { items, .. } => self.cells.extend(items.iter().map(|item| key(&plain(item)))),
                other => {
                    self.cells.insert(key(&plain(&[other])));
                }
            }
        }
    }

    /// Whether an entry of its own says what a list item does.
    pub(super) fn has(&self, item: &[Block]) -> bool {
        let Some((first, rest)) = item.split_first() else { return false };
        let first = key(&plain(std::slice::from_ref(first)));
        self.lines.contains(&first) || (!rest.is_empty() && self.lists.contains(&first))
    }
}
