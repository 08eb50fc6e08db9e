//! The doctor's probes: what is sent to find out which part of a profile is wrong. Three requests on a
//! healthy portal: one without a credential, one batch with it, one lookup of a pair that nobody has. All
//! of them only read. What their ends mean is judged in [`domain::diagnosis`](crate::domain::diagnosis).

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::client::{Client, Inquired, Inquiry};
use super::masking::Masking;
use super::transport::Transports;
use crate::domain::batch::{self, BATCH};
use crate::domain::diagnosis::{
    self, Answers, Contact, Diagnosis, Finding, Probe, Route, Rung, Sight, Standing, Way, commands, judge_batch,
};
use crate::domain::entity::EntityPair;
use crate::domain::failure::Failure;
use crate::domain::language::Phrase;
use crate::domain::phases::Phase;
use crate::domain::profile::Profile;
use crate::domain::reply::{Parts, Reply};
use crate::domain::request::Request;

/// A pair that nobody has: its lookup goes all the way and finds nothing (protocol.md, 7).
const PROBE: (&str, &str) = ("DOCTOR_PROBE", "1");

/// What the doctor may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// For each request. A portal that hangs ends the ladder after it. 20 s by default.
    pub timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(20) }
    }
}

/// Climbs the ladder. `on_finding` hears of each rung as it finishes, in order; the same findings are
/// in the diagnosis, all thirteen of them. It never panics, and no secret of the profile is in anything
/// it tells.
///
/// Connections are opened anew, whatever the client keeps open: how they come about is what is asked.
///
/// An access token that has ended is told as a failure of the credential with the code `expired_token`.
/// Refreshing it is the caller's business, because a refresh changes something: whoever may do that
/// refreshes, and examines the profile once more.
pub async fn examine(
    client: &Client,
    profile: &Profile,
    options: Options,
    on_finding: &(dyn Fn(&Finding) + Send + Sync),
) -> Diagnosis {
    let began = Instant::now();
    let client = client.afresh();
    let ladder = Ladder { masking: Masking::new(&profile.credential), told: Mutex::default(), on_finding };
    let examination = Examination {
        client: &client,
        profile,
        timeout: options.timeout,
        route: Transports::route(profile.root.url(), &profile.connection),
        ladder: &ladder,
    };
    let requests = examination.climb().await;
    ladder.fill();
    Diagnosis { findings: ladder.findings(), requests, total: began.elapsed() }
}

/// The findings so far. Each rung is told once, and in order.
struct Ladder<'a> {
    masking: Masking,
    told: Mutex<Vec<Finding>>,
    on_finding: &'a (dyn Fn(&Finding) + Send + Sync),
}

impl Ladder<'_> {
    fn tell(&self, finding: Finding) {
        let finding = self.masked(finding);
        {
            let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
            if told.iter().any(|known| known.rung >= finding.rung) {
                return;
            }
            told.push(finding.clone());
        }
        (self.on_finding)(&finding);
    }

    fn findings(&self) -> Vec<Finding> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn stands(&self, rung: Rung) -> bool {
        self.findings().iter().any(|known| known.rung == rung && known.standing != Standing::Fail)
    }

    fn broken(&self) -> Option<Finding> {
        self.findings().into_iter().find(|known| known.standing == Standing::Fail)
    }

    /// Tells the rungs that were not tried, and why.
    fn fill(&self) {
        let why = match self.broken() {
            Some(broken) => diagnosis::not_tried(broken.rung),
            None => Phrase::new("not tried", "не проверялось"),
        };
        Rung::ALL.into_iter().for_each(|rung| self.tell(Finding::skipped(rung, why.clone())));
    }

    /// Replies and failures come without the secret already, and what is said of them are our own words.
    /// A certificate is the one stranger's text that comes another way.
    fn masked(&self, finding: Finding) -> Finding {
        if finding.rung != Rung::Tls {
            return finding;
        }
        Finding { found: finding.found.map(|words| self.masking.text(words)), ..finding }
    }
}

struct Examination<'a> {
    client: &'a Client,
    profile: &'a Profile,
    timeout: Duration,
    route: Route,
    ladder: &'a Ladder<'a>,
}

impl Examination<'_> {
    /// Climbs as far as it goes, and tells how many requests that took.
    async fn climb(&self) -> u32 {
        let address = diagnosis::address(self.profile);
        let is_usable = address.standing != Standing::Fail;
        self.ladder.tell(address);
        if !is_usable {
            return 0;
        }
        if !self.knock().await {
            return 1;
        }
        let batch = Request::new(self.profile, BATCH, batch::params(commands()));
        let sent = Timestamp::now();
        let inquired = self.ask(Inquiry::Of(&batch), &|_, _| ()).await;
        let ended = Timestamp::now();
        let took = inquired.phases.total;
        let answers = Answers { end: inquired.end.as_ref(), sent, ended };
        for finding in judge_batch(self.profile, answers) {
            let took = (finding.rung == Rung::Credential).then_some(took);
            self.ladder.tell(Finding { took, ..finding });
        }
        let Ok(batch) = inquired.end else { return 2 };
        let goes_on = match self.ladder.broken() {
            // The clock stops nobody.
            Some(broken) => broken.rung == Rung::Clock,
            None => !is_refused_for_load(&batch),
        };
        let mut requests = 2;
        let mut lookup = None;
        if goes_on {
            requests += 1;
            lookup = self.look_up().await;
        } else {
            let why = match self.ladder.broken() {
                Some(broken) => format!("would fail for the same reason: {}", broken.rung.name()),
                None => "would fail for the same reason: load".to_owned(),
            };
            self.ladder.tell(Finding::skipped(Rung::EndToEnd, why));
        }
        if self.ladder.stands(Rung::Credential) {
            self.ladder.tell(diagnosis::load(self.profile, &batch, lookup.as_ref(), requests));
        }
        requests
    }

    /// The request without a credential: the rungs from `dns` to `bitrix24`. Whether all of them hold.
    async fn knock(&self) -> bool {
        let is_plain = self.profile.root.url().scheme() == "http";
        let live = |phase: Phase, way: &Way| {
            if phase == Phase::Wait || way.addresses.is_some_and(|count| count > 0) {
                self.ladder.tell(diagnosis::dns(self.sight(way, None)));
            }
            if phase == Phase::Wait {
                self.ladder.tell(diagnosis::tcp(self.sight(way, None)));
                // Over plain http only the reply tells whether https is wanted.
                if !is_plain {
                    self.ladder.tell(diagnosis::tls(self.sight(way, None)));
                }
            }
        };
        let inquired = self.ask(Inquiry::WithoutCredential, &live).await;
        let way = inquired.way();
        let sight = self.sight(&way, inquired.end.as_ref().err());
        let contact = match &inquired.end {
            Ok(parts) => Contact::Reply(parts),
            Err(failure) => Contact::None(failure),
        };
        let to_https = inquired.end.as_ref().ok().and_then(|parts| diagnosis::sends_to_https(self.profile, parts));
        let judges: [&dyn Fn() -> Finding; 4] = [
            &|| diagnosis::dns(sight),
            &|| diagnosis::tcp(sight),
            &|| to_https.clone().unwrap_or_else(|| diagnosis::tls(sight)),
            &|| Finding {
                took: inquired.phases.wait.map(|wait| wait + inquired.phases.download.unwrap_or_default()),
                ..diagnosis::bitrix24(self.profile, contact)
            },
        ];
        for judge in judges {
            self.ladder.tell(judge());
            if self.ladder.broken().is_some() {
                return false;
            }
        }
        true
    }

    async fn look_up(&self) -> Option<Reply> {
        let Ok(probe) = EntityPair::new(PROBE.0, PROBE.1) else { return None };
        let request = Request::im_chat_get(self.profile, &probe);
        let inquired = self.ask(Inquiry::Of(&request), &|_, _| ()).await;
        let took = Some(inquired.phases.total);
        match inquired.end {
            Ok(parts) => {
                let reply = Reply::new(parts);
                self.ladder.tell(Finding { took, ..diagnosis::end_to_end(Probe::Reply(&reply)) });
                Some(reply)
            }
            Err(failure) => {
                self.ladder.tell(Finding { took, ..diagnosis::end_to_end(Probe::Failed(&failure)) });
                None
            }
        }
    }

    async fn ask(&self, inquiry: Inquiry<'_>, on_phase: &(dyn Fn(Phase, &Way) + Send + Sync)) -> Inquired {
        self.client.inquire(inquiry, self.profile, self.timeout, on_phase).await
    }

    fn sight<'a>(&'a self, way: &'a Way, failure: Option<&'a Failure>) -> Sight<'a> {
        Sight { profile: self.profile, route: &self.route, way, failure, now: Timestamp::now() }
    }
}

/// The batch itself was one request too many; then so is the next.
fn is_refused_for_load(batch: &Parts) -> bool {
    use crate::domain::reply::{Said, said};
    matches!(said(batch).0, Said::Refused(error) if diagnosis::is_limit(&error))
}
