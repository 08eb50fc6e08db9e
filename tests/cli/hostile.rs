//! Whatever bytes come back, `get` ends with one of its own exit codes.

use proptest::prelude::*;

use super::servers::{Server, reply};
use super::support::User;

fn ends_well(bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let server = Server::saying(bytes);
    let user = User::of(server.webhook());
    let ran = user.run(&["get", "CRM", "DEAL|1663", "--timeout", "10"]);
    prop_assert!(ran.code.is_some_and(|code| [0, 1, 3, 4, 5].contains(&code)), "{:?}", ran);
    let words = ran.words();
    prop_assert!(words.chars().all(|c| c == '\n' || !b24chat::domain::visible::is_hidden(c)), "{:?}", words);
    prop_assert_eq!(user.exported().len(), 1);
    Ok(())
}

proptest! {
    // Each case is two processes.
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_place_of_a_reply_are_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        ends_well(bytes)?;
    }

    #[test]
    fn any_body_is_an_end(status in 100u16..1000, body in proptest::collection::vec(any::<u8>(), 0..600)) {
        ends_well(reply(&format!("{status} X"), &[], body))?;
    }

    #[test]
    fn any_json_text_is_an_end(
        key in prop_oneof![Just("result"), Just("error"), Just("time"), Just("error_description")],
        value in "[\\[\\]{}\":,0-9eE.+\\-nulltrefasID \\\\u00-\u{202e}]{0,60}",
    ) {
        ends_well(reply("200 OK", &[], format!("{{\"{key}\":{value}}}")))?;
    }
}
