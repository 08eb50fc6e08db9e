//! Who is asking, and whether the portal lets them: the carriers of a credential and the order of the
//! checks, which decides which error hides which (protocol.md, 1.1 and 3.2).

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::oauth::{CLIENT_ID, Verdict};
use super::php::{self, Params};
use super::refusal::{self, Refusal};
use super::scenario::{Check, Play, Scenario};
use super::{Portal, WEBHOOK_CODE, seed};

/// The scopes of the healthy webhook and of the demo's app.
pub(super) const SCOPES: &[&str] = &["im", "user_brief", "crm", "task"];

/// Those of a webhook that may ask everything here.
pub(super) const ALL_SCOPES: &[&str] = &["im", "user_brief", "crm", "task", "sonet_group", "calendar", "imopenlines"];

const WEBHOOK_ORDER: [Check; 9] = [
    Check::Https,
    Check::Identity,
    Check::Scope,
    Check::Hold,
    Check::Plan,
    // A webhook has no app and no expiry; a scenario may want them told all the same.
    Check::App,
    Check::Expiry,
    Check::User,
    Check::AppAccess,
];

/// Without https: nobody checks it here.
const APP_ORDER: [Check; 8] =
    [Check::Identity, Check::Hold, Check::Plan, Check::App, Check::Expiry, Check::Scope, Check::User, Check::AppAccess];

/// What a request brought to prove who it is from.
pub(super) enum Credential {
    None,
    Webhook {
        user: String,
        code: String,
    },
    Token(String),
    /// A browser session, or what looks like one: a `sessid` or its header slipped in.
    Session,
}

impl Credential {
    /// Takes it from the header, which wins, or from the parameters. `aplogin` and `ap` are where the values
    /// of a webhook's path have been put.
    pub(super) fn of(headers: &HeaderMap, params: &Params) -> Self {
        let text = |name: &str| {
            let value = params.get(name).filter(|value| !php::is_empty(Some(value)));
            value.and_then(php::text).map(|text| text.into_owned())
        };
        if params.contains_key("sessid") || headers.contains_key("x-bitrix-csrf-token") {
            return Self::Session;
        }
        if let Some(token) = bearer(headers) {
            return Self::Token(token);
        }
        if let (Some(user), Some(code)) = (text("aplogin"), text("ap")) {
            return Self::Webhook { user, code };
        }
        text("auth").or_else(|| text("access_token")).map_or(Self::None, Self::Token)
    }

    /// Tells requests of one credential from those of another.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Webhook { code, .. } => code,
            Self::Token(token) => token,
            Self::None | Self::Session => "",
        }
    }

    /// The scenario that plays under it.
    pub(super) fn play(&self) -> Play {
        let scenario = match self {
            Self::Webhook { user, code } if is_admin(user) => Scenario::of(code),
            Self::Token(token) => Scenario::of(token),
            _ => None,
        };
        scenario.map_or(Play::Healthy, |scenario| scenario.play)
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The path may hold a login name; `01` is not `1` (protocol.md, 10.1).
fn is_admin(user: &str) -> bool {
    user == seed::ADMIN.to_string() || user == seed::ADMIN_LOGIN
}

/// Who is asking, known but not yet let in.
pub(super) struct Caller {
    pub(super) user: u32,
    /// Names the credential wherever something is counted per credential.
    pub(super) key: String,
    pub(super) is_app: bool,
    pub(super) scopes: &'static [&'static str],
    pub(super) play: Play,
    faults: Vec<(Check, Refusal)>,
}

impl Caller {
    /// Finds out who it is. What is wrong with them is found too, and told by [`Caller::admit`] in its turn.
    pub(super) fn identify(portal: &Portal, credential: &Credential, play: Play) -> Self {
        let mut faults = match play {
            Play::Checks(faults) => faults.to_vec(),
            _ => Vec::new(),
        };
        let (key, is_app) = match credential {
            Credential::None => {
                faults.push((Check::Identity, refusal::NO_AUTH_FOUND));
                (String::new(), false)
            }
            Credential::Session => {
                faults.push((Check::Identity, refusal::SESSION_FAILED));
                (String::new(), false)
            }
            Credential::Webhook { user, code } => {
                let is_known = is_admin(user) && (code == WEBHOOK_CODE || Scenario::of(code).is_some());
                if !is_known {
                    faults.push((Check::Identity, refusal::INVALID_CREDENTIALS));
                }
                (code.clone(), false)
            }
            Credential::Token(token) => {
                if Scenario::of(token).is_none() {
                    match portal.tokens().judge(token, portal.now()) {
                        Verdict::Good => {}
                        Verdict::Expired => faults.push((Check::Expiry, refusal::EXPIRED_TOKEN)),
                        Verdict::Unknown => faults.push((Check::Identity, refusal::INVALID_TOKEN)),
                    }
                }
                (CLIENT_ID.to_owned(), true)
            }
        };
        let scopes = if let Play::Scopes(scopes) = play { scopes } else { SCOPES };
        let user = if let Play::User(user) = play { user } else { seed::ADMIN };
        Self { user, key, is_app, scopes, play, faults }
    }

    /// Lets the caller in to a method of a scope, or tells the first thing that is wrong with them.
    pub(super) fn admit(&self, scope: Option<&str>) -> Result<(), Refusal> {
        let order: &[Check] = if self.is_app { &APP_ORDER } else { &WEBHOOK_ORDER };
        for check in order {
            if *check == Check::Scope && !self.has_scope(scope) {
                return Err(if self.is_app { refusal::SCOPE_OF_APP } else { refusal::SCOPE_OF_WEBHOOK });
            }
            if let Some((_, refusal)) = self.faults.iter().find(|(at, _)| at == check) {
                return Err(*refusal);
            }
        }
        Ok(())
    }

    /// Whether a method of this scope is theirs; methods without a scope are everyone's.
    pub(super) fn has_scope(&self, scope: Option<&str>) -> bool {
        scope.is_none_or(|scope| self.scopes.contains(&scope))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(is_app: bool, faults: &[(Check, Refusal)]) -> Caller {
        Caller { user: 1, key: "k".into(), is_app, scopes: &["crm"], play: Play::Healthy, faults: faults.to_vec() }
    }

    const MANY: [(Check, Refusal); 4] = [
        (Check::User, refusal::DISMISSED),
        (Check::Plan, refusal::PLAN),
        (Check::Hold, refusal::HOLD),
        (Check::Expiry, refusal::EXPIRED_TOKEN),
    ];

    #[test]
    fn a_missing_scope_hides_what_is_wrong_with_a_webhook_but_not_with_an_app() {
        assert_eq!(caller(false, &MANY).admit(Some("im")), Err(refusal::SCOPE_OF_WEBHOOK));
        assert_eq!(caller(true, &MANY).admit(Some("im")), Err(refusal::HOLD));
        assert_eq!(caller(true, &MANY[3..]).admit(Some("im")), Err(refusal::EXPIRED_TOKEN));
        assert_eq!(caller(true, &MANY[..1]).admit(Some("im")), Err(refusal::SCOPE_OF_APP));
    }

    #[test]
    fn a_method_without_a_scope_needs_none() {
        assert_eq!(caller(false, &[]).admit(None), Ok(()));
        assert_eq!(caller(false, &MANY).admit(None), Err(refusal::HOLD));
        assert_eq!(caller(false, &MANY[..2]).admit(None), Err(refusal::PLAN));
        assert_eq!(caller(false, &MANY[..1]).admit(None), Err(refusal::DISMISSED));
    }
}
