//! The code of `code` is run by its own language, against the demo portal or a stub of its SDK, for pairs
//! that hold everything that has ever ended a literal. What a machine lacks is said and passed over; with
//! B24CHAT_SNIPPETS=all nothing may be lacking.

mod curl;
mod http_file;
mod pairs;
mod played;
mod sdks;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use b24chat::demo::{self, Bucket, DemoPortal, Options};
use b24chat::domain::address::RestRoot;
use b24chat::domain::credential::{Credential, Secret};

use super::support::RUNTIME;

fn portal() -> DemoPortal {
    let options = Options { bucket: Bucket::UNLIMITED, operating_limit: 1e9, ..Options::default() };
    RUNTIME.block_on(demo::start(options)).unwrap()
}

fn root(address: &str) -> RestRoot {
    RestRoot::from_url(address.parse().unwrap()).unwrap()
}

fn webhook(secret: &str) -> Credential {
    Credential::Webhook { user: "1".into(), secret: Secret::new(secret) }
}

/// Whether there is such a program; says so where there is none.
fn has(program: &str, argument: &str) -> bool {
    let there = Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success());
    if !there {
        assert!(std::env::var("B24CHAT_SNIPPETS").as_deref() != Ok("all"), "{program} is needed and not there");
        eprintln!("skipped: no {program}");
    }
    there
}

/// What `.ci/run` installs from npm and PyPI.
fn installed(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("snippets").join(path);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var("B24CHAT_SNIPPETS").as_deref() != Ok("all"), "{} is needed and not there", path.display());
    eprintln!("skipped: no {}", path.display());
    None
}

fn out(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}
