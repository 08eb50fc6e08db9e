//! What can go wrong with the disk, for a person: what happened, what it means, what to do. Nothing a
//! record holds is ever quoted here, so no text can carry a secret.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::history::SetAside;

/// Why the disk did not do what was asked. A lookup never depends on it: only keeping and recalling do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "the home folder of this user is not known, so there is no place for settings and history: \
         set {} and {} to folders of your own",
        super::places::DATA_DIR,
        super::places::CONFIG_DIR
    )]
    NoHome,
    #[error(
        "the folder {} cannot be used: {source}. Lookups still work but are not kept. \
         Give this user the right to write there, or set {} to another folder", .path.display(),
        super::places::DATA_DIR
    )]
    Folder { path: PathBuf, source: io::Error },
    #[error(
        "the history {} may not be opened: {detail}. Lookups still work but are not kept. \
         Give this user the right to read and write the file and its folder, or set {} to another folder",
        .path.display(), super::places::DATA_DIR
    )]
    Denied { path: PathBuf, detail: String },
    #[error(
        "the disk that holds the history {} is full. Lookups still work but are not kept. \
         Free some space, or set {} to a folder on another disk", .path.display(),
        super::places::DATA_DIR
    )]
    Full { path: PathBuf },
    #[error(
        "the history {} has been in use by another program for over five seconds. This was not kept or read; \
         try again, and if it stays so, close what else uses the file", .path.display()
    )]
    Busy { path: PathBuf },
    #[error(
        "the history {} was written by a newer b24chat (layout {found}; this one knows up to {known}). It was not \
         touched. Lookups still work but are not kept. Update b24chat, or set {} to another folder",
        .path.display(), super::places::DATA_DIR
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error(
        "the history {} is broken ({why}) and could not be moved out of the way: {source}. Lookups still work but \
         are not kept. Move the file elsewhere by hand", .path.display()
    )]
    Stuck { path: PathBuf, why: String, source: io::Error },
    /// What was asked for was in the file that is now set aside; asking again reads the new one.
    #[error("{0}")]
    SetAside(SetAside),
    #[error(
        "record {id} of the history {} cannot be read: {why}. The other records are not affected", .path.display()
    )]
    Record { path: PathBuf, id: i64, why: String },
    #[error(
        "the history {} could not be used: {detail}. This was not kept or read; lookups still work", .path.display()
    )]
    Failed { path: PathBuf, detail: String },
}

/// What a failure of the database asks for.
pub(super) enum Trouble {
    /// The file is not, or no longer, a history: it is to be set aside, and why.
    Broken(String),
    /// Anything else: nothing is moved.
    Refused(StoreError),
}

impl Trouble {
    /// Sorts an error of the database at `path`.
    pub(super) fn sort(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let (code, detail) = explain(error);
        Self::Refused(match code {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => return Self::Broken(detail),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
                StoreError::Denied { path, detail }
            }
            Some(ErrorCode::DiskFull) => StoreError::Full { path },
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::SchemaChanged,
            ) => StoreError::Busy { path },
            _ => StoreError::Failed { path, detail },
        })
    }
}

/// The error's kind and its words, without the statement that it may carry along.
pub(super) fn explain(error: &rusqlite::Error) -> (Option<ErrorCode>, String) {
    match error {
        rusqlite::Error::SqlInputError { error, msg, .. } => (Some(error.code), msg.clone()),
        other => (other.sqlite_error_code(), other.to_string()),
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}
