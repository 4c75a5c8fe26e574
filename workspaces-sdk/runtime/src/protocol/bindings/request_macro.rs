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
/// | `endpoint` | a part of the endpoint, which the endpoint rules write; it must be set |
/// | `query "name"` | a parameter of the query; a list is several |
/// | `query required "name"` | a parameter of the query that must be set |
/// | `query_params` | a map of parameters of the query |
/// | `header "Name"` | a header |
/// | `header json "Name"` | a header with JSON in base64 |
/// | `prefix_headers "Prefix"` | a map of headers |
/// | `payload text`, `payload blob`, `payload stream` | the body |
/// | `payload structure`, `payload json` | the body, in the encoding of the protocol; a structure that is not set is `{}` in JSON. In XML, the name of the root element follows |
/// | `body "Name"` | a member of the object or of the root element in the body |
/// | `attribute "name"` | an attribute of the root element |
///
/// `as` is followed by the format of a timestamp that is not in the default format of its location, and a colon by the
/// layout of a value in XML. `in ("Name")` before the rows is the name of the root element, with its layout after a colon
/// if it has a namespace.
///
/// A name after `@` is that in the model, for the feature `serde`, if the row has another one. `streaming` before the table is
/// for an input with a stream, which cannot implement the traits of serde.
///
/// Each protocol has a macro of its own, which adds the name of the macro `$codec` for its bodies. That macro has these
/// rules:
///
/// | rule | does |
/// |---|---|
/// | `@payload` | writes a member that is the body |
/// | `@encode` | writes the members in the body |
/// | `@read_payload` | reads a member that is the body |
/// | `@decode` | reads the members in the body, and returns the decoder, which provides the values of required members |
#[doc(hidden)]
#[macro_export]
macro_rules! __bindings_request {
    (
        $codec:ident; $name:ident: $method:ident $template:literal $(in $root:tt)? {
            $(
                $location:ident $($kind:ident)? $($wire:literal)? $(@ $model:literal)?
                    => $field:ident $(as $format:ident)? $(: $layout:expr)?;
            )*
        }
    ) => {
        impl $crate::codegen::bindings::Request for $name {
            #[inline]
            #[allow(unused_mut, unused_variables, reason = "some locations have no members")]
            fn serialize(
                mut self,
            ) -> Result<$crate::codegen::SerializedRequest, $crate::codegen::BoxError> {
                $crate::__bindings_request!(@serialize $codec; self $method $template $(in $root)? {
                    $(
                        $location $($kind)? $($wire)?
                            => $field $(as $format)? $(: $layout)?;
                    )*
                })
            }
        }
    };

    (
        @serialize $codec:ident; $self:ident $method:ident $template:literal $(in $root:tt)? {
            $(
                $location:ident $($kind:ident)? $($wire:literal)?
                    => $field:ident $(as $format:ident)? $(: $layout:expr)?;
            )*
        }
    ) => {{
        let mut parts = $crate::codegen::bindings::RequestParts::path(
            $template,
            &mut |parts, label| {
                $($crate::__bindings_request!(
                    @label parts label $location ($($wire)?) $self.$field ($($format)?)
                );)*
                parts.unknown_label(label)
            },
        )?;
        $($crate::__bindings_request!(
            @head parts $location $($kind)? ($($wire)?) $self.$field ($($format)?)
        );)*
        let mut body = $crate::codegen::RequestBody::default();
        $($crate::__bindings_request!(
            @payload $codec parts body $location $($kind)? ($($wire)?) $self.$field ($($layout)?)
        );)*
        if false $(|| $crate::__bindings_request!(@is_body $location))* {
            $crate::$codec!(@encode parts body ($($root)?) {
                $($location ($($wire)?) $self.$field ($($format)?) ($($layout)?);)*
            });
        }
        Ok(parts.into_request(stringify!($method), body))
    }};

    (@label $parts:ident $label:ident label ($wire:literal) $self:ident.$field:ident $format:tt) => {
        if $label.name == $wire {
            let format = $crate::__bindings_request!(@format DateTime $format);
            return $parts.label(stringify!($field), &$self.$field, $label, format);
        }
    };
    (@label $($other:tt)*) => {};

    (@head $parts:ident query ($wire:literal) $self:ident.$field:ident $format:tt) => {
        let format = $crate::__bindings_request!(@format DateTime $format);
        $parts.query($wire, &$self.$field, format);
    };
    (@head $parts:ident query required ($wire:literal) $self:ident.$field:ident $format:tt) => {
        let format = $crate::__bindings_request!(@format DateTime $format);
        $parts.required_query(stringify!($field), $wire, &$self.$field, format)?;
    };
    (@head $parts:ident query_params () $self:ident.$field:ident $format:tt) => {
        let format = $crate::__bindings_request!(@format DateTime $format);
        $parts.query_params(&$self.$field, format);
    };
    (@head $parts:ident endpoint () $self:ident.$field:ident ()) => {
        $parts.in_endpoint(stringify!($field), &$self.$field)?;
    };
    (@head $parts:ident header ($wire:literal) $self:ident.$field:ident $format:tt) => {
        let format = $crate::__bindings_request!(@format HttpDate $format);
        $parts.header($wire, &$self.$field, format)?;
    };
    (@head $parts:ident header json ($wire:literal) $self:ident.$field:ident $format:tt) => {
        $parts.base64_header($wire, &$self.$field)?;
    };
    (@head $parts:ident prefix_headers ($wire:literal) $self:ident.$field:ident $format:tt) => {
        let format = $crate::__bindings_request!(@format HttpDate $format);
        $parts.prefix_headers($wire, &$self.$field, format)?;
    };
    (@head $($other:tt)*) => {};

    (@payload $codec:ident $parts:ident $body:ident payload text () $self:ident.$field:ident ()) => {
        if let Some(value) = &$self.$field {
            $parts.content_type("text/plain");
            $body = AsRef::<str>::as_ref(value).as_bytes().to_vec().into();
        }
    };
    (@payload $codec:ident $parts:ident $body:ident payload blob () $self:ident.$field:ident ()) => {
        if let Some(value) = $self.$field {
            $parts.content_type("application/octet-stream");
            $body = value.into_inner().into();
        }
    };
    (@payload $codec:ident $parts:ident $body:ident payload stream () $self:ident.$field:ident ()) => {
        $parts.content_type("application/octet-stream");
        $body = $crate::codegen::RequestBody::from($self.$field);
    };
    (
        @payload $codec:ident $parts:ident $body:ident payload $kind:ident $wire:tt
        $self:ident.$field:ident $layout:tt
    ) => {
        $crate::$codec!(@payload $kind $wire $parts $body $self.$field $layout);
    };
    (@payload $($other:tt)*) => {};

    (@is_body body) => {
        true
    };
    (@is_body attribute) => {
        true
    };
    (@is_body $other:ident) => {
        false
    };

    (@format $default:ident ()) => {
        $crate::codegen::Format::$default
    };
    (@format $default:ident ($format:ident)) => {
        $crate::codegen::Format::$format
    };
}
