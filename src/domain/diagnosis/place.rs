//! Which part of a credential a refusal is about. The portal checks in a fixed order, so a code says
//! more than its words: what is checked before it is right (protocol.md, 3.2). The words decide only
//! where one code stands for several things.

use super::Rung;
use crate::domain::credential::Credential;
use crate::domain::reply::ApiError;

/// What a refusal of a whole request tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The part that is wrong; `None` where the code does not tell, and only asking on can.
    pub rung: Option<Rung>,
    /// The portal has looked at the secret and found it right.
    pub knows_secret: bool,
    /// The plan was checked and allows REST.
    pub allows_rest: bool,
}

const fn place(rung: Rung, knows_secret: bool, allows_rest: bool) -> Place {
    Place { rung: Some(rung), knows_secret, allows_rest }
}

const TELLS_NOTHING: Place = Place { rung: None, knows_secret: false, allows_rest: false };

/// Where a refusal of everything belongs.
pub fn of(error: &ApiError, credential: &Credential) -> Place {
    let is_webhook = matches!(credential, Credential::Webhook { .. });
    match error.code.trim().to_ascii_uppercase().as_str() {
        "NO_AUTH_FOUND"
        | "INVALID_CREDENTIALS"
        | "INVALID_TOKEN"
        | "INVALID_REQUEST"
        | "SESSION_FAILED"
        | "CONNECTION_ERROR"
        | "WRONG_AUTH_TYPE" => place(Rung::Credential, false, false),
        // An app's hold and plan come before the age of its token.
        "EXPIRED_TOKEN" => place(Rung::Credential, false, true),
        "INSUFFICIENT_SCOPE" => place(Rung::Scopes, true, !is_webhook),
        "OVERLOAD_LIMIT" => place(Rung::Load, true, false),
        "QUERY_LIMIT_EXCEEDED" => place(Rung::Load, false, false),
        "OPERATION_TIME_LIMIT" => place(Rung::Load, true, true),
        "ACCESS_DENIED" => denied(error),
        "AUTHORIZATION_ERROR" | "USER_ACCESS_ERROR" | "AUTHORIZE_ERROR" | "ALLOWED_ONLY_INTRANET_USER" => {
            place(Rung::User, true, true)
        }
        "APPLICATION_NOT_FOUND" => place(Rung::Plan, true, false),
        // The authorization server says these before the portal has seen the token itself.
        "ERROR_OAUTH" | "NOT_INSTALLED" | "PAYMENT_REQUIRED" => place(Rung::Plan, false, false),
        "VERIFICATION_NEEDED" | "PORTAL_BLOCKED_BY_LICENSE_SCANNER" | "WRONG_LICENSE" => {
            place(Rung::Plan, false, false)
        }
        "METHOD_CONFIRM_WAITING" | "METHOD_CONFIRM_DENIED" => place(Rung::Method, true, true),
        "PORTAL_DELETED" => place(Rung::Credential, false, false),
        _ => TELLS_NOTHING,
    }
}

/// One code, three reasons: the plan, the token's user, a browser's session.
fn denied(error: &ApiError) -> Place {
    let words = error.description.as_deref().unwrap_or_default().to_ascii_lowercase();
    if words.contains("user not authorized") || words.contains("type of user") {
        place(Rung::Credential, false, false)
    } else if words.contains("current user") {
        place(Rung::User, true, true)
    } else {
        // Hold and plan are checked after the secret, whichever kind it is.
        place(Rung::Plan, true, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credential::Secret;

    fn webhook(code: &str, words: &str) -> Place {
        let credential = Credential::Webhook { user: "27".into(), secret: Secret::new("x") };
        of(&ApiError { code: code.into(), description: Some(words.into()) }, &credential)
    }

    #[test]
    fn one_code_for_three_reasons_is_told_apart_by_its_words() {
        assert_eq!(webhook("ACCESS_DENIED", "REST is available only by subscription.").rung, Some(Rung::Plan));
        assert_eq!(webhook("ACCESS_DENIED", "какие-то слова").rung, Some(Rung::Plan));
        assert_eq!(webhook("ACCESS_DENIED", "Current user can't be authorized in this context").rung, Some(Rung::User));
        assert_eq!(webhook("access_denied", "User not authorized").rung, Some(Rung::Credential));
    }

    #[test]
    fn a_plan_without_rest_proves_the_secret_and_a_missing_method_proves_nothing() {
        assert!(webhook("ACCESS_DENIED", "REST is available only by subscription.").knows_secret);
        assert!(webhook("INSUFFICIENT_SCOPE", "").knows_secret);
        assert!(!webhook("INVALID_CREDENTIALS", "").knows_secret);
        assert_eq!(webhook("ERROR_METHOD_NOT_FOUND", ""), TELLS_NOTHING);
        assert_eq!(webhook("SOMETHING_NEW", ""), TELLS_NOTHING);
    }
}
