use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http_body::Frame;

use super::*;

/// Sizes of bodies, with the tree hash and the hash, as Python's `hashlib` computes them. The bytes of a body count from 0 to 250
/// again and again.
const BODIES: [(usize, &str, &str); 8] = [
    (
        0,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ),
    (
        1,
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    ),
    (
        PART - 1,
        "8b55c6a2d3444092a316985030e00c1e6f8608eaf912c896dee7c374d440ed11",
        "8b55c6a2d3444092a316985030e00c1e6f8608eaf912c896dee7c374d440ed11",
    ),
    (
        PART,
        "631b84027d6b9e52b539c4e8373622d23032dfadc64d60af87339c9037e4f769",
        "631b84027d6b9e52b539c4e8373622d23032dfadc64d60af87339c9037e4f769",
    ),
    (
        PART + 1,
        "a9c574ce937d2371daf87cdd0e75396b096d7f74a66c764e4c656bd12b2e7bf9",
        "5769f52bc3eef28afa39c6fc68cadb7d0bd69812ae3a3d71452f519ec3c7aa56",
    ),
    (
        2 * PART,
        "bf4dff263ae686b64403208c35a3767e38453d6477e841947588d13d04e1d816",
        "1e075c8d478ad21844e33e830a695ef03a4d2488b69ee275bd8947618bb1be1e",
    ),
    (
        3 * PART,
        "2e7d51c0ffe06ce95fe74beed9a4ab35d18837f4ab2a9f4f066a60359eb999a1",
        "a1feacf0d812ba4d0b0e463ed45bbd583cea1de55c54693116754b30b5794745",
    ),
    (
        5 * PART + 123,
        "bb3ba52bef3af9dbe25c235c4db87262e302b12f33cb1938162351c123588182",
        "0628356cd8d3d1f66cdf957c650b16d574aa59c556037ab29cd9c4acdce89278",
    ),
];

fn bytes(size: usize) -> Bytes {
    (0..=250).cycle().take(size).collect::<Vec<u8>>().into()
}

/// A stream of frames of odd sizes, which counts how many of its bytes are read.
struct Frames {
    rest: Bytes,
    read: Arc<AtomicUsize>,
}

impl Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let size = self.rest.len().min(700_001);
        let frame = self.rest.split_to(size);
        self.read.fetch_add(size, Ordering::Relaxed);
        Poll::Ready((size > 0).then_some(Ok(Frame::data(frame))))
    }
}

fn message(body: RequestBody) -> SerializedRequest {
    SerializedRequest {
        method: "POST",
        uri: "".into(),
        headers: Vec::new(),
        body,
    }
}

fn add(message: &mut SerializedRequest) {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(add_headers(message)).poll(&mut context) {
        Poll::Ready(added) => added.unwrap(),
        Poll::Pending => panic!("the body is never pending"),
    }
}

fn header(message: &SerializedRequest, name: &HeaderName) -> String {
    let mut found = message.headers.iter().filter(|(other, _)| other == name);
    let value = found.next().unwrap().1.to_string();
    assert!(found.next().is_none(), "{name}");
    value
}

#[test]
fn bodies_of_all_kinds_have_the_same_hashes() {
    for (size, tree, whole) in BODIES {
        let read = Arc::new(AtomicUsize::new(0));
        let frames = || {
            let (rest, read) = (bytes(size), read.clone());
            SdkBody::from_body_1_x(Frames { rest, read })
        };
        let file = {
            let read = read.clone();
            SdkBody::retryable(move || {
                let (rest, read) = (bytes(size), read.clone());
                SdkBody::from_body_1_x(Frames { rest, read })
            })
        };
        for (kind, body, is_kept) in [
            ("bytes", RequestBody::Bytes(bytes(size)), true),
            ("file", ByteStream::new(file).into(), false),
            ("once", ByteStream::new(frames()).into(), true),
        ] {
            read.store(0, Ordering::Relaxed);
            let mut message = message(body);
            add(&mut message);
            let found = [TREE_HASH, CONTENT_SHA256].map(|name| header(&message, &name));
            assert_eq!(found, [tree, whole], "{size} {kind}");
            // What can be read again is not kept. Each is read once.
            let in_memory =
                matches!(&message.body, RequestBody::Bytes(bytes) if bytes.len() == size);
            assert_eq!(in_memory, is_kept, "{size} {kind}");
            let expected = if kind == "bytes" { 0 } else { size };
            assert_eq!(read.load(Ordering::Relaxed), expected, "{size} {kind}");
            assert!(message.body.is_repeatable(), "{size} {kind}");
        }
    }
}

#[test]
fn headers_of_the_caller_stay() {
    let mut message = message(RequestBody::default());
    message.headers.push((TREE_HASH, "mine".into()));
    add(&mut message);
    assert_eq!(header(&message, &TREE_HASH), "mine");
    assert_eq!(header(&message, &CONTENT_SHA256), BODIES[0].2);
}

#[test]
fn a_stream_that_fails_is_an_error() {
    struct Broken;
    impl Body for Broken {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
            Poll::Ready(Some(Err(std::io::Error::other("broken"))))
        }
    }
    let broken = || SdkBody::from_body_1_x(Broken);
    for body in [broken(), SdkBody::retryable(broken)] {
        let mut message = message(ByteStream::new(body).into());
        let mut context = Context::from_waker(Waker::noop());
        let added = pin!(add_headers(&mut message)).poll(&mut context);
        assert!(matches!(added, Poll::Ready(Err(_))));
    }
}
