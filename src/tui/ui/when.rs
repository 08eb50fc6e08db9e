//! Points in time as a person reads them.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// The offset that an ISO 8601 text carries, such as `+01:00`.
pub fn offset_of(iso: &str) -> Option<Offset> {
    jiff::fmt::temporal::Pieces::parse(iso).ok()?.to_numeric_offset()
}

/// `17:03:37`, or with milliseconds where the time has a fraction worth showing.
pub fn clock(at: Timestamp, zone: &TimeZone, fraction: bool) -> String {
    let pattern = if fraction { "%H:%M:%S%.3f" } else { "%H:%M:%S" };
    at.to_zoned_datetime(zone.clone()).strftime(pattern).to_string()
}

/// `2026-02-25 17:03:37`.
pub fn date_and_clock(at: Timestamp, zone: &TimeZone, fraction: bool) -> String {
    format!("{} {}", at.to_zoned_datetime(zone.clone()).date(), clock(at, zone, fraction))
}

/// `+01:00`.
pub fn offset(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// For a list, in eleven columns at most: the time for today, the day and time for this year, else the date.
pub fn in_list(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, now) = (at.to_zoned_datetime(zone.clone()), now.to_zoned_datetime(zone.clone()));
    if at.date() == now.date() {
        return at.strftime("%H:%M:%S").to_string();
    }
    if at.year() == now.year() {
        return at.strftime("%m-%d %H:%M").to_string();
    }
    at.strftime("%Y-%m-%d").to_string()
}

/// A span of our own clock: `0.24 ms`, `3.1 ms`, `212 ms`, `2.41 s`, `65 s`.
pub fn span(span: std::time::Duration) -> String {
    seconds(span.as_secs_f64())
}

/// Seconds in the unit that reads best.
pub fn seconds(seconds: f64) -> String {
    let ms = seconds * 1000.0;
    match ms.abs() {
        0.0 => "0 ms".to_owned(),
        size if size < 0.995 => format!("{ms:.2} ms"),
        size if size < 9.95 => format!("{ms:.1} ms"),
        size if size < 999.5 => format!("{ms:.0} ms"),
        size if size < 9_995.0 => format!("{seconds:.2} s"),
        size if size < 99_950.0 => format!("{seconds:.1} s"),
        _ => format!("{seconds:.0} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_in_the_unit_that_suits_them() {
        for (value, words) in [
            (0.0, "0 ms"),
            (0.00024, "0.24 ms"),
            (0.0031, "3.1 ms"),
            (0.212, "212 ms"),
            (0.9496, "950 ms"),
            (2.412, "2.41 s"),
            (65.0, "65.0 s"),
            (480.0, "480 s"),
        ] {
            assert_eq!(seconds(value), words);
        }
    }

    #[test]
    fn a_time_in_a_list_is_as_short_as_its_age_allows() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let shown = |at: &str| in_list(at.parse().unwrap(), now, &TimeZone::UTC);
        assert_eq!(shown("2026-11-23T09:05:07Z"), "09:05:07");
        assert_eq!(shown("2026-11-22T23:59:59Z"), "11-22 23:59");
        assert_eq!(shown("2025-11-23T12:00:00Z"), "2025-11-23");
    }

    #[test]
    fn the_portals_offset_is_read_from_its_own_text() {
        let found = offset_of("2026-02-25T17:03:37+01:00").unwrap();
        assert_eq!(offset(found), "+01:00");
        assert_eq!(offset(offset_of("2026-02-25T17:03:37-03:30").unwrap()), "-03:30");
        assert_eq!(offset_of("yesterday"), None);
    }
}
