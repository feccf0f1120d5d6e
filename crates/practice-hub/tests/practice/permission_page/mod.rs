//! The page on which a client gives its partner the permission, as a browser sees it.

mod browser;
mod giving;
mod going_back;
mod hostile;
mod signing_in;
