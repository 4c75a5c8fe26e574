//! The macro that implements the deserialization of an output or an error from a table of its members.

/// Implements [`Response`](super::Response) for an output or an error.
///
/// ```ignore
/// response! {
///     InvokeOutput(builders::InvokeOutputBuilder) {
///         status => status_code required;
///         header "X-Amz-Function-Error" => function_error;
///         payload blob => payload;
///     } + _request_id: None
/// }
/// ```
///
/// The rows are those of `request!`, without the path and the query, and `status`. `required` follows a field that is
/// not an `Option`, or `default` if the model does not require it. The type in parentheses is the builder. `+` and fields
/// that are not members follow the rows. A name after `@`, and `streaming` before the table, are as in `request!`.
///
/// In XML, `in` with the name of the root element precedes the rows; `in _` if the name does not matter, and `in error` for
/// an error.
#[doc(hidden)]
#[macro_export]
macro_rules! __bindings_response {
    (
        $codec:ident; $name:ident($($builder:tt)*) $(in $root:tt)? {
            $(
                $location:ident $($kind:ident)? $($wire:literal $(| $alias:literal)*)? $(@ $model:literal)?
                    => $field:ident $($how:ident)* $(: $layout:expr)?;
            )*
        } $(+ $($rest:tt)*)?
    ) => {
        impl $crate::codegen::bindings::Response for $name {
            #[inline]
            #[allow(unused_mut, unused_variables, reason = "some locations have no members")]
            fn deserialize(
                response: &mut $crate::codegen::HttpResponse,
            ) -> Result<Self, $crate::codegen::BoxError> {
                let mut members = <$($builder)*>::default();
                let parts = $crate::codegen::bindings::ResponseParts(response);
                $($crate::__bindings_response!(
                    @head parts members.$field $location $($kind)? ($($wire)?) ($($how)*)
                );)*
                $($crate::__bindings_response!(
                    @payload $codec response members.$field $location $($kind)?
                );)*
                let in_body = false $(|| $crate::__bindings_request!(@is_body $location))*;
                let body = if in_body { $crate::codegen::body_of(response) } else { b"" };
                let mut input = $crate::$codec!(@decode response body in_body ($($root)?) {
                    $(
                        members.$field $location ($($wire $(| $alias)*)?)
                            ($($how)*) ($($layout)?);
                    )*
                });
                Ok(Self {
                    $($field: $crate::__bindings_response!(
                        @finish input members.$field $location ($($kind)?) ($($how)*)
                    ),)*
                    $($($rest)*)?
                })
            }
        }
    };

    (@head $parts:ident $members:ident.$field:ident status () $how:tt) => {
        $members.$field = $parts.status();
    };
    (@head $parts:ident $members:ident.$field:ident header ($wire:literal) $how:tt) => {
        let format = $crate::__bindings_response!(@format HttpDate $how);
        $members.$field = $parts.header($wire, format)?;
    };
    (@head $parts:ident $members:ident.$field:ident header lenient ($wire:literal) $how:tt) => {
        let format = $crate::__bindings_response!(@format HttpDate $how);
        $members.$field = $parts.header($wire, format).unwrap_or_default();
    };
    (@head $parts:ident $members:ident.$field:ident header json ($wire:literal) $how:tt) => {
        $members.$field = $parts.base64_header($wire)?;
    };
    (@head $parts:ident $members:ident.$field:ident prefix_headers ($wire:literal) $how:tt) => {
        let format = $crate::__bindings_response!(@format HttpDate $how);
        $members.$field = $parts.prefix_headers($wire, format)?;
    };
    (@head $($other:tt)*) => {};

    (@payload $codec:ident $response:ident $members:ident.$field:ident payload text) => {
        let text = ::std::str::from_utf8($crate::codegen::body_of($response))?;
        if !text.is_empty() {
            $members.$field = Some(text.into());
        }
    };
    (@payload $codec:ident $response:ident $members:ident.$field:ident payload blob) => {
        let body = $crate::codegen::body_of($response);
        if !body.is_empty() {
            $members.$field = Some($crate::codegen::Blob::new(body));
        }
    };
    (@payload $codec:ident $response:ident $members:ident.$field:ident payload stream) => {
        $members.$field = Some($crate::codegen::take_stream($response));
    };
    (@payload $codec:ident $response:ident $members:ident.$field:ident payload $kind:ident) => {
        let body = $crate::codegen::body_of($response);
        if !body.is_empty() {
            $members.$field = Some($crate::$codec!(@read_payload body));
        }
    };
    (@payload $($other:tt)*) => {};

    (@finish $input:ident $members:ident.$field:ident payload (stream) $how:tt) => {
        $members.$field.unwrap_or_default()
    };
    (@finish $input:ident $members:ident.$field:ident $location:ident $kind:tt (required $($how:tt)*)) => {
        $input.required($members.$field)?
    };
    (@finish $input:ident $members:ident.$field:ident $location:ident $kind:tt (default)) => {
        $members.$field.unwrap_or_default()
    };
    (@finish $input:ident $members:ident.$field:ident $location:ident $kind:tt (or $default:ident)) => {
        $members.$field.unwrap_or_else($default)
    };
    (@finish $input:ident $members:ident.$field:ident $location:ident $kind:tt (unless $default:ident)) => {
        $members.$field.unwrap_or_else($default)
    };
    (@finish $input:ident $members:ident.$field:ident $location:ident $kind:tt $how:tt) => {
        $members.$field
    };

    (@format $default:ident ($(required)? $(default)? $(or $or:ident)? $(unless $unless:ident)?)) => {
        $crate::codegen::Format::$default
    };
    (@format $default:ident ($(required)? as $format:ident)) => {
        $crate::codegen::Format::$format
    };
}
