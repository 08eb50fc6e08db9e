//! What is printed: data to standard output, words to standard error, nothing that a terminal would obey.

use std::io::{self, IsTerminal, Write};

use serde_json::Value;

use crate::domain::visible;

/// A sentence or more for the person, on standard error.
pub fn words(text: &str) {
    // When standard error is gone there is nobody to tell.
    let _ = writeln!(io::stderr(), "{}", visible::lines(text));
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

    use super::*;

    #[test]
    fn json_is_the_same_json_without_anything_a_terminal_would_obey() {
        let value = json!({ "a": "x\u{9b}31m\u{202e}\u{7f}\u{1b}\u{e0041}", "Сделка": "ё" });
        let mut out = Vec::new();
        super::json(&mut out, &value).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.trim_end().chars().any(visible::is_hidden), "{text}");
        assert!(text.contains("Сделка"));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
