//! Whatever a person does to notes and cards, an entry stays the entry it is: random edits, one build after the other.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

use std::collections::{BTreeMap, HashSet};

use amgi::deck::merge::{How, merge};
use amgi::deck::{Content, Deck, Entry, NoteDeck, Timestamp, assemble, yaml};
use amgi::pipeline::{read, rules_of};
use amgi::rule::Rules;
use amgi::source::Note;
use proptest::prelude::*;

/// What can happen between two builds. Numbers choose what it happens to.
#[derive(Debug, Clone)]
enum Edit {
    Answer(usize),
    Spelling(usize),
    SpellingAndAnswer(usize),
    Brackets(usize),
    /// The term in another language: nothing of the name stays.
    Language(usize),
    RenameNote(usize),
    SectionsTurned(usize),
    EntriesTurned(usize),
    MovedToOtherNote(usize),
    Added(usize),
    Removed(usize),
    /// In the YAML: a person's answer.
    YamlAnswer(usize),
    /// In the YAML: another section.
    YamlSection(usize),
    /// In the YAML: moved to the end.
    YamlLast(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let which = 0..1000_usize;
    prop_oneof![
        which.clone().prop_map(Edit::Answer),
        which.clone().prop_map(Edit::Spelling),
        which.clone().prop_map(Edit::SpellingAndAnswer),
        which.clone().prop_map(Edit::Brackets),
        which.clone().prop_map(Edit::Language),
        which.clone().prop_map(Edit::RenameNote),
        which.clone().prop_map(Edit::SectionsTurned),
        which.clone().prop_map(Edit::EntriesTurned),
        which.clone().prop_map(Edit::MovedToOtherNote),
        which.clone().prop_map(Edit::Added),
        which.clone().prop_map(Edit::Removed),
        which.clone().prop_map(Edit::YamlAnswer),
        which.clone().prop_map(Edit::YamlSection),
        which.prop_map(Edit::YamlLast),
    ]
}

/// A pronounceable word of eight letters, another one for every number.
fn word(number: usize) -> String {
    let mut seed = number.wrapping_mul(2_654_435_761).wrapping_add(12_345) as u64;
    let mut next = |letters: &[u8]| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(letters[(seed >> 33) as usize % letters.len()])
    };
    (0..4).flat_map(|_| [next(b"bdfgklmnprstvz"), next(b"aeiou")]).collect()
}

/// One thing to learn, as the test knows it; `mark` is a word that stays in its answer.
#[derive(Debug, Clone)]
struct Thing {
    mark: String,
    term: String,
    gloss: bool,
    answer: Vec<String>,
}

/// A heading, and what stands under it.
type Section = (String, Vec<Thing>);

struct World {
    rules: Rules,
    /// Note by note, section by section.
    notes: Vec<(String, Vec<Section>)>,
    made: usize,
    cards: Vec<NoteDeck>,
    /// The id of each thing, by its mark.
    ids: BTreeMap<String, String>,
    /// Ids of things that are gone, and what they were.
    gone: BTreeMap<String, String>,
    /// What a person wrote in the YAML, by mark.
    edits: BTreeMap<String, (String, Vec<String>)>,
    builds: i64,
}

impl World {
    fn new() -> World {
        let rules = rules_of(&[], &mut Vec::new()).unwrap();
        let mut world = World {
            rules,
            notes: Vec::new(),
            made: 0,
            cards: Vec::new(),
            ids: BTreeMap::new(),
            gone: BTreeMap::new(),
            edits: BTreeMap::new(),
            builds: 0,
        };
        for note in 0..3 {
            let sections =
                (0..3).map(|section| (word(900 + 10 * note + section), (0..4).map(|_| world.thing()).collect()));
            let sections = sections.collect();
            world.notes.push((format!("note{note}.md"), sections));
        }
        world
    }

    fn thing(&mut self) -> Thing {
        self.made += 1;
        let number = self.made * 10;
        Thing {
            mark: word(5000 + number),
            term: format!("{} {}", word(number), word(number + 1)),
            gloss: false,
            answer: (2..7).map(|n| word(number + n)).collect(),
        }
    }

    fn text(sections: &[Section]) -> String {
        let mut text = String::new();
        for (section, things) in sections {
            text.push_str(&format!("# {section}\n\n"));
            for thing in things {
                let gloss = if thing.gloss { format!(" ({})", word(7)) } else { String::new() };
                text.push_str(&format!("- {}{gloss} : the {} of {}\n", thing.term, thing.answer.join(" "), thing.mark));
            }
            text.push('\n');
        }
        text
    }

    /// The thing that a number chooses: note, section, place.
    fn choose(&self, number: usize) -> Option<(usize, usize, usize)> {
        let all: Vec<(usize, usize, usize)> = self
            .notes
            .iter()
            .enumerate()
            .flat_map(|(n, (_, sections))| {
                sections.iter().enumerate().flat_map(move |(s, (_, things))| (0..things.len()).map(move |t| (n, s, t)))
            })
            .collect();
        (!all.is_empty()).then(|| all[number % all.len()])
    }

    fn apply(&mut self, edit: &Edit) {
        let (Edit::Answer(number)
        | Edit::Spelling(number)
        | Edit::SpellingAndAnswer(number)
        | Edit::Brackets(number)
        | Edit::Language(number)
        | Edit::RenameNote(number)
        | Edit::SectionsTurned(number)
        | Edit::EntriesTurned(number)
        | Edit::MovedToOtherNote(number)
        | Edit::Added(number)
        | Edit::Removed(number)
        | Edit::YamlAnswer(number)
        | Edit::YamlSection(number)
        | Edit::YamlLast(number)) = *edit;
        let Some((n, s, t)) = self.choose(number) else { return };
        let fresh = word(100_000 + self.builds as usize);
        let other = (n + 1) % self.notes.len();
        let thing = &mut self.notes[n].1[s].1[t];
        match edit {
            Edit::Answer(_) => thing.answer[number % 5] = fresh,
            Edit::Spelling(_) => thing.term.push('x'),
            Edit::SpellingAndAnswer(_) => {
                thing.term.push('x');
                thing.answer[number % 5] = fresh;
            }
            Edit::Brackets(_) => thing.gloss = !thing.gloss,
            Edit::Language(_) => thing.term = format!("{fresh} {}", word(200_000 + self.builds as usize)),
            Edit::RenameNote(_) => self.notes[n].0 = format!("{fresh}.md"),
            Edit::SectionsTurned(_) => self.notes[n].1.rotate_left(1),
            Edit::EntriesTurned(_) => self.notes[n].1[s].1.rotate_left(1),
            Edit::MovedToOtherNote(_) => {
                let thing = self.notes[n].1[s].1.remove(t);
                self.notes[other].1[0].1.push(thing);
            }
            Edit::Added(_) => {
                let thing = self.thing();
                self.notes[n].1[s].1.push(thing);
            }
            Edit::Removed(_) => {
                let thing = self.notes[n].1[s].1.remove(t);
                if !self.edits.contains_key(&thing.mark)
                    && let Some(id) = self.ids.remove(&thing.mark)
                {
                    self.gone.insert(id, thing.mark);
                }
            }
            Edit::YamlAnswer(_) | Edit::YamlSection(_) | Edit::YamlLast(_) => {
                let mark = thing.mark.clone();
                self.apply_to_cards(edit, &mark, &fresh);
            }
        }
    }

    fn apply_to_cards(&mut self, edit: &Edit, mark: &str, fresh: &str) {
        let Some(id) = self.ids.get(mark).cloned() else { return };
        let note = self.cards.iter_mut().find(|note| note.entries.iter().any(|entry| entry.id.0 == id)).unwrap();
        let place = note.entries.iter().position(|entry| entry.id.0 == id).unwrap();
        let entry = &mut note.entries[place];
        match edit {
            Edit::YamlAnswer(_) => {
                let Content::Fact { answer, .. } = &mut entry.content else { panic!("a definition") };
                *answer = format!("my {fresh} for {mark}");
            }
            Edit::YamlSection(_) => entry.section = vec![fresh.to_owned()],
            _ => {
                let entry = note.entries.remove(place);
                note.entries.push(entry);
                return;
            }
        }
        let Content::Fact { answer, .. } = &entry.content else { panic!("a definition") };
        self.edits.insert(mark.to_owned(), (answer.clone(), entry.section.clone()));
    }

    fn build(&mut self) {
        self.builds += 1;
        let mut deck = Deck::default();
        for (path, sections) in &self.notes {
            let text = World::text(sections);
            let note = Note { path: path.clone(), shown: path.clone(), text, encoding: "UTF-8" };
            let found = read(&note, &self.rules);
            deck.notes.push(assemble::assemble(&note, &found.outline, found.candidates));
        }
        let before = std::mem::take(&mut self.cards);
        let own: Vec<Option<usize>> =
            deck.notes.iter().map(|note| before.iter().position(|old| old.note == note.note)).collect();
        let taken = before.iter().flat_map(|note| &note.entries).map(|entry| entry.id.clone()).collect();
        let gone: Vec<usize> = (0..before.len()).filter(|at| !own.contains(&Some(*at))).collect();
        let merged = merge(&mut deck, before, &own, &gone, taken, Timestamp(self.builds));
        assert_eq!(merged.ambiguous, [], "every thing here can be told");
        // what is written is what is read: the state is in the YAML alone
        self.cards = deck
            .notes
            .iter()
            .map(|note| yaml::read("cards", &yaml::write(note).unwrap(), &mut Vec::new()).unwrap())
            .collect();
        let _ = merged.count(|how| matches!(how, How::New));
        self.check();
    }

    fn entry(&self, mark: &str) -> &Entry {
        let has = |entry: &&Entry| matches!(&entry.content, Content::Fact { answer, .. } if answer.ends_with(mark) && !answer.contains('\n'));
        let found: Vec<&Entry> = self.cards.iter().flat_map(|note| &note.entries).filter(has).collect();
        assert_eq!(found.len(), 1, "{mark}: {found:#?}");
        found[0]
    }

    fn check(&mut self) {
        let all: Vec<&String> = self.cards.iter().flat_map(|note| &note.entries).map(|entry| &entry.id.0).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "an id stands twice");
        let marks: Vec<String> =
            self.notes.iter().flat_map(|(_, s)| s).flat_map(|(_, things)| things).map(|t| t.mark.clone()).collect();
        let mut new = Vec::new();
        for mark in &marks {
            let entry = self.entry(mark);
            match self.ids.get(mark) {
                Some(id) => assert_eq!(&entry.id.0, id, "{mark} has another id"),
                None => new.push((mark.clone(), entry.id.0.clone())),
            }
            if let Some((answer, section)) = self.edits.get(mark) {
                let Content::Fact { answer: is, .. } = &entry.content else { panic!("a definition") };
                assert!(is == answer || !answer.starts_with("my "), "{mark}: an edit is lost");
                assert!(
                    section == &entry.section || section.len() != 1 || self.is_generated(section),
                    "{mark}: an edit is lost"
                );
            }
        }
        for (mark, id) in new {
            assert!(!self.gone.contains_key(&id), "{mark} has the id of {:?}", self.gone.get(&id));
            self.ids.insert(mark, id);
        }
    }

    fn is_generated(&self, section: &[String]) -> bool {
        self.notes.iter().flat_map(|(_, sections)| sections).any(|(name, _)| section.first() == Some(name))
    }
}

/// The notes call an entry something else, a person having edited its answer, and then something like that: found by
/// the random edits below.
#[test]
fn an_edited_entry_is_told_by_what_the_notes_called_it_last() {
    use Edit::*;
    let edits = [
        YamlAnswer(0),
        Answer(0),
        Answer(0),
        Language(191),
        Removed(905),
        YamlAnswer(204),
        EntriesTurned(156),
        Added(149),
        YamlSection(834),
        Language(822),
        Language(865),
        SpellingAndAnswer(807),
        YamlLast(877),
        YamlSection(427),
        YamlAnswer(269),
        YamlLast(78),
        Added(132),
        Answer(420),
        Removed(467),
        Brackets(704),
        SpellingAndAnswer(507),
        EntriesTurned(185),
        Language(611),
        YamlSection(546),
        SpellingAndAnswer(138),
    ];
    let mut world = World::new();
    world.build();
    for edit in &edits {
        world.apply(edit);
        world.build();
    }
}

proptest! {
    // 40 notes, each edited 25 times
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_lose_no_id_double_none_and_hand_none_on(edits in proptest::collection::vec(edit(), 25)) {
        let mut world = World::new();
        world.build();
        for edit in &edits {
            world.apply(edit);
            world.build();
        }
    }
}
