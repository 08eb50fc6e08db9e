//! Where the browser comes back to: a listener on this machine that waits for one redirect with the
//! right `state` and answers it with a small page (protocol.md, 6.2). Anything else that comes by, a
//! browser's question for an icon or a page that guesses, is turned away, and the waiting goes on.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::domain::authorization::{self, Authorization, NoCode};

/// Longer heads are nobody's honest redirect.
const HEAD_LIMIT: usize = 16 * 1024;

/// Browsers open connections that they may never use.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// Listens on 127.0.0.1 until it is dropped.
#[derive(Debug)]
pub struct Listener {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// # Errors
    /// When the port is taken or may not be used.
    pub async fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// What has to stand in the app's settings.
    pub fn redirect_address(&self) -> String {
        format!("http://localhost:{}/", self.address.port())
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits for the redirect that answers our own `state`. A refusal is shown on the portal's page and
    /// never comes back, so bound the waiting and let the user leave it: dropping the future is enough.
    pub async fn wait(&self, state: &str) -> Authorization {
        let mut visits = FuturesUnordered::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => visits.push(visit(stream, state)),
                    // Out of descriptors, perhaps: try again when there may be some.
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                },
                Some(Some(found)) = visits.next(), if !visits.is_empty() => return found,
            }
        }
    }
}

async fn visit(mut stream: TcpStream, state: &str) -> Option<Authorization> {
    let head = tokio::time::timeout(HEAD_PATIENCE, head(&mut stream)).await.ok()??;
    let line = head.lines().next()?;
    let target = line.strip_prefix("GET ")?.split(' ').next()?;
    let read = match target.split_once('?') {
        Some((_, query)) => authorization::read(&format!("?{query}"), state),
        None => Err(NoCode::Absent),
    };
    let (status, words) = match &read {
        Ok(_) => ("200 OK", "The code has arrived. You can close this page and go back to b24chat."),
        Err(NoCode::Absent) => ("404 Not Found", "There is nothing here."),
        Err(NoCode::OtherState) => {
            ("400 Bad Request", "This is the answer to another request. Open the page again from b24chat.")
        }
        Err(NoCode::Denied) => ("400 Bad Request", "The portal did not authorize the app."),
    };
    let page = format!("<!doctype html><meta charset=\"utf-8\"><title>b24chat</title><p>{words}</p>");
    // The address in the browser holds the code: nothing of the page may send it on or keep it.
    let reply = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    // A browser that has hung up has still brought the code.
    let _ = stream.write_all(reply.as_bytes()).await;
    let _ = stream.shutdown().await;
    read.ok()
}

async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let mut piece = [0; 1024];
        match stream.read(&mut piece).await {
            Ok(count) if count > 0 && head.len() < HEAD_LIMIT => head.extend_from_slice(&piece[..count]),
            _ => return None,
        }
    }
    String::from_utf8(head).ok()
}
