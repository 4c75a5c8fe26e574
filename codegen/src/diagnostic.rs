//! What is wrong with a model, told so that it can be mended: file, place, fault, hint.

use std::fmt;

use crate::ModelFile;
use crate::locate::Locator;

/// One fault of a model.
///
/// Printed as `service-2.json:7:34: shapes.Tag.members.Key.shape: no shape "TagKye"; did you mean "TagKey"?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file that holds the fault, as the caller named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// Where in the file: a JSON path such as `shapes.Tag.members.Key`; empty for the file as a whole.
    pub path: String,
    /// What is wrong.
    pub fault: String,
    /// What was probably meant, or how to mend it; empty when there is nothing to say.
    pub hint: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.fault)?;
        if !self.hint.is_empty() {
            write!(f, "; {}", self.hint)?;
        }
        Ok(())
    }
}

/// All faults found in one run, at least one, sorted by file, line and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

impl Diagnostics {
    /// Gives every fault the line and column of its path, and sorts all by place.
    pub(crate) fn located(mut self, files: &[&ModelFile]) -> Self {
        for file in files {
            let mut locator = Locator::new(&file.bytes);
            let here = |it: &&mut Diagnostic| it.file == file.name && it.line == NOWHERE;
            for diagnostic in self.0.iter_mut().filter(here) {
                (diagnostic.line, diagnostic.column) = locator.position(&diagnostic.path);
            }
        }
        // Faults of one place stay in the order in which they were found.
        self.0.sort_by(|one, other| {
            let place = |it: &'_ Diagnostic| (it.line, it.column);
            (&one.file, place(one)).cmp(&(&other.file, place(other)))
        });
        self
    }
}

/// The line and column of a fault that was not located yet.
pub(crate) const NOWHERE: usize = 0;

/// Collects the faults of one file while the work goes on.
#[derive(Debug)]
pub(crate) struct Report {
    file: String,
    found: Vec<Diagnostic>,
    lost: Vec<String>,
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

    /// Notes a fault; the same one at the same place is told once.
    pub(crate) fn fault(
        &mut self,
        path: impl fmt::Display,
        fault: impl fmt::Display,
        hint: impl fmt::Display,
    ) {
        let diagnostic = Diagnostic {
            file: self.file.clone(),
            line: NOWHERE,
            column: NOWHERE,
            path: path.to_string(),
            fault: fault.to_string(),
            hint: hint.to_string(),
        };
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Notes a fault whose place is known already.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// How many faults there are up to now.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Notes something that is left out because of a fault that was told, as `member "Key"`. That it is
    /// missing elsewhere is no fault of its own.
    pub(crate) fn lose(&mut self, what: impl Into<String>) {
        self.lost.push(what.into());
    }

    /// Notes that an element of a list could not be read; those behind it are counted without it.
    pub(crate) fn skip(&mut self, list: &str, i: usize) {
        self.skipped.push((list.to_owned(), i));
    }

    /// A path with the numbers of elements as they stand in the file.
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
    lost: Vec<String>,
    /// What is known of the files that could not be read as a whole.
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

    /// How many faults there are up to now.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// The faults, to be told otherwise.
    pub(crate) fn found_mut(&mut self) -> &mut [Diagnostic] {
        &mut self.found
    }

    /// What is wrong, without what merely follows from it: that something is missing which was left
    /// out, or that something is wrong with what holds a value that could not be read.
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
        let follows = |it: &Diagnostic| {
            let missing = it.fault.starts_with("no ") || it.fault.contains(" is no ");
            let holds = |(file, path): &(String, String)| {
                let rest = path.strip_prefix(it.path.as_str());
                let within = |rest: &str| rest.is_empty() || rest.starts_with(['.', '[']);
                *file == it.file && rest.is_some_and(within)
            };
            it.line == NOWHERE
                && (missing && self.lost.iter().any(|what| it.fault.contains(what))
                    || unread.iter().any(holds))
        };
        let first: Vec<_> = self
            .found
            .iter()
            .filter(|it| !follows(it))
            .cloned()
            .collect();
        // Names can mislead: better to tell too much than nothing.
        Diagnostics(if first.is_empty() { self.found } else { first })
    }
}

/// `did you mean "x"?` for the known name closest to a wrong one, or else what to do instead.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
    or_else: &str,
) -> String {
    let nearest = nearest(wrong, known.into_iter().map(|name| (name, name)));
    nearest.map_or_else(
        || or_else.to_owned(),
        |name| format!("did you mean \"{name}\"?"),
    )
}

/// Of some named things the one whose name is spelled almost like a wrong one.
pub(crate) fn nearest<'a, T: Ord>(
    wrong: &str,
    known: impl Iterator<Item = (&'a str, T)>,
) -> Option<T> {
    let far = |name: &str| 1 + name.len() / 5;
    let lower = wrong.to_lowercase();
    let distance = |name: &str| {
        let alike = strsim::damerau_levenshtein(&lower, &name.to_lowercase());
        // Case only adds to it.
        (alike <= far(name)).then(|| strsim::damerau_levenshtein(wrong, name).min(alike + 1))
    };
    known
        .filter(|(name, _)| name.len().abs_diff(wrong.len()) <= far(name))
        .filter_map(|(name, thing)| Some((distance(name)?, name, thing)))
        .filter(|(distance, name, _)| *distance <= far(name))
        .min()
        .map(|(_, _, thing)| thing)
}
