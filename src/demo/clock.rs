//! The portal's clock. It runs with the machine's, and can be set ahead, so that a test need not wait
//! for a bucket to drain or a token to expire.

use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

use super::locked;

/// Every date the portal writes is in this offset, in summer too: one zone is enough for a stand-in.
const OFFSET_HOURS: i8 = 1;

pub(super) struct Clock {
    began: Instant,
    began_unix: f64,
    ahead: Mutex<Duration>,
}

impl Clock {
    pub(super) fn new() -> Self {
        let began_unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        Self { began: Instant::now(), began_unix, ahead: Mutex::new(Duration::ZERO) }
    }

    /// Unix time in seconds. Never runs backwards, whatever happens to the machine's calendar.
    pub(super) fn now(&self) -> f64 {
        self.began_unix + (self.began.elapsed() + *locked(&self.ahead)).as_secs_f64()
    }

    /// Sets the clock ahead.
    pub(super) fn pass(&self, time: Duration) {
        *locked(&self.ahead) += time;
    }
}

/// `2026-09-10T02:45:22+01:00`: whole seconds in the portal's offset (protocol.md, 2.2).
pub(super) fn iso(unix: f64) -> String {
    zoned(unix, TimeZone::fixed(Offset::constant(OFFSET_HOURS)), "%Y-%m-%dT%H:%M:%S%:z")
}

/// The form of the header `Date`.
pub(super) fn http_date(unix: f64) -> String {
    zoned(unix, TimeZone::UTC, "%a, %d %b %Y %H:%M:%S GMT")
}

fn zoned(unix: f64, zone: TimeZone, format: &str) -> String {
    let at = Timestamp::from_second(unix.floor() as i64).unwrap_or(Timestamp::UNIX_EPOCH);
    ZonedDateTime::new(at, zone).strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_the_offset_of_the_portal() {
        assert_eq!(iso(1_789_001_122.9), "2026-09-10T01:45:22+01:00");
        assert_eq!(http_date(1_789_001_122.9), "Thu, 10 Sep 2026 00:45:22 GMT");
    }

    #[test]
    fn the_clock_can_be_set_ahead() {
        let clock = Clock::new();
        let before = clock.now();
        clock.pass(Duration::from_secs(3600));
        assert!((3600.0..3660.0).contains(&(clock.now() - before)));
    }
}
