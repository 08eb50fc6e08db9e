//! The layouts of the history, forward only. A released one never changes; the next is one more line.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

/// Each layout leads to the next.
const LAYOUTS: &[M] = &[M::up(include_str!("v1.sql"))];

/// The layout that this program writes.
pub const NEWEST: i64 = LAYOUTS.len() as i64;

/// The layout of a file; 0 for an empty one.
pub fn layout(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Whether a file holds no tables at all.
pub fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))
}

/// Brings a file to the newest layout, all of it or nothing.
pub fn migrate(connection: &mut Connection) -> Result<(), rusqlite_migration::Error> {
    Migrations::from_slice(LAYOUTS).to_latest(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layouts_can_be_made_one_after_the_other() {
        Migrations::from_slice(LAYOUTS).validate().unwrap();
    }
}
