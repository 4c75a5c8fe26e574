//! The macros that declare the setters of builders.

/// Declares the two setters of each member of a builder.
///
/// A row is the documentation, the first setter with what it takes, and the second setter:
///
/// | row | the first setter |
/// |---|---|
/// | `name(i32), set_name;` | takes the value |
/// | `name(into String), set_name;` | takes a value that converts into the type |
/// | `body(stream), set_body;` | takes a stream; the field is not an `Option` |
/// | `names(push Tag), set_names;` | adds an element to the list |
/// | `names(push into String), set_names;` | adds an element that converts into the type |
/// | `tags(insert into String => into String), set_tags;` | adds an entry to the map; each `into` is optional |
///
/// The second setter replaces the whole value; `None` clears it.
///
/// The members are fields of `self`, or of `self.input` and `self.request.input` for rows that follow `input =>` and
/// `request.input =>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    (input => $($rows:tt)*) => {
        $crate::__setters!(@rows [input] $($rows)*);
    };
    (request.input => $($rows:tt)*) => {
        $crate::__setters!(@rows [request.input] $($rows)*);
    };
    (@rows $path:tt $($(#[$doc:meta])* $name:ident $kind:tt, $set:ident;)*) => {
        $($crate::__setters!(@row $path [$(#[$doc])*] $name $set $kind);)*
    };

    (@row [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident (into $type:ty)) => {
        $($doc)*
        #[inline]
        pub fn $name(mut self, input: impl Into<$type>) -> Self {
            self $(.$path)* .$name = Some(input.into());
            self
        }
        $crate::__setters!(@set [$($path).*] [$($doc)*] $name $set $type);
    };
    (@row [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident (stream)) => {
        $($doc)*
        #[inline]
        pub fn $name(mut self, input: $crate::primitives::ByteStream) -> Self {
            self $(.$path)* .$name = input;
            self
        }

        $($doc)*
        #[inline]
        pub fn $set(mut self, input: Option<$crate::primitives::ByteStream>) -> Self {
            self $(.$path)* .$name = input.unwrap_or_default();
            self
        }
    };
    (@row $path:tt $doc:tt $name:ident $set:ident (push into $type:ty)) => {
        $crate::__setters!(@push $path $doc $name $set [impl Into<$type>] [into] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident (push $type:ty)) => {
        $crate::__setters!(@push $path $doc $name $set [$type] [] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident (insert into $key:ty => into $type:ty)) => {
        $crate::__setters!(@insert $path $doc $name $set [impl Into<$key>] [into] $key [impl Into<$type>] [into] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident (insert into $key:ty => $type:ty)) => {
        $crate::__setters!(@insert $path $doc $name $set [impl Into<$key>] [into] $key [$type] [] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident (insert $key:ty => into $type:ty)) => {
        $crate::__setters!(@insert $path $doc $name $set [$key] [] $key [impl Into<$type>] [into] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident (insert $key:ty => $type:ty)) => {
        $crate::__setters!(@insert $path $doc $name $set [$key] [] $key [$type] [] $type);
    };
    (@row [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident ($type:ty)) => {
        $($doc)*
        #[inline]
        pub fn $name(mut self, input: $type) -> Self {
            self $(.$path)* .$name = Some(input);
            self
        }
        $crate::__setters!(@set [$($path).*] [$($doc)*] $name $set $type);
    };

    (@push [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident [$($argument:tt)*] [$($into:ident)?] $type:ty) => {
        $($doc)*
        ///
        /// Adds one element. Call it again to add more.
        #[inline]
        pub fn $name(mut self, input: $($argument)*) -> Self {
            self $(.$path)* .$name.get_or_insert_with(Vec::new).push(input $(.$into())?);
            self
        }
        $crate::__setters!(@set [$($path).*] [$($doc)*] $name $set Vec<$type>);
    };
    (
        @insert [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident
        [$($key_argument:tt)*] [$($key_into:ident)?] $key:ty
        [$($argument:tt)*] [$($into:ident)?] $type:ty
    ) => {
        $($doc)*
        ///
        /// Adds one entry. Call it again to add more.
        #[inline]
        pub fn $name(mut self, key: $($key_argument)*, value: $($argument)*) -> Self {
            self $(.$path)* .$name
                .get_or_insert_with(::std::collections::HashMap::new)
                .insert(key $(.$key_into())?, value $(.$into())?);
            self
        }
        $crate::__setters!(
            @set [$($path).*] [$($doc)*] $name $set ::std::collections::HashMap<$key, $type>
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
        $crate::__setters!(@rows [] $($rows)*);
    };
}

/// Declares the setters of an input, for the fluent builder and for the builder of the input.
#[doc(hidden)]
#[macro_export]
macro_rules! __input_setters {
    ($fluent:ident, $input:ident => $($rows:tt)*) => {
        impl $fluent {
            $crate::__setters!(request.input => $($rows)*);
        }

        impl $input {
            $crate::__setters!(input => $($rows)*);
        }
    };
}

#[cfg(test)]
#[expect(
    unreachable_pub,
    reason = "the setters are public in the crate that declares them"
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
        by_number: Option<HashMap<i32, String>>,
        leaves_by_number: Option<HashMap<i32, Leaf>>,
    }

    impl Builder {
        __setters! {
            /// A string.
            text(into String), set_text;
            /// A number.
            number(i32), set_number;
            /// A structure.
            leaf(Leaf), set_leaf;
            /// A structure that contains itself.
            boxed(into Box<Leaf>), set_boxed;
            /// Strings.
            texts(push into String), set_texts;
            /// Structures.
            leaves(push Leaf), set_leaves;
            /// Lists.
            rows(push Vec<String>), set_rows;
            /// Strings by name.
            words(insert into String => into String), set_words;
            /// Lists by name.
            lists(insert into String => Vec<String>), set_lists;
            /// Strings by number.
            by_number(insert i32 => into String), set_by_number;
            /// Structures by number.
            leaves_by_number(insert i32 => Leaf), set_leaves_by_number;
        }
    }

    #[test]
    fn the_first_setter_depends_on_the_row_and_the_second_replaces() {
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
            .lists("k", vec!["d".to_owned()])
            .by_number(1, "e")
            .leaves_by_number(2, Leaf);
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
            )])))
            .set_by_number(Some(HashMap::from([(1, "e".to_owned())])))
            .set_leaves_by_number(Some(HashMap::from([(2, Leaf)])));
        assert_eq!(full, set);
        assert_eq!(full.clone().set_texts(None).texts, None);
    }
}
