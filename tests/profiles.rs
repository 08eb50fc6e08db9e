//! The file of profiles: what people write into it stays, what this program writes can be read, and no
//! secret is used from it or repeated.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test a panic is the message")]

#[path = "profiles/broken.rs"]
mod broken;
#[path = "profiles/crowds.rs"]
mod crowds;
#[path = "profiles/edits.rs"]
mod edits;
#[path = "profiles/file.rs"]
mod file;
#[path = "profiles/reading.rs"]
mod reading;
#[path = "profiles/support.rs"]
mod support;
