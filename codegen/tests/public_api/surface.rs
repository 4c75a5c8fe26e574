//! The list of public items of a library.

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter, Result};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::items::{Item, items, members};
use super::lines::Lines;
use super::print::{is_punct, is_word, print};

/// What a library offers to its users.
#[derive(Default)]
pub(crate) struct Surface {
    lines: Lines,
    /// The types and traits of all files.
    all: Declared,
    /// Those of the file that is being listed.
    here: Declared,
}

/// The names of types and traits, and whether one of that name is public.
type Declared = BTreeMap<String, bool>;

/// Macros that declare nothing public. An unknown macro is in the list with its arguments.
const QUIET_MACROS: &[&str] = &[
    "all_types",
    "constraints",
    "handlers",
    "members",
    "operations",
    "request",
    "response",
    "saved",
    "scalar",
    "values",
];

impl Surface {
    /// The public items of the library whose `lib.rs` is in a folder.
    pub(crate) fn of_library(folder: &Path) -> Self {
        let mut surface = Self::default();
        let lib = read(&folder.join("lib.rs"));
        let mut files = Vec::new();
        find_files(&lib, folder, "crate", &mut files);
        files.push(("crate".to_owned(), lib));
        for (_, tokens) in &files {
            declare(tokens.clone(), &mut surface.all);
        }
        for (module, tokens) in files {
            let lines = surface.list_file(tokens);
            if !lines.is_empty() {
                surface.lines.add(module, lines);
            }
        }
        surface
    }

    /// The public items of a source without other files.
    pub(crate) fn of_source(source: &str) -> Self {
        let mut surface = Self::default();
        surface.lines = surface.list_file(source.parse().unwrap());
        surface
    }

    fn list_file(&mut self, tokens: TokenStream) -> Lines {
        self.here = Declared::new();
        declare(tokens.clone(), &mut self.here);
        let mut lines = Lines::default();
        self.list(tokens, &mut lines);
        lines
    }

    /// Whether no user sees implementations of a type or trait. A name means the declaration in the same file, if there is one.
    fn is_private(&self, name: &str) -> bool {
        let public = self.here.get(name).or_else(|| self.all.get(name));
        public == Some(&false)
    }

    fn list(&self, tokens: TokenStream, lines: &mut Lines) {
        for item in items(tokens).into_iter().filter(|item| !item.is_internal()) {
            self.list_item(item, lines);
        }
    }

    fn list_item(&self, item: Item, lines: &mut Lines) {
        let first = item.head.first().map(ToString::to_string);
        let body = item.body.as_ref().map(Group::stream).unwrap_or_default();
        match first.as_deref() {
            Some("macro_rules") => {
                let mut arms = Lines::default();
                for group in groups(body) {
                    self.list(group.stream(), &mut arms);
                }
                if !arms.is_empty() {
                    lines.add(line(&item), arms);
                }
            }
            Some("impl" | "unsafe") if is_implementation(&item) => {
                self.list_implementation(&item, body, lines);
            }
            Some("mod") if item.body.is_some() => {
                let mut inner = Lines::default();
                self.list(body, &mut inner);
                if item.public || !inner.is_empty() {
                    lines.add(line(&item), inner);
                }
            }
            Some("struct" | "union") if item.public => {
                lines.add(
                    line(&item),
                    item.body.as_ref().map(fields).unwrap_or_default(),
                );
            }
            Some("enum") if item.public => {
                let variants = item.body.as_ref().map(members).unwrap_or_default();
                lines.add(line(&item), Lines::in_order(&variants));
            }
            Some("trait") if item.public => {
                let mut inner = Lines::default();
                for item in items(body) {
                    let default = if item.body.is_some() { " { .. }" } else { "" };
                    inner.add(line(&item) + default, Lines::default());
                }
                lines.add(line(&item), inner);
            }
            _ if item.public => lines.add(line(&item), Lines::default()),
            _ => self.list_macro_call(&item, lines),
        }
    }

    fn list_implementation(&self, item: &Item, body: TokenStream, lines: &mut Lines) {
        let mut inner = Lines::default();
        let Some((of, whose)) = implemented(&item.head) else {
            self.list(body, &mut inner);
            if !inner.is_empty() {
                lines.add(line(item), inner);
            }
            return;
        };
        if self.is_private(&of) || self.is_private(&whose) {
            return;
        }
        for item in items(body) {
            if is_word(item.head.first(), "type") {
                inner.add(line(&item), Lines::default());
            }
        }
        lines.add(line(item), inner);
    }

    /// Calls of macros are listed with their arguments, as these may name public items, or with the public items in them.
    fn list_macro_call(&self, item: &Item, lines: &mut Lines) {
        let Some(bang) = item
            .head
            .iter()
            .position(|token| is_punct(Some(token), '!'))
        else {
            return;
        };
        let name = bang.checked_sub(1).and_then(|before| item.head.get(before));
        let Some(TokenTree::Ident(name)) = name else {
            return;
        };
        if !QUIET_MACROS.contains(&name.to_string().as_str()) {
            let mut inner = Lines::default();
            if let Some(body) = &item.body {
                match items(body.stream()).iter().any(|item| item.public) {
                    true => self.list(body.stream(), &mut inner),
                    false => inner = arguments(body),
                }
            }
            lines.add(line(item), inner);
        }
    }
}

/// Adds the types and traits of a file.
fn declare(tokens: TokenStream, declared: &mut Declared) {
    for item in items(tokens) {
        let declares = ["struct", "enum", "union", "trait"]
            .iter()
            .any(|word| is_word(item.head.first(), word));
        if declares && let Some(name) = item.head.get(1) {
            *declared.entry(name.to_string()).or_default() |= item.public;
        }
    }
}

/// The text of an item without its body. The value of a constant is not part of its interface, that of an alias is.
fn line(item: &Item) -> String {
    let head = item.head.as_slice();
    let has_value = ["const", "static"]
        .iter()
        .any(|word| is_word(head.first(), word));
    let value = head.iter().position(|token| is_punct(Some(token), '='));
    let mut head = match value.filter(|_| has_value && item.public) {
        Some(value) => head.get(..value).unwrap_or_default().to_vec(),
        None => head.to_vec(),
    };
    if is_word(head.first(), "struct")
        && let Some(TokenTree::Group(tuple)) = head
            .iter_mut()
            .find(|token| matches!(token, TokenTree::Group(_)))
        && tuple.delimiter() == Delimiter::Parenthesis
    {
        *tuple = Group::new(Delimiter::Parenthesis, without_private(tuple));
    }
    let public = if item.public { "pub " } else { "" };
    attributes(item) + public + &print(&head)
}

fn attributes(item: &Item) -> String {
    item.attributes
        .iter()
        .map(|text| format!("{text} "))
        .collect()
}

/// The members of a tuple, with `_` for private ones.
fn without_private(tuple: &Group) -> TokenStream {
    let members = members(tuple)
        .into_iter()
        .map(|member| match is_public(&member) {
            true => member.into_iter().collect::<TokenStream>(),
            false => "_".parse().unwrap(),
        });
    members
        .flat_map(|member| [member, ",".parse().unwrap()])
        .collect()
}

fn fields(body: &Group) -> Lines {
    let fields = members(body)
        .into_iter()
        .map(|field| match is_public(&field) {
            true => print(&field),
            false => "..".to_owned(),
        });
    let mut lines = Lines::default();
    fields.for_each(|field| lines.add(field, Lines::default()));
    lines
}

/// The arguments of a macro, each on its own line, so that a diff shows the one that changed.
fn arguments(body: &Group) -> Lines {
    let mut lines = Lines::default();
    let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
    for part in tokens.split(|token| is_punct(Some(token), ';')) {
        match part.split_last() {
            Some((TokenTree::Group(inner), before)) if inner.delimiter() == Delimiter::Brace => {
                lines.add(print(before), rows(inner));
            }
            Some(_) => lines.add(print(part), Lines::default()),
            None => {}
        }
    }
    lines
}

/// The parts of a group that end with semicolons, sorted, or without any, those that end with commas, in their order.
fn rows(group: &Group) -> Lines {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    if !tokens.iter().any(|token| is_punct(Some(token), ';')) {
        return Lines::in_order(&members(group));
    }
    let mut lines = Lines::default();
    let rows = tokens.split(|token| is_punct(Some(token), ';'));
    for row in rows.filter(|row| !row.is_empty()) {
        lines.add(print(row), Lines::default());
    }
    lines
}

/// Whether a member has `pub` without a restriction.
fn is_public(member: &[TokenTree]) -> bool {
    let position = member.iter().position(|token| is_word(Some(token), "pub"));
    position.is_some_and(|position| {
        !matches!(member.get(position + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
    })
}

fn is_implementation(item: &Item) -> bool {
    item.head
        .iter()
        .take(2)
        .any(|token| is_word(Some(token), "impl"))
}

/// The names of the trait and of the type of an implementation.
fn implemented(head: &[TokenTree]) -> Option<(String, String)> {
    let position = head.iter().enumerate().position(|(index, token)| {
        is_word(Some(token), "for") && !is_punct(head.get(index + 1), '<')
    })?;
    let (before, after) = head.split_at(position);
    Some((
        last_name(without_parameters(before.get(1..).unwrap_or_default())),
        last_name(after.get(1..).unwrap_or_default()),
    ))
}

/// The tokens after the parameters of `impl<...>`.
fn without_parameters(tokens: &[TokenTree]) -> &[TokenTree] {
    let mut depth = 0_i32;
    let mut arrow = false;
    for (index, token) in tokens.iter().enumerate() {
        if !arrow {
            depth += i32::from(is_punct(Some(token), '<'));
            depth -= i32::from(is_punct(Some(token), '>'));
        }
        arrow = is_punct(Some(token), '-');
        if depth == 0 {
            let start = index + usize::from(is_punct(Some(token), '>'));
            return tokens.get(start..).unwrap_or_default();
        }
    }
    &[]
}

/// The last name of a path, without its parameters.
fn last_name(path: &[TokenTree]) -> String {
    let path = path
        .iter()
        .take_while(|token| !is_punct(Some(token), '<') && !is_word(Some(token), "where"));
    let names = path.filter(|token| matches!(token, TokenTree::Ident(_)));
    names.last().map(ToString::to_string).unwrap_or_default()
}

fn groups(tokens: TokenStream) -> impl Iterator<Item = Group> {
    tokens.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group),
        _ => None,
    })
}

/// Finds the files of modules.
fn find_files(
    tokens: &TokenStream,
    folder: &Path,
    parent: &str,
    files: &mut Vec<(String, TokenStream)>,
) {
    for item in items(tokens.clone()) {
        let [word, TokenTree::Ident(name)] = item.head.as_slice() else {
            continue;
        };
        if item.is_internal() || item.body.is_some() || !is_word(Some(word), "mod") {
            continue;
        }
        let inner = folder.join(name.to_string());
        let module = format!("{parent}::{name}");
        let file = inner.with_extension("rs");
        let file = if file.exists() {
            file
        } else {
            inner.join("mod.rs")
        };
        let tokens = read(&file);
        find_files(&tokens, &inner, &module, files);
        files.push((module, tokens));
    }
}

fn read(path: &Path) -> TokenStream {
    let source =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    source
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Display for Surface {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.lines.write(f, 0)
    }
}
