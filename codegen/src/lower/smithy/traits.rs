//! The traits and members of a shape, with what mixins and `apply` add to them.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Lower, support};
use crate::diagnostic::{Fault, Item, Suggestion};
use crate::ir;
use crate::locate::Locator;
use crate::lower::find;
use crate::source::smithy::{Deprecated, Member, Shape};
use crate::source::{Entries, keys, wrong_type};
use crate::warning::{Warning, WarningKind};

/// The traits of a shape or member: where they stand and what stands there. The later ones count.
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

    fn find(&self, id: &str) -> Option<(String, &'a Value)> {
        let mut places = self.0.iter().rev();
        places.find_map(|(path, traits)| Some((format!("{path}.{id}"), find(traits, id)?)))
    }
}

impl<'a> Lower<'a> {
    /// A shape behind its mixins, theirs before them.
    pub(super) fn parts(&mut self, id: &'a str) -> Vec<(&'a str, &'a Shape)> {
        let (mut ids, mut at) = (vec![id], 0);
        while let Some(&id) = ids.get(at) {
            let mixins = self.shapes.get(id).map_or(&[][..], |shape| &shape.mixins);
            let mut new = Vec::new();
            for (i, mixin) in mixins.iter().enumerate() {
                let (mixin, path) = (
                    mixin.target.as_str(),
                    format!("shapes.{id}.mixins[{i}].target"),
                );
                if !ids.contains(&mixin) && self.find(mixin, &path).is_some() {
                    new.push(mixin);
                }
            }
            if new.is_empty() {
                at += 1;
            }
            ids.splice(at..at, new);
        }
        let shape = |id| Some((id, *self.shapes.get(id)?));
        ids.into_iter().filter_map(shape).collect()
    }

    /// The traits of a shape.
    pub(super) fn traits_of(&mut self, id: &'a str) -> Traits<'a> {
        let mut traits = Vec::new();
        for (id, shape) in self.parts(id) {
            traits.push((format!("shapes.{id}.traits"), &shape.traits));
            traits.extend(self.applied(id));
        }
        self.known(Traits(traits))
    }

    /// The members of a shape.
    pub(super) fn members(&mut self, id: &'a str) -> Vec<Part<'a>> {
        let mut found: Vec<Part<'a>> = Vec::new();
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
                match found.iter_mut().find(|part| part.name == name) {
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
            part.traits = self.known(Traits(std::mem::take(&mut part.traits.0)));
        }
        found
    }

    /// The traits of the member of a list, or of the key or value of a map.
    pub(super) fn traits_of_element(&mut self, path: &str, member: &'a Member) -> Traits<'a> {
        self.known(Traits(vec![(format!("{path}.traits"), &member.traits)]))
    }

    fn applied(&self, id: &str) -> Option<(String, &'a Entries<Value>)> {
        let traits = self.applied.get(id)?;
        Some((format!("shapes.{id}.traits"), traits))
    }

    /// Warns about unsupported traits, and reports those that are spelled almost like one of Smithy's.
    fn known(&mut self, traits: Traits<'a>) -> Traits<'a> {
        for (path, traits) in &traits.0 {
            for id in traits.names() {
                if support::is_unsupported(id) {
                    let kind = WarningKind::Trait(id.to_owned());
                    self.warnings.insert(Warning::new(path, kind));
                }
                let (space, name) = id.split_once('#').unwrap_or(("smithy.api", id));
                let mut known = keys::PRELUDE_TRAITS.split_whitespace();
                if space != "smithy.api" || (id != name && known.any(|known| known == name)) {
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

    /// The value of a trait; none if it is not there, or is of a wrong type, which is reported.
    pub(super) fn get<T: DeserializeOwned>(&mut self, traits: &Traits<'a>, id: &str) -> Option<T> {
        let (path, value) = traits.find(id)?;
        serde_path_to_error::deserialize(value)
            .map_err(|error| {
                let path = match error.path().to_string().as_str() {
                    "." => path,
                    within if within.starts_with('[') => format!("{path}{within}"),
                    within => format!("{path}.{within}"),
                };
                let mut locator = Locator::new(&self.file.bytes);
                let fault = wrong_type(
                    self.file,
                    &path,
                    &error.into_inner().to_string(),
                    &mut locator,
                );
                self.report.fault(fault.path, fault.fault);
            })
            .ok()
    }

    /// The value of a trait that is a string; empty if it is not there.
    pub(super) fn text(&mut self, traits: &Traits<'a>, id: &str) -> String {
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
