//! The machine: plain state, messages in, effects out. No clock, no disk, no network and no terminal;
//! what time it is comes with every message, so that a test can invent it.
//!
//! Read [`message`] for everything that can happen, [`effect`] for everything that can be asked of the
//! outside, and [`mod@update`] for what one leads to the other.

pub mod act;
pub mod available;
pub mod copying;
pub mod effect;
pub mod flight;
pub mod focus;
pub mod follow_up;
pub mod message;
pub mod model;
pub mod pointer;
pub mod profiles;
pub mod typing;
pub mod update;
pub mod view;
mod why;

pub use effect::{Effect, Ending};
pub use message::{Message, Moment, Pointer};
pub use model::Model;
pub use update::{beat, update};
pub use view::view;
