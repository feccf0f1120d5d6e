//! Phone numbers as people write them.

use channel_keys_core::text::for_showing;
use phonenumber::{Mode, country};

/// A number given in digits, spaced as its country spaces it; unchanged but for a `+` where it is no known form.
pub fn written(digits: &str) -> String {
    let plus = format!("+{}", digits.trim_start_matches('+'));
    match phonenumber::parse(None::<country::Id>, &plus) {
        Ok(number) => number.format().mode(Mode::International).to_string(),
        Err(_) => for_showing(&plus),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::written;

    proptest! {
        #[test]
        fn whatever_is_told_as_a_number_is_written(
            told in prop_oneof!["\\PC{0,40}", "[+0-9a-zA-Z;=:()./ -]{0,40}", "[+0-9]{0,300}", any::<String>()],
        ) {
            written(&told);
        }
    }

    #[test]
    fn a_number_is_written_with_its_country_and_in_groups() {
        assert_eq!(written("351215550167"), "+351 21 555 0167");
        assert_eq!(written("+351215550167"), "+351 21 555 0167");
    }

    #[test]
    fn what_is_no_number_is_shown_as_it_came() {
        assert_eq!(written("0000"), "+0000");
    }
}
