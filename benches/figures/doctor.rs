//! The doctor on a healthy portal: how much longer the ladder takes than its own requests and connections.

use std::time::Duration;

use b24chat::demo::{self, Bucket};
use b24chat::domain::pasted;
use b24chat::domain::profile::Profile;
use b24chat::portal::{Client, Options, doctor};

use super::{median, row};

const TIMES: usize = 30;

pub fn overhead() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
    let (totals, requests): (Vec<Duration>, Vec<Duration>) = runtime.block_on(async {
        let options = demo::Options { bucket: Bucket::UNLIMITED, ..demo::Options::default() };
        let portal = demo::start(options).await.expect("the demo portal");
        let (root, credential, _) = pasted::webhook(&portal.webhook()).expect("its own address");
        let profile = Profile::new("demo", root, credential);
        let client = Client::new(Options::default());
        let mut spans = Vec::new();
        for _ in 0..TIMES {
            let diagnosis = doctor::examine(&client, &profile, doctor::Options::default(), &|_| {}).await;
            assert!(diagnosis.is_healthy() && diagnosis.requests <= 4);
            let requests: Duration = diagnosis.findings.iter().filter_map(|finding| finding.took).sum();
            spans.push((diagnosis.total, requests));
        }
        spans.into_iter().unzip()
    });
    row("doctor against its own requests", median(totals), median(requests));
}
