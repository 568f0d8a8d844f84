//! `amgi.yaml`: title, language, paper and so on, for those who do not want to type flags.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::export::sheet::PrintSettings;
use crate::export::{CardOptions, PackageFormat};
use crate::lint::Limits;

/// The file's name, in the current folder or else in the notes' folder.
pub const FILE_NAME: &str = "amgi.yaml";

/// What `amgi.yaml` may say. All of it is optional; flags win over it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Names the output files and the top deck.
    pub title: Option<String>,
    /// BCP 47, as `ko` or `en`: what hyphenation and fonts go by.
    pub language: Option<String>,
    /// How the Anki package is packed: `legacy` or `modern`.
    pub apkg: Option<PackageFormat>,
    /// Which cards entries give in Anki.
    #[serde(default)]
    pub cards: CardOptions,
    /// Typst's name of a paper: `a4`, `a5`, `us-letter`.
    pub paper: Option<String>,
    /// A sheet stands upright.
    pub portrait: Option<bool>,
    pub columns: Option<u8>,
    /// A sheet is set smaller, and shortened last, to fit this many pages.
    pub pages: Option<u16>,
    /// What else sheets, self-tests, flash cards and quizzes are printed like.
    #[serde(default)]
    pub print: PrintSettings,
    /// Rule packs besides the `*.rules.yaml` beside the notes, relative to this file.
    #[serde(default)]
    pub rules: Vec<PathBuf>,
    /// What `amgi check` looks for.
    #[serde(default)]
    pub check: Limits,
    /// The folder this was read from.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// Reads the first `amgi.yaml` of `folders`; defaults where there is none. One that does not fit is an error
/// diagnostic, with its place.
///
/// # Errors
/// If the file is there and cannot be read.
pub fn read(folders: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Result<Settings> {
    let Some(path) = folders.iter().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file()) else {
        return Ok(Settings::default());
    };
    let text =
        std::fs::read_to_string(&path).map_err(|e| Error::new(format!("cannot read {}", path.display())).cause(e))?;
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Settings { folder, ..Settings::default() });
    }
    match serde_yaml::from_str::<Settings>(&text) {
        Ok(settings) => Ok(Settings { folder, ..settings }),
        Err(error) => {
            let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
            let message = error.to_string();
            let place = error
                .location()
                .map_or_else(|| Place::file(&shown), |at| Place::in_text(&shown, &text, at.line(), at.column()));
            diagnostics.push(
                Diagnostic::error("settings", message.split(" at line ").next().unwrap_or(&message))
                    .at(place)
                    .hint("`amgi init` writes a commented amgi.yaml"),
            );
            Ok(Settings { folder, ..Settings::default() })
        }
    }
}
