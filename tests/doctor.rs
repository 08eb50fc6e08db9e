//! The doctor names the part that is wrong: a table of everything that can be wrong with a profile, each
//! against a portal or a server that is wrong in just that way.

// clippy.toml allows these in tests, and does not see that helpers of tests are tests as well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "portal/secure.rs"]
#[allow(dead_code, reason = "shared with the tests of the network")]
mod secure;
#[path = "portal/support.rs"]
#[allow(dead_code, reason = "shared with the tests of the network")]
mod support;

mod doctor {
    pub mod examining;

    mod command;
    mod connections;
    mod credentials;
    mod healthy;
    mod portals;
}
