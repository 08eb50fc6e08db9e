//! Waiting for a state that nobody announces.

use std::thread;
use std::time::{Duration, Instant};

use super::tty::PATIENCE;

/// Looks again and again until there is something, and gives up loudly.
pub fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(1));
    }
}
