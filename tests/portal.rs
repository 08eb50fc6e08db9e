//! The network floor over real loopback sockets: every rule of what is sent, what comes back, how long
//! it took and what stops it. The servers are a few lines each, because a fault has to be made by hand.

mod portal {
    pub mod support;

    mod asking;
}
