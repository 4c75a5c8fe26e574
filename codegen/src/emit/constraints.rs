//! The constraints on inputs: a table for the offline service.
//!
//! ```ignore
//! constraints! {
//!     "CreateIpGroup" => structure {
//!         "GroupName" => required "IpGroupName";
//!     };
//!     "IpGroupIdList" => list(of "IpGroupId");
//!     "Limit" => number(min 1, max 25);
//! }
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::plan::{Bounds, Constraint, MemberConstraint, NamedConstraint};

pub(super) fn file(constraints: &[NamedConstraint]) -> TokenStream {
    let rows = constraints.iter().map(row);
    quote! {
        #![doc = " The constraints on inputs, by operation and by shape."]

        use crate::fake::constraint::constraints;

        constraints! {
            #(#rows)*
        }
    }
}

fn row(row: &NamedConstraint) -> TokenStream {
    let name = &row.name;
    let constraint = match &row.constraint {
        Constraint::String(bounds) => with("string", bounds, None),
        Constraint::Blob(bounds) => with("blob", bounds, None),
        Constraint::Number(bounds) => with("number", bounds, None),
        Constraint::List(bounds, element) => with("list", bounds, element.as_ref()),
        Constraint::Map(value) => with("map", &Bounds::default(), value.as_ref()),
        Constraint::OneOf(values) => quote!(one_of(#(#values),*)),
        Constraint::Structure(members) => {
            let members = members.iter().map(member);
            quote!(structure { #(#members)* })
        }
    };
    quote!(#name => #constraint;)
}

/// Prints `"GroupName" => required "IpGroupName";`.
fn member(member: &MemberConstraint) -> TokenStream {
    let name = &member.name;
    let presence = if member.required {
        quote!(required)
    } else {
        quote!(optional)
    };
    let shape = member.shape.as_deref().unwrap_or_default();
    quote!(#name => #presence #shape;)
}

/// Prints `list(min 1, max 25, of "Tag")`.
fn with(kind: &str, bounds: &Bounds, of: Option<&String>) -> TokenStream {
    let kind = format_ident!("{kind}");
    let [min, max] = [bounds.min, bounds.max].map(|it| it.map(Literal::i64_unsuffixed));
    let min = min.map(|it| quote!(min #it));
    let max = max.map(|it| quote!(max #it));
    let pattern = bounds.pattern.as_ref().map(|it| quote!(pattern #it));
    let of = of.map(|it| quote!(of #it));
    let arguments = [min, max, pattern, of].into_iter().flatten();
    quote!(#kind(#(#arguments),*))
}
