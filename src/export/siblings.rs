//! Answers of other entries that could be taken for an entry's own: what a multiple-choice question offers besides.
//!
//! They come from nearby in the same note, and are of the same shape: as long, about as many sentences, of the same
//! kind. Which ones follows from the deck alone.

use crate::deck::{Content, Deck, Entry, EntryId, FactKind};
use crate::letter::key;
use crate::markup::{Block, Inline, parse, parse_inline, plain, plain_inline};

/// Wrong answers beside the right one.
pub const WRONG: usize = 3;

/// A longer answer (characters) is not one to tap.
const LONGEST: usize = 90;

/// A word of a term with at least as many letters tells an answer that has it too.
const TELLING: usize = 3;

/// How many entries before and after are looked at.
const NEAR: usize = 30;

/// What can be chosen for an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'a> {
    pub id: &'a EntryId,
    /// Markdown, one paragraph each; none is the entry's own answer or holds it.
    pub wrong: [&'a str; WRONG],
}

/// For every entry that can be asked by choosing, in the order of the deck, what is to be offered.
pub fn choices(deck: &Deck) -> Vec<Choice<'_>> {
    let notes = deck.notes.iter();
    notes.flat_map(|note| of_note(&note.entries)).collect()
}

fn of_note(entries: &[Entry]) -> Vec<Choice<'_>> {
    let shapes: Vec<Shape<'_>> = entries.iter().filter(|entry| !entry.drop).filter_map(Shape::of).collect();
    let near = |at: usize| shapes.get(at.saturating_sub(NEAR)..(at + NEAR + 1).min(shapes.len())).unwrap_or_default();
    let shapes = shapes.iter().enumerate();
    shapes.filter_map(|(at, shape)| Some(Choice { id: shape.id, wrong: shape.wrong(near(at))? })).collect()
}

/// An entry as a question to choose the answer of.
struct Shape<'a> {
    id: &'a EntryId,
    kind: FactKind,
    section: &'a [String],
    markdown: &'a str,
    /// Term and answer in one spelling.
    term: String,
    answer: String,
    /// The words of the term that the answer has too, in small letters.
    tell: Vec<String>,
    /// Characters of the answer.
    length: usize,
    /// Whether the answer is a sentence rather than a name.
    sentence: bool,
}

impl<'a> Shape<'a> {
    /// None where the answer is long, more than a paragraph, or gives its term away.
    fn of(entry: &'a Entry) -> Option<Shape<'a>> {
        let Content::Fact { kind: kind @ (FactKind::Definition | FactKind::Cue), term, answer, .. } = &entry.content
        else {
            return None;
        };
        let blocks = parse(answer);
        let [Block::Paragraph(inlines)] = blocks.as_slice() else { return None };
        if inlines.iter().any(|inline| matches!(inline, Inline::Break | Inline::Image { .. })) {
            return None;
        }
        let text = plain(&blocks);
        let text = text.trim();
        let (small, name) = (text.to_lowercase(), plain_inline(&parse_inline(term)).to_lowercase());
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= TELLING);
        let shape = Shape {
            id: &entry.id,
            kind: *kind,
            section: &entry.section,
            markdown: answer,
            term: key(term),
            answer: key(text),
            tell: words.filter(|word| small.contains(word)).map(str::to_owned).collect(),
            length: text.chars().count(),
            sentence: text.contains(' ') && text.ends_with(['.', '。', '다', '요', '!']),
        };
        let asks = !shape.answer.is_empty() && !shape.term.is_empty() && !shape.answer.contains(&shape.term);
        (asks && shape.length <= LONGEST).then_some(shape)
    }

    /// The nearest answers of this shape; none where there are too few.
    fn wrong(&self, near: &[Shape<'a>]) -> Option<[&'a str; WRONG]> {
        let mut fitting: Vec<(usize, usize, usize, &Shape<'a>)> = near
            .iter()
            .enumerate()
            .filter(|(_, other)| self.could_be_answered(other))
            .map(|(at, other)| (self.apart(other), usize::from(self.sentence != other.sentence), at, other))
            .collect();
        fitting
            .sort_by_key(|(apart, sentence, at, other)| (*apart, *sentence, self.length.abs_diff(other.length), *at));
        let mut taken: Vec<&Shape<'a>> = Vec::with_capacity(WRONG);
        for (.., other) in fitting {
            if taken.len() < WRONG && !taken.iter().any(|one| overlap(&one.answer, &other.answer)) {
                taken.push(other);
            }
        }
        // a word of the question that only the right answer has would be enough to tell it by
        let told = |word: &String| !taken.iter().any(|shape| shape.markdown.to_lowercase().contains(word));
        if self.tell.iter().any(told) {
            return None;
        }
        let wrong: Vec<&'a str> = taken.iter().map(|shape| shape.markdown).collect();
        wrong.try_into().ok()
    }

    /// Whether another's answer may stand beside this one's: from this section or one beside it, not the same or a part of
    /// it, and no longer or shorter than would give it away.
    fn could_be_answered(&self, other: &Shape<'a>) -> bool {
        let (short, long) = (self.length.min(other.length), self.length.max(other.length));
        self.id != other.id
            && self.kind == other.kind
            && self.apart(other) <= 1
            && self.term != other.term
            && !overlap(&self.answer, &other.answer)
            && !other.answer.contains(&self.term)
            && (long <= 2 * short || long - short <= 10)
    }

    /// How many headings of this entry's section are not above the other one.
    fn apart(&self, other: &Shape<'a>) -> usize {
        let common = self.section.iter().zip(other.section).take_while(|(a, b)| a == b).count();
        self.section.len() - common
    }
}

fn overlap(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::NoteDeck;

    fn deck(facts: &[(&str, &str, &str)]) -> Deck {
        let entries = facts.iter().enumerate().map(|(at, (section, term, answer))| Entry {
            section: vec![(*section).to_owned()],
            ..Entry::new(
                EntryId(format!("a{at}")),
                Content::Fact {
                    kind: FactKind::Definition,
                    term: (*term).to_owned(),
                    answer: (*answer).to_owned(),
                    details: None,
                },
            )
        });
        Deck {
            title: "t".to_owned(),
            notes: vec![NoteDeck { note: "n".to_owned(), title: "n".to_owned(), entries: entries.collect() }],
        }
    }

    #[test]
    fn wrong_answers_are_of_the_same_section_and_length() {
        let deck = deck(&[
            ("sails", "Jib", "the sail before the mast"),
            ("knots", "Bowline", "a loop that does not slip"),
            ("sails", "Main", "the sail behind the mast"),
            ("sails", "Spinnaker", "the sail for winds from astern"),
            ("sails", "Storm jib", "a very small and very strong sail that is set in place of the jib in a gale only"),
            ("sails", "Genoa", "the sail that overlaps the mast"),
        ]);
        let choices = choices(&deck);
        assert_eq!(choices[0].id.0, "a0");
        assert_eq!(
            choices[0].wrong,
            ["the sail behind the mast", "the sail for winds from astern", "the sail that overlaps the mast"]
        );
        assert!(choices.iter().all(|choice| choice.id.0 != "a4"), "nothing is as long");
    }

    #[test]
    fn no_wrong_answer_is_right() {
        let deck = deck(&[
            ("", "A", "by the hour"),
            ("", "B", "by the **hour**"),
            ("", "C", "by the hour or day"),
            ("", "D", "by the year"),
            ("", "E", "never at all"),
        ]);
        assert!(choices(&deck).iter().all(|choice| choice.id.0 != "a0"), "two of four would be right");
    }

    #[test]
    fn no_word_of_the_question_tells_the_answer() {
        let deck = deck(&[
            ("", "Topping lift", "a line that lifts the boom"),
            ("", "Outhaul", "a line that pulls the clew"),
            ("", "Vang", "a tackle that holds the boom"),
            ("", "Halyard", "a line that hoists a sail"),
        ]);
        let asked: Vec<&str> = choices(&deck).iter().map(|choice| choice.id.0.as_str()).collect();
        assert_eq!(asked, ["a1", "a2", "a3"]);
    }
}
