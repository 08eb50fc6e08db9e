//! `get TYPE ID`: the id on standard output, everything else beside it.

use super::servers::{Server, reply};
use super::support::{User, portal};

#[test]
fn a_found_chat_is_its_id_and_not_a_word_more() {
    let portal = portal();
    let user = User::of(portal.webhook());
    assert_eq!(user.run(&["get", "CRM", "DEAL|1663"]).expect(0).silent().out(), "1437\n");
    assert_eq!(user.run(&["get", "TASKS_TASK", "8293"]).expect(0).silent().out(), "1431\n");
    assert_eq!(portal.requests(), 2);
}

#[test]
fn an_access_token_finds_the_same_chat() {
    let portal = portal();
    for root in [portal.rest_root(), portal.rest_root().trim_end_matches("/rest/").to_owned()] {
        let user =
            User::new().with("B24CHAT_PORTAL", root).with("B24CHAT_TOKEN", format!(" {}\n", portal.access_token()));
        assert_eq!(user.run(&["get", "CRM", "DEAL|1663"]).expect(0).silent().out(), "1437\n");
    }
}

#[test]
fn the_demo_portal_needs_nothing_named() {
    assert_eq!(User::new().run(&["--demo", "get", "CRM", "DEAL|1663"]).expect(0).silent().out(), "1437\n");
    assert_eq!(User::new().run(&["get", "CRM", "DEAL|1663", "--demo"]).expect(0).silent().out(), "1437\n");
}

#[test]
fn the_webhook_wins_where_both_ways_are_named() {
    let portal = portal();
    let user = User::of(portal.webhook()).with("B24CHAT_PORTAL", "https://portal.example").with("B24CHAT_TOKEN", "x");
    user.run(&["get", "CRM", "DEAL|1663"]).expect(0);
}

#[test]
fn an_id_may_begin_with_a_hyphen_and_options_may_stand_anywhere() {
    let portal = portal();
    let user = User::of(portal.webhook());
    user.run(&["get", "CUSTOM", "-7"]).expect(1);
    assert_eq!(user.record()["pair"]["id"], "-7");
    assert_eq!(user.run(&["get", "--json", "CRM", "DEAL|1663"]).expect(0).json()["chat_id"], 1437);
    assert_eq!(user.run(&["get", "deal 1663", "--json"]).expect(0).json()["chat_id"], 1437);
    assert_eq!(user.run(&["--timeout", "5", "get", "CRM", "DEAL|1663", "--json"]).expect(0).json()["chat_id"], 1437);
}

#[test]
fn the_pair_is_sent_exactly_as_it_was_typed() {
    let portal = portal();
    for id in [" DEAL|1663", "deal|1663 ", "Сделка №5 «\"\\»", "a\nb"] {
        let user = User::of(portal.webhook());
        let ran = user.run(&["get", "CRM", id, "--json"]);
        assert_eq!(ran.json()["pair"]["id"], id);
        let sent: serde_json::Value = serde_json::from_str(user.record()["sent"]["body"].as_str().unwrap()).unwrap();
        assert_eq!(sent["ENTITY_ID"], id);
    }
}

#[test]
fn raw_is_the_body_byte_for_byte() {
    let bodies: [&[u8]; 5] = [
        b"{\"result\":{\"ID\":1437}}",
        b"\xef\xbb\xbf{\"result\" : null}\r\n",
        b"{\"error\":\"X\",\"error_description\":\"\xff\xfe \xc2\x9b2J\"}",
        b"<html>\n",
        b"",
    ];
    for (body, code) in bodies.into_iter().zip([0, 1, 3, 5, 5]) {
        let server = Server::saying(reply("200 OK", &[], body));
        let ran = User::of(server.webhook()).run(&["get", "CRM", "DEAL|1663", "--raw"]).expect(code);
        assert_eq!(ran.stdout, body);
        // One line says how it ended; a chat needs none.
        assert_eq!(ran.words().lines().count(), usize::from(code != 0), "{}", ran.words());
    }
}

#[test]
fn raw_without_a_reply_prints_nothing_and_says_why() {
    let server = Server::silent();
    let ran = User::of(server.webhook()).run(&["get", "CRM", "DEAL|1663", "--raw", "--timeout", "0.2"]);
    assert!(ran.expect(4).without_data().words().starts_with("No reply: timed out after 0.2 s"));
}

#[test]
fn version_and_help_are_data() {
    let user = User::new();
    assert_eq!(user.run(&["--version"]).expect(0).silent().out(), concat!("b24chat ", env!("CARGO_PKG_VERSION"), "\n"));
    let help = user.run(&["get", "--help"]).expect(0).silent().out();
    for code in ["0", "1", "2", "3", "4", "5", "6", "130"] {
        assert!(
            help.lines().any(|line| line.trim_start().starts_with(&format!("{code}  "))),
            "no exit code {code}: {help}"
        );
    }
    let help = user.run(&["--help"]).expect(0).silent().out();
    for variable in ["B24CHAT_WEBHOOK", "B24CHAT_PORTAL", "B24CHAT_TOKEN", "B24CHAT_DATA_DIR", "NO_COLOR"] {
        assert!(help.contains(variable), "{variable}");
    }
    assert!(user.every_file().is_empty(), "asking for help leaves no files");
}
