//! What generated crates and the macros of this crate use, and programs do not.
//!
//! These items are not stable. They change together with the generator, and a generated crate works only with the version
//! of the runtime that it was generated for.

pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::future::pagination_stream::PaginationStream;
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
pub use aws_smithy_async::time::{SharedTimeSource, TimeSource};
pub use aws_smithy_runtime_api::box_error::BoxError;
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
pub use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
pub use aws_smithy_runtime_api::client::result::CreateUnhandledError;
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::client::waiters::FinalPoll;
pub use aws_smithy_runtime_api::client::waiters::error::WaiterError;
pub use aws_smithy_runtime_api::shared::IntoShared;
pub use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
pub use aws_smithy_types::date_time::Format;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::retry::RetryConfig;
pub use aws_smithy_types::timeout::TimeoutConfig;
pub use aws_types::SdkConfig;
pub use aws_types::app_name::AppName;
pub use aws_types::region::Region;
pub use aws_types::request_id::RequestId;
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;

pub use crate::builder::missing;
pub use crate::customize::{BoxFuture, CustomizableSend, Customization, SendResult};
pub use crate::endpoint::{
    Context, Endpoint, EndpointError, Params, Partition, functions, partition,
};
pub use crate::error::kind::{Kind, fmt_kind, meta_of, source_of};
pub use crate::error::modeled::{ModeledError, OperationError, error_name};
pub use crate::handle::Handle;
pub use crate::operation::{Compress, Operation, Output, Service, host_label};
pub use crate::pagination::{PagedItems, Paginated, items, pages};
pub use crate::protocol::{DeserializeModeledError, DeserializeOperationError};
pub use crate::request::Request;
pub use crate::required_members::MissingMembers;
pub use crate::service_metadata::ServiceMetadata;
pub use crate::settings::client::Settings;
pub use crate::waiter::{
    AcceptorState, Number, PollResult, Polled, Waiter, all, next_page, number, prepend, status,
    wait,
};

#[cfg(feature = "gzip")]
pub use crate::compression::gzip;
#[cfg(feature = "aws-json")]
pub use crate::protocol::{AwsJson1_0, AwsJson1_1};
#[cfg(feature = "test-util")]
pub use crate::settings::macros::test_util::apply_test_defaults;
#[cfg(all(feature = "test-util", feature = "default-https-client"))]
pub use crate::transport::proxy_for;

pub use crate::{
    __client as client, __config as config, __config_test_util as config_test_util,
    __customizable_operation as customizable_operation, __fluent_builder as fluent_builder,
    __input_setters as input_setters, __modeled_error as modeled_error,
    __operation_error as operation_error, __output as output, __paginator as paginator,
    __service_error as service_error, __setters as setters,
    __unknown_variant_error as unknown_variant_error, __waiter as waiter,
};

/// What `Debug` prints in place of a sensitive value.
pub const REDACTED: &str = "*** redacted ***";

/// The codec of JSON.
#[cfg(feature = "aws-json")]
pub mod json {
    pub use crate::codec::json::{
        Decode, DecodeError, Decoder, Encode, Encoder, decode, deserialize, encode, round_trip,
    };
    pub use crate::{
        __json_all_types as all_types, __json_choices as choices, __json_members as members,
        __json_string_enum as string_enum,
    };
}
