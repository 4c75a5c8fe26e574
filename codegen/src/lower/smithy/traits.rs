//! The traits and members of a shape, including those that mixins and `apply` add.

use std::collections::HashMap;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::{Lower, support};
use crate::diagnostic::{Expected, Fault, Item, Suggestion};
use crate::ir;
use crate::lower::find;
use crate::source::smithy::{Deprecated, Member, Shape};
use crate::source::{Entries, keys, wrong_type};
use crate::warning::{Warning, WarningKind};

/// The traits of a shape or member: the paths of their sources, and the traits. The last source of a trait applies.
pub(super) struct Traits<'a>(Vec<(String, &'a Entries<Value>)>);

/// A member of a structure, union or enum.
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    pub(super) path: String,
    pub(super) member: &'a Member,
    pub(super) traits: Traits<'a>,
}

impl<'a> Traits<'a> {
    pub(super) fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().flat_map(|(_, traits)| traits.names())
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.ids().any(|other| other == id)
    }

    pub(super) fn find(&self, id: &str) -> Option<(String, &'a Value)> {
        let mut places = self.0.iter().rev();
        places.find_map(|(path, traits)| Some((format!("{path}.{id}"), find(traits, id)?)))
    }
}

/// The maximum number of mixins of a shape, which bounds the time for long chains.
const MAX_MIXINS: usize = 32;

impl<'a> Lower<'a> {
    /// Returns a shape after its mixins. Mixins of mixins come first.
    pub(super) fn parts(&mut self, id: &'a str) -> Vec<(&'a str, &'a Shape)> {
        let (mut ids, mut at) = (vec![id], 0);
        while let Some(&id) = ids.get(at) {
            let mixins = self.shapes.get(id).map_or(&[][..], |shape| &shape.mixins);
            let mut new = Vec::new();
            let mut is_over = false;
            for (i, mixin) in mixins.iter().enumerate() {
                let (mixin, path) = (
                    mixin.target.as_str(),
                    format!("shapes.{id}.mixins[{i}].target"),
                );
                if ids.contains(&mixin) {
                    continue;
                }
                let Some(shape) = self.find(mixin, &path) else {
                    continue;
                };
                if find(&shape.traits, "smithy.api#mixin").is_none() {
                    let fault = Fault::wrong_type(mixin, shape.kind.as_str(), Expected::Mixin);
                    self.report.fault(path, fault);
                }
                new.push(mixin);
                is_over = ids.len() + new.len() > MAX_MIXINS;
                if is_over {
                    break;
                }
            }
            if new.is_empty() {
                at += 1;
            }
            ids.splice(at..at, new);
            if is_over {
                let fault = Fault::TooManyMixins(MAX_MIXINS);
                self.report.fault(format!("shapes.{id}.mixins"), fault);
                break;
            }
        }
        let shape = |id| Some((id, *self.shapes.get(id)?));
        ids.into_iter().filter_map(shape).collect()
    }

    /// Returns the traits of a shape.
    pub(super) fn traits_of(&mut self, id: &'a str) -> Traits<'a> {
        let mut traits = Vec::new();
        for (id, shape) in self.parts(id) {
            traits.push((format!("shapes.{id}.traits"), &shape.traits));
            traits.extend(self.applied(id));
        }
        self.check_traits(Traits(traits))
    }

    /// Returns the members of a shape.
    pub(super) fn members(&mut self, id: &'a str) -> Vec<Part<'a>> {
        let mut found: Vec<Part<'a>> = Vec::new();
        let mut indices: HashMap<&str, usize> = HashMap::new();
        let parts = self.parts(id);
        for (id, shape) in &parts {
            crate::lower::unique(
                &format!("shapes.{id}.members."),
                &shape.members,
                &mut self.report,
            );
            for (name, member) in shape.members.iter() {
                let path = format!("shapes.{id}.members.{name}");
                let traits = (format!("{path}.traits"), &member.traits);
                let index = *indices.entry(name).or_insert(found.len());
                match found.get_mut(index) {
                    Some(part) => part.traits.0.push(traits),
                    None => found.push(Part {
                        name,
                        path,
                        member,
                        traits: Traits(vec![traits]),
                    }),
                }
            }
        }
        for part in &mut found {
            for (id, _) in &parts {
                let applied = self.applied(&format!("{id}${}", part.name));
                part.traits.0.extend(applied);
            }
            part.traits = self.check_traits(Traits(std::mem::take(&mut part.traits.0)));
        }
        found
    }

    /// Returns the traits of the member of a list, or of the key or value of a map.
    pub(super) fn traits_of_element(&mut self, path: &str, member: &'a Member) -> Traits<'a> {
        self.check_traits(Traits(vec![(format!("{path}.traits"), &member.traits)]))
    }

    fn applied(&self, id: &str) -> Option<(String, &'a Entries<Value>)> {
        let traits = self.applied.get(id)?;
        Some((format!("shapes.{id}.traits"), traits))
    }

    /// Warns about unsupported traits, and reports misspelled traits of Smithy and flags with a value.
    fn check_traits(&mut self, traits: Traits<'a>) -> Traits<'a> {
        for (path, traits) in &traits.0 {
            if !self.checked.insert(path.clone()) {
                continue;
            }
            for id in traits.names() {
                if support::is_unsupported(id) {
                    let kind = WarningKind::Trait(id.to_owned());
                    self.warnings.insert(Warning::new(path, kind));
                }
                if support::is_flag(id) {
                    let flag = Traits(vec![(path.clone(), *traits)]);
                    let _: Option<Entries<IgnoredAny>> = self.get(&flag, id);
                }
                let (namespace, name) = id.split_once('#').unwrap_or(("smithy.api", id));
                let mut known = keys::PRELUDE_TRAITS.split_whitespace();
                if namespace != "smithy.api" || (id != name && known.any(|known| known == name)) {
                    continue;
                }
                let known = keys::PRELUDE_TRAITS.split_whitespace();
                if let Suggestion::Similar(known) = Suggestion::similar(name, known) {
                    let suggestion = Suggestion::Similar(format!("smithy.api#{known}"));
                    let fault = Fault::unknown(Item::Trait, id, suggestion);
                    self.report.fault(format!("{path}.{id}"), fault);
                }
            }
        }
        traits
    }

    /// Returns the value of a trait, if it is present. A value of a wrong type is reported.
    pub(super) fn get<T: DeserializeOwned>(&mut self, traits: &Traits<'a>, id: &str) -> Option<T> {
        let (path, value) = traits.find(id)?;
        serde_path_to_error::deserialize(value)
            .map_err(|error| {
                let path = match error.path().to_string().as_str() {
                    "." => path,
                    nested if nested.starts_with('[') => format!("{path}{nested}"),
                    nested => format!("{path}.{nested}"),
                };
                let message = error.into_inner().to_string();
                let fault = wrong_type(self.file, &path, &message, &mut self.locator);
                self.report.fault(fault.path, fault.fault);
            })
            .ok()
    }

    /// Returns the value of a trait that is a string, or an empty string if it is not present.
    pub(super) fn string_trait(&mut self, traits: &Traits<'a>, id: &str) -> String {
        self.get(traits, id).unwrap_or_default()
    }

    pub(super) fn deprecated(&mut self, traits: &Traits<'a>) -> Option<ir::Deprecated> {
        let id = "smithy.api#deprecated";
        let deprecated: Option<Deprecated> = self.get(traits, id);
        let message = deprecated.and_then(|deprecated| deprecated.message);
        traits
            .has(id)
            .then(|| ir::Deprecated(message.unwrap_or_default()))
    }
}
