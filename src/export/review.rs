//! `review.html`: the cards as Anki will show them, beside the lines of the notes and what became of each.
//!
//! ```text
//! Deck, notes' lines ──data──▶ JSON ──templates/review──▶ one page that needs no network
//! ```
//!
//! Note text travels as JSON only and is shown as text; cards are put together in the page from the fields and
//! templates that the Anki package has. A content security policy keeps the page from loading anything, and lets only
//! the scripts of the templates run.

mod data;

use data_encoding::BASE32_NOPAD;
use sha1::{Digest, Sha1};

use crate::account::NoteLines;
use crate::deck::{CardsFile, Deck};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::export::CardOptions;
use crate::lint::Limits;
use crate::media::Media;
use crate::rule::Rules;
use crate::source::Note;
use crate::templates::Templates;

/// The folder of the page's templates.
const FOLDER: &str = "review";

/// What the page shows beside the deck.
pub struct Beside<'a> {
    pub rules: &'a Rules,
    /// Of the lints, which are those of `amgi check`.
    pub limits: &'a Limits,
    /// BCP 47; by the script of the deck when unset.
    pub language: Option<&'a str>,
    /// Where the entries of each of the deck's notes stand.
    pub files: &'a [CardsFile],
    pub cards: &'a CardOptions,
    pub media: &'a Media,
    /// The notes with what became of their lines; empty where they are not at hand.
    pub notes: &'a [(&'a Note, &'a NoteLines)],
}

/// The deck as a page; what it leaves out of a very long one is said. The same deck, notes and templates give the same bytes.
///
/// # Errors
/// If a template of the user's cannot be read, names what there is not, or is not one Anki could show.
pub fn review(
    deck: &Deck,
    beside: &Beside<'_>,
    templates: &Templates,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<u8>> {
    let json = data::json(deck, beside, templates, diagnostics)?;
    let json = in_script(&json);
    let nonce = BASE32_NOPAD.encode(&Sha1::digest(json.as_bytes())).to_lowercase();
    let language = beside.language.unwrap_or_else(|| super::apkg::language(deck));
    let page = templates.text(&format!("{FOLDER}/review.html"))?;
    let mut out = String::with_capacity(json.len() + (96 << 10));
    let mut rest = page.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or_else(|| wrong("a {{ without }}"))?;
        out.push_str(before);
        match name.trim() {
            "data" => out.push_str(&json),
            "nonce" => out.push_str(&nonce),
            "language" => out.push_str(&crate::markup::escape(language)),
            "title" => out.push_str(&crate::markup::escape(&deck.title)),
            file if file.ends_with(".css") || file.ends_with(".js") => out.push_str(&embedded(file, templates)?),
            other => return Err(wrong(&format!("there is no {{{{{other}}}}}"))),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out.into_bytes())
}

fn wrong(what: &str) -> Error {
    Error::new(format!("templates/{FOLDER}/review.html: {what}"))
        .hint("it takes {{title}}, {{language}}, {{nonce}}, {{data}} and files beside it, as {{review.css}}")
}

/// A style or script, without what would end the element around it.
fn embedded(file: &str, templates: &Templates) -> Result<String> {
    let text = templates.text(&format!("{FOLDER}/{file}"))?;
    Ok(text.replace("</script", "<\\/script").replace("</style", "<\\/style").replace("<!--", "<\\!--"))
}

/// JSON that stays JSON and can neither end nor open an element: `<` stands in strings only, where it may be escaped.
fn in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 8);
    let mut rest = json;
    while let Some(at) = rest.find(['<', '\u{2028}', '\u{2029}']) {
        let (before, special) = rest.split_at(at);
        out.push_str(before);
        let mut chars = special.chars();
        let c = chars.next().unwrap_or_default();
        out.push_str(&format!("\\u{:04x}", u32::from(c)));
        rest = chars.as_str();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_within_a_script() {
        let hostile = "</script><!--<script>&amp;\u{2028}\u{2029} 한국어 \\u003c \"";
        let json = serde_json::to_string(hostile).unwrap();
        let safe = in_script(&json);
        assert!(!safe.contains(['<', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), hostile);
    }
}
