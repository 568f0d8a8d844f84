//! The command line: declarations only. [`crate::pipeline`] gets what they were validated into.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::export::sheet::{Answers, CardSize, Flip};
use crate::export::{Format, PackageFormat};
use crate::render::MessageFormat;

/// Turns study notes as people really write them into Anki decks, Quizlet text and printable cheat sheets.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How messages are written
    #[arg(long, global = true, value_enum, default_value_t)]
    pub message_format: MessageFormat,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole way: notes to cards to every output (what `amgi` alone does with `source/`)
    Build(BuildArgs),
    /// Builds, and builds again whenever notes, cards, templates or settings change
    Watch(BuildArgs),
    /// Notes to YAML only: `DIR/cards/<note>.yaml`
    Extract {
        /// Files, folders, or - for standard input
        #[arg(required = true)]
        notes: Vec<PathBuf>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// The YAML in `DIR/cards/` to outputs in DIR
    Export {
        /// What to make
        #[arg(value_enum, required = true)]
        formats: Vec<Format>,
        /// The folder whose `cards/` is read and where outputs go
        #[arg(long, value_name = "DIR", default_value = "out")]
        from: PathBuf,
        #[command(flatten)]
        options: FormatArgs,
    },
    /// What a build would change against the last one, and what to do by hand in Anki; writes nothing
    Diff {
        /// Files, folders, or - for standard input
        #[arg(default_value = "source")]
        notes: Vec<PathBuf>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Takes what was changed in Anki over into the cards; shows it first
    Pull {
        /// What Anki exported: .apkg or .colpkg
        package: PathBuf,
        /// The folder whose `cards/` gets the edits
        #[arg(long, value_name = "DIR", default_value = "out")]
        from: PathBuf,
        /// Write it
        #[arg(long)]
        yes: bool,
    },
    /// The cards into a running Anki, over its add-on AnkiConnect; shows first what that changes
    Push(PushArgs),
    /// What is wrong or poor in notes, in the cards made of them, and in rules; writes nothing
    Check {
        /// Files, folders, or - for standard input
        #[arg(default_value = "source")]
        notes: Vec<PathBuf>,
    },
    /// What became of each line of a note, and by which rule
    Explain {
        /// A note, or one line of it
        #[arg(value_name = "NOTE[:LINE]")]
        note: String,
    },
    /// The rules: list them, test their examples, show one
    Rules {
        #[command(subcommand)]
        action: Option<RulesCommand>,
    },
    /// Copies templates, an example of a rule pack and a commented amgi.yaml here for changing; overwrites nothing
    Init {
        /// Where to
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Every rule in force; with notes, how often each one fired
    List { notes: Vec<PathBuf> },
    /// Runs every rule's examples, alone and within the whole pack
    Test { notes: Vec<PathBuf> },
    /// One rule: what it finds, what it leaves alone, its examples; also one of a pack beside the notes
    Show { id: String, notes: Vec<PathBuf> },
}

#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Files, folders, or - for standard input
    #[arg(default_value = "source")]
    pub notes: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Only these outputs
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMAT,…")]
    pub only: Vec<Format>,
    #[command(flatten)]
    pub options: FormatArgs,
}

impl Default for BuildArgs {
    /// What `amgi` alone does.
    fn default() -> Self {
        BuildArgs {
            notes: vec![PathBuf::from("source")],
            output: OutputArgs { output: PathBuf::from("out") },
            only: Vec::new(),
            options: FormatArgs::default(),
        }
    }
}

#[derive(Debug, Args)]
pub struct PushArgs {
    /// The folder whose `cards/` is sent
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub from: PathBuf,
    /// Import what is new and changed
    #[arg(long)]
    pub yes: bool,
    /// With --yes: move cards to the decks they belong into now
    #[arg(long, requires = "yes")]
    pub r#move: bool,
    /// With --yes: delete notes that are gone, with their reviews
    #[arg(long, requires = "yes")]
    pub delete: bool,
    /// Where AnkiConnect listens; ANKICONNECT_KEY holds its key if it has one
    #[arg(long, value_name = "URL", default_value = crate::push::ADDRESS)]
    pub url: String,
    /// Names the top deck [default: as `amgi build` names it]
    #[arg(long)]
    pub title: Option<String>,
}

#[derive(Debug, Args)]
pub struct OutputArgs {
    /// Where everything is written
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub output: PathBuf,
}

/// Options of formats.
#[derive(Debug, Args, Default)]
pub struct FormatArgs {
    /// Names the output files and the top deck [default: amgi.yaml's, a single note's, or the folder's]
    #[arg(long)]
    pub title: Option<String>,
    /// How the Anki package is packed [default: legacy]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub apkg: Option<PackageFormat>,
    #[command(flatten)]
    pub print: PrintArgs,
}

/// What sheets, self-tests, flash cards and quizzes are printed like.
#[derive(Debug, Args, Default)]
#[command(next_help_heading = "On paper")]
pub struct PrintArgs {
    /// a3, a4, a5, b5, letter or legal [default: a4]
    #[arg(long)]
    pub paper: Option<String>,
    /// The cheat sheet stands upright
    #[arg(long)]
    pub portrait: bool,
    /// Columns of the cheat sheet [default: what reads or fits best]
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=8))]
    pub columns: Option<u8>,
    /// Fit the cheat sheet on this many pages, in the largest type that does; what has no room is named
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub pages: Option<u16>,
    /// Type no smaller than this to fit pages [default: 5.5]
    #[arg(long, value_name = "POINTS", value_parser = points)]
    pub smallest: Option<f64>,
    /// Only what stands under headings of this name
    #[arg(long, value_name = "NAME")]
    pub section: Option<String>,
    /// End the cheat sheet with its terms and where they stand
    #[arg(long)]
    pub index: bool,
    /// For printers without colour
    #[arg(long)]
    pub mono: bool,
    /// Pages as PNG beside each PDF, to look at without a PDF reader
    #[arg(long)]
    pub preview: bool,
    /// Where the answers of a self-test stand [default: beside]
    #[arg(long, value_enum)]
    pub answers: Option<Answers>,
    /// Flash cards: 8 or 10 a page, or of a size [default: 8]
    #[arg(long, value_enum, value_name = "SIZE")]
    pub card_size: Option<CardSize>,
    /// The edge that the printer turns the paper over for flash cards [default: long]
    #[arg(long, value_enum)]
    pub flip: Option<Flip>,
    /// Questions of a quiz [default: 20]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub questions: Option<u16>,
    /// Another number draws other questions for a quiz [default: 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Versions of a quiz (A, B, C, …): the same questions in another order [default: 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=26))]
    pub versions: Option<u8>,
}

fn points(text: &str) -> Result<f64, String> {
    match text.trim_end_matches("pt").trim().parse::<f64>() {
        Ok(size) if (2.0..=9.0).contains(&size) => Ok(size),
        _ => Err("a size between 2 and 9 points".to_owned()),
    }
}
