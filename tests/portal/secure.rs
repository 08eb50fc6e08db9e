//! Portals with certificates made on the spot, and the authorities that sign them.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tempfile::NamedTempFile;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

use super::support::serve;

/// An authority that nobody trusts until its file is named.
pub struct Authority(pub CertifiedIssuer<'static, KeyPair>);

pub type Signed = (CertificateDer<'static>, KeyPair);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "Lindenhof Root");
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A file that makes it trusted.
    pub fn file(&self) -> NamedTempFile {
        file_with(&self.0.pem())
    }

    pub fn sign(&self, names: &[&str], shape: impl FnOnce(&mut CertificateParams)) -> Signed {
        let key = KeyPair::generate().unwrap();
        let names = names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mut params = CertificateParams::new(names).unwrap();
        shape(&mut params);
        (params.signed_by(&key, &self.0).unwrap().der().clone(), key)
    }
}

/// A certificate that vouches for itself, as self-hosted portals make them, and a file that holds it.
pub fn self_signed(names: &[&str]) -> (Signed, NamedTempFile) {
    self_signed_as(names, |_| ())
}

pub fn self_signed_as(names: &[&str], shape: impl FnOnce(&mut CertificateParams)) -> (Signed, NamedTempFile) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    shape(&mut params);
    let certificate = params.self_signed(&key).unwrap();
    let file = file_with(&certificate.pem());
    ((certificate.der().clone(), key), file)
}

pub fn file_with(text: &str) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

/// A server with this certificate that speaks the protocols it is told; `handle` gets each connection
/// whose handshake came to its end.
pub async fn secure<F, H>((certificate, key): Signed, alpn: &[&[u8]], handle: H) -> SocketAddr
where
    H: Fn(TlsStream<TcpStream>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
        .unwrap();
    config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    serve(move |_, stream| {
        let (acceptor, handle) = (acceptor.clone(), handle.clone());
        async move {
            let Ok(stream) = acceptor.accept(stream).await else { return };
            handle(stream).await;
        }
    })
    .await
}
