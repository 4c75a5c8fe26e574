//! The files inside the program, so that it works without a checkout of the project. `build.rs` lists them.

use anyhow::Result;
use codegen::Files;
use codegen::package::CrateFiles;

use crate::inherited;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The files of a crate of the project.
pub(crate) struct Embedded {
    manifest: &'static str,
    sources: &'static [(&'static str, &'static str)],
}

impl Embedded {
    /// The files, with a manifest that depends on no workspace but for the metadata of packages.
    ///
    /// # Errors
    /// When a manifest is not valid.
    pub(crate) fn files(&self) -> Result<CrateFiles> {
        let sources = self.sources.iter();
        let sources = sources.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Ok(CrateFiles {
            manifest: inherited::resolve(self.manifest, WORKSPACE)?,
            sources: sources.collect(),
        })
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
            let CrateFiles { manifest, sources } = embedded.files().unwrap();
            let expected = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
            assert_eq!(embedded.manifest, expected);
            let (dependencies, _of_tests) = manifest.split_once("[dev-dependencies]").unwrap();
            let (_, dependencies) = dependencies.split_once("[dependencies]").unwrap();
            assert!(!dependencies.contains("workspace"), "{dependencies}");
            assert_eq!(sources, read_files(&folder.join("src")).unwrap());
            assert!(sources.len() > 40, "{}", folder.display());
        }
    }
}
