//! Documentation of a model: text in HTML or Markdown, reduced to a small subset of Markdown.
//!
//! A text is read into a [`Document`], and only a document is printed. The subset has paragraphs, lists, code, links to the
//! web and blocks of code that are never compiled. Everything else becomes text, in which each character that has a meaning
//! in Markdown is escaped. So a text cannot add a block of code, HTML or a link to an item to the documentation of a crate.
//!
//! Reading and printing take time in proportion to the text, and what is printed is bounded by a multiple of it.

mod address;
mod builder;
mod escape;
mod html;
mod markdown;
mod print;
#[cfg(test)]
mod tests;

use builder::Builder;
pub(crate) use escape::code;

/// Documentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) blocks: Vec<Block>,
}

/// A part of a document that begins on a new line.
///
/// Lists are not blocks that contain other blocks: a block knows its column instead. Thus no text makes a deep structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The column of the mark, or that of the content if there is no mark.
    column: usize,
    /// The mark of the list item that begins with this block, such as `- `, or an empty string.
    mark: String,
    /// Whether a blank line precedes the block, although it is an item that follows an item.
    is_apart: bool,
    pub(crate) content: Content,
}

/// The content of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Paragraph(Vec<Inline>),
    /// A heading of this level.
    Heading(usize, Vec<Inline>),
    /// A paragraph on a single line, however long it is.
    Line(Vec<Inline>),
    /// Lines of code.
    Code(Vec<String>),
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    /// Text with its spaces, but without line breaks.
    Text(String),
    /// A strong text of our own.
    Strong(&'static str),
    Code(String),
    LinkStart,
    /// The end of a link, with its address.
    LinkEnd(String),
}

/// The links that a document keeps. The text of other links is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links {
    /// Those to addresses that begin with `http://` or `https://`.
    Web,
    /// All, for text of the generator.
    All,
}

impl Document {
    /// Reads HTML or Markdown.
    pub(crate) fn read(text: &str, links: Links) -> Self {
        let mut builder = Builder::new(links);
        match html::is_html(text) {
            true => html::read(text, &mut builder),
            false => markdown::read(text, &mut builder),
        }
        builder.finish()
    }

    /// Returns a document with this text as it is.
    pub(crate) fn plain(text: &str) -> Self {
        let mut builder = Builder::new(Links::Web);
        builder.text(text);
        builder.finish()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Appends the blocks of another document.
    pub(crate) fn append(&mut self, other: Self) {
        self.blocks.extend(other.blocks);
    }
}

impl Block {
    /// Returns a block that is not in a list.
    pub(crate) fn new(content: Content) -> Self {
        Self {
            column: 0,
            mark: String::new(),
            is_apart: false,
            content,
        }
    }

    /// Whether the block is not in a list.
    pub(crate) fn is_outside_lists(&self) -> bool {
        self.column == 0 && self.mark.is_empty()
    }
}

/// Returns Markdown that displays the text on one line.
pub(crate) fn plain(text: &str) -> String {
    Document::plain(text).one_line()
}

/// Returns the text if it is short, and otherwise its beginning, up to the end of a paragraph or of a word if possible.
///
/// Use this for text that is printed at several places, so that the size of the output does not grow with their product.
pub(crate) fn beginning(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let (start, _) = text.split_at(text.floor_char_boundary(max));
    let end = ["</p>", "\n\n", " "]
        .iter()
        .find_map(|end| Some(start.rfind(end)? + end.len()));
    start.get(..end.unwrap_or(start.len())).unwrap_or(start)
}
