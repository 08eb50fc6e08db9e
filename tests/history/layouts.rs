//! A history of every released layout opens, keeps what it held, and ends with the layout of a new one.

use std::path::Path;
use std::time::Duration;

use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::End;
use b24chat::domain::phases::{Phase, Phases};
use b24chat::domain::record::RecordId;
use b24chat::domain::reply::{ChatId, Cut};
use b24chat::domain::summary::Verdict;

use crate::support::*;

/// A file of each released layout; all hold the same three records. A new layout is one more line.
const RELEASED: [(&str, &str); 1] = [("v1", include_str!("layouts/v1.sql"))];

#[test]
fn a_history_of_every_released_layout_still_says_what_it_said() {
    for (name, script) in RELEASED {
        let place = Place::new();
        rusqlite::Connection::open(place.file()).unwrap().execute_batch(script).unwrap();
        let mut history = place.open();

        let verdicts: Vec<_> = list(&history, "").rows.into_iter().map(|row| row.verdict).collect();
        let timed_out = Failure::TimedOut { after: Duration::from_secs(30), during: Phase::Wait };
        let refused = Verdict::Refused { code: "insufficient_scope".into(), status: 401 };
        let expected = [Verdict::Failed { failure: timed_out.clone() }, refused, Verdict::Chat(ChatId(1437))];
        assert_eq!(verdicts, expected, "{name}");

        let found = history.record(RecordId(1)).unwrap().unwrap();
        assert_eq!(found.pair.to_string(), "CRM DEAL|1663", "{name}");
        assert_eq!(found.asked_at.as_millisecond(), 1_772_035_417_123, "{name}");
        assert_eq!(found.sent.url, "https://acme.bitrix24.com/rest/27/****/im.chat.get", "{name}");
        let End::Answered(reply) = found.end else { panic!("{name}: {:?}", found.end) };
        assert_eq!(reply.body, br#"{"result":{"ID":1437},"time":{"start":1772035417}}"#, "{name}");
        assert_eq!(reply.header("content-type"), Some("application/json; charset=utf-8"), "{name}");
        assert_eq!(reply.phases.connect, Some(Duration::from_millis(41)), "{name}");

        let End::Answered(reply) = history.record(RecordId(2)).unwrap().unwrap().end else { panic!("{name}") };
        assert_eq!(reply.cut, Some(Cut::Closed { detail: "early".into() }), "{name}");
        let phases = Phases { total: Duration::from_secs(30), ..Phases::default() };
        let expected = End::Failed { failure: timed_out, phases };
        assert_eq!(history.record(RecordId(3)).unwrap().unwrap().end, expected, "{name}");

        assert_eq!(ids(&list(&history, "lead scope")), [RecordId(2)], "{name}");
        assert_eq!(history.keep(&numbered(4)).unwrap().id, RecordId(4), "{name}");
    }
}

#[test]
fn an_old_history_ends_with_the_same_layout_as_a_new_one() {
    let new = Place::new();
    drop(new.open());
    for (name, script) in RELEASED {
        let old = Place::new();
        rusqlite::Connection::open(old.file()).unwrap().execute_batch(script).unwrap();
        drop(old.open());
        assert_eq!(layout(&old.file()), layout(&new.file()), "{name}");
    }
}

/// The version, and every column of every table and index.
fn layout(file: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(file).unwrap();
    let mut statement = connection
        .prepare(
            "SELECT format('%s %s.%s %s %d %d', s.type, s.name, c.name, c.type, c.\"notnull\", c.pk)
             FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'table'
             UNION ALL SELECT format('%s %s on %s.%s', s.type, s.name, s.tbl_name, i.name)
             FROM sqlite_schema s JOIN pragma_index_info(s.name) i WHERE s.type = 'index'
             UNION ALL SELECT format('version %d', user_version) FROM pragma_user_version
             UNION ALL SELECT format('file of %d', application_id) FROM pragma_application_id ORDER BY 1",
        )
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}
