//! How a profile wants its portal to be reached: certificates of its own, a proxy of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::{End, Lookup};
use b24chat::domain::profile::Connection;
use tempfile::NamedTempFile;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use super::environment::ask_with;
use super::secure::{Authority, Signed, file_with, secure, self_signed, self_signed_as};
use super::support::*;

/// A host that only a proxy can find.
const HIDDEN: &str = "https://portal.example/rest/";

async fn portal(signed: Signed) -> SocketAddr {
    secure(signed, &[], |mut stream| async move {
        while read_request(&mut stream).await.is_some() {
            stream.write_all(&reply("200 OK", &[], FOUND)).await.unwrap();
        }
    })
    .await
}

fn lookup_through(root: &str, connection: Connection) -> Lookup {
    let mut lookup = lookup_at(root, webhook(CANARY));
    Arc::make_mut(&mut lookup.profile).connection = connection;
    lookup
}

fn trusting(file: &NamedTempFile) -> Connection {
    Connection { ca_file: Some(file.path().to_owned()), ..Connection::default() }
}

fn tls_words(end: End) -> String {
    match failed(end) {
        Failure::Tls { detail, .. } => detail,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn the_profiles_own_authority_is_trusted_and_nobody_else_for_it() {
    let authority = Authority::new();
    let address = portal(authority.sign(&["127.0.0.1"], |_| ())).await;
    let root = format!("https://{address}/rest/");
    let file = authority.file();
    assert_eq!(answered(ask(&lookup_through(&root, trusting(&file))).await).status, 200);
    let stranger = Authority::new().file();
    tls_words(ask(&lookup_through(&root, trusting(&stranger))).await);
    // A client that has met the portal under one profile trusts it under that one alone.
    let client = client();
    answered(ask_watched(&client, &lookup_through(&root, trusting(&file))).await.0);
    tls_words(ask_watched(&client, &lookup_through(&root, Connection::default())).await.0);
}

#[tokio::test]
async fn the_profiles_own_authority_excuses_neither_another_name_nor_another_time() {
    let authority = Authority::new();
    let file = authority.file();
    let named = portal(authority.sign(&["acme.example"], |_| ())).await;
    let old = authority.sign(&["127.0.0.1"], |params| params.not_after = rcgen::date_time_ymd(2020, 1, 1));
    let old = portal(old).await;
    for (address, words) in [(named, "for another name"), (old, "has expired")] {
        let end = ask(&lookup_through(&format!("https://{address}/rest/"), trusting(&file))).await;
        let said = tls_words(end);
        assert!(said.contains(words), "{said}");
    }
}

#[tokio::test]
async fn a_certificate_that_vouches_for_itself_is_trusted_under_its_name_and_in_its_time_where_the_profile_holds_it() {
    let (signed, file) = self_signed(&["127.0.0.1"]);
    let root = format!("https://{}/rest/", portal(signed).await);
    tls_words(ask(&lookup_through(&root, Connection::default())).await);
    assert_eq!(answered(ask(&lookup_through(&root, trusting(&file))).await).status, 200);
    let old = self_signed_as(&["127.0.0.1"], |params| params.not_after = rcgen::date_time_ymd(2020, 1, 1));
    for (signed, file) in [self_signed(&["acme.example"]), old] {
        let root = format!("https://{}/rest/", portal(signed).await);
        tls_words(ask(&lookup_through(&root, trusting(&file))).await);
    }
}

#[tokio::test]
async fn a_profile_may_switch_the_check_off() {
    let (signed, _) = self_signed(&["acme.example"]);
    let root = format!("https://{}/rest/", portal(signed).await);
    let connection = Connection { insecure_tls: true, ..Connection::default() };
    assert_eq!(answered(ask(&lookup_through(&root, connection)).await).status, 200);
}

#[tokio::test]
async fn certificates_that_cannot_be_used_are_named_and_nothing_is_sent() {
    let (address, asked) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    let empty = file_with("no certificate");
    let missing = PathBuf::from("/nowhere/b24chat-no-such.pem");
    for file in [empty.path().to_owned(), missing] {
        let connection = Connection { ca_file: Some(file.clone()), ..Connection::default() };
        let failure = failed(ask(&lookup_through(&format!("https://{address}/rest/"), connection.clone())).await);
        assert!(failure.to_string().contains(file.to_str().unwrap()), "{failure}");
        // Plain http to this machine needs none and reads none.
        answered(ask(&lookup_through(&format!("http://{address}/rest/"), connection)).await);
    }
    assert_eq!(asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn one_profile_keeps_its_connection_and_another_way_gets_its_own() {
    let authority = Authority::new();
    let root = format!("https://{}/rest/", portal(authority.sign(&["127.0.0.1"], |_| ())).await);
    let (file, same) = (authority.file(), authority.file());
    let client = client();
    let reused = async |file: &NamedTempFile| {
        answered(ask_watched(&client, &lookup_through(&root, trusting(file))).await.0).phases.reused
    };
    assert!(!reused(&file).await);
    assert!(reused(&file).await);
    assert!(!reused(&same).await);
}

type Seen = Arc<Mutex<Vec<String>>>;

/// A proxy for CONNECT that leads everybody to one address, and what it was asked for.
async fn connect_proxy(to: SocketAddr) -> (SocketAddr, Seen) {
    let seen = Seen::default();
    let told = Arc::clone(&seen);
    let address = serve(move |_, mut stream| {
        let seen = Arc::clone(&told);
        async move {
            let asked = read_request(&mut stream).await.unwrap();
            seen.lock().unwrap().push(asked.head);
            stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
            lead(stream, to).await;
        }
    })
    .await;
    (address, seen)
}

/// A SOCKS5 proxy that leads everybody to one address; it tells the host it was asked for, and the
/// name and password where it wants them.
async fn socks_proxy(to: SocketAddr, wants_password: bool) -> (SocketAddr, Seen) {
    let seen = Seen::default();
    let told = Arc::clone(&seen);
    let address = serve(move |_, mut stream| {
        let seen = Arc::clone(&told);
        async move {
            let [5, methods] = read(&mut stream, 2).await[..] else { panic!("no SOCKS5") };
            read(&mut stream, methods.into()).await;
            stream.write_all(&[5, if wants_password { 2 } else { 0 }]).await.unwrap();
            if wants_password {
                let [1, length] = read(&mut stream, 2).await[..] else { panic!("no password") };
                let user = text(&mut stream, length).await;
                let length = stream.read_u8().await.unwrap();
                let password = text(&mut stream, length).await;
                seen.lock().unwrap().push(format!("{user}:{password}"));
                stream.write_all(&[1, 0]).await.unwrap();
            }
            let [5, 1, 0, kind] = read(&mut stream, 4).await[..] else { panic!("no CONNECT") };
            let host = match kind {
                1 => read(&mut stream, 4).await.iter().map(u8::to_string).collect::<Vec<_>>().join("."),
                3 => {
                    let length = stream.read_u8().await.unwrap();
                    text(&mut stream, length).await
                }
                kind => panic!("an address of kind {kind}"),
            };
            let port = stream.read_u16().await.unwrap();
            seen.lock().unwrap().push(format!("{host}:{port}"));
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
            lead(stream, to).await;
        }
    })
    .await;
    (address, seen)
}

async fn read(stream: &mut TcpStream, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).await.unwrap();
    bytes
}

async fn text(stream: &mut TcpStream, length: u8) -> String {
    String::from_utf8(read(stream, length.into()).await).unwrap()
}

async fn lead(mut stream: TcpStream, to: SocketAddr) {
    let mut onwards = TcpStream::connect(to).await.unwrap();
    let _ = copy_bidirectional(&mut stream, &mut onwards).await;
}

fn through(proxy: String, file: &NamedTempFile) -> Connection {
    Connection { proxy: Some(proxy), ..trusting(file) }
}

#[tokio::test]
async fn a_profiles_proxy_is_used_and_learns_the_host_alone() {
    let authority = Authority::new();
    let file = authority.file();
    let (proxy, seen) = connect_proxy(portal(authority.sign(&["portal.example"], |_| ())).await).await;
    for named in [format!("http://ann:pw7f3a01@{proxy}"), proxy.to_string()] {
        assert_eq!(answered(ask(&lookup_through(HIDDEN, through(named, &file))).await).status, 200);
    }
    let seen = seen.lock().unwrap();
    assert!(seen.iter().all(|head| head.starts_with("CONNECT portal.example:443 HTTP/1.1\r\n")), "{seen:?}");
    assert!(seen[0].to_ascii_lowercase().contains("proxy-authorization: basic"), "{seen:?}");
    assert!(!seen[1].to_ascii_lowercase().contains("proxy-authorization"), "{seen:?}");
    assert!(!format!("{seen:?}").contains(CANARY));
}

#[tokio::test]
async fn a_socks_proxy_looks_the_name_up_and_is_told_its_password() {
    let authority = Authority::new();
    let file = authority.file();
    let (proxy, seen) = socks_proxy(portal(authority.sign(&["portal.example"], |_| ())).await, true).await;
    let connection = through(format!("socks5h://ann:pw7f3a01@{proxy}"), &file);
    assert_eq!(answered(ask(&lookup_through(HIDDEN, connection)).await).status, 200);
    assert_eq!(*seen.lock().unwrap(), ["ann:pw7f3a01", "portal.example:443"]);
}

/// The address of no machine in particular leads to this one on Unix, and is not written as loopback.
#[cfg(unix)]
#[tokio::test]
async fn a_socks_proxy_without_a_name_server_is_given_an_address() {
    let authority = Authority::new();
    let file = authority.file();
    let (proxy, seen) = socks_proxy(portal(authority.sign(&["0.0.0.0"], |_| ())).await, false).await;
    let end = ask(&lookup_through("https://0.0.0.0:8443/rest/", through(format!("socks5://{proxy}"), &file))).await;
    assert_eq!(answered(end).status, 200);
    assert_eq!(*seen.lock().unwrap(), ["0.0.0.0:8443"]);
}

#[tokio::test]
async fn this_machine_is_not_asked_through_the_profiles_proxy_either() {
    let authority = Authority::new();
    let file = authority.file();
    let portal = portal(authority.sign(&["127.0.0.1"], |_| ())).await;
    let (proxy, seen) = connect_proxy(portal).await;
    answered(ask(&lookup_through(&format!("https://{portal}/rest/"), through(proxy.to_string(), &file))).await);
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_proxy_that_is_none_is_named_without_its_password() {
    let connection = Connection { proxy: Some("ftp://ann:pw7f3a01@proxy.example".into()), ..Connection::default() };
    let failure = failed(ask(&lookup_through(HIDDEN, connection)).await).to_string();
    assert!(failure.contains("proxy.example is no proxy's address") && !failure.contains("pw7f3a01"), "{failure}");
}

#[tokio::test]
async fn the_environments_socks_proxy_is_used_as_well() {
    let (proxy, seen) = socks_proxy(portal(Authority::new().sign(&["portal.example"], |_| ())).await, false).await;
    let told = ask_with(HIDDEN.into(), vec![("ALL_PROXY", format!("socks5h://{proxy}"))]).await;
    // Nobody trusts that certificate, and it was shown: the way led there.
    assert!(told.starts_with("tls: "), "{told}");
    assert_eq!(*seen.lock().unwrap(), ["portal.example:443"]);
}
