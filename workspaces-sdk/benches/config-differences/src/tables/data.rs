//! The tables of the tests.

#[path = "../../../../config/tests/credentials/mod.rs"]
pub mod credentials;
#[path = "../../../../config/tests/metadata/mod.rs"]
pub mod metadata;
#[path = "../../../../config/tests/settings/mod.rs"]
pub mod settings;
