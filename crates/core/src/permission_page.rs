//! 360dialog's own page on which a client gives its partner the permission (documented): the link that leads there, read
//! as what a partner asks for, and the address that leads back. Nothing in either is signed, so both are hints and decide
//! nothing.

mod asking;
mod coming_back;
mod going_there;
mod hosts;
mod unwrapping;

pub use asking::{BadReturn, MOST_NUMBERS, Request, RequestRefused};
pub use coming_back::{MOST_IDS, NotAReturn, Returned};
pub use going_there::{AskFor, BadReturnAddress, Form, Pages, return_address};
pub use unwrapping::Wrapper;

use crate::text::is_odd;
