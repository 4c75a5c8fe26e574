//! Pagination with opaque tokens.

use aws_smithy_types::base64;

use super::service_error::{ServiceError, code};
use super::table::Table;

/// The default number of items on a page.
const DEFAULT_SIZE: usize = 25;

/// The start of a page and its maximum number of items.
#[derive(Debug)]
pub(super) struct Page {
    operation: &'static str,
    /// The key of the last item of the previous page.
    pub(super) after: Option<String>,
    size: usize,
}

impl Page {
    /// Creates the page that a request asks for.
    ///
    /// # Errors
    /// Returns a ValidationException if `operation` did not return the token.
    pub(super) fn new(
        operation: &'static str,
        token: Option<&str>,
        size: Option<i32>,
    ) -> Result<Self, ServiceError> {
        let after = match token {
            None => None,
            Some(token) => Some(decode_token(operation, token).ok_or(ServiceError::new(
                code::VALIDATION,
                "NextToken is not a token that this operation returned.",
            ))?),
        };
        let size = size.and_then(|size| usize::try_from(size).ok());
        Ok(Self {
            operation,
            after,
            size: size.unwrap_or(DEFAULT_SIZE),
        })
    }

    /// Returns the items with the given identifiers, or all items, from the start of the page on.
    pub(super) fn select<'a, T>(
        &self,
        items: &'a Table<T>,
        ids: Option<&[String]>,
    ) -> Box<dyn Iterator<Item = (&'a str, &'a T)> + 'a> {
        let after = self.after.as_deref();
        match ids.filter(|ids| !ids.is_empty()) {
            None => Box::new(items.after(after).map(|(id, item)| (id.as_str(), item))),
            Some(ids) => {
                let mut found: Vec<_> = ids
                    .iter()
                    .filter(|id| after.is_none_or(|after| id.as_str() > after))
                    .filter_map(|id| items.get_key_value(id))
                    .map(|(id, item)| (id.as_str(), item))
                    .collect();
                found.sort_by_key(|(id, _)| *id);
                found.dedup_by_key(|(id, _)| *id);
                Box::new(found.into_iter())
            }
        }
    }

    /// Takes the items of the page, and returns the token of the next page if there are more items.
    ///
    /// The items must be sorted by key, and every key must be greater than `after`.
    pub(super) fn take<T>(
        &self,
        items: impl Iterator<Item = (String, T)>,
    ) -> (Option<Vec<T>>, Option<String>) {
        let mut page = Vec::new();
        let mut last = None;
        for (key, item) in items {
            if page.len() == self.size {
                return (Some(page), last.map(|key: String| self.encode_token(&key)));
            }
            page.push(item);
            last = Some(key);
        }
        (Some(page), None)
    }

    fn encode_token(&self, key: &str) -> String {
        let checksum = checksum(self.operation, key);
        base64::encode(format!("{checksum:016x}{key}"))
    }
}

fn decode_token(operation: &str, token: &str) -> Option<String> {
    let decoded = String::from_utf8(base64::decode(token).ok()?).ok()?;
    let (sum, key) = decoded.split_at_checked(16)?;
    let sum = u64::from_str_radix(sum, 16).ok()?;
    (sum == checksum(operation, key)).then(|| key.to_owned())
}

/// Computes FNV-1a over the operation and the key, to detect tokens of other operations and invalid
/// tokens.
fn checksum(operation: &str, key: &str) -> u64 {
    let bytes = operation.bytes().chain([0]).chain(key.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(after: Option<&str>) -> impl Iterator<Item = (String, u32)> {
        let items = ["a", "b", "c", "d", "e"].into_iter().zip(1..);
        items
            .filter(move |(key, _)| after.is_none_or(|after| *key > after))
            .map(|(key, value)| (key.to_owned(), value))
    }

    #[test]
    fn pages_contain_each_item_once() {
        let mut pages = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let page = Page::new("DescribeThings", token.as_deref(), Some(2)).unwrap();
            let (found, next) = page.take(items(page.after.as_deref()));
            pages.push(found.unwrap());
            token = next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(pages, [vec![1, 2], vec![3, 4], vec![5]]);
    }

    #[test]
    fn a_full_last_page_has_no_token() {
        let page = Page::new("DescribeThings", None, Some(5)).unwrap();
        assert_eq!(page.take(items(None)), (Some(vec![1, 2, 3, 4, 5]), None));
    }

    #[test]
    fn tokens_of_other_operations_and_invalid_tokens_are_errors() {
        let page = Page::new("DescribeThings", None, Some(2)).unwrap();
        let token = page.take(items(None)).1.unwrap();
        for (operation, token) in [("DescribeOthers", token.as_str()), ("DescribeThings", "b")] {
            let error = Page::new(operation, Some(token), None).unwrap_err();
            assert_eq!(error.code, code::VALIDATION);
        }
    }
}
