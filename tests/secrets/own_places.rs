//! Secrets in places of the user's own.

use std::fs;

use b24chat::domain::chain::Chain;
use b24chat::domain::credential::Secret;
use b24chat::store::profiles::{Entry, Kind, SecretPlace};
use b24chat::store::secrets::{Home, SecretTrouble, Secrets, Stored};

use crate::support::*;

/// What is read when the text is in a file of the user's own.
fn read(text: &str, entry: Entry) -> Result<Stored, SecretTrouble> {
    let place = Place::new();
    let file = place.folder().join("own");
    fs::write(&file, text).unwrap();
    place.secrets().read(&kept_in(SecretPlace::File(file), entry))
}

fn refused(text: &str, entry: Entry) -> String {
    let trouble = read(text, entry).unwrap_err();
    assert!(!format!("{trouble} {trouble:?}").contains("canary"), "{trouble:?}");
    trouble.to_string()
}

fn bare_token(token: &str) -> Chain {
    let Kind::OAuth { client_id, auth_server } = oauth().kind else { unreachable!() };
    Chain {
        access: Secret::new(token),
        refresh: None,
        client_id,
        client_secret: None,
        expires_at: None,
        member_id: None,
        token_endpoint: auth_server,
        client_endpoint: None,
    }
}

#[test]
fn a_webhook_may_be_its_code_its_address_or_our_document() {
    for text in [
        CANARY.to_owned(),
        format!("  {CANARY}\r\n"),
        format!("https://acme.bitrix24.com/rest/27/{CANARY}/"),
        format!("https://acme.bitrix24.com/rest/27/{CANARY}/profile.json\n"),
        format!("{{\"webhook_secret\": \"{CANARY}\"}}\n"),
        format!("{{\"webhook\": \"https://acme.bitrix24.com/rest/27/{CANARY}/\"}}"),
    ] {
        assert_eq!(read(&text, webhook()).unwrap(), code(), "{text}");
    }
}

#[test]
fn an_address_of_another_portal_or_user_is_not_used() {
    let said = refused(&format!("https://evil.example/rest/27/{CANARY}/"), webhook());
    assert!(said.contains("evil.example") && said.contains("acme.bitrix24.com"), "{said}");
    let said = refused(&format!("https://acme.bitrix24.com/rest/5/{CANARY}/"), webhook());
    assert!(said.contains("another user's webhook") && said.contains("27"), "{said}");
}

#[test]
fn an_oauth_secret_may_be_a_token_our_document_or_a_token_reply() {
    assert_eq!(read(&format!("{CANARY}\n"), oauth()).unwrap(), Stored::OAuth(bare_token(CANARY)));
    let reply = format!(
        r#"{{"access_token":"{CANARY}","refresh_token":"r","expires":"1789004722","expires_in":3600,"user_id":27,
            "client_endpoint":"https://acme.bitrix24.com/rest/","member_id":"0a4f","client_secret":"s"}}"#
    );
    let expected = Chain {
        refresh: Some(Secret::new("r")),
        client_secret: Some(Secret::new("s")),
        expires_at: Some("2026-09-10T01:45:22Z".parse().unwrap()),
        member_id: Some("0a4f".into()),
        client_endpoint: Some(root("https://acme.bitrix24.com/rest/")),
        ..bare_token(CANARY)
    };
    assert_eq!(read(&reply, oauth()).unwrap(), Stored::OAuth(expected));
}

#[test]
fn what_is_no_secret_is_refused_without_being_repeated() {
    for (text, entry, part) in [
        (String::new(), webhook(), "it is empty"),
        (format!("{CANARY} and more"), webhook(), "one word"),
        (format!("{CANARY}\n{CANARY}"), oauth(), "one word"),
        (format!("{{\"webhook_secret\": \"{CANARY}\""), webhook(), "no valid JSON at line 1"),
        (format!("{{\"webhook_secret\": [\"{CANARY}\"]}}"), webhook(), "webhook_secret is no text"),
        (format!("{{\"token\": \"{CANARY}\"}}"), oauth(), "no member access_token"),
        (format!("{{\"access_token\": \"a\", \"expires_at\": \"{CANARY}\"}}"), oauth(), "expires_at is neither"),
        (
            format!("{{\"access_token\": \"a\", \"client_endpoint\": \"{CANARY}\"}}"),
            oauth(),
            "client_endpoint is no address",
        ),
        (format!("https://acme.bitrix24.com/rest/{CANARY}/"), webhook(), "cannot be used"),
    ] {
        let said = refused(&text, entry);
        assert!(said.contains(part), "{said}");
        assert!(said.starts_with("the secret in the file "), "{said}");
    }
}

#[test]
fn a_file_that_is_not_there_or_no_file_is_said_to_be_so() {
    let place = Place::new();
    for path in [place.folder().join("nothing"), place.folder().to_owned()] {
        let entry = kept_in(SecretPlace::File(path.clone()), webhook());
        let said = place.secrets().read(&entry).unwrap_err().to_string();
        assert!(said.contains(&path.display().to_string()) && said.contains("cannot be read"), "{said}");
    }
}

const VARIABLE: &str = "B24CHAT_TEST_OWN_SECRET";

/// Not a test of its own: the environment of a process cannot be changed safely from within.
#[test]
fn a_process_with_the_secret_in_its_environment() {
    let Some(places) = role("environment") else { return };
    let secrets = Secrets::without_keyring(&places);
    let in_variable = |name: &str| kept_in(SecretPlace::Env(name.into()), webhook());
    assert_eq!(secrets.read(&in_variable(VARIABLE)).unwrap(), code());
    assert_eq!(secrets.home_of(&in_variable(VARIABLE)).unwrap(), format!("from the environment variable {VARIABLE}"));
    let said = secrets.read(&in_variable("B24CHAT_TEST_EMPTY")).unwrap_err().to_string();
    assert!(said.contains("B24CHAT_TEST_EMPTY") && said.contains("is empty"), "{said}");
    let said = secrets.read(&in_variable("B24CHAT_TEST_UNSET")).unwrap_err().to_string();
    assert!(said.contains("B24CHAT_TEST_UNSET") && said.contains("is not set"), "{said}");
    // The keyring is off, so the file is the home.
    assert!(matches!(Secrets::new(&places).write("acme", &code()).unwrap(), Home::File(_)));
    assert_eq!(Secrets::new(&places).take_notes(), Vec::<String>::new());
}

#[test]
fn a_secret_in_the_environment_is_read_from_there() {
    let place = Place::new();
    let name = "own_places::a_process_with_the_secret_in_its_environment";
    let mut command = as_another_process(name, "environment", place.folder());
    command.env(VARIABLE, CANARY).env("B24CHAT_TEST_EMPTY", " ").env("B24CHAT_KEYRING", "off");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[cfg(unix)]
mod commands {
    use super::*;

    fn run(script: &str, entry: Entry) -> Result<Stored, SecretTrouble> {
        let words = ["sh", "-c", script].map(str::to_owned).to_vec();
        Place::new().secrets().read(&kept_in(SecretPlace::Command(words), entry))
    }

    #[test]
    fn a_secret_that_a_command_prints_is_read() {
        assert_eq!(run(&format!("echo {CANARY}"), webhook()).unwrap(), code());
        assert_eq!(run(&format!("echo {CANARY}"), oauth()).unwrap(), Stored::OAuth(bare_token(CANARY)));
        let entry = kept_in(SecretPlace::Command(vec!["pass".into(), "show".into(), CANARY.into()]), webhook());
        assert_eq!(Place::new().secrets().home_of(&entry).unwrap(), "printed by the command pass");
    }

    #[test]
    fn no_shell_reads_the_words_of_a_command() {
        let words = ["printf", "%s", "$HOME;$(echo)"].map(str::to_owned).to_vec();
        let trouble = Place::new().secrets().read(&kept_in(SecretPlace::Command(words), webhook()));
        assert_eq!(trouble.unwrap(), Stored::Webhook(Secret::new("$HOME;$(echo)")));
    }

    #[test]
    fn a_command_that_fails_says_why_and_what_it_printed_is_not_repeated() {
        for (script, part) in [
            (
                format!("echo {CANARY}; echo \"no such entry: {CANARY}\" >&2; exit 4"),
                "ended with code 4: no such entry: ****",
            ),
            (format!("echo {CANARY} >/dev/null; kill -9 $$"), "was stopped by a signal"),
            ("true".to_owned(), "printed nothing"),
            ("printf '\\377\\376'".to_owned(), "no text"),
            ("head -c 100000 /dev/zero | tr '\\0' a".to_owned(), "far too much"),
        ] {
            let trouble = run(&script, webhook()).unwrap_err();
            let said = trouble.to_string();
            assert!(said.starts_with("the command sh") && said.contains(part), "{said}");
            assert!(!format!("{said} {trouble:?}").contains(CANARY), "{trouble:?}");
        }
        let missing = kept_in(SecretPlace::Command(vec!["/no/such/program".into()]), webhook());
        let said = Place::new().secrets().read(&missing).unwrap_err().to_string();
        assert!(said.contains("/no/such/program") && said.contains("could not be started"), "{said}");
    }
}
