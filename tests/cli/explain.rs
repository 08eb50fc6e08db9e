//! `explain`: the hypotheses on standard output, what goes out said before, and the exit code.

use super::support::{User, portal};

#[test]
fn the_exit_code_says_whether_a_chat_was_found() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let found = user.run(&["explain", "CRM", "deal-1663"]).expect(0);
    assert!(found.out().contains("found instead: CRM DEAL|1663 → chat 1437"), "{}", found.out());
    user.run(&["explain", "CRM", "DEAL|1663"]).expect(0);
    user.run(&["explain", "CRM", "DEAL|2050"]).expect(1);
    assert_eq!(portal.requests(), 3);
    user.run(&["explain", "CRM", "0"]).expect(2);
    user.run(&["explain", "CUSTOM", "$result[a]"]).expect(2);
    assert_eq!(portal.requests(), 3);
    User::of(portal.scenario("badcode")).run(&["explain", "CRM", "DEAL|2050"]).expect(3);
    User::of(portal.scenario("noscope")).run(&["explain", "CRM", "DEAL|2050"]).expect(3);
    User::of(portal.scenario("login")).run(&["explain", "CRM", "DEAL|2050"]).expect(5);
    User::of("http://127.0.0.1:9/rest/1/canary0123456789/").run(&["explain", "CRM", "DEAL|2050"]).expect(4);
}

#[test]
fn methods_and_scopes_are_said_before_they_go_out() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let ran = user.run(&["explain", "deal 2050"]).expect(1);
    for words in [
        "One request",
        "im.chat.get (scope im)",
        "crm.item.get (scope crm)",
        "imopenlines.crm.chat.get (scope imopenlines)",
    ] {
        assert!(ran.words().contains(words), "{}", ran.words());
    }
}

#[test]
fn the_json_is_english_in_every_language_and_names_every_end() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let told = user.run(&["explain", "CRM", "D_1663", "--json", "--lang", "ru"]).expect(0).json();
    assert_eq!(told["pair"]["id"], "D_1663");
    assert_eq!((&told["outcome"], &told["chat_id"]), (&"no_chat".into(), &1437.into()));
    let first = &told["hypotheses"][0];
    assert_eq!(first["supposition"], "written_wrongly");
    assert_eq!(first["end"], "found_instead");
    assert_eq!(first["found"]["pair"]["id"], "DEAL|1663");
    assert!(!told.to_string().chars().any(|c| ('а'..='я').contains(&c)), "{told}");
    let russian = user.run(&["explain", "CRM", "D_1663", "--lang", "ru"]).expect(0);
    assert!(russian.out().contains("найдено вместо этого: CRM DEAL|1663 → чат 1437"), "{}", russian.out());
}

#[test]
fn nothing_is_added_to_the_history() {
    let portal = portal();
    let user = User::of(portal.webhook());
    user.run(&["explain", "CRM", "D_1663"]).expect(0);
    assert_eq!(user.run(&["history", "list"]).expect(0).out(), "");
}
