//! The files inside the program, so that it works without a checkout of the project. `build.rs` lists them.

use codegen::Files;
use codegen::package::CrateFiles;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The files of a crate of the project.
pub(crate) struct Embedded {
    manifest: &'static str,
    sources: &'static [(&'static str, &'static str)],
}

impl Embedded {
    pub(crate) fn files(&self) -> CrateFiles {
        let sources = self.sources.iter();
        let sources = sources.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        CrateFiles {
            manifest: self.manifest.to_owned(),
            sources: sources.collect(),
        }
    }
}

/// The licenses of generated crates, by their names.
pub(crate) fn licenses() -> Files {
    let files = [
        ("LICENSE-APACHE", LICENSE_APACHE),
        ("LICENSE-MIT", LICENSE_MIT),
    ];
    Files::from(files.map(|(name, text)| (name.to_owned(), text.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkout::root;
    use crate::files::read_files;

    /// The program has all files of the project, as they are.
    #[test]
    fn embedded_files_are_those_of_the_project() {
        let root = root().unwrap();
        for (embedded, folder) in [
            (RUNTIME, "workspaces-sdk/runtime"),
            (CONFIG, "workspaces-sdk/config"),
        ] {
            let folder = root.join(folder);
            let CrateFiles { manifest, sources } = embedded.files();
            let expected = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
            assert_eq!(manifest, expected);
            assert_eq!(sources, read_files(&folder.join("src")).unwrap());
            assert!(sources.len() > 40, "{}", folder.display());
        }
    }
}
