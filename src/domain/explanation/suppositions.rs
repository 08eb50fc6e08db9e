//! From a pair to what may be so: the ranking, and which probe settles what.

use super::probe::{Probe, is_reference};
use super::{Explanation, Hypothesis, Known, MOST, Supposition, Test, words};
use crate::domain::entity::EntityPair;
use crate::domain::entity_types::{self, Meant, Slip, crm};
use crate::domain::language::Phrase;

/// What may lie behind "no chat" for this pair. Nothing is sent yet.
pub fn explain(pair: &EntityPair, known: &Known) -> Explanation {
    let mut making = Making { hypotheses: Vec::new(), probes: Vec::new() };
    let is_sendable = !is_reference(pair.entity_type()) && !is_reference(pair.entity_id());
    if is_sendable {
        making.probes.extend([Probe::pair(pair), Probe::echo()]);
    }
    let kind = entity_types::find(pair.entity_type());
    for meant in entity_types::meant(pair) {
        making.meant(&meant, is_sendable);
    }
    making.unaskable(pair);
    if is_sendable {
        making.object(pair);
    }
    if let Some("UNIFY_CALL_CHAT") = kind.filter(|kind| kind.name == "CALL").map(|_| pair.entity_id()) {
        making.untold(Supposition::PerUser, words::per_user());
    }
    if kind.is_none_or(|kind| !kind.documented || kind.example.is_empty()) {
        making.untold(Supposition::ExtranetCreator, words::extranet());
    }
    if is_sendable {
        making.push(Supposition::RequestLost, words::lost(), Test::Lost);
    }
    if !known.others.is_empty() {
        making.untold(Supposition::OtherProfile, words::other_profiles(&known.others));
    }
    Explanation { pair: pair.clone(), hypotheses: making.hypotheses, probes: making.probes }
}

/// A supposition, what suggests it, and why it cannot be told.
type Told3 = (Phrase, Phrase, Phrase);

struct Making {
    hypotheses: Vec<Hypothesis>,
    probes: Vec<Probe>,
}

impl Making {
    fn push(&mut self, supposition: Supposition, (supposes, evidence): (Phrase, Phrase), test: Test) {
        self.hypotheses.push(Hypothesis { supposition, supposes, evidence, test });
    }

    fn untold(&mut self, supposition: Supposition, (supposes, evidence, because): Told3) {
        self.push(supposition, (supposes, evidence), Test::Untold(because));
    }

    /// Takes a probe in; the same probe is asked once. `None` when the batch is full.
    fn probe(&mut self, probe: Probe) -> Option<usize> {
        if let Some(at) = self.probes.iter().position(|known| *known == probe) {
            return Some(at);
        }
        (self.probes.len() < MOST).then(|| {
            self.probes.push(probe);
            self.probes.len() - 1
        })
    }

    fn meant(&mut self, meant: &Meant, is_sendable: bool) {
        let supposition = match meant.slips.last() {
            Some(Slip::OtherType | Slip::OtherCard | Slip::OtherSide | Slip::OtherInvoice) => Supposition::OtherType,
            Some(Slip::OtherForm | Slip::Phone) => Supposition::OtherForm,
            _ => Supposition::WrittenWrongly,
        };
        let words = words::meant(meant);
        let test = match is_sendable.then(|| self.probe(Probe::pair(&meant.pair))).flatten() {
            Some(at) => Test::Pair(at, meant.pair.clone()),
            None => Test::Untold(words::not_in_a_batch()),
        };
        self.push(supposition, words, test);
    }

    /// What a pair tells by itself and no request can settle.
    fn unaskable(&mut self, pair: &EntityPair) {
        let (entity_type, id) = (pair.entity_type(), pair.entity_id());
        let Some(kind) = entity_types::find(entity_type) else { return };
        if kind.carries_no_id() {
            self.untold(Supposition::NoId, words::no_id(&kind.name));
        }
        let number = id.rsplit('|').next().unwrap_or_default().trim();
        if (kind.is_number() || kind.name == "CRM") && !number.is_empty() && number.chars().all(|c| c == '0') {
            self.untold(Supposition::Zero, words::zero());
        }
        let chat = id.trim().to_ascii_lowercase();
        let is_chat = chat.strip_prefix("chat").is_some_and(|digits| digits.parse::<u64>().is_ok());
        if is_chat {
            self.untold(Supposition::ChatItself, words::chat_itself(id));
        }
        let parts = id.split('|').filter(|part| !part.trim().is_empty()).count();
        match kind.name.as_str() {
            "LIVECHAT" if entity_types::hint(entity_type, id).level != entity_types::Level::Fine && parts < 3 => {
                self.untold(Supposition::IdUnknown, words::guest_unknown());
            }
            "LINES" if parts < 4 => self.untold(Supposition::IdUnknown, words::lines_unknown()),
            _ => {}
        }
    }

    /// Whether there is such an object, as this pair or the likeliest one that was meant names it.
    fn object(&mut self, pair: &EntityPair) {
        let meant = entity_types::meant(pair);
        let is_right = entity_types::hint(pair.entity_type(), pair.entity_id()).level == entity_types::Level::Fine;
        let likeliest = meant.first().filter(|meant| !is_right && !meant.slips.contains(&Slip::ObjectMissing));
        let of = likeliest.map_or(pair, |meant| &meant.pair);
        let Some(kind) = entity_types::find(of.entity_type()) else { return };
        let id = of.entity_id();
        let Some(own) = self.probe(Probe::pair(of)) else { return };
        let Some(object) = object_of(&kind.name, id) else {
            if kind.name == "CRM" && crm::is_right(id) {
                self.push(Supposition::NoChatYet, words::no_chat_yet(of), Test::NoChatYet { pair: own, object: None });
            }
            return;
        };
        let asked = object.probe.clone().and_then(|probe| self.probe(probe));
        if let Some(open_lines) = object.open_lines
            && let Some(at) = self.probe(open_lines)
        {
            self.push(Supposition::OpenLine, words::open_line(of), Test::OfOpenLines(at));
        }
        if let Some(at) = asked {
            if kind.name == "CALENDAR"
                && let Some(chat) = self.probe(Probe::original(&super::key(at)))
            {
                self.push(Supposition::CalendarCopy, words::calendar_copy(id), Test::Copy { event: at, chat });
            }
            if matches!(kind.name.as_str(), "TASKS" | "TASKS_TASK") {
                self.push(Supposition::TaskChat, words::task_chat(id), Test::OfTask(at));
            }
        }
        self.push(Supposition::NoChatYet, words::no_chat_yet(of), Test::NoChatYet { pair: own, object: asked });
        match asked {
            Some(at) => self.push(Supposition::ObjectMissing, words::object_missing(of), Test::Object(at)),
            None => {
                let (supposes, evidence) = words::object_missing(of);
                self.untold(Supposition::ObjectMissing, (supposes, evidence, words::no_method()));
            }
        }
    }
}

/// How an object can be asked for.
struct Object {
    probe: Option<Probe>,
    open_lines: Option<Probe>,
}

fn object_of(kind: &str, id: &str) -> Option<Object> {
    let alone = |probe: Probe| Some(Object { probe: Some(probe), open_lines: None });
    let is_number = id.parse::<u64>().is_ok_and(|number| number > 0) && !id.starts_with(['0', '+']);
    match kind {
        "CRM" if crm::is_right(id) => {
            let (object, number) = id.split_once('|')?;
            let has_lines = matches!(object, "LEAD" | "DEAL" | "CONTACT" | "COMPANY");
            Some(Object {
                probe: crm::number_of_object(object).map(|of| Probe::crm(of, number)),
                open_lines: has_lines.then(|| Probe::open_lines(&object.to_lowercase(), number)),
            })
        }
        "TASKS" | "TASKS_TASK" if is_number => alone(Probe::task(id)),
        "SONET_GROUP" if is_number => alone(Probe::group(id)),
        "CALENDAR" if is_number => alone(Probe::event(id)),
        "MAIL" if is_number => Some(Object { probe: None, open_lines: None }),
        _ => None,
    }
}
