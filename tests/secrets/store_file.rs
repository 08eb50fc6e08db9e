//! The file of secrets.

use std::fs;

use b24chat::domain::chain::Chain;
use b24chat::domain::credential::Secret;
use b24chat::store::Places;
use b24chat::store::secrets::{Home, SecretTrouble, Secrets, Stored};
use jiff::Timestamp;
use proptest::prelude::*;
use url::Url;

use crate::support::*;

#[test]
fn what_is_written_is_read_and_told_by_its_place() {
    let place = Place::new();
    let secrets = place.secrets();
    let file = place.places().secrets_file();
    assert_eq!(secrets.write("acme", &code()).unwrap(), Home::File(file.clone()));
    assert_eq!(secrets.read(&webhook()).unwrap(), code());
    let words = format!("in the file {}, readable by this user only", file.display());
    assert_eq!(secrets.home_of(&webhook()).unwrap(), words);
    assert_eq!(secrets.take_notes(), Vec::<String>::new());
    secrets.write("acme", &chain(7)).unwrap();
    assert_eq!(secrets.read(&oauth()).unwrap(), chain(7));
}

#[test]
fn profiles_of_one_name_in_two_folders_of_settings_have_secrets_of_their_own() {
    let place = Place::new();
    let other = Places { config_dir: place.folder().join("other"), ..place.places() };
    let (secrets, others) = (place.secrets(), Secrets::without_keyring(&other));
    secrets.write("acme", &code()).unwrap();
    assert!(matches!(others.read(&webhook()), Err(SecretTrouble::KeyringUnread { .. })));
    let theirs = Stored::Webhook(Secret::new("theirs"));
    others.write("acme", &theirs).unwrap();
    secrets.write("office", &chain(1)).unwrap();
    assert_eq!(secrets.read(&webhook()).unwrap(), code());
    assert_eq!(others.read(&webhook()).unwrap(), theirs);
    secrets.forget("acme").unwrap();
    assert!(secrets.read(&webhook()).is_err());
    assert_eq!(others.read(&webhook()).unwrap(), theirs);
}

#[test]
fn what_was_forgotten_is_in_no_file_any_more() {
    let place = Place::new();
    let secrets = place.secrets();
    secrets.forget("acme").unwrap();
    secrets.write("acme", &code()).unwrap();
    secrets.forget("acme").unwrap();
    for file in fs::read_dir(place.places().data_dir).unwrap() {
        assert!(!fs::read_to_string(file.unwrap().path()).unwrap().contains(CANARY));
    }
    let said = secrets.read(&webhook()).unwrap_err().to_string();
    assert!(said.contains("acme") && said.contains("b24chat profile add"), "{said}");
}

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_file_and_its_folder_are_for_this_user_alone() {
        let place = Place::new();
        place.secrets().write("acme", &code()).unwrap();
        assert_eq!(mode(&place.places().data_dir), 0o700);
        for entry in fs::read_dir(place.places().data_dir).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
    }

    #[test]
    fn a_file_that_others_could_read_is_tightened_and_that_is_said_once() {
        let place = Place::new();
        let secrets = place.secrets();
        let file = place.places().secrets_file();
        secrets.write("acme", &code()).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(secrets.read(&webhook()).unwrap(), code());
        assert_eq!(mode(&file), 0o600);
        let notes = secrets.take_notes();
        assert!(notes.len() == 1 && notes[0].contains("could be read by other users"), "{notes:?}");
        secrets.read(&webhook()).unwrap();
        assert_eq!(secrets.take_notes(), Vec::<String>::new());
    }

    #[test]
    fn a_leftover_of_a_killed_writer_is_cleared_away_whatever_its_mode() {
        let place = Place::new();
        let secrets = place.secrets();
        secrets.write("acme", &code()).unwrap();
        let leftover = place.places().data_dir.join("secrets.json.new");
        fs::write(&leftover, "half a fi").unwrap();
        fs::set_permissions(&leftover, fs::Permissions::from_mode(0o666)).unwrap();
        secrets.write("acme", &chain(1)).unwrap();
        assert!(!leftover.exists());
        assert_eq!(mode(&place.places().secrets_file()), 0o600);
        assert_eq!(secrets.read(&oauth()).unwrap(), chain(1));
    }
}

#[test]
fn a_broken_file_is_said_by_its_place_and_never_overwritten() {
    let place = Place::new();
    let secrets = place.secrets();
    secrets.write("acme", &code()).unwrap();
    let file = place.places().secrets_file();
    let whole = fs::read_to_string(&file).unwrap();
    for broken in [
        whole.replace("\"value\":", "\"value\""),
        whole[..whole.len() - 3].to_owned(),
        format!("[\"{CANARY}\"]"),
        format!("{{\"secrets\": \"{CANARY}\"}}"),
        String::new(),
    ] {
        fs::write(&file, &broken).unwrap();
        for trouble in [
            secrets.read(&webhook()).unwrap_err(),
            secrets.write("acme", &chain(1)).unwrap_err(),
            secrets.forget("acme").unwrap_err(),
        ] {
            assert!(matches!(trouble, SecretTrouble::Broken { .. }), "{trouble}");
            assert!(!format!("{trouble} {trouble:?}").contains(CANARY), "{trouble:?}");
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), broken);
    }
    fs::write(&file, whole.replace("\"version\": 1", "\"version\": 2")).unwrap();
    assert!(matches!(secrets.write("acme", &code()), Err(SecretTrouble::Newer { .. })));
}

#[test]
fn a_secret_of_the_other_kind_is_refused_in_words() {
    let place = Place::new();
    let secrets = place.secrets();
    secrets.write("acme", &code()).unwrap();
    let said = secrets.read(&oauth()).unwrap_err().to_string();
    assert!(said.contains("access_token") && !said.contains(CANARY), "{said}");
    secrets.write("acme", &chain(1)).unwrap();
    let said = secrets.read(&webhook()).unwrap_err().to_string();
    assert!(said.contains("webhook_secret") && !said.contains(CANARY), "{said}");
}

fn any_chain() -> impl Strategy<Value = Chain> {
    let secret = || {
        "[!-~]{1,70}".prop_filter("a token has none of these", |text| !text.contains(|c| "\"'<>\\{}/?#%".contains(c)))
    };
    let maybe = || prop::option::of(".{0,20}");
    let when = prop::option::of((0_i64..4_000_000_000, 0_i32..1_000_000_000))
        .prop_map(|when| when.map(|(second, nanosecond)| Timestamp::new(second, nanosecond).unwrap()));
    (secret(), maybe(), ".{1,20}", maybe(), when, maybe(), any::<[bool; 2]>()).prop_map(
        |(access, refresh, client_id, client_secret, expires_at, member_id, [has_server, has_endpoint])| Chain {
            access: Secret::new(access),
            refresh: refresh.map(Secret::new),
            client_id,
            client_secret: client_secret.map(Secret::new),
            expires_at,
            member_id,
            token_endpoint: Some(if has_server {
                "https://a.example/t/"
            } else {
                "https://oauth.bitrix24.tech/oauth/token/"
            })
            .map(|text| Url::parse(text).unwrap()),
            client_endpoint: has_endpoint.then(|| root("https://acme.bitrix24.com/rest/")),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_chain_comes_back_whole(chain in any_chain()) {
        let place = Place::new();
        let secrets = place.secrets();
        let stored = Stored::OAuth(chain);
        secrets.write("acme", &stored).unwrap();
        prop_assert_eq!(secrets.read(&oauth()).unwrap(), stored);
    }
}
