//! Where secrets live: each place gives back what is in it, a stored chain is never lost, and nothing
//! but the secret store holds a secret.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test a panic is the message")]

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "secrets/keyring.rs"]
mod keyring;
#[cfg(all(unix, not(target_os = "macos")))]
#[path = "secrets/keyring_played.rs"]
mod keyring_played;
#[path = "secrets/kills.rs"]
mod kills;
#[path = "secrets/locks.rs"]
mod locks;
#[path = "secrets/own_places.rs"]
mod own_places;
#[path = "secrets/store_file.rs"]
mod store_file;
#[path = "secrets/support.rs"]
mod support;
