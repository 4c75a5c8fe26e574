//! Sample values: strings and numbers that satisfy the constraints of a shape.

use heck::{ToKebabCase, ToSnakeCase};
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Number;

use crate::ir::Constraints;

/// The length of a run of characters if the pattern allows several; many identifiers have it.
const RUN: u32 = 9;

/// The maximum length of a string in an example.
const MAX_LENGTH: usize = 100;

/// The characters of runs. Each character of a run is the next of these that the pattern allows.
const CHARACTERS: &str = "1a2b3c4d5e6f7a8b9c0d";

/// Returns a string for a member with this name: the name itself if it is valid, or else a match of the pattern.
pub(super) fn string(constraints: &Constraints, name: &str) -> String {
    let kebab = name.to_kebab_case();
    let pattern = constraints.pattern.as_deref();
    let pattern = pattern.and_then(|pattern| regex_syntax::parse(pattern).ok());
    let fits = |string: &String| length(constraints).contains(&string.len());
    let Some(pattern) = pattern else {
        let (least, most) = length(constraints).into_inner();
        let mut string: String = kebab.chars().take(most).collect();
        string.extend(
            CHARACTERS
                .chars()
                .cycle()
                .take(least.saturating_sub(string.len()).min(MAX_LENGTH)),
        );
        return string;
    };
    let names = [kebab.clone(), name.to_snake_case(), kebab.replace('-', "")];
    let from_name = names
        .into_iter()
        .find(|name| fits(name) && matches(&pattern, name));
    // Runs of the default length, or of a length that the bounds require.
    let least = constraints
        .min
        .as_ref()
        .and_then(Number::as_u64)
        .and_then(|it| u32::try_from(it).ok());
    let runs = [RUN, 1, least.unwrap_or(1)];
    let generated = || {
        runs.into_iter()
            .filter_map(|run| generate(&pattern, run))
            .find(fits)
    };
    from_name.or_else(generated).unwrap_or(kebab)
}

/// Returns the smallest allowed integer that is at least 1.
pub(super) fn integer(constraints: &Constraints) -> i64 {
    let (min, max) = (bound(&constraints.min), bound(&constraints.max));
    min.unwrap_or(1).max(1).min(max.unwrap_or(i64::MAX))
}

/// Returns the smallest allowed number that is at least 1.
pub(super) fn number(constraints: &Constraints) -> f64 {
    let bound = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
    let min = bound(&constraints.min).unwrap_or(1.0).max(1.0);
    min.min(bound(&constraints.max).unwrap_or(f64::MAX))
}

fn bound(bound: &Option<Number>) -> Option<i64> {
    bound.as_ref().and_then(Number::as_i64)
}

fn length(constraints: &Constraints) -> std::ops::RangeInclusive<usize> {
    let bound = |it| bound(it).and_then(|it| usize::try_from(it).ok());
    bound(&constraints.min).unwrap_or(1)..=bound(&constraints.max).unwrap_or(MAX_LENGTH)
}

/// Whether a pattern that consists of character classes matches a string. A pattern with literals or
/// alternatives counts as not matching.
fn matches(pattern: &Hir, string: &str) -> bool {
    let bounds = pattern.properties();
    let min = bounds.minimum_len().unwrap_or_default();
    let max = bounds.maximum_len().unwrap_or(usize::MAX);
    (min..=max).contains(&string.len()) && string.chars().all(|c| everywhere(pattern, c))
}

/// Whether every class of the pattern contains the character.
fn everywhere(pattern: &Hir, c: char) -> bool {
    match pattern.kind() {
        HirKind::Class(class) => has(class, c),
        HirKind::Repetition(repetition) => everywhere(&repetition.sub, c),
        HirKind::Capture(capture) => everywhere(&capture.sub, c),
        HirKind::Concat(parts) => parts.iter().all(|part| everywhere(part, c)),
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(_) | HirKind::Alternation(_) => false,
    }
}

fn has(class: &Class, c: char) -> bool {
    match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .any(|it| (it.start()..=it.end()).contains(&c)),
        Class::Bytes(class) => {
            let c = u8::try_from(c);
            c.is_ok_and(|c| {
                class
                    .ranges()
                    .iter()
                    .any(|it| (it.start()..=it.end()).contains(&c))
            })
        }
    }
}

/// Generates a string that matches the pattern, with runs of this length. Returns `None` if it would be too long.
fn generate(pattern: &Hir, run: u32) -> Option<String> {
    let mut string = String::new();
    add(
        pattern,
        run,
        &mut string,
        &mut CHARACTERS.chars().cycle(),
        &mut (MAX_LENGTH * 10),
    )?;
    Some(string)
}

fn add(
    pattern: &Hir,
    run: u32,
    string: &mut String,
    characters: &mut (impl Iterator<Item = char> + Clone),
    steps: &mut usize,
) -> Option<()> {
    *steps = steps.checked_sub(1)?;
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => string.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => {
            let usual = characters
                .by_ref()
                .take(CHARACTERS.len())
                .find(|c| has(class, *c));
            string.push(usual.or_else(|| ('!'..='~').find(|c| has(class, *c)))?);
        }
        HirKind::Repetition(repetition) => {
            let max = repetition.max.unwrap_or(u32::MAX);
            let times = match (repetition.sub.kind(), repetition.min) {
                (_, 0) => 0,
                (HirKind::Class(_), min) => run.clamp(min, max),
                (_, min) => min,
            };
            for _ in 0..times {
                add(&repetition.sub, run, string, characters, steps)?;
            }
        }
        HirKind::Capture(capture) => add(&capture.sub, run, string, characters, steps)?,
        HirKind::Concat(parts) => {
            for part in parts {
                add(part, run, string, characters, steps)?;
            }
        }
        HirKind::Alternation(choices) => add(choices.first()?, run, string, characters, steps)?,
    }
    (string.len() <= MAX_LENGTH).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str, min: Option<u64>, max: Option<u64>, name: &str) -> String {
        let constraints = Constraints {
            min: min.map(Number::from),
            max: max.map(Number::from),
            pattern: (!pattern.is_empty()).then(|| pattern.to_owned()),
        };
        string(&constraints, name)
    }

    #[test]
    fn strings() {
        for (pattern, min, max, name, string) in [
            ("", None, None, "GroupName", "group-name"),
            ("", None, Some(5), "GroupName", "group"),
            ("", Some(12), None, "GroupName", "group-name1a"),
            (
                "^ws-[0-9a-z]{8,63}$",
                None,
                None,
                "WorkspaceId",
                "ws-1a2b3c4d5",
            ),
            (
                "^(d-[0-9a-f]{8,63}$)|(x-[0-9]{8}$)",
                Some(10),
                Some(65),
                "Id",
                "d-1a2b3c4d5",
            ),
            (r"^\d{12}$", None, None, "Account", "123456789012"),
            (
                "[a-f0-9]{4}-[a-f0-9]{4}",
                Some(9),
                Some(9),
                "Id",
                "1a2b-3c4d",
            ),
            (
                "^[a-zA-Z0-9_./() -]+$",
                Some(1),
                Some(64),
                "ImageName",
                "image-name",
            ),
            ("^[a-z]+$", None, None, "ImageName", "imagename"),
            (r"^https?\://\S+", None, None, "Url", "http://1a2b3c4d5"),
            ("^x{5000}$", None, None, "Id", "id"),
            ("(?=x)[", None, None, "Id", "id"),
        ] {
            assert_eq!(of(pattern, min, max, name), string, "{pattern}");
        }
    }

    #[test]
    fn integers() {
        for (min, max, number) in [
            (None, None, 1),
            (Some(0), None, 1),
            (Some(5), None, 5),
            (None, Some(0), 0),
        ] {
            let constraints = Constraints {
                min: min.map(|it: u64| it.into()),
                max: max.map(|it: u64| it.into()),
                pattern: None,
            };
            assert_eq!(integer(&constraints), number);
        }
    }
}
