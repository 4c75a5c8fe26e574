//! The macros that declare builders, and the error that builders return.

mod fluent;
mod setters;

/// Returns the value of a required member of a builder. The builder of the structure fails if it is not set, with the error
/// of the official crates.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    ($builder:ident.$field:ident, $structure:ident) => {
        $builder.$field.ok_or_else(|| {
            $crate::error::BuildError::missing_field(
                stringify!($field),
                concat!(
                    stringify!($field),
                    " was not specified but it is required when building ",
                    stringify!($structure),
                ),
            )
        })?
    };
}

#[cfg(test)]
mod tests {
    use crate::error::BuildError;

    #[test]
    fn a_required_member_that_is_not_set_is_an_error() {
        struct TagBuilder {
            key: Option<String>,
            r#type: Option<i32>,
        }
        impl TagBuilder {
            fn build(self) -> Result<(String, i32), BuildError> {
                Ok((__required!(self.key, Tag), __required!(self.r#type, Tag)))
            }
        }
        for (key, ty, expected) in [
            (Some("k"), Some(1), ""),
            (
                None,
                Some(1),
                "key was missing: key was not specified but it is required when building Tag",
            ),
            (
                Some("k"),
                None,
                "r#type was missing: r#type was not specified but it is required when building Tag",
            ),
        ] {
            let key = key.map(str::to_owned);
            let built = TagBuilder { key, r#type: ty }.build();
            let error = built.map_or_else(|error| error.to_string(), |_| String::new());
            assert_eq!(error, expected);
        }
    }
}
