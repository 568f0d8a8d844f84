//! The cheat sheet: set as it is read best, or as large as fits the pages one is allowed.

use std::collections::HashSet;

use super::press::Press;
use super::world::{Document, Template};
use super::{Job, SheetOptions, data, importance, limits};
use crate::deck::{Deck, Entry, EntryId};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::media::Media;

/// Text size (points) when nothing asks for another.
const SIZE: f64 = 7.2;
/// The largest that is tried to fill pages.
const MAX_SIZE: f64 = 9.0;
/// How near (points) the size comes to the largest that fits.
const STEP: f64 = 0.1;
/// Margins (millimetres): as it looks best, and as far out as printers print.
const MARGIN: f64 = 7.0;
const NARROW_MARGIN: f64 = 5.0;
/// Between columns (millimetres).
const GUTTER: f64 = 4.2;
/// Above and below the columns, beside the margin (millimetres): the running head.
const HEAD: f64 = 4.0;
/// The narrowest and the widest column that is tried (millimetres).
const COLUMN: std::ops::RangeInclusive<f64> = 42.0..=150.0;
/// A line of less room (half-ems) is too short to read, however large its type.
const SHORTEST_LINE: f64 = 46.0;
/// The column that reads best at [`SIZE`] (millimetres).
const BEST_COLUMN: f64 = 90.0;
/// More characters than a page holds at the smallest size, on any paper: what has more need not be tried.
const PAGE_MOST: usize = 60_000;
/// An entry fewer on a sheet of this much room left (pages) is not looked for further.
const NEAR: f64 = 0.015;

/// How one setting of the sheet differs from another.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Setting {
    columns: u8,
    /// Points.
    size: f64,
    /// Millimetres.
    margin: f64,
}

/// The document of a deck. What has no room on the pages asked for is named in a diagnostic.
pub(super) fn set(job: &Job<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Document> {
    let Job { deck, options, media, .. } = *job;
    let plain = Setting { columns: best_columns(options), size: SIZE, margin: MARGIN };
    let whole = data::data_for(deck, room(options, plain), media, diagnostics);
    let press = Press::new(Template::Cheatsheet, job, &whole, diagnostics)?;
    let sheet = Sheet { deck, media, press };
    match options.pages {
        None => sheet.press.set(whole, &inputs(options, plain)),
        Some(pages) => sheet.fit(usize::from(pages), diagnostics),
    }
}

/// Width of the columns' area (millimetres).
fn area(options: &SheetOptions, margin: f64) -> f64 {
    let (short, long) = options.paper.millimetres();
    (if options.landscape { long } else { short }) - 2.0 * margin
}

fn column_width(options: &SheetOptions, columns: u8, margin: f64) -> f64 {
    (area(options, margin) - GUTTER * f64::from(columns - 1)) / f64::from(columns)
}

fn best_columns(options: &SheetOptions) -> u8 {
    let off = |columns: &u8| (column_width(options, *columns, MARGIN) / BEST_COLUMN).ln().abs();
    options.columns.unwrap_or_else(|| (1..=5).min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(3))
}

/// The half-ems that surely fit on a line: nine tenths of a column, since letters are not all alike.
fn room(options: &SheetOptions, setting: Setting) -> f64 {
    let points = column_width(options, setting.columns, setting.margin) / 25.4 * 72.0;
    0.9 * points / (setting.size / 2.0)
}

/// The largest type (points) whose lines are long enough.
fn largest_readable(options: &SheetOptions, columns: u8) -> f64 {
    let at_one = room(options, Setting { columns, size: 1.0, margin: NARROW_MARGIN });
    // columns that the user wants are as they are
    if options.columns.is_some() { MAX_SIZE } else { (at_one / SHORTEST_LINE).min(MAX_SIZE) }
}

/// The room where the page and the columns are as nothing asks for others.
pub(super) fn usual_room(options: &SheetOptions) -> f64 {
    room(options, Setting { columns: best_columns(options), size: SIZE, margin: MARGIN })
}

fn inputs(options: &SheetOptions, setting: Setting) -> Vec<(&'static str, String)> {
    vec![
        ("orientation", if options.landscape { "landscape" } else { "portrait" }.to_owned()),
        ("columns", setting.columns.to_string()),
        ("size", format!("{:.2}", setting.size)),
        ("margin", format!("{:.1}", setting.margin)),
        ("head", format!("{HEAD:.1}")),
        ("gutter", format!("{GUTTER:.1}")),
        ("room", format!("{:.1}", room(options, setting))),
        ("index", options.index.to_string()),
    ]
}

struct Sheet<'a> {
    deck: &'a Deck,
    media: &'a Media,
    press: Press<'a>,
}

/// A document that was tried, and how many pages it takes, in fractions.
struct Tried {
    document: Document,
    pages: f64,
}

impl Sheet<'_> {
    fn try_whole(&self, setting: Setting) -> Result<Tried> {
        self.try_deck(self.deck, setting)
    }

    fn try_deck(&self, deck: &Deck, setting: Setting) -> Result<Tried> {
        let options = self.press.options;
        let data = data::data_for(deck, room(options, setting), self.media, &mut Vec::new());
        let document = self.press.set(data, &inputs(options, setting))?;
        let pages = filled(&document, options, setting);
        Ok(Tried { document, pages })
    }

    /// The document with the largest type that takes at most `pages`; shortened if the smallest type takes more.
    fn fit(&self, pages: usize, diagnostics: &mut Vec<Diagnostic>) -> Result<Document> {
        let floor = self.press.options.smallest.min(MAX_SIZE);
        let characters: usize = self.deck.entries().map(|(_, entry)| limits::characters(&entry.content)).sum();
        let mut best: Option<(Setting, Document)> = None;
        let mut tightest: Option<(f64, Setting)> = None;
        for columns in self.columns_to_try() {
            let least = Setting { columns, size: floor, margin: NARROW_MARGIN };
            if characters > pages * PAGE_MOST {
                tightest = tightest.or(Some((characters as f64 / PAGE_MOST as f64, least)));
                continue;
            }
            // another number of columns must beat the one that is best so far
            let from = best.as_ref().map_or(floor, |(setting, _)| setting.size + STEP);
            if from > largest_readable(self.press.options, columns) && (best.is_some() || tightest.is_some()) {
                continue;
            }
            let first = Setting { size: from, ..least };
            let tried = self.try_whole(first)?;
            if tried.document.pages() > pages {
                if best.is_none() && tightest.is_none_or(|(least, _)| tried.pages < least) {
                    tightest = Some((tried.pages, least));
                }
                continue;
            }
            best = Some(self.largest(first, tried, pages)?);
        }
        match (best, tightest) {
            (Some((_, document)), _) => Ok(document),
            (None, Some((takes, setting))) => self.shortened(setting, takes, pages, diagnostics),
            (None, None) => Ok(self.try_whole(Setting { columns: 1, size: floor, margin: NARROW_MARGIN })?.document),
        }
    }

    /// The columns that the user fixed, or those that can be read, the best first.
    fn columns_to_try(&self) -> Vec<u8> {
        let options = self.press.options;
        if let Some(columns) = options.columns {
            return vec![columns];
        }
        let best = best_columns(options);
        let others = (2..=5)
            .filter(|columns| *columns != best && COLUMN.contains(&column_width(options, *columns, NARROW_MARGIN)));
        std::iter::once(best).chain(others).collect()
    }

    /// The largest type that fits, from a setting that does. Text takes room as the square of its size, which
    /// tells where to look next.
    fn largest(&self, from: Setting, tried: Tried, pages: usize) -> Result<(Setting, Document)> {
        let most = largest_readable(self.press.options, from.columns).max(from.size);
        let (mut low, mut high) = (from.size, most + STEP);
        let mut best = tried.document;
        let mut takes = tried.pages;
        let mut at = low;
        while high - low > 1.5 * STEP {
            let guess = at * (pages as f64 / takes.max(0.01)).sqrt();
            let guess = from.size + ((guess - from.size) / STEP).floor() * STEP;
            // twice on one side of the guess, the middle closes in
            at = if guess <= low || guess >= high { guess.clamp(low + STEP, high - STEP) } else { guess };
            let tried = self.try_whole(Setting { size: at, ..from })?;
            takes = tried.pages;
            if tried.document.pages() <= pages {
                (low, best) = (at, tried.document);
            } else {
                high = at;
            }
        }
        let chosen = Setting { size: low, ..from };
        let wide = Setting { margin: MARGIN, ..chosen };
        if low + STEP > most
            && let tried = self.try_whole(wide)?
            && tried.document.pages() <= pages
        {
            return Ok((wide, tried.document));
        }
        Ok((chosen, best))
    }

    /// At the smallest size, without the entries that matter least; names them. `takes` is how many pages all of
    /// them take.
    fn shortened(
        &self,
        setting: Setting,
        takes: f64,
        pages: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Document> {
        let order = importance::order(self.deck, &self.press.options.priorities);
        let sizes: Vec<usize> = order.iter().map(|entry| limits::characters(&entry.content) + 20).collect();
        let sums: Vec<usize> = std::iter::once(0)
            .chain(sizes.iter().scan(0, |sum, size| {
                *sum += size;
                Some(*sum)
            }))
            .collect();
        let upto = |characters: f64| sums.partition_point(|sum| (*sum as f64) <= characters).saturating_sub(1);
        let (mut low, mut high) = (0, order.len());
        let mut guess = upto(sums[order.len()] as f64 * pages as f64 / takes);
        let mut best = None;
        while high - low > 1 || best.is_none() {
            let kept = guess.clamp(low + usize::from(high - low > 1), high.saturating_sub(1).max(low));
            let tried = self.try_deck(&some(self.deck, order.iter().take(kept)), setting)?;
            guess = upto(sums[kept] as f64 * pages as f64 / tried.pages.max(0.01));
            if tried.document.pages() <= pages || kept == 0 {
                let full = tried.pages > pages as f64 - NEAR;
                (low, best) = (kept, Some(tried.document));
                if full || kept == 0 {
                    break;
                }
            } else {
                high = kept;
            }
        }
        diagnostics.push(left_off(&order, low, pages, setting.size, takes));
        best.map_or_else(|| self.try_deck(&some(self.deck, [].iter()), setting).map(|tried| tried.document), Ok)
    }
}

/// Names and counts what is not on the sheet.
fn left_off(order: &[&Entry], kept: usize, pages: usize, size: f64, takes: f64) -> Diagnostic {
    let names: Vec<String> =
        order.iter().skip(kept).map(|entry| format!("`{}`", limits::short_label(&entry.content))).collect();
    let message = format!(
        "{} of {} entries have no room on {pages} page(s) at {size} pt (all of them take {takes:.1}) and are left off: {}",
        names.len(),
        order.len(),
        names.join(", ")
    );
    Diagnostic::warning("sheet-full", message).hint(
        "`priority: 1` in out/cards/, or a section's under `priorities:` in amgi.yaml, keeps an entry on the sheet; \
         more --pages or a smaller --smallest make room",
    )
}

fn some<'a>(deck: &Deck, kept: impl Iterator<Item = &'a &'a Entry>) -> Deck {
    let keep: HashSet<&EntryId> = kept.map(|entry| &entry.id).collect();
    let mut some = deck.clone();
    for note in &mut some.notes {
        note.entries.retain(|entry| keep.contains(&entry.id));
    }
    some
}

/// How many pages a document fills, in fractions of a page's columns.
fn filled(document: &Document, options: &SheetOptions, setting: Setting) -> f64 {
    let Some((page, x, y)) = document.end() else { return document.pages() as f64 };
    let (short, long) = options.paper.millimetres();
    let height = (if options.landscape { short } else { long }) - 2.0 * setting.margin - HEAD;
    let pitch = column_width(options, setting.columns, setting.margin) + GUTTER;
    let column = ((x - setting.margin) / pitch).floor().clamp(0.0, f64::from(setting.columns - 1));
    let down = ((y - setting.margin - HEAD) / height).clamp(0.0, 1.0);
    (page - 1) as f64 + (column + down) / f64::from(setting.columns)
}
