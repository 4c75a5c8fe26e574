//! The tables of supported traits: those that the IR contains, and those that affect neither the wire nor the types.
//!
//! Any other trait of Smithy or AWS results in a warning. Traits of other namespaces are ignored.

/// The traits that affect the IR.
const LOWERED: &[&str] = &[
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#service",
    "aws.auth#sigv4",
    "aws.auth#sigv4a",
    "aws.auth#unsignedPayload",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2Query",
    "aws.protocols#ec2QueryName",
    "aws.protocols#httpChecksum",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "smithy.api#addedDefault",
    "smithy.api#auth",
    "smithy.api#clientOptional",
    "smithy.api#default",
    "smithy.api#deprecated",
    "smithy.api#documentation",
    "smithy.api#endpoint",
    "smithy.api#enum",
    "smithy.api#enumValue",
    "smithy.api#error",
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    "smithy.api#hostLabel",
    "smithy.api#http",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpChecksumRequired",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#idempotencyToken",
    "smithy.api#jsonName",
    "smithy.api#length",
    "smithy.api#mediaType",
    "smithy.api#mixin",
    "smithy.api#optionalAuth",
    "smithy.api#paginated",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#requestCompression",
    "smithy.api#required",
    "smithy.api#requiresLength",
    "smithy.api#retryable",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.api#timestampFormat",
    "smithy.api#title",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
    "smithy.protocols#rpcv2Cbor",
    "smithy.rules#clientContextParams",
    "smithy.rules#contextParam",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
    "smithy.waiters#waitable",
];

/// The traits whose value is an empty object.
const FLAGS: [&str; 20] = [
    "aws.auth#unsignedPayload",
    "smithy.api#addedDefault",
    "smithy.api#clientOptional",
    "smithy.api#eventHeader",
    "smithy.api#eventPayload",
    "smithy.api#hostLabel",
    "smithy.api#httpChecksumRequired",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#idempotencyToken",
    "smithy.api#mixin",
    "smithy.api#optionalAuth",
    "smithy.api#required",
    "smithy.api#requiresLength",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.api#xmlAttribute",
];

/// Whether the value of a trait is an empty object, and the presence of the trait is its meaning.
pub(super) fn is_flag(id: &str) -> bool {
    FLAGS.contains(&id)
}

/// The traits that affect neither the wire nor the types, or that only the service evaluates.
const HARMLESS: &[&str] = &[
    "aws.api#arn",
    "aws.api#arnReference",
    // A part of the input of an operation that returns endpoints. Clients support only those without an input.
    "aws.api#clientEndpointDiscoveryId",
    "aws.api#controlPlane",
    "aws.api#data",
    "aws.api#dataPlane",
    "aws.api#tagEnabled",
    "aws.api#taggable",
    "aws.auth#cognitoUserPools",
    "smithy.api#authDefinition",
    // Nullability in version 1.0 of Smithy, which `default` and `required` replace.
    "smithy.api#box",
    "smithy.api#cors",
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
    // Clients use the status of the response.
    "smithy.api#httpError",
    "smithy.api#idRef",
    "smithy.api#idempotent",
    "smithy.api#input",
    "smithy.api#internal",
    "smithy.api#nestedProperties",
    "smithy.api#noReplace",
    "smithy.api#notProperty",
    "smithy.api#output",
    "smithy.api#private",
    "smithy.api#property",
    "smithy.api#protocolDefinition",
    "smithy.api#readonly",
    "smithy.api#recommended",
    "smithy.api#references",
    "smithy.api#resourceIdentifier",
    "smithy.api#since",
    "smithy.api#suppress",
    "smithy.api#tags",
    "smithy.api#trait",
    "smithy.api#traitValidators",
    "smithy.api#uniqueItems",
    "smithy.api#unitType",
    "smithy.api#unstable",
    "smithy.rules#endpointTests",
];

/// The namespaces with traits that can affect the wire or the types.
const NAMESPACES: [&str; 9] = [
    "aws.api",
    "aws.auth",
    "aws.customizations",
    "aws.protocols",
    "smithy.api",
    "smithy.framework",
    "smithy.protocols",
    "smithy.rules",
    "smithy.waiters",
];

/// Whether a trait can affect the wire or the types, but is not supported.
pub(super) fn is_unsupported(id: &str) -> bool {
    let namespace = id.split_once('#').map_or("", |(namespace, _)| namespace);
    NAMESPACES.contains(&namespace) && !LOWERED.contains(&id) && !HARMLESS.contains(&id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_distinct() {
        for table in [LOWERED, HARMLESS] {
            assert!(table.is_sorted());
        }
        assert!(!LOWERED.iter().any(|id| HARMLESS.contains(id)));
    }

    #[test]
    fn unknown_traits() {
        for (id, expected) in [
            ("smithy.api#sparse", false),
            ("smithy.api#requiresLength", false),
            ("aws.customizations#s3UnwrappedXmlOutput", true),
            ("aws.iam#iamAction", false),
            ("com.example#color", false),
        ] {
            assert_eq!(is_unsupported(id), expected, "{id}");
        }
    }
}
