//! `amgi init`: templates, an example of a rule pack and a commented amgi.yaml, for changing.

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
# paper: a4          # a3, a4, a5, b5, letter, legal
# portrait: false
# columns: 3         # of the cheat sheet; what reads or fits best when this line is not there
# pages: 2           # fit the cheat sheet on this many pages, in the largest type that does
# print:             # what else goes onto paper, and how
#   smallest: 5.5    # points: type no smaller, to fit pages
#   priorities: {Photosynthesis: 2, History: -1}   # sections that go first, or last, where pages are short
#   index: false     # end the cheat sheet with its terms and where they stand
#   mono: false      # for printers without colour
#   answers: beside  # of a self-test: right of the fold; or end
#   card-size: '8'   # flash cards a page: '8', '10'; or business-card, a7
#   flip: long       # the edge a printer turns the paper over: long or short
#   questions: 20    # of a quiz; another seed draws others
#   seed: 1
#   versions: 1      # A, B, C, …: the same questions in another order
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
