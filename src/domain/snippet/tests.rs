use proptest::prelude::*;
use url::Url;

use super::quote::hostile;
use super::*;
use crate::domain::address::RestRoot;
use crate::domain::credential::{Credential, Secret};
use crate::domain::profile::Profile;
use crate::domain::request::Request;
use crate::domain::visible;

const CANARY: &str = "canary7f3a0123bc";

fn root(address: &str) -> RestRoot {
    RestRoot::from_url(Url::parse(address).unwrap()).unwrap()
}

fn credentials() -> [Credential; 2] {
    [
        Credential::Webhook { user: "27".into(), secret: Secret::new(CANARY) },
        Credential::OAuth { access: Secret::new(CANARY) },
    ]
}

fn pair() -> EntityPair {
    EntityPair::new("CRM", "DEAL|1663").unwrap()
}

#[test]
fn every_slot_is_filled_and_the_method_and_both_parts_of_the_pair_are_there() {
    let root = root("https://acme.bitrix24.com/rest/");
    for idiom in Idiom::ALL {
        for credential in credentials() {
            for caller in [Caller::of(&root, &credential), Caller::with_secret(&root, &credential), Caller::nobody()] {
                let code = code(idiom, &caller, &pair());
                assert!(!code.contains(['«', '»']), "{code}");
                // b24pysdk has the method and its parameters as names of its own.
                let upper = code.to_uppercase();
                for part in ["IM.CHAT.GET", "ENTITY_TYPE", "ENTITY_ID", "CRM", "DEAL|1663"] {
                    assert!(upper.contains(part), "no {part} in\n{code}");
                }
            }
        }
    }
}

#[test]
fn the_secret_is_there_only_if_it_was_asked_for() {
    let root = root("https://acme.bitrix24.com/rest/");
    for idiom in Idiom::ALL {
        for credential in credentials() {
            let without = code(idiom, &Caller::of(&root, &credential), &pair());
            assert!(!without.contains(CANARY), "{without}");
            let caller = Caller::with_secret(&root, &credential);
            let with = code(idiom, &caller, &pair());
            assert_eq!(with.contains(CANARY), caller.shows_secret_in(idiom), "{with}");
            assert!(!format!("{caller:?}").contains(CANARY));
        }
    }
}

#[test]
fn null_is_handled_in_each() {
    for idiom in Idiom::ALL {
        let code = code(idiom, &Caller::nobody(), &pair());
        assert!(code.contains("there is none, or the pair is built wrongly"), "{code}");
    }
}

#[test]
fn an_address_cannot_end_a_comment_or_a_literal() {
    let root = root("https://acme.bitrix24.com/a'*%2F/rest*/$(id)`/");
    let credential = Credential::Webhook { user: "27'\n*/?>".into(), secret: Secret::new("x'\n$(id)*/?>") };
    for idiom in Idiom::ALL {
        for caller in [Caller::of(&root, &credential), Caller::with_secret(&root, &credential)] {
            let code = code(idiom, &caller, &pair());
            for wrong in ["$(id)", "27'", "a'", "*%2F", "rest*", "CODE?"] {
                assert!(!code.contains(wrong), "{wrong} in\n{code}");
            }
        }
    }
}

#[test]
fn a_request_that_was_sent_says_who_asked_without_the_secret() {
    for credential in credentials() {
        let profile = Profile::new("acme", root("https://acme.bitrix24.com/office/rest/"), credential.clone());
        let sent = Request::im_chat_get(&profile, &pair()).masked();
        for idiom in Idiom::ALL {
            let meant = code(idiom, &Caller::of(&profile.root, &credential), &pair());
            assert_eq!(code(idiom, &Caller::of_sent(&sent), &pair()), meant);
        }
    }
}

#[test]
fn a_name_is_what_it_is_typed_as() {
    for idiom in Idiom::ALL {
        assert_eq!(idiom.code().parse(), Ok(idiom));
        assert!(UnknownIdiom.to_string().contains(idiom.code()));
    }
    assert_eq!("perl".parse::<Idiom>(), Err(UnknownIdiom));
}

proptest! {
    #[test]
    fn no_pair_puts_a_line_or_anything_unseen_into_the_code(kind in hostile::text(), id in hostile::text()) {
        let (Ok(plain), Ok(pair)) = (EntityPair::new("CRM", "1"), EntityPair::new(kind, id)) else { return Ok(()) };
        for idiom in Idiom::ALL {
            let written = code(idiom, &Caller::nobody(), &pair);
            prop_assert_eq!(written.lines().count(), code(idiom, &Caller::nobody(), &plain).lines().count());
            // A terminal shows it as it is, so that it can be copied from there.
            prop_assert_eq!(visible::lines(&written).into_owned(), written.clone());
        }
    }
}
