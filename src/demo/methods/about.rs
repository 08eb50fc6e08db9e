//! What the portal tells about itself and about the caller. No scope is needed for any of it
//! (protocol.md, section 7).

use serde_json::{Value, json};

use super::super::clock::iso;
use super::super::php;
use super::super::refusal::{self, Refusal};
use super::super::scenario::{Flavour, Play};
use super::super::seed::{ADMIN, person};
use super::{Call, Outcome, find};

/// The caller; the id is text.
pub(super) fn profile(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let Some(user) = person(call.caller.user) else { return Ok(json!([]).into()) };
    Ok(json!({
        "ID": user.id.to_string(),
        "ADMIN": user.id == ADMIN,
        "NAME": user.first,
        "LAST_NAME": user.last,
        "PERSONAL_GENDER": "",
        "PERSONAL_PHOTO": "",
        "TIME_ZONE": "Europe/Berlin",
        "TIME_ZONE_OFFSET": 0,
    })
    .into())
}

pub(super) fn user_admin(call: &Call<'_>) -> Result<Outcome, Refusal> {
    Ok(json!(call.caller.user == ADMIN).into())
}

/// The scopes of the credential, or with `full` all there are. A credential with none has one empty text.
pub(super) fn scope(call: &Call<'_>) -> Result<Outcome, Refusal> {
    if !php::is_empty(call.params.get("full")) {
        let all = [
            "im",
            "imbot",
            "imopenlines",
            "user",
            "user_brief",
            "user_basic",
            "crm",
            "task",
            "sonet_group",
            "calendar",
        ];
        return Ok(json!(all).into());
    }
    Ok(json!(call.caller.scopes).into())
}

/// The key `name` and its value must be in lower case, or both answers are no.
pub(super) fn method_get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let name = call.params.get("name").and_then(php::text).unwrap_or_default();
    let method = find(&name).filter(|method| method.name == name);
    let method = method.filter(|method| !(matches!(call.caller.play, Play::NoModule) && method.scope == Some("im")));
    let is_available = method.is_some_and(|method| call.caller.has_scope(method.scope));
    Ok(json!({ "isExisting": method.is_some(), "isAvailable": is_available }).into())
}

/// A webhook learns its scopes and the plan, an app learns about itself.
pub(super) fn app_info(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let license = if is_self_hosted(call) { "de_selfhosted" } else { "de_pro100" };
    if !call.caller.is_app {
        return Ok(json!({ "SCOPE": call.caller.scopes, "LICENSE": license }).into());
    }
    Ok(json!({
        "ID": 1, "CODE": "b24chat.demo", "VERSION": 1, "STATUS": "L", "INSTALLED": true, "PAYMENT_EXPIRED": "N",
        "DAYS": null, "LANGUAGE_ID": "en", "LICENSE": license, "LICENSE_PREVIOUS": license, "LICENSE_TYPE": "pro100",
        "LICENSE_FAMILY": "pro",
    })
    .into())
}

pub(super) fn server_time(call: &Call<'_>) -> Result<Outcome, Refusal> {
    Ok(json!(iso(call.portal.now_for(call.caller))).into())
}

pub(super) fn feature_get(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let code = call.text("CODE").ok_or(refusal::CODE_EMPTY)?;
    let is_known = matches!(code.as_ref(), "rest_auth_connector" | "rest_offline_extended");
    Ok(json!({ "value": if is_known { "Y" } else { "N" } }).into())
}

/// Names of access rights; `false` when there is nothing to name.
pub(super) fn access_name(call: &Call<'_>) -> Result<Outcome, Refusal> {
    let asked = call.param("ACCESS").and_then(php::entries).unwrap_or_default();
    let mut names = serde_json::Map::new();
    for code in asked.into_iter().filter_map(|(_, code)| php::text(code)) {
        let user = code.strip_prefix('U').and_then(|id| id.parse().ok()).and_then(person);
        if let Some(user) = user {
            names.insert(code.into_owned(), json!({ "provider_id": "user", "name": user.name() }));
        } else if code == "AU" {
            names.insert(code.into_owned(), json!({ "provider_id": "group", "name": "All authorized users" }));
        }
    }
    Ok(if names.is_empty() { Value::Bool(false) } else { Value::Object(names) }.into())
}

/// For the methods that are answered elsewhere.
pub(super) fn nothing(_: &Call<'_>) -> Result<Outcome, Refusal> {
    Ok(Value::Null.into())
}

fn is_self_hosted(call: &Call<'_>) -> bool {
    matches!(call.caller.play, Play::Time(Flavour::SelfHosted))
}
