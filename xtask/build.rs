//! Lists the files that the program contains: the crates that it copies, the licenses, and the partitions of AWS.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The crates that the program copies, and the functions that return their files.
const CRATES: [(&str, &str); 2] = [
    ("RUNTIME", "workspaces-sdk/runtime"),
    ("CONFIG", "workspaces-sdk/config"),
];

/// Other files, by their constants.
const FILES: [(&str, &str); 3] = [
    ("LICENSE_APACHE", "LICENSE-APACHE"),
    ("LICENSE_MIT", "LICENSE-MIT"),
    ("PARTITIONS", "models/partitions.json"),
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("..");
    let mut source = String::new();
    for (name, folder) in CRATES {
        let folder = root.join(folder);
        let manifest = literal(&folder.join("Cargo.toml"))?;
        let mut files = Vec::new();
        list(&folder.join("src"), "", &mut files)?;
        files.sort();
        let _ = writeln!(
            source,
            "pub(crate) const {name}: Embedded = Embedded {{ manifest: include_str!({manifest}), sources: &["
        );
        for (path, file) in files {
            let _ = writeln!(source, "({path:?}, include_str!({})),", literal(&file)?);
        }
        source.push_str("] };\n");
        println!("cargo::rerun-if-changed={}", folder.join("src").display());
    }
    for (name, path) in FILES {
        let file = literal(&root.join(path))?;
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
