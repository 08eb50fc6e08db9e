//! Profiles of an app: their tokens are replaced by real processes, many at once, and killed ones.

use std::collections::hash_map::RandomState;
use std::env;
use std::fs;
use std::hash::BuildHasher;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::{Duration, Instant};

use b24chat::demo::Rotation;
use serde_json::{Value, json};

use super::servers::{Server, free_port, reply};
use super::support::{Portal, Ran, User, portal, portal_with};

const GET: [&str; 5] = ["get", "CRM", "DEAL|1663", "-p", "acme"];

/// The tokens of the portal's app, the access token ended; `knows` is whether they say so.
fn tokens(portal: &Portal, knows: bool) -> Value {
    let mut tokens = json!({
        "access_token": portal.expired_access_token(),
        "refresh_token": portal.refresh_token(),
        "client_secret": portal.client_secret(),
    });
    if knows {
        tokens["expires"] = json!(jiff::Timestamp::now().as_second() - 60);
    }
    tokens
}

fn add(user: &User, portal: &Portal, tokens: &Value) -> Ran {
    add_at(user, portal, &portal.rest_root(), &portal.token_endpoint(), tokens)
}

fn add_at(user: &User, portal: &Portal, root: &str, server: &str, tokens: &Value) -> Ran {
    let arguments = ["profile", "add", "acme", "--portal", root, "--oauth", "--client-id", portal.client_id()];
    let more = ["--auth-server", server, "--secrets-from-stdin"];
    user.run_with(&[&arguments[..], &more].concat(), &tokens.to_string())
}

fn stored(user: &User) -> Value {
    let file: Value = serde_json::from_slice(&fs::read(user.secrets_file()).unwrap()).unwrap();
    file["secrets"][0]["value"].clone()
}

/// The notes of refreshes that were begun and have not ended.
fn notes(user: &User) -> Vec<String> {
    let Ok(folder) = fs::read_dir(user.data_dir().join("refresh")) else { return Vec::new() };
    let paths = folder.map(|entry| entry.unwrap().path());
    let notes = paths.filter(|path| path.extension().is_some_and(|ending| ending == "note"));
    notes.map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn tokens_that_have_ended_are_replaced_before_or_after_asking_and_nothing_shows_them() {
    for (knows, requests) in [(true, 2), (false, 3)] {
        let portal = portal();
        let user = User::new();
        let first = tokens(&portal, knows);
        let mut seen = vec![add(&user, &portal, &first).expect(0)];
        assert!(seen[0].words().contains("Added acme: app "), "{}", seen[0].words());
        seen.push(user.run(&["profile", "show", "acme"]).expect(0));
        let token = if knows { "ended" } else { "its end is not known" };
        assert!(seen[1].out().contains(token), "{}", seen[1].out());

        seen.push(user.run(&GET).expect(0).silent());
        assert_eq!(seen[2].out(), "1437\n");
        assert_eq!((portal.refreshes(), portal.requests()), (1, requests));
        let second = stored(&user);
        assert_ne!(second["refresh_token"], first["refresh_token"]);
        // What the server said of the portal is in the file.
        let file = fs::read_to_string(user.profiles_file()).unwrap();
        assert!(file.contains("member_id") && file.contains("user 1"), "{file}");

        seen.push(user.run(&GET).expect(0).silent());
        assert_eq!(portal.refreshes(), 1);
        seen.push(user.run(&["profile", "show", "acme", "--json"]).expect(0));
        assert_eq!(seen[4].json()["refreshable"], true);
        assert!(seen[4].json()["token_expires_at"].is_string());
        for chain in [&first, &second] {
            for member in ["access_token", "refresh_token", "client_secret"] {
                let secret = chain[member].as_str().unwrap();
                for ran in &seen {
                    assert!(!ran.out().contains(secret) && !ran.words().contains(secret), "{ran:?}");
                }
                for (path, bytes) in user.every_file() {
                    let leaks = bytes.windows(secret.len()).any(|some| some == secret.as_bytes());
                    assert!(!leaks || path == user.secrets_file(), "{member}: {}", path.display());
                }
            }
        }
    }
}

#[test]
fn twenty_processes_at_once_replace_the_tokens_once_and_all_find_the_chat() {
    let portal = portal();
    let user = User::new();
    add(&user, &portal, &tokens(&portal, true)).expect(0);
    let crowd: Vec<_> = (0..20).map(|_| user.start(&GET)).collect();
    for child in crowd {
        let ran = Ran::from(child.wait_with_output().unwrap()).expect(0).silent();
        assert_eq!(ran.out(), "1437\n");
    }
    // Twenty lookups and one question to the token endpoint.
    assert_eq!((portal.refreshes(), portal.requests()), (1, 21));
    assert_eq!(user.exported().len(), 20);
    assert_eq!(notes(&user), [""; 0]);
}

/// How many processes are killed; more on request.
fn kills() -> usize {
    env::var("B24CHAT_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

#[test]
fn no_chain_is_lost_however_often_the_program_is_killed() {
    // A server that keeps the old refresh token good until the new pair has arrived.
    let portal = portal_with(Rotation::WhenReplaced);
    let user = User::new();
    add(&user, &portal, &tokens(&portal, true)).expect(0);
    let begun = Instant::now();
    user.run(&GET).expect(0);
    let whole = u64::try_from(begun.elapsed().as_micros()).unwrap();
    let (mut killed, mut interrupted) = (0, 0);
    while killed < kills() || interrupted == 0 {
        assert!(killed < kills() * 20, "no kill hit a refresh");
        // Every access token ends, so that each process needs another one.
        portal.pass(Duration::from_secs(3601));
        let before = notes(&user);
        let mut victim = user.command(&GET).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Not a wait for anything: the kill is to hit any moment of a refresh.
        std::thread::sleep(Duration::from_micros(RandomState::new().hash_one(()) % whole));
        victim.kill().unwrap();
        victim.wait().unwrap();
        killed += 1;
        let left = notes(&user);
        interrupted += usize::from(!left.is_empty() && left != before);
        let next = user.run(&GET).expect(0);
        assert_eq!((next.out(), next.words()), ("1437\n".to_owned(), String::new()), "after {killed} kills");
    }
}

#[test]
fn a_refresh_that_nobody_needs_is_confirmed_first() {
    let portal = portal();
    let user = User::new();
    add(&user, &portal, &tokens(&portal, true)).expect(0);
    let said = user.run(&["profile", "refresh", "acme"]).expect(2).words();
    assert!(said.contains("Another program that uses the same tokens") && said.contains("--yes"), "{said}");
    assert_eq!(portal.requests(), 0);
    let said = user.run(&["profile", "refresh", "acme", "--yes"]).expect(0).words();
    assert!(said.contains("were replaced"), "{said}");
    assert_eq!(portal.refreshes(), 1);
}

#[test]
fn tokens_in_a_place_of_the_users_own_are_used_and_never_replaced() {
    let portal = portal();
    let user = User::new();
    let file = user.home().join("own.json");
    let write = |access: String| {
        let tokens = json!({
            "access_token": access,
            "refresh_token": portal.refresh_token(),
            "client_secret": portal.client_secret(),
        });
        fs::write(&file, tokens.to_string()).unwrap();
    };
    write(portal.access_token());
    let root = portal.rest_root();
    let arguments = ["profile", "add", "acme", "--portal", &root, "--oauth", "--client-id", portal.client_id()];
    user.run(&[&arguments[..], &["--secret-file", file.to_str().unwrap()]].concat()).expect(0);
    user.run(&GET).expect(0).silent();

    write(portal.expired_access_token());
    let kept = fs::read(&file).unwrap();
    let ran = user.run(&GET).expect(3);
    assert!(ran.words().contains("expired_token"), "{}", ran.words());
    assert!(ran.words().contains("which is your own") && ran.words().contains("Renew them there"), "{}", ran.words());
    assert_eq!(portal.refreshes(), 0);
    assert_eq!(fs::read(&file).unwrap(), kept);
}

#[test]
fn a_refused_refresh_ends_as_a_refusal_and_keeps_what_is_stored() {
    let portal = portal();
    let user = User::new();
    let mut tokens = tokens(&portal, true);
    tokens["client_secret"] = json!("canary-of-another-app");
    add(&user, &portal, &tokens).expect(0);
    let before = stored(&user);
    let ran = user.run(&GET).expect(3);
    assert!(ran.words().contains("invalid_client") && !ran.words().contains("canary"), "{}", ran.words());
    assert_eq!(stored(&user), before);
}

#[test]
fn explaining_replaces_tokens_that_have_ended_as_a_lookup_does() {
    for knows in [true, false] {
        let portal = portal();
        let user = User::new();
        add(&user, &portal, &tokens(&portal, knows)).expect(0);
        let ran = user.run(&["explain", "CRM", "deal-1663", "-p", "acme"]).expect(0);
        assert!(ran.out().contains("chat 1437"), "{}", ran.out());
        assert_eq!(portal.refreshes(), 1, "known to have ended: {knows}");
    }
}

/// A browser that is sent back to a port of this machine.
fn visit(port: u16, query: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET /?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut page = String::new();
    let _ = stream.read_to_string(&mut page);
    page
}

#[test]
fn the_first_tokens_come_from_the_portals_page() {
    let portal = portal();
    let user = User::new();
    let (root, server, port) = (portal.rest_root(), portal.token_endpoint(), free_port());
    let port_text = port.to_string();
    let arguments = ["profile", "add", "acme", "--portal", &root, "--oauth", "--client-id", portal.client_id()];
    let more = ["--auth-server", &server, "--code-flow", "--listen", &port_text, "--secrets-from-stdin"];
    let mut command = user.command(&[&arguments[..], &more].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let secret = json!({ "client_secret": portal.client_secret() });
    child.stdin.take().unwrap().write_all(secret.to_string().as_bytes()).unwrap();
    let mut page = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut page).unwrap();
    assert!(page.contains("/oauth/authorize/?client_id="), "{page}");
    let state = page.trim().rsplit_once("state=").unwrap().1.to_owned();
    assert_eq!(state.len(), 32);

    let code = portal.authorization_code();
    // Somebody else's code is turned away, and the waiting goes on.
    assert!(visit(port, &format!("code={code}&state=0{state}")).starts_with("HTTP/1.1 400"));
    assert!(visit(port, &format!("code={code}&state={state}")).contains("The code has arrived"));
    let ran = Ran::from(child.wait_with_output().unwrap()).expect(0);
    assert!(ran.words().contains("Added acme: app") && !ran.words().contains(&code), "{}", ran.words());
    user.run(&GET).expect(0).silent();
    assert_eq!(portal.refreshes(), 0);
}

/// What the authorization server says of a portal that is found at the demo's address.
fn new_pair(portal: &Portal) -> Vec<u8> {
    let pair = json!({
        "access_token": portal.access_token(),
        "refresh_token": "the-refresh-token-of-the-new-pair",
        "expires_in": 3600,
        "client_endpoint": portal.rest_root(),
        "member_id": "0a4f",
        "user_id": 1,
    });
    reply("200 OK", &[("Content-Type", "application/json")], pair.to_string())
}

#[test]
fn a_portal_that_was_renamed_is_followed_to_where_its_authorization_server_says() {
    let portal = portal();
    let server = Server::saying(new_pair(&portal));
    let user = User::new();
    let old = format!("http://127.0.0.1:{}/rest/", free_port());
    let endpoint = format!("http://{}/oauth/token/", server.address());
    add_at(&user, &portal, &old, &endpoint, &tokens(&portal, true)).expect(0);
    let ran = user.run(&GET).expect(0);
    assert_eq!(ran.out(), "1437\n");
    assert!(ran.words().contains("The portal's address is") && ran.words().contains(&old), "{}", ran.words());
    // It was told once, and is known from now on.
    let shown = user.run(&["profile", "show", "acme"]).expect(0).out();
    assert!(shown.contains(&portal.rest_root()) && shown.contains("0a4f"), "{shown}");
    user.run(&GET).expect(0).silent();
    assert_eq!(server.connections(), 1);
}

#[cfg(unix)]
#[test]
fn an_interrupted_lookup_still_stores_the_new_tokens() {
    let portal = portal();
    let (server, asked, go) = Server::held(new_pair(&portal));
    let user = User::new();
    let endpoint = format!("http://{}/oauth/token/", server.address());
    add_at(&user, &portal, &portal.rest_root(), &endpoint, &tokens(&portal, true)).expect(0);
    let mut child = user.start(&GET);
    asked.recv().unwrap();
    super::support::send(rustix::process::Signal::INT, &child);
    let mut words = String::new();
    BufReader::with_capacity(1, child.stderr.as_mut().unwrap()).read_line(&mut words).unwrap();
    assert!(words.contains("just being replaced"), "{words}");
    go.notify_one();
    Ran::from(child.wait_with_output().unwrap()).expect(130).without_data();
    assert_eq!(stored(&user)["refresh_token"], "the-refresh-token-of-the-new-pair");
    assert_eq!(notes(&user), [""; 0]);
}
