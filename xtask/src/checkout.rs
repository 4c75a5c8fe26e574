//! The checkout of the project that a command works on.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::model::OURS;

/// Returns the root of the checkout in which the command was called.
///
/// The program may have been built in another one: Cargo uses the same file for all checkouts that share a target folder.
///
/// # Errors
/// Returns an error outside of a checkout, and if the program was built in another one, whose generator may differ.
pub(crate) fn root() -> Result<PathBuf> {
    let root = find(env::var_os("CARGO_MANIFEST_DIR"), env::current_dir())?;
    check_build(&root, codegen::CHECKOUT)?;
    Ok(root)
}

/// Finds the root from the folder of this package, which Cargo passes to a program that it runs, or else from the current folder.
fn find(manifest_dir: Option<OsString>, current: io::Result<PathBuf>) -> Result<PathBuf> {
    let package = manifest_dir.map(PathBuf::from);
    if let Some(root) = package.as_deref().and_then(Path::parent)
        && is_root(root)
    {
        return Ok(root.to_owned());
    }
    let current = current.context("cannot find the current folder")?;
    let root = current.ancestors().find(|folder| is_root(folder));
    root.map(Path::to_owned).with_context(|| {
        format!(
            "this command works on a checkout of the project workspaces-sdk, and {} is not in one",
            current.display()
        )
    })
}

fn is_root(folder: &Path) -> bool {
    let package = folder.join("xtask/Cargo.toml");
    package.is_file() && folder.join("codegen").is_dir() && folder.join(OURS).is_dir()
}

/// Checks that the program was built in the checkout that it works on, if that is known.
fn check_build(root: &Path, built: Option<&str>) -> Result<()> {
    let Some(built) = built.map(Path::new) else {
        return Ok(());
    };
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if real(built) != real(root) {
        bail!(
            "this program was built in {}, and was called in {}; run it as `cargo xtask`, which builds it again",
            built.display(),
            root.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// The program works on the checkout in which it was called, wherever it was built.
    #[test]
    fn the_root_is_that_of_the_caller() {
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
        for clone in ["one", "other"] {
            for path in ["xtask/src", "codegen", OURS] {
                fs::create_dir_all(folder.join(clone).join(path)).unwrap();
            }
            fs::write(folder.join(clone).join("xtask/Cargo.toml"), "").unwrap();
        }
        let (one, other) = (folder.join("one"), folder.join("other"));
        let found = |package: Option<&Path>, current: &Path| {
            let package = package.map(|it| it.join("xtask").into_os_string());
            find(package, Ok(current.to_owned()))
        };
        // Cargo names the package. Without it, or if it is another project's, the current folder counts.
        assert_eq!(found(Some(&one), &other).unwrap(), one);
        assert_eq!(found(None, &other.join(OURS)).unwrap(), other);
        assert_eq!(found(Some(folder), &one.join("xtask/src")).unwrap(), one);
        let error = found(None, folder).unwrap_err().to_string();
        assert!(error.contains("is not in one"), "{error}");

        let built = one.to_str();
        assert!(check_build(&one, built).is_ok() && check_build(&one, None).is_ok());
        let error = check_build(&other, built).unwrap_err().to_string();
        assert!(error.contains("was built in"), "{error}");
    }

    /// Cargo builds the generator again for each checkout, because it depends on this variable of `.cargo/config.toml`.
    #[test]
    fn the_generator_is_of_this_checkout() {
        let root = root().unwrap();
        let config = fs::read_to_string(root.join(".cargo/config.toml")).unwrap();
        assert!(
            config.contains("LEAN_AWS_CHECKOUT = { value = \"\", relative = true, force = true }")
        );
    }
}
