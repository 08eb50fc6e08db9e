//! The call as code: `im.chat.get` for one pair in the idiom of each SDK. The templates are in
//! `assets/snippets`; here is what goes into them. The pair is quoted by the rules of its language, whatever
//! is in it, and in the place of the secret stands a variable of the environment unless it is asked for.

mod caller;
mod copies;
pub mod quote;
mod slots;

use std::fmt;
use std::str::FromStr;

pub use caller::Caller;
pub use copies::{Copy, copies};

use super::entity::EntityPair;
use quote::json;
use slots::fill;

/// What the call is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idiom {
    Curl,
    Js,
    Bx24,
    Php,
    Crest,
    Go,
    Python,
    Http,
    Powershell,
}

impl Idiom {
    pub const ALL: [Self; 9] = [
        Self::Curl,
        Self::Js,
        Self::Bx24,
        Self::Php,
        Self::Crest,
        Self::Go,
        Self::Python,
        Self::Http,
        Self::Powershell,
    ];

    /// As it is typed after `b24chat code`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Js => "js",
            Self::Bx24 => "bx24",
            Self::Php => "php",
            Self::Crest => "crest",
            Self::Go => "go",
            Self::Python => "python",
            Self::Http => "http",
            Self::Powershell => "powershell",
        }
    }

    /// What it needs, in a few words.
    pub fn what(self) -> &'static str {
        match self {
            Self::Curl => "a shell and curl",
            Self::Js => "JavaScript, @bitrix24/b24jssdk",
            Self::Bx24 => "JavaScript in a page of the portal, BX24.js",
            Self::Php => "PHP, bitrix24/b24phpsdk",
            Self::Crest => "PHP, CRest",
            Self::Go => "Go, bitrix24/b24gosdk",
            Self::Python => "Python, b24pysdk",
            Self::Http => "a .http file of an editor",
            Self::Powershell => "PowerShell",
        }
    }

    /// How a file of it ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Curl => "sh",
            Self::Js => "mjs",
            Self::Bx24 => "js",
            Self::Php | Self::Crest => "php",
            Self::Go => "go",
            Self::Python => "py",
            Self::Http => "http",
            Self::Powershell => "ps1",
        }
    }

    /// Whether its SDK takes only addresses with https.
    pub fn wants_https(self) -> bool {
        matches!(self, Self::Js | Self::Python)
    }

    /// A text as this language writes it, quotes included.
    pub fn quoted(self, text: &str) -> String {
        match self {
            Self::Curl => quote::sh(text),
            Self::Js | Self::Bx24 => quote::js(text),
            Self::Php | Self::Crest => quote::php(text),
            Self::Go => quote::go(text),
            Self::Python => quote::python(text),
            Self::Http => json::http(text),
            Self::Powershell => quote::powershell(text),
        }
    }
}

/// The text names no idiom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the languages are curl, js, bx24, php, crest, go, python, http and powershell")]
pub struct UnknownIdiom;

impl FromStr for Idiom {
    type Err = UnknownIdiom;

    fn from_str(text: &str) -> Result<Self, UnknownIdiom> {
        let known = Self::ALL.into_iter().find(|idiom| text.eq_ignore_ascii_case(idiom.code()));
        known.ok_or(UnknownIdiom)
    }
}

impl fmt::Display for Idiom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The call for a pair. Holds the secret only if the caller does.
pub fn code(idiom: Idiom, caller: &Caller, pair: &EntityPair) -> String {
    let template = template(idiom, caller);
    fill(template, |slot| match slot {
        "type" => Some(idiom.quoted(pair.entity_type())),
        "id" => Some(idiom.quoted(pair.entity_id())),
        "body" => Some(body(idiom, caller, pair)),
        slot => caller.slot(idiom, slot),
    })
}

fn template(idiom: Idiom, caller: &Caller) -> &'static str {
    match (idiom, caller.is_webhook()) {
        (Idiom::Curl, _) => include_str!("../../../assets/snippets/curl.sh"),
        (Idiom::Js, true) => include_str!("../../../assets/snippets/js.webhook.mjs"),
        (Idiom::Js, false) => include_str!("../../../assets/snippets/js.oauth.mjs"),
        (Idiom::Bx24, _) => include_str!("../../../assets/snippets/bx24.js"),
        (Idiom::Php, true) => include_str!("../../../assets/snippets/php.webhook.php"),
        (Idiom::Php, false) => include_str!("../../../assets/snippets/php.oauth.php"),
        (Idiom::Crest, _) => include_str!("../../../assets/snippets/crest.php"),
        (Idiom::Go, _) => include_str!("../../../assets/snippets/go.go"),
        (Idiom::Python, _) => include_str!("../../../assets/snippets/python.py"),
        (Idiom::Http, _) => include_str!("../../../assets/snippets/http.http"),
        (Idiom::Powershell, _) => include_str!("../../../assets/snippets/powershell.ps1"),
    }
}

/// The body of those who speak HTTP themselves, as an expression of their language. A token is a member of
/// it; where it stays outside, the two halves of the JSON stand around the variable.
fn body(idiom: Idiom, caller: &Caller, pair: &EntityPair) -> String {
    let write = match idiom {
        Idiom::Http => json::http,
        Idiom::Powershell => json::ascii,
        _ => json::readable,
    };
    let members = format!("{{\"ENTITY_TYPE\":{},\"ENTITY_ID\":{}", write(pair.entity_type()), write(pair.entity_id()));
    let literal = |text: &str| if idiom == Idiom::Http { text.to_owned() } else { idiom.quoted(text) };
    if caller.is_webhook() {
        return literal(&format!("{members}}}"));
    }
    if let Some(token) = caller.secret() {
        return literal(&format!("{members},\"auth\":{}}}", write(token)));
    }
    let (before, after) = (format!("{members},\"auth\":\""), "\"}");
    let token = caller::TOKEN;
    match idiom {
        Idiom::Http => format!("{before}{{{{{token}}}}}{after}"),
        Idiom::Powershell => format!("{} + $env:{token} + {}", literal(&before), literal(after)),
        _ => format!("{}\"${token}\"{}", literal(&before), literal(after)),
    }
}

#[cfg(test)]
mod tests;
