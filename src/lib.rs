//! The map of the house. Four floors, imports go down only (`tests/floors.rs` keeps it so):
//!
//! 1. [`domain`]: what it all means. Pure: no clock, no disk, no network, no terminal.
//! 2. [`portal`] is the network and nothing else, [`store`] the disk and nothing else, [`demo`] the
//!    embedded portal, which shares no reply-reading code with the client so that one checks the other.
//! 3. [`tui`] is the explorer, [`cli`] the same lookups for scripts.

// The outside can influence nearly everything here: a failure is a value, not a panic. In tests a panic
// is the message, so this holds for the program alone.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod cli;
pub mod demo;
pub mod domain;
pub mod portal;
pub mod store;
pub mod tui;
