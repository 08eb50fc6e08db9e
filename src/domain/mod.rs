//! The ground floor: what the words of this program mean. Everything here is a value or a pure
//! function: no clock, no disk, no network, no terminal, and nothing of ours is imported.

pub mod address;
pub mod authorization;
pub mod batch;
pub mod card;
pub mod chain;
pub mod credential;
pub mod diagnosis;
pub mod entity;
pub mod entity_types;
pub mod error_code;
pub mod explanation;
pub mod failure;
pub mod language;
pub mod lenient;
pub mod lookup;
pub mod mine;
pub mod not_read;
pub mod pasted;
pub mod phases;
pub mod profile;
pub mod record;
pub mod redact;
pub mod reply;
pub mod request;
pub mod snippet;
pub mod summary;
pub mod time_block;
pub mod token_reply;
pub mod visible;
