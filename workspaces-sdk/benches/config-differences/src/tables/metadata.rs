//! The metadata services of EC2 and of containers, with a server that takes their part.

use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_runtime_api::shared::IntoShared;

use super::data::metadata::server::{Redirect, Server};
use super::data::metadata::{Case, Expected, containers, describe, imds, imds_endpoints};
use super::inputs::{Inputs, Side};
use super::{Outcome, Row};

pub fn rows() -> Vec<Row> {
    let tables = [
        ("container", containers::CASES),
        ("IMDS", imds::CASES),
        ("IMDS", imds_endpoints::CASES),
    ]
    .into_iter();
    let cases = tables.flat_map(|(source, cases)| cases.iter().map(move |case| (source, case)));
    let rows = cases.map(|(source, case)| Row {
        source,
        name: case.name,
        run: Box::new(move |side| Box::pin(run(source, case, side))),
    });
    rows.collect()
}

async fn run(source: &str, case: &'static Case, side: Side) -> Outcome {
    let server = Server::start(case.server).await;
    let mut inputs = Inputs {
        env: server.fill_in_all(case.env).into_iter().collect(),
        files: server.fill_in_all(case.files).into_iter().collect(),
        region: Some("us-east-1"),
        ..Inputs::default()
    };
    // The chain does not go on with IMDS.
    if source == "container" {
        let disabled = ("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned());
        inputs.env.extend([disabled]);
    }
    if !case.names_server() {
        inputs.http_client = Some(Redirect(server.address).into_shared());
    }
    let config = inputs.load(side).await;
    let provider = config.credentials_provider().expect("the default chain");
    let result = provider.provide_credentials().await;
    let (description, details) = describe(&result);
    let result = match (&result, &case.expected) {
        (Err(_), _) => description,
        // The time at which credentials expire may be random.
        (Ok(_), Expected::Credentials { seconds, .. })
            if details.parse().is_ok_and(|found| seconds.contains(&found)) =>
        {
            format!("{description} for {seconds:?} s")
        }
        (Ok(_), _) => format!("{description} for {details} s"),
    };
    Outcome {
        result,
        requests: server.take_requests(),
    }
}
