//! What the environment decides: the proxy and the trust store. Both are read from variables of the
//! process, which a test cannot change for itself, so it starts itself again with them.

use std::net::SocketAddr;
use std::process::Command;

use b24chat::domain::lookup::End;
use tokio::io::AsyncWriteExt;

use super::support::*;

const ROOT: &str = "B24CHAT_TEST_ROOT";

/// Asks in a process of its own, with these variables, and tells what came of it in one line.
pub async fn ask_with(root: String, variables: Vec<(&'static str, String)>) -> String {
    let output = tokio::task::spawn_blocking(move || {
        let mut again = Command::new(std::env::current_exe().unwrap());
        again.args(["--ignored", "--exact", "--nocapture", "portal::environment::asks_as_its_environment_says"]);
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
            again.env_remove(name).env_remove(name.to_ascii_lowercase());
        }
        again.env(ROOT, root).envs(variables).output().unwrap()
    })
    .await
    .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains(CANARY), "{text}");
    let line = text.lines().find_map(|line| line.split_once("END "));
    line.unwrap_or_else(|| panic!("it did not tell: {text}{}", String::from_utf8_lossy(&output.stderr))).1.to_owned()
}

#[tokio::test]
#[ignore = "only of use with the variables that the tests beside it set"]
async fn asks_as_its_environment_says() {
    let Ok(root) = std::env::var(ROOT) else { return };
    match ask(&lookup_at(&root, webhook(CANARY))).await {
        End::Answered(reply) => println!("END {} {} {:?}", reply.version, reply.status, reply.outcome),
        End::Failed { failure, .. } => println!("END {}: {failure}", failure.code()),
    }
}

fn proxy_at(proxy: SocketAddr, names: &[&'static str]) -> Vec<(&'static str, String)> {
    names.iter().map(|name| (*name, format!("http://{proxy}"))).collect()
}

/// A proxy that turns everybody away.
async fn proxy() -> (SocketAddr, std::sync::Arc<std::sync::Mutex<Vec<Asked>>>) {
    answer(vec![reply("403 Forbidden", &[], "no")]).await
}

#[tokio::test]
async fn https_goes_through_the_proxy_which_learns_the_host_alone() {
    for (said, words) in [
        ("403 Forbidden", "the proxy refused to connect us"),
        ("407 Proxy Authentication Required", "the proxy wants a user name and a password"),
    ] {
        let (proxy, asked) = answer(vec![reply(said, &[], "no")]).await;
        let told = ask_with("https://portal.example/rest/".into(), proxy_at(proxy, &["HTTPS_PROXY"])).await;
        assert_eq!(told, format!("connect: no connection to portal.example: {words}"));
        let asked = asked.lock().unwrap();
        assert_eq!(asked[0].line(), "CONNECT portal.example:443 HTTP/1.1");
        assert!(!format!("{asked:?}").contains(CANARY));
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_what_is_said_not_to_be_reached() {
    let nowhere = free_port().await;
    let told = ask_with("https://portal.example/rest/".into(), proxy_at(nowhere, &["HTTPS_PROXY"])).await;
    let expected = "connect: no connection to portal.example: the proxy is not reached: connection refused";
    assert!(told.starts_with(expected), "{told}");
}

/// The address of no machine in particular leads to this one on Unix, and is not written as loopback.
#[cfg(unix)]
#[tokio::test]
async fn a_host_that_is_excepted_from_the_proxy_is_asked_directly() {
    let (proxy, asked) = proxy().await;
    let silent = serve(|_, mut stream| async move { stream.shutdown().await.unwrap() }).await;
    let mut variables = proxy_at(proxy, &["HTTPS_PROXY"]);
    variables.push(("NO_PROXY", "0.0.0.0".into()));
    let told = ask_with(format!("https://0.0.0.0:{}/rest/", silent.port()), variables).await;
    assert!(told.starts_with("tls: "), "{told}");
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn this_machine_is_never_asked_through_a_proxy() {
    let (proxy, asked) = proxy().await;
    let (portal, _) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    let variables = || proxy_at(proxy, &["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "http_proxy"]);
    let told = ask_with(format!("http://{portal}/rest/"), variables()).await;
    assert_eq!(told, "HTTP/1.1 200 Chat(ChatId(1437))");

    let silent = serve(|_, mut stream| async move { stream.shutdown().await.unwrap() }).await;
    let told = ask_with(format!("https://{silent}/rest/"), variables()).await;
    assert!(told.starts_with("tls: "), "{told}");
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_trust_store_is_read_for_https_alone() {
    let (portal, _) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    // Where there is no trust store at all, reading it fails.
    let variables = || {
        let nowhere = std::env::temp_dir().join("b24chat-no-such-file.pem").to_str().unwrap().to_owned();
        vec![("SSL_CERT_FILE", nowhere)]
    };
    let told = ask_with(format!("http://{portal}/rest/"), variables()).await;
    assert_eq!(told, "HTTP/1.1 200 Chat(ChatId(1437))");
    let told = ask_with(format!("https://{portal}/rest/"), variables()).await;
    assert!(told.starts_with("other: the request failed: the secure transport could not be set up"), "{told}");
}
