//! Presigned requests of the fixture `presigned_query`, whose form becomes the query.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, UNIX_EPOCH};

use crate::Client;
use crate::config::{Config, Credentials, Region, Sleep};
use crate::presigning::PresigningConfig;

/// Never sleeps.
#[derive(Debug)]
struct NoSleep;

impl crate::config::AsyncSleep for NoSleep {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

/// The expected URL is the one of botocore's `generate_presigned_url`, for GET with the same credentials and time. The parameters
/// have another order.
#[test]
fn the_signature_is_that_of_botocore() {
    let credentials = Credentials::new("AKID", "SECRET", Some("TOKEN".into()), None, "test");
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url("https://sts.eu-west-1.amazonaws.com")
        .credentials_provider(credentials)
        .sleep_impl(NoSleep);
    let valid = PresigningConfig::builder()
        .start_time(UNIX_EPOCH + Duration::from_secs(1_440_938_160))
        .expires_in(Duration::from_secs(900))
        .build()
        .unwrap();
    let client = Client::from_conf(config.build());
    let mut presigned = pin!(client.get_caller_identity().presigned(valid));
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(request) = presigned.as_mut().poll(&mut context) else {
        unreachable!("nothing waits");
    };
    let request = request.unwrap();
    assert_eq!((request.method(), request.headers().count()), ("GET", 0));
    assert_eq!(
        request.uri(),
        "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15\
         &X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20150830%2Feu-west-1%2Fsts%2Faws4_request\
         &X-Amz-Date=20150830T123600Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=fe2a1271d3d479ed6fdf8330a87f165170efbb2220c31f5e4f506cddc2378ae4&X-Amz-Security-Token=TOKEN"
    );
}
