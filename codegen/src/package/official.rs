//! The names of the official crates.

/// Returns the name of the official crate of a service, such as `aws-sdk-directory` for `Directory Service`.
///
/// The rule is that of the official build
/// ([ServiceLoader.kt](https://github.com/smithy-lang/smithy-rs/blob/main/buildSrc/src/main/kotlin/aws/sdk/ServiceLoader.kt)):
/// the service ID in lower case, without spaces and dashes, and without `service` and `api` at its end.
pub fn official_name(service: &str) -> String {
    let short: String = service
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let short = short.strip_suffix("service").unwrap_or(&short);
    let short = short.strip_suffix("api").unwrap_or(short);
    format!("aws-sdk-{short}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The service IDs of models, and the names on crates.io.
    #[test]
    fn names_are_those_on_crates_io() {
        for (id, name) in [
            ("ApiGatewayManagementApi", "apigatewaymanagement"),
            ("Application Discovery Service", "applicationdiscovery"),
            ("Bedrock Runtime", "bedrockruntime"),
            ("CloudWatch", "cloudwatch"),
            ("CloudWatch Logs", "cloudwatchlogs"),
            ("CodeStar connections", "codestarconnections"),
            ("Config Service", "config"),
            ("Cost and Usage Report Service", "costandusagereport"),
            ("Database Migration Service", "databasemigration"),
            ("Directory Service", "directory"),
            ("Directory Service Data", "directoryservicedata"),
            ("DynamoDB", "dynamodb"),
            ("DynamoDB Streams", "dynamodbstreams"),
            ("Elastic Load Balancing", "elasticloadbalancing"),
            ("Elastic Load Balancing v2", "elasticloadbalancingv2"),
            ("Elasticsearch Service", "elasticsearch"),
            ("EventBridge", "eventbridge"),
            ("Lex Model Building Service", "lexmodelbuilding"),
            ("Marketplace Entitlement Service", "marketplaceentitlement"),
            ("MediaPackage Vod", "mediapackagevod"),
            ("Resource Groups Tagging API", "resourcegroupstagging"),
            (
                "ServerlessApplicationRepository",
                "serverlessapplicationrepository",
            ),
            ("ServiceDiscovery", "servicediscovery"),
            ("SES", "ses"),
            ("SESv2", "sesv2"),
            ("SFN", "sfn"),
            ("SSO OIDC", "ssooidc"),
            ("WAF Regional", "wafregional"),
        ] {
            assert_eq!(official_name(id), format!("aws-sdk-{name}"), "{id}");
        }
    }
}
