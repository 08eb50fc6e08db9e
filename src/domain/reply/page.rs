//! What a reply that is no answer looks like: a login page, a gateway's error, maintenance. Judged by
//! the status, then by the text (protocol.md, 8.2); said as a likeness, never as a certainty.

use super::{Cut, Parts, Unreadable};

/// A likeness. The catalogue explains each by its [`LooksLike::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksLike {
    /// Nothing in it.
    Empty,
    /// A page that asks for a password.
    LoginPage,
    /// 404 with a page: no such portal, or a wrong path.
    NoSuchPage,
    /// 401 or 403 with a page: an address filter, a firewall, a closed site.
    Barred,
    /// 502 or 504: something in front of the portal could not reach it.
    Gateway,
    /// 503 with a page: maintenance or overload; the request limit would be JSON.
    Maintenance,
    /// Another 5xx with a page or a text: the server failed.
    ServerFault,
    /// A redirect that names no address to go to.
    Redirect,
    /// The `.xml` form of an answer.
    Xml,
    /// Some other web page: a captive portal, a proxy's notice, a wrong address.
    WebPage,
    /// Some other text or bytes.
    NotJson,
    /// JSON that stops before its end.
    Truncated,
    /// More than the program takes.
    TooLarge,
    /// JSON nested deeper than the program follows.
    TooDeep,
    /// Begins as JSON and is not.
    BrokenJson,
    /// JSON, but not the shape of an answer.
    WrongShape,
}

impl LooksLike {
    /// A short stable name: the catalogue's key.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::LoginPage => "login_page",
            Self::NoSuchPage => "no_such_page",
            Self::Barred => "barred",
            Self::Gateway => "gateway",
            Self::Maintenance => "maintenance",
            Self::ServerFault => "server_fault",
            Self::Redirect => "redirect",
            Self::Xml => "xml",
            Self::WebPage => "web_page",
            Self::NotJson => "not_json",
            Self::Truncated => "truncated",
            Self::TooLarge => "too_large",
            Self::TooDeep => "too_deep",
            Self::BrokenJson => "broken_json",
            Self::WrongShape => "wrong_shape",
        }
    }
}

impl From<LooksLike> for Unreadable {
    fn from(looks_like: LooksLike) -> Self {
        Self { looks_like, detail: None }
    }
}

/// A body without a visible character: the status may still say something.
pub(super) fn blank(parts: &Parts) -> Unreadable {
    if let Some(Cut::Closed { detail }) = &parts.cut {
        return Unreadable { looks_like: LooksLike::Truncated, detail: Some(detail.clone()) };
    }
    by_status(parts.status).unwrap_or(LooksLike::Empty).into()
}

/// A body that does not begin as JSON.
pub(super) fn recognise(parts: &Parts, text: &str) -> Unreadable {
    let is_markup = text.starts_with('<') || content_type(parts).contains("html");
    let looks_like = if is_markup && asks_for_a_password(text) {
        LooksLike::LoginPage
    } else if let Some(by_status) = by_status(parts.status) {
        by_status
    } else if text.starts_with("<response>") {
        LooksLike::Xml
    } else if is_markup {
        LooksLike::WebPage
    } else {
        LooksLike::NotJson
    };
    Unreadable { looks_like, detail: title(text).or_else(|| first_words(text).filter(|_| !is_markup)) }
}

fn by_status(status: u16) -> Option<LooksLike> {
    Some(match status {
        300..=399 => LooksLike::Redirect,
        401 | 403 => LooksLike::Barred,
        404 | 410 => LooksLike::NoSuchPage,
        502 | 504 => LooksLike::Gateway,
        503 => LooksLike::Maintenance,
        500..=599 => LooksLike::ServerFault,
        _ => return None,
    })
}

fn content_type(parts: &Parts) -> &str {
    parts.headers.iter().find(|(name, _)| name == "content-type").map_or("", |(_, value)| value)
}

fn asks_for_a_password(text: &str) -> bool {
    let text = head(text).to_ascii_lowercase();
    ["type=\"password\"", "type='password'", "type=password", "user_password", "user_login"]
        .iter()
        .any(|sign| text.contains(sign))
}

/// The page's own title: the shortest true thing that can be said of it.
fn title(text: &str) -> Option<String> {
    let text = head(text);
    let lower = text.to_ascii_lowercase();
    let from = lower.find("<title")?;
    let from = from + lower[from..].find('>')? + 1;
    let until = from + lower[from..].find("</title")?;
    first_words(&text[from..until])
}

/// Up to 200 characters on one line; cleaned of control characters where it is shown, not here.
fn first_words(text: &str) -> Option<String> {
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
    (!words.is_empty()).then_some(words)
}

/// The part of a page that is worth looking into: long enough for any login form's head.
fn head(text: &str) -> &str {
    let mut end = text.len().min(64 * 1024);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
