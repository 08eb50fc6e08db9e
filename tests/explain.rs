//! Why null: wrong pairs against the demo portal over a real socket, each explained in one batch.

#[path = "explain/table.rs"]
mod table;
