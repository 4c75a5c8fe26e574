use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::section::Ignored;
use super::{Profile, Property, SsoSession};

/// All profiles and other sections of the shared files.
///
/// Two sets are equal if they have the same properties, wherever these are defined.
#[derive(Clone, Debug)]
pub struct ProfileSet {
    pub(super) selected_profile: Cow<'static, str>,
    pub(super) profiles: HashMap<String, Profile>,
    pub(super) sso_sessions: HashMap<String, SsoSession>,
    /// By section, service and property.
    pub(super) services: HashMap<String, HashMap<String, HashMap<String, Property>>>,
    /// The files by name, and why one is not used.
    pub(super) files: Vec<(Arc<str>, Option<String>)>,
    pub(super) ignored: Vec<Ignored>,
}

impl ProfileSet {
    /// Creates a set without sections.
    pub(super) fn select(selected_profile: Cow<'static, str>) -> Self {
        Self {
            selected_profile,
            profiles: HashMap::new(),
            sso_sessions: HashMap::new(),
            services: HashMap::new(),
            files: Vec::new(),
            ignored: Vec::new(),
        }
    }

    /// Returns the value of a property of the selected profile. The name is not case-sensitive.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.property(key).map(Property::value)
    }

    /// Returns a property of the selected profile, with the place where it is defined. The name is not case-sensitive.
    pub fn property(&self, key: &str) -> Option<&Property> {
        self.get_profile(&self.selected_profile)?.property(key)
    }

    /// Returns a nested property of a service from the section that `services` of the selected profile names.
    ///
    /// `service_id` is the ID from the model of the service, such as `WorkSpaces Web`. The file has it in lowercase, with underscores
    /// instead of spaces. Hyphens are accepted as well, as the official SDK for Rust reads them. `key` is case-sensitive.
    pub fn service_property(&self, service_id: &str, key: &str) -> Option<&Property> {
        let services = self.services.get(self.get("services")?)?;
        let service_id = service_id.to_lowercase();
        ["_", "-"]
            .iter()
            .find_map(|space| services.get(&service_id.replace(' ', space))?.get(key))
    }

    /// Returns a profile.
    pub fn get_profile(&self, profile_name: &str) -> Option<&Profile> {
        self.profiles.get(profile_name)
    }

    /// Returns the name of the selected profile, which need not exist.
    pub fn selected_profile(&self) -> &str {
        &self.selected_profile
    }

    /// Returns whether there are no profiles.
    pub fn is_empty(&self) -> bool {
        self.profiles.is_empty()
    }

    /// Returns the names of all profiles, in no particular order.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// Returns the names of all SSO sessions, in no particular order.
    pub fn sso_sessions(&self) -> impl Iterator<Item = &str> {
        self.sso_sessions.keys().map(String::as_str)
    }

    /// Returns an SSO session.
    pub fn sso_session(&self, name: &str) -> Option<&SsoSession> {
        self.sso_sessions.get(name)
    }
}

impl Default for ProfileSet {
    /// Returns a set without profiles, in which `default` is selected.
    fn default() -> Self {
        Self::select(Cow::Borrowed("default"))
    }
}

impl PartialEq for ProfileSet {
    fn eq(&self, other: &Self) -> bool {
        self.selected_profile == other.selected_profile
            && self.profiles == other.profiles
            && self.sso_sessions == other.sso_sessions
            && self.services == other.services
    }
}

impl Eq for ProfileSet {}
