//! The tab Time: the portal's `time` object with units, in the portal's own offset and in local time,
//! and below it our own clock on the same request.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use ratatui::text::{Line, Span};

use crate::domain::lookup::End;
use crate::domain::phases::Phases;
use crate::domain::reply::{Outcome, Reply};
use crate::domain::time_block::{Seconds, TimeBlock, timestamp};
use crate::domain::visible;
use crate::tui::ui::theme::Theme;
use crate::tui::ui::{text, when};

/// From so many columns on, names, dates and bars have room; below, they are shortened.
const WIDE: usize = 62;

/// The longest name is `operating_reset_at`; where columns are few it is cut to `reset_at`.
fn label_columns(columns: usize) -> usize {
    if columns >= WIDE { 19 } else { 12 }
}

/// Seconds of operating time that a cloud portal allows a method in ten minutes: the documented example;
/// the portal does not say its own (protocol.md, 4.2).
const OPERATING_LIMIT: f64 = 480.0;

pub fn lines(end: &End, columns: usize, zone: &TimeZone, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = match end {
        End::Answered(reply) => portal_clock(reply, columns, zone, theme),
        End::Failed { .. } => Vec::new(),
    };
    lines.extend(if columns >= WIDE {
        our_clock(end.phases(), columns, theme)
    } else {
        our_clock_in_brief(end.phases(), columns, theme)
    });
    lines
}

fn portal_clock(reply: &Reply, columns: usize, zone: &TimeZone, theme: &Theme) -> Vec<Line<'static>> {
    let Some(time) = &reply.time else {
        let why = match reply.outcome {
            Outcome::Refused(_) => "the reply has no time block; refusals have none",
            Outcome::Unreadable(_) => "the reply is no answer, so it has no time block",
            Outcome::Chat(_) | Outcome::NoChat => "the portal sent no time block",
        };
        return text::paragraph(why, columns, theme.quiet).collect();
    };
    let offset = time.date_start().or(time.date_finish()).and_then(when::offset_of);
    let clocks = Clocks { portal: offset, local: zone, is_wide: columns >= WIDE };
    let mut table = Table { lines: Vec::new(), columns, theme };
    table.row("start", time.start().map(|start| clocks.show(start)));
    table.row("finish", time.finish().map(|finish| clocks.show(finish)));
    table.row("duration", time.duration().map(|duration| duration_words(time, duration, columns)));
    table.row("processing", time.processing().map(|processing| when::seconds(processing.value)));
    table.row("date_start", time.date_start().map(|date| visible::line(date).into_owned()));
    table.row("date_finish", time.date_finish().map(|date| visible::line(date).into_owned()));
    let bar_columns = if columns >= WIDE { 10 } else { 6 };
    table.row("operating", time.operating().map(|operating| operating_words(operating.value, bar_columns)));
    table.row("operating_reset_at", time.operating_reset_at().map(|at| clocks.show_instant(at, false)));
    for (name, value) in time.unknown() {
        table.row(&visible::line(name), Some(visible::line(&value.to_string()).into_owned()));
    }
    table.lines
}

struct Table<'a> {
    lines: Vec<Line<'static>>,
    columns: usize,
    theme: &'a Theme,
}

impl Table<'_> {
    /// A field that did not come is shown as such: its absence means something too.
    fn row(&mut self, name: &str, value: Option<String>) {
        let label = label_columns(self.columns);
        let name = if name.len() >= label { name.trim_start_matches("operating_") } else { name };
        let style = if value.is_some() { self.theme.text } else { self.theme.quiet };
        let value = value.unwrap_or_else(|| "not sent".to_owned());
        self.lines.extend(text::labelled(name, label, &value, self.columns, (self.theme.quiet, style)));
    }
}

/// The two clocks that a time is shown by.
struct Clocks<'a> {
    portal: Option<Offset>,
    local: &'a TimeZone,
    is_wide: bool,
}

impl Clocks<'_> {
    fn show(&self, seconds: Seconds) -> String {
        match timestamp(seconds.value) {
            Some(at) => self.show_instant(at, !seconds.whole),
            None => seconds.value.to_string(),
        }
    }

    fn show_instant(&self, at: Timestamp, fraction: bool) -> String {
        let local = self.local.to_offset(at);
        let portal = self.portal.unwrap_or(local);
        let zone = TimeZone::fixed(portal);
        let shown = if self.is_wide {
            format!("{} {}", when::date_and_clock(at, &zone, fraction), when::offset(portal))
        } else {
            when::clock(at, &zone, fraction)
        };
        match (self.portal, portal == local) {
            (None, _) => format!("{shown} local"),
            (Some(_), true) => shown,
            (Some(_), false) => format!("{shown} · {} local", when::clock(at, self.local, false)),
        }
    }
}

fn duration_words(time: &TimeBlock, duration: Seconds, columns: usize) -> String {
    let words = when::seconds(duration.value);
    if !time.duration_is_inflated() {
        return words;
    }
    // On one line, so that at 80 by 24 our own clock below it stays in sight.
    let whole = format!("{words}  (start is whole seconds: up to 1 s too long)");
    if text::width(&whole) + label_columns(columns) <= columns {
        whole
    } else {
        format!("{words}  (up to 1 s too long)")
    }
}

fn operating_words(used: f64, bar_columns: usize) -> String {
    format!("{} {used:.2} of about {OPERATING_LIMIT:.0} s", bar(used / OPERATING_LIMIT, bar_columns))
}

/// A share as a bar of so many columns; anything above nothing shows at least a sliver.
fn bar(share: f64, columns: usize) -> String {
    let eighths = (share.clamp(0.0, 1.0) * columns as f64 * 8.0).ceil() as usize;
    let mut bar = "█".repeat(eighths / 8);
    if let Some(part) = [None, Some('▏'), Some('▎'), Some('▍'), Some('▌'), Some('▋'), Some('▊'), Some('▉')][eighths % 8]
    {
        bar.push(part);
    }
    let rest = columns.saturating_sub(bar.chars().count());
    format!("▕{bar}{}▏", " ".repeat(rest))
}

fn our_clock(phases: &Phases, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled("── measured here ──", theme.quiet)];
    let steps =
        [("dns", phases.dns), ("connect", phases.connect), ("wait", phases.wait), ("download", phases.download)];
    let longest = steps.iter().filter_map(|(_, took)| *took).max().unwrap_or_default();
    for (name, took) in steps {
        lines.push(phase_line(name, took, longest, phases.reused, columns, theme));
    }
    lines
}

/// The same in a line or two: `here  connect 0.1 ms · wait 160 ms · download 8 ms`.
fn our_clock_in_brief(phases: &Phases, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let steps =
        [("dns", phases.dns), ("connect", phases.connect), ("wait", phases.wait), ("download", phases.download)];
    let mut told: Vec<String> =
        steps.iter().filter_map(|(name, took)| took.map(|took| format!("{name} {}", when::span(took)))).collect();
    if phases.reused {
        told.insert(0, "connection reused".to_owned());
    }
    if told.is_empty() {
        told.push("nothing was reached".to_owned());
    }
    text::labelled("here", 6, &told.join(" · "), columns, (theme.quiet, theme.text))
}

fn phase_line(
    name: &str,
    took: Option<Duration>,
    longest: Duration,
    reused: bool,
    columns: usize,
    theme: &Theme,
) -> Line<'static> {
    let label = Span::styled(text::pad(name, label_columns(columns)), theme.quiet);
    let Some(took) = took else {
        let why = match name {
            "dns" | "connect" if reused => "none: the connection was open already",
            "dns" => "none: the address is a number",
            _ => "not reached",
        };
        return Line::from(vec![label, Span::styled(why, theme.quiet)]);
    };
    let share = if longest.is_zero() { 0.0 } else { took.as_secs_f64() / longest.as_secs_f64() };
    let room = columns.saturating_sub(label_columns(columns) + 10).min(30);
    let bar = "▇".repeat(((share * room as f64).round() as usize).max(1).min(room));
    Line::from(vec![label, Span::raw(text::pad(&when::span(took), 9)), Span::styled(bar, theme.key)])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::reply::Parts;

    fn shown(time: serde_json::Value, columns: usize) -> String {
        let parts = Parts {
            status: 200,
            version: "HTTP/1.1".into(),
            headers: Vec::new(),
            body: json!({ "result": null, "time": time }).to_string().into_bytes(),
            cut: None,
            phases: Phases::default(),
        };
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        let lines = lines(&End::Answered(Reply::new(parts)), columns, &zone, &Theme::plain());
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    #[test]
    fn times_are_shown_in_the_portals_offset_and_in_local_time() {
        let text = shown(json!({ "start": 1789001122.5, "date_start": "2026-09-10T02:45:22+02:00" }), 70);
        assert!(text.contains("start              2026-09-10 02:45:22.500 +02:00 · 03:45:22 local"), "{text}");
        let text = shown(json!({ "start": 1789001122.5, "date_start": "2026-09-10T02:45:22+02:00" }), 46);
        assert!(text.contains("start       02:45:22.500 · 03:45:22 local\n"), "{text}");
    }

    #[test]
    fn a_whole_start_warns_beside_the_duration() {
        let inflated = shown(json!({ "start": 1789001122, "finish": 1789001122.4, "duration": 0.4 }), 80);
        assert!(inflated.contains("400 ms  (start is whole seconds: up to 1 s too long)"), "{inflated}");
        let exact = shown(json!({ "start": 1789001122.1, "finish": 1789001122.5, "duration": 0.4 }), 80);
        assert!(exact.contains("duration           400 ms\n"), "{exact}");
    }

    #[test]
    fn operating_time_is_a_bar_against_the_limit() {
        assert_eq!(operating_words(0.0, 10), "▕          ▏ 0.00 of about 480 s");
        assert_eq!(operating_words(240.0, 10), "▕█████     ▏ 240.00 of about 480 s");
        assert_eq!(operating_words(0.1, 10), "▕▏         ▏ 0.10 of about 480 s");
        assert_eq!(operating_words(9e9, 10), "▕██████████▏ 9000000000.00 of about 480 s");
    }

    #[test]
    fn a_field_that_did_not_come_is_said_to_be_missing() {
        let text = shown(json!({ "start": 1 }), 80);
        assert!(text.contains("operating          not sent"), "{text}");
    }
}
