//! What the tests share: the program, and a Python of their own with Anki's library and a PDF reader in it.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The `amgi` under test, in a folder of its own, without colours or settings of this machine.
pub fn amgi(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amgi"));
    command.current_dir(folder).env_remove("AMGI_LOG").env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1750000000");
    command
}

/// The Python of `tests/requirements.txt`, installed once under `target/`.
///
/// # Panics
/// If there is no python3 or the packages cannot be installed: the tests that need it cannot pass then.
pub fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let requirements = std::fs::read_to_string(root().join("tests/requirements.txt")).expect("requirements.txt");
        installed("test-python", Path::new("python3"), &[&requirements])
    })
}

/// A Python with Anki's library of another version.
pub fn python_with_anki(version: &str) -> PathBuf {
    installed(&format!("test-python-anki-{version}"), Path::new("python3"), &[&format!("anki=={version}")])
}

/// A Python made of another, with packages from PyPI, installed once under `target/`: `steps` are arguments of `pip
/// install`, one call each.
pub fn installed(name: &str, base: &Path, steps: &[&str]) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("target folder").to_path_buf();
    let lock = std::fs::File::create(target.join(format!("{name}.lock"))).expect("a lock file under target/");
    lock.lock().expect("the lock of a test Python");
    let folder = target.join(name);
    let python = folder.join("bin/python");
    let stamp = folder.join("installed.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|text| text == steps.concat()) {
        return python;
    }
    let _ = std::fs::remove_dir_all(&folder);
    eprintln!("installing Python packages under {} (once)", folder.display());
    run(Command::new(base).args(["-m", "venv"]).arg(&folder), "python3 with its venv module is needed for the tests");
    for step in steps {
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(step.split_whitespace());
        run(&mut pip, "the packages could not be installed from PyPI");
    }
    std::fs::write(&stamp, steps.concat()).expect("write under target/");
    python
}

/// Runs a Python script of `tests/` with arguments; its standard output.
pub fn python_script(script: &str, args: &[&Path]) -> String {
    python_script_of(python(), script, args)
}

/// The same with another Python.
pub fn python_script_of(python: &Path, script: &str, args: &[&Path]) -> String {
    let output = Command::new(python).arg(root().join("tests").join(script)).args(args).output().expect("python runs");
    succeeded(&output, script)
}

/// Standard output of a command that must have succeeded.
pub fn succeeded(output: &Output, what: &str) -> String {
    assert!(
        output.status.success(),
        "{what} failed with {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Chromium, where this machine has one. Tests that look at pages say by name when they are left out.
pub fn chromium() -> Option<PathBuf> {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
}

fn run(command: &mut Command, hint: &str) {
    match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => panic!("{command:?} ended with {status}: {hint}"),
        Err(error) => panic!("{command:?}: {error}: {hint}"),
    }
}

/// What a PDF reader finds in a file: `{sizes: [[width, height]], text}`.
pub fn pdf(path: &Path) -> serde_json::Value {
    serde_json::from_str(&python_script("pdf_text.py", &[path])).expect("JSON of pdf_text.py")
}

/// The notes and cards of a package as text: a line a note (guid, note type, mod, tags, fields), and under it a line
/// a card (its place and its deck).
pub fn apkg_rows(path: &Path) -> Option<String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).ok()?).ok()?;
    let folder = tempfile::tempdir().ok()?;
    let file = folder.path().join("collection.anki2");
    std::io::copy(&mut zip.by_name("collection.anki2").ok()?, &mut std::fs::File::create(&file).ok()?).ok()?;
    let db = rusqlite::Connection::open(&file).ok()?;
    let json = |column: &str| -> Option<serde_json::Value> {
        let text: String = db.query_row(&format!("SELECT {column} FROM col"), [], |row| row.get(0)).ok()?;
        serde_json::from_str(&text).ok()
    };
    let (models, decks) = (json("models")?, json("decks")?);
    let mut cards = db.prepare("SELECT ord, did FROM cards WHERE nid = ? ORDER BY ord").ok()?;
    let mut notes = db.prepare("SELECT n.id, guid, mid, n.mod, tags, flds FROM notes n ORDER BY (SELECT min(due) FROM cards WHERE nid = n.id)").ok()?;
    let mut out = String::new();
    let mut rows = notes.query([]).ok()?;
    while let Some(row) = rows.next().ok()? {
        let (id, guid, model, changed): (i64, String, i64, i64) =
            (row.get(0).ok()?, row.get(1).ok()?, row.get(2).ok()?, row.get(3).ok()?);
        let (tags, fields): (String, String) = (row.get(4).ok()?, row.get(5).ok()?);
        let model = models[model.to_string()]["name"].as_str()?;
        out.push_str(&format!(
            "{guid} | {model} | {changed} | {} | {}\n",
            tags.trim(),
            fields.replace('\u{1f}', " | ").replace('\n', "\\n")
        ));
        let mut rows = cards.query([id]).ok()?;
        while let Some(row) = rows.next().ok()? {
            let (place, deck): (i64, i64) = (row.get(0).ok()?, row.get(1).ok()?);
            out.push_str(&format!("    {place} {}\n", decks[deck.to_string()]["name"].as_str()?));
        }
    }
    Some(out)
}
