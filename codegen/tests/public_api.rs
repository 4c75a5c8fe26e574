//! The public surface of each published library, which only changes together with its list in `public_api/`.
//!
//! The lists come from the sources: the lint `unreachable_pub` makes sure that exactly the items with `pub` are public.
//! So no list depends on the version of the compiler, and none takes a build. For items that macros declare, a list has
//! the declarations in the macro, and each use of it with its arguments.
//!
//! After an intended change, `INSTA_UPDATE=always cargo test -p lean-aws-codegen --test generator public_api` writes the lists again.

mod items;
mod lines;
mod print;
mod surface;

use std::fs;
use std::path::Path;

use surface::Surface;

/// The folder of each published library.
const LIBRARIES: [(&str, &str); 4] = [
    ("lean-aws-codegen", "codegen"),
    ("lean-aws-config", "workspaces-sdk/config"),
    ("lean-aws-runtime", "workspaces-sdk/runtime"),
    ("workspaces-sdk", "workspaces-sdk"),
];

#[test]
fn the_public_surface_of_each_library_is_in_its_list() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    insta::with_settings!({
        snapshot_path => "public_api",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        for (name, folder) in LIBRARIES {
            let surface = Surface::of_library(&checkout.join(folder).join("src"));
            insta::assert_snapshot!(name, surface.to_string());
        }
    });
}

/// Without the lint, an item with `pub` could be unreachable, and one that is re-exported could lack `pub` in its list.
#[test]
fn the_compiler_checks_that_public_items_are_reachable() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let workspace = fs::read_to_string(checkout.join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unreachable_pub = \"warn\""));
    for (_, folder) in LIBRARIES {
        let manifest = fs::read_to_string(checkout.join(folder).join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{folder} does not inherit the lints"
        );
    }
}

/// Every way to take away or change a part of a public interface changes the list.
#[test]
fn each_change_of_a_public_item_changes_the_list() {
    const SOURCE: &str = r#"
        pub mod inner { pub fn nested() {} }
        pub use inner::nested as other;
        /// Documentation.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct Record { pub name: Option<String>, private: u8 }
        pub struct Tuple(pub u8, u16);
        impl Record {
            pub const LIMIT: usize = 1;
            pub fn name(&self) -> Option<&str> { let inside = 1; None }
            pub async fn send(self) -> Result<(), Error> { Ok(()) }
            fn hidden(&self) { }
        }
        impl Display for Record { type Associated = u32; fn fmt(&self) {} }
        pub enum Choice { First(u8), Second { member: String } }
        pub trait Act: Send { type Output; const NAME: &'static str; fn act(&self); fn also(&self) { let inside = 1; } }
        pub type Alias = Vec<u8>;
        pub static COUNT: u8 = 1;
        #[cfg(feature = "extra")]
        pub fn extra() {}
        macro_rules! methods {
            (one $name:ident) => { impl $name { methods! { pub fn one(&self) -> u8 { let inside = 1; 1 } } } };
            (two $name:ident) => { impl $name { methods! { pub fn two(&self) {} } } };
            ($($method:tt)*) => { #[inline] $($method)* };
        }
        macro_rules! declare {
            ($(#[$doc:meta])* $name:ident) => {
                $(#[$doc])*
                pub struct $name { pub member: u8 }
                $(impl $name { pub fn made(&self) -> u8 { let inside = 1; 1 } })*
            };
        }
        declare! { /** Documentation. */ Made }
        setters! { first(String), set_first; second(u8), set_second; }
        string_enum! { Kind { One = "ONE", Two = "TWO", Three = "THREE" } }
        members! { "First" => first; }
        impl<F: Fn(u8) -> u8> Private for Choice {}
        struct Private;
        impl Display for Private {}
        pub(crate) fn internal() {}
        #[cfg(test)]
        mod tests { pub fn test() {} }
        #[allow(unreachable_pub)]
        mod parts { pub fn unreachable() {} }
        #[allow(unreachable_pub)]
        impl Record { pub fn in_macro(&self) {} }
    "#;
    /// A part of the source, and another text for it.
    const VISIBLE: &[(&str, &str)] = &[
        ("pub mod inner", "mod inner"),
        ("pub fn nested() {}", ""),
        ("as other", "as another"),
        ("Clone, Debug", "Debug"),
        ("#[non_exhaustive]", ""),
        ("pub name: Option<String>", "name: Option<String>"),
        ("pub name: Option<String>", "pub name: String"),
        (", private: u8", ""),
        ("(pub u8, u16)", "(u8, u16)"),
        ("(pub u8, u16)", "(pub u8)"),
        ("pub const LIMIT: usize", "pub const LIMIT: u8"),
        ("pub fn name(&self)", "fn name(&self)"),
        ("-> Option<&str>", "-> &str"),
        ("fn name(&self)", "fn name(&mut self)"),
        ("pub async fn send", "pub fn send"),
        ("impl Display for Record", "impl Debug for Record"),
        ("Associated = u32", "Associated = u8"),
        ("First(u8), ", ""),
        (
            "First(u8), Second { member: String }",
            "Second { member: String }, First(u8)",
        ),
        ("pub fn one(&self) -> u8", "pub fn one(&self) -> u16"),
        ("pub fn two(&self) {}", ""),
        ("member: String", "member: u8"),
        ("Act: Send", "Act"),
        ("type Output;", ""),
        ("fn act(&self);", ""),
        ("fn act(&self);", "fn act(&self) {}"),
        ("fn also(&self) { let inside = 1; }", "fn also(&self);"),
        ("Alias = Vec<u8>", "Alias = Vec<u16>"),
        ("COUNT: u8", "COUNT: u16"),
        (r#"feature = "extra""#, r#"feature = "more""#),
        ("pub fn extra() {}", ""),
        ("pub member: u8", "member: u8"),
        ("pub fn made", "fn made"),
        ("made(&self) -> u8", "made(&self) -> u16"),
        ("Documentation. */ Made", "Documentation. */ Renamed"),
        ("second(u8), set_second;", ""),
        ("first(String)", "first(u8)"),
        ("Two = ", "Other = "),
        (r#"One = "ONE", Two = "TWO""#, r#"Two = "TWO", One = "ONE""#),
        ("setters!", "other_setters!"),
        ("pub fn in_macro(&self) {}", ""),
    ];
    const INVISIBLE: &[(&str, &str)] = &[
        ("/// Documentation.", "/// Better documentation."),
        ("/** Documentation. */", "/** Better documentation. */"),
        ("private: u8", "renamed: u16"),
        ("(pub u8, u16)", "(pub u8, u32)"),
        ("let inside = 1;", "let inside = 2;"),
        ("fn hidden(&self) { }", ""),
        ("LIMIT: usize = 1", "LIMIT: usize = 2"),
        ("pub(crate) fn internal() {}", ""),
        ("impl Display for Private {}", ""),
        ("pub fn test() {}", ""),
        ("pub fn unreachable() {}", ""),
        (r#""First" => first;"#, ""),
        ("impl<F: Fn(u8) -> u8> Private for Choice {}", ""),
        ("{ pub fn nested() {} }", "{\n pub fn nested(\n) {} }"),
    ];
    let list = |source: &str| Surface::of_source(source).to_string();
    let before = list(SOURCE);
    for (cases, visible) in [(VISIBLE, true), (INVISIBLE, false)] {
        for (from, to) in cases {
            assert!(SOURCE.contains(from), "{from}");
            let after = list(&SOURCE.replace(from, to));
            assert_eq!(before != after, visible, "{from} -> {to}:\n{after}");
        }
    }
}
