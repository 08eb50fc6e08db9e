//! The disk and nothing else: where files live, and the history of lookups. Everything here may block;
//! nothing here knows of the network or the screen.

mod durable;
mod error;
pub mod history;
pub mod places;
pub mod profiles;

pub use error::StoreError;
pub use places::Places;
