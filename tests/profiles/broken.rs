//! A file that is wrong somewhere: the line and the key are said, no value is, and the file stays.

use b24chat::store::profiles::Profiles;
use proptest::prelude::*;

use crate::support::*;

const GOOD: &str = "[profile.acme]\nportal = 'acme.bitrix24.com'\nkind = 'webhook'\nuser = '27'\n";

/// The words, and that nothing was overwritten.
fn trouble(text: &str) -> String {
    let place = Place::with(text);
    let said = place.trouble();
    let edit = Profiles::edit(&place.file(), |profiles| profiles.add(&webhook("new")));
    assert_eq!(edit.unwrap_err().to_string(), said);
    assert_eq!(place.text(), text);
    said
}

#[test]
fn the_line_and_the_key_of_what_is_wrong_are_said() {
    for (added, where_it_is) in [
        ("colour = 'pink'", "line 5, column 10, key profile.acme.colour: one of \"red\""),
        ("plan = 1", "line 5, column 8, key profile.acme.plan: a text in quotes"),
        ("allow_http = 'yes'", "line 5, column 14, key profile.acme.allow_http: true or false"),
        ("secret = { shell = 'x' }", "line 5, column 10, key profile.acme.secret: say where"),
        ("secret = { env = 'A', file = 'b' }", "line 5, column 10, key profile.acme.secret: say where"),
        ("secret = { command = [] }", "line 5, column 10, key profile.acme.secret: say where"),
        ("rest_root = 'intra'", "line 5, column 13, key profile.acme.rest_root: this is not an address"),
        ("colour = red", "line 5, column 10, key colour: this is no valid TOML"),
        ("user = '28'", "line 5, column 1, key user: this is no valid TOML"),
        ("[profile.acme.secret", "line 5, column"),
        ("[profile.empty]", "line 5, column 10, key profile.empty: the portal's address is missing"),
        ("[profile.x]\nportal = 'x.bitrix24.com'", "key profile.x: the kind of credential is missing"),
        ("[profile.x]\nportal = 'x.bitrix24.com'\nkind = 'webhook'", "key profile.x: the webhook's user is missing"),
        (
            "[profile.x]\nportal = 'acme'",
            "line 6, column 10, key profile.x.portal: a name alone is not a whole address",
        ),
        ("[profile.demo]", "line 5, column 10, key profile: demo and env are names of this program's own"),
        ("[profile.'a b']", "line 5, column 10, key profile: a profile's name has 1 to 40"),
    ] {
        let said = trouble(&format!("{GOOD}{added}\n"));
        assert!(said.contains(where_it_is), "{added}: {said}");
        assert!(said.contains("profiles.toml, line ") && said.contains("Nothing was changed"), "{said}");
    }
    let said = trouble(&format!("active = 'other'\n{GOOD}"));
    assert!(said.contains("line 1, column 10, key active: there is no table"), "{said}");
    for wrong in ["profile = 1", "[[profile]]\nportal = 'a'", "profile.acme = true"] {
        let said = trouble(&format!("{wrong}\n"));
        assert!(said.contains("[profile.NAME]"), "{wrong}: {said}");
    }
}

#[test]
fn a_file_that_is_no_text_is_said_to_be_so() {
    let place = Place::new();
    std::fs::write(place.file(), b"[profile.acme]\nportal = '\xff'\n").unwrap();
    assert!(place.trouble().contains("line 2, column 11: this is not text in UTF-8"), "{}", place.trouble());
}

const CANARY: &str = "canary7f3acanary";

#[test]
fn a_secret_in_the_file_is_refused_and_never_repeated() {
    let token = "0f".repeat(35);
    for line in [
        format!("webhook = 'https://acme.bitrix24.com/rest/27/{CANARY}/'"),
        format!("portal_old = 'https://acme.bitrix24.com/rest/27/{CANARY}/'"),
        format!("token = '{CANARY}'"),
        format!("access-token = '{CANARY}'"),
        format!("client_secret = '{CANARY}'"),
        format!("secret = '{CANARY}'"),
        format!("password = '{CANARY}'"),
        format!("note = '{token}'"),
        format!("secret = {{ command = ['curl', 'https://acme.bitrix24.com/rest/27/{CANARY}/profile'] }}"),
        format!("secret = {{ token = '{CANARY}' }}"),
        format!("proxy = 'http://ann:{CANARY}@proxy.example:3128'"),
        format!("[[other]]\nauth = '{CANARY}'"),
    ] {
        let said = trouble(&format!("{GOOD}{line}\n"));
        assert!(said.contains("looks like a secret") && said.contains("line "), "{line}: {said}");
        assert!(said.contains("profile add") || said.contains("HTTPS_PROXY"), "{said}");
        assert!(!said.contains(CANARY) && !said.contains(&token), "{said}");
    }
    let said = trouble(&format!(
        "[profile.acme]\nportal = 'https://acme.bitrix24.com/rest/27/{CANARY}/'\nkind = 'webhook'\nuser = '27'\n"
    ));
    assert!(said.contains("line 2, column 10, key profile.acme.portal") && !said.contains(CANARY), "{said}");
}

#[test]
fn names_that_only_sound_like_secrets_are_names() {
    let text =
        GOOD.replace("acme]", "token]") + "secret = { env = 'ACME_TOKEN' }\nproxy = 'http://ann@proxy.example'\n";
    assert_eq!(names(&Place::with(&text).load()), ["token"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Wherever a line with a secret is torn, the parser's words do not repeat it.
    #[test]
    fn no_torn_line_makes_a_secret_seen(
        key in prop::sample::select(vec!["webhook", "secret", "user", "portal", "[profile", "\"", "x.y", "{", "'''"]),
        between in prop::sample::select(vec![" = ", " = '", " = \"", "", " ", "=[", "= {a=", " = \"\\"]),
        after in "[\"'\\]} \n=#.,]{0,4}",
    ) {
        let place = Place::with(&format!("{GOOD}{key}{between}{CANARY}{after}\n"));
        if let Err(trouble) = Profiles::load(&place.file()) {
            prop_assert!(!trouble.to_string().contains(CANARY), "{}", trouble);
            prop_assert!(!format!("{trouble:?}").contains(CANARY), "{:?}", trouble);
        }
    }
}
