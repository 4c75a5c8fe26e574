//! The runtime of generated AWS clients.
//!
//! A generated crate describes a service: its types, operations and endpoint rules. This crate does everything that
//! services have in common: it resolves settings, serializes and signs requests, sends them, retries, and turns
//! responses into outputs and errors. It knows no service.
//!
//! Programs use the re-exports of the generated crate and rarely name this one.
//!
//! # Modules
//!
//! The module `orchestrator` shows the lifecycle of a request from top to bottom. The other modules are its parts, or are
//! built on it:
//!
//! | module | subject |
//! |---|---|
//! | `settings` | what can be set, defaults, and the macros that declare `Config` |
//! | `operation`, `service_metadata` | the traits `Service` and `Operation`, which a generated crate implements, and what else describes a service |
//! | `handle` | what all calls of a client share: settings, credentials, connections, retry state |
//! | `required_members` | the required members of an input |
//! | `protocol` | how an input becomes a request, and a response an output or an error |
//! | `codec` | encodings of bodies, such as JSON |
//! | `endpoint` | endpoint rules and their functions, and endpoint discovery |
//! | `environment` | environment variables |
//! | `headers`, `user_agent` | the headers that requests of all protocols have |
//! | `auth` | authentication schemes, the cached identities, the clock of the service, and signatures |
//! | `presigning`, `auth_token` | requests that are signed in advance, and tokens that are such requests |
//! | `interceptor` | interceptors, retry classifiers and runtime plugins |
//! | `request_rate` | a limit on the rate of requests |
//! | `retry` | which failures are retried, delays, and limits on retries |
//! | `transport` | HTTP clients, and collecting responses |
//! | `error` | the errors of calls, and the macros that declare those of a generated crate |
//! | `client`, `request`, `customize`, `builder` | the client, building a request, and changing a single one |
//! | `pagination`, `batch`, `waiter` | streams of pages, calls for any number of items, and polling until a goal is reached |
//! | `blocking` | calls without an asynchronous runtime |
//! | `serialization` | the traits of serde for the types of a generated crate |
//! | `enumeration`, `primitives` | enums with unknown values, and the types of blobs, documents and timestamps |
//! | `codegen` | everything that generated crates use |
//!
//! `orchestrator` uses most of these modules. The type of a setting is declared in the module that it is for, such as
//! `RetryPartition` in `retry`; `settings` collects them.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `auth-token` | tokens that take the place of passwords, for Amazon RDS |
//! | `bearer` | bearer tokens |
//! | `blocking` | calls without an asynchronous runtime |
//! | `presigning` | presigned requests |
//! | `aws-json` | the protocols awsJson 1.0 and 1.1 |
//! | `aws-query` | the protocol awsQuery |
//! | `ec2-query` | the protocol ec2Query |
//! | `rest-json` | the protocol restJson1 |
//! | `rest-xml` | the protocol restXml |
//! | `rpc-v2-cbor` | the protocol rpcv2Cbor |
//! | `cbor`, `form`, `json`, `xml` | the codecs, which the protocols enable |
//! | `default-https-client` | the default HTTPS client |
//! | `gzip` | compression of request bodies |
//! | `client-context` | settings that are parameters of the endpoint rules |
//! | `checksums` | checksums of requests and responses whose algorithm can be chosen |
//! | `md5` | MD5 checksums of request bodies |
//! | `extended-request-id` | extended request IDs, for Amazon S3 |
//! | `endpoint-discovery` | discovery of endpoints by an operation of the service |
//! | `streams` | streams of files and asynchronous readers |
//! | `tree-hash` | the tree hash of request bodies, for Amazon S3 Glacier |
//! | `rt-tokio` | tokio's timer for backoff and timeouts |
//! | `serde` | `Serialize` and `Deserialize` for the types of generated crates |
//! | `test-util` | credentials and a clock for tests |

#![cfg_attr(docsrs, feature(doc_cfg))]

mod auth;
#[cfg(feature = "auth-token")]
pub mod auth_token;
mod batch;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
#[cfg(any(feature = "checksums", feature = "md5"))]
mod checksum;
mod client;
mod codec;
#[doc(hidden)]
pub mod codegen;
#[cfg(feature = "gzip")]
mod compression;
mod customize;
mod endpoint;
mod enumeration;
mod environment;
pub mod error;
#[cfg(feature = "extended-request-id")]
mod extended_request_id;
mod handle;
mod headers;
mod hex;
mod interceptor;
mod operation;
mod orchestrator;
mod pagination;
mod percent;
#[cfg(feature = "presigning")]
pub mod presigning;
pub mod primitives;
mod protocol;
mod reasons;
mod request;
mod request_rate;
mod required_members;
mod retry;
#[cfg(feature = "serde")]
mod serialization;
mod service_metadata;
pub mod settings;
mod timeout;
mod transport;
#[cfg(feature = "tree-hash")]
mod tree_hash;
mod url;
mod user_agent;
mod uuid;
mod waiter;
#[cfg(not(feature = "blocking"))]
mod without_blocking;
#[cfg(not(feature = "serde"))]
mod without_serde;
