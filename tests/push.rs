//! `amgi push` into Anki's own library behind a server that speaks as AnkiConnect does.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[allow(unreachable_pub, reason = "a module of each test binary")]
mod support;

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const NOTE: &str = "# Boats\n\n## Sails\n\n- Jib : before the mast\n- Main : behind the mast\n\n## Hull\n\n- Keel : the lowest beam\n- Bow : the front\n";

/// A Python that the server runs on: it needs 3.12.
fn new_python() -> Option<PathBuf> {
    let home = PathBuf::from(std::env::var_os("HOME")?).join(".pyenv/versions");
    let own =
        std::fs::read_dir(home).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path().join("bin/python")));
    let named = ["python3", "python3.14", "python3.13", "python3.12"].map(PathBuf::from);
    let fits = |python: &PathBuf| {
        let asked =
            Command::new(python).args(["-c", "import sys, venv; sys.exit(sys.version_info < (3, 12))"]).output();
        asked.is_ok_and(|output| output.status.success())
    };
    named.into_iter().chain(own).find(fits)
}

/// A running Anki with an empty collection.
struct Anki {
    server: Child,
    port: u16,
}

impl Anki {
    fn start(python: &Path, collection: &Path) -> Anki {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Command::new(python)
            .arg(support::root().join("tests/anki_connect.py"))
            .env("ANKICONNECT_COLLECTION_PATH", collection)
            .env("ANKICONNECT_PORT", port.to_string())
            .current_dir(collection.parent().unwrap())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "the server does not come up");
            std::thread::sleep(Duration::from_millis(100));
        }
        Anki { server, port }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn ask(&self, action: &str, params: Value) -> Value {
        let request = json!({ "action": action, "version": 6, "params": params }).to_string();
        let mut response = ureq::post(self.url()).header("Content-Type", "application/json").send(request).unwrap();
        let answer: Value = serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap();
        assert!(answer["error"].is_null(), "{answer}");
        answer["result"].clone()
    }

    fn count(&self, query: &str) -> usize {
        self.ask("findNotes", json!({ "query": query })).as_array().unwrap().len()
    }

    /// Closes the collection, so that another program may open it.
    fn stop(mut self) {
        let _ = Command::new("kill").arg(self.server.id().to_string()).status();
        self.server.wait().unwrap();
    }
}

impl Drop for Anki {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn build(folder: &Path, note: &str, clock: &str) {
    std::fs::write(folder.join("boats.md"), note).unwrap();
    let output = support::amgi(folder)
        .env("SOURCE_DATE_EPOCH", clock)
        .args(["build", "boats.md", "--only", "apkg", "--apkg", "modern"])
        .output()
        .unwrap();
    support::succeeded(&output, "amgi build");
}

fn push(folder: &Path, anki: &Anki, arguments: &[&str]) -> String {
    let output = support::amgi(folder).args(["push", "--url", &anki.url()]).args(arguments).output().unwrap();
    support::succeeded(&output, "amgi push")
}

#[test]
fn a_running_anki_gets_what_is_new_and_keeps_the_rest() {
    let Some(python) = new_python() else {
        eprintln!("a_running_anki_gets_what_is_new_and_keeps_the_rest: left out, there is no Python 3.12 here");
        return;
    };
    let wanted = std::fs::read_to_string(support::root().join("tests/anki_connect_requirements.txt")).unwrap();
    let server = "--no-deps anki-connect-server==0.5.0";
    let python = support::installed("test-python-anki-connect", &python, &[server, wanted.trim()]);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let collection = folder.join("anki/collection.anki2");
    std::fs::create_dir(folder.join("anki")).unwrap();
    let anki = Anki::start(&python, &collection);

    build(folder, NOTE, "1750000000");
    let shown = push(folder, &anki, &[]);
    assert!(shown.contains("new       Jib") && shown.contains("nothing is sent yet: --yes"), "{shown}");
    assert_eq!(anki.count(""), 0, "looking changes nothing");
    let sent = push(folder, &anki, &["--yes"]);
    let notes = anki.count("\"note:amgi *\"");
    assert!(notes >= 4 && sent.contains(&format!("sent to Anki: {notes} new, 0 updated")), "{sent}");
    assert_eq!(push(folder, &anki, &[]), "Anki has it all already\n");

    // an answer changed, an entry moved to another section, one gone
    let later = NOTE.replace("before the mast", "in front of the mast").replace("- Main : behind the mast\n", "");
    let later = later.replace("- Keel : the lowest beam\n", "").replace("- Jib", "- Keel : the lowest beam\n- Jib");
    build(folder, &later, "1760000000");
    let shown = push(folder, &anki, &[]);
    for line in ["changed   Jib", "moved     Keel  → Boats::Sails", "gone      Main"] {
        assert!(shown.contains(line), "{line} in\n{shown}");
    }
    assert!(shown.contains("--move also") && shown.contains("--delete also"), "{shown}");
    let sent = push(folder, &anki, &["--yes"]);
    assert!(
        sent.contains("0 new, 2 updated") && sent.contains("--move moves them") && sent.contains("--delete"),
        "{sent}"
    );
    assert_eq!(anki.count("Term:Jib Answer:*front*of*"), 1);
    assert_eq!((anki.count("deck:Boats::Hull Term:Keel"), anki.count("Term:Main")), (1, 1), "only when asked");
    push(folder, &anki, &["--yes", "--move", "--delete"]);
    assert_eq!((anki.count("deck:Boats::Sails Term:Keel"), anki.count("Term:Main")), (1, 0));
    assert_eq!(push(folder, &anki, &[]), "Anki has it all already\n");

    // the same by hand finds only duplicates
    let now = anki.count("");
    anki.stop();
    let script = "import sys, json\n\
        from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest as R\n\
        col = Collection(sys.argv[1])\n\
        log = col.import_anki_package(R(package_path=sys.argv[2], options=ImportAnkiPackageOptions())).log\n\
        print(json.dumps([len(log.new), len(log.updated), len(log.duplicate), col.note_count()]))\n\
        col.close()";
    let output = Command::new(support::python())
        .args(["-c", script])
        .args([&collection, &folder.join("out/Boats.apkg")])
        .output()
        .unwrap();
    let counts: Value = serde_json::from_str(&support::succeeded(&output, "an import by hand")).unwrap();
    assert_eq!(counts, json!([0, 0, now, now]));
}

#[test]
fn an_anki_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), NOTE, "1750000000");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let output = support::amgi(folder.path()).args(["push", "--yes", "--url", &url]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains(&format!("Anki does not answer at {url}")) && said.contains("add-on AnkiConnect"), "{said}");
}
