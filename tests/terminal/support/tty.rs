//! A pseudo-terminal with a program in it. A thread reads what the program writes, as a terminal would;
//! waiting for something to be seen wakes up when bytes come, and gives up loudly.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

use super::look::Look;

/// How long anything may take on a machine that is busy with other things.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How the program ended: its exit code, or the signal that killed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    Code(u32),
    Killed(String),
}

pub struct Tty {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    // Held open, so that the terminal outlives the program and its attributes can be looked at.
    _slave: Box<dyn SlavePty + Send>,
    pid: u32,
    seen: Arc<Seen>,
}

/// What came out so far.
#[derive(Default)]
struct Seen {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    ended: Option<Ended>,
}

impl Default for State {
    fn default() -> Self {
        Self { parser: vt100::Parser::new(nonzero(24), nonzero(80), 0), bytes: Vec::new(), ended: None }
    }
}

impl Tty {
    /// Starts a program in a terminal of so many columns and rows.
    pub fn spawn(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let seen = Arc::new(Seen::default());
        seen.state().parser.set_size(nonzero(rows), nonzero(columns));
        let mut child = pair.slave.spawn_command(command).unwrap();
        let pid = child.process_id().unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let reading = Arc::clone(&seen);
        thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut state = reading.state();
                state.bytes.extend_from_slice(&buffer[..count]);
                state.parser.process(&buffer[..count]);
                drop(state);
                reading.changed.notify_all();
            }
        });
        let waiting = Arc::clone(&seen);
        thread::spawn(move || {
            let status = child.wait().unwrap();
            let ended = match status.signal() {
                Some(signal) => Ended::Killed(signal.to_owned()),
                None => Ended::Code(status.exit_code()),
            };
            waiting.state().ended = Some(ended);
            waiting.changed.notify_all();
        });
        Self { writer: pair.master.take_writer().unwrap(), master: pair.master, _slave: pair.slave, pid, seen }
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Presses keys: the bytes that a terminal sends for them.
    pub fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Pastes, between the brackets that a terminal puts around it.
    pub fn paste(&mut self, text: &str) {
        self.press(&format!("\x1b[200~{text}\x1b[201~"));
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        // Ours first: what the program draws for the new size must find a terminal that has it.
        self.seen.state().parser.set_size(nonzero(rows), nonzero(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(self.pid.cast_signed()).unwrap(), signal).unwrap();
    }

    /// The screen as it is now.
    pub fn look(&self) -> Look {
        Look::at(self.seen.state().parser.screen())
    }

    /// Waits until the screen is as described, and gives it.
    pub fn wait(&self, what: &str, mut is_so: impl FnMut(&Look) -> bool) -> Look {
        self.wait_for(what, |state| {
            let look = Look::at(state.parser.screen());
            is_so(&look).then_some(look)
        })
    }

    /// Waits until all these texts are on the screen.
    pub fn see(&self, texts: &[&str]) -> Look {
        self.wait(&format!("{texts:?} to be seen"), |look| texts.iter().all(|text| look.has(text)))
    }

    /// Waits until the program has ended and its last words have been read.
    pub fn wait_end(&self) -> Ended {
        let ended = self.wait_for("the program to end", |state| state.ended.clone());
        self.settle();
        ended
    }

    pub fn has_ended(&self) -> bool {
        self.seen.state().ended.is_some()
    }

    /// Waits until nothing was written for a while: for telling what is absent, after what is to come was seen.
    pub fn settle(&self) {
        let quiet = Duration::from_millis(150);
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.seen.state();
        loop {
            let count = state.bytes.len();
            let (next, waited) = self.seen.changed.wait_timeout(state, quiet).unwrap();
            state = next;
            if waited.timed_out() && state.bytes.len() == count {
                return;
            }
            assert!(Instant::now() < deadline, "the program never stops writing");
        }
    }

    /// How many bytes the program has written.
    pub fn written(&self) -> usize {
        self.seen.state().bytes.len()
    }

    /// Everything the program has written.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.state().bytes.clone()
    }

    /// Every attribute of the terminal line: echo, line editing, signals of keys, speeds.
    pub fn attributes(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }

    fn wait_for<T>(&self, what: &str, mut found: impl FnMut(&State) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.seen.state();
        loop {
            if let Some(found) = found(&state) {
                return found;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let look = Look::at(state.parser.screen());
                panic!("waited in vain for {what}; ended: {:?}; the screen:\n{look}", state.ended);
            }
            state = self.seen.changed.wait_timeout(state, left).unwrap().0;
        }
    }
}

impl Drop for Tty {
    /// Nothing that a test started outlives it.
    fn drop(&mut self) {
        if !self.has_ended() {
            let _ = kill_process(Pid::from_raw(self.pid.cast_signed()).unwrap(), Signal::KILL);
        }
    }
}

impl Seen {
    fn state(&self) -> MutexGuard<'_, State> {
        // A test that gave up while it looked has changed nothing.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// A terminal may say any size; ours has at least one cell and not more than fit into memory.
fn nonzero(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells.min(1000)).unwrap_or(NonZeroU16::MIN)
}
