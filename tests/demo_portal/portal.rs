//! The demo portal on a runtime of its own, so that tests may talk to it with blocking sockets.

use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::LazyLock;

use b24chat::demo::{self, Bucket, DemoPortal, Options};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::http::{Ask, Reply, post};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A portal of one test.
pub struct Portal(DemoPortal);

impl Deref for Portal {
    type Target = DemoPortal;

    fn deref(&self) -> &DemoPortal {
        &self.0
    }
}

/// A portal whose bucket is never full.
pub fn portal() -> Portal {
    portal_with(Options { bucket: Bucket::UNLIMITED, ..Options::default() })
}

pub fn portal_with(options: Options) -> Portal {
    Portal(RUNTIME.block_on(demo::start(options)).unwrap())
}

impl Portal {
    pub fn to(&self) -> SocketAddr {
        self.0.address()
    }

    /// Sends a request that must be answered.
    pub fn send(&self, ask: &Ask) -> Reply {
        ask.send(self.to()).unwrap()
    }

    /// `/rest/1/CODE/METHOD` of the healthy webhook.
    pub fn path(&self, method: &str) -> String {
        under(self.webhook_code(), method)
    }

    /// Calls a method of the healthy webhook with JSON.
    pub fn call(&self, method: &str, params: &Value) -> Reply {
        self.send(&post(self.path(method), params))
    }

    /// Calls a method under a scenario's code.
    pub fn play(&self, code: &str, method: &str, params: &Value) -> Reply {
        self.send(&post(under(code, method), params))
    }

    /// The result of a call that must succeed.
    pub fn result(&self, method: &str, params: &Value) -> Value {
        let reply = self.call(method, params);
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json().get("result").unwrap_or_else(|| panic!("no result: {reply:?}")).clone()
    }

    /// The id of the chat of a pair.
    pub fn chat(&self, entity_type: impl Into<Value>, entity_id: impl Into<Value>) -> Value {
        let result = self.result("im.chat.get", &pair(entity_type, entity_id));
        if result.is_null() { result } else { result["ID"].clone() }
    }
}

pub fn under(code: &str, method: &str) -> String {
    format!("/rest/1/{code}/{method}")
}

pub fn pair(entity_type: impl Into<Value>, entity_id: impl Into<Value>) -> Value {
    json!({ "ENTITY_TYPE": entity_type.into(), "ENTITY_ID": entity_id.into() })
}

/// The pair that has a chat: 1437.
pub fn deal() -> Value {
    pair("CRM", "DEAL|1663")
}
