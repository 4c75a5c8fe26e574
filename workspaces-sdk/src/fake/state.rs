//! The state of an offline service, and the events that are scheduled in it.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;

use super::account::Byol;
use super::account_links::AccountLinks;
use super::applications::{self, Associations};
use super::bundles;
use super::connection_aliases::{self, ConnectionAliases};
use super::directories::{self, Directories, Directory};
use super::fault::Faults;
use super::ids::Ids;
use super::images::{self, Images};
use super::ip_groups::IpGroups;
use super::pools::{self, Pools, Sessions};
use super::saved::saved;
use super::service_error::Failure;
use super::table::Table;
use super::workspaces::{self, Primary, WorkSpace};
use crate::types::{Tag, WorkspaceBundle, WorkspacesPoolState};

/// The state of the service.
#[derive(Debug)]
pub(super) struct State {
    /// The time of the current request or event.
    pub(super) now: SystemTime,
    pub(super) region: String,
    pub(super) account: String,
    pub(super) ids: Ids,
    pub(super) faults: Faults,
    /// The time after which descriptions contain a new WorkSpace.
    pub(super) visibility_delay: Duration,
    pub(super) workspaces: Table<WorkSpace>,
    pub(super) directories: Directories,
    pub(super) bundles: Table<WorkspaceBundle>,
    pub(super) ip_groups: IpGroups,
    /// The request to bring the account's own license, if there was one.
    pub(super) byol: Option<Byol>,
    /// Whether Amazon permits the account to bring its own license.
    pub(super) byol_eligible: bool,
    pub(super) account_links: AccountLinks,
    pub(super) connection_aliases: ConnectionAliases,
    /// The applications of WorkSpaces.
    pub(super) applications: Associations,
    /// The WorkSpaces of other Regions.
    pub(super) primaries: Table<Primary>,
    pub(super) images: Images,
    pub(super) pools: Pools,
    /// The sessions of pools.
    pub(super) sessions: Sessions,
    /// The users who connect to each pool as soon as it runs.
    pub(super) pool_users: Vec<String>,
    /// The tags of resources of all kinds, by the resource's identifier.
    pub(super) tags: Table<Vec<Tag>>,
    /// The scheduled events by time and, for the same time, by the order of scheduling.
    schedule: Schedule,
    next_event_number: u64,
    /// The events that a fault holds back, and the time until each of them once it is released.
    stuck: Vec<(Duration, Event)>,
}

/// Events by time and, for the same time, by the order of scheduling.
pub(super) type Schedule = BTreeMap<(SystemTime, u64), Event>;

saved! {
    State {
        "Now" => now;
        "Region" => region;
        "Account" => account;
        "Ids" => ids;
        "WorkSpaces" => workspaces;
        "Directories" => directories;
        "Bundles" => bundles;
        "IpGroups" => ip_groups;
        "Byol" => byol;
        "ByolEligible" => byol_eligible;
        "AccountLinks" => account_links;
        "ConnectionAliases" => connection_aliases;
        "Applications" => applications;
        "Primaries" => primaries;
        "Images" => images;
        "Pools" => pools;
        "Sessions" => sessions;
        "PoolUsers" => pool_users;
        "Tags" => tags;
        "Schedule" => schedule;
        "NextEventNumber" => next_event_number;
        "Stuck" => stuck;
    } + faults: Faults::default(), visibility_delay: Duration::ZERO
}

/// A state change that happens at a scheduled time.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// The state of a WorkSpace changes.
    WorkSpace(String),
    /// A directory is registered or deregistered.
    Directory(String),
    /// The deployment of an application to a WorkSpace goes on, possibly ending with an error.
    Application(String, String, Option<Failure>),
    /// The transitional state of a connection alias ends.
    ConnectionAlias(String),
    /// A change of the properties of a WorkSpace begins or ends.
    Modification(String),
    /// The creation of an image ends, possibly with an error.
    Image(String, Option<Failure>),
    /// A session of a pool expires.
    Session(String),
    /// The transitional state of a pool ends: with an error, the pool is STOPPED; without one, it enters the given state, or is
    /// deleted if no state is given.
    Pool(String, Option<WorkspacesPoolState>, Option<Failure>),
}

impl State {
    pub(super) fn new(region: String, account: String, seed: u64, now: SystemTime) -> Self {
        Self {
            now,
            region,
            account,
            ids: Ids::new(seed),
            faults: Faults::default(),
            visibility_delay: Duration::ZERO,
            workspaces: Table::new(),
            directories: Directories::new(),
            bundles: Table::new(),
            ip_groups: IpGroups::new(),
            byol: None,
            byol_eligible: false,
            account_links: AccountLinks::new(),
            connection_aliases: ConnectionAliases::new(),
            applications: Associations::new(),
            primaries: Table::new(),
            images: Images::new(),
            pools: Pools::new(),
            sessions: Sessions::new(),
            pool_users: Vec::new(),
            tags: Table::new(),
            schedule: BTreeMap::new(),
            next_event_number: 0,
            stuck: Vec::new(),
        }
    }

    /// Applies the events that are due, in order and each at its own time, and sets the time to `now`.
    ///
    /// Returns whether there were any.
    pub(super) fn advance_to(&mut self, now: SystemTime) -> bool {
        let mut applied = false;
        while let Some(entry) = self.schedule.first_entry() {
            let (at, _) = *entry.key();
            if at > now {
                break;
            }
            let event = entry.remove();
            applied = true;
            self.now = at;
            match event {
                Event::WorkSpace(id) => workspaces::apply_event(self, &id),
                Event::Directory(id) => directories::apply_event(self, &id),
                Event::Application(workspace, application, failure) => {
                    applications::apply_event(self, workspace, application, failure);
                }
                Event::ConnectionAlias(id) => connection_aliases::apply_event(self, &id),
                Event::Modification(id) => workspaces::apply_modification(self, &id),
                Event::Image(id, failure) => images::finish_creation(self, &id, failure),
                Event::Session(id) => {
                    pools::end(self, &id);
                }
                Event::Pool(id, to, failure) => pools::finish_transition(self, &id, to, failure),
            }
        }
        self.now = self.now.max(now);
        applied
    }

    /// Schedules an event and returns its time.
    ///
    /// A scheduled event cannot be canceled. A resource that can be rescheduled stores the time of its
    /// latest event and ignores the others.
    pub(super) fn schedule(&mut self, after: Duration, event: Event) -> SystemTime {
        let at = self.now.checked_add(after).unwrap_or(self.now);
        self.next_event_number = self.next_event_number.wrapping_add(1);
        self.schedule.insert((at, self.next_event_number), event);
        at
    }

    /// Whether a resource of a kind that can have tags has this identifier.
    pub(super) fn exists(&self, id: &str) -> bool {
        self.workspaces.contains_key(id)
            || self.directories.get(id).is_some_and(Directory::is_visible)
            || self.ip_groups.contains_key(id)
            || (self.bundles.get(id)).is_some_and(|bundle| bundles::is_owned(self, bundle))
            || self.images.contains_key(id)
            || self.pools.contains_key(id)
            || self.connection_aliases.contains_key(id)
    }

    /// Schedules the event that ends a state change of a resource, unless a fault for one of `items`
    /// holds it back.
    ///
    /// `event` takes the error with which a fault ends the change.
    pub(super) fn schedule_change(
        &mut self,
        operation: &str,
        items: &[&str],
        after: Duration,
        event: impl FnOnce(Option<Failure>) -> Event,
    ) {
        let mut items = items.iter();
        let failure = items
            .clone()
            .find_map(|item| self.faults.end_error(operation, item));
        let event = event(failure);
        if items.any(|item| self.faults.is_stuck(operation, item)) {
            self.stuck.push((after, event));
        } else {
            self.schedule(after, event);
        }
    }

    /// Schedules the events that were held back.
    pub(super) fn resume_stuck(&mut self) {
        for (after, event) in std::mem::take(&mut self.stuck) {
            self.schedule(after, event);
        }
    }

    /// The current time as a [`DateTime`].
    pub(super) fn timestamp(&self) -> DateTime {
        DateTime::from(self.now)
    }

    /// Returns the ARN of a resource of this account and Region, such as `workspacebundle/wsb-...`.
    pub(super) fn arn(&self, resource: &str) -> String {
        let (region, account) = (&self.region, &self.account);
        format!("arn:aws:workspaces:{region}:{account}:{resource}")
    }
}
