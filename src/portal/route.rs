//! How a portal is reached: through which proxy, if any, and whose certificates are trusted on the way.
//! The same answer is given to the transport and to whoever wants it told.

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use crate::domain::address;
use crate::domain::diagnosis::Route;
use crate::domain::profile::{Connection, without_password};

/// The kinds of proxy there are. `socks5` looks the portal's name up here, `socks5h` lets the proxy do it.
const KINDS: [&str; 4] = ["http", "https", "socks5", "socks5h"];

/// Where the proxy of an address is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// Nowhere: it is asked directly.
    Direct,
    /// By the profile.
    Named(String),
    /// By the environment or the system, if they name one for this address at all.
    System,
}

/// Whose proxy an address is asked through.
///
/// This machine is never asked through a proxy: what is said to it must not leave it. Over plain http a
/// proxy would read the secret, so only one that the profile itself names is used, and `NO_PROXY` does
/// not overrule the profile either: it is the more particular word of the two.
pub fn via(url: &Url, connection: &Connection) -> Via {
    if address::is_loopback(url) {
        return Via::Direct;
    }
    match &connection.proxy {
        Some(proxy) => Via::Named(proxy.clone()),
        None if url.scheme() == "https" => Via::System,
        None => Via::Direct,
    }
}

/// The route of an address.
pub fn of(url: &Url, connection: &Connection) -> Route {
    let proxy = match via(url, connection) {
        Via::Direct => None,
        Via::Named(proxy) => Some(without_password(proxy.trim())),
        Via::System => of_system(url),
    };
    let proxy_resolves = proxy.as_deref().is_some_and(|proxy| !proxy.starts_with("socks5://"));
    Route { proxy, proxy_resolves, trust: trust(connection) }
}

fn of_system(url: &Url) -> Option<String> {
    // The transport asks by the same matcher.
    let address: hyper::Uri = url[..url::Position::BeforePath].parse().ok()?;
    let found = Matcher::from_system().intercept(&address)?;
    Some(found.uri().to_string().trim_end_matches('/').to_owned())
}

fn trust(connection: &Connection) -> String {
    if connection.insecure_tls {
        return "certificates are not checked (insecure_tls)".to_owned();
    }
    let system = match variable("SSL_CERT_FILE").or_else(|| variable("SSL_CERT_DIR")) {
        Some(place) => format!("the authorities in {place}"),
        None => "this system's authorities".to_owned(),
    };
    match &connection.ca_file {
        Some(file) => format!("{system} and those in {}", file.display()),
        None => system,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A profile's proxy, as the library takes it.
///
/// # Errors
/// A sentence for a person, without the proxy's password.
pub fn proxy(address: &str) -> Result<reqwest::Proxy, String> {
    let address = address.trim();
    let whole = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let wrong = || {
        format!(
            "{} is no proxy's address: write it as http://proxy.example:3128 or socks5h://proxy.example:1080",
            without_password(address)
        )
    };
    let url = Url::parse(&whole).map_err(|_| wrong())?;
    if !KINDS.contains(&url.scheme()) || url.host_str().is_none_or(str::is_empty) {
        return Err(wrong());
    }
    reqwest::Proxy::all(whole).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn through(proxy: &str) -> Connection {
        Connection { proxy: Some(proxy.to_owned()), ..Connection::default() }
    }

    #[test]
    fn a_profiles_proxy_is_told_without_its_password() {
        let route = of(&url("https://acme.example/rest/"), &through("http://ann:canary7f@proxy.example:3128"));
        assert_eq!(route.proxy.as_deref(), Some("http://****@proxy.example:3128"));
        assert!(route.proxy_resolves);
        assert!(!of(&url("https://acme.example/"), &through("socks5://proxy.example")).proxy_resolves);
        assert!(of(&url("https://acme.example/"), &through("socks5h://proxy.example")).proxy_resolves);
    }

    #[test]
    fn this_machine_is_reached_directly_whatever_the_profile_says() {
        for here in ["http://127.0.0.1:8024/rest/", "https://localhost/rest/", "https://[::1]/rest/"] {
            assert_eq!(of(&url(here), &through("http://proxy.example")).proxy, None, "{here}");
        }
        let plain = url("http://acme.example/rest/");
        assert_eq!(via(&plain, &Connection::default()), Via::Direct);
        assert_eq!(via(&plain, &through("http://p.example")), Via::Named("http://p.example".into()));
    }

    #[test]
    fn what_is_no_proxy_is_said_to_be_none_without_its_password() {
        for right in ["proxy.example:3128", "http://p.example", "https://p.example", "socks5://a:b@p.example:1080"] {
            assert!(proxy(right).is_ok(), "{right}");
        }
        for wrong in ["", "ftp://ann:canary7f@p.example", "socks9://p.example", "http://ann:canary7f@"] {
            let words = proxy(wrong).unwrap_err();
            assert!(!words.contains("canary"), "{words}");
        }
    }

    #[test]
    fn whose_certificates_are_trusted_is_told_in_words() {
        let mut connection = Connection { ca_file: Some("/etc/acme.pem".into()), ..Connection::default() };
        assert!(trust(&connection).ends_with(" and those in /etc/acme.pem"));
        connection.insecure_tls = true;
        assert!(trust(&connection).contains("not checked"));
    }
}
