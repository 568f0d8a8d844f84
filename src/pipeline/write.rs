//! The one place where files are written: to a temporary name beside the place, flushed, then renamed.

use std::io::Write as _;
use std::path::Path;

use crate::error::{Error, Result};

/// Puts bytes where `path` says, or leaves what is there as it is. A file that already holds them is not touched.
///
/// # Errors
/// If the folder cannot be made or the file not written.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
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
    let mut file = tempfile::Builder::new().prefix(".amgi-").tempfile_in(folder).map_err(|e| failed(&e))?;
    file.write_all(bytes).map_err(|e| failed(&e))?;
    file.as_file().sync_all().map_err(|e| failed(&e))?;
    readable(file.as_file()).map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e))?;
    Ok(())
}

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
