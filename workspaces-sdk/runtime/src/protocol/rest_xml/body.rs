//! The macros `request!` and `response!`, and the macro with the parts of them that depend on XML.

/// Implements [`Request`](crate::protocol::bindings::Request) for an input, see
/// [`__bindings_request`](crate::__bindings_request).
#[doc(hidden)]
#[macro_export]
macro_rules! __rest_xml_request {
    (streaming $($table:tt)*) => {
        $crate::__bindings_request! { __rest_xml_body; $($table)* }
    };
    ($($table:tt)*) => {
        $crate::__bindings_request! { __rest_xml_body; $($table)* }
        $crate::__serde_request! { $($table)* }
    };
}

/// Implements [`Response`](crate::protocol::bindings::Response) for an output or an error, see
/// [`__bindings_response`](crate::__bindings_response).
#[doc(hidden)]
#[macro_export]
macro_rules! __rest_xml_response {
    (streaming $($table:tt)*) => {
        $crate::__bindings_response! { __rest_xml_body; $($table)* }
    };
    ($($table:tt)*) => {
        $crate::__bindings_response! { __rest_xml_body; $($table)* }
        $crate::__serde_response! { $($table)* }
    };
}

/// Bodies of XML.
#[doc(hidden)]
#[macro_export]
macro_rules! __rest_xml_body {
    (@payload structure ($root:literal) $parts:ident $body:ident $self:ident.$field:ident ($($layout:expr)?)) => {
        if let Some(value) = &$self.$field {
            $parts.content_type($crate::codegen::rest_xml::XML);
            let layout = $crate::__xml_members!(@layout [] $($layout)?);
            $body = $crate::codegen::xml::encode($root, value, layout).into();
        }
    };

    // No member is in the body.
    (@encode $parts:ident $body:ident () $rows:tt) => {};
    (
        @encode $parts:ident $body:ident (($root:literal $(: $namespace:expr)?)) {
            $($location:ident $wire:tt $self:ident.$field:ident $format:tt $layout:tt;)*
        }
    ) => {
        let mut out = $crate::codegen::xml::Encoder::new();
        out.start_root($root, $crate::__xml_members!(@layout [] $($namespace)?));
        $($crate::__rest_xml_body!(@attribute out $location $wire $self.$field $format);)*
        $($crate::__rest_xml_body!(@member out $location $wire $self.$field $format $layout);)*
        out.end_root($root);
        $parts.content_type($crate::codegen::rest_xml::XML);
        $body = out.into_bytes().into();
    };
    (@attribute $out:ident attribute ($wire:literal) $self:ident.$field:ident ($($format:ident)?)) => {
        $out.attribute(
            $wire,
            &$self.$field,
            $crate::__xml_members!(@layout [$(as $format)?]),
        );
    };
    (@attribute $($other:tt)*) => {};
    (@member $out:ident body ($wire:literal) $self:ident.$field:ident ($($format:ident)?) ($($layout:expr)?)) => {
        $out.member(
            $wire,
            &$self.$field,
            $crate::__xml_members!(@layout [$(as $format)?] $($layout)?),
        );
    };
    (@member $($other:tt)*) => {};

    (@read_payload $body:ident) => {
        $crate::codegen::rest_xml::payload($body)?
    };

    (
        @decode $response:ident $body:ident $in_body:ident ($($root:tt)?) {
            $($members:ident.$field:ident $location:ident $wire:tt $how:tt $layout:tt;)*
        }
    ) => {{
        let root = $crate::__rest_xml_body!(@root $($root)?);
        let mut input = $crate::codegen::rest_xml::open($body, root, $in_body)?;
        if $in_body {
            $($crate::__rest_xml_body!(@read_attribute input $members.$field $location $wire $how);)*
            while let Some(name) = input.child()? {
                $($crate::__rest_xml_body!(
                    @read input name $members.$field $location $wire $how $layout
                );)*
                input.skip()?;
            }
            $crate::codegen::rest_xml::close(&mut input, root)?;
        }
        input
    }};
    (@root) => {
        $crate::codegen::rest_xml::Root::Any
    };
    (@root _) => {
        $crate::codegen::rest_xml::Root::Any
    };
    (@root error) => {
        $crate::codegen::rest_xml::Root::Error
    };
    (@root $name:literal) => {
        $crate::codegen::rest_xml::Root::Named($name)
    };
    (@read_attribute $input:ident $members:ident.$field:ident attribute ($wire:literal) ($($how:ident)*)) => {
        $input.attribute(
            $wire,
            &mut $members.$field,
            $crate::__xml_members!(@layout [$($how)*]),
        )?;
    };
    (@read_attribute $($other:tt)*) => {};
    (
        @read $input:ident $name:ident $members:ident.$field:ident body ($($wire:literal)|+)
        ($($how:ident)*) ($($layout:expr)?)
    ) => {
        if matches!($name, $($wire)|+) {
            $input.member(
                &mut $members.$field,
                $crate::__xml_members!(@layout [$($how)*] $($layout)?),
            )?;
            continue;
        }
    };
    (@read $($other:tt)*) => {};
}
