//! Why a secret was not had or not kept, for a person: what happened, what it means, what to do. None of
//! these texts holds a secret, or anything that a command printed or a file held in a secret's place.

use std::io;
use std::path::{Path, PathBuf};

use super::keyring::KeyringTrouble;
use crate::store::StoreError;
use crate::store::places::DATA_DIR;

/// Why a secret could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum SecretTrouble {
    #[error(
        "no secret is stored for the profile {profile}. It was never given on this machine, or for another folder of \
         settings: give it with b24chat profile add"
    )]
    Missing { profile: String },
    #[error(
        "the secret of the profile {profile} was not found: it is not in the file {}, and {keyring}. If it is in the \
         keyring, {}; if it was never given on this machine, give it with b24chat profile add",
        .file.display(), .keyring.advice()
    )]
    KeyringUnread { profile: String, file: PathBuf, keyring: KeyringTrouble },
    #[error(
        "the file of secrets {} is broken at line {line}, column {column}. It was not touched. If it cannot be mended, \
         move it away and give the secrets again with b24chat profile add", .path.display()
    )]
    Broken { path: PathBuf, line: usize, column: usize },
    #[error(
        "the file of secrets {} was written by a newer b24chat. It was not touched. Update b24chat, or set {DATA_DIR} \
         to another folder", .path.display()
    )]
    Newer { path: PathBuf },
    #[error(
        "{} cannot be used: {source}. Give this user the right to read and write it and its folder, or set {DATA_DIR} \
         to another folder", .path.display()
    )]
    Denied { path: PathBuf, source: io::Error },
    #[error(
        "another b24chat has held {} for over {seconds} seconds. Nothing was changed; try again", .path.display()
    )]
    Busy { path: PathBuf, seconds: u64 },
    #[error("the environment variable {name}, where the profile's secret should be, {why}")]
    Env { name: String, why: &'static str },
    #[error("the command {program}, which should print the profile's secret, {why}")]
    Command { program: String, why: String },
    #[error("the file {}, where the profile's secret should be, cannot be read: {source}", .path.display())]
    File { path: PathBuf, source: io::Error },
    /// Something is there, and it is not what the profile needs.
    #[error("the secret {origin} cannot be used: {why}")]
    Unreadable { origin: String, why: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SecretTrouble {
    pub(super) fn denied(path: &Path, source: io::Error) -> Self {
        Self::Denied { path: path.to_owned(), source }
    }
}
