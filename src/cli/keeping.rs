//! Keeping the record of a lookup. The history opens while the portal is asked, and trouble with it
//! never hides an answer.

use std::path::PathBuf;
use std::thread::{self, JoinHandle};

use super::{output, source};
use crate::domain::record::Record;
use crate::store::StoreError;
use crate::store::history::{History, Opened};

/// The history, being opened on a thread of its own.
pub struct Opening(Result<JoinHandle<Result<Opened, StoreError>>, String>);

impl Opening {
    pub fn start() -> Self {
        Self(source::history_file().and_then(open))
    }

    /// Keeps a record, and says so where that failed or an older file had to be set aside.
    pub fn keep(self, record: &Record) {
        if let Err(why) = self.try_keep(record) {
            tracing::warn!(target: "b24chat::cli", "the record was not kept");
            output::sentence(&why);
        }
    }

    fn try_keep(self, record: &Record) -> Result<(), String> {
        let opened = self.0?.join().map_err(|_| "The history could not be opened".to_owned())?;
        let Opened { mut history, set_aside } = opened.map_err(|error| error.to_string())?;
        if let Some(set_aside) = set_aside {
            output::sentence(&set_aside.to_string());
        }
        let kept = history.keep(record).map_err(|error| error.to_string())?;
        if let Some(set_aside) = kept.set_aside {
            output::sentence(&set_aside.to_string());
        }
        tracing::debug!(target: "b24chat::cli", record = kept.id.0, "kept");
        Ok(())
    }
}

fn open(path: PathBuf) -> Result<JoinHandle<Result<Opened, StoreError>>, String> {
    thread::Builder::new()
        .name("history".to_owned())
        .spawn(move || History::open(&path))
        .map_err(|error| format!("the history could not be opened: {error}"))
}
