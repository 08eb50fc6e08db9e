//! The explorer. A pure machine ([`app`]) over one file per pane ([`panes`]), the small things they
//! share ([`ui`]) and one table of keys ([`keys`]); only [`runtime`] knows a terminal, a clock, the
//! network or the disk. One direction: key, message, update, effects, driver, message, view.

pub mod app;
pub mod keys;
pub mod panes;
pub mod runtime;
pub mod ui;
