//! The real program in a real pseudo-terminal: keys go in as bytes, and what comes out is read as a terminal
//! would read it. Whatever only a terminal, a shell and a running process can show is shown here.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test a panic is the message")]

mod terminal {
    pub mod support;

    mod asking;
    mod copying;
    mod disk;
    mod follow_up;
    #[cfg(target_os = "linux")]
    mod hangup;
    #[cfg(target_os = "linux")]
    mod idle;
    mod languages;
    mod leaving;
    mod no_terminal;
    mod pasting;
    mod pictures;
    mod portals;
    mod secrets;
    mod sizes;
    #[cfg(target_os = "linux")]
    mod sleeping;
    mod starting;
    mod strangers;
    mod why;
}
