//! The terminal while the explorer has it. Entering gives a guard; dropping it, a panic, and every way
//! out give the terminal back as it was.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{self, Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

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

/// The process was stopped and continued by somebody else; the terminal may look like anything.
static STALE: AtomicBool = AtomicBool::new(false);

/// Says that the screen has to be taken and drawn anew.
pub fn mark_stale() {
    STALE.store(true, Ordering::SeqCst);
}

type Inner = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// The terminal, held.
pub struct Screen {
    terminal: Inner,
    size: (u16, u16),
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
        let size = terminal::size()?;
        take()?;
        Ok(Self { terminal: fresh(size)?, size })
    }

    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Draws what changed.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> Result<(), NoScreen> {
        self.terminal.draw(view)?;
        Ok(())
    }

    /// Another size: everything is drawn anew, by a new terminal object, because asking the old one to
    /// clear itself would ask for the cursor's position while the keys are being read.
    pub fn resize(&mut self, columns: u16, rows: u16) -> Result<(), NoScreen> {
        self.size = (columns, rows);
        self.terminal = fresh(self.size)?;
        Ok(())
    }

    /// Gives the terminal back, stops the whole process group, and takes the terminal again when woken.
    pub fn suspend(&mut self) -> Result<(), NoScreen> {
        give_back();
        #[cfg(unix)]
        super::signals::stop_group();
        self.wake()
    }

    pub fn is_stale(&self) -> bool {
        STALE.load(Ordering::SeqCst)
    }

    /// Takes the terminal as after a sleep.
    pub fn wake(&mut self) -> Result<(), NoScreen> {
        STALE.store(false, Ordering::SeqCst);
        take()?;
        let (columns, rows) = terminal::size().unwrap_or(self.size);
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

fn take() -> io::Result<()> {
    HELD.store(true, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableMouseCapture)
}

/// Gives the terminal back as it was, if it is held. Safe to call at any time, from any thread, twice.
pub fn give_back() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // A terminal that is gone cannot be given back; there is nobody left to tell.
    let _ = execute!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = terminal::disable_raw_mode();
    let _ = out.flush();
}
