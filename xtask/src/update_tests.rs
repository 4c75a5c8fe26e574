//! Updates that fail or are killed at every step.

use codegen::Files;
use tempfile::TempDir;

use super::*;
use crate::disk::injected::{Fault, Injected};
use crate::files::{self, list, read_files};

fn tree(files: &[(&str, &str)]) -> Files {
    let files = files.iter();
    files
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn old() -> Files {
    tree(&[
        ("Cargo.toml", "old"),
        ("kept.rs", "same"),
        ("gone/deep/a.rs", "old a"),
        ("gone/b.rs", "old b"),
        ("src/lib.rs", "old lib"),
        ("becomes/a/folder", "old"),
    ])
}

fn new() -> Files {
    tree(&[
        ("Cargo.toml", "new"),
        ("kept.rs", "same"),
        ("src/lib.rs", "new lib"),
        ("src/types/x.rs", "new x"),
        ("becomes/a/folder/b.rs", "new b"),
    ])
}

/// Writes files without the code under test.
fn write(folder: &Path, files: &Files) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Updates a folder to files, with an injected fault. Returns the result and the number of steps.
fn run(folder: &Path, files: &Files, fault: Option<Fault>) -> (Result<()>, usize) {
    let injected = Injected {
        fault,
        ..Injected::default()
    };
    let folder = match Folder::open_on(folder, Disk { injected }) {
        Ok(folder) => folder,
        Err(error) => return (Err(error), 0),
    };
    let updated = files::compare(folder.path(), files)
        .and_then(|changes| files::apply(&folder, files, &changes));
    (updated, folder.disk.injected.steps.get())
}

fn folders(path: &Path) -> usize {
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap());
    let below = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    below.map(|entry| 1 + folders(&entry.path())).sum()
}

/// The number of steps of the update from `old` to `new`.
fn steps() -> usize {
    let folder = TempDir::new().unwrap();
    write(folder.path(), &old());
    let (updated, steps) = run(folder.path(), &new(), None);
    updated.unwrap();
    assert_eq!(read_files(folder.path()).unwrap(), new());
    assert_eq!(folders(folder.path()), 5, "empty folders are removed");
    steps
}

/// A run that is killed at any step is completed by the next one, or undone if the next one does not want to write.
#[test]
fn a_killed_update_is_completed_or_undone_by_the_next_run() {
    let steps = steps();
    assert!(steps > 30, "{steps}");
    for step in 0..steps {
        let folder = TempDir::new().unwrap();
        write(folder.path(), &old());
        let _ = run(folder.path(), &new(), Some(Fault::Killed(step)));
        let copy = TempDir::new().unwrap();
        copy_all(folder.path(), copy.path());

        // Opening undoes or finishes the update.
        drop(Folder::open(copy.path()).unwrap());
        let found = read_files(copy.path()).unwrap();
        assert!(found == old() || found == new(), "step {step}: {found:#?}");

        run(folder.path(), &new(), None).0.unwrap();
        assert_eq!(read_files(folder.path()).unwrap(), new(), "step {step}");
        assert_eq!(folders(folder.path()), 5, "step {step}");
    }
}

/// The run after a killed run can be killed as well.
#[test]
fn a_killed_recovery_is_repeated() {
    let steps = steps();
    for first in (0..steps).step_by(7) {
        for second in (0..steps).step_by(3) {
            let folder = TempDir::new().unwrap();
            write(folder.path(), &old());
            let _ = run(folder.path(), &new(), Some(Fault::Killed(first)));
            let _ = run(folder.path(), &new(), Some(Fault::Killed(second)));
            drop(Folder::open(folder.path()).unwrap());
            let found = read_files(folder.path()).unwrap();
            assert!(found == old() || found == new(), "{first}, {second}");
        }
    }
}

/// An update that fails at any step, as on a full disk, leaves the old files, and no others.
#[test]
fn a_failed_update_is_undone() {
    for step in 0..steps() {
        let folder = TempDir::new().unwrap();
        write(folder.path(), &old());
        let (updated, _) = run(folder.path(), &new(), Some(Fault::Fails(step)));
        match updated {
            Ok(()) => {
                // Only the cleaning failed.
                drop(Folder::open(folder.path()).unwrap());
                assert_eq!(read_files(folder.path()).unwrap(), new(), "step {step}");
            }
            Err(error) => {
                assert_eq!(read_files(folder.path()).unwrap(), old(), "step {step}");
                let shown = folder.path().display().to_string();
                let message = format!("{error:#}");
                assert!(
                    message.contains(&shown) && !message.contains(WORK),
                    "{message}"
                );
            }
        }
    }
}

/// A failed first run removes the folders that it created.
#[test]
fn a_failed_first_run_leaves_nothing() {
    let above = TempDir::new().unwrap();
    let folder = above.path().join("a/b");
    for step in 0..20 {
        let (updated, _) = run(&folder, &new(), Some(Fault::Fails(step)));
        updated.unwrap_err();
        assert_eq!(
            fs::read_dir(above.path()).unwrap().count(),
            0,
            "step {step}"
        );
    }
}

/// A folder that only has the name of the work folder is of the user.
#[test]
fn files_of_the_user_are_not_removed() {
    let folder = TempDir::new().unwrap();
    write(
        folder.path(),
        &tree(&[(".xtask-update/notes", "mine"), ("a.rs.new", "mine")]),
    );
    let (updated, _) = run(folder.path(), &new(), None);
    let error = updated.unwrap_err().to_string();
    assert!(error.contains("was not written by this command"), "{error}");
    assert!(
        folder.path().join(".xtask-update/notes").exists()
            && folder.path().join("a.rs.new").exists()
    );
}

/// Two runs at once do not mix: the second waits, and then finds the files of the first.
#[test]
fn runs_wait_for_each_other() {
    let folder = TempDir::new().unwrap();
    let first = Folder::open(folder.path()).unwrap();
    let path = folder.path().to_owned();
    let second = std::thread::spawn(move || {
        let folder = Folder::open(&path).unwrap();
        list(folder.path(), "").unwrap()
    });
    std::thread::sleep(std::time::Duration::from_millis(100));
    let files = new();
    let changes = files::compare(first.path(), &files).unwrap();
    files::apply(&first, &files, &changes).unwrap();
    assert!(!second.is_finished());
    drop(first);
    let found = second.join().unwrap();
    assert!(found.iter().eq(files.keys()), "{found:?}");
}

/// A run can wait for one that fails and removes the folder.
#[test]
fn a_folder_can_disappear_while_a_run_waits() {
    let above = TempDir::new().unwrap();
    let path = above.path().join("a");
    let first = Folder::open(&path).unwrap();
    let second = std::thread::spawn({
        let path = path.clone();
        move || run(&path, &new(), None).0
    });
    std::thread::sleep(std::time::Duration::from_millis(100));
    first.abandon();
    drop(first);
    second.join().unwrap().unwrap();
    assert_eq!(read_files(&path).unwrap(), new());
}

#[cfg(unix)]
#[test]
fn the_error_names_what_is_wrong_with_the_folder() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), &tree(&[("file", "")]));
    std::os::unix::fs::symlink("missing", folder.path().join("dangling")).unwrap();
    std::os::unix::fs::symlink("loop", folder.path().join("loop")).unwrap();
    for (name, expected) in [
        ("file", "is not a folder"),
        ("file/below", "cannot open"),
        ("dangling", "is a link to a folder that does not exist"),
        ("loop", "cannot open"),
    ] {
        let path = folder.path().join(name);
        let error = format!("{:#}", Folder::open(&path).unwrap_err());
        let shown = path.display().to_string();
        assert!(
            error.contains(&shown) && error.contains(expected),
            "{error}"
        );
    }
    assert!(Folder::open(Path::new("")).is_err());

    // A link to a folder stays a link.
    fs::create_dir(folder.path().join("real")).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("real", &link).unwrap();
    run(&link, &new(), None).0.unwrap();
    assert_eq!(read_files(&folder.path().join("real")).unwrap(), new());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

/// Copies a folder with everything in it.
fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let (entry, to) = entry
            .map(|it| (it.path(), to.join(it.file_name())))
            .unwrap();
        if entry.is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy_all(&entry, &to);
        } else {
            fs::copy(entry, to).unwrap();
        }
    }
}
