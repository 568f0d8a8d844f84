//! Short forms and their long ones: `HTTP`, "Hypertext Transfer Protocol". Where a long form ends is found in [`ends`],
//! whether letters stand for words in [`letters`].

mod commands;
mod ends;
mod kana;
mod letters;
mod prefixes;
mod short;
mod whole;

use std::ops::Range;

use regex::{Captures, Match};

use super::{Candidate, Finder};
use crate::deck::Content;
use crate::letter::{is_letter, key};
use crate::outline::inline::Text;
use crate::outline::sentence;
use crate::rule::{Possible, Rule};
use ends::longest_fit;
use letters::{is_small, nearly_fits, spells_loosely, suffix_fit, within_words};
pub(super) use short::{LONGEST_SHORT, is_exact, may_be_short};
use short::{capitals_at_end, is_short, short_name, singular};
use whole::fits_otherwise;
pub(super) use whole::is_long_form_of;

impl Finder<'_> {
    /// `under_name`: a long form alone may stand for the name above.
    pub(super) fn expansions(&mut self, index: usize, text: &Text, possible: &Possible<'_>, under_name: bool) {
        let has_short_form = is_possible(&text.plain);
        for rule in possible.expansions() {
            // what is written in small letters has no capitals to be told by
            if !(has_short_form || rule.form.small_letters || rule.names_above && under_name) {
                continue;
            }
            let mut all = rule.pattern.captures_iter(&text.plain).peekable();
            let above =
                (rule.names_above && under_name && all.peek().is_some()).then(|| self.name_above(index)).flatten();
            let above = above.as_deref();
            if rule.names_above && above.is_none() && !has_short_form {
                continue;
            }
            for captures in all {
                if let Some((content, range)) = expand(rule, &text.plain, &captures, above) {
                    let lines: Vec<usize> = text.lines(&range).collect();
                    self.found.push(Candidate {
                        content,
                        rule: rule.form.id.clone(),
                        block: index,
                        term_lines: lines.clone(),
                        lines,
                    });
                }
            }
        }
    }
}

/// A name in capitals of so many letters may be a word (`STATE`).
const WORD: usize = 4;

/// Capitals of a short form stand so close (bytes).
const CLOSE: usize = 3;

/// A cheap look before the patterns: two capitals close to each other.
pub(super) fn is_possible(plain: &str) -> bool {
    let mut capital: Option<usize> = None; // where the last one stands
    plain.len() >= 6
        && plain.bytes().enumerate().any(|(at, byte)| match byte {
            b'A'..=b'Z' => capital.replace(at).is_some_and(|before| at - before <= CLOSE),
            b'0'..=b'9' => capital.is_some_and(|before| before + 1 == at),
            _ => false,
        })
}

/// Whether a text is the long form of the name above it, and says nothing more.
pub(super) fn is_long_of(name: &str, text: &str) -> bool {
    let text = text.trim_end_matches(['.', ' ']);
    may_be_short(name) && of_name_above(name, text).is_some_and(|(_, range)| range == (0..text.len()))
}

/// Whether a text is a short form and its long one in brackets, and nothing else.
pub(super) fn is_pair(text: &str) -> bool {
    let inner = text.trim().strip_suffix([')', '）']).and_then(|text| text.split_once(['(', '（']));
    inner.is_some_and(|(short, long)| {
        let short = short.trim();
        is_short(short) && longest_fit(singular(short), long) == Some(long.len())
    })
}

/// The expansion that a rule's captures hold, and its range. `above` is the name of the heading or item above, which
/// is the short form where the pattern captures none, or the long one.
pub(super) fn expand(
    rule: &Rule,
    plain: &str,
    captures: &Captures<'_>,
    above: Option<&str>,
) -> Option<(Content, Range<usize>)> {
    let term = captures.name("term").filter(|short| !short.is_empty());
    let Some(full) = captures.name("full") else { return long_form_above(above?, term?) };
    let Some(short) = term else {
        let (name, range) = of_name_above(above.filter(|name| may_be_short(name))?, full.as_str())?;
        // a sentence begins as the long form does, in small letters: `All boats can be …`
        if full.as_str()[..range.end]
            .split_whitespace()
            .skip(1)
            .all(|word| word.starts_with(|c: char| c.is_lowercase()))
            && range.end < full.as_str().trim_end().len()
        {
            return None;
        }
        let long = full.as_str()[range].trim().to_owned();
        let is_spaced = key(&name) == key(&long); // `RopeWork (Rope Work)`
        // `ABC with DEF` under `ABC-DEF` goes on about it
        let tells = long.split_whitespace().any(|word| name.len() > 2 && name.split('-').any(|part| part == word));
        return (!is_spaced && !tells).then(|| (Content::Expansion { term: name, full: long }, full.range()));
    };
    if rule.form.command {
        let (name, long) = (short.as_str(), full.as_str().trim());
        let content = Content::Expansion { term: name.to_owned(), full: long.to_owned() };
        return commands::is_made_of(name, long).then(|| (content, short.start()..full.end()));
    }
    let mut name = singular(short.as_str());
    if kana::is_katakana(full.as_str()) {
        let content = Content::Expansion { term: name.to_owned(), full: full.as_str().trim().to_owned() };
        let range = short.start().min(full.start())..short.end().max(full.end());
        return kana::is_heard_in(name, full.as_str()).then_some((content, range));
    }
    if rule.form.exact && !is_exact(name, full.as_str()) {
        return None;
    }
    let whole_name = plain.len() <= short.end() + 1 && full.start() == 0;
    let (start, end) = if short.start() < full.start() {
        let fit = |name: &str| {
            let long = full.as_str().trim();
            // `VLRS` in capitals are many Very Long Ropes
            let many = name.strip_suffix('S').filter(|_| name.len() > 3 && long.ends_with('s'));
            let whole =
                || fits_otherwise(name, long) || many.is_some_and(|one| longest_fit(one, long) == Some(long.len()));
            longest_fit(name, full.as_str()).or_else(|| whole().then_some(full.as_str().len()))
        };
        // a kind of it: `Acme-TR (Tall Rigging)`, `AcmeTR (Tall Rigging)`; or it is the last of several: `MR/TR (Tall Rigging)`
        let last = name.rsplit_once(['-', '/']).map(|(_, last)| last).or_else(|| capitals_at_end(name));
        let last = last.filter(|last| is_short(last));
        match (fit(name), last) {
            (None, Some(last)) if fit(last).is_some() => {
                name = last;
                (0, fit(last)?)
            }
            (None, _) => {
                let start = behind_maker(name, full.as_str())?;
                (start, start + longest_fit(name, &full.as_str()[start..])?)
            }
            (Some(end), _) => (0, end),
        }
    } else if let Some(start) = suffix_fit(name, full.as_str()) {
        (start, full.as_str().len())
    } else if let Some(start) = within_words(name, full.as_str()) {
        (start, full.as_str().len())
    } else if let Some(start) = prefixes::at_end(name, full.as_str()) {
        (start, full.as_str().len())
    } else if whole_name && (nearly_fits(name, full.as_str()) || spells_loosely(name, full.as_str())) {
        (0, full.as_str().len())
    } else if let Some((long, _)) = full.as_str().trim_end().rsplit_once(' ').filter(|_| whole_name && name.len() > 2)
        && suffix_fit(name, long) == Some(0)
    {
        (0, long.len()) // `Very Long Rope Trick (VLR)`
    } else {
        return None;
    };
    let long = full.as_str()[start..end].trim().trim_end_matches([' ', '-', '–', ',', ':']);
    // `ABC: ABCs you make`
    let is_itself =
        |word: &str| word.strip_suffix('s') == Some(name) || name.len() >= WORD && word.eq_ignore_ascii_case(name);
    let tells_of_itself = long.split_whitespace().any(is_itself);
    if tells_of_itself
        || key(long) == key(name)
        || rule.rejects(plain, name, long)
        || long.split_whitespace().count() > name.len() + 5
    {
        return None;
    }
    let content =
        Content::Expansion { term: name.to_owned(), full: long.split_whitespace().collect::<Vec<_>>().join(" ") };
    Some((content, short.start().min(full.start() + start)..short.end().max(full.start() + end)))
}

/// The name above as what a short form below it stands for, each letter for a word.
fn long_form_above(above: &str, short: Match<'_>) -> Option<(Content, Range<usize>)> {
    let name = singular(short.as_str());
    let words = above.split([' ', '-']).filter(|word| !word.is_empty() && !is_small(word)).count();
    let letters = name.chars().filter(char::is_ascii_alphabetic).count();
    let whole = is_short(name) && is_exact(name, above) && letters >= words;
    whole.then(|| (Content::Expansion { term: name.to_owned(), full: above.to_owned() }, short.range()))
}

/// The short form that a name is or begins with, or its last word is, and the part of a text that it stands for: all
/// but a maker's name before it (`Acme Tall Rigging` for `TR`), which the name above may have too (`Acme TR`).
fn of_name_above(above: &str, full: &str) -> Option<(String, Range<usize>)> {
    let article = ["a ", "an ", "the "].iter().find_map(|article| above.strip_prefix(article)); // `What is a VLR?`
    let above = article.unwrap_or(above);
    // `R & D`, `ABC/DE`
    let letters: String = above.chars().filter(|c| !matches!(c, '&' | ' ' | '/' | '-')).collect();
    let joined = above.contains('&') || above.contains(['/', '-']) && !above.contains(' ');
    if joined
        && is_short(&letters)
        && let Some(end) = longest_fit(&letters, full)
    {
        return Some((above.to_owned(), 0..end));
    }
    let name = short_name(above);
    if let Some(end) = longest_fit(singular(&name), full) {
        return (!begins_otherwise(singular(&name), &full[..end])).then_some((name, 0..end));
    }
    let last = above.split_whitespace().next_back().filter(|last| is_short(last))?;
    let start = suffix_fit(singular(last), full)?;
    if above.chars().any(|c| is_letter(c) && !c.is_ascii()) {
        // a name in another language, and its short form behind it
        return (start == 0).then(|| ((*last).to_owned(), 0..full.len()));
    }
    let before = full[..start].trim();
    let maker = above.split_whitespace().next().filter(|first| *first != last);
    let known = match maker {
        Some(maker) => before == maker || before.is_empty(),
        None => !before.contains(' ') && before.starts_with(|c: char| c.is_ascii_uppercase()),
    };
    known.then(|| (above.to_owned(), if maker.is_some() { 0 } else { start }..full.len()))
}

/// Whether a long form has a word for each letter, and they begin with other letters: what stands under `ABC` is not what
/// it is short for. `X` is short for much.
fn begins_otherwise(short: &str, long: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    let initials: Vec<char> =
        long.split([' ', '-']).filter_map(|word| word.chars().next()).map(|c| c.to_ascii_lowercase()).collect();
    letters.len() == initials.len() && letters != initials && !letters.contains(&'x')
}

/// The short form of a name that is one and its long form: `ABC - A Better Cargo`.
pub(super) fn short_of_pair(name: &str) -> Option<&str> {
    const SIGNS: [&str; 5] = [" - ", " – ", " — ", " -- ", ": "];
    if !sentence::may_part(name) || !is_short(name.split([' ', ':']).next()?) {
        return None;
    }
    let (short, long) = SIGNS.iter().find_map(|sign| name.split_once(sign))?;
    let whole = || longest_fit(singular(short), long) == Some(long.len());
    (is_short(short) && whole()).then_some(short)
}

/// Whether a text is, or starts with, the long form of a short one.
pub(super) fn fits(short: &str, text: &str) -> bool {
    is_short(short) && longest_fit(singular(short), text).is_some()
}

/// Where the long form begins that stands behind its maker's name, which the short form has no letter for: it has a word for
/// each letter.
pub(super) fn behind_maker(short: &str, text: &str) -> Option<usize> {
    const LEAST: usize = 2; // letters
    let short = singular(short);
    let maker =
        text.split(' ').next().filter(|maker| maker.len() > LEAST && maker.chars().all(|c| c.is_ascii_alphabetic()))?;
    let long = &text[maker.len()..].trim_start();
    let start = text.len() - long.len();
    let capitals = [maker, long].iter().all(|name| name.starts_with(|c: char| c.is_ascii_uppercase()));
    let end = longest_fit(short, long).filter(|_| capitals && is_short(short))?;
    is_exact(short, &long[..end]).then_some(start)
}

/// The long form that a text begins with.
pub(super) fn leading<'a>(short: &str, text: &'a str) -> Option<&'a str> {
    let end = longest_fit(singular(short), text).filter(|_| is_short(short) && !text.starts_with("- "))?;
    let goes_on = text.get(end..)?.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric());
    text.get(..end).filter(|_| !goes_on).map(str::trim)
}

/// What follows the long form in a text.
pub(super) fn after(short: &str, text: &str) -> String {
    let end = longest_fit(singular(short), text).unwrap_or(0);
    let rest = text
        .get(end..)
        .unwrap_or_default()
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')' | '-' | '/'));
    let particles = ["とは", "は", "은 ", "는 ", "이란 ", "란 "];
    let rest = particles.iter().find_map(|particle| rest.strip_prefix(particle)).unwrap_or(rest);
    // `: Long Form (what it is)`
    let inner = rest.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
    inner.filter(|inner| !inner.contains(['(', ')', '（', '）'])).unwrap_or(rest).to_owned()
}
