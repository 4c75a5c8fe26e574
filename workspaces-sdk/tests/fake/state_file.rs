//! The state of a service in a file, which lasts and is whole at any moment.

use std::error::Error as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Builder, Clock, Fake, Fault, Fleet};
use workspaces_sdk::primitives::Blob;
use workspaces_sdk::types::{
    Application, Capacity, DefaultImportClientBrandingAttributes, RunningMode, StopRequest, Tag,
    WorkspaceProperties, WorkspaceState,
};

use super::images::import;
use super::{
    DIRECTORY, byol_enabled, created, enable_byol, minutes, request, request_in, seeded, state,
};

/// A folder that is removed with its files.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("state.json")
    }
}

/// Fills a service with resources of all kinds, in all sorts of states, and with changes that are scheduled.
async fn filled() -> (Fake, Client) {
    let stopped = Fleet::new(DIRECTORY, 3)
        .state(WorkspaceState::Stopped)
        .last_connected(minutes(7));
    let fake = seeded()
        .directory("wsd-90670000c", ["ada"])
        .unregistered_directory("d-906700000b", ["ada"])
        .byol_eligible(true)
        .account_link_invitation("210987654321")
        .primary_workspace("us-west-2", "ws-primary01", "ada")
        .pool_users(["ada"])
        .add_fleet(stopped)
        .build();
    enable_byol(&fake).await;
    let client = fake.client();
    let ada = created(&fake, request_in("ada", RunningMode::AutoStop)).await;
    fake.set_connected(&ada, true);
    let grace = created(&fake, request("grace")).await;
    let tag = Tag::builder()
        .key("k")
        .value("é\u{1F600}\u{0}")
        .build()
        .unwrap();
    client
        .create_tags()
        .resource_id(&ada)
        .tags(tag)
        .send()
        .await
        .unwrap();
    let call = client
        .register_workspace_directory()
        .directory_id("d-906700000b");
    call.send().await.unwrap();
    let imported = import(&client, "office").applications(Application::MicrosoftOffice2019);
    imported.send().await.unwrap();
    let image = client
        .create_workspace_image()
        .name("image")
        .description("Mine");
    image.workspace_id(&ada).send().await.unwrap();
    let call = client
        .associate_workspace_application()
        .workspace_id(&grace)
        .application_id("wsa-visiop21");
    call.send().await.unwrap();
    client
        .deploy_workspace_applications()
        .workspace_id(&grace)
        .send()
        .await
        .unwrap();
    let call = client.migrate_workspace().source_workspace_id(&grace);
    call.bundle_id("wsb-power0001").send().await.unwrap();
    let fleet = client
        .describe_workspaces()
        .directory_id(DIRECTORY)
        .send()
        .await
        .unwrap();
    let mode = WorkspaceProperties::builder()
        .user_volume_size_gib(100)
        .build();
    let call = client
        .modify_workspace_properties()
        .workspace_id(fleet.workspaces()[0].workspace_id().unwrap());
    call.workspace_properties(mode).send().await.unwrap();
    let alias = client
        .create_connection_alias()
        .connection_string("a.example.com");
    alias.send().await.unwrap();
    client
        .create_ip_group()
        .group_name("office")
        .send()
        .await
        .unwrap();
    let branding = DefaultImportClientBrandingAttributes::builder()
        .logo(Blob::new("png"))
        .login_message("en_US", "Welcome")
        .build();
    let call = client.import_client_branding().resource_id(DIRECTORY);
    call.device_type_web(branding).send().await.unwrap();
    let pool = client
        .create_workspaces_pool()
        .pool_name("pool")
        .description("Mine")
        .bundle_id(BUNDLE_ID)
        .directory_id("wsd-90670000c")
        .capacity(
            Capacity::builder()
                .desired_user_sessions(2)
                .build()
                .unwrap(),
        );
    let pool = pool.send().await.unwrap().workspaces_pool.unwrap();
    fake.advance(minutes(1));
    client
        .start_workspaces_pool()
        .pool_id(pool.pool_id())
        .send()
        .await
        .unwrap();
    fake.inject(Fault::stuck().times(2));
    let stuck = client
        .create_connection_alias()
        .connection_string("b.example.com");
    stuck.send().await.unwrap();
    fake.advance(minutes(3));
    (fake, client)
}

/// Returns what a service says about all resources.
async fn descriptions(fake: &Fake) -> Vec<String> {
    let client = fake.client();
    let mut all = Vec::new();
    macro_rules! describe {
        ($($call:ident),*) => {$(
            let shown = format!("{:?}", client.$call().send().await.unwrap());
            // The identifiers of requests differ.
            all.push(shown.split("_request_id").next().unwrap().to_owned());
        )*};
    }
    describe! {
        describe_workspaces, describe_workspaces_connection_status, describe_workspace_directories,
        describe_workspace_images, describe_connection_aliases, describe_ip_groups, describe_workspaces_pools,
        describe_account, list_account_links, describe_workspace_bundles
    }
    all
}

#[tokio::test]
async fn a_service_goes_on_where_it_was_saved() {
    let folder = Folder::new();
    let (fake, _) = filled().await;
    fake.save(folder.file()).unwrap();
    let loaded = Fake::builder().load(folder.file()).unwrap();
    assert_eq!(loaded.now(), fake.now());
    // What was saved twice is the same, so nothing is lost.
    let again = folder.0.path().join("again.json");
    loaded.save(&again).unwrap();
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(&folder.file()), read(&again));
    for step in [0, 1, 10, 30, 60, 600] {
        fake.advance(minutes(step));
        loaded.advance(minutes(step));
        assert_eq!(descriptions(&loaded).await, descriptions(&fake).await);
    }
    fake.clear_faults();
    loaded.clear_faults();
    fake.advance(minutes(60));
    loaded.advance(minutes(60));
    assert_eq!(descriptions(&loaded).await, descriptions(&fake).await);
    let aliases = loaded.client().describe_connection_aliases().send().await;
    let aliases = aliases.unwrap().connection_aliases.unwrap();
    let states: Vec<_> = aliases
        .iter()
        .map(|it| it.state().unwrap().as_str())
        .collect();
    assert_eq!(states, ["CREATED", "CREATED"]);
}

#[tokio::test]
async fn a_service_keeps_its_state_in_a_file() {
    let folder = Folder::new();
    let open = || seeded().open(folder.file());
    let fake = open().unwrap();
    assert!(
        open()
            .unwrap_err()
            .to_string()
            .ends_with("is in use by another service")
    );
    let id = created(&fake, request_in("ada", RunningMode::Manual)).await;
    drop(fake);
    let fake = open().unwrap();
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Pending));
    fake.advance(minutes(20));
    // A call that only describes writes what has happened.
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Available));
    drop(fake);
    let fake = open().unwrap();
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Available));
    let client = fake.client();
    let item = StopRequest::builder().workspace_id(&id).build();
    let call = client.stop_workspaces().stop_workspace_requests(item);
    call.send().await.unwrap();
    let written = std::fs::metadata(folder.file())
        .unwrap()
        .modified()
        .unwrap();
    client.describe_workspaces().send().await.unwrap();
    let unchanged = std::fs::metadata(folder.file())
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(written, unchanged);
    drop((fake, client));
    // The identifiers of another seed do not collide, since the file has the seed.
    let fake = seeded().seed(9).open(folder.file()).unwrap();
    assert_eq!(state(&fake, &id).await, Some(WorkspaceState::Stopping));
    let other = created(&fake, request("grace")).await;
    assert_ne!(other, id);
}

#[tokio::test]
async fn a_change_that_cannot_be_written_fails() {
    let folder = Folder::new();
    let fake = seeded().open(folder.file()).unwrap();
    // The temporary file cannot be created.
    std::fs::create_dir(folder.0.path().join("state.json.tmp")).unwrap();
    let retry = workspaces_sdk::config::retry::RetryConfig::disabled();
    let client = Client::from_conf(fake.config().retry_config(retry).build());
    let create = |name: &str| client.create_ip_group().group_name(name).send();
    let error = create("one").await.unwrap_err();
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 500);
    std::fs::remove_dir(folder.0.path().join("state.json.tmp")).unwrap();
    create("two").await.unwrap();
    drop((fake, client));
    let fake = seeded().open(folder.file()).unwrap();
    let groups = fake.client().describe_ip_groups().send().await.unwrap();
    assert_eq!(groups.result().len(), 2);
}

#[test]
fn an_invalid_file_is_an_error_and_is_not_changed() {
    let folder = Folder::new();
    seeded().build().save(folder.file()).unwrap();
    let whole = std::fs::read_to_string(folder.file()).unwrap();
    let replaced = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from}");
        whole.replacen(from, to, 1)
    };
    let event = |kind: &str, ids: &str| {
        let event = format!(r#"{{"Kind":"{kind}","Ids":{ids}}}"#);
        let schedule = format!(r#""Schedule":[{{"At":1,"Number":"1","Event":{event}}}]"#);
        replaced(r#""Schedule":[]"#, &schedule)
    };
    #[rustfmt::skip]
    let rows = [
        (String::new(), "expected the member Version before"),
        ("x".to_owned(), "at byte 0"),
        ("{}".to_owned(), "expected the member Version before"),
        (whole.get(..whole.len() / 2).unwrap().to_owned(), "at byte"),
        (format!("{whole}x"), "at byte"),
        (replaced("\"Version\":1", "\"Version\":2"), "has the version 2"),
        (replaced("\"Region\":\"us-east-1\"", "\"Region\":7"), "expected a string, found a number, at byte 48 in State.Region"),
        (replaced("\"Region\":\"us-east-1\",", ""), "expected the member Region before"),
        (replaced("\"Seed\":\"0\"", "\"Seed\":\"-1\""), "in State.Ids.Seed"),
        (r#"{"State":[1],"Version":2}"#.to_owned(), "has the version 2"),
        (event("Party", r#"["x"]"#), "expected a known event before"),
        (event("Session", "[]"), "expected a known event before"),
        (event("Session", r#"["x","y"]"#), "expected a known event before"),
        (event("Application", r#"["x"]"#), "expected a known event before"),
        (event("Application", r#"["x","y","z"]"#), "expected a known event before"),
        ("[".repeat(100_000), "at byte"),
    ];
    for (content, expected) in rows {
        std::fs::write(folder.file(), &content).unwrap();
        for error in [
            seeded().open(folder.file()).unwrap_err(),
            seeded().load(folder.file()).unwrap_err(),
        ] {
            let source = error.source().map(ToString::to_string).unwrap_or_default();
            let shown = format!("{error}: {source}");
            assert!(shown.contains("state.json"), "{shown}");
            assert!(shown.contains(expected), "{shown}, not {expected}");
        }
        assert_eq!(std::fs::read_to_string(folder.file()).unwrap(), content);
    }
    let missing = seeded()
        .load(folder.0.path().join("nothing.json"))
        .unwrap_err();
    assert!(
        missing
            .to_string()
            .starts_with("cannot open the state file")
    );
    assert!(
        seeded()
            .open(folder.0.path().join("no/such/folder"))
            .is_err()
    );
}

/// A file with other values is an error, or the state of a service that works.
#[tokio::test]
async fn a_changed_file_does_not_panic() {
    let folder = Folder::new();
    let (fake, _) = filled().await;
    fake.save(folder.file()).unwrap();
    let whole = std::fs::read(folder.file()).unwrap();
    let ends: Vec<usize> = (1..whole.len())
        .filter(|at| whole[*at].is_ascii_digit() && !whole[at - 1].is_ascii_digit())
        .collect();
    let mut random = fastrand::Rng::with_seed(7);
    let (mut loaded, mut failed) = (0, 0);
    for _ in 0..150 {
        let mut content = whole.clone();
        let at = ends[random.usize(..ends.len())];
        let value = [
            "-1",
            "18446744073709551615",
            "9223372036854775807",
            "2147483647",
            "1e300",
            "0",
        ];
        let length = whole[at..]
            .iter()
            .take_while(|it| it.is_ascii_digit())
            .count();
        let value = value[random.usize(..value.len())].bytes();
        drop(content.splice(at..at + length, value));
        if random.u8(..4) == 0 {
            let at = random.usize(..content.len());
            content[at] = random.u8(..);
        }
        std::fs::write(folder.file(), content).unwrap();
        match Fake::builder()
            .visibility_delay(Duration::MAX)
            .load(folder.file())
        {
            Err(_) => failed += 1,
            Ok(fake) => {
                loaded += 1;
                let client = fake.client();
                for step in [0, 60, 100_000] {
                    fake.advance(minutes(step));
                    let call = client.describe_workspaces().send().await;
                    let _ = call.map(|it| it.workspaces().len());
                    let request = client.create_workspaces().workspaces(request("mary"));
                    let _ = request.send().await;
                    let _ = client.describe_workspaces_pools().send().await;
                }
            }
        }
    }
    assert!(loaded > 15 && failed > 15, "{loaded} {failed}");
}

#[test]
fn the_clock_of_a_loaded_service_does_not_go_back() {
    let folder = Folder::new();
    let fake = seeded().build();
    fake.advance(minutes(1000));
    fake.save(folder.file()).unwrap();
    let load = |builder: Builder| builder.load(folder.file()).unwrap().now();
    assert_eq!(load(Fake::builder()), fake.now());
    let later = Clock::manual();
    later.advance(minutes(2000));
    let expected = fake.now() + minutes(1000);
    assert_eq!(load(Fake::builder().clock(later)), expected);
}

/// A service that is enabled for its own license stays so.
#[tokio::test]
async fn an_enabled_account_is_saved() {
    let folder = Folder::new();
    let (fake, client) = byol_enabled().await;
    fake.save(folder.file()).unwrap();
    let loaded = Fake::builder().load(folder.file()).unwrap();
    let (one, two) = (
        client.describe_account(),
        loaded.client().describe_account(),
    );
    let (one, two) = (one.send().await.unwrap(), two.send().await.unwrap());
    assert_eq!(
        one.dedicated_tenancy_management_cidr_range(),
        two.dedicated_tenancy_management_cidr_range()
    );
    assert!(one.dedicated_tenancy_management_cidr_range().is_some());
}

/// The variable with the file that the child process of the test below writes.
const CHILD: &str = "OFFLINE_STATE_CHILD";

/// Changes a service with a state file until the process is killed, and prints each change that has its response.
#[tokio::test]
async fn child_of_the_kills() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let fake = seeded().open(&path).unwrap();
    let client = fake.client();
    for number in 0.. {
        let name = format!("{}-{number}", std::process::id());
        let tag = Tag::builder().key("latest").value(&name).build().unwrap();
        let tags = client.create_tags().resource_id(DIRECTORY).tags(tag);
        tags.send().await.unwrap();
        println!("\ntagged {name}");
    }
}

/// Kills a process that writes a state file, 10 times or as often as `OFFLINE_KILLS` says. Afterwards the file is whole, and has
/// the latest change that had a response.
#[tokio::test]
async fn a_kill_leaves_the_file_whole() {
    let kills = std::env::var("OFFLINE_KILLS").map_or(10, |kills| kills.parse().unwrap());
    let folder = Folder::new();
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "fake::state_file::child_of_the_kills",
            ])
            .env(CHILD, folder.file())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let printed = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut tagged = printed
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("tagged ").map(str::to_owned));
        // The process has started when it has made a change.
        let first = tagged.next();
        std::thread::sleep(Duration::from_micros(random.u64(0..20_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        let latest = tagged.last().or(first).unwrap();

        let fake = seeded().open(folder.file()).unwrap();
        let tags = fake.client().describe_tags().resource_id(DIRECTORY);
        let tags = tags.send().await.unwrap();
        let saved = tags.tag_list()[0].value().unwrap();
        let [(process, number), (saved_process, saved_number)] =
            [&latest, saved].map(|it| it.split_once('-').unwrap());
        assert_eq!(saved_process, process);
        // A later change may have been written whose response was not printed.
        let [saved, printed] = [saved_number, number].map(|it| it.parse::<u64>().unwrap());
        assert!(
            saved == printed || saved == printed + 1,
            "{saved} {printed}"
        );
    }
}
