//! Who signs in, and at which Hub.

use practice_hub::{Options, PracticeHub};

/// E-mail address and password.
pub type Person = (&'static str, &'static str);

/// Owner of the Harbour Hotel: four numbers, direct payment.
pub const MARIA: Person = ("maria@harbour-hotel.example", "practice-harbour");
/// A Member of the Harbour Hotel: may not change the partner's permission.
pub const JONAS: Person = ("jonas@harbour-hotel.example", "practice-jonas");
/// Owner of the Clínica Aurora: the partner pays.
pub const LUCIA: Person = ("lucia@clinica-aurora.example", "practice-aurora");
/// Her account asks for a second factor.
pub const NORA: Person = ("nora@two-factor.example", "practice-nora");

/// A Hub of its own for one test.
pub async fn a_hub() -> PracticeHub {
    PracticeHub::start(Options::default()).await.expect("the practice Hub starts")
}
