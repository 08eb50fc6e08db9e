//! Secrets in places of the user's own: a variable of the environment, the output of a program, a file.
//! They are read when they are needed, and never written.

use std::env;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::trouble::SecretTrouble;
use crate::domain::credential::Secret;
use crate::domain::redact;
use crate::domain::visible;
use crate::store::profiles::program;

/// Nothing that is read for a secret is longer.
const LIMIT: u64 = 64 * 1024;

/// How long a program may take: it may ask its user for a password.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks whether the program has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// How long its output is waited for after it has ended. A helper that it left behind may hold the pipe.
const REST: Duration = Duration::from_millis(500);

/// What is in the variable.
pub fn variable(name: &str) -> Result<Zeroizing<String>, SecretTrouble> {
    let trouble = |why| SecretTrouble::Env { name: name.to_owned(), why };
    match env::var(name) {
        Ok(value) if value.trim().is_empty() => Err(trouble("is empty: set it before b24chat is started")),
        Ok(value) => Ok(Zeroizing::new(value)),
        Err(env::VarError::NotPresent) => Err(trouble("is not set: set it before b24chat is started")),
        Err(env::VarError::NotUnicode(_)) => Err(trouble("is not text: set it again")),
    }
}

/// What is in the file.
pub fn file(path: &Path) -> Result<Zeroizing<String>, SecretTrouble> {
    let read = || {
        let mut text = Zeroizing::new(String::new());
        let mut file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no ordinary file"));
        }
        if file.by_ref().take(LIMIT + 1).read_to_string(&mut text)? as u64 > LIMIT {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is far too long for a secret"));
        }
        Ok(text)
    };
    read().map_err(|source| SecretTrouble::File { path: path.to_owned(), source })
}

/// What the program prints.
pub fn command(words: &[String]) -> Result<Zeroizing<String>, SecretTrouble> {
    run(words, PATIENCE).map_err(|why| SecretTrouble::Command { program: program(words).to_owned(), why })
}

fn run(words: &[String], patience: Duration) -> Result<Zeroizing<String>, String> {
    let deadline = Instant::now() + patience;
    let mut child = Command::new(program(words))
        .args(words.iter().skip(1))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("could not be started: {error}"))?;
    let printed = collect(child.stdout.take());
    let complained = collect(child.stderr.take());
    let status = match ended(&mut child, deadline) {
        Ok(Some(status)) => status,
        Ok(None) => {
            // It is gone either way; there is nobody to tell.
            drop(child.kill());
            drop(child.wait());
            return Err(format!("did not end within {} seconds and was stopped", patience.as_secs()));
        }
        Err(error) => return Err(format!("could not be waited for: {error}")),
    };
    let printed = printed.recv_timeout(REST).unwrap_or_default();
    // Before its status: a program that prints too much may have failed because nobody read on.
    if printed.len() as u64 > LIMIT {
        return Err("printed far too much for a secret".to_owned());
    }
    if !status.success() {
        let complained = complained.recv_timeout(REST).unwrap_or_default();
        return Err(failed(status, &complained, &printed));
    }
    let text = std::str::from_utf8(&printed).map_err(|_| "printed something that is no text")?;
    if text.trim().is_empty() {
        return Err("printed nothing".to_owned());
    }
    Ok(Zeroizing::new(text.to_owned()))
}

fn ended(child: &mut Child, deadline: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        let status = child.try_wait()?;
        if status.is_some() || Instant::now() >= deadline {
            return Ok(status);
        }
        thread::sleep(PAUSE);
    }
}

/// Reads a pipe to its end on a thread of its own, so that a full pipe never stops the program.
fn collect(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Zeroizing<Vec<u8>>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Zeroizing::new(Vec::new());
        if let Some(pipe) = pipe {
            // What was read before an error may be of use; nobody may be listening any more.
            drop(pipe.take(LIMIT + 1).read_to_end(&mut bytes));
        }
        drop(sender.send(bytes));
    });
    receiver
}

/// How it failed, with the last line of its own words, in which nothing that it printed is repeated.
fn failed(status: ExitStatus, complained: &[u8], printed: &[u8]) -> String {
    let how = match status.code() {
        Some(code) => format!("ended with code {code}"),
        None => "was stopped by a signal".to_owned(),
    };
    let mut words = String::from_utf8_lossy(complained).into_owned();
    for secret in String::from_utf8_lossy(printed).split_whitespace() {
        words = redact::mask_text(&words, &Secret::new(secret));
    }
    match words.lines().map(str::trim).rfind(|line| !line.is_empty()) {
        Some(line) => format!("{how}: {}", visible::line(&line.chars().take(200).collect::<String>())),
        None => how,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_does_not_end_is_stopped() {
        let words = ["sh", "-c", "echo canary7f3a; exec sleep 60"].map(str::to_owned);
        let started = Instant::now();
        let why = run(&words, Duration::from_millis(300)).unwrap_err();
        assert!(why.contains("did not end") && !why.contains("canary"), "{why}");
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_helper_left_behind_with_the_pipe_open_does_not_hold_us_up() {
        let words = ["sh", "-c", "sleep 60 & echo done >&2; exit 3"].map(str::to_owned);
        let started = Instant::now();
        let why = run(&words, Duration::from_secs(20)).unwrap_err();
        assert!(why.contains("code 3"), "{why}");
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}
