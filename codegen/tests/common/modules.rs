//! Crates that become modules of one program, which takes a third of the time to compile.

use lean_aws_codegen::{Diagnostics, Files, Generated, ModelFiles, Options};

use crate::crates::Extra;

/// The root of a program. As it has no library, the compiler checks all of it but only translates what its tests call.
const ROOT: &str = "\
//! Clients in modules.

#[cfg(feature = \"blocking\")]
pub use lean_aws_runtime::blocking;

fn main() {}

";

/// The modules of a program.
#[derive(Default)]
pub(crate) struct Modules {
    files: Files,
    declarations: String,
    manifest: String,
    first: Option<Generated>,
}

impl Modules {
    /// Adds the crate of a model as a module. `extra` returns the other files of the crate.
    ///
    /// All operations of the crate are chosen by name. In contrast to a crate that has all anyway, it contains `compiled_messages!`.
    ///
    /// # Errors
    /// Returns the faults of the model.
    pub(crate) fn add(
        &mut self,
        name: &str,
        model: &ModelFiles,
        extra: impl FnOnce(&Generated) -> Extra,
    ) -> Result<(), Diagnostics> {
        let operations = lean_aws_codegen::operations(model)?;
        let options = Options {
            operations: Some(&operations),
            ..Options::default()
        };
        let generated = lean_aws_codegen::generate(model, &options)?;
        let extra = extra(&generated);
        self.add_generated(name, generated, extra);
        Ok(())
    }

    /// Adds a crate as a module. What is generated for the root of a crate differs from a client in a module, so this only replaces
    /// the paths.
    pub(crate) fn add_generated(&mut self, name: &str, mut generated: Generated, extra: Extra) {
        let module = name.replace(|it: char| !it.is_ascii_alphanumeric(), "_");
        self.declarations += &format!("pub mod {module};\n");
        // All modules have the same dependencies.
        self.manifest = extra.manifest;
        let mut files = std::mem::take(&mut generated.files);
        files.get_mut("mod.rs").unwrap().push_str(&extra.library);
        files.extend(extra.files.into_iter().map(|(path, text)| {
            let path = path.strip_prefix("src/").unwrap();
            (path.to_owned(), text)
        }));
        for (path, text) in files {
            let text = match path.ends_with(".rs") {
                true => text
                    .replace("crate::", &format!("crate::{module}::"))
                    .replace("use crate as ", &format!("use crate::{module} as ")),
                false => text,
            };
            self.files.insert(format!("src/{module}/{path}"), text);
        }
        self.first.get_or_insert(generated);
    }

    /// A program without a library, for a workspace.
    pub(crate) fn into_program(mut self) -> (Generated, Extra) {
        self.files.insert(
            "src/main.rs".to_owned(),
            ROOT.to_owned() + &self.declarations,
        );
        let extra = Extra {
            files: self.files,
            library: String::new(),
            manifest: self.manifest,
        };
        (self.first.unwrap(), extra)
    }
}
