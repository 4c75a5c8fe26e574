//! Endpoint discovery: an operation returns the endpoint that other operations need.

use serde::{Deserialize, Serialize};

use super::{Member, Service, ShapeKind};

/// Whether the endpoint of an operation is discovered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndpointDiscovery {
    /// Requests go to the endpoint of the endpoint rules.
    #[default]
    None,
    /// Requests can go to either endpoint.
    Optional,
    /// Requests must go to a discovered endpoint.
    Required,
}

/// The operation that returns endpoints, with the parts of its output that clients need.
pub(crate) struct EndpointOperation<'a> {
    pub(crate) name: &'a str,
    pub(crate) output: &'a str,
    /// The member of the output that is a list of endpoints.
    pub(crate) endpoints: &'a Member,
    /// The structure of an endpoint.
    pub(crate) endpoint: &'a str,
    pub(crate) address: &'a Member,
    pub(crate) cache_period: &'a Member,
}

impl Service {
    /// Returns the operation that returns endpoints, if clients can call it.
    ///
    /// Smithy's specification of the trait `aws.api#clientEndpointDiscovery` determines the names and types of the members of
    /// the output. If the input has members, the endpoint depends on the operation or on its input, which clients do not
    /// support. No service of AWS has such members.
    pub(crate) fn endpoint_operation(&self) -> Option<EndpointOperation<'_>> {
        let (name, operation) = self.operations.get_key_value(self.discovery.as_ref()?)?;
        if !self.members(operation.input.as_deref()).is_empty() {
            return None;
        }
        let output = operation.output.as_ref()?;
        let endpoints = self.member(output, "Endpoints")?;
        let list = self.shapes.get(&endpoints.shape)?;
        let ShapeKind::List(endpoint) = &list.kind else {
            return None;
        };
        let address = self.member(endpoint, "Address")?;
        let cache_period = self.member(endpoint, "CachePeriodInMinutes")?;
        let kind = |member: &Member| self.shapes.get(&member.shape).map(|shape| &shape.kind);
        let is_endpoint = kind(address) == Some(&ShapeKind::String)
            && kind(cache_period) == Some(&ShapeKind::Long)
            && matches!(self.shapes.get(endpoint)?.kind, ShapeKind::Structure(_));
        (is_endpoint && !list.sparse).then_some(EndpointOperation {
            name,
            output,
            endpoints,
            endpoint,
            address,
            cache_period,
        })
    }

    fn member(&self, id: &str, name: &str) -> Option<&Member> {
        let mut members = self.members(Some(id)).iter();
        members.find(|member| member.model_name == name)
    }
}
