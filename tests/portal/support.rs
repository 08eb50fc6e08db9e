//! Small servers that say exactly what a test tells them to, and lookups to ask them with.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use b24chat::domain::address::RestRoot;
use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::entity::EntityPair;
use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::{End, Lookup};
use b24chat::domain::phases::Phase;
use b24chat::domain::profile::Profile;
use b24chat::domain::reply::Reply;
use b24chat::portal::{Client, Options};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Sixteen characters like a generated webhook code; it must never come out of the client.
pub const CANARY: &str = "canary7f3a0123bc";

pub const FOUND: &str = r#"{"result":{"ID":1437},"time":{"start":1789001122}}"#;

/// A listener on loopback whose every connection is handled by `handle`, with its number from 0.
pub async fn serve<F, H>(handle: H) -> SocketAddr
where
    H: Fn(usize, TcpStream) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(handle(number, stream));
        }
    });
    address
}

/// One request as it came over the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub head: String,
    pub body: String,
}

impl Asked {
    /// Its first line: `POST /rest/27/… HTTP/1.1`.
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    pub fn headers(&self) -> Vec<(String, String)> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect()
    }
}

/// Reads one whole request; `None` when the connection closes before it is there.
pub async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Asked> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let mut asked = Asked { head: String::from_utf8(head).unwrap(), body: String::new() };
    let length = asked.headers().into_iter().find(|(name, _)| name == "content-length").map(|(_, value)| value);
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    asked.body = String::from_utf8(body).unwrap();
    Some(asked)
}

/// A whole reply with the right length.
pub fn reply(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!("Content-Length: {}\r\n\r\n", body.as_ref().len());
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body.as_ref());
    bytes
}

/// A server that answers the requests, over however many connections, with these bytes in turn, the
/// last of them again and again, and keeps what it was asked.
pub async fn answer(replies: Vec<Vec<u8>>) -> (SocketAddr, Arc<Mutex<Vec<Asked>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let address = serve(move |_, mut stream| {
        let (replies, asked) = (replies.clone(), Arc::clone(&asked));
        async move {
            while let Some(request) = read_request(&mut stream).await {
                let number = {
                    let mut asked = asked.lock().unwrap();
                    asked.push(request);
                    asked.len() - 1
                };
                if stream.write_all(&replies[number.min(replies.len() - 1)]).await.is_err() {
                    return;
                }
            }
        }
    })
    .await;
    (address, seen)
}

pub fn webhook(secret: &str) -> Credential {
    Credential::Webhook { user: "27".into(), secret: Secret::new(secret) }
}

pub fn token(secret: &str) -> Credential {
    Credential::OAuth { access: Secret::new(secret) }
}

/// A lookup of `DEAL|1663` at a REST root, with ten seconds of patience.
pub fn lookup_at(root: &str, credential: Credential) -> Lookup {
    Lookup {
        pair: EntityPair::new("CRM", "DEAL|1663").unwrap(),
        profile: Arc::new(Profile::new("test", RestRoot::from_url(root.parse().unwrap()).unwrap(), credential)),
        timeout: Duration::from_secs(10),
    }
}

pub fn lookup(address: SocketAddr) -> Lookup {
    lookup_at(&format!("http://{address}/rest/"), webhook(CANARY))
}

pub fn client() -> Client {
    Client::new(Options::default())
}

/// Asks with a client of its own, and sees to it that the canary is nowhere in the end.
pub async fn ask(lookup: &Lookup) -> End {
    ask_watched(&client(), lookup).await.0
}

/// The same with a given client, and the phases as they began.
pub async fn ask_watched(client: &Client, lookup: &Lookup) -> (End, Vec<Phase>) {
    let phases = Mutex::new(Vec::new());
    let end = client.ask(lookup, &|phase| phases.lock().unwrap().push(phase)).await;
    assert_no_canary(&end);
    (end, phases.into_inner().unwrap())
}

/// No field of an end holds the canary, whole or but for its last characters, in any letter case.
pub fn assert_no_canary(end: &End) {
    let mut shown = format!("{end:?}");
    if let End::Answered(reply) = end {
        shown += &String::from_utf8_lossy(&reply.body);
    }
    assert!(!shown.to_ascii_lowercase().contains(&CANARY[..8]), "the secret is in {shown}");
}

pub fn answered(end: End) -> Reply {
    match end {
        End::Answered(reply) => reply,
        End::Failed { failure, .. } => panic!("no reply: {failure}"),
    }
}

pub fn failed(end: End) -> Failure {
    match end {
        End::Failed { failure, .. } => failure,
        End::Answered(reply) => panic!("a reply of status {} where a failure was expected", reply.status),
    }
}

/// A listener that handles one connection after another, not at all if `handle` never looks at it.
pub async fn serve_one_reply(bytes: impl Into<Vec<u8>>) -> SocketAddr {
    let bytes = bytes.into();
    serve(move |_, mut stream| {
        let bytes = bytes.clone();
        async move {
            if read_request(&mut stream).await.is_some() {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                // Until the client has closed as well: a close with unread bytes would be a reset.
                let _ = stream.read(&mut [0; 16]).await;
            }
        }
    })
    .await
}

/// Closes with a reset instead of an orderly end.
pub fn reset(stream: TcpStream) {
    stream.set_zero_linger().unwrap();
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// A port that nothing listens on.
pub async fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// A label of more than 63 characters is no name: no name server is asked for it.
pub const NO_NAME: &str = "a234567890123456789012345678901234567890123456789012345678901234.example";

/// A lookup at [`NO_NAME`], with plain http allowed.
pub fn lookup_of_no_name(scheme: &str) -> Lookup {
    let mut lookup = lookup_at(&format!("{scheme}://{NO_NAME}/rest/"), webhook(CANARY));
    Arc::make_mut(&mut lookup.profile).connection.allow_http = true;
    lookup
}
