//! Packages as Anki itself takes them: imported with its own library, every card rendered, then imported again.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[path = "support/entries.rs"]
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod entries;
#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use amgi::deck::{Content, Deck, Entry, FactKind, Row, Timestamp};
use amgi::export::{AnkiOptions, CardOptions, PackageFormat, apkg};
use amgi::media::Media;
use amgi::templates::Templates;
use entries::{cloze, comparison, deck, detailed, entry, expansion, fact};
use serde_json::Value;

/// Writes the package and says where.
fn package(folder: &Path, name: &str, deck: &Deck) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, legacy(deck).expect("a package")).expect("write the package");
    path
}

fn legacy(deck: &Deck) -> amgi::error::Result<Vec<u8>> {
    apkg(deck, &Templates::default(), &AnkiOptions::default(), &Media::default())
}

fn anki(steps: &[&Path]) -> Value {
    serde_json::from_str(&support::python_script("anki_import.py", steps)).expect("JSON of anki_import.py")
}

/// What must hold of every package whatever is in it.
fn assert_sound(anki: &Value) {
    assert_eq!(anki["wrong"].as_array().map(Vec::len), Some(0), "{}", anki["wrong"]);
    assert_eq!(anki["wrong_checksums"].as_array().map(Vec::len), Some(0), "{}", anki["wrong_checksums"]);
    assert_eq!(anki["notes_without_cards"], 0);
    assert_eq!(anki["empty_cards"], 0);
    assert_eq!(anki["missing_media"].as_array().map(Vec::len), Some(0), "{}", anki["missing_media"]);
    assert_eq!(anki["check_database"].as_array().map(Vec::len), Some(0), "{}", anki["check_database"]);
    assert_eq!(anki["cards"], anki["cards_after_check"], "Anki had to add cards");
    assert_eq!(anki["presets_unchanged"], true);
}

fn ords(note: &Value) -> Vec<u64> {
    note["cards"].as_array().unwrap().iter().map(|card| card["ord"].as_u64().unwrap()).collect()
}

fn text<'a>(anki: &'a Value, card: &str, side: usize) -> &'a str {
    anki["texts"][card][side].as_str().unwrap_or_else(|| panic!("no card {card}"))
}

fn ordinary() -> Vec<Entry> {
    let mut tagged =
        fact("aordinary0001", &["컴퓨팅", "EC2"], FactKind::Definition, "On Demand", "쓴 시간만큼 내는 방식");
    tagged.tags = vec!["aws".to_owned(), "두 단어".to_owned()];
    let mut reversed = fact("aordinary0002", &["컴퓨팅", "EC2"], FactKind::Cue, "SFTP, FTP", "Transfer Family");
    reversed.reverse = Some(true);
    let mut dropped = fact("aordinary0003", &[], FactKind::Definition, "Dropped", "never seen");
    dropped.drop = true;
    let details = Some("- level triggered\n- no clock");
    let latch =
        detailed("aordinary0004", &["Storage"], FactKind::Definition, "Latch", "A **bistable** circuit", details);
    vec![
        tagged,
        reversed,
        dropped,
        latch,
        fact("aordinary0005", &["Storage"], FactKind::Points, "Disks", "- fast\n- cheap\n  - nested\n- large"),
        fact("aordinary0006", &["저장"], FactKind::Points, "디스크", "1. 빠르다\n2. 싸다"),
        expansion("aordinary0007", &["EC2 (Elastic Compute Cloud)"], "EC2", "Elastic Compute Cloud"),
        expansion("aordinary0008", &[], "CRR", "Cross Region Replication"),
        expansion("aordinary0009", &[], "CRR", "Change Request Review"),
        comparison(
            "aordinary0010",
            &["비교"],
            &["Gateway", "Interface"],
            &[("Routing", &["table", "ENI"]), ("", &["free", ""]), ("Nothing", &["", " "]), ("", &["", "billed"])],
        ),
        cloze("aordinary0011", &["빈칸"], "the script is {{only run once}} at the {{first}} start, {{only run once}}"),
        // a twin of the first in another section
        fact("aordinary0012", &["네트워크"], FactKind::Definition, "On Demand", "필요할 때"),
    ]
}

#[test]
fn ordinary_entries_become_the_cards_they_should() {
    let folder = tempfile::tempdir().unwrap();
    let path = package(folder.path(), "a.apkg", &deck("AWS", ordinary()));
    let anki = anki(&[&path]);
    assert_sound(&anki);
    let notes = &anki["steps"][0]["notes"];
    assert_eq!(anki["steps"][0]["log"]["new"], 12);
    assert!(notes["aordinary0003"].is_null(), "a dropped entry is not exported");
    let expected: [(&str, &str, &[u64]); 9] = [
        ("aordinary0001", "amgi definition", &[0, 1]),
        ("aordinary0002", "amgi definition", &[0, 1]),
        ("aordinary0004", "amgi definition", &[0, 1]),
        ("aordinary0005", "amgi definition", &[0]),
        ("aordinary0007", "amgi expansion", &[0, 1]),
        ("aordinary0009", "amgi expansion", &[0, 1]),
        ("aordinary0010", "amgi comparison", &[0, 1, 3]),
        ("aordinary0010-table", "amgi definition", &[0]),
        ("aordinary0011", "amgi cloze", &[0, 1]),
    ];
    for (guid, kind, cards) in expected {
        assert_eq!(notes[guid][0]["type"], kind, "{guid}");
        assert_eq!(ords(&notes[guid][0]), cards, "{guid}");
    }
    let decks: Vec<&str> = anki["decks"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for deck in ["AWS", "AWS::컴퓨팅", "AWS::컴퓨팅::EC2", "AWS::Storage", "AWS::네트워크"] {
        assert!(decks.contains(&deck), "{deck} in {decks:?}");
    }
    assert_eq!(notes["aordinary0001"][0]["cards"][0]["deck"], "AWS::컴퓨팅::EC2");
    assert_eq!(notes["aordinary0008"][0]["cards"][0]["deck"], "AWS");
    assert_eq!(
        notes["aordinary0001"][0]["tags"],
        serde_json::json!(["amgi::kind::definition", "amgi::컴퓨팅::EC2", "aws", "두_단어"])
    );
    assert_eq!(notes["aordinary0001"][0]["mod"], 1_750_000_000);
}

#[test]
fn fronts_ask_and_do_not_tell() {
    let folder = tempfile::tempdir().unwrap();
    let path = package(folder.path(), "a.apkg", &deck("AWS", ordinary()));
    let anki = anki(&[&path]);
    assert!(text(&anki, "aordinary0005/0", 0).contains("3가지"), "an English entry of a Korean note");
    assert!(text(&anki, "aordinary0006/0", 0).contains("2가지"));
    // the points that a tap shows are held where nothing shows them
    let (before, held) = text(&anki, "aordinary0005/0", 0).split_once("<template").unwrap();
    let (held, after) = held.split_once("</template>").unwrap();
    assert!(held.contains("cheap") && !before.contains("cheap") && !after.contains("cheap"));
    assert!(!text(&anki, "aordinary0004/0", 0).contains("template"), "no definition is held");
    let whole = text(&anki, "aordinary0010-table/0", 0);
    assert!(whole.contains("Gateway vs Interface") && !whole.contains("ENI"), "{whole}");
    assert!(text(&anki, "aordinary0004/0", 1).contains("<li>no clock</li>"));
    // a heading that spells the long form out stays off the front that asks for it, and the short one off the other
    assert!(!text(&anki, "aordinary0007/0", 0).contains("Elastic"));
    assert!(!text(&anki, "aordinary0007/1", 0).contains("EC2"));
    assert!(text(&anki, "aordinary0007/0", 1).contains("<b>E</b>lastic <b>C</b>ompute <b>C</b>loud"));
    // the row asked is hidden whole, the others stand there
    let row = text(&anki, "aordinary0010/0", 0);
    let shown =
        row.split("data-cloze").map(|part| part.split_once('>').map_or(part, |(_, rest)| rest)).collect::<String>();
    assert!(row.contains("Routing") && shown.contains("free") && !shown.contains("ENI"), "{shown}");
    assert!(text(&anki, "aordinary0010/0", 1).contains("ENI"));
    let last = text(&anki, "aordinary0010/3", 0);
    assert!(last.contains("table") && last.contains("ENI"), "{last}");
    assert!(text(&anki, "aordinary0011/1", 0).contains("only run once"));
    let order: Vec<u64> = ["aordinary0001", "aordinary0002", "aordinary0012"]
        .iter()
        .map(|guid| anki["steps"][0]["notes"][*guid][0]["cards"][0]["due"].as_u64().unwrap())
        .collect();
    assert!(order.is_sorted(), "{order:?}");
}

fn hostile() -> Vec<Entry> {
    let answers = [
        "{{c1::x}} and }} and {{ and ::",
        "a\u{1f}b\0c",
        "[sound:x.mp3] [$]x[/$] [latex]y[/latex] [anki:tts lang=en_US]z[/anki:tts]",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "![a picture](pictures/a.png) ![](b.png) [x](javascript:alert(1))",
        "```\nint a = b < c && {{d}};\n```",
        "$\\frac{a}{b^{2}}$ and $$x^{{2}}$$",
        "|a|b|\n|-|-|\n|1|{{2}}|",
        "&lt;b&gt; &amp; < > \" '",
        "{{FrontSide}} {{#Term}}{{/Term}} {{Nothing}}",
    ];
    let mut entries: Vec<Entry> = answers
        .iter()
        .enumerate()
        .map(|(i, answer)| {
            fact(&format!("hanswer{i:06}"), &["std::vector"], FactKind::Definition, &format!("t{i}"), answer)
        })
        .collect();
    entries.extend(
        answers.iter().enumerate().map(|(i, term)| {
            fact(&format!("hterm{i:08}"), &["", ":::", "a\"b"], FactKind::Definition, term, "an answer")
        }),
    );
    entries.extend(
        answers
            .iter()
            .enumerate()
            .map(|(i, text)| cloze(&format!("hcloze{i:07}"), &["빈칸"], &format!("{text} {{{{hidden}}}}"))),
    );
    entries.extend(
        answers
            .iter()
            .enumerate()
            .map(|(i, text)| cloze(&format!("hinner{i:07}"), &["빈칸"], &format!("{{{{{text}}}}} is hidden"))),
    );
    entries.extend(answers.iter().enumerate().map(|(i, cell)| {
        comparison(&format!("hcell{i:08}"), &["비교"], &[cell, "b"], &[(cell, &[cell, "x"]), ("", &["", cell])])
    }));
    entries
        .extend(answers.iter().enumerate().map(|(i, form)| expansion(&format!("hform{i:08}"), &[], form, "long form")));
    let lines = "a < b\n".repeat(500);
    entries.push(fact("hlines0000001", &["C++", "x", "y", "z", "five", "six"], FactKind::Points, "lines", &lines));
    entries.push(cloze("hlines0000002", &["빈칸"], &format!("{lines}{{{{x}}}}")));
    let rows: Vec<(String, [String; 2])> =
        (0..200).map(|i| (format!("row {i}"), [format!("a{i}"), format!("b{i}")])).collect();
    let rows = rows.into_iter().map(|(aspect, cells)| Row { aspect, cells: cells.to_vec() }).collect();
    let subjects = vec!["A".to_owned(), "B".to_owned()];
    entries.push(entry("hrows00000001", &["c++", "X"], Content::Comparison { subjects, rows }));
    // nothing to ask, or nothing to answer
    entries.push(fact("hnothing00001", &[], FactKind::Definition, " ", "an answer"));
    entries.push(fact("hnothing00002", &[], FactKind::Definition, "a term", "\u{a0}"));
    entries.push(cloze("hnothing00003", &["빈칸"], "nothing {{ }} hidden }}"));
    entries.push(comparison("hnothing00004", &["비교"], &["A", "B"], &[("x", &["", ""])]));
    entries.push(expansion("hnothing00005", &[], "", "x"));
    let mut undated = fact("hundated00001", &[], FactKind::Definition, "12345", "a number as a term");
    undated.changed = None;
    entries.push(undated);
    entries
}

#[test]
fn hostile_entries_are_only_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = package(folder.path(), "h.apkg", &deck("C++ :: \"std\"", hostile()));
    let anki = anki(&[&path]);
    assert_sound(&anki);
    let notes = anki["steps"][0]["notes"].as_object().unwrap();
    assert!(notes.keys().all(|guid| !guid.starts_with("hnothing")));
    let own = notes.keys().filter(|guid| !guid.contains('-')).count();
    assert_eq!(own, hostile().len() - 5);
    assert!(notes.contains_key("hcell00000000-table"), "tables and choices are hostile as well");
    assert_eq!(notes["hrows00000001"][0]["cards"].as_array().unwrap().len(), 200);
    for (i, last) in [1, 0, 0, 0, 0, 1, 1, 0, 0, 4].into_iter().enumerate() {
        assert_eq!(ords(&notes[&format!("hcloze{i:07}")][0]).last(), Some(&last), "{i}");
    }
    let decks: Vec<&str> = anki["decks"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let title = "C++ ∷ 'std'";
    assert!(decks.contains(&format!("{title}::std∷vector").as_str()), "{decks:?}");
    assert!(decks.contains(&format!("{title}::a'b").as_str()), "{decks:?}");
    assert!(decks.contains(&format!("{title}::C++::x::y::z").as_str()), "{decks:?}");
    assert!(!decks.iter().any(|deck| deck.contains("five") || deck.contains("blank")), "{decks:?}");
    assert_eq!(notes["hrows00000001"][0]["cards"][0]["deck"], format!("{title}::C++::x"), "one deck whatever the case");
    assert!(text(&anki, "hanswer000000/0", 1).contains("<p>{{c1::x}} and }} and {{ and ::</p>"));
    assert!(text(&anki, "hanswer000009/0", 1).contains("{{FrontSide}} {{#Term}}{{/Term}} {{Nothing}}"));
    assert!(text(&anki, "hinner0000000/0", 1).contains("c1&#58;&#58;x"));
}

#[test]
fn the_same_package_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let first = package(folder.path(), "1.apkg", &deck("AWS", ordinary()));
    let again = package(folder.path(), "2.apkg", &deck("AWS", ordinary()));
    assert!(std::fs::read(&first).unwrap() == std::fs::read(&again).unwrap(), "the same deck gives the same bytes");
    let anki = anki(&[&first, &again]);
    assert_sound(&anki);
    assert_eq!(anki["steps"][1]["log"]["new"], 0);
    assert_eq!(anki["steps"][1]["log"]["updated"], 0);
    assert_eq!(anki["steps"][0]["notes"], anki["steps"][1]["notes"]);
}

#[test]
fn a_corrected_answer_keeps_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let first = package(folder.path(), "1.apkg", &deck("AWS", ordinary()));
    let mut entries = ordinary();
    entries[0].changed = Some(Timestamp(1_760_000_000));
    if let Content::Fact { answer, .. } = &mut entries[0].content {
        *answer = "쓴 초만큼 내는 방식".to_owned();
    }
    // a new entry before it must not disturb it, and one whose text changed without its date is not touched
    entries.insert(0, fact("anew000000001", &[], FactKind::Definition, "New", "thing"));
    if let Content::Cloze { text } = &mut entries[11].content {
        text.push_str(" later");
    }
    let second = package(folder.path(), "2.apkg", &deck("AWS", entries));
    let anki = anki(&[&first, Path::new("review=aordinary0001:0"), &second]);
    assert_sound(&anki);
    let log = &anki["steps"][2]["log"];
    assert_eq!(
        (log["new"].as_u64(), log["updated"].as_u64(), log["conflicting"].as_u64()),
        (Some(1), Some(1), Some(0))
    );
    let (before, after) = (&anki["steps"][1]["notes"]["aordinary0001"], &anki["steps"][2]["notes"]["aordinary0001"]);
    assert_eq!(after.as_array().map(Vec::len), Some(1));
    assert!(after[0]["fields"]["Answer"].as_str().unwrap().contains("초만큼"));
    assert_eq!(before[0]["id"], after[0]["id"]);
    assert_eq!(before[0]["cards"], after[0]["cards"]);
    assert_eq!(after[0]["cards"][0]["reviews"], 1);
}

#[test]
fn note_types_are_what_they_will_always_be() {
    let folder = tempfile::tempdir().unwrap();
    let entries = ordinary().into_iter().chain(alike()).collect();
    let anki = anki(&[&package(folder.path(), "a.apkg", &deck("AWS", entries))]);
    let extra = ["Extra1", "Extra2", "Extra3", "Extra4"];
    let expected: [(&str, u64, &[&str], &[&str]); 5] = [
        (
            "amgi definition",
            1_742_000_000_001,
            &[
                "Term",
                "Answer",
                "Details",
                "Kind",
                "Section",
                "Note",
                "Ask",
                "Reverse",
                "ReverseSection",
                "Look",
                "More",
            ],
            &["Answer", "Term"],
        ),
        (
            "amgi expansion",
            1_742_000_000_002,
            &["Short", "Long", "Initials", "Details", "Section", "Note", "Ask", "Reverse", "ReverseSection", "Look"],
            &["Long form", "Short form"],
        ),
        (
            "amgi comparison",
            1_742_000_000_003,
            &["Subjects", "Table", "Details", "Section", "Note", "Ask", "Look"],
            &["Row"],
        ),
        ("amgi cloze", 1_742_000_000_004, &["Text", "Details", "Section", "Note", "Ask", "Look"], &["Cloze"]),
        (
            "amgi choice",
            1_742_000_000_005,
            &["Question", "Choices", "Details", "Section", "Note", "Ask", "Look", "More", "Verdicts"],
            &["Choice"],
        ),
    ];
    for (name, id, fields, cards) in expected {
        let fields: Vec<&str> = fields.iter().chain(&extra).copied().collect();
        assert_eq!(anki["note_types"][name], serde_json::json!([id, fields, cards]), "{name}");
    }
    let notes = &anki["steps"][0]["notes"];
    assert_eq!(notes["aordinary0001"][0]["fields"]["Kind"], "definition");
    assert_eq!(notes["aordinary0001"][0]["fields"]["Term"], "On Demand");
    assert_eq!(notes["aordinary0007"][0]["fields"]["Long"], "Elastic Compute Cloud");
    assert!(notes["aordinary0010"][0]["fields"]["Table"].as_str().unwrap().contains("{{c1::table}}"));
}

/// Four entries of one shape, so that each can be asked by choosing.
fn alike() -> Vec<Entry> {
    [("Jib", "앞 돛 {{c1::하나}}"), ("Main", "주 돛 <b>둘</b>"), ("Genoa", "큰 앞 돛 셋"), ("Mizzen", "뒤 돛대 돛 넷")]
        .iter()
        .enumerate()
        .map(|(at, (term, answer))| fact(&format!("aalike000000{at}"), &["돛"], FactKind::Definition, term, answer))
        .collect()
}

#[test]
fn what_is_alike_is_asked_by_choosing() {
    let folder = tempfile::tempdir().unwrap();
    let entries: Vec<Entry> = alike().into_iter().chain(ordinary()).collect();
    let anki = anki(&[&package(folder.path(), "a.apkg", &deck("AWS", entries))]);
    assert_sound(&anki);
    let notes = &anki["steps"][0]["notes"];
    let choice = &notes["aalike0000000-choice"][0];
    assert_eq!(choice["type"], "amgi choice");
    assert_eq!(choice["mod"], notes["aalike0000000"][0]["mod"]);
    let choices = choice["fields"]["Choices"].as_str().unwrap();
    assert_eq!(choices.matches("<li").count(), 4, "{choices}");
    assert_eq!(choices.matches("class=\"right\"").count(), 1);
    let (_, right) = choices.split_once("class=\"right\">").unwrap();
    assert!(right.starts_with("앞 돛 &#123;&#123;c1::하나"), "{right}");
    let due = |guid: &str| notes[guid][0]["cards"][0]["due"].as_u64().unwrap();
    assert!(due("aalike0000000-choice") > due("aordinary0012"), "what is chosen comes after what is recalled");
    assert!(notes["aordinary0001-choice"].is_null(), "too few are like it");
    assert!(text(&anki, "aalike0000001-choice/0", 0).contains("주 돛 &lt;b&gt;둘"));
}

#[test]
fn which_cards_there_are_is_the_learners_choice() {
    let folder = tempfile::tempdir().unwrap();
    let mut entries: Vec<Entry> = ordinary().into_iter().chain(alike()).collect();
    entries.iter_mut().find(|entry| entry.id.0 == "aordinary0004").unwrap().forward = Some(true);
    let cards =
        CardOptions { forward: false, reverse: Some(true), choice: false, table: false, type_in: true, deck_depth: 1 };
    let options = AnkiOptions { cards, ..AnkiOptions::default() };
    let path = folder.path().join("a.apkg");
    let bytes = apkg(&deck("AWS", entries), &Templates::default(), &options, &Media::default()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    let anki = anki(&[&path]);
    assert_sound(&anki);
    let notes = &anki["steps"][0]["notes"];
    assert_eq!(ords(&notes["aordinary0001"][0]), [1]);
    assert_eq!(ords(&notes["aordinary0004"][0]), [0, 1], "the entry's own wish wins");
    assert!(notes["aordinary0010-table"].is_null() && notes["aalike0000000-choice"].is_null());
    let decks: Vec<&str> = anki["decks"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(decks.contains(&"AWS::컴퓨팅") && !decks.contains(&"AWS::컴퓨팅::EC2"), "{decks:?}");
    for card in ["aordinary0007/0", "aordinary0007/1", "aordinary0001/1"] {
        assert!(text(&anki, card, 0).contains("[[type:"), "{}", text(&anki, card, 0));
    }
}

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\x05\x02\0_\xc8\xf1\xd2\0\0\0\0IEND\xaeB`\x82";

/// A folder of notes with pictures, built with amgi; and what was said.
fn built_with_pictures(folder: &Path, arguments: &[&str]) -> String {
    std::fs::create_dir_all(folder.join("source/배/그림 들")).unwrap();
    std::fs::create_dir_all(folder.join("source/other")).unwrap();
    std::fs::write(folder.join("source/배/그림 들/돛 대.png"), PIXEL).unwrap();
    std::fs::write(folder.join("source/배/mast.png"), [PIXEL, b"1"].concat()).unwrap();
    std::fs::write(folder.join("source/other/mast.png"), [PIXEL, b"2"].concat()).unwrap();
    std::fs::write(folder.join("secret.png"), PIXEL).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("secret.png"), folder.join("source/linked.png")).unwrap();
    let note = "# 배\n\n- 돛대 : 돛을 다는 기둥\n\n![](그림%20들/돛%20대.png)\n\n- 키 : 방향을 잡는 판 ![키](mast.png)\n\
                - 닻 : 배를 붙드는 쇠\n  ![[돛 대.png|200]]\n- 노 : 젓는 막대 ![x](../../secret.png)\n\
                - 삭구 : 줄과 사슬 ![y](../linked.png)\n- 고물 : 배의 뒤 ![z](none.png)\n- 이물 : 배의 앞 ![](https://x.example/a.png)\n";
    std::fs::write(folder.join("source/배/배.md"), note).unwrap();
    std::fs::write(folder.join("source/other/b.md"), "# Masts\n\n- Mast : holds a sail ![](mast.png)\n").unwrap();
    let output = support::amgi(folder).args(["build", "--only", "apkg"]).args(arguments).output().unwrap();
    support::succeeded(&output, "amgi build");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn pictures_come_along_and_nothing_from_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let said = built_with_pictures(folder.path(), &[]);
    for url in ["../../secret.png", "../linked.png", "none.png"] {
        assert!(said.contains(&format!("there is no picture {url}")), "{said}");
    }
    assert!(
        said.contains("source/배/배.md:10:") && said.contains("https://x.example/a.png is on the network"),
        "{said}"
    );
    let legacy = folder.path().join("out/source.apkg");
    let kept = folder.path().join("legacy.apkg");
    std::fs::copy(&legacy, &kept).unwrap();
    built_with_pictures_again(folder.path());
    for package in [&kept, &legacy] {
        let anki = anki(&[package]);
        assert_sound(&anki);
        let names: Vec<&str> = anki["media"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(names.len(), 3, "{names:?}");
        assert!(names.iter().all(|name| name.starts_with("amgi-") && name.ends_with(".png")));
        let shown = anki["texts"].as_object().unwrap().values().map(|sides| sides[1].as_str().unwrap());
        let pictures: Vec<String> = shown
            .flat_map(|side| {
                side.match_indices("<img src=\"").map(|(at, _)| side[at + 10..at + 40].to_owned()).collect::<Vec<_>>()
            })
            .collect();
        assert!(pictures.len() >= 4, "{pictures:?}");
    }
}

/// The same notes as the modern package, from the cards alone.
fn built_with_pictures_again(folder: &Path) {
    let output = support::amgi(folder).args(["export", "apkg", "--apkg", "modern"]).output().unwrap();
    support::succeeded(&output, "amgi export");
}

#[test]
fn two_entries_with_one_id_are_an_error() {
    let twice = fact("asame00000001", &[], FactKind::Definition, "a", "b");
    let error = legacy(&deck("t", vec![twice.clone(), twice])).unwrap_err();
    assert!(error.message.contains("asame00000001"), "{error}");
}

#[test]
fn an_empty_deck_is_a_package() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = legacy(&Deck::default()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let names: Vec<String> =
        (0..archive.len()).map(|i| archive.by_index(i).unwrap().name().unwrap().into_owned()).collect();
    assert_eq!(names, ["collection.anki2", "media"]);
    let mut media = String::new();
    archive.by_name("media").unwrap().read_to_string(&mut media).unwrap();
    assert_eq!(media, "{}");
    let path = package(folder.path(), "empty.apkg", &Deck::default());
    assert_sound(&anki(&[&path]));
}

#[test]
fn an_english_note_is_labelled_in_english() {
    let folder = tempfile::tempdir().unwrap();
    let mut english = deck("Storage", ordinary().into_iter().filter(|e| e.id.0 == "aordinary0005").collect());
    english.notes[0].title = "Storage".to_owned();
    let anki = anki(&[&package(folder.path(), "e.apkg", &english)]);
    assert_sound(&anki);
    assert!(text(&anki, "aordinary0005/0", 0).contains("<b>3 points</b>"));
}

#[test]
fn templates_of_the_users_own_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("anki")).unwrap();
    let own = folder.path().join("anki/definition.front.html");
    std::fs::write(&own, "{{#Term}}<u>My own</u> {{Term}}{{/Term}}").unwrap();
    let templates = Templates::new(vec![folder.path().to_path_buf()]);
    let first = package(folder.path(), "1.apkg", &deck("AWS", ordinary()));
    let second = folder.path().join("2.apkg");
    std::fs::write(
        &second,
        apkg(&deck("AWS", ordinary()), &templates, &AnkiOptions::default(), &Media::default()).unwrap(),
    )
    .unwrap();
    let anki = anki(&[&first, &second]);
    assert_sound(&anki);
    assert!(text(&anki, "aordinary0004/0", 0).contains("<u>My own</u> Latch"));

    std::fs::write(&own, "{{Trem}}").unwrap();
    let error = apkg(&deck("AWS", ordinary()), &templates, &AnkiOptions::default(), &Media::default()).unwrap_err();
    assert!(error.message.contains("anki/definition.front.html") && error.message.contains("Trem"), "{error}");
}

#[test]
fn the_modern_package_is_the_same_to_anki() {
    let folder = tempfile::tempdir().unwrap();
    let legacy = package(folder.path(), "legacy.apkg", &deck("AWS", ordinary()));
    let options = AnkiOptions { format: PackageFormat::Modern, ..AnkiOptions::default() };
    let bytes = || apkg(&deck("AWS", ordinary()), &Templates::default(), &options, &Media::default()).unwrap();
    let modern = folder.path().join("modern.apkg");
    std::fs::write(&modern, bytes()).unwrap();
    assert!(std::fs::read(&modern).unwrap() == bytes(), "the same deck gives the same bytes");
    let (from_legacy, from_modern) = (anki(&[&legacy]), anki(&[&modern]));
    assert_sound(&from_modern);
    for what in ["decks", "tags", "note_types", "texts", "cards"] {
        assert_eq!(from_legacy[what], from_modern[what], "{what}");
    }
    assert_eq!(from_legacy["steps"][0]["notes"], from_modern["steps"][0]["notes"]);
    let after = anki(&[&legacy, &modern]);
    assert_eq!(after["steps"][1]["log"]["new"], 0);
    assert_eq!(after["steps"][1]["log"]["updated"], 0);
}
