//! Seeds and worlds.

use std::str::FromStr;

use practice_hub::{Options, WorldSize};

use crate::support::*;

async fn everything(options: Options) -> Vec<String> {
    let practice = practise_with(options).await;
    let key = practice.partner_key();
    let partner = practice.hub.partner_id();
    let petra = practice.sign_in(PETRA).await;
    vec![
        serde_json::to_string(&practice.hub.accounts()).expect("accounts as JSON"),
        key.get(&format!("/partners/{partner}/clients")).await.expect(200).text,
        key.get(&format!("/partners/{partner}/channels")).await.expect(200).text,
        petra.get(&format!("/clients/{}/channels", practice.client(LINDNER))).await.expect(200).text,
        practice.hub.earlier_key(&practice.channel(HARBOUR, "Front desk")).expect("an earlier key"),
    ]
}

#[tokio::test]
async fn the_same_seed_makes_the_same_world() {
    for world in [WorldSize::Small, WorldSize::Large(700)] {
        let options = Options { world, seed: 7, ..Options::default() };
        assert_eq!(everything(options.clone()).await, everything(options).await);
    }
}

#[tokio::test]
async fn another_seed_makes_other_ids_for_the_same_names() {
    let (one, two) = (practise().await, practise_with(Options { seed: 2, ..Options::default() }).await);
    assert_ne!(one.client(HARBOUR), two.client(HARBOUR));
    assert_ne!(one.channel(HARBOUR, "Front desk"), two.channel(HARBOUR, "Front desk"));
    two.sign_in(MARIA).await.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn the_ids_of_the_first_seed_stay_the_same_from_release_to_release() {
    let practice = practise().await;
    let ids = [practice.hub.partner_id(), practice.client(HARBOUR), practice.channel(HARBOUR, "Front desk")];
    assert_eq!(ids, ["AAMOlyPA", "esceoufYCL", "lObYoACH"]);
}

#[tokio::test]
async fn a_large_world_keeps_the_people_and_channels_of_the_small_one() {
    let practice = practise_with(Options { world: WorldSize::Large(3), ..Options::default() }).await;
    let small = practise().await;
    assert_eq!(practice.channel(KIOSK, "Kiosk Yildiz"), small.channel(KIOSK, "Kiosk Yildiz"));
    assert_eq!(practice.hub.accounts(), small.hub.accounts());
    let path = format!("/partners/{}/channels?limit=1", practice.hub.partner_id());
    assert_eq!(practice.partner_key().get(&path).await.expect(200).json()["total"], 53);
}

#[test]
fn a_world_is_written_small_or_large_with_a_number() {
    assert_eq!(WorldSize::from_str("small"), Ok(WorldSize::Small));
    assert_eq!(WorldSize::from_str("large:10000"), Ok(WorldSize::Large(10_000)));
    assert_eq!(WorldSize::Large(10_000).to_string().parse(), Ok(WorldSize::Large(10_000)));
    for wrong in ["", "large", "large:", "large:-1", "large:2000000", "medium"] {
        assert!(WorldSize::from_str(wrong).is_err(), "{wrong}");
    }
}
