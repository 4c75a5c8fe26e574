use std::fmt;

use super::ProfileSet;

impl ProfileSet {
    /// Explains why there is no profile of this name: by a header that is not quite right, or by the files that were read.
    ///
    /// ```text
    /// profile "dev" is not defined: [dev] at ~/.aws/config:3 is ignored,
    /// as the header of a profile in a config file is [profile dev]
    /// ```
    pub fn missing_profile<'a>(&'a self, name: &'a str) -> impl fmt::Display + 'a {
        self.missing("profile", "profile", name)
    }

    /// Explains why there is no SSO session of this name, like [`missing_profile`](Self::missing_profile).
    pub fn missing_sso_session<'a>(&'a self, name: &'a str) -> impl fmt::Display + 'a {
        self.missing("SSO session", "sso-session", name)
    }

    pub(super) fn missing<'a>(
        &'a self,
        what: &'a str,
        prefix: &'a str,
        name: &'a str,
    ) -> Missing<'a> {
        Missing {
            set: self,
            what,
            prefix,
            name,
        }
    }
}

pub(super) struct Missing<'a> {
    set: &'a ProfileSet,
    what: &'a str,
    prefix: &'a str,
    name: &'a str,
}

impl fmt::Display for Missing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} \"{}\" is not defined", self.what, self.name)?;
        let mut ignored = self.set.ignored.iter();
        if let Some(ignored) = ignored.find(|section| section.is_meant_as(self.prefix, self.name)) {
            return write!(f, ": {ignored}");
        }
        let mut separator = " in ";
        for (file, _) in self.set.files.iter().filter(|(_, unused)| unused.is_none()) {
            write!(f, "{separator}{file}")?;
            separator = " or ";
        }
        let mut separator = ": ";
        for (file, unused) in &self.set.files {
            if let Some(why) = unused {
                write!(f, "{separator}{file} {why}")?;
                separator = ", ";
            }
        }
        Ok(())
    }
}
