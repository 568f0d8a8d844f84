//! The five note types. Their ids, names, fields and card names never change: Anki would stop updating every note a
//! learner has. What a later version needs goes into the spare fields; the text of the templates may change freely.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use genanki_rs::{Field, Model, ModelType, Note, Package, Template};
use serde_json::{Map, Value, json};

use super::card_template;
use crate::error::{Error, Result};
use crate::templates::Templates;

/// When the built-in templates last changed, in seconds since 1970: Anki takes templates only if they are newer than
/// those it has. Raise it with every change in `templates/anki/`.
const TEMPLATES_CHANGED: i64 = 1_795_600_000;

/// The deck the empty package is made with; its entry is the pattern for all others, then goes.
pub(super) const SEED_DECK: i64 = 1_420_070_400_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteType {
    /// Definitions, points and cues.
    Definition,
    Expansion,
    Comparison,
    Cloze,
    Choice,
}

impl NoteType {
    pub(super) const ALL: [NoteType; 5] =
        [NoteType::Definition, NoteType::Expansion, NoteType::Comparison, NoteType::Cloze, NoteType::Choice];

    /// A sixth takes none of the next numbers: Anki up to 25.9 gives them to copies it makes of a changed note type.
    pub(super) fn id(self) -> i64 {
        match self {
            NoteType::Definition => 1_742_000_000_001,
            NoteType::Expansion => 1_742_000_000_002,
            NoteType::Comparison => 1_742_000_000_003,
            NoteType::Cloze => 1_742_000_000_004,
            NoteType::Choice => 1_742_000_000_005,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            NoteType::Definition => "amgi definition",
            NoteType::Expansion => "amgi expansion",
            NoteType::Comparison => "amgi comparison",
            NoteType::Cloze => "amgi cloze",
            NoteType::Choice => "amgi choice",
        }
    }

    /// The fields in their order, the ones Anki sorts and finds duplicates by first.
    ///
    /// `Section` is the path of headings, `Look` the classes of the card, `Ask` what stands above the question, and
    /// `Reverse` the same on the card the other way round; a card whose question is empty does not exist. Of the spare
    /// fields, a definition's `Extra1` is what a tap on a list that is asked says, its `Extra2` and an expansion's
    /// `Extra1` are not empty where the answer is to be typed.
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            NoteType::Definition => &[
                "Term",
                "Answer",
                "Details",
                "Kind",
                "Section",
                "Note",
                "Ask",
                "Reverse",
                "ReverseSection",
                "Look",
                "More",
                "Extra1",
                "Extra2",
                "Extra3",
                "Extra4",
            ],
            NoteType::Expansion => &[
                "Short",
                "Long",
                "Initials",
                "Details",
                "Section",
                "Note",
                "Ask",
                "Reverse",
                "ReverseSection",
                "Look",
                "Extra1",
                "Extra2",
                "Extra3",
                "Extra4",
            ],
            NoteType::Comparison => &[
                "Subjects", "Table", "Details", "Section", "Note", "Ask", "Look", "Extra1", "Extra2", "Extra3",
                "Extra4",
            ],
            NoteType::Cloze => {
                &["Text", "Details", "Section", "Note", "Ask", "Look", "Extra1", "Extra2", "Extra3", "Extra4"]
            }
            NoteType::Choice => &[
                "Question", "Choices", "Details", "Section", "Note", "Ask", "Look", "More", "Verdicts", "Extra1",
                "Extra2", "Extra3", "Extra4",
            ],
        }
    }

    /// How many of the first fields hold what stands in an entry. Of a choice only the question: what is chosen from comes
    /// from other entries, and Anki may have those of an earlier build.
    pub(super) fn own_words(self) -> usize {
        match self {
            NoteType::Definition => 3,
            NoteType::Expansion | NoteType::Comparison => 2,
            NoteType::Cloze | NoteType::Choice => 1,
        }
    }

    /// Name, and the fields without which there is no such card, by their place. Of a cloze, old Anki asks for none.
    pub(super) fn cards(self) -> &'static [CardType] {
        match self {
            NoteType::Definition => &[
                CardType { name: "Answer", template: "definition", needs: &[0, 6] },
                CardType { name: "Term", template: "reverse", needs: &[1, 7] },
            ],
            NoteType::Expansion => &[
                CardType { name: "Long form", template: "expansion", needs: &[0] },
                CardType { name: "Short form", template: "abbreviation", needs: &[1, 7] },
            ],
            NoteType::Comparison => &[CardType { name: "Row", template: "comparison", needs: &[] }],
            NoteType::Cloze => &[CardType { name: "Cloze", template: "cloze", needs: &[] }],
            NoteType::Choice => &[CardType { name: "Choice", template: "choice", needs: &[0] }],
        }
    }

    pub(super) fn is_cloze(self) -> bool {
        matches!(self, NoteType::Comparison | NoteType::Cloze)
    }
}

/// One kind of card that a note type makes.
pub(super) struct CardType {
    pub(super) name: &'static str,
    /// `anki/<template>.front.html` and `.back.html`.
    template: &'static str,
    needs: &'static [usize],
}

impl CardType {
    pub(super) fn front(&self) -> String {
        format!("anki/{}.front.html", self.template)
    }

    pub(super) fn back(&self) -> String {
        format!("anki/{}.back.html", self.template)
    }
}

/// A collection without notes.
pub(super) struct Skeleton {
    /// SQLite, as genanki-rs writes it; still with the seed notes and their deck.
    pub(super) database: Vec<u8>,
    /// The sides of all cards by the path of their template.
    sides: BTreeMap<String, String>,
    /// `mod` of the note types, in seconds since 1970.
    changed: i64,
}

/// Has genanki-rs declare the note types and write the package with one seed note each, since note types travel with
/// notes.
///
/// # Errors
/// If a card template is not one Anki could show, or the temporary folder cannot be written.
pub(super) fn skeleton(templates: &Templates) -> Result<Skeleton> {
    let unwritable = |e: genanki_rs::Error| Error::new("cannot write an empty Anki package").cause(e);
    let mut deck = genanki_rs::Deck::new(SEED_DECK, "amgi", "");
    for note_type in NoteType::ALL {
        deck.add_note(Note::new(declared(note_type, templates)?, vec!["seed"]).map_err(unwritable)?);
    }
    let mut package = Cursor::new(Vec::new());
    let mut writer = Package::new(vec![deck], Vec::new()).map_err(unwritable)?;
    writer.write_timestamp(&mut package, TEMPLATES_CHANGED as f64).map_err(unwritable)?;
    let changed = templates.changed("anki").unwrap_or(0).max(TEMPLATES_CHANGED);
    let mut sides = BTreeMap::new();
    for (note_type, card) in NoteType::ALL.iter().flat_map(|n| n.cards().iter().map(move |card| (*n, card))) {
        for path in [card.front(), card.back()] {
            let text = card_template::side(templates, &path, note_type.fields(), note_type.is_cloze())?;
            sides.insert(path, text);
        }
    }
    Ok(Skeleton { database: unzipped(package)?, sides, changed })
}

/// A note type with its name and cards, its first field and the shortest of templates: to find out which fields a card
/// needs, genanki-rs runs a regular expression over them that long words bring down; and it compiles another one for each
/// field of each note, which took nine tenths of a small package's time.
fn declared(note_type: NoteType, templates: &Templates) -> Result<Model> {
    let first = note_type.fields().first().copied().unwrap_or_default();
    let fields = vec![Field::new(first).font("Arial")];
    let cards = note_type.cards().iter().map(|card| Template::new(card.name).qfmt(&format!("{{{{{first}}}}}")));
    let kind = if note_type.is_cloze() { ModelType::Cloze } else { ModelType::FrontBack };
    let model = Model::new(note_type.id(), note_type.name(), fields, cards.collect());
    Ok(model.css(templates.text("anki/cards.css")?).model_type(kind))
}

fn unzipped(package: Cursor<Vec<u8>>) -> Result<Vec<u8>> {
    let unreadable = |e: &dyn std::fmt::Display| Error::new("cannot read the empty Anki package").cause(e);
    let mut archive = zip::ZipArchive::new(package).map_err(|e| unreadable(&e))?;
    let mut file = archive.by_name("collection.anki2").map_err(|e| unreadable(&e))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    Ok(bytes)
}

impl Skeleton {
    /// `col.models` as Anki wants it: in a fixed order, with our templates; fields and cards with ids by which Anki
    /// knows them after a change of name; and the needs of each card, by which old Anki decides which cards there are.
    pub(super) fn models(&self, written: &str) -> Result<String> {
        let unreadable = |e: serde_json::Error| Error::new("cannot read the note types of the Anki package").cause(e);
        let mut models: BTreeMap<String, Map<String, Value>> = serde_json::from_str(written).map_err(unreadable)?;
        for note_type in NoteType::ALL {
            let Some(model) = models.get_mut(&note_type.id().to_string()) else { continue };
            let first = items(model, "flds").next().cloned();
            if let Some(first) = first {
                let fields = note_type.fields().iter().enumerate();
                model.insert("flds".to_owned(), fields.map(|(at, name)| field(note_type, &first, at, name)).collect());
            }
            for (card, template) in note_type.cards().iter().zip(items(model, "tmpls")) {
                template.insert("id".to_owned(), json!(part_id(note_type, "card", card.name)));
                template.insert("qfmt".to_owned(), json!(self.sides.get(&card.front())));
                template.insert("afmt".to_owned(), json!(self.sides.get(&card.back())));
            }
            if !note_type.is_cloze() {
                let needs = note_type.cards().iter().enumerate().map(|(i, card)| json!([i, "all", card.needs]));
                model.insert("req".to_owned(), needs.collect());
            }
            model.insert("did".to_owned(), json!(1));
            model.insert("mod".to_owned(), json!(self.changed));
        }
        serde_json::to_string(&models).map_err(unreadable)
    }
}

/// A field of a note type, after the pattern of its first.
fn field(note_type: NoteType, first: &Map<String, Value>, at: usize, name: &str) -> Value {
    let mut field = first.clone();
    field.insert("name".to_owned(), json!(name));
    field.insert("ord".to_owned(), json!(at));
    field.insert("id".to_owned(), json!(part_id(note_type, "field", name)));
    Value::Object(field)
}

/// The objects of a list in a note type, in the order they were declared.
fn items<'a>(model: &'a mut Map<String, Value>, list: &str) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    model.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut)
}

/// The id of a field or card, small enough for a double to hold exactly.
fn part_id(note_type: NoteType, part: &str, name: &str) -> u64 {
    super::collection::hash(&format!("{}/{part}/{name}", note_type.name())) >> 11
}
