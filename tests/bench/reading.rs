//! How fast notes are read: outline, rules and assembling, without YAML, on one thread, beside pulldown-cmark parsing the
//! same bytes. Two sizes, so that growth shows: `cargo bench --bench reading`, or, with other notes than the project's
//! own, repeated to these sizes, `cargo bench --bench reading -- NOTES…`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use amgi::deck::assemble::assemble;
use amgi::pipeline::{read, rules_of};
use amgi::rule::Rules;
use amgi::source::Note;

/// The project's sample notes.
const OWN: [&str; 3] = ["aws-architecture.md", "cell-biology.md", "operating-systems.txt"];
/// The two sizes (bytes).
const SIZES: [usize; 2] = [5_000_000, 50_000_000];
/// Runs of each, of which the fastest counts.
const RUNS: usize = 3;

fn main() {
    let sample = sample();
    let rules = rules_of(&[], &mut Vec::new()).unwrap_or_else(|error| panic!("{error}"));
    let mut speeds = Vec::new();
    for size in SIZES {
        let text = sample.repeat(size / sample.len() + 1);
        let ours = fastest(|| entries(&text, &rules));
        let theirs = fastest(|| pulldown_cmark::Parser::new(&text).count());
        let speed = |seconds: f64| text.len() as f64 / 1e6 / seconds;
        report(&format!(
            "{} MB: amgi {:.1} MB/s, pulldown-cmark {:.0} MB/s, ratio {:.1}",
            size / 1_000_000,
            speed(ours),
            speed(theirs),
            ours / theirs
        ));
        speeds.push(speed(ours));
    }
    if let [small, large] = speeds[..] {
        report(&format!("ten times the bytes: {:.2} times as fast (1 is linear)", large / small));
    }
}

/// The notes named, else the project's own samples, one after the other.
fn sample() -> String {
    // cargo itself hands `--bench` on
    let named: Vec<PathBuf> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).map(PathBuf::from).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("source");
    let own = || OWN.iter().map(|name| folder.join(name)).collect();
    let notes = if named.is_empty() { own() } else { named };
    let text = |path: &PathBuf| {
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())) + "\n\n"
    };
    notes.iter().map(text).collect()
}

fn entries(text: &str, rules: &Rules) -> usize {
    let note = Note { path: "bench.md".into(), shown: "bench.md".into(), text: text.to_owned(), encoding: "UTF-8" };
    let found = read(&note, rules);
    assemble(&note, &found.outline, found.candidates).entries.len()
}

/// Seconds of the fastest run.
fn fastest(mut run: impl FnMut() -> usize) -> f64 {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}

#[allow(clippy::print_stdout, reason = "what a bench is for")]
fn report(line: &str) {
    println!("{line}");
}
