//! A record as rows and back. The outcome's columns are for listing and filtering; a full record is read
//! again from the bytes that came, so it says what the reading of today makes of them.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::types::FromSql;
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::filter::haystack;
use crate::domain::entity::EntityPair;
use crate::domain::lookup::End;
use crate::domain::record::{Record, RecordId};
use crate::domain::reply::{ChatId, Parts, Reply};
use crate::domain::summary::{Summary, Verdict};

/// The columns of [`summary`], in its order.
pub const SUMMARY: &str = "lookups.id, asked_at, profile, portal, site, entity_type, entity_id, \
                           verdict, chat_id, code, status, failure, total_ns";

/// The columns of [`record`], in its order, of `lookups LEFT JOIN ends USING (id)`.
pub const RECORD: &str = "lookups.id, asked_at, profile, portal, site, entity_type, entity_id, \
                          sent, phases, failure, status, version, headers, cut, body";

const INSERT_LOOKUP: &str = "INSERT INTO lookups (asked_at, profile, portal, site, entity_type, entity_id, verdict, \
                             chat_id, code, status, failure, total_ns, haystack) \
                             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

const INSERT_END: &str = "INSERT INTO ends (id, sent, phases, version, headers, cut, time, body) \
                          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/// Why a row is not a record: the database is whole, what is in it is not what was written.
pub type Unreadable = String;

/// That every column is where it is looked for.
pub fn check(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached(INSERT_LOOKUP)?;
    connection.prepare_cached(INSERT_END)?;
    connection.prepare(&format!("SELECT {SUMMARY}, haystack FROM lookups"))?;
    connection.prepare(&format!("SELECT {RECORD} FROM lookups LEFT JOIN ends USING (id)"))?;
    Ok(())
}

/// Writes both rows; the caller holds the transaction.
pub fn insert(connection: &Connection, record: &Record) -> rusqlite::Result<RecordId> {
    let verdict = Verdict::of(&record.end);
    let haystack = haystack(record, &verdict);
    let total = i64::try_from(record.end.phases().total.as_nanos()).unwrap_or(i64::MAX);
    let reply = match &record.end {
        End::Answered(reply) => Some(reply),
        End::Failed { .. } => None,
    };
    let (kind, chat_id, code, failure) = match verdict {
        Verdict::Chat(id) => ("chat", Some(id.0), None, None),
        Verdict::NoChat => ("no_chat", None, None, None),
        Verdict::Refused { code, .. } => ("refused", None, Some(code), None),
        Verdict::Unreadable { looks_like, .. } => ("unreadable", None, Some(looks_like), None),
        Verdict::Failed { failure } => ("failed", None, Some(failure.code().to_owned()), Some(json(&failure)?)),
    };
    connection.prepare_cached(INSERT_LOOKUP)?.execute(params![
        record.asked_at.as_millisecond(),
        record.profile,
        record.portal,
        record.site,
        record.pair.entity_type(),
        record.pair.entity_id(),
        kind,
        chat_id,
        code,
        reply.map(|reply| reply.status),
        failure,
        total,
        haystack,
    ])?;
    let id = connection.last_insert_rowid();
    connection.prepare_cached(INSERT_END)?.execute(params![
        id,
        json(&record.sent)?,
        json(record.end.phases())?,
        reply.map(|reply| &reply.version),
        reply.map(|reply| json(&reply.headers)).transpose()?,
        reply.and_then(|reply| reply.cut.as_ref()).map(json).transpose()?,
        reply.and_then(|reply| reply.time.as_ref()).map(json).transpose()?,
        reply.map(|reply| &reply.body),
    ])?;
    Ok(RecordId(id))
}

/// A line of the list from a row of [`SUMMARY`].
pub fn summary(row: &Row<'_>) -> Result<Summary, Unreadable> {
    let head = Head::read(row)?;
    let verdict = match get::<String>(row, 7)?.as_str() {
        "chat" => Verdict::Chat(ChatId(get(row, 8)?)),
        "no_chat" => Verdict::NoChat,
        "refused" => Verdict::Refused { code: get(row, 9)?, status: get(row, 10)? },
        "unreadable" => Verdict::Unreadable { looks_like: get(row, 9)?, status: get(row, 10)? },
        "failed" => Verdict::Failed { failure: from_json(row, 11)? },
        other => return Err(format!("the verdict {other} is not known")),
    };
    let Head { id, asked_at, profile, portal, site, pair } = head;
    let total = Duration::from_nanos(get::<i64>(row, 12)?.unsigned_abs());
    Ok(Summary { id, asked_at, profile, portal, site, pair, verdict, total })
}

/// A full record from a row of [`RECORD`].
pub fn record(row: &Row<'_>) -> Result<Record, Unreadable> {
    let head = Head::read(row)?;
    let sent = from_json(row, 7)?;
    let phases = from_json(row, 8)?;
    let end = if get::<Option<String>>(row, 9)?.is_some() {
        End::Failed { failure: from_json(row, 9)?, phases }
    } else {
        End::Answered(Reply::new(Parts {
            status: get(row, 10)?,
            version: get(row, 11)?,
            headers: from_json(row, 12)?,
            cut: get::<Option<String>>(row, 13)?.map(|_| from_json(row, 13)).transpose()?,
            body: get(row, 14)?,
            phases,
        }))
    };
    let Head { asked_at, profile, portal, site, pair, .. } = head;
    Ok(Record { asked_at, profile, portal, site, pair, sent, end })
}

/// What both begin with.
struct Head {
    id: RecordId,
    asked_at: Timestamp,
    profile: String,
    portal: String,
    site: String,
    pair: EntityPair,
}

impl Head {
    fn read(row: &Row<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            id: RecordId(get(row, 0)?),
            asked_at: Timestamp::from_millisecond(get(row, 1)?).map_err(|error| error.to_string())?,
            profile: get(row, 2)?,
            portal: get(row, 3)?,
            site: get(row, 4)?,
            pair: EntityPair::new(get::<String>(row, 5)?, get::<String>(row, 6)?).map_err(|error| error.to_string())?,
        })
    }
}

fn get<T: FromSql>(row: &Row<'_>, column: usize) -> Result<T, Unreadable> {
    row.get(column).map_err(|error| error.to_string())
}

fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T, Unreadable> {
    serde_json::from_str(&get::<String>(row, column)?).map_err(|error| format!("column {column}: {error}"))
}

fn json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}
