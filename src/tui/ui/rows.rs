//! Text cut into rows: JSON by its brackets and commas, in the words it was written in, and anything
//! else by its lines. What folds them is in [`fold`](super::fold).

use std::borrow::Cow;

use super::fold::{ROW_LIMIT, Row};
use crate::domain::visible;

/// The lines of a text.
pub fn plain_rows(text: &str) -> Vec<Row> {
    let row = |line: &str| Row { depth: 0, name: None, value: clean(line.trim_end_matches('\r')), closes_at: None };
    let mut rows: Vec<Row> = text.split('\n').take(ROW_LIMIT).map(row).collect();
    if rows.last().is_some_and(|row| row.value.is_empty()) {
        rows.pop();
    }
    if rows.len() == ROW_LIMIT {
        rows.push(rest_row());
    }
    rows
}

fn rest_row() -> Row {
    let value = format!("… more than {ROW_LIMIT} rows: b24chat get --raw prints the whole reply");
    Row { depth: 0, name: None, value, closes_at: None }
}

fn clean(text: &str) -> String {
    match visible::line(text) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

/// Cuts text that is known to be JSON into rows. Only brackets, commas, colons and texts matter.
pub fn json_rows(text: &str) -> Vec<Row> {
    let mut cutter = Cutter { rows: Vec::new(), open: Vec::new(), name: None };
    let mut tokens = Tokens(text.trim_start_matches('\u{feff}'));
    while let Some(token) = tokens.next() {
        if cutter.rows.len() >= ROW_LIMIT {
            cutter.rows.push(rest_row());
            break;
        }
        match token {
            "{" | "[" => cutter.open(token),
            "}" | "]" => cutter.close(token),
            "," => cutter.comma(),
            ":" => {}
            text if tokens.follows(':') => cutter.name = Some(clean(text)),
            scalar => cutter.push(clean(scalar)),
        }
    }
    cutter.rows
}

struct Cutter {
    rows: Vec<Row>,
    /// The rows of the brackets that are open.
    open: Vec<usize>,
    name: Option<String>,
}

impl Cutter {
    fn push(&mut self, value: String) {
        let row = Row { depth: self.open.len(), name: self.name.take(), value, closes_at: None };
        self.rows.push(row);
    }

    fn open(&mut self, bracket: &str) {
        self.push(bracket.to_owned());
        self.open.push(self.rows.len() - 1);
    }

    fn close(&mut self, bracket: &str) {
        let Some(opened) = self.open.pop() else { return };
        if opened + 1 == self.rows.len() {
            // Nothing inside: `{}` on one row has nothing to fold.
            self.rows[opened].value.push_str(bracket);
            return;
        }
        self.rows[opened].closes_at = Some(self.rows.len());
        self.push(bracket.to_owned());
    }

    fn comma(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.value.push(',');
        }
    }
}

struct Tokens<'a>(&'a str);

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<&'a str> {
        self.0 = self.0.trim_ascii_start();
        let first = *self.0.as_bytes().first()?;
        let length = match first {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            b'"' => text_length(self.0.as_bytes()),
            _ => self.0.find(|c: char| "{}[],:\"".contains(c) || c.is_ascii_whitespace()).unwrap_or(self.0.len()),
        };
        let (token, rest) = self.0.split_at(length);
        self.0 = rest;
        Some(token)
    }

    fn follows(&mut self, c: char) -> bool {
        self.0.trim_ascii_start().starts_with(c)
    }
}

/// The length of a text with its quotes; escapes are skipped in pairs.
fn text_length(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}
