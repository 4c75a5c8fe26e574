use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::load_files;

/// The size of a large file. Small files are `FACTOR` times smaller.
const SIZE: usize = 100_000;
const FACTOR: usize = 16;

/// The shortest time that counts, as the clock is coarse.
const TICK: Duration = Duration::from_millis(20);

/// Returns the time for a number of files of a size.
async fn duration(first: &str, rest: &str, count: usize, size: usize) -> Duration {
    let config = format!("{first}{}", rest.repeat(size / rest.len()));
    let start = cpu_time();
    for _ in 0..count {
        // Whether the file is valid makes no difference here.
        let _ = load_files(&config, "").await;
    }
    cpu_time() - start
}

/// Returns the CPU time of this thread on Linux, and elsewhere the time since the first call.
fn cpu_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let schedule = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = schedule
        .split(' ')
        .next()
        .and_then(|time| time.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// A large file takes as long as small files with the same size in total. Quadratic time would be `FACTOR` times as long.
#[tokio::test]
async fn time_is_proportional_to_size() {
    for (first, rest) in [
        ("[default]\na = 1", "\n b"),
        ("[default]\na =", "\n b=c"),
        ("[default]", "\na = 1"),
        ("", "[default]\na = 1\n"),
        ("[default]\na = 1", "\n#"),
        ("[default]\na = 1", " # ;"),
        ("[default]\na = 1\n[x", "[x"),
        ("[default]\na = ", "1"),
        ("[default]\na = 1\n", "[ignored]\n"),
        ("[default]\na = 1\n", "b c = 1\n d\n"),
        ("[default]\na = 1\n[services s]", "\ns3=\n a=1"),
        ("[default]\na = 1\n[services s]\ns3 = ", "\n b=1"),
    ] {
        let small = duration(first, rest, FACTOR, SIZE / FACTOR).await;
        let large = duration(first, rest, 1, SIZE).await;
        assert!(
            large < 4 * small + TICK,
            "{first:?} {rest:?}: {large:?} is much more than {small:?}"
        );
    }
}

#[tokio::test]
async fn a_file_can_have_many_sections() {
    let many: String = (0..10_000)
        .map(|n| format!("[profile p{n}]\na{n} = {n}\n"))
        .collect();
    let set = load_files(&many, "").await.unwrap();
    assert_eq!(set.profiles().count(), 10_000);
    assert_eq!(set.get_profile("p7").and_then(|p| p.get("a7")), Some("7"));
}
