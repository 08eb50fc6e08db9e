//! What is printed: data to standard output, words to standard error, nothing that a terminal would obey.

use std::io::{self, IsTerminal, Write};

use serde_json::Value;

use crate::domain::visible;
use crate::tui::ui::text;

/// Wider lines than this are hard to read, narrower ones are not worth wrapping for.
const COLUMNS: std::ops::RangeInclusive<usize> = 40..=100;

/// A line under a headline.
#[derive(Clone, Copy)]
pub enum Item {
    Plain,
    /// One of several possible causes.
    Cause,
    /// One of several things to do.
    Step,
}

/// One paragraph for the person, on standard error. Line feeds in it are shown, not obeyed: what is
/// quoted in it may come from a stranger.
pub fn words(text: &str) {
    paragraph("", text);
}

/// The same for texts that are made to stand after a colon: with a capital letter and a full stop.
pub fn sentence(text: &str) {
    words(&as_sentence(text));
}

/// With a capital letter and a full stop. A text that begins with a name, such as an environment
/// variable's, keeps it: only what is a word in lower case is changed.
pub fn as_sentence(text: &str) -> String {
    let text = text.trim();
    let word = text.split(' ').next().unwrap_or_default();
    let mut sentence = String::with_capacity(text.len() + 1);
    let mut chars = text.chars();
    if let Some(first) = chars.next().filter(|_| word.chars().all(char::is_lowercase)) {
        sentence.extend(first.to_uppercase());
        sentence.push_str(chars.as_str());
    } else {
        sentence.push_str(text);
    }
    if !text.ends_with(['.', ':', '!', '?', '"']) {
        sentence.push('.');
    }
    sentence
}

/// A paragraph under a headline.
pub fn item(item: Item, text: &str) {
    paragraph(
        match item {
            Item::Plain => "  ",
            Item::Cause => "  - ",
            Item::Step => "  → ",
        },
        text,
    );
}

/// Several lines as they are: a report of a bug, or of the doctor.
pub fn report(text: &str) {
    write_words(&visible::lines(text));
}

/// Whether a person reads along: standard error is a terminal.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

fn paragraph(mark: &str, text: &str) {
    write_words(&laid_out(mark, text, is_watched()));
}

/// The paragraph as it is printed; on a terminal it is wrapped, with its lines under each other.
fn laid_out(mark: &str, text: &str, is_terminal: bool) -> String {
    let text = visible::line(text);
    if !is_terminal {
        return format!("{mark}{text}");
    }
    let indent = text::width(mark);
    let rows = text::wrap(&text, columns() - indent);
    let rows: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| if at == 0 { format!("{mark}{row}") } else { format!("{:indent$}{row}", "") })
        .collect();
    rows.join("\n")
}

/// How wide the words may be on the terminal.
fn columns() -> usize {
    let (columns, _) = crossterm::terminal::size().unwrap_or((80, 24));
    usize::from(columns).clamp(*COLUMNS.start(), *COLUMNS.end())
}

fn write_words(text: &str) {
    // When standard error is gone there is nobody to tell.
    let _ = writeln!(io::stderr(), "{text}");
}

/// A line of data.
///
/// # Errors
/// When standard output cannot be written.
pub fn line(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", visible::line(text))?;
    out.flush()
}

/// A paragraph of data: a mark and what stands under it.
///
/// # Errors
/// When standard output cannot be written.
pub fn item_of_data(mark: &str, text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let laid_out = laid_out(mark, text, out.is_terminal());
    writeln!(out, "{laid_out}")?;
    out.flush()
}

/// One JSON value on a line. Characters that a terminal would obey or that nobody could see are written
/// as escapes, which is the same JSON.
///
/// # Errors
/// When `out` cannot be written.
pub fn json(out: &mut impl Write, value: &Value) -> io::Result<()> {
    let text = value.to_string();
    let mut escaped = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if visible::is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    escaped.push('\n');
    out.write_all(escaped.as_bytes())
}

/// Bytes as they were; on a terminal, with stand-ins for what it would obey.
///
/// # Errors
/// When standard output cannot be written.
pub fn bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        let text = String::from_utf8_lossy(bytes);
        writeln!(out, "{}", visible::lines(&text))?;
    } else {
        out.write_all(bytes)?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{json as write_json, *};

    #[test]
    fn a_text_made_for_the_middle_of_a_line_becomes_a_sentence() {
        assert_eq!(as_sentence("the disk is full"), "The disk is full.");
        assert_eq!(as_sentence("Already one."), "Already one.");
        assert_eq!(as_sentence("b24chat keeps its name"), "b24chat keeps its name.");
        assert_eq!(as_sentence("сделка"), "Сделка.");
        assert_eq!(as_sentence(""), ".");
    }

    #[test]
    fn json_is_the_same_json_without_anything_a_terminal_would_obey() {
        let value = json!({ "a": "x\u{9b}31m\u{202e}\u{7f}\u{1b}\u{e0041}", "Сделка": "ё" });
        let mut out = Vec::new();
        write_json(&mut out, &value).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.trim_end().chars().any(visible::is_hidden), "{text}");
        assert!(text.contains("Сделка"));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
