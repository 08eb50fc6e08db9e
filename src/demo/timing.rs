//! The `time` block of a reply, in each of its shapes (protocol.md, 2.2).

use serde_json::{Map, Value, json};

use super::clock::iso;
use super::scenario::Flavour;

/// What is known about the time of one execution.
#[derive(Clone, Copy)]
pub(super) struct Timing {
    /// Unix seconds.
    pub(super) start: f64,
    pub(super) finish: f64,
    /// Seconds in the method itself.
    pub(super) processing: f64,
    /// Seconds used in the last ten minutes.
    pub(super) operating: f64,
    /// Unix time when the oldest minute of it drops out.
    pub(super) reset_at: i64,
}

impl Timing {
    /// An execution that took no time and cost nothing.
    pub(super) fn nothing(at: f64) -> Self {
        Self { start: at, finish: at, processing: 0.0, operating: 0.0, reset_at: at as i64 + 600 }
    }

    /// The block, or nothing where a portal sends none.
    pub(super) fn block(&self, flavour: Flavour) -> Option<Value> {
        if flavour == Flavour::None {
            return None;
        }
        let start = microseconds(self.start);
        let finish = microseconds(self.finish);
        let mut block = Map::new();
        if flavour == Flavour::Whole {
            // The server keeps the start in a whole number and subtracts that: up to a second too much.
            let whole = start.floor() as i64;
            block.insert("start".into(), whole.into());
            block.insert("finish".into(), json!(finish));
            block.insert("duration".into(), json!(finish - whole as f64));
            block.insert("processing".into(), (self.processing as i64).into());
        } else {
            block.insert("start".into(), json!(start));
            block.insert("finish".into(), json!(finish));
            block.insert("duration".into(), json!(finish - start));
            block.insert("processing".into(), json!(microseconds(self.processing)));
        }
        block.insert("date_start".into(), iso(start).into());
        block.insert("date_finish".into(), iso(finish).into());
        if flavour != Flavour::SelfHosted {
            block.insert("operating_reset_at".into(), self.reset_at.into());
            block.insert("operating".into(), json!(microseconds(self.operating)));
        }
        Some(Value::Object(block))
    }
}

/// PHP's clock counts microseconds.
fn microseconds(seconds: f64) -> f64 {
    (seconds * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::super::php_json;
    use super::*;

    const TIMING: Timing = Timing { start: 1000.75, finish: 1001.0, processing: 0.125, operating: 0.0, reset_at: 1600 };

    #[test]
    fn the_usual_block_has_fractions_and_the_operating_time() {
        let block = php_json::json(&TIMING.block(Flavour::Float).unwrap());
        assert_eq!(
            block,
            r#"{"start":1000.75,"finish":1001,"duration":0.25,"processing":0.125,"date_start":"1970-01-01T01:16:40+01:00","date_finish":"1970-01-01T01:16:41+01:00","operating_reset_at":1600,"operating":0}"#
        );
    }

    #[test]
    fn a_whole_start_inflates_the_duration_and_swallows_the_processing() {
        let block = TIMING.block(Flavour::Whole).unwrap();
        assert_eq!(block["start"], json!(1000));
        assert_eq!(block["duration"], json!(1.0));
        assert_eq!(block["processing"], json!(0));
        assert_eq!(block["operating"], json!(0.0));
    }

    #[test]
    fn a_self_hosted_portal_knows_no_operating_time() {
        let block = TIMING.block(Flavour::SelfHosted).unwrap();
        assert!(block.as_object().unwrap().keys().all(|key| !key.starts_with("operating")));
        assert_eq!(TIMING.block(Flavour::None), None);
    }
}
