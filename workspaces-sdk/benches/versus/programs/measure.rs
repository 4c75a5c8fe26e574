//! Sends requests and measures them, in the same way for every client.

use std::env;
use std::time::Instant;

use cpu_time::ProcessTime;
use tokio::task::JoinSet;

/// The number of requests from which on a run is preceded by a tenth of them, which do not count.
const WARM: usize = 1000;

/// The arguments of a run: `URL SCENARIO COUNT AT_ONCE`.
pub struct Job {
    pub url: String,
    pub scenario: String,
    count: usize,
    at_once: usize,
}

impl Job {
    pub fn from_arguments() -> Self {
        let mut arguments = env::args().skip(1);
        let mut next = || arguments.next().expect("URL SCENARIO COUNT AT_ONCE");
        Self {
            url: next(),
            scenario: next(),
            count: next().parse().expect("a number of requests"),
            at_once: next().parse().expect("a number of requests at once"),
        }
    }

    /// Sends the requests and prints microseconds per request: CPU time, time between requests, median latency.
    pub async fn run<F, C>(&self, call: C)
    where
        C: Fn() -> F + Clone + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        if self.count >= WARM {
            self.requests(self.count / 10, call.clone()).await;
        }
        let (cpu, wall) = (ProcessTime::now(), Instant::now());
        let mut latencies = self.requests(self.count, call).await;
        let (cpu, wall) = (cpu.elapsed(), wall.elapsed());
        latencies.sort_unstable();
        println!(
            "{} {} {}",
            cpu.as_nanos() as f64 / self.count as f64 / 1000.0,
            wall.as_nanos() as f64 / self.count as f64 / 1000.0,
            latencies[latencies.len() / 2] as f64 / 1000.0,
        );
    }

    /// Sends `count` requests and returns the latency of each, in nanoseconds.
    async fn requests<F, C>(&self, count: usize, call: C) -> Vec<u128>
    where
        C: Fn() -> F + Clone + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let mut tasks = JoinSet::new();
        for task in 0..self.at_once {
            let call = call.clone();
            let share = count / self.at_once + usize::from(task < count % self.at_once);
            tasks.spawn(async move {
                let mut latencies = Vec::with_capacity(share);
                for _ in 0..share {
                    let start = Instant::now();
                    call().await;
                    latencies.push(start.elapsed().as_nanos());
                }
                latencies
            });
        }
        tasks.join_all().await.concat()
    }
}
