//! An interpreted Go literal, in double quotes.

use std::fmt::Write;

use crate::domain::visible;

pub fn go(text: &str) -> String {
    let mut out = String::from("\"");
    for (c, is_safe) in visible::told_apart(text) {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_safe => out.push(c),
            c if u32::from(c) <= 0xffff => drop(write!(out, "\\u{:04x}", u32::from(c))),
            c => drop(write!(out, "\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::hostile;
    use super::*;

    proptest! {
        #[test]
        fn go_reads_what_was_meant(text in hostile::text()) {
            let literal = go(&text);
            prop_assert_eq!(hostile::unescape(&literal, '"'), text);
            prop_assert!(!literal.chars().any(visible::is_hidden));
        }
    }
}
