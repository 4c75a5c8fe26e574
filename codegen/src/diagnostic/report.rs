//! Collects faults, and removes those that result from other faults.

use std::collections::HashMap;
use std::fmt;

use super::{Diagnostic, Diagnostics, Fault, Item, NOWHERE, Suggestion, nearest};

/// The maximum number of searches for a similar name among the names of a file.
const MAX_SEARCHES: usize = 100;

/// Collects the faults of one file.
#[derive(Debug)]
pub(crate) struct Report {
    file: String,
    found: Vec<Diagnostic>,
    /// The indices of the faults at each path.
    at_path: HashMap<String, Vec<usize>>,
    /// The number of searches for a similar name.
    searches: usize,
    /// The items that are left out because of a fault.
    omitted: Vec<(Option<Item>, String)>,
    /// The lists with elements that could not be deserialized, and the indices of these elements.
    skipped: Vec<(String, usize)>,
}

impl Report {
    pub(crate) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            found: Vec::new(),
            at_path: HashMap::new(),
            searches: 0,
            omitted: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Records a fault, unless the same fault at the same path is recorded already.
    pub(crate) fn fault(&mut self, path: impl fmt::Display, fault: impl Into<Fault>) {
        let diagnostic = Diagnostic {
            file: self.file.clone(),
            line: NOWHERE,
            column: NOWHERE,
            path: path.to_string(),
            fault: fault.into(),
        };
        let same_path = self.at_path.entry(diagnostic.path.clone()).or_default();
        let mut others = same_path.iter().filter_map(|i| self.found.get(*i));
        if !others.any(|other| *other == diagnostic) {
            same_path.push(self.found.len());
            self.found.push(diagnostic);
        }
    }

    /// Suggests the known name with the most similar spelling. The search is slow, so there is only a limited number of
    /// suggestions.
    pub(crate) fn similar<'a>(
        &mut self,
        wrong: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Suggestion {
        self.nearest(wrong, known.map(|name| (name, name)))
    }

    /// Suggests the known name with the most similar spelling, or all known names if none is similar and there are only a few,
    /// with the same limit.
    pub(crate) fn among<'a>(
        &mut self,
        wrong: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Suggestion {
        match self.similar(wrong, known.clone()) {
            Suggestion::None => Suggestion::all(known),
            found => found,
        }
    }

    /// Suggests the known value whose name has the most similar spelling, with the same limit.
    pub(crate) fn nearest<'a>(
        &mut self,
        wrong: &str,
        known: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Suggestion {
        self.searches += 1;
        let nearest = match self.searches <= MAX_SEARCHES {
            true => nearest(wrong, known),
            false => None,
        };
        Suggestion::of(nearest)
    }

    /// Records a fault whose position is known already.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Returns the number of recorded faults.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Records that an item is left out because of a fault that is recorded already. References to the item
    /// are not reported. `None` covers all items with this name.
    pub(crate) fn omit(&mut self, item: impl Into<Option<Item>>, name: impl Into<String>) {
        self.omitted.push((item.into(), name.into()));
    }

    /// Records that an element of a list could not be deserialized. The indices of the elements after it
    /// decrease by one.
    pub(crate) fn skip(&mut self, list: &str, i: usize) {
        self.skipped.push((list.to_owned(), i));
    }

    /// Returns a path with the indices that elements have in the file.
    pub(crate) fn renumbered(&self, path: &str) -> String {
        let skipped = self.skipped.iter().rev();
        skipped.fold(path.to_owned(), |path, (list, skipped)| {
            let rest = path.strip_prefix(list.as_str());
            let index = rest.and_then(|it| it.strip_prefix('[')?.split_once(']'));
            match index.map(|(i, rest)| (i.parse::<usize>(), rest)) {
                Some((Ok(i), rest)) if i >= *skipped => format!("{list}[{}]{rest}", i + 1),
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
    omitted: Vec<(Option<Item>, String)>,
    /// The reports of the files that could not be deserialized completely.
    partial: Vec<Report>,
}

impl Faults {
    pub(crate) fn add(&mut self, mut report: Report) {
        self.found.append(&mut report.found);
        self.omitted.append(&mut report.omitted);
        if !report.skipped.is_empty() {
            self.partial.push(report);
        }
    }

    pub(crate) fn extend(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found);
    }

    /// Returns the value of a stage, or adds its faults and returns `None`.
    pub(crate) fn take_from<T>(&mut self, result: Result<T, Diagnostics>) -> Option<T> {
        result.map_err(|found| self.extend(found.0)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns the number of recorded faults.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns the faults, except those that result from other faults: references to an item that is left out,
    /// and faults of an item that contains a value that could not be deserialized.
    pub(crate) fn into_diagnostics(mut self) -> Diagnostics {
        for report in &self.partial {
            let is_lowered = |it: &&mut Diagnostic| it.line == NOWHERE && it.file == report.file;
            for fault in self.found.iter_mut().filter(is_lowered) {
                fault.path = report.renumbered(&fault.path);
            }
        }
        let invalid = self.found.iter().filter(|it| it.line != NOWHERE);
        let invalid: Vec<_> = invalid
            .map(|it| (it.file.clone(), it.path.clone()))
            .collect();
        let mut omitted: HashMap<&str, Vec<Option<Item>>> = HashMap::new();
        for (item, name) in &self.omitted {
            omitted.entry(name).or_default().push(*item);
        }
        let is_omitted = |(item, name): (Option<Item>, &str)| {
            let mut omitted = omitted.get(name).into_iter().flatten();
            omitted.any(|omitted| omitted.is_none() || item.is_none() || *omitted == item)
        };
        let is_consequence = |it: &Diagnostic| {
            let contains = |(file, path): &(String, String)| {
                let rest = path.strip_prefix(it.path.as_str());
                let within = |rest: &str| rest.is_empty() || rest.starts_with(['.', '[']);
                *file == it.file && rest.is_some_and(within)
            };
            it.line == NOWHERE
                && (it.fault.subject().is_some_and(is_omitted) || invalid.iter().any(contains))
        };
        let causes: Vec<_> = self
            .found
            .iter()
            .filter(|it| !is_consequence(it))
            .cloned()
            .collect();
        // Items are compared by name, which can match by chance. Surplus diagnostics are better than none.
        Diagnostics(if causes.is_empty() {
            self.found
        } else {
            causes
        })
    }
}
