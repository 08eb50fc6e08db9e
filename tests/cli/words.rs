//! Words and data where they are not a terminal, and where they are.

use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::support::{User, portal};

#[test]
fn nothing_that_is_not_a_terminal_gets_an_escape_sequence() {
    let portal = portal();
    for code in ["healthy", "nochat", "noscope", "control"] {
        let user = User::of(portal.scenario(code)).with("CLICOLOR_FORCE", "1").with("TERM", "xterm-256color");
        for arguments in [
            &["get", "CRM", "DEAL|1663"][..],
            &["get", "CRM", "1", "--json"],
            &["history", "list"],
            &["--help"],
            &["x"],
        ] {
            let ran = user.run(arguments);
            assert!(!ran.stdout.contains(&0x1b) && !ran.stderr.contains(&0x1b), "{code} {arguments:?}: {ran:?}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_does_no_harm() {
    let portal = portal();
    let user = User::of(portal.webhook());
    for form in [None, Some("--json"), Some("--raw")] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let arguments: Vec<&str> = ["get", "CRM", "DEAL|1663"].into_iter().chain(form).collect();
        let output = user.command(&arguments).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
    for arguments in [["history", "list"], ["history", "export"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = user.command(&arguments).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = User::of(portal.scenario("nochat")).command(&["get", "CRM", "1"]).stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_printed_is_our_failure() {
    let portal = portal();
    let full = std::fs::File::create("/dev/full").unwrap();
    let output = User::of(portal.webhook()).command(&["get", "CRM", "DEAL|1663"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(6));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("The answer could not be printed"));
}

/// What a person sees who types this in a terminal of so many columns.
fn seen(user: &User, arguments: &[&str], columns: u16) -> (u32, Vec<String>) {
    let size = PtySize { rows: 40, cols: columns, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let like = user.command(arguments);
    let mut command = CommandBuilder::new(like.get_program());
    command.args(arguments);
    command.env_clear();
    for (name, value) in like.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut bytes = Vec::new();
    // Linux tells the end of a terminal as an error.
    let _ = reader.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    (child.wait().unwrap().exit_code(), text.lines().map(|line| line.trim_end().to_owned()).collect())
}

#[test]
fn on_a_terminal_words_are_wrapped_at_its_width() {
    let portal = portal();
    let user = User::of(portal.scenario("noscope"));
    for columns in [50, 80, 200] {
        let (code, lines) = seen(&user, &["get", "CRM", "DEAL|1663"], columns);
        assert_eq!(code, 3);
        let longest = lines.iter().map(|line| line.chars().count()).max().unwrap();
        assert!(longest <= usize::from(columns).min(100), "{longest} of {columns}: {lines:#?}");
        assert!(lines[0].starts_with("Refused: insufficient_scope (status 401)"), "{lines:#?}");
        assert!(lines.iter().all(|line| !line.contains('\u{1b}')), "{lines:#?}");
    }
}

#[test]
fn on_a_terminal_a_person_sees_how_a_pasted_text_was_understood() {
    let portal = portal();
    let (code, lines) = seen(&User::of(portal.webhook()), &["get", "deal 1663"], 80);
    assert_eq!(code, 0);
    assert!(lines[lines.len() - 2].contains("CRM DEAL|1663"), "{lines:#?}");
    assert_eq!(lines.last().unwrap(), "1437");
}
