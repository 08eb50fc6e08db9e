//! A demo portal, a stored chain of its app, sessions on both, and a token endpoint that says what it is told.

use std::env;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use b24chat::demo::{self, Bucket, DemoPortal, Options, Rotation};
use b24chat::domain::address::RestRoot;
use b24chat::domain::chain::Chain;
use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::entity::EntityPair;
use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::{End, Lookup};
use b24chat::domain::profile::Profile;
use b24chat::domain::reply::{ChatId, Outcome};
use b24chat::portal::oauth::Patience;
use b24chat::portal::{self, Client};
use b24chat::session::{Answer, Session};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::keeper::FolderKeeper;

/// Waits a moment where a real server would be given a second.
pub const QUICK: Patience = Patience { timeout: Duration::from_secs(10), pause: Duration::from_millis(1) };

/// A portal with an app whose chain is stored in a folder.
pub struct Stage {
    pub portal: DemoPortal,
    pub folder: TempDir,
    pub keeper: Arc<FolderKeeper>,
    /// The pair that was stored first.
    pub first: Chain,
}

/// The access token of the stored chain has ended. `knows` is whether the chain says so, or the portal has to.
pub async fn stage(rotation: Rotation, knows: bool) -> Stage {
    let options = Options { bucket: Bucket::UNLIMITED, rotation, ..Options::default() };
    let portal = demo::start(options).await.unwrap();
    let folder = TempDir::new().unwrap();
    let keeper = Arc::new(FolderKeeper::new(folder.path()));
    let ago = Timestamp::from_second(Timestamp::now().as_second() - 60).unwrap();
    let first = Chain {
        access: Secret::new(portal.expired_access_token()),
        refresh: Some(Secret::new(portal.refresh_token())),
        client_id: portal.client_id().into(),
        client_secret: Some(Secret::new(portal.client_secret())),
        expires_at: knows.then_some(ago),
        member_id: None,
        token_endpoint: Some(portal.token_endpoint().parse().unwrap()),
        client_endpoint: Some(root(&portal.rest_root())),
    };
    keeper.store(&first);
    Stage { portal, folder, keeper, first }
}

impl Stage {
    /// Another token endpoint, or another of everything that a chain has.
    pub fn with(mut self, change: impl FnOnce(&mut Chain)) -> Self {
        change(&mut self.first);
        self.keeper.store(&self.first);
        self
    }

    pub fn session(&self) -> Session {
        session_in(Arc::clone(&self.keeper))
    }

    /// Asks with a session of its own, and sees to it that no token is anywhere in the answer.
    pub async fn ask(&self) -> Answer {
        self.ask_in(&self.session()).await
    }

    pub async fn ask_in(&self, session: &Session) -> Answer {
        let answer = session.ask(&lookup(&session.profile()), &|_| ()).await;
        self.assert_no_secret(&format!("{answer:?} {session:?} {}", words(&answer)));
        answer
    }

    pub fn assert_no_secret(&self, shown: &str) {
        for chain in [&self.first, &self.keeper.stored()] {
            for secret in chain.secrets() {
                assert!(!shown.contains(secret.expose()), "{} is in {shown}", secret.expose());
            }
        }
    }
}

/// Of the stored chain, as any process would open it.
pub fn session_in(keeper: Arc<FolderKeeper>) -> Session {
    let chain = keeper.stored();
    let root = chain.client_endpoint.clone().unwrap();
    let profile = Profile::new("acme", root, Credential::OAuth { access: chain.access.clone() });
    Session::of_chain_with(profile, chain, Client::new(portal::Options::default()), keeper, QUICK)
}

pub fn lookup(profile: &Arc<Profile>) -> Lookup {
    let pair = EntityPair::new("CRM", "DEAL|1663").unwrap();
    Lookup { pair, profile: Arc::clone(profile), timeout: Duration::from_secs(10) }
}

pub fn root(address: &str) -> RestRoot {
    RestRoot::from_url(address.parse().unwrap()).unwrap()
}

/// Everything a person would read of it.
pub fn words(answer: &Answer) -> String {
    let mut words: Vec<String> = answer.notices.iter().map(|notice| notice.words()).collect();
    if let End::Failed { failure, .. } = &answer.end {
        words.push(failure.to_string());
    }
    words.join("\n")
}

pub fn assert_found(answer: &Answer) {
    match &answer.end {
        End::Answered(reply) if reply.outcome == Outcome::Chat(ChatId(1437)) => {}
        End::Answered(reply) => panic!("not found: {:?}", reply.outcome),
        End::Failed { failure, .. } => panic!("not found: {failure}"),
    }
}

/// Why there was no new token: the server's code and the words.
pub fn not_refreshed(answer: &Answer) -> (Option<String>, String) {
    match &answer.end {
        End::Failed { failure: Failure::NotRefreshed { code, detail }, .. } => (code.clone(), detail.clone()),
        other => panic!("not a failed refresh: {other:?}"),
    }
}

/// A token endpoint that gives these replies in turn, the last again and again, and keeps what it was
/// asked. An empty reply is a closed connection.
pub async fn endpoint(replies: Vec<Vec<u8>>) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let request = read_request(&mut stream).await;
            let number = {
                let mut asked = asked.lock().unwrap();
                asked.push(request);
                asked.len() - 1
            };
            let _ = stream.write_all(&replies[number.min(replies.len() - 1)]).await;
            let _ = stream.shutdown().await;
        }
    });
    (address, seen)
}

async fn read_request(stream: &mut tokio::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.unwrap();
        assert!(count > 0, "the client hung up inside its request");
        bytes.extend_from_slice(&piece[..count]);
    }
}

/// A whole reply, after which the connection closes.
pub fn reply(status: &str, content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}");
    format!("{head}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}

pub fn json(status: &str, body: &serde_json::Value) -> Vec<u8> {
    reply(status, "application/json", &body.to_string())
}

/// This program again, running the one test of that name with a role for it to find in the environment.
pub fn as_another_process(test: &str, role: &str, folder: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    let test = format!("oauth::{test}");
    command.args([&test, "--exact", "--nocapture", "--test-threads=1"]);
    command.env("B24CHAT_TEST_ROLE", role).env("B24CHAT_TEST_FILE", folder);
    command
}

/// The folder of the chain, when this process was started for that role.
pub fn role(role: &str) -> Option<PathBuf> {
    (env::var("B24CHAT_TEST_ROLE").ok()? == role).then(|| env::var_os("B24CHAT_TEST_FILE").unwrap().into())
}
