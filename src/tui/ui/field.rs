//! A text field of one line: tui-input for the editing, and drawing that knows widths. What cannot be
//! seen is drawn as a stand-in, so that an id with a zero-width character in it does not look right.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use tui_input::{Input, InputRequest};

use crate::domain::visible;
use crate::tui::keys::{Chord, Key};
use crate::tui::ui::text;

/// Edits the field by a key. `false` when the key is nothing a text field knows.
pub fn press(input: &mut Input, chord: Chord) -> bool {
    let request = match (chord.ctrl, chord.alt, chord.key) {
        (true, false, Key::Char('a')) | (false, false, Key::Home) => InputRequest::GoToStart,
        (true, false, Key::Char('e')) | (false, false, Key::End) => InputRequest::GoToEnd,
        (true, false, Key::Char('b')) | (false, false, Key::Left) => InputRequest::GoToPrevChar,
        (true, false, Key::Char('f')) | (false, false, Key::Right) => InputRequest::GoToNextChar,
        (true, false, Key::Left) | (false, true, Key::Char('b') | Key::Left) => InputRequest::GoToPrevWord,
        (true, false, Key::Right) | (false, true, Key::Char('f') | Key::Right) => InputRequest::GoToNextWord,
        (true, false, Key::Char('h')) | (false, false, Key::Backspace) => InputRequest::DeletePrevChar,
        (true, false, Key::Char('d')) | (false, false, Key::Delete) => InputRequest::DeleteNextChar,
        (true, false, Key::Char('w') | Key::Backspace) | (false, true, Key::Backspace) => InputRequest::DeletePrevWord,
        (false, true, Key::Char('d')) | (true, false, Key::Delete) => InputRequest::DeleteNextWord,
        (true, false, Key::Char('u')) => InputRequest::DeleteLine,
        (true, false, Key::Char('k')) => InputRequest::DeleteTillEnd,
        _ => match chord.typed() {
            Some(c) => InputRequest::InsertChar(c),
            None => return false,
        },
    };
    input.handle(request);
    true
}

/// Puts text in at the cursor.
pub fn insert(input: &mut Input, text: &str) {
    for c in text.chars() {
        input.handle(InputRequest::InsertChar(c));
    }
}

/// Draws the field on one row and, when it has the keys, puts the terminal's own cursor into it: input
/// methods and screen readers follow that one.
pub fn draw(frame: &mut Frame, area: Rect, input: &Input, style: Style, has_keys: bool) {
    let columns = usize::from(area.width);
    if columns == 0 || area.height == 0 {
        return;
    }
    let (shown, cursor) = window(input, columns);
    frame.render_widget(Line::styled(shown, style), area);
    if has_keys {
        // `cursor` is below `columns`, which came from a u16.
        frame.set_cursor_position(Position::new(area.x + u16::try_from(cursor).unwrap_or(0), area.y));
    }
}

/// The part of the text that is seen in so many columns, and the cursor's column in it.
fn window(input: &Input, columns: usize) -> (String, usize) {
    let value = input.value();
    let split = value.char_indices().nth(input.cursor()).map_or(value.len(), |(at, _)| at);
    let before = visible::line(&value[..split]);
    let after = visible::line(&value[split..]);
    let mut start = 0;
    while text::width(&before[start..]) >= columns {
        start += text::take(&before[start..], 2).len().max(1);
        while !before.is_char_boundary(start) {
            start += 1;
        }
    }
    let cursor = text::width(&before[start..]);
    let mut shown = before[start..].to_owned();
    shown.push_str(text::take(&after, columns - cursor));
    (shown, cursor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(text: &str) -> Input {
        let mut input = Input::default();
        insert(&mut input, text);
        input
    }

    #[test]
    fn backspace_takes_a_whole_grapheme() {
        let mut input = typed("DEAL|e\u{301}");
        assert!(press(&mut input, Chord::plain(Key::Backspace)));
        assert_eq!(input.value(), "DEAL|");
    }

    #[test]
    fn the_cursor_stands_after_wide_characters_where_they_end() {
        assert_eq!(window(&typed("会議"), 20), ("会議".into(), 4));
        assert_eq!(window(&typed("a\u{200b}"), 20), ("a⟨U+200B⟩".into(), 9));
    }

    #[test]
    fn a_long_text_shows_its_end_while_the_cursor_is_there() {
        let (shown, cursor) = window(&typed("0123456789"), 5);
        assert_eq!((shown.as_str(), cursor), ("6789", 4));
    }

    proptest! {
        #[test]
        fn the_window_and_its_cursor_always_fit(text in "\\PC{0,40}", columns in 1usize..30, left in 0usize..40) {
            let mut input = typed(&text);
            for _ in 0..left {
                input.handle(InputRequest::GoToPrevChar);
            }
            let (shown, cursor) = window(&input, columns);
            prop_assert!(cursor < columns);
            prop_assert!(text::width(&shown) <= columns);
        }
    }
}
