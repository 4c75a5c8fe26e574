//! The models in a folder, by the names that `sdk.toml` uses.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use codegen::Suggestion;
use codegen::package::official_name;
use flate2::read::MultiGzDecoder;

use crate::model;
use crate::update::exists;

/// The beginning of the names of official crates.
const OFFICIAL: &str = "aws-sdk-";

/// The number of bytes at the beginning of a model that contain its metadata, in botocore's format. A Smithy model can have them
/// anywhere.
const METADATA: u64 = 64 * 1024;

/// The models in a folder.
#[derive(Debug)]
pub(crate) struct Models {
    folder: PathBuf,
    /// The path of each model, which [`model::load`] reads, by its name.
    paths: BTreeMap<String, PathBuf>,
    /// The names of the official crates after `aws-sdk-`, and those of their models.
    official: OnceCell<Vec<(String, String)>>,
}

impl Models {
    /// Lists a folder in botocore's layout, or of Smithy models: files `NAME.json` or `NAME.smithy.json`, or folders `NAME` with
    /// such a file in `service/VERSION/`, as AWS publishes them.
    ///
    /// # Errors
    /// Returns an error if there is no folder, or no model in it.
    pub(crate) fn list(folder: &Path) -> Result<Self> {
        let shown = folder.display();
        if !exists(folder) {
            bail!("{shown} does not exist; the path is relative to the folder of the file");
        }
        if model::has_versions(folder) {
            bail!("{shown} is the folder of one model; pass the folder above it");
        }
        let entries = fs::read_dir(folder).with_context(|| format!("cannot list {shown}"))?;
        let entries = entries.collect::<Result<Vec<_>, _>>();
        let entries = entries.with_context(|| format!("cannot list {shown}"))?;
        let mut entries: Vec<PathBuf> = entries.into_iter().map(|it| it.path()).collect();
        // Of two files of one name, such as `a.json` and `a.smithy.json`, the last is used.
        entries.sort();
        let mut paths = BTreeMap::new();
        for path in entries {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let found = match path.is_dir() {
                true => in_service_folder(&path).map(|found| (name.into_owned(), found)),
                false => model_name(&name).map(|name| (name, path.clone())),
            };
            paths.extend(found);
        }
        if paths.is_empty() {
            bail!(
                "{shown} contains no models; pass the folder `data` of botocore, or a folder of Smithy models"
            );
        }
        let folder = folder.to_owned();
        Ok(Self {
            folder,
            paths,
            official: OnceCell::new(),
        })
    }

    /// Finds a model by its name, by the name of the official crate, or by the part of it after `aws-sdk-`.
    ///
    /// # Errors
    /// Returns a message if there is no such model.
    pub(crate) fn find(&self, key: &str) -> Result<&Path, String> {
        if let Some(path) = self.paths.get(key) {
            return Ok(path);
        }
        let official = self.official.get_or_init(|| self.official_names());
        let wanted = key.strip_prefix(OFFICIAL).unwrap_or(key);
        // Of two versions of a service, whose names end with dates, the newer is used.
        let found = official.iter().rfind(|(short, _)| short == wanted);
        if let Some(path) = found.and_then(|(_, name)| self.paths.get(name)) {
            return Ok(path);
        }
        let names = official
            .iter()
            .flat_map(|(short, name)| [short.as_str(), name]);
        let names: BTreeSet<&str> = names.collect();
        let suggestion = Suggestion::near(wanted, names.iter().copied());
        let folder = self.folder.display();
        Err(format!("no model of {key:?} is in {folder}{suggestion}"))
    }

    fn official_names(&self) -> Vec<(String, String)> {
        let names = self.paths.iter().filter_map(|(name, path)| {
            let official = official_name(&service_id(path)?);
            let short = official.strip_prefix(OFFICIAL)?.to_owned();
            Some((short, name.clone()))
        });
        names.collect()
    }
}

/// The path to load from a folder of a service, if it has a model.
fn in_service_folder(folder: &Path) -> Option<PathBuf> {
    if model::has_versions(folder) {
        return Some(folder.to_owned());
    }
    let versions = fs::read_dir(folder.join("service")).ok()?;
    let mut versions: Vec<PathBuf> = versions.flatten().map(|entry| entry.path()).collect();
    versions.sort();
    let files = fs::read_dir(versions.pop()?).ok()?;
    let mut files = files.flatten().map(|entry| entry.path());
    files.find(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        model_name(&name).is_some()
    })
}

/// The name of a model, from the name of its file.
fn model_name(file: &str) -> Option<String> {
    let name = file.trim_end_matches(".gz");
    if !model::is_model_name(name) {
        return None;
    }
    let name = name.strip_suffix(".json")?;
    Some(name.strip_suffix(".smithy").unwrap_or(name).to_owned())
}

/// The service ID of a model, without parsing it.
pub(crate) fn service_id(path: &Path) -> Option<String> {
    let path = model::service(path).ok()?;
    let limit = match path.to_string_lossy().contains(model::SERVICE) {
        true => METADATA,
        false => crate::read::MAX_SIZE,
    };
    let file = File::open(&path).ok().filter(|_| path.is_file())?;
    let mut bytes = Vec::new();
    // A beginning that cannot be decompressed has no ID.
    let _ = match path.extension().is_some_and(|it| it == "gz") {
        true => MultiGzDecoder::new(BufReader::new(file))
            .take(limit)
            .read_to_end(&mut bytes),
        false => file.take(limit).read_to_end(&mut bytes),
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut keys = ["\"sdkId\"", "\"serviceId\""].into_iter();
    let (_, after) = keys.find_map(|key| text.split_once(key))?;
    let value = after.trim_start().strip_prefix(':')?.trim_start();
    let (id, _) = value.strip_prefix('"')?.split_once('"')?;
    Some(id.to_owned())
}
