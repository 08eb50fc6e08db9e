//! The portal's `time` object: its own clock on the request. Every field is optional, and a number may
//! come as an integer, a float or a numeric text (protocol.md, 2.2).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Seconds by the portal's clock; whether they came whole matters, because a whole `start` makes
/// `duration` too large by up to one second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seconds {
    pub value: f64,
    /// It came without a fraction.
    pub whole: bool,
}

/// What the `time` object said. Kept as it came; the fields are read from it on request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeBlock(Value);

/// The fields that are known; anything else in the object is [`TimeBlock::unknown`].
const KNOWN: [&str; 8] =
    ["start", "finish", "duration", "processing", "date_start", "date_finish", "operating", "operating_reset_at"];

impl TimeBlock {
    /// Takes the value of the key `time`; `None` when it is not an object (an empty one may come as `[]`).
    pub fn read(value: &Value) -> Option<Self> {
        value.is_object().then(|| Self(value.clone()))
    }

    /// As the portal sent it.
    pub fn as_sent(&self) -> &Value {
        &self.0
    }

    /// Unix time at which the portal began, in seconds.
    pub fn start(&self) -> Option<Seconds> {
        self.seconds("start")
    }

    /// Unix time at which the portal finished, in seconds.
    pub fn finish(&self) -> Option<Seconds> {
        self.seconds("finish")
    }

    /// `finish - start` in seconds: too large by up to 1 s when `start` is whole.
    pub fn duration(&self) -> Option<Seconds> {
        self.seconds("duration")
    }

    /// Seconds spent in the method itself; collapses to whole seconds, mostly 0, on newer servers.
    pub fn processing(&self) -> Option<Seconds> {
        self.seconds("processing")
    }

    /// Seconds used by this method for this webhook or app in the last ten minutes (protocol.md, 4.2).
    pub fn operating(&self) -> Option<Seconds> {
        self.seconds("operating")
    }

    /// When the oldest minute of `operating` drops out.
    pub fn operating_reset_at(&self) -> Option<Timestamp> {
        timestamp(self.seconds("operating_reset_at")?.value)
    }

    /// ISO 8601 with the portal's offset, as text.
    pub fn date_start(&self) -> Option<&str> {
        self.0.get("date_start")?.as_str()
    }

    /// ISO 8601 with the portal's offset, as text.
    pub fn date_finish(&self) -> Option<&str> {
        self.0.get("date_finish")?.as_str()
    }

    /// `duration` cannot be trusted below a second, because `start` lost its fraction and `finish` has one.
    pub fn duration_is_inflated(&self) -> bool {
        matches!((self.start(), self.finish()), (Some(start), Some(finish)) if start.whole && !finish.whole)
    }

    /// Fields that have no place above, or whose value is not of their kind: shown as they are.
    pub fn unknown(&self) -> Vec<(&str, &Value)> {
        let Some(fields) = self.0.as_object() else { return Vec::new() };
        fields.iter().filter(|(name, value)| !self.is_understood(name, value)).map(|(n, v)| (n.as_str(), v)).collect()
    }

    fn is_understood(&self, name: &str, value: &Value) -> bool {
        match name {
            "date_start" | "date_finish" => value.is_string(),
            "operating_reset_at" => self.operating_reset_at().is_some(),
            _ => KNOWN.contains(&name) && number(value).is_some(),
        }
    }

    fn seconds(&self, name: &str) -> Option<Seconds> {
        number(self.0.get(name)?)
    }
}

/// The instant of a Unix time in seconds, to the microsecond that a float can carry.
pub fn timestamp(seconds: f64) -> Option<Timestamp> {
    // The cast saturates, and the constructor refuses what no calendar holds.
    Timestamp::from_microsecond((seconds * 1e6).round() as i64).ok()
}

fn number(value: &Value) -> Option<Seconds> {
    let (value, whole) = match value {
        Value::Number(number) => (number.as_f64()?, !number.is_f64()),
        Value::String(text) => {
            let text = text.trim();
            let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
            (text.parse().ok().filter(|_| plain)?, !text.contains(['.', 'e', 'E']))
        }
        _ => return None,
    };
    value.is_finite().then_some(Seconds { value, whole })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn block(value: Value) -> TimeBlock {
        TimeBlock::read(&value).unwrap()
    }

    #[test]
    fn numbers_come_as_integers_floats_or_text() {
        let time = block(json!({ "start": 1789001122, "finish": "1789001122.5", "duration": 0.25, "operating": "0" }));
        assert_eq!(time.start(), Some(Seconds { value: 1_789_001_122.0, whole: true }));
        assert_eq!(time.finish(), Some(Seconds { value: 1_789_001_122.5, whole: false }));
        assert_eq!(time.duration(), Some(Seconds { value: 0.25, whole: false }));
        assert_eq!(time.operating(), Some(Seconds { value: 0.0, whole: true }));
        assert_eq!(time.processing(), None);
        assert!(time.unknown().is_empty());
    }

    #[test]
    fn a_whole_start_beside_a_fractional_finish_inflates_the_duration() {
        assert!(block(json!({ "start": 1789001122, "finish": 1789001122.4 })).duration_is_inflated());
        assert!(!block(json!({ "start": 1789001122.1, "finish": 1789001122.4 })).duration_is_inflated());
        assert!(!block(json!({ "finish": 1789001122.4 })).duration_is_inflated());
    }

    #[test]
    fn what_is_not_understood_is_kept_and_shown() {
        let time = block(json!({ "start": "soon", "date_start": 7, "queue": [1], "operating_reset_at": 1e300 }));
        assert_eq!(time.start(), None);
        assert_eq!(time.operating_reset_at(), None);
        let names: Vec<_> = time.unknown().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["start", "date_start", "queue", "operating_reset_at"]);
    }

    #[test]
    fn an_empty_list_where_an_object_is_meant_is_no_time_block() {
        assert_eq!(TimeBlock::read(&json!([])), None);
        assert_eq!(TimeBlock::read(&json!(null)), None);
        assert!(TimeBlock::read(&json!({})).is_some());
    }

    #[test]
    fn texts_that_are_not_plain_numbers_are_not_read_as_any() {
        for text in ["NaN", "inf", "-Infinity", "", " ", "1e999", "0x10"] {
            assert_eq!(block(json!({ "start": text })).start(), None, "{text}");
        }
    }
}
