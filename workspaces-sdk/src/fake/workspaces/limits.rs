//! The sizes of volumes and the compute types that are possible, and when they can change.

use std::ops::RangeInclusive;
use std::time::{Duration, SystemTime};

use crate::fake::service_error::{ServiceError, code};
use crate::types::Compute::{
    self, GraphicsG4Dn, GraphicsproG4Dn, Performance, Power, Powerpro, Standard, Value,
};
use crate::types::WorkspaceProperties;

/// The pairs of sizes of the root volume and the user volume in GiB, except those of compute types for graphics.
const VOLUMES: &[(RangeInclusive<i32>, RangeInclusive<i32>)] = &[
    (80..=80, 10..=10),
    (80..=80, 50..=50),
    (80..=80, 100..=100),
    (175..=2000, 100..=2000),
];

/// The pairs of sizes for graphics.
const GRAPHICS_VOLUMES: &[(RangeInclusive<i32>, RangeInclusive<i32>)] = &[(100..=2000, 100..=2000)];

/// The families of compute types, from the smallest to the largest. A WorkSpace can change to another type of its family.
const FAMILIES: &[&[Compute]] = &[
    &[Value, Standard, Performance, Power, Powerpro],
    &[GraphicsG4Dn, GraphicsproG4Dn],
];

/// The time after the creation, and after a change of the same kind, in which a volume or the compute type cannot grow.
const GROWTH_INTERVAL: Duration = Duration::from_secs(6 * HOUR);

/// The time after a change of the compute type in which it cannot change to a smaller one.
const SHRINK_INTERVAL: Duration = Duration::from_secs(30 * 24 * HOUR);

const HOUR: u64 = 60 * 60;

/// Whether a compute type has a graphics processor.
pub(super) fn is_graphics(compute: Option<&Compute>) -> bool {
    compute.is_some_and(|compute| compute.as_str().starts_with("GRAPHICS"))
}

/// Checks the sizes of the volumes.
///
/// # Errors
/// Returns an InvalidParameterValuesException if no WorkSpace has this pair of sizes.
pub(super) fn check_volumes(properties: &WorkspaceProperties) -> Result<(), ServiceError> {
    let compute = properties.compute_type_name.as_ref();
    let (Some(root), Some(user)) = (
        properties.root_volume_size_gib,
        properties.user_volume_size_gib,
    ) else {
        return Ok(());
    };
    let pairs = match is_graphics(compute) {
        true => GRAPHICS_VOLUMES,
        false => VOLUMES,
    };
    let mut pairs = pairs.iter();
    if pairs.any(|(roots, users)| roots.contains(&root) && users.contains(&user)) {
        return Ok(());
    }
    let message =
        format!("A root volume of {root} GiB with a user volume of {user} GiB is not possible.");
    Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message))
}

/// The times that decide whether a change is too early.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) now: SystemTime,
    /// The time when the WorkSpace was created.
    pub(super) created: SystemTime,
    /// The time of the latest change of the same kind, if there was one.
    pub(super) changed: Option<SystemTime>,
}

impl Times {
    /// Checks that a volume or the compute type can grow.
    pub(super) fn check_growth(self) -> Result<(), ServiceError> {
        let latest = self.changed.map_or(self.created, |it| it.max(self.created));
        self.check(Some(latest), GROWTH_INTERVAL, "6 hours")
    }

    fn check(
        self,
        latest: Option<SystemTime>,
        interval: Duration,
        name: &str,
    ) -> Result<(), ServiceError> {
        let passed = latest.map(|latest| self.now.duration_since(latest).unwrap_or_default());
        if passed.is_none_or(|passed| passed >= interval) {
            return Ok(());
        }
        let message =
            format!("This change is possible {name} after the creation or the latest change.");
        Err(ServiceError::new(code::INVALID_RESOURCE_STATE, message))
    }
}

/// Checks a change of the compute type.
///
/// # Errors
/// Returns an InvalidParameterValuesException, an UnsupportedWorkspaceConfigurationException or an
/// InvalidResourceStateException.
pub(super) fn check_compute(
    from: Option<&Compute>,
    to: &Compute,
    times: Times,
) -> Result<(), ServiceError> {
    if from == Some(to) {
        let message = format!("The compute type is already {to}.");
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    let rank = |family: &&[Compute], it: &Compute| family.iter().position(|other| other == it);
    let ranks = FAMILIES
        .iter()
        .find_map(|family| Some((rank(family, from?)?, rank(family, to)?)));
    match ranks {
        Some((old, new)) if old < new => times.check_growth(),
        Some(_) => times.check(times.changed, SHRINK_INTERVAL, "30 days"),
        None => {
            let from = from.map_or("", Compute::as_str);
            let message = format!("The compute type cannot change from {from} to {to}.");
            Err(ServiceError::new(code::UNSUPPORTED_CONFIGURATION, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: SystemTime = SystemTime::UNIX_EPOCH;

    #[test]
    fn pairs_of_volumes() {
        for (compute, root, user, possible) in [
            (Standard, 80, 10, true),
            (Standard, 80, 50, true),
            (Standard, 80, 100, true),
            (Standard, 80, 60, false),
            (Standard, 80, 500, false),
            (Standard, 100, 100, false),
            (Standard, 175, 50, false),
            (Standard, 175, 100, true),
            (Standard, 2000, 2000, true),
            (Standard, 2001, 2000, false),
            (GraphicsG4Dn, 100, 100, true),
            (GraphicsG4Dn, 80, 100, false),
            (GraphicsproG4Dn, 150, 2000, true),
        ] {
            let properties = WorkspaceProperties::builder()
                .compute_type_name(compute)
                .root_volume_size_gib(root)
                .user_volume_size_gib(user);
            let checked = check_volumes(&properties.build());
            assert_eq!(checked.is_ok(), possible, "{root} {user}");
        }
    }

    #[test]
    fn changes_of_the_compute_type() {
        let unsupported = code::UNSUPPORTED_CONFIGURATION;
        let state = code::INVALID_RESOURCE_STATE;
        // The hours since the creation and the latest change, if there was one.
        for (from, to, created, changed, expected) in [
            (Value, Powerpro, 6, None, None),
            (Value, Powerpro, 5, None, Some(state)),
            (Value, Standard, 100, Some(6), None),
            (Value, Standard, 100, Some(5), Some(state)),
            (Powerpro, Value, 0, None, None),
            (Powerpro, Value, 1000, Some(30 * 24 - 1), Some(state)),
            (Powerpro, Value, 1000, Some(30 * 24), None),
            (
                Power,
                Power,
                100,
                None,
                Some(code::INVALID_PARAMETER_VALUES),
            ),
            (GraphicsG4Dn, GraphicsproG4Dn, 100, None, None),
            (GraphicsG4Dn, Power, 100, None, Some(unsupported)),
            (Power, GraphicsG4Dn, 100, None, Some(unsupported)),
            (
                Compute::Graphics,
                Compute::Graphicspro,
                100,
                None,
                Some(unsupported),
            ),
        ] {
            let ago = |hours| NOW - Duration::from_secs(hours * HOUR);
            let times = Times {
                now: NOW,
                created: ago(created),
                changed: changed.map(ago),
            };
            let code = check_compute(Some(&from), &to, times)
                .err()
                .map(|it| it.code);
            assert_eq!(
                code.as_deref(),
                expected,
                "{from} {to} {created} {changed:?}"
            );
        }
    }
}
