//! A lookup that ended without a reply: what stopped it, and where.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::language::Phrase;
use super::phases::Phase;

/// Why there is no reply. Texts from the transport (`detail`) are cleaned of the request's address
/// before they get here, because a webhook's address holds its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Failure {
    #[error("the name {host} could not be looked up: {detail}")]
    Dns { host: String, detail: String },
    #[error("no connection to {address}: {detail}")]
    Connect { address: String, detail: String },
    #[error("no secure connection to {address}: {detail}")]
    Tls { address: String, detail: String },
    #[error("timed out after {} while {}", seconds(*after), during.words())]
    TimedOut { after: Duration, during: Phase },
    /// Nothing was sent to the new host (protocol.md, 8.1).
    #[error("the portal has moved to {to}; nothing was sent there")]
    Moved {
        /// Scheme and host of the new address, nothing else of it.
        to: String,
    },
    #[error("the portal kept redirecting to itself: {hops} times")]
    RedirectLoop { hops: u8 },
    #[error("the connection closed before a reply: {detail}")]
    Closed { detail: String },
    #[error("cancelled after {}", seconds(*after))]
    Cancelled { after: Duration },
    /// The access token has ended and no new one was to be had, so the lookup was not asked or its answer
    /// was that the token has ended.
    #[error("the access token was not replaced: {detail}")]
    NotRefreshed {
        /// The authorization server's code, where it refused.
        code: Option<String>,
        /// What happened and what to do, in whole sentences.
        detail: String,
    },
    /// The transport failed in a way that has no name here.
    #[error("the request failed: {detail}")]
    Other { detail: String },
}

impl Failure {
    /// What happened, in every language. Another program's own words in it stay as they are.
    pub fn words(&self) -> Phrase {
        let ru = match self {
            Self::Dns { host, detail } => format!("имя {host} не найдено: {detail}"),
            Self::Connect { address, detail } => format!("нет соединения с {address}: {detail}"),
            Self::Tls { address, detail } => format!("нет защищённого соединения с {address}: {detail}"),
            Self::TimedOut { after, during } => {
                let doing = match during {
                    Phase::Dns => "поиск адреса",
                    Phase::Connect => "соединение",
                    Phase::Wait => "ожидание ответа",
                    Phase::Download => "приём ответа",
                };
                format!("время вышло через {}: {doing}", seconds(*after).replace(" s", " с"))
            }
            Self::Moved { to } => format!("портал переехал на {to}; туда ничего не отправлено"),
            Self::RedirectLoop { hops } => format!("портал раз за разом перенаправляет на самого себя ({hops})"),
            Self::Closed { detail } => format!("соединение закрылось до ответа: {detail}"),
            Self::Cancelled { after } => format!("отменено через {}", seconds(*after).replace(" s", " с")),
            Self::NotRefreshed { detail, .. } => format!("токен доступа не обновлён: {detail}"),
            Self::Other { detail } => format!("запрос не удался: {detail}"),
        };
        Phrase::new(self.to_string(), ru)
    }

    /// A short stable name for machines: the `error.code` of `get --json`, and the catalogue's key.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Dns { .. } => "dns",
            Self::Connect { .. } => "connect",
            Self::Tls { .. } => "tls",
            Self::TimedOut { .. } => "timed_out",
            Self::Moved { .. } => "moved",
            Self::RedirectLoop { .. } => "redirect_loop",
            Self::Closed { .. } => "closed",
            Self::Cancelled { .. } => "cancelled",
            Self::NotRefreshed { .. } => "not_refreshed",
            Self::Other { .. } => "other",
        }
    }
}

/// `30 s`, `1.5 s`, `0.2 s`: as a person reads a span of seconds.
pub(super) fn seconds(span: Duration) -> String {
    let text = format!("{:.1}", span.as_secs_f64());
    format!("{} s", text.strip_suffix(".0").unwrap_or(&text))
}
