//! The figures that the README quotes, as ratios within one run. The explorer is measured against the
//! smallest ratatui program there is, which is this program run again; `get` is measured against curl.
//!
//! `cargo bench` prints the table. Nothing here is a test: machines differ, ratios less so.

mod doctor;
mod get;
mod minimal;
mod terminal;

use std::time::Duration;

fn main() {
    if std::env::args().any(|argument| argument == minimal::FLAG) {
        minimal::run();
        return;
    }
    // `cargo test --benches` asks for a list of tests; there are none.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    println!("figure                              b24chat      beside it    ratio   difference");
    terminal::first_frame();
    terminal::key_to_frame();
    terminal::memory();
    terminal::idle();
    get::against_curl();
    doctor::overhead();
}

/// The middle of many measurements.
fn median(mut values: Vec<Duration>) -> Duration {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn row(name: &str, ours: Duration, beside: Duration) {
    let ms = |span: Duration| span.as_secs_f64() * 1e3;
    println!(
        "{name:34} {:8.2} ms  {:8.2} ms  {:6.2}×  {:+8.2} ms",
        ms(ours),
        ms(beside),
        ms(ours) / ms(beside),
        ms(ours) - ms(beside)
    );
}
