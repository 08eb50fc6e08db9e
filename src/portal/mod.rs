//! The network and nothing else: a [`Lookup`](crate::domain::lookup::Lookup) goes in, an
//! [`End`](crate::domain::lookup::End) comes out, with our own clock on the way. Whatever stops a
//! request is a value, and no value that leaves this floor holds the secret.

mod body;
mod certificate;
mod client;
mod clock;
mod connector;
pub mod doctor;
pub mod explaining;
mod failing;
mod hop;
mod masking;
pub mod oauth;
mod redirect;
mod route;
mod seen;
mod transport;
mod trust;

pub use client::{Client, Options, check};
