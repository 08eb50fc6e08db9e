//! A PowerShell literal between single quotes, where nothing but a quote means anything. PowerShell takes
//! the typographic single quotes for quotes too, and doubling is what makes any of them a character.

/// Everything that PowerShell takes for a single quote.
const QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];

pub fn powershell(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        out.push(c);
        if QUOTES.contains(&c) {
            out.push(c);
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

    /// A literal as PowerShell reads it: it ends at a quote that no other quote follows, and of two only the
    /// second is text.
    fn read(literal: &str) -> Option<String> {
        let mut chars = literal.strip_prefix(QUOTES)?.chars().peekable();
        let mut text = String::new();
        while let Some(c) = chars.next() {
            if QUOTES.contains(&c) {
                match chars.next_if(|next| QUOTES.contains(next)) {
                    Some(second) => text.push(second),
                    None => return chars.next().is_none().then_some(text),
                }
            } else {
                text.push(c);
            }
        }
        None
    }

    proptest! {
        #[test]
        fn powershell_reads_what_was_meant(text in hostile::text()) {
            prop_assert_eq!(read(&powershell(&text)), Some(text));
        }
    }

    #[test]
    fn a_typographic_quote_is_a_quote() {
        assert_eq!(powershell("it’s 'a'"), "'it’’s ''a'''");
    }
}
