//! The contents of macro calls, which rustfmt does not format: one row for each line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Prints the rows of a table, each on a line below its documentation. Rows in braces are indented.
///
/// If the table ends with `;` or `,`, that token ends each row. Otherwise, the table is a single row.
pub(super) fn print_rows(table: TokenStream, indent: usize, out: &mut String) {
    let trees: Vec<TokenTree> = table.into_iter().collect();
    let terminator = [';', ',']
        .into_iter()
        .find(|mark| trees.last().is_some_and(|last| is_punct(last, *mark)));
    let margin = " ".repeat(indent);
    let mut row = Row::default();
    // The attributes of the next row. Attributes with paragraphs are preceded by a blank line.
    let (mut attributes, start) = (String::new(), out.len());
    let mut trees = trees.into_iter();
    while let Some(tree) = trees.next() {
        if !is_punct(&tree, '#') {
            if attributes.contains("///\n") && out.len() > start {
                out.push('\n');
            }
            out.push_str(&std::mem::take(&mut attributes));
        }
        match &tree {
            tree if is_punct(tree, '#') => {
                let Some(TokenTree::Group(group)) = trees.next() else {
                    continue;
                };
                row.flush(&margin, out);
                attributes.push_str(&attribute(group.stream(), &margin));
            }
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Brace && group.stream().is_empty() =>
            {
                row.push("{}");
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                row.push("{");
                row.flush(&margin, out);
                print_rows(group.stream(), indent + 4, out);
                row.push("}");
            }
            tree if terminator.is_some_and(|mark| is_punct(tree, mark)) => {
                row.push_tree(tree);
                row.flush(&margin, out);
            }
            tree => row.push_tree(tree),
        }
    }
    row.flush(&margin, out);
}

fn is_punct(tree: &TokenTree, mark: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// Prints an attribute. A `doc` attribute becomes a `///` comment.
fn attribute(stream: TokenStream, margin: &str) -> String {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    if let [TokenTree::Ident(name), _, TokenTree::Literal(text)] = trees.as_slice()
        && name == "doc"
        && let syn::Lit::Str(text) = syn::Lit::new(text.clone())
    {
        return format!("{margin}///{}\n", text.value());
    }
    let mut row = Row::default();
    trees.iter().for_each(|tree| row.push_tree(tree));
    format!("{margin}#[{}]\n", row.text)
}

/// A partially printed row, with the spacing of rustfmt.
#[derive(Default)]
struct Row {
    text: String,
    /// Whether the next token follows without a space, as after `<`, `::` or a joint punctuation mark.
    no_space: bool,
}

impl Row {
    /// Appends a token.
    fn push(&mut self, token: &str) {
        let attaches = matches!(token, "," | ";" | ":" | "." | ">" | "(" | ")" | "<" | "::");
        let follows_keyword = token == "(" && self.text.ends_with(" in");
        if !self.text.is_empty() && !self.no_space && (!attaches || follows_keyword) {
            self.text.push(' ');
        }
        self.text.push_str(token);
        self.no_space = matches!(token, "<" | "(" | "." | "::" | "&");
    }

    /// Appends a token tree.
    fn push_tree(&mut self, tree: &TokenTree) {
        match tree {
            TokenTree::Group(group) => {
                self.push("(");
                for inner in group.stream() {
                    self.push_tree(&inner);
                }
                self.no_space = false;
                self.push(")");
            }
            TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => {
                // The first half of `=>`, `->` or `::`.
                self.no_space |= punct.as_char() == ':';
                self.push(match punct.as_char() {
                    ':' => "::",
                    '=' => "=",
                    '-' => "-",
                    _ => return,
                });
                self.no_space = true;
            }
            TokenTree::Punct(punct) if self.text.ends_with("::") && punct.as_char() == ':' => {}
            TokenTree::Punct(punct) => {
                let completes_arrow = self.no_space
                    && matches!(self.text.chars().last(), Some('=' | '-'))
                    && punct.as_char() == '>';
                if completes_arrow {
                    self.text.push('>');
                    self.no_space = false;
                } else {
                    self.push(&punct.as_char().to_string());
                }
            }
            other => self.push(&other.to_string()),
        }
    }

    /// Prints the row, unless it is empty, and starts a new one.
    fn flush(&mut self, margin: &str, out: &mut String) {
        if !self.text.is_empty() {
            out.push_str(margin);
            out.push_str(&self.text);
            out.push('\n');
        }
        *self = Self::default();
    }
}
