//! Masking: finding known secrets in text and bytes that came from outside. A portal, or a proxy in
//! front of it, may echo the address it was asked at, and a webhook's address holds its secret.

use super::credential::{MASK, Secret};

/// Replaces every occurrence of the secret in `text` by [`MASK`].
pub fn mask_text(text: &str, secret: &Secret) -> String {
    match String::from_utf8(mask_bytes(text.as_bytes().to_vec(), secret)) {
        Ok(masked) => masked,
        // Cutting one text out of another leaves UTF-8; if it ever did not, say nothing at all.
        Err(_) => MASK.to_owned(),
    }
}

/// Replaces every occurrence of the secret in `bytes` by [`MASK`]; untouched when there is none.
pub fn mask_bytes(bytes: Vec<u8>, secret: &Secret) -> Vec<u8> {
    let needle = secret.expose().as_bytes();
    if needle.is_empty() || bytes.len() < needle.len() {
        return bytes;
    }
    let mut masked = Vec::new();
    let mut rest = bytes.as_slice();
    while let Some(at) = find(rest, needle) {
        masked.extend_from_slice(&rest[..at]);
        masked.extend_from_slice(MASK.as_bytes());
        rest = &rest[at + needle.len()..];
    }
    if masked.is_empty() && rest.len() == bytes.len() {
        return bytes;
    }
    masked.extend_from_slice(rest);
    masked
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(offset) = haystack[from..].iter().position(|byte| *byte == first) {
        let at = from + offset;
        if haystack[at..].starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Session cookies that a portal sets are credentials too, of somebody's session: their names are kept
/// and their values masked.
pub fn mask_cookie(value: &str) -> String {
    match value.split_once('=') {
        Some((name, rest)) => {
            let attributes = rest.find(';').map_or("", |at| &rest[at..]);
            format!("{name}={MASK}{attributes}")
        }
        None => MASK.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_echo_of_the_secret_is_masked_and_the_rest_stays() {
        let secret = Secret::new("abcab");
        assert_eq!(mask_text("xabcaby/abcab", &secret), "x****y/****");
        assert_eq!(mask_text("abcaabcab", &secret), "abca****");
        assert_eq!(mask_text("nothing here", &secret), "nothing here");
        assert_eq!(mask_text("", &secret), "");
        assert_eq!(mask_text("anything", &Secret::new("")), "anything");
        assert_eq!(mask_bytes(vec![0xff, b'a', b'b', b'c', b'a', b'b', 0xfe], &secret), b"\xff****\xfe");
    }

    #[test]
    fn a_cookie_keeps_its_name_and_attributes_and_loses_its_value() {
        assert_eq!(mask_cookie("PHPSESSID=a=b; path=/; HttpOnly"), "PHPSESSID=****; path=/; HttpOnly");
        assert_eq!(mask_cookie("odd"), "****");
    }
}
