//! One REST call from its name to its outcome, and the many calls of a batch (protocol.md, 3.2 and section 5).

use serde_json::{Map, Value, json};

use super::Portal;
use super::access::{Caller, Credential};
use super::methods::{self, BATCH, Call, Method, Outcome};
use super::params::parse_query;
use super::php::{self, Params};
use super::refusal::{self, Refusal};
use super::scenario::{Flavour, Play};
use super::timing::Timing;

/// A call with its outcome, and what its reply needs to know.
pub(super) struct Answer {
    pub(super) outcome: Result<Outcome, Refusal>,
    pub(super) timing: Timing,
    pub(super) flavour: Flavour,
    pub(super) is_app: bool,
    pub(super) user: Option<u32>,
}

/// Runs a call through every check, in the portal's order.
pub(super) async fn answer(
    portal: &Portal,
    name: &str,
    credential: &Credential,
    play: Play,
    params: &Params,
) -> Answer {
    let caller = Caller::identify(portal, credential, play);
    let start = portal.now_for(&caller);
    let (outcome, timing) = match gate(&caller, name, params) {
        Err(refusal) => (Err(refusal), Timing::nothing(start)),
        Ok(method) if method.name == BATCH => {
            let result = batch(portal, &caller, params).await;
            // The batch itself costs nothing; its commands are counted under their own names.
            (Ok(result.into()), Timing { finish: portal.now_for(&caller), ..Timing::nothing(start) })
        }
        Ok(method) => execute(portal, &caller, method, params).await,
    };
    Answer {
        user: outcome.is_ok().then_some(caller.user),
        outcome,
        timing: Timing { start, processing: timing.finish - timing.start, ..timing },
        flavour: caller.flavour(),
        is_app: caller.is_app,
    }
}

/// Portal, method, credential: which hides which.
fn gate(caller: &Caller, name: &str, params: &Params) -> Result<&'static Method, Refusal> {
    if matches!(caller.play, Play::Closed) {
        return Err(refusal::PORTAL_DELETED);
    }
    let method = find(caller, name)?;
    caller.admit(method.scope)?;
    // A `token` makes it a signed download, and nobody here has signed one.
    if params.contains_key("token") {
        return Err(refusal::LINK_CHECK);
    }
    Ok(method)
}

fn find(caller: &Caller, name: &str) -> Result<&'static Method, Refusal> {
    let method = methods::find(name).ok_or(refusal::METHOD_NOT_FOUND)?;
    if matches!(caller.play, Play::NoModule) && method.scope == Some("im") {
        return Err(refusal::METHOD_NOT_FOUND);
    }
    Ok(method)
}

/// Runs a method whose caller has been let in, and keeps the account of its operating time.
async fn execute(
    portal: &Portal,
    caller: &Caller,
    method: &Method,
    params: &Params,
) -> (Result<Outcome, Refusal>, Timing) {
    let start = portal.now_for(caller);
    let (used, _) = portal.operating().used(method.name, &caller.key, start);
    if used > portal.operating_limit() {
        return (Err(refusal::OPERATION_TIME), Timing::nothing(start));
    }
    let is_im = method.scope == Some("im");
    let mut cost = 0.0;
    let outcome = match caller.play {
        Play::Method(refusal) if is_im => Err(refusal),
        play => {
            match play {
                Play::Slow(time) if is_im => tokio::time::sleep(time).await,
                Play::Costly(seconds) if is_im => cost = seconds,
                _ => {}
            }
            (method.run)(&Call { portal, caller, params })
        }
    };
    let finish = portal.now_for(caller);
    let mut operating = portal.operating();
    operating.add(method.name, &caller.key, (finish - start).max(cost), finish);
    let (used, reset_at) = operating.used(method.name, &caller.key, finish);
    (outcome, Timing { start, finish, processing: finish - start, operating: used, reset_at })
}

/// A batch holds so many commands; more are refused one by one.
const COMMANDS: usize = 50;

/// What the commands of a batch have brought so far. Every member is there even when it is empty.
#[derive(Default)]
struct Results {
    result: Params,
    error: Params,
    total: Params,
    next: Params,
    time: Params,
}

async fn batch(portal: &Portal, caller: &Caller, params: &Params) -> Value {
    let params = php::upper_names(params);
    let commands = params.get("CMD").and_then(php::entries).unwrap_or_default();
    let halts = !php::is_empty(params.get("HALT"));
    let mut results = Results::default();
    for (at, (key, command)) in commands.into_iter().enumerate() {
        // An object is passed over without a word, but it had its turn.
        let Value::String(command) = command else { continue };
        let failed = if at >= COMMANDS {
            Some(refusal::BATCH_LENGTH)
        } else {
            run_command(portal, caller, &key, command, &mut results).await.err()
        };
        if let Some(refusal) = failed {
            results.error.insert(key.into_owned(), Value::Object(refusal.members()));
            if halts {
                break;
            }
        }
    }
    json!({
        "result": results.result,
        "result_error": results.error,
        "result_total": results.total,
        "result_next": results.next,
        "result_time": results.time,
    })
}

async fn run_command(
    portal: &Portal,
    caller: &Caller,
    key: &str,
    command: &str,
    results: &mut Results,
) -> Result<(), Refusal> {
    let command = command.split('#').next().unwrap_or_default();
    let (name, query) = command.split_once('?').unwrap_or((command, ""));
    let method = find(caller, name)?;
    if matches!(method.name, BATCH | "upload" | "download") {
        return Err(refusal::BATCH_METHOD);
    }
    if !caller.has_scope(method.scope) {
        return Err(refusal::SCOPE_OF_WEBHOOK.without_text());
    }
    let params = referred(&parse_query(query.as_bytes()), results);
    let (outcome, timing) = execute(portal, caller, method, &params).await;
    let outcome = outcome?;
    results.result.insert(key.to_owned(), outcome.result);
    if let Some(total) = outcome.total {
        results.total.insert(key.to_owned(), total.into());
    }
    if let Some(next) = outcome.next {
        results.next.insert(key.to_owned(), next.into());
    }
    if let Some(block) = timing.block(caller.flavour()) {
        results.time.insert(key.to_owned(), block);
    }
    Ok(())
}

/// The parameters with every `$result[..]` and its kin replaced by what they refer to.
fn referred(params: &Params, results: &Results) -> Params {
    params.iter().map(|(name, value)| (name.clone(), resolve(value, results))).collect()
}

fn resolve(value: &Value, results: &Results) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.iter().map(|(k, v)| (k.clone(), resolve(v, results))).collect()),
        Value::String(text) => resolve_text(text, results),
        other => other.clone(),
    }
}

/// A reference runs to the next white space. As the whole value it may become an array; inside a text
/// only a number or a text can take its place, and otherwise it stays as it was.
fn resolve_text(text: &str, results: &Results) -> Value {
    let mut resolved = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let end = rest[at..].find(|c: char| c.is_ascii_whitespace()).map_or(rest.len(), |length| at + length);
        let Some(value) = lookup(&rest[at..end], results) else {
            resolved.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        if at == 0 && end == text.len() {
            return value;
        }
        resolved.push_str(&rest[..at]);
        match value {
            Value::String(text) => resolved.push_str(&text),
            Value::Number(number) => resolved.push_str(&number.to_string()),
            _ => resolved.push_str(&rest[at..end]),
        }
        rest = &rest[end..];
    }
    resolved.push_str(rest);
    Value::String(resolved)
}

/// What `$result[a][b]` stands for; where the path leads nowhere, or to null, what it had reached by then.
fn lookup(reference: &str, results: &Results) -> Option<Value> {
    let lower = reference.to_ascii_lowercase();
    let sections = [
        ("$result", &results.result),
        ("$next", &results.next),
        ("$total", &results.total),
        ("$time", &results.time),
        ("$error", &results.error),
    ];
    let (name, section) = sections.into_iter().find(|(name, _)| lower.starts_with(name))?;
    let mut keys = Vec::new();
    let mut rest = reference.get(name.len()..)?;
    while let Some((key, after)) = rest.split_once('[').and_then(|(_, inside)| inside.split_once(']')) {
        if !key.is_empty() {
            keys.push(key);
        }
        rest = after;
    }
    if keys.is_empty() {
        return None;
    }
    let mut reached = Value::Object(section.clone());
    for key in keys {
        match php::entry(&reached, key).filter(|value| !value.is_null()) {
            Some(value) => reached = value.clone(),
            None => break,
        }
    }
    Some(reached)
}

impl Caller {
    fn flavour(&self) -> Flavour {
        if let Play::Time(flavour) = self.play { flavour } else { Flavour::Float }
    }
}

/// The members of a reply: the result and what belongs beside it, or the refusal and never a time.
pub(super) fn members(answer: &Answer) -> Map<String, Value> {
    let outcome = match &answer.outcome {
        Ok(outcome) => outcome,
        Err(refusal) => return refusal.members(),
    };
    let mut members = Map::new();
    members.insert("result".into(), outcome.result.clone());
    if let Some(next) = outcome.next {
        members.insert("next".into(), next.into());
    }
    if let Some(total) = outcome.total {
        members.insert("total".into(), total.into());
    }
    if let Some(block) = answer.timing.block(answer.flavour) {
        members.insert("time".into(), block);
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results() -> Results {
        let Value::Object(result) = json!({ "deal": { "ID": 1437 }, "none": null, "name": "Ann", "list": ["a", "b"] })
        else {
            unreachable!()
        };
        Results { result, ..Results::default() }
    }

    #[test]
    fn a_reference_inside_a_text_becomes_its_number_or_text() {
        assert_eq!(resolve_text("chat$result[deal][ID]", &results()), json!("chat1437"));
        assert_eq!(resolve_text("chat$RESULT[deal][ID] and $result[name]!", &results()), json!("chat1437 and Ann"));
        assert_eq!(resolve_text("$result[list][1] x", &results()), json!("b x"));
    }

    #[test]
    fn a_reference_that_leads_to_nothing_stays_as_it_was() {
        assert_eq!(resolve_text("chat$result[none][ID]", &results()), json!("chat$result[none][ID]"));
        assert_eq!(resolve_text("chat$result[list]", &results()), json!("chat$result[list]"));
        assert_eq!(resolve_text("5$ $result $other[x]", &results()), json!("5$ $result $other[x]"));
    }

    #[test]
    fn a_reference_that_is_the_whole_value_keeps_its_type() {
        assert_eq!(resolve_text("$result[deal][ID]", &results()), json!(1437));
        assert_eq!(resolve_text("$result[list]", &results()), json!(["a", "b"]));
        assert_eq!(resolve_text("$next[deal]", &results()), json!({}));
    }
}
