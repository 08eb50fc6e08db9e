//! From the transport's error to a [`Failure`]. The error's own text is never used as a whole, because
//! it names the address; the chain of its causes is walked for the deepest one that helps a person.

use std::error::Error;
use std::io;
use std::time::Duration;

use rustls::CertificateError;
use rustls::pki_types::InvalidDnsNameError;

use super::connector::LookupFailed;
use crate::domain::diagnosis::Trouble;
use crate::domain::failure::Failure;
use crate::domain::phases::Phase;

/// What was being tried when it failed.
pub struct Attempt<'a> {
    /// Host and port as a person would type them.
    pub address: String,
    /// The host alone.
    pub host: String,
    pub secure: bool,
    pub during: Phase,
    pub elapsed: Duration,
    pub connect_timeout: Duration,
    pub error: &'a (dyn Error + 'static),
    /// Takes the secret out of words that are not ours. They hold none as far as we know; this is for
    /// what we do not know. Our own sentences are left alone: a short secret may be one of their words.
    pub mask: Mask<'a>,
}

/// Takes the secret out of a text.
pub type Mask<'a> = &'a (dyn Fn(String) -> String + Sync);

/// Names the failure.
pub fn name(attempt: Attempt<'_>) -> Failure {
    let Attempt { address, host, secure, during, elapsed, connect_timeout, error, mask } = attempt;
    if find::<InvalidDnsNameError>(error).is_some() {
        return Failure::Dns { host, detail: "this is not how a host's name is written".to_owned() };
    }
    if let Some(failed) = find::<LookupFailed>(error) {
        return Failure::Dns { host: failed.name.clone(), detail: mask(resolver_words(&failed.cause)) };
    }
    let opening = matches!(during, Phase::Dns | Phase::Connect);
    if is_timeout(error) {
        let after = if opening { connect_timeout.min(elapsed) } else { elapsed };
        return Failure::TimedOut { after, during };
    }
    if opening {
        return match trouble(error, secure) {
            Some(trouble) => Failure::Tls { address, detail: tls_words(trouble, error, mask) },
            None => Failure::Connect { address, detail: connect_words(error, mask) },
        };
    }
    if is_closed(error) {
        return Failure::Closed { detail: closed_words(error) };
    }
    if find::<hyper::Error>(error).is_some_and(hyper::Error::is_parse) {
        return Failure::Other { detail: format!("what came back is not HTTP ({})", deepest(error, mask)) };
    }
    Failure::Other { detail: deepest(error, mask) }
}

/// Why a body stopped coming.
pub fn cut_words(error: &(dyn Error + 'static), mask: Mask<'_>) -> String {
    match io_kind(error) {
        Some(kind) if is_closing(kind) => "the connection closed in the middle of the reply".to_owned(),
        _ if find::<hyper::Error>(error).is_some_and(hyper::Error::is_incomplete_message) => {
            "the connection closed in the middle of the reply".to_owned()
        }
        _ => deepest(error, mask),
    }
}

/// The deepest cause in plain words.
pub fn deepest(error: &(dyn Error + 'static), mask: Mask<'_>) -> String {
    if let Some(words) = io_kind(error).and_then(io_words) {
        return words.to_owned();
    }
    causes(error).last().map_or_else(|| "no reason was given".to_owned(), |cause| mask(cause.to_string()))
}

/// An error's causes, below the transport's own wrapper, which would print the address.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(below(error), |cause| below(*cause))
}

fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    // An io error is transparent: its source is the source of what it wraps, not what it wraps.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref::<E>())
}

/// The kind of the deepest io error that has a telling one.
fn io_kind(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind).last()
}

fn is_timeout(error: &(dyn Error + 'static)) -> bool {
    io_kind(error) == Some(io::ErrorKind::TimedOut)
        || std::iter::successors(Some(error), |cause| below(*cause))
            .any(|cause| cause.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout))
}

fn is_closing(kind: io::ErrorKind) -> bool {
    use io::ErrorKind as Kind;
    matches!(kind, Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof)
}

fn is_closed(error: &(dyn Error + 'static)) -> bool {
    io_kind(error).is_some_and(is_closing)
        || find::<hyper::Error>(error)
            .is_some_and(|error| error.is_incomplete_message() || error.is_closed() || error.is_canceled())
}

fn closed_words(error: &(dyn Error + 'static)) -> String {
    match io_kind(error) {
        Some(io::ErrorKind::ConnectionReset) => "the other side reset it".to_owned(),
        _ => "the other side closed it without a word".to_owned(),
    }
}

fn io_words(kind: io::ErrorKind) -> Option<&'static str> {
    use io::ErrorKind as Kind;
    Some(match kind {
        Kind::ConnectionRefused => "connection refused: nothing listens there, or a firewall turns us away",
        Kind::ConnectionReset => "the other side reset the connection",
        Kind::ConnectionAborted => "the connection was aborted",
        Kind::HostUnreachable => "there is no way to that host from here",
        Kind::NetworkUnreachable => "there is no way to that network from here; is this machine online?",
        Kind::AddrNotAvailable => "this machine has no address to connect from",
        Kind::TimedOut => "it did not answer in time",
        Kind::PermissionDenied => "this machine's own rules do not allow it",
        _ => return None,
    })
}

/// Why there is no connection. What the proxy had to do with it is known by the transport's words alone.
fn connect_words(error: &(dyn Error + 'static), mask: Mask<'_>) -> String {
    let told: Vec<String> = causes(error).map(ToString::to_string).collect();
    let after = |heading: &str| told.iter().find_map(|told| told.strip_prefix(heading));
    match (after("tunnel error: "), after("SOCKS error: ")) {
        (None, None) => deepest(error, mask),
        (Some("proxy authorization required"), _) => "the proxy wants a user name and a password".to_owned(),
        (Some("unsuccessful"), _) => "the proxy refused to connect us".to_owned(),
        (Some("failed to create underlying connection"), _) => {
            format!("the proxy is not reached: {}", deepest(error, mask))
        }
        // The library keeps the cause of these to itself.
        (_, Some("failed to create underlying connection")) => "the proxy is not reached".to_owned(),
        (_, Some("credentials not accepted")) => "the proxy does not accept its user name and password".to_owned(),
        (_, Some("server does not support user/pass authentication")) => {
            "the proxy takes no user name and password".to_owned()
        }
        (Some(other), _) | (_, Some(other)) => format!("the proxy failed us: {}", mask(other.to_owned())),
    }
}

/// The system's resolver says it in its own words, after a heading that we have already given.
fn resolver_words(cause: &io::Error) -> String {
    let words = cause.to_string();
    words.strip_prefix("failed to lookup address information: ").unwrap_or(&words).to_owned()
}

/// What TLS did not like; `None` where the failure was not one of TLS.
pub fn trouble(error: &(dyn Error + 'static), secure: bool) -> Option<Trouble> {
    if let Some(error) = find::<rustls::Error>(error) {
        return Some(match error {
            rustls::Error::InvalidCertificate(certificate) => certificate_trouble(certificate),
            rustls::Error::InvalidMessage(_) => Trouble::NotTls,
            rustls::Error::AlertReceived(_) => Trouble::Refused,
            rustls::Error::PeerIncompatible(_) => Trouble::TooOld,
            _ => Trouble::Other,
        });
    }
    (secure && io_kind(error).is_some_and(is_closing)).then_some(Trouble::Closed)
}

fn certificate_trouble(error: &CertificateError) -> Trouble {
    use CertificateError as Cert;
    match error {
        Cert::Expired | Cert::ExpiredContext { .. } => Trouble::Expired,
        Cert::NotValidYet | Cert::NotValidYetContext { .. } => Trouble::NotYetValid,
        Cert::UnknownIssuer => Trouble::UnknownIssuer,
        Cert::NotValidForName | Cert::NotValidForNameContext { .. } => Trouble::WrongName,
        Cert::Revoked => Trouble::Revoked,
        // A certificate that is its own authority ends up here.
        Cert::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => Trouble::SelfSigned,
        _ => Trouble::BadCertificate,
    }
}

/// The same in words for a person.
fn tls_words(trouble: Trouble, error: &(dyn Error + 'static), mask: Mask<'_>) -> String {
    let told = find::<rustls::Error>(error);
    match trouble {
        Trouble::Expired => "its certificate has expired",
        Trouble::NotYetValid => "its certificate is not valid yet; is this machine's clock right?",
        Trouble::UnknownIssuer => {
            "its certificate is signed by itself or by an authority that this system does not trust"
        }
        Trouble::WrongName => "its certificate is for another name",
        Trouble::Revoked => "its certificate has been revoked",
        Trouble::SelfSigned => "its certificate is signed by itself",
        Trouble::NotTls => "the other side does not speak TLS on this port; is it plain http?",
        Trouble::TooOld => "the other side offers only TLS versions that are too old",
        Trouble::Closed => "the connection closed during the TLS handshake",
        Trouble::BadCertificate => {
            return match told {
                Some(rustls::Error::InvalidCertificate(CertificateError::BadSignature)) => {
                    "its certificate's signature is wrong".to_owned()
                }
                Some(rustls::Error::InvalidCertificate(CertificateError::BadEncoding)) => {
                    "its certificate cannot be read".to_owned()
                }
                Some(rustls::Error::InvalidCertificate(other)) => {
                    format!("its certificate was not accepted: {}", mask(other.to_string()))
                }
                _ => "its certificate was not accepted".to_owned(),
            };
        }
        Trouble::Refused => {
            return match told {
                Some(rustls::Error::AlertReceived(alert)) => {
                    format!("the other side refused the handshake ({alert:?})")
                }
                _ => "the other side refused the handshake".to_owned(),
            };
        }
        Trouble::Other => return told.map_or_else(|| deepest(error, mask), |told| mask(told.to_string())),
    }
    .to_owned()
}
