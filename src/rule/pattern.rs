//! A pattern that is compiled when it is first used: most notes use few of the rules, and compiling all would cost
//! more time than reading a note.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use regex::{CaptureLocations, Captures, Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// A compiled pattern may take this much memory (bytes).
const MAX_SIZE: usize = 4 << 20;

/// What a pattern remembers of texts it has seen (bytes). With the library's 2 MB the longest patterns forget and begin
/// anew in every sentence.
const MAX_STATES: usize = 32 << 20;

/// A regular expression of the `regex` crate.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    compiled: OnceLock<Option<Compiled>>,
    /// The pattern without the part that takes an answer to the end of a line, which is quicker; for texts of one line.
    without_tail: OnceLock<Option<Compiled>>,
}

#[derive(Debug)]
struct Compiled {
    regex: Regex,
    /// Room for what it captures: most texts do not match, and these need none of their own.
    room: Mutex<CaptureLocations>,
}

impl Compiled {
    fn of(regex: Regex) -> Compiled {
        Compiled { room: Mutex::new(regex.capture_locations()), regex }
    }
}

impl Clone for Compiled {
    fn clone(&self) -> Compiled {
        Compiled::of(self.regex.clone())
    }
}

/// What a pattern captured of a text.
#[derive(Debug)]
pub struct Captured<'t> {
    regex: &'t Regex,
    text: &'t str,
    places: CaptureLocations,
    /// The answer goes on to the end of the text.
    to_end: bool,
}

impl<'t> Captured<'t> {
    /// The bytes of the text that a capture stands for.
    pub fn range(&self, name: &str) -> Option<Range<usize>> {
        // a pattern has few names: to compare them is quicker than to hash one
        let (start, end) = self.places.get(self.regex.capture_names().position(|known| known == Some(name))?)?;
        Some(start..if self.to_end && name == ANSWER { self.text.len() } else { end })
    }

    /// The text that the pattern looked at.
    pub fn text(&self) -> &'t str {
        self.text
    }

    pub fn get(&self, name: &str) -> Option<&'t str> {
        self.text.get(self.range(name)?)
    }
}

/// The capture that may end in a tail.
const ANSWER: &str = "answer";

impl Pattern {
    /// A pattern that is known to compile, as those of the built-in packs are (every test loads them).
    pub(super) fn trusted(text: &str) -> Pattern {
        Pattern { text: text.to_owned(), compiled: OnceLock::new(), without_tail: OnceLock::new() }
    }

    /// A pattern that may not compile; else why.
    pub(super) fn checked(text: &str) -> Result<Pattern, String> {
        let regex = compile(text).map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "its pattern is too large".to_owned(),
            error => format!("its pattern does not compile: {}", error.to_string().lines().last().unwrap_or_default()),
        })?;
        Ok(Pattern { compiled: OnceLock::from(Some(Compiled::of(regex))), ..Pattern::trusted(text) })
    }

    /// Whether the pattern has a capture of this name.
    pub fn has_capture(&self, name: &str) -> bool {
        self.text.contains(&format!("(?P<{name}>")) || self.text.contains(&format!("(?<{name}>"))
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    pub fn captures<'t>(&'t self, text: &'t str) -> Option<Captured<'t>> {
        let short = if text.contains('\n') { None } else { self.without_tail() };
        let Compiled { regex, room } = short.or_else(|| self.compiled())?;
        let mut room = room.lock().unwrap_or_else(PoisonError::into_inner);
        regex.captures_read(&mut room, text)?;
        Some(Captured { regex, text, places: room.clone(), to_end: short.is_some() })
    }

    pub fn captures_iter<'r, 't>(&'r self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + use<'r, 't> {
        // most texts do not match, and to learn that needs no room for captures
        let regex = self.regex().filter(|regex| regex.is_match(text));
        regex.into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    fn compiled(&self) -> Option<&Compiled> {
        self.compiled.get_or_init(|| compile(&self.text).ok().map(Compiled::of)).as_ref()
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled().map(|compiled| &compiled.regex)
    }

    /// `(?P<answer>\S.*)$` takes all that is left of a line: where its first sign matches, so does the rest.
    fn without_tail(&self) -> Option<&Compiled> {
        let compile = || {
            let (before, answer) = self.text.strip_suffix(")$")?.rsplit_once("(?P<answer>")?;
            let first = if answer.starts_with(r"\S") { 2 } else { answer.strip_prefix('[')?.find(']')? + 2 };
            let (first, tail) = answer.split_at(first);
            let count = tail.strip_prefix(".{").and_then(|count| count.strip_suffix(",}"));
            let more = match count {
                Some(count) => format!(".{{{}}}", count.parse::<u16>().ok()?),
                None if tail == ".*" => String::new(),
                None => return None,
            };
            compile(&format!("{before}(?P<answer>{first}{more})")).ok().map(Compiled::of)
        };
        self.without_tail.get_or_init(compile).as_ref()
    }
}

/// Patterns of which any may match, looked for in one pass.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    texts: Vec<String>,
    compiled: OnceLock<Option<RegexSet>>,
}

impl Patterns {
    pub(super) fn new(patterns: Vec<Pattern>) -> Patterns {
        let mut all = Patterns::default();
        all.add(patterns);
        all
    }

    pub(super) fn add(&mut self, patterns: Vec<Pattern>) {
        self.texts.extend(patterns.into_iter().map(|pattern| pattern.text));
        self.compiled = OnceLock::new();
    }

    pub fn is_match(&self, text: &str) -> bool {
        !self.texts.is_empty() && self.set().is_some_and(|set| set.is_match(text))
    }

    fn set(&self) -> Option<&RegexSet> {
        let compile = || {
            RegexSetBuilder::new(&self.texts)
                .size_limit(MAX_SIZE * self.texts.len())
                .dfa_size_limit(MAX_STATES)
                .build()
                .ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

fn compile(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(MAX_SIZE).dfa_size_limit(MAX_STATES).build()
}
