//! The practice Hub over real HTTP: each promise of the contract, given/when/then.

mod binary;
mod clients;
mod faults;
mod keys;
mod lifecycle;
mod messaging;
mod odd_state;
mod partners;
mod permission_page;
mod sign_in;
mod state;
mod support;
mod tolerance;
mod worlds;
