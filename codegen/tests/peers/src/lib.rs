//! What the programs share.

/// The result of a program.
pub type Result = std::result::Result<(), Box<dyn std::error::Error>>;

/// Creates a client of `$sdk` for the server at `$PEER`.
#[macro_export]
macro_rules! client {
    ($sdk:ident) => {
        $sdk::Client::from_conf(
            $sdk::Config::builder()
                .behavior_version($sdk::config::BehaviorVersion::latest())
                .region($sdk::config::Region::new("us-east-1"))
                .endpoint_url(std::env::var("PEER").expect("run.py sets PEER"))
                .credentials_provider($sdk::config::Credentials::new(
                    "AKIDEXAMPLE",
                    "secret",
                    None,
                    None,
                    "peers",
                ))
                .build(),
        )
    };
}
