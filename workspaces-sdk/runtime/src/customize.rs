//! Changing a single request: the changes, the trait that builders implement, and the macro that declares
//! `CustomizableOperation`.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;
use aws_smithy_types::config_bag::ConfigBag;

use crate::handle::Handle;
use crate::interceptor::Extensions;
use crate::operation::Service;
use crate::orchestrator::intercepted::Run;
use crate::settings::Settings;

/// The settings and edits of a single request.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Customization {
    overrides: Option<Arc<dyn Override>>,
    /// The code in the user agent of what makes the call, such as a paginator.
    pub(crate) feature: Option<&'static str>,
    /// Whether the signature leaves out the body, even if the model does not say so.
    pub unsigned_payload: bool,
    edit: Option<Arc<Edit>>,
    extensions: Extensions,
}

/// Settings that replace those of the client.
///
/// Only a program that sets them contains the code that applies them: the setter alone creates the trait object.
trait Override: fmt::Debug + Send + Sync {
    /// The state of the client with these settings.
    fn apply(&self, handle: &Handle) -> Arc<Handle>;
}

impl Override for Settings {
    #[inline]
    fn apply(&self, handle: &Handle) -> Arc<Handle> {
        Arc::new(handle.with(self.clone()))
    }
}

type Edit = dyn Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync;

impl Customization {
    /// Adds an edit of the HTTP request, which runs in each attempt before the request is signed.
    #[inline]
    pub fn edit(
        &mut self,
        edit: impl Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync + 'static,
    ) {
        self.edit = Some(match self.edit.take() {
            None => Arc::new(edit),
            Some(first) => Arc::new(move |request| {
                first(request)?;
                edit(request)
            }),
        });
    }

    /// Adds an interceptor, which runs after those of the client.
    #[inline]
    pub fn intercept<S: Service>(&mut self, interceptor: SharedInterceptor) {
        // Edits and interceptors run in the order in which they were added.
        let edit = self.edit.take().map(Editor);
        self.extensions.change::<S>(|lists| {
            let added = &mut lists.interceptors;
            added.extend(edit.map(SharedInterceptor::permanent));
            added.push(interceptor);
        });
    }

    /// Adds a runtime plugin, which is applied after those of the client.
    #[inline]
    pub fn plug_in<S: Service>(&mut self, plugin: SharedRuntimePlugin) {
        self.extensions
            .change::<S>(|lists| lists.runtime_plugins.push(plugin));
    }

    /// How the call is made, if the client or this request has extensions.
    pub(crate) fn run(&self, handle: &Handle) -> Option<Run> {
        let of_client = handle.settings.extensions.run();
        self.extensions.run().or(of_client)
    }

    /// How the request is presigned, if the client or this request has extensions.
    #[cfg(feature = "presigning")]
    pub(crate) fn presign(&self, handle: &Handle) -> Option<crate::presigning::intercepted::Run> {
        let of_client = handle.settings.extensions.presign();
        self.extensions.presign().or(of_client)
    }

    /// The extensions of the client and those of this request.
    #[inline]
    pub(crate) fn extensions_over(&self, handle: &Handle) -> Extensions {
        handle.settings.extensions.followed_by(&self.extensions)
    }

    /// Replaces the settings of the client.
    #[inline]
    pub fn override_settings(&mut self, settings: Settings) {
        self.overrides = Some(Arc::new(settings));
    }

    /// The state of the client with the settings of this request. They are taken out.
    pub(crate) fn overridden(&mut self, handle: Arc<Handle>) -> Arc<Handle> {
        match self.overrides.take() {
            None => handle,
            Some(overrides) => overrides.apply(&handle),
        }
    }

    /// Applies all edits, in the order in which they were added.
    pub(crate) fn apply(&self, request: &mut HttpRequest) -> Result<(), BoxError> {
        match &self.edit {
            Some(edit) => edit(request),
            None => Ok(()),
        }
    }
}

/// An edit as an interceptor.
struct Editor(Arc<Edit>);

impl Intercept for Editor {
    #[inline]
    fn name(&self) -> &'static str {
        "edit of the request"
    }

    #[inline]
    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0(context.request_mut())
    }
}

impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Editor")
    }
}

impl fmt::Debug for Customization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customization")
            .field("overrides", &self.overrides)
            .field("edit", &self.edit.as_ref().map(|_| "set"))
            .field("extensions", &self.extensions)
            .finish()
    }
}

/// A future that may move between threads.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The result of sending a request.
pub type SendResult<T, E> = Result<T, SdkError<E, HttpResponse>>;

/// A request that can be sent with a customization.
pub trait CustomizableSend<T, E>: Send + Sync {
    /// Sends the request.
    fn send(self, customization: Customization) -> BoxFuture<SendResult<T, E>>;
}

/// Declares `CustomizableOperation` for a builder of settings and a service.
#[doc(hidden)]
#[macro_export]
macro_rules! __customizable_operation {
    ($name:ident($builder:ty) for $service:ty) => {
        /// A request that differs from the other requests of its client. The method `customize` of every fluent builder
        /// creates one.
        ///
        /// `T` is the output of the operation, `E` its error and `B` its builder.
        pub struct $name<T, E, B> {
            request: B,
            customization: $crate::codegen::Customization,
            outcome: ::std::marker::PhantomData<fn() -> Result<T, E>>,
        }

        impl<T, E, B> $name<T, E, B> {
            pub(crate) fn new(request: B) -> Self {
                Self {
                    request,
                    customization: Default::default(),
                    outcome: ::std::marker::PhantomData,
                }
            }

            /// Replaces the HTTP request in each attempt, before it is signed.
            ///
            /// An error of `f` ends the call with `SdkError::DispatchFailure`.
            #[inline]
            pub fn map_request<F, MapE>(mut self, f: F) -> Self
            where
                F: Fn($crate::codegen::HttpRequest) -> Result<$crate::codegen::HttpRequest, MapE>
                    + Send
                    + Sync
                    + 'static,
                MapE: ::std::error::Error + Send + Sync + 'static,
            {
                self.customization.edit(move |request| {
                    let taken = ::std::mem::replace(request, $crate::codegen::HttpRequest::empty());
                    *request = f(taken)?;
                    Ok(())
                });
                self
            }

            /// Changes the HTTP request in each attempt, before it is signed.
            #[inline]
            pub fn mutate_request<F>(mut self, f: F) -> Self
            where
                F: Fn(&mut $crate::codegen::HttpRequest) + Send + Sync + 'static,
            {
                self.customization.edit(move |request| {
                    f(request);
                    Ok(())
                });
                self
            }

            /// Adds an interceptor to this request. It runs after those of the client.
            #[inline]
            pub fn interceptor(
                mut self,
                interceptor: impl $crate::codegen::Intercept + 'static,
            ) -> Self {
                let interceptor = $crate::codegen::SharedInterceptor::new(interceptor);
                self.customization.intercept::<$service>(interceptor);
                self
            }

            /// Adds a runtime plugin to this request. It is applied after those of the client.
            #[inline]
            pub fn runtime_plugin(
                mut self,
                runtime_plugin: impl $crate::codegen::RuntimePlugin + 'static,
            ) -> Self {
                let plugin = $crate::codegen::SharedRuntimePlugin::new(runtime_plugin);
                self.customization.plug_in::<$service>(plugin);
                self
            }

            /// Sends this request with other settings. A setting that `config_override` leaves unset keeps its value.
            #[inline]
            pub fn config_override(mut self, config_override: impl Into<$builder>) -> Self {
                let settings = config_override.into().settings;
                self.customization.override_settings(settings);
                self
            }

            /// Sends the request and waits for the response.
            ///
            /// # Errors
            /// The same errors as `send` of the operation's builder.
            pub async fn send(
                self,
            ) -> Result<T, $crate::error::SdkError<E, $crate::codegen::HttpResponse>>
            where
                E: ::std::error::Error + Send + Sync + 'static,
                B: $crate::codegen::CustomizableSend<T, E>,
            {
                self.request.send(self.customization).await
            }
        }

        $crate::__blocking! { customized $name }

        impl<T, E, B: ::std::fmt::Debug> ::std::fmt::Debug for $name<T, E, B> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("request", &self.request)
                    .field("customization", &self.customization)
                    .finish()
            }
        }
    };
}

/// Declares the method `disable_payload_signing` of a `CustomizableOperation` for the operations with these outputs.
#[doc(hidden)]
#[macro_export]
macro_rules! __unsigned_payload {
    ($name:ident for $($output:ty),+) => {
        $(
            impl<E, B> $name<$output, E, B> {
                /// Leaves the body out of the signature, which saves the time to hash it.
                ///
                /// The signature then does not protect the integrity of the body. Over HTTPS, TLS and the checksum of the request
                /// still do.
                #[inline]
                pub fn disable_payload_signing(mut self) -> Self {
                    self.customization.unsigned_payload = true;
                    self
                }
            }
        )+
    };
}
