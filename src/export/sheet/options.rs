//! How paper is set: what flags and amgi.yaml say, checked.

use std::collections::BTreeMap;

use clap::ValueEnum;
use serde::Deserialize;

use super::paper::Paper;
use crate::cli::PrintArgs;
use crate::error::{Error, Result};
use crate::settings::Settings;

/// How paper is set.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetOptions {
    pub paper: Paper,
    pub landscape: bool,
    /// Of the cheat sheet; as many as read best, or fit best, when unset.
    pub columns: Option<u8>,
    /// The cheat sheet is set smaller, and shortened last, to fit this many pages.
    pub pages: Option<u16>,
    /// Type is set no smaller to fit pages (points).
    pub smallest: f64,
    /// BCP 47; by the deck's letters when unset.
    pub language: Option<String>,
    /// The cheat sheet ends with its terms and where they stand.
    pub index: bool,
    /// For printers without colour.
    pub mono: bool,
    /// Pages as PNG as well.
    pub preview: bool,
    /// Sections by name, and how important what stands in them is.
    pub priorities: Vec<(String, i32)>,
    pub answers: Answers,
    pub card_size: CardSize,
    pub flip: Flip,
    /// Questions of a quiz.
    pub questions: u16,
    /// Draws them.
    pub seed: u64,
    /// Versions of a quiz: the same questions in another order.
    pub versions: u8,
}

impl Default for SheetOptions {
    fn default() -> Self {
        SheetOptions {
            paper: Paper::A4,
            landscape: true,
            columns: None,
            pages: None,
            smallest: 5.5,
            language: None,
            index: false,
            mono: false,
            preview: false,
            priorities: Vec::new(),
            answers: Answers::Beside,
            card_size: CardSize::Eight,
            flip: Flip::Long,
            questions: 20,
            seed: 1,
            versions: 1,
        }
    }
}

impl SheetOptions {
    /// Flags over amgi.yaml over the defaults.
    ///
    /// # Errors
    /// If there is no such paper, or a number of amgi.yaml is out of bounds.
    pub fn of(flags: &PrintArgs, settings: &Settings) -> Result<SheetOptions> {
        let (default, print) = (SheetOptions::default(), &settings.print);
        let paper = flags.paper.as_ref().or(settings.paper.as_ref()).map(|name| name.parse::<Paper>()).transpose()?;
        let smallest = flags.smallest.or(print.smallest).unwrap_or(default.smallest);
        if !(2.0..=9.0).contains(&smallest) {
            return Err(Error::new(format!("{smallest} pt is no size for a sheet")).hint("it is from 2 to 9 points"));
        }
        Ok(SheetOptions {
            paper: paper.unwrap_or(default.paper),
            landscape: !(flags.portrait || settings.portrait.unwrap_or(!default.landscape)),
            columns: flags.columns.or(settings.columns).map(|columns| columns.clamp(1, 8)),
            pages: flags.pages.or(settings.pages),
            smallest,
            language: settings.language.clone(),
            index: flags.index || print.index.unwrap_or(default.index),
            mono: flags.mono || print.mono.unwrap_or(default.mono),
            preview: flags.preview,
            priorities: print.priorities.iter().map(|(name, of)| (name.clone(), *of)).collect(),
            answers: flags.answers.or(print.answers).unwrap_or(default.answers),
            card_size: flags.card_size.or(print.card_size).unwrap_or(default.card_size),
            flip: flags.flip.or(print.flip).unwrap_or(default.flip),
            questions: flags.questions.or(print.questions).unwrap_or(default.questions).clamp(1, 500),
            seed: flags.seed.or(print.seed).unwrap_or(default.seed),
            versions: flags.versions.or(print.versions).unwrap_or(default.versions).clamp(1, 26),
        })
    }
}

/// What amgi.yaml may say under `print:`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PrintSettings {
    pub smallest: Option<f64>,
    pub index: Option<bool>,
    pub mono: Option<bool>,
    /// Sections by name: what stands in those of a higher number is printed first where a sheet is short of room.
    #[serde(default)]
    pub priorities: BTreeMap<String, i32>,
    pub answers: Option<Answers>,
    pub card_size: Option<CardSize>,
    pub flip: Option<Flip>,
    pub questions: Option<u16>,
    pub seed: Option<u64>,
    pub versions: Option<u8>,
}

/// Where the answers of a self-test stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answers {
    /// Right of the fold
    Beside,
    /// On pages of their own behind the questions
    End,
}

/// The size of flash cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardSize {
    /// Eight a page
    #[value(name = "8")]
    #[serde(rename = "8")]
    Eight,
    /// Ten a page
    #[value(name = "10")]
    #[serde(rename = "10")]
    Ten,
    /// 85 × 55 mm
    BusinessCard,
    /// 105 × 74 mm
    A7,
}

/// The edge that a printer turns the paper over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flip {
    /// As a page of a book
    Long,
    /// As a page of a notepad
    Short,
}
