//! Whom a secure connection trusts: the operating system's authorities, those of `SSL_CERT_FILE`, and
//! the profile's own. The clock is told what the handshake sees, also when it fails, because the doctor
//! has to say what is wrong with a certificate that was not accepted.

use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{
    ClientSessionMemoryCache, ClientSessionStore, Resumption, Tls12ClientSessionValue, Tls13ClientSessionValue,
    verify_server_name,
};
use rustls::crypto::{self, CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, DigitallySignedStruct, Error, NamedGroup, SignatureScheme};
use rustls_platform_verifier::Verifier;

use super::certificate;
use super::clock::{self, Clock};
use crate::domain::profile::Connection;

/// Sessions that are remembered, so that the next handshake is shorter.
const SESSIONS: usize = 32;

/// How a secure connection is made. Reads the trust store, which is work for the disk.
///
/// # Errors
/// A sentence for a person: the trust store or the profile's own file cannot be used.
pub fn config(connection: &Connection) -> Result<ClientConfig, String> {
    let provider = Arc::new(ring::default_provider());
    let own = match &connection.ca_file {
        Some(file) => certificates_in(file)?,
        None => Vec::new(),
    };
    let inner = if connection.insecure_tls {
        None
    } else {
        let extra = own.iter().cloned().chain(of_environment());
        let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider));
        Some(verifier.map_err(|error| error.to_string())?)
    };
    let verifier = Watching { inner, own, provider: Arc::clone(&provider) };
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| error.to_string())?;
    let mut config = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.resumption = Resumption::store(Arc::new(Sessions(ClientSessionMemoryCache::new(SESSIONS))));
    Ok(config)
}

fn certificates_in(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let wrong = |why: String| format!("the profile's certificates in {} cannot be used: {why}", file.display());
    let text = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    match read {
        Ok(certificates) if certificates.is_empty() => Err(wrong("there is no PEM certificate in it".to_owned())),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(wrong(error.to_string())),
    }
}

/// On Linux and the BSDs the trust store itself follows `SSL_CERT_FILE`. Elsewhere the system has a
/// store of its own, and the file's certificates are trusted beside it.
fn of_environment() -> Vec<CertificateDer<'static>> {
    if cfg!(all(unix, not(target_vendor = "apple"), not(target_os = "android"))) {
        return Vec::new();
    }
    let file = std::env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty());
    file.and_then(|file| certificates_in(Path::new(&file)).ok()).unwrap_or_default()
}

/// Verifies as the system does, and tells the clock what it saw.
#[derive(Debug)]
struct Watching {
    /// `None` where the profile wants no check.
    inner: Option<Verifier>,
    /// The profile's own certificates.
    own: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl Watching {
    /// A self-hosted portal often shows a certificate that it made itself. Where the profile's file
    /// holds that very certificate, it is trusted under its name and in its time; path building alone
    /// would refuse it, because it is its own authority.
    fn is_pinned(&self, shown: &CertificateDer<'_>, name: &ServerName<'_>, now: UnixTime) -> bool {
        self.own.iter().any(|own| own.as_ref() == shown.as_ref())
            && certificate::holds_at(shown, now.as_secs())
            && ParsedCertificate::try_from(shown).is_ok_and(|parsed| verify_server_name(&parsed, name).is_ok())
    }
}

impl ServerCertVerifier for Watching {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        clock::tell(|clock| clock.certificate_shown(end_entity));
        let Some(inner) = &self.inner else { return Ok(ServerCertVerified::assertion()) };
        let verified = inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        if verified.is_err() && self.is_pinned(end_entity, server_name, now) {
            return Ok(ServerCertVerified::assertion());
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        crypto::verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        crypto::verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Remembers sessions. It is asked at the start of each handshake, which is the only sign from outside
/// that the connection below it stands: so it is here that TCP ends and TLS begins.
#[derive(Debug)]
struct Sessions(ClientSessionMemoryCache);

impl ClientSessionStore for Sessions {
    fn set_kx_hint(&self, server_name: ServerName<'static>, group: NamedGroup) {
        self.0.set_kx_hint(server_name, group);
    }

    fn kx_hint(&self, server_name: &ServerName<'_>) -> Option<NamedGroup> {
        clock::tell(Clock::handshake_began);
        self.0.kx_hint(server_name)
    }

    fn set_tls12_session(&self, server_name: ServerName<'static>, value: Tls12ClientSessionValue) {
        self.0.set_tls12_session(server_name, value);
    }

    fn tls12_session(&self, server_name: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.0.tls12_session(server_name)
    }

    fn remove_tls12_session(&self, server_name: &ServerName<'static>) {
        self.0.remove_tls12_session(server_name);
    }

    fn insert_tls13_ticket(&self, server_name: ServerName<'static>, value: Tls13ClientSessionValue) {
        self.0.insert_tls13_ticket(server_name, value);
    }

    fn take_tls13_ticket(&self, server_name: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.0.take_tls13_ticket(server_name)
    }
}
