use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_runtime::env_config::file::EnvConfigFiles;
use aws_runtime::env_config::property::PropertiesKey;
use aws_runtime::env_config::section::EnvConfigSections;
use aws_runtime::env_config::source;
use aws_types::os_shim_internal::{Env, Fs};
use lean_aws_config::profile::profile_file::ProfileFiles;

/// A config file and a credentials file.
#[derive(Clone)]
pub struct Files {
    pub config: Vec<u8>,
    pub credentials: Vec<u8>,
    /// The selected profile.
    pub profile: &'static str,
}

impl fmt::Display for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let config = String::from_utf8_lossy(&self.config);
        let credentials = String::from_utf8_lossy(&self.credentials);
        let profile = self.profile;
        write!(
            f,
            "profile: {profile}\nconfig: {config:?}\ncredentials: {credentials:?}\n\n{config}\n-----\n{credentials}\n-----"
        )
    }
}

/// What a parser finds in the files.
#[derive(Debug, Eq, PartialEq)]
pub enum Outcome {
    /// A line is invalid.
    Invalid { credentials: bool, line: usize },
    Valid {
        /// The properties of profiles and SSO sessions, by the header of the section.
        sections: BTreeMap<String, BTreeMap<String, String>>,
        /// The nested properties of services in the section of the selected profile, by service and name.
        services: BTreeMap<(String, String), String>,
    },
}

impl Outcome {
    pub fn ours(files: &Files) -> Self {
        let (fs, env) = files.system();
        let default = ProfileFiles::default();
        let set = match ready(lean_aws_config::profile::load(&fs, &env, &default, None)) {
            Ok(set) => set,
            Err(error) => return Self::invalid(&error, "~/.aws/", ":"),
        };
        let mut sections = BTreeMap::new();
        for name in set.profiles() {
            let properties = set.get_profile(name).expect("a profile").properties();
            let properties = properties.map(|p| (p.key().to_owned(), p.value().to_owned()));
            sections.insert(format!("[{name}]"), properties.collect());
        }
        for name in set.sso_sessions() {
            let properties = set.sso_session(name).expect("a session").properties();
            let properties = properties.map(|p| (p.key().to_owned(), p.value().to_owned()));
            sections.insert(format!("[sso-session {name}]"), properties.collect());
        }
        let services = files.services(set.get("services").is_some(), |service, name| {
            Some(set.service_property(service, name)?.value().to_owned())
        });
        Self::Valid { sections, services }
    }

    pub fn official(files: &Files) -> Self {
        let (fs, env) = files.system();
        let source = ready(source::load(&env, &fs, &EnvConfigFiles::default()));
        let set = match EnvConfigSections::parse(source.expect("the default files are optional")) {
            Ok(set) => set,
            Err(error) => return Self::invalid(&error, "error parsing /home/.aws/", " on line "),
        };
        // The official crate lists no properties, but every name is in the files.
        let names = files.names(|line| line.split('=').take(1));
        let collect = |get: &dyn Fn(&str) -> Option<String>| {
            let names = names.iter().map(|name| name.to_ascii_lowercase());
            names
                .filter_map(|name| Some((name.clone(), get(&name)?)))
                .collect()
        };
        let mut sections = BTreeMap::new();
        for name in set.profiles() {
            let profile = set.get_profile(name).expect("a profile");
            let properties = collect(&|key| profile.get(key).map(str::to_owned));
            sections.insert(format!("[{name}]"), properties);
        }
        for name in set.sso_sessions() {
            let session = set.sso_session(name).expect("a session");
            let properties = collect(&|key| session.get(key).map(str::to_owned));
            sections.insert(format!("[sso-session {name}]"), properties);
        }
        let section = set.get("services");
        let services = files.services(section.is_some(), |service, name| {
            let key = PropertiesKey::builder()
                .section_key("services")
                .section_name(section?)
                .property_name(service)
                .sub_property_name(name)
                .build();
            set.other_sections().get(&key.ok()?).cloned()
        });
        Self::Valid { sections, services }
    }

    /// Reads the place of an invalid line from the messages of an error.
    fn invalid(error: &(dyn Error + 'static), prefix: &str, separator: &str) -> Self {
        let mut error = error;
        while !error.to_string().starts_with(prefix) {
            error = error.source().expect("an error with a place");
        }
        let message = error.to_string();
        let place = message.trim_start_matches(prefix).split_once(separator);
        let (file, line) = place.expect("a file and a line");
        let digits = line.find(|c: char| !c.is_ascii_digit());
        let line = line[..digits.unwrap_or(line.len())].parse();
        Self::Invalid {
            credentials: file == "credentials",
            line: line.expect("the number of a line"),
        }
    }
}

impl Files {
    fn system(&self) -> (Fs, Env) {
        let files = [
            ("/home/.aws/config", &self.config),
            ("/home/.aws/credentials", &self.credentials),
        ];
        let files = files.map(|(path, bytes)| (path.into(), bytes.clone()));
        let env = Env::from_slice(&[("HOME", "/home"), ("AWS_PROFILE", self.profile)]);
        (Fs::from_raw_map(HashMap::from(files)), env)
    }

    /// Returns what may be a name.
    fn names<'a, I>(&'a self, parts: impl Fn(&'a str) -> I) -> BTreeSet<&'a str>
    where
        I: Iterator<Item = &'a str>,
    {
        let text = [&self.config, &self.credentials];
        let text = text
            .into_iter()
            .filter_map(|text| str::from_utf8(text).ok());
        let lines = text.flat_map(|text| text.trim_start_matches('\u{feff}').lines());
        lines
            .flat_map(parts)
            .map(|name| name.trim_matches([' ', '\t']))
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// Looks up all nested properties of the section that the profile selects.
    ///
    /// A comment is no property, although the official crate returns it as one if it has an equals sign.
    fn services(
        &self,
        selected: bool,
        get: impl Fn(&str, &str) -> Option<String>,
    ) -> BTreeMap<(String, String), String> {
        let mut found = BTreeMap::new();
        if !selected {
            return found;
        }
        let services = self.names(|line| line.split('=').take(1));
        // The first nested property may be on the line of the service.
        let names = self.names(|line| line.split('=').take(2));
        for service in &services {
            let service = service.to_ascii_lowercase();
            for name in names.iter().filter(|name| !name.starts_with(['#', ';'])) {
                if let Some(value) = get(&service, name) {
                    found.insert((service.clone(), (*name).to_owned()), value);
                }
            }
        }
        found
    }
}

/// The in-memory file system never waits.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("it waits for nothing"),
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { .. } => writeln!(f, "error"),
            Self::Valid { sections, services } => {
                for (header, properties) in sections {
                    writeln!(f, "{header}")?;
                    for (name, value) in properties {
                        writeln!(f, "{header} {name} = {value:?}")?;
                    }
                }
                for ((service, name), value) in services {
                    writeln!(f, "{service}.{name} = {value:?}")?;
                }
                Ok(())
            }
        }
    }
}
