//! `cargo xtask serve` ends with the process that was called.

#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::{env, fs};

use tempfile::TempDir;

/// The command runs cargo, which runs the server, in its own process. A signal that ends it, even SIGKILL, leaves no server.
#[test]
fn the_server_is_the_process_that_was_called() {
    let folder = TempDir::new().unwrap();
    let cargo = folder.path().join("cargo");
    fs::write(&cargo, "#!/bin/sh\necho $$ \"$@\"\nexec sleep 60\n").unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_lean-aws"))
        .args(["serve", "--port", "0", "--fleet", "3"])
        .env("CARGO", &cargo)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut printed = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = printed.next().unwrap().unwrap();
    let expected = format!(
        "{} run --package workspaces-examples --example serve -- --port 0 --speed 60 --fleet 3",
        server.id()
    );
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(line, expected);
    // No process has the output open.
    assert!(printed.next().is_none());
}
