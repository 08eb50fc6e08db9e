//! A command line as a shell would split it: enough of the rules for what browsers and documentation
//! write. `'…'`, `"…"` with backslashes, `$'…'`, and a line that goes on after `\`, `^` or a backtick.

/// The words of a command line, without their quotes.
pub fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => words.extend(word.take()),
            '\'' => single(&mut chars, word.get_or_insert_default()),
            '"' => double(&mut chars, word.get_or_insert_default()),
            '$' if chars.peek() == Some(&'\'') => {
                chars.next();
                escaped(&mut chars, word.get_or_insert_default());
            }
            '\\' | '^' | '`' => match chars.next() {
                Some('\n') | None => {}
                // A Windows line ends in two characters.
                Some('\r') => drop(chars.next_if_eq(&'\n')),
                Some(next) => word.get_or_insert_default().push(next),
            },
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn single(chars: &mut impl Iterator<Item = char>, word: &mut String) {
    word.extend(chars.take_while(|c| *c != '\''));
}

fn double(chars: &mut impl Iterator<Item = char>, word: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '"' => return,
            '\\' => match chars.next() {
                Some(c @ ('"' | '\\' | '$' | '`')) => word.push(c),
                Some('\n') | None => {}
                Some(other) => word.extend(['\\', other]),
            },
            c => word.push(c),
        }
    }
}

/// `$'…'`: browsers write data with quotes in it so.
fn escaped(chars: &mut impl Iterator<Item = char>, word: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '\'' => return,
            '\\' => match chars.next() {
                Some('n') => word.push('\n'),
                Some('t') => word.push('\t'),
                Some('u') => word.extend(unicode(chars)),
                Some(other) => word.push(other),
                None => {}
            },
            c => word.push(c),
        }
    }
}

fn unicode(chars: &mut impl Iterator<Item = char>) -> Option<char> {
    let digits: String = chars.take(4).collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_read_as_a_shell_reads_them() {
        assert_eq!(split(r#"curl -d '{"a":1}' "x \"y\" \n""#), ["curl", "-d", r#"{"a":1}"#, r#"x "y" \n"#]);
        assert_eq!(split("a\\\n b ^\r\n c\\ d ''"), ["a", "b", "c d", ""]);
        assert_eq!(split(r"$'it\'s \u0041'"), ["it's A"]);
        assert_eq!(split("'never closed"), ["never closed"]);
        assert!(split("  \n ").is_empty());
    }
}
