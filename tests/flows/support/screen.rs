//! A frame as a person sees it: its text, where the cursor is, and which cells stand out.

use std::fmt;

use b24chat::domain::visible;
use b24chat::tui::app::{Model, Moment, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

pub struct Screen {
    buffer: Buffer,
    cursor: Option<(u16, u16)>,
}

impl Screen {
    pub fn of(model: &Model, now: Moment) -> Self {
        let Rect { width, height, .. } = model.screen;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let buffer = terminal.draw(|frame| view(model, now, frame)).unwrap().buffer.clone();
        // The backend's cursor stays in the corner when a frame does not place it; no field is there.
        let Position { x, y } = terminal.backend().cursor_position();
        Self { buffer, cursor: Some((x, y)).filter(|at| *at != (0, 0)) }
    }

    /// The rows, without the blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        let width = self.buffer.area.width;
        (0..self.buffer.area.height).map(|y| self.text(0, y, width).trim_end().to_owned()).collect()
    }

    /// The text in an area, its rows joined by a blank, so that a sentence wrapped in it can be found.
    pub fn words_in(&self, area: Rect) -> String {
        let rows = area.rows().map(|row| self.text(row.x, row.y, row.width));
        let joined = rows.collect::<Vec<_>>().join(" ");
        joined.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn contains(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }

    /// Fails, showing the screen, unless every text is on one of its rows.
    #[track_caller]
    pub fn shows(&self, texts: &[&str]) {
        for text in texts {
            assert!(self.contains(text), "{text:?} is not on the screen:\n{self}");
        }
    }

    #[track_caller]
    pub fn hides(&self, texts: &[&str]) {
        for text in texts {
            assert!(!self.contains(text), "{text:?} is on the screen:\n{self}");
        }
    }

    /// The cell of a text's first character.
    #[track_caller]
    pub fn find(&self, text: &str) -> (u16, u16) {
        for (y, row) in self.rows().iter().enumerate() {
            if let Some(at) = row.find(text) {
                return (u16::try_from(row[..at].width()).unwrap(), u16::try_from(y).unwrap());
            }
        }
        panic!("{text:?} is not on the screen:\n{self}");
    }

    /// The row that holds the text.
    #[track_caller]
    pub fn row(&self, text: &str) -> String {
        let (_, y) = self.find(text);
        self.rows()[usize::from(y)].clone()
    }

    pub fn last_row(&self) -> String {
        self.rows().last().unwrap().clone()
    }

    /// Where the terminal's cursor blinks, if anywhere.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        self.cursor
    }

    /// The titles of the panes whose frame is thick: the one that has the keys.
    pub fn focus(&self) -> Vec<String> {
        let mut titles = Vec::new();
        for row in self.rows() {
            for part in row.split('┏').skip(1) {
                let title: String = part.chars().take_while(|c| !"━┓".contains(*c)).collect();
                titles.push(title.trim().to_owned());
            }
        }
        titles
    }

    /// The texts that are shown in reverse: what is under a cursor, and the tab that is chosen.
    pub fn reversed(&self) -> Vec<String> {
        self.runs(Modifier::REVERSED)
    }

    /// The texts that carry a modifier, each run of cells by itself.
    pub fn runs(&self, modifier: Modifier) -> Vec<String> {
        let mut runs = Vec::new();
        for y in 0..self.buffer.area.height {
            let mut run = String::new();
            for x in 0..self.buffer.area.width {
                let cell = &self.buffer[(x, y)];
                if cell.modifier.contains(modifier) {
                    run.push_str(cell.symbol());
                } else if !run.is_empty() {
                    runs.push(std::mem::take(&mut run).trim().to_owned());
                }
            }
            if !run.is_empty() {
                runs.push(run.trim().to_owned());
            }
        }
        runs
    }

    /// The modifier that every cell of a text carries.
    #[track_caller]
    pub fn style_of(&self, text: &str) -> Modifier {
        let (x, y) = self.find(text);
        let columns = u16::try_from(text.width()).unwrap();
        (x..x + columns).map(|x| self.buffer[(x, y)].modifier).fold(Modifier::all(), |all, cell| all & cell)
    }

    /// Fails unless the frame around an area is whole: nothing was written over it.
    #[track_caller]
    pub fn is_framed(&self, area: Rect) {
        for y in area.y + 1..area.bottom() - 1 {
            for x in [area.x, area.right() - 1] {
                let symbol = self.buffer[(x, y)].symbol();
                assert!("│┃".contains(symbol), "{symbol:?} stands on a frame at {x},{y}:\n{self}");
            }
        }
        for x in [area.x, area.right() - 1] {
            for y in [area.y, area.bottom() - 1] {
                let symbol = self.buffer[(x, y)].symbol();
                assert!("╭╮╰╯┏┓┗┛".contains(symbol), "{symbol:?} stands on a corner at {x},{y}:\n{self}");
            }
        }
    }

    /// Fails unless every cell can be looked at safely.
    #[track_caller]
    pub fn is_safe(&self) {
        for cell in &self.buffer.content {
            assert!(!cell.symbol().chars().any(visible::is_hidden), "{:?} is on the screen:\n{self}", cell.symbol());
        }
        if let Some((x, y)) = self.cursor {
            assert!(x < self.buffer.area.width && y < self.buffer.area.height, "the cursor is at {x},{y}");
        }
    }

    /// One letter a cell for what makes it stand out; a row without any is empty.
    pub fn styles(&self) -> Vec<String> {
        let row = |y| (0..self.buffer.area.width).map(|x| letter(&self.buffer[(x, y)])).collect::<String>();
        (0..self.buffer.area.height).map(|y| row(y).trim_end().to_owned()).collect()
    }

    fn text(&self, from: u16, y: u16, columns: u16) -> String {
        let mut text = String::new();
        let mut x = from;
        while x < from + columns {
            let symbol = self.buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += u16::try_from(symbol.width()).unwrap().max(1);
        }
        text
    }
}

/// ` ` as usual, `d` dim, `b` bold, `r` reversed, `R` reversed and bold, `u` underlined.
fn letter(cell: &Cell) -> char {
    let has = |modifier| cell.modifier.contains(modifier);
    if has(Modifier::UNDERLINED) {
        'u'
    } else if has(Modifier::REVERSED) {
        if has(Modifier::BOLD) { 'R' } else { 'r' }
    } else if has(Modifier::BOLD) {
        'b'
    } else if has(Modifier::DIM) {
        'd'
    } else {
        ' '
    }
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in self.rows() {
            writeln!(f, "{row}")?;
        }
        Ok(())
    }
}
