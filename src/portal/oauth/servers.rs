//! Which authorization server (protocol.md, 6.1): the one that is known, else by the portal's zone, with
//! the other one after it.

use url::Url;

use super::TokenRequest;
use crate::domain::address::RestRoot;

const WEST: &str = "https://oauth.bitrix.info/oauth/token/";
const EAST: &str = "https://oauth.bitrix24.tech/oauth/token/";

/// The zones whose portals belong to the eastern server.
const EASTERN: [&str; 8] = ["ru", "by", "kz", "uz", "kg", "am", "az", "ge"];

/// The token endpoints to try, in this order.
pub fn of(request: &TokenRequest) -> Vec<Url> {
    if let Some(known) = &request.endpoint {
        return vec![known.clone()];
    }
    // What is asked of a portal on this machine stays on this machine: it answers in the server's place.
    if request.root.is_loopback() {
        return Url::parse(&format!("{}/oauth/token/", request.root.site())).into_iter().collect();
    }
    let order = if is_eastern(&request.root) { [EAST, WEST] } else { [WEST, EAST] };
    order.into_iter().filter_map(|server| Url::parse(server).ok()).collect()
}

fn is_eastern(root: &RestRoot) -> bool {
    let host = root.url().host_str().unwrap_or_default();
    host.rsplit('.').next().is_some_and(|zone| EASTERN.contains(&zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credential::Secret;
    use crate::portal::oauth::Grant;

    fn servers(root: &str, endpoint: Option<&str>) -> Vec<String> {
        let request = TokenRequest {
            grant: Grant::Refresh(Secret::new("r")),
            client_id: "local.5f2a".into(),
            client_secret: Secret::new("s"),
            endpoint: endpoint.map(|endpoint| endpoint.parse().unwrap()),
            root: RestRoot::from_url(root.parse().unwrap()).unwrap(),
            connection: crate::domain::profile::Connection::default(),
            known: Vec::new(),
        };
        of(&request).into_iter().map(String::from).collect()
    }

    #[test]
    fn a_known_server_is_the_only_one() {
        let known = "https://auth.example/oauth/token/";
        assert_eq!(servers("https://acme.bitrix24.ru/rest/", Some(known)), [known]);
    }

    #[test]
    fn the_zone_decides_which_of_the_two_is_tried_first() {
        assert_eq!(servers("https://acme.bitrix24.com/rest/", None), [WEST, EAST]);
        assert_eq!(servers("https://acme.bitrix24.com.br/rest/", None), [WEST, EAST]);
        for zone in ["ru", "by", "kz", "uz", "kg", "am", "az", "ge"] {
            assert_eq!(servers(&format!("https://acme.bitrix24.{zone}/rest/"), None), [EAST, WEST]);
        }
        assert_eq!(servers("https://intra.example/office/rest/", None), [WEST, EAST]);
    }

    #[test]
    fn what_is_asked_of_a_portal_on_this_machine_stays_there() {
        assert_eq!(servers("http://127.0.0.1:8024/rest/", None), ["http://127.0.0.1:8024/oauth/token/"]);
    }
}
