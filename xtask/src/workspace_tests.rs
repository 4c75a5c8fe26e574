//! Replacing a crate: what of the user's stays, what needs `--force`, and what the error says.

use tempfile::TempDir;

use super::*;
use crate::files::read_files;
use crate::record::{Identity, RECORD};

/// The folder of a crate, removed on drop.
struct Crate(TempDir);

impl Crate {
    /// Writes the crate `a-sdk` of the service `A`, and one file and one folder of the user.
    fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        folder.replace("a-sdk", "A", "1", false).unwrap();
        folder.put("Cargo.lock", "lock");
        folder.put("target/debug/x", "built");
        folder.put("mine/notes", "notes");
        folder.put("a-sdk/tests/mine.rs", "test");
        folder
    }

    fn replace(&self, name: &str, service: &str, text: &str, force: bool) -> Result<()> {
        let files = [
            "Cargo.toml".to_owned(),
            "runtime/src/lib.rs".to_owned(),
            format!("{name}/Cargo.toml"),
            format!("{name}/src/lib.rs"),
            format!("{name}/src/generated/{}.rs", service.to_lowercase()),
        ];
        let files = files.map(|path| (path.clone(), format!("{path} {text}\n")));
        let mut files = Files::from(files);
        let identity = Identity::of_crate(name, service);
        let record = Record::new(identity, &files);
        files.insert(RECORD.to_owned(), record.to_text());
        write(&Folder::open(self.0.path())?, &record, &files, force).map(drop)
    }

    /// Replaces the crate by a newer one of the same name and service.
    fn renew(&self) -> Result<()> {
        self.replace("a-sdk", "A", "2", false)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn get(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.0.path().join(path)).ok()
    }

    fn contents(&self) -> Vec<(String, Option<String>)> {
        let paths = crate::files::list(self.0.path(), "").unwrap().into_iter();
        paths.map(|path| (path.clone(), self.get(&path))).collect()
    }

    /// Asserts that the crate is replaced only by force, and that the error names these things.
    fn needs_force(&self, named: &[&str]) {
        let before = self.contents();
        let error = format!("{:#}", self.renew().unwrap_err());
        for named in named.iter().chain(&["--force"]) {
            assert!(error.contains(named), "{named} is not in:\n{error}");
        }
        assert_eq!(self.contents(), before, "{error}");
        self.replace("a-sdk", "A", "2", true).unwrap();
        self.is_renewed();
    }

    fn is_renewed(&self) {
        for path in ["Cargo.toml", "runtime/src/lib.rs", "a-sdk/src/lib.rs"] {
            assert_eq!(self.get(path), Some(format!("{path} 2\n")));
        }
        for path in [
            "Cargo.lock",
            "target/debug/x",
            "mine/notes",
            "a-sdk/tests/mine.rs",
        ] {
            assert!(self.get(path).is_some(), "{path}");
        }
        assert!(self.renew().is_ok());
    }
}

#[test]
fn files_of_the_user_outside_of_src_stay() {
    let folder = Crate::new();
    folder.renew().unwrap();
    folder.is_renewed();
}

#[test]
fn changed_and_added_files_need_force() {
    for (path, kind) in [
        ("a-sdk/src/lib.rs", "changed"),
        ("a-sdk/Cargo.toml", "changed"),
        ("a-sdk/src/bin/tool.rs", "added"),
        ("runtime/src/more.rs", "added"),
        ("a-sdk/src/generated/a.rs/x", "in the way"),
    ] {
        let folder = Crate::new();
        let _ = fs::remove_file(folder.0.path().join("a-sdk/src/generated/a.rs"));
        folder.put(path, "mine");
        let path = path.trim_end_matches("/x");
        folder.needs_force(&[&format!(
            "{kind:<10}  {}/{path}\n",
            folder.0.path().display()
        )]);
        if kind == "added" {
            assert_eq!(folder.get(path), None);
        }
    }
}

/// A file that is already as the new crate has it is no loss.
#[test]
fn a_change_that_the_new_crate_has_as_well_needs_no_force() {
    let folder = Crate::new();
    folder.put("a-sdk/src/lib.rs", "a-sdk/src/lib.rs 2\n");
    folder.renew().unwrap();
    folder.is_renewed();
}

/// Git can convert the ends of lines.
#[test]
fn other_line_ends_need_no_force() {
    let folder = Crate::new();
    folder.put("a-sdk/src/lib.rs", "a-sdk/src/lib.rs 1\r\n");
    folder.renew().unwrap();
    folder.is_renewed();
}

#[test]
fn another_name_or_service_needs_force() {
    let folder = Crate::new();
    for (name, service) in [("b-sdk", "A"), ("a-sdk", "B")] {
        let error = folder.replace(name, service, "1", false).unwrap_err();
        let expected =
            format!("contains the crate a-sdk of A, not the crate {name} of {service}\n");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    let _ = fs::remove_file(folder.0.path().join("a-sdk/tests/mine.rs"));
    folder.replace("b-sdk", "B", "2", true).unwrap();
    assert!(folder.get("b-sdk/src/generated/b.rs").is_some());
    // The folder of the test is not of the command.
    let left: Vec<String> = read_files(&folder.0.path().join("a-sdk"))
        .unwrap()
        .into_keys()
        .collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(folder.get("target/debug/x").is_some());
}

#[test]
fn a_crate_without_its_manifest_is_recognized() {
    let folder = Crate::new();
    fs::remove_file(folder.0.path().join("Cargo.toml")).unwrap();
    fs::remove_dir_all(folder.0.path().join("runtime")).unwrap();
    folder.renew().unwrap();
    folder.is_renewed();
}

/// Without the record, nobody knows whether the files are as the command wrote them.
#[test]
fn a_crate_without_its_record_needs_force() {
    let folder = Crate::new();
    let mark = codegen::package::MARK;
    folder.put("Cargo.toml", mark);
    fs::remove_file(folder.0.path().join(RECORD)).unwrap();
    folder.needs_force(&["generated.sha256 is missing", "a-sdk/src/lib.rs"]);
}

#[test]
fn a_folder_that_is_not_of_the_command_is_refused() {
    let folder = Crate::new();
    fs::remove_file(folder.0.path().join("Cargo.toml")).unwrap();
    fs::remove_file(folder.0.path().join(RECORD)).unwrap();
    for force in [false, true] {
        let error = folder.replace("a-sdk", "A", "2", force).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("was not written by this command"),
            "{error}"
        );
    }
}

/// As on a new file system, or after `git init`.
#[test]
fn a_folder_with_a_repository_only_is_empty() {
    let folder = Crate::new();
    fs::remove_dir_all(folder.0.path()).unwrap();
    folder.put(".git/HEAD", "");
    fs::create_dir(folder.0.path().join("lost+found")).unwrap();
    folder.renew().unwrap();
    assert!(folder.get(".git/HEAD").is_some());
}

/// A folder of the crate that is a link leads to files that the command did not write.
#[cfg(unix)]
#[test]
fn a_link_in_the_way_needs_force() {
    let folder = Crate::new();
    let elsewhere = folder.0.path().join("mine/runtime");
    fs::rename(folder.0.path().join("runtime"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.0.path().join("runtime")).unwrap();
    folder.needs_force(&[&format!(
        "in the way  {}/runtime\n",
        folder.0.path().display()
    )]);
    assert_eq!(
        folder.get("mine/runtime/src/lib.rs").unwrap(),
        "runtime/src/lib.rs 1\n"
    );
}

/// What the crate had behind a link is not removed with the link.
#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_what_it_leads_to_stays() {
    let folder = Crate::new();
    let elsewhere = folder.0.path().join("mine/a-sdk");
    fs::rename(folder.0.path().join("a-sdk"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.0.path().join("a-sdk")).unwrap();
    // The crate of the other service has another file.
    folder.replace("a-sdk", "B", "2", true).unwrap();
    assert_eq!(
        folder.get("a-sdk/src/generated/b.rs").unwrap(),
        "a-sdk/src/generated/b.rs 2\n"
    );
    assert_eq!(folder.get("a-sdk/src/generated/a.rs"), None);
    assert_eq!(
        folder.get("mine/a-sdk/src/generated/a.rs").unwrap(),
        "a-sdk/src/generated/a.rs 1\n"
    );
}
