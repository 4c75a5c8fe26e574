use super::parse::{Parsed, Properties};
use super::read::FileContents;
use super::section::Section;
use super::{Place, Profile, ProfileSet, Property, SsoSession};

/// Adds the sections of a file, which override the ones of earlier files.
pub(super) fn merge(set: &mut ProfileSet, file: &FileContents, parsed: Parsed<'_>) {
    let Parsed {
        mut sections,
        ignored,
    } = parsed;
    if sections.contains_key(&Section::PROFILE_DEFAULT)
        && sections.remove(&Section::Default).is_some()
    {
        tracing::warn!(file = %file.name, "[default] is ignored, as there is also [profile default]");
    }
    for (section, properties) in sections {
        match section {
            Section::Default => profile(set, "default").extend(owned(file, properties)),
            Section::Profile(name) => profile(set, name).extend(owned(file, properties)),
            Section::SsoSession(name) => set
                .sso_sessions
                .entry(name.to_owned())
                .or_insert_with(|| SsoSession::new(name, Default::default()))
                .extend(owned(file, properties)),
            Section::Services(name) => merge_services(set, name, file, properties),
        }
    }
    set.files.push((file.name.clone(), file.unused.clone()));
    set.ignored.extend(ignored);
}

fn profile<'s>(set: &'s mut ProfileSet, name: &str) -> &'s mut Profile {
    set.profiles
        .entry(name.to_owned())
        .or_insert_with(|| Profile::new(name, Default::default()))
}

fn owned(file: &FileContents, properties: Properties<'_>) -> impl Iterator<Item = Property> {
    properties.into_iter().map(|(name, lines)| {
        let place = Place::new(&file.name, lines.number);
        Property::at(place, name.into_owned(), lines.join())
    })
}

/// Unlike the properties of profiles, those of services are merged one by one.
fn merge_services(
    set: &mut ProfileSet,
    section: &str,
    file: &FileContents,
    services: Properties<'_>,
) {
    let section = set.services.entry(section.to_owned()).or_default();
    for (service, lines) in services {
        let properties = section.entry(service.into_owned()).or_default();
        for (number, name, value) in lines.nested() {
            let place = Place::new(&file.name, number);
            let property = Property::at(place, name.to_owned(), value.to_owned());
            properties.insert(name.to_owned(), property);
        }
    }
}
