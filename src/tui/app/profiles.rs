//! Profiles in the machine: choosing one, adding one, examining them, following a portal that moved.

use super::effect::Effect;
use super::message::Moment;
use super::model::{Model, Overlay, Portal};
use super::{flight, follow_up};
use jiff::Timestamp;

use crate::domain::diagnosis::{Diagnosis, Finding, Report, check_report, report};
use crate::domain::failure::Failure;
use crate::domain::language::Phrase;
use crate::domain::lookup::End;
use crate::domain::pasted::cloud;
use crate::domain::profile::Sketch;
use crate::domain::visible;
use crate::tui::panes::copy_menu::CopyMenu;
use crate::tui::panes::doctor::{Doctor, Side};
use crate::tui::panes::moved::Moved;
use crate::tui::panes::new_profile::NewProfile;
use crate::tui::panes::profiles::{ProfileList, Purpose};
use crate::tui::panes::report::ReportPage;

/// Opens the list of profiles.
pub fn list(model: &mut Model, purpose: Purpose) -> Vec<Effect> {
    let effects = put_away(model);
    model.overlay = Some(Overlay::Profiles(ProfileList::new(purpose)));
    [effects, vec![Effect::ListProfiles]].concat()
}

/// The list was read.
pub fn listed(model: &mut Model, sketches: Result<Vec<Sketch>, String>) {
    if let Some(Overlay::Profiles(list)) = &mut model.overlay {
        list.sketches = Some(sketches);
    } else if let Ok(sketches) = sketches {
        super::why::know(model, sketches);
    }
}

/// Takes the profile under the cursor, for what the list was opened for.
pub fn take(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Some(Overlay::Profiles(list)) = &model.overlay else { return Vec::new() };
    let (purpose, Some(name)) = (list.purpose, list.chosen()) else { return Vec::new() };
    model.overlay = None;
    match purpose {
        Purpose::Use => open(model, name, now),
        Purpose::Against => examine(model, Some(name)),
    }
}

fn open(model: &mut Model, name: String, now: Moment) -> Vec<Effect> {
    let mut effects = flight::cancel(model, now);
    model.portal = Portal::Opening(visible::line(&name).into_owned());
    effects.push(Effect::UseProfile(name));
    effects
}

/// Opens the dialog that adds a profile.
pub fn add(model: &mut Model) -> Vec<Effect> {
    let effects = put_away(model);
    model.overlay = Some(Overlay::NewProfile(NewProfile::default()));
    effects
}

/// The dialog goes on: from the address to the name, from the name to the disk.
pub fn go_on(model: &mut Model, now: Moment) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::NewProfile(NewProfile::Name { root, credential, name, .. })) => {
            let mut effects = flight::cancel(model, now);
            model.portal = Portal::Opening(visible::line(name.value()).into_owned());
            effects.push(Effect::AddProfile { name: name.value().to_owned(), root, credential });
            effects
        }
        Some(Overlay::NewProfile(mut adding)) => {
            adding.take_address();
            model.overlay = Some(Overlay::NewProfile(adding));
            Vec::new()
        }
        other => {
            model.overlay = other;
            Vec::new()
        }
    }
}

/// Begins an examination: of the profile that is open, and of another beside it.
pub fn examine(model: &mut Model, against: Option<String>) -> Vec<Effect> {
    let mut effects = put_away(model);
    let Portal::Open(profile) = &model.portal else { return effects };
    let mut sides = vec![Side::new(profile.name.as_str())];
    sides.extend(against.iter().map(Side::new));
    let number = model.next_number();
    model.overlay = Some(Overlay::Doctor(Doctor { number, sides, scroll: 0 }));
    effects.push(Effect::Examine { number, side: 0, profile: None });
    if let Some(against) = against {
        effects.push(Effect::Examine { number, side: 1, profile: Some(against) });
    }
    effects
}

/// The same profiles once more.
pub fn examine_again(model: &mut Model) -> Vec<Effect> {
    let against = match &model.overlay {
        Some(Overlay::Doctor(doctor)) => doctor.sides.get(1).map(|side| side.profile.clone()),
        _ => None,
    };
    examine(model, against)
}

/// A rung is done.
pub fn found(model: &mut Model, number: u64, side: usize, finding: Finding) {
    if let Some(side) = side_of(model, number, side) {
        side.findings.push(finding);
    }
}

/// An examination is over.
pub fn examined(model: &mut Model, number: u64, side: usize, end: Result<Box<Diagnosis>, String>) {
    let Some(side) = side_of(model, number, side) else { return };
    match end {
        Ok(diagnosis) => {
            side.findings.clone_from(&diagnosis.findings);
            side.done = Some(*diagnosis);
        }
        Err(why) => side.trouble = Some(why),
    }
}

fn side_of(model: &mut Model, number: u64, side: usize) -> Option<&mut Side> {
    match &mut model.overlay {
        Some(Overlay::Doctor(doctor)) if doctor.number == number => doctor.sides.get_mut(side),
        _ => None,
    }
}

/// The report of the first side, once it is over. `None` for the time where only the reason is wanted.
///
/// # Errors
/// Why there is none yet, in words that fit after "not now:".
pub fn report_text(model: &Model, at: Option<Timestamp>) -> Result<String, &'static str> {
    let Some(Overlay::Doctor(Doctor { sides, .. })) = &model.overlay else { return Err("no examination is open") };
    let Some(Side { done: Some(diagnosis), .. }) = sides.first() else { return Err("the examination is not over") };
    let Portal::Open(profile) = &model.portal else { return Err("there is no portal to ask") };
    let Some(at) = at else { return Ok(String::new()) };
    let (system, language) = (model.system, model.language);
    let text = report(&Report { profile, diagnosis, at, system, language, hides_names: false });
    Ok(check_report(&text, [profile.credential.secret()]).map_or_else(|leak| leak.masked, |()| text))
}

/// Shows the report over the doctor.
pub fn show_report(model: &mut Model, now: Moment) -> Vec<Effect> {
    let text = report_text(model, Some(now.wall));
    if let (Ok(text), Some(Overlay::Doctor(doctor))) = (text, model.overlay.take()) {
        model.overlay = Some(Overlay::Report { page: ReportPage { text, scroll: 0 }, doctor });
    }
    Vec::new()
}

/// Saves it as it was shown; the doctor is there again.
pub fn save_report(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Report { page, doctor }) => {
            model.overlay = Some(Overlay::Doctor(doctor));
            vec![Effect::SaveReport(page.text)]
        }
        other => {
            model.overlay = other;
            Vec::new()
        }
    }
}

/// Closes what lies over the panes; an examination that still runs is ended.
pub fn put_away(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Report { doctor, .. }) => {
            model.overlay = Some(Overlay::Doctor(doctor));
            Vec::new()
        }
        // From the plain page back to the menu.
        Some(Overlay::Copy(menu)) if menu.page.is_some() => {
            model.overlay = Some(Overlay::Copy(CopyMenu { page: None, ..menu }));
            Vec::new()
        }
        Some(Overlay::Doctor(doctor)) if !doctor.is_over() => vec![Effect::AbandonExamination(doctor.number)],
        Some(Overlay::WhyNull(why)) if why.is_asking() => vec![Effect::AbandonExplanation(why.number)],
        Some(Overlay::NewProfile(NewProfile::Name { root, pair: Some(_), .. })) => {
            // The pair stays in the form, and would now be asked elsewhere.
            if let Portal::Open(profile) = &model.portal
                && profile.root.host() != root.host()
            {
                let (pasted, asked) = (root.host(), profile.root.host());
                let words = Phrase::new(
                    format!("The pair came from {pasted}, and this lookup would ask {asked}."),
                    format!("Пара с портала {pasted}, а запрос пойдёт к {asked}."),
                );
                model.say(words.get(model.language));
            }
            Vec::new()
        }
        Some(other) => follow_up::give_up(&other),
        None => Vec::new(),
    }
}

/// Where the portal of the lookup that is shown has moved to.
///
/// # Errors
/// Why there is nothing to follow, in words that fit after "not now:".
pub fn moved(model: &Model) -> Result<Moved, &'static str> {
    let Portal::Open(profile) = &model.portal else { return Err("there is no portal to ask") };
    let end = model.shown.as_ref().map(|shown| &shown.record.end);
    let Some(End::Failed { failure: Failure::Moved { to }, .. }) = end else {
        return Err("the lookup that is shown met no portal that has moved");
    };
    if profile.demo || profile.name == "env" {
        return Err("this portal comes from the environment: change the address there");
    }
    let old = profile.root.clone();
    let new = old.moved_to(to).ok_or("the new address is none that a portal can have")?;
    let name = |root: &crate::domain::address::RestRoot| root.url().host_str().is_some_and(cloud::is_portal);
    let expected = name(&old) && name(&new) && new.url().scheme() == "https";
    Ok(Moved { profile: profile.name.clone(), old, new, expected })
}

/// Asks whether to follow.
pub fn ask_to_follow(model: &mut Model) -> Vec<Effect> {
    if let Ok(moved) = moved(model) {
        model.overlay = Some(Overlay::Moved(moved));
    }
    Vec::new()
}

/// It was confirmed: the profile is changed, and nothing is sent.
pub fn follow(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Moved(moved)) => vec![Effect::ChangeRoot { profile: moved.profile, root: moved.new }],
        other => {
            model.overlay = other;
            Vec::new()
        }
    }
}
