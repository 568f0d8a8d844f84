//! `amgi init`: templates, packs and a commented amgi.yaml, for changing.

use std::path::Path;

use super::write;
use crate::error::Result;
use crate::settings::FILE_NAME;
use crate::templates::Templates;

/// The commented settings file.
const SETTINGS: &str = "\
# What amgi builds from the notes beside this file. Flags win over it; every line is optional.
# title: My notes
# language: ko
# apkg: legacy       # or modern: smaller, for current versions of Anki
# cards:             # which cards entries give in Anki; `forward:` and `reverse:` of an entry win
#   forward: true    # a term asks for its answer
#   reverse: false   # an answer asks for its term; only short ones when this line is not there
#   choice: true     # four answers to choose from, after all other cards
#   table: true      # a comparison as a whole, besides row by row
#   type-in: false   # short forms, long forms and terms are typed in
#   deck-depth: 4    # sections below the title that become decks of their own
# paper: a4          # a3, a4, a5, letter, legal
# portrait: false
# columns: 3
# pages: 2           # fit the cheat sheet on this many pages
# rules: [my.rules.yaml]   # besides the *.rules.yaml beside the notes
# check:             # what `amgi check` looks for
#   answer-characters: 400
#   list-items: 7
#   off: [never-expanded]
";

/// An example of a pack, which finds nothing until it is changed.
const PACK: &str = r#"about: Your own rules. A rule with the id of a built-in one replaces it; `amgi rules test` runs the examples.
rules:
- id: my-tilde
  finds: "`term ~ answer`"
  emits: definition
  on: [item, line]
  pattern: '^(?P<term>[^~]{1,60}?)\s+~\s+(?P<answer>\S.*)$'
  matches:
  - note: "- Mast ~ holds the sail"
    makes: ["Mast → holds the sail"]
  leaves: ["- about ~5 metres"]
"#;

/// Copies what is not there yet into `folder`; what was done, for whoever watches.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn init(folder: &Path) -> Result<String> {
    let mut files = vec![(folder.join(FILE_NAME), SETTINGS), (folder.join("my.rules.yaml"), PACK)];
    files.extend(Templates::embedded().map(|(path, text)| (folder.join("templates").join(path), text)));
    let mut out = String::new();
    for (path, text) in files {
        if path.exists() {
            out.push_str(&format!("  {} is there already and stays\n", path.display()));
        } else {
            write::write(&path, text.as_bytes())?;
            out.push_str(&format!("  {}\n", path.display()));
        }
    }
    Ok(out)
}
