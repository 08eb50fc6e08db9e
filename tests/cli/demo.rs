//! `b24chat demo`: the demo portal for other programs.

use std::io::BufReader;

use super::support::{User, next_line};

/// The lines that it prints, by their first word.
fn started(user: &User, child: &mut std::process::Child) -> [String; 3] {
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let lines = ["webhook", "portal", "token"].map(|name| {
        let line = next_line(&mut reader);
        line.strip_prefix(name).unwrap_or_else(|| panic!("no {name} in {line}")).trim().to_owned()
    });
    assert!(user.every_file().is_empty());
    lines
}

#[cfg(unix)]
#[test]
fn it_prints_a_webhook_and_a_token_that_work_and_ends_when_it_is_told() {
    use rustix::process::Signal;

    for signal in [Signal::INT, Signal::TERM] {
        let user = User::new();
        let mut child = user.start(&["demo"]);
        let [webhook, portal, token] = started(&user, &mut child);
        assert!(
            webhook.starts_with("http://127.0.0.1:") && portal.starts_with("http://127.0.0.1:"),
            "{webhook} {portal}"
        );
        assert_eq!(User::of(&webhook).run(&["get", "CRM", "DEAL|1663"]).expect(0).silent().out(), "1437\n");
        let by_token = User::new().with("B24CHAT_PORTAL", &portal).with("B24CHAT_TOKEN", &token);
        assert_eq!(by_token.run(&["get", "CRM", "DEAL|1663"]).expect(0).silent().out(), "1437\n");
        super::support::send(signal, &child);
        assert_eq!(child.wait().unwrap().code(), Some(130));
    }
}

#[test]
fn a_port_that_is_taken_is_said_in_words() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = User::new().run(&["demo", "--port", &port]).expect(6).without_data();
    assert!(ran.words().contains(&port) && ran.words().contains("another program has it"), "{}", ran.words());
}

#[test]
fn a_chosen_port_is_the_one_it_has() {
    let port = super::servers::free_port();
    let user = User::new();
    let mut child = user.start(&["demo", "--port", &port.to_string()]);
    let [webhook, ..] = started(&user, &mut child);
    assert!(webhook.starts_with(&format!("http://127.0.0.1:{port}/rest/1/")), "{webhook}");
    // On loopback alone: another address of this machine has nobody there.
    assert!(std::net::TcpStream::connect(("127.0.0.2", port)).is_err());
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn its_help_lists_every_scenario() {
    let help = User::new().run(&["demo", "--help"]).expect(0).silent().out();
    for scenario in b24chat::demo::scenarios() {
        let is_listed = help.lines().any(|line| line.trim_start().starts_with(&format!("{} ", scenario.code)));
        assert!(is_listed, "{}", scenario.code);
    }
}
