//! Templates: embedded in the program, each one overridable by a file of the same name in the user's `templates/`.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The built-in templates: path below `templates/`, and text.
const EMBEDDED: &[(&str, &str)] = &[
    ("anki/definition.front.html", include_str!("../templates/anki/definition.front.html")),
    ("anki/definition.back.html", include_str!("../templates/anki/definition.back.html")),
    ("anki/reverse.front.html", include_str!("../templates/anki/reverse.front.html")),
    ("anki/reverse.back.html", include_str!("../templates/anki/reverse.back.html")),
    ("anki/expansion.front.html", include_str!("../templates/anki/expansion.front.html")),
    ("anki/expansion.back.html", include_str!("../templates/anki/expansion.back.html")),
    ("anki/abbreviation.front.html", include_str!("../templates/anki/abbreviation.front.html")),
    ("anki/abbreviation.back.html", include_str!("../templates/anki/abbreviation.back.html")),
    ("anki/comparison.front.html", include_str!("../templates/anki/comparison.front.html")),
    ("anki/comparison.back.html", include_str!("../templates/anki/comparison.back.html")),
    ("anki/cloze.front.html", include_str!("../templates/anki/cloze.front.html")),
    ("anki/cloze.back.html", include_str!("../templates/anki/cloze.back.html")),
    ("anki/choice.front.html", include_str!("../templates/anki/choice.front.html")),
    ("anki/choice.back.html", include_str!("../templates/anki/choice.back.html")),
    ("anki/choice.js", include_str!("../templates/anki/choice.js")),
    ("anki/comparison.js", include_str!("../templates/anki/comparison.js")),
    ("anki/points.js", include_str!("../templates/anki/points.js")),
    ("anki/cards.css", include_str!("../templates/anki/cards.css")),
    ("review/review.html", include_str!("../templates/review/review.html")),
    ("review/review.css", include_str!("../templates/review/review.css")),
    ("review/review.js", include_str!("../templates/review/review.js")),
    ("review/card.js", include_str!("../templates/review/card.js")),
    ("review/list.js", include_str!("../templates/review/list.js")),
    ("review/deck.js", include_str!("../templates/review/deck.js")),
    ("review/notes.js", include_str!("../templates/review/notes.js")),
    ("sheet/cheatsheet.typ", include_str!("../templates/sheet/cheatsheet.typ")),
    ("sheet/flashcards.typ", include_str!("../templates/sheet/flashcards.typ")),
    ("sheet/quiz.typ", include_str!("../templates/sheet/quiz.typ")),
    ("sheet/selftest.typ", include_str!("../templates/sheet/selftest.typ")),
    ("sheet/math.typ", include_str!("../templates/sheet/math.typ")),
    ("sheet/lib.typ", include_str!("../templates/sheet/lib.typ")),
];

/// Where templates come from, the first folder that has one winning, the program itself last.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    folders: Vec<PathBuf>,
}

impl Templates {
    /// `folders` are `templates/` folders of the user's; those that do not exist are passed over.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Templates { folders: folders.into_iter().filter(|folder| folder.is_dir()).collect() }
    }

    /// The template at `path` (as `anki/definition.front.html`).
    ///
    /// # Errors
    /// If the user's file cannot be read as UTF-8, or nobody has a template of that name.
    pub fn text(&self, path: &str) -> Result<String> {
        for folder in &self.folders {
            let file = folder.join(path);
            if file.is_file() {
                return std::fs::read_to_string(&file)
                    .map_err(|e| Error::new(format!("cannot read the template {}", file.display())).cause(e));
            }
        }
        EMBEDDED.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned()).ok_or_else(|| {
            Error::new(format!("there is no template {path}")).hint("`amgi init` copies the templates there are")
        })
    }

    /// The user's own templates: path, and bytes as they are now.
    pub fn own(&self) -> Vec<(String, Vec<u8>)> {
        let places = self.folders.iter().flat_map(|folder| EMBEDDED.iter().map(|(name, _)| folder.join(name)));
        places.filter_map(|path| Some((path.display().to_string(), std::fs::read(&path).ok()?))).collect()
    }

    /// When the user's own templates below a folder (as `anki`) last changed, in seconds since 1970; none if there are
    /// none. `SOURCE_DATE_EPOCH`, if set, is the latest they can be of.
    pub fn changed(&self, folder: &str) -> Option<i64> {
        let latest = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse().ok());
        let places = self.folders.iter().flat_map(|own| EMBEDDED.iter().map(move |(name, _)| (own, *name)));
        let changed = places.filter(|(_, name)| name.starts_with(folder)).filter_map(|(own, name)| {
            let modified = std::fs::metadata(own.join(name)).ok()?.modified().ok()?;
            i64::try_from(modified.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs()).ok()
        });
        changed.max().map(|changed| changed.min(latest.unwrap_or(i64::MAX)))
    }

    /// Every built-in template, for `amgi init`.
    pub fn embedded() -> impl Iterator<Item = (&'static Path, &'static str)> {
        EMBEDDED.iter().map(|(name, text)| (Path::new(*name), *text))
    }
}
