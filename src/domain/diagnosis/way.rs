//! What was seen on the way to a portal: the facts that the rungs from `dns` to `tls` are judged by.

use std::time::Duration;

use jiff::Timestamp;

/// How a connection came about, as far as it did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// How many addresses the name led to; `None` where no name was looked up here.
    pub addresses: Option<usize>,
    pub dns: Option<Duration>,
    /// Up to the point at which bytes could be sent: a proxy's part is in it.
    pub tcp: Option<Duration>,
    /// The connection stood, but for TLS.
    pub reached: bool,
    pub tls: Option<Duration>,
    /// TLS was completed, where there was to be TLS.
    pub secured: bool,
    /// What the other side showed, whether it was accepted or not.
    pub certificate: Option<Certificate>,
    /// What TLS did not like.
    pub trouble: Option<Trouble>,
    /// Nothing was tried: the trust store, the profile's certificates or its proxy cannot be used.
    pub is_unready: bool,
}

/// What a certificate says of itself. Texts are a stranger's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The hosts it is for.
    pub names: Vec<String>,
    /// Who signed it.
    pub issuer: String,
    pub is_self_signed: bool,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// What went wrong in a TLS handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Expired,
    NotYetValid,
    WrongName,
    /// It vouches for itself.
    SelfSigned,
    /// Nobody this system trusts vouches for it.
    UnknownIssuer,
    Revoked,
    /// Another fault of the certificate.
    BadCertificate,
    /// The other side speaks plain http there.
    NotTls,
    /// It offers only old versions.
    TooOld,
    /// It refused, by an alert.
    Refused,
    /// It closed the connection instead.
    Closed,
    Other,
}

impl Trouble {
    /// The code of the finding, and the key of its words in `assets/doctor.toml`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Expired => "tls_expired",
            Self::NotYetValid => "tls_not_yet_valid",
            Self::WrongName => "tls_wrong_host",
            Self::SelfSigned => "tls_self_signed",
            Self::UnknownIssuer => "tls_unknown_issuer",
            Self::Revoked => "tls_revoked",
            Self::BadCertificate => "tls_bad_certificate",
            Self::NotTls => "tls_plain_http",
            Self::TooOld => "tls_too_old",
            Self::Refused => "tls_refused",
            Self::Closed => "tls_closed",
            Self::Other => "tls",
        }
    }

    pub const ALL: [Self; 12] = [
        Self::Expired,
        Self::NotYetValid,
        Self::WrongName,
        Self::SelfSigned,
        Self::UnknownIssuer,
        Self::Revoked,
        Self::BadCertificate,
        Self::NotTls,
        Self::TooOld,
        Self::Refused,
        Self::Closed,
        Self::Other,
    ];
}

/// What a request to a portal passes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The proxy's address, without its user and password.
    pub proxy: Option<String>,
    /// The proxy looks the portal's name up; this machine never does.
    pub proxy_resolves: bool,
    /// In words whose certificates are trusted: `this system's authorities`.
    pub trust: String,
}
