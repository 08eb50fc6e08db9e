//! The result pane for every way a lookup can end, at the sizes people use: first what is so, and nothing
//! over the edge.

use std::time::Duration;

use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::End;
use b24chat::domain::phases::Phase;
use ratatui::layout::Rect;

use crate::support::{Explorer, FOUND, NO_CHAT, REFUSED, failed, reply, reply_of};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 16)];

/// The inside of the result pane, from the first line to the last, read by scrolling.
fn read_through(explorer: &mut Explorer) -> String {
    let area = explorer.model.layout().unwrap().result;
    let inside = Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 };
    explorer.keys("<tab>");
    let mut words = explorer.screen().words_in(inside);
    let last = Rect { y: inside.bottom() - 1, height: 1, ..inside };
    loop {
        let before = explorer.screen().to_string();
        explorer.keys("<down>");
        let screen = explorer.screen();
        screen.is_framed(area);
        if screen.to_string() == before {
            return words;
        }
        words = format!("{words} {}", screen.words_in(last));
    }
}

/// What is seen at once must hold `first`; what can be scrolled to must hold `all`.
#[track_caller]
fn check(end: &End, first: &[&str], all: &[&str]) {
    for (columns, rows) in SIZES {
        let mut explorer = Explorer::new(columns, rows);
        explorer.look_up("DEAL|1663", end.clone());
        let area = explorer.model.layout().unwrap().result;
        let screen = explorer.screen();
        screen.is_framed(area);
        screen.is_safe();
        let seen = screen.words_in(Rect { x: area.x + 1, width: area.width - 2, ..area });
        for words in first {
            assert!(seen.contains(words), "{words:?} is not seen at {columns}x{rows}:\n{screen}");
        }
        let whole = read_through(&mut explorer);
        for words in all {
            assert!(whole.contains(words), "{words:?} is nowhere at {columns}x{rows}:\n{whole}");
        }
    }
}

#[test]
fn a_chat_is_named_with_its_dialog_its_link_and_what_it_does_not_prove() {
    check(
        &reply(200, FOUND),
        &["● chat 1437", "dialog chat1437", "open https://acme.bitrix2"],
        &["Found. That proves neither membership nor that it is the only chat of this pair."],
    );
}

#[test]
fn no_chat_comes_with_the_reasons_there_can_be() {
    check(
        &reply(200, NO_CHAT),
        &["○ no chat for CRM DEAL|1663", "The portal answers the same"],
        &[
            "This pair looks right (deal 1663).",
            "Most deals and other CRM objects have no chat until someone opens the discussion in their card.",
            "→ Open the object's card in the portal: its chat button makes the chat.",
            "→ Open the object's card in the portal",
            "The credential is right in every way",
        ],
    );
}

#[test]
fn a_refusal_says_the_portals_code_its_status_its_words_and_what_to_do() {
    check(
        &reply(401, REFUSED),
        &["▲ insufficient_scope 401", "“The request requires higher privileges than"],
        &[
            "provided by the webhook token”",
            "The permission for chats is missing: the webhook or the app lacks \"im\".",
            "The webhook exists and its secret is right",
            "→ Applications › Developer resources › this webhook › permissions: add chats (im), save.",
            "Waiting does not help.",
        ],
    );
}

#[test]
fn a_refusal_decides_whatever_its_status() {
    check(&reply(200, REFUSED), &["▲ insufficient_scope 200"], &["Waiting does not help."]);
}

#[test]
fn a_code_that_nobody_knows_is_shown_as_it_is() {
    check(
        &reply(400, r#"{"error":"OWN_CODE_7","error_description":"Own words"}"#),
        &["▲ OWN_CODE_7 400", "“Own words”"],
        &["OWN_CODE_7 is not in the catalogue"],
    );
    check(&reply(400, r#"{"error":"","error_description":""}"#), &["▲ an error without a code 400"], &[]);
    check(&reply(500, r#"{"error":422}"#), &["▲ 422 500"], &[]);
}

#[test]
fn a_page_in_place_of_an_answer_is_said_to_look_like_what_it_looks_like() {
    let login = "<html><title>Sign in</title><input type=\"password\"></html>";
    check(&reply_of("text/html", 200, login), &["◆ login page 200", "Sign in"], &["see the tab Raw"]);
    check(&reply_of("text/html", 502, "<h1>Bad gateway</h1>"), &["◆ gateway 502"], &["see the tab Raw"]);
    check(&reply_of("text/html", 503, "<h1>Back soon</h1>"), &["◆ maintenance 503"], &[]);
    check(&reply(200, "{\"result\":{\"ID\":14"), &["◆ truncated 200"], &["see the tab Raw"]);
    check(&reply(200, "{\"result\":oops}"), &["◆ broken json 200"], &[]);
    check(&reply(200, "[]"), &["◆ wrong shape 200"], &[]);
    check(&reply(200, "{\"result\":{\"ID\":\"many\"}}"), &["◆ wrong shape 200"], &[]);
    check(&reply(200, "[".repeat(500)), &["◆"], &[]);
}

#[test]
fn an_empty_reply_does_not_send_anyone_to_look_at_it() {
    check(&reply(200, ""), &["◆ empty 200"], &[]);
}

#[test]
fn every_failure_says_what_happened_and_what_to_do() {
    let detail = || "it is said so".to_owned();
    let host = || "acme.bitrix24.com".to_owned();
    let failures = [
        (Failure::Dns { host: host(), detail: detail() }, "✕ the name acme.bitrix24.com could not be looked"),
        (Failure::Connect { address: host(), detail: detail() }, "✕ no connection to"),
        (Failure::Tls { address: host(), detail: detail() }, "✕ no secure connection to"),
        (
            Failure::TimedOut { after: Duration::from_secs(65), during: Phase::Wait },
            "✕ timed out after 65 s while waiting",
        ),
        (Failure::Moved { to: "https://new.bitrix24.com".to_owned() }, "✕ the portal has moved to"),
        (Failure::RedirectLoop { hops: 2 }, "✕ the portal kept redirecting to itself"),
        (Failure::Closed { detail: detail() }, "✕ the connection closed before a reply"),
        (Failure::Cancelled { after: Duration::from_millis(1_500) }, "– cancelled after 1.5 s"),
        (Failure::Other { detail: detail() }, "✕ the request failed"),
    ];
    for (failure, first) in failures {
        let advice = b24chat::domain::error_code::of_failure(&failure);
        let last = advice.advice.last().map(|advice| format!("→ {}", advice.en())).unwrap_or_default();
        check(&failed(failure), &[first], &[advice.meaning.en(), &last]);
    }
}

#[test]
fn hostile_text_is_seen_as_stand_ins_only() {
    let hostile = "\\u001b]0;owned\\u0007 \\u202eevil \\u200b\\r\\nsecond";
    let shown = "␛]0;owned␇ ⟨U+202E⟩evil ⟨U+200B⟩␍␊second";
    let refused = format!(r#"{{"error":"{hostile}","error_description":"{hostile}"}}"#);
    check(&reply(400, refused), &["▲ ␛]0;owned␇"], &[&format!("“{shown}”")]);
    let extra = format!(r#"{{"result":{{"ID":7}},"time":{{"{hostile}":"{hostile}"}},"{hostile}":1}}"#);
    check(&reply(200, extra), &["● chat 7"], &["␛]0;owned␇"]);
    let raw = "<title>\u{1b}[2J\u{202e}</title>\u{9b}31m";
    check(&reply_of("text/html", 200, raw), &["␛[2J⟨U+202E⟩"], &[]);
    for (columns, rows) in SIZES {
        let mut explorer = Explorer::new(columns, rows);
        explorer.look_up("DEAL|1663", reply_of("text/html\u{1b}[2J", 200, raw));
        explorer.keys("<tab> <tab>");
        for _ in 0..4 {
            explorer.keys("<right>");
            explorer.screen().is_safe();
        }
        explorer.screen().is_safe();
    }
}

#[test]
fn what_an_id_holds_that_cannot_be_seen_is_seen() {
    let mut explorer = Explorer::new(120, 36);
    explorer.paste("DEAL|16\u{200b}63\u{202e}");
    explorer.keys("<enter>");
    let screen = explorer.screen();
    screen.is_safe();
    screen.shows(&["asking for CRM DEAL|16⟨U+200B⟩63⟨U+202E⟩"]);
    explorer.settle(reply(200, NO_CHAT));
    let screen = explorer.screen();
    screen.is_safe();
    screen.shows(&["no chat for CRM DEAL|16⟨U+200B⟩63⟨U+202E⟩"]);
}

#[test]
fn keys_that_the_portal_added_are_shown() {
    let body = r#"{"result":{"ID":7,"TITLE":"Deal"},"next":50}"#;
    check(&reply(200, body), &["● chat 7"], &["result.TITLE", "\"Deal\"", "next"]);
}

#[test]
fn a_long_result_says_how_much_is_below_and_scrolls_to_its_end_and_no_further() {
    let mut explorer = Explorer::new(60, 16);
    explorer.look_up("DEAL|1663", reply(401, REFUSED));
    explorer.screen().shows(&["↓ 13 more"]);
    explorer.keys("<tab> G");
    let screen = explorer.screen();
    screen.shows(&["Waiting does not help.", "It can be one of these:"]);
    screen.hides(&["↓ 1"]);
    explorer.keys("<up>");
    explorer.screen().shows(&["↓ 1 more"]);
    explorer.keys("g");
    explorer.screen().shows(&["▲ insufficient_scope"]);
}
