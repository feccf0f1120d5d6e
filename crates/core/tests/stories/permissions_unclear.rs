//! A change of the permission whose answer is lost, odd or a refusal: the Hub is asked what holds now.

use channel_keys_core::app::Trouble;
use channel_keys_core::channel::{ChannelId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::HubError;
use channel_keys_core::keys::PermissionChange;
use practice_hub::{Do, Fault};

use crate::desk::*;

const SHARED: Fact<Permission> = Fact::Told(Permission::Shared);
const MISSING: Fact<Permission> = Fact::Told(Permission::Missing);

/// Maria looks at a channel that is Missing, and something goes wrong from then on.
struct Scene {
    desk: Desk,
    restaurant: ChannelId,
}

impl Scene {
    async fn with(faults: Vec<Fault>) -> Self {
        let desk = Desk::of_maria().await;
        let restaurant = desk.channel(RESTAURANT);
        assert_eq!(desk.row(&restaurant).await.0.permission, MISSING);
        desk.hub.set_faults(faults);
        Self { desk, restaurant }
    }

    async fn give(&self) -> PermissionChange {
        let given = self.desk.app.change_permission(&self.restaurant, Permission::Shared).await;
        given.expect("it is asked for")
    }

    async fn shown(&self) -> Fact<Permission> {
        self.desk.row(&self.restaurant).await.0.permission
    }

    /// What the Hub holds, asked when all is well again.
    async fn held(&self) -> Fact<Permission> {
        self.desk.mend_hub();
        self.desk.app.read_channels().await.expect("the channels");
        self.shown().await
    }

    fn ended(&self) -> Ended {
        let deeds = self.desk.deeds();
        assert_eq!((deeds.len(), deeds[0].0), (1, What::PermissionGiven), "noted once");
        deeds[0].1
    }
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_or_odd_is_read_back_and_found_to_be_made() {
    for (fault, is_told) in [
        (Fault::new(GIVE, Do::ResetAfterCommit), true),
        (Fault::new(GIVE, Do::CutBody), true),
        (Fault::new(GIVE, Do::Status).status(500).after_commit(), true),
        (Fault::new(GIVE, Do::HugeBody), true),
        (Fault::new(GIVE, Do::NotJson), false),
    ] {
        let scene = Scene::with(vec![fault.clone()]).await;
        let read = scene.desk.count(CHANNELS);

        let given = scene.give().await;

        assert_eq!((given.now, given.came_about()), (SHARED, true), "{fault:?}");
        assert_eq!(given.why.is_some(), is_told, "what went wrong is told all the same: {given:?}");
        assert_eq!(scene.desk.count(CHANNELS), read + 1, "{fault:?}: it was read back");
        assert_eq!((scene.shown().await, scene.ended()), (SHARED, Ended::Done));
        assert_eq!(scene.held().await, SHARED);
    }
}

#[tokio::test]
async fn a_change_that_did_not_get_through_is_read_back_and_found_not_to_be_made() {
    for (fault, why) in [
        (Fault::new(GIVE, Do::ResetBeforeCommit), HubError::NoAnswer),
        (
            Fault::new(GIVE, Do::Status).status(503),
            HubError::InTrouble {
                status: 503,
                said: channel_keys_core::hub::Quote::from_text("Service Unavailable"),
            },
        ),
    ] {
        let scene = Scene::with(vec![fault]).await;

        let given = scene.give().await;

        assert_eq!((given.now, &given.why, given.came_about()), (MISSING, &Some(why), false));
        assert_eq!((scene.shown().await, scene.ended()), (MISSING, Ended::NotDone));
        assert_eq!(scene.held().await, MISSING);
    }
}

#[tokio::test]
async fn where_it_can_t_be_read_back_either_nobody_claims_to_know() {
    for fault in [Fault::new(GIVE, Do::ResetAfterCommit), Fault::new(GIVE, Do::ResetBeforeCommit)] {
        let is_made = fault.r#do == Do::ResetAfterCommit;
        let scene = Scene::with(vec![fault, Fault::new(CHANNELS, Do::Status).status(500)]).await;

        let given = scene.give().await;

        assert_eq!((given.now, &given.why), (Fact::NotTold, &Some(HubError::NoAnswer)));
        assert!(given.is_open && !given.came_about());
        assert_eq!(scene.shown().await, Fact::NotTold, "the list does not show what may not hold");
        assert_eq!(scene.ended(), Ended::Unknown);
        assert_eq!(scene.held().await, if is_made { SHARED } else { MISSING });
    }
}

#[tokio::test]
async fn an_answer_without_a_word_that_can_t_be_read_back_is_unknown_too() {
    let faults = vec![Fault::new(GIVE, Do::NotJson), Fault::new(CHANNELS, Do::Status).status(500)];
    let scene = Scene::with(faults).await;

    let given = scene.give().await;

    assert_eq!((given.now, &given.why), (Fact::NotTold, &None));
    assert_eq!((scene.shown().await, scene.ended()), (Fact::NotTold, Ended::Unknown));
}

#[tokio::test]
async fn a_hub_that_lists_the_channel_and_does_not_have_the_call_is_told_from_one_without_the_channel() {
    for status in [404, 405] {
        let scene = Scene::with(vec![Fault::new(GIVE, Do::Status).status(status)]).await;

        let given = scene.give().await;

        assert_eq!((given.now, &given.why), (MISSING, &Some(HubError::NotOffered)), "{status}");
        assert_eq!((scene.shown().await, scene.ended()), (MISSING, Ended::NotDone));
    }
    for unclear in [CLIENT, CHANNELS] {
        let faults =
            vec![Fault::new(GIVE, Do::Status).status(404), Fault::new(unclear, Do::Status).status(500)];
        let scene = Scene::with(faults).await;

        let given = scene.give().await;

        assert!(matches!(&given.why, Some(HubError::NotThere(_))), "{unclear}: {given:?}");
        assert_eq!(given.now, MISSING);
    }
}

#[tokio::test]
async fn not_found_page_of_a_gateway_is_not_the_hub_s_word_and_is_read_back() {
    for (after_commit, holds) in [(true, SHARED), (false, MISSING)] {
        let page = Fault::new(GIVE, Do::Answer).status(404).body("<html>Not Found</html>");
        let page = if after_commit { page.after_commit() } else { page };
        let scene = Scene::with(vec![page]).await;

        let given = scene.give().await;

        assert_eq!(given.now, holds);
        assert_eq!(given.why, Some(HubError::NotUnderstood { status: 404 }));
        assert_eq!((given.came_about(), given.is_open), (after_commit, false));
    }
}

#[tokio::test]
async fn who_asks_too_often_is_told_how_long_to_wait_and_nothing_changed() {
    let scene = Scene::with(vec![Fault::new(GIVE, Do::Status).status(429).header("Retry-After", "7")]).await;

    let given = scene.give().await;

    let Some(HubError::TooMany { wait: Some(wait), .. }) = &given.why else { panic!("{given:?}") };
    assert_eq!((wait.as_secs(), given.now), (7, MISSING));
    assert_eq!(scene.ended(), Ended::NotDone);
    assert_eq!(scene.held().await, MISSING);
    assert!(scene.give().await.came_about(), "later it goes");
}

#[tokio::test]
async fn a_refusal_leaves_what_was_not_told_not_told() {
    let desk = Desk::of_maria().await;
    let lisbon = desk.channel("Events Lisbon");
    desk.spoil(Fault::new(REMOVE, Do::Refuse));

    let refused = desk.app.change_permission(&lisbon, Permission::Missing).await.expect("it is asked for");

    assert_eq!((refused.now, refused.came_about(), refused.is_open), (Fact::NotTold, false, false));
    assert_eq!(desk.row(&lisbon).await.0.permission, Fact::NotTold);
    assert_eq!(desk.deeds(), [(What::PermissionRemoved, Ended::Refused)]);
}

#[tokio::test]
async fn without_a_list_there_is_nothing_to_change() {
    let desk = Desk::of_maria().await;
    desk.spoil(Fault::new(CHANNELS, Do::ResetBeforeCommit));

    let trouble = desk.app.change_permission(&desk.channel(RESTAURANT), Permission::Shared).await;

    assert_eq!(trouble, Err(Trouble::Hub(HubError::NoAnswer)));
    assert_eq!((desk.count(GIVE), desk.deeds()), (0, Vec::new()));
}
