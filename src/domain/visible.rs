//! Foreign text made safe to look at. What a portal sends may hold escape sequences, bidirectional
//! overrides or characters nobody can see; they reach a terminal only as visible stand-ins.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

/// More combining marks than this on one character are shown as stand-ins: no script needs more, and a
/// long stack of them paints over the neighbouring lines.
const MARKS: usize = 4;

/// The text on one line: every character that a terminal would obey, or that would not be seen, is
/// replaced by a stand-in (`␛`, `␊`, `⟨U+202E⟩`).
pub fn line(text: &str) -> Cow<'_, str> {
    stand_ins(text, |_| false)
}

/// The same, but line feeds stay line feeds and tabs stay tabs.
pub fn lines(text: &str) -> Cow<'_, str> {
    stand_ins(text, |c| matches!(c, '\n' | '\t'))
}

fn stand_ins(text: &str, keeps: impl Fn(char) -> bool) -> Cow<'_, str> {
    if told_apart(text).all(|(c, is_safe)| is_safe || keeps(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (c, is_safe) in told_apart(text) {
        if is_safe || keeps(c) {
            shown.push(c);
        } else {
            push_stand_in(&mut shown, c);
        }
    }
    Cow::Owned(shown)
}

/// Every character, and whether it is shown as it is: for writers of code, who have escapes of their own for
/// what [`line()`] shows stand-ins for.
pub fn told_apart(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut marks = 0;
    text.chars().map(move |c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        (c, !is_hidden(c) && marks <= MARKS)
    })
}

fn push_stand_in(shown: &mut String, c: char) {
    match c {
        '\0'..='\x1f' => shown.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
        '\x7f' => shown.push('\u{2421}'),
        // Writing to a String cannot fail.
        _ => drop(write!(shown, "⟨U+{:04X}⟩", u32::from(c))),
    }
}

/// A character of no width that belongs to the one before it.
fn is_mark(c: char) -> bool {
    c.width() == Some(0) && !is_hidden(c)
}

/// Whether a terminal would obey the character, or a person could not see it.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}'                  // soft hyphen
            | '\u{034f}'                // grapheme joiner
            | '\u{061c}'                // Arabic letter mark
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
            | '\u{17b4}' | '\u{17b5}'   // Khmer inherent vowels
            | '\u{180b}'..='\u{180f}'   // Mongolian selectors and separator
            | '\u{200b}'..='\u{200f}'   // zero-width spaces and joiners, direction marks
            | '\u{2028}'..='\u{202e}'   // line and paragraph separators, bidirectional overrides
            | '\u{2060}'..='\u{206f}'   // word joiner, isolates, deprecated format characters
            | '\u{fe00}'..='\u{fe0f}'   // variation selectors
            | '\u{feff}'                // byte-order mark
            | '\u{fff0}'..='\u{fffb}'   // unassigned specials, interlinear annotation
            | '\u{1bca0}'..='\u{1bca3}' // shorthand format controls
            | '\u{1d173}'..='\u{1d17a}' // musical format controls
            | '\u{e0000}'..='\u{e0fff}' // tags and more variation selectors
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_text_of_any_script_is_untouched_and_uncopied() {
        for text in ["chat 1437", "Сделка «Котёл» №5", "会議", "é e\u{301}", "🙂", "नमस्ते", "a b"]
        {
            assert!(matches!(line(text), Cow::Borrowed(shown) if shown == text), "{text}");
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_seen_instead() {
        assert_eq!(line("\x1b]0;title\x07"), "␛]0;title␇");
        assert_eq!(line("\u{9b}31m"), "⟨U+009B⟩31m");
        assert_eq!(line("a\u{202e}b\u{200b}c\x7f"), "a⟨U+202E⟩b⟨U+200B⟩c␡");
        assert_eq!(line("a\r\nb\tc"), "a␍␊b␉c");
        assert_eq!(lines("a\r\nb\tc"), "a␍\nb\tc");
    }

    #[test]
    fn a_stack_of_marks_is_cut_to_what_a_script_needs() {
        let shown = line("o\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}x").into_owned();
        assert_eq!(shown, "o\u{301}\u{301}\u{301}\u{301}⟨U+0301⟩⟨U+0301⟩x");
    }

    proptest! {
        #[test]
        fn nothing_hidden_ever_passes_and_showing_twice_changes_nothing(text in any::<String>()) {
            let once = line(&text).into_owned();
            prop_assert!(!once.chars().any(is_hidden));
            prop_assert_eq!(line(&once).into_owned(), once.clone());
        }
    }
}
