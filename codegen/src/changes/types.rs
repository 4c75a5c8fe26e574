//! The result of a comparison: what changed, where, and what it means for the Rust crate.
//!
//! The serialized form is the JSON report, whose keys are stable: fields with other names here are
//! renamed.

use std::fmt;

use serde::Serialize;

/// The differences between two models.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The full name of the service, such as `Amazon WorkSpaces`.
    pub service: String,
    /// The impact of all changes on the generated crate.
    pub verdict: Verdict,
    /// The operations that only the newer model has, in order.
    pub new_operations: Vec<String>,
    /// The operations that differ between the models, in order.
    pub updated_operations: Vec<UpdatedOperation>,
    /// The operations that only the older model has, in order.
    pub removed_operations: Vec<String>,
    /// Changes to service-wide properties, which affect every request.
    #[serde(rename = "service_facts")]
    pub service_changes: Vec<ServiceChange>,
}

/// The impact of all changes on the generated Rust crate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The highest level of all impacts, or [`SemverLevel::Patch`] without any.
    pub level: SemverLevel,
    /// The distinct impacts, highest level first.
    #[serde(rename = "why")]
    pub impacts: Vec<Impact>,
}

/// The severity of a change, in terms of semantic versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SemverLevel {
    /// The public interface stays the same.
    Patch,
    /// The public interface grows. Existing programs compile and work.
    Minor,
    /// An existing program may fail to compile, or the crate may reject its requests.
    Breaking,
}

impl fmt::Display for SemverLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Breaking => "breaking",
        })
    }
}

/// The impact of one change on the generated Rust crate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Impact {
    /// The severity.
    pub level: SemverLevel,
    /// A short description, such as `new variant`.
    #[serde(rename = "what")]
    pub description: &'static str,
    /// The affected item, such as `WorkspaceState::AdminMaintenance`.
    pub item: String,
}

/// An operation that differs between the models.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdatedOperation {
    /// The name of the operation.
    pub name: String,
    /// The differences in model order, followed by those of the operation itself.
    pub changes: Vec<Change>,
}

/// One difference within an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The part of the operation that changed.
    pub side: Side,
    /// The path to the changed value, empty for the operation itself.
    pub path: MemberPath,
    /// The kind of change, with its details.
    #[serde(flatten)]
    pub kind: ChangeKind,
    /// The impact on the Rust crate.
    #[serde(rename = "effect")]
    pub impact: Impact,
}

/// A part of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The input.
    Request,
    /// The output.
    Response,
    /// The errors.
    Error,
    /// The operation itself.
    Operation,
}

/// A path through shapes, displayed as `Workspaces[].State`. `{}` stands for the values of a map, and `{key}` for its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberPath(pub Vec<PathStep>);

/// A step of a [`MemberPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// A member of a structure or union.
    Member(String),
    /// The elements of a list.
    Element,
    /// The keys of a map.
    Key,
    /// The values of a map.
    Value,
}

impl fmt::Display for MemberPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Member(name) if i == 0 => f.write_str(name)?,
                PathStep::Member(name) => write!(f, ".{name}")?,
                PathStep::Element => f.write_str("[]")?,
                PathStep::Key => f.write_str("{key}")?,
                PathStep::Value => f.write_str("{}")?,
            }
        }
        Ok(())
    }
}

impl Serialize for MemberPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A kind of change to a shape, member or operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum ChangeKind {
    /// A member was added. The path ends with it.
    MemberAdded {
        /// The type, such as `list of string`.
        #[serde(rename = "type")]
        type_name: String,
        /// Whether the member is required.
        required: bool,
    },
    /// A member was removed. The path ends with it.
    MemberRemoved,
    /// A member became required.
    BecameRequired,
    /// A member became optional.
    BecameOptional,
    /// A property of a member changed that decides whether, and to what, clients set it.
    PropertyChanged {
        /// The property, such as `default`.
        property: &'static str,
        /// The value in the older model, if any.
        from: Option<String>,
        /// The value in the newer model, if any.
        to: Option<String>,
    },
    /// The type of a member changed, for example from `string` to `list of string`.
    TypeChanged {
        /// The type in the older model.
        from: String,
        /// The type in the newer model.
        to: String,
    },
    /// An enum gained values.
    ValuesAdded {
        /// The wire values.
        values: Vec<String>,
    },
    /// An enum lost values.
    ValuesRemoved {
        /// The wire values.
        values: Vec<String>,
    },
    /// A value of an enum has another name, and so another variant.
    ValueRenamed {
        /// The wire value.
        value: String,
        /// The name in the older model.
        from: String,
        /// The name in the newer model.
        to: String,
    },
    /// A constraint on a value changed.
    ConstraintChanged {
        /// `min`, `max` or `pattern`.
        constraint: &'static str,
        /// The constraint in the older model, if any.
        from: Option<String>,
        /// The constraint in the newer model, if any.
        to: Option<String>,
    },
    /// The operation can return a new error.
    ErrorAdded,
    /// The operation no longer returns an error.
    ErrorRemoved,
    /// The pagination of the operation changed.
    PaginatorChanged {
        /// The pagination in the older model, such as `NextToken -> NextToken: Workspaces, by Limit`.
        from: Option<String>,
        /// The pagination in the newer model.
        to: Option<String>,
    },
    /// A member, the elements of a list or map, or an error have another location, name or code in messages.
    WireChanged {
        /// The location and name in the older model, such as `header x-amz-id`.
        from: String,
        /// The location and name in the newer model.
        to: String,
    },
    /// Requests of the operation have another method, path, host prefix, signature or checksum.
    RequestChanged {
        /// The request in the older model, such as `GET /books/{Id}, unsigned`.
        from: String,
        /// The request in the newer model.
        to: String,
    },
    /// The item became deprecated.
    Deprecated,
    /// The item is no longer deprecated.
    NoLongerDeprecated,
}

/// A change to a service-wide property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceChange {
    /// The property, such as `target prefix`.
    #[serde(rename = "fact")]
    pub property: &'static str,
    /// The older value, empty for properties that are not strings.
    pub from: String,
    /// The newer value, empty for properties that are not strings.
    pub to: String,
}
