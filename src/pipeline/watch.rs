//! Builds again as notes, cards, templates, packs or settings change.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, RecursiveMode, Watcher};

use super::build::Built;
use super::commands::{Last, Session};
use super::diff;
use crate::cli::BuildArgs;
use crate::error::{Error, Result};
use crate::render;

/// Editors save in several steps: a build starts when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(60);

/// Builds, then waits for changes, until the program is stopped. What is wrong is told and waited through.
///
/// # Errors
/// If the file system cannot be watched.
pub(super) fn watch(session: &mut Session, args: &BuildArgs) -> Result<Last> {
    let (sender, events) = channel();
    let failed = |cause: notify::Error| Error::new("cannot watch the notes").cause(cause);
    let mut watcher = notify::recommended_watcher(move |event| {
        // nobody listens any more only at the end
        let _ = sender.send(event);
    })
    .map_err(failed)?;
    // they are watched from the first build on
    let cards = args.output.output.join(super::cards_files::CARDS);
    std::fs::create_dir_all(&cards).map_err(|e| Error::new(format!("cannot make {}", cards.display())).cause(e))?;
    for (path, mode) in watched(args) {
        watcher.watch(&path, mode).map_err(failed)?;
    }
    build(session, args);
    anstream::eprintln!("watching {}; stop with Ctrl-C", shown(&args.notes));
    while wait(&events, &args.output.output) {
        build(session, args);
    }
    Ok(Last::Nothing)
}

/// The folders whose changes matter: those of the notes, the current one, and the cards that a person may edit.
fn watched(args: &BuildArgs) -> Vec<(PathBuf, RecursiveMode)> {
    let mut out: Vec<(PathBuf, RecursiveMode)> = vec![(PathBuf::from("."), RecursiveMode::NonRecursive)];
    for note in &args.notes {
        if note.is_dir() {
            out.push((note.clone(), RecursiveMode::Recursive));
        } else if let Some(folder) = note.parent().filter(|folder| folder.is_dir()) {
            out.push((folder.to_path_buf(), RecursiveMode::NonRecursive));
        }
    }
    for folder in [PathBuf::from("templates"), args.output.output.join(super::cards_files::CARDS)] {
        if folder.is_dir() {
            out.push((folder, RecursiveMode::Recursive));
        }
    }
    out
}

/// Waits for a change, then for quiet. False when there is nothing to wait for any more.
fn wait(events: &Receiver<notify::Result<Event>>, output: &Path) -> bool {
    loop {
        match events.recv() {
            Ok(Ok(event)) if matters(&event, output) => break,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    loop {
        match events.recv_timeout(QUIET) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Whether something was changed by another than this program: it writes to temporary names and into the output
/// folder, of which only cards are read again.
fn matters(event: &Event, output: &Path) -> bool {
    let output = output.canonicalize().unwrap_or_else(|_| output.to_path_buf());
    !event.kind.is_access()
        && event.paths.iter().any(|path| {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            !hidden && (!path.starts_with(&output) || path.extension().is_some_and(|ending| ending == "yaml"))
        })
}

/// One build; whatever comes of it is told.
fn build(session: &mut Session, args: &BuildArgs) {
    let result = session.build_if_needed(args);
    if matches!(result, Ok(Built::Before(_))) {
        return;
    }
    session.tell();
    session.diagnostics.clear();
    match result {
        Ok(Built::Now(last, merged)) => {
            if merged.again && !merged.changes.is_empty() {
                anstream::eprint!("{}", diff::diff(&merged, session.format));
            }
            last.say();
        }
        Ok(Built::Before(_)) => {}
        Err(error) => session.stream(&render::error(&error, session.format, session.colour())),
    }
}

fn shown(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
