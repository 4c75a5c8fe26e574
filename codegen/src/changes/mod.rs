//! What changed between two models: found by following shapes through the operations that use them,
//! told to people, to machines, or in the form of AWS's pages of API changes.

mod boto;
mod differences;
mod effect;
mod markdown;
mod walk;

use std::fmt;

use serde::Serialize;

use crate::diagnostic::Diagnostics;
use crate::ir::{Operation, Service};
use crate::{ModelFiles, Warning};

/// Two models compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What changed.
    pub changes: Changes,
    /// What of the newer model the crate does without, and the comparison with it.
    pub warnings: Vec<Warning>,
    /// The newer model, which has the words.
    new: Service,
}

/// What changed between two models.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The full name of the service, as `Amazon WorkSpaces`.
    pub service: String,
    /// What the changes do to the crate that is generated from the model.
    pub verdict: Verdict,
    /// The operations that the older model has not, in order.
    pub new_operations: Vec<String>,
    /// The operations that both models have, with differences, in order.
    pub updated_operations: Vec<UpdatedOperation>,
    /// The operations that the newer model has not, in order.
    pub removed_operations: Vec<String>,
    /// What differs in how all requests are written and addressed.
    pub service_facts: Vec<FactChange>,
}

/// What changes do to the Rust crate that is generated from the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The level of the weightiest effect; [`Level::Patch`] where there is none.
    pub level: Level,
    /// All effects, each told once, the weightiest first.
    pub why: Vec<Effect>,
}

/// How much a change weighs, in the terms of semantic versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The interface stays as it is.
    Patch,
    /// The interface grows; a program that was written before compiles and works.
    Minor,
    /// A program that was written before may not compile any more, or be refused by the crate.
    Breaking,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Breaking => "breaking",
        })
    }
}

/// What a change does to the Rust crate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// How much it weighs.
    pub level: Level,
    /// What is done, as `new variant`.
    pub what: &'static str,
    /// The item that it is done to, as `WorkspaceState::AdminMaintenance`.
    pub item: String,
}

/// An operation of both models, with what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdatedOperation {
    /// Its name.
    pub name: String,
    /// The differences, in the order of the model; those of the operation itself come last.
    pub changes: Vec<Change>,
}

/// One difference of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where it lies.
    pub side: Side,
    /// The way there; empty for the operation itself.
    pub path: Path,
    /// What it is.
    #[serde(flatten)]
    pub what: What,
    /// What it does to the Rust crate.
    pub effect: Effect,
}

/// A side of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// What is sent.
    Request,
    /// What comes back.
    Response,
    /// What comes back when it fails.
    Error,
    /// The operation as such.
    Operation,
}

/// A way through shapes, printed as `Workspaces[].State`; a `{}` stands for the values of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

/// A step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To a member of a structure or union.
    Member(String),
    /// To the elements of a list.
    Element,
    /// To the values of a map.
    Value,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Member(name) if i == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Element => f.write_str("[]")?,
                Step::Value => f.write_str("{}")?,
            }
        }
        Ok(())
    }
}

impl Serialize for Path {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A difference between a shape, member or operation and what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum What {
    /// A member is new; the path ends with it.
    MemberAdded {
        /// What it is, as `list of string`.
        #[serde(rename = "type")]
        kind: String,
        /// Whether it must be there.
        required: bool,
    },
    /// A member is gone; the path ends with it.
    MemberRemoved,
    /// A member must be there now.
    BecameRequired,
    /// A member need not be there any more.
    BecameOptional,
    /// A member is of another type, as `list of string` after `string`.
    TypeChanged {
        /// What it was.
        from: String,
        /// What it is.
        to: String,
    },
    /// An enum has new values.
    ValuesAdded {
        /// The values as they are on the wire.
        values: Vec<String>,
    },
    /// An enum has lost values.
    ValuesRemoved {
        /// The values as they were on the wire.
        values: Vec<String>,
    },
    /// What the service asks of a value is not what it was.
    ConstraintChanged {
        /// `min`, `max` or `pattern`.
        constraint: &'static str,
        /// What it was, if it was.
        from: Option<String>,
        /// What it is, if it is.
        to: Option<String>,
    },
    /// The operation may answer with an error that it did not know.
    ErrorAdded,
    /// The operation no longer answers with an error.
    ErrorRemoved,
    /// How the operation pages is not what it was.
    PaginatorChanged {
        /// What it was, as `NextToken -> NextToken: Workspaces, by Limit`; none if it did not page.
        from: Option<String>,
        /// What it is; none if it does not page.
        to: Option<String>,
    },
    /// It should no longer be used.
    Deprecated,
    /// It may be used again.
    NoLongerDeprecated,
}

/// A fact about the whole service that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactChange {
    /// Which one, as `target prefix`.
    pub fact: &'static str,
    /// What it was; empty where that is more than a word.
    pub from: String,
    /// What it is; empty where that is more than a word.
    pub to: String,
}

/// Compares two models. Tables of our own and waiters beside them are left aside: it is the service
/// that is compared.
///
/// # Errors
/// The faults of both models, one diagnostic for each.
pub fn compare(old: &ModelFiles, new: &ModelFiles) -> Result<Comparison, Diagnostics> {
    match (lowered(old), lowered(new)) {
        (Ok((old, _)), Ok((new, warnings))) => Ok(Comparison {
            changes: changes(&old, &new),
            warnings,
            new,
        }),
        (old, new) => {
            let faults = [old.err(), new.err()].into_iter().flatten();
            Err(Diagnostics(faults.flat_map(|faults| faults.0).collect()))
        }
    }
}

fn lowered(files: &ModelFiles) -> Result<(Service, Vec<Warning>), Diagnostics> {
    let files = ModelFiles {
        waiters: None,
        enum_docs: None,
        rust: None,
        ..files.clone()
    };
    crate::lowered(&files)
}

impl Comparison {
    /// The report for people, in Markdown.
    pub fn markdown(&self) -> String {
        markdown::report(&self.changes, &self.new)
    }

    /// The report in the form of AWS's pages of API changes; `date` stands in its first line.
    pub fn boto(&self, date: &str) -> String {
        boto::page(&self.changes, &self.new, date)
    }

    /// The report for machines: [`Changes`] in JSON.
    pub fn json(&self) -> String {
        let json = serde_json::to_string_pretty(&self.changes);
        // Nothing in it can fail to be written: all keys are texts.
        json.map(|json| json + "\n").unwrap_or_default()
    }
}

fn changes(old: &Service, new: &Service) -> Changes {
    let only = |these: &Service, others: &Service| -> Vec<String> {
        let names = these.operations.keys();
        names
            .filter(|name| !others.operations.contains_key(*name))
            .cloned()
            .collect()
    };
    let (new_operations, removed_operations) = (only(new, old), only(old, new));
    let both = |(name, operation)| -> Option<(&String, &Operation, &Operation)> {
        Some((name, old.operations.get(name)?, operation))
    };
    let updated_operations: Vec<UpdatedOperation> = new
        .operations
        .iter()
        .filter_map(both)
        .map(|(name, before, now)| UpdatedOperation {
            name: name.clone(),
            changes: walk::operation(old, new, name, before, now),
        })
        .filter(|updated| !updated.changes.is_empty())
        .collect();
    let service_facts = facts(old, new);
    let added = new_operations.iter().map(|name| effect::new_method(name));
    let removed = removed_operations.iter();
    let effects = added
        .chain(removed.map(|name| effect::removed_method(name)))
        .chain(
            updated_operations
                .iter()
                .flat_map(|updated| &updated.changes)
                .map(|change| change.effect.clone()),
        )
        .chain(service_facts.iter().map(effect::of_fact));
    Changes {
        service: new.title.clone(),
        verdict: verdict(effects),
        new_operations,
        updated_operations,
        removed_operations,
        service_facts,
    }
}

fn verdict(effects: impl Iterator<Item = Effect>) -> Verdict {
    let mut why: Vec<Effect> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for effect in effects {
        if seen.insert((effect.what, effect.item.clone())) {
            why.push(effect);
        }
    }
    why.sort_by_key(|effect| std::cmp::Reverse(effect.level));
    Verdict {
        level: why.first().map_or(Level::Patch, |effect| effect.level),
        why,
    }
}

fn facts(old: &Service, new: &Service) -> Vec<FactChange> {
    let protocol = |service: &Service| format!("{:?}", service.protocol);
    let words = [
        ("protocol", protocol(old), protocol(new)),
        (
            "target prefix",
            old.target_prefix.clone().unwrap_or_default(),
            new.target_prefix.clone().unwrap_or_default(),
        ),
        (
            "signing name",
            old.signing_name.clone(),
            new.signing_name.clone(),
        ),
        (
            "API version",
            old.api_version.clone(),
            new.api_version.clone(),
        ),
    ];
    let mut facts: Vec<FactChange> = words
        .into_iter()
        .filter(|(_, from, to)| from != to)
        .map(|(fact, from, to)| FactChange { fact, from, to })
        .collect();
    if old.endpoints.rules != new.endpoints.rules {
        facts.push(FactChange {
            fact: "endpoint rules",
            from: String::new(),
            to: String::new(),
        });
    }
    facts
}
