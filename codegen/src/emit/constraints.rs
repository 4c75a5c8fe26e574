//! What inputs must meet: a table for the offline service.
//!
//! ```ignore
//! constraints! {
//!     "CreateIpGroup" => members {
//!         "GroupName" => required "IpGroupName";
//!     };
//!     "IpGroupIdList" => list(of "IpGroupId");
//!     "Limit" => number(min 1, max 25);
//! }
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::Constraints;
use crate::plan::{Constraint, Demand, MemberDemand};

pub(super) fn file(constraints: &[Constraint]) -> TokenStream {
    let rows = constraints.iter().map(row);
    quote! {
        #![doc = " What the model demands of inputs, by operation and by shape."]

        use crate::runtime::constraint::constraints;

        constraints! {
            #(#rows)*
        }
    }
}

fn row(constraint: &Constraint) -> TokenStream {
    let name = &constraint.name;
    let demand = match &constraint.demand {
        Demand::Text(bounds) => with("text", bounds, None),
        Demand::Number(bounds) => with("number", bounds, None),
        Demand::List(bounds, element) => with("list", bounds, element.as_ref()),
        Demand::Map(value) => with("map", &Constraints::default(), value.as_ref()),
        Demand::OneOf(values) => quote!(one_of(#(#values),*)),
        Demand::Members(members) => {
            let members = members.iter().map(
                |MemberDemand {
                     name,
                     required,
                     shape,
                 }| {
                    let need = if *required {
                        quote!(required)
                    } else {
                        quote!(optional)
                    };
                    let shape = shape.as_deref().unwrap_or_default();
                    quote!(#name => #need #shape;)
                },
            );
            quote!(members { #(#members)* })
        }
    };
    quote!(#name => #demand;)
}

/// `list(min 1, max 25, of "Tag")`
fn with(kind: &str, bounds: &Constraints, of: Option<&String>) -> TokenStream {
    let kind = format_ident!("{kind}");
    let whole = |bound: &Option<serde_json::Number>| bound.as_ref()?.as_i64();
    let [min, max] = [&bounds.min, &bounds.max].map(|it| whole(it).map(Literal::i64_unsuffixed));
    let min = min.map(|it| quote!(min #it));
    let max = max.map(|it| quote!(max #it));
    let pattern = bounds.pattern.as_ref().map(|it| quote!(matching #it));
    let of = of.map(|it| quote!(of #it));
    let facts = [min, max, pattern, of].into_iter().flatten();
    quote!(#kind(#(#facts),*))
}
