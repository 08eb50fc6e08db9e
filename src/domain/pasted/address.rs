//! From a typed or pasted text to a URL: quotes and brackets around it go, a missing scheme becomes
//! https, and http on a cloud portal becomes https with a note (protocol.md, section 10).

use url::Url;

use super::cloud;
use crate::domain::address::InvalidAddress;
use crate::domain::language::Phrase;
use crate::domain::visible;

/// A URL with what was changed on the way to it.
pub struct Address {
    pub url: Url,
    /// Only a path was given, as the portal's own links have it; the URL's host stands for nothing.
    pub is_path_only: bool,
    pub notes: Vec<Phrase>,
}

impl Address {
    /// The host with its port where it is not the usual one.
    pub fn host(&self) -> Option<String> {
        let host = self.url.host_str().filter(|_| !self.is_path_only)?;
        Some(match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        })
    }

    /// The parts of the path that are not empty.
    pub fn segments(&self) -> Vec<&str> {
        self.url.path().split('/').filter(|segment| !segment.is_empty()).collect()
    }

    /// The first value of this name in the query; names are compared without regard to case, as the
    /// portal does.
    pub fn query(&self, name: &str) -> Option<String> {
        let mut pairs = self.url.query_pairs();
        pairs.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
    }
}

/// The text without the spaces, quotes, brackets and unseen characters that come along with a copy.
pub fn unwrapped(text: &str) -> &str {
    const AROUND: &str = "\"'`<>“”„‘’«»";
    text.trim_matches(|c: char| c.is_whitespace() || visible::is_hidden(c) || AROUND.contains(c))
}

/// A text as an address; `None` when it is no address at all.
pub fn read(text: &str) -> Option<Result<Address, Phrase>> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    // JSON writes `/` as `\/`.
    let text = text.replace("\\/", "/");
    let (full, is_path_only) = match scheme(&text) {
        // A URL reader would take the first part of the path for the host.
        Some(scheme @ ("http" | "https")) if text[scheme.len() + 3..].starts_with('/') => {
            (format!("{NO_HOST}{}", &text[scheme.len() + 3..]), true)
        }
        Some("http" | "https") => (text, false),
        Some(_) if !names_rest(&text) => return None,
        Some(other) => return Some(Err(InvalidAddress::Scheme(other.to_owned()).words())),
        None if text.strip_prefix("//").is_some_and(begins_with_host) => (format!("https:{text}"), false),
        None if text.starts_with('/') => (format!("{NO_HOST}{text}"), true),
        None if text.starts_with("rest/") => (format!("{NO_HOST}/{text}"), true),
        None if text.contains('/') && begins_with_host(&text) => (format!("https://{text}"), false),
        None if names_rest(&text) && !text.contains("://") => (format!("{NO_HOST}/{text}"), true),
        None => return None,
    };
    match Url::parse(&full) {
        Ok(url) => Some(Ok(secured(url, is_path_only))),
        Err(_) if names_rest(&full) => Some(Err(InvalidAddress::NotAnAddress.words())),
        Err(_) => None,
    }
}

fn secured(mut url: Url, is_path_only: bool) -> Address {
    let mut notes = Vec::new();
    let is_cloud = url.host_str().is_some_and(cloud::is_portal);
    if url.scheme() == "http" && is_cloud && url.set_scheme("https").is_ok() {
        notes.push(Phrase::new(
            "http was changed to https: a cloud portal takes nothing else",
            "http заменён на https: другого облачный портал не принимает",
        ));
    }
    Address { url, is_path_only, notes }
}

/// Stands for the host where only a path is given: no portal can have this name.
const NO_HOST: &str = "https://portal.invalid";

/// Whether a path of the REST interface is in the text, so that a secret may be too.
pub fn names_rest(text: &str) -> bool {
    text.to_ascii_lowercase().contains("/rest/")
}

/// What stands before `://`, in lower case only: `HTTPS` is read as `https`.
fn scheme(text: &str) -> Option<&str> {
    let scheme = &text[..text.find("://")?];
    for known in ["https", "http"] {
        if scheme.eq_ignore_ascii_case(known) {
            return Some(known);
        }
    }
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

/// Whether a text begins as an address without a scheme does: `acme.bitrix24.com/…`, `localhost:8024/…`.
pub fn begins_with_host(text: &str) -> bool {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return host.contains("]");
    }
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_name = name.contains('.') && !name.starts_with('.') && !name.contains("..");
    port.bytes().all(|byte| byte.is_ascii_digit())
        && (is_name || name.eq_ignore_ascii_case("localhost"))
        && name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

/// Every address that stands in a text, from its scheme to the sign that ends it; without a scheme only
/// where it holds a REST path, because that could be a secret.
pub fn all_inside(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || "\"'`<>“”„‘’«»,;|".contains(c);
    text.split(ends).filter_map(|piece| {
        let from = match piece.find("://") {
            Some(at) => {
                let before = &piece[..at];
                at - before.bytes().rev().take_while(u8::is_ascii_alphabetic).count()
            }
            None => {
                let rest = piece.to_ascii_lowercase().find("/rest/")?;
                piece[..rest].rfind(['=', '(', '[', '{']).map_or(0, |at| at + 1)
            }
        };
        let address = piece[from..].trim_end_matches(['.', ':', '!', '?', ')', ']', '}']);
        (!address.is_empty()).then_some(address)
    })
}
