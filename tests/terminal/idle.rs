//! Idle costs nothing: nothing is written, and nobody wakes up.

use std::thread;
use std::time::Duration;

use super::support::*;

/// How long nothing is to happen. This one sleep is what the test is about.
const IDLE: Duration = Duration::from_secs(5);

/// The bytes written, the processor time used and the wake-ups of five idle seconds.
fn idle_away(tty: &Tty) -> (usize, u64, u64) {
    let process = Process(tty.pid());
    tty.settle();
    let (written, ticks, before) = (tty.written(), process.ticks(), process.naps());
    thread::sleep(IDLE);
    let naps = process.naps();
    let ended = before.keys().filter(|thread| !naps.contains_key(*thread)).count() as u64;
    let woken: u64 = naps.iter().map(|(thread, naps)| naps - before.get(thread).unwrap_or(&0)).sum();
    // A thread that nobody needs any more is woken once, to end.
    (tty.written() - written, process.ticks() - ticks, woken + ended)
}

fn assert_idle(tty: &Tty, when: &str) {
    let (written, ticks, naps) = idle_away(tty);
    assert_eq!(written, 0, "bytes written {when}");
    assert!(ticks <= 1, "{ticks} ticks of processor time used {when}");
    // A clean-up of the network library now and then, but nothing that ticks.
    assert!(naps <= 5, "woken {naps} times {when}");
}

#[test]
fn nothing_is_written_and_no_processor_time_used_before_and_after_a_lookup() {
    let home = Home::new();
    let mut tty = home.explore_demo();
    assert_idle(&tty, "before the first lookup");
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.see(&["chat 1437", "operating_reset_at"]);
    home.wait_for_records(1);
    assert_idle(&tty, "after a lookup");
}

#[test]
fn nothing_ticks_any_more_after_a_request_was_cancelled() {
    let portal = Portal::start();
    let home = Home::new();
    let mut tty = home.explore(&portal, "hang");
    tty.press("DEAL|1663");
    tty.press(ENTER);
    portal.wait_for_open(1);
    tty.press(ESC);
    tty.see(&["cancelled"]);
    home.wait_for_records(1);
    assert_idle(&tty, "after a cancelled request");
}
