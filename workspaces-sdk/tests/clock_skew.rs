//! Requests are signed with the time of the service, and no response keeps a client from signing.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_async::time::StaticTimeSource;
use workspaces_sdk::config::Builder;
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::error::SdkError;
use workspaces_sdk::{Client, Config};

use crate::server::{Request, Server, Step, response};

/// The local clock, which stands still at 2001-09-09T01:46:40Z.
fn clock() -> StaticTimeSource {
    StaticTimeSource::from_secs(1_000_000_000)
}

const NOW: &str = "Sun, 09 Sep 2001 01:46:40 GMT";
const TWO_HOURS_AHEAD: &str = "Sun, 09 Sep 2001 03:46:40 GMT";

/// A configuration with that clock, and retries that do not wait.
fn config(server: &Server) -> Builder {
    let retries = RetryConfig::standard()
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_attempts(4);
    server.config().time_source(clock()).retry_config(retries)
}

/// The times with which the requests were signed.
fn signed(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let times = requests.iter().map(|it| it.header("x-amz-date").unwrap());
    times.map(str::to_owned).collect()
}

/// Accepts only signatures of 2001-09-09T03:46:40Z, two hours after the local clock.
fn two_hours_ahead(_: usize, request: &Request) -> Vec<Step> {
    let date = [("date", TWO_HOURS_AHEAD)];
    match request.header("x-amz-date").unwrap() {
        "20010909T034640Z" => response(200, &date, "{}"),
        _ => response(403, &date, r#"{"__type":"InvalidSignatureException"}"#),
    }
}

#[tokio::test]
async fn requests_are_signed_by_the_clock_of_the_service() {
    let server = Server::start(two_hours_ahead).await;
    let config = config(&server);
    let client = Client::from_conf(config.clone().build());
    client.describe_workspaces().send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
    // The client has stored the difference between the clocks.
    client.clone().describe_workspaces().send().await.unwrap();
    assert_eq!(server.requests().len(), 3);

    // A call can ignore the difference.
    let uncorrected = Config::builder().disable_clock_skew_correction(true);
    client
        .describe_workspaces()
        .customize()
        .config_override(uncorrected)
        .send()
        .await
        .unwrap_err();
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[3].header("x-amz-date"), Some("20010909T014640Z"));

    let client = Client::from_conf(config.disable_clock_skew_correction(true).build());
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert_eq!(server.requests().len(), 5);
}

/// A call with another time source does not change the difference between the clocks that the client has stored.
#[tokio::test]
async fn the_time_source_of_a_call_is_not_that_of_the_client() {
    let server = Server::always(response(200, &[("date", NOW)], "{}")).await;
    let client = Client::from_conf(server.config().time_source(clock()).build());
    let much_earlier = StaticTimeSource::new(UNIX_EPOCH);
    client
        .describe_workspaces()
        .customize()
        .config_override(Config::builder().time_source(much_earlier))
        .send()
        .await
        .unwrap();
    client.describe_workspaces().send().await.unwrap();
    let requests = server.requests();
    let dates: Vec<_> = requests.iter().map(|it| it.header("x-amz-date")).collect();
    assert_eq!(dates, [Some("19700101T000000Z"), Some("20010909T014640Z")]);
}

#[tokio::test]
async fn a_wrong_signature_is_not_retried_if_the_clocks_agree() {
    let server = Server::always(response(
        403,
        &[("date", NOW)],
        r#"{"__type":"InvalidSignatureException"}"#,
    ))
    .await;
    Client::from_conf(config(&server).build())
        .describe_workspaces()
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

/// What a client signs with after it has made a call.
async fn signed_after(respond: fn(usize, &Request) -> Vec<Step>) -> (bool, Vec<String>, String) {
    let server = Server::start(respond).await;
    let client = Client::from_conf(config(&server).build());
    let succeeded = client.describe_workspaces().send().await.is_ok();
    let mut during = signed(&server);
    drop(client.describe_workspaces().send().await);
    let after = signed(&server).split_off(during.len());
    during.dedup();
    (succeeded, during, after[0].clone())
}

const SIGNED_NOW: &str = "20010909T014640Z";

#[tokio::test]
async fn an_impossible_date_is_ignored() {
    for date in [
        "Sat, 01 Jan 0000 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sun, 09 Sep 2001 01:46:40",
        "",
    ] {
        for (status, body) in [
            (200, "{}"),
            (400, r#"{"__type":"ValidationException"}"#),
            (403, r#"{"__type":"InvalidSignatureException"}"#),
            (502, "<html>"),
        ] {
            let headers = [("date", date), ("x-amzn-requestid", "1")];
            let server = Server::always(response(status, &headers, body)).await;
            let client = Client::from_conf(config(&server).build());
            for _ in 0..3 {
                drop(client.describe_workspaces().send().await);
            }
            // A rejected signature may be tried with the date of the response, but each call starts with the local clock.
            let requests = server.requests();
            let first = |it: &&Request| it.header("amz-sdk-request") == Some("attempt=1; max=4");
            let calls: Vec<_> = requests.iter().filter(first).collect();
            assert_eq!(calls.len(), 3);
            for call in calls {
                assert_eq!(
                    call.header("x-amz-date"),
                    Some(SIGNED_NOW),
                    "{status} {date}"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_date_of_a_gateway_is_ignored() {
    // The case of a proxy that answers for the service, while its clock is wrong.
    let (succeeded, during, after) = signed_after(|number, request| match number {
        0 => response(502, &[("date", "Mon, 01 Jan 2024 00:00:00 GMT")], "<html>"),
        _ if request.header("x-amz-date") == Some(SIGNED_NOW) => {
            response(200, &[("date", NOW)], "{}")
        }
        _ => response(
            400,
            &[("date", NOW)],
            r#"{"__type":"InvalidSignatureException"}"#,
        ),
    })
    .await;
    assert!(succeeded);
    assert_eq!(
        (during, after.as_str()),
        (vec![SIGNED_NOW.to_owned()], SIGNED_NOW)
    );

    // The service rejects a request although its time is right: the hosts do not agree on the time.
    let (succeeded, during, after) = signed_after(|number, _| match number {
        0 => response(502, &[("date", "Mon, 01 Jan 2024 00:00:00 GMT")], "<html>"),
        1 => response(
            400,
            &[("date", NOW)],
            r#"{"__type":"InvalidSignatureException"}"#,
        ),
        _ => response(200, &[("date", NOW)], "{}"),
    })
    .await;
    assert!(succeeded);
    assert_eq!(
        (during, after.as_str()),
        (vec![SIGNED_NOW.to_owned()], SIGNED_NOW)
    );
}

#[tokio::test]
async fn the_date_of_an_accepted_request_is_used_if_it_is_close() {
    let ok = |date| response(200, &[("date", date), ("x-amzn-requestid", "1")], "{}");
    let (.., after) = signed_after(|number, _| match number {
        0 => response(
            200,
            &[
                ("date", "Sun, 09 Sep 2001 01:49:40 GMT"),
                ("x-amzn-requestid", "1"),
            ],
            "{}",
        ),
        _ => response(200, &[], "{}"),
    })
    .await;
    assert_eq!(after, "20010909T014940Z");
    // No service accepts a signature that is two hours old, so the date is wrong.
    let server = Server::always(ok(TWO_HOURS_AHEAD)).await;
    let client = Client::from_conf(config(&server).build());
    for _ in 0..2 {
        client.describe_workspaces().send().await.unwrap();
    }
    assert_eq!(signed(&server), [SIGNED_NOW; 2]);
    // A response without a request id may be that of a proxy.
    let server = Server::always(response(
        200,
        &[("date", "Sun, 09 Sep 2001 01:49:40 GMT")],
        "{}",
    ))
    .await;
    let client = Client::from_conf(config(&server).build());
    for _ in 0..2 {
        client.describe_workspaces().send().await.unwrap();
    }
    assert_eq!(signed(&server), [SIGNED_NOW; 2]);
}

#[tokio::test]
async fn a_skew_is_discarded_if_the_retry_fails_too() {
    let rejected = response(
        403,
        &[("date", TWO_HOURS_AHEAD), ("x-amzn-requestid", "1")],
        r#"{"__type":"InvalidSignatureException"}"#,
    );
    let server = Server::always(rejected).await;
    let client = Client::from_conf(config(&server).build());
    client.describe_workspaces().send().await.unwrap_err();
    // With the date of the response, the signature is rejected as well, and there is nothing left to try.
    assert_eq!(signed(&server), [SIGNED_NOW, "20010909T034640Z"]);
    client.describe_workspaces().send().await.unwrap_err();
    assert_eq!(signed(&server)[2..], [SIGNED_NOW, "20010909T034640Z"]);

    // A client without retries learns too: the second call succeeds.
    let server = Server::start(two_hours_ahead).await;
    let client = Client::from_conf(server.config().time_source(clock()).build());
    client.describe_workspaces().send().await.unwrap_err();
    client.describe_workspaces().send().await.unwrap();
    assert_eq!(signed(&server), [SIGNED_NOW, "20010909T034640Z"]);
}

#[tokio::test]
async fn a_right_skew_is_kept_when_a_request_is_denied() {
    let server = Server::start(|number, request| {
        let date = [("date", TWO_HOURS_AHEAD), ("x-amzn-requestid", "1")];
        match (number, request.header("x-amz-date").unwrap()) {
            (2, _) => response(400, &date, r#"{"__type":"AccessDeniedException"}"#),
            (_, "20010909T034640Z") => response(200, &date, "{}"),
            _ => response(403, &date, r#"{"__type":"RequestTimeTooSkewed"}"#),
        }
    })
    .await;
    let client = Client::from_conf(config(&server).build());
    client.describe_workspaces().send().await.unwrap();
    client.describe_workspaces().send().await.unwrap_err();
    client.describe_workspaces().send().await.unwrap();
    let ahead = "20010909T034640Z";
    assert_eq!(signed(&server), [SIGNED_NOW, ahead, ahead, ahead]);
}

/// The year of a date has four digits in a signature, so a local clock beyond it can sign nothing. Nothing panics.
#[tokio::test]
async fn any_local_clock_gives_an_outcome() {
    let year = Duration::from_secs(365 * 24 * 3600);
    let server = Server::always(response(
        200,
        &[("date", NOW), ("x-amzn-requestid", "1")],
        "{}",
    ))
    .await;
    let far = SystemTime::now().checked_add(year * 100_000);
    for time in [Some(UNIX_EPOCH), UNIX_EPOCH.checked_sub(year * 3000), far]
        .into_iter()
        .flatten()
    {
        let config = server.config().time_source(StaticTimeSource::new(time));
        let client = Client::from_conf(config.build());
        for _ in 0..2 {
            let outcome = client.describe_workspaces().send().await;
            assert_eq!(outcome.is_ok(), time == UNIX_EPOCH, "{time:?}: {outcome:?}");
        }
    }
}
