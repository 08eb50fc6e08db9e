//! The bytes that a program wrote to its terminal, read strictly.

/// Whether the bytes hold a text.
pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Everything in the bytes that the explorer has no reason to write: escape sequences other than its own,
/// control characters, and characters that change the direction of text or cannot be seen.
pub fn foreign_to_a_terminal(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut foreign = Vec::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\x1b' {
            let mut sequence = String::new();
            for next in rest.by_ref() {
                sequence.push(next);
                let is_over = if sequence.len() == 1 { next != '[' } else { ('@'..='~').contains(&next) };
                if is_over {
                    break;
                }
            }
            if !is_ours(&sequence) {
                foreign.push(format!("ESC {sequence}"));
            }
        } else if c.is_control() || is_unseen(c) {
            foreign.push(format!("{c:?}"));
        }
    }
    foreign
}

/// Moving the cursor, colours, clearing the screen, and switching on and off what is switched on.
fn is_ours(sequence: &str) -> bool {
    const MODES: [&str; 8] = ["25", "1000", "1002", "1003", "1006", "1015", "1049", "2004"];
    let Some(sequence) = sequence.strip_prefix('[') else { return false };
    let (parameters, last) = sequence.split_at(sequence.len().saturating_sub(1));
    let are_numbers = parameters.chars().all(|c| c.is_ascii_digit() || c == ';');
    match last {
        "H" | "m" => are_numbers,
        "J" => parameters == "2",
        "h" | "l" => parameters.strip_prefix('?').is_some_and(|mode| MODES.contains(&mode)),
        _ => false,
    }
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
