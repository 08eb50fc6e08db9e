//! The screen at one moment: its text by rows, where things are on it, and the terminal's modes.

use std::fmt;

use unicode_width::UnicodeWidthStr;
use vt100::{MouseProtocolMode, Screen};

/// A copy of what is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    rows: Vec<String>,
    /// Row and column, from 0.
    pub cursor: (u16, u16),
    pub modes: Modes,
}

/// What a program can switch on in a terminal and must switch off again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modes {
    pub alternate_screen: bool,
    pub hidden_cursor: bool,
    pub bracketed_paste: bool,
    pub mouse: bool,
    pub application_keys: bool,
}

impl Modes {
    /// As a terminal is when a shell shows its prompt.
    pub const PLAIN: Self = Self {
        alternate_screen: false,
        hidden_cursor: false,
        bracketed_paste: false,
        mouse: false,
        application_keys: false,
    };
}

impl Look {
    pub fn at(screen: &Screen) -> Self {
        let columns = screen.size().1.get();
        Self {
            // Whether a blank was written or never touched is not to be seen.
            rows: screen.rows(0, columns).map(|row| row.trim_end().to_owned()).collect(),
            cursor: screen.cursor_position(),
            modes: Modes {
                alternate_screen: screen.alternate_screen(),
                hidden_cursor: screen.hide_cursor(),
                bracketed_paste: screen.bracketed_paste(),
                mouse: screen.mouse_protocol_mode() != MouseProtocolMode::None,
                application_keys: screen.application_keypad() || screen.application_cursor(),
            },
        }
    }

    pub fn rows(&self) -> &[String] {
        &self.rows
    }

    /// Whether a text is seen, on one row.
    pub fn has(&self, text: &str) -> bool {
        self.rows.iter().any(|row| row.contains(text))
    }

    /// All words in their order with single blanks between, wherever the lines were broken and the panes framed.
    pub fn words(&self) -> String {
        let text = self.rows.join(" ").replace(|c: char| ('\u{2500}'..='\u{259f}').contains(&c), " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first row that has all these texts.
    pub fn row_with(&self, texts: &[&str]) -> Option<&str> {
        self.rows.iter().find(|row| texts.iter().all(|text| row.contains(text))).map(String::as_str)
    }

    /// How many rows have all these texts.
    pub fn count(&self, texts: &[&str]) -> usize {
        self.rows.iter().filter(|row| texts.iter().all(|text| row.contains(text))).count()
    }

    /// What stands to the right of a label, up to the pane's frame.
    pub fn value_of(&self, label: &str) -> Option<String> {
        let wanted = format!("{label} ");
        let row =
            self.rows.iter().find_map(|row| row.split('│').find(|cell| cell.trim_start().starts_with(&wanted)))?;
        Some(row.trim_start()[label.len()..].trim().to_owned())
    }

    /// Where a text begins: row and column, from 0. Wide characters count as two columns.
    pub fn find(&self, text: &str) -> Option<(u16, u16)> {
        let (row, at) = self.rows.iter().enumerate().find_map(|(row, line)| Some((row, line.find(text)?)))?;
        Some((u16::try_from(row).unwrap(), u16::try_from(self.rows[row][..at].width()).unwrap()))
    }

    /// The largest number of seconds with one decimal: a request that is on its way counts so.
    pub fn seconds(&self) -> Option<f64> {
        let words = self.words();
        let words: Vec<&str> = words.split(' ').collect();
        let pairs = words.windows(2).filter(|pair| pair[1] == "s" && pair[0].contains('.'));
        pairs.filter_map(|pair| pair[0].parse().ok()).reduce(f64::max)
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            writeln!(f, "  |{row}")?;
        }
        write!(f, "  cursor {:?}, {:?}", self.cursor, self.modes)
    }
}
