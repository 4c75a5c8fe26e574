//! Partitions: groups of Regions that share DNS suffixes, accounts and capabilities.

/// A partition, with the facts that the function `aws.partition` of endpoint rules returns.
#[doc(hidden)]
#[derive(Debug, PartialEq)]
pub struct Partition {
    /// The name, such as `aws-cn`.
    pub name: &'static str,
    /// The suffix of host names.
    pub dns_suffix: &'static str,
    /// The suffix of host names with IPv4 and IPv6 addresses.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether it has endpoints that comply with FIPS 140.
    pub supports_fips: bool,
    /// Whether it has endpoints with IPv4 and IPv6 addresses.
    pub supports_dual_stack: bool,
    /// The Region that global services use.
    pub implicit_global_region: &'static str,
    /// The prefixes of Region names, without the word and the number at the end: `eu` for `eu-south-1`. An unknown Region
    /// belongs to the partition whose prefix it has.
    pub region_prefixes: &'static [&'static str],
    /// The known Regions.
    pub regions: &'static [&'static str],
}

impl Partition {
    /// Whether a name consists of one of the prefixes, a word and a number.
    fn fits(&self, region: &str) -> bool {
        let Some((rest, number)) = region.rsplit_once('-') else {
            return false;
        };
        let Some((prefix, word)) = rest.rsplit_once('-') else {
            return false;
        };
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
        let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        is_word && is_number && self.region_prefixes.contains(&prefix)
    }
}

/// Returns the partition of a Region: the one that lists it, otherwise the one whose prefixes match it, otherwise the first.
pub fn partition(region: &str, partitions: &'static [Partition]) -> Option<&'static Partition> {
    let known = partitions
        .iter()
        .find(|partition| partition.regions.contains(&region));
    known
        .or_else(|| partitions.iter().find(|partition| partition.fits(region)))
        .or(partitions.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn named(
        name: &'static str,
        prefixes: &'static [&'static str],
        regions: &'static [&'static str],
    ) -> Partition {
        Partition {
            name,
            dns_suffix: "example.com",
            dual_stack_dns_suffix: "example.net",
            supports_fips: true,
            supports_dual_stack: true,
            implicit_global_region: "us-east-1",
            region_prefixes: prefixes,
            regions,
        }
    }

    static PARTITIONS: [Partition; 3] = [
        named("aws", &["us", "eu"], &["us-east-1", "aws-global"]),
        named("aws-cn", &["cn"], &["cn-north-1", "aws-cn-global"]),
        named("aws-iso", &["us-iso"], &["us-iso-east-1"]),
    ];

    #[test]
    fn unknown_regions_belong_to_the_partition_of_their_prefix() {
        let cases = [
            ("us-east-1", "aws"),
            ("eu-nowhere-12", "aws"),
            ("cn-north-1", "aws-cn"),
            ("cn-west_2-9", "aws-cn"),
            ("aws-cn-global", "aws-cn"),
            ("us-iso-east-1", "aws-iso"),
            ("us-iso-west-7", "aws-iso"),
            ("us-isob-east-1", "aws"),
            ("cn-north-x", "aws"),
            ("cn--1", "aws"),
            ("cn-1", "aws"),
            ("mars", "aws"),
            ("", "aws"),
        ];
        for (region, expected) in cases {
            assert_eq!(
                partition(region, &PARTITIONS).map(|partition| partition.name),
                Some(expected),
                "{region}"
            );
        }
        assert_eq!(partition("us-east-1", &[]), None);
    }
}
