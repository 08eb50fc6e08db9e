//! What next: the card of the chat that was found, and the picker of my own chats. Both say what they
//! would send, and send it when they are told to; closing them takes it back.

use super::effect::Effect;
use super::focus::Focus;
use super::model::{Model, Overlay, Portal};
use super::profiles;
use crate::domain::card::Card;
use crate::domain::language::Phrase;
use crate::domain::lookup::End;
use crate::domain::mine::Page;
use crate::domain::not_read::NotRead;
use crate::domain::record::Record;
use crate::domain::reply::{ChatId, Outcome};
use crate::domain::visible;
use crate::tui::panes::card::{ChatCard, Details};
use crate::tui::panes::my_chats::{MyChats, Reading};

/// The chat of the lookup that is shown.
pub fn found(model: &Model) -> Option<(ChatId, &Record)> {
    let record = &*model.shown.as_ref()?.record;
    match &record.end {
        End::Answered(reply) => match reply.outcome {
            Outcome::Chat(id) => Some((id, record)),
            _ => None,
        },
        End::Failed { .. } => None,
    }
}

/// Opens the card. Nothing is sent.
pub fn open_card(model: &mut Model) -> Vec<Effect> {
    let Some((chat, record)) = found(model) else { return Vec::new() };
    let details = out_of_reach(model, record).map_or(Details::Offered, Details::OutOfReach);
    let (pair, site) = (record.pair.clone(), record.site.clone());
    let effects = profiles::put_away(model);
    let number = model.next_number();
    model.overlay = Some(Overlay::Card(ChatCard { number, chat, pair, site, details, scroll: 0 }));
    effects
}

/// Why the portal that is open cannot be asked about this record's chat.
fn out_of_reach(model: &Model, record: &Record) -> Option<Phrase> {
    let Portal::Open(profile) = &model.portal else {
        return Some(Phrase::new(
            "More cannot be asked for: no portal is open.",
            "Узнать больше нельзя: портал не открыт.",
        ));
    };
    if profile.root.site() == record.site {
        return None;
    }
    let (theirs, ours) = (&record.portal, profile.root.host());
    Some(Phrase::new(
        format!(
            "More is not asked for: this lookup was asked of {theirs}, and the profile that is open asks {ours}, where the \
             same number is another chat. Open the profile of {theirs} (p) to ask."
        ),
        format!(
            "Больше не спрашивается: этот ответ от {theirs}, а открытый профиль ведёт на {ours}, где под тем же номером \
             другой чат. Откройте профиль {theirs} (p), чтобы спросить."
        ),
    ))
}

/// Asks for the details, once more where they are here already.
pub fn ask_card(model: &mut Model) -> Vec<Effect> {
    let (number, timeout) = (model.next_number(), model.timeout);
    let Some(Overlay::Card(card)) = &mut model.overlay else { return Vec::new() };
    match card.details {
        Details::OutOfReach(_) | Details::Asking => Vec::new(),
        Details::Offered | Details::Read(_) | Details::Failed(_) => {
            (card.number, card.details, card.scroll) = (number, Details::Asking, 0);
            vec![Effect::ReadCard { number, chat: card.chat, timeout }]
        }
    }
}

/// The details came, or why they did not.
pub fn card_read(model: &mut Model, number: u64, end: Result<Box<Card>, NotRead>) {
    if let Some(Overlay::Card(card)) = &mut model.overlay
        && card.number == number
    {
        card.details = end.map_or_else(Details::Failed, Details::Read);
    }
}

/// Opens the picker. Nothing is sent.
pub fn open_my_chats(model: &mut Model) -> Vec<Effect> {
    let effects = profiles::put_away(model);
    let number = model.next_number();
    model.overlay = Some(Overlay::MyChats(MyChats::new(number)));
    effects
}

/// Asks for the chats; when they are here, fills the form with the one under the cursor.
pub fn take_my_chats(model: &mut Model) -> Vec<Effect> {
    let timeout = model.timeout;
    let Some(Overlay::MyChats(list)) = &mut model.overlay else { return Vec::new() };
    if list.reading == Reading::Offered {
        list.reading = Reading::Going;
        return vec![Effect::ReadMine { number: list.number, timeout }];
    }
    let Some(mine) = list.chosen().cloned() else { return Vec::new() };
    let effects = profiles::put_away(model);
    let title = if mine.title.is_empty() { String::new() } else { format!(", {}", mine.title) };
    let how = format!("my chat {}{title}: {}", mine.chat, mine.pair);
    model.fill(&mine.pair, visible::line(&how).into_owned().into());
    model.focus = Focus::EntityId;
    effects
}

/// A page of my chats came, or why none did.
pub fn mine_read(model: &mut Model, number: u64, page: Result<Page, NotRead>) {
    if let Some(Overlay::MyChats(list)) = &mut model.overlay
        && list.number == number
        && list.is_reading()
    {
        list.came(page);
    }
}

/// What an overlay that is being closed still waits for is given up.
pub fn give_up(overlay: &Overlay) -> Vec<Effect> {
    match overlay {
        Overlay::Card(card) if card.is_asking() => vec![Effect::AbandonRead(card.number)],
        Overlay::MyChats(list) if list.is_reading() => vec![Effect::AbandonRead(list.number)],
        _ => Vec::new(),
    }
}
