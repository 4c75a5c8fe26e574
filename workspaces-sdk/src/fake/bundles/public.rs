//! The public bundles of Amazon.

use aws_smithy_types::DateTime;

use crate::fake::table::Table;
use crate::types::Compute::{
    self, Generalpurpose4Xlarge, Generalpurpose8Xlarge, GraphicsG4Dn, GraphicsproG4Dn, Performance,
    Power, Powerpro, Standard, Value,
};
use crate::types::{
    BundleType, ComputeType, OperatingSystemName, RootStorage, UserStorage, WorkspaceBundle,
    WorkspaceBundleState,
};

/// The owner of the public bundles.
pub(in crate::fake) const AMAZON: &str = "AMAZON";

/// The hardware of bundles: name, vCPUs, and the sizes of memory, root volume and user volume in GiB.
#[rustfmt::skip]
const HARDWARE: &[(Compute, &str, u32, u32, u32, u32)] = &[
    (Value, "Value", 1, 2, 80, 10),
    (Standard, "Standard", 2, 4, 80, 50),
    (Performance, "Performance", 2, 8, 80, 100),
    (Power, "Power", 4, 16, 175, 100),
    (Powerpro, "PowerPro", 8, 32, 175, 100),
    (Generalpurpose4Xlarge, "GeneralPurpose.4xlarge", 16, 64, 175, 100),
    (Generalpurpose8Xlarge, "GeneralPurpose.8xlarge", 32, 128, 175, 100),
    (GraphicsG4Dn, "Graphics.g4dn", 4, 16, 100, 100),
    (GraphicsproG4Dn, "GraphicsPro.g4dn", 16, 64, 100, 100),
];

/// The public bundles: the identifier without its prefix `wsb-`, the hardware and the operating system.
#[rustfmt::skip]
const PUBLIC: &[(&str, Compute, &str)] = &[
    ("value0001", Value, "Windows Server 2022"),
    ("standard1", Standard, "Windows Server 2022"),
    ("perform01", Performance, "Windows Server 2022"),
    ("power0001", Power, "Windows Server 2022"),
    ("powerpro1", Powerpro, "Windows Server 2022"),
    ("general41", Generalpurpose4Xlarge, "Windows Server 2022"),
    ("general81", Generalpurpose8Xlarge, "Windows Server 2022"),
    ("graphics1", GraphicsG4Dn, "Windows Server 2022"),
    ("graphpro1", GraphicsproG4Dn, "Windows Server 2022"),
    ("value0002", Value, "Windows Server 2019"),
    ("standard2", Standard, "Windows Server 2019"),
    ("perform02", Performance, "Windows Server 2019"),
    ("power0002", Power, "Windows Server 2019"),
    ("powerpro2", Powerpro, "Windows Server 2019"),
    ("linux0001", Standard, "Amazon Linux 2"),
    ("linux0002", Performance, "Amazon Linux 2"),
    ("linux0003", Power, "Amazon Linux 2"),
    ("ubuntu001", Standard, "Ubuntu 22.04"),
    ("ubuntu002", Performance, "Ubuntu 22.04"),
    ("ubuntu003", Power, "Ubuntu 22.04"),
    ("ubuntu004", GraphicsG4Dn, "Ubuntu 22.04"),
    ("rocky0001", Standard, "Rocky Linux 8"),
    ("rocky0002", Power, "Rocky Linux 8"),
    ("redhat001", Standard, "Red Hat Enterprise Linux 8"),
];

/// The versions of Windows in the names of public bundles.
const SYSTEMS: &[(&str, OperatingSystemName)] = &[
    (
        "Windows Server 2022",
        OperatingSystemName::WindowsServer2022,
    ),
    (
        "Windows Server 2019",
        OperatingSystemName::WindowsServer2019,
    ),
];

/// The creation time of the public bundles: 2024-01-15, as a Unix timestamp.
const CREATED: i64 = 1_705_276_800;

/// The last update of the public bundles: 2025-11-20, as a Unix timestamp.
const UPDATED: i64 = 1_763_596_800;

/// Returns the public bundles by identifier.
pub(in crate::fake) fn public_bundles() -> Table<WorkspaceBundle> {
    let bundles = PUBLIC.iter().filter_map(|(key, compute, system)| {
        let hardware = HARDWARE.iter().find(|(it, ..)| it == compute)?;
        let (_, hardware, processors, memory, root, user) = hardware;
        let id = format!("wsb-{key}");
        let bundle = WorkspaceBundle::builder()
            .bundle_id(&id)
            .name(format!("{hardware} with {system}"))
            .owner(AMAZON)
            .description(format!(
                "{system}, {processors} vCPU, {memory} GiB of memory"
            ))
            .image_id(format!("wsi-{key}"))
            .compute_type(ComputeType::builder().name(compute.clone()).build())
            .root_storage(RootStorage {
                capacity: root.to_string(),
            })
            .user_storage(UserStorage {
                capacity: user.to_string(),
            })
            .creation_time(DateTime::from_secs(CREATED))
            .last_updated_time(DateTime::from_secs(UPDATED))
            .state(WorkspaceBundleState::Available)
            .bundle_type(BundleType::Regular)
            .build();
        Some((id, bundle))
    });
    bundles.collect()
}

/// Returns the default size of the root volume for a compute type, in GiB.
pub(super) fn root_volume_size(compute: &Compute) -> u32 {
    let hardware = HARDWARE.iter().find(|(it, ..)| it == compute);
    hardware.map_or(100, |(.., root, _)| *root)
}

/// Returns the version of Windows in the name of a bundle.
pub(super) fn operating_system_name(bundle: &str) -> OperatingSystemName {
    let system = SYSTEMS.iter().find(|(name, _)| bundle.contains(name));
    system.map_or(OperatingSystemName::WindowsServer2022, |(_, it)| it.clone())
}
