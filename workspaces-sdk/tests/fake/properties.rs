//! Changes of the properties of WorkSpaces: their values, their limits in time, and their progress.

use workspaces_sdk::error::ProvideErrorMetadata;
use workspaces_sdk::fake::{Fake, Fault};
use workspaces_sdk::types::builders::WorkspacePropertiesBuilder;
use workspaces_sdk::types::{
    Compute, ModificationResourceEnum, ModificationStateEnum, Protocol, RebootRequest, RunningMode,
    StartRequest, WorkspaceProperties, WorkspaceState,
};

use super::{created, described, minutes, request, request_in, seeded, state};

const HOUR: u64 = 60;

fn properties() -> WorkspacePropertiesBuilder {
    WorkspaceProperties::builder()
}

/// Creates a WorkSpace, and advances the clock until all its properties can change.
async fn grown_up(fake: &Fake, mode: RunningMode) -> String {
    let id = created(fake, request_in("ada", mode)).await;
    fake.advance(minutes(6 * HOUR));
    fake.set_workspace_state(&id, WorkspaceState::Available);
    id
}

/// Modifies properties, and returns the error code and the message on failure.
async fn modify(
    fake: &Fake,
    id: &str,
    change: WorkspacePropertiesBuilder,
) -> Result<(), (String, String)> {
    let client = fake.client();
    let call = client.modify_workspace_properties().workspace_id(id);
    let response = call.workspace_properties(change.build()).send().await;
    response.map(drop).map_err(|error| {
        let error = error.into_service_error();
        let owned = |it: Option<&str>| it.unwrap_or_default().to_owned();
        (owned(error.code()), owned(error.message()))
    })
}

async fn code(fake: &Fake, id: &str, change: WorkspacePropertiesBuilder) -> String {
    match modify(fake, id, change).await {
        Ok(()) => "".to_owned(),
        Err((code, _)) => code,
    }
}

#[tokio::test]
async fn properties_change_one_at_a_time_and_volumes_only_grow() {
    let one = "A request must change exactly one property.";
    let grow = "The size of a volume can only be increased.";
    let steps = "The timeout must be a multiple of 60 minutes.";
    let auto_stop = "The timeout applies only to the running mode AUTO_STOP.";
    let pair = "A root volume of 80 GiB with a user volume of 500 GiB is not possible.";
    let timeout = |minutes| properties().running_mode_auto_stop_timeout_in_minutes(minutes);
    let manual = RunningMode::Manual;
    #[rustfmt::skip]
    let rows = [
        (RunningMode::AlwaysOn, properties(), Err(one)),
        (RunningMode::AlwaysOn, properties().root_volume_size_gib(175).user_volume_size_gib(100), Err(one)),
        (RunningMode::AlwaysOn, timeout(120).running_mode(RunningMode::AutoStop), Ok(())),
        (RunningMode::AlwaysOn, properties().root_volume_size_gib(80), Err(grow)),
        (RunningMode::AlwaysOn, properties().user_volume_size_gib(10), Err(grow)),
        (RunningMode::AlwaysOn, properties().user_volume_size_gib(500), Err(pair)),
        (RunningMode::AlwaysOn, properties().user_volume_size_gib(100), Ok(())),
        (RunningMode::AlwaysOn, timeout(60), Err(auto_stop)),
        (RunningMode::AlwaysOn, timeout(60).running_mode(manual.clone()), Err(auto_stop)),
        (RunningMode::AutoStop, timeout(90), Err(steps)),
        (RunningMode::AutoStop, timeout(0), Err(steps)),
        (RunningMode::AutoStop, timeout(180), Ok(())),
        (RunningMode::AutoStop, properties().running_mode(manual), Ok(())),
    ];
    for (mode, change, expected) in rows {
        let fake = seeded().build();
        let id = grown_up(&fake, mode).await;
        let outcome = modify(&fake, &id, change.clone()).await;
        let invalid = "InvalidParameterValuesException".to_owned();
        let expected = expected.map_err(|message| (invalid, message.to_owned()));
        assert_eq!(outcome, expected, "{change:?}");
    }
}

#[tokio::test]
async fn a_volume_grows_while_the_workspace_keeps_its_state() {
    let fake = seeded().build();
    let id = grown_up(&fake, RunningMode::Manual).await;
    for (from, after) in [
        (WorkspaceState::Stopped, WorkspaceState::Stopped),
        (WorkspaceState::Available, WorkspaceState::Rebooting),
    ] {
        fake.set_workspace_state(&id, from.clone());
        let size = match from {
            WorkspaceState::Stopped => properties().user_volume_size_gib(100),
            _ => properties().root_volume_size_gib(175),
        };
        modify(&fake, &id, size).await.unwrap();
        for (minutes_later, expected) in [
            (0, Some(ModificationStateEnum::UpdateInitiated)),
            (1, Some(ModificationStateEnum::UpdateInProgress)),
            (29, Some(ModificationStateEnum::UpdateInProgress)),
            (1, None),
        ] {
            fake.advance(minutes(minutes_later));
            let workspace = described(&fake.client(), &id).await.unwrap();
            let modification = workspace.modification_states().first();
            let shown = modification.and_then(|it| it.state().cloned());
            assert_eq!(shown, expected);
            let state = if expected.is_some() { &from } else { &after };
            assert_eq!(workspace.state(), Some(state));
        }
    }
    let workspace = described(&fake.client(), &id).await.unwrap();
    let properties = workspace.workspace_properties().unwrap();
    assert_eq!(properties.user_volume_size_gib(), Some(100));
    assert_eq!(properties.root_volume_size_gib(), Some(175));
    fake.advance(minutes(3));
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Available));
}

#[tokio::test]
async fn volumes_and_compute_types_change_some_time_after_the_latest_change() {
    let early = "InvalidResourceStateException";
    let fake = seeded().build();
    let id = created(&fake, request("ada")).await;
    let user = || properties().user_volume_size_gib(100);
    let compute = |it| properties().compute_type_name(it);
    assert_eq!(code(&fake, &id, user()).await, early);
    assert_eq!(code(&fake, &id, compute(Compute::Power)).await, early);
    assert_eq!(code(&fake, &id, compute(Compute::Value)).await, "");
    fake.advance(minutes(6 * HOUR));
    assert_eq!(code(&fake, &id, user()).await, "");
    fake.advance(minutes(40));
    assert_eq!(
        code(&fake, &id, properties().root_volume_size_gib(175)).await,
        ""
    );
    fake.advance(minutes(40));
    let larger = || properties().user_volume_size_gib(200);
    assert_eq!(code(&fake, &id, larger()).await, early);
    fake.advance(minutes(6 * HOUR - 49));
    assert_eq!(code(&fake, &id, larger()).await, "");
    fake.advance(minutes(40));
    assert_eq!(code(&fake, &id, compute(Compute::Powerpro)).await, "");
    fake.advance(minutes(30 * 24 * HOUR));
    assert_eq!(code(&fake, &id, compute(Compute::Standard)).await, early);
    fake.advance(minutes(31));
    assert_eq!(code(&fake, &id, compute(Compute::Standard)).await, "");
    fake.advance(minutes(40));
    let graphics = compute(Compute::GraphicsG4Dn);
    let unsupported = "UnsupportedWorkspaceConfigurationException";
    assert_eq!(code(&fake, &id, graphics).await, unsupported);
}

/// The properties of the WorkSpaces of a fleet can change at once.
#[tokio::test]
async fn a_workspace_of_a_fleet_is_old_enough() {
    let fake = seeded().fleet(super::DIRECTORY, 1).build();
    let response = fake.client().describe_workspaces().send().await.unwrap();
    let id = response.workspaces()[0].workspace_id().unwrap();
    let change = properties().user_volume_size_gib(100);
    assert_eq!(code(&fake, id, change).await, "");
}

#[tokio::test]
async fn a_change_in_progress_blocks_others() {
    let fake = seeded().build();
    let id = grown_up(&fake, RunningMode::Manual).await;
    fake.set_workspace_state(&id, WorkspaceState::Stopped);
    let protocol = properties().protocols(Protocol::Wsp);
    assert_eq!(code(&fake, &id, protocol).await, "");
    let workspace = described(&fake.client(), &id).await.unwrap();
    assert_eq!(
        workspace.modification_states()[0].resource(),
        Some(&ModificationResourceEnum::Protocol)
    );
    let mode = properties().running_mode(RunningMode::AlwaysOn);
    assert_eq!(code(&fake, &id, mode).await, "OperationInProgressException");
    let client = fake.client();
    let item = StartRequest::builder().workspace_id(&id).build();
    let call = client.start_workspaces().start_workspace_requests(item);
    let started = call.send().await.unwrap();
    assert_eq!(
        started.failed_requests()[0].error_code(),
        Some("InvalidResourceState.WorkSpace")
    );
    fake.advance(minutes(11));
    fake.set_workspace_state(&id, WorkspaceState::Available);
    let item = RebootRequest::builder().workspace_id(&id).build().unwrap();
    let call = client.reboot_workspaces().reboot_workspace_requests(item);
    assert_eq!(call.send().await.unwrap().failed_requests(), []);
}

#[tokio::test]
async fn a_change_can_fail_or_be_stuck() {
    let fake = seeded().build();
    let id = grown_up(&fake, RunningMode::AlwaysOn).await;
    fake.inject(Fault::end_in_error("Broken", "It broke.").times(1));
    let larger = || properties().user_volume_size_gib(100);
    modify(&fake, &id, larger()).await.unwrap();
    fake.advance(minutes(31));
    let shown = async || {
        let workspace = described(&fake.client(), &id).await.unwrap();
        let size = workspace.workspace_properties().unwrap();
        let shown = workspace.modification_states().first();
        (
            workspace.state().cloned().unwrap(),
            size.user_volume_size_gib().unwrap(),
            shown.and_then(|it| it.state().cloned()),
        )
    };
    let failed = Some(ModificationStateEnum::UpdateFailed);
    assert_eq!(shown().await, (WorkspaceState::Available, 50, failed));
    fake.inject(Fault::stuck());
    modify(&fake, &id, larger()).await.unwrap();
    fake.advance(minutes(600));
    let initiated = Some(ModificationStateEnum::UpdateInitiated);
    assert_eq!(shown().await, (WorkspaceState::Available, 50, initiated));
    fake.clear_faults();
    fake.advance(minutes(34));
    assert_eq!(shown().await, (WorkspaceState::Available, 100, None));
}

/// Users of the service have seen that an impossible pair of volumes fails the whole call.
#[tokio::test]
async fn a_creation_with_impossible_volumes_fails_as_a_whole() {
    let fake = seeded().build();
    for (change, possible) in [
        (properties().root_volume_size_gib(175), false),
        (properties().user_volume_size_gib(60), false),
        (properties().user_volume_size_gib(100), true),
        (
            properties()
                .root_volume_size_gib(175)
                .user_volume_size_gib(100),
            true,
        ),
    ] {
        let mut request = request("grace");
        request.workspace_properties = Some(change.build());
        let client = fake.client();
        let call = client
            .create_workspaces()
            .workspaces(super::request("ada"))
            .workspaces(request);
        let error = call.send().await.err();
        assert_eq!(error.is_none(), possible, "{error:?}");
        if let Some(error) = error {
            assert!(
                error
                    .into_service_error()
                    .is_invalid_parameter_values_exception()
            );
            let none = fake.client().describe_workspaces().send().await.unwrap();
            assert_eq!(none.workspaces(), []);
        }
    }
}
