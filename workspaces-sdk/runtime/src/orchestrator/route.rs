//! Where the requests of a call go, and how they are authenticated.

use std::borrow::Cow;

use aws_smithy_types::config_bag::ConfigBag;

use super::Call;
use crate::auth::{self, AuthScheme};
use crate::endpoint::Endpoint;
use crate::error::Failure;
use crate::handle::Handle;

/// Where the requests of a call go, and how they are authenticated.
#[derive(Debug)]
pub(super) struct Route<'a> {
    pub(super) scheme: AuthScheme,
    /// The scheme, if the settings of the program have chosen it.
    pub(super) chosen: Option<auth::Chosen>,
    pub(super) endpoint: Cow<'a, Endpoint>,
}

/// Chooses the authentication scheme of a call. `bag` is that of a call with interceptors.
pub(super) async fn choose(
    handle: &Handle,
    call: &Call,
    bag: Option<&ConfigBag>,
) -> Result<(AuthScheme, Option<auth::Chosen>), Failure> {
    let Some(custom) = handle.settings.custom_auth.get() else {
        let scheme = AuthScheme::choose(call.auth, &handle.settings)?;
        return Ok((scheme, None));
    };
    let operation = auth::Operation {
        name: call.operation,
        schemes: call.auth,
        bag,
    };
    let chosen = custom.choose(handle, operation).await?;
    Ok((chosen.scheme, Some(chosen)))
}

/// Chooses the authentication scheme and the endpoint of a call.
pub(super) async fn resolve<'a>(handle: &'a Handle, call: &Call) -> Result<Route<'a>, Failure> {
    let (scheme, chosen) = choose(handle, call, None).await?;
    let account_id = match handle.needs_account_id(scheme) {
        true => handle.account_id(scheme, Some(&handle.credentials().await?)),
        false => None,
    };
    let endpoint = handle.endpoint(
        &call.endpoint_context,
        call.host_prefix.as_deref(),
        account_id.as_deref(),
        chosen.as_ref().map_or(scheme.name(), |it| it.id.inner()),
    );
    let endpoint = endpoint.await?;
    Ok(Route {
        scheme,
        chosen,
        endpoint,
    })
}
