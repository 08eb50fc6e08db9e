//! What the tests are written with: an explorer in a scripted outside, keys as one readable string, and the
//! screen as text with its styles.

mod explorer;
mod keys;
mod memory;
mod replies;
mod screen;

pub use explorer::{Explorer, profile};
pub use keys::chords;
pub use replies::{EIGHT_FIELDS, FOUND, NO_CHAT, REFUSED, failed, record, reply, reply_of};
pub use screen::Screen;
