//! A partner's request: it is read before anything happens, asks whoever it is for, and is answered with what the Hub said.

use channel_keys_core::app::{AskedNow, Asker, Asks, Led, Trouble, WaitsFor};
use channel_keys_core::channel::{ChannelId, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::link::{Link, Refused};
use channel_keys_core::permission_page::{BadReturn, BadReturnAddress, RequestRefused};
use channel_keys_core::records::Realm;
use practice_hub::{Do, Fault};
use time::Duration;

use crate::desk::*;

const WELCOME: &str = "https://www.blue-anchor.example/welcome";

/// A link of 360dialog's permission page, as this partner would send it.
fn page_of(partner: &str, query: &str) -> String {
    format!("https://hub.360dialog.com/dashboard/app/{partner}/permissions?{query}")
}

/// A link that Blue Anchor sends.
fn blue_anchor_s(desk: &Desk, query: &str) -> String {
    page_of(&desk.hub.partner_id(), query)
}

fn asks(now: AskedNow) -> Asks {
    match now {
        AskedNow::Asks(asks) => *asks,
        other => panic!("nothing is asked: {other:?}"),
    }
}

async fn pasted(desk: &Desk, link: &str) -> AskedNow {
    desk.app.read_request(link).await.expect("somebody is at work")
}

async fn now(desk: &Desk) -> AskedNow {
    desk.app.request().await.expect("somebody is at work")
}

async fn change(desk: &Desk, id: &ChannelId, to: Permission) {
    desk.app.change_permission(id, to).await.expect("it is asked for");
}

async fn digits(desk: &Desk, id: &ChannelId) -> String {
    desk.row(id).await.0.number.told().cloned().expect("its number is told")
}

#[tokio::test]
async fn a_request_says_who_asks_for_which_numbers_and_where_the_answer_goes_and_changes_nothing() {
    // Given Maria, whose partner is Blue Anchor
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let number = digits(&desk, &restaurant).await;
    let (asked, done) = (desk.hub.counts(), desk.deeds());

    // When she pastes its link, with a `+` that nobody encoded
    let link = blue_anchor_s(&desk, &format!("number=+{number}&state=s1&redirect_url={WELCOME}"));
    let asks = asks(pasted(&desk, &link).await);

    // Then she is told so, and nothing was asked of the Hub
    assert!(
        matches!(&asks.asker, Asker::Theirs(partner) if partner.name == Fact::Told("Blue Anchor".into()))
    );
    assert!(asks.can_go_on());
    let [asked_for] = asks.numbers.as_slice() else { panic!("{:?}", asks.numbers) };
    assert_eq!((&asked_for.digits, &asked_for.channel), (&number, &Some(restaurant)));
    assert_eq!(asks.request.return_to().map(|url| url.as_str()), Some(WELCOME));
    assert_eq!(asks.answer, None, "there is nothing to tell");
    assert_eq!((desk.hub.counts(), desk.deeds()), (asked, done));
}

#[tokio::test]
async fn what_was_given_and_removed_is_told_back_in_the_form_of_360dialog_s_page() {
    // Given a request for all numbers
    let desk = Desk::of_maria().await;
    let (restaurant, front_desk) = (desk.channel(RESTAURANT), desk.channel(FRONT_DESK));
    let link = blue_anchor_s(&desk, &format!("state=a%26b&redirect_url={WELCOME}"));
    assert!(asks(pasted(&desk, &link).await).numbers.is_empty());

    // When she gives one and removes another
    change(&desk, &restaurant, Permission::Shared).await;
    change(&desk, &front_desk, Permission::Missing).await;

    // Then that is what the partner is told
    let done = asks(now(&desk).await);
    assert_eq!((done.given, done.revoked), (vec![restaurant.clone()], vec![front_desk.clone()]));
    let client = desk.client_id(HARBOUR);
    let expected =
        format!("{WELCOME}?client={client}&channels=[{restaurant}]&revoked=[{front_desk}]&state=a%26b");
    assert_eq!(done.answer.map(String::from), Some(expected));

    // and the last word on a number counts
    change(&desk, &restaurant, Permission::Missing).await;
    let done = asks(now(&desk).await);
    assert_eq!((done.given, done.revoked), (vec![], vec![front_desk, restaurant]));
}

#[tokio::test]
async fn what_the_hub_refused_or_did_not_say_is_not_told_back() {
    let desk = Desk::of_maria().await;
    let (restaurant, spa) = (desk.channel(RESTAURANT), desk.channel("Spa"));
    let link = blue_anchor_s(&desk, &format!("redirect_url={WELCOME}"));
    asks(pasted(&desk, &link).await);

    desk.spoil(Fault::new(GIVE, Do::Refuse));
    change(&desk, &restaurant, Permission::Shared).await;
    desk.mend_hub();
    desk.odd.say_that_holds(Fact::Told(Permission::Missing));
    change(&desk, &spa, Permission::Shared).await;

    let done = asks(now(&desk).await);
    assert_eq!((done.given, done.revoked, done.answer), (vec![], vec![], None));
}

#[tokio::test]
async fn a_request_of_another_partner_or_of_any_where_there_is_none_goes_no_further() {
    let desk = Desk::of_maria().await;
    let another = asks(pasted(&desk, &page_of("oTh3rPA", &format!("redirect_url={WELCOME}"))).await);
    assert!(matches!(&another.asker, Asker::Another(partner) if partner.id.0 == desk.hub.partner_id()));
    assert!(!another.can_go_on());

    // What she does then is no answer to it
    change(&desk, &desk.channel(RESTAURANT), Permission::Shared).await;
    assert_eq!(asks(now(&desk).await).answer, None);

    let desk = Desk::of(RUI).await;
    let link = blue_anchor_s(&desk, "");
    let none = asks(pasted(&desk, &link).await);
    assert_eq!((none.can_go_on(), none.asker), (false, Asker::NoPartner));
}

#[tokio::test]
async fn where_the_hub_does_not_say_who_the_partner_is_that_is_not_told_and_stops_nobody() {
    let desk = Desk::of_maria().await;
    desk.spoil(Fault::new(CLIENT, Do::Refuse));

    let asks = asks(pasted(&desk, &blue_anchor_s(&desk, "")).await);

    assert_eq!((asks.can_go_on(), asks.asker), (true, Asker::NotTold));
}

#[tokio::test]
async fn somebody_else_s_number_is_none_of_hers_and_one_that_is_not_told_may_be() {
    let desk = Desk::of_maria().await;
    let kiosk = {
        let other = Desk::of(AYSE).await;
        digits(&other, &other.channel_of(KIOSK, KIOSK)).await
    };

    let asks = asks(pasted(&desk, &blue_anchor_s(&desk, &format!("number=%2B{kiosk}"))).await);

    assert_eq!(asks.numbers.iter().map(|it| it.channel.clone()).collect::<Vec<_>>(), [None]);
    assert_eq!(asks.not_told, 0);
    // and none of it can be changed: her own list alone is asked about
    let theirs = desk.channel_of(KIOSK, KIOSK);
    let refused = desk.app.change_permission(&theirs, Permission::Shared).await;
    assert_eq!(refused.err(), Some(Trouble::NoSuchChannel));
}

#[tokio::test]
async fn what_is_no_request_is_refused_and_leaves_no_earlier_one() {
    let desk = Desk::of_maria().await;
    asks(pasted(&desk, &blue_anchor_s(&desk, "")).await);

    let refused = pasted(&desk, "https://hub.360dialog.com.evil.example/dashboard/app/pT77xPA").await;

    let named = RequestRefused::LookAlike("hub.360dialog.com.evil.example".into());
    assert_eq!(refused, AskedNow::Refused(named));
    assert_eq!(now(&desk).await, AskedNow::Nothing);
}

#[tokio::test]
async fn an_answer_over_an_open_line_goes_to_this_computer_in_practice_alone() {
    let desk = Desk::of_maria().await;
    let link = blue_anchor_s(&desk, "redirect_url=http://127.0.0.1:4321/back");
    assert!(asks(pasted(&desk, &link).await).request.returns_here());

    let real = Desk::set().await;
    real.app.turn_to(real.route(Realm::Real)).expect("nothing is in the way");
    real.sign_in(MARIA).await;
    let refused = RequestRefused::Return(BadReturn::Address(BadReturnAddress::NotHttps));
    assert_eq!(pasted(&real, &link).await, AskedNow::Refused(refused.clone()));
    real.app.take_link(Link::read(&format!(
        "channel-keys://permission?partner={}&redirect_url=http://127.0.0.1:4321/back",
        real.hub.partner_id()
    )));
    assert_eq!(now(&real).await, AskedNow::Refused(refused));
}

#[tokio::test]
async fn a_link_that_asks_waits_for_a_client_to_sign_in_and_is_read_once() {
    // Given nobody
    let desk = Desk::set().await;
    let link = format!("channel-keys://permission?partner={}&redirect_url={WELCOME}", desk.hub.partner_id());
    desk.app.take_link(Link::read(&link));
    let Led::Waits { channel: None, what_for: WaitsFor::SignIn, .. } = desk.app.led() else {
        panic!("it does not wait: {:?}", desk.app.led());
    };
    assert_eq!(desk.app.request().await, Err(Trouble::NotSignedIn));

    // When Maria signs in
    desk.sign_in(MARIA).await;
    assert_eq!(desk.app.led(), Led::Asks);

    // Then it is hers to read, and comes no second time
    assert!(matches!(asks(now(&desk).await).asker, Asker::Theirs(_)));
    assert_eq!(desk.app.led(), Led::Nowhere);
    assert!(matches!(now(&desk).await, AskedNow::Asks(_)), "she looks at it still");
    desk.app.put_request_away();
    assert_eq!(now(&desk).await, AskedNow::Nothing);
}

#[tokio::test]
async fn a_link_that_asks_is_dropped_in_time_and_leads_nowhere_at_the_support_desk() {
    let desk = Desk::of_maria().await;
    let link = format!("channel-keys://permission?partner={}", desk.hub.partner_id());
    desk.app.take_link(Link::read(&link));
    desk.clock.forward(Duration::hours(1));
    assert_eq!(desk.app.led(), Led::Nowhere);
    assert_eq!(now(&desk).await, AskedNow::Nothing);

    let desk = Desk::of(JO).await;
    desk.app.take_link(Link::read(&link));
    assert_eq!(desk.app.led(), Led::AsksClients);
    desk.app.take_link(Link::read("channel-keys://permission?redirect_url=http://x.example/"));
    assert_eq!(desk.app.led(), Led::Refused(Refused::OddRequest));
}

#[tokio::test]
async fn a_request_ends_with_the_session_of_who_looked_at_it() {
    let desk = Desk::of_maria().await;
    let link = blue_anchor_s(&desk, &format!("redirect_url={WELCOME}"));
    asks(pasted(&desk, &link).await);
    change(&desk, &desk.channel(RESTAURANT), Permission::Shared).await;

    desk.app.sign_out().expect("nothing is in the way");
    desk.sign_in(JONAS).await;

    assert_eq!(now(&desk).await, AskedNow::Nothing);
}
