//! Taking the secret out of what came back, before anything keeps it. A portal or something in front of
//! it may echo the address or the body it was sent, as it was or written in another way.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::credential::{Credential, MASK, Secret};
use crate::domain::redact::{SHORT, mask_bytes, mask_cookie, mask_text};

/// The shortest piece of a secret that is masked at the end of a body that was cut off inside it.
const PIECE: usize = 4;

/// The secret in every way of writing it that an echo is likely to use.
pub struct Masking(Vec<Secret>);

impl Masking {
    /// Of the credential that the request carried.
    pub fn new(credential: &Credential) -> Self {
        let raw = credential.secret().expose();
        let quoted = serde_json::Value::from(raw).to_string();
        let mut path = url::Url::parse("http://localhost/").ok();
        if let Some(mut segments) = path.as_mut().and_then(|url| url.path_segments_mut().ok()) {
            segments.clear().push(raw);
        }
        let forms: BTreeSet<String> = [
            raw.to_owned(),
            quoted.trim_matches('"').to_owned(),
            quoted.trim_matches('"').replace('/', "\\/"),
            utf8_percent_encode(raw, NON_ALPHANUMERIC).to_string(),
            path.map(|url| url.path().trim_start_matches('/').to_owned()).unwrap_or_default(),
        ]
        .into();
        let mut forms: Vec<String> = forms.into_iter().filter(|form| !form.is_empty()).collect();
        // The longest first, so that none is found inside another.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Self(forms.into_iter().map(Secret::new).collect())
    }

    pub fn text(&self, text: String) -> String {
        self.0.iter().fold(text, |text, form| mask_text(&text, form))
    }

    /// A scheme and a host, which is lower case whatever the secret was. A short secret is masked where
    /// it is a whole label of the name: `moved` leaves `moved-portal.example` as it is.
    pub fn origin(&self, origin: &str) -> String {
        self.0.iter().fold(origin.to_owned(), |origin, form| {
            let form = Secret::new(form.expose().to_ascii_lowercase());
            if form.expose().len() >= SHORT {
                return mask_text(&origin, &form);
            }
            let is_secret = |part: &str| part.trim_end_matches(['.', ':', '/']) == form.expose();
            let parts = origin.split_inclusive(['.', ':', '/']);
            let parts = parts.map(|part| if is_secret(part) { mask_text(part, &form) } else { part.to_owned() });
            parts.collect()
        })
    }

    pub fn header(&self, name: &str, value: &[u8]) -> (String, String) {
        let value = String::from_utf8_lossy(value);
        let value = if name == "set-cookie" { mask_cookie(&value) } else { value.into_owned() };
        (self.text(name.to_owned()), self.text(value))
    }

    pub fn body(&self, body: Vec<u8>, is_cut: bool) -> Vec<u8> {
        let mut body = self.0.iter().fold(body, mask_bytes);
        if is_cut {
            self.mask_a_cut_secret(&mut body);
        }
        body
    }

    /// A body that stops inside the secret ends with its beginning.
    fn mask_a_cut_secret(&self, body: &mut Vec<u8>) {
        let piece = |form: &Secret| {
            let form = form.expose().as_bytes();
            (PIECE..form.len()).rev().find(|length| body.ends_with(&form[..*length]))
        };
        if let Some(length) = self.0.iter().filter_map(piece).max() {
            body.truncate(body.len() - length);
            body.extend_from_slice(MASK.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masking(secret: &str) -> Masking {
        Masking::new(&Credential::OAuth { access: Secret::new(secret) })
    }

    #[test]
    fn a_secret_is_found_as_it_is_written_in_a_path_a_query_and_in_json() {
        let masking = masking(r#"canary/ä"+7f3a0123"#);
        for echo in [
            r#"canary/ä"+7f3a0123"#,
            r#"canary/ä\"+7f3a0123"#,
            r#"canary\/ä\"+7f3a0123"#,
            "canary%2F%C3%A4%22+7f3a0123",
            "canary%2F%C3%A4%22%2B7f3a0123",
        ] {
            assert_eq!(masking.text(format!("<{echo}>")), "<****>", "{echo}");
        }
    }

    #[test]
    fn a_secret_in_a_host_name_is_found_in_lower_case() {
        assert_eq!(masking("CanaryABCD").origin("https://x-canaryabcd.evil.example"), "https://x-****.evil.example");
        assert_eq!(masking("Moved").origin("https://moved.evil.example:81"), "https://****.evil.example:81");
        assert_eq!(masking("Moved").origin("https://evil.moved:81"), "https://evil.****:81");
        assert_eq!(masking("moved").origin("https://moved-portal.example"), "https://moved-portal.example");
    }

    #[test]
    fn a_body_that_stops_inside_the_secret_shows_no_piece_of_it() {
        let masking = masking("canary7f3a");
        assert_eq!(masking.body(b"you sent canary7f3".to_vec(), true), b"you sent ****");
        assert_eq!(masking.body(b"you sent cana".to_vec(), true), b"you sent ****");
        assert_eq!(masking.body(b"you sent can".to_vec(), true), b"you sent can");
        assert_eq!(masking.body(b"you sent canary7f3".to_vec(), false), b"you sent canary7f3");
    }
}
