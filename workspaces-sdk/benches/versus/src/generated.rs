//! Our clients that are generated for the comparison.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;

/// The client of EC2 has the operations of the program; that of the other services has all.
const EC2_OPERATIONS: &str =
    "CreateTags,DescribeAvailabilityZones,DescribeInstances,StartInstances,StopInstances";

/// The SDK with four services, without the line that names the models.
const FOUR_SERVICES: &str = r#"
[services.dynamodb]
package = "aws-sdk-dynamodb"

[services.s3]
package = "aws-sdk-s3"

[services.sts]
package = "aws-sdk-sts"

[services.workspaces]
package = "aws-sdk-workspaces"
protocol = "json"

[config]
"#;

/// Generates the clients of a program from the folder with the models of botocore.
pub fn generate(name: &str, models: Option<&Path>) -> Result<()> {
    let out = std::env::current_dir()?.join("target/clients").join(name);
    let models = || {
        let models = models.context("this row needs --models")?;
        Ok::<PathBuf, anyhow::Error>(fs::canonicalize(models)?)
    };
    match name {
        "ec2" => client(
            "aws-sdk-ec2",
            &models()?.join("ec2"),
            &out,
            &["--operations", EC2_OPERATIONS],
        ),
        "s3" => client("aws-sdk-s3", &models()?.join("s3"), &out, &[]),
        "cbor" => {
            let model = fs::canonicalize("../../../models/workspaces/2015-04-08")?;
            client(
                "aws-sdk-workspaces",
                &model,
                &out,
                &["--protocol", "smithy-rpc-v2-cbor"],
            )
        }
        "four" => {
            fs::create_dir_all(&out)?;
            let file = out.join("sdk.toml");
            let models = serde_json::to_string(&models()?)?;
            fs::write(&file, format!("models = {models}\n{FOUR_SERVICES}"))?;
            xtask(&[OsStr::new("sdk"), file.as_os_str()])
        }
        _ => Ok(()),
    }
}

fn client(package: &str, model: &Path, out: &Path, arguments: &[&str]) -> Result<()> {
    let command = ["codegen", "--name", package, "--model"].map(OsStr::new);
    let paths = [model.as_os_str(), OsStr::new("--out"), out.as_os_str()];
    let arguments: Vec<_> = arguments.iter().map(OsStr::new).collect();
    xtask(&[&command[..], &paths, &arguments].concat())
}

fn xtask(arguments: &[&OsStr]) -> Result<()> {
    let command = ["cargo", "xtask"].map(OsStr::new);
    let command = [&command[..], arguments].concat();
    eprintln!("ours: {}", command.join(OsStr::new(" ")).to_string_lossy());
    process::run_in(Path::new("../../.."), &command)?;
    Ok(())
}
