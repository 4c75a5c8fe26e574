//! Interceptors of requests that are presigned or contain streams.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_types::body::SdkBody;
use s3::Client;
use s3::config::endpoint::Params;
use s3::config::interceptors::{
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
    FinalizerInterceptorContextRef,
};
use s3::config::{ConfigBag, Intercept, RuntimeComponents};
use s3::error::{BoxError, DisplayErrorContext};
use s3::presigning::PresigningConfig;
use s3::primitives::ByteStream;

use crate::mock::{Response, Wire, stream};

/// Adds a header before a request is signed, and records some hooks.
#[derive(Clone, Debug, Default)]
struct Recorder {
    hooks: Arc<Mutex<Vec<&'static str>>>,
    fails: bool,
}

impl Recorder {
    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.hooks.lock().unwrap())
    }

    fn record(&self, hook: &'static str) {
        self.hooks.lock().unwrap().push(hook);
    }
}

impl Intercept for Recorder {
    fn name(&self) -> &'static str {
        "Recorder"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.record("modify_before_signing");
        context.request_mut().headers_mut().insert("x-added", "1");
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.record("read_before_transmit");
        let request = context.request();
        let is_signed = request.uri().contains("X-Amz-Signature=")
            || request.headers().contains_key("authorization");
        assert!(is_signed, "{request:?}");
        match self.fails {
            true => Err("not today".into()),
            false => Ok(()),
        }
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.record("read_after_execution");
        Ok(())
    }
}

#[tokio::test]
async fn hooks_run_when_a_request_is_presigned() {
    let (wire, recorder) = (Wire::default(), Recorder::default());
    let valid = PresigningConfig::expires_in(Duration::from_secs(60)).unwrap();
    let plain = wire.client().get_object().bucket("bucket").key("a b");
    let plain = plain.presigned(valid.clone()).await.unwrap();
    let client = Client::from_conf(wire.config().interceptor(recorder.clone()).build());
    let get = client.get_object().bucket("bucket").key("a b");
    let presigned = get.clone().presigned(valid.clone()).await.unwrap();
    let hooks = [
        "modify_before_signing",
        "read_before_transmit",
        "read_after_execution",
    ];
    assert_eq!(recorder.take(), hooks);
    assert_eq!(presigned.headers().collect::<Vec<_>>(), [("x-added", "1")]);
    assert!(presigned.uri().contains("SignedHeaders=host%3Bx-added&"));
    let path = |uri: &str| uri.split('?').next().unwrap().to_owned();
    assert_eq!(path(presigned.uri()), path(plain.uri()));

    let failing = Recorder {
        fails: true,
        ..recorder.clone()
    };
    let error = get.customize().interceptor(failing).presigned(valid).await;
    let shown = DisplayErrorContext(&error.unwrap_err()).to_string();
    assert!(shown.contains("not today"), "{shown}");
    assert_eq!(wire.sent().len(), 0);
}

/// A stream is sent again, with its checksum, if it can be read twice.
#[tokio::test]
async fn hooks_run_for_each_attempt_to_send_a_stream() {
    let unavailable = Response(503, &[], &["<Error><Code>SlowDown</Code></Error>"]);
    let (wire, recorder) = (Wire::new([unavailable]), Recorder::default());
    let client = Client::from_conf(wire.config().interceptor(recorder.clone()).build());
    let twice = SdkBody::retryable(|| stream(&["hello", " ", "world"]));
    let put = client.put_object().bucket("bucket").key("a");
    let put = put.body(ByteStream::new(twice)).content_length(11);
    put.send().await.unwrap();
    let sent = wire.sent();
    let bodies: Vec<_> = sent.iter().map(|sent| &*sent.body).collect();
    let encoded = "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";
    assert_eq!(bodies, [encoded, encoded]);
    assert!(sent.iter().all(|sent| sent.header("x-added") == Some("1")));
    let attempt = ["modify_before_signing", "read_before_transmit"];
    let hooks = [&attempt[..], &attempt, &["read_after_execution"]].concat();
    assert_eq!(recorder.take(), hooks);
}

/// Sends requests to an endpoint over plain HTTP from the first attempt on.
#[derive(Debug)]
struct Plain;

impl Intercept for Plain {
    fn name(&self) -> &'static str {
        "Plain"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let params = Params::builder()
            .bucket("bucket")
            .region("eu-west-1")
            .endpoint("http://127.0.0.1:9000");
        let params = EndpointResolverParams::new(params.build()?);
        bag.interceptor_state().store_put(params);
        Ok(())
    }
}

/// Over HTTPS, the checksum of a stream is in its trailer. Over HTTP, the signature needs the hash of the stream.
#[tokio::test]
async fn a_stream_is_not_sent_to_an_endpoint_that_it_was_not_prepared_for() {
    let wire = Wire::default();
    let client = Client::from_conf(wire.config().interceptor(Plain).build());
    let put = client.put_object().bucket("bucket").key("a");
    let put = put.body(ByteStream::new(SdkBody::retryable(|| stream(&["hello"]))));
    let error = put.content_length(5).send().await.unwrap_err();
    let shown = DisplayErrorContext(&error).to_string();
    assert!(
        shown.contains("after a stream was prepared for another"),
        "{shown}"
    );
    assert_eq!(wire.sent().len(), 0);

    client
        .get_object()
        .bucket("bucket")
        .key("a")
        .send()
        .await
        .unwrap();
    assert!(wire.sent()[0].uri.starts_with("http://127.0.0.1:9000/"));
}
