//! Everything an authorization server can say or fail to say, and what a person is told of it.

use std::sync::Mutex;

use b24chat::demo::Rotation;
use b24chat::domain::credential::Secret;
use serde_json::json as object;

use super::support::*;

/// A stage whose token endpoint says this.
async fn stage_with(replies: Vec<Vec<u8>>) -> (Stage, std::sync::Arc<Mutex<Vec<String>>>) {
    let (address, asked) = endpoint(replies).await;
    let endpoint = format!("http://{address}/oauth/token/").parse().unwrap();
    (stage(Rotation::AtOnce, true).await.with(|chain| chain.token_endpoint = Some(endpoint)), asked)
}

/// What stays true whatever the refusal was: the stored pair is as it was.
fn assert_untouched(stage: &Stage) {
    assert_eq!(stage.keeper.stored(), stage.first);
    assert_eq!(stage.portal.refreshes(), 0);
}

#[tokio::test]
async fn each_refusal_of_the_demo_is_told_as_what_it_is() {
    let troubles = [
        ("notinstalled", "NOT_INSTALLED", "Application not installed"),
        ("payment", "PAYMENT_REQUIRED", "Payment required"),
        ("unauthorizedclient", "unauthorized_client", "unauthorized_client"),
        ("insufficientscope", "insufficient_scope", "insufficient_scope"),
        ("nosuchtoken00", "invalid_grant", "Authorize the app again"),
    ];
    for (token, code, told) in troubles {
        let stage = stage(Rotation::AtOnce, true).await.with(|chain| chain.refresh = Some(Secret::new(token)));
        let session = stage.session();
        let answer = session.ask(&lookup(&session.profile()), &|_| ()).await;
        let (found, words) = not_refreshed(&answer);
        assert_eq!(found.as_deref(), Some(code));
        assert!(words.contains(told) && words.contains(code), "{words}");
        assert!(!words.contains("interrupted before"), "{words}");
        assert_eq!((stage.portal.requests(), stage.keeper.note()), (1, None), "{code}");
        assert_untouched(&stage);
    }
}

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_app_are_told_apart() {
    let wrong_secret =
        stage(Rotation::AtOnce, true).await.with(|chain| chain.client_secret = Some(Secret::new("wrongsecret00")));
    let (code, words) = not_refreshed(&wrong_secret.ask().await);
    assert_eq!(code.as_deref(), Some("invalid_client"));
    assert!(words.contains("client_secret"), "{words}");
    // With status 200.
    let unknown = stage(Rotation::AtOnce, true).await.with(|chain| chain.client_id = "local.other".into());
    let (code, words) = not_refreshed(&unknown.ask().await);
    assert_eq!(code.as_deref(), Some("wrong_client"));
    assert!(words.contains("client_id"), "{words}");
    // Neither has used the token up.
    for stage in [wrong_secret, unknown] {
        assert_untouched(&stage);
        let right = stage.with(|chain| {
            chain.client_id = "local.5f2a9c81e0b374.12345678".into();
            chain.client_secret = Some(Secret::new("demoSecretOfTheDemoPortalThatGuardsNothingAtAll0001"));
        });
        assert_found(&right.ask().await);
    }
}

#[tokio::test]
async fn the_form_is_posted_with_the_secrets_out_of_the_address() {
    let tokens = object!({ "access_token": "freshaccess0000", "refresh_token": "nextrefresh0000" });
    let (stage, asked) = stage_with(vec![json("200 OK", &tokens)]).await;
    stage.ask().await;
    let asked = asked.lock().unwrap();
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /oauth/token/ HTTP/1.1\r\n"), "{head}");
    let head = head.to_lowercase();
    assert!(head.contains("content-type: application/x-www-form-urlencoded"), "{head}");
    assert!(head.contains("user-agent: b24chat/") && !head.contains("cookie"), "{head}");
    let expected = format!(
        "grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={}",
        stage.first.client_id,
        stage.first.client_secret.as_ref().unwrap().expose(),
        stage.first.refresh.as_ref().unwrap().expose()
    );
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_server_that_reads_the_address_alone_is_asked_by_get() {
    let missing = object!({ "error": "invalid_request", "error_description": "No \"grant_type\" parameter found" });
    let tokens = object!({ "access_token": "freshaccess0000", "refresh_token": "nextrefresh0000" });
    let (stage, asked) = stage_with(vec![json("400 Bad Request", &missing), json("200 OK", &tokens)]).await;
    stage.ask().await;
    assert_eq!(stage.keeper.stored().access.expose(), "freshaccess0000");
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 2);
    assert!(asked[1].starts_with("GET /oauth/token/?grant_type=refresh_token&client_id="), "{}", asked[1]);
    // Once is enough: the same words to a GET are an answer.
    let (stage, asked) = stage_with(vec![json("400 Bad Request", &missing)]).await;
    assert_eq!(not_refreshed(&stage.ask().await).0.as_deref(), Some("invalid_request"));
    assert_eq!(asked.lock().unwrap().len(), 2);
}

const GATEWAY: &str = "<html><title>502 Bad Gateway</title></html>";

#[tokio::test]
async fn a_bad_gateway_is_asked_again_three_times() {
    let page = reply("502 Bad Gateway", "text/html", GATEWAY);
    let (stage, asked) = stage_with(vec![page.clone()]).await;
    let (code, words) = not_refreshed(&stage.ask().await);
    assert_eq!((code, asked.lock().unwrap().len()), (None, 4));
    assert!(words.contains("502") && words.contains("gateway") && words.contains("ask again"), "{words}");
    assert_untouched(&stage);

    let tokens = object!({ "access_token": "freshaccess0000", "refresh_token": "nextrefresh0000" });
    let (stage, asked) = stage_with(vec![page.clone(), page, json("200 OK", &tokens)]).await;
    stage.ask().await;
    assert_eq!(stage.keeper.stored().access.expose(), "freshaccess0000");
    assert_eq!((asked.lock().unwrap().len(), stage.keeper.note()), (3, None));
}

#[tokio::test]
async fn a_token_that_is_refused_after_a_bad_gateway_was_probably_replaced_behind_it() {
    let refused = json("400 Bad Request", &object!({ "error": "invalid_grant" }));
    let (stage, _) = stage_with(vec![reply("504 Gateway Timeout", "text/html", GATEWAY), refused]).await;
    let (code, words) = not_refreshed(&stage.ask().await);
    assert_eq!(code.as_deref(), Some("invalid_grant"));
    assert!(words.contains("interrupted") && words.contains("authorize the app again"), "{words}");
}

#[tokio::test]
async fn a_lost_answer_is_not_asked_for_again_but_remembered() {
    let tokens = object!({ "access_token": "freshaccess0000", "refresh_token": "nextrefresh0000" }).to_string();
    let half = reply("200 OK", "application/json", &tokens);
    for lost in [Vec::new(), half[..half.len() - 20].to_vec()] {
        let refused = json("400 Bad Request", &object!({ "error": "invalid_grant" }));
        let (stage, asked) = stage_with(vec![lost, refused]).await;
        let (code, words) = not_refreshed(&stage.ask().await);
        assert_eq!((code, asked.lock().unwrap().len()), (None, 1));
        assert!(words.contains("not known") && words.contains("ask again"), "{words}");
        assert_untouched(&stage);
        let begun = stage.keeper.note().unwrap();
        // Another process, later: the refusal is told by what came before it, as often as it is asked.
        for _ in 0..2 {
            let (code, words) = not_refreshed(&stage.ask().await);
            assert_eq!(code.as_deref(), Some("invalid_grant"));
            assert!(words.contains("interrupted") && words.contains("No secret is wrong"), "{words}");
            assert_eq!(stage.keeper.note(), Some(begun.clone()));
        }
        // A new chain is another story.
        let refused = json("400 Bad Request", &object!({ "error": "invalid_grant" }));
        let (address, _) = endpoint(vec![refused]).await;
        let stage = stage.with(|chain| {
            chain.refresh = Some(Secret::new("otherrefresh000"));
            chain.token_endpoint = Some(format!("http://{address}/oauth/token/").parse().unwrap());
        });
        let (_, words) = not_refreshed(&stage.ask().await);
        assert!(words.contains("No refresh from here was interrupted"), "{words}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_reached_was_not_asked() {
    let nowhere = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let stage = stage(Rotation::AtOnce, true).await;
    let endpoint = stage.portal.token_endpoint();
    let stage = stage.with(|chain| {
        chain.token_endpoint = Some(format!("http://{nowhere}/oauth/token/").parse().unwrap());
    });
    let (code, words) = not_refreshed(&stage.ask().await);
    assert_eq!((code, stage.keeper.note()), (None, None));
    assert!(words.contains("no connection") && !words.contains("not known"), "{words}");
    assert_untouched(&stage);
    let stage = stage.with(|chain| chain.token_endpoint = Some(endpoint.parse().unwrap()));
    assert_found(&stage.ask().await);
}

#[tokio::test]
async fn nothing_is_sent_where_it_would_be_seen_or_where_a_redirect_leads() {
    let stage_at = async |endpoint: &str| {
        let endpoint = endpoint.parse().unwrap();
        stage(Rotation::AtOnce, true).await.with(|chain| chain.token_endpoint = Some(endpoint))
    };
    let plain = stage_at("http://oauth.example/oauth/token/").await;
    let (_, words) = not_refreshed(&plain.ask().await);
    assert!(words.contains("lain http") && words.contains("Nothing was sent"), "{words}");

    let (elsewhere, seen) = endpoint(vec![json("200 OK", &object!({ "access_token": "x" }))]).await;
    for status in ["301 Moved", "302 Found", "307 Again", "308 Gone"] {
        let moved =
            format!("HTTP/1.1 {status}\r\nLocation: http://{elsewhere}/oauth/token/\r\nContent-Length: 0\r\n\r\n");
        let (stage, asked) = stage_with(vec![moved.into_bytes()]).await;
        let (_, words) = not_refreshed(&stage.ask().await);
        assert!(words.contains(&format!("sent us on to http://{elsewhere}")), "{words}");
        assert_eq!((asked.lock().unwrap().len(), seen.lock().unwrap().len()), (1, 0));
        assert_untouched(&stage);
    }
}

#[tokio::test]
async fn a_server_that_gives_the_same_refresh_token_again_leaves_the_chain_whole() {
    let stage = stage(Rotation::AtOnce, true).await;
    let same = stage.first.refresh.clone().unwrap();
    let tokens = object!({ "access_token": "freshaccess0000", "refresh_token": same.expose() });
    let (address, _) = endpoint(vec![json("200 OK", &tokens)]).await;
    let endpoint = format!("http://{address}/oauth/token/").parse().unwrap();
    let stage = stage.with(|chain| chain.token_endpoint = Some(endpoint));
    stage.ask().await;
    assert_eq!(stage.keeper.stored().refresh, Some(same));
    assert_eq!(stage.keeper.stored().access.expose(), "freshaccess0000");
}

#[tokio::test]
async fn a_server_that_echoes_everything_shows_no_secret() {
    let stage = stage(Rotation::AtOnce, true).await;
    let sent: Vec<&str> = stage.first.secrets().map(Secret::expose).collect();
    let all = sent.join(" ");
    let echoes = [
        json("400 Bad Request", &object!({ "error": sent[1], "error_description": all })),
        json("401 Unauthorized", &object!({ "error": { "code": all, "message": all } })),
        reply("200 OK", "text/html", &format!("<title>{all}</title>")),
        reply("400 Bad Request", "application/json", &format!("{{\"{all}")),
        format!("HTTP/1.1 302 Found\r\nLocation: http://{}.example/{}\r\n\r\n", sent[1], sent[2]).into_bytes(),
        format!("HTTP/1.1 200 {all}\r\n{all}\r\n\r\n").into_bytes(),
        all.clone().into_bytes(),
    ];
    let mut stage = stage;
    for echo in echoes {
        let (address, asked) = endpoint(vec![echo]).await;
        let endpoint = format!("http://{address}/oauth/token/").parse().unwrap();
        stage = stage.with(|chain| chain.token_endpoint = Some(endpoint));
        // The helper looks for every secret.
        not_refreshed(&stage.ask().await);
        assert_eq!(asked.lock().unwrap().len(), 1);
    }
}
