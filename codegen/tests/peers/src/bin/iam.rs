//! Users, roles, policies: documents in URL encoding, pages, waiters, and errors whose codes differ from their names.

use std::time::Duration;

use aws_sdk_iam::Client;
use aws_sdk_iam::client::Waiters;
use aws_sdk_iam::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_iam::operation::RequestId;
use aws_sdk_iam::operation::delete_role::DeleteRoleError;
use aws_sdk_iam::types::{PolicyScopeType, ReportStateType, StatusType, SummaryKeyType, Tag};

const TRUST: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole", "Sid": "a+b & c=ü"}]
}"#;
const POLICY: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_iam);
    users(&client).await?;
    roles(&client).await?;
    policies(&client).await?;
    account(&client).await
}

async fn users(client: &Client) -> peers::Result {
    // The waiter starts before the user exists.
    let waiter = client
        .wait_until_user_exists()
        .user_name("ada")
        .wait(Duration::from_secs(30));
    let create = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let tag = Tag::builder().key("team").value("a b").build()?;
        Ok::<_, Box<dyn std::error::Error>>(
            client
                .create_user()
                .user_name("ada")
                .path("/dev/")
                .tags(tag)
                .send()
                .await?,
        )
    };
    let (waited, created) = tokio::join!(waiter, create);
    let created = created?;
    let user = created.user().expect("a user");
    assert_eq!((user.user_name(), user.path()), ("ada", "/dev/"));
    assert_eq!(user.arn(), "arn:aws:iam::123456789012:user/dev/ada");
    assert!(user.create_date().secs() > 1_600_000_000);
    let waited = waited?.into_result()?;
    assert_eq!(
        waited.user().map(|user| user.user_id()),
        Some(user.user_id())
    );

    let output = client.get_user().user_name("ada").send().await?;
    assert_eq!(
        output.user().map(|user| user.tags()[0].value()),
        Some("a b")
    );
    assert!(output.request_id().is_some());
    let output = client.create_access_key().user_name("ada").send().await?;
    let key = output.access_key().expect("a key");
    assert_eq!(
        (key.status(), key.user_name()),
        (&StatusType::Active, "ada")
    );
    assert!(!format!("{output:?}").contains(key.secret_access_key()));
    let output = client.list_access_keys().user_name("ada").send().await?;
    assert_eq!(
        output.access_key_metadata()[0].access_key_id(),
        Some(key.access_key_id())
    );
    client
        .delete_access_key()
        .user_name("ada")
        .access_key_id(key.access_key_id())
        .send()
        .await?;

    let error = client
        .create_user()
        .user_name("ada")
        .send()
        .await
        .expect_err("it exists");
    assert_eq!(error.code(), Some("EntityAlreadyExists"));
    assert!(
        error
            .into_service_error()
            .is_entity_already_exists_exception()
    );
    client.delete_user().user_name("ada").send().await?;
    let error = client
        .get_user()
        .user_name("ada")
        .send()
        .await
        .expect_err("it was deleted");
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 404)
    );
    assert!(error.request_id().is_some());
    assert_eq!(
        (error.code(), error.message().is_some()),
        (Some("NoSuchEntity"), true)
    );
    assert!(error.into_service_error().is_no_such_entity_exception());
    Ok(())
}

async fn roles(client: &Client) -> peers::Result {
    for number in 0..7 {
        client
            .create_role()
            .role_name(format!("role-{number}"))
            .path("/pages/")
            .assume_role_policy_document(TRUST)
            .max_session_duration(7200)
            .send()
            .await?;
    }
    client
        .wait_until_role_exists()
        .role_name("role-0")
        .wait(Duration::from_secs(10))
        .await?;
    let output = client.get_role().role_name("role-0").send().await?;
    let role = output.role().expect("a role");
    assert_eq!(role.max_session_duration(), Some(7200));
    assert_eq!(decode(role.assume_role_policy_document())?, TRUST);
    assert!(
        role.assume_role_policy_document()
            .is_some_and(|document| document.starts_with("%7B"))
    );

    let mut pages = client
        .list_roles()
        .path_prefix("/pages/")
        .into_paginator()
        .page_size(3)
        .send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page?.roles().len());
    }
    assert_eq!(sizes, [3, 3, 1]);
    let roles = client
        .list_roles()
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    assert!(roles.iter().filter(|role| role.path() == "/pages/").count() == 7);

    client
        .put_role_policy()
        .role_name("role-0")
        .policy_name("inline")
        .policy_document(POLICY)
        .send()
        .await?;
    let output = client
        .get_role_policy()
        .role_name("role-0")
        .policy_name("inline")
        .send()
        .await?;
    assert_eq!(decode(Some(output.policy_document()))?, POLICY);
    let output = client
        .list_role_policies()
        .role_name("role-0")
        .send()
        .await?;
    assert_eq!(output.policy_names(), ["inline"]);
    client
        .delete_role_policy()
        .role_name("role-0")
        .policy_name("inline")
        .send()
        .await?;
    Ok(())
}

async fn policies(client: &Client) -> peers::Result {
    let output = client
        .create_policy()
        .policy_name("reader")
        .policy_document(POLICY)
        .send()
        .await?;
    let arn = output
        .policy()
        .and_then(|policy| policy.arn())
        .expect("an ARN")
        .to_owned();
    client
        .wait_until_policy_exists()
        .policy_arn(&arn)
        .wait(Duration::from_secs(10))
        .await?;
    let output = client
        .get_policy_version()
        .policy_arn(&arn)
        .version_id("v1")
        .send()
        .await?;
    let version = output.policy_version().expect("a version");
    assert!(version.is_default_version());
    assert_eq!(decode(version.document())?, POLICY);

    client
        .attach_role_policy()
        .role_name("role-1")
        .policy_arn(&arn)
        .send()
        .await?;
    let output = client
        .list_attached_role_policies()
        .role_name("role-1")
        .send()
        .await?;
    assert_eq!(
        output.attached_policies()[0].policy_arn(),
        Some(arn.as_str())
    );
    let output = client
        .list_policies()
        .scope(PolicyScopeType::Local)
        .only_attached(true)
        .send()
        .await?;
    assert_eq!(output.policies().len(), 1);
    assert_eq!(output.policies()[0].attachment_count(), Some(1));

    let error = client
        .delete_role()
        .role_name("role-1")
        .send()
        .await
        .expect_err("a policy is attached");
    assert_eq!(error.code(), Some("DeleteConflict"));
    match error.into_service_error() {
        DeleteRoleError::DeleteConflictException(conflict) => assert!(conflict.message().is_some()),
        error => panic!("{error:?}"),
    }
    client
        .detach_role_policy()
        .role_name("role-1")
        .policy_arn(&arn)
        .send()
        .await?;
    client.delete_role().role_name("role-1").send().await?;
    let error = client
        .get_role()
        .role_name("role-1")
        .send()
        .await
        .expect_err("it was deleted");
    assert!(
        error
            .as_service_error()
            .is_some_and(|error| error.is_no_such_entity_exception())
    );
    Ok(())
}

/// A map and a blob in XML.
async fn account(client: &Client) -> peers::Result {
    let output = client.get_account_summary().send().await?;
    let summary = output.summary_map().expect("a map");
    assert_eq!(summary[&SummaryKeyType::Policies], 1);
    assert_eq!(summary[&SummaryKeyType::Roles], 6);

    while client.generate_credential_report().send().await?.state()
        != Some(&ReportStateType::Complete)
    {}
    let output = client.get_credential_report().send().await?;
    let report = String::from_utf8(output.content().expect("a report").clone().into_inner())?;
    assert!(report.starts_with("user,arn,"), "{report}");
    Ok(())
}

/// The service returns documents in URL encoding.
fn decode(document: Option<&str>) -> Result<String, Box<dyn std::error::Error>> {
    let document = document.ok_or("no document")?;
    Ok(percent_encoding::percent_decode_str(document)
        .decode_utf8()?
        .into_owned())
}
