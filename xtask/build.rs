//! Lists the files that the program contains: the crates that it copies, the licenses, and the partitions of AWS.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The crates that the program copies: their constants, and their folders in a checkout and in the folder `embedded`.
const CRATES: [(&str, &str, &str); 2] = [
    ("RUNTIME", "workspaces-sdk/runtime", "runtime"),
    ("CONFIG", "workspaces-sdk/config", "config"),
];

/// Other files in the same way.
const FILES: [(&str, &str, &str); 4] = [
    ("WORKSPACE", "Cargo.toml", "workspace.toml"),
    ("LICENSE_APACHE", "LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE_MIT", "LICENSE-MIT", "LICENSE-MIT"),
    ("PARTITIONS", "models/partitions.json", "partitions.json"),
];

fn main() -> io::Result<()> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut source = String::new();
    for (name, in_checkout, in_package) in CRATES {
        // Cargo packs no folder with a `Cargo.toml`.
        let manifest = format!("{in_checkout}/Cargo.toml");
        let manifest = find(&package, &manifest, &format!("{in_package}/manifest.toml"));
        let manifest = literal(&manifest)?;
        let folder = find(
            &package,
            &format!("{in_checkout}/src"),
            &format!("{in_package}/src"),
        );
        let mut files = Vec::new();
        list(&folder, "", &mut files)?;
        files.sort();
        let _ = writeln!(
            source,
            "pub(crate) const {name}: Embedded = Embedded {{ manifest: include_str!({manifest}), sources: &["
        );
        for (path, file) in files {
            let _ = writeln!(source, "({path:?}, include_str!({})),", literal(&file)?);
        }
        source.push_str("] };\n");
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    for (name, in_checkout, in_package) in FILES {
        let file = literal(&find(&package, in_checkout, in_package))?;
        let _ = writeln!(
            source,
            "pub(crate) const {name}: &str = include_str!({file});"
        );
    }
    println!("cargo::rerun-if-changed=build.rs");
    // Checkouts that share a target folder have different files.
    println!("cargo::rerun-if-env-changed=LEAN_AWS_CHECKOUT");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("embedded.rs"), source)
}

/// Returns the path of a file or folder: in the checkout of the project, or in the package, where the folder `embedded` has copies. In
/// the checkout, these are links, which not all systems support.
fn find(package: &Path, in_checkout: &str, in_package: &str) -> PathBuf {
    let path = package.join("..").join(in_checkout);
    match package.join("../workspaces-sdk").exists() {
        true => path,
        false => package.join("embedded").join(in_package),
    }
}

/// The path of a file as a literal of Rust.
fn literal(path: &Path) -> io::Result<String> {
    Ok(format!("{:?}", path.canonicalize()?))
}

/// Lists the files below a folder with their relative paths, which are separated by `/`.
fn list(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.push((path, entry.path()));
        }
    }
    Ok(())
}
