//! Whatever a record holds, it comes back equal to what was kept.

use std::time::Duration;

use b24chat::domain::entity::EntityPair;
use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::End;
use b24chat::domain::phases::{Phase, Phases};
use b24chat::domain::record::Record;
use b24chat::domain::reply::{Cut, Parts, Reply};
use b24chat::domain::request::Sent;
use b24chat::domain::summary::Summary;
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::support::*;

/// Any characters at all, those that end a C string or a line among them.
fn text() -> impl Strategy<Value = String> {
    vec(prop_oneof![4 => any::<char>(), 1 => Just('\0'), 1 => Just('\n'), 1 => Just('"')], 0..40)
        .prop_map(|characters| characters.into_iter().collect())
}

fn pair() -> impl Strategy<Value = EntityPair> {
    let part = || vec(any::<char>(), 1..50).prop_map(|characters| characters.into_iter().collect::<String>());
    (part(), part())
        .prop_filter_map("a part is 0", |(entity_type, entity_id)| EntityPair::new(entity_type, entity_id).ok())
}

fn span() -> impl Strategy<Value = Duration> {
    (any::<u32>(), 0..1_000_000_000_u32).prop_map(|(seconds, nanos)| Duration::new(seconds.into(), nanos))
}

fn phases() -> impl Strategy<Value = Phases> {
    let phase = || option::of(span());
    (phase(), phase(), phase(), phase(), span(), any::<bool>()).prop_map(
        |(dns, connect, wait, download, total, reused)| Phases { dns, connect, wait, download, total, reused },
    )
}

fn failure() -> impl Strategy<Value = Failure> {
    let phase = prop_oneof![Just(Phase::Dns), Just(Phase::Connect), Just(Phase::Wait), Just(Phase::Download)];
    prop_oneof![
        (text(), text()).prop_map(|(host, detail)| Failure::Dns { host, detail }),
        (text(), text()).prop_map(|(address, detail)| Failure::Connect { address, detail }),
        (text(), text()).prop_map(|(address, detail)| Failure::Tls { address, detail }),
        (span(), phase).prop_map(|(after, during)| Failure::TimedOut { after, during }),
        text().prop_map(|to| Failure::Moved { to }),
        any::<u8>().prop_map(|hops| Failure::RedirectLoop { hops }),
        text().prop_map(|detail| Failure::Closed { detail }),
        span().prop_map(|after| Failure::Cancelled { after }),
        text().prop_map(|detail| Failure::Other { detail }),
    ]
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    let error = text().prop_map(|code| serde_json::json!({ "error": code, "time": { "start": code } }).to_string());
    let number =
        any::<f64>().prop_map(|n| format!(r#"{{"result":null,"time":{{"start":{n},"odd":{n:e}}},"next":{n}}}"#));
    prop_oneof![
        vec(any::<u8>(), 0..600),
        any::<i64>().prop_map(|id| format!(r#"{{"result":{{"ID":{id},"MORE":[1.0]}}}}"#).into_bytes()),
        error.prop_map(String::into_bytes),
        number.prop_map(String::into_bytes),
        text().prop_map(|title| format!("<html><title>{title}</title>").into_bytes()),
    ]
}

fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((text(), text()), 0..6)
}

fn end() -> impl Strategy<Value = End> {
    let cut = option::of(prop_oneof![Just(Cut::TooLarge), text().prop_map(|detail| Cut::Closed { detail })]);
    let parts = (any::<u16>(), text(), headers(), body(), cut, phases());
    prop_oneof![
        parts.prop_map(|(status, version, headers, body, cut, phases)| {
            End::Answered(Reply::new(Parts { status, version, headers, body, cut, phases }))
        }),
        (failure(), phases()).prop_map(|(failure, phases)| End::Failed { failure, phases }),
    ]
}

fn record() -> impl Strategy<Value = Record> {
    let range = Timestamp::MIN.as_millisecond()..=Timestamp::MAX.as_millisecond();
    let asked_at = range.prop_map(|time| Timestamp::from_millisecond(time).unwrap());
    let sent = (text(), text(), headers(), text()).prop_map(|(method, url, headers, body)| Sent {
        method,
        url,
        headers,
        body,
    });
    (asked_at, text(), text(), text(), pair(), sent, end()).prop_map(
        |(asked_at, profile, portal, site, pair, sent, end)| Record {
            asked_at,
            profile,
            portal,
            site,
            pair,
            sent,
            end,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_record_comes_back_equal_and_its_line_says_the_same(records in vec(record(), 1..12)) {
        let place = Place::new();
        let mut history = place.open();
        let mut expected = Vec::new();
        for record in &records {
            expected.insert(0, Summary::of(history.keep(record).unwrap().id, record));
        }
        drop(history);
        let history = place.open();
        prop_assert_eq!(&list(&history, "").rows, &expected);
        for (row, record) in expected.iter().zip(records.iter().rev()) {
            let found = history.record(row.id).unwrap();
            prop_assert_eq!(found.as_ref(), Some(record));
            // Each is found by its own id, as it would be pasted.
            let filter = record.pair.entity_id().to_owned();
            prop_assert!(ids(&list(&history, &filter)).contains(&row.id), "{:?}", filter);
        }
    }
}
