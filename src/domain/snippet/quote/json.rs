//! A JSON text. Readable as it is; in ASCII alone for Windows PowerShell, which reads a file in the code page
//! of the machine; and without braces for `.http` files, whose editors put variables in the place of `{{…}}`.

use crate::domain::visible;

/// Everything that can be seen is as it was.
pub fn readable(text: &str) -> String {
    written(text, |_| true)
}

/// No character beyond ASCII.
pub fn ascii(text: &str) -> String {
    written(text, |c| c.is_ascii())
}

/// Nothing that an editor would take for a variable.
pub fn http(text: &str) -> String {
    written(text, |c| !matches!(c, '{' | '}'))
}

fn written(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::from("\"");
    for (c, is_safe) in visible::told_apart(text) {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_safe && stays(c) => out.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
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
        fn all_three_are_the_same_json(text in hostile::text()) {
            for literal in [readable(&text), ascii(&text), http(&text)] {
                prop_assert_eq!(serde_json::from_str::<String>(&literal).unwrap(), text.clone());
                prop_assert!(!literal.chars().any(visible::is_hidden));
            }
            prop_assert!(ascii(&text).is_ascii());
            let has_braces = http(&text).contains(['{', '}']);
            prop_assert!(!has_braces);
        }
    }
}
