//! The output of the generator for each model in `fixtures/`, and its diagnostics for each model in `diagnostics/`,
//! which are invalid.
//!
//! The snapshot of `fixtures/NAME.json` is `snapshots/fixtures/NAME.snap`. Each test compares all
//! models of its folder, and reports each one whose snapshot differs.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use lean_aws_codegen::{Diagnostics, Generated, ModelFiles, ModulePath, Options};

use crate::common;

/// Files that hardly depend on the model. Only the snapshot of the fixture `structure` contains them.
const COMMON_FILES: [&str; 10] = [
    "client/customize.rs",
    "error.rs",
    "error_meta.rs",
    "meta.rs",
    "mod.rs",
    "operation/mod.rs",
    "primitives.rs",
    "service.rs",
    "types/error/mod.rs",
    "waiters/mod.rs",
];

#[test]
fn fixtures_generate_the_output_in_their_snapshots() {
    insta::glob!("fixtures/*.json", |path| {
        snapshot("fixtures", path, |name, model| {
            match generate(name, model) {
                Ok(generated) => output(name, model, generated),
                Err(diagnostics) => panic!("{name} is rejected: {diagnostics}"),
            }
        });
    });
}

#[test]
fn invalid_models_result_in_the_diagnostics_in_their_snapshots() {
    insta::glob!("diagnostics/*.json", |path| {
        snapshot("diagnostics", path, |name, model| {
            match generate(name, model) {
                Ok(_) => panic!("{name} is accepted"),
                Err(diagnostics) => diagnostics.to_string(),
            }
        });
    });
}

/// The option is no part of a model, so no snapshot shows it.
#[test]
fn a_crate_with_chosen_operations_compiles_their_messages() {
    let models = common::models("fixtures").unwrap();
    let (_, model) = models.iter().find(|(name, _)| name == "structure").unwrap();
    let all = lean_aws_codegen::operations(model).unwrap();
    let module: ModulePath = "module".parse().unwrap();
    let cases = [
        (None, None, 0),
        (Some(&*all), None, all.len()),
        (Some(&*all), Some(&module), 0),
    ];
    for (operations, module, expected) in cases {
        let options = Options {
            operations,
            module,
            ..Options::default()
        };
        let files = lean_aws_codegen::generate(model, &options).unwrap().files;
        let compiled = files
            .values()
            .filter(|text| text.contains("compiled_messages!();"));
        assert_eq!(compiled.count(), expected);
    }
}

/// The snapshots of renamed and removed models must be renamed and removed, too.
#[test]
fn every_snapshot_has_a_model() {
    let mut expected = BTreeSet::new();
    for folder in ["fixtures", "diagnostics"] {
        let models = common::models(folder).unwrap();
        expected.extend(models.iter().map(|(name, _)| format!("{folder}/{name}")));
    }
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let mut found = BTreeSet::new();
    for folder in ["fixtures", "diagnostics"] {
        for name in stems(&snapshots.join(folder)) {
            found.insert(format!("{folder}/{name}"));
        }
    }
    // The snapshots of other test programs are in the folder above, which must not contain those of models.
    found.extend(stems(&snapshots).filter(|name| name.starts_with("snapshots__")));
    let orphans: Vec<_> = found.difference(&expected).collect();
    assert!(orphans.is_empty(), "snapshots without a model: {orphans:?}");
    assert!(!found.is_empty());
}

/// The names of the snapshots in a folder, without `.snap`.
fn stems(folder: &Path) -> impl Iterator<Item = String> {
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == "snap"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
}

/// Compares the result of `show` for the model at `path` with its snapshot. Sidecar files, which the glob also finds,
/// are skipped.
fn snapshot(folder: &str, path: &Path, show: impl Fn(&str, &ModelFiles) -> String) {
    if !common::is_botocore_model(path) {
        return;
    }
    let name = path.file_stem().unwrap().to_string_lossy();
    let shown = show(&name, &common::read_model(path).unwrap());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.bind(|| insta::assert_snapshot!(name.as_ref(), shown));
}

/// Generates a crate. The message of a panic in the generator does not contain the model, so this function adds it.
fn generate(name: &str, model: &ModelFiles) -> Result<Generated, Diagnostics> {
    catch_unwind(|| lean_aws_codegen::generate(model, &Options::default()))
        .unwrap_or_else(|_| panic!("the generator panics on {name}"))
}

fn output(name: &str, model: &ModelFiles, generated: Generated) -> String {
    let mut shown = String::new();
    for warning in generated.warnings {
        writeln!(shown, "warning: {warning}\n").unwrap();
    }
    for (path, text) in generated.files {
        let has_waiters = model.waiters.is_some() && path.starts_with("waiters/");
        let has_settings = text.contains("impl Builder") || text.contains("bearer_settings!");
        let has_no_settings = path == "config.rs" && !has_settings;
        let is_common = has_no_settings || COMMON_FILES.contains(&path.as_str());
        let is_customized = path == "service.rs" && text.contains("const HEADERS");
        if name == "structure" || has_waiters || is_customized || !is_common {
            write!(shown, "==== {path}\n{text}\n").unwrap();
        }
    }
    shown
}
