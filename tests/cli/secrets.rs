//! A canary for a secret, in every way a lookup can go: it is in no byte that the program leaves behind.

use super::servers::{Server, free_port, reply};
use super::support::{CANARY, User};

/// Runs `get` in each form and then reads everything: standard output, standard error, the log, the
/// history in both forms, and the files themselves.
fn leaves_nothing(user: &User, what: &str) {
    let log = user.home().join("log");
    let mut seen = Vec::new();
    for form in [None, Some("--json"), Some("--raw")] {
        let mut arguments = vec!["get", "CRM", "DEAL|1663", "--timeout", "2", "--log", log.to_str().unwrap()];
        arguments.extend(form);
        let ran = user.run(&arguments);
        assert!(ran.code.is_some_and(|code| (0..=5).contains(&code)), "{what}: {ran:?}");
        seen.push((format!("{form:?} stdout"), ran.stdout));
        seen.push((format!("{form:?} stderr"), ran.stderr));
    }
    for command in ["list", "export"] {
        seen.push((format!("history {command}"), user.run(&["history", command]).expect(0).stdout));
    }
    let files = user.every_file();
    assert!(files.iter().any(|(path, bytes)| *path == log && !bytes.is_empty()), "{what}: no log");
    assert!(files.iter().any(|(path, _)| path.ends_with("history.sqlite3")), "{what}: no history");
    seen.extend(files.into_iter().map(|(path, bytes)| (path.display().to_string(), bytes)));
    for (place, bytes) in seen {
        // Eight of the sixteen characters are a leak too.
        let leaks = bytes.to_ascii_lowercase().windows(8).any(|some| some == &CANARY.as_bytes()[..8]);
        assert!(!leaks, "{what}: {place}: {}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn whatever_a_server_does_with_the_secret_it_is_left_nowhere() {
    let address = format!("/rest/27/{CANARY}/im.chat.get");
    let page = |status, location: &str| reply(status, &[("Location", location), ("X-Echo", &address)], &address);
    let replies = [
        (
            "echo in JSON",
            reply(
                "200 OK",
                &[("Set-Cookie", CANARY)],
                format!("{{\"error\":\"{CANARY}\",\"error_description\":\"{address}\",\"{CANARY}\":\"{CANARY}\"}}"),
            ),
        ),
        (
            "echo in a page",
            reply("404 Not Found", &[("Content-Type", "text/html")], format!("<title>{address}</title>{address}")),
        ),
        ("echo in a header's name", reply("200 OK", &[(&format!("X-{CANARY}"), CANARY)], "{\"result\":null}")),
        ("closed mid-reply", format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nyou asked {address}").into_bytes()),
        ("closed mid-head", format!("HTTP/1.1 200 OK\r\nX: {address}").into_bytes()),
        ("closed at once", Vec::new()),
        ("no HTTP", address.clone().into_bytes()),
        ("a redirect to itself", page("302 Found", &address)),
        ("a redirect away", page("302 Found", &format!("https://{CANARY}.example{address}"))),
        ("a redirect nowhere", page("302 Found", &format!("{CANARY}://{CANARY}"))),
        ("not TLS", b"hello\r\n".to_vec()),
    ];
    for (what, bytes) in replies {
        let server = Server::saying(bytes);
        leaves_nothing(&User::of(server.webhook()), what);
        let by_token =
            User::new().with("B24CHAT_PORTAL", format!("http://{}", server.address())).with("B24CHAT_TOKEN", CANARY);
        leaves_nothing(&by_token, what);
    }
}

#[test]
fn a_portal_that_is_not_reached_leaves_nothing_of_the_secret() {
    let server = Server::saying("this is no TLS\r\n\r\n");
    let refused = free_port();
    for root in [
        "https://portal.invalid".to_owned(),
        format!("https://127.0.0.1:{refused}"),
        format!("http://127.0.0.1:{refused}"),
        format!("https://{}", server.address()),
        format!("http://{}", Server::silent().address()),
    ] {
        leaves_nothing(&User::of(format!("{root}/rest/27/{CANARY}/")), &root);
    }
}

#[test]
fn the_log_tells_what_happened_in_order() {
    let portal = super::support::portal();
    let user = User::of(portal.scenario("noscope"));
    let log = user.home().join("log");
    user.run(&["get", "CRM", "DEAL|1663", "--log", log.to_str().unwrap()]).expect(3);
    let text = std::fs::read_to_string(&log).unwrap();
    let mut rest = text.as_str();
    let host = format!("portal={}", portal.address());
    for part in [
        "started",
        "command=\"get\"",
        "asking",
        &host,
        "CRM DEAL|1663",
        "answered",
        "outcome=\"refused\"",
        "ended",
        "exit=3",
    ] {
        // The words of one line may stand in any order; the lines may not.
        assert!(rest.contains(part), "{part} is missing or too early: {text}");
        if ["started", "asking", "answered", "ended"].contains(&part) {
            let at = rest.find(part).unwrap();
            rest = &rest[rest[..at].rfind('\n').map_or(0, |at| at + 1)..];
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&log).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
