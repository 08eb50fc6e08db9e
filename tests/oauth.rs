//! OAuth over real loopback sockets: tokens that end are replaced once and durably, by one process or by
//! twenty, whoever is killed on the way, and no token is seen anywhere.

// clippy.toml allows these in tests, and does not see that helpers of tests are tests as well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod oauth {
    pub mod keeper;
    pub mod support;

    mod asking;
    mod crowds;
    pub mod kills;
    mod real_store;
    mod redirect;
    mod server;
    mod storing;
}
