//! What Amazon S3 has and other services do not, with a client of a small model.

mod interceptors;
mod mock;
mod requests;
mod responses;
mod settings;
