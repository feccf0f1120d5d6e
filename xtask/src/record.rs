//! What a test run did: each step with its seconds, and one plain line at the end.

use std::time::Instant;

use crate::counts::Counts;
use crate::stop::Outcome;

/// The steps so far.
#[derive(Debug, Default)]
pub struct Record {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    name: String,
    seconds: f64,
    ended: Ended,
}

#[derive(Debug)]
enum Ended {
    /// A step that is not a suite: formatting, a build.
    Well(bool),
    Suite(Counts),
}

impl Record {
    /// Runs a step that is not a suite and tells whether it ended well.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome<bool>) -> Outcome<bool> {
        let start = begin(name);
        let well = work();
        let ended = Ended::Well(matches!(well, Ok(true)));
        self.end(name, start, ended);
        well
    }

    /// Runs a suite.
    pub fn suite(&mut self, name: &str, work: impl FnOnce() -> Outcome<Counts>) -> Outcome {
        let start = begin(name);
        let counts = work();
        let none = Counts::default();
        let ended = match &counts {
            Ok(counts) => Ended::Suite(*counts),
            Err(_) => Ended::Suite(none.ended(false)),
        };
        self.end(name, start, ended);
        counts.map(|_| ())
    }

    fn end(&mut self, name: &str, start: Instant, ended: Ended) {
        self.steps.push(Step { name: name.to_owned(), seconds: start.elapsed().as_secs_f64(), ended });
    }

    /// All tests; a step that went wrong counts as one that failed.
    pub fn counts(&self) -> Counts {
        let mut all = Counts::default();
        for step in &self.steps {
            all += match step.ended {
                Ended::Suite(counts) => counts,
                Ended::Well(well) => Counts::default().ended(well),
            };
        }
        all
    }

    /// The table of steps, and the line alone at its end.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        let widest = self.steps.iter().map(|step| step.name.len()).max();
        let widest = widest.unwrap_or(0);
        for step in &self.steps {
            let what = match step.ended {
                Ended::Well(true) => "ok".to_owned(),
                Ended::Well(false) => "FAILED".to_owned(),
                Ended::Suite(Counts { passed, failed: 0 }) => format!("{passed} passed"),
                Ended::Suite(Counts { passed, failed }) => {
                    format!("{passed} passed, {failed} FAILED")
                }
            };
            let (name, seconds) = (&step.name, step.seconds);
            text.push_str(&format!("  {name:widest$}  {seconds:>7.1} s  {what}\n"));
        }
        let Counts { passed, failed } = self.counts();
        format!("{text}\n{passed} passed, {failed} failed")
    }
}

fn begin(name: &str) -> Instant {
    println!("\n── {name}");
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::Record;
    use crate::counts::Counts;
    use crate::stop::Stop;

    #[test]
    fn the_last_line_adds_up_all_suites_and_stands_alone() {
        let mut record = Record::default();
        let _ = record.step("formatting", || Ok(true));
        let _ = record.suite("core", || Ok(Counts { passed: 20, failed: 0 }));
        let _ = record.suite("window", || Ok(Counts { passed: 9, failed: 1 }));

        let summary = record.summary();

        assert_eq!(summary.lines().last(), Some("29 passed, 1 failed"));
        assert!(summary.contains("9 passed, 1 FAILED"));
    }

    #[test]
    fn a_red_step_that_is_no_suite_never_ends_in_0_failed() {
        let mut record = Record::default();
        let _ = record.suite("core", || Ok(Counts { passed: 20, failed: 0 }));
        let _ = record.step("clippy", || Ok(false));

        assert_eq!(record.summary().lines().last(), Some("20 passed, 1 failed"));
    }

    #[test]
    fn a_suite_that_could_not_be_started_counts_as_failed() {
        let mut record = Record::default();
        let ended = record.suite("pages", || Err(Stop::because("npm can't be started")));

        assert!(ended.is_err());
        assert_eq!(record.counts(), Counts { passed: 0, failed: 1 });
    }
}
