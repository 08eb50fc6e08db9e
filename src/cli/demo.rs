//! `b24chat demo`: the demo portal, served on loopback until interrupted.

use tokio::runtime::Builder;

use super::get::{interrupted, printed};
use super::{Exit, output};
use crate::demo;

pub fn run(port: u16) -> Exit {
    let Ok(runtime) = Builder::new_multi_thread().worker_threads(2).enable_all().build() else {
        output::words("The system gives this program no threads.");
        return Exit::OurFault;
    };
    runtime.block_on(async {
        let portal = match demo::start(demo::Options { port, ..demo::Options::default() }).await {
            Ok(portal) => portal,
            Err(error) => {
                output::words(&format!("The demo portal cannot listen on 127.0.0.1, port {port}: {error}."));
                return Exit::OurFault;
            }
        };
        let lines = [
            format!("webhook {}", portal.webhook()),
            format!("portal  {}", portal.rest_root()),
            format!("token   {}", portal.access_token()),
        ];
        for line in lines {
            if let Err(error) = output::line(&line) {
                return printed(Err(error), Exit::Found);
            }
        }
        output::words("The demo portal answers on this machine only. Ctrl-C ends it; --help lists its scenarios.");
        interrupted().await;
        Exit::Interrupted
    })
}
