//! A client as plain as can be: bytes out, bytes in. It knows nothing of the demo portal, nothing of the
//! program's own client, and hides neither headers nor broken bodies.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// What came back, taken apart.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// Without the chunks it may have come in, still compressed if it was.
    pub body: Vec<u8>,
    /// The connection ended where the head had promised more.
    pub is_cut: bool,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The key `error`, which must be text.
    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_else(|| panic!("no error: {self:?}")).to_owned()
    }
}

/// A request to be sent as it is.
pub struct Ask {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

pub fn get(path: impl Into<String>) -> Ask {
    Ask { method: "GET", path: path.into(), headers: Vec::new(), body: Vec::new() }
}

/// A POST of JSON.
pub fn post(path: impl Into<String>, body: &Value) -> Ask {
    let ask = Ask { method: "POST", path: path.into(), headers: Vec::new(), body: body.to_string().into_bytes() };
    ask.header("Content-Type", "application/json")
}

/// A POST of anything, with no type unless one is added.
pub fn post_raw(path: impl Into<String>, body: impl Into<Vec<u8>>) -> Ask {
    Ask { method: "POST", path: path.into(), headers: Vec::new(), body: body.into() }
}

impl Ask {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn with_body(mut self, body: &str) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it on a connection of its own and waits for the end of that.
    pub fn send(&self, to: SocketAddr) -> std::io::Result<Reply> {
        let mut stream = self.write(to)?;
        let mut bytes = Vec::new();
        let end = stream.read_to_end(&mut bytes);
        match (read(&bytes), end) {
            (Some(reply), _) => Ok(reply),
            (None, Err(error)) => Err(error),
            (None, Ok(_)) => Err(std::io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// Sends it and hands over the connection, so that a test can hang up or read piece by piece.
    pub fn write(&self, to: SocketAddr) -> std::io::Result<TcpStream> {
        let mut stream = TcpStream::connect(to)?;
        // Only so that a broken test ends.
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.body.is_empty() || self.method == "POST" {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(&self.body)?;
        Ok(stream)
    }
}

fn read(bytes: &[u8]) -> Option<Reply> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let rest = &bytes[end + 4..];
    let (body, is_cut) = if header("transfer-encoding") == Some("chunked") {
        unchunked(rest)
    } else {
        let promised = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        (rest.to_vec(), rest.len() < promised)
    };
    Some(Reply { status, headers, body, is_cut })
}

fn unchunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(line) = rest.windows(2).position(|two| two == b"\r\n") else { return (body, true) };
        let size = std::str::from_utf8(&rest[..line]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size else { return (body, true) };
        rest = &rest[line + 2..];
        if size == 0 {
            return (body, false);
        }
        if rest.len() < size + 2 {
            body.extend_from_slice(&rest[..rest.len().min(size)]);
            return (body, true);
        }
        body.extend_from_slice(&rest[..size]);
        rest = &rest[size + 2..];
    }
}
