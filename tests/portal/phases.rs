//! Our own clock.

use std::time::Duration;

use b24chat::domain::lookup::Lookup;
use b24chat::domain::phases::{Phase, Phases};
use tokio::io::AsyncWriteExt;

use super::support::*;

fn sum(phases: &Phases) -> Duration {
    [phases.dns, phases.connect, phases.wait, phases.download].into_iter().flatten().sum()
}

#[tokio::test]
async fn an_address_has_no_name_to_look_up() {
    let (address, _) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    let (end, began) = ask_watched(&client(), &lookup(address)).await;
    assert_eq!(began, [Phase::Connect, Phase::Wait, Phase::Download]);
    let phases = *end.phases();
    assert!(phases.dns.is_none() && phases.connect.is_some() && phases.wait.is_some() && phases.download.is_some());
    assert!(!phases.reused);
    assert!(sum(&phases) <= phases.total, "{phases:?}");
}

#[tokio::test]
async fn a_name_is_looked_up_first() {
    let (address, _) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    let lookup = lookup_at(&format!("http://localhost:{}/rest/", address.port()), webhook(CANARY));
    let (end, began) = ask_watched(&client(), &lookup).await;
    assert_eq!(began, [Phase::Dns, Phase::Connect, Phase::Wait, Phase::Download]);
    assert!(end.phases().dns.is_some());
    assert!(sum(end.phases()) <= end.phases().total);
}

#[tokio::test]
async fn a_connection_that_is_used_again_says_so_and_has_nothing_to_open() {
    let (address, _) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    let client = client();
    let lookup = lookup_at(&format!("http://localhost:{}/rest/", address.port()), webhook(CANARY));
    let first = ask_watched(&client, &lookup).await.0;
    assert!(!first.phases().reused);
    let (second, began) = ask_watched(&client, &lookup).await;
    assert_eq!(began, [Phase::Wait, Phase::Download]);
    let phases = second.phases();
    assert!(phases.reused && phases.dns.is_none() && phases.connect.is_none() && phases.wait.is_some(), "{phases:?}");
}

#[tokio::test]
async fn each_phase_is_as_long_as_the_other_side_made_it() {
    let (wait, download) = (Duration::from_millis(120), Duration::from_millis(60));
    let address = serve(move |_, mut stream| async move {
        read_request(&mut stream).await;
        tokio::time::sleep(wait).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{").await.unwrap();
        tokio::time::sleep(download).await;
        stream.write_all(b"}").await.unwrap();
    })
    .await;
    let phases = *ask(&lookup(address)).await.phases();
    assert!(phases.wait >= Some(wait), "{phases:?}");
    assert!(phases.download >= Some(download - Duration::from_millis(1)), "{phases:?}");
    assert!(phases.connect < Some(wait) && phases.total >= wait + download, "{phases:?}");
}

#[tokio::test]
async fn after_a_redirect_each_phase_is_the_sum_of_both_requests() {
    let pause = Duration::from_millis(60);
    let address = serve(move |number, mut stream| async move {
        read_request(&mut stream).await;
        tokio::time::sleep(pause).await;
        let said = match number {
            0 => reply("302 Found", &[("Location", "/rest/again"), ("Connection", "close")], ""),
            _ => reply("200 OK", &[], FOUND),
        };
        stream.write_all(&said).await.unwrap();
    })
    .await;
    let (end, began) = ask_watched(&client(), &lookup(address)).await;
    use Phase::{Connect, Download, Wait};
    assert_eq!(began, [Connect, Wait, Download, Connect, Wait, Download]);
    let phases = end.phases();
    assert!(phases.wait >= Some(2 * pause) && !phases.reused, "{phases:?}");
    assert!(sum(phases) <= phases.total, "{phases:?}");
}

#[tokio::test]
async fn two_lookups_at_once_keep_their_own_clocks() {
    let quick = serve(|_, mut stream| async move {
        while read_request(&mut stream).await.is_some() {
            stream.write_all(&reply("200 OK", &[], FOUND)).await.unwrap();
        }
    })
    .await;
    let slow = serve(|_, mut stream| async move {
        read_request(&mut stream).await;
        tokio::time::sleep(Duration::from_millis(250)).await;
        stream.write_all(&reply("200 OK", &[], FOUND)).await.unwrap();
    })
    .await;
    let client = client();
    // The quick one's connection stands already, so that only the slow one opens one.
    ask_watched(&client, &lookup(quick)).await;
    let (slow, quick) = (lookup(slow), lookup(quick));
    let (slow, quick) = tokio::join!(ask_watched(&client, &slow), ask_watched(&client, &quick));

    assert_eq!(slow.1, [Phase::Connect, Phase::Wait, Phase::Download]);
    assert_eq!(quick.1, [Phase::Wait, Phase::Download]);
    let (slow, quick) = (slow.0, quick.0);
    assert!(slow.phases().wait >= Some(Duration::from_millis(250)), "{slow:?}");
    assert!(quick.phases().total < Duration::from_millis(250), "{quick:?}");
    assert!(quick.phases().reused && !slow.phases().reused);
}

#[tokio::test]
async fn many_lookups_at_once_on_one_host_add_up_each_for_itself() {
    let (address, _) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    let client = client();
    let asking = (0..32).map(|_| {
        let (client, lookup) = (client.clone(), lookup(address));
        tokio::spawn(async move { ask_watched(&client, &lookup).await })
    });
    for asked in asking.collect::<Vec<_>>() {
        let (end, began) = asked.await.unwrap();
        let phases = end.phases();
        assert_eq!(began.last(), Some(&Phase::Download));
        assert_eq!(phases.reused, phases.connect.is_none(), "{phases:?}");
        assert!(phases.wait.is_some() && sum(phases) <= phases.total, "{phases:?}");
    }
}

#[tokio::test]
async fn a_failed_request_tells_how_far_it_got() {
    let address = serve(|_, mut stream| async move {
        read_request(&mut stream).await;
        read_request(&mut stream).await;
    })
    .await;
    let lookup = Lookup { timeout: Duration::from_millis(100), ..lookup(address) };
    let phases = *ask(&lookup).await.phases();
    assert!(phases.connect.is_some() && phases.wait > Some(Duration::from_millis(50)), "{phases:?}");
    assert!(phases.download.is_none() && !phases.reused, "{phases:?}");
}
