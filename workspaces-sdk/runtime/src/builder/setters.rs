//! The macros that declare the setters and getters of builders.

/// Declares the two setters and the getter of each member of a builder.
///
/// Each row lists the documentation, the first setter and its argument, the second setter, and the getter:
///
/// | row | the first setter |
/// |---|---|
/// | `name(i32), set_name, get_name;` | takes the value |
/// | `name(into String), set_name, get_name;` | takes a value that converts into the type |
/// | `body(stream), set_body, get_body;` | takes the stream of an input, which its builder holds in the field `stream` |
/// | `names(push Tag), set_names, get_names;` | adds an element to the list |
/// | `names(push into String), set_names, get_names;` | adds an element that converts into the type |
/// | `tags(insert into String => into String), set_tags, get_tags;` | adds an entry to the map; each `into` is optional |
///
/// The second setter replaces the whole value; `None` clears it. The getter returns the whole value.
///
/// The members are fields of `self`, or of `self.input` and `self.inner.input` for rows that follow `input =>` and
/// `inner.input =>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    (input => $($rows:tt)*) => {
        $crate::__setters!(@rows [input] $($rows)*);
    };
    (inner.input => $($rows:tt)*) => {
        $crate::__setters!(@rows [inner.input] $($rows)*);
    };
    (@rows $path:tt $($(#[$doc:meta])* $name:ident $kind:tt, $set:ident, $get:ident;)*) => {
        $($crate::__setters!(@row $path [$(#[$doc])*] $name $set $get $kind);)*
    };

    (@row [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident $get:ident (into $type:ty)) => {
        $($doc)*
        #[inline]
        pub fn $name(mut self, input: impl Into<$type>) -> Self {
            self $(.$path)* .$name = Some(input.into());
            self
        }
        $crate::__setters!(@set [$($path).*] [$($doc)*] $name $set $get $type);
    };
    (@row [input] $doc:tt $name:ident $set:ident $get:ident (stream)) => {
        $crate::__setters!(@stream [] $doc $name $set $get);
    };
    (@row [inner.input] $doc:tt $name:ident $set:ident $get:ident (stream)) => {
        $crate::__setters!(@stream [inner] $doc $name $set $get);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident $get:ident (push into $type:ty)) => {
        $crate::__setters!(@push $path $doc $name $set $get [impl Into<$type>] [into] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident $get:ident (push $type:ty)) => {
        $crate::__setters!(@push $path $doc $name $set $get [$type] [] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident $get:ident (insert into $key:ty => into $type:ty)) => {
        $crate::__setters!(@insert $path $doc $name $set $get [impl Into<$key>] [into] $key [impl Into<$type>] [into] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident $get:ident (insert into $key:ty => $type:ty)) => {
        $crate::__setters!(@insert $path $doc $name $set $get [impl Into<$key>] [into] $key [$type] [] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident $get:ident (insert $key:ty => into $type:ty)) => {
        $crate::__setters!(@insert $path $doc $name $set $get [$key] [] $key [impl Into<$type>] [into] $type);
    };
    (@row $path:tt $doc:tt $name:ident $set:ident $get:ident (insert $key:ty => $type:ty)) => {
        $crate::__setters!(@insert $path $doc $name $set $get [$key] [] $key [$type] [] $type);
    };
    (@row [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident $get:ident ($type:ty)) => {
        $($doc)*
        #[inline]
        pub fn $name(mut self, input: $type) -> Self {
            self $(.$path)* .$name = Some(input);
            self
        }
        $crate::__setters!(@set [$($path).*] [$($doc)*] $name $set $get $type);
    };

    (@push [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident $get:ident [$($argument:tt)*] [$($into:ident)?] $type:ty) => {
        $($doc)*
        ///
        /// Adds one element. Call it again to add more.
        #[inline]
        pub fn $name(mut self, input: $($argument)*) -> Self {
            self $(.$path)* .$name.get_or_insert_with(Vec::new).push(input $(.$into())?);
            self
        }
        $crate::__setters!(@set [$($path).*] [$($doc)*] $name $set $get Vec<$type>);
    };
    (
        @insert [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident $get:ident
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
            @set [$($path).*] [$($doc)*] $name $set $get ::std::collections::HashMap<$key, $type>
        );
    };
    (@stream [$($path:ident)?] [$($doc:tt)*] $name:ident $set:ident $get:ident) => {
        $($doc)*
        #[inline]
        pub fn $name(mut self, input: $crate::primitives::ByteStream) -> Self {
            self $(.$path)? .stream = Some(input);
            self
        }

        $($doc)*
        #[inline]
        pub fn $set(mut self, input: Option<$crate::primitives::ByteStream>) -> Self {
            self $(.$path)? .stream = input;
            self
        }

        $($doc)*
        #[inline]
        pub fn $get(&self) -> &Option<$crate::primitives::ByteStream> {
            &self $(.$path)? .stream
        }
    };
    (@set [$($path:ident).*] [$($doc:tt)*] $name:ident $set:ident $get:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $set(mut self, input: Option<$type>) -> Self {
            self $(.$path)* .$name = input;
            self
        }

        $($doc)*
        #[inline]
        pub fn $get(&self) -> &Option<$type> {
            &self $(.$path)* .$name
        }
    };

    ($($rows:tt)*) => {
        $crate::__setters!(@rows [] $($rows)*);
    };
}

/// Declares the setters and getters of an input, for the fluent builder and for the builder of the input.
#[doc(hidden)]
#[macro_export]
macro_rules! __input_setters {
    ($fluent:ident, $input:ident => $($rows:tt)*) => {
        impl $fluent {
            $crate::__setters!(inner.input => $($rows)*);
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
            text(into String), set_text, get_text;
            /// A number.
            number(i32), set_number, get_number;
            /// A structure.
            leaf(Leaf), set_leaf, get_leaf;
            /// A structure that contains itself.
            boxed(into Box<Leaf>), set_boxed, get_boxed;
            /// Strings.
            texts(push into String), set_texts, get_texts;
            /// Structures.
            leaves(push Leaf), set_leaves, get_leaves;
            /// Lists.
            rows(push Vec<String>), set_rows, get_rows;
            /// Strings by name.
            words(insert into String => into String), set_words, get_words;
            /// Lists by name.
            lists(insert into String => Vec<String>), set_lists, get_lists;
            /// Strings by number.
            by_number(insert i32 => into String), set_by_number, get_by_number;
            /// Structures by number.
            leaves_by_number(insert i32 => Leaf), set_leaves_by_number, get_leaves_by_number;
        }
    }

    #[test]
    fn the_first_setter_depends_on_the_row_and_the_others_set_and_get_the_value() {
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
        assert_eq!(full.get_text().as_deref(), Some("t"));
        assert_eq!(full.get_number(), &Some(1));
        assert_eq!(full.get_leaf(), &Some(Leaf));
        assert_eq!(full.get_boxed(), &Some(Box::new(Leaf)));
        assert_eq!(full.get_texts(), &set.texts);
        assert_eq!(full.get_leaves(), &set.leaves);
        assert_eq!(full.get_rows(), &set.rows);
        assert_eq!(full.get_words(), &set.words);
        assert_eq!(full.get_lists(), &set.lists);
        assert_eq!(full.get_by_number(), &set.by_number);
        assert_eq!(full.get_leaves_by_number(), &set.leaves_by_number);
        assert_eq!(full.set_texts(None).get_texts(), &None);
    }
}
