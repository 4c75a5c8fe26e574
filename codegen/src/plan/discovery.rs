//! Endpoint discovery: the operation that returns endpoints, and the fields of its output that the client reads.

use proc_macro2::Ident;
use quote::format_ident;

use super::docs::{Doc, method_link};
use super::{member, names};
use crate::ir::{EndpointDiscovery, Member, Service};

const RELOAD: &str = "[`ReloadEndpoint`](crate::endpoint_discovery::ReloadEndpoint)";
const ERROR: &str = "[`DiscoveryError`](crate::endpoint_discovery::DiscoveryError)";

/// The discovery of endpoints.
#[derive(Debug)]
pub(crate) struct Discovery {
    /// The name of the operation in the model.
    pub(crate) wire: String,
    pub(crate) module: String,
    pub(crate) input: Ident,
    pub(crate) output: Ident,
    /// The accessor of the endpoints in the output.
    pub(crate) endpoints: Ident,
    pub(crate) address: DiscoveryField,
    pub(crate) cache_period: DiscoveryField,
    /// The documentation of the method, without its example.
    pub(crate) doc: Doc,
    /// The documentation of its errors.
    pub(crate) errors: Doc,
}

/// A field of an endpoint.
#[derive(Debug)]
pub(crate) struct DiscoveryField {
    pub(crate) accessor: Ident,
    /// Whether the accessor returns an `Option`.
    pub(crate) optional: bool,
}

pub(super) fn discovery(service: &Service) -> Option<Discovery> {
    let found = service.endpoint_operation()?;
    let field = |member: &Member| DiscoveryField {
        accessor: member::name(service, found.endpoint, &member.name),
        optional: service.is_optional(member),
    };
    let operations = service.operations.iter();
    let elsewhere = operations.filter(|(_, it)| it.endpoint_discovery == EndpointDiscovery::None);
    let elsewhere = elsewhere.map(|(name, _)| method_link(&names::method_name(name)));
    let call = method_link(&names::method_name(found.name));
    let name = names::type_prefix(found.name);
    Some(Discovery {
        wire: found.name.to_owned(),
        module: names::module_name(found.name),
        input: format_ident!("{name}Input"),
        output: format_ident!("{name}Output"),
        endpoints: member::name(service, found.output, &found.endpoints.name),
        address: field(found.address),
        cache_period: field(found.cache_period),
        doc: Doc::new(&description(&call, &elsewhere.collect::<Vec<_>>()), ""),
        errors: Doc::new(
            &format!(
                "Returns the error of {call}, or a {ERROR} if its response has no endpoint that can be used."
            ),
            "",
        ),
    })
}

/// Describes the method in Markdown. `call` is the operation that returns endpoints, and `elsewhere` are the operations whose
/// endpoint is not discovered.
fn description(call: &str, elsewhere: &[String]) -> String {
    let elsewhere = elsewhere.join(" and ");
    format!(
        "Discovers the endpoint of this client, and returns a client that sends its requests there.

The service requires this. The discovery calls {call}, whose response limits the time for which the endpoint is valid. The task \
of the returned {RELOAD} discovers it again in time. Requests of {elsewhere} still go to the endpoint of the Region.

The settings `region` and `endpoint_url` determine where the endpoint is discovered. To send all requests to `endpoint_url`, \
such as to a local server, do not call this method. A request whose configuration override changes one of these settings goes \
where the setting says."
    )
}
