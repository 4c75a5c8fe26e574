//! Programs in documentation: imports, a blank line and statements.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports;

/// The maximum width of a line, which leaves room for indentation and `///`.
const MAX_WIDTH: usize = 88;

/// Returns the lines of a program. A statement that is not valid Rust is printed unformatted, and the
/// compiler reports it.
pub(crate) fn program(imports: TokenStream, statements: Vec<TokenStream>) -> Vec<String> {
    let mut lines = statement(imports);
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(statements.into_iter().flat_map(statement));
    lines
}

/// Returns the lines of a statement. A chain of calls is on one line if it fits.
fn statement(tokens: TokenStream) -> Vec<String> {
    let Ok(item) = syn::parse2(quote!(fn program() { #tokens })) else {
        return vec![tokens.to_string()];
    };
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    let text = imports::join_short(&prettyplease::unparse(&file), MAX_WIDTH);
    let lines: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .collect();
    let joined: String = lines.iter().map(|line| line.trim_start()).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let is_chain = lines.iter().skip(1).all(|line| line.starts_with("    ."));
    if is_chain && joined.len() <= MAX_WIDTH {
        vec![joined]
    } else {
        lines.into_iter().map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs() {
        let imports = quote!(
            use a::B;
        );
        let call = quote!(let output = client.describe_client_properties().resource_ids("d-1").send().await?;);
        let long = quote!(client.describe_client_properties_of_many_clients().resource_ids("d-1a2b3c4d5e").send().await?;);
        let lines = program(imports, vec![call, long]);
        assert_eq!(
            lines,
            [
                "use a::B;",
                "",
                "let output = client.describe_client_properties().resource_ids(\"d-1\").send().await?;",
                "client",
                "    .describe_client_properties_of_many_clients()",
                "    .resource_ids(\"d-1a2b3c4d5e\")",
                "    .send()",
                "    .await?;",
            ]
        );
        assert!(program(quote!(), Vec::new()).is_empty());
    }
}
