//! What to do with a redirect. The HTTP library follows none: it would turn the POST into a GET and
//! lose the body, or carry the secret to another host (protocol.md, 8.1).

use url::Url;

use crate::domain::address::RestRoot;

/// More redirects than this in one lookup are a loop.
pub const FOLLOWED: u8 = 2;

/// Where a reply with a redirect leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Redirect {
    /// The same scheme, host and port: repeat the request at this address.
    Repeat(Url),
    /// Another host, or the same one less or more secured: scheme and host of it, nothing is sent there.
    Away { to: String },
}

/// Reads a redirect. `None` where the reply is to be taken as it is: another status, a `Location` that
/// is missing or no address, or one that must not be followed.
///
/// `token_in_body` is for OAuth. A webhook's body holds no secret, and the new path was named by the
/// very host that was just given the old one, so the request may be repeated at any path of it. A token
/// in the body is for the REST interface alone: another application may live beside it on the same host
/// and log what it is sent. So with a token only paths below the REST root are followed.
pub fn read(
    status: u16,
    location: Option<&[u8]>,
    asked: &Url,
    root: &RestRoot,
    token_in_body: bool,
) -> Option<Redirect> {
    // 303 asks for a GET, which is not this request any more.
    if !matches!(status, 301 | 302 | 307 | 308) {
        return None;
    }
    let location = std::str::from_utf8(location?).ok()?;
    let mut to = asked.join(location).ok()?;
    if !matches!(to.scheme(), "http" | "https") {
        return None;
    }
    if to.origin() != asked.origin() {
        return Some(Redirect::Away { to: to.origin().ascii_serialization() });
    }
    if token_in_body && !to.path().starts_with(root.url().path()) {
        return None;
    }
    // A name and password in it would be sent along as a header that nobody asked for.
    to.set_username("").and_then(|()| to.set_password(None)).ok()?;
    to.set_fragment(None);
    Some(Redirect::Repeat(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: &str = "https://acme.bitrix24.com/rest/27/code/im.chat.get";

    fn redirect(status: u16, location: &str, token_in_body: bool) -> Option<Redirect> {
        let asked = Url::parse(ASKED).unwrap();
        let root = RestRoot::from_url(Url::parse("https://acme.bitrix24.com/rest/").unwrap()).unwrap();
        read(status, Some(location.as_bytes()), &asked, &root, token_in_body)
    }

    fn repeat(address: &str) -> Option<Redirect> {
        Some(Redirect::Repeat(Url::parse(address).unwrap()))
    }

    fn away(to: &str) -> Option<Redirect> {
        Some(Redirect::Away { to: to.to_owned() })
    }

    #[test]
    fn the_same_host_is_asked_again_however_it_is_written() {
        let same = repeat("https://acme.bitrix24.com/rest/other");
        for location in [
            "/rest/other",
            "../../other",
            "//acme.bitrix24.com/rest/other",
            "https://ACME.bitrix24.com:443/rest/other",
            "https://ann:pw@acme.bitrix24.com/rest/other#there",
        ] {
            assert_eq!(redirect(308, location, false), same, "{location}");
        }
    }

    #[test]
    fn another_host_port_or_scheme_is_only_named() {
        assert_eq!(redirect(302, "https://new.bitrix24.com/rest/27/code/x?y", false), away("https://new.bitrix24.com"));
        assert_eq!(redirect(302, "https://acme.bitrix24.com:8443/", false), away("https://acme.bitrix24.com:8443"));
        assert_eq!(redirect(302, "http://acme.bitrix24.com/rest/", false), away("http://acme.bitrix24.com"));
        assert_eq!(redirect(302, "//ann:pw@evil.example", false), away("https://evil.example"));
        assert_eq!(
            redirect(302, "https://acme.bitrix24.com.evil.example/", false),
            away("https://acme.bitrix24.com.evil.example")
        );
        assert_eq!(redirect(302, "https://acme.bitrix24.com@evil.example/", false), away("https://evil.example"));
    }

    #[test]
    fn what_is_no_redirect_is_left_alone() {
        assert_eq!(redirect(303, "/rest/other", false), None);
        assert_eq!(redirect(200, "/rest/other", false), None);
        assert_eq!(redirect(302, "https://", false), None);
        assert_eq!(redirect(302, "javascript:alert(1)", false), None);
        let asked = Url::parse(ASKED).unwrap();
        let root = RestRoot::from_url(asked.clone()).unwrap();
        assert_eq!(read(302, None, &asked, &root, false), None);
        assert_eq!(read(302, Some(b"/\xff"), &asked, &root, false), None);
    }

    #[test]
    fn a_token_is_repeated_below_the_rest_root_only() {
        assert_eq!(
            redirect(307, "/rest/v2/im.chat.get", true),
            repeat("https://acme.bitrix24.com/rest/v2/im.chat.get")
        );
        assert_eq!(redirect(307, "/auth/", true), None);
        assert_eq!(redirect(307, "/rest/../auth/", true), None);
        assert_eq!(redirect(307, "/rest/%2e%2e/auth/", true), None);
        assert_eq!(redirect(307, "/auth/", false), repeat("https://acme.bitrix24.com/auth/"));
    }
}
