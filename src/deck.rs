//! The deck: every entry of a build, in the order of the notes.
//!
//! [`assemble`] makes it from candidates, [`yaml`] writes and reads it as `out/cards/<note>.yaml`,
//! the exporters turn it into bytes. Answers, details and cells are Markdown (see [`crate::markup`]).

pub mod assemble;
mod carry;
pub mod fingerprint;
pub mod identity;
pub mod merge;
mod order;
mod partner;
pub mod yaml;

use fingerprint::Fingerprint;

/// All entries of a build, note by note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deck {
    /// Names the output files and the top deck in Anki.
    pub title: String,
    pub notes: Vec<NoteDeck>,
}

impl Deck {
    /// Every entry that is to be exported, with the note it came from.
    pub fn entries(&self) -> impl Iterator<Item = (&NoteDeck, &Entry)> {
        self.notes.iter().flat_map(|note| note.entries.iter().filter(|e| !e.drop).map(move |e| (note, e)))
    }
}

/// The entries of one note: what one file in `out/cards/` holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoteDeck {
    /// The note's path relative to the notes' common folder, with `/` between its parts; `stdin` for standard input.
    pub note: String,
    pub title: String,
    pub entries: Vec<Entry>,
}

/// Where in a cards file the entries of a note stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CardsFile {
    /// Relative to the output folder, with `/` between its parts: `cards/aws.yaml`.
    pub path: String,
    /// The 1-based line of each entry of [`NoteDeck::entries`].
    pub lines: Vec<usize>,
}

/// One thing worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    pub content: Content,
    /// Headings above the entry, outermost first, as plain text. May hold `::`, slashes and spaces.
    pub section: Vec<String>,
    /// Without spaces.
    pub tags: Vec<String>,
    pub source: Option<Source>,
    /// The rule that found it; none for an entry added by hand.
    pub rule: Option<String>,
    /// When the content last changed. Anki's `mod`.
    pub changed: Option<Timestamp>,
    /// To tell a person's edits from changes in the notes; none for an entry just added by hand.
    pub fingerprint: Option<Fingerprint>,
    /// A person's remark; shown nowhere.
    pub remark: Option<String>,
    /// Dropped by a person: kept in the YAML, never exported.
    pub drop: bool,
    /// What the notes say now, where a person's edit stands against it.
    pub upstream: Option<String>,
    /// Higher is printed first where a sheet is short of room; 0 when unset.
    pub priority: Option<i32>,
    /// Ask the term for the answer; as amgi.yaml says when unset.
    pub forward: Option<bool>,
    /// Ask the answer for the term; as amgi.yaml says when unset.
    pub reverse: Option<bool>,
}

impl Entry {
    /// An entry that nothing but this is known of.
    pub fn new(id: EntryId, content: Content) -> Entry {
        Entry {
            id,
            content,
            section: Vec::new(),
            tags: Vec::new(),
            source: None,
            rule: None,
            changed: None,
            fingerprint: None,
            remark: None,
            drop: false,
            upstream: None,
            priority: None,
            forward: None,
            reverse: None,
        }
    }
}

/// Which entry this is, for good: 13 characters of base32, the first one a letter, or what a person gave it. Anki's guid.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub String);

/// Where an entry's answer and details came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As [`NoteDeck::note`].
    pub file: String,
    /// 1-based, ascending, without repeats.
    pub lines: Vec<usize>,
}

/// Seconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

/// What an entry says, by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A definition, points or a cue: a term and what there is to know of it.
    Fact { kind: FactKind, term: String, answer: String, details: Option<String> },
    /// A short form and its long form.
    Expansion { term: String, full: String },
    /// Two or more things set against each other; every row has one cell per subject.
    Comparison { subjects: Vec<String>, rows: Vec<Row> },
    /// A sentence in which `{{…}}` marks what is hidden.
    Cloze { text: String },
}

/// The kinds of entry that are a term and an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKind {
    Definition,
    Points,
    Cue,
}

/// One attribute of the compared things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The attribute's name; empty where the note names none.
    pub aspect: String,
    /// One per subject; empty where the note says nothing.
    pub cells: Vec<String>,
}

/// The kind of an entry, as the YAML and the summary name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Definition,
    Points,
    Cue,
    Expansion,
    Comparison,
    Cloze,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Definition, Kind::Points, Kind::Cue, Kind::Expansion, Kind::Comparison, Kind::Cloze];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Definition => "definition",
            Kind::Points => "points",
            Kind::Cue => "cue",
            Kind::Expansion => "expansion",
            Kind::Comparison => "comparison",
            Kind::Cloze => "cloze",
        }
    }
}

impl Content {
    /// All that it says.
    pub fn texts(&self) -> Vec<&String> {
        match self {
            Content::Fact { term, answer, details, .. } => [term, answer].into_iter().chain(details).collect(),
            Content::Expansion { term, full } => vec![term, full],
            Content::Comparison { subjects, rows } => {
                let cells = rows.iter().flat_map(|row| std::iter::once(&row.aspect).chain(&row.cells));
                subjects.iter().chain(cells).collect()
            }
            Content::Cloze { text } => vec![text],
        }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Content::Fact { kind: FactKind::Definition, .. } => Kind::Definition,
            Content::Fact { kind: FactKind::Points, .. } => Kind::Points,
            Content::Fact { kind: FactKind::Cue, .. } => Kind::Cue,
            Content::Expansion { .. } => Kind::Expansion,
            Content::Comparison { .. } => Kind::Comparison,
            Content::Cloze { .. } => Kind::Cloze,
        }
    }

    /// Of a definition, points or a cue, which of them.
    pub fn fact_kind(&self) -> Option<FactKind> {
        match self {
            Content::Fact { kind, .. } => Some(*kind),
            _ => None,
        }
    }

    /// Takes the connective off an answer that went on with another sentence (`…것이고`, `…을 말하고`).
    pub fn close_sentence(&mut self) {
        let Content::Fact { answer, .. } = self else { return };
        if let Some(closed) = ["이고", "이며", "であり"].iter().find_map(|end| answer.strip_suffix(end)) {
            *answer = closed.to_owned();
        } else if let Some(said) = ["하고", "하며"].iter().find_map(|end| answer.strip_suffix(end))
            && said.ends_with(['말', '미', '뜻'])
        {
            *answer = format!("{said}한다");
        }
    }

    /// Makes a definition, points or a cue another of them; nothing else.
    pub fn set_fact_kind(&mut self, to: Option<FactKind>) {
        if let (Content::Fact { kind, .. }, Some(to)) = (self, to) {
            *kind = to;
        }
    }

    /// What the entry is about, on one line: its term, its subjects, or its sentence with nothing hidden.
    pub fn label(&self) -> String {
        match self {
            Content::Fact { term, .. } | Content::Expansion { term, .. } => term.clone(),
            Content::Comparison { subjects, .. } => subjects.join(" vs "),
            Content::Cloze { text } => text.replace("{{", "").replace("}}", ""),
        }
    }
}
