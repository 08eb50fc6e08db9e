//! A history in memory, as quick and as obedient as no disk is.

use b24chat::domain::record::{Record, RecordId};
use b24chat::domain::summary::Summary;

#[derive(Default)]
pub struct Memory {
    records: Vec<Record>,
    /// At most so many rows come at once.
    pub page: usize,
}

impl Memory {
    /// Holding these already, the oldest first.
    pub fn holding(records: Vec<Record>) -> Self {
        Self { records, page: 200 }
    }

    pub fn keep(&mut self, record: &Record) -> Summary {
        self.records.push(record.clone());
        Summary::of(RecordId(i64::try_from(self.records.len()).unwrap()), record)
    }

    pub fn open(&self, id: RecordId) -> Option<Box<Record>> {
        self.records.get(usize::try_from(id.0).unwrap() - 1).cloned().map(Box::new)
    }

    /// Newest first, those that hold the text, older than `before`; and how many hold the text at all.
    pub fn recall(&self, filter: &str, before: Option<RecordId>) -> (Vec<Summary>, u64) {
        let numbered = self.records.iter().enumerate();
        let rows = numbered.map(|(at, record)| Summary::of(RecordId(i64::try_from(at).unwrap() + 1), record));
        let holds = |row: &Summary| format!("{} {}", row.pair, row.verdict.words()).to_lowercase().contains(filter);
        let mut rows: Vec<Summary> = rows.filter(holds).collect();
        let total = rows.len() as u64;
        rows.reverse();
        rows.retain(|row| before.is_none_or(|before| row.id < before));
        rows.truncate(self.page);
        (rows, total)
    }
}
