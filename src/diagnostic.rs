//! What is to be said about the user's own text: notes, YAML, rules. Diagnostics add up and never stop a build at the
//! first; [`crate::render`] shows them.

use serde::Serialize;

/// Longer lines are shown around their marked part only (characters on each side).
const AROUND: usize = 60;

/// One thing said about one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub level: Level,
    /// Kebab-case and stable: what `error[code]` shows.
    pub code: &'static str,
    pub message: String,
    pub place: Option<Place>,
    /// What the user can do.
    pub hint: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Note,
    Warning,
    Error,
}

/// A place in one of the user's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As the user would name it from the current folder.
    pub path: String,
    /// 1-based; 0 means the file as a whole.
    pub line: usize,
    /// 1-based, in characters; 0 means the line as a whole.
    pub column: usize,
    /// The line's text and what is underlined in it, where it is at hand.
    pub excerpt: Option<Excerpt>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// One line without its line break; of a long one the marked part with some characters around it, `…` where it is cut.
    pub text: String,
    /// Byte range in `text`.
    pub marked: std::ops::Range<usize>,
}

impl Excerpt {
    /// The part of a line that is shown: many findings may be of one line of many megabytes.
    fn around(text: &str, marked: &std::ops::Range<usize>) -> Self {
        let before = text.get(..marked.start).unwrap_or_default();
        let within = text.get(marked.clone()).unwrap_or_default();
        let after = text.get(marked.end..).unwrap_or_default();
        let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
        let within: String = within.chars().take(2 * AROUND).collect();
        let tail: String = after.chars().take(AROUND).collect();
        let head = format!("{}{}", if from > 0 { "…" } else { "" }, &before[from..]);
        let cut = if tail.len() < after.len() { "…" } else { "" };
        let start = head.len();
        Excerpt { text: format!("{head}{within}{tail}{cut}"), marked: start..start + within.len() }
    }
}

impl Diagnostic {
    fn new(level: Level, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { level, code, message: message.into(), place: None, hint: None }
    }

    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Error, code, message)
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, code, message)
    }

    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Level::Note, code, message)
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl Place {
    /// The file as a whole.
    pub fn file(path: impl Into<String>) -> Self {
        Place { path: path.into(), line: 0, column: 0, excerpt: None }
    }

    /// A line whose text is not at hand.
    pub fn line(path: impl Into<String>, line: usize) -> Self {
        Place { path: path.into(), line, column: 0, excerpt: None }
    }

    /// A stretch of one line. `marked` is a byte range in `text`.
    pub fn marked(path: impl Into<String>, line: usize, text: &str, marked: std::ops::Range<usize>) -> Self {
        let column = text.get(..marked.start).map_or(1, |before| before.chars().count() + 1);
        Place { path: path.into(), line, column, excerpt: Some(Excerpt::around(text, &marked)) }
    }

    /// The word at a 1-based line and column (characters) of a file's text.
    pub fn in_text(path: impl Into<String>, text: &str, line: usize, column: usize) -> Self {
        let content = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let start = content.char_indices().nth(column.saturating_sub(1)).map_or(content.len(), |(at, _)| at);
        let end = content[start..].find([' ', ':']).map_or(content.len(), |end| start + end);
        Place::marked(path, line, content, start..end)
    }
}
