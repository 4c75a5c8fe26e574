//! How long a run takes, stage by stage.

use std::time::{Duration, Instant};

/// The stages of a run, in order, with the time that passed in each.
#[derive(Clone, Debug, Default)]
pub struct Stages(Vec<(&'static str, Duration)>);

impl Stages {
    /// Does the work of a stage and notes how long it took.
    pub fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let made = work();
        self.0.push((stage, started.elapsed()));
        made
    }

    /// These stages and then others.
    #[must_use]
    pub fn then(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// The name of each stage and its time.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.0.iter().copied()
    }

    /// The time of all stages together.
    pub fn total(&self) -> Duration {
        self.iter().map(|(_, time)| time).sum()
    }
}
