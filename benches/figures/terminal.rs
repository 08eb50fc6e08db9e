//! Measured in a real pseudo-terminal of 120 columns and 36 rows.

use std::io::{Read, Write};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::{median, minimal, row};

const STARTS: usize = 40;
const KEYS: usize = 200;
const PATIENCE: Duration = Duration::from_secs(10);

/// A program in a pseudo-terminal.
struct Run {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    _terminal: Box<dyn MasterPty + Send>,
    _data: tempfile::TempDir,
}

impl Run {
    fn b24chat() -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_b24chat"));
        command.arg("--demo");
        Self::start(command)
    }

    fn minimal() -> Self {
        let mut command = CommandBuilder::new(std::env::current_exe().expect("this program has a path"));
        command.arg(minimal::FLAG);
        Self::start(command)
    }

    fn start(mut command: CommandBuilder) -> Self {
        let data = tempfile::tempdir().expect("a folder for data");
        command.env("B24CHAT_DATA_DIR", data.path());
        command.env("TERM", "xterm-256color");
        let size = PtySize { cols: 120, rows: 36, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut reader = pair.master.try_clone_reader().expect("its output");
        let keys = pair.master.take_writer().expect("its input");
        let (tell, output) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if tell.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let child = pair.slave.spawn_command(command).expect("the program starts");
        Self { child, keys, output, seen: Vec::new(), _terminal: pair.master, _data: data }
    }

    /// Waits until the text has been written.
    fn wait_for(&mut self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.seen.windows(text.len()).any(|window| window == text.as_bytes()) {
            let left = deadline.saturating_duration_since(Instant::now());
            self.seen.extend(self.output.recv_timeout(left).expect("the text is written in time"));
        }
        self.seen.clear();
    }

    /// Presses a key and waits for the first bytes that answer it.
    fn press(&mut self, key: &str) -> Duration {
        while self.output.try_recv().is_ok() {}
        let begun = Instant::now();
        self.keys.write_all(key.as_bytes()).expect("the key is taken");
        self.keys.flush().expect("the key is taken");
        self.output.recv_timeout(PATIENCE).expect("the key is answered");
        begun.elapsed()
    }

    /// Waits until nothing has been written for a while.
    fn calm(&self) {
        while self.output.recv_timeout(Duration::from_millis(500)).is_ok() {}
    }

    fn status(&self, field: &str) -> u64 {
        let path = format!("/proc/{}/status", self.child.process_id().unwrap_or(0));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(field)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// Clock ticks of processor time so far.
    fn ticks(&self) -> u64 {
        let path = format!("/proc/{}/stat", self.child.process_id().unwrap_or(0));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let number = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
        number(11) + number(12)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start_ours() -> Run {
    let mut run = Run::b24chat();
    run.wait_for("Entity id");
    run
}

fn start_minimal() -> Run {
    let mut run = Run::minimal();
    run.wait_for("ready");
    run
}

/// From starting the process until its first frame is written.
pub fn first_frame() {
    let (mut ours, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        for (spans, start) in [(&mut ours, start_ours as fn() -> Run), (&mut beside, start_minimal)] {
            let begun = Instant::now();
            let run = start();
            spans.push(begun.elapsed());
            drop(run);
        }
    }
    row("time to first frame", median(ours), median(beside));
}

/// From pressing a key until the frame that shows it is written.
pub fn key_to_frame() {
    let (mut our_run, mut other) = (start_ours(), start_minimal());
    our_run.calm();
    other.calm();
    let (mut ours, mut beside) = (Vec::new(), Vec::new());
    for at in 0..KEYS {
        let key = if at % 2 == 0 { "7" } else { "\x7f" };
        ours.push(our_run.press(key));
        beside.push(other.press(key));
        thread::sleep(Duration::from_millis(5));
    }
    row("key to frame", median(ours), median(beside));
}

/// Memory that is resident after the first frame and everything that comes after it.
pub fn memory() {
    let (ours, beside) = (start_ours(), start_minimal());
    ours.calm();
    beside.calm();
    let mib = |run: &Run| run.status("VmRSS:") as f64 / 1024.0;
    let (ours, beside) = (mib(&ours), mib(&beside));
    println!("{:34} {ours:8.1} MiB {beside:8.1} MiB {:6.2}×", "memory, demo portal included", ours / beside);
}

/// What it costs to do nothing.
pub fn idle() {
    let run = start_ours();
    run.calm();
    let ticks = run.ticks();
    let mut bytes = 0;
    let until = Instant::now() + Duration::from_secs(5);
    while let Ok(written) = run.output.recv_timeout(until.saturating_duration_since(Instant::now())) {
        bytes += written.len();
    }
    println!("{:34} {bytes} bytes written, {} ticks of processor time", "idle for 5 s", run.ticks() - ticks);
}
