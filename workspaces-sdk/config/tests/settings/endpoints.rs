//! The URLs of endpoints.

use super::{Case, both, env, file};

const FROM_ENV: (&str, &str) = ("origin of the endpoint", "shared environment variable");
const FROM_FILE: (&str, &str) = ("origin of the endpoint", "shared profile file");

pub(crate) const CASES: &[Case] = &[
    env(
        "AWS_ENDPOINT_URL",
        &[("AWS_ENDPOINT_URL", "http://localhost:1")],
        &[
            ("endpoint", "http://localhost:1"),
            FROM_ENV,
            ("endpoint of S3", "http://localhost:1"),
            ("endpoint of SSO OIDC", "http://localhost:1"),
            ("endpoint of WorkSpaces", "http://localhost:1"),
        ],
    ),
    file(
        "endpoint_url",
        "[default]\nendpoint_url = http://localhost:2\n",
        &[
            ("endpoint", "http://localhost:2"),
            FROM_FILE,
            ("endpoint of S3", "http://localhost:2"),
            ("endpoint of SSO OIDC", "http://localhost:2"),
            ("endpoint of WorkSpaces", "http://localhost:2"),
        ],
    ),
    both(
        "AWS_ENDPOINT_URL comes before the profile",
        &[("AWS_ENDPOINT_URL", "http://localhost:1")],
        "[default]\nendpoint_url = http://localhost:2\n",
        &[
            ("endpoint", "http://localhost:1"),
            FROM_ENV,
            ("endpoint of S3", "http://localhost:1"),
            ("endpoint of SSO OIDC", "http://localhost:1"),
            ("endpoint of WorkSpaces", "http://localhost:1"),
        ],
    ),
    env(
        "the variables of services",
        &[
            ("AWS_ENDPOINT_URL_S3", "http://localhost:3"),
            ("AWS_ENDPOINT_URL_SSO_OIDC", "http://localhost:4"),
        ],
        &[
            ("endpoint of S3", "http://localhost:3"),
            ("endpoint of SSO OIDC", "http://localhost:4"),
        ],
    ),
    env(
        "the variable of a service comes before that of all",
        &[
            ("AWS_ENDPOINT_URL", "http://localhost:1"),
            ("AWS_ENDPOINT_URL_S3", "http://localhost:3"),
        ],
        &[
            ("endpoint", "http://localhost:1"),
            FROM_ENV,
            ("endpoint of S3", "http://localhost:3"),
            ("endpoint of SSO OIDC", "http://localhost:1"),
            ("endpoint of WorkSpaces", "http://localhost:1"),
        ],
    ),
    file(
        "a section of services",
        "[default]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://localhost:5\n\
         workspaces =\n  endpoint_url = http://localhost:6\n",
        &[
            ("endpoint of S3", "http://localhost:5"),
            ("endpoint of WorkSpaces", "http://localhost:6"),
        ],
    ),
    file(
        "a section of services with a space in the ID",
        "[default]\nservices = local\n[services local]\nsso_oidc =\n  endpoint_url = http://localhost:5\n",
        &[("endpoint of SSO OIDC", "http://localhost:5")],
    ),
    file(
        "the endpoint of a service comes before that of the profile",
        "[default]\nendpoint_url = http://localhost:2\nservices = local\n[services local]\ns3 =\n\
        \x20 endpoint_url = http://localhost:5\n",
        &[
            ("endpoint", "http://localhost:2"),
            FROM_FILE,
            ("endpoint of S3", "http://localhost:5"),
            ("endpoint of SSO OIDC", "http://localhost:2"),
            ("endpoint of WorkSpaces", "http://localhost:2"),
        ],
    ),
    both(
        "the variable of all services comes before a section of services",
        &[("AWS_ENDPOINT_URL", "http://localhost:1")],
        "[default]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://localhost:5\n",
        &[
            ("endpoint", "http://localhost:1"),
            FROM_ENV,
            ("endpoint of S3", "http://localhost:1"),
            ("endpoint of SSO OIDC", "http://localhost:1"),
            ("endpoint of WorkSpaces", "http://localhost:1"),
        ],
    ),
    both(
        "the variable of a service comes before its section",
        &[("AWS_ENDPOINT_URL_S3", "http://localhost:3")],
        "[default]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://localhost:5\n",
        &[("endpoint of S3", "http://localhost:3")],
    ),
    file(
        "a section of services that is not defined",
        "[default]\nservices = other\n[services local]\ns3 =\n  endpoint_url = http://localhost:5\n",
        &[],
    ),
    both(
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        &[
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
            ("AWS_ENDPOINT_URL", "http://localhost:1"),
            ("AWS_ENDPOINT_URL_S3", "http://localhost:3"),
        ],
        "[default]\nendpoint_url = http://localhost:2\n",
        &[],
    ),
    file(
        "ignore_configured_endpoint_urls",
        "[default]\nignore_configured_endpoint_urls = true\nendpoint_url = http://localhost:2\n",
        &[],
    ),
    both(
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS comes before the profile",
        &[
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false"),
            ("AWS_ENDPOINT_URL_S3", "http://localhost:3"),
        ],
        "[default]\nignore_configured_endpoint_urls = true\n",
        &[("endpoint of S3", "http://localhost:3")],
    ),
    env(
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is not valid",
        &[
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "1"),
            ("AWS_ENDPOINT_URL_S3", "http://localhost:3"),
        ],
        &[("endpoint of S3", "http://localhost:3")],
    ),
    file(
        "endpoint_url without a host",
        "[default]\nendpoint_url = http://\n",
        &[
            ("endpoint of S3", "http://"),
            ("endpoint of SSO OIDC", "http://"),
            ("endpoint of WorkSpaces", "http://"),
        ],
    ),
    file("endpoint_url is blank", "[default]\nendpoint_url =\n", &[]),
    env(
        "AWS_ENDPOINT_URL with a path",
        &[("AWS_ENDPOINT_URL", "https://localhost:1/path/")],
        &[
            ("endpoint", "https://localhost:1/path/"),
            FROM_ENV,
            ("endpoint of S3", "https://localhost:1/path/"),
            ("endpoint of SSO OIDC", "https://localhost:1/path/"),
            ("endpoint of WorkSpaces", "https://localhost:1/path/"),
        ],
    ),
    both(
        "AWS_ENDPOINT_URL_S3 is blank",
        &[("AWS_ENDPOINT_URL_S3", "")],
        "[default]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://localhost:5\n",
        &[("endpoint of S3", "http://localhost:5")],
    ),
    both(
        "AWS_ENDPOINT_URL is blank",
        &[("AWS_ENDPOINT_URL", "")],
        "[default]\nendpoint_url = http://localhost:2\n",
        &[
            ("endpoint", "http://localhost:2"),
            FROM_FILE,
            ("endpoint of S3", "http://localhost:2"),
            ("endpoint of SSO OIDC", "http://localhost:2"),
            ("endpoint of WorkSpaces", "http://localhost:2"),
        ],
    ),
    env(
        "AWS_ENDPOINT_URL is not a URL",
        &[("AWS_ENDPOINT_URL", "localhost")],
        &[
            ("endpoint of S3", "localhost"),
            ("endpoint of SSO OIDC", "localhost"),
            ("endpoint of WorkSpaces", "localhost"),
        ],
    ),
];
