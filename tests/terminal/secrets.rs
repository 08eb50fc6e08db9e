//! The canary: a secret that must come out nowhere. Not on the terminal, not in the window's title, not in
//! any file, whatever the portal does with it.

use super::strangers::look_everywhere;
use super::support::*;

/// Sixteen characters like a generated code.
const CANARY: &str = "canary7f3a0123bc";

/// All of it, or most of it, in any letter case.
fn holds_canary(bytes: &[u8]) -> bool {
    holds(&bytes.to_ascii_lowercase(), &CANARY[..10])
}

fn assert_nowhere(tty: &Tty, home: &Home, what: &str) {
    assert!(!holds_canary(&tty.bytes()), "{what}: the secret was written to the terminal");
    let files = home.files();
    assert!(
        files.iter().any(|(path, _)| path.ends_with("history.sqlite3")),
        "{what}: there is no history to look into"
    );
    for (path, bytes) in files {
        assert!(!holds_canary(&bytes), "{what}: the secret is in {}", path.display());
    }
}

fn reply(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// What a careless portal, proxy or gateway may do with the address it was asked at.
type Careless = fn(&str) -> Vec<u8>;

const CARELESS: [(&str, Careless); 8] = [
    ("a page that repeats the address", |address| {
        reply("404 Not Found", "Content-Type: text/html\r\n", &format!("<title>{address}</title><h1>no {address}</h1>"))
    }),
    ("an error that repeats the address", |address| {
        let body =
            format!(r#"{{"error":"{address}","error_description":"failed at {address}","{address}":"{address}"}}"#);
        reply("400 Bad Request", "Content-Type: application/json\r\n", &body)
    }),
    ("headers that repeat the address", |address| {
        let headers = format!("X-Original-Url: {address}\r\nSet-Cookie: back={address}\r\nVia: 1.1 {address}\r\n");
        reply("200 OK", &headers, r#"{"result":{"ID":1437},"time":{"start":1789001122}}"#)
    }),
    ("moved to another host with the path kept", |address| {
        reply("302 Found", &format!("Location: https://moved.bitrix24.example{address}\r\n"), "")
    }),
    ("moved to a host that is named after it", |address| {
        let code = address.split('/').nth(3).unwrap_or_default();
        reply("302 Found", &format!("Location: https://{code}.example/\r\n"), "")
    }),
    ("moved in circles", |address| reply("307 Temporary Redirect", &format!("Location: {address}\r\n"), "")),
    ("nothing", |_| Vec::new()),
    ("no HTTP", |address| format!("what is {address}\n").into_bytes()),
];

#[test]
fn the_secret_comes_out_nowhere_whatever_the_portal_does_with_it() {
    for (what, careless) in CARELESS {
        assert_kept(what, careless);
    }
}

#[test]
fn the_secret_comes_out_nowhere_even_when_it_is_repeated_in_json_escapes() {
    assert_kept("an error that repeats it in escapes", |address| {
        let escaped: String = address.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
        reply("400 Bad Request", "Content-Type: application/json\r\n", &format!(r#"{{"error":"{escaped}"}}"#))
    });
}

fn assert_kept(what: &str, careless: Careless) {
    let root = raw_portal(careless);
    let home = Home::new();
    let log = home.folder().join("log");
    let mut command = home.command(PROGRAM, &["--log", log.to_str().unwrap()]);
    command.env("B24CHAT_WEBHOOK", format!("{root}27/{CANARY}/"));
    let mut tty = ready(Tty::spawn(command, 120, 36));
    tty.press("DEAL|1663");
    tty.press(ENTER);
    home.wait_for_records(1);
    tty.wait(&format!("the end of the lookup: {what}"), |look| look.count(&["DEAL|1663", "CRM"]) >= 2);
    look_everywhere(&mut tty);
    // Once while the log beside the history is still there, once after leaving.
    assert_nowhere(&tty, &home, what);
    assert!(log.exists(), "there is no log to look into");
    tty.press(CTRL_C);
    assert_eq!(tty.wait_end(), Ended::Code(0), "{what}");
    assert_nowhere(&tty, &home, what);
}

#[test]
fn an_access_token_comes_out_nowhere() {
    let root = raw_portal(|_| reply("401 Unauthorized", "", r#"{"error":"expired_token","error_description":"no"}"#));
    let home = Home::new();
    let mut command = home.command(PROGRAM, &[]);
    command.env("B24CHAT_PORTAL", &root);
    command.env("B24CHAT_TOKEN", CANARY);
    let mut tty = ready(Tty::spawn(command, 120, 36));
    tty.press("DEAL|1663");
    tty.press(ENTER);
    tty.see(&["expired_token"]);
    home.wait_for_records(1);
    look_everywhere(&mut tty);
    assert_nowhere(&tty, &home, "a token");
}

#[test]
fn a_webhook_that_cannot_be_used_is_refused_without_being_repeated() {
    for webhook in [
        format!("http://acme.example/rest/27/{CANARY}/"),
        format!("https://acme.example/rest/27/{CANARY}*/"),
        format!("https://ann:pw@acme.example/rest/27/{CANARY}/"),
        format!("https://acme.example/rest/{CANARY}"),
        format!("https://acme.example:99999/rest/27/{CANARY}/"),
    ] {
        let home = Home::new();
        let mut tty = Tty::spawn(home.with_webhook(&webhook), 120, 36);
        tty.wait("the explorer", |look| look.has("Entity id") && look.has("no lookups yet"));
        tty.settle();
        tty.press(CTRL_C);
        assert_eq!(tty.wait_end(), Ended::Code(0));
        assert_nowhere(&tty, &home, &webhook);
    }
}

#[cfg(debug_assertions)]
#[test]
fn the_report_of_a_panic_does_not_hold_the_secret() {
    let root = raw_portal(|_| Vec::new());
    for place in ["draw", "task", "history"] {
        let home = Home::new();
        let mut command = home.with_webhook(&format!("{root}27/{CANARY}/"));
        command.env("B24CHAT_PANIC", place);
        command.env("RUST_BACKTRACE", "full");
        let mut tty = Tty::spawn(command, 120, 36);
        tty.press("DEAL|1663");
        tty.press(ENTER);
        assert_eq!(tty.wait_end(), Ended::Code(101));
        assert!(holds(&tty.bytes(), "asked to break"));
        assert!(!holds_canary(&tty.bytes()), "{place}");
    }
}
