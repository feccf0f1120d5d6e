//! The support desk against a practice Hub: who may open it, what it shows, and what it leaves behind.

use std::sync::Arc;

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::{ChannelId, Permission};
use channel_keys_core::desk::{Desk as SupportDesk, LineOnBoard, Look, Saved};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, KeyOf};
use channel_keys_core::partner_hub::Pass;
use channel_keys_core::secret::{PartnerKey, Password};
use channel_keys_core::session::Session;
use practice_hub::{Account, Do, Fault};

use crate::desk::*;

const SHARED: &str = "GET /partners/*/clients/*/shared_client_numbers";

/// Channels of which the Hub does not say whose they are: nobody can be asked about them.
const OF_NOBODY: usize = 1;

pub fn partner_key(desk: &Desk) -> PartnerKey {
    let accounts = desk.hub.accounts().into_iter();
    let mut key = accounts.filter_map(|account| match account {
        Account::PartnerKey { api_key, .. } => Some(PartnerKey::new(api_key)),
        _ => None,
    });
    key.next().expect("the partner has a key")
}

pub async fn opened_with_key(desk: &Desk) -> Arc<SupportDesk> {
    let partner = desk.hub.partner_id();
    desk.app.open_desk_with_key(&partner, partner_key(desk)).await.expect("the key is good");
    desk.app.desk().expect("the desk is open")
}

fn line(desk: &SupportDesk, id: &ChannelId) -> LineOnBoard {
    desk.line(id).expect("it is on the board")
}

fn count(desk: &SupportDesk, saved: Saved) -> usize {
    let at = Saved::ALL.iter().position(|known| *known == saved).expect("one of them");
    desk.standing().counts[at]
}

#[tokio::test]
async fn who_works_at_a_partner_sees_every_client_s_channels_with_what_is_shared() {
    let desk = Desk::set().await;
    desk.sign_in(JO).await;
    let at = desk.app.desk().expect("the desk is open");

    at.read().await;
    at.check().await;

    // Then Front desk of the hotel is Shared, Restaurant bookings Missing, and nothing is left open
    let of = |name| line(&at, &desk.channel_of(HARBOUR, name));
    assert_eq!(of(FRONT_DESK).line.check.permission(), Fact::Told(Permission::Shared));
    assert_eq!(of(RESTAURANT).line.check.permission(), Fact::Told(Permission::Missing));
    assert_eq!(of(RESTAURANT).client.expect("its client").name, Fact::Told(HARBOUR.into()));
    assert_eq!(count(&at, Saved::NotChecked), OF_NOBODY);
    assert_eq!(at.standing().partner_name, Fact::Told("Blue Anchor".into()));
}

#[tokio::test]
async fn a_partner_s_key_and_id_alone_open_the_desk_and_nobody_signs_in() {
    let desk = Desk::set().await;
    let at = opened_with_key(&desk).await;
    at.read().await;
    at.check().await;

    assert!(count(&at, Saved::All) > OF_NOBODY);
    assert_eq!(count(&at, Saved::NotChecked), OF_NOBODY);
    assert_eq!((desk.count(TOKEN), desk.count(ME)), (0, 0));
    let Session::Partner(session) = desk.app.session() else { panic!("at the desk") };
    assert!(session.person.is_none() && matches!(session.caller.pass, Pass::Key(_)));
}

#[tokio::test]
async fn a_key_that_the_hub_does_not_take_opens_nothing() {
    let desk = Desk::set().await;
    let wrong = PartnerKey::new("invented");
    let trouble = desk.app.open_desk_with_key(&desk.hub.partner_id(), wrong).await.expect_err("it is wrong");

    assert_eq!(trouble, Trouble::WrongPartnerKey);
    assert!(matches!(desk.app.session(), Session::SignedOut));
    assert!(desk.app.desk().is_err());
}

#[tokio::test]
async fn with_another_partner_s_id_the_key_opens_nothing() {
    let desk = Desk::set().await;
    let trouble = desk.app.open_desk_with_key("nobodyPA", partner_key(&desk)).await.expect_err("another's");
    assert!(matches!(trouble, Trouble::Hub(HubError::Refused { .. } | HubError::NotThere(_))), "{trouble:?}");
    assert!(desk.app.desk().is_err());
}

#[tokio::test]
async fn a_client_has_no_desk() {
    let desk = Desk::of_maria().await;
    assert_eq!(desk.app.desk().err(), Some(Trouble::NotSignedIn));
}

#[tokio::test]
async fn the_desk_keeps_nothing_in_the_keychain_and_is_closed_by_lock_and_signing_out() {
    let desk = Desk::set().await;
    opened_with_key(&desk).await.read().await;
    desk.app.lock();
    assert!(desk.app.desk().is_err());
    assert!(matches!(desk.app.session(), Session::SignedOut));

    opened_with_key(&desk).await.read().await;
    desk.app.sign_out().expect("nothing stands in the way");
    assert!(desk.app.desk().is_err());
    assert!(desk.keychain.entries().is_empty() && desk.keychain.sessions().is_empty());
}

#[tokio::test]
async fn a_session_that_ends_at_the_desk_asks_in_place_and_the_board_is_still_there() {
    // Given a desk whose session ends while it asks for permissions
    let desk = Desk::set().await;
    desk.sign_in(JO).await;
    let at = desk.app.desk().expect("the desk is open");
    at.read().await;
    desk.spoil(Fault::new(SHARED, Do::ExpireToken).nth(1));
    at.check().await;
    assert_eq!(at.standing().checking.stopped, Some(HubError::SessionEnded));
    let on_board = count(&at, Saved::All);

    // When Jo gives her password again
    desk.app.sign_in_again(&Password::new(JO.1)).await.expect("it is hers");
    desk.mend_hub();
    at.check().await;

    // Then it is the same board, and the asking goes on
    assert!(Arc::ptr_eq(&at, &desk.app.desk().expect("still open")));
    assert_eq!((count(&at, Saved::All), count(&at, Saved::NotChecked)), (on_board, OF_NOBODY));
    assert_eq!(at.standing().checking.stopped, None);
}

#[tokio::test]
async fn a_partner_key_refused_in_mid_work_is_told_as_a_key_and_stops_asking() {
    // Given a desk that the partner's key opened, and that the Hub refuses from now on
    let desk = Desk::set().await;
    let at = opened_with_key(&desk).await;
    at.read().await;
    desk.spoil(Fault::new(SHARED, Do::Status).status(401).nth(1));

    at.check().await;

    assert_eq!(at.standing().checking.stopped, Some(HubError::KeyRefused(KeyOf::Partner)));
    let wrong = desk.app.open_desk_with_key(&desk.hub.partner_id(), PartnerKey::new("two\nlines")).await;
    assert_eq!(wrong.map(drop), Err(Trouble::Hub(HubError::KeyNotSendable)), "nobody refused it");
}

#[tokio::test]
async fn a_desk_that_was_closed_asks_for_nothing_more() {
    // Given a desk that was read, and is closed by signing out
    let desk = Desk::set().await;
    let at = opened_with_key(&desk).await;
    at.read().await;
    desk.app.sign_out().expect("nothing stands in the way");
    let asked = desk.hub.counts();

    // When what was begun there goes on
    at.check().await;
    at.read().await;

    // Then no permission and no piece of the list is asked for with what opened it
    let after = desk.hub.counts();
    for call in [SHARED, "GET /partners/*/channels"] {
        assert_eq!(after.get(call), asked.get(call), "{call}");
    }
}

#[tokio::test]
async fn reading_and_asking_changes_nothing_at_the_hub() {
    let desk = Desk::set().await;
    let at = opened_with_key(&desk).await;
    at.read().await;
    at.check().await;
    at.lines(&Look::default(), 0, 60);

    let written = desk.hub.counts().into_iter().filter(|(call, _)| !call.starts_with("GET "));
    assert_eq!(written.collect::<Vec<_>>(), []);
}
