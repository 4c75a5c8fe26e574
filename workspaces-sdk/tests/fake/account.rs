//! The account, and the management network of WorkSpaces with its own licences.

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::{
    DedicatedTenancyModificationStateEnum as ModificationState,
    DedicatedTenancySupportEnum as Wanted, DedicatedTenancySupportResultEnum as Support, Tenancy,
};

use crate::refused::refused;

const RANGE: &str = "198.19.0.0/16";
const DIRECTORY: &str = "d-906700000a";

async fn told(client: &Client) -> (Option<Support>, Option<String>) {
    let answer = client.describe_account().send().await.unwrap();
    (
        answer.dedicated_tenancy_support,
        answer.dedicated_tenancy_management_cidr_range,
    )
}

#[tokio::test]
async fn an_account_is_enabled_after_minutes() {
    let fake = Fake::builder()
        .unregistered_directory(DIRECTORY, ["ada"])
        .build();
    let client = fake.client();
    let modify = || {
        let call = client.modify_account();
        let call = call.dedicated_tenancy_support(Wanted::Enabled);
        call.dedicated_tenancy_management_cidr_range(RANGE)
    };
    let modifications = || client.describe_account_modifications();
    let none = modifications().send().await.unwrap();
    assert!(none.account_modifications().is_empty());
    assert_eq!(told(&client).await, (Some(Support::Disabled), None));

    let began = fake.now();
    modify().send().await.unwrap();
    for (after, is, enabled) in [
        (0, ModificationState::Pending, false),
        (599, ModificationState::Pending, false),
        (600, ModificationState::Completed, true),
    ] {
        fake.advance(
            (began + Duration::from_secs(after))
                .duration_since(fake.now())
                .unwrap(),
        );
        let answer = modifications().send().await.unwrap();
        let [one] = answer.account_modifications() else {
            panic!("{answer:?}");
        };
        assert_eq!(one.modification_state, Some(is));
        assert_eq!(one.dedicated_tenancy_support, Some(Support::Enabled));
        assert_eq!(one.dedicated_tenancy_management_cidr_range(), Some(RANGE));
        assert_eq!(one.start_time, Some(began.into()));
        let expected = match enabled {
            true => (Some(Support::Enabled), Some(RANGE.to_owned())),
            false => (Some(Support::Disabled), None),
        };
        assert_eq!(told(&client).await, expected, "after {after} seconds");
        refused! {
            modify() => is_invalid_resource_state_exception,
                "The account is enabled to bring licences, or about to be.";
        }
    }

    let register = client.register_workspace_directory();
    let register = register.directory_id(DIRECTORY).tenancy(Tenancy::Dedicated);
    register.send().await.unwrap();
    let answer = client
        .describe_workspace_directories()
        .send()
        .await
        .unwrap();
    assert_eq!(answer.directories()[0].tenancy, Some(Tenancy::Dedicated));
}

#[tokio::test]
async fn what_does_not_enable_an_account_is_refused() {
    let client = Fake::new().client();
    let modify = || client.modify_account();
    let both = "Give both DedicatedTenancySupport and DedicatedTenancyManagementCidrRange.";
    refused! {
        modify() => is_invalid_parameter_values_exception, both;
        modify().dedicated_tenancy_support(Wanted::Enabled)
            => is_invalid_parameter_values_exception, both;
        modify().dedicated_tenancy_management_cidr_range(RANGE)
            => is_invalid_parameter_values_exception, both;
        modify().dedicated_tenancy_support(Wanted::Enabled)
            .dedicated_tenancy_management_cidr_range("203.0.0.0/16")
            => is_invalid_parameter_values_exception,
            "The range 203.0.0.0/16 is not available for the management network.";
    }
    assert_eq!(told(&client).await, (Some(Support::Disabled), None));
}

#[tokio::test]
async fn ranges_for_the_management_network_are_listed_in_pages() {
    let client = Fake::new().client();
    let list = |within: &str| {
        let call = client.list_available_management_cidr_ranges();
        call.management_cidr_range_constraint(within)
    };
    let rows: &[(&str, &[&str])] = &[
        ("198.18.0.0/15", &["198.18.0.0/16", "198.19.0.0/16"]),
        ("192.168.0.0/16", &["192.168.0.0/16"]),
        ("192.168.0.0/24", &[]),
        ("203.0.113.0/8", &[]),
    ];
    for (within, expected) in rows {
        let answer = list(within).send().await.unwrap();
        assert_eq!(answer.management_cidr_ranges(), *expected, "{within}");
    }
    let first = list("172.16.0.0/12").send().await.unwrap();
    assert_eq!(first.management_cidr_ranges().len(), 5);
    let mut seen = Vec::new();
    let mut token = None;
    loop {
        let page = list("172.16.0.0/12").max_results(3).set_next_token(token);
        let page = page.send().await.unwrap();
        seen.extend(page.management_cidr_ranges.unwrap());
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 16);
    assert_eq!((&*seen[0], &*seen[15]), ("172.16.0.0/16", "172.31.0.0/16"));
}
