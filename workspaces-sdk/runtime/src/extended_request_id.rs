//! The extended request IDs of Amazon S3, in the header `x-amz-id-2`.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::metadata::ErrorMetadata;

/// The key under which the metadata of an error has the ID, as in the official crates.
const KEY: &str = "s3_extended_request_id";

const HEADER: &str = "x-amz-id-2";

/// The second ID of a request, which AWS Support asks for in addition to the request ID.
pub trait RequestIdExt {
    /// The ID, if the response has one.
    fn extended_request_id(&self) -> Option<&str>;
}

impl RequestIdExt for Headers {
    fn extended_request_id(&self) -> Option<&str> {
        self.get(HEADER)
    }
}

impl RequestIdExt for HttpResponse {
    fn extended_request_id(&self) -> Option<&str> {
        self.headers().extended_request_id()
    }
}

impl RequestIdExt for ErrorMetadata {
    fn extended_request_id(&self) -> Option<&str> {
        self.extra(KEY)
    }
}

impl<E> RequestIdExt for SdkError<E, HttpResponse> {
    fn extended_request_id(&self) -> Option<&str> {
        self.raw_response()?.extended_request_id()
    }
}

impl<O: RequestIdExt, E: RequestIdExt> RequestIdExt for Result<O, E> {
    fn extended_request_id(&self) -> Option<&str> {
        match self {
            Ok(output) => output.extended_request_id(),
            Err(error) => error.extended_request_id(),
        }
    }
}

/// Adds the ID of a response to the metadata of its error.
pub(crate) fn add(meta: ErrorMetadata, response: &HttpResponse) -> ErrorMetadata {
    match response.extended_request_id() {
        Some(id) => meta.into_builder().custom(KEY, id).build(),
        None => meta,
    }
}

/// Implements [`RequestIdExt`] for errors with metadata.
#[doc(hidden)]
#[macro_export]
macro_rules! __extended_request_ids {
    ($($name:ident),* $(,)?) => {
        $(impl $crate::codegen::RequestIdExt for $name {
            #[inline]
            fn extended_request_id(&self) -> Option<&str> {
                let meta = $crate::codegen::ProvideErrorMetadata::meta(self);
                $crate::codegen::RequestIdExt::extended_request_id(meta)
            }
        })*
    };
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::body::SdkBody;

    use super::*;

    fn response(id: Option<&'static str>) -> HttpResponse {
        let mut response = HttpResponse::new(404.try_into().unwrap(), SdkBody::empty());
        if let Some(id) = id {
            response.headers_mut().insert(HEADER, id);
        }
        response
    }

    #[test]
    fn errors_have_the_id_of_their_response() {
        for id in [Some("abc="), None] {
            let meta = add(ErrorMetadata::builder().code("A").build(), &response(id));
            assert_eq!((meta.code(), meta.extended_request_id()), (Some("A"), id));
            let error = SdkError::service_error((), response(id));
            assert_eq!(error.extended_request_id(), id);
            let error = SdkError::<(), _>::response_error("bad", response(id));
            assert_eq!(error.extended_request_id(), id);
            assert_eq!(Err::<ErrorMetadata, _>(error).extended_request_id(), id);
        }
        let error = SdkError::<(), HttpResponse>::construction_failure("bad");
        assert_eq!(error.extended_request_id(), None);
    }
}
