//! Tokens of IAM Identity Center and credentials of `aws login`, with files on the disk.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::token::ProvideToken;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_types::os_shim_internal::Fs;

use super::credentials::variables;
use super::data::credentials::case::{NOW, StoredCase};
use super::data::credentials::server::Server;
use super::data::credentials::{
    describe, describe_token, login, login_errors, sso, sso_errors, sso_files, sso_token,
};
use super::inputs::{Inputs, Side};
use super::{Outcome, Row};

/// A source, whether it provides a token, and its cases.
type Table = (&'static str, bool, &'static [StoredCase]);

const TABLES: [Table; 9] = [
    ("SSO", false, sso::CASES),
    ("SSO", false, sso_files::CASES),
    ("SSO", false, sso_errors::CASES),
    ("SSO", false, sso_errors::DIFFERENT_CASES),
    ("SSO token", true, sso_token::CASES),
    ("SSO token", true, sso_token::DIFFERENT_CASES),
    ("login", false, login::CASES),
    ("login", false, login_errors::CASES),
    ("login", false, login::DIFFERENT_CASES),
];

pub fn rows() -> Vec<Row> {
    let cases = TABLES.into_iter().flat_map(|(source, is_token, cases)| {
        cases.iter().map(move |case| (source, is_token, case))
    });
    let rows = cases.map(|(source, is_token, case)| Row {
        source,
        name: case.case.name,
        run: Box::new(move |side| Box::pin(run(case, is_token, side))),
    });
    rows.collect()
}

async fn run(stored: &'static StoredCase, is_token: bool, side: Side) -> Outcome {
    let home = Home::new();
    let path = home.0.to_str().expect("a path");
    let case = &stored.case;
    let server = Server::start(case.server).await;
    let files = case.files.iter();
    let files: HashMap<_, _> = files
        .map(|(name, text)| {
            (
                PathBuf::from(name.replacen('~', path, 1)),
                (*text).to_owned(),
            )
        })
        .collect();
    for (name, contents) in &files {
        fs::create_dir_all(name.parent().expect("a folder")).expect("a new folder");
        fs::write(name, contents).expect("a new file");
    }
    if let Some(folder) = stored.removed {
        server.remove(PathBuf::from(folder.replacen('~', path, 1)));
    }
    let now = UNIX_EPOCH + Duration::from_secs(NOW);
    let inputs = Inputs {
        env: variables(case, &server, path),
        fs: Some(Fs::real()),
        time: SharedTimeSource::new(StaticTimeSource::new(now)),
        region: Some("us-east-1"),
        ..Inputs::default()
    };
    let config = inputs.load(side).await;
    let (description, is_error) = match is_token {
        true => {
            let provider = config.token_provider().expect("the default chain");
            let result = provider.provide_token().await;
            (describe_token(&result), result.is_err())
        }
        false => {
            let provider = config.credentials_provider().expect("the default chain");
            let result = provider.provide_credentials().await;
            (describe(&result), result.is_err())
        }
    };
    let description = match description.split_once(':') {
        Some((kind, _)) if is_error => kind.to_owned(),
        _ => description,
    };
    let mut requests = server.requests();
    for (name, before) in &files {
        match fs::read_to_string(name) {
            Ok(after) if after != *before => requests.push(format!("stores {after}")),
            _ => (),
        }
    }
    Outcome {
        result: description,
        requests,
    }
}

/// A home directory, which is removed when this is dropped.
struct Home(PathBuf);

impl Home {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);

        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("config-differences-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(Path::new(&name));
        fs::create_dir_all(&folder).expect("a new folder");
        Self(folder)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A folder that is left in the folder for temporary files does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}
