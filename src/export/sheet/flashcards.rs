//! Flash cards to cut: where each stands on the paper, and what its two sides say.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthChar as _;

use super::asked::{Asked, asked};
use super::press::Press;
use super::world::{Document, Template};
use super::{CardSize, Flip, Job, SheetOptions, pieces};
use crate::deck::Deck;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::media::Media;

/// Paper that a printer leaves white, and where crop marks stand (millimetres).
const EDGE: f64 = 8.0;
/// What fits the foot of the smallest card (half-ems).
const FOOT: usize = 56;

pub(super) fn set(job: &Job<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Document> {
    let Job { deck, options, media, .. } = *job;
    let grid = grid(options)?;
    let data = data(deck, media, diagnostics);
    let press = Press::new(Template::Flashcards, job, &data, diagnostics)?;
    let flip = if options.flip == Flip::Long { "long" } else { "short" };
    let inputs = [
        ("tallest", format!("{:.1}", grid.height * 0.6)),
        ("columns", grid.columns.to_string()),
        ("rows", grid.rows.to_string()),
        ("width", format!("{:.3}", grid.width)),
        ("height", format!("{:.3}", grid.height)),
        ("flip", flip.to_owned()),
    ];
    press.set(data, &inputs)
}

/// The cards of a page of upright paper, which stand in its middle.
struct Grid {
    columns: u32,
    rows: u32,
    /// Of a card, in millimetres.
    width: f64,
    height: f64,
}

fn grid(options: &SheetOptions) -> Result<Grid> {
    let (paper_width, paper_height) = options.paper.millimetres();
    let divided = |columns: u32, rows: u32| Grid {
        columns,
        rows,
        width: (paper_width - 2.0 * EDGE) / f64::from(columns),
        height: (paper_height - 2.0 * EDGE) / f64::from(rows),
    };
    let sized = |width: f64, height: f64| {
        // a card may touch the edge of the paper, as an eighth of A4 does
        let fit = |paper: f64, card: f64| ((paper + 0.5) / card).floor() as u32;
        Grid { columns: fit(paper_width, width), rows: fit(paper_height, height), width, height }
    };
    let grid = match options.card_size {
        CardSize::Eight => divided(2, 4),
        CardSize::Ten => divided(2, 5),
        CardSize::BusinessCard => sized(85.0, 55.0),
        CardSize::A7 => sized(105.0, 74.0),
    };
    if grid.columns == 0 || grid.rows == 0 {
        return Err(Error::new(format!("no card of this size fits on {}", options.paper.name()))
            .hint("choose larger --paper, or --cards 8"));
    }
    Ok(grid)
}

/// `{title, cards: [{n, hue, section, front, back}]}`; a side is `{whole, more, pieces, lines}`: what it says,
/// what is added to it, all of it in pieces to go on a second card with, and the widths of its lines (half-ems).
fn data(deck: &Deck, media: &Media, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let mut sections: Vec<String> = Vec::new();
    let mut cards = Vec::new();
    for (i, Asked { front, back, more, section, place }) in asked(deck, media, diagnostics).into_iter().enumerate() {
        let hue = sections.iter().position(|known| *known == section).unwrap_or_else(|| {
            sections.push(section.clone());
            sections.len() - 1
        });
        let section = short(&if place.is_empty() { section } else { format!("{section} › {place}") });
        let side = |whole: Value, more: Option<Value>| {
            let mut pieces = pieces::pieces(&whole);
            pieces.extend(more.iter().flat_map(pieces::pieces));
            json!({"lines": pieces::lines(&whole), "whole": whole, "more": more, "pieces": pieces})
        };
        cards.push(
            json!({"n": i + 1, "hue": hue, "section": section, "front": side(front, None), "back": side(back, more)}),
        );
    }
    json!({"title": deck.title, "cards": cards})
}

/// A heading on one line of the smallest card.
fn short(heading: &str) -> String {
    let mut width = 0;
    let end = heading.char_indices().find(|(_, c)| {
        width += c.width().unwrap_or(0);
        width > FOOT
    });
    end.map_or_else(|| heading.to_owned(), |(end, _)| format!("{}…", heading[..end].trim_end()))
}
