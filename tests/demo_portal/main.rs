//! The demo portal over real sockets, held against protocol.md rule by rule.
mod batch;
mod credentials;
mod envelope;
mod faults;
mod follow_up;
mod http;
mod limits;
mod lookup;
mod oauth;
mod objects;
mod portal;
mod scenarios;
mod self_description;
