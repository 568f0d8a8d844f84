//! What paper is judged by: which side of a card lies behind which, what fits and what is named as left off, what a
//! quiz asks and its key answers.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "support/entries.rs"]
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod entries;
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::path::Path;
use std::sync::LazyLock;

use amgi::deck::{Deck, Entry, FactKind};
use amgi::export::sheet::{Answers, CardSize, Flip, Job, Print, Printed, SheetOptions, area, print};
use amgi::media::Media;
use amgi::templates::Templates;
use entries::{cloze, comparison, deck, expansion, fact, ordinary};
use serde_json::Value;

/// A job with the built-in templates and no pictures.
fn job<'a>(deck: &'a Deck, options: &'a SheetOptions) -> Job<'a> {
    static PLAIN: LazyLock<(Templates, Media)> = LazyLock::new(Default::default);
    Job { deck, options, templates: &PLAIN.0, media: &PLAIN.1 }
}

fn set(what: Print, deck: &Deck, options: &SheetOptions) -> (Vec<Printed>, Vec<String>) {
    let mut said = Vec::new();
    let printed = print(what, &job(deck, options), &mut said).unwrap();
    (printed, said.into_iter().map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.message)).collect())
}

/// What a PDF shows, and where words stand in it.
fn look(pdf: &[u8], words: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, pdf).unwrap();
    let arguments: Vec<&Path> = std::iter::once(path.as_path()).chain(words.iter().map(Path::new)).collect();
    serde_json::from_str(&support::python_script("pdf_look.py", &arguments)).unwrap()
}

fn first(printed: &[Printed], words: &[&str]) -> Value {
    look(&printed[0].pdf, words)
}

/// Letters and digits only: a PDF's lines break where they like.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn pages(look: &Value) -> Vec<String> {
    look["pages"].as_array().unwrap().iter().map(|page| letters(page.as_str().unwrap())).collect()
}

/// Page, left, bottom, right, top.
fn place(look: &Value, word: &str) -> [f64; 5] {
    let found = look["places"][word].as_array().unwrap();
    assert_eq!(found.len(), 1, "{word} stands {} times", found.len());
    std::array::from_fn(|i| found[0][i].as_f64().unwrap())
}

fn many(count: usize) -> Vec<Entry> {
    let of = |i: usize| {
        let (term, answer) = (format!("term{i:03}x"), format!("answer{i:03}x of some words"));
        fact(&format!("e{i:03}"), &["Part"], FactKind::Definition, &term, &answer)
    };
    (0..count).map(of).collect()
}

#[test]
fn behind_each_card_lies_its_answer_whichever_way_the_paper_is_turned() {
    for (flip, size, columns, rows) in [
        (Flip::Long, CardSize::Eight, 2, 4),
        (Flip::Short, CardSize::Eight, 2, 4),
        (Flip::Long, CardSize::Ten, 2, 5),
        (Flip::Short, CardSize::BusinessCard, 2, 5),
        (Flip::Long, CardSize::A7, 2, 4),
    ] {
        let count = columns * rows + 3;
        let options = SheetOptions { flip, card_size: size, ..SheetOptions::default() };
        let words: Vec<String> = (0..count).flat_map(|i| [format!("term{i:03}x"), format!("answer{i:03}x")]).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let found = first(&set(Print::Flashcards, &deck("x", many(count)), &options).0, &words);
        assert_eq!(found["pages"].as_array().unwrap().len(), 4, "two sheets of two sides");
        // A4, with the cards in its middle
        let (width, height) = (595.28, 841.89);
        let millimetres = |of: f64| of / 25.4 * 72.0;
        let (wide, high) = match size {
            CardSize::BusinessCard => (millimetres(85.0), millimetres(55.0)),
            CardSize::A7 => (millimetres(105.0), millimetres(74.0)),
            _ => ((width - millimetres(16.0)) / columns as f64, (height - millimetres(16.0)) / rows as f64),
        };
        let cell = |word: &str| {
            let [page, left, bottom, right, top] = place(&found, word);
            let x = ((left + right) / 2.0 - (width - wide * columns as f64) / 2.0) / wide;
            let y = (height - (top + bottom) / 2.0 - (height - high * rows as f64) / 2.0) / high;
            (page as usize, x.floor() as usize, y.floor() as usize)
        };
        for i in 0..count {
            let (page, x, y) = cell(&format!("term{i:03}x"));
            assert_eq!((page, x, y), (i / (columns * rows) * 2, i % columns, i % (columns * rows) / columns));
            let behind = match flip {
                Flip::Long => (page + 1, columns - 1 - x, y),
                Flip::Short => (page + 1, x, rows - 1 - y),
            };
            assert_eq!(cell(&format!("answer{i:03}x")), behind, "the back of card {i}, {flip:?} {size:?}");
        }
    }
}

#[test]
fn an_answer_too_long_for_a_card_goes_on_on_the_next() {
    let words: Vec<String> = (0..230).map(|i| format!("w{i:03}q")).collect();
    let list: String = (0..30).map(|i| format!("- item{i:02}q with some words to fill a line of it\n")).collect();
    let entries = vec![
        fact("aone", &[], FactKind::Definition, "Longword", &words.join(" ")),
        fact("atwo", &[], FactKind::Points, "Listword", &list),
        fact("athree", &[], FactKind::Definition, "Short", "fits"),
    ];
    let options = SheetOptions { card_size: CardSize::BusinessCard, ..SheetOptions::default() };
    let found = first(&set(Print::Flashcards, &deck("x", entries), &options).0, &[]);
    let all: String = pages(&found).concat();
    for word in words.iter().cloned().chain((0..30).map(|i| format!("item{i:02}q"))) {
        assert_eq!(all.matches(&word).count(), 1, "{word} stands once");
    }
    assert!(all.matches("Longword").count() >= 2, "each card of it asks");
    let raw = found["pages"][0].as_str().unwrap();
    assert!(raw.contains("1·1/") && raw.contains("1·2/") && raw.contains('3') && !raw.contains("3·"), "{raw}");
}

#[test]
fn a_self_test_has_answers_right_of_the_fold_or_at_the_end() {
    let deck = deck("x", many(60));
    let found = first(&set(Print::Selftest, &deck, &SheetOptions::default()).0, &["term007x", "answer007x"]);
    let (term, answer) = (place(&found, "term007x"), place(&found, "answer007x"));
    assert!(term[0] == answer[0] && term[3] < answer[1] && (term[4] - answer[4]).abs() < 3.0, "{term:?} {answer:?}");
    assert_eq!(found["bookmarks"], serde_json::json!(["Part"]));

    let options = SheetOptions { answers: Answers::End, ..SheetOptions::default() };
    let found = first(&set(Print::Selftest, &deck, &options).0, &["term059x", "answer000x"]);
    assert!(place(&found, "answer000x")[0] > place(&found, "term059x")[0], "answers come behind the last question");
    let all = pages(&found).concat();
    assert!((0..60).all(|i| all.contains(&format!("answer{i:03}x")) && all.contains(&format!("term{i:03}x"))));
}

#[test]
fn what_is_said_tells_japanese_though_its_names_have_no_kana() {
    let entry = |id: &str, term: &str, answer: &str| fact(id, &["Part"], FactKind::Definition, term, answer);
    let entries = vec![entry("a", "一二三", "かなでかいたことば"), entry("b", "一二", "ことば")];
    let found = first(&set(Print::Selftest, &deck("x", entries), &SheetOptions::default()).0, &[]);
    let all = pages(&found).concat();
    // `折り線` at the fold
    assert!(all.contains('り') && !all.contains("fold here"), "{all}");
}

#[test]
fn what_a_full_sheet_leaves_off_is_named_and_all_else_is_printed() {
    let mut entries = many(900);
    entries[899].priority = Some(1);
    let deck = deck("x", entries);
    let (printed, said) = set(Print::Cheatsheet, &deck, &SheetOptions { pages: Some(1), ..SheetOptions::default() });
    let found = first(&printed, &[]);
    let text = pages(&found).concat();
    assert_eq!(pages(&found).len(), 1);
    assert_eq!(said.len(), 1, "{said:?}");
    let left_off: Vec<bool> = (0..900).map(|i| said[0].contains(&format!("`term{i:03}x`"))).collect();
    let count = left_off.iter().filter(|off| **off).count();
    assert!(said[0].starts_with(&format!("sheet-full: {count} of 900 entries have no room on 1 page(s) at 5.5 pt")));
    assert!(count > 0 && count < 800, "{count}");
    for (i, off) in left_off.iter().enumerate() {
        assert_eq!(text.contains(&format!("term{i:03}x")), !off, "entry {i} is either printed or named");
    }
    assert!(!left_off[899], "a priority of its own keeps an entry on the sheet");
}

#[test]
fn sections_have_priorities_and_emphasis_counts() {
    let mut entries = many(900);
    for (i, entry) in entries.iter_mut().enumerate() {
        entry.section = vec![if i < 890 { "Early" } else { "Late" }.to_owned()];
    }
    entries[880] = fact("e880", &["Early"], FactKind::Definition, "term880x", "answer with **emphasis**");
    let priorities = vec![("late".to_owned(), 2)];
    let options = SheetOptions { pages: Some(1), priorities, ..SheetOptions::default() };
    let text = pages(&first(&set(Print::Cheatsheet, &deck("x", entries), &options).0, &[])).concat();
    assert!((890..900).all(|i| text.contains(&format!("term{i}x"))), "the section that matters is on it");
    assert!(text.contains("term880x") && !text.contains("term879x"), "what is bold comes first");
}

/// The height of a word's letters tells the size of the type.
fn height(pages: u16, count: usize, columns: Option<u8>) -> (usize, f64) {
    let options = SheetOptions { pages: Some(pages), columns, ..SheetOptions::default() };
    let found = first(&set(Print::Cheatsheet, &deck("x", many(count)), &options).0, &["term000x"]);
    let [_, _, bottom, _, top] = place(&found, "term000x");
    (found["pages"].as_array().unwrap().len(), top - bottom)
}

#[test]
fn more_pages_give_larger_type() {
    let ((one, small), (two, large)) = (height(1, 260, None), height(2, 260, None));
    assert!(one == 1 && two <= 2);
    assert!(large > small * 1.1, "{small} on one page, {large} on two");
    let (_, fixed) = height(1, 260, Some(2));
    assert!(fixed <= small + 0.01, "columns of one's own are no better than those found: {fixed}, {small}");
}

#[test]
fn an_area_is_printed_alone() {
    let mut entries = ordinary();
    entries.push(fact("asky", &["Sky", "Clouds"], FactKind::Definition, "Cirrus", "thin and high"));
    let whole = deck("x", entries);
    let part = area(&whole, "clouds").unwrap();
    assert_eq!(part.entries().map(|(_, entry)| entry.id.0.as_str()).collect::<Vec<_>>(), ["asky"]);
    assert_eq!(area(&whole, "harb").unwrap().entries().count(), 5, "a part of a name will do");
    let error = area(&whole, "Desert").unwrap_err();
    assert!(error.message.contains("Desert") && error.hint.unwrap().contains("Harbour"));
}

#[test]
fn the_index_says_page_and_column() {
    let options = SheetOptions { index: true, columns: Some(3), ..SheetOptions::default() };
    let found = first(&set(Print::Cheatsheet, &deck("x", many(400)), &options).0, &[]);
    let last =
        found["pages"].as_array().unwrap().last().unwrap().as_str().unwrap().replace(['\r', '\n', '\u{a0}'], " ");
    assert!(last.contains("term000x 1a") && last.contains("Index"), "{last}");
    let look = first(&set(Print::Cheatsheet, &deck("x", many(400)), &options).0, &["answer300x"]);
    let [page, left, ..] = place(&look, "answer300x");
    let column = ["a", "b", "c"][(left / (842.0 / 3.0)) as usize];
    assert!(last.contains(&format!("term300x {}{column}", page + 1.0)), "{page} {left}: {last}");
}

#[test]
fn without_colour_nothing_is_coloured() {
    for what in [Print::Cheatsheet, Print::Selftest, Print::Flashcards, Print::Quiz] {
        let mut entries = ordinary();
        entries.push(fact("amark", &[], FactKind::Definition, "Marked", "==so== and *so* and `so`"));
        let (deck, mono) = (deck("x", entries), SheetOptions { mono: true, ..SheetOptions::default() });
        assert_eq!(first(&set(what, &deck, &mono).0, &[])["coloured"], false, "{what:?}");
        assert_eq!(first(&set(what, &deck, &SheetOptions::default()).0, &[])["coloured"], true, "{what:?}");
    }
}

#[test]
fn a_preview_is_a_picture_a_page() {
    let options = SheetOptions { preview: true, ..SheetOptions::default() };
    let (printed, _) = set(Print::Cheatsheet, &deck("x", many(300)), &options);
    let pages = first(&printed, &[])["pages"].as_array().unwrap().len();
    assert_eq!(printed[0].pictures.len(), pages);
    let picture = &printed[0].pictures[0];
    assert!(picture.starts_with(b"\x89PNG"));
    // width and height stand in the first block: A4 across at 150 dots an inch
    let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    assert_eq!((number(16), number(20)), (1754, 1240));
    // the second block is the pixels: a byte for the filter and three a pixel, row by row
    let data = &picture[41..41 + number(33) as usize];
    let mut rows = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(data), &mut rows).unwrap();
    assert_eq!(rows.len(), 1240 * (1 + 3 * 1754));
    assert!(rows[1..].iter().any(|byte| *byte != 255), "something is drawn");
}

#[test]
fn a_wide_comparison_keeps_its_heads_apart() {
    let subjects = ["Sloop", "Ketch", "Yawl", "Cutter", "Schooner"];
    let aspects: Vec<String> = (0..12).map(|i| format!("Attribute{i:02}")).collect();
    let cells = ["one mast", "two masts", "two masts too", "one mast and many sails", "two or more masts"];
    let rows: Vec<(&str, &[&str])> = aspects.iter().map(|aspect| (aspect.as_str(), &cells[..])).collect();
    let deck = deck("x", vec![comparison("acomp", &["Rigs"], &subjects, &rows)]);
    for columns in [2, 3, 5] {
        let options = SheetOptions { columns: Some(columns), ..SheetOptions::default() };
        let words: Vec<&str> = subjects.iter().copied().chain(aspects.iter().map(String::as_str)).collect();
        let found = first(&set(Print::Cheatsheet, &deck, &options).0, &words);
        let mut boxes: Vec<[f64; 5]> = Vec::new();
        for word in words {
            for place in found["places"][word].as_array().unwrap() {
                boxes.push(std::array::from_fn(|i| place[i].as_f64().unwrap()));
            }
        }
        assert!(boxes.len() >= 17, "every head stands");
        for (i, a) in boxes.iter().enumerate() {
            for b in &boxes[i + 1..] {
                let apart = a[0] != b[0] || a[3] <= b[1] || b[3] <= a[1] || a[4] <= b[2] || b[4] <= a[2];
                assert!(apart, "{columns} columns: {a:?} over {b:?}");
            }
        }
    }
}

#[test]
fn markup_reaches_across_a_gap_and_formulas_are_set() {
    let entries = vec![
        cloze("aone", &[], "press **{{ctrl}} and x** or `chmod {{+x}}`"),
        fact("atwo", &[], FactKind::Definition, "Mean", "$\\bar{x} = \\frac{\\text{sum}}{n} \\neq \\alpha$"),
        fact("athree", &[], FactKind::Definition, "Torn", "$\\frac{a$"),
    ];
    for what in [Print::Cheatsheet, Print::Selftest, Print::Flashcards] {
        let found = first(&set(what, &deck("x", entries.clone()), &SheetOptions::default()).0, &[]);
        let text = found["pages"].as_array().unwrap().iter().map(|page| page.as_str().unwrap()).collect::<String>();
        assert!(!text.contains("**") && !text.contains("{{") && !text.contains('\u{E000}'), "{what:?}: {text}");
        assert!(text.contains("+x") && text.contains("ctrl"), "{what:?}: {text}");
        assert!(text.contains("sum") && text.contains('≠') && !text.contains("\\text"), "{what:?}: {text}");
        assert!(text.contains("\\frac{a"), "what cannot be read stands as it was typed: {text}");
    }
}

#[test]
fn hangul_words_are_whole_and_copied_text_has_no_marks() {
    let answer =
        "고가용성아키텍처를 구성하는 데이터베이스인스턴스의 복제본을 다른 가용영역에 두는 배포방식이다 ".repeat(6);
    let deck = deck("x", vec![fact("aone", &[], FactKind::Definition, "다중배포", answer.trim())]);
    let options = SheetOptions { columns: Some(5), ..SheetOptions::default() };
    let found = first(&set(Print::Cheatsheet, &deck, &options).0, &[]);
    let text = found["pages"][0].as_str().unwrap();
    assert!(!text.contains(['\u{2060}', '\u{200B}', '\u{200D}']));
    let lines: Vec<&str> = text.split(['\r', '\n']).filter(|line| !line.is_empty()).collect();
    assert!(lines.len() > 8, "{lines:?}");
    let words: Vec<&str> = answer.split_whitespace().collect();
    for word in lines.iter().flat_map(|line| line.split_whitespace()).filter(|word| word.chars().count() > 2) {
        let known = words.contains(&word) || ["다중배포"].contains(&word) || word.is_ascii();
        assert!(known, "{word} is no word of the note: {lines:?}");
    }
}

fn quizzed() -> Deck {
    let mut entries = Vec::new();
    for i in 0..40 {
        let answer = format!("the sail number {i:02}q that is set in wind {}", i * 7 % 12);
        entries.push(fact(&format!("f{i:02}"), &["Sails"], FactKind::Definition, &format!("Sail{i:02}z"), &answer));
    }
    for i in 0..4 {
        entries.push(expansion(&format!("x{i}"), &["Short"], &format!("AB{i}"), &format!("Able Boat {i}")));
        entries.push(cloze(&format!("c{i}"), &["Rules"], &format!("Keep rule{i}z to {{{{port{i}q}}}} always.")));
    }
    entries.push(comparison(
        "comp",
        &["Rigs"],
        &["Sloop", "Ketch"],
        &[("Masts", &["one", "two"]), ("Crew", &["few", "many"])],
    ));
    deck("Sailing", entries)
}

#[test]
fn a_quiz_is_the_same_for_its_seed_and_its_versions_ask_the_same() {
    let options = SheetOptions { questions: 20, versions: 2, ..SheetOptions::default() };
    let (printed, said) = set(Print::Quiz, &quizzed(), &options);
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(printed.iter().map(|printed| printed.ending).collect::<Vec<_>>(), ["quiz", "quiz-key"]);
    let again = set(Print::Quiz, &quizzed(), &options).0;
    assert!(printed[0].pdf == again[0].pdf && printed[1].pdf == again[1].pdf, "the same bytes");
    let other = set(Print::Quiz, &quizzed(), &SheetOptions { seed: 2, ..options }).0;
    let asked = |printed: &[Printed]| pages(&first(printed, &[])).concat();
    let (one, two) = (asked(&printed), asked(&other));
    let names = |text: &str| (0..40).filter(|i| text.contains(&format!("Sail{i:02}z"))).collect::<Vec<_>>();
    assert_ne!(names(&one), names(&two), "another seed asks something else");
    let (a, b) = one.split_once("VersionB").unwrap();
    assert_eq!(names(a), names(b));
    assert!(names(a).len() >= 8, "{:?}", names(a));
    let order = |text: &str| {
        let mut order: Vec<(usize, usize)> =
            (0..40).filter_map(|i| Some((text.find(&format!("Sail{i:02}z"))?, i))).collect();
        order.sort();
        order.into_iter().map(|(_, i)| i).collect::<Vec<_>>()
    };
    assert_ne!(order(a), order(b), "in another order");
}

#[test]
fn the_key_answers_what_the_quiz_asks() {
    let options = SheetOptions { questions: 20, ..SheetOptions::default() };
    let (printed, _) = set(Print::Quiz, &quizzed(), &options);
    let lines = |pdf: &[u8]| -> Vec<String> {
        let look = look(pdf, &[]);
        let text: String =
            look["pages"].as_array().unwrap().iter().map(|page| page.as_str().unwrap()).collect::<Vec<_>>().join("\n");
        text.split(['\r', '\n']).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let (quiz, key) = (lines(&printed[0].pdf), lines(&printed[1].pdf));
    let mut choices = 0;
    for n in 1..=8 {
        // "3. Sail07z" in the quiz, "3. B the sail number 07q …" in the key, "B the sail number 07q …" as an option
        let start = format!("{n}.");
        let stem = quiz.iter().position(|line| line.starts_with(&start) && line.contains("Sail")).unwrap();
        let number: String = quiz[stem].split("Sail").nth(1).unwrap().chars().take(2).collect();
        let answer = key.iter().find(|line| line.starts_with(&start)).unwrap();
        assert!(answer.contains(&format!("{number}q")), "{} / {answer}", quiz[stem]);
        let letter = answer[start.len()..].trim().chars().next().unwrap();
        let options = quiz[stem + 1..].join(" ");
        assert!(options.contains(&format!("{letter} the sail number {number}q")), "{letter} {number}: {options}");
        choices += 1;
    }
    assert_eq!(choices, 8);
    let all = key.join(" ");
    assert!(all.contains("Able Boat") && all.contains("port"), "{all}");
}

#[test]
fn a_quiz_says_when_it_is_shorter_than_asked() {
    let (_, said) = set(Print::Quiz, &deck("x", many(12)), &SheetOptions { questions: 50, ..SheetOptions::default() });
    assert!(said.len() == 1 && said[0].starts_with("quiz-short: only "), "{said:?}");
    let nothing = deck("x", vec![fact("aone", &[], FactKind::Points, "List", "- a\n- b")]);
    let options = SheetOptions::default();
    let error = print(Print::Quiz, &job(&nothing, &options), &mut Vec::new()).err().unwrap();
    assert!(error.hint.is_some(), "{error}");
}

#[test]
fn each_format_writes_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let note: String = (0..30).map(|i| format!("- Sail{i:02} : the sail for wind {i}\n")).collect();
    std::fs::write(folder.path().join("sails.md"), format!("# Sails\n\n{note}")).unwrap();
    let run = |arguments: &[&str]| {
        support::succeeded(&support::amgi(folder.path()).args(arguments).output().unwrap(), "amgi");
    };
    run(&["build", "sails.md", "--only", "selftest,flashcards,quiz-sheet", "--versions", "2"]);
    run(&["export", "sheet", "--preview", "--section", "Sails", "--mono", "--index", "--smallest", "6"]);
    let there = |name: &str| folder.path().join("out").join(name).is_file();
    for name in
        ["Sails.selftest.pdf", "Sails.flashcards.pdf", "Sails.quiz.pdf", "Sails.quiz-key.pdf", "Sails.cheatsheet.pdf"]
    {
        assert!(there(name), "{name}");
    }
    assert!(there("Sails.cheatsheet-1.png") && !there("Sails.apkg"));
    let wrong = support::amgi(folder.path()).args(["export", "selftest", "--section", "Moon"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn pictures_are_printed_and_those_that_cannot_be_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40" fill="#00a000"/></svg>"##;
    std::fs::write(folder.path().join("flag.svg"), svg).unwrap();
    std::fs::write(folder.path().join("torn.png"), "no picture").unwrap();
    let note = "# Flags\n\n- Kilo : I wish to talk ![a flag](flag.svg)\n- Lima : stop at once ![torn](torn.png)\n";
    std::fs::write(folder.path().join("flags.md"), note).unwrap();
    let output = support::amgi(folder.path())
        .args(["build", "flags.md", "--only", "sheet,flashcards", "--mono"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    support::succeeded(&output, "build");
    assert_eq!(said.matches("warning[picture-format]: the picture torn.png").count(), 1, "{said}");
    for name in ["cheatsheet", "flashcards"] {
        let found = look(&std::fs::read(folder.path().join(format!("out/Flags.{name}.pdf"))).unwrap(), &[]);
        assert_eq!(found["coloured"], true, "the flag is the only thing with a colour");
        assert!(pages(&found).concat().contains("torn"), "the name stands for what cannot be printed");
    }
}
