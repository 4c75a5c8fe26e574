//! Running a command for its output.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::process::{Command, Stdio};
use std::task::Poll;

use tokio::io::{AsyncRead, AsyncReadExt};

use super::error::Reason;

/// The maximum length of what a command prints, in bytes.
pub(super) const MAX_OUTPUT: usize = 64 * 1024;

/// The maximum length of the standard error in a message, in bytes.
const MAX_MESSAGE: usize = 512;

/// Runs a command and returns its standard output.
pub(super) async fn run(command: &str) -> Result<Vec<u8>, Reason> {
    let mut child = tokio::process::Command::from(shell(command))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(Reason::Start)?;
    let stdout = read_all(child.stdout.take());
    let stderr = read_beginning(child.stderr.take());
    // A command that writes much to one of them must not wait until the other one is read.
    let (stdout, message) = both(stdout, stderr).await?;
    let status = child.wait().await.map_err(Reason::Read)?;
    match status.success() {
        true => Ok(stdout),
        false => Err(Reason::Failed(status, message)),
    }
}

#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    shell
}

/// `cmd.exe` takes the rest of its command line as it is, without the quotes around it.
#[cfg(windows)]
fn shell(command: &str) -> Command {
    use std::os::windows::process::CommandExt;
    let mut shell = Command::new("cmd.exe");
    shell.arg("/C").raw_arg(format!("\"{command}\""));
    shell
}

/// Reads all output, unless there is too much.
async fn read_all(pipe: Option<impl AsyncRead + Unpin>) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        let limit = MAX_OUTPUT as u64 + 1;
        let mut pipe = pipe.take(limit);
        pipe.read_to_end(&mut bytes).await.map_err(Reason::Read)?;
    }
    match bytes.len() > MAX_OUTPUT {
        true => Err(Reason::TooMuchOutput),
        false => Ok(bytes),
    }
}

/// Reads the beginning of all output, as one line.
async fn read_beginning(pipe: Option<impl AsyncRead + Unpin>) -> Result<String, Reason> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        let mut beginning = (&mut pipe).take(MAX_MESSAGE as u64);
        let read = beginning.read_to_end(&mut bytes).await;
        read.map_err(Reason::Read)?;
        let rest = tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await;
        rest.map_err(Reason::Read)?;
    }
    let text = String::from_utf8_lossy(&bytes);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    Ok(words.join(" "))
}

/// Waits for both futures, or for the first error.
async fn both<A, B, E>(
    first: impl Future<Output = Result<A, E>>,
    second: impl Future<Output = Result<B, E>>,
) -> Result<(A, B), E> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut a, mut b) = (None, None);
    poll_fn(|cx| {
        if a.is_none()
            && let Poll::Ready(result) = first.as_mut().poll(cx)
        {
            a = Some(result?);
        }
        if b.is_none()
            && let Poll::Ready(result) = second.as_mut().poll(cx)
        {
            b = Some(result?);
        }
        match (a.take(), b.take()) {
            (Some(first), Some(second)) => Poll::Ready(Ok((first, second))),
            (first, second) => {
                (a, b) = (first, second);
                Poll::Pending
            }
        }
    })
    .await
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[tokio::test]
    async fn a_message_is_short_and_has_one_line() {
        let failed = run(r"printf 'a\n\033[31m\tb '; printf 'a\n\033[31m\tb ' >&2; exit 1").await;
        let Err(Reason::Failed(_, message)) = failed else {
            panic!("{failed:?}");
        };
        assert_eq!(message, "a [31m b");
        let failed = run("head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1").await;
        let Err(Reason::Failed(_, message)) = failed else {
            panic!("{failed:?}");
        };
        assert_eq!(message, "x".repeat(MAX_MESSAGE));
    }

    #[tokio::test]
    async fn a_canceled_command_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("id");
        let command = format!("echo $$ > {}; exec sleep 60", path.display());
        let running = tokio::spawn(async move { run(&command).await });
        let started = || std::fs::read_to_string(&path).is_ok_and(|id| id.ends_with('\n'));
        wait_until("it starts", started).await;
        let id = std::fs::read_to_string(&path).unwrap();
        running.abort();
        let ended = || {
            let kill = Command::new("kill").args(["-0", id.trim()]).output();
            !kill.unwrap().status.success()
        };
        wait_until("it ends", ended).await;
    }

    async fn wait_until(what: &str, condition: impl Fn() -> bool) {
        let start = Instant::now();
        while !condition() {
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "waiting until {what}"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    #[tokio::test]
    async fn much_of_both_outputs_is_read_at_the_same_time() {
        let command =
            "head -c 60000 /dev/zero; head -c 300000 /dev/zero >&2; head -c 60000 /dev/zero";
        assert!(matches!(run(command).await, Err(Reason::TooMuchOutput)));
        let command = "head -c 300000 /dev/zero >&2; head -c 65536 /dev/zero";
        assert_eq!(run(command).await.unwrap().len(), MAX_OUTPUT);
    }
}
