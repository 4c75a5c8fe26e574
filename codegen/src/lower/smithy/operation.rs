//! Lowers operations and their pagination.

use std::collections::BTreeSet;

use super::Lower;
use super::traits::Traits;
use crate::diagnostic::{Expected, Fault};
use crate::ir::{self, AuthScheme, EndpointDiscovery};
use crate::lower::pagination::{Named, Pages};
use crate::lower::{check_auth, context};
use crate::source::Entries;
use crate::source::rules::MemberContext;
use crate::source::smithy::{
    Discovery, Endpoint, Http, HttpChecksum, Paginated, RequestCompression, Shape, Target,
};

impl<'a> Lower<'a> {
    /// Returns the operations of a service and its resources, each with the path of its binding.
    pub(super) fn bound(&mut self, service: &'a str) -> Vec<(String, &'a str)> {
        let (mut found, mut seen, mut pending) = (Vec::new(), BTreeSet::new(), vec![service]);
        while let Some(owner) = pending.pop() {
            for (owner, shape) in self.parts(owner) {
                for (key, kind, target) in bindings(shape) {
                    let path = format!("shapes.{owner}.{key}.target");
                    let Some(id) = self.expect(target, kind, &path) else {
                        continue;
                    };
                    match kind {
                        _ if !seen.insert(id) => {}
                        "resource" => pending.push(id),
                        _ => found.push((path, id)),
                    }
                }
            }
        }
        found
    }

    /// Lowers an operation. `common` are the service and the errors of all its operations. Returns `None` if the input
    /// or output is invalid.
    pub(super) fn operation(
        &mut self,
        id: &'a str,
        common: (&'a str, &'a [Target]),
    ) -> Option<ir::Operation> {
        let traits = self.traits_of(id);
        let parts = self.parts(id);
        let faults_before = self.report.len();
        let input_id = target(&parts, |shape| &shape.input);
        let output_id = target(&parts, |shape| &shape.output);
        let input = input_id.and_then(|(owner, id)| self.structure(id, owner, "input"));
        let output = output_id.and_then(|(owner, id)| self.structure(id, owner, "output"));
        let is_valid = self.report.len() == faults_before;
        let (mut errors, mut known) = (Vec::new(), BTreeSet::new());
        let errors_of_parts = parts.iter().map(|(id, shape)| (*id, &shape.errors[..]));
        for (owner, targets) in errors_of_parts.chain([common]) {
            for (i, target) in targets.iter().enumerate() {
                let path = format!("shapes.{owner}.errors[{i}].target");
                let error = self.error_reference(&target.target, &path);
                errors.extend(error.filter(|id| known.insert(id.clone())));
            }
        }
        let path = format!("shapes.{id}");
        let discovery: Option<Discovery> = self.get(&traits, "aws.api#clientDiscoveredEndpoint");
        let compression: Option<RequestCompression> =
            self.get(&traits, "smithy.api#requestCompression");
        let encodings = compression.map(|it| it.encodings).unwrap_or_default();
        let auth: Option<Vec<String>> = self.get(&traits, "smithy.api#auth");
        let auth_path = format!("{path}.traits.smithy.api#auth");
        let schemes = auth.as_deref().unwrap_or_default();
        check_auth(schemes, &auth_path, &self.schemes, &mut self.report);
        let unsigned = auth.as_ref().is_some_and(Vec::is_empty);
        let host_prefix = self.host_prefix(&path, &traits);
        let operation = ir::Operation {
            documentation: self.string_trait(&traits, "smithy.api#documentation"),
            input,
            output,
            errors,
            http: self.http(&traits),
            host_prefix,
            pagination: None,
            deprecated: self.deprecated(&traits),
            unsigned,
            optional_auth: !unsigned && traits.has("smithy.api#optionalAuth"),
            unsigned_payload: traits.has("aws.auth#unsignedPayload"),
            auth: auth.map(|names| match names.is_empty() {
                true => vec![AuthScheme::None],
                false => names.iter().map(|name| AuthScheme::named(name)).collect(),
            }),
            checksum: self.checksum(&traits),
            tree_hash: false,
            long_polling: false,
            presigned: false,
            compressed: encodings.iter().any(|encoding| encoding == "gzip"),
            context: self.context(&path, &traits, input_id.map(|(_, id)| id)),
            endpoint_discovery: match discovery {
                None => EndpointDiscovery::None,
                Some(discovery) if discovery.required => EndpointDiscovery::Required,
                Some(_) => EndpointDiscovery::Optional,
            },
            path,
        };
        is_valid.then_some(operation)
    }

    /// Resolves the reference to an input or output. `Unit` is an empty one.
    fn structure(&mut self, id: &'a str, owner: &str, key: &str) -> Option<ir::ShapeId> {
        let path = format!("shapes.{owner}.{key}.target");
        if id == "smithy.api#Unit" {
            return None;
        }
        let reference = self.reference(id, &path)?;
        if let Some(shape) = self.shapes.get(id)
            && shape.kind != "structure"
        {
            let fault = Fault::wrong_type(id, shape.kind.as_str(), Expected::Structure);
            self.report.fault(path, fault);
        }
        Some(reference)
    }

    fn error_reference(&mut self, id: &'a str, path: &str) -> Option<ir::ShapeId> {
        let error = self.reference(id, path)?;
        if self.traits_of(id).has("smithy.api#error") {
            return Some(error);
        }
        let kind = self.shapes.get(id).map(|shape| shape.kind.as_str());
        self.report
            .fault(path, Fault::wrong_type(id, kind, Expected::Error));
        None
    }

    fn host_prefix(&mut self, path: &str, traits: &Traits<'a>) -> Option<ir::HostPrefix> {
        let endpoint: Endpoint = self.get(traits, "smithy.api#endpoint")?;
        Some(ir::HostPrefix {
            template: endpoint.host_prefix,
            path: format!("{path}.traits.smithy.api#endpoint.hostPrefix"),
        })
    }

    fn http(&mut self, traits: &Traits<'a>) -> ir::Http {
        let http: Option<Http> = self.get(traits, "smithy.api#http");
        http.map_or_else(ir::Http::default, |http| ir::Http {
            method: http.method,
            uri: http.uri,
            status: http.code.unwrap_or(ir::Http::default().status),
        })
    }

    fn checksum(&mut self, traits: &Traits<'a>) -> Option<ir::Checksum> {
        let required = traits.has("smithy.api#httpChecksumRequired");
        let checksum: Option<HttpChecksum> = self.get(traits, "aws.protocols#httpChecksum");
        let Some(checksum) = checksum else {
            return required.then(|| ir::Checksum {
                required,
                ..ir::Checksum::default()
            });
        };
        Some(ir::Checksum {
            required: required || checksum.request_checksum_required,
            request_algorithm_member: checksum.request_algorithm_member,
            request_validation_member: checksum.request_validation_mode_member,
            response_algorithms: checksum.response_algorithms,
        })
    }

    fn context(
        &mut self,
        path: &str,
        traits: &Traits<'a>,
        input: Option<&'a str>,
    ) -> Vec<ir::ContextParameter> {
        let (constants_id, paths_id) = (
            "smithy.rules#staticContextParams",
            "smithy.rules#operationContextParams",
        );
        let constants: Entries<_> = self.get(traits, constants_id).unwrap_or_default();
        let paths: Entries<_> = self.get(traits, paths_id).unwrap_or_default();
        let parts = input.map(|id| self.members(id)).unwrap_or_default();
        let mut members = Vec::new();
        for part in &parts {
            let parameter: Option<MemberContext> =
                self.get(&part.traits, "smithy.rules#contextParam");
            members.extend(parameter.map(|parameter| (parameter.name, part.name)));
        }
        let sources = context::Sources {
            constants: &constants,
            constants_path: format!("{path}.traits.{constants_id}"),
            paths: &paths,
            paths_path: format!("{path}.traits.{paths_id}"),
            members: members
                .iter()
                .map(|(parameter, member)| (parameter.as_str(), *member))
                .collect(),
        };
        context::parameters(&sources, &mut self.report)
    }

    /// Lowers the pagination of an operation. `defaults` is the pagination trait of the service.
    pub(super) fn pages(
        &mut self,
        id: &'a str,
        defaults: &Paginated,
        service: &str,
    ) -> Option<Pages> {
        let traits = self.traits_of(id);
        let paginated: Paginated = self.get(&traits, "smithy.api#paginated")?;
        let path = |id: &str| format!("shapes.{id}.traits.smithy.api#paginated");
        let named = |name: Option<String>, default: &Option<String>, key: &str| match name {
            Some(name) => Some(Named {
                name,
                path: format!("{}.{key}", path(id)),
            }),
            None => default.as_ref().map(|name| Named {
                name: name.clone(),
                path: format!("{}.{key}", path(service)),
            }),
        };
        let input_token = named(paginated.input_token, &defaults.input_token, "inputToken");
        let output_token = named(
            paginated.output_token,
            &defaults.output_token,
            "outputToken",
        );
        for (token, key) in [(&input_token, "inputToken"), (&output_token, "outputToken")] {
            if token.is_none() {
                self.report.fault(path(id), Fault::missing(key));
            }
        }
        Some(Pages {
            input_token: input_token?,
            output_token: output_token?,
            items: named(paginated.items, &defaults.items, "items"),
            page_size: named(paginated.page_size, &defaults.page_size, "pageSize"),
        })
    }
}

/// Returns the operations and resources that a service or resource binds: the key, the type and the target.
fn bindings(shape: &Shape) -> impl Iterator<Item = (String, &'static str, &Target)> {
    let lists = [
        ("operations", "operation", &shape.operations),
        (
            "collectionOperations",
            "operation",
            &shape.collection_operations,
        ),
        ("resources", "resource", &shape.resources),
    ];
    let many = lists.into_iter().flat_map(|(key, kind, targets)| {
        let targets = targets.iter().enumerate();
        targets.map(move |(i, target)| (format!("{key}[{i}]"), kind, target))
    });
    let lifecycle = [
        ("create", &shape.create),
        ("put", &shape.put),
        ("read", &shape.read),
        ("update", &shape.update),
        ("delete", &shape.delete),
        ("list", &shape.list),
    ];
    let one = lifecycle
        .into_iter()
        .filter_map(|(key, target)| Some((key.to_owned(), "operation", target.as_ref()?)));
    many.chain(one)
}

/// Returns the ID of an input or output and of the shape that declares it. The last declaration applies.
fn target<'a>(
    parts: &[(&'a str, &'a Shape)],
    pick: fn(&Shape) -> &Option<Target>,
) -> Option<(&'a str, &'a str)> {
    let mut parts = parts.iter().rev();
    parts.find_map(|(owner, shape)| Some((*owner, pick(shape).as_ref()?.target.as_str())))
}
