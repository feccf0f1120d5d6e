//! Watching channels at a practice Hub: for as long as somebody is at the desk with a session that the Hub takes.

use std::time::Duration;

use channel_keys_core::channel::Permission;
use channel_keys_core::desk::Changed;
use channel_keys_core::hub::HubError;
use channel_keys_core::secret::Password;
use practice_hub::{Do, Fault};

use crate::desk::*;

const ONE: &str = "GET /partners/*/channels/*";
const EVERY: Duration = Duration::from_secs(300);

#[tokio::test]
async fn a_change_that_the_client_makes_is_told_while_the_desk_is_open() {
    let desk = Desk::of(JO).await;
    let restaurant = desk.channel(RESTAURANT);
    let at = desk.app.desk().expect("the desk is open");
    at.read().await;
    at.check().await;
    at.set_watched(&restaurant, true).expect("marked");
    let mut news = at.news();

    // When Maria of the hotel gives the permission, elsewhere
    let maria_s = desk.another_program();
    maria_s.sign_in(MARIA.0, &Password::new(MARIA.1)).await.expect("it is Maria");
    maria_s.change_permission(&restaurant, Permission::Shared).await.expect("given");
    let watching = at.clone();
    let watching = tokio::spawn(async move { watching.watch(|| EVERY, 7).await });

    let told = news.recv().await.expect("it is told");
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].what, told[0].now.as_str(), told[0].here), (Changed::Permission, "shared", false));

    // and signing out ends it
    desk.app.sign_out().expect("nothing stands in the way");
    watching.await.expect("it ended");
    let asked = desk.count(ONE);
    assert!(asked > 0);
    tokio::task::yield_now().await;
    assert_eq!(desk.count(ONE), asked);
}

#[tokio::test]
async fn a_session_that_ended_asks_for_nothing_until_the_password_is_given_and_the_lock_ends_it() {
    let desk = Desk::of(JO).await;
    let at = desk.app.desk().expect("the desk is open");
    at.read().await;
    at.set_watched(&desk.channel(RESTAURANT), true).expect("marked");
    desk.hub.set_faults(vec![Fault::new(ONE, Do::ExpireToken).nth(1)]);
    let mut changes = at.changes();
    let watching = at.clone();
    let watching = tokio::spawn(async move { watching.watch(|| EVERY, 7).await });

    while at.standing().watching.failed != Some(HubError::SessionEnded) {
        changes.changed().await.expect("the desk is open");
    }
    while at.standing().watching.next.is_some() {
        changes.changed().await.expect("the desk is open");
    }
    assert_eq!(desk.count(ONE), 1);

    desk.app.sign_in_again(&Password::new(JO.1)).await.expect("it is Jo");
    while at.standing().watching.looked_at.is_none() {
        changes.changed().await.expect("the desk is open");
    }
    assert_eq!(at.standing().watching.failed, None);

    desk.app.lock();
    watching.await.expect("it ended");
}
