//! Replies, made from bytes as the network would hand them over, and records of them.

use std::time::Duration;

use b24chat::domain::entity::EntityPair;
use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::{End, Lookup};
use b24chat::domain::phases::Phases;
use b24chat::domain::record::Record;
use b24chat::domain::reply::{Parts, Reply};
use jiff::Timestamp;

use super::profile;

/// Every field of the time block, `start` with its fraction.
pub const EIGHT_FIELDS: &str = r#"{"start":1772035417.2504,"finish":1772035417.95,"duration":0.6996,"processing":0.1502,"date_start":"2026-02-25T17:03:37+01:00","date_finish":"2026-02-25T17:03:37+01:00","operating_reset_at":1772036017,"operating":12.41}"#;

pub const FOUND: &str = r#"{"result":{"ID":1437},"time":{"start":1772035417,"finish":1772035417.95,"duration":0.95,"processing":0,"date_start":"2026-02-25T17:03:37+01:00","date_finish":"2026-02-25T17:03:37+01:00","operating_reset_at":1772036017,"operating":0}}"#;

pub const NO_CHAT: &str = r#"{"result":null,"time":{"start":1772035330,"finish":1772035330.198,"duration":0.198,"processing":0,"date_start":"2026-02-25T17:02:10+01:00","date_finish":"2026-02-25T17:02:10+01:00","operating_reset_at":1772035930,"operating":0.41}}"#;

pub const REFUSED: &str = r#"{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the webhook token"}"#;

pub fn phases() -> Phases {
    Phases {
        dns: Some(Duration::from_millis(3)),
        connect: Some(Duration::from_millis(41)),
        wait: Some(Duration::from_millis(160)),
        download: Some(Duration::from_millis(8)),
        total: Duration::from_millis(212),
        reused: false,
    }
}

/// An answer over HTTP, read as the program reads it.
pub fn reply(status: u16, body: impl AsRef<[u8]>) -> End {
    reply_of("application/json; charset=utf-8", status, body)
}

pub fn reply_of(content_type: &str, status: u16, body: impl AsRef<[u8]>) -> End {
    End::Answered(Reply::new(Parts {
        status,
        version: "HTTP/2".to_owned(),
        headers: vec![
            ("server".to_owned(), "nginx".to_owned()),
            ("content-type".to_owned(), content_type.to_owned()),
            ("x-bitrix-ri".to_owned(), "4f1d2c".to_owned()),
        ],
        body: body.as_ref().to_vec(),
        cut: None,
        phases: phases(),
    }))
}

pub fn failed(failure: Failure) -> End {
    End::Failed { failure, phases: phases() }
}

/// A record as an earlier run would have kept it.
pub fn record(entity_type: &str, entity_id: &str, asked_at: &str, end: End) -> Record {
    let lookup = Lookup {
        pair: EntityPair::new(entity_type, entity_id).unwrap(),
        profile: profile().into(),
        timeout: Duration::from_secs(65),
    };
    Record::new(&lookup, asked_at.parse::<Timestamp>().unwrap(), end)
}
