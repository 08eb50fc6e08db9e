//! Text that fits: widths in terminal columns, cutting with an ellipsis, wrapping at words. All of it
//! works on graphemes, so that a wide or composed character is never cut in two.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many columns the text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, cut to `columns` with an ellipsis where it is longer.
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let mut cut = take(text, room).to_owned();
    cut.push('…');
    Cow::Owned(cut)
}

/// As much of the beginning as fits into `columns`.
pub fn take(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// The text cut and filled to exactly `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    let mut padded = fit(text, columns).into_owned();
    padded.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(&padded))));
    padded
}

/// The text in lines of at most `columns`: at words where it can, within a word where it must. Line
/// feeds in the text begin a new line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for word in paragraph.split_inclusive(' ') {
            let bare = width(word.trim_end_matches(' '));
            if used > 0 && used + bare > columns {
                lines.push(std::mem::take(&mut line).trim_end_matches(' ').to_owned());
                used = 0;
            }
            let mut rest = word;
            while width(rest.trim_end_matches(' ')) > columns {
                let mut head = take(rest, columns);
                if head.is_empty() {
                    // One grapheme wider than the whole line: it goes there all the same.
                    head = rest.graphemes(true).next().unwrap_or(rest);
                }
                lines.push(head.to_owned());
                rest = &rest[head.len()..];
            }
            line.push_str(rest);
            used += width(rest);
        }
        lines.push(line.trim_end_matches(' ').to_owned());
    }
    lines
}

/// Wrapped text as styled lines.
pub fn paragraph(text: &str, columns: usize, style: Style) -> impl Iterator<Item = Line<'static>> + use<> {
    wrap(text, columns).into_iter().map(move |line| Line::styled(line, style))
}

/// A label and a value, the value wrapped beside the label.
pub fn labelled(
    label: &str,
    label_columns: usize,
    value: &str,
    columns: usize,
    styles: (Style, Style),
) -> Vec<Line<'static>> {
    let room = columns.saturating_sub(label_columns).max(8);
    let values = wrap(value, room).into_iter().enumerate();
    let label = |row| if row == 0 { pad(label, label_columns) } else { " ".repeat(label_columns) };
    values
        .map(|(row, value)| Line::from(vec![Span::styled(label(row), styles.0), Span::styled(value, styles.1)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(wrap("the portal answers", 10), ["the portal", "answers"]);
        assert_eq!(wrap("https://acme.example/x", 10), ["https://ac", "me.example", "/x"]);
        assert_eq!(wrap("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(wrap("Сделка «Котёл» закрыта", 8), ["Сделка", "«Котёл»", "закрыта"]);
        assert_eq!(wrap("会議会議", 4), ["会議", "会議"]);
        assert_eq!(wrap("会", 1), ["会", ""]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(fit("DEAL|1663", 9), "DEAL|1663");
        assert_eq!(fit("DEAL|1663", 5), "DEAL…");
        assert_eq!(fit("会議室", 4), "会…");
        assert_eq!(fit("abc", 0), "");
        assert_eq!(pad("ab", 4), "ab  ");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked_and_no_visible_character_is_lost(text in "[\\PC ]{0,60}", columns in 2usize..30) {
            let lines = wrap(&text, columns);
            for line in &lines {
                // One character with a spacing mark can be three columns wide, and is never cut in two.
                prop_assert!(width(line) <= columns || line.graphemes(true).count() == 1, "{line:?}");
            }
            let bare = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
            prop_assert!(width(&fit(&text, columns)) <= columns);
        }
    }
}
