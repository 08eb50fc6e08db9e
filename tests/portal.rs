//! The network floor over real loopback sockets: every rule of what is sent, what comes back, how long
//! it took and what stops it. The servers are a few lines each, because a fault has to be made by hand.

// clippy.toml allows these in tests, and does not see that helpers of tests are tests as well.
mod portal {
    pub mod secure;
    pub mod support;

    mod asking;
    mod cancelling;
    mod environment;
    mod faults;
    mod phases;
    mod redirects;
    mod replies;
    mod routes;
    mod secrets;
    mod tls;
}
