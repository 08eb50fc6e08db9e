//! One request and the bytes that answer it, with the clock looking on: what a lookup, the doctor and
//! the token endpoint have in common.

use reqwest::header::{CONTENT_ENCODING, HeaderValue};
use reqwest::{RequestBuilder, Response};

use super::body::Body;
use super::clock::Clock;
use super::failing::{self, Mask};
use crate::domain::reply::Cut;

/// Sends the request once, until its head is here.
///
/// # Errors
/// As the transport has it; its text may hold the address.
pub async fn send(request: RequestBuilder, clock: &Clock) -> reqwest::Result<Response> {
    clock.hop_began();
    let mut sending = Box::pin(request.send());
    let response = std::future::poll_fn(|cx| {
        let poll = sending.as_mut().poll(cx);
        clock.sent_if_nothing_else_began();
        poll
    })
    .await?;
    clock.head_came();
    Ok(response)
}

/// Reads the body to its end or its limit, and says why it is not whole where it is not.
pub async fn body(response: &mut Response, mask: Mask<'_>) -> (Vec<u8>, Option<Cut>) {
    let mut body = Body::new(response.headers().get(CONTENT_ENCODING).map(HeaderValue::as_bytes));
    let cut = loop {
        match response.chunk().await {
            Ok(Some(piece)) => {
                if let Err(cut) = body.push(&piece) {
                    break Some(cut);
                }
            }
            Ok(None) => break None,
            Err(error) => break Some(Cut::Closed { detail: failing::cut_words(&error.without_url(), mask) }),
        }
    };
    body.finish(cut)
}
