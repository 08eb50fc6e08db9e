//! The doctor's ladder on the screen: rungs appear as they finish, one profile or two side by side.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use crate::domain::diagnosis::{Diagnosis, Finding, Rung, Standing};
use crate::domain::visible;
use crate::tui::ui::layout::Layout;
use crate::tui::ui::pane::{self, Titles};
use crate::tui::ui::theme::{Speech, Theme};
use crate::tui::ui::{text, when};

/// An open examination.
#[derive(Clone, Debug)]
pub struct Doctor {
    /// Which examination; what belongs to an older one is out of date.
    pub number: u64,
    /// One, or two to compare.
    pub sides: Vec<Side>,
    pub scroll: usize,
}

/// The examination of one profile.
#[derive(Clone, Debug)]
pub struct Side {
    pub profile: String,
    pub findings: Vec<Finding>,
    /// Set when it is over.
    pub done: Option<Diagnosis>,
    /// Why it could not begin.
    pub trouble: Option<String>,
}

impl Side {
    pub fn new(profile: impl Into<String>) -> Self {
        Self { profile: profile.into(), findings: Vec::new(), done: None, trouble: None }
    }

    fn finding(&self, rung: Rung) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.rung == rung)
    }
}

impl Doctor {
    pub fn is_over(&self) -> bool {
        self.sides.iter().all(|side| side.done.is_some() || side.trouble.is_some())
    }

    /// Its place in the room that notices and hints leave.
    pub fn area(room: Rect) -> Rect {
        Layout::middle(room, 110.min(room.width.saturating_sub(2)), room.height.saturating_sub(1))
    }

    pub fn draw(&self, frame: &mut Frame, room: Rect, speech: Speech<'_>) {
        let theme = speech.theme;
        let area = Self::area(room);
        let names: Vec<String> = self.sides.iter().map(|side| visible::line(&side.profile).into_owned()).collect();
        let requests: u32 = self.sides.iter().filter_map(|side| side.done.as_ref()).map(|done| done.requests).sum();
        let right = if self.is_over() { format!(" {requests} requests ") } else { " examining … ".to_owned() };
        let titles = Titles {
            left: Line::from(format!(" Doctor · {} ", names.join(" against "))),
            right: Line::from(right),
            bottom: Line::from(" a against another profile   s report   r again   Esc close "),
        };
        let inner = pane::overlay(frame, area, titles, theme);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let lines = self.lines(usize::from(inner.width), speech);
        let top = self.scroll.min(lines.len().saturating_sub(usize::from(inner.height)));
        let seen: Vec<Line> = lines.into_iter().skip(top).take(usize::from(inner.height)).collect();
        frame.render_widget(Text::from(seen), inner);
    }

    /// All of it, wrapped.
    pub fn lines(&self, columns: usize, speech: Speech<'_>) -> Vec<Line<'static>> {
        match self.sides.as_slice() {
            [side] => alone(side, columns, speech),
            sides => compared(sides, columns, speech),
        }
    }
}

const NAME: usize = 13;

fn alone(side: &Side, columns: usize, speech: Speech<'_>) -> Vec<Line<'static>> {
    let theme = speech.theme;
    let mut lines = Vec::new();
    for finding in &side.findings {
        let took = finding.took.map_or(String::new(), when::span);
        let room = columns.saturating_sub(2 + NAME + 9);
        let found = visible::line(finding.found.get(speech.language)).into_owned();
        for (at, words) in text::wrap(&found, room.max(8)).into_iter().enumerate() {
            let first = at == 0;
            lines.push(Line::from(vec![
                Span::styled(
                    format!("{} ", if first { finding.standing.mark() } else { " " }),
                    style(finding.standing, theme),
                ),
                Span::styled(text::pad(if first { finding.rung.name() } else { "" }, NAME), theme.quiet),
                Span::styled(text::pad(&words, room), theme.text),
                Span::styled(if first { format!("{took:>8}") } else { String::new() }, theme.quiet),
            ]));
        }
        lines.extend(details(finding, columns, speech));
    }
    lines.extend(side.trouble.iter().flat_map(|why| text::paragraph(&visible::line(why), columns, theme.bad)));
    lines
}

/// What a failure means and what to do, and what a check proves.
fn details(finding: &Finding, columns: usize, speech: Speech<'_>) -> Vec<Line<'static>> {
    let Speech { theme, language } = speech;
    let indent = " ".repeat(2 + NAME);
    let room = columns.saturating_sub(2 + NAME).max(8);
    let mut lines = Vec::new();
    let mut say = |words: &str, style: Style| {
        for line in text::wrap(&visible::line(words), room) {
            lines.push(Line::from(vec![Span::raw(indent.clone()), Span::styled(line, style)]));
        }
    };
    if finding.standing == Standing::Fail {
        finding.cause.iter().for_each(|cause| say(cause.get(language), theme.text));
        finding.proves.iter().for_each(|proves| say(proves.get(language), theme.quiet));
        finding.advice.iter().for_each(|advice| say(&format!("→ {}", advice.get(language)), theme.text));
        finding.otherwise.iter().for_each(|otherwise| say(otherwise.get(language), theme.quiet));
    }
    lines
}

/// Both ladders beside each other; a rung that stands differently is marked.
fn compared(sides: &[Side], columns: usize, speech: Speech<'_>) -> Vec<Line<'static>> {
    let theme = speech.theme;
    let count = sides.len().max(1);
    let room = columns.saturating_sub(2 + NAME) / count;
    let mut lines = Vec::new();
    for rung in Rung::ALL {
        let findings: Vec<Option<&Finding>> = sides.iter().map(|side| side.finding(rung)).collect();
        if findings.iter().all(Option::is_none) {
            continue;
        }
        let standings: Vec<_> = findings.iter().map(|finding| finding.map(|finding| finding.standing)).collect();
        let differs = standings.windows(2).any(|pair| pair[0] != pair[1] && pair[0].is_some() && pair[1].is_some());
        let mut spans = vec![
            Span::styled(if differs { "≠ " } else { "  " }, theme.warn),
            Span::styled(text::pad(rung.name(), NAME), theme.quiet),
        ];
        for finding in &findings {
            let (mark, style, words) = match finding {
                Some(finding) => {
                    (finding.standing.mark(), style(finding.standing, theme), finding.found.get(speech.language))
                }
                None => ("…", theme.quiet, ""),
            };
            spans.push(Span::styled(format!("{mark} "), style));
            spans.push(Span::raw(text::pad(&visible::line(words), room.saturating_sub(3))));
            spans.push(Span::raw(" "));
        }
        lines.push(Line::from(spans));
    }
    for side in sides {
        let broken = side.findings.iter().find(|finding| finding.standing == Standing::Fail);
        if let Some(finding) = broken {
            lines.push(Line::default());
            lines
                .push(Line::styled(format!("{}: {}", visible::line(&side.profile), finding.rung.name()), theme.strong));
            lines.extend(details(finding, columns, speech));
        }
        lines.extend(side.trouble.iter().flat_map(|why| text::paragraph(&visible::line(why), columns, theme.bad)));
    }
    lines
}

fn style(standing: Standing, theme: &Theme) -> Style {
    match standing {
        Standing::Pass => theme.good,
        Standing::Fail => theme.bad,
        Standing::Unknown => theme.warn,
        Standing::Skipped => theme.quiet,
    }
}
