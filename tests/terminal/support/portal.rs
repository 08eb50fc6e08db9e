//! Portals for the explorer to ask: the demo portal in this process, where its requests can be counted,
//! and one that answers with whatever bytes a test wants.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread;

use b24chat::demo::{self, DemoPortal};
use tokio::runtime::Runtime;

use super::until::until;

/// The demo portal.
pub struct Portal {
    demo: DemoPortal,
    _runtime: Runtime,
}

impl Portal {
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let demo = runtime.block_on(demo::start(demo::Options::default())).unwrap();
        Self { demo, _runtime: runtime }
    }

    /// The address of its REST root.
    pub fn root(&self) -> String {
        self.demo.rest_root()
    }

    /// Requests that have come so far.
    pub fn requests(&self) -> u64 {
        self.demo.requests()
    }

    /// Waits until this is how many requests are being answered.
    pub fn wait_for_open(&self, count: usize) {
        until(&format!("{count} open requests"), || (self.demo.open_requests() == count).then_some(()));
    }
}

/// A portal that answers each request, whose address it is told, with these bytes and hangs up. Gives the
/// address of its REST root.
pub fn raw_portal(answer: impl Fn(&str) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let root = format!("http://{}/rest/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut lines = BufReader::new(&stream).lines();
            let mut head = Vec::new();
            while let Some(Ok(line)) = lines.next() {
                if line.is_empty() {
                    break;
                }
                head.push(line);
            }
            let address = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
            let _ = stream.write_all(&answer(&address));
            let _ = stream.shutdown(std::net::Shutdown::Write);
            // Until the other end is done, so that it reads the answer and not a reset.
            let _ = (&stream).take(1 << 20).read_to_end(&mut Vec::new());
        }
    });
    root
}
