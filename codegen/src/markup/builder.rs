//! Builds a document from the parts that a reader finds.

use super::address::address;
use super::{Block, Content, Document, Inline, Links};
use crate::visible::is_visible;

/// The maximum depth of nested lists. The items of deeper lists become items of the deepest one.
const MAX_DEPTH: usize = 6;

/// The maximum number of digits in the mark of an item, so that the width of marks is bounded.
const MAX_NUMBER: u64 = 99_999;

/// Builds a document.
#[derive(Debug)]
pub(super) struct Builder {
    links: Links,
    blocks: Vec<Block>,
    /// The contents of the current paragraph.
    inlines: Vec<Inline>,
    /// The level, if the current paragraph is a heading.
    heading: Option<usize>,
    /// Whether a space precedes the next word.
    space: bool,
    /// The open span of code, and whether a space precedes it.
    code: Option<(bool, String)>,
    link: Option<Link>,
    /// The open lists, outermost first.
    lists: Vec<List>,
    /// The number of open lists beyond the maximum depth.
    too_deep: usize,
    /// The marks of items without content, with their columns.
    marks: Vec<(usize, String)>,
    /// Whether the next block is the first of a list that needs a blank line before it.
    is_apart: bool,
}

/// An open link.
#[derive(Debug)]
struct Link {
    /// The index of its start.
    start: usize,
    address: Option<String>,
    /// The number of links within it, which are ignored.
    nested: usize,
}

/// An open list.
#[derive(Debug)]
struct List {
    /// The column of the marks.
    column: usize,
    /// The column of the contents of the current item.
    content: usize,
    /// The number of the next item, if the items are numbered.
    next: Option<u64>,
}

impl Builder {
    pub(super) fn new(links: Links) -> Self {
        Self {
            links,
            blocks: Vec::new(),
            inlines: Vec::new(),
            heading: None,
            space: false,
            code: None,
            link: None,
            lists: Vec::new(),
            too_deep: 0,
            marks: Vec::new(),
            is_apart: false,
        }
    }

    /// Appends text. Any whitespace is a space.
    pub(super) fn text(&mut self, text: &str) {
        for (i, word) in text.split(char::is_whitespace).enumerate() {
            self.space |= i > 0;
            if word.chars().all(is_visible) {
                self.word(word);
            } else {
                self.word(&word.replace(|c| !is_visible(c), ""));
            }
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if let Some((_, code)) = &mut self.code {
            if std::mem::take(&mut self.space) && !code.is_empty() {
                code.push(' ');
            }
            code.push_str(word);
            return;
        }
        self.write_space();
        match self.inlines.last_mut() {
            Some(Inline::Text(text)) => text.push_str(word),
            _ => self.inlines.push(Inline::Text(word.to_owned())),
        }
    }

    pub(super) fn space(&mut self) {
        self.space = true;
    }

    /// Writes a pending space, except at the start of a paragraph.
    fn write_space(&mut self) {
        if !std::mem::take(&mut self.space) {
            return;
        }
        match self.inlines.last_mut() {
            None => {}
            Some(Inline::Text(text)) if text.ends_with(' ') => {}
            Some(Inline::Text(text)) => text.push(' '),
            // A space at the start of a link precedes the link.
            Some(Inline::LinkStart) => {
                self.inlines.pop();
                self.space = true;
                self.write_space();
                if let Some(link) = &mut self.link {
                    link.start = self.inlines.len();
                }
                self.inlines.push(Inline::LinkStart);
            }
            Some(_) => self.inlines.push(Inline::Text(" ".to_owned())),
        }
    }

    pub(super) fn is_code(&self) -> bool {
        self.code.is_some()
    }

    pub(super) fn start_code(&mut self) {
        if self.code.is_none() {
            self.code = Some((std::mem::take(&mut self.space), String::new()));
        }
    }

    pub(super) fn end_code(&mut self) {
        let Some((space_before, code)) = self.code.take() else {
            return;
        };
        let space_after = std::mem::replace(&mut self.space, space_before);
        if code.is_empty() {
            self.space |= space_after;
            return;
        }
        self.write_space();
        match self.inlines.last_mut() {
            // Two spans without a space between them would be read as one.
            Some(Inline::Code(before)) => before.push_str(&code),
            _ => self.inlines.push(Inline::Code(code)),
        }
        self.space = space_after;
    }

    /// Starts a link. Links in links and in code are ignored.
    pub(super) fn start_link(&mut self, to: &str) {
        if self.is_code() {
            return;
        }
        if let Some(link) = &mut self.link {
            link.nested += 1;
            return;
        }
        self.write_space();
        self.link = Some(Link {
            start: self.inlines.len(),
            address: address(to, self.links),
            nested: 0,
        });
        self.inlines.push(Inline::LinkStart);
    }

    pub(super) fn end_link(&mut self) {
        if self.is_code() {
            return;
        }
        match &mut self.link {
            Some(link) if link.nested > 0 => link.nested -= 1,
            _ => self.close_link(),
        }
    }

    fn close_link(&mut self) {
        let Some(Link { start, address, .. }) = self.link.take() else {
            return;
        };
        let is_empty = self.inlines.len() <= start + 1;
        match address.filter(|_| !is_empty) {
            Some(address) => self.inlines.push(Inline::LinkEnd(address)),
            None => self.remove_link(start),
        }
    }

    /// Removes the start of a link and joins the text around it.
    fn remove_link(&mut self, start: usize) {
        let within = self.inlines.split_off(start);
        for inline in within.into_iter().skip(1) {
            match (self.inlines.last_mut(), inline) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                (Some(Inline::Code(before)), Inline::Code(code)) => before.push_str(&code),
                (_, inline) => self.inlines.push(inline),
            }
        }
    }

    /// Ends the current paragraph, if there is one.
    pub(super) fn end_paragraph(&mut self) {
        self.end_code();
        self.close_link();
        self.space = false;
        let heading = self.heading.take();
        let mut inlines = std::mem::take(&mut self.inlines);
        if let Some(Inline::Text(text)) = inlines.last_mut() {
            text.truncate(text.trim_end().len());
            if text.is_empty() {
                inlines.pop();
            }
        }
        if !inlines.is_empty() {
            self.push(match heading {
                Some(level) => Content::Heading(level, inlines),
                None => Content::Paragraph(inlines),
            });
        }
    }

    pub(super) fn start_heading(&mut self, level: usize) {
        self.end_paragraph();
        self.heading = Some(level);
    }

    /// Appends a block of code.
    pub(super) fn code_block(&mut self, text: &str) {
        self.end_paragraph();
        let lines = text.split(['\n', '\r']).map(|line| {
            let line = line.replace('\t', "    ");
            line.replace(|c| !is_visible(c), "").trim_end().to_owned()
        });
        let mut lines: Vec<String> = lines.collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        let blank = lines.iter().take_while(|line| line.is_empty()).count();
        lines.drain(..blank);
        if !lines.is_empty() {
            self.push(Content::Code(lines));
        }
    }

    fn push(&mut self, content: Content) {
        let marks = std::mem::take(&mut self.marks);
        let column = match marks.first() {
            Some((column, _)) => *column,
            None => self.lists.last().map_or(0, |list| list.content),
        };
        self.blocks.push(Block {
            column,
            mark: marks.into_iter().map(|(_, mark)| mark).collect(),
            is_apart: std::mem::take(&mut self.is_apart),
            content,
        });
    }

    /// Starts a list, whose items are numbered from `first` if it is given.
    pub(super) fn start_list(&mut self, first: Option<u64>) {
        self.end_paragraph();
        if self.lists.len() >= MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        let column = self.lists.last().map_or(0, |list| list.content);
        // Only a list that begins with 1 can follow a paragraph without a blank line.
        self.is_apart |= first.is_some_and(|first| first != 1);
        self.lists.push(List {
            column,
            content: column,
            next: first.map(|first| first.min(MAX_NUMBER)),
        });
    }

    pub(super) fn end_list(&mut self) {
        self.end_paragraph();
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(list) = self.lists.pop() {
            self.marks.retain(|(column, _)| *column < list.column);
        }
    }

    /// Starts an item. An item outside a list starts a list.
    pub(super) fn start_item(&mut self) {
        self.end_paragraph();
        if self.lists.is_empty() {
            self.start_list(None);
        }
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let mark = match &mut list.next {
            Some(next) => {
                let mark = format!("{next}. ");
                *next = (*next + 1).min(MAX_NUMBER);
                mark
            }
            None => "- ".to_owned(),
        };
        list.content = list.column + mark.len();
        // An earlier item without content is left out.
        self.marks.retain(|(column, _)| *column < list.column);
        self.marks.push((list.column, mark));
    }

    pub(super) fn finish(mut self) -> Document {
        self.end_paragraph();
        Document {
            blocks: self.blocks,
        }
    }
}
