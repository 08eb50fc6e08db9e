//! What each action does.

use super::available::why_not;
use super::effect::{Effect, Ending};
use super::focus::Focus;
use super::message::Moment;
use super::model::{Model, Overlay};
use super::{copying, flight, follow_up, profiles, typing, why};
use crate::domain::entity::{EntityPair, InvalidPair};
use crate::domain::language::Language;
use crate::tui::keys::{Action, Place};
use crate::tui::panes::help::Help;
use crate::tui::panes::palette::Palette;
use crate::tui::panes::profiles::Purpose;
use crate::tui::panes::response::Tab;

/// Does it, or says why not.
pub fn act(model: &mut Model, action: Action, now: Moment) -> Vec<Effect> {
    if let Some(reason) = why_not(model, action)
        && action != Action::Send
    {
        model.mention(format!("Not now: {reason}."));
        return Vec::new();
    }
    match action {
        Action::Send => send_form(model, now),
        Action::Repeat => repeat(model, model.history.under_cursor().map(|row| row.pair.clone()), now),
        Action::RepeatShown => repeat(model, shown_pair(model), now),
        Action::Edit => edit(model),
        Action::ChooseType => {
            model.entity_type.open();
            Vec::new()
        }
        Action::Take => take(model, now),
        Action::ToHistory => focus(model, Focus::History),
        Action::NextPane => focus(model, model.focus.next()),
        Action::PreviousPane => focus(model, model.focus.previous()),
        Action::Up => move_by(model, -1),
        Action::Down => move_by(model, 1),
        Action::PageUp => move_by(model, -page(model)),
        Action::PageDown => move_by(model, page(model)),
        Action::Top => move_by(model, -isize::MAX),
        Action::Bottom => move_by(model, isize::MAX),
        Action::NextTab => tab(model, model.response.tab.step(1)),
        Action::PreviousTab => tab(model, model.response.tab.step(Tab::ALL.len() - 1)),
        Action::Fold => {
            model.response.cursor = model.response.raw.toggle(model.response.cursor);
            Vec::new()
        }
        Action::FoldAll => {
            model.response.raw.toggle_all();
            Vec::new()
        }
        Action::Search => {
            model.response.searching = true;
            Vec::new()
        }
        Action::NextMatch => find(model, false),
        Action::PreviousMatch => find(model, true),
        Action::Filter => {
            model.history.filtering = true;
            focus(model, Focus::History)
        }
        Action::Palette => {
            model.overlay = Some(Overlay::Palette(Palette::new(place_below(model))));
            Vec::new()
        }
        Action::Profiles => profiles::list(model, Purpose::Use),
        Action::NewProfile => profiles::add(model),
        Action::Against => profiles::list(model, Purpose::Against),
        Action::Examine => profiles::examine_again(model),
        Action::WhyNull => why::open(model),
        Action::Copy => copying::open(model),
        Action::ShowAlone => copying::show_alone(model),
        Action::SaveCopy => copying::save(model),
        Action::FollowMove => profiles::ask_to_follow(model),
        Action::Report => profiles::show_report(model, now),
        Action::FollowUp => follow_up::open_card(model),
        Action::MyChats => follow_up::open_my_chats(model),
        Action::Help => {
            model.overlay = Some(Overlay::Help(Help { place: place_below(model), scroll: 0 }));
            Vec::new()
        }
        Action::Undo => undo(model, now),
        Action::Suspend => vec![Effect::Suspend],
        Action::Leave => leave(model, Ending::Asked, now),
    }
}

/// Ends the program. A request that is still in flight is cancelled and its record says so.
pub fn leave(model: &mut Model, ending: Ending, now: Moment) -> Vec<Effect> {
    let mut effects = flight::cancel(model, now);
    effects.push(Effect::Leave(ending));
    effects
}

fn send_form(model: &mut Model, now: Moment) -> Vec<Effect> {
    match EntityPair::new(model.entity_type.value.as_str(), model.entity_id.value()) {
        Ok(pair) => flight::send(model, pair, now),
        Err(refusal) => {
            model.focus = match refusal {
                InvalidPair::EmptyType | InvalidPair::LongType(_) | InvalidPair::ZeroType => Focus::EntityType,
                InvalidPair::EmptyId | InvalidPair::LongId(_) | InvalidPair::ZeroId => Focus::EntityId,
            };
            let words = refusal.words();
            model.mention(match model.language {
                Language::En => format!("Nothing was sent: {refusal}."),
                Language::Ru => format!("Ничего не отправлено: {}.", words.get(Language::Ru)),
            });
            Vec::new()
        }
    }
}

fn shown_pair(model: &Model) -> Option<EntityPair> {
    let shown = model.shown.as_ref().map(|shown| shown.record.pair.clone());
    shown.or_else(|| model.history.rows.first().map(|row| row.pair.clone()))
}

fn repeat(model: &mut Model, pair: Option<EntityPair>, now: Moment) -> Vec<Effect> {
    pair.map_or_else(Vec::new, |pair| flight::send(model, pair, now))
}

fn edit(model: &mut Model) -> Vec<Effect> {
    let from_list = model.history.under_cursor().filter(|_| model.focus == Focus::History).map(|row| row.pair.clone());
    if let Some(pair) = from_list.or_else(|| shown_pair(model)) {
        model.entity_type.value = pair.entity_type().to_owned();
        model.type_touched = true;
        model.entity_id.set(pair.entity_id());
        model.focus = Focus::EntityId;
    }
    Vec::new()
}

fn take(model: &mut Model, now: Moment) -> Vec<Effect> {
    match model.place() {
        Place::Types => {
            model.entity_type.take();
            model.type_touched = true;
            model.focus = Focus::EntityId;
            Vec::new()
        }
        Place::Filter => {
            model.history.filtering = false;
            Vec::new()
        }
        Place::Search => {
            model.response.searching = false;
            find(model, false)
        }
        Place::Palette => {
            let Some(Overlay::Palette(palette)) = model.overlay.take() else { return Vec::new() };
            let Some(choice) = palette.chosen() else { return Vec::new() };
            let mut effects = Vec::new();
            if let Some(pane) = Focus::of(choice.place).filter(|pane| *pane != model.focus) {
                effects = focus(model, pane);
            }
            effects.extend(act(model, choice.binding.action, now));
            effects
        }
        Place::Profiles => profiles::take(model, now),
        Place::NewProfile => profiles::go_on(model, now),
        Place::Moved => profiles::follow(model),
        Place::Report => profiles::save_report(model),
        Place::WhyNull => why::take(model),
        Place::Card => follow_up::ask_card(model),
        Place::MyChats => follow_up::take_my_chats(model),
        Place::CopyMenu => copying::take(model),
        _ => Vec::new(),
    }
}

fn find(model: &mut Model, backwards: bool) -> Vec<Effect> {
    let text = model.response.search.value().to_owned();
    match model.response.raw.find(&text, model.response.cursor, backwards) {
        Some(place) => model.response.cursor = place,
        None => model.mention("Not found in this reply."),
    }
    Vec::new()
}

fn tab(model: &mut Model, tab: Tab) -> Vec<Effect> {
    model.response.tab = tab;
    model.response.scroll = 0;
    Vec::new()
}

/// Gives the keys to a pane. Coming to the history opens the record under its cursor.
pub fn focus(model: &mut Model, focus: Focus) -> Vec<Effect> {
    model.entity_type.chooser = None;
    model.response.searching = false;
    if focus != Focus::History {
        model.history.filtering = false;
    }
    let mut effects = profiles::put_away(model);
    model.focus = focus;
    if focus == Focus::History {
        effects.extend(open_under_cursor(model));
    }
    effects
}

/// Lines that a page key moves by: what is seen, less one to keep one's place.
fn page(model: &Model) -> isize {
    let Some(layout) = model.layout() else { return 1 };
    let area = match model.focus {
        _ if model.overlay.is_some() || model.entity_type.chooser.is_some() => layout.result,
        Focus::History => layout.history,
        Focus::Response => layout.response,
        _ => layout.result,
    };
    isize::try_from(area.height).map_or(1, |rows| (rows - 3).max(1))
}

fn move_by(model: &mut Model, by: isize) -> Vec<Effect> {
    match model.place() {
        Place::Help => {
            if let Some(Overlay::Help(help)) = &mut model.overlay {
                help.scroll = help.scroll.saturating_add_signed(by);
            }
        }
        Place::Palette => {
            if let Some(Overlay::Palette(palette)) = &mut model.overlay {
                palette.cursor = palette.cursor.saturating_add_signed(by);
            }
        }
        Place::Profiles => {
            if let Some(Overlay::Profiles(list)) = &mut model.overlay {
                list.cursor = list.cursor.saturating_add_signed(by);
            }
        }
        Place::Report => {
            if let Some(Overlay::Report { page, .. }) = &mut model.overlay {
                page.scroll = page.scroll.saturating_add_signed(by);
            }
        }
        Place::WhyNull => {
            if let Some(Overlay::WhyNull(why)) = &mut model.overlay {
                why.cursor = why.cursor.saturating_add_signed(by);
            }
        }
        Place::Doctor => {
            if let Some(Overlay::Doctor(doctor)) = &mut model.overlay {
                doctor.scroll = doctor.scroll.saturating_add_signed(by);
            }
        }
        Place::Card => {
            if let Some(Overlay::Card(card)) = &mut model.overlay {
                card.scroll = card.scroll.saturating_add_signed(by);
            }
        }
        Place::MyChats => {
            if let Some(Overlay::MyChats(list)) = &mut model.overlay {
                list.cursor = list.cursor.saturating_add_signed(by);
            }
        }
        Place::CopyMenu | Place::PlainPage => {
            if let Some(Overlay::Copy(menu)) = &mut model.overlay {
                menu.move_by(by);
            }
        }
        Place::Types => {
            if let Some(chooser) = &mut model.entity_type.chooser {
                chooser.cursor = chooser.cursor.saturating_add_signed(by);
            }
        }
        Place::Result => model.result_scroll = model.result_scroll.saturating_add_signed(by),
        Place::Response => model.response.move_by(by),
        Place::History => {
            if by == -1 && model.history.cursor == 0 {
                return focus(model, Focus::EntityId);
            }
            return go_to_row(model, model.history.cursor.saturating_add_signed(by));
        }
        _ => {}
    }
    Vec::new()
}

/// Puts the history's cursor on a row and opens its record; nothing is asked.
pub fn go_to_row(model: &mut Model, row: usize) -> Vec<Effect> {
    model.history.cursor = row.min(model.history.rows.len().saturating_sub(1));
    let mut effects = open_under_cursor(model);
    if let Some(before) = model.history.wants_more() {
        // The number stays: what comes continues the rows that are here.
        effects.push(Effect::Recall {
            number: model.recall,
            filter: model.history.filter.value().to_owned(),
            before: Some(before),
        });
    }
    effects
}

/// Reads the record under the history's cursor, unless it is shown already or a request is in flight.
pub fn open_under_cursor(model: &Model) -> Vec<Effect> {
    let Some(row) = model.history.under_cursor() else { return Vec::new() };
    let is_shown = model.shown.as_ref().is_some_and(|shown| shown.id == Some(row.id));
    if is_shown || model.flight.is_aloft() { Vec::new() } else { vec![Effect::Open(row.id)] }
}

/// Undoes the latest thing, one at a time: what is most in the way goes first.
fn undo(model: &mut Model, now: Moment) -> Vec<Effect> {
    if model.flight.is_aloft() {
        return flight::cancel(model, now);
    }
    if model.overlay.is_some() {
        return profiles::put_away(model);
    }
    if model.entity_type.chooser.take().is_some() {
        return Vec::new();
    }
    if model.queued.take().is_some() | model.notice.take().is_some() {
        return Vec::new();
    }
    if model.response.searching || (model.focus == Focus::Response && !model.response.search.value().is_empty()) {
        model.response.searching = false;
        model.response.search.reset();
        return Vec::new();
    }
    if model.history.filtering || (model.focus == Focus::History && !model.history.filter.value().is_empty()) {
        model.history.filtering = false;
        model.history.filter.reset();
        return typing::recall(model);
    }
    model.focus = Focus::EntityId;
    Vec::new()
}

/// The place that help or palette are about when they are opened.
fn place_below(model: &Model) -> Place {
    match &model.overlay {
        Some(Overlay::Help(help)) => help.place,
        Some(Overlay::Palette(palette)) => palette.place,
        _ => model.place(),
    }
}
