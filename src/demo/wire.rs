//! The connections. Each one can be told to break instead of carrying its reply, and all of them end
//! when the portal stops, also those in which nobody will ever answer.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Accepts connections until the sender of `stop` is gone.
pub(super) struct Gate {
    pub(super) listener: TcpListener,
    pub(super) stop: watch::Receiver<()>,
}

impl Listener for Gate {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (stream, peer) = Listener::accept(&mut self.listener).await;
        // The drip must leave byte by byte, not when the kernel has gathered enough.
        drop(stream.set_nodelay(true));
        let mut stop = self.stop.clone();
        let stopped = async move { while stop.changed().await.is_ok() {} };
        (Wire { stream, fate: Fate::default(), stopped: Some(Box::pin(stopped)) }, peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// What is to become of a connection. Shared between it and the one who answers on it.
#[derive(Clone, Default)]
pub(super) struct Fate(Arc<AtomicU8>);

const WHOLE: u8 = 0;
const CLOSE: u8 = 1;
const RESET: u8 = 2;

impl Fate {
    /// End the connection in an orderly way where the reply should begin.
    pub(super) fn close(&self) {
        self.0.store(CLOSE, Ordering::Relaxed);
    }

    /// Throw the connection away: the client sees a reset.
    pub(super) fn reset(&self) {
        self.0.store(RESET, Ordering::Relaxed);
    }
}

/// Who is at the other end.
#[derive(Clone)]
pub(super) struct Peer {
    pub(super) ip: IpAddr,
    pub(super) fate: Fate,
}

impl Connected<IncomingStream<'_, Gate>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Self {
        Self { ip: stream.remote_addr().ip(), fate: stream.io().fate.clone() }
    }
}

/// One connection.
pub(super) struct Wire {
    stream: TcpStream,
    fate: Fate,
    /// Gone once it has been.
    stopped: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Wire {
    fn broken(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        if self.stopped.as_mut().is_none_or(|stopped| stopped.as_mut().poll(cx).is_ready()) {
            self.stopped = None;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        match self.fate.0.load(Ordering::Relaxed) {
            WHOLE => Ok(()),
            RESET => {
                drop(self.stream.set_zero_linger());
                Err(io::ErrorKind::ConnectionReset.into())
            }
            _ => Err(io::ErrorKind::ConnectionAborted.into()),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.broken(cx)?;
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.broken(cx)?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
