//! The list, and the verdict on each number: who may make its key, why not, and what to do next.

use channel_keys_core::access::{Answer, FactName, NextStep, Reason};
use channel_keys_core::app::Trouble;
use channel_keys_core::channel::{ChannelId, Payer, Permission};
use channel_keys_core::clock::Clock;
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::HubError;
use channel_keys_core::keys::Outcome;
use channel_keys_core::records::KeyState;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;

/// What a person reads: may it be made, why, and what next.
async fn verdict(desk: &Desk, channel: &ChannelId) -> (Answer, Reason, NextStep) {
    let (_, verdict) = desk.row(channel).await;
    (verdict.generate, verdict.reason, verdict.next)
}

#[tokio::test]
async fn every_number_of_the_harbour_hotel_has_its_verdict() {
    let desk = Desk::of_maria().await;

    assert_eq!(
        verdict(&desk, &desk.channel("Front desk")).await,
        (Answer::No, Reason::PartnerManages, NextStep::TakePermissionBack)
    );
    assert_eq!(
        verdict(&desk, &desk.channel(RESTAURANT)).await,
        (Answer::Yes, Reason::ClientManages, NextStep::MakeKey)
    );
    assert_eq!(
        verdict(&desk, &desk.channel("Spa")).await,
        (Answer::No, Reason::NotRunning, NextStep::GetItRunning)
    );
    assert_eq!(
        verdict(&desk, &desk.channel("Events Lisbon")).await,
        (Answer::HubDecides, Reason::NotTold, NextStep::TryIt)
    );
    let (_, open) = desk.row(&desk.channel("Events Lisbon")).await;
    assert_eq!(open.missing, [FactName::Permission]);
}

#[tokio::test]
async fn where_the_partner_pays_it_is_asked_and_where_nothing_is_documented_the_hub_decides() {
    let desk = Desk::set().await;
    desk.sign_in(LUCIA).await;
    let channel = |name| desk.channel_of("Clínica Aurora", name);

    for shared in ["Citas", "Urgencias"] {
        assert_eq!(
            verdict(&desk, &channel(shared)).await,
            (Answer::No, Reason::PartnerManagesAndPays, NextStep::AskPartner)
        );
    }
    assert_eq!(
        verdict(&desk, &channel("Laboratorio")).await,
        (Answer::HubDecides, Reason::Undocumented, NextStep::TryIt)
    );
    let overview = desk.app.channels().await.expect("the channels");
    assert_eq!(overview.client.payer, Fact::Told(Payer::Partner));
    assert_eq!(overview.partner().map(|partner| &partner.name), Some(&Fact::Told("Blue Anchor".to_owned())));
}

#[tokio::test]
async fn a_client_without_a_partner_makes_its_keys_itself() {
    let desk = Desk::set().await;
    desk.sign_in(RUI).await;

    let overview = desk.app.channels().await.expect("the channels");

    assert_eq!(overview.channels.len(), 3);
    assert_eq!(overview.partner(), None);
    for channel in &overview.channels {
        let verdict = overview.verdict(channel);
        assert_eq!((verdict.generate, verdict.reason), (Answer::Yes, Reason::NoPartner));
    }
}

#[tokio::test]
async fn among_forty_numbers_only_what_is_known_to_be_refused_is_off() {
    let desk = Desk::set().await;
    desk.sign_in(PETRA).await;

    let overview = desk.app.channels().await.expect("the channels");

    assert_eq!(overview.channels.len(), 40);
    for channel in &overview.channels {
        let verdict = overview.verdict(channel);
        let known_to_be_refused = channel.live_and_running() == Fact::Told(false)
            || channel.permission == Fact::Told(Permission::Shared);
        assert_eq!(verdict.generate == Answer::No, known_to_be_refused, "{channel:?}: {verdict:?}");
        if !known_to_be_refused {
            assert!(verdict.missing.contains(&FactName::Payer), "who pays is not told: {verdict:?}");
        }
    }
}

#[tokio::test]
async fn a_number_of_which_nothing_but_its_id_is_told_can_have_a_key() {
    let desk = Desk::set().await;
    desk.sign_in(PETRA).await;
    let overview = desk.app.channels().await.expect("the channels");
    let bare = overview
        .channels
        .iter()
        .find(|channel| channel.name == Fact::NotTold && channel.hub_status == Fact::NotTold)
        .expect("a channel with nothing but an id");

    let made = desk.make_key(&bare.id).await;

    assert_eq!((&made.record.channel_name, &made.record.number), (&None, &None));
    let (_, label) = desk.keychain.entries().remove(0);
    assert_eq!(label, format!("Channel Keys practice: {} (safety copy)", bare.id));
    assert!(desk.works(&made.record.id).await, "the key works");
}

#[tokio::test]
async fn a_button_that_is_off_gives_its_reason_and_sends_nothing() {
    let desk = Desk::of_maria().await;

    for (name, reason) in [("Front desk", Reason::PartnerManages), ("Spa", Reason::NotRunning)] {
        let before = desk.before(&desk.channel(name)).await;
        assert_eq!(before.verdict.reason, reason);

        let refused = desk.app.make_key(&before.ticket).await.expect_err("it is off");

        let Trouble::KnownToBeRefused(verdict) = refused else { panic!("{refused:?}") };
        assert_eq!(*verdict, before.verdict);
    }
    assert_eq!(desk.count(MAKE_KEY), 0);
    assert!(desk.records.all().is_empty() && desk.keychain.entries().is_empty());
}

#[tokio::test]
async fn a_permission_that_is_not_told_blocks_nothing() {
    let desk = Desk::of_maria().await;
    let lisbon = desk.channel("Events Lisbon");
    let earlier = desk.earlier_key(&lisbon);

    let made = desk.make_key(&lisbon).await;

    assert!(desk.works(&made.record.id).await, "the Hub decided: yes");
    assert!(!desk.is_alive(&earlier).await, "the earlier key is dead");
}

#[tokio::test]
async fn where_the_hub_decides_no_its_words_are_told_and_nothing_changed() {
    let desk = Desk::set().await;
    desk.sign_in(LUCIA).await;
    let laboratorio = desk.channel_of("Clínica Aurora", "Laboratorio");
    let earlier = desk.earlier_key(&laboratorio);

    let outcome = desk.ask_for_key(&laboratorio).await;

    let Outcome::NotMade(HubError::Refused { status: 403, said: Some(said) }) = &outcome else {
        panic!("{outcome:?}")
    };
    assert!(said.as_str().starts_with("Your partner pays"), "{said:?}");
    assert!(desk.is_alive(&earlier).await, "the earlier key works on");
    assert!(desk.app.waiting_keys().expect("the keys").is_empty(), "nothing waits for a decision");
    assert_eq!(desk.records.all()[0].state, KeyState::NotMade);
}

#[tokio::test]
async fn a_hub_without_a_word_on_the_client_still_shows_its_numbers() {
    let desk = Desk::of_maria().await;
    let answers = [404, 405, 403, 429, 500].map(|status| Fault::new(CLIENT, Do::Status).status(status));
    let broken = [Do::NotJson, Do::CutBody, Do::ResetBeforeCommit].map(|how| Fault::new(CLIENT, how));
    for fault in answers.into_iter().chain(broken) {
        desk.spoil(fault);

        let overview = desk.app.read_channels().await.expect("the channels");

        assert_eq!((overview.client.payer, &overview.client.partner), (Fact::NotTold, &Fact::NotTold));
        assert_eq!(overview.channels.len(), 4);
    }
}

#[tokio::test]
async fn a_passing_trouble_of_the_client_call_keeps_what_was_told_of_the_client() {
    let desk = Desk::of_maria().await;
    let told = desk.app.read_channels().await.expect("the channels").client;
    let passing = [429, 503].map(|status| Fault::new(CLIENT, Do::Status).status(status));
    for fault in passing.into_iter().chain([Fault::new(CLIENT, Do::ResetBeforeCommit)]) {
        desk.spoil(fault);
        assert_eq!(desk.app.read_channels().await.expect("the channels").client, told);
    }

    desk.spoil(Fault::new(CLIENT, Do::Status).status(404));
    assert_eq!(desk.app.read_channels().await.expect("the channels").client.payer, Fact::NotTold);
}

#[tokio::test]
async fn what_was_read_has_its_time_and_is_read_again_only_when_asked() {
    let desk = Desk::of_maria().await;
    let first = desk.app.channels().await.expect("the channels");
    desk.clock.forward(Duration::minutes(5));

    let seen = desk.app.channels().await.expect("the channels");
    assert_eq!((seen.read_at, desk.count(CHANNELS)), (first.read_at, 1));
    let anew = desk.app.read_channels().await.expect("the channels");

    assert_eq!((anew.read_at, desk.count(CHANNELS)), (desk.clock.now(), 2));
}

#[tokio::test]
async fn a_list_that_can_t_be_read_again_leaves_the_last_one_standing() {
    let desk = Desk::of_maria().await;
    let first = desk.app.channels().await.expect("the channels");
    desk.spoil(Fault::new(CHANNELS, Do::ResetBeforeCommit));

    let trouble = desk.app.read_channels().await;

    assert_eq!(trouble.map(drop), Err(Trouble::Hub(HubError::NoAnswer)));
    assert_eq!(desk.app.channels().await.expect("the last one"), first);
}

#[tokio::test]
async fn a_number_of_somebody_else_is_not_found() {
    let desk = Desk::of_maria().await;

    let trouble = desk.app.before_making(&desk.channel_of("Padaria do Sol", "Encomendas")).await;

    assert_eq!(trouble.map(drop), Err(Trouble::NoSuchChannel));
}
