//! Streams over a connection.

mod downloads;
mod server;
mod uploads;
