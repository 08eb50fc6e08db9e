//! What the file says about one portal: everything but the secret, and where the secret is.

use std::path::{Path, PathBuf};

use url::Url;

use crate::domain::address::RestRoot;
use crate::domain::profile::{Colour, Connection, Plan};

/// One table `[profile.NAME]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// Where the portal's REST methods live.
    pub root: RestRoot,
    pub kind: Kind,
    pub secret: SecretPlace,
    /// How it is reached. Paths are absolute.
    pub connection: Connection,
    pub colour: Option<Colour>,
    pub plan: Plan,
    /// The portal's lasting name (protocol.md, 6.4), once it is known.
    pub member_id: Option<String>,
    pub user_name: Option<String>,
}

impl Entry {
    /// An entry with nothing out of the ordinary, its secret kept by this program.
    pub fn new(name: impl Into<String>, root: RestRoot, kind: Kind) -> Self {
        Self {
            name: name.into(),
            root,
            kind,
            secret: SecretPlace::Store,
            connection: Connection::default(),
            colour: None,
            plan: Plan::default(),
            member_id: None,
            user_name: None,
        }
    }
}

/// The kind of credential, with the parts of it that are no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Webhook {
        user: String,
    },
    OAuth {
        /// Empty when the file names none; tokens can then be used but not refreshed.
        client_id: String,
        /// The token endpoint, where it was given.
        auth_server: Option<Url>,
    },
}

/// Where the secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretPlace {
    /// This program keeps it: in the keyring of the system, or else in a file of its own.
    Store,
    /// In the variable of that name.
    Env(String),
    /// Printed by a program, which is run without a shell.
    Command(Vec<String>),
    /// In a file of the user's own.
    File(PathBuf),
}

impl SecretPlace {
    /// Whether this program may write there. A place of the user's own is only read: a token chain that
    /// is kept there cannot be refreshed, because the new pair would have nowhere to go.
    pub fn is_ours(&self) -> bool {
        *self == Self::Store
    }

    /// In words, for the places of the user's own; `None` for the store, which knows its own words.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Store => None,
            Self::Env(name) => Some(format!("from the environment variable {name}")),
            Self::Command(words) => Some(format!("printed by the command {}", program(words))),
            Self::File(path) => Some(format!("in the file {}, which is your own", path.display())),
        }
    }
}

/// The program alone: an argument may be anything.
pub(in crate::store) fn program(words: &[String]) -> &str {
    words.first().map_or("", String::as_str)
}

/// The longest name of a profile.
const NAME_LIMIT: usize = 40;

/// Names that mean something else: the demo portal, and the profile that the environment names.
const RESERVED: [&str; 2] = ["demo", "env"];

/// Why a name cannot be one of a profile, `None` when it can.
pub(super) fn name_trouble(name: &str) -> Option<&'static str> {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if name.is_empty() || name.len() > NAME_LIMIT || !is_plain {
        return Some("a profile's name has 1 to 40 letters, digits, '-', '_' or '.', without spaces");
    }
    let is_reserved = RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved));
    is_reserved.then_some("demo and env are names of this program's own: choose another one")
}

/// A path in the file: relative to the file's folder, or to the home folder after `~/`.
pub(super) fn resolved(path: &str, folder: &Path) -> PathBuf {
    match path.strip_prefix("~/").and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest))) {
        Some(path) => path,
        None => folder.join(path),
    }
}
