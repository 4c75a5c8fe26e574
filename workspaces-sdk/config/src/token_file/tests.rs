use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use super::*;

const NOW: u64 = 1_000_000;

/// A token that expires at this second.
#[derive(Clone, Debug, PartialEq)]
struct Token(u64, bool);

impl StoredToken for Token {
    fn expires_at(&self) -> SystemTime {
        at(self.0)
    }

    fn is_refreshable(&self, _: SystemTime) -> bool {
        self.1
    }
}

/// A file with a token, and an endpoint that returns another one.
struct Source {
    file: Token,
    refreshed: Option<Token>,
    loads: AtomicU64,
    refreshes: AtomicU64,
}

impl TokenSource for Source {
    type Token = Token;

    const COMMAND: &'static str = "aws login";

    async fn load(&self) -> Result<Token, TokenFileError> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        Ok(self.file.clone())
    }

    async fn refresh(&self, _: &Token, _: SystemTime) -> Result<Token, BoxError> {
        self.refreshes.fetch_add(1, Ordering::SeqCst);
        self.refreshed.clone().ok_or_else(|| "no answer".into())
    }
}

fn at(second: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(second)
}

fn source(file: Token, refreshed: Option<Token>) -> Source {
    Source {
        file,
        refreshed,
        loads: AtomicU64::new(0),
        refreshes: AtomicU64::new(0),
    }
}

#[tokio::test]
async fn tokens_are_refreshed_before_they_expire() {
    let fresh = Token(NOW + 3600, true);
    // The token in the file, the refreshed one, the number of refreshes, and the outcome.
    let cases = [
        (
            Token(NOW + 301, true),
            None,
            0,
            Some(Token(NOW + 301, true)),
        ),
        (
            Token(NOW + 300, true),
            Some(fresh.clone()),
            1,
            Some(fresh.clone()),
        ),
        (
            Token(NOW + 300, true),
            None,
            1,
            Some(Token(NOW + 300, true)),
        ),
        (
            Token(NOW + 300, false),
            None,
            0,
            Some(Token(NOW + 300, false)),
        ),
        (Token(NOW, true), Some(fresh.clone()), 1, Some(fresh)),
        (Token(NOW, true), None, 1, None),
        (Token(NOW, true), Some(Token(NOW - 1, true)), 1, None),
        (Token(NOW, false), None, 0, None),
    ];
    for (file, refreshed, refreshes, expected) in cases {
        let source = source(file.clone(), refreshed);
        let found = TokenCache::default().get(at(NOW), &source).await;
        assert_eq!(found.ok(), expected, "{file:?}");
        assert_eq!(source.refreshes.into_inner(), refreshes, "{file:?}");
    }
}

#[tokio::test]
async fn a_token_stays_in_memory() {
    let source = source(Token(NOW + 1000, true), None);
    let cache = TokenCache::default();
    for later in [0, 100, 699] {
        cache.get(at(NOW + later), &source).await.unwrap();
    }
    assert_eq!(source.loads.load(Ordering::SeqCst), 1);
    cache.get(at(NOW + 700), &source).await.unwrap();
    assert_eq!(source.loads.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn refreshes_that_fail_have_a_minimum_interval() {
    let source = source(Token(NOW + 200, true), None);
    let cache = TokenCache::default();
    for later in [0, 1, 29, 30, 31, 60] {
        cache.get(at(NOW + later), &source).await.unwrap();
    }
    assert_eq!(source.refreshes.load(Ordering::SeqCst), 3);
    // The clock went back.
    cache.get(at(NOW - 1), &source).await.unwrap();
    assert_eq!(source.refreshes.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn the_error_has_the_reason() {
    let expired = |refreshable| source(Token(NOW, refreshable), None);
    let get = async |source| {
        TokenCache::default()
            .get(at(NOW), &source)
            .await
            .unwrap_err()
    };
    let error = get(expired(true)).await;
    assert_eq!(error.source().unwrap().to_string(), "no answer");
    let error = get(expired(false)).await;
    assert_eq!(error.to_string(), "the login has expired; run `aws login`");
}

#[tokio::test]
async fn the_reason_stays_until_the_next_attempt() {
    let source = source(Token(NOW, true), None);
    let cache = TokenCache::default();
    for _ in 0..2 {
        let error = cache.get(at(NOW), &source).await.unwrap_err();
        assert_eq!(error.source().unwrap().to_string(), "no answer");
    }
    assert_eq!(source.refreshes.into_inner(), 1);
}

/// A file that cannot be written keeps the old token, with which the service may not refresh again.
#[tokio::test]
async fn a_token_that_was_not_stored_is_refreshed_next() {
    let first = Token(NOW + 600, true);
    let source = source(Token(NOW, true), Some(first.clone()));
    let cache = TokenCache::default();
    assert_eq!(cache.get(at(NOW), &source).await.unwrap(), first);
    let failing = Source {
        refreshed: None,
        ..source
    };
    assert_eq!(cache.get(at(NOW + 400), &failing).await.unwrap(), first);
}

#[tokio::test]
async fn an_attempt_that_is_canceled_is_repeated() {
    /// A service that does not respond the first time.
    struct Slow(AtomicU64);

    impl TokenSource for Slow {
        type Token = Token;

        const COMMAND: &'static str = "aws login";

        async fn load(&self) -> Result<Token, TokenFileError> {
            Ok(Token(NOW, true))
        }

        async fn refresh(&self, _: &Token, _: SystemTime) -> Result<Token, BoxError> {
            if self.0.fetch_add(1, Ordering::SeqCst) == 0 {
                std::future::pending::<()>().await;
            }
            Ok(Token(NOW + 3600, true))
        }
    }

    let (cache, source) = (TokenCache::default(), Slow(AtomicU64::new(0)));
    let canceled = tokio::time::timeout(Duration::ZERO, cache.get(at(NOW), &source)).await;
    assert!(canceled.is_err());
    let token = cache.get(at(NOW), &source).await.unwrap();
    assert_eq!(token, Token(NOW + 3600, true));
}

#[test]
fn times_of_all_writers_are_read() {
    let expected = Some(at(1_573_704_345));
    for (text, expected) in [
        ("2019-11-14T04:05:45Z", expected),
        ("2019-11-14T04:05:45.000Z", expected),
        ("2019-11-14T04:05:45UTC", expected),
        ("2019-11-14T05:05:45+01:00", expected),
        ("2019-11-14T04:05:45", None),
        ("UTC", None),
        ("", None),
    ] {
        assert_eq!(time(text), expected, "{text}");
    }
    let fraction = at(1) + Duration::from_millis(999);
    assert_eq!(in_seconds(fraction), DateTime::from_secs(1));
}
