//! The table: a row for each quantity, with the ratio of the official crate to ours.

use crate::Side;

/// The values of a quantity, one for each side that was measured.
#[derive(Clone, Copy, Default)]
pub struct Figures([Option<f64>; 3]);

impl Figures {
    pub fn set(&mut self, side: Side, figure: f64) {
        self.0[side as usize] = Some(figure);
    }

    fn get(self, side: Side) -> Option<f64> {
        self.0[side as usize]
    }

    /// Subtracts other figures.
    pub fn minus(mut self, other: &Self) -> Self {
        for (all, part) in self.0.iter_mut().zip(other.0) {
            *all = all.zip(part).map(|(all, part)| all - part);
        }
        self
    }
}

/// All rows, in the order in which they were measured.
#[derive(Default)]
pub struct Table(String);

impl Table {
    /// Adds a row, and prints it to standard error.
    pub fn row(&mut self, what: impl AsRef<str>, unit: &str, figures: Figures) {
        let figure = |side| {
            figures
                .get(side)
                .map(|figure| short(figure) + unit)
                .unwrap_or_default()
        };
        let ratio = figures.get(Side::Official).zip(figures.get(Side::Ours));
        let row = format!(
            "| {} | {} | {} | {} | {} |\n",
            what.as_ref(),
            figure(Side::Official),
            figure(Side::Ours),
            ratio
                .map(|(official, ours)| format!("{:.1}", official / ours))
                .unwrap_or_default(),
            figure(Side::Floor),
        );
        eprint!("{row}");
        self.0 += &row;
    }

    /// The table as Markdown.
    pub fn markdown(&self) -> String {
        let head = "| | official crate | ours | ratio | plain hyper |\n|---|--:|--:|--:|--:|\n";
        format!("{head}{}", self.0)
    }
}

/// Formats a figure with three significant digits. Whole and large numbers are complete, with grouped digits.
fn short(figure: f64) -> String {
    let digits = match figure {
        whole if whole.fract() == 0.0 => format!("{whole}"),
        ..9.995 => return format!("{figure:.2}"),
        ..99.95 => return format!("{figure:.1}"),
        _ => format!("{figure:.0}"),
    };
    let mut text = String::new();
    for (number, digit) in digits.chars().enumerate() {
        if number > 0 && (digits.len() - number) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
