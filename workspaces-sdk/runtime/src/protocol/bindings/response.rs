//! Reading members from the headers and the status of a response.

use std::collections::HashMap;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::base64;
use aws_smithy_types::date_time::Format;

use super::text::{Text, Texts};

/// The headers and the status of a response.
#[doc(hidden)]
#[derive(Debug)]
pub struct ResponseParts<'a>(pub &'a HttpResponse);

impl ResponseParts<'_> {
    /// Reads a header. One that is not there, or is empty, is not set.
    ///
    /// # Errors
    /// When the value does not match the type.
    pub fn header<T: Texts>(&self, name: &str, format: Format) -> Result<Option<T>, BoxError> {
        let value = self.value(name)?;
        if value.is_empty() {
            return Ok(None);
        }
        match T::parse_header(value.trim(), format) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(invalid(name, &error)),
        }
    }

    /// Returns the value of a header, or an empty string if the response does not have the header.
    ///
    /// It is a function of its own because it has no type parameter, so that it is compiled once.
    fn value(&self, name: &str) -> Result<String, BoxError> {
        // Several headers with one name are a list.
        let mut joined = String::new();
        for value in self.0.headers().get_all_bytes(name) {
            if !joined.is_empty() {
                joined += ", ";
            }
            joined += str::from_utf8(value).map_err(|error| invalid(name, &error.into()))?;
        }
        Ok(joined)
    }

    /// Reads a header whose value is in base64.
    ///
    /// # Errors
    /// When the value is not base64, or does not match the type.
    pub fn base64_header<T: Text>(&self, name: &str) -> Result<Option<T>, BoxError> {
        let Some(value) = self.0.headers().get(name) else {
            return Ok(None);
        };
        let bytes = base64::decode(value).map_err(|error| invalid(name, &error.into()))?;
        let text = String::from_utf8(bytes).map_err(|error| invalid(name, &error.into()))?;
        T::parse(&text, Format::EpochSeconds).map(Some)
    }

    /// Reads the headers with a prefix, which the keys of the map lack. It compares without regard to case.
    ///
    /// # Errors
    /// When a value does not match the type.
    pub fn prefix_headers<T: Texts>(
        &self,
        prefix: &str,
        format: Format,
    ) -> Result<Option<HashMap<String, T>>, BoxError> {
        let mut map = HashMap::new();
        for (name, value) in self.0.headers() {
            let start = name.get(..prefix.len());
            if start.is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
                let key = name.get(prefix.len()..).unwrap_or_default();
                let value = T::parse_header(value, format).map_err(|it| invalid(name, &it))?;
                map.insert(key.to_owned(), value);
            }
        }
        Ok((!map.is_empty()).then_some(map))
    }

    /// The status.
    pub fn status<T: From<u16>>(&self) -> Option<T> {
        Some(self.0.status().as_u16().into())
    }
}

/// An error that names a header and not its value, which may be secret.
fn invalid(name: &str, error: &BoxError) -> BoxError {
    format!("the header `{name}` is invalid: {error}").into()
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::body::SdkBody;

    use super::*;

    #[test]
    fn a_header_that_is_no_text_is_an_error_only_if_it_is_a_member() {
        let response = http::Response::builder()
            .header("x-rule", http::HeaderValue::from_bytes(b"caf\xe9").unwrap())
            .header("x-many", "a")
            .header("x-many", "b")
            .body(SdkBody::empty())
            .unwrap();
        let response = HttpResponse::try_from(response).unwrap();
        let parts = ResponseParts(&response);
        let header = |name| parts.header::<String>(name, Format::HttpDate);
        let error = header("x-rule").unwrap_err().to_string();
        assert!(
            error.starts_with("the header `x-rule` is invalid"),
            "{error}"
        );
        assert_eq!(header("x-many").unwrap().as_deref(), Some("a, b"));
        assert_eq!(header("x-none").unwrap(), None);
    }
}
