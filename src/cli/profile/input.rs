//! Secrets that come in: from a prompt that shows nothing, or from standard input as one JSON object.

use std::io::{self, IsTerminal, Read, Write};
use std::time::{Duration, Instant};

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::{execute, terminal};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::domain::visible;

/// Nothing that is given for a secret is longer.
const LIMIT: usize = 64 * 1024;

/// Between two looks at the clock, where one is shown.
const BEAT: Duration = Duration::from_millis(250);

/// Why nothing was given.
#[derive(Debug)]
pub enum NoInput {
    /// The user left.
    Left,
    Words(String),
}

/// The JSON object on standard input.
///
/// # Errors
/// Words that hold nothing of it.
pub fn object() -> Result<Map<String, Value>, NoInput> {
    let mut stdin = io::stdin().lock();
    if stdin.is_terminal() {
        return Err(NoInput::Words(
            "--secrets-from-stdin reads a pipe or a file; a terminal would show what is typed. Leave the option out to be \
             asked for the secret."
                .to_owned(),
        ));
    }
    let mut text = Zeroizing::new(String::new());
    let read = stdin.by_ref().take(LIMIT as u64 + 1).read_to_string(&mut text);
    let words = match read {
        Ok(length) if length > LIMIT => "Standard input is far too long for a secret.".to_owned(),
        Ok(_) => match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(object)) => return Ok(object),
            Ok(_) => "Standard input is JSON, but no object.".to_owned(),
            // The parser's words may quote the text; its place does not.
            Err(error) => {
                format!("Standard input is no valid JSON at line {}, column {}.", error.line(), error.column())
            }
        },
        Err(error) => format!("Standard input cannot be read: {error}."),
    };
    Err(NoInput::Words(format!("{words} {EXAMPLE}")))
}

const EXAMPLE: &str =
    "It should be {\"webhook\":\"…\"} or {\"access_token\":\"…\",\"refresh_token\":\"…\",\"client_secret\":\"…\"}.";

/// Whether there is somebody to ask.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for a secret on the terminal and shows nothing of it. What is asked may change with the time that
/// has passed, as a clock does.
///
/// # Errors
/// [`NoInput`].
pub fn secret(asked: &dyn Fn(Duration) -> String) -> Result<Zeroizing<String>, NoInput> {
    if !is_terminal() {
        return Err(NoInput::Words(
            "There is no terminal to ask for the secret on. Give it by --secrets-from-stdin, as one JSON object."
                .to_owned(),
        ));
    }
    let lost = |error: io::Error| NoInput::Words(format!("The terminal does not answer: {error}."));
    let quiet = Quiet::begin().map_err(lost)?;
    let ended = read_quietly(asked).map_err(lost);
    drop(quiet);
    eprintln!();
    ended?.ok_or(NoInput::Left)
}

/// Asks a question that is answered by yes or no.
///
/// # Errors
/// [`NoInput`].
pub fn yes(asked: &str) -> Result<bool, NoInput> {
    let _ = write!(io::stderr(), "{asked} [y/N] ");
    let mut line = String::new();
    match io::stdin().read_line(&mut line) {
        Ok(0) => Err(NoInput::Left),
        Ok(_) => Ok(matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes")),
        Err(error) => Err(NoInput::Words(format!("Standard input cannot be read: {error}."))),
    }
}

fn read_quietly(asked: &dyn Fn(Duration) -> String) -> io::Result<Option<Zeroizing<String>>> {
    // Taken at once, so that growing leaves no copies behind.
    let mut text = Zeroizing::new(String::with_capacity(LIMIT));
    let (began, mut shown) = (Instant::now(), String::new());
    loop {
        let ask = visible::line(&asked(began.elapsed())).into_owned();
        if ask != shown {
            write!(io::stderr(), "\r{ask}{:1$}\r{ask}", "", shown.chars().count().saturating_sub(ask.chars().count()))?;
            shown = ask;
        }
        if !event::poll(BEAT)? {
            continue;
        }
        match event::read()? {
            Event::Paste(pasted) => push(&mut text, &Zeroizing::new(pasted)),
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
                match key.code {
                    KeyCode::Enter => return Ok(Some(text)),
                    KeyCode::Esc | KeyCode::Char('c' | 'd') if is_control || key.code == KeyCode::Esc => {
                        return Ok(None);
                    }
                    KeyCode::Char('u') if is_control => text.clear(),
                    KeyCode::Char('j' | 'm') if is_control => return Ok(Some(text)),
                    KeyCode::Backspace => drop(text.pop()),
                    KeyCode::Char(c) if !is_control => push(&mut text, c.encode_utf8(&mut [0; 4])),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn push(text: &mut String, more: &str) {
    if text.len() + more.len() <= LIMIT {
        text.push_str(more);
    }
}

/// The terminal shows nothing that is typed, until this is dropped.
struct Quiet;

impl Quiet {
    fn begin() -> io::Result<Self> {
        terminal::enable_raw_mode()?;
        let quiet = Self;
        // A pasted command line of several lines is one answer, and none of it reaches the shell.
        execute!(io::stderr(), EnableBracketedPaste)?;
        Ok(quiet)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // A terminal that is gone cannot be given back.
        let _ = execute!(io::stderr(), DisableBracketedPaste);
        let _ = terminal::disable_raw_mode();
    }
}
