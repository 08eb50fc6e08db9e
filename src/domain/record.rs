//! A record: one lookup with its end, as history keeps it. No record holds a secret: the request is
//! kept masked, and what the portal echoed of the secret was masked at the network's border.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entity::EntityPair;
use super::lookup::{End, Lookup};
use super::request::Sent;

/// Which record, in this history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordId(pub i64);

/// One lookup, whatever its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// When it was sent, by this machine's clock.
    pub asked_at: Timestamp,
    /// The profile's name then.
    pub profile: String,
    /// The portal's host then, with its port where it is not the usual one.
    pub portal: String,
    /// Links are made from this: scheme, host and the folder the portal lives in.
    pub site: String,
    pub pair: EntityPair,
    /// The request as it was sent, secret masked.
    pub sent: Sent,
    pub end: End,
}

impl Record {
    /// The record of a lookup that has ended.
    pub fn new(lookup: &Lookup, asked_at: Timestamp, end: End) -> Self {
        Self {
            asked_at,
            profile: lookup.profile.name.clone(),
            portal: lookup.profile.root.host(),
            site: lookup.profile.root.site(),
            pair: lookup.pair.clone(),
            sent: lookup.request().masked(),
            end,
        }
    }
}
