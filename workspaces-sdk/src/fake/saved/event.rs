//! Scheduled events in a file.

use std::time::{Duration, SystemTime};

use lean_aws_runtime::codegen::json::{DecodeError, Decoder, Encoder};

use super::{Saved, saved};
use crate::fake::service_error::Failure;
use crate::fake::state::{Event, Schedule};
use crate::types::WorkspacesPoolState;

/// An event: its kind, the identifiers that it concerns, the state that it leads to, and the error that it ends with.
struct SavedEvent {
    kind: String,
    ids: Vec<String>,
    to: Option<WorkspacesPoolState>,
    failure: Option<Failure>,
}

saved! {
    SavedEvent {
        "Kind" => kind;
        "Ids" => ids;
        "To" => to;
        "Failure" => failure;
    }
}

impl From<&Event> for SavedEvent {
    fn from(event: &Event) -> Self {
        let (kind, ids, to, failure) = match event {
            Event::WorkSpace(id) => ("WorkSpace", vec![id], None, None),
            Event::Directory(id) => ("Directory", vec![id], None, None),
            Event::Application(workspace, application, failure) => (
                "Application",
                vec![workspace, application],
                None,
                failure.as_ref(),
            ),
            Event::ConnectionAlias(id) => ("ConnectionAlias", vec![id], None, None),
            Event::Modification(id) => ("Modification", vec![id], None, None),
            Event::Image(id, failure) => ("Image", vec![id], None, failure.as_ref()),
            Event::Session(id) => ("Session", vec![id], None, None),
            Event::Pool(id, to, failure) => ("Pool", vec![id], to.as_ref(), failure.as_ref()),
        };
        Self {
            kind: kind.to_owned(),
            ids: ids.into_iter().cloned().collect(),
            to: to.cloned(),
            failure: failure.cloned(),
        }
    }
}

impl SavedEvent {
    /// Returns the event, or `None` if the kind is unknown or has another number of identifiers.
    fn into_event(self) -> Option<Event> {
        if self.ids.len() > 2 {
            return None;
        }
        let mut ids = self.ids.into_iter();
        let id = ids.next()?;
        Some(match (self.kind.as_str(), ids.next()) {
            ("WorkSpace", None) => Event::WorkSpace(id),
            ("Directory", None) => Event::Directory(id),
            ("Application", Some(application)) => Event::Application(id, application, self.failure),
            ("ConnectionAlias", None) => Event::ConnectionAlias(id),
            ("Modification", None) => Event::Modification(id),
            ("Image", None) => Event::Image(id, self.failure),
            ("Session", None) => Event::Session(id),
            ("Pool", None) => Event::Pool(id, self.to, self.failure),
            _ => return None,
        })
    }
}

impl Saved for Event {
    fn save(&self, out: &mut Encoder) {
        SavedEvent::from(self).save(out);
    }

    fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let event = SavedEvent::load(input)?;
        event
            .into_event()
            .ok_or_else(|| input.expected("a known event before"))
    }
}

/// An event with its time.
struct Scheduled {
    at: SystemTime,
    number: u64,
    event: Event,
}

saved! {
    Scheduled {
        "At" => at;
        "Number" => number;
        "Event" => event;
    }
}

impl Saved for Schedule {
    fn save(&self, out: &mut Encoder) {
        let entries = self.iter().map(|((at, number), event)| Scheduled {
            at: *at,
            number: *number,
            event: event.clone(),
        });
        entries.collect::<Vec<_>>().save(out);
    }

    fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let entries = Vec::<Scheduled>::load(input)?.into_iter();
        Ok(entries
            .map(|entry| ((entry.at, entry.number), entry.event))
            .collect())
    }
}

/// An event that a fault holds back, with the time until it happens once it is released.
struct Stuck {
    after: Duration,
    event: Event,
}

saved! {
    Stuck {
        "After" => after;
        "Event" => event;
    }
}

impl Saved for (Duration, Event) {
    fn save(&self, out: &mut Encoder) {
        let (after, event) = (self.0, self.1.clone());
        Stuck { after, event }.save(out);
    }

    fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Stuck::load(input).map(|it| (it.after, it.event))
    }
}
