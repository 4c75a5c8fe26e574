//! The Region, the profile, and settings of endpoints that are not URLs.

use super::{Case, both, env, file};

pub(crate) const CASES: &[Case] = &[
    env("nothing is set", &[], &[]),
    file("an empty profile", "[default]\n", &[]),
    env(
        "AWS_REGION",
        &[("AWS_REGION", "eu-west-1")],
        &[("Region", "eu-west-1")],
    ),
    env(
        "AWS_DEFAULT_REGION",
        &[("AWS_DEFAULT_REGION", "eu-west-1")],
        &[("Region", "eu-west-1")],
    ),
    env(
        "AWS_REGION comes before AWS_DEFAULT_REGION",
        &[
            ("AWS_REGION", "eu-west-1"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
        ],
        &[("Region", "eu-west-1")],
    ),
    both(
        "AWS_REGION comes before the profile",
        &[("AWS_REGION", "eu-west-1")],
        "[default]\nregion = us-east-1\n",
        &[("Region", "eu-west-1")],
    ),
    both(
        "AWS_DEFAULT_REGION comes before the profile",
        &[("AWS_DEFAULT_REGION", "eu-west-1")],
        "[default]\nregion = us-east-1\n",
        &[("Region", "eu-west-1")],
    ),
    both(
        "a blank AWS_REGION",
        &[("AWS_REGION", " ")],
        "[default]\nregion = us-east-1\n",
        &[("Region", "us-east-1")],
    ),
    env(
        "spaces around AWS_REGION",
        &[("AWS_REGION", " eu-west-1 ")],
        &[("Region", "eu-west-1")],
    ),
    file(
        "region",
        "[default]\nregion = us-east-1\n",
        &[("Region", "us-east-1")],
    ),
    file("a blank region", "[default]\nregion =\n", &[]),
    file(
        "the region of a source profile",
        "[default]\nsource_profile = base\n[profile base]\nregion = us-east-1\n",
        &[("Region", "us-east-1")],
    ),
    file(
        "source profiles in a circle",
        "[default]\nsource_profile = base\n[profile base]\nsource_profile = default\n",
        &[],
    ),
    file(
        "a source profile that is not defined",
        "[default]\nsource_profile = base\n",
        &[],
    ),
    both(
        "AWS_PROFILE",
        &[("AWS_PROFILE", "dev")],
        "[default]\nregion = us-east-1\n[profile dev]\nregion = eu-west-1\nmax_attempts = 7\n",
        &[("Region", "eu-west-1"), ("max attempts", "7")],
    ),
    both(
        "AWS_PROFILE is not defined",
        &[("AWS_PROFILE", "other")],
        "[default]\nregion = us-east-1\nmax_attempts = 7\n",
        &[],
    ),
    both(
        "AWS_PROFILE is empty",
        &[("AWS_PROFILE", "")],
        "[default]\nregion = us-east-1\n",
        &[],
    ),
    file(
        "a profile without the prefix",
        "[default]\nmax_attempts = 7\n[dev]\nmax_attempts = 8\n",
        &[("max attempts", "7")],
    ),
    file(
        "a file that is not valid",
        "[default]\nregion = us-east-1\nnot a property\n",
        &[],
    ),
    both(
        "the environment with a file that is not valid",
        &[
            ("AWS_REGION", "eu-west-1"),
            ("AWS_USE_FIPS_ENDPOINT", "true"),
        ],
        "[default]\nnot a property\n",
        &[("Region", "eu-west-1"), ("FIPS", "true")],
    ),
    env(
        "AWS_USE_FIPS_ENDPOINT",
        &[("AWS_USE_FIPS_ENDPOINT", "TRUE")],
        &[("FIPS", "true")],
    ),
    file(
        "use_fips_endpoint",
        "[default]\nuse_fips_endpoint = true\n",
        &[("FIPS", "true")],
    ),
    both(
        "AWS_USE_FIPS_ENDPOINT comes before the profile",
        &[("AWS_USE_FIPS_ENDPOINT", "false")],
        "[default]\nuse_fips_endpoint = true\n",
        &[("FIPS", "false")],
    ),
    both(
        "AWS_USE_FIPS_ENDPOINT is not valid",
        &[("AWS_USE_FIPS_ENDPOINT", "yes")],
        "[default]\nuse_fips_endpoint = true\n",
        &[],
    ),
    both(
        "AWS_USE_FIPS_ENDPOINT is blank",
        &[("AWS_USE_FIPS_ENDPOINT", "")],
        "[default]\nuse_fips_endpoint = true\n",
        &[("FIPS", "true")],
    ),
    env(
        "AWS_USE_DUALSTACK_ENDPOINT",
        &[("AWS_USE_DUALSTACK_ENDPOINT", "true")],
        &[("dual stack", "true")],
    ),
    file(
        "use_dualstack_endpoint",
        "[default]\nuse_dualstack_endpoint = True\n",
        &[("dual stack", "true")],
    ),
    both(
        "AWS_USE_DUALSTACK_ENDPOINT comes before the profile",
        &[("AWS_USE_DUALSTACK_ENDPOINT", "false")],
        "[default]\nuse_dualstack_endpoint = true\n",
        &[("dual stack", "false")],
    ),
    file(
        "use_dualstack_endpoint is not valid",
        "[default]\nuse_dualstack_endpoint = 1\n",
        &[],
    ),
    env(
        "AWS_ACCOUNT_ID_ENDPOINT_MODE",
        &[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "Required")],
        &[("account ID endpoint mode", "required")],
    ),
    file(
        "account_id_endpoint_mode",
        "[default]\naccount_id_endpoint_mode = disabled\n",
        &[("account ID endpoint mode", "disabled")],
    ),
    both(
        "AWS_ACCOUNT_ID_ENDPOINT_MODE comes before the profile",
        &[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "preferred")],
        "[default]\naccount_id_endpoint_mode = disabled\n",
        &[("account ID endpoint mode", "preferred")],
    ),
    env(
        "AWS_ACCOUNT_ID_ENDPOINT_MODE is not valid",
        &[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "always")],
        &[],
    ),
];
