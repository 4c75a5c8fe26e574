//! A program in documentation: its imports, a blank line, its statements.

use proc_macro2::TokenStream;
use quote::quote;

use super::with_short_uses;

/// The width of a line: one in documentation is indented, and has slashes before it.
const WIDTH: usize = 88;

/// The lines of a program; what is no Rust stays as it is, for the compiler to refuse.
pub(crate) fn program(imports: TokenStream, statements: Vec<TokenStream>) -> Vec<String> {
    let mut lines = statement(imports);
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(statements.into_iter().flat_map(statement));
    lines
}

/// The lines of a statement; calls in a row share one where they fit.
fn statement(tokens: TokenStream) -> Vec<String> {
    let Ok(item) = syn::parse2(quote!(fn program() { #tokens })) else {
        return vec![tokens.to_string()];
    };
    let text = with_short_uses(&prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    }));
    let lines: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .collect();
    let one: String = lines.iter().map(|line| line.trim_start()).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let is_chain = lines.iter().skip(1).all(|line| line.starts_with("    ."));
    if is_chain && one.len() <= WIDTH {
        vec![one]
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
        let call = quote!(let answer = client.describe_client_properties().resource_ids("d-1").send().await?;);
        let long = quote!(client.describe_client_properties_of_many_clients().resource_ids("d-1a2b3c4d5e").send().await?;);
        let lines = program(imports, vec![call, long]);
        assert_eq!(
            lines,
            [
                "use a::B;",
                "",
                "let answer = client.describe_client_properties().resource_ids(\"d-1\").send().await?;",
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
