//! Which items of a chunk have succeeded, for the three kinds of operations: those that change resources, those that create them, and
//! those that list them.

use std::collections::{HashMap, HashSet};

use super::BatchFailure;
use crate::retry;

/// The outcomes of the items of a chunk.
#[doc(hidden)]
#[derive(Debug)]
pub struct Settled<T, I> {
    pub(super) succeeded: Vec<T>,
    pub(super) failed: Vec<BatchFailure<I>>,
}

/// A list in an output, which may be optional.
#[doc(hidden)]
pub trait ListField {
    type Element;

    fn into_list(self) -> Vec<Self::Element>;
}

impl<T> ListField for Vec<T> {
    type Element = T;

    fn into_list(self) -> Vec<T> {
        self
    }
}

impl<T> ListField for Option<Vec<T>> {
    type Element = T;

    fn into_list(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}

/// The message for a resource that is not listed.
const NOT_LISTED: &str = "the service does not list it";

fn failure<I>(
    item: I,
    id: Option<String>,
    code: Option<String>,
    message: Option<String>,
) -> BatchFailure<I> {
    let is_throttled = code.as_deref().is_some_and(retry::is_throttling_code);
    BatchFailure {
        item,
        id,
        code,
        message,
        is_throttled,
        cause: None,
    }
}

/// Settles the items of an operation that returns only failures: the identifier, the code and the message of each. The others have
/// succeeded. If it is not clear which item has failed, no other item counts as a success.
#[doc(hidden)]
pub fn changed<I>(
    sent: Vec<I>,
    id: impl Fn(&I) -> Option<&str>,
    failed: Vec<(Option<String>, Option<String>, Option<String>)>,
) -> Settled<String, I> {
    let is_sent = |failed: &str| sent.iter().any(|item| id(item) == Some(failed));
    let mut reasons = HashMap::new();
    let mut unclear = None;
    for (of, code, message) in failed {
        match of.filter(|of| is_sent(of)) {
            Some(of) => _ = reasons.insert(of, (code, message)),
            None => unclear = Some((code, message)),
        }
    }
    let mut settled = Settled {
        succeeded: Vec::new(),
        failed: Vec::new(),
    };
    for item in sent {
        let id = id(&item).map(str::to_owned);
        let reason = id.as_ref().and_then(|id| reasons.get(id));
        match reason.or(unclear.as_ref()).cloned() {
            Some((code, message)) => settled.failed.push(failure(item, id, code, message)),
            None => settled.succeeded.push(id.unwrap_or_default()),
        }
    }
    settled
}

/// Settles the items of an operation that returns what it creates, and failures: the item, the code and the message of each.
#[doc(hidden)]
pub fn created<T, I: PartialEq>(
    sent: Vec<I>,
    created: Vec<T>,
    failed: Vec<(Option<I>, Option<String>, Option<String>)>,
) -> Settled<T, I> {
    let mut rest = sent;
    let failed = failed.into_iter().filter_map(|(item, code, message)| {
        let at = item
            .as_ref()
            .and_then(|item| rest.iter().position(|it| it == item));
        let item = match (at, item) {
            (Some(at), _) => rest.remove(at),
            (None, Some(item)) => item,
            // The service does not say which. The items that it has taken on come first.
            (None, None) => rest.pop()?,
        };
        Some(failure(item, None, code, message))
    });
    Settled {
        failed: failed.collect(),
        succeeded: created,
    }
}

/// Settles identifiers of an operation that lists resources.
#[doc(hidden)]
pub fn listed<T>(
    sent: Vec<String>,
    listed: Vec<T>,
    id: impl Fn(&T) -> Option<&str>,
) -> Settled<T, String> {
    let known: HashSet<&str> = listed.iter().filter_map(&id).collect();
    let absent = sent.into_iter().filter(|id| !known.contains(id.as_str()));
    let failed = absent.map(|absent| {
        let id = Some(absent.clone());
        failure(absent, id, None, Some(NOT_LISTED.to_owned()))
    });
    Settled {
        failed: failed.collect(),
        succeeded: listed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(settled: &Settled<String, &str>) -> (Vec<String>, Vec<String>) {
        let failed = settled
            .failed
            .iter()
            .map(|it| it.id.clone().unwrap_or_default());
        (settled.succeeded.clone(), failed.collect())
    }

    #[test]
    fn a_failure_that_names_no_item_leaves_no_success() {
        let some = |string: &str| Some(string.to_owned());
        let clear = vec![(some("b"), some("Code"), some("Message"))];
        let settled = changed(vec!["a", "b", "c"], |it| Some(it), clear);
        assert_eq!(
            ids(&settled),
            (vec!["a".to_owned(), "c".to_owned()], vec!["b".to_owned()])
        );
        for unclear in [None, some("d")] {
            let failed = vec![(some("b"), None, None), (unclear, some("Throttling"), None)];
            let settled = changed(vec!["a", "b"], |it| Some(it), failed);
            assert_eq!(
                ids(&settled),
                (vec![], vec!["a".to_owned(), "b".to_owned()])
            );
            let throttled: Vec<bool> = settled.failed.iter().map(|it| it.is_throttled).collect();
            assert_eq!(throttled, [true, false]);
        }
    }

    #[test]
    fn a_failure_has_the_item_that_was_sent() {
        let failed = vec![
            (Some("b"), None, None),
            (Some("x"), None, None),
            (None, None, None),
        ];
        let settled = created(vec!["a", "b", "c"], vec![1], failed);
        let items: Vec<&str> = settled.failed.iter().map(|it| it.item).collect();
        assert_eq!((settled.succeeded, items), (vec![1], vec!["b", "x", "c"]));
        // More failures than items are not invented.
        let settled = created(
            vec!["a"],
            vec![1],
            vec![(None, None, None), (None, None, None)],
        );
        assert_eq!(settled.failed.len(), 1);
    }

    #[test]
    fn what_is_not_listed_has_failed() {
        let sent = ["a", "b"].map(str::to_owned).to_vec();
        let settled = listed(sent, vec!["b", "c"], |it| Some(it));
        assert_eq!(settled.succeeded, ["b", "c"]);
        assert_eq!(
            settled
                .failed
                .iter()
                .map(|it| it.item.as_str())
                .collect::<Vec<_>>(),
            ["a"]
        );
    }
}
