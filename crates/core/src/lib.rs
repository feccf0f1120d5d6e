//! Channel Keys without a screen: who may make a key and why not, the session, making a key safely,
//! and the keys kept here.
//!
//! Nothing in here knows a window, an HTTP library, a clock or a disk: they come in through the small
//! traits [`hub::Hub`], [`keychain::Keychain`], [`records::Records`], [`desk_records::DeskRecords`], [`clock::Clock`] and
//! [`door::Door`].

// No panic by the world; a test may.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

pub mod access;
pub mod accounts;
pub mod app;
pub mod channel;
pub mod clock;
pub mod desk;
pub mod desk_records;
pub mod door;
pub mod fact;
pub mod goal;
pub mod history;
pub mod hub;
pub mod key_file;
pub mod keychain;
pub mod keys;
pub mod link;
pub mod masking;
pub mod overview;
pub mod partner_hub;
pub mod passphrase;
pub mod pasted;
pub mod permission_page;
pub mod phone;
pub mod records;
pub mod secret;
pub mod session;
mod state_lock;
pub mod steps;
pub mod text;
pub mod times;
pub mod webhook;
