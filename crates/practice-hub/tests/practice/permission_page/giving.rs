//! Giving the permission and taking it back.

use std::fs;
use std::time::{Duration, Instant};

use practice_hub::{Do, Fault, Options};

use super::browser::*;
use crate::support::*;

const SAVE: &str = "POST /dashboard/app/*/permissions";

#[tokio::test]
async fn when_some_numbers_are_ticked_then_those_are_given_and_the_api_tells_the_same() {
    let practice = practise().await;
    let front_desk = practice.channel(HARBOUR, "Front desk");
    let events = practice.channel(HARBOUR, "Events Lisbon");
    let mut browser = Browser::signed_in(&practice, "state=s1", MARIA).await;
    assert_eq!(browser.ticked(), [front_desk.as_str()], "what is shared already");
    browser.save(&[&front_desk, &events]).await;
    let told = browser.told();
    assert_eq!(told["client"], practice.client(HARBOUR));
    assert_eq!(told["channels"], format!("[{events}]"), "of this visit alone");
    assert_eq!((told.get("revoked"), &*told["state"]), (None, "s1"));

    let mut now = shared(&practice, HARBOUR).await;
    let mut expected = [front_desk, events.clone()];
    now.sort();
    expected.sort();
    assert_eq!(now, expected);
    let maria = practice.sign_in(MARIA).await;
    let permissions =
        maria.get(&format!("/clients/{}/partner_permissions", practice.client(HARBOUR))).await.json();
    let is_events = |row: &&serde_json::Value| row["channel_id"] == *events;
    let row = permissions.as_array().expect("a list").iter().find(is_events).expect("told by now").clone();
    assert_eq!(row["shared"], true);
    browser.load().await;
    assert_eq!(browser.ticked().len(), 2, "the page tells it too");
}

#[tokio::test]
async fn when_all_is_chosen_then_every_number_is_given_whatever_is_ticked() {
    let practice = practise().await;
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    let shown = browser.hidden("shared");
    browser.press("save", &[("which", "all"), ("shared", &shown[0])]).await;
    let told = browser.told();
    assert_eq!(told["channels"].split(',').count(), 3);
    assert_eq!(told.get("revoked"), None);
    assert_eq!(shared(&practice, HARBOUR).await.len(), 4);
    let jo = practice.sign_in(JO).await;
    let path = practice.partner_channel(HARBOUR, "Restaurant bookings");
    jo.post(&format!("{path}/api_keys")).await.expect(201);
}

#[tokio::test]
async fn when_a_tick_is_taken_away_then_the_permission_is_taken_back_and_told_as_revoked() {
    let practice = practise().await;
    let front_desk = practice.channel(HARBOUR, "Front desk");
    let spa = practice.channel(HARBOUR, "Spa");
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    browser.save(&[&spa]).await;
    let told = browser.told();
    assert_eq!((&*told["channels"], &*told["revoked"]), (&*format!("[{spa}]"), &*format!("[{front_desk}]")));
    assert_eq!(shared(&practice, HARBOUR).await, [spa]);
}

#[tokio::test]
async fn when_nothing_is_changed_then_the_answer_is_an_empty_list() {
    let practice = practise().await;
    let front_desk = practice.channel(HARBOUR, "Front desk");
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    browser.save(&[&front_desk]).await;
    assert!(browser.goes_to().ends_with("&channels=[]"), "{}", browser.goes_to());
}

#[tokio::test]
async fn given_a_permission_that_changed_elsewhere_then_what_nobody_saw_as_given_is_not_taken_back() {
    let practice = practise().await;
    let front_desk = practice.channel(HARBOUR, "Front desk");
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    let maria = practice.sign_in(MARIA).await;
    maria.put(&format!("{}/partner_permission", practice.client_channel(HARBOUR, "Spa"))).await.expect(200);
    browser.save(&[&front_desk]).await;
    assert!(browser.goes_to().ends_with("&channels=[]"), "{}", browser.goes_to());
    assert_eq!(shared(&practice, HARBOUR).await.len(), 2);
}

#[tokio::test]
async fn given_a_number_that_the_hub_does_not_let_go_then_it_says_so_there_and_nothing_changes() {
    let practice = practise().await;
    let mut browser = Browser::signed_in(&practice, "", LUCIA).await;
    let lab = practice.channel(AURORA, "Laboratorio");
    browser.save(&[&lab]).await;
    browser.shows(
        403,
        &["nothing was changed", "Citas, +34915550131 – given. <strong>The Hub refuses: Ask your partner"],
    );
    assert_eq!(browser.ticked(), [lab.as_str()], "as it was filled in");
    assert_eq!(shared(&practice, AURORA).await.len(), 2);
    let citas = practice.channel(AURORA, "Citas");
    browser.save(&[&citas, &lab]).await;
    assert_eq!(browser.told()["revoked"], format!("[{}]", practice.channel(AURORA, "Urgencias")));
}

#[tokio::test]
async fn the_number_that_the_link_asks_for_is_named_first_and_not_ticked() {
    let practice = practise().await;
    let restaurant = practice.channel(HARBOUR, "Restaurant bookings");
    for query in ["number=+49+30+5557+0188", "number=%2B493055570188", "number=493055570188&number=1"] {
        let browser = Browser::signed_in(&practice, query, MARIA).await;
        browser.shows(
            200,
            &["Blue Anchor asks for +493055570188", "Restaurant bookings, +493055570188 – Blue Anchor asks"],
        );
        assert!(!browser.ticked().contains(&restaurant));
        let (named, front_desk) =
            (browser.page.text.find("Restaurant bookings"), browser.page.text.find("Front desk"));
        assert!(named < front_desk);
    }
    let browser = Browser::signed_in(&practice, "number=34915550131", MARIA).await;
    browser.shows(200, &["The link asks for +34915550131, which is no number of yours here."]);
}

#[tokio::test]
async fn given_numbers_of_which_the_hub_tells_little_then_they_stand_by_their_id() {
    let practice = practise().await;
    let browser = Browser::signed_in(&practice, "", PETRA).await;
    let nameless = practice.channel(LINDNER, "Badmöbel");
    browser.shows(
        200,
        &[
            &format!(">{nameless}</label>"),
            "for all numbers (40)",
            "Küchen Düsseldorf, +4921155570100 – given – not live",
        ],
    );
    assert!(!browser.page.text.contains("Badmöbel"));
}

#[tokio::test]
async fn given_a_number_of_somebody_else_then_nothing_changes() {
    let practice = practise().await;
    let (spa, citas) = (practice.channel(HARBOUR, "Spa"), practice.channel(AURORA, "Citas"));
    for fields in [[("channel", &*spa), ("channel", &*citas)], [("channel", &*spa), ("shared", &*citas)]] {
        let mut browser = Browser::signed_in(&practice, "", MARIA).await;
        browser.press("save", &[&[("which", "some")], &fields[..]].concat()).await;
        browser.shows(404, &["none of this client&#39;s. Nothing was changed."]);
    }
    assert_eq!((shared(&practice, HARBOUR).await.len(), shared(&practice, AURORA).await.len()), (1, 2));
}

#[tokio::test]
async fn what_was_given_here_lasts_and_what_can_not_be_saved_does_not_happen() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).expect("a folder");
    let options = || Options { state: Some(inner.join("practice.json")), ..Options::default() };
    let practice = practise_with(options()).await;
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    fs::rename(&inner, folder.path().join("elsewhere")).expect("moved");
    browser.press("save", &[("which", "all")]).await;
    browser.shows(500, &["The practice Hub can&#39;t save this"]);
    assert_eq!(shared(&practice, HARBOUR).await.len(), 1);
    fs::rename(folder.path().join("elsewhere"), &inner).expect("moved back");
    browser.press("save", &[("which", "all")]).await;
    assert_eq!(browser.page.status, 303);
    practice.hub.stop().await;
    let practice = practise_with(options()).await;
    assert_eq!(shared(&practice, HARBOUR).await.len(), 4);
}

#[tokio::test]
async fn given_a_slow_hub_when_saving_then_the_change_is_made_and_the_way_back_comes_later() {
    let practice = practise().await;
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    practice.hub.set_faults(vec![Fault::new(SAVE, Do::Delay).ms(120)]);
    let start = Instant::now();
    browser.press("save", &[("which", "all")]).await;
    assert!(start.elapsed() >= Duration::from_millis(120));
    assert_eq!(browser.told()["channels"].split(',').count(), 3);
}

#[tokio::test]
async fn given_a_hub_in_trouble_then_the_page_says_so_in_words_and_sends_nobody_away() {
    let practice = practise().await;
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    for (fault, status, words, count) in [
        (Fault::new(SAVE, Do::Refuse), 403, "The Hub answered 403: Forbidden.", 1),
        (Fault::new(SAVE, Do::Status).status(503), 503, "The Hub answered 503: Service Unavailable.", 1),
        (Fault::new(SAVE, Do::Status).status(502).after_commit(), 502, "Open the link once more", 4),
        (Fault::new(SAVE, Do::ExpireToken), 401, "The token is expired or invalid", 4),
    ] {
        practice.hub.set_faults(vec![fault]);
        browser.press("save", &[("which", "all")]).await;
        browser.shows(status, &[words, "<h1>The Hub does not do this now</h1>"]);
        assert_eq!(shared(&practice, HARBOUR).await.len(), count);
        browser.load().await;
    }
    browser.shows(200, &["<h1>Sign in to the Hub</h1>"]);
}
