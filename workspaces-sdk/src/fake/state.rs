//! What an offline service remembers, and what is still to happen in it.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;

use super::account::Licences;
use super::bundles;
use super::directories::{self, Directories, Directory};
use super::fault::Faults;
use super::ids::Ids;
use super::images::{self, Images};
use super::ip_groups::IpGroups;
use super::pools::{self, Pools};
use super::workspaces::{self, WorkSpace};
use crate::types::{Tag, WorkspaceBundle, WorkspacesPoolState};

/// All that the service knows.
#[derive(Debug)]
pub(super) struct State {
    /// When the request that is answered came.
    pub(super) now: SystemTime,
    pub(super) region: String,
    pub(super) account: String,
    pub(super) ids: Ids,
    pub(super) faults: Faults,
    /// How long a new WorkSpace is missing from descriptions.
    pub(super) unseen: Duration,
    pub(super) workspaces: BTreeMap<String, WorkSpace>,
    pub(super) directories: Directories,
    pub(super) bundles: BTreeMap<String, WorkspaceBundle>,
    pub(super) ip_groups: IpGroups,
    /// What the account asked for, if it asked to bring licences.
    pub(super) licences: Option<Licences>,
    pub(super) images: Images,
    pub(super) pools: Pools,
    /// The tags of resources of all kinds, by the resource's identifier.
    pub(super) tags: BTreeMap<String, Vec<Tag>>,
    agenda: BTreeMap<(SystemTime, u64), Event>,
    entries: u64,
    /// What would have been planned but for a fault, and after which time.
    stuck: Vec<(Duration, Event)>,
}

/// The code and the message of an error in which something ends.
pub(super) type Failure = (String, String);

/// Something that happens at a time by itself.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// The state of a WorkSpace changes.
    WorkSpace(String),
    /// A directory is registered or deregistered.
    Directory(String),
    /// The making of an image ends, perhaps in an error.
    Image(String, Option<Failure>),
    /// A pool comes into a state, or to its end if there is none; perhaps with an error.
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
            unseen: Duration::ZERO,
            workspaces: BTreeMap::new(),
            directories: Directories::new(),
            bundles: BTreeMap::new(),
            ip_groups: IpGroups::new(),
            licences: None,
            images: Images::new(),
            pools: Pools::new(),
            tags: BTreeMap::new(),
            agenda: BTreeMap::new(),
            entries: 0,
            stuck: Vec::new(),
        }
    }

    /// Lets happen what is due, each at its time and in order; then it is `now`.
    pub(super) fn settle(&mut self, now: SystemTime) {
        while let Some(entry) = self.agenda.first_entry() {
            let (at, _) = *entry.key();
            if at > now {
                break;
            }
            let event = entry.remove();
            self.now = at;
            match event {
                Event::WorkSpace(id) => workspaces::due(self, &id),
                Event::Directory(id) => directories::due(self, &id),
                Event::Image(id, failure) => images::end(self, &id, failure),
                Event::Pool(id, to, failure) => pools::end(self, &id, to, failure),
            }
        }
        self.now = self.now.max(now);
    }

    /// Lets something happen when `after` is over, and gives that time: who expects an event compares
    /// it with the time, as earlier plans are not taken back.
    pub(super) fn plan(&mut self, after: Duration, event: Event) -> SystemTime {
        let at = self.now.checked_add(after).unwrap_or(self.now);
        self.entries += 1;
        self.agenda.insert((at, self.entries), event);
        at
    }

    /// Whether there is a resource with this identifier, of any kind that can have tags.
    pub(super) fn exists(&self, id: &str) -> bool {
        self.workspaces.contains_key(id)
            || self.directories.get(id).is_some_and(Directory::is_seen)
            || self.ip_groups.contains_key(id)
            || (self.bundles.get(id)).is_some_and(|bundle| bundles::is_own(self, bundle))
            || self.images.contains_key(id)
            || self.pools.contains_key(id)
    }

    /// Plans the end of a change that cannot be taken back, unless a fault for one of `items` keeps it.
    ///
    /// The event is made of the error in which a fault wants it to end.
    pub(super) fn change(
        &mut self,
        operation: &str,
        items: &[&str],
        after: Duration,
        event: impl FnOnce(Option<Failure>) -> Event,
    ) {
        let mut items = items.iter();
        let failure = items
            .clone()
            .find_map(|item| self.faults.end(operation, item));
        let event = event(failure);
        if items.any(|item| self.faults.stuck(operation, item)) {
            self.stuck.push((after, event));
        } else {
            self.plan(after, event);
        }
    }

    /// Lets the changes go on that were kept.
    pub(super) fn unstick(&mut self) {
        for (after, event) in std::mem::take(&mut self.stuck) {
            self.plan(after, event);
        }
    }

    /// The time as types show it.
    pub(super) fn timestamp(&self) -> DateTime {
        DateTime::from(self.now)
    }

    /// The ARN of a resource of this account and Region, as `workspacebundle/wsb-...`.
    pub(super) fn arn(&self, resource: &str) -> String {
        let (region, account) = (&self.region, &self.account);
        format!("arn:aws:workspaces:{region}:{account}:{resource}")
    }
}
