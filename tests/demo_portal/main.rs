//! The demo portal over real sockets, held against protocol.md rule by rule.
#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod batch;
mod credentials;
mod envelope;
mod faults;
mod follow_up;
mod http;
mod limits;
mod lookup;
mod oauth;
mod portal;
mod scenarios;
mod self_description;
