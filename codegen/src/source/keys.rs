//! The keys and traits of the model formats, to distinguish misspelled keys from unknown keys.

/// The keys that the types of this module deserialize.
pub(crate) const MIRRORED: &str = "\
    apiVersion code deprecated deprecatedMessage document documentation endpoint endpointPrefix \
    enum error errors eventstream exception fault hostLabel hostPrefix idempotencyToken input \
    jsonVersion key locationName member members metadata operations output pattern protocol \
    protocols required retryable sensitive serviceFullName serviceId shape shapes signingName \
    targetPrefix throttling timestampFormat type union value input_token limit_key output_token \
    pagination result_key argv assign authSchemes builtIn conditions default headers parameters \
    properties rules signingRegion collectionOperations create delete items inputToken mixins \
    outputToken pageSize read rename resources smithy target traits update version \
    awsQueryCompatible clientContextParams contextParam staticContextParams \
    operationContextParams endpointdiscovery endpointoperation requestcompression encodings authtype \
    waiters acceptors matcher argument expected description maxDelay partitions regionRegex \
    dnsSuffix dualStackDnsSuffix implicitGlobalRegion supportsDualStack supportsFIPS \
    variants optional http method requestUri responseCode httpChecksum \
    httpChecksumRequired requestAlgorithmMember requestChecksumRequired responseAlgorithms \
    requestValidationModeMember auth unsignedPayload location queryName flattened xmlAttribute \
    xmlNamespace jsonvalue eventheader eventpayload payload sparse streaming requiresLength";

/// Keys of the formats that are ignored, although they resemble other keys.
pub(crate) const KNOWN: &str = "\
    endpointdiscoveryid signingRegionSet max min box error name uid list put uri prefix";

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
