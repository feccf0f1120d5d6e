//! Giving the partner the permission to make keys, and taking it back. What the Hub says now always wins.

use channel_keys_core::access::{Answer, Reason};
use channel_keys_core::app::Trouble;
use channel_keys_core::channel::{ChannelId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::HubError;
use channel_keys_core::keys::PermissionChange;
use channel_keys_core::secret::Password;
use practice_hub::{Do, Fault};

use crate::desk::*;

const SHARED: Fact<Permission> = Fact::Told(Permission::Shared);
const MISSING: Fact<Permission> = Fact::Told(Permission::Missing);

async fn change(desk: &Desk, id: &ChannelId, to: Permission) -> PermissionChange {
    desk.app.change_permission(id, to).await.expect("it is asked for")
}

async fn give(desk: &Desk, id: &ChannelId) -> PermissionChange {
    change(desk, id, Permission::Shared).await
}

async fn remove(desk: &Desk, id: &ChannelId) -> PermissionChange {
    change(desk, id, Permission::Missing).await
}

/// What the list shows, and what the Hub says when it is asked anew.
async fn shown_and_held(desk: &Desk, id: &ChannelId) -> (Fact<Permission>, Fact<Permission>) {
    let shown = desk.row(id).await.0.permission;
    desk.mend_hub();
    desk.app.read_channels().await.expect("the channels");
    (shown, desk.row(id).await.0.permission)
}

#[tokio::test]
async fn a_permission_is_given_and_taken_back_and_the_verdict_follows() {
    let desk = Desk::of(AYSE).await;
    let kiosk = desk.channel_of(KIOSK, KIOSK);

    let given = give(&desk, &kiosk).await;

    assert_eq!((given.now, &given.why, given.came_about()), (SHARED, &None, true));
    let (_, verdict) = desk.row(&kiosk).await;
    assert_eq!((verdict.generate, verdict.reason), (Answer::No, Reason::PartnerManages));
    assert_eq!(shown_and_held(&desk, &kiosk).await, (SHARED, SHARED));

    let removed = remove(&desk, &kiosk).await;

    assert_eq!((removed.now, &removed.why, removed.came_about()), (MISSING, &None, true));
    let (_, verdict) = desk.row(&kiosk).await;
    assert_eq!((verdict.generate, verdict.reason), (Answer::Yes, Reason::ClientManages));
    assert_eq!(shown_and_held(&desk, &kiosk).await, (MISSING, MISSING));
    assert_eq!(desk.deeds(), [(What::PermissionGiven, Ended::Done), (What::PermissionRemoved, Ended::Done)]);
}

#[tokio::test]
async fn taking_it_back_and_making_the_key_is_the_next_step_that_was_named() {
    let desk = Desk::of_maria().await;
    let front_desk = desk.channel(FRONT_DESK);

    remove(&desk, &front_desk).await;
    let made = desk.make_key(&front_desk).await;

    assert!(desk.works(&made.record.id).await);
}

#[tokio::test]
async fn a_permission_that_was_not_told_is_told_once_it_is_changed() {
    let desk = Desk::of_maria().await;
    let lisbon = desk.channel("Events Lisbon");
    assert_eq!(desk.row(&lisbon).await.0.permission, Fact::NotTold);

    let given = give(&desk, &lisbon).await;

    assert!(given.came_about());
    assert_eq!(shown_and_held(&desk, &lisbon).await, (SHARED, SHARED));
}

#[tokio::test]
async fn the_same_change_twice_comes_to_the_same() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);

    for _ in 0..2 {
        assert!(give(&desk, &restaurant).await.came_about());
    }
    for _ in 0..2 {
        assert!(remove(&desk, &restaurant).await.came_about());
    }

    assert_eq!((desk.count(GIVE), desk.count(REMOVE)), (2, 2));
}

#[tokio::test]
async fn several_numbers_at_once_each_have_their_own_result() {
    let desk = Desk::of(LUCIA).await;
    let [citas, urgencias] = ["Citas", "Urgencias"].map(|name| desk.channel_of(AURORA, name));

    let (refused, removed) = tokio::join!(remove(&desk, &citas), remove(&desk, &urgencias));

    assert_eq!((refused.now, removed.now), (SHARED, MISSING));
    assert_eq!(desk.row(&citas).await.0.permission, SHARED);
    assert_eq!(shown_and_held(&desk, &urgencias).await, (MISSING, MISSING));
    let mut ended: Vec<_> = desk.deeds().into_iter().map(|(_, ended)| ended.word()).collect();
    ended.sort_unstable();
    assert_eq!(ended, ["done", "refused"]);
}

#[tokio::test]
async fn where_the_partner_pays_the_hub_may_refuse_in_its_own_words_and_nothing_changes() {
    let desk = Desk::of(LUCIA).await;
    let citas = desk.channel_of(AURORA, "Citas");

    let refused = remove(&desk, &citas).await;

    assert_eq!((refused.now, refused.came_about()), (SHARED, false));
    let Some(HubError::Refused { status: 403, said: Some(said) }) = &refused.why else {
        panic!("{refused:?}")
    };
    assert_eq!(said.as_str(), "Ask your partner to remove it.");
    assert_eq!(shown_and_held(&desk, &citas).await, (SHARED, SHARED));
    assert_eq!(desk.deeds(), [(What::PermissionRemoved, Ended::Refused)]);
}

#[tokio::test]
async fn a_member_is_refused_and_a_client_without_a_partner_has_nobody_to_give_it_to() {
    let desk = Desk::of(JONAS).await;
    let restaurant = desk.channel(RESTAURANT);
    let refused = give(&desk, &restaurant).await;
    assert!(matches!(&refused.why, Some(HubError::Refused { status: 403, .. })), "{refused:?}");
    assert_eq!(shown_and_held(&desk, &restaurant).await, (MISSING, MISSING));

    let desk = Desk::of(RUI).await;
    let encomendas = desk.channel_of("Padaria do Sol", "Encomendas");
    let refused = give(&desk, &encomendas).await;
    assert!(matches!(&refused.why, Some(HubError::Refused { status: 400, .. })), "{refused:?}");
    assert_eq!((refused.now, refused.came_about()), (Fact::NotTold, false), "it was not told before either");
}

#[tokio::test]
async fn an_answer_that_contradicts_what_was_asked_wins() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.app.channels().await.expect("the channels");
    desk.odd.say_that_holds(MISSING);

    let contradicted = give(&desk, &restaurant).await;

    assert_eq!((contradicted.now, &contradicted.why), (MISSING, &None));
    assert!(!contradicted.came_about());
    assert_eq!(desk.row(&restaurant).await.0.permission, MISSING);
    assert_eq!(desk.deeds(), [(What::PermissionGiven, Ended::NotDone)]);
}

#[tokio::test]
async fn a_number_that_is_not_hers_is_not_found_and_nothing_is_sent() {
    let desk = Desk::of_maria().await;
    for id in [desk.channel_of("Padaria do Sol", "Encomendas"), ChannelId("nosuchCH".into())] {
        let trouble = desk.app.change_permission(&id, Permission::Shared).await;
        assert_eq!(trouble, Err(Trouble::NoSuchChannel));
    }
    assert_eq!((desk.count(GIVE), desk.deeds()), (0, Vec::new()));
}

#[tokio::test]
async fn a_session_that_ended_changes_nothing_and_after_signing_in_again_it_goes_on() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    desk.spoil(Fault::new(GIVE, Do::ExpireToken).nth(1));

    let trouble = desk.app.change_permission(&restaurant, Permission::Shared).await;

    assert_eq!(trouble, Err(Trouble::Hub(HubError::SessionEnded)));
    assert_eq!((desk.row(&restaurant).await.0.permission, desk.deeds()), (MISSING, Vec::new()));
    desk.app.sign_in_again(&Password::new(MARIA.1)).await.expect("it is right");
    assert!(give(&desk, &restaurant).await.came_about());
    assert_eq!(desk.count(GIVE), 2);
}
