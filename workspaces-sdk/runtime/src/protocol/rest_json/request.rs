//! The macro that implements the serialization of an input from a table of its members.

/// Implements [`Request`](super::Request) for an input.
///
/// ```ignore
/// request! {
///     InvokeInput: POST "/functions/{FunctionName}/invocations" {
///         label "FunctionName" => function_name;
///         header "X-Amz-Invocation-Type" => invocation_type;
///         query "Since" => since as EpochSeconds;
///         payload blob => payload;
///     }
/// }
/// ```
///
/// A row is the location of the member and the field:
///
/// | location | the member is |
/// |---|---|
/// | `label "Name"` | a part of the path |
/// | `query "name"` | a parameter of the query; a list is several |
/// | `query_params` | a map of parameters of the query |
/// | `header "Name"` | a header |
/// | `header json "Name"` | a header with JSON in base64 |
/// | `prefix_headers "Prefix"` | a map of headers |
/// | `payload structure`, `payload json`, `payload text`, `payload blob`, `payload stream` | the body; a structure that is not set is `{}` |
/// | `body "Name"` | a member of the object in the body |
///
/// `as` is followed by the format of a timestamp that is not in the default format of its location.
#[doc(hidden)]
#[macro_export]
macro_rules! __rest_json_request {
    (
        $name:ident: $method:ident $template:literal {
            $($location:ident $($kind:ident)? $($wire:literal)? => $field:ident $(as $format:ident)?;)*
        }
    ) => {
        impl $crate::codegen::rest_json::Request for $name {
            #[inline]
            #[allow(unused_mut, unused_variables, reason = "some locations have no members")]
            fn serialize(
                mut self,
            ) -> Result<$crate::codegen::SerializedRequest, $crate::codegen::BoxError> {
                $crate::__rest_json_request!(@serialize self $method $template {
                    $($location $($kind)? $($wire)? => $field $(as $format)?;)*
                })
            }
        }
    };

    (
        @serialize $self:ident $method:ident $template:literal {
            $($location:ident $($kind:ident)? $($wire:literal)? => $field:ident $(as $format:ident)?;)*
        }
    ) => {{
        let mut parts = $crate::codegen::bindings::RequestParts::path(
            $template,
            |parts, label| {
                $($crate::__rest_json_request!(
                    @label parts label $location ($($wire)?) $self.$field ($($format)?)
                );)*
                parts.unknown_label(label)
            },
        )?;
        $($crate::__rest_json_request!(
            @head parts $location $($kind)? ($($wire)?) $self.$field ($($format)?)
        );)*
        let mut body = $crate::codegen::RequestBody::default();
        $($crate::__rest_json_request!(
            @payload parts body $location $($kind)? $self.$field
        );)*
        if false $(|| $crate::__rest_json_request!(@is_body $location))* {
            let mut out = $crate::codegen::json::Encoder::new();
            let mut object = out.object();
            $($crate::__rest_json_request!(
                @member object $location ($($wire)?) $self.$field ($($format)?)
            );)*
            object.end();
            parts.content_type($crate::codegen::rest_json::JSON);
            body = out.into_bytes().into();
        }
        Ok(parts.into_request(stringify!($method), body))
    }};

    (@label $parts:ident $label:ident label ($wire:literal) $self:ident.$field:ident $format:tt) => {
        if $label.name == $wire {
            let format = $crate::__rest_json_request!(@format DateTime $format);
            return $parts.label(stringify!($field), &$self.$field, $label, format);
        }
    };
    (@label $($other:tt)*) => {};

    (@head $parts:ident query ($wire:literal) $self:ident.$field:ident $format:tt) => {
        let format = $crate::__rest_json_request!(@format DateTime $format);
        $parts.query($wire, &$self.$field, format);
    };
    (@head $parts:ident query_params () $self:ident.$field:ident $format:tt) => {
        let format = $crate::__rest_json_request!(@format DateTime $format);
        $parts.query_params(&$self.$field, format);
    };
    (@head $parts:ident header ($wire:literal) $self:ident.$field:ident $format:tt) => {
        let format = $crate::__rest_json_request!(@format HttpDate $format);
        $parts.header($wire, &$self.$field, format)?;
    };
    (@head $parts:ident header json ($wire:literal) $self:ident.$field:ident $format:tt) => {
        $parts.base64_header($wire, &$self.$field)?;
    };
    (@head $parts:ident prefix_headers ($wire:literal) $self:ident.$field:ident $format:tt) => {
        let format = $crate::__rest_json_request!(@format HttpDate $format);
        $parts.prefix_headers($wire, &$self.$field, format)?;
    };
    (@head $($other:tt)*) => {};

    (@payload $parts:ident $body:ident payload json $self:ident.$field:ident) => {
        if let Some(value) = &$self.$field {
            $parts.content_type($crate::codegen::rest_json::JSON);
            $body = $crate::codegen::json::encode(value).into();
        }
    };
    (@payload $parts:ident $body:ident payload structure $self:ident.$field:ident) => {
        $parts.content_type($crate::codegen::rest_json::JSON);
        $body = match &$self.$field {
            Some(value) => $crate::codegen::json::encode(value).into(),
            None => b"{}".to_vec().into(),
        };
    };
    (@payload $parts:ident $body:ident payload text $self:ident.$field:ident) => {
        if let Some(value) = &$self.$field {
            $parts.content_type("text/plain");
            $body = AsRef::<str>::as_ref(value).as_bytes().to_vec().into();
        }
    };
    (@payload $parts:ident $body:ident payload blob $self:ident.$field:ident) => {
        if let Some(value) = $self.$field {
            $parts.content_type("application/octet-stream");
            $body = value.into_inner().into();
        }
    };
    (@payload $parts:ident $body:ident payload stream $self:ident.$field:ident) => {
        $parts.content_type("application/octet-stream");
        $body = $crate::codegen::RequestBody::from($self.$field);
    };
    (@payload $($other:tt)*) => {};

    (@is_body body) => {
        true
    };
    (@is_body $other:ident) => {
        false
    };

    (@member $object:ident body ($wire:literal) $self:ident.$field:ident ()) => {
        $object.member($wire, &$self.$field);
    };
    (@member $object:ident body ($wire:literal) $self:ident.$field:ident ($format:ident)) => {
        $object.timestamp($wire, &$self.$field, $crate::codegen::Format::$format);
    };
    (@member $($other:tt)*) => {};

    (@format $default:ident ()) => {
        $crate::codegen::Format::$default
    };
    (@format $default:ident ($format:ident)) => {
        $crate::codegen::Format::$format
    };
}
