//! The authorization server's side: tokens that expire, codes that work once, refresh tokens that are
//! replaced at each use, and the token endpoint (protocol.md, section 6).

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Portal;
use super::access::SCOPES;
use super::php::{self, Params};
use super::seed;

/// The demo's app. Neither text guards anything.
pub(super) const CLIENT_ID: &str = "local.5f2a9c81e0b374.12345678";
pub(super) const CLIENT_SECRET: &str = "demoSecretOfTheDemoPortalThatGuardsNothingAtAll0001";
/// Who the portal is, whatever it is called.
pub(super) const MEMBER_ID: &str = "0d3e0a1f5c7b49d2a6e8b1c4f7092d35";

const ACCESS_LIFE: f64 = 3600.0;
const REFRESH_LIFE: f64 = 180.0 * 86_400.0;
const CODE_LIFE: f64 = 30.0;
const TOKEN_LENGTH: usize = 70;

/// What is to be said of an access token.
pub(super) enum Verdict {
    Good,
    Expired,
    Unknown,
}

/// When a refresh token that has been used is of no use any more. What the real server does today is not
/// known: one of 2017 took old tokens until they expired, and nobody promises that (protocol.md, 6.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rotation {
    /// With its use. A client that dies before it has kept the new pair has lost the chain.
    #[default]
    AtOnce,
    /// When the new pair is first used, either half of it: only then has it surely arrived. Until then
    /// the old token gives another pair.
    WhenReplaced,
}

/// Everything that was handed out, with the Unix time at which it expires.
#[derive(Default)]
pub(super) struct Tokens {
    access: HashMap<String, f64>,
    refresh: HashMap<String, f64>,
    codes: HashMap<String, f64>,
    /// Of each half of a pair that has not been used yet: the refresh token that it replaces.
    replaces: HashMap<String, String>,
    serial: u64,
    /// How many refreshes have been carried out.
    pub(super) refreshes: u64,
}

impl Tokens {
    /// A good token counts as used.
    pub(super) fn judge(&mut self, token: &str, now: f64) -> Verdict {
        match self.access.get(token) {
            Some(expires) if *expires > now => {
                self.arrived(token);
                Verdict::Good
            }
            Some(_) => Verdict::Expired,
            None => Verdict::Unknown,
        }
    }

    /// One half of a pair is used, so the pair has arrived and what it replaces is void.
    fn arrived(&mut self, token: &str) {
        if let Some(old) = self.replaces.remove(token) {
            self.refresh.remove(&old);
        }
    }

    /// Uses up a refresh token: when it expires or expired, or `None` for one that is not good any more.
    fn spend_refresh(&mut self, token: &str, rotation: Rotation) -> Option<f64> {
        self.arrived(token);
        match rotation {
            Rotation::AtOnce => self.refresh.remove(token),
            Rotation::WhenReplaced => self.refresh.get(token).copied(),
        }
    }

    pub(super) fn expires(&self, token: &str) -> Option<f64> {
        self.access.get(token).copied()
    }

    /// A token that expires in `life` seconds, which may be in the past.
    pub(super) fn mint_access(&mut self, now: f64, life: f64) -> String {
        let token = self.text(now + life);
        self.access.insert(token.clone(), now + life);
        token
    }

    /// A token of the usual life.
    pub(super) fn mint_fresh_access(&mut self, now: f64) -> String {
        self.mint_access(now, ACCESS_LIFE)
    }

    pub(super) fn mint_refresh(&mut self, now: f64) -> String {
        let token = self.text(now + REFRESH_LIFE);
        self.refresh.insert(token.clone(), now + REFRESH_LIFE);
        token
    }

    pub(super) fn mint_code(&mut self, now: f64) -> String {
        let code = self.text(now + CODE_LIFE);
        self.codes.insert(code.clone(), now + CODE_LIFE);
        code
    }

    /// 70 hex digits, the first eight of them the expiry with its low byte first, as real ones seem to have.
    fn text(&mut self, expires: f64) -> String {
        self.serial += 1;
        let mut text: String = (expires as u32).to_le_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let mut seed = self.serial ^ expires.to_bits();
        while text.len() < TOKEN_LENGTH {
            text.push_str(&format!("{:016x}", scramble(&mut seed)));
        }
        text.truncate(TOKEN_LENGTH);
        text
    }
}

/// SplitMix64: enough to make tokens look like tokens.
pub(super) fn scramble(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Refresh tokens and codes that stand for what a real one meets only in bad times, with the answers they get.
pub(super) const TROUBLES: &[(&str, u16, &str, Option<&str>)] = &[
    ("notinstalled", 401, "NOT_INSTALLED", Some("Application not installed")),
    ("payment", 401, "PAYMENT_REQUIRED", Some("Payment required")),
    ("invalidscope", 403, "invalid_scope", None),
    ("insufficientscope", 403, "insufficient_scope", None),
    ("unauthorizedclient", 400, "unauthorized_client", None),
];

/// Answers `/oauth/token/`: status and body. `by_proxy` is the portal's own address instead of the server's.
pub(super) fn token(portal: &Portal, params: &Params, by_proxy: bool) -> (u16, Value) {
    let text = |name: &str| params.get(name).and_then(php::text).filter(|text| !text.is_empty());
    let missing = |name: &str| {
        let description = format!("No \"{name}\" parameter found");
        (400, json!({ "error": "invalid_request", "error_description": description }))
    };
    let Some(grant) = text("grant_type") else { return missing("grant_type") };
    let Some(client) = text("client_id") else { return missing("client_id") };
    let Some(secret) = text("client_secret") else { return missing("client_secret") };
    let is_refresh = match grant.as_ref() {
        "refresh_token" => true,
        "authorization_code" => false,
        _ => return (400, json!({ "error": "unsupported_grant_type" })),
    };
    let name = if is_refresh { "refresh_token" } else { "code" };
    let Some(given) = text(name) else { return missing(name) };
    if client != CLIENT_ID {
        return (200, json!({ "error": "wrong_client" }));
    }
    if secret != CLIENT_SECRET {
        return (400, json!({ "error": "invalid_client" }));
    }
    if let Some((_, status, code, description)) = TROUBLES.iter().find(|(token, ..)| *token == given) {
        let mut body = json!({ "error": code });
        if let Some(description) = description {
            body["error_description"] = json!(description);
        }
        return (*status, body);
    }
    let now = portal.now();
    let mut tokens = portal.tokens();
    // Whatever happens next, it has been used.
    let spent = if is_refresh {
        tokens.spend_refresh(given.as_ref(), portal.options.rotation)
    } else {
        tokens.codes.remove(given.as_ref())
    };
    match spent {
        None => (400, json!({ "error": "invalid_grant" })),
        Some(expires) if expires <= now => {
            let what = if is_refresh { "refresh" } else { "authorization" };
            let description = format!("The {what} token provided has expired.");
            (401, json!({ "error": "expired_token", "error_description": description }))
        }
        Some(_) => {
            let access = tokens.mint_fresh_access(now);
            let refresh = tokens.mint_refresh(now);
            if is_refresh {
                tokens.refreshes += 1;
                tokens.replaces.insert(access.clone(), given.to_string());
                tokens.replaces.insert(refresh.clone(), given.to_string());
            }
            let mut body = json!({
                "access_token": access,
                "refresh_token": refresh,
                "expires": (now + ACCESS_LIFE) as i64,
                "expires_in": ACCESS_LIFE as i64,
                "domain": if by_proxy { portal.domain() } else { format!("{}/auth-server", portal.domain()) },
                "server_endpoint": portal.server_endpoint(),
                "client_endpoint": portal.rest_root(),
                "member_id": MEMBER_ID,
                "user_id": seed::ADMIN,
                "scope": SCOPES.join(","),
                "status": "L",
            });
            // The first exchange may leave these out, so here it does.
            if let (false, Some(body)) = (is_refresh, body.as_object_mut()) {
                body.shift_remove("expires");
                body.shift_remove("user_id");
            }
            (200, body)
        }
    }
}

/// Answers `{server_endpoint}app.info`: which portal and app a token really belongs to (protocol.md, section 7).
pub(super) fn app_info(portal: &Portal, params: &Params) -> (u16, Value) {
    let token = params.get("auth").and_then(php::text).unwrap_or_default();
    let mut tokens = portal.tokens();
    let now = portal.now();
    match (tokens.judge(&token, now), tokens.expires(&token)) {
        (Verdict::Good, Some(expires)) => {
            let install = json!({
                "installed": true, "version": "1", "status": "L", "scope": SCOPES.join(","),
                "domain": portal.domain(), "client_endpoint": portal.rest_root(), "member_id": MEMBER_ID,
            });
            let info = json!({
                "client_id": CLIENT_ID, "scope": SCOPES.join(","), "expires": expires as i64, "install": install,
            });
            (200, json!({ "result": info }))
        }
        (Verdict::Expired, _) => {
            let description = "The access token provided has expired.";
            (401, json!({ "error": "expired_token", "error_description": description }))
        }
        _ => {
            let description = "The access token provided is invalid.";
            (401, json!({ "error": "invalid_token", "error_description": description }))
        }
    }
}
