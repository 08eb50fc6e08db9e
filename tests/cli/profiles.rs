//! `b24chat profile` and `-p`: what a person and a script do with profiles, and where the secret is then.

use std::fs;

use serde_json::json;

use super::servers::{Server, reply};
use super::support::{CANARY, Ran, User, portal};

/// With the webhook on standard input.
fn add(user: &User, name: &str, webhook: &str, more: &[&str]) -> Ran {
    let arguments = [&["profile", "add", name, "--secrets-from-stdin"], more].concat();
    user.run_with(&arguments, &json!({ "webhook": webhook }).to_string())
}

/// The canary is in the file of secrets, which only its user can read, and nowhere else.
#[track_caller]
fn only_in_secrets(user: &User, seen: &[Ran]) {
    for ran in seen {
        for bytes in [&ran.stdout, &ran.stderr] {
            assert!(!holds(bytes), "{ran:?}");
        }
    }
    let mut homes = 0;
    for (path, bytes) in user.every_file() {
        let is_home = path == user.secrets_file();
        homes += usize::from(is_home);
        assert_eq!(holds(&bytes), is_home, "{}", path.display());
        assert!(!holds(path.to_string_lossy().as_bytes()));
        #[cfg(unix)]
        if is_home {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    assert_eq!(homes, 1);
}

/// Eight of its characters are a leak too.
fn holds(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|some| some == &CANARY.as_bytes()[..8])
}

#[test]
fn a_webhook_is_added_asked_shown_and_removed_and_its_secret_is_in_the_file_of_secrets_alone() {
    let server = Server::saying(reply("200 OK", &[("Content-Type", "application/json")], "{\"result\":{\"ID\":1437}}"));
    let user = User::new();
    let log = user.home().join("log");
    let log = log.to_str().unwrap();
    let mut seen =
        vec![add(&user, "acme", &server.webhook(), &["--colour", "red", "--log", log]).expect(0).without_data()];
    let said = seen[0].words();
    assert!(said.contains("Added acme: webhook of user 27 at 127.0.0.1"), "{said}");
    assert!(said.contains("readable by this user only") && said.contains("It is the active profile"), "{said}");
    for arguments in [
        &["get", "CRM", "DEAL|1663", "-p", "acme", "--log", log][..],
        &["-p", "acme", "get", "CRM", "DEAL|1663", "--json"],
        &["get", "CRM", "DEAL|1663", "--raw"],
        &["profile", "list"],
        &["profile", "list", "--json"],
        &["profile", "show", "acme"],
        &["profile", "show", "acme", "--json"],
        &["profile", "use", "acme", "--log", log],
        &["history", "list"],
        &["history", "export"],
    ] {
        seen.push(user.run(arguments).expect(0));
    }
    assert_eq!(seen[1].out(), "1437\n");
    assert_eq!(seen[2].json()["profile"], "acme");
    only_in_secrets(&user, &seen);
    assert!(fs::read_to_string(log).unwrap().contains("profile=acme"));

    let removed = user.run(&["profile", "remove", "acme"]).expect(0).without_data();
    assert!(removed.words().contains("Removed acme"), "{}", removed.words());
    assert!(user.every_file().iter().all(|(_, bytes)| !holds(bytes)));
    assert!(user.run(&["profile", "list"]).expect(0).out().is_empty());
    user.run(&["get", "CRM", "DEAL|1663", "-p", "acme"]).expect(2).without_data();
}

#[test]
fn the_list_marks_the_active_profile_and_the_first_one_added_is_it() {
    let portal = portal();
    let user = User::new();
    add(&user, "first", &portal.webhook(), &[]).expect(0);
    add(&user, "second", &portal.scenario("noscope"), &["--insecure-tls"]).expect(0);
    let list = user.run(&["profile", "list"]).expect(0).silent().out();
    let lines: Vec<_> = list.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("* first ") && lines[0].ends_with("webhook of user 1"), "{list}");
    assert!(lines[1].starts_with("  second") && lines[1].contains("INSECURE"), "{list}");

    user.run(&["get", "CRM", "DEAL|1663"]).expect(0);
    user.run(&["profile", "use", "second"]).expect(0);
    user.run(&["get", "CRM", "DEAL|1663"]).expect(3);
    user.run(&["get", "CRM", "DEAL|1663", "-p", "first"]).expect(0);
    let unknown = user.run(&["profile", "use", "third"]).expect(2).words();
    assert!(unknown.contains("There are: first, second"), "{unknown}");
}

#[test]
fn an_argument_wins_over_the_environment_and_the_environment_over_the_active_profile() {
    let (healthy, portal) = (portal(), portal());
    let user = User::of(portal.scenario("noscope"));
    add(&user, "acme", &healthy.webhook(), &[]).expect(0);
    let asked = |arguments: &[&str], code| {
        let ran = user.run(&[arguments, &["get", "CRM", "DEAL|1663", "--json"]].concat()).expect(code);
        ran.json()["profile"].as_str().unwrap().to_owned()
    };
    assert_eq!(asked(&[], 3), "env");
    assert_eq!(asked(&["-p", "acme"], 0), "acme");
    assert_eq!(asked(&["-p", "env"], 3), "env");
    assert_eq!(asked(&["--demo", "-p", "acme"], 0), "demo");
    assert_eq!(asked(&["-p", "demo"], 0), "demo");
}

#[test]
fn show_tells_everything_but_secrets_and_passwords() {
    let portal = portal();
    let user = User::new();
    let ca = user.home().join("ca.pem");
    fs::write(&ca, "").unwrap();
    let more = ["--insecure-tls", "--ca-file", ca.to_str().unwrap(), "--proxy", "http://proxy.example:3128"];
    let more = [&more[..], &["--colour", "green", "--plan", "enterprise", "--allow-http"]].concat();
    let said = add(&user, "acme", &portal.webhook(), &more).expect(0).words();
    assert!(said.contains("INSECURE"), "{said}");
    let shown = user.run(&["profile", "show", "acme"]).expect(0).silent().out();
    for part in [
        "acme (active)",
        &portal.rest_root(),
        "webhook of user 1",
        "secrets.json, readable by this user only",
        "green",
        "enterprise",
        "THE CERTIFICATE IS NOT CHECKED",
        "PLAIN HTTP IS ALLOWED",
        "http://proxy.example:3128",
    ] {
        assert!(shown.contains(part), "{part} is missing: {shown}");
    }
    assert!(!shown.contains(portal.webhook_code()));
    let object = user.run(&["profile", "show", "acme", "--json"]).expect(0).json();
    assert_eq!(
        (&object["kind"], &object["user"], &object["plan"]),
        (&json!("webhook"), &json!("1"), &json!("enterprise"))
    );
    assert_eq!((&object["insecure_tls"], &object["active"]), (&json!(true), &json!(true)));
}

#[test]
fn a_secret_that_is_typed_as_an_argument_is_refused_with_what_to_do_instead() {
    let user = User::new();
    let token = "c0ffee".repeat(12);
    let webhook = format!("https://acme.bitrix24.com/rest/27/{CANARY}/");
    for arguments in [
        &["profile", "add", "acme", &webhook][..],
        &["profile", "add", "acme", "--portal", &webhook],
        &["profile", "add", "acme", CANARY],
        &["profile", "add", "acme", "--webhook", CANARY],
        &["profile", "add", "acme", &format!("--token={CANARY}")],
        &["profile", "add", "acme", "--oauth", "--portal", "acme.bitrix24.com", "--client-id", &token],
        &["profile", "add", "acme", "--proxy", &format!("http://ann:{CANARY}@proxy.example")],
        &["profile", "add", "acme", &format!("{{\"webhook\":\"{webhook}\"}}")],
    ] {
        let ran = user.run(arguments).expect(2).without_data();
        assert!(ran.words().contains("--secrets-from-stdin"), "{arguments:?}: {}", ran.words());
        assert!(!holds(&ran.stderr) && !ran.words().contains(&token), "{arguments:?}: {}", ran.words());
    }
    assert!(user.every_file().is_empty());
}

#[test]
fn what_cannot_be_a_profile_is_refused_and_leaves_nothing() {
    let portal = portal();
    let user = User::new();
    for (name, input, words) in [
        ("demo", json!({ "webhook": portal.webhook() }), "this program's own"),
        ("a b", json!({ "webhook": portal.webhook() }), "1 to 40 letters"),
        ("acme", json!({ "webhook": "acme.bitrix24.com" }), "webhook"),
        ("acme", json!({ "webhook": format!("http://intra.example/rest/27/{CANARY}/") }), "--allow-http"),
        ("acme", json!({ "access_token": CANARY }), "--oauth"),
        ("acme", json!([CANARY]), "no object"),
        ("acme", json!({}), "no member webhook"),
    ] {
        let ran = user.run_with(&["profile", "add", name, "--secrets-from-stdin"], &input.to_string());
        let ran = ran.expect(2).without_data();
        assert!(ran.words().contains(words), "{name} {input}: {}", ran.words());
        assert!(!holds(&ran.stderr), "{}", ran.words());
    }
    let ran = user.run_with(&["profile", "add", "acme", "--secrets-from-stdin"], &format!("{{\"webhook\":\"{CANARY}"));
    assert!(!holds(&ran.expect(2).stderr));
    let ran = user.run(&["profile", "add", "acme"]).expect(2).words();
    assert!(ran.contains("no terminal") && ran.contains("--secrets-from-stdin"), "{ran}");
    assert!(!user.profiles_file().exists() && !user.secrets_file().exists());
}

#[test]
fn a_name_that_is_taken_keeps_its_secret() {
    let portal = portal();
    let user = User::new();
    add(&user, "acme", &portal.webhook(), &[]).expect(0);
    let said = add(&user, "acme", &portal.scenario("noscope"), &[]).expect(2).words();
    assert!(said.contains("already"), "{said}");
    user.run(&["get", "CRM", "DEAL|1663"]).expect(0);
}

#[test]
fn a_secret_in_a_place_of_the_users_own_is_read_there_and_kept_nowhere() {
    let portal = portal();
    let user = User::new().with("ACME_WEBHOOK", portal.webhook());
    let file = user.home().join("own");
    fs::write(&file, portal.webhook()).unwrap();
    let file = file.to_str().unwrap().to_owned();
    for (name, place, words) in [
        ("env1", &["--env", "ACME_WEBHOOK"][..], "from the environment variable ACME_WEBHOOK"),
        ("file1", &["--secret-file", &file], "in the file"),
        ("command1", &["--command", "/bin/cat", "--", &file], "printed by the command /bin/cat"),
    ] {
        let ran = user.run(&[&["profile", "add", name], place].concat()).expect(0);
        assert!(ran.words().contains(words), "{name}: {}", ran.words());
        user.run(&["get", "CRM", "DEAL|1663", "-p", name]).expect(0);
        let shown = user.run(&["profile", "show", name]).expect(0).out();
        assert!(shown.contains(words), "{shown}");
        assert!(user.run(&["profile", "remove", name]).expect(0).words().contains("was not touched"));
    }
    assert!(!user.secrets_file().exists());
    assert!(fs::exists(file).unwrap());
}

#[test]
fn a_secret_that_is_gone_is_told_with_the_way_to_give_it() {
    let portal = portal();
    let user = User::new();
    add(&user, "acme", &portal.webhook(), &[]).expect(0);
    fs::remove_file(user.secrets_file()).unwrap();
    for arguments in [&["get", "CRM", "DEAL|1663"][..], &["profile", "show", "acme"]] {
        let said = user.run(arguments).expect(6).words();
        // The test switches the keyring off, and whoever looks for the secret has to know that.
        assert!(said.contains("B24CHAT_KEYRING") && said.contains("profile add"), "{said}");
    }
    assert_eq!(portal.requests(), 0);
}

#[test]
fn a_broken_file_of_profiles_is_told_with_its_line_and_stays_as_it_is() {
    let user = User::new();
    fs::create_dir_all(user.profiles_file().parent().unwrap()).unwrap();
    let broken = "active = \"acme\"\n[profile.acme\n";
    fs::write(user.profiles_file(), broken).unwrap();
    for arguments in [&["profile", "list"][..], &["profile", "use", "acme"], &["get", "CRM", "1", "-p", "acme"]] {
        let said = user.run(arguments).expect(6).without_data().words();
        assert!(said.contains("line 2"), "{said}");
    }
    assert_eq!(fs::read_to_string(user.profiles_file()).unwrap(), broken);
}

#[test]
fn a_portal_that_has_moved_is_told_and_the_profile_stays_until_it_is_changed() {
    let server = Server::saying(reply("302 Found", &[("Location", "https://new.example/rest/")], ""));
    let user = User::new();
    add(&user, "acme", &server.webhook(), &[]).expect(0);
    let before = fs::read_to_string(user.profiles_file()).unwrap();
    let ran = user.run(&["get", "CRM", "DEAL|1663", "-p", "acme"]).expect(4).without_data();
    assert!(ran.words().contains("https://new.example") && ran.words().contains("in the profile"), "{}", ran.words());
    assert_eq!(fs::read_to_string(user.profiles_file()).unwrap(), before);
    only_in_secrets(&user, &[ran]);
}

#[test]
fn an_address_that_was_changed_in_the_file_is_not_sent_the_secret() {
    let answer = || reply("200 OK", &[("Content-Type", "application/json")], "{\"result\":{\"ID\":1437}}");
    let (mine, theirs) = (Server::saying(answer()), Server::saying(answer()));
    let user = User::new();
    add(&user, "acme", &mine.webhook(), &[]).expect(0);
    assert_eq!(user.run(&["get", "CRM", "DEAL|1663"]).expect(0).out(), "1437\n");
    let file = fs::read_to_string(user.profiles_file()).unwrap();
    let (old, new) = (mine.address().to_string(), theirs.address().to_string());
    fs::write(user.profiles_file(), file.replace(&old, &new)).unwrap();
    let ran = user.run(&["get", "CRM", "DEAL|1663"]).expect(6).without_data();
    assert!(ran.words().contains(&old) && ran.words().contains(&new), "{}", ran.words());
    assert_eq!(theirs.connections(), 0);
    only_in_secrets(&user, &[ran]);
}

#[test]
fn a_report_is_looked_through_for_the_secrets_of_other_profiles_too() {
    // This portal knows the secret of the other profile, and says it when it is asked through the first.
    let body = format!("{{\"error\":\"{CANARY}\",\"error_description\":\"not {CANARY}\"}}");
    let server = Server::saying(reply("401 Unauthorized", &[("Content-Type", "application/json")], body));
    let user = User::new();
    add(&user, "first", &format!("http://{}/rest/27/another0123456789/", server.address()), &[]).expect(0);
    add(&user, "other", &server.webhook(), &[]).expect(0);
    let file = user.home().join("report.txt");
    user.run(&["doctor", "-p", "first", "--report", file.to_str().unwrap()]);
    let report = fs::read(&file).unwrap();
    assert!(!holds(&report), "{}", String::from_utf8_lossy(&report));
    assert!(String::from_utf8_lossy(&report).contains("****"), "there was nothing to find");
}
