//! A POSIX shell's word: between single quotes nothing means anything, so only the quote itself leaves them.

/// `it's` is `'it'\''s'`.
pub fn sh(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::hostile;
    use super::*;

    /// What a shell makes of a word of single quotes and backslashes.
    fn read(word: &str) -> String {
        let (mut text, mut chars) = (String::new(), word.chars());
        while let Some(c) = chars.next() {
            match c {
                '\'' => text.extend(chars.by_ref().take_while(|c| *c != '\'')),
                '\\' => text.extend(chars.next()),
                c => panic!("{c:?} stands outside of quotes in {word}"),
            }
        }
        text
    }

    proptest! {
        #[test]
        fn a_shell_reads_what_was_meant(text in hostile::text()) {
            prop_assert_eq!(read(&sh(&text)), text);
        }
    }
}
