//! Masking: finding known secrets in text and bytes that came from outside. A portal, or a proxy in
//! front of it, may echo the address it was asked at, and a webhook's address holds its secret.

use super::credential::{MASK, Secret};

/// A secret shorter than this may be an ordinary word, as the demo portal's codes are. It is masked only
/// where it stands alone: `slow` in `/rest/1/slow/` but not in `slowly`. Generated codes have 16
/// characters (protocol.md, 10.1) and are masked wherever they are.
pub const SHORT: usize = 8;

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
    let mut done = 0;
    while let Some((at, length)) = find(&bytes, done, needle) {
        masked.extend_from_slice(&bytes[done..at]);
        masked.extend_from_slice(MASK.as_bytes());
        done = at + length;
    }
    if done == 0 {
        return bytes;
    }
    masked.extend_from_slice(&bytes[done..]);
    masked
}

/// Where the needle is next, at or after `from`, and how many bytes it takes there.
fn find(haystack: &[u8], mut from: usize, needle: &[u8]) -> Option<(usize, usize)> {
    let first = *needle.first()?;
    let may_begin = |byte: &u8| *byte == first || matches!(byte, b'\\' | b'%');
    while let Some(offset) = haystack[from..].iter().position(may_begin) {
        let at = from + offset;
        if let Some(length) = written_at(&haystack[at..], needle)
            && (needle.len() >= SHORT || stands_alone(haystack, at, length))
        {
            return Some((at, length));
        }
        from = at + 1;
    }
    None
}

/// How long the needle is at the beginning of the text, if it is there: each character as it is, as the
/// JSON escape `\u0061` or as the percent escape `%61`, in any mixture. What reads the text afterwards
/// undoes such escapes, and would show what hid behind them.
fn written_at(text: &[u8], needle: &[u8]) -> Option<usize> {
    let mut length = 0;
    for byte in needle {
        let rest = text.get(length..)?;
        length += if rest.first() == Some(byte) {
            1
        } else if let Some(hex) = rest.strip_prefix(b"\\u00").and_then(|rest| rest.get(..2)).filter(|_| byte.is_ascii())
        {
            escapes(hex, *byte).then_some(6)?
        } else {
            let hex = rest.strip_prefix(b"%")?.get(..2)?;
            escapes(hex, *byte).then_some(3)?
        };
    }
    Some(length)
}

fn escapes(hex: &[u8], byte: u8) -> bool {
    std::str::from_utf8(hex).is_ok_and(|hex| u8::from_str_radix(hex, 16) == Ok(byte))
}

/// Whether no letter, digit or underscore touches it: `expired` in `expired_token` is part of a word.
fn stands_alone(haystack: &[u8], at: usize, length: usize) -> bool {
    let is_joined = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    !is_joined(haystack[..at].last()) && !is_joined(haystack.get(at + length))
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
        let secret = Secret::new("abcdeabcd");
        assert_eq!(mask_text("xabcdeabcdy/abcdeabcd", &secret), "x****y/****");
        assert_eq!(mask_text("abcdeabcdeabcd", &secret), "****eabcd");
        assert_eq!(mask_text("abcdabcdeabcd", &secret), "abcd****");
        assert_eq!(mask_text("nothing here", &secret), "nothing here");
        assert_eq!(mask_text("", &secret), "");
        assert_eq!(mask_text("anything", &Secret::new("")), "anything");
        assert_eq!(mask_bytes(b"\xffabcdeabcd\xfe".to_vec(), &secret), b"\xff****\xfe");
    }

    #[test]
    fn a_short_secret_is_masked_where_it_stands_alone_and_leaves_words_whole() {
        let secret = Secret::new("slow");
        assert_eq!(
            mask_text("http://127.0.0.1/rest/1/slow/im.chat.get", &secret),
            "http://127.0.0.1/rest/1/****/im.chat.get"
        );
        assert_eq!(mask_text("slow, slowly, 1slow, slow_down, slow", &secret), "****, slowly, 1slow, slow_down, ****");
        assert_eq!(mask_text("slowslow/slow", &secret), "slowslow/****");
        assert_eq!(mask_text("langsam-höslow", &Secret::new("h\u{f6}slow")), "langsam-****");
        assert_eq!(mask_text("slowest of 8", &Secret::new("slowest8")), "slowest of 8");
        assert_eq!(mask_text("xslowest8x", &Secret::new("slowest8")), "x****x");
    }

    #[test]
    fn escapes_hide_no_secret() {
        let secret = Secret::new("abcdeabcd");
        assert_eq!(mask_text(r"x\u0061bcde\u0061%62c\u0064y", &secret), "x****y");
        assert_eq!(mask_text("%61%62%63%64%65%61%62%63%64", &secret), "****");
        assert_eq!(mask_text(r"\u006", &secret), r"\u006");
        assert_eq!(mask_text(r"\u0061bcde\u00", &secret), r"\u0061bcde\u00");
        assert_eq!(mask_text("100% abc", &secret), "100% abc");
    }

    #[test]
    fn a_cookie_keeps_its_name_and_attributes_and_loses_its_value() {
        assert_eq!(mask_cookie("PHPSESSID=a=b; path=/; HttpOnly"), "PHPSESSID=****; path=/; HttpOnly");
        assert_eq!(mask_cookie("odd"), "****");
    }
}
