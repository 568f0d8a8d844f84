//! The cheat sheet: a PDF set by Typst from templates that the user may change.
//!
//! Note text reaches the template as a JSON file only: it is never spliced into Typst source nor evaluated, so that
//! nothing in a note can be a command.

mod data;
mod fonts;
mod said;
mod world;

use std::collections::HashSet;

pub use data::data;

use crate::deck::{Content, Deck, Entry, EntryId, FactKind};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::templates::Templates;

/// Text size (points) when nothing asks for smaller.
const SIZE: f64 = 7.2;
/// The smallest size that is still read without a lens.
const MIN_SIZE: f64 = 5.2;
/// More characters than a page holds at the smallest size, on any paper: what has more need not be tried.
const PAGE_MOST: usize = 60_000;
/// Sizes between the two that are tried to fit pages.
const STEPS: u32 = 10;

/// How a sheet is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetOptions {
    pub paper: Paper,
    pub landscape: bool,
    pub columns: u8,
    /// Set smaller, and shortened last, to fit this many pages.
    pub pages: Option<u16>,
    /// BCP 47; by the deck's letters when unset.
    pub language: Option<String>,
}

impl Default for SheetOptions {
    fn default() -> Self {
        SheetOptions { paper: Paper::A4, landscape: true, columns: 3, pages: None, language: None }
    }
}

/// Papers that printers have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    A3,
    A4,
    A5,
    B5,
    Letter,
    Legal,
}

impl Paper {
    pub const ALL: [Paper; 6] = [Paper::A3, Paper::A4, Paper::A5, Paper::B5, Paper::Letter, Paper::Legal];

    /// As a user names it.
    pub fn name(self) -> &'static str {
        match self {
            Paper::A3 => "a3",
            Paper::A4 => "a4",
            Paper::A5 => "a5",
            Paper::B5 => "b5",
            Paper::Letter => "letter",
            Paper::Legal => "legal",
        }
    }

    /// Its short and its long side.
    fn millimetres(self) -> (f64, f64) {
        match self {
            Paper::A3 => (297.0, 420.0),
            Paper::A4 => (210.0, 297.0),
            Paper::A5 => (148.0, 210.0),
            Paper::B5 => (176.0, 250.0),
            Paper::Letter => (215.9, 279.4),
            Paper::Legal => (215.9, 355.6),
        }
    }

    /// As Typst names it.
    fn typst(self) -> &'static str {
        match self {
            Paper::B5 => "iso-b5",
            Paper::Letter => "us-letter",
            Paper::Legal => "us-legal",
            other => other.name(),
        }
    }
}

impl std::str::FromStr for Paper {
    type Err = Error;

    fn from_str(name: &str) -> Result<Paper> {
        let lower = name.to_ascii_lowercase();
        let plain = lower.trim_start_matches("us-").trim_start_matches("iso-");
        Paper::ALL.into_iter().find(|paper| paper.name() == plain).ok_or_else(|| {
            let names: Vec<_> = Paper::ALL.iter().map(|paper| paper.name()).collect();
            Error::new(format!("there is no paper {name}")).hint(format!("it is one of {}", names.join(", ")))
        })
    }
}

/// The PDF of a deck. What the sheet has no room or no letters for is named in diagnostics.
///
/// # Errors
/// If a template does not compile (with its line and what Typst said) or the PDF cannot be made.
pub fn sheet(
    deck: &Deck,
    options: &SheetOptions,
    templates: &Templates,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<u8>> {
    let sources = world::Sources::read(templates)?;
    let mut data = data(deck, diagnostics);
    let fonts = fonts::for_data(&mut data, diagnostics);
    let language = match &options.language {
        Some(tag) => primary(tag)?,
        None => data::language(deck).to_owned(),
    };
    let mut press = Press { sources, fonts, options, language };
    let Some(pages) = options.pages.map(usize::from) else {
        return press.set(&data, SIZE)?.pdf();
    };
    let size: usize = deck.entries().map(|(_, entry)| data::characters(&entry.content)).sum();
    if size <= pages * PAGE_MOST
        && let Some(document) = press.smallest_that_fits(&data, pages)?
    {
        return document.pdf();
    }
    press.shortened(deck, pages, diagnostics)?.pdf()
}

/// The language of a BCP 47 tag, which is what Typst takes: `ko` of `ko-KR`.
fn primary(tag: &str) -> Result<String> {
    let language = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase()) {
        return Ok(language);
    }
    Err(Error::new(format!("`{tag}` is no language for a sheet"))
        .hint("amgi.yaml's `language` is a tag like ko, en or ja-JP"))
}

/// Everything that stays the same while sizes are tried.
struct Press<'a> {
    sources: world::Sources,
    fonts: Vec<typst::text::Font>,
    options: &'a SheetOptions,
    language: String,
}

impl Press<'_> {
    fn set(&mut self, data: &serde_json::Value, size: f64) -> Result<world::Document> {
        let orientation = if self.options.landscape { "landscape" } else { "portrait" };
        let inputs = [
            ("paper", self.options.paper.typst().to_owned()),
            ("orientation", orientation.to_owned()),
            ("columns", self.options.columns.max(1).to_string()),
            ("size", format!("{size:.2}")),
            ("room", format!("{:.1}", self.room(size))),
            ("lang", self.language.clone()),
            ("fonts", fonts::families(&self.fonts).join(",")),
        ];
        world::compile(&self.sources, &self.fonts, data, &inputs)
    }

    /// The half-ems that surely fit on a line: nine tenths of a column, since letters are not all alike.
    fn room(&self, size: f64) -> f64 {
        let (short, long) = self.options.paper.millimetres();
        let width = if self.options.landscape { long } else { short };
        let columns = f64::from(self.options.columns.max(1));
        let column = (width - 14.0 - 4.2 * (columns - 1.0)) / columns;
        0.9 * column / 25.4 * 72.0 / (size / 2.0)
    }

    /// The document at the largest size that takes at most `pages`; none if even the smallest takes more.
    fn smallest_that_fits(&mut self, data: &serde_json::Value, pages: usize) -> Result<Option<world::Document>> {
        let size = |step: u32| SIZE - (SIZE - MIN_SIZE) * f64::from(step) / f64::from(STEPS);
        let (mut low, mut high) = (0, STEPS);
        let mut best = None;
        while low <= high {
            let step = u32::midpoint(low, high);
            let document = self.set(data, size(step))?;
            if document.pages() <= pages {
                best = Some(document);
                let Some(before) = step.checked_sub(1) else { break };
                high = before;
            } else {
                low = step + 1;
            }
        }
        Ok(best)
    }

    /// At the smallest size, without the entries that matter least; says which.
    fn shortened(&mut self, deck: &Deck, pages: usize, diagnostics: &mut Vec<Diagnostic>) -> Result<world::Document> {
        let mut order: Vec<&Entry> = deck.entries().map(|(_, entry)| entry).collect();
        let total = order.len();
        order.sort_by_key(|entry| std::cmp::Reverse(weight(entry)));
        let mut room = pages * PAGE_MOST;
        let may_fit = order.iter().take_while(|entry| {
            let size = data::characters(&entry.content);
            let fits = size <= room;
            room = room.saturating_sub(size);
            fits
        });
        let (mut low, mut high) = (0, may_fit.count());
        let mut best = None;
        while low <= high {
            let kept = usize::midpoint(low, high);
            let document = self.set_some(deck, &order, kept)?;
            if document.pages() <= pages {
                best = Some((document, kept));
                low = kept + 1;
            } else {
                let Some(before) = kept.checked_sub(1) else { break };
                high = before;
            }
        }
        let (document, kept) = match best {
            Some(best) => best,
            None => (self.set_some(deck, &order, 0)?, 0),
        };
        let names: Vec<String> =
            order.iter().skip(kept).take(3).map(|entry| format!("`{}`", data::short_label(&entry.content))).collect();
        let message =
            format!("{} of {total} entries have no room on {pages} page(s): {}, …", total - kept, names.join(", "));
        diagnostics.push(
            Diagnostic::warning("sheet-full", message)
                .hint("`priority: 1` in out/cards/ keeps an entry on the sheet; more --pages or --columns make room"),
        );
        Ok(document)
    }

    fn set_some(&mut self, deck: &Deck, order: &[&Entry], kept: usize) -> Result<world::Document> {
        let keep: HashSet<&EntryId> = order.iter().take(kept).map(|entry| &entry.id).collect();
        let mut some = deck.clone();
        for note in &mut some.notes {
            note.entries.retain(|entry| keep.contains(&entry.id));
        }
        let mut data = data(&some, &mut Vec::new());
        let fonts = fonts::for_data(&mut data, &mut Vec::new());
        self.fonts = fonts;
        self.set(&data, MIN_SIZE)
    }
}

/// What goes first onto a sheet that is short of room: a person's priority, then the kinds a term is looked up by.
fn weight(entry: &Entry) -> (i32, u8) {
    let kind = match &entry.content {
        Content::Comparison { .. } => 5,
        Content::Fact { kind: FactKind::Definition, .. } => 4,
        Content::Fact { kind: FactKind::Cue, .. } => 3,
        Content::Expansion { .. } => 2,
        Content::Fact { kind: FactKind::Points, .. } => 1,
        Content::Cloze { .. } => 0,
    };
    (entry.priority.unwrap_or(0), kind)
}
