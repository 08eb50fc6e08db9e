//! The mouse: a click gives a pane the keys and means what is under it; the wheel scrolls what it points at.

use ratatui::layout::{Position, Rect};

use super::act;
use super::effect::Effect;
use super::focus::Focus;
use super::message::{Moment, Pointer};
use super::model::{Model, Overlay};
use crate::tui::keys::Action;
use crate::tui::panes::response::{ResponsePane, Tab};
use crate::tui::ui::layout::Layout;

/// Lines that one step of the wheel scrolls.
const STEP: isize = 3;

pub fn pointed(model: &mut Model, pointer: Pointer, now: Moment) -> Vec<Effect> {
    let Some(layout) = model.layout() else { return Vec::new() };
    match pointer {
        Pointer::Clicked { column, row } => clicked(model, &layout, Position::new(column, row)),
        Pointer::WheeledUp { column, row } => wheeled(model, &layout, Position::new(column, row), -STEP, now),
        Pointer::WheeledDown { column, row } => wheeled(model, &layout, Position::new(column, row), STEP, now),
    }
}

fn clicked(model: &mut Model, layout: &Layout, at: Position) -> Vec<Effect> {
    if model.overlay.is_some() {
        return super::profiles::put_away(model);
    }
    if model.entity_type.chooser.is_some() {
        return clicked_types(model, layout, at);
    }
    let Some(pane) = pane_at(model, layout, at) else { return Vec::new() };
    let mut effects = act::focus(model, pane);
    match pane {
        Focus::EntityType => model.entity_type.open(),
        Focus::Response => clicked_response(model, layout.response, at),
        Focus::History => {
            let line = at.y.checked_sub(layout.history.y + 1).map(usize::from);
            if let Some(row) = line.and_then(|line| model.history.row_at(line)) {
                effects = act::go_to_row(model, row);
            }
        }
        Focus::EntityId | Focus::Result => {}
    }
    effects
}

fn clicked_types(model: &mut Model, layout: &Layout, at: Position) -> Vec<Effect> {
    let Some(chooser) = &mut model.entity_type.chooser else { return Vec::new() };
    let count = chooser.choices().len();
    let area = types_area(layout, model.screen, count);
    if !area.contains(at) {
        model.entity_type.chooser = None;
        return Vec::new();
    }
    // One row for the frame and one for the typed text.
    let rows = usize::from(area.height.saturating_sub(3));
    if let Some(line) = at.y.checked_sub(area.y + 2).map(usize::from).filter(|line| *line < rows) {
        let row = chooser.top(rows) + line;
        if row < count {
            chooser.cursor = row;
            model.entity_type.take();
            model.type_touched = true;
            model.focus = Focus::EntityId;
        }
    }
    Vec::new()
}

/// The list of types when it has so many rows.
pub fn types_area(layout: &Layout, screen: Rect, choices: usize) -> Rect {
    layout.types(screen, u16::try_from(choices + 1).unwrap_or(u16::MAX - 2))
}

fn clicked_response(model: &mut Model, area: Rect, at: Position) {
    if at.y == area.y {
        if let Some(tab) = ResponsePane::tab_at(area, at.x) {
            model.response.tab = tab;
            model.response.scroll = 0;
        }
        return;
    }
    let line = at.y.checked_sub(area.y + 2).map(usize::from);
    if model.response.tab == Tab::Raw
        && let Some(row) = line.and_then(|line| model.response.row_at(area, line))
    {
        // A second click on the same row folds it.
        if model.response.cursor == row {
            model.response.cursor = model.response.raw.toggle(row);
        } else {
            model.response.cursor = row;
        }
    }
}

fn wheeled(model: &mut Model, layout: &Layout, at: Position, by: isize, now: Moment) -> Vec<Effect> {
    if model.entity_type.chooser.is_some() || model.overlay.is_some() {
        match &mut model.overlay {
            Some(Overlay::Help(help)) => help.scroll = help.scroll.saturating_add_signed(by),
            Some(Overlay::Report { page, .. }) => page.scroll = page.scroll.saturating_add_signed(by),
            Some(Overlay::Doctor(doctor)) => doctor.scroll = doctor.scroll.saturating_add_signed(by),
            _ => return act::act(model, if by < 0 { Action::Up } else { Action::Down }, now),
        }
        return Vec::new();
    }
    match pane_at(model, layout, at) {
        Some(Focus::Result) => model.result_scroll = model.result_scroll.saturating_add_signed(by),
        Some(Focus::Response) => model.response.move_by(by),
        Some(Focus::History) => return act::go_to_row(model, model.history.cursor.saturating_add_signed(by)),
        Some(Focus::EntityType | Focus::EntityId) | None => {}
    }
    Vec::new()
}

fn pane_at(model: &Model, layout: &Layout, at: Position) -> Option<Focus> {
    if layout.entity_type.contains(at) {
        return Some(Focus::EntityType);
    }
    if layout.entity_id.contains(at) {
        return Some(Focus::EntityId);
    }
    if layout.narrow {
        return layout.result.contains(at).then(|| super::view::shared(model));
    }
    [(layout.result, Focus::Result), (layout.response, Focus::Response), (layout.history, Focus::History)]
        .into_iter()
        .find_map(|(area, pane)| area.contains(at).then_some(pane))
}
