//! The setters of every builder, written once.

use aws_smithy_types::error::operation::BuildError;

/// The error of a builder that cannot build without `member`.
pub(crate) fn missing(member: &'static str) -> BuildError {
    BuildError::missing_field(member, "it is required")
}

/// Declares the two setters of each member of a builder.
///
/// A row is the setter's documentation, the two names and the member's type. What the first setter
/// does follows from the type: a string takes anything that becomes one, a list takes one more
/// element, a map one more entry, anything else the value. `set_` replaces the whole, `None` clears it.
///
/// Who has a map has `HashMap` in scope, as the row names it.
///
/// The members are fields of `self`, or of `self.input` and `self.request.input` where the rows follow
/// `input =>` and `request.input =>`.
macro_rules! setters {
    (input => $($rows:tt)*) => {
        $crate::runtime::builder::setters!(@rows [input] $($rows)*);
    };
    (request.input => $($rows:tt)*) => {
        $crate::runtime::builder::setters!(@rows [request.input] $($rows)*);
    };
    (@rows $path:tt) => {};
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: String; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@into $path [$(#[$doc])*] $name $set [Into<String>] String);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: Box<$type:ty>; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@into $path [$(#[$doc])*] $name $set [Into<Box<$type>>] Box<$type>);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: Vec<String>; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@push $path [$(#[$doc])*] $name $set [impl Into<String>] [into] String);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: Vec<$type:ty>; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@push $path [$(#[$doc])*] $name $set [$type] [] $type);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: HashMap<String, String>; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@insert $path [$(#[$doc])*] $name $set [impl Into<String>] [into] String [impl Into<String>] [into] String);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: HashMap<String, $type:ty>; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@insert $path [$(#[$doc])*] $name $set [impl Into<String>] [into] String [$type] [] $type);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: HashMap<$key:ty, String>; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@insert $path [$(#[$doc])*] $name $set [$key] [] $key [impl Into<String>] [into] String);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: HashMap<$key:ty, $type:ty>; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@insert $path [$(#[$doc])*] $name $set [$key] [] $key [$type] [] $type);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };
    (@rows $path:tt $(#[$doc:meta])* $name:ident, $set:ident: $type:ty; $($rest:tt)*) => {
        $crate::runtime::builder::setters!(@value $path [$(#[$doc])*] $name $set $type);
        $crate::runtime::builder::setters!(@rows $path $($rest)*);
    };

    (@into [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident [$($into:tt)*] $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(mut self, input: impl $($into)*) -> Self {
            self $(.$path)* .$name = Some(input.into());
            self
        }
        $crate::runtime::builder::setters!(@set [$($path).*] [$($doc)*] $name $set $type);
    };
    (@value [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(mut self, input: $type) -> Self {
            self $(.$path)* .$name = Some(input);
            self
        }
        $crate::runtime::builder::setters!(@set [$($path).*] [$($doc)*] $name $set $type);
    };
    (@push [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident [$($argument:tt)*] [$($into:ident)?] $type:ty) => {
        $($doc)*
        ///
        /// Adds one element; call it again for more.
        #[inline]
        pub fn $name(mut self, input: $($argument)*) -> Self {
            self $(.$path)* .$name.get_or_insert_with(Vec::new).push(input $(.$into())?);
            self
        }
        $crate::runtime::builder::setters!(@set [$($path).*] [$($doc)*] $name $set Vec<$type>);
    };
    (
        @insert [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident
        [$($key_argument:tt)*] [$($key_into:ident)?] $key:ty
        [$($argument:tt)*] [$($into:ident)?] $type:ty
    ) => {
        $($doc)*
        ///
        /// Adds one entry; call it again for more.
        #[inline]
        pub fn $name(mut self, key: $($key_argument)*, value: $($argument)*) -> Self {
            self $(.$path)* .$name
                .get_or_insert_with(HashMap::new)
                .insert(key $(.$key_into())?, value $(.$into())?);
            self
        }
        $crate::runtime::builder::setters!(
            @set [$($path).*] [$($doc)*] $name $set HashMap<$key, $type>
        );
    };
    (@set [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $set(mut self, input: Option<$type>) -> Self {
            self $(.$path)* .$name = input;
            self
        }
    };

    ($($rows:tt)*) => {
        $crate::runtime::builder::setters!(@rows [] $($rows)*);
    };
}
pub(crate) use setters;

/// The setters of an input, for the fluent builder and for the builder apart from a client.
macro_rules! input_setters {
    ($fluent:ident, $input:ident => $($rows:tt)*) => {
        impl $fluent {
            $crate::runtime::builder::setters!(request.input => $($rows)*);
        }

        impl $input {
            $crate::runtime::builder::setters!(input => $($rows)*);
        }
    };
}
pub(crate) use input_setters;

#[cfg(test)]
#[expect(
    unreachable_pub,
    reason = "the setters are public in the crate that has them"
)]
mod tests {
    use std::collections::HashMap;

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Leaf;

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Builder {
        text: Option<String>,
        number: Option<i32>,
        leaf: Option<Leaf>,
        boxed: Option<Box<Leaf>>,
        texts: Option<Vec<String>>,
        leaves: Option<Vec<Leaf>>,
        rows: Option<Vec<Vec<String>>>,
        words: Option<HashMap<String, String>>,
        lists: Option<HashMap<String, Vec<String>>>,
    }

    impl Builder {
        setters! {
            /// A text.
            text, set_text: String;
            /// A number.
            number, set_number: i32;
            /// A structure.
            leaf, set_leaf: Leaf;
            /// A structure that holds itself.
            boxed, set_boxed: Box<Leaf>;
            /// Texts.
            texts, set_texts: Vec<String>;
            /// Structures.
            leaves, set_leaves: Vec<Leaf>;
            /// Lists.
            rows, set_rows: Vec<Vec<String>>;
            /// Texts by name.
            words, set_words: HashMap<String, String>;
            /// Lists by name.
            lists, set_lists: HashMap<String, Vec<String>>;
        }
    }

    #[test]
    fn the_first_setter_fits_the_type_and_the_second_replaces() {
        let full = Builder::default()
            .text("t")
            .number(1)
            .leaf(Leaf)
            .boxed(Leaf)
            .texts("a")
            .texts("b")
            .leaves(Leaf)
            .rows(vec!["c".to_owned()])
            .words("k", "v")
            .lists("k", vec!["d".to_owned()]);
        let set = Builder::default()
            .set_text(Some("t".to_owned()))
            .set_number(Some(1))
            .set_leaf(Some(Leaf))
            .set_boxed(Some(Box::new(Leaf)))
            .set_texts(Some(vec!["a".to_owned(), "b".to_owned()]))
            .set_leaves(Some(vec![Leaf]))
            .set_rows(Some(vec![vec!["c".to_owned()]]))
            .set_words(Some(HashMap::from([("k".to_owned(), "v".to_owned())])))
            .set_lists(Some(HashMap::from([(
                "k".to_owned(),
                vec!["d".to_owned()],
            )])));
        assert_eq!(full, set);
        assert_eq!(full.clone().set_texts(None).texts, None);
    }
}
