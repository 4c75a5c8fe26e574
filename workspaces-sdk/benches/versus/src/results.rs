//! The results of a row, in a file, so that a table can be made of several runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::Side;

pub const SIDES: [Side; 3] = [Side::Official, Side::Ours, Side::Floor];

/// The values of a quantity, one for each side that was measured.
#[derive(Clone, Copy, Default)]
pub struct Figures([Option<f64>; 3]);

impl Figures {
    pub fn set(&mut self, side: Side, figure: f64) {
        self.0[side as usize] = Some(figure);
    }

    pub fn get(self, side: Side) -> Option<f64> {
        self.0[side as usize]
    }

    /// The ratio of the official crate to ours.
    pub fn ratio(self) -> Option<f64> {
        let both = self.get(Side::Official).zip(self.get(Side::Ours));
        both.map(|(official, ours)| official / ours)
    }

    /// Subtracts other figures.
    pub fn minus(mut self, other: &Self) -> Self {
        for (all, part) in self.0.iter_mut().zip(other.0) {
            *all = all.zip(part).map(|(all, part)| all - part);
        }
        self
    }
}

/// A quantity and its unit, with the values.
pub struct Quantity {
    pub what: String,
    pub unit: String,
    pub figures: Figures,
}

/// The results of a row. Each is written to the file as soon as it is measured.
pub struct Results {
    path: PathBuf,
    pub quantities: Vec<Quantity>,
    /// The sides for which the row is complete.
    complete: Vec<String>,
    /// The commit that was measured.
    pub commit: Option<String>,
}

impl Results {
    /// Reads the results of earlier runs.
    pub fn load(folder: &Path, row: &str) -> Result<Self> {
        let path = folder.join(row).with_extension("json");
        let mut results = Self {
            path,
            quantities: Vec::new(),
            complete: Vec::new(),
            commit: None,
        };
        if results.path.exists() {
            let read = || anyhow::Ok(serde_json::from_str(&fs::read_to_string(&results.path)?)?);
            let json: Value = read().with_context(|| results.path.display().to_string())?;
            let complete = json["complete"].as_array().into_iter().flatten();
            results.complete = complete.map(text).collect();
            results.commit = json["commit"].as_str().map(str::to_owned);
            let quantities = json["quantities"].as_array().into_iter().flatten();
            results.quantities = quantities.map(quantity).collect();
        }
        Ok(results)
    }

    /// Whether the figures of a side were measured.
    pub fn has(&self, figures: &[(&str, &str)], side: Side) -> bool {
        figures.iter().all(|(what, _)| {
            let figures = self.figures(what);
            figures.is_some_and(|figures| figures.get(side).is_some())
        })
    }

    pub fn figures(&self, what: &str) -> Option<Figures> {
        let quantity = self.quantities.iter().find(|it| it.what == what);
        quantity.map(|it| it.figures)
    }

    pub fn is_complete(&self, sides: &[Side]) -> bool {
        let complete = |side: &Side| self.complete.iter().any(|it| it == side.name());
        sides.iter().all(complete)
    }

    /// Removes the figures of some sides.
    pub fn forget(&mut self, sides: &[Side]) {
        for quantity in &mut self.quantities {
            for side in sides {
                quantity.figures.0[*side as usize] = None;
            }
        }
        self.complete
            .retain(|name| sides.iter().all(|side| side.name() != name));
    }

    pub fn complete(&mut self, sides: &[Side]) -> Result<()> {
        for side in sides {
            if !self.is_complete(&[*side]) {
                self.complete.push(side.name().to_owned());
            }
        }
        self.commit = commit();
        self.write()
    }

    /// Adds the figures of several sides.
    pub fn row(&mut self, what: impl AsRef<str>, unit: &str, figures: Figures) -> Result<()> {
        for side in SIDES {
            if let Some(figure) = figures.get(side) {
                self.set(what.as_ref(), unit, side, figure)?;
            }
        }
        Ok(())
    }

    /// Adds the figure of a side.
    pub fn set(&mut self, what: &str, unit: &str, side: Side, figure: f64) -> Result<()> {
        eprintln!("{}: {what}: {figure:.4}{unit}", side.name());
        match self.quantities.iter_mut().find(|it| it.what == what) {
            Some(quantity) => quantity.figures.set(side, figure),
            None => {
                let mut figures = Figures::default();
                figures.set(side, figure);
                self.quantities.push(Quantity {
                    what: what.to_owned(),
                    unit: unit.to_owned(),
                    figures,
                });
            }
        }
        self.write()
    }

    fn write(&self) -> Result<()> {
        let quantities = self.quantities.iter().map(|quantity| {
            let mut json = json!({"what": quantity.what, "unit": quantity.unit});
            for side in SIDES {
                if let Some(figure) = quantity.figures.get(side) {
                    json[side.name()] = json!(figure);
                }
            }
            json
        });
        let quantities: Vec<Value> = quantities.collect();
        let json = json!({
            "commit": self.commit,
            "complete": self.complete,
            "quantities": quantities,
        });
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.path, format!("{json:#}\n"))?;
        Ok(())
    }
}

/// Returns the commit of this checkout.
fn commit() -> Option<String> {
    let mut git = Command::new("git");
    let output = git.args(["rev-parse", "--short=8", "HEAD"]).output().ok()?;
    let commit = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| commit.trim().to_owned())
}

fn quantity(json: &Value) -> Quantity {
    let mut figures = Figures::default();
    for side in SIDES {
        if let Some(figure) = json[side.name()].as_f64() {
            figures.set(side, figure);
        }
    }
    Quantity {
        what: text(&json["what"]),
        unit: text(&json["unit"]),
        figures,
    }
}

fn text(json: &Value) -> String {
    json.as_str().unwrap_or_default().to_owned()
}
