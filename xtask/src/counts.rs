//! How many tests passed and failed, as their runners report it.

use std::ops::AddAssign;

use serde_json::Value;

/// Passed and failed tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and suites that broke before they could say.
    pub failed: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Counts) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

impl Counts {
    /// Adds up the "test result" lines of Rust's test runner.
    pub fn of_rust(output: &str) -> Counts {
        let mut counts = Counts::default();
        for line in output.lines() {
            let Some(result) = line.strip_prefix("test result: ") else {
                continue;
            };
            counts.passed += number_before(result, " passed");
            counts.failed += number_before(result, " failed");
        }
        counts
    }

    /// Reads vitest's JSON report. `None` when it is not one.
    pub fn of_vitest(report: &str) -> Option<Counts> {
        let report: Value = serde_json::from_str(report).ok()?;
        Some(Counts {
            passed: report["numPassedTests"].as_u64()?,
            failed: report["numFailedTests"].as_u64()?,
        })
    }

    /// A red run never counts as "0 failed": one that ended badly without naming a test is itself a failure.
    pub fn ended(mut self, well: bool) -> Counts {
        if !well && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    let Some(end) = text.find(word) else {
        return 0;
    };
    let digits = text[..end].rsplit(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn the_result_lines_of_several_suites_are_added_up() {
        let output = "\
running 3 tests
test a ... ok
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s

running 12 tests
test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 4.10s
";

        assert_eq!(Counts::of_rust(output), Counts { passed: 13, failed: 2 });
    }

    #[test]
    fn a_test_that_prints_numbers_of_its_own_changes_nothing() {
        let output = "the Hub said 7 passed\n  test result: 5 passed; 5 failed\n";

        assert_eq!(Counts::of_rust(output), Counts::default());
    }

    #[test]
    fn vitests_report_is_read() {
        let report = r#"{"numTotalTests":5,"numPassedTests":4,"numFailedTests":1,"success":false}"#;

        assert_eq!(Counts::of_vitest(report), Some(Counts { passed: 4, failed: 1 }));
    }

    #[test]
    fn what_is_not_a_report_is_not_taken_for_no_failures() {
        assert_eq!(Counts::of_vitest(""), None);
        assert_eq!(Counts::of_vitest("{}"), None);
    }

    #[test]
    fn a_suite_that_ends_badly_without_a_failed_test_counts_as_one_failure() {
        let quiet = Counts { passed: 4, failed: 0 };

        assert_eq!(quiet.ended(false), Counts { passed: 4, failed: 1 });
        assert_eq!(quiet.ended(true), quiet);
        let told = Counts { passed: 4, failed: 3 };
        assert_eq!(told.ended(false), told);
    }
}
