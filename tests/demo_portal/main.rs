//! The demo portal over real sockets, held against protocol.md rule by rule.

mod http;
mod lookup;
mod portal;
