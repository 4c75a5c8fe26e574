//! Runs a command and measures the CPU time and memory of it and all its child processes.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::sys::resource::{UsageWho, getrusage};
use nix::unistd::Pid;

/// The argument with which this program runs itself to measure a single command. The system reports resource usage for all
/// children of a process together, so each command needs a separate parent process.
const MEASURE: &str = "measure-this-command";

/// The resources that a command used.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// User and system CPU time, in seconds.
    pub cpu: f64,
    /// The time from start to end, in seconds.
    pub time: f64,
    /// The peak memory of its largest process, in MB.
    pub peak_mb: f64,
}

/// Runs a command, and returns its resource usage and its standard output.
pub fn run(command: &[&OsStr]) -> Result<(Usage, String)> {
    run_in(Path::new("."), command)
}

/// The same, in a folder.
pub fn run_in(folder: &Path, command: &[&OsStr]) -> Result<(Usage, String)> {
    let shown = command.join(OsStr::new(" ")).to_string_lossy().into_owned();
    let output = Command::new(env::current_exe()?)
        .arg(MEASURE)
        .args(command)
        .current_dir(folder)
        // The builds are those of a user's machine, with Cargo's defaults.
        .env_remove("CARGO_INCREMENTAL")
        .env_remove("CARGO_TARGET_DIR")
        .stderr(Stdio::piped())
        .output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{shown} failed:\n{errors}");
    let last = errors.lines().last().unwrap_or_default();
    let mut figures = last.split(' ').map(str::parse);
    let mut next = || Ok::<_, anyhow::Error>(figures.next().context("no figures")??);
    let usage = Usage {
        cpu: next()?,
        time: next()?,
        peak_mb: next()?,
    };
    Ok((usage, String::from_utf8(output.stdout)?))
}

/// Keeps this process and its children on one CPU.
///
/// With two CPUs, each request would wake an idle CPU. This takes longer than the request itself, and the process that wakes
/// the CPU is charged for it.
pub fn stay_on_one_cpu() -> Result<()> {
    let this = Pid::from_raw(0);
    let allowed = sched_getaffinity(this)?;
    let last = (0..CpuSet::count()).rfind(|cpu| allowed.is_set(*cpu).unwrap_or(false));
    let mut one = CpuSet::new();
    one.set(last.context("no CPU")?)?;
    Ok(sched_setaffinity(this, &one)?)
}

/// The command to measure, if this process was started by [`run`].
pub fn to_be_measured() -> Option<Vec<OsString>> {
    let mut arguments = env::args_os().skip(1);
    (arguments.next()? == MEASURE).then(|| arguments.collect())
}

/// Runs a command and prints its resource usage as the last line on standard error.
pub fn measure_here(command: &[OsString]) -> Result<()> {
    let (program, arguments) = command.split_first().context("no command")?;
    let start = Instant::now();
    let status = Command::new(program).args(arguments).status()?;
    let time = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{status}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    eprintln!("{cpu} {time} {}", usage.max_rss() as f64 / 1024.0);
    Ok(())
}
