//! The text of a model never becomes code, whatever it is.
//!
//! In each model of this test every string tries to leave the place where it is printed. The result is diagnostics, or a
//! crate whose documentation has no other code than that of the generator. `compile.rs` compiles some of these crates.

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use lean_aws_codegen::package::{CrateFiles, Package, Workspace};
use lean_aws_codegen::{Files, Generated, ModelFiles, Options, changes};
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, Event, Options as Extensions, Parser, Tag, TagEnd,
};

use crate::common;
use crate::hostile_models::hostile;

/// All fixtures in both formats, and whether all of their strings can be hostile.
fn models() -> Vec<(String, ModelFiles)> {
    let mut models = Vec::new();
    for folder in ["fixtures", "mutation"] {
        models.extend(common::models(folder).unwrap());
        let smithy = common::smithy_models(folder).unwrap().into_iter();
        models.extend(smithy.map(|(name, model)| (format!("{name}.smithy"), model)));
    }
    models
}

#[test]
fn hostile_strings_become_diagnostics_or_data() {
    let (mut accepted, mut count) = (Vec::new(), 0);
    for (name, model) in models() {
        count += 1;
        let model = hostile(&model);
        let result = catch_unwind(|| lean_aws_codegen::generate(&model, &Options::default()));
        match result.unwrap_or_else(|_| panic!("the generator panics on {name}")) {
            Err(diagnostics) => {
                for diagnostic in diagnostics.0 {
                    assert_visible(&name, &diagnostic.to_string(), "");
                }
            }
            Ok(generated) => {
                check_crate(&name, &generated);
                accepted.push(name);
            }
        }
    }
    // A hostile name of a label in a path is not that of a member.
    assert!(accepted.len() * 10 >= count * 9, "only {accepted:?}");
    for name in ["whole", "whole.smithy"] {
        assert!(accepted.iter().any(|it| it == name), "{name} is rejected");
    }
}

/// A report on the changes from a fixture to its hostile copy has no invisible characters.
#[test]
fn hostile_strings_stay_data_in_reports() {
    let mut compared = 0;
    for (name, model) in models() {
        let Ok(comparison) = changes::compare(&model, &hostile(&model)) else {
            continue;
        };
        compared += 1;
        assert_visible(&name, &comparison.to_markdown(), "\n");
        check_markdown(&name, &comparison.to_markdown());
        assert_visible(&name, &comparison.to_boto_page("2020/01/01"), "\n");
        let html = comparison.to_html();
        assert_visible(&name, &html, "\n");
        check_html(&name, &html);
        let json = comparison.to_json();
        assert_visible(&name, &json, "\n");
        serde_json::from_str::<serde_json::Value>(&json).unwrap();
    }
    assert!(compared > 40, "{compared}");
}

/// A page of HTML consists of the tags and attributes of the emitter, properly nested, whatever the model says; and its links lead
/// to exactly one place of the page.
fn check_html(place: &str, html: &str) {
    const TAGS: &str = "html head meta title style body header h1 h2 h3 main section nav dl dt dd ul li p strong span a table caption \
        thead tbody tr th td code br wbr";
    const ATTRIBUTES: &str =
        "lang charset name content http-equiv id class aria-label href scope data-label";
    const EMPTY: [&str; 3] = ["meta", "br", "wbr"];
    let (_, after_doctype) = html.split_once('\n').unwrap();
    let mut open = Vec::new();
    let mut ids = Vec::new();
    let mut links = Vec::new();
    for piece in after_doctype.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        assert!(
            open.contains(&"style") || !text.contains('>'),
            "{place}: {text}"
        );
        if let Some(end) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(end), "{place}");
            continue;
        }
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(TAGS.split(' ').any(|it| it == name), "{place}: {tag}");
        if !EMPTY.contains(&name) {
            open.push(name);
        }
        while let Some((attribute, more)) = rest.trim_start().split_once("=\"") {
            let (value, more) = more.split_once('"').unwrap();
            assert!(
                ATTRIBUTES.split(' ').any(|it| it == attribute),
                "{place}: {tag}"
            );
            match attribute {
                "id" => ids.push(value),
                "href" => links.push(value.strip_prefix('#').unwrap()),
                _ => {}
            }
            rest = more;
        }
        assert_eq!(rest.trim(), "", "{place}: {tag}");
    }
    assert!(open.is_empty(), "{place}: {open:?}");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{place}: an id occurs twice");
    for link in links {
        assert!(ids.binary_search(&link).is_ok(), "{place}: {link}");
    }
}

fn check_crate(name: &str, generated: &Generated) {
    for (path, text) in package(generated) {
        let place = format!("{name}: {path}");
        assert_visible(&place, &text, "\n");
        if path.ends_with(".toml") {
            text.parse::<toml_edit::DocumentMut>().unwrap();
        } else if path.ends_with(".md") {
            check_markdown(&place, &text);
        } else if path.ends_with(".rs") {
            comments(&text)
                .iter()
                .for_each(|text| check_markdown(&place, text));
        }
    }
    for warning in &generated.warnings {
        assert_visible(name, &warning.to_string(), "");
    }
}

/// The files of the package of a crate.
fn package(generated: &Generated) -> Files {
    let name = "hostile-sdk";
    let packages = [Package {
        folder: name,
        name,
        version: None,
        generated,
    }];
    let workspace = Workspace {
        name,
        location: "",
        command: "lean-aws codegen",
        runtime: &CrateFiles::default(),
        config: None,
        packages: &packages,
    };
    workspace.files().unwrap()
}

fn assert_visible(place: &str, text: &str, allowed: &str) {
    let shown = lean_aws_codegen::printable(text);
    let hidden = text
        .chars()
        .find(|c| !allowed.contains(*c) && c.is_control());
    assert!(shown == text && hidden.is_none(), "{place}: {shown}");
}

/// The doc comments of a file, each as Markdown.
fn comments(source: &str) -> Vec<String> {
    let mut comments = vec![String::new()];
    for line in source.lines().map(str::trim_start) {
        let text = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        match text {
            Some(text) => {
                let last = comments.last_mut().unwrap();
                last.push_str(text.strip_prefix(' ').unwrap_or(text));
                last.push('\n');
            }
            None => comments.push(String::new()),
        }
    }
    comments.retain(|text| !text.is_empty());
    comments
}

/// Checks that Markdown has no code but that of the generator, no HTML, and no other links than to items and to the web.
fn check_markdown(place: &str, markdown: &str) {
    // The extensions that rustdoc enables.
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_SMART_PUNCTUATION;
    let reference = |link: BrokenLink<'_>| {
        let is_item = |c: char| c.is_ascii_alphanumeric() || "`_:".contains(c);
        assert!(
            link.reference.chars().all(is_item),
            "{place}: {:?} in\n{markdown}",
            link.reference
        );
        None
    };
    let mut languages = BTreeMap::new();
    let mut is_bare = true;
    for event in Parser::new_with_broken_link_callback(markdown, extensions, Some(reference)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                *languages.entry(language.to_string()).or_insert(0) += 1;
                is_bare = false;
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let known = [
                    "https://",
                    "http://",
                    "crate::",
                    "type@crate::",
                    "Self::",
                    "Builder::",
                ];
                let is_known = known.iter().any(|start| dest_url.starts_with(start));
                assert!(is_known, "{place}: {dest_url} in\n{markdown}");
                is_bare = false;
            }
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::FootnoteDefinition(_))
            | Event::Start(Tag::BlockQuote(_) | Tag::HtmlBlock | Tag::Strikethrough)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::TaskListMarker(_)
            | Event::Rule => panic!("{place}: {event:?} in\n{markdown}"),
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => is_bare = true,
            Event::Text(text) if is_bare && text.contains("://example.com") => {
                panic!("{place}: a bare address in\n{markdown}")
            }
            _ => {}
        }
    }
    for language in languages.keys() {
        let is_ours = match language.as_str() {
            "text" => true,
            "no_run" => markdown.contains("# async fn example("),
            "toml" | "rust,ignore" | "rust,no_run" => place.ends_with("README.md"),
            _ => false,
        };
        assert!(is_ours, "{place}: a block of {language:?} in\n{markdown}");
    }
    assert!(
        languages.get("no_run").is_none_or(|count| *count == 1),
        "{place}: {markdown}"
    );
}
