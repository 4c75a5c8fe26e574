//! Names on the wire and the names that they get in Rust.

use super::*;

#[test]
fn types() {
    for (wire, rust) in [
        ("Tag", "Tag"),
        ("WorkspaceState", "WorkspaceState"),
        ("WorkSpaceApplication", "WorkSpaceApplication"),
        ("IDCConfig", "IdcConfig"),
        ("AGAModeForWorkSpaceEnum", "AgaModeForWorkSpaceEnum"),
        ("IosClientBrandingAttributes", "IosClientBrandingAttributes"),
        ("OSVersion", "OsVersion"),
        ("S3Object", "S3Object"),
        ("Option", "OptionValue"),
        ("Vec", "VecValue"),
        ("self", "SelfValue"),
    ] {
        assert_eq!(type_name(wire).to_string(), rust, "{wire}");
    }
}

#[test]
fn capitals_after_digits() {
    for (wire, rust) in [
        ("ipGroupIds", "ip_group_ids"),
        ("S3Bucket", "s3_bucket"),
        ("ChecksumSHA256", "checksum_sha256"),
        ("ChecksumCRC32C", "checksum_crc32_c"),
        ("ChecksumCRC64NVME", "checksum_crc64_nvme"),
        ("ICD10CMConcepts", "icd10_cm_concepts"),
        ("Ipv6CIDR", "ipv6_cidr"),
        ("ListObjectsV2", "list_objects_v2"),
    ] {
        assert_eq!(member_name(wire).to_string(), rust, "{wire}");
    }
}

#[test]
fn operations() {
    for (wire, rust) in [
        ("CreateTags", "CreateTags"),
        ("CreateDBInstance", "CreateDBInstance"),
        ("ListMFADevices", "ListMFADevices"),
        ("getAPIKey", "GetAPIKey"),
        ("Get_API-Key", "GetApiKey"),
    ] {
        assert_eq!(operation_prefix(wire), rust, "{wire}");
    }
}

#[test]
fn valid_names() {
    for (wire, valid) in [
        ("Tag", true),
        ("10.0", true),
        ("eng.internal", true),
        ("", false),
        ("*", false),
        ("_", false),
        ("m\u{b2}", false),
        ("\u{1f600}", false),
    ] {
        assert_eq!(is_valid(wire), valid, "{wire}");
    }
}

#[test]
fn any_text_has_an_identifier() {
    for (wire, rust) in [("B½", "B_"), ("Straße", "Stra_e"), ("½", "__"), ("", "__")] {
        assert_eq!(type_name(wire).to_string(), rust, "{wire}");
        member_name(wire);
        variant_name(wire);
        method_name(wire);
    }
}

#[test]
fn any_package_has_a_crate() {
    for (package, name) in [
        ("my-sdk", "my_sdk"),
        (" a", "a"),
        ("r#type", "r#type"),
        ("type", "sdk"),
        ("½", "sdk"),
    ] {
        assert_eq!(crate_name(Some(package), "").to_string(), name);
    }
}

#[test]
fn variables() {
    for (wire, rust) in [
        ("PartitionResult", "partition_result"),
        ("type", "type_value"),
        ("Self", "self_"),
        ("url", "url_value_value"),
        ("_", "__"),
        ("_1", "_1"),
    ] {
        let is_taken = |name: &str| ["url", "url_value"].contains(&name);
        assert_eq!(variable_name(wire, is_taken).to_string(), rust, "{wire}");
    }
}

#[test]
fn types_begin_with_a_letter() {
    assert!(is_type("S3Object") && !is_type("3DModel") && !is_type("-3"));
}

#[test]
fn modules() {
    for (wire, rust) in [
        ("WorkspaceState", "workspace_state"),
        ("WorkSpaceApplication", "work_space_application"),
        ("UpdateRulesOfIpGroup", "update_rules_of_ip_group"),
        ("Type", "type_"),
        ("Self", "self_"),
        ("Error", "error_"),
        ("Con", "con_"),
        ("COM1", "com1_"),
        ("Console", "console"),
    ] {
        assert_eq!(module_name(wire), rust, "{wire}");
    }
}

#[test]
fn members() {
    for (wire, rust) in [
        ("Key", "key"),
        ("ipGroupIds", "ip_group_ids"),
        ("VolumeEncryptionKey", "volume_encryption_key"),
        ("Ipv6Address", "ipv6_address"),
        ("SubnetIDs", "subnet_i_ds"),
        ("NotificationARNs", "notification_arns"),
        ("SizeInMiB", "size_in_mib"),
        ("MemoryGiBPerVCpu", "memory_gib_per_v_cpu"),
        ("RecordSizeKiB", "record_size_kib"),
        ("PrivateIPv4Address", "private_ipv4_address"),
        ("type", "r#type"),
        ("Self", "self_"),
        ("Build", "build_value"),
        ("send", "send_value"),
        ("SendWith", "send_with_value"),
        ("deserialize", "deserialize_value"),
        ("source", "source"),
        ("New", "new"),
        ("items", "items"),
        ("2ndRule", "_2nd_rule"),
    ] {
        assert_eq!(member_name(wire).to_string(), rust, "{wire}");
    }
    assert_eq!(prefixed("set_", "type").to_string(), "set_type");
}

#[test]
fn names_are_reserved_by_scope() {
    for (scope, wire, member, setter) in [
        (Scope::Input, "New", "new_value", "set_new"),
        (Scope::Input, "source", "source", "set_source"),
        (Scope::PolledInput, "Wait", "wait_value", "set_wait"),
        (Scope::Error, "Source", "source_value", "set_source"),
        (Scope::Error, "Meta", "meta", "set_meta_value"),
        (Scope::Structure, "Meta", "meta_value", "set_meta"),
    ] {
        let names = [member_name_unless, setter_name_unless as fn(&str, _) -> _]
            .map(|name| name(wire, |other| other == scope).to_string());
        assert_eq!(names, [member, setter], "{wire} in {scope:?}");
    }
}

#[test]
fn methods() {
    for (wire, rust) in [
        ("DescribeWorkspaces", "describe_workspaces"),
        ("Match", "r#match"),
        ("New", "new_operation"),
    ] {
        assert_eq!(method_name(wire).to_string(), rust, "{wire}");
    }
}

#[test]
fn variants() {
    for (wire, rust) in [
        ("ADMIN_MAINTENANCE", "AdminMaintenance"),
        ("AVAILABLE", "Available"),
        ("Default", "Default"),
        ("GRAPHICS_G4DN", "GraphicsG4Dn"),
        ("GENERALPURPOSE_4XLARGE", "Generalpurpose4Xlarge"),
        ("UNKNOWN", "UnknownValue"),
        ("self", "SelfValue"),
        ("10.0", "_100"),
        ("a1.4xlarge", "A14xlarge"),
        ("c5n.large", "C5nLarge"),
        ("ETag", "ETag"),
        ("BYOL_REGULAR_BYOP", "ByolRegularByop"),
        ("eng.internal", "EngInternal"),
    ] {
        assert_eq!(variant_name(wire).to_string(), rust, "{wire}");
    }
}
