//! What can go wrong with the file of profiles, for a person: which line and key, what it means, what to
//! do. A value of the file is never quoted, because somebody may have put a secret there.

use std::io;
use std::path::{Path, PathBuf};

use crate::store::StoreError;
use crate::store::places::CONFIG_DIR;

/// Why the file of profiles could not be read or changed. Nothing was overwritten.
#[derive(Debug, thiserror::Error)]
pub enum ProfilesTrouble {
    #[error("{place}: {why}. Nothing was changed; mend the file in an editor and try again")]
    Broken { place: Spot, why: String },
    #[error(
        "{place}: this looks like a secret, and this file may be shared. {instead}. It was not used and not copied"
    )]
    SecretInside { place: Spot, instead: &'static str },
    #[error(
        "the file of profiles {} cannot be used: {source}. Give this user the right to read and write it and its \
         folder, or set {CONFIG_DIR} to another folder", .path.display()
    )]
    Denied { path: PathBuf, source: io::Error },
    #[error(
        "the file of profiles {} has been held by another b24chat for over {} seconds. Nothing was changed; try again",
        .path.display(), super::PATIENCE.as_secs()
    )]
    Busy { path: PathBuf },
    #[error("this name cannot be used: {why}")]
    Name { why: &'static str },
    #[error("there is a profile {name} already: remove it first, or choose another name")]
    Taken { name: String },
    #[error("there is no profile of this name. {}", known_words(.known))]
    Unknown { known: Vec<String> },
    #[error("{0}: it cannot be written into the file of profiles")]
    Unwritable(&'static str),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A place in the file: `/home/ann/.config/b24chat/profiles.toml, line 12, column 3, key profile.acme.colour`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub path: PathBuf,
    pub line: usize,
    pub column: usize,
    pub key: Option<String>,
}

impl Spot {
    /// The place at a byte of the text.
    pub(super) fn at(path: &Path, text: &str, offset: usize, key: Option<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            key,
        }
    }
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, line {}, column {}", self.path.display(), self.line, self.column)?;
        match &self.key {
            Some(key) => write!(f, ", key {key}"),
            None => Ok(()),
        }
    }
}

fn known_words(known: &[String]) -> String {
    if known.is_empty() {
        return "There are none yet: b24chat profile add makes one".to_owned();
    }
    format!("There are: {}", known.join(", "))
}
