//! `b24chat profile refresh`: new tokens though the old ones may still be good. It ends the old ones for
//! whoever else uses them, so it is asked for twice.

use tokio::runtime::Builder;

use super::args::Refresh;
use super::{Ended, input, known};
use crate::cli::output;
use crate::portal::{self, Client};
use crate::session::{NotRefreshed, opening};
use crate::store::Places;
use crate::store::profiles::Kind;

pub fn run(places: &Places, asked: &Refresh) -> Result<(), Ended> {
    let name = &asked.name;
    let profiles = known(places, name)?;
    if !matches!(profiles.entry(name).map_err(Ended::usage)?.kind, Kind::OAuth { .. }) {
        return Err(Ended::usage(format!("{name} is a webhook's profile, and a webhook has no tokens to replace")));
    }
    if !asked.yes {
        output::words(&format!(
            "This asks the authorization server for new tokens of {name} and ends the ones that are stored. Another \
             program that uses the same tokens loses its access, and the app may have to be authorized again there. \
             Nothing asks for this: tokens that have ended are replaced by themselves."
        ));
        if !input::is_terminal() {
            return Err(Ended::usage("there is no terminal to confirm it on, so nothing was asked: --yes confirms it"));
        }
        if !input::yes("Replace them?")? {
            output::words("Nothing was asked.");
            return Ok(());
        }
    }
    let opened = opening::open(places, name, Client::new(portal::Options::default())).map_err(Ended::ours)?;
    opened.notes.iter().for_each(|note| output::sentence(note));
    let runtime = Builder::new_current_thread().enable_all().build().map_err(Ended::ours)?;
    let refreshed = runtime.block_on(opened.session.refresh()).map_err(not_refreshed)?;
    for notice in &refreshed.notices {
        output::words(&notice.words());
    }
    if let Some(learned) = &refreshed.learned {
        opening::learn(places, name, learned).map_err(Ended::ours)?;
    }
    output::words(if refreshed.taken_over {
        "Another b24chat has just replaced the tokens; its new ones are used."
    } else {
        "The tokens were replaced."
    });
    Ok(())
}

fn not_refreshed(why: NotRefreshed) -> Ended {
    match &why {
        NotRefreshed::Server { .. } if why.code().is_some() => Ended::refused(why.words()),
        NotRefreshed::Server { .. } => Ended::not_reached(why.words()),
        NotRefreshed::NoRefreshToken | NotRefreshed::NoApp | NotRefreshed::NotOurs { .. } => Ended::usage(why.words()),
        NotRefreshed::Busy { .. } | NotRefreshed::Store(_) | NotRefreshed::Abandoned => Ended::ours(why.words()),
    }
}
