//! The history: every lookup with its end, in one SQLite file that several processes share. A record is on
//! the disk when [`History::keep`] returns. A broken file never stops a lookup: it is set aside, a new one
//! begins, and the caller is told.

mod file;
mod filter;
mod lock;
mod rows;
mod schema;
mod set_aside;

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use self::file::Live;
use self::filter::{MATCHES, needle};
use self::lock::Lock;
pub use self::set_aside::SetAside;
use super::StoreError;
use super::error::Trouble;
use super::places::make_private_dir;
use crate::domain::record::{Record, RecordId};
use crate::domain::summary::Summary;

/// An open history. Each thread and process opens its own.
pub struct History {
    path: PathBuf,
    /// `None` only after a file was lost and no new one could be opened; the next call tries again.
    live: RefCell<Option<Live>>,
}

/// A history, and what had to be done to open it.
pub struct Opened {
    pub history: History,
    /// Tell the user.
    pub set_aside: Option<SetAside>,
}

/// A record that is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: RecordId,
    /// Earlier records are in another file now: tell the user.
    pub set_aside: Option<SetAside>,
}

/// Which lines of the list are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recall {
    /// Words that must all be found, in any order and any case; empty for every record.
    pub filter: String,
    /// Only records older than this one: the last id of the page before.
    pub before: Option<RecordId>,
    /// At most this many.
    pub limit: usize,
}

/// Some lines of the list, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Summary>,
    /// How many records match the filter, on this page or not.
    pub total: u64,
    /// Lines left out between these because what is kept of them makes no sense; 0 unless someone wrote into the file.
    pub unreadable: u64,
}

/// How a walk through the records ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk<B> {
    /// What the visitor broke off with, if it did.
    pub broke: Option<B>,
    /// Records that were left out because what is kept of them makes no sense.
    pub unreadable: Vec<RecordId>,
}

impl History {
    /// Opens the history, making the file and its folder where they are missing, both for this user alone.
    ///
    /// # Errors
    /// When the file or folder may not be used, is in use for too long, or is of a newer b24chat. Nothing is
    /// renamed then.
    pub fn open(path: &Path) -> Result<Opened, StoreError> {
        if let Some(folder) = path.parent() {
            make_private_dir(folder)?;
        }
        let history = Self { path: path.to_owned(), live: RefCell::new(None) };
        let ((), set_aside) = history.run(|_| Ok(()))?;
        Ok(Opened { history, set_aside })
    }

    /// Keeps a record; it survives a crash of the program and of the machine when this returns. The time it
    /// was asked at is kept to the millisecond.
    ///
    /// # Errors
    /// When it could not be kept. A file found broken is no error: it is set aside, and the record kept in the new one.
    pub fn keep(&mut self, record: &Record) -> Result<Kept, StoreError> {
        let (id, set_aside) = self.run(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let id = rows::insert(&transaction, record)?;
            transaction.commit()?;
            Ok(id)
        })?;
        Ok(Kept { id, set_aside })
    }

    /// A page of the list, newest first.
    ///
    /// # Errors
    /// When the file cannot be read. [`StoreError::SetAside`] says that it was broken: asking again reads the new one.
    pub fn recall(&self, recall: &Recall) -> Result<Page, StoreError> {
        let needle = needle(&recall.filter);
        self.read(|connection| {
            let snapshot = connection.transaction()?;
            let total = count(&snapshot, &needle)?;
            let (rows, unreadable) = page(&snapshot, &needle, recall)?;
            Ok(Page { rows, total, unreadable })
        })
    }

    /// A record with its reply as it was, read again from its bytes; `None` when there is no such record.
    ///
    /// # Errors
    /// As [`History::recall`]; [`StoreError::Record`] when what is kept of it makes no sense.
    pub fn record(&self, id: RecordId) -> Result<Option<Record>, StoreError> {
        let sql = format!("SELECT {} FROM lookups LEFT JOIN ends USING (id) WHERE lookups.id = ?1", rows::RECORD);
        let found = self.read(|connection| {
            connection.prepare_cached(&sql)?.query_row([id.0], |row| Ok(rows::record(row))).optional()
        })?;
        found.transpose().map_err(|why| StoreError::Record { path: self.path.clone(), id: id.0, why })
    }

    /// Shows every record that matches the filter to `visit`, one at a time, until it breaks off. Only one
    /// record is in memory, and other processes may write meanwhile; records kept after the start are not shown.
    ///
    /// # Errors
    /// As [`History::recall`].
    pub fn each<B>(
        &self,
        filter: &str,
        oldest_first: bool,
        mut visit: impl FnMut(RecordId, Record) -> ControlFlow<B>,
    ) -> Result<Walk<B>, StoreError> {
        let needle = needle(filter);
        let (next, order) = if oldest_first { (">", "ASC") } else { ("<", "DESC") };
        let sql = format!(
            "SELECT {} FROM lookups LEFT JOIN ends USING (id) \
             WHERE {MATCHES} AND lookups.id {next} ?2 AND lookups.id <= ?3 ORDER BY lookups.id {order} LIMIT 1",
            rows::RECORD
        );
        let newest: i64 = self.read(|connection| {
            connection.query_row("SELECT coalesce(max(id), 0) FROM lookups", [], |row| row.get(0))
        })?;
        let mut at = if oldest_first { i64::MIN } else { i64::MAX };
        let mut unreadable = Vec::new();
        while let Some((id, record)) = self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_row(params![needle, at, newest], |row| Ok((row.get(0)?, rows::record(row)))).optional()
        })? {
            at = id;
            let id = RecordId(id);
            match record.map(|record| visit(id, record)) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(broke)) => return Ok(Walk { broke: Some(broke), unreadable }),
                Err(_) => unreadable.push(id),
            }
        }
        Ok(Walk { broke: None, unreadable })
    }

    /// Reads. When the file turned out broken there is nothing to read any more, and the caller must know.
    fn read<T>(&self, ask: impl FnMut(&mut Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        match self.run(ask)? {
            (found, None) => Ok(found),
            (_, Some(set_aside)) => Err(StoreError::SetAside(set_aside)),
        }
    }

    /// Does something with the file of that name, whole and of the newest layout; sets a broken one aside.
    fn run<T>(
        &self,
        mut ask: impl FnMut(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<(T, Option<SetAside>), StoreError> {
        let mut live = self.live.borrow_mut();
        // Another process may have set the file aside: what is written now belongs into the new one.
        let mut told = None;
        {
            let _lock = Lock::shared(&self.path)?;
            if let Some(gone) = live.take_if(|live| !live.is_in_place(&self.path)) {
                told = gone.found_aside(&self.path);
            }
            if live.is_none() {
                *live = Live::glance(&self.path);
            }
            if let Some(open) = live.as_mut() {
                match ask(&mut open.connection).map_err(|error| Trouble::sort(&self.path, &error)) {
                    Ok(done) => return Ok((done, told)),
                    Err(Trouble::Refused(error)) => return Err(error),
                    Err(Trouble::Broken(_)) => {}
                }
            }
        }
        let _lock = Lock::alone(&self.path)?;
        if let Some(open) = live.take() {
            told = told.or_else(|| open.found_aside(&self.path));
            drop(open);
        }
        // Judged again: while we waited for the lock, another process may have put a new file in its place.
        let why = match self.settle_and(&mut live, &mut ask) {
            Ok(done) => return Ok((done, told)),
            Err(Trouble::Refused(error)) => return Err(error),
            Err(Trouble::Broken(why)) => why,
        };
        *live = None;
        let set_aside = set_aside::set_aside(&self.path, &why).map_err(|source| StoreError::Stuck {
            path: self.path.clone(),
            why,
            source,
        })?;
        match self.settle_and(&mut live, &mut ask) {
            Ok(done) => Ok((done, Some(set_aside))),
            Err(Trouble::Refused(error)) => Err(error),
            Err(Trouble::Broken(detail)) => Err(StoreError::Failed { path: self.path.clone(), detail }),
        }
    }

    fn settle_and<T>(
        &self,
        live: &mut Option<Live>,
        ask: &mut impl FnMut(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Trouble> {
        let open = live.insert(Live::settle(&self.path)?);
        ask(&mut open.connection).map_err(|error| Trouble::sort(&self.path, &error))
    }
}

fn count(connection: &Connection, needle: &str) -> rusqlite::Result<u64> {
    let total: i64 = if needle == "[]" {
        connection.prepare_cached("SELECT count(*) FROM lookups")?.query_row([], |row| row.get(0))?
    } else {
        let sql = format!("SELECT count(*) FROM lookups WHERE {MATCHES}");
        connection.prepare_cached(&sql)?.query_row([needle], |row| row.get(0))?
    };
    Ok(total.unsigned_abs())
}

fn page(connection: &Connection, needle: &str, recall: &Recall) -> rusqlite::Result<(Vec<Summary>, u64)> {
    let sql = format!("SELECT {} FROM lookups WHERE {MATCHES} AND id < ?2 ORDER BY id DESC", rows::SUMMARY);
    let before = recall.before.map_or(i64::MAX, |id| id.0);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query(params![needle, before])?;
    let (mut rows, mut unreadable) = (Vec::new(), 0);
    while rows.len() < recall.limit {
        match found.next()?.map(rows::summary) {
            Some(Ok(summary)) => rows.push(summary),
            Some(Err(_)) => unreadable += 1,
            None => break,
        }
    }
    Ok((rows, unreadable))
}

#[cfg(test)]
mod tests;
