//! The Hub's HTTP API: wire types, one table of paths, the client, its errors.
//!
//! Nothing in here was tried against the live Hub. Each fact says where it comes from: documented (360dialog's
//! own pages or code), seen (recorded traffic, or several independent clients agree), or ours (inferred).

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

mod base;
mod client;
mod partner;
mod paths;
mod proxy;
pub mod reading;
mod sending;
mod unpacking;
mod whole_list;
mod wire;

pub use base::{BadBase, Base};
pub use client::{Limits, RestHub};
