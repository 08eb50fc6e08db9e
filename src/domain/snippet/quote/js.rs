//! A JavaScript literal in single quotes. `<` is escaped where it could end or begin a script element, for
//! code that is pasted into a page.

use crate::domain::visible;

pub fn js(text: &str) -> String {
    let mut out = String::from("'");
    let mut chars = visible::told_apart(text).peekable();
    while let Some((c, is_safe)) = chars.next() {
        let next = chars.peek().map(|(next, _)| *next);
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '<' if next.is_some_and(|next| matches!(next, '/' | '!' | 's' | 'S')) => out.push_str("\\x3C"),
            c if is_safe => out.push(c),
            // By UTF-16, which every age of the language reads.
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::hostile;
    use super::*;

    proptest! {
        #[test]
        fn it_is_read_as_it_was_meant(text in hostile::text()) {
            let literal = js(&text);
            prop_assert_eq!(hostile::unescape(&literal, '\''), text);
            prop_assert!(!literal.to_lowercase().contains("</script") && !literal.contains("<!--"));
            prop_assert!(!literal.chars().any(visible::is_hidden));
        }
    }
}
