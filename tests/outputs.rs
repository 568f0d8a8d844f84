//! Outputs as their readers find them: Quizlet's text by its rules, the CSV by the csv crate.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "support/entries.rs"]
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod entries;

use amgi::deck::{Entry, FactKind};
use amgi::export::quizlet;
use entries::{HOSTILE, cloze, comparison, deck, fact, ordinary};

fn lines(entries: Vec<Entry>) -> Vec<String> {
    String::from_utf8(quizlet::text(&deck("x", entries))).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn quizlet_text_is_one_line_a_card_with_one_tab() {
    let mut entries = ordinary();
    entries.extend(HOSTILE.iter().enumerate().map(|(i, text)| {
        fact(&format!("h{i}"), &[], FactKind::Definition, text, &format!("{text}\ttab\n\nline\r\nend"))
    }));
    let lines = lines(entries);
    assert!(lines.len() >= 7 + HOSTILE.len() - 2, "{lines:#?}");
    for line in &lines {
        let sides: Vec<&str> = line.split('\t').collect();
        assert!(sides.len() == 2 && sides.iter().all(|side| !side.trim().is_empty()), "{line:?}");
    }
    assert_eq!(
        &lines[..7],
        [
            "Cardinal mark\tshows where deep water is",
            "부두의 종류\t• 안벽 • 잔교 • 물양장",
            "얼음 바다\t쇄빙선",
            "VTS\tVessel Traffic Service",
            "Sloop vs Ketch: Masts\tSloop: one / Ketch: two",
            "Sloop vs Ketch\tSloop: light",
            "Keep the buoy to ____ when ____.\tport, entering",
        ]
    );
}

#[test]
fn one_front_with_two_answers_says_where_each_is_from() {
    let entries = vec![
        fact("aone", &["Tides"], FactKind::Definition, "Range", "high minus low"),
        fact("atwo", &["Radar"], FactKind::Definition, "Range", "distance to the target"),
    ];
    assert_eq!(lines(entries), ["Range (Tides)\thigh minus low", "Range (Radar)\tdistance to the target"]);
}

#[test]
fn quizlet_cards_are_told_apart_and_show_something() {
    let entries = vec![
        fact("aone", &["Web"], FactKind::Definition, "Hit", "a request"),
        fact("atwo", &["Web"], FactKind::Definition, "Hit", "a request"),
        fact("athree", &["Web"], FactKind::Definition, "Hit", "found in a cache"),
        fact("afour", &[], FactKind::Definition, "\u{200B}", "an invisible front"),
        comparison(
            "afive",
            &[],
            &["P", "Q"],
            &[("", &["one", "two"]), ("", &["three", ""]), ("Shape", &["![](x.png)", ""])],
        ),
        cloze("asix", &[], "run `chmod {{+x}}` on `a____b`"),
    ];
    assert_eq!(
        lines(entries),
        [
            "Hit (Web)\ta request",
            "Hit (Web) [2]\tfound in a cache",
            "P vs Q\tP: one; three / Q: two",
            "run chmod ____ on a____b\t+x",
        ]
    );
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    let entries = HOSTILE
        .iter()
        .enumerate()
        .map(|(i, text)| fact(&format!("h{i}"), &[], FactKind::Definition, text, text))
        .collect();
    let bytes = quizlet::csv(&deck("x", entries)).unwrap();
    assert!(!bytes.starts_with(b"\xef\xbb\xbf"));
    let mut rows = 0;
    for row in csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice()).records() {
        let row = row.unwrap();
        rows += 1;
        assert_eq!(row.len(), 2);
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t']) && !cell.is_empty()), "{row:?}");
    }
    assert!(rows >= HOSTILE.len() - 2, "{rows}");
}
