//! The smallest ratatui program: a text that grows by each key, drawn after each key.

use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::widgets::Paragraph;

/// Told to this program, it becomes the minimal one.
pub const FLAG: &str = "--minimal-program";

pub fn run() {
    let mut terminal = ratatui::init();
    let mut typed = String::new();
    loop {
        let _ = terminal.draw(|frame| frame.render_widget(Paragraph::new(format!("ready {typed}")), frame.area()));
        match event::read() {
            Ok(Event::Key(key)) => match key.code {
                KeyCode::Char('q') | KeyCode::Esc => break,
                KeyCode::Char(c) => typed.push(c),
                KeyCode::Backspace => drop(typed.pop()),
                _ => {}
            },
            Ok(_) => {}
            Err(_) => break,
        }
    }
    ratatui::restore();
}
