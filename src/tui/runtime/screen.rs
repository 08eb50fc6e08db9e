//! The terminal while the explorer has it. Entering gives a guard; dropping it, a panic, and every way
//! out give the terminal back as it was. A program that sleeps or is in the background has no terminal.

use std::cell::Cell;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, TryLockError};
use std::thread;
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{self, Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::clipboard::sequence;
use crate::tui::ui::text;

/// Why there is nothing to show the explorer on.
#[derive(Debug, thiserror::Error)]
pub enum NoScreen {
    #[error("the explorer needs a terminal, and this is a pipe or a file: b24chat get looks up one pair without one")]
    NotATerminal,
    #[error("this terminal (TERM={0}) cannot show the explorer: b24chat get looks up one pair on any terminal")]
    Dumb(String),
    #[error("the terminal does not answer: {0}")]
    Lost(#[from] io::Error),
}

/// The terminal is ours now. Global, because a panic hook has no other way to know.
static HELD: AtomicBool = AtomicBool::new(false);

/// The process was stopped and continued; the terminal may look like anything, and may not be ours to use.
static STALE: AtomicBool = AtomicBool::new(false);

/// Whoever writes to the terminal has this, so that a frame never follows after it was given back.
static WRITING: Mutex<()> = Mutex::new(());

/// How long a thread that gives the terminal back waits for a frame to be written: a terminal that takes
/// nothing any more must not keep the program from ending.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where the terminal does not know its size: what it most likely is.
const USUAL: (u16, u16) = (80, 24);

/// Larger than any wall of screens. A frame takes memory by the cell, and a size is just two numbers that
/// somebody sent.
const MOST: (u16, u16) = (1000, 500);

thread_local! {
    /// This thread is drawing, so it has the lock already: a panic while drawing gives the terminal back.
    static DRAWING: Cell<bool> = const { Cell::new(false) };
}

/// Says that the screen has to be taken and drawn anew.
pub fn mark_stale() {
    STALE.store(true, Ordering::SeqCst);
}

type Inner = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// The terminal, held.
pub struct Screen {
    terminal: Inner,
    size: (u16, u16),
    /// What was written as it is, by the side of the frames: lines, hints, and the size then.
    plain: Option<(Vec<String>, String, (u16, u16))>,
}

impl Screen {
    /// Takes the terminal.
    pub fn enter(plain: bool) -> Result<Self, NoScreen> {
        if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
            return Err(NoScreen::NotATerminal);
        }
        if let Ok(term) = std::env::var("TERM")
            && matches!(term.as_str(), "dumb" | "")
        {
            return Err(NoScreen::Dumb(term));
        }
        if plain {
            // crossterm answers NO_COLOR with resets that erase bold and reverse as well. The plain theme
            // has no colours to begin with.
            crossterm::style::force_color_output(true);
        }
        let size = likely(terminal::size()?);
        take()?;
        Ok(Self { terminal: fresh(size)?, size, plain: None })
    }

    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Draws what changed; nothing while the terminal is not ours.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> Result<(), NoScreen> {
        let _writing = writing();
        if !HELD.load(Ordering::SeqCst) || self.is_stale() {
            return Ok(());
        }
        DRAWING.set(true);
        let drawn = self.terminal.draw(view).map(|_| ());
        DRAWING.set(false);
        Ok(drawn?)
    }

    /// Asks the terminal to take a text into its clipboard. `false` when the text is too long for that.
    pub fn copy(&mut self, text: &str) -> Result<bool, NoScreen> {
        let in_tmux = std::env::var_os("TMUX").is_some_and(|value| !value.is_empty());
        let Some(sequence) = sequence(text, in_tmux) else { return Ok(false) };
        let _writing = writing();
        if HELD.load(Ordering::SeqCst) && !self.is_stale() {
            let mut out = io::stdout();
            out.write_all(sequence.as_bytes())?;
            out.flush()?;
        }
        Ok(true)
    }

    /// Writes lines as they are and lets the terminal wrap them, so that its own selection takes a long line
    /// as one; the mouse is the terminal's meanwhile. What begins below the screen is not written.
    pub fn draw_plain(&mut self, lines: &[String], hints: &str) -> Result<(), NoScreen> {
        let _writing = writing();
        if !HELD.load(Ordering::SeqCst) || self.is_stale() {
            return Ok(());
        }
        // Written anew, it would take away what is being selected.
        let now = (lines.to_vec(), hints.to_owned(), self.size);
        if self.plain.as_ref() == Some(&now) {
            return Ok(());
        }
        self.plain = Some(now);
        let (columns, rows) = self.size;
        let mut out = BufWriter::new(io::stdout());
        queue!(out, DisableMouseCapture, Hide, Clear(ClearType::All), MoveTo(0, 0))?;
        let mut left = usize::from(rows.saturating_sub(1));
        for line in lines {
            // A tab goes to the next eighth column, so no line is longer than this.
            let width = text::width(line) + 8 * line.matches('\t').count();
            let takes = width.div_ceil(usize::from(columns.max(1))).max(1);
            if takes > left {
                let room = left * usize::from(columns);
                write!(out, "{}", text::take(line, room))?;
                break;
            }
            left -= takes;
            write!(out, "{line}\r\n")?;
        }
        queue!(out, MoveTo(0, rows.saturating_sub(1)))?;
        write!(out, "{}", text::fit(hints, usize::from(columns.saturating_sub(1))))?;
        Ok(out.flush()?)
    }

    /// Back to frames, if lines were written as they are: nothing of them is taken for drawn.
    pub fn leave_plain(&mut self) -> Result<(), NoScreen> {
        if self.plain.take().is_some() {
            let _writing = writing();
            if HELD.load(Ordering::SeqCst) && !self.is_stale() {
                execute!(io::stdout(), EnableMouseCapture)?;
            }
            self.terminal = fresh(self.size)?;
        }
        Ok(())
    }

    /// Another size: everything is drawn anew, by a new terminal object, because asking the old one to
    /// clear itself would ask for the cursor's position while the keys are being read.
    pub fn resize(&mut self, columns: u16, rows: u16) -> Result<(), NoScreen> {
        self.size = (columns, rows);
        self.terminal = fresh(self.size)?;
        Ok(())
    }

    /// Gives the terminal back and stops the whole process group until somebody continues it. `false`, and
    /// nothing is done, where nobody could.
    pub fn sleep(&mut self) -> bool {
        #[cfg(unix)]
        if super::signals::can_be_woken() {
            give_back();
            super::signals::stop_group();
            mark_stale();
            return true;
        }
        false
    }

    /// Whether the terminal has to be taken anew, as soon as it is ours to take.
    pub fn is_stale(&self) -> bool {
        STALE.load(Ordering::SeqCst)
    }

    /// Takes the terminal as after a sleep. In the background it stays as it is: the shell has it.
    pub fn wake(&mut self) -> Result<(), NoScreen> {
        if is_elsewhere() {
            return Ok(());
        }
        STALE.store(false, Ordering::SeqCst);
        // Whoever stopped us has been using the line with modes of their own, and ours are not known to be lost.
        let _ = terminal::disable_raw_mode();
        take()?;
        let (columns, rows) = terminal::size().map_or(self.size, likely);
        self.plain = None;
        self.resize(columns, rows)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn fresh((columns, rows): (u16, u16)) -> io::Result<Inner> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    queue!(out, Clear(ClearType::All))?;
    // The area is ours to say, so that what is drawn and what the machine thinks the size is are one.
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    Terminal::with_options(CrosstermBackend::new(out), TerminalOptions { viewport })
}

/// The size to draw for when the terminal says it has this one.
pub fn likely((columns, rows): (u16, u16)) -> (u16, u16) {
    if columns == 0 || rows == 0 { USUAL } else { (columns.min(MOST.0), rows.min(MOST.1)) }
}

fn take() -> io::Result<()> {
    let _writing = writing();
    HELD.store(true, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
}

/// Gives the terminal back as it was, if it is held. Safe to call at any time, from any thread, twice.
pub fn give_back() {
    let _writing = writing();
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // A terminal that is gone cannot be given back; there is nobody left to tell.
    let _ = execute!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = out.flush();
    // In the background the line has the shell's own modes, and changing them would stop us.
    if !is_elsewhere() {
        let _ = terminal::disable_raw_mode();
    }
}

/// Waits until nobody else writes; `None` when that is this thread itself, or takes too long.
fn writing() -> Option<MutexGuard<'static, ()>> {
    const STEP: Duration = Duration::from_millis(5);
    if DRAWING.get() {
        return None;
    }
    for _ in 0..PATIENCE.as_millis() / STEP.as_millis() {
        match WRITING.try_lock() {
            Ok(writing) => return Some(writing),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => thread::sleep(STEP),
        }
    }
    None
}

/// Whether the terminal is somebody else's now: we were continued in the background.
pub fn is_elsewhere() -> bool {
    #[cfg(unix)]
    return super::signals::is_in_background();
    #[cfg(not(unix))]
    false
}
