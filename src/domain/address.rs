//! Where a portal's REST methods live. The base up to and including the REST root is data, because a
//! self-hosted site may live in a subfolder and may rename the root (protocol.md, 8.3).

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use super::language::Phrase;

/// Scheme, host, port and the path up to the REST root, ending in `/`: `https://acme.bitrix24.com/rest/`.
#[derive(Clone, PartialEq, Eq)]
pub struct RestRoot(Url);

/// Why an address cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddress {
    #[error("this is not an address of a portal: type it as https://acme.bitrix24.com")]
    NotAnAddress,
    #[error("{0} is not a scheme that a portal answers on: type the address with https://")]
    Scheme(String),
    #[error(
        "plain http would show the secret to everyone on the way to {0}, and the portal refuses it: use https://. \
         Nothing was sent"
    )]
    PlainHttp(String),
    #[error("the address holds a user name or password before the @: type it without them")]
    UserInfo,
}

impl InvalidAddress {
    /// The same in every language.
    pub fn words(&self) -> Phrase {
        let ru = match self {
            Self::NotAnAddress => "это не адрес портала: введите его как https://acme.bitrix24.com".to_owned(),
            Self::Scheme(scheme) => format!("по схеме {scheme} порталы не отвечают: введите адрес с https://"),
            Self::PlainHttp(host) => format!(
                "обычный http открыл бы секрет всем на пути к {host}, и портал такой запрос отклоняет: используйте \
                 https://. Ничего не отправлено"
            ),
            Self::UserInfo => "в адресе перед @ стоит имя или пароль: введите адрес без них".to_owned(),
        };
        Phrase::new(self.to_string(), ru)
    }
}

impl RestRoot {
    /// Takes an absolute http or https URL whose path is the REST root. The query and fragment are dropped,
    /// the host is lower case and the default port is left out, as the URL standard has it.
    ///
    /// # Errors
    /// When the scheme is another one, the host is missing, or the URL carries a user name.
    pub fn from_url(mut url: Url) -> Result<Self, InvalidAddress> {
        if !matches!(url.scheme(), "https" | "http") {
            // Only a scheme that is one is named: anything may stand before a colon, a secret too.
            let named = ["ftp", "ws", "wss", "file", "ssh"].iter().find(|known| **known == url.scheme());
            return Err(named.map_or(InvalidAddress::NotAnAddress, |name| InvalidAddress::Scheme((*name).to_owned())));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(InvalidAddress::NotAnAddress);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidAddress::UserInfo);
        }
        url.set_query(None);
        url.set_fragment(None);
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self(url))
    }

    /// The host, with its port where it is not the scheme's usual one: `acme.bitrix24.com`, `127.0.0.1:8024`.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The site that pages and links live on: the address without its last path segment, the REST root
    /// itself, and without a closing slash: `https://acme.bitrix24.com`.
    pub fn site(&self) -> String {
        let path = self.0.path().trim_end_matches('/');
        let folder = path.rfind('/').map_or("", |at| &path[..at]);
        format!("{}://{}{}", self.0.scheme(), self.host(), folder)
    }

    /// The address itself, which holds no secret.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Whether nothing that is sent there leaves this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The same REST root on another origin: `https://new.bitrix24.com` in the place of the old scheme,
    /// host and port. `None` when that is no origin a portal can have.
    pub fn moved_to(&self, origin: &str) -> Option<Self> {
        let mut url = Url::parse(origin).ok()?;
        url.set_path(self.0.path());
        Self::from_url(url).ok()
    }

    /// Refuses plain http, except to loopback or where the profile allows it by name.
    ///
    /// # Errors
    /// [`InvalidAddress::PlainHttp`], before anything is sent.
    pub fn check_scheme(&self, allow_http: bool) -> Result<(), InvalidAddress> {
        if self.0.scheme() == "https" || allow_http || self.is_loopback() {
            return Ok(());
        }
        Err(InvalidAddress::PlainHttp(self.host()))
    }
}

/// Whether nothing that is sent to this address leaves this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    }
}

impl fmt::Display for RestRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl fmt::Debug for RestRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RestRoot({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(text: &str) -> RestRoot {
        RestRoot::from_url(Url::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn host_and_site_are_what_a_person_would_type() {
        assert_eq!(root("https://ACME.bitrix24.com:443/rest").host(), "acme.bitrix24.com");
        assert_eq!(root("https://acme.bitrix24.com/rest/?x#y").site(), "https://acme.bitrix24.com");
        assert_eq!(root("https://intra.example/office/rest/").site(), "https://intra.example/office");
        assert_eq!(root("http://[::1]:8024/rest/").site(), "http://[::1]:8024");
    }

    #[test]
    fn plain_http_is_for_loopback_or_by_permission_only() {
        for loopback in
            ["http://127.0.0.1:1/rest/", "http://localhost/rest/", "http://[::1]/rest/", "http://127.9.9.9/rest/"]
        {
            assert_eq!(root(loopback).check_scheme(false), Ok(()), "{loopback}");
        }
        for outside in
            ["http://acme.bitrix24.com/rest/", "http://192.168.0.7/rest/", "http://localhost.evil.example/rest/"]
        {
            assert!(matches!(root(outside).check_scheme(false), Err(InvalidAddress::PlainHttp(_))), "{outside}");
            assert_eq!(root(outside).check_scheme(true), Ok(()), "{outside}");
        }
        assert_eq!(root("https://acme.bitrix24.com/rest/").check_scheme(false), Ok(()));
    }

    #[test]
    fn other_schemes_and_passwords_in_addresses_are_refused() {
        let refused = |text: &str| RestRoot::from_url(Url::parse(text).unwrap()).unwrap_err();
        assert_eq!(refused("ftp://acme.bitrix24.com/rest/"), InvalidAddress::Scheme("ftp".into()));
        assert_eq!(refused("https://ann:pw@acme.bitrix24.com/rest/"), InvalidAddress::UserInfo);
    }
}
