//! 360dialog's own page on which a client gives its partner the permission (documented): the link that leads there, read
//! as what a partner asks for, and the address that leads back. Nothing in either is signed, so both are hints and decide
//! nothing.

mod asking;
mod coming_back;
mod going_there;
mod hosts;

pub use asking::{BadReturn, MOST_NUMBERS, Request, RequestRefused};
pub use coming_back::{MOST_IDS, NotAReturn, Returned};
pub use going_there::{AskFor, BadReturnAddress, Form, Pages, return_address};

/// Characters by which a text could show another order or end than it has.
fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
