//! How much the portal lets one address and one credential ask: the leaky bucket of requests and the
//! operating time of a method (protocol.md, 4.1 and 4.2).

use std::collections::{BTreeMap, HashMap};

/// The bucket of requests: it holds `capacity` and loses `drain` per second; the request that would
/// overfill it is refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    pub capacity: f64,
    pub drain: f64,
}

impl Bucket {
    /// What the largest plan gets.
    pub const ENTERPRISE: Self = Self { capacity: 250.0, drain: 5.0 };
    /// Never full.
    pub const UNLIMITED: Self = Self { capacity: f64::INFINITY, drain: 5.0 };
}

impl Default for Bucket {
    /// What every other plan gets.
    fn default() -> Self {
        Self { capacity: 50.0, drain: 2.0 }
    }
}

/// How full one address's bucket is.
#[derive(Default)]
pub(super) struct Level {
    count: f64,
    at: f64,
}

impl Level {
    /// Counts one request at `now`, in Unix seconds; false when it was one too many. A refused request counts too.
    pub(super) fn admits(&mut self, bucket: Bucket, now: f64) -> bool {
        self.count = (self.count - bucket.drain * (now - self.at)).max(0.0) + 1.0;
        self.at = now;
        self.count <= bucket.capacity
    }
}

/// A minute of operating time drops out after this many of them.
const MINUTES: i64 = 10;
/// Executions up to this many seconds are not counted.
const FREE: f64 = 0.1;

/// Seconds used per method and credential in the last ten minutes, kept by the minute.
#[derive(Default)]
pub(super) struct OperatingTimes(HashMap<(String, String), BTreeMap<i64, f64>>);

impl OperatingTimes {
    /// Adds one execution of `seconds`.
    pub(super) fn add(&mut self, method: &str, credential: &str, seconds: f64, now: f64) {
        if seconds > FREE {
            let minutes = self.0.entry((method.to_owned(), credential.to_owned())).or_default();
            *minutes.entry(minute(now)).or_default() += seconds;
        }
    }

    /// Seconds used, and the Unix time when the oldest minute drops out.
    pub(super) fn used(&mut self, method: &str, credential: &str, now: f64) -> (f64, i64) {
        let fresh = now as i64 + MINUTES * 60;
        let Some(minutes) = self.0.get_mut(&(method.to_owned(), credential.to_owned())) else { return (0.0, fresh) };
        minutes.retain(|at, _| *at > minute(now) - MINUTES);
        let reset = minutes.keys().next().map_or(fresh, |oldest| (oldest + MINUTES) * 60);
        (minutes.values().sum(), reset)
    }
}

fn minute(now: f64) -> i64 {
    (now / 60.0).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_admits_its_capacity_at_once_and_then_what_drains() {
        let bucket = Bucket { capacity: 50.0, drain: 2.0 };
        let mut level = Level::default();
        assert!((0..50).all(|_| level.admits(bucket, 1000.0)));
        assert!(!level.admits(bucket, 1000.0));
        // 51 counted, 50 fit: half a second drains one, which is the place of the 51st, not of a 52nd.
        assert!(!level.admits(bucket, 1000.5));
        assert!(level.admits(bucket, 1001.5));
        assert!(!level.admits(bucket, 1001.5));
    }

    #[test]
    fn an_idle_bucket_is_empty_and_not_less() {
        let bucket = Bucket { capacity: 2.0, drain: 2.0 };
        let mut level = Level::default();
        assert!(level.admits(bucket, 1000.0));
        assert_eq!((0..3).map(|_| level.admits(bucket, 9000.0)).collect::<Vec<_>>(), [true, true, false]);
    }

    #[test]
    fn operating_time_is_kept_per_method_and_credential_for_ten_minutes() {
        let mut times = OperatingTimes::default();
        times.add("im.chat.get", "hook", 30.0, 600.0);
        times.add("im.chat.get", "hook", 12.5, 670.0);
        times.add("im.chat.get", "other", 99.0, 670.0);
        times.add("profile", "hook", 99.0, 670.0);
        assert_eq!(times.used("im.chat.get", "hook", 700.0), (42.5, 1200));
        // At the reset the first minute has dropped out, the second has not.
        assert_eq!(times.used("im.chat.get", "hook", 1200.0), (12.5, 1260));
        assert_eq!(times.used("im.chat.get", "hook", 1260.0), (0.0, 1860));
    }

    #[test]
    fn a_tenth_of_a_second_is_free() {
        let mut times = OperatingTimes::default();
        times.add("im.chat.get", "hook", 0.1, 600.0);
        assert_eq!(times.used("im.chat.get", "hook", 600.0).0, 0.0);
        times.add("im.chat.get", "hook", 0.11, 600.0);
        assert_eq!(times.used("im.chat.get", "hook", 600.0).0, 0.11);
    }
}
