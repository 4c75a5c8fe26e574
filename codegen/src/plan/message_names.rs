//! Diagnostics for the names of members in messages: each is valid in its place, and belongs to one member.

use std::collections::BTreeMap;

use super::binding::{form_name, wire};
use crate::diagnostic::{NameFault, Report};
use crate::ir::{ANY_ROOT, Location, Member, Protocol, Service, Shape, ShapeKind, XmlNamespace};
use crate::visible::is_visible;

/// Reports each name that XML does not allow, and each name that two members of a structure or union have in one place.
pub(super) fn check(service: &Service, report: &mut Report) {
    for shape in service.shapes.values() {
        check_unique(service, shape, report);
        if service.protocol.has_xml() {
            check_xml(service, shape, report);
        }
    }
}

/// The place of a member in a message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Body,
    Form,
    Header,
    HeaderPrefix,
    Query,
    Label,
}

/// Returns the names of a member in messages, with their places. Those that have no name have none.
fn names(service: &Service, member: &Member) -> Vec<(Place, String)> {
    let bound = match &member.binding.location {
        Location::Header(name) => Some((Place::Header, name.to_ascii_lowercase())),
        Location::PrefixHeaders(prefix) => Some((Place::HeaderPrefix, prefix.to_ascii_lowercase())),
        Location::Query(name) => Some((Place::Query, name.clone())),
        Location::Label(name) => Some((Place::Label, name.clone())),
        Location::Body => None,
        Location::QueryParams
        | Location::Endpoint
        | Location::Payload
        | Location::RootElement
        | Location::StatusCode => return Vec::new(),
    };
    match bound {
        Some(bound) if service.protocol.has_bindings() => vec![bound],
        _ => {
            let form = form_name(service, member).map(|name| (Place::Form, name));
            let body = (Place::Body, wire(service, member));
            form.into_iter().chain([body]).collect()
        }
    }
}

fn check_unique(service: &Service, shape: &Shape, report: &mut Report) {
    let is_structure = matches!(shape.kind, ShapeKind::Structure(_));
    let is_shared = |place| match place {
        // A member can take the place of an older one with the same element, such as in Amazon S3.
        Place::Body => service.protocol == Protocol::RestXml && is_structure,
        // Several members can read one header of a response.
        Place::Header | Place::HeaderPrefix => !shape.direction.input,
        _ => false,
    };
    let mut seen = BTreeMap::new();
    for member in shape.kind.members() {
        for (place, name) in names(service, member) {
            if is_shared(place) {
                continue;
            }
            let other = seen.insert((place, name.clone()), &member.model_name);
            // A member that occurs twice has been reported.
            if let Some(other) = other.filter(|other| **other != member.model_name) {
                let names = [other, &member.model_name].map(String::clone);
                report.fault(&member.path, NameFault::SameInMessage { names, name });
            }
        }
    }
}

fn check_xml(service: &Service, shape: &Shape, report: &mut Report) {
    let mut check = |path: &str, name: &str| {
        // A name with invisible characters has been reported.
        if !is_xml_name(name) && name.chars().all(is_visible) {
            report.fault(path, NameFault::NotXml(name.to_owned()));
        }
    };
    let prefix = |namespace: &Option<XmlNamespace>| namespace.as_ref()?.prefix.clone();
    for member in shape.kind.members() {
        for (_, name) in names(service, member) {
            if member.binding.location == Location::Body {
                check(&member.path, &name);
            }
        }
        if let Some(prefix) = prefix(&member.binding.xml_namespace) {
            check(&member.path, &prefix);
        }
    }
    let xml = &shape.xml;
    let prefixes = [&xml.namespace, &xml.element_namespace, &xml.key_namespace].map(prefix);
    let name = xml.name.clone().filter(|name| name != ANY_ROOT);
    let names = [&name, &xml.element, &xml.key, &xml.value];
    for name in names.into_iter().chain(&prefixes).flatten() {
        check(&shape.path, name);
    }
}

/// Whether a text is the name of an element or an attribute, with or without a prefix such as that of `xml:lang`.
///
/// Source: [Namespaces in XML 1.0](https://www.w3.org/TR/xml-names/#ns-qualnames). Of the letters outside of ASCII, it allows those
/// that Unicode calls alphabetic.
fn is_xml_name(text: &str) -> bool {
    let is_part = |part: &str| {
        let mut rest = part.chars();
        rest.next()
            .is_some_and(|first| first.is_alphabetic() || first == '_')
            && rest.all(|c| c.is_alphanumeric() || "-_.".contains(c))
    };
    match text.split_once(':') {
        Some((prefix, name)) => is_part(prefix) && is_part(name),
        None => is_part(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_xml() {
        for name in ["a", "_", "Tag.Set-1", "xml:lang", "x1", "Größe"] {
            assert!(is_xml_name(name), "{name}");
        }
        for name in [
            "", "1a", "-a", ".", "a b", "a>", "<a", "a/", "a\"", "a&b", ":a", "a:", "a:b:c", "a:1",
            "a\n",
        ] {
            assert!(!is_xml_name(name), "{name}");
        }
    }
}
