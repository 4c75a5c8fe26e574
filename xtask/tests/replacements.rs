//! Replaces a crate again and again, while each run is killed or starved of disk space at a random moment. After each, a complete
//! crate is there, the old or the new one, after at most one more run.
//!
//! A normal test run makes a few replacements. For more, and for full disks, which need the permission to mount:
//!
//! ```sh
//! XTASK_REPLACEMENTS=1000 cargo test -p lean-aws --test replacements -- --nocapture
//! ```

#![cfg(unix)]
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant, SystemTime};

use std::{env, fs, thread};
use tempfile::TempDir;

/// The operations of the two crates that replace each other.
const CRATES: [&str; 2] = ["DescribeTags", "DescribeIpGroups,CreateTags,DeleteTags"];

/// The number of replacements in a normal test run.
const REPLACEMENTS: usize = 3;

/// The size of the file system that is filled up, in bytes.
const DISK: u64 = 3 * 1024 * 1024;

/// What happens to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// It is killed at any moment.
    Killed,
    /// It is killed while it writes.
    KilledWriting,
    /// It is killed by writing a file beyond a limit.
    FileLimit,
    /// The file system becomes full.
    DiskFull,
    /// The file system is nearly full, and the run is killed while it writes.
    DiskFullAndKilled,
}

/// The contents of all files of a folder, by path.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

#[test]
fn a_replacement_that_fails_at_any_moment_loses_nothing() {
    let long: Option<usize> = env::var("XTASK_REPLACEMENTS")
        .ok()
        .map(|it| it.parse().unwrap());
    let count = long.unwrap_or(REPLACEMENTS);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let mut random = Random(now.unwrap().as_nanos() as u64);
    println!("seed {}", random.0);

    let scratch = Scratch::new(long.is_some());
    let start = Instant::now();
    let expected = [0, 1].map(|which| {
        let folder = scratch.folder.path().join(format!("expected-{which}"));
        assert!(generate(&folder, which).status().unwrap().success());
        add_files_of_the_user(&folder);
        read(&folder)
    });
    let duration = start.elapsed() / 2;

    let mut events = vec![Event::Killed, Event::KilledWriting, Event::FileLimit];
    if scratch.disk.is_some() {
        events.extend([
            Event::DiskFull,
            Event::DiskFullAndKilled,
            Event::KilledWriting,
        ]);
    }
    let mut counts: BTreeMap<Event, [usize; 4]> = BTreeMap::new();
    let mut current = BTreeMap::new();
    for number in 0..count {
        let event = events[number % events.len()];
        let is_on_disk = matches!(event, Event::DiskFull | Event::DiskFullAndKilled);
        let folder = match &scratch.disk {
            Some(disk) if is_on_disk => disk.join("crate"),
            _ => scratch.folder.path().join("crate"),
        };
        let old = *current.entry(folder.clone()).or_insert_with(|| {
            assert!(generate(&folder, 0).status().unwrap().success());
            add_files_of_the_user(&folder);
            0
        });
        let new = 1 - old;
        let status = interrupted_run(event, &folder, new, duration, &mut random);
        let counts = counts.entry(event).or_default();
        counts[0] += 1;
        counts[1] += usize::from(!status.success());

        let outcome = |when: &str| {
            let found = read(&folder);
            let complete = (0..2).find(|which| found == expected[*which]);
            complete.unwrap_or_else(|| {
                let difference = difference(&found, &expected[new]);
                panic!("{number}, {event:?}: not complete {when}; other than the new crate: {difference:?}")
            })
        };
        if event == Event::DiskFull {
            // The run itself restores the old crate, and removes its temporary files.
            let found = outcome("after a full disk");
            assert_eq!(found, if status.success() { new } else { old }, "{number}");
        } else if read(&folder) != expected[old] && read(&folder) != expected[new] {
            counts[2] += 1;
        }
        if random.below(2) == 0 {
            // A run that does not get as far as writing restores the crate as well.
            let mut faulty = generate(&folder, new);
            let status = faulty.arg("--operations=NoSuchOperation").status();
            assert!(!status.unwrap().success());
            counts[3] += 1;
            outcome("after a faulty run");
        }
        let again = generate(&folder, new).status().unwrap();
        assert!(again.success(), "{number}, {event:?}");
        assert_eq!(outcome("after one more run"), new, "{number}, {event:?}");
        current.insert(folder, new);
    }
    for (event, [runs, failed, incomplete, faulty]) in counts {
        println!(
            "{event:?}: {runs} runs, {failed} of them failed or were killed, {incomplete} left a crate that the next run completed, {faulty} were followed by a faulty run"
        );
    }
}

/// Starts a run that replaces the crate, and disturbs it.
fn interrupted_run(
    event: Event,
    folder: &Path,
    new: usize,
    duration: Duration,
    random: &mut Random,
) -> ExitStatus {
    let ballast = folder.parent().unwrap().join("ballast");
    if matches!(event, Event::DiskFull | Event::DiskFullAndKilled) {
        fill(&ballast, random.below(DISK / 10));
    }
    let status = match event {
        Event::DiskFull => generate(folder, new).status().unwrap(),
        Event::FileLimit => {
            let run = generate(folder, new);
            // In blocks of 512 bytes. The largest file has about 60.
            let script = format!(
                "ulimit -c 0; ulimit -f {}; exec \"$0\" \"$@\"",
                random.below(80)
            );
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(script).arg(run.get_program());
            shell
                .args(run.get_args())
                .env_clear()
                .envs(environment(&run));
            quiet(&mut shell).status().unwrap()
        }
        Event::Killed => kill_after(generate(folder, new), random.up_to(duration * 5 / 4)),
        Event::KilledWriting | Event::DiskFullAndKilled => {
            let mut run = generate(folder, new).spawn().unwrap();
            let is_running = |run: &mut std::process::Child| run.try_wait().unwrap().is_none();
            while !folder.join(".xtask-update").exists() && is_running(&mut run) {
                thread::sleep(Duration::from_micros(200));
            }
            // Writing takes a few milliseconds in memory, and half a second on a busy disk.
            let limit = Duration::from_millis(1 << random.below(8));
            thread::sleep(random.up_to(limit));
            let _ = run.kill();
            run.wait().unwrap()
        }
    };
    let _ = fs::remove_file(ballast);
    status
}

fn kill_after(mut run: Command, delay: Duration) -> ExitStatus {
    let mut run = run.spawn().unwrap();
    thread::sleep(delay);
    let _ = run.kill();
    run.wait().unwrap()
}

/// Fills a file system, except for about this many bytes.
fn fill(ballast: &Path, free: u64) {
    let mut size = DISK;
    // A full file system truncates the file.
    let _ = fs::write(ballast, vec![1; size as usize]);
    size = fs::metadata(ballast).unwrap().len();
    let file = fs::File::options().write(true).open(ballast).unwrap();
    file.set_len(size.saturating_sub(free)).unwrap();
}

fn generate(folder: &Path, which: usize) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lean-aws"));
    // Cargo names the package at run time, and calls tests in its folder.
    let package = env::current_dir().unwrap();
    command.current_dir(package.parent().unwrap());
    command
        .args(["codegen", "--model", "models/workspaces", "--out"])
        .arg(folder);
    command.args(["--operations", CRATES[which]]);
    quiet(&mut command);
    command
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null())
}

/// The variables of this process, with those that are set for a command.
fn environment(command: &Command) -> Vec<(std::ffi::OsString, std::ffi::OsString)> {
    let set = command.get_envs();
    let set = set.filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
    env::vars_os().chain(set).collect()
}

fn add_files_of_the_user(folder: &Path) {
    for path in [
        "Cargo.lock",
        "target/debug/x",
        "workspaces-sdk/tests/mine.rs",
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "mine").unwrap();
    }
}

/// The paths at which two trees differ.
fn difference<'a>(one: &'a Tree, other: &'a Tree) -> Vec<&'a PathBuf> {
    let paths = one.keys().chain(other.keys());
    let mut paths: Vec<_> = paths
        .filter(|path| one.get(*path) != other.get(*path))
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

fn read(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let below = read(&path);
            let name = PathBuf::from(path.file_name().unwrap());
            // A folder counts as well, since an empty one may be left.
            tree.insert(name.clone(), Vec::new());
            tree.extend(below.into_iter().map(|(path, it)| (name.join(path), it)));
        } else {
            tree.insert(path.file_name().unwrap().into(), fs::read(&path).unwrap());
        }
    }
    tree
}

/// A folder, with a small file system in it if this process may mount one. Both are removed on drop.
struct Scratch {
    folder: TempDir,
    disk: Option<PathBuf>,
}

impl Scratch {
    fn new(mounts: bool) -> Self {
        let folder = TempDir::new().unwrap();
        let disk = folder.path().join("disk");
        fs::create_dir(&disk).unwrap();
        let size = format!("size={DISK}");
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &size, "xtask-test"])
            .arg(&disk);
        let is_mounted = mounts && quiet(&mut mount).status().is_ok_and(|it| it.success());
        if mounts && !is_mounted {
            println!("cannot mount a file system: no run has a full disk");
        }
        Self {
            folder,
            disk: is_mounted.then_some(disk),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(disk) = &self.disk {
            let _ = Command::new("umount").arg(disk).status();
        }
    }
}

/// A generator of random numbers: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit.max(1)
    }

    fn up_to(&mut self, limit: Duration) -> Duration {
        Duration::from_micros(self.below(limit.as_micros() as u64))
    }
}
