//! The first tokens of an app: the page to open, and what comes back from it, as a redirected address or
//! as a code that a person pastes (protocol.md, 6.2). A refusal is shown on the portal's page alone and
//! never comes back, so whoever waits needs a way out.

use std::time::Duration;

use url::Url;

use super::address::RestRoot;
use super::credential::Secret;
use super::token_reply::split;

/// A code works once, and for so long (protocol.md, 6.1). Whoever has it should exchange it at once.
pub const CODE_LIFE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    pub code: Secret,
    /// The portal's host, as the portal calls itself.
    pub domain: Option<String>,
    pub member_id: Option<String>,
    pub scope: Vec<String>,
    /// The authorization server's host.
    pub server_domain: Option<String>,
}

/// Why there is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCode {
    #[error("there is no code in this: paste the whole address that the browser was sent to, or the code alone")]
    Absent,
    /// It may be an old page, or somebody else's code slipped in.
    #[error("this code is the answer to another request: open the page again from here, and use what comes back")]
    OtherState,
    #[error("the portal did not authorize the app: sign in as a user who may use it, and try again")]
    Denied,
}

/// The portal's page that asks its user. The address to come back to is in the app's settings and never
/// part of this one.
pub fn authorize_url(root: &RestRoot, client_id: &str, state: &str) -> Url {
    let mut url = root.url().clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().pop().extend(["oauth", "authorize", ""]);
    }
    url.query_pairs_mut().append_pair("client_id", client_id).append_pair("state", state);
    url
}

/// Reads what a person pasted: the redirected address, its query alone, or the bare code. An address has
/// to carry the `state` of our own request; a bare code cannot, and is taken at the person's word.
///
/// # Errors
/// [`NoCode`].
pub fn read(pasted: &str, state: &str) -> Result<Authorization, NoCode> {
    let pasted = pasted.trim().trim_matches(['"', '\'', '<', '>']).trim();
    if is_code(pasted) {
        let code = Secret::new(pasted);
        return Ok(Authorization { code, domain: None, member_id: None, scope: Vec::new(), server_domain: None });
    }
    let query = pasted.split_once('?').map_or(pasted, |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let get = |wanted: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, value)| name == wanted && !value.is_empty()).map(|(_, value)| value.into_owned())
    };
    if get("error").is_some() {
        return Err(NoCode::Denied);
    }
    let code = get("code").filter(|code| is_code(code)).ok_or(NoCode::Absent)?;
    if get("state").as_deref() != Some(state) {
        return Err(NoCode::OtherState);
    }
    Ok(Authorization {
        code: Secret::new(code),
        domain: get("domain"),
        member_id: get("member_id"),
        scope: get("scope").map(|list| split(&list)).unwrap_or_default(),
        server_domain: get("server_domain"),
    })
}

/// Codes of redirects are long; the short ones that a page shows to be typed are shorter.
fn is_code(text: &str) -> bool {
    (4..=256).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BACK: &str = "http://localhost:8123/?code=canary0123456789&state=s1&domain=acme.bitrix24.com\
                        &member_id=0a4f&scope=im%2Cuser_brief&server_domain=oauth.bitrix.info";

    fn root(text: &str) -> RestRoot {
        RestRoot::from_url(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn the_page_is_beside_the_rest_root_and_its_values_are_encoded() {
        assert_eq!(
            authorize_url(&root("https://acme.bitrix24.com/rest/"), "local.5f2a", "a b&c").as_str(),
            "https://acme.bitrix24.com/oauth/authorize/?client_id=local.5f2a&state=a+b%26c"
        );
        assert_eq!(
            authorize_url(&root("https://intra.example/office/rest/"), "local.5f2a", "s").path(),
            "/office/oauth/authorize/"
        );
    }

    #[test]
    fn the_whole_address_its_query_and_the_bare_code_are_all_taken() {
        for pasted in [BACK, &format!(" \"{BACK}#\" "), BACK.split_once('?').unwrap().1] {
            let found = read(pasted, "s1").unwrap();
            assert_eq!(found.code.expose(), "canary0123456789", "{pasted}");
            assert_eq!(found.domain.as_deref(), Some("acme.bitrix24.com"));
            assert_eq!(found.member_id.as_deref(), Some("0a4f"));
            assert_eq!(found.scope, ["im", "user_brief"]);
            assert_eq!(found.server_domain.as_deref(), Some("oauth.bitrix.info"));
            assert!(!format!("{found:?}").contains("canary"));
        }
        assert_eq!(read(" canary0123456789\n", "s1").unwrap().code.expose(), "canary0123456789");
    }

    #[test]
    fn a_code_that_answers_another_request_is_not_taken() {
        assert_eq!(read(BACK, "s2"), Err(NoCode::OtherState));
        assert_eq!(read("http://localhost/?code=canary0123456789", "s1"), Err(NoCode::OtherState));
        assert_eq!(read("http://localhost/?state=s1", "s1"), Err(NoCode::Absent));
        assert_eq!(read("http://localhost/?code=&state=s1", "s1"), Err(NoCode::Absent));
        assert_eq!(read("http://localhost/?error=access_denied&state=s1", "s1"), Err(NoCode::Denied));
        assert_eq!(read("", "s1"), Err(NoCode::Absent));
    }

    proptest! {
        #[test]
        fn nothing_that_is_pasted_panics_or_passes_without_the_state(pasted in ".{0,80}") {
            if let Ok(found) = read(&pasted, "s1") {
                prop_assert!(is_code(found.code.expose()));
                prop_assert!(found.domain.is_none() || pasted.contains("s1"));
            }
        }
    }
}
