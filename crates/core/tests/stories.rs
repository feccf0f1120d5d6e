//! What people do, from signing in to a key in the keychain, without a screen: the application with the real client
//! against a real practice Hub, and a keychain, records and a clock that tests can hold in their hands.

#[path = "stories/accounts.rs"]
mod accounts;
#[path = "stories/as_file.rs"]
mod as_file;
#[path = "stories/at_the_desk.rs"]
mod at_the_desk;
#[path = "stories/by_key.rs"]
mod by_key;
#[path = "stories/channels.rs"]
mod channels;
#[path = "stories/checking_keys.rs"]
mod checking_keys;
#[path = "stories/desk.rs"]
mod desk;
#[path = "stories/desk_records.rs"]
mod desk_records;
#[path = "stories/finding_again.rs"]
mod finding_again;
#[path = "stories/finding_out.rs"]
mod finding_out;
#[path = "stories/forgetting.rs"]
mod forgetting;
#[path = "stories/goals.rs"]
mod goals;
#[path = "stories/history.rs"]
mod history;
#[path = "stories/keeping.rs"]
mod keeping;
#[path = "stories/kept_keys.rs"]
mod kept_keys;
#[path = "stories/keychain.rs"]
mod keychain;
#[path = "stories/last_seen.rs"]
mod last_seen;
#[path = "stories/linking.rs"]
mod linking;
#[path = "stories/locking.rs"]
mod locking;
#[path = "stories/making.rs"]
mod making;
#[path = "stories/meanwhile.rs"]
mod meanwhile;
#[path = "stories/moving.rs"]
mod moving;
#[path = "stories/on_behalf.rs"]
mod on_behalf;
#[path = "stories/page_visit.rs"]
mod page_visit;
#[path = "stories/pasting.rs"]
mod pasting;
#[path = "stories/permission_page.rs"]
mod permission_page;
#[path = "stories/permissions.rs"]
mod permissions;
#[path = "stories/permissions_unclear.rs"]
mod permissions_unclear;
#[path = "stories/ports.rs"]
mod ports;
#[path = "stories/records.rs"]
mod records;
#[path = "stories/recovering.rs"]
mod recovering;
#[path = "stories/reminding.rs"]
mod reminding;
#[path = "stories/requests.rs"]
mod requests;
#[path = "stories/seen_at_the_desk.rs"]
mod seen_at_the_desk;
#[path = "stories/sign_in.rs"]
mod sign_in;
#[path = "stories/signed_out.rs"]
mod signed_out;
#[path = "stories/signing_in_again.rs"]
mod signing_in_again;
#[path = "stories/staying_signed_in.rs"]
mod staying_signed_in;
#[path = "stories/taking_up.rs"]
mod taking_up;
#[path = "stories/testing.rs"]
mod testing;
#[path = "stories/watched.rs"]
mod watched;
#[path = "stories/watching_at_the_desk.rs"]
mod watching_at_the_desk;
#[path = "stories/webhooks.rs"]
mod webhooks;
#[path = "stories/without_keychain.rs"]
mod without_keychain;
