//! Definitions, points and cues: a term asks for its answer, and a short answer for its term.

use super::{Context, Made, is_blank};
use crate::deck::FactKind;
use crate::export::apkg::note_type::NoteType;
use crate::markup::{Block, Inline, parse, parse_inline, plain, plain_inline};

/// An answer up to this many characters is asked for its term as well.
const REVERSIBLE: usize = 120;

/// Which ways an entry is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) forward: bool,
    /// By the length of the answer when unset.
    pub(super) reverse: Option<bool>,
}

impl Context<'_> {
    pub(super) fn fact(
        &self,
        kind: FactKind,
        term: &str,
        answer: &str,
        details: Option<&str>,
        asked: Asked,
    ) -> Option<Made> {
        let (term_inlines, answer_blocks) = (parse_inline(term), parse(answer));
        let (term_html, answer_html) = (self.html_inline(&term_inlines), self.html(&answer_blocks));
        let details_html = details.map(|text| self.html(&parse(text))).unwrap_or_default();
        if is_blank(&term_html) || (is_blank(&answer_html) && is_blank(&details_html)) {
            return None;
        }
        let (term_text, answer_text) = (plain_inline(&term_inlines), plain(&answer_blocks));
        let by_length = kind == FactKind::Definition && is_reversible(&term_text, &answer_blocks, &answer_text);
        let reverse = asked.reverse.unwrap_or(by_length) && !is_blank(&answer_html);
        // one way it is always asked
        let forward = asked.forward || !reverse;
        let points = if kind == FactKind::Points { list_items(&answer_blocks) } else { 0 };
        let when = |condition: bool, text: &str| if condition { text.to_owned() } else { String::new() };
        let fields = vec![
            term_html,
            answer_html,
            details_html,
            class(kind).to_owned(),
            self.path(&answer_text),
            self.note.clone(),
            if forward { self.ask(kind, &term_text, &answer_blocks) } else { String::new() },
            when(reverse, self.language.ask_term(kind)),
            if reverse { self.path(&term_text) } else { String::new() },
            self.look(&term_text),
            // pictures alone are not folded away
            when(!details.is_none_or(|text| is_pictures(&parse(text))), self.language.more()),
            when(points > 1, self.language.tap()),
            when(self.type_in && reverse && term_inlines.iter().all(is_typeable), "type"),
        ];
        let cards = [forward, reverse].into_iter().enumerate().filter(|(_, there)| *there).map(|(place, _)| place);
        Some((NoteType::Definition, fields, cards.collect()))
    }

    /// What stands above a term.
    pub(super) fn ask(&self, kind: FactKind, term: &str, answer: &[Block]) -> String {
        match kind {
            FactKind::Definition if term.trim_end().ends_with(['?', '？']) => self.language.ask_question().to_owned(),
            _ => self.language.ask_answer(kind, count_points(answer)),
        }
    }
}

/// The class of a card.
fn class(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Definition => "definition",
        FactKind::Points => "points",
        FactKind::Cue => "cue",
    }
}

/// Whether a person could type it: no picture, no formula.
fn is_typeable(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(_) | Inline::Strong(_) | Inline::Emph(_) | Inline::Code(_) | Inline::Mark(_))
}

pub(super) fn is_pictures(blocks: &[Block]) -> bool {
    let is_picture = |inline: &Inline| match inline {
        Inline::Image { .. } | Inline::Break => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    blocks.iter().all(|block| matches!(block, Block::Paragraph(inlines) if inlines.iter().all(is_picture)))
}

fn list_items(blocks: &[Block]) -> usize {
    let items = blocks.iter().map(|block| match block {
        Block::List { items, .. } => items.len(),
        _ => 0,
    });
    items.sum()
}

/// How many things an answer names: the items of its lists, else its paragraphs.
fn count_points(blocks: &[Block]) -> usize {
    match list_items(blocks) {
        0 => blocks.len(),
        items => items,
    }
}

/// Whether an answer leads back to its term: short, one paragraph, and not naming it.
fn is_reversible(term: &str, answer: &[Block], text: &str) -> bool {
    let [Block::Paragraph(inlines)] = answer else { return false };
    let term = term.trim().to_lowercase();
    text.chars().count() <= REVERSIBLE && !inlines.contains(&Inline::Break) && !text.to_lowercase().contains(&term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_reversed_only_where_it_leads_back() {
        let reversible = |term: &str, answer: &str| {
            let blocks = parse(answer);
            is_reversible(term, &blocks, &plain(&blocks))
        };
        assert!(reversible("On Demand", "시간 단위로 요금을 지불하는 방식"));
        assert!(!reversible("On Demand", "on demand means by the hour"));
        assert!(!reversible("a", "- x\n- y"));
        assert!(!reversible("Spot", &"긴 ".repeat(90)));
    }
}
