//! What people do, from signing in to a key in the keychain, without a screen: the application with the real client
//! against a real practice Hub, and a keychain, records and a clock that tests can hold in their hands.

#[path = "stories/accounts.rs"]
mod accounts;
#[path = "stories/channels.rs"]
mod channels;
#[path = "stories/desk.rs"]
mod desk;
#[path = "stories/keeping.rs"]
mod keeping;
#[path = "stories/making.rs"]
mod making;
#[path = "stories/ports.rs"]
mod ports;
#[path = "stories/recovering.rs"]
mod recovering;
#[path = "stories/sign_in.rs"]
mod sign_in;
#[path = "stories/testing.rs"]
mod testing;
#[path = "stories/without_keychain.rs"]
mod without_keychain;
