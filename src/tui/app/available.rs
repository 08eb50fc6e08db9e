//! Why an action is unavailable now, in words that fit after "not now:". The help, the palette and the
//! hints ask here, and so does the machine before it acts.

use super::model::{Model, Portal};
use super::{follow_up, profiles, why};
use crate::domain::entity::EntityPair;
use crate::tui::keys::Action;
use crate::tui::panes::response::Tab;

/// `None` when the action can be done.
pub fn why_not(model: &Model, action: Action) -> Option<&'static str> {
    match action {
        Action::Send => EntityPair::new(model.entity_type.value.as_str(), model.entity_id.value())
            .err()
            .map(|_| "the form has no usable pair yet")
            .or_else(|| no_portal(model)),
        Action::Repeat if model.history.rows.is_empty() => Some("the history has no rows"),
        Action::RepeatShown if model.shown.is_none() && model.history.rows.is_empty() => {
            Some("there is no lookup to repeat")
        }
        Action::Repeat | Action::RepeatShown => no_portal(model),
        Action::Edit if model.shown.is_none() && model.history.rows.is_empty() => Some("there is no lookup to edit"),
        Action::Fold | Action::FoldAll | Action::Search if model.response.tab != Tab::Raw => {
            Some("only in the tab Raw")
        }
        Action::Search | Action::Fold | Action::FoldAll if model.response.raw.is_empty() => {
            Some("there is no reply to look into")
        }
        Action::NextMatch | Action::PreviousMatch if model.response.search.value().is_empty() => {
            Some("nothing was searched for")
        }
        Action::NextTab | Action::PreviousTab if model.shown.is_none() => Some("there is no reply yet"),
        Action::Examine | Action::MyChats => no_portal(model),
        Action::FollowUp if follow_up::found(model).is_none() => Some("the lookup that is shown found no chat"),
        Action::Copy if model.shown.is_none() => Some("no lookup is shown"),
        Action::Report => profiles::report_text(model, None).err(),
        Action::WhyNull => why::of_shown(model).err(),
        Action::FollowMove => profiles::moved(model).err(),
        Action::Filter if model.history.trouble.is_some() => Some("there is no history"),
        Action::Suspend if cfg!(not(unix)) => Some("this system cannot suspend programs"),
        _ => None,
    }
}

fn no_portal(model: &Model) -> Option<&'static str> {
    matches!(model.portal, Portal::Missing(_)).then_some("there is no portal to ask")
}
