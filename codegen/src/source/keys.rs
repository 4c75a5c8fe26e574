//! The keys and traits of the model formats, to distinguish misspelled keys from unknown keys.

/// The keys that the types of this module deserialize. A test compares them with the types.
pub(crate) const MIRRORED: &str = "\
    absent acceptors after apiVersion argument argv arnNamespace assign auth authSchemes \
    authtype awsQueryCompatible batches builtIn burst clientContextParams code \
    collectionOperations comparator conditions contextParam create default delay delete \
    deprecated deprecatedMessage description disableDoubleEncoding dnsSuffix docs document \
    documentation dualStackDnsSuffix encodings endpoint endpointPrefix endpointdiscovery \
    endpointoperation enum error errorType errors eventheader eventpayload eventstream examples \
    exception expected failed failedItem fault flattened fn headers hostLabel hostPrefix http \
    httpChecksum httpChecksumRequired id idempotencyToken ids implicitGlobalRegion input \
    inputOutput inputToken input_token items jsonVersion jsonvalue key limit_key list listed \
    location locationName matcher max maxDelay member members message metadata method min \
    minDelay mixins name operation operationContextParams operations optional output outputToken \
    output_token outputs pageSize pagination parameters partitions path pattern payload \
    perSecond polls prefix properties protocol protocols put queryName read ref regionRegex \
    regions rename requestAlgorithmMember requestChecksumRequired requestRate requestUri \
    requestValidationModeMember requestcompression required requiresLength resources \
    responseAlgorithms responseCode result_key retryable rules sdkId sensitive serviceFullName \
    serviceId shape shapes signatureVersion signingName signingRegion smithy source sparse state \
    staticContextParams streaming succeeded success supportsDualStack supportsFIPS target \
    targetPrefix throttling timestampFormat traits type union unsignedPayload update uri url \
    value values variants version waiters within xmlAttribute xmlNamespace";

/// Keys of the formats that are ignored, although they resemble keys that are read.
pub(crate) const KNOWN: &str = "endpointdiscoveryid signingRegionSet uid";

/// The traits of Smithy's prelude.
pub(crate) const PRELUDE_TRAITS: &str = "\
    addedDefault auth authDefinition box clientOptional cors default deprecated documentation \
    endpoint enum enumValue error eventHeader eventPayload examples externalDocumentation \
    hostLabel http httpApiKeyAuth httpBasicAuth httpBearerAuth httpChecksumRequired \
    httpDigestAuth httpError httpHeader httpLabel httpPayload httpPrefixHeaders httpQuery \
    httpQueryParams httpResponseCode idRef idempotencyToken idempotent input internal jsonName \
    length mediaType mixin nestedProperties noReplace notProperty optionalAuth output paginated \
    pattern private property protocolDefinition range readonly recommended references \
    requestCompression required requiresLength resourceIdentifier retryable sensitive since \
    sparse streaming suppress tags timestampFormat title trait traitValidators uniqueItems \
    unitType unstable xmlAttribute xmlFlattened xmlName xmlNamespace";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use heck::ToLowerCamelCase;
    use syn::{Attribute, Fields, Item};

    use super::*;
    use crate::diagnostic::Suggestion;

    const SOURCES: [&str; 5] = [
        include_str!("botocore.rs"),
        include_str!("rules.rs"),
        include_str!("smithy.rs"),
        include_str!("tables.rs"),
        include_str!("waiters.rs"),
    ];

    /// Returns the value of a property in the attributes for serde.
    fn serde(attributes: &[Attribute], property: &str) -> Option<String> {
        let lists = attributes
            .iter()
            .filter_map(|it| it.meta.require_list().ok());
        let tokens = lists.map(|list| list.tokens.to_string());
        let start = format!("{property} = \"");
        let mut values = tokens.filter_map(|tokens| {
            let (_, rest) = tokens.split_once(&start)?;
            Some(rest.split_once('"')?.0.to_owned())
        });
        values.next()
    }

    /// Returns the keys of the fields of a structure or variant.
    fn keys(fields: &Fields, rename_all: &Option<String>) -> Vec<String> {
        let named = fields.iter().filter_map(|field| {
            let name = field.ident.as_ref()?.to_string();
            let renamed = serde(&field.attrs, "rename");
            Some(renamed.unwrap_or_else(|| match rename_all.as_deref() {
                Some("camelCase") => name.to_lower_camel_case(),
                _ => name,
            }))
        });
        named.collect()
    }

    #[test]
    fn the_keys_are_those_of_the_types() {
        let mut found = BTreeSet::new();
        for source in SOURCES {
            let file = syn::parse_file(source).unwrap();
            for item in file.items {
                match item {
                    Item::Struct(item) => {
                        found.extend(keys(&item.fields, &serde(&item.attrs, "rename_all")));
                    }
                    Item::Enum(item) => {
                        let variants = item.variants.iter();
                        found.extend(variants.flat_map(|it| keys(&it.fields, &None)));
                    }
                    _ => {}
                }
            }
        }
        let listed: Vec<&str> = MIRRORED.split_whitespace().collect();
        assert_eq!(listed, found.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn keys_that_are_ignored_resemble_others() {
        for key in KNOWN.split_whitespace() {
            let mut read = MIRRORED.split_whitespace();
            assert!(read.all(|other| other != key), "{key} is read");
            let similar = Suggestion::similar(key, MIRRORED.split_whitespace());
            assert_ne!(similar, Suggestion::None, "{key}");
        }
    }

    #[test]
    fn misspelled_keys_are_found() {
        for (wrong, key) in [
            ("signatureVersoin", "signatureVersion"),
            ("mindelay", "minDelay"),
            ("errortype", "errorType"),
            ("outptus", "outputs"),
            ("compartor", "comparator"),
        ] {
            let similar = Suggestion::similar(wrong, MIRRORED.split_whitespace());
            assert_eq!(similar, Suggestion::Similar(key.to_owned()));
        }
    }
}
