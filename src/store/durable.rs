//! Small files that are exchanged whole: the new text is on the disk before the old one is gone, so that
//! a process killed at any moment leaves one of the two. And the lock that keeps two writers apart.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Between two tries for a lock: there is no lock call with a time limit.
const PAUSE: Duration = Duration::from_millis(5);

/// Who may read a file that is written.
#[derive(Clone, Copy)]
pub enum Mode {
    /// This user alone, whatever it was before.
    Private,
    /// As it was before; as usual for this user when it is new.
    Kept,
}

/// Puts `bytes` in the place of the file at `path`, durably. Call with the file's lock held: the new text
/// is written under one fixed name beside it, which also clears away what a killed writer left.
///
/// A link is followed, so that a file kept elsewhere and linked to stays there.
pub fn exchange(path: &Path, bytes: &[u8], mode: Mode) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let new = beside(&target, "new");
    remove_if_there(&new)?;
    let result = write_new(&new, bytes, mode, &target).and_then(|()| fs::rename(&new, &target));
    if result.is_err() {
        // What went wrong is more telling than what goes wrong with tidying up.
        drop(remove_if_there(&new));
        return result;
    }
    sync_folder(&target)
}

fn write_new(new: &Path, bytes: &[u8], mode: Mode, target: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if matches!(mode, Mode::Private) {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(new)?;
    if let Some(permissions) = kept_permissions(mode, target) {
        file.set_permissions(permissions)?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

fn kept_permissions(mode: Mode, target: &Path) -> Option<Permissions> {
    match mode {
        Mode::Private => None,
        Mode::Kept => Some(fs::metadata(target).ok()?.permissions()),
    }
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The file's name with another ending: `profiles.toml.new`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A new name is durable once its folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Held until dropped; the operating system drops it for a process that ends in any way.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "closing it is what unlocks")] File);

/// Why a lock was not had.
#[derive(Debug)]
pub enum LockTrouble {
    /// Another holds it for longer than one is willing to wait.
    Busy,
    Io(io::Error),
}

impl Lock {
    /// Takes the lock file at `path` alone, waiting as long as `patience`.
    pub fn take(path: &Path, patience: Duration) -> Result<Self, LockTrouble> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(LockTrouble::Io)?;
        let deadline = Instant::now().checked_add(patience);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                // Some network folders know no locks. Not to work there at all would be worse.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(Self(file)),
                Err(TryLockError::Error(error)) => return Err(LockTrouble::Io(error)),
                Err(TryLockError::WouldBlock) if deadline.is_some_and(|end| Instant::now() >= end) => {
                    return Err(LockTrouble::Busy);
                }
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            }
        }
    }
}
