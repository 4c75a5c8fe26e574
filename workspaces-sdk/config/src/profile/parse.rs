//! The syntax of one file. The values are still parts of its text.

use std::borrow::Cow;
use std::collections::HashMap;

use super::error::Fault;
use super::property::to_lowercase;
use super::read::FileContents;
use super::section::{Ignored, SPACE, Section, is_name};
use super::{Place, ProfileParseError};

const COMMENT: [char; 2] = ['#', ';'];

/// The properties of a section, by their lowercase names.
pub(super) type Properties<'a> = HashMap<Cow<'a, str>, Lines<'a>>;

/// What a file contains.
#[derive(Debug, Default)]
pub(super) struct Parsed<'a> {
    pub(super) sections: HashMap<Section<'a>, Properties<'a>>,
    pub(super) ignored: Vec<Ignored>,
}

/// The value of a property, with the number of each line.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    pub(super) number: usize,
    pub(super) first: &'a str,
    /// The indented lines, without blank ones.
    pub(super) more: Vec<(usize, &'a str)>,
}

impl<'a> Lines<'a> {
    pub(super) fn join(&self) -> String {
        let more = self.more.iter().map(|(_, line)| line.len() + 1);
        let mut value = String::with_capacity(self.first.len() + more.sum::<usize>());
        value.push_str(self.first);
        for (_, line) in &self.more {
            value.push('\n');
            value.push_str(line);
        }
        value
    }

    /// Returns the nested properties in order, with their lines.
    pub(super) fn nested(&self) -> impl Iterator<Item = (usize, &'a str, &'a str)> {
        [(self.number, self.first)]
            .into_iter()
            .chain(self.more.iter().copied())
            .filter(|(_, line)| !line.starts_with(COMMENT))
            .filter_map(|(number, line)| {
                let (name, value) = line.split_once('=')?;
                Some((number, name.trim_matches(SPACE), value.trim_matches(SPACE)))
            })
    }
}

/// Parses a file.
pub(super) fn parse(file: &FileContents) -> Result<Parsed<'_>, ProfileParseError> {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let mut parser = Parser {
        file,
        parsed: Parsed::default(),
        current: None,
    };
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        parser
            .line(number, line)
            .map_err(|fault| ProfileParseError {
                place: Place::new(&file.name, number),
                kind: file.kind,
                fault,
            })?;
    }
    parser.end_section();
    Ok(parser.parsed)
}

struct Parser<'a> {
    file: &'a FileContents,
    parsed: Parsed<'a>,
    current: Option<Current<'a>>,
}

/// The section that is being read. Lines of an ignored section have to be valid as well.
#[derive(Default)]
struct Current<'a> {
    section: Option<Section<'a>>,
    properties: Properties<'a>,
    property: Option<(Cow<'a, str>, Lines<'a>)>,
}

impl<'a> Current<'a> {
    fn end_property(&mut self, file: &FileContents) {
        let Some((name, lines)) = self.property.take() else {
            return;
        };
        if is_name(&name) {
            self.properties.insert(name, lines);
        } else {
            let place = Place::new(&file.name, lines.number);
            tracing::warn!(%place, "a property is ignored, as its name has other characters than ASCII letters, digits and `_-/.%@:+`");
        }
    }
}

impl<'a> Parser<'a> {
    fn line(&mut self, number: usize, line: &'a str) -> Result<(), Fault> {
        let trimmed = line.trim_matches(SPACE);
        if trimmed.is_empty() || line.starts_with(COMMENT) {
            return Ok(());
        }
        if line.starts_with('[') {
            return self.header(number, line);
        }
        let indented = line.starts_with(SPACE);
        let Some(current) = &mut self.current else {
            return Err(if indented && trimmed.starts_with('[') {
                Fault::IndentedHeader
            } else {
                Fault::NoSection
            });
        };
        if !indented {
            current.end_property(self.file);
            let (name, first) = split_property(line).map_err(|what| match what {
                Missing::EqualsSign => Fault::NoEqualsSign,
                Missing::Name => Fault::NoName,
            })?;
            let more = Vec::new();
            let lines = Lines {
                number,
                first,
                more,
            };
            current.property = Some((to_lowercase(name), lines));
            return Ok(());
        }
        let Some((_, lines)) = &mut current.property else {
            return Err(if trimmed.starts_with('[') {
                Fault::IndentedHeader
            } else {
                Fault::NothingToContinue
            });
        };
        if lines.first.is_empty() && !trimmed.starts_with(COMMENT) {
            split_property(line).map_err(|what| match what {
                Missing::EqualsSign => Fault::NestedWithoutEqualsSign,
                Missing::Name => Fault::NestedWithoutName,
            })?;
        }
        lines.more.push((number, trimmed));
        Ok(())
    }

    fn header(&mut self, number: usize, line: &'a str) -> Result<(), Fault> {
        self.end_section();
        let line = strip_comment(line, false);
        let header = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
            .ok_or(if line.contains(']') {
                Fault::TextAfterHeader
            } else {
                Fault::UnclosedHeader
            })?;
        let section = match Section::from_header(header, self.file.kind) {
            Ok(section) => Some(section),
            Err(reason) => {
                let ignored = Ignored {
                    place: Place::new(&self.file.name, number),
                    header: header.trim_matches(SPACE).to_owned(),
                    reason,
                };
                tracing::warn!("{ignored}");
                self.parsed.ignored.push(ignored);
                None
            }
        };
        self.current = Some(Current {
            section,
            ..Current::default()
        });
        Ok(())
    }

    fn end_section(&mut self) {
        let Some(mut current) = self.current.take() else {
            return;
        };
        current.end_property(self.file);
        if let Some(section) = current.section {
            self.parsed
                .sections
                .entry(section)
                .or_default()
                .extend(current.properties);
        }
    }
}

/// What a line lacks to be a property.
enum Missing {
    EqualsSign,
    Name,
}

fn split_property(line: &str) -> Result<(&str, &str), Missing> {
    let line = strip_comment(line, true);
    let (name, value) = line.split_once('=').ok_or(Missing::EqualsSign)?;
    let name = name.trim_matches(SPACE);
    if name.is_empty() {
        return Err(Missing::Name);
    }
    Ok((name, value.trim_matches(SPACE)))
}

/// Removes the comment at the end of a line, and the spaces around the rest.
///
/// White space of any kind makes a comment of what follows, although only spaces and tabs are trimmed.
fn strip_comment(line: &str, needs_space: bool) -> &str {
    let line = line.trim_matches(SPACE);
    let mut after_space = !needs_space;
    let comment = line.find(|character: char| {
        let found = after_space && COMMENT.contains(&character);
        after_space = !needs_space || character.is_whitespace();
        found
    });
    comment
        .and_then(|start| line.get(..start))
        .unwrap_or(line)
        .trim_matches(SPACE)
}
