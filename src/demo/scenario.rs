//! The scenarios: webhook codes under which the portal behaves as no healthy portal would. Each is
//! called as `/rest/1/{code}/{method}`, and its code works as an access token too (protocol.md, 12).

use std::time::Duration;

use super::refusal::{self, Refusal};

/// A webhook code and what happens under it.
pub struct Scenario {
    /// Lower-case letters and digits.
    pub code: &'static str,
    /// One line for a list of scenarios.
    pub what: &'static str,
    pub(super) play: Play,
}

/// What a scenario does. Whatever is not said here is as with the healthy webhook.
#[derive(Clone, Copy)]
pub(super) enum Play {
    /// Nothing at all: the healthy portal.
    Healthy,
    /// Strikes before REST is reached.
    Front(Front),
    /// The portal's public part is closed.
    Closed,
    /// A check of the credential fails (protocol.md, 3.2).
    Checks(&'static [(Check, Refusal)]),
    /// The credential has these scopes.
    Scopes(&'static [&'static str]),
    /// The credential is that of another user.
    User(u32),
    /// The methods of the scope `im` refuse.
    Method(Refusal),
    /// The module `im` is not installed.
    NoModule,
    /// Every pair has no chat.
    NoChat,
    /// The methods of the scope `im` take this long.
    Slow(Duration),
    /// The methods of the scope `im` count as so many seconds of operating time.
    Costly(f64),
    /// The replies have this time block.
    Time(Flavour),
    /// The replies are right, and written or carried wrongly.
    Reply(Twist),
    /// The portal's clock is ahead by so many seconds.
    Skewed(f64),
}

/// What can strike before REST is reached.
#[derive(Clone, Copy)]
pub(super) enum Front {
    Hang,
    Reset,
    Close,
    /// A page instead of REST: status, whether PHP wrote it, text.
    Page {
        status: u16,
        php: bool,
        html: &'static str,
    },
    /// A page that repeats the whole request, secret included.
    Echo {
        json: bool,
    },
    /// To another host.
    Moved {
        status: u16,
        host: &'static str,
    },
    /// To another place of the same host, so many times before an answer comes.
    Turn {
        status: u16,
        times: u32,
    },
    /// The bucket is full, so many times before an answer comes.
    Full {
        refusal: Refusal,
        times: u32,
    },
    /// No such reply: these bytes.
    Garbage,
    /// Refuses any request that brings a cookie.
    Cookies,
    /// A gateway that gives up after this long.
    CutOff(Duration),
}

/// The checks of a credential, in the order of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    Https,
    Identity,
    Scope,
    Hold,
    Plan,
    App,
    Expiry,
    User,
    AppAccess,
}

/// The shapes of the time block (protocol.md, 2.2 and 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    Float,
    /// `start` whole, `processing` 0, `duration` inflated.
    Whole,
    /// No `operating`, and none of the cloud's headers.
    SelfHosted,
    /// No time block.
    None,
}

/// How a right reply goes wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Twist {
    TextId,
    TextTime,
    UnknownKeys,
    Drip,
    Truncated,
    Half,
    Cut,
    Empty,
    Huge,
    Endless,
    Bomb,
    Deep,
    Mark,
    HtmlType,
    NoType,
    BadUtf8,
    BadGzip,
    ManyHeaders,
}

/// How long `slow` takes.
pub(super) const SLOW: Duration = Duration::from_secs(3);
/// Where the moved portal lives now.
pub(super) const MOVED_HOST: &str = "moved-portal.bitrix24.example";

impl Scenario {
    /// The scenario of a code.
    pub(super) fn of(code: &str) -> Option<&'static Self> {
        SCENARIOS.iter().find(|scenario| scenario.code == code)
    }
}

/// All scenarios, in the order in which they should be read.
pub fn scenarios() -> &'static [Scenario] {
    SCENARIOS
}

const fn row(code: &'static str, what: &'static str, play: Play) -> Scenario {
    Scenario { code, what, play }
}

const fn page(code: &'static str, what: &'static str, status: u16, php: bool, html: &'static str) -> Scenario {
    row(code, what, Play::Front(Front::Page { status, php, html }))
}

const fn front(code: &'static str, what: &'static str, front: Front) -> Scenario {
    row(code, what, Play::Front(front))
}

const fn reply(code: &'static str, what: &'static str, twist: Twist) -> Scenario {
    row(code, what, Play::Reply(twist))
}

const fn method(code: &'static str, what: &'static str, refusal: Refusal) -> Scenario {
    row(code, what, Play::Method(refusal))
}

const fn checks(code: &'static str, what: &'static str, checks: &'static [(Check, Refusal)]) -> Scenario {
    row(code, what, Play::Checks(checks))
}

const SCENARIOS: &[Scenario] = &[
    // Time and the wire.
    row("slow", "answers im methods after 3 seconds, which count as operating time", Play::Slow(SLOW)),
    front("hang", "never answers", Front::Hang),
    front("cutoff", "a gateway gives up after 60 seconds: 504 HTML", Front::CutOff(Duration::from_secs(60))),
    reply("drip", "a right answer, one byte every 20 ms", Twist::Drip),
    front("reset", "the connection is reset instead of a reply", Front::Reset),
    front("close", "the connection is closed instead of a reply", Front::Close),
    reply("closed", "the connection is closed in the middle of a chunked body", Twist::Cut),
    reply("truncated", "half the JSON under the Content-Length of the whole, then closed", Twist::Truncated),
    reply("half", "half the JSON as if it were all", Twist::Half),
    reply("empty", "200 with no body", Twist::Empty),
    front("garbage", "200 with bytes that mean nothing", Front::Garbage),
    reply("huge", "a right answer of 12 MiB", Twist::Huge),
    reply("endless", "an answer that never ends", Twist::Endless),
    reply("bomb", "gzip: 1 MiB on the wire, 1 GiB unpacked", Twist::Bomb),
    reply("badgzip", "says gzip and is not", Twist::BadGzip),
    reply("deep", "JSON nested 100000 levels deep", Twist::Deep),
    reply("bom", "a right answer after a byte-order mark", Twist::Mark),
    reply("badutf8", "an error whose text is not UTF-8", Twist::BadUtf8),
    reply("htmltype", "a right answer with the type text/html", Twist::HtmlType),
    reply("notype", "a right answer with no type", Twist::NoType),
    reply("headers", "a right answer with repeated, long and non-ASCII headers", Twist::ManyHeaders),
    front("cookies", "sets cookies, and answers a request that brings one with authorization_error", Front::Cookies),
    // Redirects.
    front("moved", "302 to another host, path and code kept", Front::Moved { status: 302, host: MOVED_HOST }),
    front("moved301", "301 to another host", Front::Moved { status: 301, host: MOVED_HOST }),
    front("moved307", "307 to another host", Front::Moved { status: 307, host: MOVED_HOST }),
    front("moved308", "308 to another host", Front::Moved { status: 308, host: MOVED_HOST }),
    front("movedplain", "302 to another host over plain http", Front::Moved { status: 302, host: "http" }),
    front("movedsite", "302 to the product's site: no such portal", Front::Moved { status: 302, host: "site" }),
    front("movedlogin", "302 to the login page of the same host", Front::Moved { status: 302, host: "login" }),
    front("movednowhere", "302 without Location", Front::Moved { status: 302, host: "" }),
    front("redirectsame", "307 to the same host every other time, then answers", Front::Turn { status: 307, times: 1 }),
    front("redirect302", "302 to the same host every other time, then answers", Front::Turn { status: 302, times: 1 }),
    front("redirecttwice", "308 to the same host twice, then answers", Front::Turn { status: 308, times: 2 }),
    front("redirectthrice", "302 to the same host three times, then answers", Front::Turn { status: 302, times: 3 }),
    front("redirectloop", "302 to itself for ever", Front::Turn { status: 302, times: u32::MAX }),
    // Pages where JSON is expected.
    page("maintenance", "503 HTML: maintenance", 503, true, super::pages::MAINTENANCE),
    page("gateway", "502 HTML: bad gateway", 502, false, super::pages::BAD_GATEWAY),
    page("gatewaytimeout", "504 HTML: gateway timeout", 504, false, super::pages::GATEWAY_TIMEOUT),
    page("notfound", "404 HTML: no such portal", 404, false, super::pages::NOT_FOUND),
    page("forbidden", "403 HTML: address filter", 403, false, super::pages::FORBIDDEN),
    page("basicauth", "401 HTML: the web server wants a password", 401, false, super::pages::BASIC_AUTH),
    page("login", "200 HTML: login page", 200, true, super::pages::LOGIN),
    page("captive", "200 HTML: a network that wants a sign-in first", 200, false, super::pages::CAPTIVE),
    page("fatal", "500 HTML: a PHP fatal error", 500, true, super::pages::FATAL),
    page("fatalempty", "500 with no body", 500, true, ""),
    page("controlpage", "500 HTML full of terminal escape sequences", 500, true, super::pages::CONTROL),
    front("echo", "404 HTML that repeats the address, code included, and the body", Front::Echo { json: false }),
    front("echojson", "400 JSON that repeats the address, code included, and the body", Front::Echo { json: true }),
    // Limits.
    front(
        "ratelimited",
        "503 QUERY_LIMIT_EXCEEDED every time",
        Front::Full { refusal: refusal::QUERY_LIMIT, times: u32::MAX },
    ),
    front(
        "ratelimitedonce",
        "503 QUERY_LIMIT_EXCEEDED every other time",
        Front::Full { refusal: refusal::QUERY_LIMIT, times: 1 },
    ),
    front(
        "ratelimited200",
        "QUERY_LIMIT_EXCEEDED with status 200",
        Front::Full { refusal: refusal::QUERY_LIMIT_AS_200, times: u32::MAX },
    ),
    method("operating", "429 OPERATION_TIME_LIMIT", refusal::OPERATION_TIME),
    row("busy", "each im call counts as 60 seconds of operating time, until the limit", Play::Costly(60.0)),
    // The credential.
    checks(
        "badcode",
        "INVALID_CREDENTIALS, like every unknown code",
        &[(Check::Identity, refusal::INVALID_CREDENTIALS)],
    ),
    checks("noauth", "NO_AUTH_FOUND, as if the credential got lost", &[(Check::Identity, refusal::NO_AUTH_FOUND)]),
    checks("https", "INVALID_REQUEST: https required", &[(Check::Https, refusal::HTTPS_REQUIRED)]),
    row("noscope", "insufficient_scope: the scopes are crm and task", Play::Scopes(&["crm", "task"])),
    row("imonly", "the only scope is im: objects cannot be read", Play::Scopes(&["im"])),
    row("allscopes", "every scope that this portal has methods for", Play::Scopes(super::access::ALL_SCOPES)),
    row("noscopes", "insufficient_scope: no scopes at all", Play::Scopes(&[""])),
    checks("hold", "OVERLOAD_LIMIT: put on hold by hand", &[(Check::Hold, refusal::HOLD)]),
    checks("plan", "ACCESS_DENIED: the plan has no REST", &[(Check::Plan, refusal::PLAN)]),
    checks("planapp", "ACCESS_DENIED in the words of older servers", &[(Check::Plan, refusal::PLAN_OF_APP)]),
    checks("dismissed", "authorization_error: the owner is dismissed", &[(Check::User, refusal::DISMISSED)]),
    checks("neversignedin", "ACCESS_DENIED: the user never signed in", &[(Check::User, refusal::NEVER_SIGNED_IN)]),
    checks(
        "holdandplan",
        "on hold and without a plan: the hold hides the plan",
        &[(Check::Plan, refusal::PLAN), (Check::Hold, refusal::HOLD)],
    ),
    checks("expired", "expired_token", &[(Check::Expiry, refusal::EXPIRED_TOKEN)]),
    checks("invalidtoken", "invalid_token", &[(Check::Identity, refusal::INVALID_TOKEN)]),
    checks(
        "authserver",
        "CONNECTION_ERROR: the portal cannot reach the authorization server",
        &[(Check::Identity, refusal::CONNECTION_ERROR)],
    ),
    checks("oautherror", "ERROR_OAUTH: application not installed", &[(Check::Identity, refusal::ERROR_OAUTH)]),
    checks("diskquota", "ERROR_OAUTH: disk full, in Russian and with HTML", &[(Check::Identity, refusal::DISK_QUOTA)]),
    checks("appdeleted", "APPLICATION_NOT_FOUND", &[(Check::App, refusal::APPLICATION_NOT_FOUND)]),
    checks("appaccess", "user_access_error: the app is for other users", &[(Check::AppAccess, refusal::USER_ACCESS)]),
    checks("notinstalled", "NOT_INSTALLED", &[(Check::Identity, refusal::NOT_INSTALLED)]),
    checks("payment", "PAYMENT_REQUIRED", &[(Check::Identity, refusal::PAYMENT_REQUIRED)]),
    checks("licensecheck", "verification_needed", &[(Check::Plan, refusal::VERIFICATION_NEEDED)]),
    checks("licensescanner", "PORTAL_BLOCKED_BY_LICENSE_SCANNER", &[(Check::Plan, refusal::LICENSE_SCANNER)]),
    checks("session", "access_denied of a browser session", &[(Check::Identity, refusal::SESSION_DENIED)]),
    row("employee", "the webhook of an ordinary user, 27: other chats, no admin", Play::User(27)),
    row("deleted", "PORTAL_DELETED: the public part is closed", Play::Closed),
    // The method.
    row("nomodule", "ERROR_METHOD_NOT_FOUND: the module im is not installed", Play::NoModule),
    row("nochat", "null for every pair", Play::NoChat),
    method("confirm", "METHOD_CONFIRM_WAITING", refusal::CONFIRM_WAITING),
    method("confirmdenied", "METHOD_CONFIRM_DENIED", refusal::CONFIRM_DENIED),
    method("guest", "AUTHORIZE_ERROR: guest session", refusal::GUEST),
    method("extranet", "allowed_only_intranet_user", refusal::EXTRANET),
    method("wrongauthtype", "WRONG_AUTH_TYPE", refusal::WRONG_AUTH_TYPE),
    method("wronglicense", "WRONG_LICENSE", refusal::WRONG_LICENSE),
    method("context", "ACCESS_DENIED: application context required", refusal::CONTEXT),
    method("manifest", "ERROR_MANIFEST_IS_NOT_AVAILABLE", refusal::MANIFEST),
    method("chataccess", "ACCESS_ERROR with 400", refusal::CHAT_ACCESS),
    method("errornotfound", "ERROR_NOT_FOUND", refusal::NOT_FOUND),
    method("argument", "ERROR_ARGUMENT with the extra key argument", refusal::ARGUMENT),
    method("internal", "500 INTERNAL_SERVER_ERROR", refusal::INTERNAL),
    method("unexpected", "500 ERROR_UNEXPECTED_ANSWER", refusal::UNEXPECTED),
    method("transport", "500 INTERNAL_WRONG_TRANSPORT", refusal::WRONG_TRANSPORT),
    method("handlerclass", "500 INTERNAL_WRONG_HANDLER_CLASS", refusal::WRONG_HANDLER),
    method("core", "ERROR_CORE with 400", refusal::CORE),
    method("coresql", "ERROR_CORE with 500: SQL query error", refusal::CORE_SQL),
    method("numericerror", "the key error is the number 100", refusal::NUMERIC),
    method("emptyerror", "the key error is empty text", refusal::EMPTY_CODE),
    method("objecterror", "the key error is an object, as in REST v3", refusal::OBJECT),
    method("error200", "an error with status 200", refusal::SOFT),
    method("encoding", "WRONG_ENCODING with status 200", refusal::WRONG_ENCODING),
    method("control", "an error text full of terminal escape sequences and hidden characters", refusal::CONTROL),
    // Right answers of other shapes.
    row("timeint", "time.start is whole, so duration is too large", Play::Time(Flavour::Whole)),
    row("timeselfhosted", "a self-hosted portal: no time.operating, no cloud headers", Play::Time(Flavour::SelfHosted)),
    row("notime", "no time block", Play::Time(Flavour::None)),
    reply("timetext", "the numbers of the time block are text", Twist::TextTime),
    reply("stringid", "the chat id is text", Twist::TextId),
    reply("unknownkeys", "keys that nobody has documented", Twist::UnknownKeys),
    row("skewed", "the portal's clock is 5 minutes ahead", Play::Skewed(300.0)),
    row("healthy", "nothing wrong: as the healthy webhook", Play::Healthy),
];
