//! The one request of an explanation: its batch, whose commands only read. What the replies mean is
//! judged in [`domain::explanation`](crate::domain::explanation).

use std::time::Duration;

use super::client::{Client, Inquired, Inquiry};
use crate::domain::batch::{self, BATCH};
use crate::domain::explanation::Explanation;
use crate::domain::failure::Failure;
use crate::domain::profile::Profile;
use crate::domain::reply::Parts;
use crate::domain::request::Request;

/// Sends it once. The secret is in nothing that comes back.
///
/// # Errors
/// No reply came.
pub async fn ask(
    client: &Client,
    profile: &Profile,
    explanation: &Explanation,
    timeout: Duration,
) -> Result<Parts, Failure> {
    let request = Request::new(profile, BATCH, batch::params(explanation.commands()));
    let Inquired { end, .. } = client.inquire(Inquiry::Of(&request), profile, timeout, &|_, _| ()).await;
    end
}
