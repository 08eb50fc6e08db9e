//! The rules bite: each broken once, in every way it can be written.

use super::house::faults;
use super::paths::named;

fn is_broken(file: &str, code: &str) -> bool {
    !faults(file, &format!("//! A room.\n{code}\n")).is_empty()
}

#[test]
fn an_import_that_goes_up_is_found_however_it_is_written() {
    for (file, code) in [
        ("domain/x.rs", "use crate::portal::Client;"),
        ("domain/x.rs", "use super::super::store::Places;"),
        ("domain/x.rs", "use crate::{domain::entity, store};"),
        ("domain/x.rs", "use crate::{\n    domain::{entity, reply::{self, Reply}},\n    tui::{self},\n};"),
        ("domain/deep/x.rs", "fn f() { super::super::super::cli::run([]); }"),
        ("domain/x.rs", "mod tests { use super::super::super::demo; }"),
        ("domain/x.rs", "fn f() -> crate::demo::Options { todo!() }"),
        ("portal/client.rs", "use crate::store::history::History;"),
        ("store/mod.rs", "use crate::portal::Client;"),
        ("store/mod.rs", "use super::tui;"),
        ("demo/mod.rs", "use crate::portal;"),
        ("demo/mod.rs", "use crate::domain::reply::Reply;"),
        ("demo/mod.rs", "use crate::domain::{credential::Secret, reply};"),
        ("tui/keys/chord.rs", "use crate::tui::ui::text;"),
        ("tui/ui/text.rs", "use super::super::panes::hints;"),
        ("tui/panes/hints.rs", "use crate::tui::app::Model;"),
        ("tui/app/model.rs", "use crate::portal::Client;"),
        ("tui/app/model.rs", "use crate::tui::runtime::Start;"),
        ("tui/app/model.rs", "use crate::tui;"),
        ("tui/app/model.rs", "use crate::demo;"),
        ("tui/runtime/mod.rs", "use crate::cli::Exit;"),
    ] {
        assert!(is_broken(file, code), "{file}: {code}");
    }
}

#[test]
fn an_import_that_goes_down_or_stays_is_none_of_its_business() {
    for (file, code) in [
        ("domain/x.rs", "use super::entity::EntityPair; use crate::domain::{reply, visible};"),
        ("domain/x.rs", "mod tests { use super::*; use super::super::entity; }"),
        ("portal/client.rs", "use crate::domain::lookup::Lookup; use super::body::Body; use tokio::net::TcpStream;"),
        ("demo/mod.rs", "use crate::domain::credential::Secret; use std::net::SocketAddr;"),
        ("tui/app/model.rs", "use crate::tui::{keys::Place, panes::result, ui::text}; use super::flight::Flight;"),
        ("tui/runtime/mod.rs", "use super::app::Model; use crate::store::Places; use crossterm::event;"),
        ("cli/get.rs", "use crate::tui::runtime; use crate::portal; use crate::store; use crate::demo;"),
        ("main.rs", "fn main() { b24chat::cli::run([]) }"),
        ("lib.rs", "pub mod cli;"),
    ] {
        assert_eq!(faults(file, &format!("//! A room.\n{code}\n")), Vec::<String>::new(), "{file}: {code}");
    }
}

#[test]
fn the_pure_floors_know_nothing_of_the_outside() {
    for code in [
        "use std::fs;",
        "use std::{fmt, thread};",
        "use std::{collections::{HashMap, HashSet}, process::Command};",
        "fn f() { let _ = std::time::Instant::now(); }",
        "use std::time::Instant; fn f() -> Instant { Instant::now() }",
        "use std::time::{self, SystemTime}; fn f() { SystemTime::now(); }",
        "fn f() { jiff::Timestamp::now() }",
        "use tokio::sync::mpsc;",
        "use reqwest::Client;",
        "use ratatui::crossterm::event::Event;",
        "use rusqlite::{Connection, params};",
        "use std::net::TcpStream;",
        "fn f() { std::env::var(\"HOME\"); }",
    ] {
        for file in ["domain/x.rs", "tui/app/x.rs", "tui/panes/x.rs", "tui/ui/x.rs", "tui/keys/x.rs"] {
            assert!(is_broken(file, code), "{file}: {code}");
        }
        assert!(!is_broken("tui/runtime/x.rs", code), "{code}");
    }
    assert!(!is_broken("domain/x.rs", "use std::net::IpAddr; use std::time::Instant; use jiff::Timestamp;"));
}

#[test]
fn a_file_that_is_too_long_or_says_nothing_of_itself_is_found() {
    assert_eq!(faults("cli/x.rs", "use std::io;\n").len(), 1);
    assert_eq!(faults("cli/x/tests.rs", "use super::*;\n"), Vec::<String>::new());
    let long = |lines: usize| format!("//! A room.\n{}", "\n".repeat(lines - 1));
    assert_eq!(faults("cli/x.rs", &long(450)), Vec::<String>::new());
    assert_eq!(faults("cli/x.rs", &long(451)).len(), 1);
}

#[test]
fn comments_texts_and_characters_name_nothing() {
    let code = r##"
        // use crate::portal;
        /// [`crate::portal::Client`]
        /* use crate::store; /* crate::tui */ crate::cli */
        const A: &str = "crate::portal \" crate::store";
        const B: &str = r#"crate::portal " crate::store"#;
        const C: [char; 3] = ['"', '\'', 'a'];
        fn f<'a>(x: &'a str) -> &'a str { x }
        const D: &[u8] = b"crate::demo";
        use crate::domain::entity;
    "##;
    let paths = named(&["crate".to_owned(), "domain".to_owned()], code);
    let paths: Vec<_> = paths.iter().map(|path| (path.segments.join("::"), path.line)).collect();
    assert_eq!(paths, [("crate::domain::entity".to_owned(), 10)]);
}

#[test]
fn a_fault_says_where_it_is() {
    let faults = faults("domain/x.rs", "//! A room.\n\nuse crate::portal::Client;\n");
    assert_eq!(faults, ["src/domain/x.rs:3: crate::portal::Client: domain may import only [] besides itself"]);
}
