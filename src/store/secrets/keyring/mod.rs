//! The keyring of the operating system. It may be missing, locked, waiting for its user, or broken, so
//! it is asked on a thread of its own and given up on after a short while; nothing ever waits for a
//! window that it may have opened.

#[cfg(any(target_os = "macos", windows))]
mod native;
#[cfg(not(any(target_os = "macos", windows)))]
mod secret_service;

use std::fmt;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::SecretKey;

#[cfg(any(target_os = "macos", windows))]
use native as system;
#[cfg(not(any(target_os = "macos", windows)))]
use secret_service as system;

/// How long it may take for one thing. One that works answers within a few milliseconds.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Why the keyring did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyringTrouble {
    /// Switched off by the environment.
    Off,
    /// There is none.
    Absent,
    /// No answer in time.
    Silent,
    Locked,
    /// It answered with something else than what was asked for.
    Failed,
}

impl KeyringTrouble {
    /// What to do so that it can be asked.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Off => "take B24CHAT_KEYRING=off out of the environment",
            Self::Absent => "start it, or use b24chat in a session that has it",
            Self::Silent | Self::Failed => "see that it runs and try again",
            Self::Locked => "unlock it and try again",
        }
    }
}

impl fmt::Display for KeyringTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("the keyring of this system is switched off by B24CHAT_KEYRING"),
            Self::Absent => f.write_str("no keyring answers on this system"),
            Self::Silent => {
                write!(f, "the keyring of this system did not answer within {} seconds", PATIENCE.as_secs())
            }
            Self::Locked => f.write_str("the keyring of this system is locked"),
            Self::Failed => f.write_str("the keyring of this system refused or answered wrongly"),
        }
    }
}

/// What is stored under a key.
pub fn get(key: &SecretKey) -> Result<Option<Zeroizing<String>>, KeyringTrouble> {
    let key = key.clone();
    in_time(move || system::get(&key))
}

/// Stores a text under a key, in the place of what was there.
pub fn put(key: &SecretKey, text: Zeroizing<String>) -> Result<(), KeyringTrouble> {
    let key = key.clone();
    in_time(move || system::put(&key, &text))
}

/// Removes what is stored under a key.
pub fn remove(key: &SecretKey) -> Result<(), KeyringTrouble> {
    let key = key.clone();
    in_time(move || system::remove(&key))
}

/// A keyring that never answers keeps its thread, and nobody else.
fn in_time<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeyringTrouble> + Send + 'static,
) -> Result<T, KeyringTrouble> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody listens any more when it took too long.
        drop(sender.send(work()));
    });
    receiver.recv_timeout(PATIENCE).map_err(|_| KeyringTrouble::Silent)?
}
