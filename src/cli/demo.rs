//! `b24chat demo`: the demo portal, served on loopback until interrupted.

use std::io;

use tokio::runtime::Builder;

use super::get::printed;
use super::signals::interrupted;
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
                output::words(&cannot_listen(port, &error));
                return Exit::OurFault;
            }
        };
        let lines = [
            format!("webhook {}", portal.webhook()),
            format!("portal  {}", portal.rest_root()),
            format!("token   {}", portal.access_token()),
        ];
        tracing::info!(target: "b24chat::cli", address = %portal.address(), "the demo portal serves");
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

fn cannot_listen(port: u16, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::AddrInUse => "another program has it".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not have it; ports from 1024 are free for all".to_owned(),
        _ => error.to_string(),
    };
    format!(
        "The demo portal cannot have port {port} of this machine: {why}. Choose another one, or leave out --port and the \
         system chooses."
    )
}
