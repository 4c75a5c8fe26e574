//! How lists, maps and timestamps are written where the encoding leaves a choice: in XML and in forms.

use aws_smithy_types::date_time::Format;

/// How a member is written: the names of the elements inside it, and the format of a timestamp.
///
/// The model determines it, and the generator writes it as a constant in the row of the member. The default is that of the
/// [Smithy specification](https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings): the elements of a list are named
/// `member`, an entry of a map `entry`, its parts `key` and `value`, and timestamps have the format of RFC 3339.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The name of the elements of a list.
    pub element: &'static str,
    /// The name of the entries of a map.
    pub entry: &'static str,
    /// The name of the key of an entry.
    pub key: &'static str,
    /// The name of the value of an entry.
    pub value: &'static str,
    /// Whether no element surrounds the list or the map.
    pub is_flat: bool,
    /// The format of a timestamp.
    pub format: Format,
    /// The namespace of an element: its prefix, which is empty for the default namespace, and its URI.
    pub namespace: Option<(&'static str, &'static str)>,
    /// The namespace of the key of an entry.
    pub key_namespace: Option<(&'static str, &'static str)>,
    inner: Option<&'static Self>,
}

impl Layout {
    /// The layout of a member for which the model chooses nothing.
    pub const DEFAULT: Self = Self {
        element: "member",
        entry: "entry",
        key: "key",
        value: "value",
        is_flat: false,
        format: Format::DateTime,
        namespace: None,
        key_namespace: None,
        inner: None,
    };

    /// Without an element around the list or the map: each of its elements or entries has the name of the member.
    #[must_use]
    pub const fn flat(mut self) -> Self {
        self.is_flat = true;
        self
    }

    /// With this name of the entries of a map.
    #[must_use]
    pub const fn entry(mut self, name: &'static str) -> Self {
        self.entry = name;
        self
    }

    /// With the declaration of a namespace in the start tag. The prefix is empty for the default namespace.
    #[must_use]
    pub const fn namespace(mut self, prefix: &'static str, uri: &'static str) -> Self {
        self.namespace = Some((prefix, uri));
        self
    }

    /// With the declaration of a namespace in the start tag of the key of an entry.
    #[must_use]
    pub const fn key_namespace(mut self, prefix: &'static str, uri: &'static str) -> Self {
        self.key_namespace = Some((prefix, uri));
        self
    }

    /// With this layout of the elements of a list, or of the values of a map.
    #[must_use]
    pub const fn of(mut self, inner: &'static Self) -> Self {
        self.inner = Some(inner);
        self
    }

    /// The layout of the entries of a map, which do not repeat its namespace.
    #[cfg(feature = "xml")]
    pub(crate) fn without_namespace(mut self) -> Self {
        self.namespace = None;
        self
    }

    /// The layout of the elements of a list, or of the values of a map.
    pub(crate) fn inner(&self) -> &'static Self {
        self.inner.unwrap_or(&Self::DEFAULT)
    }
}

/// The layout of a list whose elements have this name.
#[doc(hidden)]
pub const fn list(element: &'static str) -> Layout {
    Layout {
        element,
        ..Layout::DEFAULT
    }
}

/// The layout of a map whose keys and values have these names.
#[doc(hidden)]
pub const fn map(key: &'static str, value: &'static str) -> Layout {
    Layout {
        key,
        value,
        ..Layout::DEFAULT
    }
}

/// The layout of an element with a namespace: its prefix, which is empty for the default namespace, and its URI.
#[cfg(feature = "xml")]
#[doc(hidden)]
pub const fn namespace(prefix: &'static str, uri: &'static str) -> Layout {
    Layout::DEFAULT.namespace(prefix, uri)
}

/// The layout of a timestamp in seconds since 1970.
#[doc(hidden)]
pub const EPOCH_SECONDS: Layout = timestamp(Format::EpochSeconds);

/// The layout of a timestamp in the format of HTTP headers.
#[doc(hidden)]
pub const HTTP_DATE: Layout = timestamp(Format::HttpDate);

/// The layout of a timestamp in the format of RFC 3339.
#[doc(hidden)]
pub const DATE_TIME: Layout = timestamp(Format::DateTime);

/// The layout of a timestamp in this format.
#[doc(hidden)]
pub const fn timestamp(format: Format) -> Layout {
    Layout {
        format,
        ..Layout::DEFAULT
    }
}
