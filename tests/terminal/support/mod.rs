//! What the tests are written with: a terminal, a home of its own for each, portals, and ways to look.

mod bytes;
mod home;
mod look;
mod portal;
#[cfg(target_os = "linux")]
mod process;
mod tty;
mod until;

pub use bytes::{foreign_to_a_terminal, holds};
pub use home::{Home, PROGRAM, ready};
pub use look::{Look, Modes};
pub use portal::{Portal, raw_portal};
#[cfg(target_os = "linux")]
pub use process::Process;
pub use tty::{Ended, PATIENCE, Tty};
pub use until::until;

pub const ESC: &str = "\x1b";
pub const ENTER: &str = "\r";
pub const TAB: &str = "\t";
pub const DOWN: &str = "\x1b[B";
pub const RIGHT: &str = "\x1b[C";
pub const F5: &str = "\x1b[15~";
pub const CTRL_C: &str = "\x03";
pub const CTRL_U: &str = "\x15";
pub const CTRL_Z: &str = "\x1a";
