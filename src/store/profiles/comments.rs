//! The comments of a table that is taken out: they were written by a person, for a reason that may
//! outlive the table, so they stay where it stood.

use toml_edit::{Decor, Item, RawString, TableLike, Value};

/// Takes a table out and gives back its comments, line by line.
pub fn taken_out(tables: &mut dyn TableLike, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(key) = tables.key(name) {
        of_decor(key.leaf_decor(), &mut found);
    }
    if let Some(item) = tables.remove(name) {
        of_item(&item, &mut found);
    }
    found
}

/// Writes the comments to where the two texts part. `after` is `before` without the table.
pub fn put_back(before: &str, after: &str, comments: &[String]) -> String {
    if comments.is_empty() {
        return after.to_owned();
    }
    let same = before.bytes().zip(after.bytes()).take_while(|(left, right)| left == right).count();
    let at = after.as_bytes()[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let block = comments.concat();
    format!("{}{block}{}", &after[..at], &after[at..])
}

fn of_item(item: &Item, found: &mut Vec<String>) {
    match item {
        Item::None => {}
        Item::Value(value) => of_value(value, found),
        Item::Table(table) => {
            of_decor(table.decor(), found);
            of_table(table, found);
        }
        Item::ArrayOfTables(tables) => {
            for table in tables {
                of_decor(table.decor(), found);
                of_table(table, found);
            }
        }
    }
}

fn of_table(table: &dyn TableLike, found: &mut Vec<String>) {
    for (name, item) in table.iter() {
        if let Some(key) = table.key(name) {
            of_decor(key.leaf_decor(), found);
        }
        of_item(item, found);
    }
}

fn of_value(value: &Value, found: &mut Vec<String>) {
    of_decor(value.decor(), found);
    match value {
        Value::Array(array) => {
            for value in array {
                of_value(value, found);
            }
            of_raw(Some(array.trailing()), found);
        }
        Value::InlineTable(table) => {
            of_table(table, found);
            of_raw(Some(table.trailing()), found);
        }
        _ => {}
    }
}

fn of_decor(decor: &Decor, found: &mut Vec<String>) {
    of_raw(decor.prefix(), found);
    of_raw(decor.suffix(), found);
}

fn of_raw(raw: Option<&RawString>, found: &mut Vec<String>) {
    let lines = raw.and_then(RawString::as_str).unwrap_or_default().lines().map(str::trim);
    found.extend(lines.filter(|line| line.starts_with('#')).map(|line| format!("{line}\n")));
}
