use super::*;

/// What a pasted credential was read as: the root, the user, whether the code is right, the pair, the notes.
fn read(text: &str) -> (String, String, Option<String>, Vec<String>) {
    match understand(text) {
        Pasted::Credential { root, credential, pair, notes } => {
            let whose = match credential {
                Some(Credential::Webhook { user, secret }) => {
                    assert_eq!(secret.expose(), CODE, "{text}");
                    user
                }
                Some(Credential::OAuth { access }) => {
                    assert_eq!(access.expose(), CODE, "{text}");
                    "token".to_owned()
                }
                None => "nobody".to_owned(),
            };
            (root.to_string(), whose, pair.map(|pair| pair.to_string()), english(&notes))
        }
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_webhook_is_read_in_every_pasted_form() {
    const HOST: &str = "https://x.bitrix24.com";
    for text in [
        format!("{HOST}/rest/27/{CODE}/"),
        format!("{HOST}/rest/27/{CODE}"),
        format!("{HOST}/rest/27/{CODE}/profile.json"),
        format!("{HOST}/rest/27/{CODE}/profile"),
        format!("{HOST}/rest/27/{CODE}/im.chat.get.xml/"),
        format!("{HOST}/rest/27/{CODE}/im.chat.get"),
        format!("{HOST}/rest/27/{CODE}/?x=1#y"),
        format!("{HOST}/rest/api/27/{CODE}/"),
        format!("{HOST}/rest/api/27/{CODE}/im.chat.get"),
        format!("{HOST}:443//rest//27/{CODE}//"),
        format!("x.bitrix24.com/rest/27/{CODE}/"),
        format!("//x.bitrix24.com/rest/27/{CODE}/"),
        format!("HTTPS://X.Bitrix24.COM/rest/27/{CODE}/"),
        format!("  \"{HOST}/rest/27/{CODE}/\"\n"),
        format!("<{HOST}/rest/27/{CODE}/>"),
        format!("“{HOST}/rest/27/{CODE}/”"),
        format!("https:\\/\\/x.bitrix24.com\\/rest\\/27\\/{CODE}\\/"),
        format!("\u{feff}{HOST}/rest/27/{CODE}/\u{200b}"),
        format!("my webhook is {HOST}/rest/27/{CODE}/, keep it"),
        format!("B24CHAT_WEBHOOK={HOST}/rest/27/{CODE}/"),
        format!("hook x.bitrix24.com/rest/27/{CODE}/ and so on"),
        format!("{{\"url\": \"{HOST}/rest/27/{CODE}/\"}}"),
        format!("curl {HOST}/rest/27/{CODE}/profile"),
    ] {
        let (root, user, pair, notes) = read(&text);
        assert_eq!((root.as_str(), user.as_str(), pair), ("https://x.bitrix24.com/rest/", "27", None), "{text}");
        assert!(notes.is_empty(), "{text}: {notes:?}");
        assert!(webhook(&text).is_ok());
    }
}

#[test]
fn a_webhook_address_with_a_pair_offers_the_pair() {
    let text = format!("https://x.bitrix24.com/rest/27/{CODE}/im.chat.get?entity_type=CRM&ENTITY_ID=DEAL%7C1663");
    assert_eq!(read(&text).2.as_deref(), Some("CRM DEAL|1663"));
    let (_, _, pair, notes) = read(&format!("https://x.bitrix24.com/rest/27/{CODE}/?ENTITY_TYPE=CRM&ENTITY_ID=0"));
    assert_eq!(pair, None);
    assert!(notes[0].contains("can never be found"), "{notes:?}");
}

#[test]
fn plain_http_is_raised_on_a_cloud_portal_and_kept_elsewhere() {
    let (root, _, _, notes) = read(&format!("http://x.bitrix24.com.br/rest/27/{CODE}/"));
    assert_eq!(root, "https://x.bitrix24.com.br/rest/");
    assert!(notes[0].contains("http was changed to https"));
    for own in [
        "http://intra.example/rest/",
        "http://acme.bitrix24.test/rest/",
        "http://127.0.0.1:8024/rest/",
        "http://bitrix24.example/rest/",
    ] {
        let (root, _, _, notes) = read(&format!("{own}27/{CODE}/"));
        assert_eq!((root.as_str(), notes.len()), (own, 0));
    }
}

#[test]
fn the_vendors_own_hosts_are_told_from_portals() {
    for portal in ["acme.bitrix24.com", "b24-x1y2z3.bitrix24.com.tr", "cdnacme.bitrix24.de"] {
        assert!(cloud::is_portal(portal) && !cloud::is_other_service(portal), "{portal}");
    }
    for other in ["www.bitrix24.com", "bitrix24.ru", "oauth.bitrix24.tech", "bitrix24.net", "cdn-ru.bitrix24.ru"] {
        assert!(!cloud::is_portal(other) && cloud::is_other_service(other), "{other}");
    }
    for own in ["portal.acme.example", "mybitrix24.net", "acme.bitrix24.example"] {
        assert!(!cloud::is_portal(own) && !cloud::is_other_service(own), "{own}");
    }
}

#[test]
fn a_portal_in_a_folder_keeps_its_folder() {
    assert_eq!(read(&format!("https://intra.example/office/rest/1/{CODE}/")).0, "https://intra.example/office/rest/");
}

#[test]
fn an_address_for_a_token_is_not_a_webhook() {
    let with_token = format!("https://x.bitrix24.com/rest/im.chat.get?auth={CODE}&ENTITY_TYPE=TASKS&ENTITY_ID=5");
    let (root, whose, pair, notes) = read(&with_token);
    assert_eq!((root.as_str(), whose.as_str()), ("https://x.bitrix24.com/rest/", "token"));
    assert_eq!((pair.as_deref(), notes.len()), (Some("TASKS 5"), 0));
    assert!(webhook(&with_token).unwrap_err().en().contains("access token"));
    assert_eq!(read(&format!("https://x.bitrix24.com/rest/im.chat.get?access_token={CODE}")).1, "token");

    let without = "https://x.bitrix24.com/rest/im.chat.get.json";
    let (_, whose, _, notes) = read(without);
    assert_eq!(whose, "nobody");
    assert!(notes[0].contains("neither a webhook's code nor a token"));
    assert!(webhook(without).unwrap_err().en().contains("the user and the code are missing"));
}

#[test]
fn what_is_wrong_with_a_webhook_address_is_said_by_the_part() {
    let long = "a".repeat(65);
    for (tail, part) in [
        ("27/im.chat.get", "the code between the user and the method is missing"),
        ("27/profile", "the code between the user and the method is missing"),
        ("27/", "the code after the user is missing"),
        (CODE, "the user or the code is missing"),
        ("27/ab1", "the code after the user has 3 characters"),
        (&format!("27/{long}/"), "the code after the user has 65 characters"),
        ("27/8g9l071eism_9q2l/", "other than letters and digits"),
        ("27/****/", "masked"),
        (&format!("27/{CODE}/im.chat.get/more/"), "goes on after the method"),
        (&format!("%E2%80%8B/{CODE}/"), "signs that nobody can see"),
        (&format!("%ff/{CODE}/"), "cannot be read"),
    ] {
        let sentence = refused(&format!("https://x.bitrix24.com/rest/{tail}"));
        assert!(sentence.contains(part), "{tail}: {sentence}");
    }
    assert!(refused(&format!("ftp://x.bitrix24.com/rest/27/{CODE}/")).contains("ftp is not a scheme"));
    assert!(refused(&format!("https://ann:pw@x.bitrix24.com/rest/27/{CODE}/")).contains("before the @"));
    assert!(refused(&format!("/rest/27/{CODE}/")).contains("the portal's address is missing"));
    assert!(refused(&format!("rest/27/{CODE}/")).contains("the portal's address is missing"));
    assert!(refused(&format!("https://[::1/rest/27/{CODE}/")).contains("not an address"));
}

#[test]
fn what_only_looks_odd_is_noted() {
    let notes =
        |user: &str, code: &str| english(&webhook(&format!("https://x.bitrix24.com/rest/{user}/{code}/")).unwrap().2);
    assert_eq!(notes("27", "abcdef").len(), 1);
    assert!(notes("27", "8G9L071EISMY9Q2L")[0].contains("is it whole?"));
    assert!(notes("ann%40acme.example", CODE)[0].contains("a name and not a number"));
    assert!(notes("027", CODE)[0].contains("another user"));
    let (_, _, _, notes) = read(&format!("https://www.bitrix24.com/rest/27/{CODE}/"));
    assert!(notes[0].contains("no portal"));
}

#[test]
fn a_webhook_is_asked_for_and_something_else_comes() {
    for (text, part) in [
        ("https://acme.bitrix24.com/crm/deal/details/5/", "a page of the portal"),
        ("deal 5", "no webhook"),
        ("", "no webhook"),
        (CODE, "no webhook"),
        ("acme.bitrix24.com", "no webhook"),
    ] {
        let sentence = webhook(text).unwrap_err().en().to_owned();
        assert!(sentence.contains(part) && sentence.contains("/rest/27/code/"), "{sentence}");
        assert!(!sentence.contains(CODE));
    }
}

#[test]
fn a_curl_command_gives_its_address_pair_and_token() {
    let hook = format!("https://x.bitrix24.com/rest/27/{CODE}/im.chat.get");
    for text in [
        format!(
            r#"curl -X POST -H "Content-Type: application/json" -d '{{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1663"}}' {hook}"#
        ),
        format!(
            "$ curl '{hook}' --data-raw $'{{\"entity_type\":\"CRM\",\"ENTITY_ID\":\"DEAL\\u007c1663\"}}' --compressed"
        ),
        format!("curl \\\n  --url={hook} \\\n  --data ENTITY_TYPE=CRM -d 'ENTITY_ID=DEAL%7C1663'"),
        format!("curl.exe \"{hook}\" --data-urlencode \"ENTITY_TYPE=CRM\" --data-urlencode \"ENTITY_ID=DEAL|1663\""),
        format!("curl -sS {hook} -F ENTITY_TYPE=CRM -F 'ENTITY_ID=DEAL|1663'"),
        format!("curl {hook} --json '{{\"ENTITY_TYPE\":\"CRM\",\"ENTITY_ID\":\"DEAL|1663\"}}'"),
        format!(
            "curl -e https://other.example/ -x http://proxy.example:3128 -A https {hook}?ENTITY_TYPE=CRM\\&ENTITY_ID=DEAL%7C1663"
        ),
    ] {
        let (_, user, pair, _) = read(&text);
        assert_eq!((user.as_str(), pair.as_deref()), ("27", Some("CRM DEAL|1663")), "{text}");
    }
    let base = "https://x.bitrix24.com/rest/im.chat.get";
    for text in [
        format!(r#"curl {base} -d '{{"ENTITY_TYPE":"TASKS","ENTITY_ID":5,"auth":"{CODE}"}}'"#),
        format!("curl {base} -d 'ENTITY_TYPE=TASKS&ENTITY_ID=5&auth={CODE}'"),
        format!("curl -H 'authorization: Bearer {CODE}' {base} -d ENTITY_TYPE=TASKS -d ENTITY_ID=5"),
        format!("curl --oauth2-bearer {CODE} {base} -dENTITY_TYPE=TASKS -dENTITY_ID=5"),
    ] {
        let (_, whose, pair, notes) = read(&text);
        assert_eq!((whose.as_str(), pair.as_deref()), ("token", Some("TASKS 5")), "{text}");
        assert!(notes.is_empty(), "{notes:?}");
    }
    assert_eq!(pair("curl https://acme.bitrix24.com/crm/deal/details/5/").0, "CRM DEAL|5");
    assert!(refused("curl https://example.com/").contains("neither a webhook nor a page"));
    assert_eq!(understand("curl --help"), Pasted::Plain);
}

#[test]
fn a_portals_address_is_taken_as_people_type_it() {
    for (text, root, notes) in [
        ("acme.bitrix24.com", "https://acme.bitrix24.com/rest/", 0),
        (" https://ACME.bitrix24.com/ ", "https://acme.bitrix24.com/rest/", 0),
        ("http://acme.bitrix24.com", "https://acme.bitrix24.com/rest/", 1),
        ("https://acme.bitrix24.com/rest/", "https://acme.bitrix24.com/rest/", 0),
        ("https://acme.bitrix24.com/stream/?x=1", "https://acme.bitrix24.com/rest/", 1),
        ("https://acme.bitrix24.com/crm/deal/details/5/", "https://acme.bitrix24.com/rest/", 1),
        ("https://host.example/office/rest/", "https://host.example/office/rest/", 0),
        ("https://host.example/office/", "https://host.example/office/rest/", 1),
        ("https://host.example/office/crm/deal/details/5/", "https://host.example/office/rest/", 2),
        ("https://host.example/rest/im.chat.get", "https://host.example/rest/", 0),
        ("http://host.example", "http://host.example/rest/", 0),
        ("localhost:8024", "https://localhost:8024/rest/", 0),
        ("http://127.0.0.1:8024", "http://127.0.0.1:8024/rest/", 0),
        ("http://[::1]:8024/", "http://[::1]:8024/rest/", 0),
    ] {
        let (found, said) = portal_root(text).unwrap();
        assert_eq!((found.to_string().as_str(), said.len()), (root, notes), "{text}: {said:?}");
    }
}

#[test]
fn what_is_no_portals_address_is_refused_with_the_right_form() {
    for text in ["", "acme", "two words", "ftp://acme.bitrix24.com", "/rest/", "https://", CODE] {
        let sentence = portal_root(text).unwrap_err().en().to_owned();
        assert!(sentence.contains("acme.bitrix24.com"), "{text}: {sentence}");
    }
    for text in ["bitrix24.com", "www.bitrix24.com", "https://oauth.bitrix.info/rest/", "acme.bitrix24.site"] {
        assert!(portal_root(text).unwrap_err().en().contains("no portal"), "{text}");
    }
    assert!(portal_root("https://ann:pw@acme.bitrix24.com/").unwrap_err().en().contains("before the @"));
    for path in ["rest/27", "27", "office/27"] {
        let sentence = portal_root(&format!("https://host.example/{path}/{CODE}/")).unwrap_err().en().to_owned();
        assert!(sentence.contains("where a webhook is asked for") && !sentence.contains(CODE), "{sentence}");
    }
}

proptest! {
    #[test]
    fn no_form_of_a_credential_ever_shows_its_secret(
        code in "canary[a-z0-9]{10}",
        user in "[0-9]{1,6}|ann(%40|\\.)acme",
        scheme in prop::sample::select(&["https://", "http://", "", "HTTPS://", "ftp://", "//"][..]),
        host in prop::sample::select(&["acme.bitrix24.com", "intra.example:8443", "127.0.0.1:80", "[::1]:8024", "ann:pw@a.example", "bad host", "localhost", ""][..]),
        folder in "(/office)?",
        api in prop::sample::select(&["/rest/", "/rest/api/", "//rest//", "/Rest/"][..]),
        method in prop::sample::select(&["", "/", "/profile.json", "/im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C5", "/a/b/c", "_", "!", "#x", "?auth=x"][..]),
        around in prop::sample::select(&[("", ""), ("\"", "\""), ("<", ">"), ("curl ", ""), ("curl -d '{\"ENTITY_TYPE\":\"CRM\",\"ENTITY_ID\":\"1\"}' '", "'"), ("see ", " now"), ("X=", ""), ("{\"ENTITY_TYPE\":\"CRM\",\"u\":\"", "\"}")][..]),
    ) {
        let (before, after) = around;
        for (address, is_usable) in [
            (format!("{scheme}{host}{folder}{api}{user}/{code}{method}"), true),
            (format!("{scheme}{host}{folder}{api}im.chat.get?auth={code}"), true),
            (format!("{scheme}{host}{folder}{api}{code}{method}"), false),
        ] {
            let text = format!("{before}{address}{after}");
            let pasted = understand(&text);
            prop_assert!(!seen(&pasted).contains(&code), "{text}: {pasted:?}");
            prop_assert!(!is_usable || !matches!(pasted, Pasted::Plain | Pasted::Pair { .. }), "left in a text field: {text}");
            let refused = webhook(&text).map(|(root, credential, notes)| format!("{root:?} {credential:?} {notes:?}"));
            prop_assert!(!format!("{refused:?}").contains(&code), "{text}: {refused:?}");
            let root = portal_root(&text);
            prop_assert!(!format!("{root:?}").contains(&code), "{text}: {root:?}");
        }
    }

    #[test]
    fn a_whole_webhook_address_is_always_recognised(
        code in "[a-z0-9]{16}",
        user in 1..100_000_u32,
        folder in "(/office)?",
        tail in prop::sample::select(&["", "/", "/profile.json", "/im.chat.get.xml/", "/im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C5"][..]),
    ) {
        let text = format!("https://acme.example{folder}/rest/{user}/{code}{tail}");
        let (root, credential, notes) = webhook(&text).unwrap();
        prop_assert_eq!(root.to_string(), format!("https://acme.example{folder}/rest/"));
        prop_assert_eq!(credential.words(), format!("webhook of user {user}"));
        prop_assert_eq!(credential.secret().expose(), &code);
        prop_assert!(notes.is_empty());
        let printed = format!("{credential:?}");
        prop_assert!(printed.contains(MASK));
    }
}
