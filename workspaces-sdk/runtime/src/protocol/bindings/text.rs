//! Values as strings, in the path, the query and headers.

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, primitive};

/// A value that can be a part of the path, a parameter of the query or a header.
#[doc(hidden)]
pub trait Text: Sized {
    /// Returns the value as a string. `format` is that of timestamps.
    fn text(&self, format: Format) -> Cow<'_, str>;

    /// Parses a value.
    ///
    /// # Errors
    /// When the string does not match the type.
    fn parse(text: &str, format: Format) -> Result<Self, BoxError>;

    /// Whether strings of this type can contain commas, so that a list of them needs quotes.
    const QUOTED: bool = false;

    /// The number of commas in each string of this type.
    fn commas(_format: Format) -> usize {
        0
    }
}

/// A value that can be one or several parameters of the query, or one header: a single value or a list of values.
#[doc(hidden)]
pub trait Texts: Sized {
    /// Calls `each` with every value.
    fn each(&self, format: Format, each: &mut dyn FnMut(&str));

    /// Returns the value of the header. That of an empty list is empty.
    fn header(&self, format: Format) -> Cow<'_, str>;

    /// Parses the value of a header.
    ///
    /// # Errors
    /// When the string does not match the type.
    fn parse_header(text: &str, format: Format) -> Result<Self, BoxError>;
}

impl Text for String {
    fn text(&self, _format: Format) -> Cow<'_, str> {
        self.as_str().into()
    }

    fn parse(text: &str, _format: Format) -> Result<Self, BoxError> {
        Ok(text.to_owned())
    }

    const QUOTED: bool = true;
}

impl Text for bool {
    fn text(&self, _format: Format) -> Cow<'_, str> {
        if *self { "true" } else { "false" }.into()
    }

    fn parse(text: &str, _format: Format) -> Result<Self, BoxError> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err("expected true or false".into()),
        }
    }
}

macro_rules! integers {
    ($($type:ident)*) => {
        $(
            impl Text for $type {
                fn text(&self, _format: Format) -> Cow<'_, str> {
                    self.to_string().into()
                }

                fn parse(text: &str, _format: Format) -> Result<Self, BoxError> {
                    Ok(text.parse()?)
                }
            }
        )*
    };
}

integers! { i8 i16 i32 i64 }

macro_rules! floats {
    ($($type:ident)*) => {
        $(
            impl Text for $type {
                fn text(&self, _format: Format) -> Cow<'_, str> {
                    primitive::Encoder::from(*self).encode().to_owned().into()
                }

                fn parse(text: &str, _format: Format) -> Result<Self, BoxError> {
                    Ok(<$type as primitive::Parse>::parse_smithy_primitive(text)?)
                }
            }
        )*
    };
}

floats! { f32 f64 }

impl Text for DateTime {
    fn text(&self, format: Format) -> Cow<'_, str> {
        // A date that the format cannot represent, such as one in a year after 9999, is sent as seconds since 1970.
        let text = self.fmt(format);
        let text = text.or_else(|_| self.fmt(Format::EpochSeconds));
        text.unwrap_or_default().into()
    }

    fn parse(text: &str, format: Format) -> Result<Self, BoxError> {
        Ok(Self::from_str(text, format)?)
    }

    fn commas(format: Format) -> usize {
        usize::from(format == Format::HttpDate)
    }
}

impl<T: Text> Texts for T {
    fn each(&self, format: Format, each: &mut dyn FnMut(&str)) {
        each(&self.text(format));
    }

    fn header(&self, format: Format) -> Cow<'_, str> {
        self.text(format)
    }

    fn parse_header(text: &str, format: Format) -> Result<Self, BoxError> {
        T::parse(text, format)
    }
}

impl<T: Text> Texts for Vec<T> {
    fn each(&self, format: Format, each: &mut dyn FnMut(&str)) {
        for value in self {
            each(&value.text(format));
        }
    }

    fn header(&self, format: Format) -> Cow<'_, str> {
        let mut list = String::new();
        for value in self {
            if !list.is_empty() {
                list += ", ";
            }
            let text = value.text(format);
            if T::QUOTED && needs_quotes(&text) {
                list += &format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
            } else {
                list += &text;
            }
        }
        list.into()
    }

    fn parse_header(text: &str, format: Format) -> Result<Self, BoxError> {
        let mut values = Self::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (value, behind) = next(rest, T::commas(format))?;
            values.push(T::parse(&value, format)?);
            rest = behind;
        }
        Ok(values)
    }
}

/// Whether a string must be quoted in a list.
fn needs_quotes(text: &str) -> bool {
    text.is_empty() || text.contains([',', '"']) || text.trim() != text
}

/// Returns the first element of a list, and the text behind the comma after it. The element contains `commas` commas.
fn next(list: &str, commas: usize) -> Result<(Cow<'_, str>, &str), BoxError> {
    let Some(quoted) = list.strip_prefix('"') else {
        let mut ends = list.match_indices(',').skip(commas);
        let (value, behind) = match ends.next() {
            Some((end, _)) => list.split_at(end),
            None => (list, ""),
        };
        let behind = behind.strip_prefix(',').unwrap_or(behind);
        return Ok((value.trim_end().into(), behind.trim_start()));
    };
    let mut value = String::new();
    let mut rest = quoted.chars();
    loop {
        match rest.next() {
            Some('"') => break,
            Some('\\') => value.extend(rest.next()),
            Some(char) => value.push(char),
            None => return Err("expected a closing quotation mark".into()),
        }
    }
    let behind = rest.as_str().trim_start();
    match behind.strip_prefix(',') {
        Some(behind) => Ok((value.into(), behind.trim_start())),
        None if behind.is_empty() => Ok((value.into(), "")),
        None => Err("expected a comma after a quoted value".into()),
    }
}
