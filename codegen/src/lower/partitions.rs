//! Lowers `partitions.json`.

use crate::diagnostic::{EndpointFault, Report};
use crate::ir::{self, Service};
use crate::source::rules::{Partition, Partitions};

/// Lowers the partitions.
pub(super) fn partitions(partitions: &Partitions, service: &mut Service, report: &mut Report) {
    let lower = |(i, partition)| lower_partition(partition, &format!("partitions[{i}]"), report);
    service.endpoints.partitions = partitions
        .partitions
        .iter()
        .enumerate()
        .map(lower)
        .collect();
}

fn lower_partition(partition: &Partition, path: &str, report: &mut Report) -> ir::Partition {
    let outputs = &partition.outputs;
    let region_prefixes = prefixes(&partition.region_regex).unwrap_or_else(|| {
        let fault = EndpointFault::RegionPattern(partition.region_regex.clone());
        report.fault(format!("{path}.regionRegex"), fault);
        Vec::new()
    });
    ir::Partition {
        id: partition.id.clone(),
        dns_suffix: outputs.dns_suffix.clone(),
        dual_stack_dns_suffix: outputs.dual_stack_dns_suffix.clone(),
        implicit_global_region: outputs.implicit_global_region.clone(),
        supports_fips: outputs.supports_fips,
        supports_dual_stack: outputs.supports_dual_stack,
        region_prefixes,
        regions: partition.regions.names().map(str::to_owned).collect(),
    }
}

/// Returns the prefixes that a region pattern allows: `us` and `eu` for `^(us|eu)\-\w+\-\d+$`.
///
/// All existing patterns have this form. The runtime compares prefixes and needs no regular expression engine.
fn prefixes(pattern: &str) -> Option<Vec<String>> {
    let body = pattern
        .strip_prefix('^')?
        .strip_suffix(r"\-\w+\-\d+$")?
        .replace(r"\-", "-");
    let (before, choices, after) = match body.split_once('(') {
        Some((before, rest)) => {
            let (choices, after) = rest.split_once(')')?;
            (before, choices, after)
        }
        None => (body.as_str(), "", ""),
    };
    let is_plain = |prefix: &str| {
        prefix
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let prefixes: Vec<String> = choices
        .split('|')
        .map(|choice| format!("{before}{choice}{after}"))
        .collect();
    prefixes
        .iter()
        .all(|prefix| is_plain(prefix))
        .then_some(prefixes)
}

#[cfg(test)]
mod tests {
    use super::prefixes;

    #[test]
    fn region_patterns() {
        for (pattern, expected) in [
            (r"^(us|eu)\-\w+\-\d+$", Some(vec!["us", "eu"])),
            (r"^cn\-\w+\-\d+$", Some(vec!["cn"])),
            (r"^us\-gov\-\w+\-\d+$", Some(vec!["us-gov"])),
            (r"^eusc\-(de)\-\w+\-\d+$", Some(vec!["eusc-de"])),
            (r"^us-\w+$", None),
            (r"^[a-z]\-\w+\-\d+$", None),
            (r"us\-\w+\-\d+", None),
        ] {
            assert_eq!(
                prefixes(pattern),
                expected.map(|it| it.into_iter().map(str::to_owned).collect()),
                "{pattern}"
            );
        }
    }
}
