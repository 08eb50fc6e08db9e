//! Keys: what can be pressed, what can be done, and the one table between them. The hints, the help,
//! the palette and the README's table of keys are all made from it.

mod action;
mod chord;
mod keymap;

pub use action::Action;
pub use chord::{Chord, Key};
pub use keymap::{Binding, Place, bindings, chord_of, lookup};
