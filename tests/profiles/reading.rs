//! What the keys of the file mean.

use b24chat::domain::profile::{Colour, Connection, Plan};
use b24chat::store::profiles::{Entry, Kind, Profiles, SecretPlace};
use url::Url;

use crate::support::*;

#[test]
fn every_key_is_understood() {
    let place = Place::with(
        r#"
active = "office"

[profile.acme]
portal = "acme.bitrix24.com"
kind = "webhook"
user = 27
colour = "red"
plan = "enterprise"

[profile.office]
portal = "https://intra.example/office/rest/"
kind = "oauth"
client_id = "local.5f3b"
auth_server = "https://oauth.bitrix24.tech"
secret = { command = ["pass", "show", "office"] }
ca_file = "certs/ca.pem"
proxy = "socks5h://proxy.example:1080"
allow_http = true
insecure_tls = true
member_id = "0a4f0c8e6b1d4f2b9c3e5d7a8b6c4e21"
user_name = "Ann Admin"
"#,
    );
    let profiles = place.load();
    assert_eq!(names(&profiles), ["acme", "office"]);
    let acme = Entry { colour: Some(Colour::Red), plan: Plan::Enterprise, ..webhook("acme") };
    assert_eq!(profiles.entry("acme").unwrap(), &acme);
    let office = Entry {
        name: "office".into(),
        root: root("https://intra.example/office/rest/"),
        kind: Kind::OAuth {
            client_id: "local.5f3b".into(),
            auth_server: Some(Url::parse("https://oauth.bitrix24.tech/oauth/token/").unwrap()),
        },
        secret: SecretPlace::Command(["pass", "show", "office"].map(str::to_owned).to_vec()),
        connection: Connection {
            allow_http: true,
            insecure_tls: true,
            ca_file: Some(place.folder().join("certs/ca.pem")),
            proxy: Some("socks5h://proxy.example:1080".into()),
        },
        colour: None,
        plan: Plan::Standard,
        member_id: Some("0a4f0c8e6b1d4f2b9c3e5d7a8b6c4e21".into()),
        user_name: Some("Ann Admin".into()),
    };
    assert_eq!(profiles.active(), Some(&office));
}

#[test]
fn a_secret_can_be_in_five_places() {
    let secret_of = |line: &str| {
        let text = format!("[profile.acme]\nportal = 'acme.bitrix24.com'\nkind = 'webhook'\nuser = '27'\n{line}\n");
        let place = Place::with(&text);
        (place.load().entry("acme").unwrap().secret.clone(), place.folder())
    };
    assert_eq!(secret_of("").0, SecretPlace::Store);
    assert_eq!(secret_of("secret = 'store'").0, SecretPlace::Store);
    assert_eq!(secret_of("secret = { env = 'ACME_HOOK' }").0, SecretPlace::Env("ACME_HOOK".into()));
    assert_eq!(secret_of("secret.env = 'ACME_HOOK'").0, SecretPlace::Env("ACME_HOOK".into()));
    assert_eq!(secret_of("[profile.acme.secret]\ncommand = ['a']").0, SecretPlace::Command(vec!["a".into()]));
    let (found, folder) = secret_of("secret = { file = 'secrets/acme' }");
    assert_eq!(found, SecretPlace::File(folder.join("secrets/acme")));
    let home = etcetera::home_dir().unwrap();
    assert_eq!(secret_of("secret = { file = '~/acme' }").0, SecretPlace::File(home.join("acme")));
    assert_eq!(secret_of("secret = { file = '/etc/acme' }").0, SecretPlace::File("/etc/acme".into()));
}

#[test]
fn a_rest_root_with_another_name_is_kept_exactly() {
    let place = Place::new();
    let entry = Entry { root: root("https://intra.example/office/api/"), ..webhook("office") };
    place.add(&entry);
    assert_eq!(place.load().entry("office").unwrap(), &entry);
    let moved = root("https://intra.example/rest/");
    Profiles::edit(&place.file(), |profiles| profiles.set_root("office", &moved)).unwrap();
    assert_eq!(place.load().entry("office").unwrap().root, moved);
}

#[test]
fn a_file_that_is_not_there_holds_no_profiles_and_is_not_made() {
    let place = Place::new();
    let profiles = place.load();
    assert_eq!(profiles.names().count(), 0);
    assert_eq!(profiles.active(), None);
    assert!(!place.file().exists());
    let said = profiles.entry("acme").unwrap_err().to_string();
    assert!(said.contains("profile add"), "{said}");
}

#[test]
fn an_unknown_name_is_answered_with_the_known_ones_and_not_repeated() {
    let place = Place::new();
    place.add(&webhook("acme"));
    place.add(&webhook("office"));
    let said = place.load().entry("https://acme.bitrix24.com/rest/27/canary7f3a/").unwrap_err().to_string();
    assert!(said.contains("acme, office") && !said.contains("canary"), "{said}");
}
