//! The disk and nothing else: where files live, the history of lookups, the profiles and their
//! secrets. Everything here may block; nothing here knows of the network or the screen.

mod durable;
mod error;
pub mod history;
pub mod places;
pub mod profiles;
pub mod refresh_files;
pub mod refresh_lock;
pub mod secrets;
pub mod settings;

pub use error::StoreError;
pub use places::Places;
