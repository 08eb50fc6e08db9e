//! The errors of the portal as they go over the wire: status, code and text (protocol.md, 3.1).

use serde_json::{Map, Value, json};

/// One refusal. The body holds `error`, `error_description` and sometimes more, but never `time`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    code: Code,
    text: &'static str,
    extra: Option<(&'static str, &'static str)>,
}

/// The key `error` is text, but older servers sent numbers there and the newer dialect sends an object.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Code {
    Text(&'static str),
    Number(i64),
    Object(&'static str),
}

impl Refusal {
    /// The members of the body, or of one entry of a batch's `result_error`.
    pub(super) fn members(&self) -> Map<String, Value> {
        let mut members = Map::new();
        match self.code {
            Code::Text(code) => drop(members.insert("error".into(), code.into())),
            Code::Number(code) => drop(members.insert("error".into(), code.into())),
            Code::Object(code) => {
                let error = json!({ "code": code, "message": self.text, "validation": [{ "message": "ENTITY_ID", "field": "ENTITY_ID" }] });
                members.insert("error".into(), error);
                return members;
            }
        }
        members.insert("error_description".into(), self.text.into());
        if let Some((name, value)) = self.extra {
            members.insert(name.into(), value.into());
        }
        members
    }

    /// The same refusal without its text: so a missing scope is told inside a batch.
    pub(super) fn without_text(self) -> Self {
        Self { text: "", ..self }
    }
}

const fn refusal(status: u16, code: &'static str, text: &'static str) -> Refusal {
    Refusal { status, code: Code::Text(code), text, extra: None }
}

const fn with(refusal: Refusal, name: &'static str, value: &'static str) -> Refusal {
    Refusal { extra: Some((name, value)), ..refusal }
}

// The objects that chats belong to.
pub(super) const NO_SUCH_ITEM: Refusal = refusal(400, "NOT_FOUND", "Element not found");
pub(super) const NO_SUCH_CRM_TYPE: Refusal = refusal(400, "NOT_FOUND", "SPA not found");
pub(super) const NO_TASK_ID: Refusal =
    refusal(400, "100", "CTaskItem All parameters in the constructor must have real class type (internal error)");
pub(super) const NO_EVENT_ID: Refusal =
    refusal(400, "", "The required parameter \"id\" for the method \"calendar.event.getbyid\" is not set");

// Who is asking.
pub(super) const NO_AUTH_FOUND: Refusal = refusal(401, "NO_AUTH_FOUND", "Wrong authorization data");
pub(super) const INVALID_CREDENTIALS: Refusal = refusal(401, "INVALID_CREDENTIALS", "Invalid request credentials");
pub(super) const SCOPE_OF_WEBHOOK: Refusal =
    refusal(401, "insufficient_scope", "The request requires higher privileges than provided by the webhook token");
pub(super) const SCOPE_OF_APP: Refusal =
    refusal(401, "insufficient_scope", "The request requires higher privileges than provided by the access token");
pub(super) const EXPIRED_TOKEN: Refusal = refusal(401, "expired_token", "The access token provided has expired.");
pub(super) const INVALID_TOKEN: Refusal = refusal(401, "invalid_token", "Unable to get application by token");
pub(super) const HTTPS_REQUIRED: Refusal = refusal(401, "INVALID_REQUEST", "Https required.");
pub(super) const PLAN: Refusal = refusal(401, "ACCESS_DENIED", "REST is available only by subscription.");
pub(super) const PLAN_OF_APP: Refusal = refusal(401, "ACCESS_DENIED", "REST is available only on commercial plans.");
pub(super) const NEVER_SIGNED_IN: Refusal =
    refusal(401, "ACCESS_DENIED", "Current user can't be authorized in this context");
pub(super) const HOLD: Refusal = refusal(401, "OVERLOAD_LIMIT", "REST API is blocked due to overload.");
pub(super) const DISMISSED: Refusal = refusal(401, "authorization_error", "Unable to authorize user");
pub(super) const USER_ACCESS: Refusal =
    refusal(401, "user_access_error", "The user does not have access to the application.");
pub(super) const APPLICATION_NOT_FOUND: Refusal = refusal(401, "APPLICATION_NOT_FOUND", "Application not found");
pub(super) const ERROR_OAUTH: Refusal = refusal(401, "ERROR_OAUTH", "Application not installed");
pub(super) const DISK_QUOTA: Refusal = refusal(
    401,
    "ERROR_OAUTH",
    "Закончилось место на диске.<br>Удалите <b>ненужные</b> файлы или <a href=\"/settings/license.php\">смените тариф</a>.",
);
pub(super) const NOT_INSTALLED: Refusal = refusal(401, "NOT_INSTALLED", "Application not installed");
pub(super) const PAYMENT_REQUIRED: Refusal = refusal(401, "PAYMENT_REQUIRED", "Payment required");
pub(super) const VERIFICATION_NEEDED: Refusal = refusal(401, "verification_needed", "License check failed.");
/// The status of this one is unknown; 401 is what every other refusal of a credential has.
pub(super) const LICENSE_SCANNER: Refusal =
    refusal(401, "PORTAL_BLOCKED_BY_LICENSE_SCANNER", "Portal is blocked by the license scanner.");
pub(super) const CONNECTION_ERROR: Refusal =
    refusal(401, "CONNECTION_ERROR", "Error connecting to authorization server");
pub(super) const SESSION_FAILED: Refusal =
    with(refusal(401, "session_failed", "Sessid check failed"), "sessid", "5f0c4f2f1f6a7d3be6f5b0c7a1d9e842");
pub(super) const SESSION_DENIED: Refusal =
    with(refusal(401, "access_denied", "User not authorized"), "extended_error", "user not authorized");

// What is asked.
pub(super) const METHOD_NOT_FOUND: Refusal = refusal(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");
pub(super) const PORTAL_DELETED: Refusal = refusal(403, "PORTAL_DELETED", "Portal was deleted");
pub(super) const LINK_CHECK: Refusal = refusal(403, "ACCESS_DENIED", "Access denied! Link check failed");
pub(super) const GUEST: Refusal = refusal(403, "AUTHORIZE_ERROR", "Method not available for guest session.");
pub(super) const EXTRANET: Refusal =
    refusal(403, "allowed_only_intranet_user", "Method allowed only for intranet users");
pub(super) const CONTEXT: Refusal = refusal(403, "ACCESS_DENIED", "Access denied! Application context required");
pub(super) const WRONG_AUTH_TYPE: Refusal =
    refusal(403, "WRONG_AUTH_TYPE", "Current authorization type is denied for this method");
pub(super) const WRONG_LICENSE: Refusal =
    refusal(403, "WRONG_LICENSE", "This feature is not enabled for the current license: de_project");
pub(super) const CONFIRM_WAITING: Refusal = refusal(401, "METHOD_CONFIRM_WAITING", "Waiting for confirmation");
pub(super) const CONFIRM_DENIED: Refusal = refusal(403, "METHOD_CONFIRM_DENIED", "Method call denied");
pub(super) const MANIFEST: Refusal = refusal(404, "ERROR_MANIFEST_IS_NOT_AVAILABLE", "Manifest is not available");
pub(super) const DIALOG_ID_EMPTY: Refusal = refusal(400, "DIALOG_ID_EMPTY", "Dialog ID can't be empty");
pub(super) const CHAT_ID_EMPTY: Refusal = refusal(400, "CHAT_ID_EMPTY", "Chat ID can't be empty");
pub(super) const CODE_EMPTY: Refusal = refusal(400, "CODE_EMPTY", "CODE can't be empty");
pub(super) const DIALOG_ACCESS: Refusal =
    refusal(403, "ACCESS_ERROR", "You do not have access to the specified dialog");
pub(super) const CHAT_ACCESS: Refusal = refusal(400, "ACCESS_ERROR", "You don't have access to this chat");
pub(super) const GENERAL_CHAT: Refusal = refusal(403, "ACCESS_ERROR", "Action unavailable");
pub(super) const NOT_FOUND: Refusal = refusal(400, "ERROR_NOT_FOUND", "Not found");
pub(super) const EMPTY_CODE: Refusal = refusal(400, "", "Not found");
pub(super) const ARGUMENT: Refusal = with(
    refusal(400, "ERROR_ARGUMENT", "The value of an argument 'ENTITY_ID' must be of type string"),
    "argument",
    "ENTITY_ID",
);
pub(super) const NUMERIC: Refusal = Refusal {
    status: 400,
    code: Code::Number(100),
    text: "Invalid value {} to match with parameter {entityId}.",
    extra: None,
};
pub(super) const OBJECT: Refusal = Refusal {
    status: 401,
    code: Code::Object("BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION"),
    text: "Access denied",
    extra: None,
};

// How the portal is.
pub(super) const QUERY_LIMIT: Refusal = refusal(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");
pub(super) const QUERY_LIMIT_AS_200: Refusal = refusal(200, "QUERY_LIMIT_EXCEEDED", "Too many requests");
pub(super) const OPERATION_TIME: Refusal =
    refusal(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.");
pub(super) const INTERNAL: Refusal = refusal(500, "INTERNAL_SERVER_ERROR", "Internal server error");
pub(super) const UNEXPECTED: Refusal =
    refusal(500, "ERROR_UNEXPECTED_ANSWER", "Server returned an unexpected response.");
pub(super) const WRONG_TRANSPORT: Refusal = refusal(500, "INTERNAL_WRONG_TRANSPORT", "Wrong transport!");
pub(super) const WRONG_HANDLER: Refusal = refusal(500, "INTERNAL_WRONG_HANDLER_CLASS", "Wrong handler class!");
pub(super) const CORE: Refusal = refusal(400, "ERROR_CORE", "Call to a member function getId() on null");
pub(super) const CORE_SQL: Refusal = refusal(500, "ERROR_CORE", "SQL query error!");
pub(super) const SOFT: Refusal = refusal(200, "ERROR_SOFT", "A refusal inside a reply that succeeded");
pub(super) const WRONG_ENCODING: Refusal = refusal(200, "WRONG_ENCODING", "Wrong request encoding");
/// Everything a terminal should never obey: an escape sequence that clears the screen, one that sets the
/// title, a bidirectional override, a zero-width space, a bell and a lone control byte.
pub(super) const CONTROL: Refusal = refusal(
    400,
    "ERROR_CORE",
    "\u{1b}[2J\u{1b}]0;owned\u{7}red \u{1b}[31malert\u{9b}0m \u{202e}txet desrever\u{202c} zero\u{200b}width\r\nnext\u{8}\u{7f}",
);

// Inside a batch.
pub(super) const BATCH_METHOD: Refusal =
    refusal(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage");
pub(super) const BATCH_LENGTH: Refusal = refusal(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");
