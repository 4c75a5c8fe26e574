//! Lowers the traits of the service.

use std::collections::{BTreeMap, BTreeSet};

use super::traits::Traits;
use super::{Lower, local};
use crate::diagnostic::{EndpointFault, Fault, Faults, Item, nearest};
use crate::ir::{self, AuthScheme, Protocol};
use crate::lower::names::{check_name, namespace_names};
use crate::lower::protocol::{Selection, choose};
use crate::lower::{check_auth, context, endpoint};
use crate::source::Entries;
use crate::source::rules::{ClientContext, RuleSet};
use crate::source::smithy::{EndpointOperation, ServiceTrait, Shape, Sigv4, XmlNamespace};

/// Protocols by their traits.
const PROTOCOLS: [(&str, Protocol); 7] = [
    ("aws.protocols#awsJson1_1", Protocol::AwsJson1_1),
    ("aws.protocols#awsJson1_0", Protocol::AwsJson1_0),
    ("aws.protocols#restJson1", Protocol::RestJson),
    ("aws.protocols#restXml", Protocol::RestXml),
    ("aws.protocols#awsQuery", Protocol::Query),
    ("aws.protocols#ec2Query", Protocol::Ec2Query),
    ("smithy.protocols#rpcv2Cbor", Protocol::RpcV2Cbor),
];

/// The namespaces whose traits on a service are protocols.
const PROTOCOL_NAMESPACES: [&str; 2] = ["aws.protocols#", "smithy.protocols#"];

/// The traits of these namespaces that are not protocols.
const NOT_PROTOCOLS: [&str; 1] = ["aws.protocols#awsQueryCompatible"];

impl<'a> Lower<'a> {
    /// Lowers the service without its operations and shapes.
    pub(super) fn service_traits(
        &mut self,
        id: &str,
        service: &Shape,
        traits: &Traits<'a>,
    ) -> ir::Service {
        let aws: ServiceTrait = self.get(traits, "aws.api#service").unwrap_or_default();
        let sigv4: Option<Sigv4> = self.get(traits, "aws.auth#sigv4");
        if !AuthScheme::names().any(|scheme| traits.has(scheme)) {
            let similar = nearest("aws.auth#sigv4", traits.ids().map(|id| (id, id)));
            let fault = Fault::Missing {
                key: "aws.auth#sigv4".to_owned(),
                similar: similar.map(str::to_owned),
            };
            self.report.fault(format!("shapes.{id}.traits"), fault);
        }
        let name = local(id);
        let sdk_id = aws.sdk_id.unwrap_or_else(|| name.to_owned());
        let prefix = aws.endpoint_prefix.or(aws.arn_namespace);
        let prefix = prefix.unwrap_or_else(|| sdk_id.to_lowercase());
        let title = self.string_trait(traits, "smithy.api#title");
        let version = service.version.clone().unwrap_or_default();
        let signing_name = sigv4.map_or_else(|| prefix.clone(), |sigv4| sigv4.name);
        for (place, text) in [
            ("traits.smithy.api#title", &title),
            ("traits.aws.api#service", &sdk_id),
            ("traits.aws.api#service", &prefix),
            ("traits.aws.auth#sigv4", &signing_name),
            ("version", &version),
        ] {
            check_name(&format!("shapes.{id}.{place}"), text, &mut self.report);
        }
        check_name(&format!("shapes.{id}"), name, &mut self.report);
        let namespace = self
            .get(traits, "smithy.api#xmlNamespace")
            .map(xml_namespace);
        let path = format!("shapes.{id}.traits.smithy.api#xmlNamespace");
        for name in namespace_names(&namespace) {
            check_name(&path, name, &mut self.report);
        }
        ir::Service {
            title: if title.is_empty() { prefix } else { title },
            id: sdk_id,
            documentation: self.string_trait(traits, "smithy.api#documentation"),
            api_version: version,
            signing_name,
            target_prefix: (self.protocol.has_target()).then(|| name.to_owned()),
            protocol: self.protocol,
            auth: self.auth(id, traits),
            xml_namespace: namespace,
            query_compatible: self.query_compatible,
            ..ir::Service::default()
        }
    }

    /// Chooses the protocol of the client, and returns all protocols of the service.
    pub(super) fn choose_protocol(
        &mut self,
        id: &str,
        traits: &Traits<'a>,
        selection: Option<Selection<'_>>,
        faults: &mut Faults,
    ) -> Vec<Protocol> {
        let is_protocol = |id: &&str| {
            PROTOCOL_NAMESPACES
                .iter()
                .any(|namespace| id.starts_with(namespace))
                && !NOT_PROTOCOLS.contains(id)
        };
        let names: Vec<&str> = traits.ids().filter(is_protocol).collect();
        let named = |name: &&str| {
            let known = PROTOCOLS.iter().find(|(known, _)| known == name);
            known.map_or(Protocol::Unknown, |(_, protocol)| *protocol)
        };
        let offered = names.iter().map(|name| (local(name), named(name)));
        let offered: Vec<(&str, Protocol)> = offered.collect();
        let chosen = choose(&offered, selection, faults);
        if chosen.is_none() && selection.is_none() {
            let path = format!("shapes.{id}.traits");
            match names.first() {
                Some(first) => {
                    let known = PROTOCOLS
                        .iter()
                        .filter(|(_, it)| Protocol::SUPPORTED.contains(it));
                    let known = known.map(|(name, _)| (local(name), *name));
                    let similar = nearest(local(first), known).map(str::to_owned);
                    let found = names.iter().map(|name| (*name).to_owned()).collect();
                    let fault = Fault::UnsupportedProtocols { found, similar };
                    self.report.fault(format!("{path}.{first}"), fault);
                }
                None => self.report.fault(path, Fault::NoProtocol),
            }
        }
        self.protocol = chosen.unwrap_or(Protocol::AwsJson1_1);
        offered.into_iter().map(|(_, protocol)| protocol).collect()
    }

    /// Returns the authentication schemes of the service: those that `auth` lists, or all that the service has, sorted
    /// by name.
    fn auth(&mut self, id: &str, traits: &Traits<'a>) -> Vec<AuthScheme> {
        self.schemes = traits.ids().collect();
        let listed: Option<Vec<String>> = self.get(traits, "smithy.api#auth");
        if let Some(names) = listed {
            let path = format!("shapes.{id}.traits.smithy.api#auth");
            check_auth(&names, &path, &self.schemes, &mut self.report);
            return names.iter().map(|name| AuthScheme::named(name)).collect();
        }
        let names: BTreeSet<&str> = traits.ids().collect();
        let schemes = names.into_iter().map(AuthScheme::named);
        schemes
            .filter(|scheme| !matches!(scheme, AuthScheme::Other(_)))
            .collect()
    }

    /// Lowers the endpoint rules of the service.
    pub(super) fn rules(&mut self, id: &str, traits: &Traits<'a>, service: &mut ir::Service) {
        self.settings(traits, service);
        let (set, diagram) = ("smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd");
        let path = format!("shapes.{id}.traits");
        if traits.has(diagram) && !traits.has(set) {
            let path = format!("{path}.{diagram}");
            self.report.fault(path, EndpointFault::DecisionDiagram);
        }
        let rules: Option<RuleSet> = self.get(traits, set);
        if let Some(rules) = rules {
            let path = format!("{path}.{set}.rules");
            endpoint::rules(&rules, &path, service, &mut self.report);
        }
    }

    /// Lowers the settings that are parameters of the endpoint rules.
    fn settings(&mut self, traits: &Traits<'a>, service: &mut ir::Service) {
        let settings: Option<Entries<ClientContext>> =
            self.get(traits, "smithy.rules#clientContextParams");
        let warn = |warning| {
            self.warnings.insert(warning);
        };
        service.client_parameters =
            context::settings(&settings.unwrap_or_default(), &service.operations, warn);
    }

    /// Returns the operation that returns the endpoints of other operations.
    pub(super) fn discovery(
        &mut self,
        id: &str,
        traits: &Traits<'a>,
        operations: &BTreeMap<&'a str, &'a str>,
    ) -> Option<String> {
        let name = "aws.api#clientEndpointDiscovery";
        let operation = self.get::<EndpointOperation>(traits, name)?.operation;
        if !operations.values().any(|known| *known == operation) {
            let known = operations.values().map(|known| (local(known), *known));
            let suggestion = self.report.nearest(local(&operation), known);
            let fault = Fault::unknown(Item::Operation, &operation, suggestion);
            let path = format!("shapes.{id}.traits.{name}.operation");
            self.report.fault(path, fault);
        }
        Some(local(&operation).to_owned())
    }
}

pub(super) fn xml_namespace(namespace: XmlNamespace) -> ir::XmlNamespace {
    ir::XmlNamespace {
        uri: namespace.uri,
        prefix: namespace.prefix,
    }
}
