//! Pages, and the opaque tokens that lead from one to the next.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use aws_smithy_types::base64;

use super::refusal::{Refusal, code};

/// How many items a page has unless the request says otherwise.
const DEFAULT_SIZE: usize = 25;

/// Where a page begins, and how many items it has at most.
#[derive(Debug)]
pub(super) struct Page {
    operation: &'static str,
    /// The key of the last item of the page before.
    pub(super) after: Option<String>,
    size: usize,
}

impl Page {
    /// The page that a request asks for.
    ///
    /// # Errors
    /// A token that `operation` did not give.
    pub(super) fn new(
        operation: &'static str,
        token: Option<&str>,
        size: Option<i32>,
    ) -> Result<Self, Refusal> {
        let after = match token {
            None => None,
            Some(token) => Some(read(operation, token).ok_or(Refusal::new(
                code::VALIDATION,
                "The NextToken is not one that this operation gave.",
            ))?),
        };
        let size = size.and_then(|size| usize::try_from(size).ok());
        Ok(Self {
            operation,
            after,
            size: size.unwrap_or(DEFAULT_SIZE),
        })
    }

    /// The items of these identifiers, or all, from where the page begins.
    pub(super) fn listed<'a, T>(
        &self,
        items: &'a BTreeMap<String, T>,
        ids: Option<&[String]>,
    ) -> Box<dyn Iterator<Item = (&'a str, &'a T)> + 'a> {
        let after = self.after.as_deref();
        let behind = (after.map_or(Unbounded, Excluded), Unbounded);
        match ids.filter(|ids| !ids.is_empty()) {
            None => Box::new(
                items
                    .range::<str, _>(behind)
                    .map(|(id, item)| (id.as_str(), item)),
            ),
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

    /// Takes the items of the page, and the token of the next one if there are more.
    ///
    /// The items come in the order of their keys, all of which are greater than `after`.
    pub(super) fn take<T>(
        &self,
        items: impl Iterator<Item = (String, T)>,
    ) -> (Option<Vec<T>>, Option<String>) {
        let mut page = Vec::new();
        let mut last = None;
        for (key, item) in items {
            if page.len() == self.size {
                return (Some(page), last.map(|key: String| self.token(&key)));
            }
            page.push(item);
            last = Some(key);
        }
        (Some(page), None)
    }

    fn token(&self, key: &str) -> String {
        let check = checksum(self.operation, key);
        base64::encode(format!("{check:016x}{key}"))
    }
}

fn read(operation: &str, token: &str) -> Option<String> {
    let text = String::from_utf8(base64::decode(token).ok()?).ok()?;
    let (check, key) = text.split_at_checked(16)?;
    let check = u64::from_str_radix(check, 16).ok()?;
    (check == checksum(operation, key)).then(|| key.to_owned())
}

/// FNV-1a over the operation and the key: a token of another operation is refused, as are made-up ones.
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
    fn tokens_lead_through_all_items_once() {
        let mut seen = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let page = Page::new("DescribeThings", token.as_deref(), Some(2)).unwrap();
            let (found, next) = page.take(items(page.after.as_deref()));
            seen.push(found.unwrap());
            token = next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, [vec![1, 2], vec![3, 4], vec![5]]);
    }

    #[test]
    fn a_full_last_page_has_no_token() {
        let page = Page::new("DescribeThings", None, Some(5)).unwrap();
        assert_eq!(page.take(items(None)), (Some(vec![1, 2, 3, 4, 5]), None));
    }

    #[test]
    fn foreign_tokens_are_refused() {
        let page = Page::new("DescribeThings", None, Some(2)).unwrap();
        let token = page.take(items(None)).1.unwrap();
        for (operation, token) in [("DescribeOthers", token.as_str()), ("DescribeThings", "b")] {
            let refusal = Page::new(operation, Some(token), None).unwrap_err();
            assert_eq!(refusal.code, code::VALIDATION);
        }
    }
}
