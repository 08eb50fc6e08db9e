//! Texts that nobody would paste on purpose, thousands of them here and ten million by one command:
//!
//! ```text
//! cargo test --test paste_fuzz -- --ignored --nocapture
//! ```
//!
//! An input is made from a real form by swapping, doubling, cutting and joining, or from raw bytes; which
//! one it is follows from the seed and its number alone, so that one that fails can be made again
//! (`FUZZ_SEED`, printed with every failure).

#[path = "paste_fuzz/inputs.rs"]
mod inputs;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Instant;

use b24chat::domain::credential::Credential;
use b24chat::domain::entity::EntityPair;
use b24chat::domain::language::Language;
use b24chat::domain::pasted::{self, Pasted};
use b24chat::domain::visible;

const SEED: u64 = 0xb24c_4a7d_0001;

#[test]
fn twenty_thousand_mangled_texts_are_understood_or_left_alone_and_none_panics() {
    run(20_000);
}

#[test]
#[ignore = "takes minutes unoptimized; the command is at the top of the file"]
fn ten_million_mangled_texts_are_understood_or_left_alone_and_none_panics() {
    run(10_000_000);
}

fn run(count: u64) {
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let threads = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let began = Instant::now();
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    (first..count)
                        .step_by(threads as usize)
                        .fold(Tally::default(), |tally, number| tally.with(try_one(seed, number)))
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let tally = tallies.into_iter().fold(Tally::default(), Tally::plus);
    println!("{count} inputs of seed {seed} in {:.1} s on {threads} threads: {tally:?}", began.elapsed().as_secs_f64());
    // A generator that no longer comes near the forms would prove nothing.
    for (what, some) in [
        ("pairs", tally.pairs),
        ("chats", tally.chats),
        ("credentials", tally.credentials),
        ("refused", tally.refused),
        ("plain", tally.plain),
    ] {
        assert!(some * 200 > count, "only {some} of {count} inputs were {what}");
    }
}

/// What the inputs were.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    pairs: u64,
    chats: u64,
    credentials: u64,
    refused: u64,
    plain: u64,
}

impl Tally {
    fn with(mut self, pasted: Pasted) -> Self {
        match pasted {
            Pasted::Pair { .. } => self.pairs += 1,
            Pasted::Chat { .. } => self.chats += 1,
            Pasted::Credential { .. } => self.credentials += 1,
            Pasted::Refused(_) => self.refused += 1,
            Pasted::Plain => self.plain += 1,
        }
        self
    }

    fn plus(self, other: Self) -> Self {
        Self {
            pairs: self.pairs + other.pairs,
            chats: self.chats + other.chats,
            credentials: self.credentials + other.credentials,
            refused: self.refused + other.refused,
            plain: self.plain + other.plain,
        }
    }
}

/// Understands one input in every way there is.
fn try_one(seed: u64, number: u64) -> Pasted {
    let text = inputs::input(seed, number);
    let done = catch_unwind(AssertUnwindSafe(|| {
        let pasted = pasted::understand(&text);
        check(&text, &pasted);
        let _ = (pasted::webhook(&text), pasted::portal_root(&text));
        pasted
    }));
    match done {
        Ok(pasted) => pasted,
        Err(_) => panic!("FUZZ_SEED={seed}, input {number}: {text:?}"),
    }
}

/// What holds of every text, whatever it is.
fn check(text: &str, pasted: &Pasted) {
    match pasted {
        Pasted::Pair { pair, how, warnings, .. } => {
            // Nothing is sent that was not said.
            for language in Language::ALL {
                let how = how.get(language);
                assert!(how.ends_with(&*visible::line(&pair.to_string())), "{how:?} does not name {pair}");
                assert!(how.contains(": "), "{how:?} does not say what the text was");
                let warnings = warnings.iter().flat_map(|warning| warning.get(language).chars());
                assert!(!how.chars().chain(warnings).any(visible::is_hidden));
            }
            assert_eq!(EntityPair::new(pair.entity_type(), pair.entity_id()).as_ref(), Ok(pair));
        }
        Pasted::Chat { id, .. } => assert!(id.0 > 0 && text.contains(|c: char| c.is_ascii_digit())),
        Pasted::Credential { root, credential, notes, .. } => {
            let secret = credential.as_ref().map_or("", |credential| credential.secret().expose());
            // A mangled text may repeat its code where the host or the user stands; there it is no secret's place.
            let user = match credential {
                Some(Credential::Webhook { user, .. }) => user.as_str(),
                _ => "",
            };
            let is_elsewhere = root.to_string().contains(secret) || user.contains(secret);
            let printed = format!("{credential:?} {notes:?}");
            assert!(secret.len() < 12 || is_elsewhere || !printed.contains(secret), "a secret is shown");
        }
        Pasted::Refused(why) => assert!(Language::ALL.iter().all(|language| !why.get(*language).is_empty())),
        Pasted::Plain => {}
    }
}

#[test]
fn an_input_that_once_failed_its_check_passes() {
    try_one(SEED, 6_135_593);
}
