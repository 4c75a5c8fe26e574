//! The module of a crate that contains the generated code.

use std::fmt;
use std::str::FromStr;

use proc_macro2::{Ident, Span};

/// A path of modules from the root of a crate, such as `sts` or `clients::sts`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePath(Vec<String>);

impl ModulePath {
    /// Returns the names of the modules, outermost first.
    pub(crate) fn names(&self) -> Vec<Ident> {
        let names = self.0.iter();
        names
            .map(|name| Ident::new(name, Span::call_site()))
            .collect()
    }
}

impl FromStr for ModulePath {
    type Err = InvalidModulePath;

    fn from_str(path: &str) -> Result<Self, InvalidModulePath> {
        let names = path
            .split("::")
            .map(|name| match syn::parse_str::<Ident>(name) {
                Ok(parsed) if parsed == name && !name.starts_with("r#") => Ok(name.to_owned()),
                _ => Err(InvalidModulePath(path.to_owned())),
            });
        names.collect::<Result<_, _>>().map(Self)
    }
}

/// The error of parsing a [`ModulePath`] that does not consist of Rust identifiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidModulePath(String);

impl fmt::Display for InvalidModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a module path; write identifiers separated by `::`, such as `clients::sts`",
            self.0
        )
    }
}

impl std::error::Error for InvalidModulePath {}

#[cfg(test)]
mod tests {
    use super::ModulePath;

    #[test]
    fn paths_consist_of_identifiers() {
        for good in ["sts", "clients::sts", "_a::b1"] {
            assert!(good.parse::<ModulePath>().is_ok(), "{good}");
        }
        for bad in [
            "", "a::", "::a", "a b", "type", "a-b", "1a", "crate::a", " a", "r#type",
        ] {
            assert!(bad.parse::<ModulePath>().is_err(), "{bad}");
        }
    }
}
