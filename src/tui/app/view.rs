//! The picture of the state. Read-only: nothing here changes anything.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Text};

use super::available::why_not;
use super::focus::Focus;
use super::message::Moment;
use super::model::{Model, Overlay, Portal};
use super::pointer::types_area;
use crate::domain::entity_types;
use crate::tui::keys::Action;
use crate::tui::panes::{header, hints, result};
use crate::tui::ui::layout::{LEAST, Layout};
use crate::tui::ui::text;

/// Draws the state as it is at a moment.
pub fn view(model: &Model, now: Moment, frame: &mut Frame) {
    let Some(layout) = model.layout() else { return too_small(frame) };
    draw_header(model, frame, &layout, now);
    draw_form(model, frame, &layout);
    draw_panes(model, frame, &layout, now);
    draw_notice(model, frame, &layout);
    draw_hints(model, frame, &layout);
    draw_over(model, frame, &layout);
}

/// Which of the panes that share an area is seen in the narrow arrangement.
pub fn shared(model: &Model) -> Focus {
    if model.focus.is_form() { Focus::Result } else { model.focus }
}

fn too_small(frame: &mut Frame) {
    let area = frame.area();
    let words = format!(
        "b24chat needs {} columns and {} rows; this terminal has {} and {}. Make it larger, or Ctrl-C leaves.",
        LEAST.0, LEAST.1, area.width, area.height
    );
    let lines: Vec<Line> = text::wrap(&words, usize::from(area.width)).into_iter().map(Line::from).collect();
    frame.render_widget(Text::from(lines), area);
}

fn draw_header(model: &Model, frame: &mut Frame, layout: &Layout, now: Moment) {
    let portal = match &model.portal {
        Portal::Opening(what) => header::Portal::Opening(what),
        Portal::Open(profile) => header::Portal::Open(profile),
        Portal::Missing(_) => header::Portal::Missing,
    };
    let right = if model.flight.is_aloft() {
        let words = format!("asking {:.1} s ", model.flight.elapsed(now).as_secs_f64());
        Line::styled(words, model.theme.strong)
    } else {
        Line::default()
    };
    header::draw(frame, layout.header, &portal, right, &model.theme);
}

fn draw_form(model: &Model, frame: &mut Frame, layout: &Layout) {
    let keys = |pane| model.overlay.is_none() && model.focus == pane;
    model.entity_type.draw(frame, layout.entity_type, keys(Focus::EntityType), model.speech());
    let hint = entity_types::hint(&model.entity_type.value, model.entity_id.value());
    model.entity_id.draw(frame, layout.entity_id, &hint, keys(Focus::EntityId), model.speech());
}

fn draw_panes(model: &Model, frame: &mut Frame, layout: &Layout, now: Moment) {
    let keys = |pane| model.overlay.is_none() && model.focus == pane;
    let seen = |pane| !layout.narrow || shared(model) == pane;
    if seen(Focus::Result) {
        let showing = model.showing(now);
        result::draw(frame, layout.result, &showing, model.result_scroll, keys(Focus::Result), model.speech());
    }
    if seen(Focus::Response) {
        let record = model.shown.as_ref().map(|shown| &*shown.record);
        let has_keys = keys(Focus::Response);
        model.response.draw(frame, layout.response, record, &model.zone, has_keys, &model.theme);
    }
    if seen(Focus::History) {
        let has_keys = keys(Focus::History);
        model.history.draw(frame, layout.history, now.wall, &model.zone, has_keys, &model.theme);
    }
}

fn draw_notice(model: &Model, frame: &mut Frame, layout: &Layout) {
    let Some(notice) = &model.notice else { return };
    let area = Rect { x: layout.notice.x + 1, width: layout.notice.width.saturating_sub(2), ..layout.notice };
    let columns = usize::from(area.width.saturating_sub(2));
    let style = model.theme.warn;
    let lines = text::labelled("!", 2, &notice.words, columns + 2, (style, model.theme.text));
    frame.render_widget(Text::from(lines), area);
}

fn draw_hints(model: &Model, frame: &mut Frame, layout: &Layout) {
    let mut leads: Vec<(String, &str)> = Vec::new();
    if model.flight.is_aloft() {
        leads.push(("Esc".to_owned(), "cancel"));
    } else if model.overlay.is_some() || model.entity_type.chooser.is_some() {
        leads.push(("Esc".to_owned(), "close"));
    } else if model.queued.is_some() {
        leads.push(("Esc".to_owned(), "take it back"));
    } else if model.notice.as_ref().is_some_and(|notice| !notice.passing) {
        leads.push(("Esc".to_owned(), "dismiss"));
    }
    // An empty form still says how it is sent; pressing Enter then says what is missing.
    let available = |action| action == Action::Send || why_not(model, action).is_none();
    hints::draw(frame, layout.hints, model.place(), &leads, available, &model.theme);
}

fn draw_over(model: &Model, frame: &mut Frame, layout: &Layout) {
    if let Some(chooser) = &model.entity_type.chooser {
        let area = types_area(layout, model.screen, chooser.choices().len());
        chooser.draw(frame, area, model.overlay.is_none(), model.speech());
    }
    match &model.overlay {
        Some(Overlay::Help(help)) => help.draw(frame, |action| why_not(model, action), &model.theme),
        Some(Overlay::Palette(palette)) => palette.draw(frame, |action| why_not(model, action), &model.theme),
        Some(Overlay::Profiles(list)) => list.draw(frame, &model.theme),
        Some(Overlay::NewProfile(adding)) => adding.draw(frame, model.speech()),
        Some(Overlay::Doctor(doctor)) => doctor.draw(frame, model.room(), model.speech()),
        Some(Overlay::Report { page, .. }) => page.draw(frame, model.room(), &model.theme),
        Some(Overlay::WhyNull(why)) => why.draw(frame, model.room(), model.language, &model.theme),
        Some(Overlay::Copy(menu)) if menu.page.is_some() => menu.draw_plain(frame, &model.theme),
        Some(Overlay::Copy(menu)) => menu.draw(frame, model.room(), &model.theme),
        Some(Overlay::Moved(moved)) => moved.draw(frame, model.speech()),
        Some(Overlay::Card(card)) => card.draw(frame, model.room(), model.language, &model.theme),
        Some(Overlay::MyChats(list)) => list.draw(frame, model.room(), model.language, &model.theme),
        None => {}
    }
}
