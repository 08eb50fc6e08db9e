//! `b24chat get` against curl: the same request to the same demo portal, each a process of its own. Ours
//! also reads the answer and writes it to the history on the disk.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{median, row};

const TIMES: usize = 100;

pub fn against_curl() {
    let Ok(version) = Command::new("curl").arg("--version").output() else {
        println!("{:34} not measured: there is no curl", "get against curl");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("threads");
    let options =
        b24chat::demo::Options { bucket: b24chat::demo::Bucket::UNLIMITED, ..b24chat::demo::Options::default() };
    let portal = runtime.block_on(b24chat::demo::start(options)).expect("the demo portal");
    let data = tempfile::tempdir().expect("a folder for data");

    let mut ours = Command::new(env!("CARGO_BIN_EXE_b24chat"));
    ours.args(["get", "CRM", "DEAL|1663"])
        .env("B24CHAT_WEBHOOK", portal.webhook())
        .env("B24CHAT_DATA_DIR", data.path());
    let mut curl = Command::new("curl");
    curl.args(["-sS", "--compressed", "-H", "Content-Type: application/json", "-H", "Accept: application/json"])
        .args(["-d", r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1663"}"#])
        .arg(format!("{}im.chat.get", portal.webhook()));

    let (mut our_spans, mut curl_spans) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        our_spans.push(time(&mut ours));
        curl_spans.push(time(&mut curl));
    }
    row("get against curl", median(our_spans), median(curl_spans));
    println!("{:34} {}", "", String::from_utf8_lossy(&version.stdout).lines().next().unwrap_or_default());
}

fn time(command: &mut Command) -> Duration {
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("it runs");
    assert!(status.success());
    begun.elapsed()
}
