//! Many methods in one request: how a command is written, and what became of each (protocol.md, 5).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::reply::{ApiError, refusal};
use super::time_block::TimeBlock;

/// The method that carries the others.
pub const BATCH: &str = "batch";

/// What stays as it is in a command's values. Everything else is encoded, and once only.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A command: the method and its parameters, as a query. The body is JSON, so values are encoded once.
pub fn command(method: &str, params: &[(&str, &str)]) -> String {
    let encode = |text| utf8_percent_encode(text, &PLAIN).to_string();
    let query: Vec<String> = params.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if query.is_empty() { method.to_owned() } else { format!("{method}?{}", query.join("&")) }
}

/// The parameters of the batch itself: commands under names that cannot look like numbers, and no halt.
pub fn params<K: Into<String>>(commands: impl IntoIterator<Item = (K, String)>) -> Map<String, Value> {
    let commands: Map<String, Value> =
        commands.into_iter().map(|(key, command)| (key.into(), command.into())).collect();
    let mut params = Map::new();
    params.insert("halt".to_owned(), json!(0));
    params.insert("cmd".to_owned(), Value::Object(commands));
    params
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Ran {
    /// Whatever the method answered, `null` included.
    Result(Value),
    Refused(ApiError),
    /// Neither: it was not executed, or it was passed over.
    Not,
}

/// A batch's result, whose members come as objects, or as lists where they are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Results<'a>(&'a Map<String, Value>);

impl<'a> Results<'a> {
    /// Takes the value of the reply's `result`; `None` when it is not that of a batch.
    pub fn read(result: &'a Value) -> Option<Self> {
        let members = result.as_object()?;
        (members.contains_key("result") && members.contains_key("result_error")).then_some(Self(members))
    }

    /// What became of the command of this key.
    pub fn of(&self, key: &str) -> Ran {
        if let Some(error) = self.member("result_error", key).and_then(Value::as_object) {
            return Ran::Refused(refusal(error));
        }
        self.member("result", key).map_or(Ran::Not, |value| Ran::Result(value.clone()))
    }

    /// The portal's clock on the command of this key.
    pub fn time(&self, key: &str) -> Option<TimeBlock> {
        self.member("result_time", key).and_then(TimeBlock::read)
    }

    /// How many things the list of the command of this key has in all.
    pub fn total(&self, key: &str) -> Option<i64> {
        self.member("result_total", key).and_then(super::lenient::as_int)
    }

    fn member(&self, name: &str, key: &str) -> Option<&'a Value> {
        self.0.get(name)?.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_once() {
        assert_eq!(command("profile", &[]), "profile");
        assert_eq!(command("method.get", &[("name", "im.chat.get")]), "method.get?name=im.chat.get");
        assert_eq!(
            command("im.chat.get", &[("ENTITY_TYPE", "CRM"), ("ENTITY_ID", "a|b c&d=%é")]),
            "im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=a%7Cb%20c%26d%3D%25%C3%A9"
        );
    }

    #[test]
    fn null_is_an_answer_and_a_missing_key_is_none() {
        let result = json!({
            "result": { "a": null, "b": [1] },
            "result_error": { "c": { "error": "insufficient_scope", "error_description": "" } },
            "result_time": { "a": { "operating": 0.5 } }, "result_total": [], "result_next": [],
        });
        let results = Results::read(&result).unwrap();
        assert_eq!(results.of("a"), Ran::Result(Value::Null));
        assert_eq!(results.of("b"), Ran::Result(json!([1])));
        assert!(matches!(results.of("c"), Ran::Refused(error) if error.code == "insufficient_scope"));
        assert_eq!(results.of("d"), Ran::Not);
        assert_eq!(results.time("a").unwrap().operating().unwrap().value, 0.5);
    }

    #[test]
    fn empty_members_come_as_lists_and_other_results_are_no_batch() {
        let empty = json!({ "result": [], "result_error": [], "result_time": [] });
        assert_eq!(Results::read(&empty).unwrap().of("a"), Ran::Not);
        assert_eq!(Results::read(&json!({ "ID": 1 })), None);
        assert_eq!(Results::read(&json!([])), None);
    }
}
