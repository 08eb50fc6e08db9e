//! `b24chat profile`: the portals that this program knows. Everything about them can be seen here but their
//! secrets, which go in and never come out.

mod add;
pub mod args;
mod code_flow;
mod input;
mod refresh;
mod show;

use args::ProfileCommand;
use input::NoInput;

use super::{Exit, output};
use crate::session::opening;
use crate::store::Places;
use crate::store::profiles::Profiles;

/// Why a command did not do what was asked.
#[derive(Debug)]
enum Ended {
    /// The user left.
    Left,
    Words(Exit, String),
}

impl Ended {
    /// By what was typed or given.
    fn usage(why: impl ToString) -> Self {
        Self::Words(Exit::Usage, why.to_string())
    }

    /// By our own files, or the system.
    fn ours(why: impl ToString) -> Self {
        Self::Words(Exit::OurFault, why.to_string())
    }

    fn not_reached(why: impl ToString) -> Self {
        Self::Words(Exit::NotReached, why.to_string())
    }

    fn refused(why: impl ToString) -> Self {
        Self::Words(Exit::Refused, why.to_string())
    }
}

impl From<NoInput> for Ended {
    fn from(no_input: NoInput) -> Self {
        match no_input {
            NoInput::Left => Self::Left,
            NoInput::Words(words) => Self::usage(words),
        }
    }
}

pub fn run(command: &ProfileCommand) -> Exit {
    let ended = Places::from_env().map_err(Ended::ours).and_then(|places| match command {
        ProfileCommand::Add(asked) => add::run(&places, asked),
        ProfileCommand::List(asked) => show::list(&places, asked.json),
        ProfileCommand::Show(asked) => show::one(&places, &asked.name, asked.json),
        ProfileCommand::Use(asked) => make_active(&places, &asked.name),
        ProfileCommand::Remove(asked) => remove(&places, &asked.name),
        ProfileCommand::Refresh(asked) => refresh::run(&places, asked),
    });
    match ended {
        Ok(()) => Exit::Found,
        Err(Ended::Left) => Exit::Interrupted,
        Err(Ended::Words(exit, words)) => {
            output::sentence(&words);
            exit
        }
    }
}

fn make_active(places: &Places, name: &str) -> Result<(), Ended> {
    known(places, name)?;
    Profiles::edit(&places.profiles_file(), |profiles| profiles.set_active(name)).map_err(Ended::ours)?;
    output::words(&format!("{name} is the active profile now."));
    Ok(())
}

fn remove(places: &Places, name: &str) -> Result<(), Ended> {
    let was_active = known(places, name)?.active().is_some_and(|active| active.name == name);
    let notes = opening::remove(places, name).map_err(Ended::ours)?;
    output::words(&format!("Removed {name} and what b24chat kept of its secret. Its lookups stay in the history."));
    notes.iter().for_each(|note| output::sentence(note));
    if was_active {
        output::words("No profile is active now; b24chat profile use NAME chooses one.");
    }
    Ok(())
}

/// The file of profiles, with one of this name in it.
fn known(places: &Places, name: &str) -> Result<Profiles, Ended> {
    let profiles = Profiles::load(&places.profiles_file()).map_err(Ended::ours)?;
    profiles.entry(name).map_err(Ended::usage)?;
    Ok(profiles)
}
