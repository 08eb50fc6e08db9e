//! The history on a real disk: what is kept comes back, through kills, damage and crowds.

#[path = "history/any_record.rs"]
mod any_record;
#[path = "history/crowds.rs"]
mod crowds;
#[path = "history/damage.rs"]
mod damage;
#[path = "history/kills.rs"]
mod kills;
#[path = "history/layouts.rs"]
mod layouts;
#[path = "history/lists.rs"]
mod lists;
#[path = "history/privacy.rs"]
mod privacy;
#[path = "history/reach.rs"]
mod reach;
#[path = "history/support.rs"]
mod support;
