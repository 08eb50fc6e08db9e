//! The explorer as its user meets it: keys in, screen out, with no terminal, no network and no clock. Each
//! file is a part of the screen or a promise; [`support`] plays the outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test a panic is the message")]

#[path = "flows/any_messages.rs"]
mod any_messages;
#[path = "flows/any_size.rs"]
mod any_size;
#[path = "flows/cancelling.rs"]
mod cancelling;
#[path = "flows/copying.rs"]
mod copying;
#[path = "flows/follow_up.rs"]
mod follow_up;
#[path = "flows/headers_and_sent.rs"]
mod headers_and_sent;
#[path = "flows/help.rs"]
mod help;
#[path = "flows/history.rs"]
mod history;
#[path = "flows/history_rows.rs"]
mod history_rows;
#[path = "flows/languages.rs"]
mod languages;
#[path = "flows/mouse.rs"]
mod mouse;
#[path = "flows/palette.rs"]
mod palette;
#[path = "flows/pasted_forms.rs"]
mod pasted_forms;
#[path = "flows/pasting.rs"]
mod pasting;
#[path = "flows/profiles.rs"]
mod profiles;
#[path = "flows/raw.rs"]
mod raw;
#[path = "flows/results.rs"]
mod results;
#[path = "flows/screens.rs"]
mod screens;
#[path = "flows/sending.rs"]
mod sending;
#[path = "flows/start.rs"]
mod start;
#[path = "flows/support/mod.rs"]
mod support;
#[path = "flows/time.rs"]
mod time;
#[path = "flows/types.rs"]
mod types;
#[path = "flows/undoing.rs"]
mod undoing;
#[path = "flows/why.rs"]
mod why;
