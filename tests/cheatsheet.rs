//! Paper as a PDF reader finds it: cheat sheets, self-tests, flash cards and quizzes.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "support/entries.rs"]
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod entries;
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::sync::LazyLock;

use amgi::deck::{Deck, Entry, FactKind};
use amgi::export::sheet::{Job, Paper, Print, SheetOptions, print};
use amgi::media::Media;
use amgi::templates::Templates;
use entries::{HOSTILE, deck, fact, ordinary};

/// A job with the built-in templates and no pictures.
fn job<'a>(deck: &'a Deck, options: &'a SheetOptions) -> Job<'a> {
    static PLAIN: LazyLock<(Templates, Media)> = LazyLock::new(Default::default);
    Job { deck, options, templates: &PLAIN.0, media: &PLAIN.1 }
}

fn set(deck: &Deck, options: &SheetOptions) -> (Vec<u8>, Vec<String>) {
    let mut diagnostics = Vec::new();
    let pdf = print(Print::Cheatsheet, &job(deck, options), &mut diagnostics).unwrap().remove(0).pdf;
    (pdf, diagnostics.into_iter().map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.message)).collect())
}

fn read(pdf: &[u8]) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sheet.pdf");
    std::fs::write(&path, pdf).unwrap();
    support::pdf(&path)
}

/// Letters and digits only: a PDF's lines break where they like.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn a_pdf_reader_finds_everything_on_the_sheet() {
    let (pdf, said) = set(&deck("항구 Harbour", ordinary()), &SheetOptions::default());
    assert_eq!(said, Vec::<String>::new());
    let found = read(&pdf);
    assert_eq!(found["sizes"], serde_json::json!([[842, 595]]), "one page of A4 across");
    let text = letters(found["text"].as_str().unwrap());
    for words in [
        "항구 Harbour",
        "Cardinal mark",
        "deep water",
        "부두의 종류",
        "잔교",
        "배의 크기에 따라 고른다",
        "쇄빙선",
        "Vessel Traffic Service",
        "Ketch",
        "Masts",
        "entering",
    ] {
        assert!(text.contains(&letters(words)), "the sheet lacks {words}:\n{text}");
    }
}

#[test]
fn the_same_deck_gives_the_same_bytes() {
    let deck = deck("same", ordinary());
    assert!(set(&deck, &SheetOptions::default()).0 == set(&deck, &SheetOptions::default()).0);
}

#[test]
fn papers_and_orientations_are_as_asked() {
    let options = SheetOptions { paper: Paper::Letter, landscape: false, columns: Some(2), ..SheetOptions::default() };
    assert_eq!(read(&set(&deck("x", ordinary()), &options).0)["sizes"], serde_json::json!([[612, 792]]));
    assert!("a9".parse::<Paper>().is_err());
}

#[test]
fn hostile_text_is_printed_as_it_stands() {
    let entries = HOSTILE
        .iter()
        .enumerate()
        .map(|(i, text)| fact(&format!("h{i}"), &[text], FactKind::Definition, &format!("t{i} {text}"), text))
        .collect();
    let (pdf, _) = set(&deck("#title()", entries), &SheetOptions::default());
    let text = letters(read(&pdf)["text"].as_str().unwrap());
    for i in 0..HOSTILE.len() {
        assert!(text.contains(&format!("t{i}")), "the entry {i} is missing");
    }
    for words in ["panic", "readetcpasswd", "importx", "cmdCcalcA0", "turned"] {
        assert!(text.contains(words), "{words} was not printed:\n{text}");
    }
}

#[test]
fn markup_of_any_depth_is_set() {
    let list: String = (0..60).map(|i| format!("{}- level {i}\n", "  ".repeat(i))).collect();
    let bold = format!("{}x{}", "*a _b ".repeat(60), "_*".repeat(60));
    let quote = format!("{}deep quote", "> ".repeat(60));
    let entries = [list, bold, quote]
        .iter()
        .enumerate()
        .map(|(i, text)| fact(&format!("d{i}"), &[], FactKind::Definition, &format!("deep {i}"), text))
        .collect();
    let text = letters(read(&set(&deck("x", entries), &SheetOptions::default()).0)["text"].as_str().unwrap());
    assert!(text.contains("level20") && text.contains("deepquote"), "{text}");
}

#[test]
fn letters_that_no_font_has_are_named_and_shown_as_numbers() {
    let (pdf, said) = set(
        &deck("x", vec![fact("aone", &[], FactKind::Definition, "Smile", "a face 🧿 here ✅")]),
        &SheetOptions::default(),
    );
    let text = read(&pdf)["text"].as_str().unwrap().to_owned();
    let has_font = said.is_empty(); // some machines have an emoji font
    assert!(has_font || said[0].contains("🧿 (U+1F9FF"), "{said:?}");
    assert!(has_font || text.contains("[U+1F9FF]"), "{text}");
    assert!(text.contains('✓'), "a sign that is like it stands for ✅: {text}");
}

#[test]
fn a_language_is_a_tag() {
    let of = |tag: &str| SheetOptions { language: Some(tag.to_owned()), ..SheetOptions::default() };
    let (pdf, _) = set(&deck("x", ordinary()), &of("ko-KR"));
    assert!(pdf.starts_with(b"%PDF"));
    let (deck, options) = (deck("x", ordinary()), of("korean"));
    let error = print(Print::Cheatsheet, &job(&deck, &options), &mut Vec::new()).err().unwrap();
    assert!(error.message.contains("`korean`") && error.hint.is_some(), "{error}");
}

#[test]
fn what_is_beyond_a_sheet_is_named() {
    let mut entries: Vec<Entry> = (0..5_001)
        .map(|i| fact(&format!("e{i}"), &[], FactKind::Definition, &format!("term {i}"), &format!("answer {i}")))
        .collect();
    entries[0] = fact("e0", &[], FactKind::Definition, "long", &"word ".repeat(600));
    let mut said = Vec::new();
    amgi::export::sheet::data(&deck("x", entries), &mut said);
    let codes: Vec<_> = said.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, ["sheet-too-long", "sheet-answer-too-long"]);
}

#[test]
fn a_sheet_fits_the_pages_asked_for() {
    let entries: Vec<Entry> = (0..900)
        .map(|i| {
            fact(
                &format!("e{i}"),
                &[],
                FactKind::Definition,
                &format!("term {i}"),
                &format!("answer number {i} with some words more"),
            )
        })
        .collect();
    let deck = deck("x", entries);
    let (pdf, said) = set(&deck, &SheetOptions { pages: Some(1), ..SheetOptions::default() });
    assert_eq!(read(&pdf)["sizes"].as_array().unwrap().len(), 1);
    assert!(said.iter().any(|said| said.starts_with("sheet-full: ")), "{said:?}");
    let (pdf, said) = set(&deck, &SheetOptions { pages: Some(9), ..SheetOptions::default() });
    assert!(read(&pdf)["sizes"].as_array().unwrap().len() <= 9);
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn a_template_of_the_users_that_does_not_compile_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("sheet")).unwrap();
    std::fs::write(folder.path().join("sheet/cheatsheet.typ"), "fine\n#nonsense()\n").unwrap();
    let (deck, options) = (deck("x", ordinary()), SheetOptions::default());
    let templates = Templates::new(vec![folder.path().to_path_buf()]);
    let job = Job { templates: &templates, ..job(&deck, &options) };
    let error = print(Print::Cheatsheet, &job, &mut Vec::new()).err().unwrap();
    assert!(error.message.starts_with("templates/sheet/cheatsheet.typ:2"), "{error}");
    assert!(error.cause.unwrap().contains("nonsense"));
    std::fs::write(folder.path().join("sheet/cheatsheet.typ"), "#read(\"/etc/passwd\")").unwrap();
    assert!(print(Print::Cheatsheet, &job, &mut Vec::new()).is_err());
}

#[test]
fn a_list_whose_items_stand_alone_still_says_what_it_lists() {
    let entries = vec![
        fact("aone", &["Rigs"], FactKind::Points, "Kinds of rig", "- Sloop : one mast\n- Ketch : two masts"),
        fact("atwo", &["Rigs"], FactKind::Definition, "Sloop", "one mast"),
        fact("athree", &["Rigs"], FactKind::Definition, "Ketch", "two masts"),
    ];
    let found = read(&set(&deck("x", entries), &SheetOptions::default()).0);
    let text = found["text"].as_str().unwrap();
    assert!(text.contains("Kinds of rig Sloop · Ketch"), "{text}");
    assert_eq!(text.matches("two masts").count(), 1, "each thing is said once: {text}");
}
