//! The account, and the management network for its own licenses (BYOL).

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::{
    DedicatedTenancyModificationStateEnum as ModificationState,
    DedicatedTenancySupportEnum as Requested, DedicatedTenancySupportResultEnum as Support,
    Tenancy,
};

use super::service_errors::assert_service_errors;

const RANGE: &str = "198.19.0.0/16";
const DIRECTORY: &str = "d-906700000a";

async fn tenancy_support(client: &Client) -> (Option<Support>, Option<String>) {
    let response = client.describe_account().send().await.unwrap();
    (
        response.dedicated_tenancy_support,
        response.dedicated_tenancy_management_cidr_range,
    )
}

#[tokio::test]
async fn an_account_is_enabled_after_ten_minutes() {
    let fake = Fake::builder()
        .byol_eligible(true)
        .unregistered_directory(DIRECTORY, ["ada"])
        .build();
    let client = fake.client();
    let modify = || {
        let call = client.modify_account();
        let call = call.dedicated_tenancy_support(Requested::Enabled);
        call.dedicated_tenancy_management_cidr_range(RANGE)
    };
    let modifications = || client.describe_account_modifications();
    let none = modifications().send().await.unwrap();
    assert!(none.account_modifications().is_empty());
    assert_eq!(
        tenancy_support(&client).await,
        (Some(Support::Disabled), None)
    );

    let start = fake.now();
    modify().send().await.unwrap();
    for (after, expected_state, enabled) in [
        (0, ModificationState::Pending, false),
        (599, ModificationState::Pending, false),
        (600, ModificationState::Completed, true),
    ] {
        fake.advance(
            (start + Duration::from_secs(after))
                .duration_since(fake.now())
                .unwrap(),
        );
        let response = modifications().send().await.unwrap();
        let [one] = response.account_modifications() else {
            panic!("{response:?}");
        };
        assert_eq!(one.modification_state, Some(expected_state));
        assert_eq!(one.dedicated_tenancy_support, Some(Support::Enabled));
        assert_eq!(one.dedicated_tenancy_management_cidr_range(), Some(RANGE));
        assert_eq!(one.start_time, Some(start.into()));
        let expected = match enabled {
            true => (Some(Support::Enabled), Some(RANGE.to_owned())),
            false => (Some(Support::Disabled), None),
        };
        assert_eq!(
            tenancy_support(&client).await,
            expected,
            "after {after} seconds"
        );
        assert_service_errors! {
            modify() => is_invalid_resource_state_exception,
                "The account is already enabled to bring its own license, or is being enabled.";
        }
    }

    let register = client.register_workspace_directory();
    let register = register.directory_id(DIRECTORY).tenancy(Tenancy::Dedicated);
    register.send().await.unwrap();
    let response = client
        .describe_workspace_directories()
        .send()
        .await
        .unwrap();
    assert_eq!(response.directories()[0].tenancy, Some(Tenancy::Dedicated));
}

#[tokio::test]
async fn invalid_modifications_of_the_account_fail() {
    let client = Fake::builder().byol_eligible(true).build().client();
    let modify = || client.modify_account();
    let both = "DedicatedTenancySupport and DedicatedTenancyManagementCidrRange are both required.";
    assert_service_errors! {
        modify() => is_invalid_parameter_values_exception, both;
        modify().dedicated_tenancy_support(Requested::Enabled)
            => is_invalid_parameter_values_exception, both;
        modify().dedicated_tenancy_management_cidr_range(RANGE)
            => is_invalid_parameter_values_exception, both;
        modify().dedicated_tenancy_support(Requested::Enabled)
            .dedicated_tenancy_management_cidr_range("203.0.0.0/16")
            => is_invalid_parameter_values_exception,
            "The range 203.0.0.0/16 is not available for the management network.";
    }
    assert_eq!(
        tenancy_support(&client).await,
        (Some(Support::Disabled), None)
    );
}

#[tokio::test]
async fn ranges_for_the_management_network_are_paginated() {
    let client = Fake::builder().byol_eligible(true).build().client();
    let list = |network: &str| {
        let call = client.list_available_management_cidr_ranges();
        call.management_cidr_range_constraint(network)
    };
    let rows: &[(&str, &[&str])] = &[
        ("198.18.0.0/15", &["198.18.0.0/16", "198.19.0.0/16"]),
        ("192.168.0.0/16", &["192.168.0.0/16"]),
        ("192.168.0.0/24", &[]),
        ("203.0.113.0/8", &[]),
    ];
    for (network, expected) in rows {
        let response = list(network).send().await.unwrap();
        assert_eq!(response.management_cidr_ranges(), *expected, "{network}");
    }
    let first = list("172.16.0.0/12").send().await.unwrap();
    assert_eq!(first.management_cidr_ranges().len(), 5);
    let mut ranges = Vec::new();
    let mut token = None;
    loop {
        let page = list("172.16.0.0/12").max_results(3).set_next_token(token);
        let page = page.send().await.unwrap();
        ranges.extend(page.management_cidr_ranges.unwrap());
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(ranges.len(), 16);
    assert_eq!(
        (&*ranges[0], &*ranges[15]),
        ("172.16.0.0/16", "172.31.0.0/16")
    );
}

/// The list is for accounts that are enabled for BYOL; the API reference names the error of others.
#[tokio::test]
async fn an_account_that_is_not_eligible_is_denied_its_own_license() {
    let client = Fake::new().client();
    assert_service_errors! {
        client.list_available_management_cidr_ranges().management_cidr_range_constraint(RANGE)
            => is_access_denied_exception;
        client.modify_account().dedicated_tenancy_support(Requested::Enabled)
            .dedicated_tenancy_management_cidr_range(RANGE) => is_access_denied_exception;
    }
}
