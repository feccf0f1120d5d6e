//! All channels of a client, whatever the Hub leaves out.

use std::collections::BTreeSet;

use channel_keys_core::channel::{Channel, ClientId, HubStatus, Permission, State, Status};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Hub, HubError, Listed, Short};
use channel_keys_core::secret::SessionToken;
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, answer, json, number};

fn named<'a>(channels: &'a [Channel], name: &str) -> &'a Channel {
    channels
        .iter()
        .find(|channel| channel.name.told().is_some_and(|told| told == name))
        .expect("a channel of this name")
}

async fn read_from(host: &Scripted) -> Result<Listed<Channel>, HubError> {
    rest(&host.hub()).channels(&SessionToken::new("invented"), &ClientId("aCL".into())).await
}

#[tokio::test]
async fn every_channel_of_a_client_is_listed_with_what_the_hub_tells() {
    let practice = practise().await;

    let channels = practice.channels_of(MARIA, HARBOUR).await;

    assert_eq!(channels.len(), 4);
    let front_desk = named(&channels, "Front desk");
    assert_eq!(front_desk.id, practice.channel(HARBOUR, "Front desk"));
    assert_eq!(front_desk.number, Fact::Told("493055570142".into()));
    assert_eq!(front_desk.permission, Fact::Told(Permission::Shared));
    assert_eq!(front_desk.status, Fact::Told(Status::Ready));
    assert_eq!(front_desk.hub_status, Fact::Told(HubStatus::Live));
    assert_eq!(front_desk.state(), State::Running);
    assert!(front_desk.external_id.told().is_some() && front_desk.waba_id.told().is_some());
    assert_eq!(named(&channels, "Restaurant bookings").permission, Fact::Told(Permission::Missing));
    let spa = named(&channels, "Spa");
    assert_eq!((spa.running, spa.state()), (Fact::Told(false), State::SettingUp(Status::Verified)));
}

#[tokio::test]
async fn a_permission_that_is_told_nowhere_stays_not_told_after_asking_for_it_once() {
    let practice = practise().await;

    let channels = practice.channels_of(MARIA, HARBOUR).await;

    assert_eq!(named(&channels, "Events Lisbon").permission, Fact::NotTold);
    assert_eq!((practice.count(CHANNELS), practice.count(PERMISSIONS)), (1, 1));
}

#[tokio::test]
async fn permissions_that_the_list_leaves_out_are_filled_in_and_what_it_tells_stands() {
    let host = Scripted::answering(|head| {
        if head.contains("partner_permissions") {
            json(
                r#"[{"channel_id":"aCH","shared":true},{"channel_id":"bCH","shared":false},
                    {"channel_id":"cCH","shared":true},{"channel_id":"dCH"},{"channel_id":"zCH","shared":true}]"#,
            )
        } else {
            json(
                r#"{"total":5,"client_channels":[{"id":"aCH"},{"id":"bCH"},{"id":"cCH","partner_permission":"missing"},
                    {"id":"dCH"},{"id":"eCH"}]}"#,
            )
        }
    })
    .await;

    let channels = read_from(&host).await.expect("the channels").items;

    let permissions: Vec<_> = channels.iter().map(|channel| channel.permission).collect();
    let (shared, missing) = (Fact::Told(Permission::Shared), Fact::Told(Permission::Missing));
    assert_eq!(permissions, [shared, missing, missing, Fact::NotTold, Fact::NotTold]);
}

#[tokio::test]
async fn a_list_that_tells_every_permission_is_not_asked_about_them_again() {
    let practice = practise().await;

    let channels = practice.channels_of(LUCIA, AURORA).await;

    assert!(channels.iter().all(|channel| channel.permission != Fact::NotTold), "{channels:?}");
    assert_eq!(practice.count(PERMISSIONS), 0);
}

#[tokio::test]
async fn a_hub_that_can_t_tell_the_permissions_leaves_them_open_and_the_list_stands() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;

    let status = |status| Fault::new(PERMISSIONS, Do::Status).status(status);
    let broken = [
        status(404),
        status(405),
        status(500),
        status(429),
        Fault::new(PERMISSIONS, Do::NotJson),
        Fault::new(PERMISSIONS, Do::ResetBeforeCommit),
    ];
    for fault in broken {
        practice.hub.set_faults(vec![fault.clone()]);

        let channels = practice.rest.channels(&token, &practice.client(HARBOUR)).await;

        let channels = channels.unwrap_or_else(|error| panic!("{fault:?}: {error}")).items;
        assert_eq!(named(&channels, "Events Lisbon").permission, Fact::NotTold);
        assert_eq!(named(&channels, "Front desk").permission, Fact::Told(Permission::Shared));
    }
}

#[tokio::test]
async fn a_session_that_ends_between_the_list_and_the_permissions_is_told_as_ended() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;
    practice.spoil(PERMISSIONS, Do::ExpireToken);

    let read = practice.rest.channels(&token, &practice.client(HARBOUR)).await;

    assert_eq!(read.map(drop), Err(HubError::SessionEnded));
}

#[tokio::test]
async fn every_word_for_a_state_is_read_and_an_unknown_one_is_kept_as_it_is() {
    let practice = practise().await;

    let channels = practice.channels_of(PETRA, LINDNER).await;

    assert_eq!(channels.len(), 40);
    let told: BTreeSet<&str> =
        channels.iter().filter_map(|channel| channel.status.told()).map(Status::word).collect();
    let wanted = BTreeSet::from([
        "created",
        "unverified",
        "verified",
        "ready",
        "modified",
        "imported",
        "new_name_requested",
        "certificate_declined",
        "consents_signed",
        "error",
        "porting_ready",
        "ready_for_migration",
        "waiting_for_migration_code",
        "migration_code_requested",
        "unknown",
        "awaiting_moonrise",
    ]);
    assert_eq!(told, wanted);
    let unknown = channels
        .iter()
        .filter_map(|channel| channel.status.told())
        .filter(|status| matches!(status, Status::Other(_)))
        .count();
    assert_eq!(unknown, 2, "only `unknown` and `awaiting_moonrise` are not known");
    let ends: BTreeSet<&str> =
        channels.iter().filter_map(|channel| channel.hub_status.told()).map(HubStatus::word).collect();
    assert_eq!(ends, BTreeSet::from(["live", "pending_deletion", "terminated", "cancelled", "deleted"]));
}

#[tokio::test]
async fn what_is_left_out_or_null_is_not_told_and_hides_no_channel() {
    let practice = practise().await;

    let channels = practice.channels_of(PETRA, LINDNER).await;

    let with = |what: &str, is_so: fn(&Channel) -> bool| {
        assert!(channels.iter().any(is_so), "no channel {what}");
    };
    with("with nothing but an id", |channel| {
        channel.state() == State::NotTold
            && channel.name == Fact::NotTold
            && channel.permission == Fact::NotTold
            && channel.external_id == Fact::NotTold
    });
    with("without its set-up but with its status", |channel| {
        channel.number == Fact::NotTold && channel.status == Fact::Told(Status::Ready)
    });
    with("without its status", |channel| {
        channel.status == Fact::NotTold && channel.running == Fact::Told(true)
    });
    with("that does not say whether it runs", |channel| {
        channel.running == Fact::NotTold && channel.hub_status == Fact::Told(HubStatus::Live)
    });
    with("without its hub status", |channel| {
        channel.hub_status == Fact::NotTold && channel.running == Fact::Told(true)
    });
    with("without its limit", |channel| channel.limit == Fact::NotTold && channel.quality != Fact::NotTold);
}

/// As a Hub answers that has this many channels: what was asked for, and how many there are in all.
fn page(head: &str, total: usize, tells_total: bool) -> String {
    let (limit, offset) = (number(head, "limit"), number(head, "offset"));
    let items: Vec<String> = (offset..total.min(offset + limit))
        .map(|at| format!(r#"{{"id":"{at}CH","partner_permission":"missing"}}"#))
        .collect();
    let told = if tells_total { format!(r#""total":{total},"#) } else { String::new() };
    json(&format!(r#"{{{told}"count":{},"client_channels":[{}]}}"#, items.len(), items.join(",")))
}

#[tokio::test]
async fn a_client_with_more_channels_than_a_page_holds_is_read_to_the_end() {
    for (tells_total, pages) in [(true, 3), (false, 4)] {
        let host = Scripted::answering(move |head| page(head, 2_345, tells_total)).await;

        let channels = read_from(&host).await.expect("the channels").items;

        let ids: BTreeSet<&str> = channels.iter().map(|channel| channel.id.0.as_str()).collect();
        assert_eq!((channels.len(), ids.len()), (2_345, 2_345));
        assert_eq!(host.connections(), pages, "total told: {tells_total}");
    }
}

#[tokio::test]
async fn a_hub_that_gives_smaller_pages_than_asked_for_hides_no_channel() {
    let host = Scripted::answering(|head| {
        let offset = number(head, "offset");
        json(&format!(
            r#"{{"total":7,"client_channels":[{{"id":"{offset}CH","partner_permission":"shared"}}]}}"#
        ))
    })
    .await;

    let channels = read_from(&host).await.expect("the channels").items;

    assert_eq!(channels.len(), 7);
}

#[tokio::test]
async fn a_channel_that_comes_on_two_pages_is_listed_once() {
    let host = Scripted::answering(|head| {
        let ids = if number(head, "offset") == 0 { ["aCH", "bCH"] } else { ["bCH", "cCH"] };
        let items = ids.map(|id| format!(r#"{{"id":"{id}","partner_permission":"shared"}}"#)).join(",");
        json(&format!(r#"{{"total":4,"client_channels":[{items}]}}"#))
    })
    .await;

    let channels = read_from(&host).await.expect("the channels").items;

    let ids: Vec<&str> = channels.iter().map(|channel| channel.id.0.as_str()).collect();
    assert_eq!(ids, ["aCH", "bCH", "cCH"]);
}

#[tokio::test]
async fn a_hub_that_knows_neither_pages_nor_a_total_is_read_once_and_once_more() {
    let host =
        Scripted::answering(|_| json(r#"{"client_channels":[{"id":"aCH","partner_permission":"shared"}]}"#))
            .await;

    let channels = read_from(&host).await.expect("the channels").items;

    assert_eq!((channels.len(), host.connections()), (1, 2));
}

#[tokio::test]
async fn a_list_that_brings_less_than_it_announces_says_how_many() {
    // Given a Hub that gives two channels a page, however many are asked for, and announces 100,000
    let host = Scripted::answering(|head| {
        let offset = number(head, "offset");
        let items = [offset, offset + 1]
            .map(|at| format!(r#"{{"id":"{at}CH","partner_permission":"shared"}}"#))
            .join(",");
        json(&format!(r#"{{"total":100000,"client_channels":[{items}]}}"#))
    })
    .await;
    // and one of which the only entry can't be read
    let unreadable =
        Scripted::answering(|_| json(r#"{"total":1,"client_channels":[{"id":"a\ud83dCH"}]}"#)).await;

    let read = read_from(&host).await.expect("the channels");
    let none = read_from(&unreadable).await.expect("the channels");

    assert_eq!(read.items.len(), 400);
    assert_eq!(read.short, Some(Short { announced: 100_000, came: 400 }));
    assert_eq!((none.items.len(), none.short), (0, Some(Short { announced: 1, came: 0 })));
}

#[tokio::test]
async fn a_list_that_never_ends_does() {
    let host = Scripted::answering(|head| {
        let offset = number(head, "offset");
        json(&format!(r#"{{"client_channels":[{{"id":"{offset}CH","partner_permission":"shared"}}]}}"#))
    })
    .await;

    let channels = read_from(&host).await.expect("the channels").items;

    assert_eq!((channels.len(), host.connections()), (200, 200));
}

#[tokio::test]
async fn a_list_that_can_t_be_read_is_an_error_and_never_an_empty_list() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;
    let read = async |how: Do| {
        practice.spoil(CHANNELS, how);
        practice.rest.channels(&token, &practice.client(HARBOUR)).await.map(drop)
    };

    assert!(matches!(read(Do::Refuse).await, Err(HubError::Refused { status: 403, .. })));
    assert!(matches!(read(Do::Status).await, Err(HubError::InTrouble { status: 500, .. })));
    assert_eq!(read(Do::CutBody).await, Err(HubError::NoAnswer));
    assert_eq!(read(Do::ResetBeforeCommit).await, Err(HubError::NoAnswer));
    assert_eq!(read(Do::NotJson).await, Err(HubError::NotUnderstood { status: 200 }));
    assert_eq!(read(Do::HugeBody).await, Err(HubError::NotUnderstood { status: 200 }));
    assert_eq!(read(Do::ExpireToken).await, Err(HubError::SessionEnded));

    let without_a_list = Scripted::answering(|_| json(r#"{"total":0}"#)).await;
    assert_eq!(read_from(&without_a_list).await, Err(HubError::NotUnderstood { status: 200 }));
    let not_there = Scripted::answering(|_| answer("404 Not Found", "", "")).await;
    assert_eq!(read_from(&not_there).await, Err(HubError::NotThere(None)));
}

#[tokio::test]
async fn the_session_goes_along_as_a_bearer_and_stands_in_no_address() {
    let host = Scripted::answering(|head| page(head, 1, true)).await;

    read_from(&host).await.expect("the channels");

    let request = &host.requests()[0];
    assert_eq!(crate::scripted::header(request, "authorization"), Some("Bearer invented"));
    assert!(
        !request.lines().next().unwrap_or_default().contains("invented"),
        "the session is in the address"
    );
}
