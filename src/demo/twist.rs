//! Right answers that are written or carried wrongly: cut short, drawn out, inflated, mislabelled.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::Response;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use futures_util::stream::{self, StreamExt};
use serde_json::{Map, Value, json};

use super::OpenRequest;
use super::php_json;
use super::reply::put;
use super::scenario::Twist;

/// Between two bytes of a drip.
const DRIP: Duration = Duration::from_millis(20);
const MIB: usize = 1024 * 1024;
const HUGE: usize = 12 * MIB;
const BOMB_MIB: usize = 1024;
const DEEP: usize = 100_000;

/// Bends the members of a reply before they are written.
pub(super) fn bend(twist: Twist, members: &mut Map<String, Value>) {
    match twist {
        Twist::TextId => {
            if let Some(id) = members.get_mut("result").and_then(|result| result.get_mut("ID")) {
                *id = Value::String(php_json::json(id));
            }
        }
        Twist::TextTime => {
            let Some(Value::Object(block)) = members.get_mut("time") else { return };
            for value in block.values_mut().filter(|value| value.is_number()) {
                *value = Value::String(php_json::json(value));
            }
        }
        Twist::UnknownKeys => {
            members.insert("error_information".into(), json!("nobody has documented this"));
            members.insert("signature".into(), json!("c2lnbmF0dXJl.b2Y=.nothing"));
            if let Some(Value::Object(block)) = members.get_mut("time") {
                block.insert("queue".into(), json!({ "waited": 0.25 }));
            }
        }
        _ => {}
    }
}

/// Puts the body of a reply the wrong way; `None` where it goes the usual one.
pub(super) fn carry(twist: Twist, response: &mut Response, body: &[u8], open: Arc<OpenRequest>) -> Option<Body> {
    let half = body.len() / 2;
    Some(match twist {
        Twist::TextId | Twist::TextTime | Twist::UnknownKeys => return None,
        Twist::Drip => {
            put(response, CONTENT_LENGTH, &body.len().to_string());
            let bytes = stream::iter(body.to_vec());
            Body::from_stream(bytes.then(move |byte| {
                let open = Arc::clone(&open);
                async move {
                    tokio::time::sleep(DRIP).await;
                    drop(open);
                    Ok::<_, Infallible>(vec![byte])
                }
            }))
        }
        Twist::Truncated => {
            put(response, CONTENT_LENGTH, &body.len().to_string());
            broken_off(body[..half].to_vec())
        }
        Twist::Cut => broken_off(body[..half].to_vec()),
        Twist::Half => body[..half].to_vec().into(),
        Twist::Empty => Body::empty(),
        Twist::Huge => padded(body, HUGE).into(),
        Twist::Endless => {
            let piece = Bytes::from(vec![b' '; 64 * 1024]);
            let start = stream::iter([Bytes::from_static(b"{\"result\":")]);
            Body::from_stream(start.chain(stream::repeat(piece)).map(move |piece| {
                let _ = &open;
                Ok::<_, Infallible>(piece)
            }))
        }
        Twist::Bomb => {
            put(response, CONTENT_ENCODING, "gzip");
            bomb().into()
        }
        Twist::BadGzip => {
            put(response, CONTENT_ENCODING, "gzip");
            body.to_vec().into()
        }
        Twist::Deep => format!("{{\"result\":{}{}}}", "[".repeat(DEEP), "]".repeat(DEEP)).into(),
        Twist::Mark => [b"\xef\xbb\xbf", body].concat().into(),
        Twist::BadUtf8 => {
            b"{\"error\":\"ERROR_CORE\",\"error_description\":\"bad \xff\xfe bytes \xed\xa0\x80 and half \xd0\"}"
                .to_vec()
                .into()
        }
        Twist::HtmlType => {
            response.headers_mut().remove(CONTENT_TYPE);
            put(response, CONTENT_TYPE, "text/html; charset=utf-8");
            body.to_vec().into()
        }
        Twist::NoType => {
            response.headers_mut().remove(CONTENT_TYPE);
            body.to_vec().into()
        }
        Twist::ManyHeaders => {
            for at in 0..20 {
                put(response, "x-repeated", &format!("value {at}"));
            }
            put(response, "x-long", &"l".repeat(4000));
            put(response, "x-cyrillic", "Портал");
            put(response, "x-empty", "");
            body.to_vec().into()
        }
    })
}

/// The bytes, and then the connection ends without the rest.
fn broken_off(bytes: Vec<u8>) -> Body {
    let sent = stream::iter([Ok(bytes)]);
    // The failure comes a turn later, when the bytes before it are on their way.
    let failure = stream::once(async {
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    Body::from_stream(sent.chain(failure))
}

/// The same JSON object with a member `pad` that makes it so many bytes long.
fn padded(body: &[u8], length: usize) -> Vec<u8> {
    let mut padded = body.strip_suffix(b"}").unwrap_or(body).to_vec();
    padded.extend_from_slice(b",\"pad\":\"");
    padded.resize(length.saturating_sub(2), b'x');
    padded.extend_from_slice(b"\"}");
    padded
}

/// A gzip file whose content is a million times the same mebibyte of the letter x inside a JSON text.
/// Deflate blocks that end in a full flush do not look back, so one can be repeated as it is.
fn bomb() -> Vec<u8> {
    let head: &[u8] = b"{\"result\":{\"ID\":1437},\"pad\":\"";
    let filling = vec![b'x'; MIB];
    let mut sum = Crc::new();
    sum.update(head);
    let mut filling_sum = Crc::new();
    filling_sum.update(&filling);
    let block = deflated(&filling, FlushCompress::Full);
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    file.extend(deflated(head, FlushCompress::Full));
    for _ in 0..BOMB_MIB {
        file.extend_from_slice(&block);
        sum.combine(&filling_sum);
    }
    sum.update(b"\"}");
    file.extend(deflated(b"\"}", FlushCompress::Finish));
    file.extend_from_slice(&sum.sum().to_le_bytes());
    let length = head.len() + BOMB_MIB * MIB + 2;
    file.extend_from_slice(&(length as u32).to_le_bytes());
    file
}

fn deflated(bytes: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut compress = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(bytes.len() / 100 + 4096);
    // The room is enough for one step; if it ever were not, the bomb is a broken one, which is still a bomb.
    match compress.compress_vec(bytes, &mut out, flush) {
        Ok(Status::Ok | Status::StreamEnd | Status::BufError) | Err(_) => out,
    }
}
