//! Changes keep what people wrote.

use std::collections::BTreeMap;

use b24chat::domain::profile::{Colour, Connection, Plan};
use b24chat::store::profiles::{Entry, Kind, Profiles, ProfilesTrouble, SecretPlace};
use proptest::prelude::*;
use url::Url;

use crate::support::*;

#[test]
fn the_first_profile_makes_a_file_that_explains_itself() {
    let place = Place::new();
    place.add(&webhook("acme"));
    let text = place.text();
    assert!(text.starts_with("# Profiles of b24chat"), "{text}");
    for key in
        ["portal", "rest_root", "kind", "user", "client_id", "auth_server", "secret", "colour", "plan", "ca_file"]
            .into_iter()
            .chain(["proxy", "allow_http", "insecure_tls", "user_name", "member_id", "active"])
    {
        assert!(text.lines().any(|line| line.starts_with('#') && line.contains(key)), "{key} is not explained");
    }
    let written = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    assert_eq!(
        written.collect::<Vec<_>>(),
        [
            "active = \"acme\"",
            "[profile.acme]",
            "portal = \"https://acme.bitrix24.com/rest/\"",
            "kind = \"webhook\"",
            "user = \"27\"",
        ]
    );
    assert_eq!(place.load().active(), Some(&webhook("acme")));
}

#[test]
fn one_value_is_changed_and_every_other_byte_stays() {
    let before = "# ours\nactive = 'acme'  # for now\n\n[ profile . acme ]\n# moved in May\nportal =   'acme.bitrix24.com' # cloud\n\
                  kind='webhook'\nuser = '27'\nteam = \"sales\"\n\n\n# the end\n";
    let place = Place::with(before);
    let moved = root("https://new.bitrix24.de/rest/");
    Profiles::edit(&place.file(), |profiles| profiles.set_root("acme", &moved)).unwrap();
    let expected = before.replace("'acme.bitrix24.com'", "\"https://new.bitrix24.de/rest/\"");
    assert_eq!(place.text(), expected);
    Profiles::edit(&place.file(), |profiles| profiles.set_active("acme")).unwrap();
    assert_eq!(place.text(), expected.replace("active = 'acme'", "active = \"acme\""));
}

#[test]
fn what_is_learned_is_written_into_the_profiles_own_table() {
    let place = Place::new();
    place.add(&webhook("acme"));
    place.add(&webhook("office"));
    Profiles::edit(&place.file(), |profiles| {
        profiles.set_member_id("acme", "0a4f")?;
        profiles.set_user_name("acme", "Ann \"Admin\"")
    })
    .unwrap();
    let expected = Entry { member_id: Some("0a4f".into()), user_name: Some("Ann \"Admin\"".into()), ..webhook("acme") };
    assert_eq!(place.load().entries(), [expected, webhook("office")]);
}

#[test]
fn a_profile_that_is_taken_out_leaves_its_comments_where_it_stood() {
    let place = Place::with(
        "# head\n[profile.a]\n# inside a\nportal = 'a.bitrix24.com'\nkind = 'webhook'\nuser = '1'\n\n# about b\n[profile.b]\n\
         portal = 'b.bitrix24.com'\nkind = 'webhook'\nuser = '1'\n# end\n",
    );
    Profiles::edit(&place.file(), |profiles| profiles.remove("a")).unwrap();
    assert_eq!(
        place.text(),
        "# head\n# inside a\n\n# about b\n[profile.b]\nportal = 'b.bitrix24.com'\nkind = 'webhook'\nuser = '1'\n# end\n"
    );
    Profiles::edit(&place.file(), |profiles| profiles.remove("b")).unwrap();
    assert_eq!(place.text().lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().len(), 4, "{}", place.text());
}

#[test]
fn nobody_is_active_after_the_active_profile_was_taken_out() {
    let place = Place::new();
    place.add(&webhook("acme"));
    place.add(&webhook("office"));
    Profiles::edit(&place.file(), |profiles| profiles.remove("acme")).unwrap();
    assert_eq!(place.load().active(), None);
    assert_eq!(names(&place.load()), ["office"]);
    assert!(place.text().starts_with("# Profiles of b24chat"));
}

#[test]
fn names_that_cannot_be_used_are_refused_before_anything_is_written() {
    let place = Place::new();
    let too_long = "a".repeat(41);
    for name in ["", "demo", "ENV", "a b", "../x", "ключ", too_long.as_str()] {
        let entry = Entry { name: name.into(), ..webhook("x") };
        let refused = Profiles::edit(&place.file(), |profiles| profiles.add(&entry)).unwrap_err();
        assert!(matches!(refused, ProfilesTrouble::Name { .. }), "{name}: {refused}");
    }
    assert!(!place.file().exists());
    place.add(&webhook("acme"));
    let taken = Profiles::edit(&place.file(), |profiles| profiles.add(&webhook("acme"))).unwrap_err();
    assert!(matches!(taken, ProfilesTrouble::Taken { .. }), "{taken}");
}

#[test]
fn profiles_written_as_inline_tables_are_changed_too() {
    let place = Place::with("profile = { a = { portal = 'a.bitrix24.com', kind = 'webhook', user = '1' } }\n");
    place.add(&webhook("acme"));
    Profiles::edit(&place.file(), |profiles| profiles.set_member_id("a", "m")).unwrap();
    assert_eq!(names(&place.load()), ["a", "acme"]);
    assert_eq!(place.load().entry("a").unwrap().member_id.as_deref(), Some("m"));
}

fn any_entry(name: &'static str) -> impl Strategy<Value = Entry> {
    let roots = prop::sample::select(vec![
        "https://acme.bitrix24.com/rest/",
        "http://127.0.0.1:8024/rest/",
        "https://intra.example/office/rest/",
        "https://intra.example/office/api/",
        "https://intra.example:8443/",
    ]);
    let kind = prop_oneof![
        "[0-9]{1,4}|[a-z]{1,8}".prop_map(|user| Kind::Webhook { user }),
        "(local\\.[0-9a-f]{8})?".prop_map(|client_id| Kind::OAuth { client_id, auth_server: None }),
        Just(Kind::OAuth {
            client_id: "app.1".into(),
            auth_server: Some(Url::parse("https://oauth.bitrix.info/oauth/token/").unwrap())
        }),
    ];
    let secret = prop_oneof![
        Just(SecretPlace::Store),
        "[A-Z_]{1,8}".prop_map(SecretPlace::Env),
        prop::collection::vec("[ -~]{1,8}", 1..4).prop_map(SecretPlace::Command),
        Just(SecretPlace::File("/home/ann/\"acme\"".into())),
    ];
    let colour = prop::option::of(prop::sample::select(vec![Colour::Red, Colour::Magenta, Colour::Cyan]));
    let texts = prop::option::of("[ a-zé\"'\\\\#\n]{1,12}");
    (roots, kind, secret, colour, any::<[bool; 4]>(), texts).prop_map(
        move |(address, kind, secret, colour, [allow_http, insecure_tls, is_enterprise, has_files], user_name)| Entry {
            kind,
            secret,
            colour,
            connection: Connection {
                allow_http,
                insecure_tls,
                ca_file: has_files.then(|| "/etc/ca.pem".into()),
                proxy: has_files.then(|| "http://proxy:3128".into()),
            },
            plan: if is_enterprise { Plan::Enterprise } else { Plan::Standard },
            user_name,
            ..Entry::new(name, root(address), Kind::Webhook { user: String::new() })
        },
    )
}

#[derive(Clone, Debug)]
enum Edit {
    Add(Box<Entry>),
    Remove(&'static str),
    Activate(&'static str),
    Move(&'static str, &'static str),
    Learn(&'static str, String),
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let name = || prop::sample::select(vec!["a", "b.c", "d-e", "f", "later"]);
    prop_oneof![
        name().prop_flat_map(any_entry).prop_map(|entry| Edit::Add(Box::new(entry))),
        name().prop_map(Edit::Remove),
        name().prop_map(Edit::Activate),
        (name(), prop::sample::select(vec!["https://x.bitrix24.de/rest/", "https://x.example/api/"]))
            .prop_map(|(name, to)| Edit::Move(name, to)),
        (name(), "[0-9a-f]{4}").prop_map(|(name, id)| Edit::Learn(name, id)),
    ]
}

/// What people may have written. The comments and the keys that begin with `my_` are theirs.
fn any_file() -> impl Strategy<Value = String> {
    let a = "# about a\n[profile.a] # a's line\n  # indented, in a\nportal = 'a.bitrix24.com' # where\nkind = 'webhook'\nuser = '1'\n\
             secret = { command = [\n  # in an array of a\n  'pass', # which\n  'a',\n] }\nmy_a = [1, 2]\n# last of a\n";
    let b =
        "\n\n#about b\n[profile.'b.c']\nportal = 'https://b.example/office/rest/'\nkind = 'oauth'\nmy_b = 2020-01-01\n";
    let f = "[profile.f]\nportal='f.bitrix24.com'\nkind=\"webhook\"\nuser=3\n[profile.f.secret] # below f\n# in a table of f\nenv = 'F'\n";
    let other = "# another program's\n[my_other]\nx = '''\n# no comment\n'''\n# end of other\n";
    let head = prop::sample::select(vec!["", "# head\n\n", "# head\nactive = '' # nobody\n", "my_top = 1 # top\n"]);
    let tables = prop::sample::subsequence(vec![a, b, f, other], 0..=4).prop_shuffle();
    let tail = prop::sample::select(vec!["", "# tail", "# tail\n\n", "\n"]);
    (head, tables, tail).prop_map(|(head, tables, tail)| format!("{head}{}{tail}", tables.concat()))
}

/// Lines that hold nothing but a comment, with how often they are there.
fn comments(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| line.starts_with('#')) {
        *found.entry(line.to_owned()).or_default() += 1;
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_entry_comes_back_as_it_was_added(entry in any_entry("acme")) {
        let place = Place::new();
        place.add(&entry);
        let profiles = place.load();
        prop_assert_eq!(profiles.active(), Some(&entry), "{}", place.text());
    }

    #[test]
    fn no_sequence_of_changes_loses_a_comment_or_a_key_that_is_not_ours(
        text in any_file(),
        edits in prop::collection::vec(any_edit(), 1..8),
    ) {
        let place = Place::with(&text);
        let mut expected: Vec<Entry> = place.load().entries().to_vec();
        for edit in edits {
            let before = place.text();
            let result = Profiles::edit(&place.file(), |profiles| match &edit {
                Edit::Add(entry) => profiles.add(entry),
                Edit::Remove(name) => profiles.remove(name),
                Edit::Activate(name) => profiles.set_active(name),
                Edit::Move(name, to) => profiles.set_root(name, &root(to)),
                Edit::Learn(name, id) => profiles.set_member_id(name, id),
            });
            if result.is_err() {
                prop_assert_eq!(place.text(), before);
                continue;
            }
            let of = |name: &str| expected.iter().position(|entry| entry.name == name).unwrap();
            match &edit {
                Edit::Add(entry) => expected.push((**entry).clone()),
                Edit::Remove(name) => drop(expected.remove(of(name))),
                Edit::Activate(name) => {
                    let profiles = place.load();
                    prop_assert_eq!(&profiles.active().unwrap().name, name);
                }
                Edit::Move(name, to) => { let at = of(name); expected[at].root = root(to); }
                Edit::Learn(name, id) => { let at = of(name); expected[at].member_id = Some(id.clone()); }
            }
            let mut found = place.load().entries().to_vec();
            let mut wanted = expected.clone();
            found.sort_by(|left, right| left.name.cmp(&right.name));
            wanted.sort_by(|left, right| left.name.cmp(&right.name));
            prop_assert_eq!(found, wanted, "after {:?}:\n{}", edit, place.text());
            let after = comments(&place.text());
            for (comment, count) in comments(&before) {
                prop_assert!(after.get(&comment) >= Some(&count), "{comment} is lost by {edit:?}:\n{}", place.text());
            }
            for key in ["my_top", "[my_other]", "# no comment"] {
                prop_assert_eq!(before.contains(key), place.text().contains(key), "{}", place.text());
            }
            for (name, key) in [("a", "my_a = [1, 2]"), ("b.c", "my_b = 2020-01-01")] {
                let was_there = before.contains(key) && !matches!(edit, Edit::Remove(removed) if removed == name);
                prop_assert_eq!(was_there, place.text().contains(key), "{}", place.text());
            }
        }
    }
}
