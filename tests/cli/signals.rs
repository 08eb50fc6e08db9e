//! Being told to end while the portal is silent.
#![cfg(unix)]

use rustix::process::Signal;

use super::support::{Ran, User, portal, send};

#[test]
fn a_signal_during_a_lookup_ends_it_and_the_record_says_cancelled() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        for form in [None, Some("--json"), Some("--raw")] {
            let portal = portal();
            let user = User::of(portal.scenario("hang"));
            let mut child = user.start(&["get", "CRM", "DEAL|1663"].into_iter().chain(form).collect::<Vec<_>>());
            while portal.open_requests() == 0 {
                assert_eq!(child.try_wait().unwrap(), None, "it ended before it was told to");
                std::thread::yield_now();
            }
            send(signal, &child);
            let ran = Ran::from(child.wait_with_output().unwrap()).expect(130);
            match form {
                Some("--json") => assert_eq!(ran.json()["error"]["code"], "cancelled"),
                _ => assert!(ran.without_data().words().starts_with("No reply: cancelled after")),
            }
            let record = user.record();
            assert_eq!((&record["outcome"], &record["error"]["code"]), (&"failed".into(), &"cancelled".into()));
        }
    }
}
