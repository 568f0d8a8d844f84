//! The review page as a person uses it: keys and clicks in Chromium, and its cards beside Anki's own.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

const NOTE: &str = "\
# Tea

## Leaves

- Oolong : partly oxidised tea
- Matcha : green tea as powder
- Bancha : </script><img src=x onerror=window.broken=2> and `{{c1::term}}`, {{=}}, **bold**

## Tea ware

The words of the tea table.

- 다관 : 차를 우리는 작은 주전자 std::vector
- 숙우 : 물을 식히는 그릇 ![](bowl.svg)

## Gyokuro vs Sencha

- Gyokuro:
  - colour: deep green
  - grown: in the shade
- Sencha:
  - colour: yellow green
  - grown: in the sun

Cups come from TFTC(Tea For The Cup).

perhaps once </script><script>window.broken=1</script><!-- & \u{2028} more
";

/// A folder with the note, built.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tea.md"), NOTE).unwrap();
    let bowl =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><path d=\"M0 0h40l-9 20H9z\"/></svg>";
    std::fs::write(folder.path().join("bowl.svg"), bowl).unwrap();
    let output = support::amgi(folder.path()).args(["build", "tea.md", "--only", "apkg,review"]).output().unwrap();
    support::succeeded(&output, "amgi build");
    folder
}

#[test]
fn a_person_finds_their_way_by_keys_and_clicks() {
    let Some(program) = support::chromium() else {
        eprintln!("a_person_finds_their_way_by_keys_and_clicks: left out, there is no Chromium here");
        return;
    };
    let folder = built();
    let out = folder.path().join("out");
    let page = out.join("review.html");
    support::python_script("review_page.py", &[&program, &page, &out.join("Tea.apkg")]);
    let output = support::amgi(folder.path()).args(["export", "review"]).output().unwrap();
    support::succeeded(&output, "amgi export review");
    support::python_script("review_page.py", &[&program, &page]);
}

/// Without a browser: what a hostile note could do to the page around it.
#[test]
fn no_note_ends_the_element_it_stands_in() {
    let folder = built();
    let page = std::fs::read_to_string(folder.path().join("out/review.html")).unwrap();
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let (data, rest) = data.split_once("</script>").unwrap();
    let value: serde_json::Value = serde_json::from_str(data).unwrap();
    let lines = value["notes"][0]["lines"].as_array().unwrap();
    assert!(lines[26][0].as_str().unwrap().contains("</script><script>window.broken=1</script><!-- & \u{2028}"));
    assert!(!data.contains(['<', '\u{2028}']) && !rest.contains("window.broken"));
}

#[test]
fn templates_of_the_page_are_the_users_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tea.md"), NOTE).unwrap();
    std::fs::create_dir_all(folder.path().join("templates/review")).unwrap();
    let build = |file: &str, text: &str| {
        std::fs::write(folder.path().join("templates/review").join(file), text).unwrap();
        support::amgi(folder.path()).args(["build", "tea.md", "--only", "review"]).output().unwrap()
    };
    support::succeeded(&build("review.css", "body { color: teal }"), "a style of one's own");
    let page = std::fs::read_to_string(folder.path().join("out/review.html")).unwrap();
    assert!(page.contains("body { color: teal }") && page.contains("class LazyList"));
    let output = build("review.html", "<p>{{title}}</p>{{nonsense}}");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("templates/review/review.html: there is no {{nonsense}}"), "{said}");
}
