//! `code LANG TYPE ID`: the call on standard output, words beside it, nothing sent and no secret unasked.

use super::support::{CANARY, User, portal};

const IDIOMS: [&str; 9] = ["curl", "js", "bx24", "php", "crest", "go", "python", "http", "powershell"];

#[test]
fn code_is_written_for_the_portal_that_get_would_ask_and_nothing_is_sent() {
    let portal = portal();
    let user = User::of(portal.webhook());
    for idiom in IDIOMS {
        let code = user.run(&["code", idiom, "CRM", "DEAL|1663"]).expect(0).out();
        assert!(code.contains("DEAL|1663"), "{code}");
        assert!(!code.contains(portal.webhook_code()), "{code}");
        assert_eq!(user.run(&["code", idiom, "deal 1663"]).expect(0).out(), code, "a pasted form is the same pair");
    }
    let host = portal.address().to_string();
    assert!(user.run(&["code", "curl", "CRM", "DEAL|1663"]).out().contains(&host));
    assert_eq!(portal.requests(), 0);
    assert!(user.every_file().is_empty());
}

#[test]
fn the_secret_is_in_the_code_only_with_secret_and_that_is_said() {
    let user = User::of(format!("https://acme.bitrix24.com/rest/27/{CANARY}/"));
    for idiom in IDIOMS {
        let ran = user.run(&["code", idiom, "CRM", "DEAL|1663"]).expect(0).silent();
        assert!(!ran.out().contains(CANARY), "{}", ran.out());
        let ran = user.run(&["code", idiom, "CRM", "DEAL|1663", "--with-secret"]).expect(0);
        assert_eq!(ran.out().contains(CANARY), idiom != "bx24", "{}", ran.out());
        let said = if idiom == "bx24" { "there is no secret in this code" } else { "This code holds the secret" };
        assert!(ran.words().contains(said), "{}", ran.words());
        assert!(!ran.words().contains(CANARY));
    }
}

#[test]
fn a_token_stays_outside_as_a_webhook_does() {
    let user = User::new().with("B24CHAT_PORTAL", "https://acme.bitrix24.com").with("B24CHAT_TOKEN", CANARY);
    for idiom in IDIOMS {
        let code = user.run(&["code", idiom, "CRM", "DEAL|1663"]).expect(0).silent().out();
        assert!(!code.contains(CANARY), "{code}");
    }
    let code = user.run(&["code", "curl", "CRM", "DEAL|1663"]).out();
    assert!(code.contains(r#","auth":"'"$B24_ACCESS_TOKEN"'"}'"#), "{code}");
    assert!(user.run(&["code", "curl", "CRM", "DEAL|1663", "--with-secret"]).expect(0).out().contains(CANARY));
}

#[test]
fn without_a_portal_an_invented_one_stands_there_and_a_secret_cannot() {
    let user = User::new();
    let ran = user.run(&["code", "curl", "CRM", "DEAL|1663"]).expect(0).silent();
    assert!(ran.out().contains("https://example.bitrix24.com/rest/1/CODE/"), "{}", ran.out());
    let ran = user.run(&["code", "curl", "CRM", "DEAL|1663", "--with-secret"]).expect(2).without_data();
    assert!(ran.words().contains("No portal is named"), "{}", ran.words());
}

#[test]
fn a_profile_of_the_file_is_enough_and_its_secret_is_not_read() {
    let user = User::new();
    let webhook = format!("https://acme.bitrix24.com/rest/27/{CANARY}/\n");
    user.run_with(
        &["profile", "add", "acme", "--secrets-from-stdin"],
        &format!("{{\"webhook\":\"{}\"}}", webhook.trim()),
    )
    .expect(0);
    std::fs::remove_file(user.secrets_file()).unwrap();
    let code = user.run(&["-p", "acme", "code", "go", "CRM", "DEAL|1663"]).expect(0).silent().out();
    assert!(code.contains("https://acme.bitrix24.com/rest/27/CODE/"), "{code}");
    user.run(&["-p", "acme", "code", "go", "CRM", "DEAL|1663", "--with-secret"]).expect(6).without_data();
    user.run(&["-p", "nobody", "code", "go", "CRM", "DEAL|1663"]).expect(2).without_data();
}

#[test]
fn what_is_no_pair_or_no_language_is_refused() {
    let user = User::new();
    for arguments in [
        &["code", "perl", "CRM", "DEAL|1663"][..],
        &["code", "curl", "CRM", "0"],
        &["code", "curl", "nonsense"],
        &["code", "curl", "chat77"],
        &["code", "curl"],
    ] {
        user.run(arguments).expect(2).without_data();
    }
    let words = user.run(&["code", "perl", "CRM", "DEAL|1663"]).words();
    assert!(words.contains("the languages are curl, js, bx24"), "{words}");
}

#[test]
fn sdks_that_take_only_https_are_not_promised_for_plain_http() {
    let portal = portal();
    let user = User::of(portal.webhook());
    for (idiom, warned) in [("js", true), ("python", true), ("curl", false)] {
        let ran = user.run(&["code", idiom, "CRM", "DEAL|1663"]).expect(0);
        assert_eq!(ran.words().contains("only addresses with https"), warned, "{idiom}: {}", ran.words());
    }
}
