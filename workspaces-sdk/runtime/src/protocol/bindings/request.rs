//! Writing members to the path, the query and the headers of a request.

use std::borrow::Cow;
use std::collections::HashMap;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::base64;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::error::operation::BuildError;
use http::{HeaderName, HeaderValue};

use super::text::{Text, Texts};
use crate::percent;
use crate::protocol::{RequestBody, SerializedRequest};

/// The path, the query and the headers of a request.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct RequestParts {
    pub(crate) uri: String,
    pub(crate) headers: Vec<(HeaderName, Cow<'static, str>)>,
    /// The position of the query in the URI.
    query: usize,
}

/// A label in the template of a path: `{Name}` or `{Name+}`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Label<'a> {
    /// The name.
    pub name: &'a str,
    /// Whether the value may contain slashes, which stay as they are.
    pub greedy: bool,
}

impl RequestParts {
    /// Writes the path and the constant parameters of the query from a template such as `/books/{Id}?list`.
    ///
    /// `label` writes the value of a label, with [`label`](Self::label).
    ///
    /// # Errors
    /// The error of `label`.
    pub fn path(
        template: &str,
        label: &mut dyn FnMut(&mut Self, Label<'_>) -> Result<(), BoxError>,
    ) -> Result<Self, BoxError> {
        let mut parts = Self {
            uri: String::with_capacity(128),
            ..Self::default()
        };
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        let mut rest = path.strip_prefix('/').unwrap_or(path);
        while let Some((before, after)) = rest.split_once('{') {
            parts.uri += before;
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let greedy = name.ends_with('+');
            let name = name.trim_end_matches('+');
            label(&mut parts, Label { name, greedy })?;
            rest = after;
        }
        parts.uri += rest;
        parts.query = parts.uri.len();
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            parts.begin_parameter();
            parts.uri += parameter;
        }
        Ok(parts)
    }

    /// Writes the value of a label.
    ///
    /// # Errors
    /// When the value is not set or is empty, because the path would be that of another operation.
    pub fn label<T: Text>(
        &mut self,
        field: &'static str,
        value: &Option<T>,
        label: Label<'_>,
        format: Format,
    ) -> Result<(), BoxError> {
        let text = value.as_ref().map(|value| value.text(format));
        let text = text.filter(|text| !text.is_empty());
        let text = text.ok_or_else(|| unset(field))?;
        let plain: &[u8] = if label.greedy { b"/" } else { b"" };
        percent::push(&mut self.uri, text.as_bytes(), plain);
        Ok(())
    }

    /// Checks a value that is a part of the endpoint.
    ///
    /// # Errors
    /// When the value is not set or is empty, because the endpoint would be that of another operation.
    pub fn in_endpoint<T: AsRef<str>>(
        &mut self,
        field: &'static str,
        value: &Option<T>,
    ) -> Result<(), BoxError> {
        match value.as_ref().is_none_or(|value| value.as_ref().is_empty()) {
            true => Err(unset(field)),
            false => Ok(()),
        }
    }

    /// Adds a parameter of the query for each value.
    pub fn query<T: Texts>(&mut self, name: &str, value: &Option<T>, format: Format) {
        if let Some(value) = value {
            value.each(format, &mut |text| self.parameter(name, text));
        }
    }

    /// Adds a parameter of the query for each value of a required member.
    ///
    /// # Errors
    /// When the value is not set, or one is empty, because the request may be that of another operation.
    pub fn required_query<T: Texts>(
        &mut self,
        field: &'static str,
        name: &str,
        value: &Option<T>,
        format: Format,
    ) -> Result<(), BoxError> {
        let mut is_unset = value.is_none();
        if let Some(value) = value {
            value.each(format, &mut |text| is_unset |= text.is_empty());
        }
        if is_unset {
            return Err(unset(field));
        }
        self.query(name, value, format);
        Ok(())
    }

    /// Adds the entries of a map to the query, apart from those whose name is a parameter of the query already.
    pub fn query_params<T: Texts>(&mut self, map: &Option<HashMap<String, T>>, format: Format) {
        let mut taken = Vec::new();
        if map.is_some() {
            let query = self.uri.get(self.query..).unwrap_or_default();
            let parameters = query.trim_start_matches('?').split('&');
            let names = parameters.map(|it| it.split_once('=').map_or(it, |(name, _)| name));
            taken.extend(names.map(str::to_owned));
        }
        for (name, value) in map.iter().flatten() {
            let mut encoded = String::new();
            percent::push(&mut encoded, name.as_bytes(), b"");
            if !taken.contains(&encoded) {
                value.each(format, &mut |text| self.parameter(name, text));
            }
        }
    }

    /// Adds a header, unless the value is not set.
    ///
    /// # Errors
    /// When the value has characters that a header cannot have.
    pub fn header<T: Texts>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
        format: Format,
    ) -> Result<(), BoxError> {
        match value {
            Some(value) => self.add_header(name, &value.header(format)),
            None => Ok(()),
        }
    }

    /// Adds a header whose value is in base64.
    ///
    /// # Errors
    /// When the name is not that of a header.
    pub fn base64_header<T: AsRef<str>>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), BoxError> {
        match value {
            Some(value) => self.add_header(name, &base64::encode(value.as_ref())),
            None => Ok(()),
        }
    }

    /// Adds a header for each entry of a map.
    ///
    /// # Errors
    /// When a name or a value has characters that a header cannot have.
    pub fn prefix_headers<T: Texts>(
        &mut self,
        prefix: &str,
        map: &Option<HashMap<String, T>>,
        format: Format,
    ) -> Result<(), BoxError> {
        for (name, value) in map.iter().flatten() {
            self.add_header(&format!("{prefix}{name}"), &value.header(format))?;
        }
        Ok(())
    }

    /// Adds the content type of the body, unless a member sets it.
    pub fn content_type(&mut self, content_type: &'static str) {
        let name = http::header::CONTENT_TYPE;
        if !self.headers.iter().any(|(other, _)| *other == name) {
            self.headers.push((name, content_type.into()));
        }
    }

    /// Returns the error for a label that no member fills.
    ///
    /// # Errors
    /// Always.
    pub fn unknown_label(&self, label: Label<'_>) -> Result<(), BoxError> {
        Err(format!("no member fills the label `{}` of the path", label.name).into())
    }

    /// Returns the request with this method and body.
    pub fn into_request(self, method: &'static str, body: RequestBody) -> SerializedRequest {
        SerializedRequest {
            method,
            uri: self.uri.into(),
            headers: self.headers,
            body,
        }
    }

    fn add_header(&mut self, name: &str, value: &str) -> Result<(), BoxError> {
        let invalid = |what: &str| format!("the {what} of the header `{name}` is invalid");
        let parsed = HeaderName::try_from(name).map_err(|_| invalid("name"))?;
        HeaderValue::try_from(value).map_err(|_| invalid("value"))?;
        self.headers.push((parsed, value.to_owned().into()));
        Ok(())
    }

    fn parameter(&mut self, name: &str, value: &str) {
        self.begin_parameter();
        percent::push(&mut self.uri, name.as_bytes(), b"");
        self.uri.push('=');
        percent::push(&mut self.uri, value.as_bytes(), b"");
    }

    fn begin_parameter(&mut self) {
        let first = self.uri.len() == self.query;
        self.uri.push(if first { '?' } else { '&' });
    }
}
/// The error of a member without which the request would be another one.
fn unset(field: &'static str) -> BoxError {
    BuildError::missing_field(field, "cannot be empty or unset").into()
}
