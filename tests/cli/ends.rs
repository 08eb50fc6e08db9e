//! Each way a lookup ends: its exit code, its words, where they are printed.

use super::servers::free_port;
use super::support::{CANARY, Ran, User, portal};

fn get(webhook: String) -> Ran {
    User::of(webhook).run(&["get", "CRM", "DEAL|1663", "--timeout", "2"])
}

#[test]
fn the_first_line_says_what_is_so_and_the_rest_what_it_means() {
    let portal = portal();
    let nowhere = free_port();
    for (webhook, code, headline) in [
        (portal.scenario("nochat"), 1, "No chat for CRM DEAL|1663."),
        (portal.scenario("noscope"), 3, "Refused: insufficient_scope (status 401): \"The request requires"),
        (portal.scenario("emptyerror"), 3, "Refused: an error without a code (status 400): \"Not found\""),
        (portal.scenario("hang"), 4, "No reply: timed out after 2 s while waiting for the first byte."),
        (portal.scenario("moved"), 4, "No reply: the portal has moved to http"),
        (format!("http://127.0.0.1:{nowhere}/rest/27/{CANARY}/"), 4, "No reply: no connection to 127.0.0.1"),
        (portal.scenario("maintenance"), 5, "Not an answer: maintenance (status 503)"),
        (portal.scenario("empty"), 5, "Not an answer: empty (status 200)"),
    ] {
        let ran = get(webhook).expect(code).without_data();
        assert!(ran.headline().starts_with(headline), "{headline}: {}", ran.words());
        let words = ran.words();
        let rest: Vec<&str> = words.lines().skip(1).collect();
        assert!(rest.len() >= 2 && rest.iter().all(|line| line.starts_with("  ")), "{words}");
        assert!(rest.iter().any(|line| line.starts_with("  → ")), "no advice: {words}");
    }
}

#[test]
fn what_the_portal_says_cannot_draw_on_the_terminal_or_pretend_to_be_ours() {
    let portal = portal();
    for code in ["control", "controlpage", "garbage", "diskquota", "badutf8"] {
        let ran = get(portal.scenario(code));
        let words = ran.words();
        assert!(words.chars().all(|c| c == '\n' || !b24chat::domain::visible::is_hidden(c)), "{code}: {words:?}");
        // The portal's text is quoted in the headline; its line feeds begin no line of ours.
        assert!(words.lines().skip(1).all(|line| line.starts_with("  ")), "{code}: {words}");
    }
}

#[test]
fn an_endless_description_is_cut_for_a_person() {
    let body = format!(r#"{{"error":"{}","error_description":"{}"}}"#, "c".repeat(100_000), "d".repeat(1_000_000));
    let server = super::servers::Server::saying(super::servers::reply("400 Bad Request", &[], body));
    let ran = get(server.webhook()).expect(3);
    assert!(ran.stderr.len() < 3_000, "{} bytes", ran.stderr.len());
    assert!(ran.headline().ends_with("…\""), "{}", ran.headline());
}
