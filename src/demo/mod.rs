//! The demo portal: a stand-in for a real one, on this machine only. It shares no code with the client,
//! so that one checks the other; what it does is what protocol.md says a portal does. Its data is
//! invented, its secrets guard nothing, and its scenarios are webhook codes under which it misbehaves.

mod access;
mod clock;
mod front;
mod limits;
mod methods;
mod oauth;
mod pages;
mod params;
mod php;
mod php_json;
mod refusal;
mod reply;
mod rest;
mod scenario;
mod seed;
mod serve;
mod timing;
mod twist;
mod wire;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use limits::Bucket;
pub use oauth::Rotation;
pub use scenario::{Scenario, scenarios};

use access::Caller;
use clock::Clock;
use limits::{Level, OperatingTimes};
use oauth::Tokens;
use scenario::Play;
use seed::Chat;

/// The code of the healthy webhook. It is written here for everyone to read: it guards nothing.
pub const WEBHOOK_CODE: &str = "anndemo7webhook1";

/// How the portal should be.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// 0 for any free one.
    pub port: u16,
    /// The bucket of requests, shared by all credentials of one address.
    pub bucket: Bucket,
    /// Seconds of operating time that a method may use in ten minutes.
    pub operating_limit: f64,
    /// When a used refresh token becomes void.
    pub rotation: Rotation,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 0, bucket: Bucket::default(), operating_limit: 480.0, rotation: Rotation::default() }
    }
}

/// A running portal. Dropping it stops it and ends its connections.
pub struct DemoPortal {
    portal: Arc<Portal>,
    server: JoinHandle<()>,
    /// The connections live as long as this does.
    _stop: watch::Sender<()>,
}

/// Starts a portal on 127.0.0.1, on the current tokio runtime.
///
/// # Errors
/// When the port is taken or may not be used.
pub async fn start(options: Options) -> std::io::Result<DemoPortal> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let address = listener.local_addr()?;
    let portal = Arc::new(Portal::new(options, address));
    let (stop, stopped) = watch::channel(());
    let router = Router::new().fallback(serve::answer).with_state(Arc::clone(&portal));
    let service = router.into_make_service_with_connect_info::<wire::Peer>();
    let server = tokio::spawn(async move {
        // It only ever ends by being stopped.
        drop(axum::serve(wire::Gate { listener, stop: stopped }, service).await);
    });
    Ok(DemoPortal { portal, server, _stop: stop })
}

impl DemoPortal {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.portal.address
    }

    /// `http://127.0.0.1:PORT/rest/`
    pub fn rest_root(&self) -> String {
        self.portal.rest_root()
    }

    /// The healthy webhook of the administrator: `http://127.0.0.1:PORT/rest/1/CODE/`
    pub fn webhook(&self) -> String {
        self.scenario(WEBHOOK_CODE)
    }

    /// The code of the healthy webhook.
    pub fn webhook_code(&self) -> &'static str {
        WEBHOOK_CODE
    }

    /// Whose webhook it is.
    pub fn user_name(&self) -> &'static str {
        seed::ADMIN_NAME
    }

    /// The webhook of a scenario's code. A code that is none of them is a wrong one.
    pub fn scenario(&self, code: &str) -> String {
        format!("{}{}/{code}/", self.rest_root(), seed::ADMIN)
    }

    /// The REST root of a portal that is wholly as a scenario has it, whoever asks and without a credential
    /// too: `http://127.0.0.1:PORT/as/CODE/rest/`. A scenario of a credential changes nothing there.
    pub fn wholly(&self, code: &str) -> String {
        format!("http://{}/as/{code}/rest/", self.portal.address)
    }

    /// A new OAuth access token of the same user, good for an hour.
    pub fn access_token(&self) -> String {
        self.portal.tokens().mint_fresh_access(self.portal.now())
    }

    /// An access token that expired a minute ago.
    pub fn expired_access_token(&self) -> String {
        self.portal.tokens().mint_access(self.portal.now(), -60.0)
    }

    /// A new refresh token, good for one use within 180 days.
    pub fn refresh_token(&self) -> String {
        self.portal.tokens().mint_refresh(self.portal.now())
    }

    /// A new authorization code, good for one use within 30 seconds.
    pub fn authorization_code(&self) -> String {
        self.portal.tokens().mint_code(self.portal.now())
    }

    /// The `client_id` of the demo's app.
    pub fn client_id(&self) -> &'static str {
        oauth::CLIENT_ID
    }

    /// The `client_secret` of the demo's app, which guards nothing.
    pub fn client_secret(&self) -> &'static str {
        oauth::CLIENT_SECRET
    }

    /// The token endpoint of the authorization server.
    pub fn token_endpoint(&self) -> String {
        self.portal.server_endpoint().replace("/rest/", "/oauth/token/")
    }

    /// How many refreshes have been carried out so far.
    pub fn refreshes(&self) -> u64 {
        self.portal.tokens().refreshes
    }

    /// How many HTTP requests have come so far.
    pub fn requests(&self) -> u64 {
        self.portal.served.load(Ordering::Relaxed)
    }

    /// How many requests are being answered right now; falls when a client hangs up.
    pub fn open_requests(&self) -> usize {
        self.portal.open.load(Ordering::Relaxed)
    }

    /// How many chats there are. It grows when a client asks for `sg` dialogs, which a reader must not.
    pub fn chat_count(&self) -> usize {
        self.portal.chats().len()
    }

    /// Makes a chat for a pair, as `im.chat.add` does (protocol.md, 1.6), and gives its id.
    pub fn add_chat(&self, entity_type: &str, entity_id: &str) -> u64 {
        let mut chats = self.portal.chats();
        let id = chats.iter().map(|chat| chat.id).max().unwrap_or_default() + 1;
        chats.push(Chat {
            id,
            entity_type: entity_type.to_owned().into(),
            entity_id: entity_id.to_owned().into(),
            title: "Custom".into(),
            letter: 'C',
            owner: seed::ADMIN,
            members: seed::Members::These(&[seed::ADMIN]),
        });
        id
    }

    /// Sets the portal's clock ahead: buckets drain, minutes of operating time drop out, tokens expire.
    pub fn pass(&self, time: Duration) {
        self.portal.clock.pass(time);
    }

    /// Waits until the portal ends by itself, which it does not: for those who serve until they are stopped.
    pub async fn stopped(mut self) {
        drop((&mut self.server).await);
    }
}

impl Drop for DemoPortal {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Everything the portal knows, shared by all its connections.
struct Portal {
    address: SocketAddr,
    options: Options,
    clock: Clock,
    served: AtomicU64,
    open: AtomicUsize,
    serial: AtomicU64,
    levels: Mutex<HashMap<IpAddr, Level>>,
    operating: Mutex<OperatingTimes>,
    tokens: Mutex<Tokens>,
    chats: Mutex<Vec<Chat>>,
    turns: Mutex<HashMap<String, u64>>,
}

impl Portal {
    fn new(options: Options, address: SocketAddr) -> Self {
        Self {
            address,
            options,
            clock: Clock::new(),
            served: AtomicU64::new(0),
            open: AtomicUsize::new(0),
            serial: AtomicU64::new(0),
            levels: Mutex::default(),
            operating: Mutex::default(),
            tokens: Mutex::default(),
            chats: Mutex::new(seed::CHATS.to_vec()),
            turns: Mutex::default(),
        }
    }

    fn domain(&self) -> String {
        self.address.to_string()
    }

    fn rest_root(&self) -> String {
        format!("http://{}/rest/", self.address)
    }

    /// The authorization server is another host in truth; here it is another folder.
    fn server_endpoint(&self) -> String {
        format!("http://{}/auth-server/rest/", self.address)
    }

    fn now(&self) -> f64 {
        self.clock.now()
    }

    /// The time that a caller is told.
    fn now_for(&self, caller: &Caller) -> f64 {
        let ahead = if let Play::Skewed(ahead) = caller.play { ahead } else { 0.0 };
        self.now() + ahead
    }

    fn operating_limit(&self) -> f64 {
        self.options.operating_limit
    }

    /// Counts a request of an address; false when its bucket is full.
    fn admits(&self, ip: IpAddr) -> bool {
        locked(&self.levels).entry(ip).or_default().admits(self.options.bucket, self.now())
    }

    /// Whether this turn of a credential is one of the `times` that are struck before one that is not.
    fn is_struck(&self, key: &str, times: u32) -> bool {
        let mut turns = locked(&self.turns);
        let turn = turns.entry(key.to_owned()).or_default();
        let at = *turn % (u64::from(times) + 1);
        *turn += 1;
        at < u64::from(times)
    }

    fn serial(&self) -> u64 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    fn operating(&self) -> MutexGuard<'_, OperatingTimes> {
        locked(&self.operating)
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        locked(&self.tokens)
    }

    fn chats(&self) -> MutexGuard<'_, Vec<Chat>> {
        locked(&self.chats)
    }
}

/// Counts as open for as long as it lives.
struct OpenRequest(Arc<Portal>);

impl OpenRequest {
    fn new(portal: &Arc<Portal>) -> Self {
        portal.open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(portal))
    }
}

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The data of a lock; one who panicked while holding it has not made it worse than stale.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
