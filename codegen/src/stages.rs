//! The duration of each stage of a run.

use std::time::{Duration, Instant};

/// The stages of a run in order, each with its duration.
#[derive(Clone, Debug, Default)]
pub struct Stages(Vec<(&'static str, Duration)>);

impl Stages {
    /// Runs a stage and records its duration.
    pub fn time<T>(&mut self, name: &'static str, stage: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = stage();
        self.0.push((name, start.elapsed()));
        result
    }

    /// Adds the stages of another run: the durations of stages with the same name, and the other stages at the end.
    #[must_use]
    pub fn chain(mut self, others: Self) -> Self {
        for (name, duration) in others.0 {
            match self.0.iter_mut().find(|stage| stage.0 == name) {
                Some(stage) => stage.1 += duration,
                None => self.0.push((name, duration)),
            }
        }
        self
    }

    /// Returns the name and duration of each stage.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.0.iter().copied()
    }

    /// Returns the sum of all durations.
    pub fn total(&self) -> Duration {
        self.iter().map(|(_, duration)| duration).sum()
    }
}
