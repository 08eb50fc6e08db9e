//! A PHP literal: in single quotes, where only the quote and the backslash mean something, or in double
//! quotes where something has to be escaped to be seen.

use std::fmt::Write;

use crate::domain::visible;

pub fn php(text: &str) -> String {
    if visible::told_apart(text).all(|(_, is_safe)| is_safe) {
        return format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    }
    let mut out = String::from("\"");
    for (c, is_safe) in visible::told_apart(text) {
        match c {
            '"' | '\\' | '$' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_safe => out.push(c),
            c => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
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
        fn php_reads_what_was_meant(text in hostile::text()) {
            let literal = php(&text);
            let quote = literal.chars().next().unwrap();
            // Within double quotes a bare dollar begins a variable.
            let bare = literal.replace("\\\\", "").replace("\\$", "");
            prop_assert!(quote == '\'' || !bare.contains('$'), "{}", literal);
            prop_assert_eq!(hostile::unescape(&literal, quote), text);
            prop_assert!(!literal.chars().any(visible::is_hidden));
        }
    }

    #[test]
    fn what_can_be_seen_stays_in_single_quotes() {
        assert_eq!(php("it's $a \\ {$b}"), r"'it\'s $a \\ {$b}'");
        assert_eq!(php("$a\n\u{202e}"), r#""\$a\n\u{202e}""#);
    }
}
