//! An interceptor that records which hooks run and what they can see, and fails in one of them.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
    BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
    FinalizerInterceptorContextRef, InterceptorContext,
};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// The names of all hooks.
pub(crate) const HOOKS: [&str; 19] = [
    "read_before_execution",
    "modify_before_serialization",
    "read_before_serialization",
    "read_after_serialization",
    "modify_before_retry_loop",
    "read_before_attempt",
    "modify_before_signing",
    "read_before_signing",
    "read_after_signing",
    "modify_before_transmit",
    "read_before_transmit",
    "read_after_transmit",
    "modify_before_deserialization",
    "read_before_deserialization",
    "read_after_deserialization",
    "modify_before_attempt_completion",
    "read_after_attempt",
    "modify_before_completion",
    "read_after_execution",
];

/// What a [`Tracer`] records before the first attempt of a call.
pub(crate) const START: [&str; 5] = [
    "read_before_execution input",
    "modify_before_serialization input",
    "read_before_serialization input",
    "read_after_serialization request",
    "modify_before_retry_loop request",
];

#[derive(Clone, Debug, Default)]
pub(crate) struct Tracer {
    name: &'static str,
    fails_at: Option<&'static str>,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Tracer {
    pub(crate) fn new(name: &'static str) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    /// Fails in the hook with that name.
    pub(crate) fn failing_at(self, hook: &'static str) -> Self {
        Self {
            fails_at: Some(hook),
            ..self
        }
    }

    /// An interceptor that writes into the same record.
    pub(crate) fn named(&self, name: &'static str) -> Self {
        Self {
            name,
            ..self.clone()
        }
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    fn run(
        &self,
        hook: &'static str,
        context: &InterceptorContext,
        cfg: &ConfigBag,
    ) -> Result<(), BoxError> {
        let mut line = hook.to_owned();
        if !self.name.is_empty() {
            line = format!("{}: {line}", self.name);
        }
        let attempt = cfg.load::<RequestAttempts>();
        if let Some(attempt) = attempt.filter(|attempt| attempt.attempts() > 0) {
            line.push_str(&format!(" #{}", attempt.attempts()));
        }
        let outcome = context.output_or_error();
        let seen = [
            ("input", context.input().is_some()),
            ("request", context.request().is_some()),
            ("response", context.response().is_some()),
            ("output", outcome.as_ref().is_some_and(Result::is_ok)),
            ("error", outcome.as_ref().is_some_and(Result::is_err)),
        ];
        for (what, _) in seen.iter().filter(|(_, is_seen)| *is_seen) {
            line.push(' ');
            line.push_str(what);
        }
        self.lines.lock().unwrap().push(line);
        match self.fails_at {
            Some(failing) if failing == hook => Err(format!("failed in {hook}").into()),
            _ => Ok(()),
        }
    }
}

macro_rules! hooks {
    ($($hook:ident($($reference:tt)*);)*) => {
        $(fn $hook(
            &self,
            context: $($reference)*,
            _: &RuntimeComponents,
            cfg: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            self.run(stringify!($hook), context.inner(), cfg)
        })*
    };
}

impl Intercept for Tracer {
    fn name(&self) -> &'static str {
        "Tracer"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.run("read_before_execution", context.inner(), cfg)
    }

    hooks! {
        modify_before_serialization(&mut BeforeSerializationInterceptorContextMut<'_>);
        read_before_serialization(&BeforeSerializationInterceptorContextRef<'_>);
        read_after_serialization(&BeforeTransmitInterceptorContextRef<'_>);
        modify_before_retry_loop(&mut BeforeTransmitInterceptorContextMut<'_>);
        read_before_attempt(&BeforeTransmitInterceptorContextRef<'_>);
        modify_before_signing(&mut BeforeTransmitInterceptorContextMut<'_>);
        read_before_signing(&BeforeTransmitInterceptorContextRef<'_>);
        read_after_signing(&BeforeTransmitInterceptorContextRef<'_>);
        modify_before_transmit(&mut BeforeTransmitInterceptorContextMut<'_>);
        read_before_transmit(&BeforeTransmitInterceptorContextRef<'_>);
        read_after_transmit(&BeforeDeserializationInterceptorContextRef<'_>);
        modify_before_deserialization(&mut BeforeDeserializationInterceptorContextMut<'_>);
        read_before_deserialization(&BeforeDeserializationInterceptorContextRef<'_>);
        read_after_deserialization(&AfterDeserializationInterceptorContextRef<'_>);
        modify_before_attempt_completion(&mut FinalizerInterceptorContextMut<'_>);
        read_after_attempt(&FinalizerInterceptorContextRef<'_>);
        modify_before_completion(&mut FinalizerInterceptorContextMut<'_>);
        read_after_execution(&FinalizerInterceptorContextRef<'_>);
    }
}
