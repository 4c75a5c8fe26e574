//! Pools: lifecycle, filters, faults and errors.

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Fake, Fault};
use workspaces_sdk::operation::create_workspaces_pool::builders::CreateWorkspacesPoolFluentBuilder;
use workspaces_sdk::types::{
    Capacity, DescribeWorkspacesPoolsFilter, DescribeWorkspacesPoolsFilterName,
    DescribeWorkspacesPoolsFilterOperator as Operator, PoolsRunningMode, WorkspacesPool,
    WorkspacesPoolErrorCode, WorkspacesPoolState as State,
};

use super::service_errors::assert_service_errors;

const MINUTE: Duration = Duration::from_secs(60);
const DIRECTORY: &str = "wsd-906700000a";
const UNREGISTERED: &str = "wsd-906700000b";
const LINUX: &str = "wsb-ubuntu001";
const NOTHING: &str = "wspool-nothing01";

fn fake() -> (Fake, Client) {
    let fake = Fake::builder()
        .directory(DIRECTORY, ["ada"])
        .unregistered_directory(UNREGISTERED, ["ada"])
        .build();
    let client = fake.client();
    (fake, client)
}

fn capacity(sessions: i32) -> Capacity {
    let capacity = Capacity::builder().desired_user_sessions(sessions);
    capacity.build().unwrap()
}

fn create(client: &Client, name: &str) -> CreateWorkspacesPoolFluentBuilder {
    client
        .create_workspaces_pool()
        .pool_name(name)
        .description("Created by a test")
        .bundle_id(BUNDLE_ID)
        .directory_id(DIRECTORY)
        .capacity(capacity(3))
}

/// Creates a pool and returns its identifier.
async fn created(client: &Client, name: &str) -> String {
    let response = create(client, name).send().await.unwrap();
    response.workspaces_pool.unwrap().pool_id
}

async fn described(client: &Client, id: &str) -> WorkspacesPool {
    let call = client.describe_workspaces_pools().pool_ids(id);
    let found = call.send().await.unwrap().workspaces_pools.unwrap();
    found.into_iter().next().unwrap()
}

/// Returns the state of a pool and the number of sessions that it has capacity for.
async fn state(client: &Client, id: &str) -> (State, i32) {
    let pool = described(client, id).await;
    let capacity = pool.capacity_status.unwrap();
    assert_eq!(
        capacity.actual_user_sessions,
        capacity.available_user_sessions
    );
    (pool.state, capacity.actual_user_sessions)
}

#[tokio::test]
async fn a_pool_is_created_started_updated_stopped_and_terminated() {
    let (fake, client) = fake();
    let response = create(&client, "desks").send().await.unwrap();
    let pool = response.workspaces_pool.unwrap();
    let id = pool.pool_id();
    assert_eq!(described(&client, id).await, pool);
    assert_eq!(state(&client, id).await, (State::Creating, 0));
    let arn = format!("arn:aws:workspaces:us-east-1:123456789012:workspacespool/{id}");
    assert_eq!(pool.pool_arn(), arn);
    fake.advance(MINUTE);
    assert_eq!(state(&client, id).await, (State::Stopped, 0));

    let start = client.start_workspaces_pool().pool_id(id);
    start.send().await.unwrap();
    assert_eq!(state(&client, id).await, (State::Starting, 0));
    fake.advance(15 * MINUTE);
    assert_eq!(state(&client, id).await, (State::Running, 3));

    let update = client.update_workspaces_pool().pool_id(id);
    let update = update.capacity(capacity(5)).description("Changed");
    let updated = update.send().await.unwrap().workspaces_pool.unwrap();
    assert_eq!(updated, described(&client, id).await);
    assert_eq!(updated.description(), Some("Changed"));
    assert_eq!(state(&client, id).await, (State::Updating, 3));
    fake.advance(2 * MINUTE);
    assert_eq!(state(&client, id).await, (State::Running, 5));

    let stop = client.stop_workspaces_pool().pool_id(id);
    stop.send().await.unwrap();
    assert_eq!(state(&client, id).await.0, State::Stopping);
    fake.advance(5 * MINUTE);
    assert_eq!(state(&client, id).await, (State::Stopped, 0));

    let mode = client.update_workspaces_pool().pool_id(id);
    let mode = mode.running_mode(PoolsRunningMode::AlwaysOn);
    mode.send().await.unwrap();
    fake.advance(2 * MINUTE);
    assert_eq!(state(&client, id).await, (State::Stopped, 0));
    assert_eq!(
        described(&client, id).await.running_mode(),
        &PoolsRunningMode::AlwaysOn
    );

    let terminate = client.terminate_workspaces_pool().pool_id(id);
    terminate.send().await.unwrap();
    assert_eq!(state(&client, id).await, (State::Deleting, 0));
    fake.advance(5 * MINUTE);
    let remaining = client.describe_workspaces_pools().send().await.unwrap();
    assert_eq!(remaining.workspaces_pools(), []);
}

#[tokio::test]
async fn actions_are_possible_in_certain_states_only() {
    // The state, and whether start, stop, terminate, update and a change of the running mode are possible.
    let rows = [
        (State::Creating, [false, false, false, false, false]),
        (State::Stopped, [true, false, true, true, true]),
        (State::Starting, [false, false, false, false, false]),
        (State::Running, [false, true, false, true, false]),
        (State::Stopping, [false, false, false, false, false]),
        (State::Updating, [false, false, false, false, false]),
        (State::Deleting, [false, false, false, false, false]),
    ];
    for (expected_state, row) in rows {
        for (action, possible) in row.into_iter().enumerate() {
            let (fake, client) = fake();
            let id = created(&client, "desks").await;
            bring_to(&fake, &client, &id, &expected_state).await;
            assert_eq!(state(&client, &id).await.0, expected_state);
            let (ok, in_progress, bad_state) = attempt(&client, &id, action).await;
            let updating = expected_state == State::Updating;
            let expected = (possible, !possible && updating, !possible && !updating);
            assert_eq!(
                (ok, in_progress, bad_state),
                expected,
                "{expected_state} {action}"
            );
        }
    }
}

/// Brings a new pool to a state.
async fn bring_to(fake: &Fake, client: &Client, id: &str, to: &State) {
    if *to == State::Creating {
        return;
    }
    fake.advance(MINUTE);
    match to {
        State::Updating => drop(attempt(client, id, 3).await),
        State::Deleting => drop(attempt(client, id, 2).await),
        State::Starting => drop(attempt(client, id, 0).await),
        State::Running | State::Stopping => {
            attempt(client, id, 0).await;
            fake.advance(15 * MINUTE);
            if *to == State::Stopping {
                attempt(client, id, 1).await;
            }
        }
        _ => {}
    }
}

/// Attempts to start, stop, terminate, update, or change the running mode of a pool. Returns whether this
/// succeeded, failed because of an update in progress, or failed because of the state.
async fn attempt(client: &Client, id: &str, action: usize) -> (bool, bool, bool) {
    macro_rules! outcome {
        ($call:expr) => {
            match $call.pool_id(id).send().await {
                Ok(_) => (true, false, false),
                Err(error) => {
                    let error = error.into_service_error();
                    let in_progress = error.is_operation_in_progress_exception();
                    (
                        false,
                        in_progress,
                        error.is_invalid_resource_state_exception(),
                    )
                }
            }
        };
    }
    let update = client.update_workspaces_pool();
    match action {
        0 => outcome!(client.start_workspaces_pool()),
        1 => outcome!(client.stop_workspaces_pool()),
        2 => outcome!(client.terminate_workspaces_pool()),
        3 => outcome!(update.description("Changed")),
        _ => outcome!(update.running_mode(PoolsRunningMode::AlwaysOn)),
    }
}

#[tokio::test]
async fn filters_apply_to_names() {
    let (_fake, client) = fake();
    for name in ["desks", "desks-test", "labs"] {
        created(&client, name).await;
    }
    let rows: [(Operator, &[&str], &[&str]); 6] = [
        (Operator::Equals, &["desks"], &["desks"]),
        (Operator::Equals, &["desks", "labs"], &["desks", "labs"]),
        (Operator::Notequals, &["desks"], &["desks-test", "labs"]),
        (Operator::Contains, &["desk"], &["desks", "desks-test"]),
        (
            Operator::Contains,
            &["test", "labs"],
            &["desks-test", "labs"],
        ),
        (Operator::Notcontains, &["test", "labs"], &["desks"]),
    ];
    for (operator, values, expected) in rows {
        let values = values.iter().map(|value| (*value).to_owned());
        let filter = DescribeWorkspacesPoolsFilter::builder()
            .name(DescribeWorkspacesPoolsFilterName::Poolname)
            .operator(operator.clone())
            .set_values(Some(values.collect()))
            .build();
        let call = client.describe_workspaces_pools().filters(filter.unwrap());
        let response = call.send().await.unwrap();
        let names = response.workspaces_pools().iter();
        let names: Vec<&str> = names.map(WorkspacesPool::pool_name).collect();
        assert_eq!(names, expected, "{operator}");
    }
    let first = client.describe_workspaces_pools().limit(2);
    let first = first.send().await.unwrap();
    assert_eq!(first.workspaces_pools().len(), 2);
    let rest = client.describe_workspaces_pools();
    let rest = rest.set_next_token(first.next_token).send().await.unwrap();
    assert_eq!(rest.workspaces_pools()[0].pool_name(), "labs");
}

#[tokio::test]
async fn faults_apply_to_pools() {
    let (fake, client) = fake();
    let id = created(&client, "desks").await;
    fake.advance(MINUTE);
    let start = || client.start_workspaces_pool().pool_id(&id);
    fake.inject(
        Fault::end_in_error("SUBNET_NOT_FOUND", "There is no such subnet.")
            .item("desks")
            .times(1),
    );
    start().send().await.unwrap();
    fake.advance(15 * MINUTE);
    let pool = described(&client, &id).await;
    assert_eq!(pool.state(), &State::Stopped);
    assert_eq!(
        pool.errors()[0].error_code(),
        Some(&WorkspacesPoolErrorCode::SubnetNotFound)
    );

    fake.inject(Fault::stuck().item(&id));
    start().send().await.unwrap();
    fake.advance(60 * MINUTE);
    assert_eq!(state(&client, &id).await.0, State::Starting);
    fake.clear_faults();
    fake.advance(15 * MINUTE);
    assert_eq!(state(&client, &id).await, (State::Running, 3));
    assert_eq!(described(&client, &id).await.errors(), []);

    let stop = client.stop_workspaces_pool().pool_id(&id);
    stop.send().await.unwrap();
    fake.advance(5 * MINUTE);
    fake.inject(Fault::end_in_error("INTERNAL_SERVICE_ERROR", "Not now.").times(1));
    let terminate = client.terminate_workspaces_pool().pool_id(&id);
    terminate.send().await.unwrap();
    fake.advance(5 * MINUTE);
    assert_eq!(state(&client, &id).await.0, State::Stopped);
}

#[tokio::test]
async fn a_pool_without_users_has_no_sessions() {
    let (_fake, client) = fake();
    let id = created(&client, "desks").await;
    let call = client.describe_workspaces_pool_sessions().pool_id(&id);
    assert_eq!(call.send().await.unwrap().sessions(), []);
    let session = "01234567-89ab-cdef-0123-456789abcdef";
    assert_service_errors! {
        client.describe_workspaces_pool_sessions().pool_id(NOTHING)
            => is_resource_not_found_exception;
        client.terminate_workspaces_pool_session().session_id(session)
            => is_resource_not_found_exception;
    }
}

#[tokio::test]
async fn invalid_requests_fail() {
    let (fake, client) = fake();
    let id = created(&client, "desks").await;
    fake.advance(MINUTE);
    let update = || client.update_workspaces_pool().pool_id(&id);
    assert_service_errors! {
        create(&client, "desks") => is_resource_already_exists_exception;
        create(&client, "new").directory_id("wsd-000000000a") => is_resource_not_found_exception;
        create(&client, "new").directory_id(UNREGISTERED) => is_resource_not_found_exception;
        create(&client, "new").bundle_id("wsb-nothing01") => is_resource_not_found_exception;
        create(&client, "new").bundle_id(LINUX) => is_operation_not_supported_exception;
        update().directory_id(UNREGISTERED) => is_resource_not_found_exception;
        update().bundle_id("wsb-nothing01") => is_resource_not_found_exception;
        update().bundle_id(LINUX) => is_operation_not_supported_exception;
        client.update_workspaces_pool().pool_id(NOTHING) => is_resource_not_found_exception;
        client.start_workspaces_pool().pool_id(NOTHING) => is_resource_not_found_exception;
        client.stop_workspaces_pool().pool_id(NOTHING) => is_resource_not_found_exception;
        client.terminate_workspaces_pool().pool_id(NOTHING) => is_resource_not_found_exception;
        client.describe_workspaces_pools().pool_ids(NOTHING) => is_resource_not_found_exception;
    }
    assert_eq!(state(&client, &id).await.0, State::Stopped);
}

#[tokio::test]
async fn sessions_use_capacity_until_they_end() {
    let fake = Fake::builder()
        .directory(DIRECTORY, ["ada"])
        .pool_users(["ada", "grace"])
        .build();
    let client = fake.client();
    let id = created(&client, "pool").await;
    fake.advance(MINUTE);
    assert_eq!(fake.connect_to_pool(&id, "mary"), None);
    let start = client.start_workspaces_pool().pool_id(&id);
    start.send().await.unwrap();
    fake.advance(15 * MINUTE);
    let mary = fake.connect_to_pool(&id, "mary").unwrap();
    assert_eq!(fake.connect_to_pool(&id, "nobody"), None);
    let sessions = || client.describe_workspaces_pool_sessions().pool_id(&id);
    let one = sessions().user_id("mary").send().await.unwrap();
    assert_eq!(one.sessions()[0].session_id(), mary);
    let page = sessions().limit(2).send().await.unwrap();
    assert!(page.next_token().is_some());
    let numbers = async || {
        let capacity = described(&client, &id).await.capacity_status.unwrap();
        [
            capacity.actual_user_sessions,
            capacity.active_user_sessions,
            capacity.available_user_sessions,
        ]
    };
    assert_eq!(numbers().await, [3, 3, 0]);
    let end = || client.terminate_workspaces_pool_session().session_id(&mary);
    end().send().await.unwrap();
    assert_service_errors! { end() => is_resource_not_found_exception; }
    assert_eq!(numbers().await, [3, 2, 1]);
    fake.advance(16 * 60 * MINUTE);
    assert_eq!(numbers().await, [3, 0, 3]);
    fake.connect_to_pool(&id, "mary").unwrap();
    let stop = client.stop_workspaces_pool().pool_id(&id);
    stop.send().await.unwrap();
    fake.advance(5 * MINUTE);
    assert_eq!(sessions().send().await.unwrap().sessions(), []);
    assert_eq!(numbers().await, [0, 0, 0]);
}
