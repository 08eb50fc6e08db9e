//! The database file: made private before anything is written to it, opened with the promises this
//! program makes, and known again after another process has exchanged it.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::lock::PATIENCE;
use super::set_aside::{self, SetAside};
use super::{rows, schema};
use crate::store::StoreError;
use crate::store::error::{Trouble, explain};

/// A connection, and which file it is connected to.
pub struct Live {
    pub connection: Connection,
    identity: Option<Identity>,
}

/// Device and inode. Elsewhere than on Unix an open database cannot be renamed, so none is needed.
type Identity = (u64, u64);

impl Live {
    /// Opens a file that is there and has the newest layout; `None` for any other, which wants the lock alone.
    pub fn glance(path: &Path) -> Option<Self> {
        keep_private(path).ok()?;
        let connection = connect(path).ok()?;
        (schema::layout(&connection).ok()? == schema::NEWEST).then_some(())?;
        Self::ready(path, connection).ok()
    }

    /// Opens the file, after making and migrating it where needed. Call with the lock held alone.
    pub fn settle(path: &Path) -> Result<Self, Trouble> {
        make(path).map_err(|error| refusal(path, error))?;
        let sort = |error: rusqlite::Error| Trouble::sort(path, &error);
        let mut connection = connect(path).map_err(sort)?;
        let found = schema::layout(&connection).map_err(sort)?;
        if found > schema::NEWEST {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: schema::NEWEST }.into());
        }
        if found == 0 && !schema::is_empty(&connection).map_err(sort)? {
            return Err(Trouble::Broken("it holds the tables of another program".to_owned()));
        }
        schema::migrate(&mut connection).map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => layout_trouble(path, &err),
            other => StoreError::Failed { path: path.to_owned(), detail: other.to_string() }.into(),
        })?;
        Self::ready(path, connection)
    }

    fn ready(path: &Path, connection: Connection) -> Result<Self, Trouble> {
        let sort = |error: rusqlite::Error| Trouble::sort(path, &error);
        rows::check(&connection).map_err(|error| layout_trouble(path, &error))?;
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).map_err(sort)?;
        Ok(Self { connection, identity: identity(path) })
    }

    /// Whether the file is still the one with the history's name.
    pub fn is_in_place(&self, path: &Path) -> bool {
        identity(path) == self.identity && path.exists()
    }

    /// Where the file is now, when another process has set it aside and this one still holds it open.
    pub fn found_aside(&self, path: &Path) -> Option<SetAside> {
        let is_this = |other: &PathBuf| self.identity.is_some() && identity(other) == self.identity;
        let moved_to = set_aside::all_beside(path).find(is_this)?;
        Some(SetAside { moved_to, why: "another b24chat found it broken".to_owned() })
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Closing never writes. A record is durable in the log already, and emptying the log into the file at
    // every close would cost a script three more waits for the disk per lookup; it is emptied whenever it has
    // grown to a thousand pages. And what is broken stays as it was found.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // On macOS an ordinary sync leaves the data in the drive's cache; elsewhere this changes nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    Ok(connection)
}

/// Makes an empty file that only this user can read; SQLite gives the files beside it the same mode.
///
/// A file that is there is never opened here: closing it would drop the locks that SQLite holds on it
/// for this process's other connections.
fn make(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => keep_private(path),
        result => result.map(drop),
    }
}

#[cfg(unix)]
fn keep_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = fs::metadata(path)?;
    let mode = metadata.permissions().mode();
    if metadata.is_file() && mode & 0o077 != 0 {
        // Someone else's file cannot be changed; whether it can be used, opening it will tell.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700));
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_private(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<Identity> {
    None
}

/// A file that says it has a layout, and has not, is broken too: SQLite calls that a plain error.
fn layout_trouble(path: &Path, error: &rusqlite::Error) -> Trouble {
    match explain(error) {
        (Some(ErrorCode::Unknown), detail) => Trouble::Broken(format!("it is not laid out as a history: {detail}")),
        _ => Trouble::sort(path, error),
    }
}

fn refusal(path: &Path, error: io::Error) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full { path },
        _ => StoreError::Denied { path, detail: error.to_string() },
    }
}
