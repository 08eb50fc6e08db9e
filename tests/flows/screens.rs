//! A few whole screens, compared with pictures of them: `B24CHAT_BLESS=1 cargo test --test flows` draws the
//! pictures anew, and a person then reads what changed. Below each screen is what stands out in it, a letter
//! a cell: `b` bold, `d` dim, `r` reversed, `R` reversed and bold, `u` underlined.

use std::path::Path;
use std::{env, fs};

use crate::support::{Explorer, FOUND, NO_CHAT, REFUSED, Screen, record, reply};

#[track_caller]
fn compare(name: &str, screen: &Screen) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/screens").join(format!("{name}.txt"));
    let cursor = screen.cursor().map_or("no cursor".to_owned(), |(x, y)| format!("cursor at {x},{y}"));
    let picture = format!("{screen}── {cursor} ──\n{}\n", screen.styles().join("\n"));
    if env::var_os("B24CHAT_BLESS").is_some() {
        fs::write(&path, &picture).unwrap();
    }
    let blessed = fs::read_to_string(&path).unwrap_or_default();
    assert!(picture == blessed, "{name} is drawn otherwise than in {}:\n{picture}", path.display());
}

/// With the history of a morning.
fn explorer(columns: u16, rows: u16) -> Explorer {
    let old = vec![
        record("SONET_GROUP", "103", "2025-11-24T16:57:02Z", reply(401, REFUSED)),
        record("CRM", "LEAD|13", "2026-02-24T16:58:44Z", reply(401, REFUSED)),
        record("TASKS_TASK", "8293", "2026-02-25T16:01:55Z", reply(200, NO_CHAT)),
    ];
    let mut explorer = Explorer::with_history(columns, rows, old);
    explorer.keys("<shift-tab> CRM <enter>");
    explorer
}

#[test]
fn a_chat_that_was_found_at_120_by_36() {
    let mut explorer = explorer(120, 36);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    compare("found_120x36", &explorer.screen());
}

#[test]
fn a_null_that_is_explained_at_80_by_24() {
    let mut explorer = explorer(80, 24);
    explorer.look_up("DEAL|1663", reply(200, NO_CHAT));
    compare("no_chat_80x24", &explorer.screen());
}

#[test]
fn a_refusal_at_60_by_16() {
    let mut explorer = explorer(60, 16);
    explorer.look_up("DEAL|1663", reply(401, REFUSED));
    compare("refused_60x16", &explorer.screen());
}

#[test]
fn the_help_of_the_response() {
    let mut explorer = explorer(120, 50);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    explorer.keys("<tab> <tab> ?");
    compare("help_120x50", &explorer.screen());
}

#[test]
fn the_list_of_types() {
    let mut explorer = explorer(80, 24);
    explorer.keys("<shift-tab> task");
    compare("types_80x24", &explorer.screen());
}

#[test]
fn an_old_record_read_in_the_history() {
    let mut explorer = explorer(120, 36);
    explorer.look_up("DEAL|1663", reply(200, FOUND));
    explorer.keys("<down> <down>");
    compare("history_120x36", &explorer.screen());
}

#[test]
fn the_first_frame() {
    compare("first_80x24", &Explorer::begin(80, 24, Vec::new()).screen());
}
