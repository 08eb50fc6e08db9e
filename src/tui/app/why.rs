//! Why null in the machine: listing what may be so, sending the one batch, loading the pair that was found.

use super::effect::Effect;
use super::model::{Model, Overlay, Portal};
use super::{focus::Focus, profiles};
use crate::domain::entity::EntityPair;
use crate::domain::explanation::{Explained, Known, explain};
use crate::domain::lookup::End;
use crate::domain::profile::Sketch;
use crate::domain::reply::Outcome;
use crate::tui::panes::why::{Stage, WhyNull};

/// The pair that is shown as having no chat.
///
/// # Errors
/// Why there is nothing to explain, in words that fit after "not now:".
pub fn of_shown(model: &Model) -> Result<EntityPair, &'static str> {
    let Some(shown) = &model.shown else { return Err("there is no lookup to explain") };
    match &shown.record.end {
        End::Answered(reply) if reply.outcome == Outcome::NoChat => Ok(shown.record.pair.clone()),
        _ => Err("the lookup that is shown did not end without a chat"),
    }
}

/// Lists the hypotheses. Nothing is sent.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Ok(pair) = of_shown(model) else { return Vec::new() };
    let mut effects = profiles::put_away(model);
    let profile = match &model.portal {
        Portal::Open(profile) => profile.name.clone(),
        Portal::Opening(what) => what.clone(),
        Portal::Missing(_) => "no portal".to_owned(),
    };
    let number = model.next_number();
    let explanation = explain(&pair, &Known::default());
    model.overlay =
        Some(Overlay::WhyNull(Box::new(WhyNull { number, explanation, profile, stage: Stage::Listed, cursor: 0 })));
    // Whether another profile of the same portal is there is known a moment later.
    effects.push(Effect::ListProfiles);
    effects
}

/// The profiles were read: those of the same portal are one more thing that may be so.
pub fn know(model: &mut Model, sketches: Vec<Sketch>) {
    let Portal::Open(profile) = &model.portal else { return };
    let host = profile.root.host();
    let others = sketches.into_iter().filter(|it| it.host == host && it.name != profile.name).map(|it| it.name);
    let known = Known { others: others.collect() };
    if let Some(Overlay::WhyNull(why)) = &mut model.overlay
        && matches!(why.stage, Stage::Listed)
        && !known.others.is_empty()
    {
        why.explanation = explain(&why.explanation.pair, &known);
    }
}

/// Sends the batch, or loads the pair that was found under the cursor.
pub fn take(model: &mut Model) -> Vec<Effect> {
    let is_open = matches!(model.portal, Portal::Open(_));
    let Some(Overlay::WhyNull(why)) = &mut model.overlay else { return Vec::new() };
    if let Some(pair) = why.found().cloned() {
        load(model, &pair);
        return Vec::new();
    }
    let words = match &why.stage {
        Stage::Asking => return Vec::new(),
        _ if !why.can_ask() => "No pair was found there.",
        _ if !why.explanation.can_be_asked() => "Nothing was sent: this pair cannot travel in a batch.",
        _ if !is_open => "Nothing was sent: there is no portal to ask.",
        _ => {
            why.stage = Stage::Asking;
            return vec![Effect::Explain { number: why.number, explanation: Box::new(why.explanation.clone()) }];
        }
    };
    model.mention(words);
    Vec::new()
}

/// The batch ended.
pub fn explained(model: &mut Model, number: u64, explained: Box<Explained>) {
    if let Some(Overlay::WhyNull(why)) = &mut model.overlay
        && why.number == number
    {
        // The cursor goes to what was found, if something was.
        if let Explained::Judged(judgement) = &*explained {
            let found = |end: &crate::domain::explanation::End| end.key() == "found_instead";
            why.cursor = judgement.ends.iter().position(found).unwrap_or(0);
        }
        why.stage = Stage::Ended(explained);
    }
}

fn load(model: &mut Model, pair: &EntityPair) {
    model.overlay = None;
    model.entity_type.value = pair.entity_type().to_owned();
    model.type_touched = true;
    model.entity_id.set(pair.entity_id());
    model.focus = Focus::EntityId;
    model.mention("The pair that was found is in the form. Enter asks for it.");
}
