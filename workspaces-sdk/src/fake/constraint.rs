//! The constraints of the model.

/// A constraint on a value.
#[derive(Debug)]
pub(crate) struct Constraint {
    pub(crate) kind: Kind,
    /// The minimum of a number, or the minimum length of a string, blob or list.
    pub(crate) min: Option<i64>,
    /// The maximum of a number, or the maximum length of a string, blob or list.
    pub(crate) max: Option<i64>,
    /// The regular expression that the whole of a string matches.
    pub(crate) pattern: Option<&'static str>,
    /// The name of the constraint on each element of a list or value of a map.
    pub(crate) of: Option<&'static str>,
}

/// The kind of value that a constraint applies to.
#[derive(Debug)]
pub(crate) enum Kind {
    String,
    /// Bytes, which are base64 in JSON.
    Blob,
    Number,
    List,
    Map,
    /// A string with a fixed set of values.
    OneOf(&'static [&'static str]),
    /// A structure: for each member its name, whether it is required, and the name of the
    /// constraint on its value.
    Structure(&'static [(&'static str, bool, &'static str)]),
}

impl Constraint {
    pub(crate) const fn new(kind: Kind) -> Self {
        Self {
            kind,
            min: None,
            max: None,
            pattern: None,
            of: None,
        }
    }
}

/// Constraints by the name of a shape or an operation, sorted by name.
pub(crate) type Table = [(&'static str, Constraint)];

/// Declares the table of a model's constraints.
///
/// ```ignore
/// constraints! {
///     "CreateIpGroup" => structure {
///         "GroupName" => required "IpGroupName";
///     };
///     "IpGroupName" => string(min 1, pattern "^[a-z]+$");
///     "Limit" => number(min 1, max 25);
///     "Mode" => one_of("ON", "OFF");
/// }
/// ```
macro_rules! constraints {
    ($($name:literal => $kind:ident $arguments:tt;)*) => {
        /// The constraints by name.
        pub(crate) static CONSTRAINTS: &$crate::fake::constraint::Table =
            &[$(($name, $crate::fake::constraint::constraints!(@ $kind $arguments))),*];
    };
    (@ one_of($($value:literal),*)) => {
        $crate::fake::constraint::Constraint::new($crate::fake::constraint::Kind::OneOf(&[$($value),*]))
    };
    (@ structure { $($member:literal => $presence:ident $shape:literal;)* }) => {
        $crate::fake::constraint::Constraint::new($crate::fake::constraint::Kind::Structure(&[
            $(($member, $crate::fake::constraint::constraints!(@ $presence), $shape)),*
        ]))
    };
    (@ string $bounds:tt) => { $crate::fake::constraint::constraints!(@with String $bounds) };
    (@ blob $bounds:tt) => { $crate::fake::constraint::constraints!(@with Blob $bounds) };
    (@ number $bounds:tt) => { $crate::fake::constraint::constraints!(@with Number $bounds) };
    (@ list $bounds:tt) => { $crate::fake::constraint::constraints!(@with List $bounds) };
    (@ map $bounds:tt) => { $crate::fake::constraint::constraints!(@with Map $bounds) };
    (@with $kind:ident($($bound:ident $value:literal),*)) => {
        $crate::fake::constraint::Constraint {
            $($bound: Some($value),)*
            ..$crate::fake::constraint::Constraint::new($crate::fake::constraint::Kind::$kind)
        }
    };
    (@ required) => { true };
    (@ optional) => { false };
}
pub(crate) use constraints;
