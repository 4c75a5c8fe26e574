//! Collecting faults, and dropping those that follow from others.

use std::fmt;

use super::{Diagnostic, Diagnostics, Fault, Item, NOWHERE};

/// Collects the faults of one file while the work goes on.
#[derive(Debug)]
pub(crate) struct Report {
    file: String,
    found: Vec<Diagnostic>,
    lost: Vec<(Option<Item>, String)>,
    skipped: Vec<(String, usize)>,
}

impl Report {
    pub(crate) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            found: Vec::new(),
            lost: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Notes a fault; the same fault at the same place is noted once.
    pub(crate) fn fault(&mut self, path: impl fmt::Display, fault: impl Into<Fault>) {
        let diagnostic = Diagnostic {
            file: self.file.clone(),
            line: NOWHERE,
            column: NOWHERE,
            path: path.to_string(),
            fault: fault.into(),
        };
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Notes a fault whose place is known already.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// The number of faults up to now.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Notes an item that is left out because of a fault already noted. References to it are not
    /// faults of their own. Without an item, nothing of that name is there.
    pub(crate) fn lose(&mut self, item: impl Into<Option<Item>>, name: impl Into<String>) {
        self.lost.push((item.into(), name.into()));
    }

    /// Notes that an element of a list could not be read; those behind it are counted without it.
    pub(crate) fn skip(&mut self, list: &str, i: usize) {
        self.skipped.push((list.to_owned(), i));
    }

    /// A path with the numbers of elements as they are in the file.
    pub(crate) fn renumbered(&self, path: &str) -> String {
        let skipped = self.skipped.iter().rev();
        skipped.fold(path.to_owned(), |path, (list, blank)| {
            let rest = path.strip_prefix(list.as_str());
            let number = rest.and_then(|it| it.strip_prefix('[')?.split_once(']'));
            match number.map(|(i, rest)| (i.parse::<usize>(), rest)) {
                Some((Ok(i), rest)) if i >= *blank => format!("{list}[{}]{rest}", i + 1),
                _ => path,
            }
        })
    }

    pub(crate) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// The faults of all files.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    found: Vec<Diagnostic>,
    lost: Vec<(Option<Item>, String)>,
    /// What is known of the files that could be read only in part.
    partial: Vec<Report>,
}

impl Faults {
    pub(crate) fn add(&mut self, mut report: Report) {
        self.found.append(&mut report.found);
        self.lost.append(&mut report.lost);
        if !report.skipped.is_empty() {
            self.partial.push(report);
        }
    }

    pub(crate) fn extend(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The number of faults up to now.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// The faults without those that follow from others: references to an item that was left out, and
    /// faults of whatever holds a value that could not be read.
    pub(crate) fn into_diagnostics(mut self) -> Diagnostics {
        for report in &self.partial {
            let later = |it: &&mut Diagnostic| it.line == NOWHERE && it.file == report.file;
            for fault in self.found.iter_mut().filter(later) {
                fault.path = report.renumbered(&fault.path);
            }
        }
        let unread = self.found.iter().filter(|it| it.line != NOWHERE);
        let unread: Vec<_> = unread
            .map(|it| (it.file.clone(), it.path.clone()))
            .collect();
        let is_lost = |(item, name): (Option<Item>, &str)| {
            self.lost.iter().any(|(lost, known)| {
                known == name && (lost.is_none() || item.is_none() || *lost == item)
            })
        };
        let follows = |it: &Diagnostic| {
            let holds = |(file, path): &(String, String)| {
                let rest = path.strip_prefix(it.path.as_str());
                let within = |rest: &str| rest.is_empty() || rest.starts_with(['.', '[']);
                *file == it.file && rest.is_some_and(within)
            };
            it.line == NOWHERE
                && (it.fault.subject().is_some_and(is_lost) || unread.iter().any(holds))
        };
        let first: Vec<_> = self
            .found
            .iter()
            .filter(|it| !follows(it))
            .cloned()
            .collect();
        // A name can mislead; too many diagnostics are better than none.
        Diagnostics(if first.is_empty() { self.found } else { first })
    }
}
