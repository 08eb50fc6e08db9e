//! The lock file beside the history. It guards the moment in which a broken file is exchanged for a new
//! one: whoever reads or writes shares the lock, whoever makes, migrates or exchanges the file holds it alone.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::store::StoreError;

/// As long as SQLite waits for its own locks.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Between two tries. There is no lock call with a time limit, and a stopped process could hold a lock for ever.
const PAUSE: Duration = Duration::from_millis(2);

/// Held until dropped.
pub struct Lock(#[expect(dead_code, reason = "closing it is what unlocks")] File);

impl Lock {
    /// Held together with others who share it.
    pub fn shared(history: &Path) -> Result<Self, StoreError> {
        Self::take(history, File::try_lock_shared)
    }

    /// Held alone.
    pub fn alone(history: &Path) -> Result<Self, StoreError> {
        Self::take(history, File::try_lock)
    }

    fn take(history: &Path, attempt: fn(&File) -> Result<(), TryLockError>) -> Result<Self, StoreError> {
        let path = history.with_extension("lock");
        let file = open(&path)
            .map_err(|source| StoreError::Folder { path: path.parent().unwrap_or(&path).to_owned(), source })?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            match attempt(&file) {
                Ok(()) => return Ok(Self(file)),
                // Some network folders know no locks. Not keeping anything there would be worse.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(Self(file)),
                Err(TryLockError::Error(source)) => return Err(StoreError::Folder { path, source }),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { path: history.to_owned() }),
            }
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
