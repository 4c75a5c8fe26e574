//! Cases of the endpoint of the metadata service of EC2, from the environment and the profile.

use super::Case;
use super::Expected::{NotLoaded, ProviderError};
use super::Reply::{Status, Token};
use super::imds::{ALL, ENDPOINT, LOADED, SERVER, TOKEN, WORKING};

const MODE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
const PROFILE: (&str, &str) = ("AWS_CONFIG_FILE", "/config");

/// All cases.
pub(crate) const CASES: &[Case] = &[
    Case {
        name: "the default endpoint",
        env: &[],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &[
            "PUT http://169.254.169.254/latest/api/token 21600",
            "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/ T0KEN-1",
            "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/role T0KEN-1",
        ],
    },
    Case {
        name: "IPv6 by the environment, in any case",
        env: &[(MODE, "ipv6")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &[
            "PUT http://[fd00:ec2::254]/latest/api/token 21600",
            "GET http://[fd00:ec2::254]/latest/meta-data/iam/security-credentials/ T0KEN-1",
            "GET http://[fd00:ec2::254]/latest/meta-data/iam/security-credentials/role T0KEN-1",
        ],
    },
    Case {
        name: "IPv6 by the profile",
        env: &[PROFILE, ("AWS_PROFILE", "p")],
        files: &[(
            "/config",
            "[profile p]\nec2_metadata_service_endpoint_mode = IPv6\n",
        )],
        server: &[(TOKEN, &[Status(403, "")])],
        expected: ProviderError("403"),
        requests: &["PUT http://[fd00:ec2::254]/latest/api/token 21600"],
    },
    Case {
        name: "the mode of the environment before that of the profile",
        env: &[PROFILE, (MODE, "IPv4")],
        files: &[(
            "/config",
            "[default]\nec2_metadata_service_endpoint_mode = IPv6\n",
        )],
        server: &[(TOKEN, &[Status(403, "")])],
        expected: ProviderError("403"),
        requests: &["PUT http://169.254.169.254/latest/api/token 21600"],
    },
    Case {
        name: "the endpoint of the profile, before the mode of the environment",
        env: &[PROFILE, (MODE, "IPv6")],
        files: &[(
            "/config",
            "[default]\nec2_metadata_service_endpoint = http://{server}\n",
        )],
        server: WORKING,
        expected: LOADED,
        requests: ALL,
    },
    Case {
        name: "the endpoint of the environment, before that of the profile",
        env: &[PROFILE, SERVER],
        files: &[(
            "/config",
            "[default]\nec2_metadata_service_endpoint = http://{closed}\n",
        )],
        server: WORKING,
        expected: LOADED,
        requests: ALL,
    },
    Case {
        name: "a mode that is not valid, which does not matter with an endpoint",
        env: &[SERVER, (MODE, "IPv5")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: ALL,
    },
    Case {
        name: "an endpoint with a path",
        env: &[(ENDPOINT, "http://{server}/a/")],
        files: &[],
        server: &[
            ("PUT /a/latest/api/token", &[Token("T0KEN-1", "21600")]),
            (
                "GET /a/latest/meta-data/iam/security-credentials/",
                &[Status(404, "")],
            ),
        ],
        expected: NotLoaded("the instance has no IAM role"),
        requests: &[
            "PUT /a/latest/api/token 21600",
            "GET /a/latest/meta-data/iam/security-credentials/ T0KEN-1",
        ],
    },
    Case {
        name: "a mode that is not valid",
        env: &[(MODE, "IPv5")],
        files: &[],
        server: WORKING,
        expected: ProviderError(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is not valid: expected `IPv4` or `IPv6`",
        ),
        requests: &[],
    },
    Case {
        name: "a mode in the profile that is not valid",
        env: &[PROFILE],
        files: &[(
            "/config",
            "[default]\nec2_metadata_service_endpoint_mode = IPv5\n",
        )],
        server: WORKING,
        expected: ProviderError("ec2_metadata_service_endpoint_mode in /config:2 is not valid"),
        requests: &[],
    },
    Case {
        name: "an endpoint that is not valid",
        env: &[(ENDPOINT, "http://not a host")],
        files: &[],
        server: WORKING,
        expected: ProviderError("AWS_EC2_METADATA_SERVICE_ENDPOINT is not valid"),
        requests: &[],
    },
    Case {
        name: "an empty endpoint",
        env: &[(ENDPOINT, "")],
        files: &[],
        server: WORKING,
        expected: ProviderError("AWS_EC2_METADATA_SERVICE_ENDPOINT is not valid"),
        requests: &[],
    },
];
