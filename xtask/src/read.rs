//! Reads the files of a model, whatever they turn out to be.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::read::MultiGzDecoder;

/// The maximum size of a file, compressed and decompressed, in bytes. The largest model of AWS has about 12 MiB.
pub(crate) const MAX_SIZE: u64 = 64 * MIB;

pub(crate) const MIB: u64 = 1024 * 1024;

/// The first bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Reads a file, and decompresses it if it is compressed with gzip.
///
/// # Errors
/// Returns an error that names the file if it is not a regular file, or too large.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    read_up_to(path, MAX_SIZE)
}

pub(crate) fn read_up_to(path: &Path, max: u64) -> Result<Vec<u8>> {
    let shown = path.display();
    let cannot = || format!("cannot read {shown}");
    // Opening a pipe would wait for its writer.
    let metadata = fs::metadata(path).with_context(cannot)?;
    if !metadata.is_file() {
        let kind = match metadata.is_dir() {
            true => "a folder",
            false => "a pipe, socket or device",
        };
        bail!("cannot read {shown}: it is {kind}, not a file");
    }
    let limit = max / MIB;
    let file = File::open(path).with_context(cannot)?;
    let Some(bytes) = read_limited(file, max).with_context(cannot)? else {
        bail!("cannot read {shown}: it has more than {limit} MiB, the limit");
    };
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    let plain = read_limited(MultiGzDecoder::new(bytes.as_slice()), max);
    let Some(plain) = plain.with_context(|| format!("cannot decompress {shown}"))? else {
        bail!(
            "cannot decompress {shown}: it has more than {limit} MiB when it is decompressed, the limit"
        );
    };
    Ok(plain)
}

/// Reads everything, or returns `None` if it is more than the limit.
fn read_limited(reader: impl Read, max: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= max).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::Command;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use tempfile::TempDir;

    use super::*;

    fn compressed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[cfg(unix)]
    #[test]
    fn what_is_read_is_bounded_and_a_regular_file() {
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
        let file = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
        let limit = usize::try_from(MIB).unwrap();
        file("zeros.gz", &compressed(&vec![0; limit + 1]));
        file("large", &vec![b' '; limit + 1]);
        file("damaged.gz", &GZIP);
        fs::create_dir(folder.join("folder")).unwrap();
        std::os::unix::fs::symlink("loop", folder.join("loop")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.join("device")).unwrap();
        let pipe = Command::new("mkfifo").arg(folder.join("pipe")).status();
        assert!(pipe.unwrap().success());
        for (name, expected) in [
            ("zeros.gz", "it has more than 1 MiB when it is decompressed"),
            ("large", "it has more than 1 MiB, the limit"),
            ("damaged.gz", "cannot decompress"),
            ("folder", "it is a folder, not a file"),
            ("loop", "Too many levels of symbolic links"),
            ("device", "it is a pipe, socket or device, not a file"),
            ("pipe", "it is a pipe, socket or device, not a file"),
            ("missing", "No such file"),
        ] {
            let path = folder.join(name);
            let error = format!("{:#}", read_up_to(&path, MIB).unwrap_err());
            let shown = path.display().to_string();
            assert!(
                error.contains(&shown) && error.contains(expected),
                "{error}"
            );
        }

        // The limit itself is allowed, and a compressed file can have several parts.
        file("exact.gz", &compressed(&vec![0; limit]));
        file("parts.gz", &[compressed(b"a"), compressed(b"b")].concat());
        assert_eq!(
            read_up_to(&folder.join("exact.gz"), MIB).unwrap().len(),
            limit
        );
        assert_eq!(read(&folder.join("parts.gz")).unwrap(), b"ab");
    }
}
