//! The applications that WorkSpaces can install, all of which Amazon owns.

use aws_smithy_types::DateTime;

use crate::fake::bundles::AMAZON;
use crate::fake::service_error::ServiceError;
use crate::types::Compute::{
    self, Generalpurpose4Xlarge, Generalpurpose8Xlarge, GraphicsG4Dn, GraphicsproG4Dn, Performance,
    Power, Powerpro, Standard,
};
use crate::types::OperatingSystemName::{
    self, Windows10, Windows11, WindowsServer2016, WindowsServer2019, WindowsServer2022,
};
use crate::types::WorkSpaceApplicationState::{self, Available, UninstallOnly};
use crate::types::{WorkSpaceApplication, WorkSpaceApplicationLicenseType};

/// An application.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: &'static str,
    name: &'static str,
    /// The product that the application is a version or an edition of. A WorkSpace has at most one of each.
    pub(super) product: &'static str,
    pub(super) state: WorkSpaceApplicationState,
    pub(super) computes: &'static [Compute],
    pub(super) systems: &'static [OperatingSystemName],
}

/// The compute types with enough memory for each application.
const COMPUTES: &[Compute] = &[
    Standard,
    Performance,
    Power,
    Powerpro,
    Generalpurpose4Xlarge,
    Generalpurpose8Xlarge,
    GraphicsG4Dn,
    GraphicsproG4Dn,
];

/// The compute types with enough memory for an integrated development environment.
const LARGE: &[Compute] = &[
    Power,
    Powerpro,
    Generalpurpose4Xlarge,
    Generalpurpose8Xlarge,
    GraphicsG4Dn,
    GraphicsproG4Dn,
];

/// The systems of the applications that can be installed.
const CURRENT: &[OperatingSystemName] =
    &[Windows10, Windows11, WindowsServer2019, WindowsServer2022];

/// The systems of Visual Studio.
const NEWEST: &[OperatingSystemName] = &[Windows10, Windows11, WindowsServer2022];

/// The systems of the applications that can only be removed.
const OLD: &[OperatingSystemName] = &[Windows10, WindowsServer2016, WindowsServer2019];

/// The applications. Their names and what can be done with them are those of the administration guide.
#[rustfmt::skip]
const CATALOG: &[Entry] = &[
    entry("wsa-office2016", "Microsoft Office 2016", OFFICE, UninstallOnly, COMPUTES, OLD),
    entry("wsa-office2019", "Microsoft Office 2019", OFFICE, UninstallOnly, COMPUTES, OLD),
    entry("wsa-officep21", "Microsoft Office LTSC Professional Plus 2021", OFFICE, Available, COMPUTES, CURRENT),
    entry("wsa-offices21", "Microsoft Office LTSC Standard 2021", OFFICE, Available, COMPUTES, CURRENT),
    entry("wsa-projectp21", "Microsoft Project Professional 2021", PROJECT, Available, COMPUTES, CURRENT),
    entry("wsa-projects21", "Microsoft Project Standard 2021", PROJECT, Available, COMPUTES, CURRENT),
    entry("wsa-visiop21", "Microsoft Visio LTSC Professional 2021", VISIO, Available, COMPUTES, CURRENT),
    entry("wsa-visios21", "Microsoft Visio LTSC Standard 2021", VISIO, Available, COMPUTES, CURRENT),
    entry("wsa-vstudioe22", "Microsoft Visual Studio Enterprise 2022", VISUAL_STUDIO, Available, LARGE, NEWEST),
    entry("wsa-vstudiop22", "Microsoft Visual Studio Professional 2022", VISUAL_STUDIO, Available, LARGE, NEWEST),
];

const OFFICE: &str = "Microsoft Office";
const PROJECT: &str = "Microsoft Project";
const VISIO: &str = "Microsoft Visio";
const VISUAL_STUDIO: &str = "Microsoft Visual Studio";

/// The creation time of the applications: 2024-01-15, as a Unix timestamp.
const CREATED: i64 = 1_705_276_800;

const fn entry(
    id: &'static str,
    name: &'static str,
    product: &'static str,
    state: WorkSpaceApplicationState,
    computes: &'static [Compute],
    systems: &'static [OperatingSystemName],
) -> Entry {
    Entry {
        id,
        name,
        product,
        state,
        computes,
        systems,
    }
}

impl Entry {
    pub(super) fn describe(&self) -> WorkSpaceApplication {
        WorkSpaceApplication::builder()
            .application_id(self.id)
            .created(DateTime::from_secs(CREATED))
            .description(self.name)
            .license_type(WorkSpaceApplicationLicenseType::Licensed)
            .name(self.name)
            .owner(AMAZON)
            .state(self.state.clone())
            .set_supported_compute_type_names(Some(self.computes.to_vec()))
            .set_supported_operating_system_names(Some(self.systems.to_vec()))
            .build()
    }
}

/// Returns the applications, sorted by identifier.
pub(super) fn all() -> impl Iterator<Item = &'static Entry> {
    CATALOG.iter()
}

/// Finds an application.
///
/// # Errors
/// Returns a ResourceNotFoundException if no application has this ID.
pub(super) fn find(id: &str) -> Result<&'static Entry, ServiceError> {
    let entry = all().find(|entry| entry.id == id);
    entry.ok_or(ServiceError::not_found("Application", id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalog_is_sorted_for_pagination() {
        assert!(all().is_sorted_by(|one, other| one.id < other.id));
    }
}
