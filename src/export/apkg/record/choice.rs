//! Multiple choice: a term, and answers to choose from.

use super::fact::is_pictures;
use super::{Context, Made};
use crate::deck::FactKind;
use crate::export::apkg::note_type::NoteType;
use crate::export::apkg::{collection, hidden};
use crate::export::siblings::WRONG;
use crate::markup::{parse, parse_inline, plain, plain_inline};

impl Context<'_> {
    /// The choices stand in an order that follows from the entry's id; the card shuffles them anew every day.
    pub(super) fn choice(
        &self,
        kind: FactKind,
        term: &str,
        answer: &str,
        details: Option<&str>,
        wrong: &[&str; WRONG],
    ) -> Option<Made> {
        let (term_inlines, answer_blocks) = (parse_inline(term), parse(answer));
        let (term_text, answer_text) = (plain_inline(&term_inlines), plain(&answer_blocks));
        let choice = |markdown: &str| self.html_inline(&parse_inline(markdown));
        let mut choices: Vec<String> = wrong.iter().map(|wrong| format!("<li>{}</li>", choice(wrong))).collect();
        let place = collection::hash(self.id) as usize % (WRONG + 1);
        choices.insert(place, format!("<li class=\"right\">{}</li>", choice(answer)));
        let folded = details.is_some_and(|text| !is_pictures(&parse(text)));
        let fields = vec![
            self.html_inline(&term_inlines),
            format!("<ol>{}</ol>", choices.concat()),
            details.map(|text| self.html(&parse(text))).unwrap_or_default(),
            self.path(&answer_text),
            self.note.clone(),
            self.language.ask_choice(kind).to_owned(),
            self.look(&term_text),
            if folded { self.language.more().to_owned() } else { String::new() },
            self.language.verdicts().to_owned(),
        ];
        Some((NoteType::Choice, fields.iter().map(|field| hidden::inert(field)).collect(), vec![0]))
    }
}
