//! The macros `request!` and `response!`, and the macro with the parts of them that depend on JSON.

/// Implements [`Request`](crate::protocol::bindings::Request) for an input, see
/// [`__bindings_request`](crate::__bindings_request).
#[doc(hidden)]
#[macro_export]
macro_rules! __rest_json_request {
    (streaming $($table:tt)*) => {
        $crate::__bindings_request! { __rest_json_body; $($table)* }
    };
    ($($table:tt)*) => {
        $crate::__bindings_request! { __rest_json_body; $($table)* }
        $crate::__serde_request! { $($table)* }
    };
}

/// Implements [`Response`](crate::protocol::bindings::Response) for an output or an error, see
/// [`__bindings_response`](crate::__bindings_response).
#[doc(hidden)]
#[macro_export]
macro_rules! __rest_json_response {
    (streaming $($table:tt)*) => {
        $crate::__bindings_response! { __rest_json_body; $($table)* }
    };
    ($($table:tt)*) => {
        $crate::__bindings_response! { __rest_json_body; $($table)* }
        $crate::__serde_response! { $($table)* }
    };
}

/// Bodies of JSON.
#[doc(hidden)]
#[macro_export]
macro_rules! __rest_json_body {
    (@payload json () $parts:ident $body:ident $self:ident.$field:ident ()) => {
        if let Some(value) = &$self.$field {
            $parts.content_type($crate::codegen::rest_json::JSON);
            $body = $crate::codegen::json::encode(value).into();
        }
    };
    (@payload structure () $parts:ident $body:ident $self:ident.$field:ident ()) => {
        $parts.content_type($crate::codegen::rest_json::JSON);
        $body = match &$self.$field {
            Some(value) => $crate::codegen::json::encode(value).into(),
            None => b"{}".to_vec().into(),
        };
    };

    (
        @encode $parts:ident $body:ident () {
            $($location:ident $wire:tt $self:ident.$field:ident $format:tt ();)*
        }
    ) => {
        let mut out = $crate::codegen::json::Encoder::new();
        let mut object = out.object();
        $($crate::__rest_json_body!(@member object $location $wire $self.$field $format);)*
        object.end();
        $parts.content_type($crate::codegen::rest_json::JSON);
        $body = out.into_bytes().into();
    };
    (@member $object:ident body ($wire:literal) $self:ident.$field:ident ()) => {
        $object.member($crate::codegen::json::key!($wire), &$self.$field);
    };
    (@member $object:ident body ($wire:literal) $self:ident.$field:ident ($format:ident)) => {
        $object.timestamp($crate::codegen::json::key!($wire), &$self.$field, $crate::codegen::Format::$format);
    };
    (@member $($other:tt)*) => {};

    (@read_payload $body:ident) => {
        $crate::codegen::json::decode($body)?
    };

    (
        @decode $response:ident $body:ident $in_body:ident () {
            $($members:ident.$field:ident $location:ident $wire:tt $how:tt ();)*
        }
    ) => {{
        let mut input = $crate::codegen::json::Decoder::new($body)?;
        if $in_body {
            input.object()?;
            while let Some(name) = input.member()? {
                $($crate::__rest_json_body!(
                    @read input name $members.$field $location $wire $how
                );)*
                input.skip()?;
            }
            // An error is found even if its body continues.
            if $response.status().is_success() {
                input.finish()?;
            }
        }
        input
    }};
    (
        @read $input:ident $name:ident $members:ident.$field:ident body ($($wire:literal)|+)
        ($(required)? $(default)? $(or $or:ident)? $(unless $unless:ident)?)
    ) => {
        if matches!(&*$name, $($wire)|+) {
            $members.$field = $input.value()?;
            continue;
        }
    };
    (
        @read $input:ident $name:ident $members:ident.$field:ident body ($($wire:literal)|+)
        ($(required)? as $format:ident)
    ) => {
        if matches!(&*$name, $($wire)|+) {
            $members.$field = $input.timestamp($crate::codegen::Format::$format)?;
            continue;
        }
    };
    (@read $($other:tt)*) => {};
}
