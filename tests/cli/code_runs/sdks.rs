//! The code for SDKs that registries have, with the real ones; they take https alone.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use b24chat::demo::DemoPortal;
use b24chat::domain::address::RestRoot;
use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::entity::EntityPair;
use b24chat::domain::snippet::{Caller, Idiom, code};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use super::pairs::{everything, pairs};
use super::{has, installed, out, portal, root, webhook};
use crate::cli::support::RUNTIME;

/// The demo portal behind TLS, and the file that makes its certificate trusted.
struct Secure {
    portal: DemoPortal,
    host: String,
    folder: TempDir,
}

impl Secure {
    fn start() -> Self {
        let (portal, folder) = (portal(), tempfile::tempdir().unwrap());
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        fs::write(folder.path().join("ca.pem"), certificate.pem()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = RUNTIME.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let (host, behind) = (listener.local_addr().unwrap().to_string(), portal.address());
        RUNTIME.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let (Ok(mut stream), Ok(mut portal)) =
                        (acceptor.accept(stream).await, TcpStream::connect(behind).await)
                    else {
                        return;
                    };
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut portal).await;
                });
            }
        });
        Self { portal, host, folder }
    }

    fn root(&self) -> RestRoot {
        root(&format!("https://{}/rest/", self.host))
    }

    /// Runs the code of an idiom for a pair in a folder of its own.
    fn run(&self, idiom: Idiom, program: &Path, caller: &Caller, pair: &EntityPair, code_of: &str) -> (String, String) {
        let file = self.folder.path().join(format!("chat.{}", idiom.extension()));
        fs::write(&file, code(idiom, caller, pair)).unwrap();
        let mut command = Command::new(program);
        command
            .arg(&file)
            .env("NODE_EXTRA_CA_CERTS", self.folder.path().join("ca.pem"))
            .env("REQUESTS_CA_BUNDLE", self.folder.path().join("ca.pem"))
            .env("B24_HOOK", format!("https://{}/rest/1/{code_of}/", self.host))
            .env("B24_HOOK_TOKEN", format!("1/{code_of}"))
            .env("B24_ACCESS_TOKEN", self.portal.access_token())
            .current_dir(self.folder.path());
        for proxy in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(proxy);
        }
        out(&command.output().unwrap())
    }

    fn proves(&self, idiom: Idiom, program: &Path) {
        let good = self.portal.webhook_code();
        let callers = [
            Caller::of(&self.root(), &webhook("x")),
            Caller::with_secret(&self.root(), &webhook(good)),
            Caller::of(&self.root(), &Credential::OAuth { access: Secret::new("x") }),
        ];
        let mut hostile = pairs(4);
        hostile.push(everything());
        for (pair, caller) in hostile.iter().zip(callers.iter().cycle()) {
            let id = self.portal.add_chat(pair.entity_type(), pair.entity_id());
            let (found, words) = self.run(idiom, program, caller, pair, good);
            assert_eq!(found, format!("{id}\n"), "{words}\n{}", code(idiom, caller, pair));
        }
        let absent = EntityPair::new("CRM", "DEAL|999999").unwrap();
        let (found, words) = self.run(idiom, program, &callers[0], &absent, good);
        assert!(found.is_empty() && words.contains("no chat"), "{found}{words}");
        let (found, words) = self.run(idiom, program, &callers[0], &absent, "wrong0000000code");
        assert!(found.is_empty() && words.contains("refused"), "{found}{words}");
    }
}

#[test]
fn the_js_code_runs_with_the_real_sdk() {
    let Some(modules) = installed("node_modules") else { return };
    if has("node", "--version") {
        let secure = Secure::start();
        std::os::unix::fs::symlink(modules, secure.folder.path().join("node_modules")).unwrap();
        secure.proves(Idiom::Js, Path::new("node"));
    }
}

#[test]
fn the_python_code_runs_with_the_real_sdk() {
    let Some(python) = installed("venv/bin/python") else { return };
    Secure::start().proves(Idiom::Python, &python);
}
