//! The one place where files are written: to a temporary name beside the place, flushed, then renamed.

use std::io::Write as _;
use std::path::Path;

use crate::error::{Error, Result};

/// Puts bytes where `path` says, or leaves what is there as it is. A file that already holds them is not touched.
///
/// # Errors
/// If the folder cannot be made or the file not written.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    put(path, bytes, true)
}

/// As [`write`], for what may be lost when the power goes.
pub(super) fn write_quickly(path: &Path, bytes: &[u8]) -> Result<()> {
    put(path, bytes, false)
}

fn put(path: &Path, bytes: &[u8], flush: bool) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|there| there.len() == bytes.len() as u64)
        && std::fs::read(path).is_ok_and(|there| there == bytes)
    {
        return Ok(());
    }
    let failed = |cause: &dyn std::fmt::Display| {
        Error::new(format!("cannot write {}", path.display()))
            .cause(cause)
            .hint("choose another folder with -o DIR, or make room")
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|e| failed(&e))?;
    let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder).map_err(|e| failed(&e))?;
    file.write_all(bytes).map_err(|e| failed(&e))?;
    if flush {
        file.as_file().sync_all().map_err(|e| failed(&e))?;
    }
    readable(file.as_file()).map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e))?;
    Ok(())
}

/// The right to write into an output folder, until it is dropped: two builds at once wait for each other.
pub(super) struct Lock(#[allow(dead_code, reason = "held open")] std::fs::File);

/// Waits until no other build writes into a folder, and clears what a killed one left behind.
///
/// # Errors
/// If the folder cannot be made or written.
pub(super) fn lock(folder: &Path) -> Result<Lock> {
    let failed = |cause: std::io::Error| {
        Error::new(format!("cannot write into {}", folder.display()))
            .cause(cause)
            .hint("choose another folder with -o DIR, or make room")
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let file = lockable(folder).map_err(failed)?;
    file.lock().map_err(failed)?;
    clear(folder, Some(1));
    clear(&folder.join(super::cards_files::CARDS), None);
    Ok(Lock(file))
}

/// Takes away what a killed build left half written. An output folder may be any folder: no more of it is looked at
/// than amgi writes to.
fn clear(folder: &Path, depth: Option<usize>) {
    for entry in ignore::WalkBuilder::new(folder).standard_filters(false).max_depth(depth).build().flatten() {
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) && entry.file_type().is_some_and(|t| t.is_file())
        {
            // what cannot be cleared does no harm
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The folder itself, so that no file for locking lies about.
#[cfg(unix)]
fn lockable(folder: &Path) -> std::io::Result<std::fs::File> {
    std::fs::File::open(folder)
}

#[cfg(not(unix))]
fn lockable(folder: &Path) -> std::io::Result<std::fs::File> {
    std::fs::File::create(folder.join(".amgi.lock"))
}

/// How the names of files begin that are not yet what they will be.
const TEMPORARY: &str = ".amgi-";

/// Temporary files are for their owner only; an output is as readable as any new file.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// A title as a file's name: characters that cannot stand in one become `-`.
pub(super) fn file_name(title: &str) -> String {
    let safe: String =
        title
            .chars()
            .map(|c| {
                if c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') {
                    '-'
                } else {
                    c
                }
            })
            .collect();
    let mut name = safe.trim_matches([' ', '.']).to_owned();
    while name.len() > 150 {
        name.pop();
    }
    if name.is_empty() { "amgi".to_owned() } else { name }
}
