//! What is refused before anything is sent: exit code 2, words, no request, no record.

use super::servers::Server;
use super::support::{CANARY, Ran, User, portal};

/// Refused: no data, and words that end a sentence.
fn refused(user: &User, arguments: &[&str]) -> Ran {
    let ran = user.run(arguments).expect(2).without_data();
    assert!(!ran.words().trim().is_empty(), "{arguments:?}");
    assert!(user.every_file().is_empty(), "{arguments:?} left files");
    ran
}

#[test]
fn a_pair_that_cannot_be_is_never_sent() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let (long_type, long_id) = ("x".repeat(51), "я".repeat(256));
    for (pair, words) in [
        (["", "1"], "type is empty"),
        (["CRM", ""], "id is empty"),
        (["CRM", "0"], "id 0"),
        (["0", "1"], "type 0"),
        ([&long_type, "1"], "51 characters"),
        (["CRM", &long_id], "256 characters"),
    ] {
        let said = refused(&user, &["get", pair[0], pair[1]]).words();
        assert!(said.contains(words) && said.contains("Nothing was sent"), "{pair:?}: {said}");
    }
    for pasted in
        ["", "hello", "https://acme.bitrix24.com/crm/deal/details/0/", "https://acme.bitrix24.com/rest/", "{}"]
    {
        let said = refused(&user, &["get", pasted]).words();
        assert!(said.contains("Nothing was sent"), "{pasted}: {said}");
    }
    for wrong in [
        &["get"][..],
        &["get", "CRM", "1", "2"],
        &["get", "CRM", "1", "--json", "--raw"],
        &["get", "CRM", "1", "--timeout", "0"],
        &["get", "CRM", "1", "--nonsense"],
        &["nonsense"],
        &["history"],
        &["history", "list", "-n", "x"],
        &["demo", "--port", "65536"],
    ] {
        refused(&user, wrong);
    }
    assert_eq!(portal.requests(), 0);
    User::of(portal.webhook()).run(&["get", &"x".repeat(50), &"я".repeat(255)]).expect(1);
}

#[test]
fn a_secret_among_the_arguments_is_refused_and_not_repeated() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let webhook = format!("https://acme.bitrix24.com/rest/27/{CANARY}/");
    let curl = format!("curl -X POST {webhook}im.chat.get -d '{{}}'");
    let option = format!("--webhook={webhook}");
    let token = format!("https://acme.bitrix24.com/rest/im.chat.get?auth={CANARY}");
    let named = format!("https://ann:{CANARY}@acme.bitrix24.com/rest/27/{CANARY}/");
    for arguments in [
        &["get", &webhook][..],
        &["get", &webhook, "DEAL|1663"],
        &["get", "CRM", &webhook],
        &["get", "CRM", "DEAL|1663", &webhook],
        &["get", &curl],
        &["get", &token],
        &["get", &named],
        &["get", "CRM", &named],
        &["get", "CRM", "1", &option],
        &["get", "CRM", "1", "--timeout", &webhook],
        &["get", "CRM", "1", "--log", &webhook],
        &[&webhook],
        &["demo", "--port", &webhook],
        &["history", "list", &webhook],
    ] {
        let said = refused(&user, arguments).words();
        assert!(!said.contains("canary") && said.contains("B24CHAT_WEBHOOK"), "{arguments:?}: {said}");
    }
    assert_eq!(portal.requests(), 0);
}

#[test]
fn without_a_portal_the_words_say_how_to_name_one() {
    let said = refused(&User::new(), &["get", "CRM", "DEAL|1663"]).words();
    for word in ["B24CHAT_WEBHOOK", "B24CHAT_PORTAL", "B24CHAT_TOKEN", "--demo"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let empty = User::of("  ").with("B24CHAT_PORTAL", "").with("B24CHAT_TOKEN", "");
    assert_eq!(refused(&empty, &["get", "CRM", "DEAL|1663"]).words(), said);
    let half = refused(&User::new().with("B24CHAT_PORTAL", "https://acme.bitrix24.com"), &["get", "CRM", "1"]).words();
    assert!(half.contains("B24CHAT_TOKEN is not"), "{half}");
    let half = refused(&User::new().with("B24CHAT_TOKEN", CANARY), &["get", "CRM", "1"]).words();
    assert!(half.contains("B24CHAT_PORTAL is not") && !half.contains("canary"), "{half}");
}

#[test]
fn a_variable_that_is_no_address_is_named_without_its_value() {
    for wrong in [CANARY.to_owned(), format!("https://acme.bitrix24.com/{CANARY}"), format!("ftp://x/rest/1/{CANARY}/")]
    {
        let said = refused(&User::of(&wrong), &["get", "CRM", "1"]).words();
        assert!(said.contains("B24CHAT_WEBHOOK") && !said.contains("canary"), "{wrong}: {said}");
    }
}

#[test]
fn plain_http_to_another_machine_is_refused() {
    // The server would hear of it, if the name led to it.
    let server = Server::silent();
    let port = server.address().port();
    for host in ["192.0.2.7", "portal.example", "localhost.example"] {
        let user = User::of(format!("http://{host}:{port}/rest/27/{CANARY}/"));
        let said = refused(&user, &["get", "CRM", "DEAL|1663"]).words();
        assert!(said.contains("https://") && said.contains(host) && !said.contains("canary"), "{said}");
    }
    assert_eq!(server.connections(), 0);
}
