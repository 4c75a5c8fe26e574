//! Reads HTML, as the documentation of AWS models has it.

use super::builder::Builder;

/// The meaning of a tag.
#[derive(Clone, Copy)]
enum Meaning {
    /// The tag is removed, whereas its contents are kept.
    Nothing,
    Paragraph,
    LineBreak,
    Code,
    Preformatted,
    Link,
    List,
    NumberedList,
    Item,
    /// The description of the item before it.
    Description,
}

/// The known tags. Others are text, such as placeholders in angle brackets.
const TAGS: [(&str, Meaning); 37] = [
    ("a", Meaning::Link),
    ("b", Meaning::Nothing),
    ("blockquote", Meaning::Paragraph),
    ("br", Meaning::LineBreak),
    ("caution", Meaning::Paragraph),
    ("code", Meaning::Code),
    ("dd", Meaning::Description),
    ("div", Meaning::Nothing),
    ("dl", Meaning::List),
    ("dt", Meaning::Item),
    ("em", Meaning::Nothing),
    ("fullname", Meaning::Nothing),
    ("h1", Meaning::Paragraph),
    ("h2", Meaning::Paragraph),
    ("h3", Meaning::Paragraph),
    ("h4", Meaning::Paragraph),
    ("h5", Meaning::Paragraph),
    ("h6", Meaning::Paragraph),
    ("hr", Meaning::Paragraph),
    ("i", Meaning::Nothing),
    ("important", Meaning::Paragraph),
    ("li", Meaning::Item),
    ("note", Meaning::Paragraph),
    ("ol", Meaning::NumberedList),
    ("p", Meaning::Paragraph),
    ("pre", Meaning::Preformatted),
    ("section", Meaning::Paragraph),
    ("span", Meaning::Nothing),
    ("strong", Meaning::Nothing),
    ("sub", Meaning::Nothing),
    ("sup", Meaning::Nothing),
    ("tt", Meaning::Nothing),
    ("u", Meaning::Nothing),
    ("ul", Meaning::List),
    ("warning", Meaning::Paragraph),
    ("xhtml", Meaning::Nothing),
    ("zonbook", Meaning::Nothing),
];

/// The entities that occur in models, by their names.
const ENTITIES: [(&str, char); 18] = [
    ("amp", '&'),
    ("apos", '\''),
    ("copy", '©'),
    ("gt", '>'),
    ("hellip", '…'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("quot", '"'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsquo", '’'),
    ("times", '×'),
    ("trade", '™'),
];

/// The maximum length of an entity between `&` and `;`.
const MAX_ENTITY: usize = 10;

/// Whether a text is HTML: it begins with a known tag or has the end of one.
pub(super) fn is_html(text: &str) -> bool {
    let is_tag = |after: &str| meaning(name(after.get(..24).unwrap_or(after))).is_some();
    let begins = text.trim_start().strip_prefix('<');
    begins.is_some_and(is_tag) || text.split("</").skip(1).any(is_tag)
}

pub(super) fn read(html: &str, builder: &mut Builder) {
    let mut reader = Reader {
        builder,
        preformatted: None,
    };
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        reader.text(before);
        rest = after;
        // A tag has no `<`, so the text is searched only once.
        let tag = after.split_once(['<', '>']);
        let tag = tag.filter(|(tag, _)| after.as_bytes().get(tag.len()) == Some(&b'>'));
        match tag.filter(|(tag, _)| reader.tag(tag)) {
            Some((_, after)) => rest = after,
            None => reader.text("<"),
        }
    }
    reader.text(rest);
    reader.end_preformatted();
}

struct Reader<'a> {
    builder: &'a mut Builder,
    /// The contents of an open `pre`.
    preformatted: Option<String>,
}

impl Reader<'_> {
    fn text(&mut self, html: &str) {
        let text = decode(html);
        match &mut self.preformatted {
            Some(content) => content.push_str(&text),
            None => self.builder.text(&text),
        }
    }

    /// Reads a tag, which is given without its brackets. Returns `false` if it is not a known tag.
    fn tag(&mut self, tag: &str) -> bool {
        let (closes, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let Some(meaning) = meaning(name(tag)) else {
            return false;
        };
        match (meaning, closes) {
            (Meaning::Preformatted, true) => self.end_preformatted(),
            (Meaning::LineBreak, _) if self.preformatted.is_some() => self.text("\n"),
            _ if self.preformatted.is_some() => {}
            (Meaning::Preformatted, false) => {
                self.builder.end_paragraph();
                self.preformatted = Some(String::new());
            }
            _ => self.structure(meaning, closes, tag),
        }
        true
    }

    /// Reads a tag outside `pre`.
    fn structure(&mut self, meaning: Meaning, closes: bool, tag: &str) {
        let builder = &mut *self.builder;
        match (meaning, closes) {
            (Meaning::Nothing | Meaning::Preformatted, _) => {}
            (Meaning::LineBreak, _) => builder.space(),
            (Meaning::Paragraph, _) if builder.is_code() => builder.space(),
            (Meaning::Paragraph, _) => builder.end_paragraph(),
            (Meaning::Code, false) => builder.start_code(),
            (Meaning::Code, true) => builder.end_code(),
            (Meaning::Link, false) => builder.start_link(&address(tag)),
            (Meaning::Link, true) => builder.end_link(),
            (Meaning::List, false) => builder.start_list(None),
            (Meaning::NumberedList, false) => builder.start_list(Some(1)),
            (Meaning::List | Meaning::NumberedList, true) => builder.end_list(),
            (Meaning::Item, false) => builder.start_item(),
            (Meaning::Description, false) => builder.text(": "),
            (Meaning::Item | Meaning::Description, true) => {}
        }
    }

    fn end_preformatted(&mut self) {
        if let Some(content) = self.preformatted.take() {
            self.builder.code_block(&content);
        }
    }
}

/// Returns the name at the start of a tag.
fn name(tag: &str) -> &str {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
    let (name, rest) = tag.split_at(end.unwrap_or(tag.len()));
    match rest.chars().next() {
        None | Some(' ' | '\t' | '\n' | '\r' | '/' | '>') => name,
        Some(_) => "",
    }
}

fn meaning(name: &str) -> Option<Meaning> {
    let known = TAGS
        .iter()
        .find(|(known, _)| name.eq_ignore_ascii_case(known));
    known.map(|(_, meaning)| *meaning)
}

/// Returns the address of an `a` tag, or an empty string if it has none.
fn address(tag: &str) -> String {
    let quoted = tag.split_once("href=").and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    });
    decode(quoted.unwrap_or_default())
}

/// Replaces entities. What is not a known entity is text.
fn decode(html: &str) -> String {
    let mut decoded = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let window = after.get(..after.floor_char_boundary(MAX_ENTITY + 1));
        let entity = window.and_then(|window| window.split_once(';'));
        match entity.and_then(|(name, _)| Some((name, character(name)?))) {
            Some((name, character)) => {
                decoded.push(character);
                rest = after.get(name.len() + 1..).unwrap_or_default();
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn character(entity: &str) -> Option<char> {
    let Some(number) = entity.strip_prefix('#') else {
        let known = ENTITIES.iter().find(|(known, _)| *known == entity);
        return known.map(|(_, character)| *character);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}
