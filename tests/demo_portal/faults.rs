//! Silence, broken connections, redirects and pages instead of JSON (protocol.md, section 8).

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::http::{get, post};
use crate::portal::{Portal, deal, portal, under};

fn look_up(portal: &Portal, code: &str) -> crate::http::Reply {
    portal.play(code, "im.chat.get", &deal())
}

/// Waits for a state that must come.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn a_hanging_request_is_open_until_the_client_hangs_up() {
    let portal = portal();
    let stream = post(under("hang", "im.chat.get"), &deal()).write(portal.to()).unwrap();
    until("the request arrives", || portal.open_requests() == 1);
    drop(stream);
    until("the portal notices", || portal.open_requests() == 0);
}

#[test]
fn a_client_that_leaves_in_the_middle_of_its_request_is_not_waited_for() {
    let portal = portal();
    let mut stream = TcpStream::connect(portal.to()).unwrap();
    let head = "POST /rest/1/hang/im.chat.get HTTP/1.1\r\nHost: demo\r\nContent-Length: 50\r\n\r\n{\"ENTITY";
    stream.write_all(head.as_bytes()).unwrap();
    until("the request arrives", || portal.open_requests() == 1);
    drop(stream);
    until("the portal notices", || portal.open_requests() == 0);
}

#[test]
fn a_stopped_portal_ends_its_connections() {
    let portal = portal();
    let mut stream = post(under("hang", "im.chat.get"), &deal()).write(portal.to()).unwrap();
    until("the request arrives", || portal.open_requests() == 1);
    let address = portal.to();
    drop(portal);
    let mut byte = [0];
    match stream.read(&mut byte) {
        Ok(0) => {}
        Err(error) => assert_ne!(error.kind(), ErrorKind::WouldBlock, "the connection stayed open"),
        Ok(_) => panic!("a stopped portal has answered"),
    }
    until("the port is free", || get("/").send(address).is_err());
}

#[test]
fn a_slow_answer_takes_three_seconds_and_counts_them() {
    let portal = portal();
    let began = Instant::now();
    let reply = look_up(&portal, "slow");
    assert!(began.elapsed() >= Duration::from_secs(3));
    let time = &reply.json()["time"];
    assert_eq!(reply.json()["result"]["ID"], 1437);
    assert!(time["operating"].as_f64().unwrap() >= 3.0);
    assert!(time["duration"].as_f64().unwrap() >= 3.0);
}

#[test]
fn a_drip_comes_byte_by_byte_and_is_whole_in_the_end() {
    let portal = portal();
    let mut stream = post(under("drip", "im.chat.get"), &deal()).write(portal.to()).unwrap();
    let mut pieces = 0;
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).unwrap();
        if read == 0 {
            break;
        }
        pieces += 1;
        all.extend_from_slice(&buffer[..read]);
    }
    assert!(pieces > 50, "{pieces}");
    let body = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let body: Value = serde_json::from_slice(&all[body..]).unwrap();
    assert_eq!(body["result"]["ID"], 1437);
}

#[test]
fn connections_break_in_each_way_a_connection_can() {
    let portal = portal();
    let ask = |code: &str| post(under(code, "im.chat.get"), &deal()).send(portal.to());
    assert_eq!(ask("reset").unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(ask("close").unwrap_err().kind(), ErrorKind::UnexpectedEof);
    let truncated = ask("truncated").unwrap();
    assert!(truncated.is_cut && truncated.body.starts_with(b"{\"result\":{\"ID\":1437}"));
    assert!(truncated.header("content-length").is_some());
    let closed = ask("closed").unwrap();
    assert!(closed.is_cut && closed.body.starts_with(b"{\"result\":{\"ID\":1437}"));
    assert_eq!(closed.header("transfer-encoding"), Some("chunked"));
    let half = ask("half").unwrap();
    assert!(!half.is_cut && serde_json::from_slice::<Value>(&half.body).is_err());
}

#[test]
fn bodies_are_wrong_in_each_way_a_body_can_be() {
    let portal = portal();
    assert_eq!(look_up(&portal, "empty").body, b"");
    assert!(std::str::from_utf8(&look_up(&portal, "garbage").body).is_err());
    let bad = look_up(&portal, "badutf8").body;
    assert!(std::str::from_utf8(&bad).is_err() && bad.starts_with(b"{\"error\":"));
    let mark = look_up(&portal, "bom").body;
    assert_eq!(&mark[..4], b"\xef\xbb\xbf{");
    let deep = look_up(&portal, "deep").body;
    assert!(deep.windows(1000).any(|window| window.iter().all(|byte| *byte == b'[')));
    let html = look_up(&portal, "htmltype");
    assert_eq!(html.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(html.json()["result"]["ID"], 1437);
    assert_eq!(look_up(&portal, "notype").header("content-type"), None);
    let packed = look_up(&portal, "badgzip");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_eq!(packed.body[0], b'{');
    let headers = look_up(&portal, "headers");
    assert_eq!(headers.headers.iter().filter(|(name, _)| name == "x-repeated").count(), 20);
}

#[test]
fn a_huge_answer_is_right_and_above_eight_mebibytes() {
    let reply = look_up(&portal(), "huge");
    assert!(reply.body.len() > 8 * 1024 * 1024);
    assert_eq!(reply.json()["result"]["ID"], 1437);
}

#[test]
fn an_endless_answer_goes_on_until_the_client_hangs_up() {
    let portal = portal();
    let mut stream = post(under("endless", "im.chat.get"), &deal()).write(portal.to()).unwrap();
    let mut buffer = vec![0; 1024 * 1024];
    for _ in 0..16 {
        stream.read_exact(&mut buffer).unwrap();
    }
    assert_eq!(portal.open_requests(), 1);
    drop(stream);
    until("the portal notices", || portal.open_requests() == 0);
}

#[test]
fn a_bomb_is_small_on_the_wire_and_a_gibibyte_inside() {
    let reply = look_up(&portal(), "bomb");
    assert_eq!(reply.header("content-encoding"), Some("gzip"));
    assert!(reply.body.len() < 2 * 1024 * 1024, "{}", reply.body.len());
    // The length of the content, as the file itself has it.
    let tail = reply.body.last_chunk::<4>().unwrap();
    assert_eq!(u32::from_le_bytes(*tail) >> 20, 1024);
    let mut first = vec![0; 9 * 1024 * 1024];
    GzDecoder::new(reply.body.as_slice()).read_exact(&mut first).unwrap();
    assert!(first.starts_with(b"{\"result\":{\"ID\":1437},\"pad\":\"xxx"));
    assert!(first.ends_with(b"xxx"));
}

#[test]
fn a_moved_portal_names_its_new_host_and_keeps_the_path() {
    let portal = portal();
    for (code, status) in [("moved", 302), ("moved301", 301), ("moved307", 307), ("moved308", 308)] {
        let reply = portal.send(&post(under(code, "im.chat.get?x=1"), &deal()));
        assert_eq!(reply.status, status);
        let wanted = format!("https://moved-portal.bitrix24.example/rest/1/{code}/im.chat.get?x=1");
        assert_eq!(reply.header("location"), Some(wanted.as_str()));
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    }
    let location = |code: &str| look_up(&portal, code).header("location").map(str::to_owned);
    assert!(location("movedplain").unwrap().starts_with("http://moved-portal.bitrix24.example/"));
    assert!(location("movedsite").unwrap().starts_with("https://www.bitrix24."));
    assert!(location("movedlogin").unwrap().contains("/auth/"));
    assert_eq!(location("movednowhere"), None);
}

#[test]
fn a_redirect_to_the_same_host_ends_in_an_answer() {
    let portal = portal();
    for (code, hops) in [("redirectsame", 1), ("redirect302", 1), ("redirecttwice", 2), ("redirectthrice", 3)] {
        for _ in 0..2 {
            for _ in 0..hops {
                let reply = look_up(&portal, code);
                assert!((300..400).contains(&reply.status));
                let wanted = format!("http://{}/rest/1/{code}/im.chat.get", portal.address());
                assert_eq!(reply.header("location"), Some(wanted.as_str()));
            }
            assert_eq!(look_up(&portal, code).json()["result"]["ID"], 1437, "{code}");
        }
    }
    // Repeated as a GET, the body is lost.
    assert_eq!(look_up(&portal, "redirectsame").status, 307);
    assert_eq!(portal.send(&get(under("redirectsame", "im.chat.get"))).json()["result"], Value::Null);
    assert!((0..5).all(|_| look_up(&portal, "redirectloop").status == 302));
}

#[test]
fn pages_stand_where_json_should_be() {
    let portal = portal();
    for (code, status, is_php) in [
        ("maintenance", 503, true),
        ("gateway", 502, false),
        ("gatewaytimeout", 504, false),
        ("notfound", 404, false),
        ("forbidden", 403, false),
        ("basicauth", 401, false),
        ("login", 200, true),
        ("captive", 200, false),
        ("fatal", 500, true),
        ("controlpage", 500, true),
    ] {
        let reply = look_up(&portal, code);
        assert_eq!(reply.status, status, "{code}");
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"), "{code}");
        assert_eq!(reply.header("x-powered-cms").is_some(), is_php, "{code}");
        assert!(reply.body.starts_with(b"<"), "{code}");
    }
    let empty = look_up(&portal, "fatalempty");
    assert_eq!((empty.status, empty.body.len()), (500, 0));
    assert!(look_up(&portal, "login").text().contains("password"));
}

#[test]
fn an_echo_repeats_the_secret() {
    let portal = portal();
    let page = look_up(&portal, "echo");
    assert_eq!(page.status, 404);
    assert!(page.text().contains("/rest/1/echo/im.chat.get") && page.text().contains("DEAL|1663"));
    let json = look_up(&portal, "echojson");
    assert_eq!(json.error(), "ERROR_CORE");
    assert!(json.json()["error_description"].as_str().unwrap().contains("/rest/1/echojson/im.chat.get"));
}

#[test]
fn a_hostile_error_text_is_full_of_what_a_terminal_would_obey() {
    let body = look_up(&portal(), "control").json();
    let text = body["error_description"].as_str().unwrap();
    for hidden in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{200b}', '\r', '\n', '\u{7f}'] {
        assert!(text.contains(hidden), "{hidden:?}");
    }
}

#[test]
fn a_limit_that_strikes_every_other_time() {
    let portal = portal();
    let statuses: Vec<u16> = (0..4).map(|_| look_up(&portal, "ratelimitedonce").status).collect();
    assert_eq!(statuses, [503, 200, 503, 200]);
}

#[test]
fn a_portal_that_is_wholly_so_is_so_for_those_without_a_credential_too() {
    let portal = portal();
    let ask = |path: &str| portal.send(&get(path));
    assert_eq!(ask("/as/maintenance/rest/server.time.json").status, 503);
    assert_eq!(ask("/as/deleted/rest/server.time.json").error(), "PORTAL_DELETED");
    assert!(ask("/as/moved/rest/server.time.json").header("location").unwrap().starts_with("https://moved-portal."));
    // What is wrong with a credential is wrong with it alone.
    assert_eq!(ask("/as/badcode/rest/server.time.json").error(), "NO_AUTH_FOUND");
    let healthy = format!("/as/badcode{}", portal.path("profile"));
    assert_eq!(ask(&healthy).status, 200);
    assert_eq!(ask("/as/nosuchcode/rest/server.time.json").status, 404);
}
