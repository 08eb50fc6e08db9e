//! Setting a broken history aside: it is renamed, never deleted, and whoever asked is told.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use jiff::Timestamp;

/// What the name of every file that was set aside begins with.
const NAME: &str = "history-set-aside-";

/// A history that was broken and now has another name in the same folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub moved_to: PathBuf,
    /// What was found, in the database's words.
    pub why: String,
}

impl fmt::Display for SetAside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the history could not be read ({}), so a new one was begun. Nothing was deleted: the old file is now {}",
            self.why,
            self.moved_to.display()
        )
    }
}

/// Renames the file and what belongs to it. Call with the lock held alone and no connection of ours open.
///
/// # Errors
/// When a rename fails. The database itself is renamed last, so it is then still in its place.
pub fn set_aside(path: &Path, why: &str) -> io::Result<SetAside> {
    let moved_to = free_name(path);
    // The write-ahead log first: left behind beside a new file, it would be taken for that file's own.
    for suffix in ["-wal", "-shm", ""] {
        match fs::rename(with_suffix(path, suffix), with_suffix(&moved_to, suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !suffix.is_empty() => {}
            result => result?,
        }
    }
    Ok(SetAside { moved_to, why: why.to_owned() })
}

/// The files beside the history that were set aside before.
pub fn all_beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    let is_aside = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(NAME));
    entries.into_iter().flatten().flatten().map(|entry| entry.path()).filter(is_aside)
}

/// `history-set-aside-20260225T160337Z.sqlite3`, numbered when that second is taken.
fn free_name(path: &Path) -> PathBuf {
    let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let name = |number: u32| match number {
        1 => path.with_file_name(format!("{NAME}{time}.sqlite3")),
        _ => path.with_file_name(format!("{NAME}{time}-{number}.sqlite3")),
    };
    let is_free = |path: &PathBuf| ["", "-wal", "-shm"].iter().all(|suffix| !with_suffix(path, suffix).exists());
    (1..=u32::MAX).map(name).find(is_free).unwrap_or_else(|| name(u32::MAX))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut text = OsString::from(path);
    text.push(suffix);
    text.into()
}
