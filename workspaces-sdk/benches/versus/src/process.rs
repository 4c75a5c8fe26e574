//! Runs a command and tells the CPU time and the memory that it and all its children took.

use std::env;
use std::ffi::{OsStr, OsString};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::sys::resource::{UsageWho, getrusage};
use nix::unistd::Pid;

/// Marks the runs of this program that only measure a command: the system has figures of a process for all
/// its children together, so each command needs a parent of its own.
const MEASURE: &str = "measure-this-command";

/// What a command took.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Seconds of CPU time, of the user and the system.
    pub cpu: f64,
    /// The most memory that one of its processes had, in MB.
    pub peak_mb: f64,
}

/// Runs a command to its end; what it prints is given back.
pub fn run(command: &[&OsStr]) -> Result<(Usage, String)> {
    let shown = command.join(OsStr::new(" ")).to_string_lossy().into_owned();
    let output = Command::new(env::current_exe()?)
        .arg(MEASURE)
        .args(command)
        .stderr(Stdio::piped())
        .output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{shown} failed:\n{errors}");
    let last = errors.lines().last().unwrap_or_default();
    let mut figures = last.split(' ').map(str::parse);
    let mut next = || Ok::<_, anyhow::Error>(figures.next().context("no figures")??);
    let usage = Usage {
        cpu: next()?,
        peak_mb: next()?,
    };
    Ok((usage, String::from_utf8(output.stdout)?))
}

/// Keeps this process and its children on one CPU.
///
/// A client and a server that take turns on one CPU are measured by their work. On two, each request
/// wakes a CPU that sleeps, which takes longer than the request, and the time is charged to whoever does it.
pub fn stay_on_one_cpu() -> Result<()> {
    let this = Pid::from_raw(0);
    let allowed = sched_getaffinity(this)?;
    let last = (0..CpuSet::count()).rfind(|cpu| allowed.is_set(*cpu).unwrap_or(false));
    let mut one = CpuSet::new();
    one.set(last.context("no CPU")?)?;
    Ok(sched_setaffinity(this, &one)?)
}

/// The command that this process is to measure, if it is for that.
pub fn to_be_measured() -> Option<Vec<OsString>> {
    let mut arguments = env::args_os().skip(1);
    (arguments.next()? == MEASURE).then(|| arguments.collect())
}

/// Runs a command and prints its figures as the last line of the errors.
pub fn measure_here(command: &[OsString]) -> Result<()> {
    let (program, arguments) = command.split_first().context("no command")?;
    let status = Command::new(program).args(arguments).status()?;
    ensure!(status.success(), "{status}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    eprintln!("{cpu} {}", usage.max_rss() as f64 / 1024.0);
    Ok(())
}
