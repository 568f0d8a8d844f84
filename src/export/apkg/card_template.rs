//! Card templates as a user may have rewritten them: looked through before Anki does, since Anki shows what is wrong
//! only on the card.

use crate::error::{Error, Result};
use crate::templates::Templates;

/// What Anki puts in beside a note's fields.
const SPECIAL: [&str; 7] = ["FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag"];

/// One side of a card, its text checked against the fields there are. A script beside it, as `{{choice.js}}`, is put in.
///
/// # Errors
/// If there is no such script, if it names a field there is not, or opens what it does not close; on a cloze note type, if nothing in it is hidden.
pub(super) fn side(templates: &Templates, path: &str, fields: &[&str], cloze: bool) -> Result<String> {
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    let text = with_scripts(templates, folder, &templates.text(path)?)?;
    let wrong = |what: String, hint: String| Err(Error::new(format!("templates/{path}: {what}")).hint(hint));
    let mut open: Vec<&str> = Vec::new();
    let mut hides = false;
    let mut rest = text.as_str();
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((inside, after)) = after.split_once("}}") else {
            return wrong("a {{ without }}".to_owned(), "every field stands between {{ and }}".to_owned());
        };
        rest = after;
        let inside = inside.trim();
        if inside.starts_with('!') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            if open.pop() != Some(name.trim()) {
                return wrong(
                    format!("{{{{/{name}}}}} closes what is not open"),
                    "each {{#Field}} needs its {{/Field}}, the inner one first".to_owned(),
                );
            }
            continue;
        }
        let conditional = inside.strip_prefix(['#', '^']).map(str::trim);
        open.extend(conditional);
        let name = conditional.unwrap_or_else(|| inside.rsplit(':').next().unwrap_or(inside).trim());
        if !fields.contains(&name) && !SPECIAL.contains(&name) && !is_cloze_number(name) {
            return wrong(format!("there is no field {name}"), format!("the fields are {}", fields.join(", ")));
        }
        hides |= inside.starts_with("cloze:");
    }
    if let Some(name) = open.pop() {
        return wrong(format!("{{{{#{name}}}}} is not closed"), format!("add {{{{/{name}}}}}"));
    }
    if cloze && !hides {
        return wrong("nothing in it is hidden".to_owned(), "a cloze stands as {{cloze:Text}}".to_owned());
    }
    Ok(text)
}

/// Text with the scripts it names in their places.
fn with_scripts(templates: &Templates, folder: &str, text: &str) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = rest.find(".js}}") {
        let (before, after) = rest.split_at(end);
        let Some((before, name)) = before.rsplit_once("{{").filter(|(_, name)| !name.contains(['}', '/', '\\'])) else {
            break;
        };
        out.push_str(before);
        out.push_str(&templates.text(&format!("{folder}/{name}.js"))?);
        rest = after.get(".js}}".len()..).unwrap_or_default();
    }
    out.push_str(rest);
    Ok(out)
}

/// `c1`: not empty on the card that hides it.
fn is_cloze_number(name: &str) -> bool {
    name.strip_prefix('c').is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    fn check(text: &str, cloze: bool) -> Result<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("t.html"), text).unwrap();
        side(&Templates::new(vec![folder.path().to_path_buf()]), "t.html", &["Term", "Answer"], cloze)
    }

    #[test]
    fn what_anki_would_stumble_over_is_said() {
        assert!(check("{{#Term}}{{text:Term}} {{FrontSide}}{{/Term}} {{^c2}}{{/c2}}", false).is_ok());
        assert!(check("{{cloze:Answer}}", true).is_ok());
        for (text, cloze) in [
            ("{{Trem}}", false),
            ("{{Term", false),
            ("{{#Term}}", false),
            ("{{/Term}}", false),
            ("{{#Term}}{{#Answer}}{{/Term}}{{/Answer}}", false),
            ("{{Term}}", true),
        ] {
            let error = check(text, cloze).unwrap_err();
            assert!(error.message.starts_with("templates/t.html: ") && error.hint.is_some(), "{text}: {error}");
        }
    }
}
