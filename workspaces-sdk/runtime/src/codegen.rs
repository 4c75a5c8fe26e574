//! What generated crates and the macros of this crate use, and programs do not.
//!
//! These items are not stable. They change together with the generator, and a generated crate works only with the version
//! of the runtime that it was generated for.

pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::future::pagination_stream::PaginationStream;
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
pub use aws_smithy_async::time::{SharedTimeSource, TimeSource};
pub use aws_smithy_runtime_api::box_error::BoxError;
pub use aws_smithy_runtime_api::client::auth::{
    AuthScheme as SignScheme, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture,
    ResolveAuthSchemeOptions, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, ResolveEndpoint};
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
pub use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
pub use aws_smithy_runtime_api::client::interceptors::context as interceptors;
pub use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
pub use aws_smithy_runtime_api::client::result::CreateUnhandledError;
pub use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, SharedRetryClassifier,
};
pub use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::client::waiters::FinalPoll;
pub use aws_smithy_runtime_api::client::waiters::error::WaiterError;
pub use aws_smithy_runtime_api::shared::IntoShared;
pub use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
pub use aws_smithy_types::date_time::Format;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind, RetryConfig};
pub use aws_smithy_types::timeout::TimeoutConfig;
pub use aws_types::SdkConfig;
pub use aws_types::app_name::AppName;
pub use aws_types::region::Region;
pub use aws_types::request_id::RequestId;
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;

pub use crate::auth::{AuthParams, AuthScheme, CustomAuth, auth_options};
pub use crate::batch::{
    Batch, BatchError, BatchFailure, BatchOutcome, Batched, BatchedIds, ListField, Settled,
    changed, created, listed,
};
pub use crate::customize::{BoxFuture, CustomizableSend, Customization, SendResult};
pub use crate::endpoint::{
    Context, CustomEndpoint, Endpoint, EndpointError, InvalidParameter, Parameter, Params,
    Partition, endpoint_values, follow_rules, functions, parameter_name, partition,
};
pub use crate::enumeration::UnknownVariantValue;
pub use crate::error::kind::{Kind, fmt_kind, meta_of, source_of};
pub use crate::error::modeled::{Message, ModeledError, OperationError, error_name};
pub use crate::handle::Handle;
pub use crate::hex::push_hex;
pub use crate::interceptor::Extensions;
pub use crate::operation::{
    Compress, ContentMd5, EndpointParams, Operation, Output, ProtocolOf, Service, host_label,
    set_default, trim_prefix,
};
pub use crate::pagination::{PagePosition, PagedItems, Pages, Paginated, items, pages};
pub use crate::protocol::{
    DeserializeModeledError, DeserializeOperationError, Messages, RequestBody, SerializedRequest,
    body_of,
};
pub use crate::request::Request;
pub use crate::required_members::MissingMembers;
pub use crate::service_metadata::ServiceMetadata;
pub use crate::settings::client::Settings;
pub use crate::transport::{Attempts, PlainClient, default_client};
pub use crate::waiter::{
    AcceptorState, ExceededMaxWait, FailureState, NotFound, Number, OperationFailed, PollResult,
    Polled, Resource, ResourceStatus, WaitError, Waiter, all, look_for, next_page, number, prepend,
    status, wait, wait_until,
};

#[cfg(feature = "auth-token")]
pub use crate::__auth_token_generator as auth_token_generator;
#[cfg(feature = "bearer")]
pub use crate::__bearer_settings as bearer_settings;
#[cfg(feature = "extended-request-id")]
pub use crate::__extended_request_ids as extended_request_ids;
#[cfg(feature = "blocking")]
pub use crate::blocking::{call as block_on_call, pagination_iter};
#[cfg(feature = "md5")]
pub use crate::checksum::content_md5;
#[cfg(feature = "checksums")]
pub use crate::checksum::{RequestChecksum, ResponseChecksum};
#[cfg(feature = "gzip")]
pub use crate::compression::gzip;
#[cfg(feature = "endpoint-discovery")]
pub use crate::endpoint::discovery::{DiscoveryError, ReloadEndpoint, discover};
#[cfg(feature = "extended-request-id")]
pub use crate::extended_request_id::RequestIdExt;
#[cfg(feature = "presigning")]
pub use crate::presigning::{CustomizablePresigned, Presign, PresignedResult, presign};
#[cfg(feature = "aws-query")]
pub use crate::protocol::AwsQuery;
#[cfg(feature = "ec2-query")]
pub use crate::protocol::Ec2Query;
#[cfg(feature = "rpc-v2-cbor")]
pub use crate::protocol::RpcV2Cbor;
#[cfg(any(feature = "rest-json", feature = "rest-xml"))]
pub use crate::protocol::bindings::take_stream;
#[cfg(feature = "rest-json")]
pub use crate::protocol::rest_json::RestJson1;
#[cfg(feature = "rest-xml")]
pub use crate::protocol::rest_xml::RestXml;
#[cfg(feature = "aws-json")]
pub use crate::protocol::{AwsJson1_0, AwsJson1_1};
#[cfg(feature = "test-util")]
pub use crate::settings::macros::test_util::apply_test_defaults;
#[cfg(all(feature = "test-util", feature = "default-https-client"))]
pub use crate::transport::proxy_for;
#[cfg(feature = "presigning")]
pub use crate::{__customizable_presigned as customizable_presigned, __presigned as presigned};
#[cfg(feature = "bearer")]
pub use aws_credential_types::Token;
#[cfg(feature = "bearer")]
pub use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
#[cfg(feature = "bearer")]
pub use aws_smithy_runtime_api::client::identity::{ResolveIdentity, SharedIdentityResolver};
#[cfg(any(feature = "rest-json", feature = "rest-xml"))]
pub use aws_smithy_types::Blob;

pub use crate::{
    __auth_schemes as auth_schemes, __batch as batch, __client as client,
    __compiled_messages as compiled_messages, __config as config,
    __config_plumbing as config_plumbing, __config_test_util as config_test_util,
    __customizable_operation as customizable_operation, __endpoint_params as endpoint_params,
    __extension_settings as extension_settings, __fluent_builder as fluent_builder,
    __input_setters as input_setters, __modeled_error as modeled_error,
    __operation_error as operation_error, __output as output, __paginator as paginator,
    __required as required, __service_error as service_error, __setters as setters,
    __unknown_variant_error as unknown_variant_error, __unsigned_payload as unsigned_payload,
    __waiter as waiter,
};

/// Whether a value is zero or false, which stands for a member that is not set.
pub fn is_zero<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What `Debug` prints in place of a sensitive value.
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// The codec of CBOR.
#[cfg(feature = "cbor")]
pub mod cbor {
    pub use crate::codec::cbor::{
        Decode, DecodeError, Decoder, Encode, Encoder, decode, encode, round_trip,
    };
    pub use crate::{
        __cbor_all_types as all_types, __cbor_choices as choices, __cbor_key as key,
        __cbor_members as members, __cbor_string_enum as string_enum,
    };
}

/// The codec of JSON.
#[cfg(feature = "json")]
pub mod json {
    pub use crate::codec::json::{
        Decode, DecodeError, Decoder, Encode, Encoder, Key, Name, decode, deserialize, encode,
        round_trip,
    };
    pub use crate::{
        __json_all_types as all_types, __json_choices as choices, __json_key as key,
        __json_members as members, __json_string_enum as string_enum,
    };
}

/// The bindings of members to the parts of HTTP messages.
#[cfg(any(feature = "rest-json", feature = "rest-xml"))]
pub mod bindings {
    pub use crate::__bindings_request as request;
    pub use crate::protocol::bindings::{
        Request, RequestParts, Response, ResponseParts, Text, Texts,
    };
}

/// restJson1.
#[cfg(feature = "rest-json")]
pub mod rest_json {
    pub use crate::codegen::json::{choices, members};
    pub use crate::protocol::rest_json::JSON;
    pub use crate::{
        __rest_json_request as request, __rest_json_response as response,
        __rest_json_string_enum as string_enum,
    };
}

/// restXml.
#[cfg(feature = "rest-xml")]
pub mod rest_xml {
    pub use crate::codegen::xml::{
        DATE_TIME, EPOCH_SECONDS, HTTP_DATE, choices, list, map, members, namespace, timestamp,
    };
    pub use crate::protocol::rest_xml::{Root, XML, close, open, payload};
    pub use crate::{
        __rest_xml_request as request, __rest_xml_response as response,
        __rest_xml_string_enum as string_enum,
    };
}

/// The traits of serde.
#[cfg(feature = "serde")]
pub mod serde {
    pub use ::serde::de::{Error, MapAccess};
    pub use ::serde::ser::SerializeMap;
    pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub use crate::serialization::{
        Structure, Union, Value, read_member, read_structure, read_union, skip, write_choice,
        write_member, write_structure, write_unknown,
    };
}

/// The codec of XML.
#[cfg(feature = "xml")]
pub mod xml {
    pub use crate::codec::layout::{
        DATE_TIME, EPOCH_SECONDS, HTTP_DATE, Layout, list, map, namespace, timestamp,
    };
    pub use crate::codec::xml::{Decode, DecodeError, Decoder, Encode, Encoder, decode, encode};
    pub use crate::{
        __xml_choices as choices, __xml_members as members, __xml_string_enum as string_enum,
    };
}

/// The codec of forms.
#[cfg(feature = "form")]
pub mod form {
    pub use crate::codec::form::{Encode, Encoder};
    pub use crate::codec::layout::{
        DATE_TIME, EPOCH_SECONDS, HTTP_DATE, Layout, list, map, timestamp,
    };
}

/// The codecs of the query protocols: requests are forms, and responses are XML.
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
pub mod query {
    pub use super::form::{Encode, Encoder};
    pub use super::xml::{
        DATE_TIME, Decode, DecodeError, Decoder, EPOCH_SECONDS, HTTP_DATE, Layout, list, map,
        timestamp,
    };
    pub use crate::{
        __query_choices as choices, __query_members as members, __query_string_enum as string_enum,
    };
}
