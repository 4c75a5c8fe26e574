//! An inventory of a large fleet: a table of all WorkSpaces, and their number by state.
//!
//! `cargo run --example inventory` lists an offline fleet of 500 WorkSpaces, `-- 100000` lists one of
//! that size, and `--features aws -- --aws` lists the WorkSpaces of your AWS account. While the output is
//! redirected, the program shows its progress on the terminal.

mod common;

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};

use workspaces_sdk::config::published_request_rate;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::Workspace;
use workspaces_sdk::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (arguments, on_aws) = common::arguments();
    let size = arguments
        .first()
        .map_or(Ok(500), |argument| argument.parse())?;
    let fake = Fake::builder()
        .directory("d-906700000a", [""; 0])
        .fleet("d-906700000a", if on_aws { 0 } else { size })
        .build();
    let client = common::client(&fake, on_aws).await;
    // The requests for many pages keep to the rate of the service.
    let config = client.config().to_builder();
    let client = Client::from_conf(config.request_rate(published_request_rate()).build());

    let mut out = BufWriter::new(io::stdout().lock());
    let by_state = list(&client, &mut out).await?;
    writeln!(out)?;
    for (state, count) in &by_state {
        writeln!(out, "{count:>8} {state}")?;
    }
    writeln!(out, "{:>8} in all", by_state.values().sum::<usize>())?;
    out.flush()?;
    Ok(())
}

/// Prints a row for each WorkSpace. Memory use does not depend on the size of the fleet, because only one
/// page is held at a time.
async fn list(client: &Client, out: &mut impl Write) -> Result<BTreeMap<String, usize>, Error> {
    let mut by_state = BTreeMap::new();
    let mut count = 0;
    let mut pages = client.describe_workspaces().into_paginator().send();
    let _ = writeln!(
        out,
        "{}",
        row(["WORKSPACE", "STATE", "MODE", "HARDWARE", "USER"])
    );
    while let Some(page) = pages.try_next().await? {
        for workspace in page.workspaces() {
            let _ = writeln!(out, "{}", row(cells(workspace)));
            let state = workspace.state().map_or("-", |state| state.as_str());
            *by_state.entry(state.to_owned()).or_default() += 1;
        }
        count += page.workspaces().len();
        progress(count);
    }
    progress(0);
    Ok(by_state)
}

fn cells(workspace: &Workspace) -> [&str; 5] {
    let properties = workspace.workspace_properties();
    let mode = properties.and_then(|it| it.running_mode());
    let hardware = properties.and_then(|it| it.compute_type_name());
    [
        workspace.workspace_id().unwrap_or("-"),
        workspace.state().map_or("-", |state| state.as_str()),
        mode.map_or("-", |mode| mode.as_str()),
        hardware.map_or("-", |hardware| hardware.as_str()),
        workspace.user_name().unwrap_or("-"),
    ]
}

fn row([id, state, mode, hardware, user]: [&str; 5]) -> String {
    format!("{id:<14} {state:<18} {mode:<10} {hardware:<14} {user}")
}

/// Shows the number of WorkSpaces so far on a terminal. 0 clears the line.
fn progress(count: usize) {
    let mut terminal = io::stderr();
    if terminal.is_terminal() && !io::stdout().is_terminal() {
        let message = if count > 0 {
            format!("{count} WorkSpaces")
        } else {
            String::new()
        };
        let _ = write!(terminal, "\r\x1b[K{message}");
    }
}
