//! Changing the permission on 360dialog's own page: what comes back is a hint, and what the Hub says is what holds.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use channel_keys_core::app::{AfterPage, AskedNow, Away, Holds, PageSaid, ReturnRefused, Trouble};
use channel_keys_core::channel::{ChannelId, Permission};
use channel_keys_core::door::Door;
use channel_keys_core::fact::Fact;
use channel_keys_core::history::{Ended, What};
use channel_keys_core::hub::HubError;
use channel_keys_core::permission_page::NotAReturn;
use channel_keys_core::records::Realm;
use channel_keys_core::secret::Password;
use practice_hub::{Do, Fault};
use url::Url;

use crate::desk::*;
use crate::permission_page::Browser;

const SHARED: Fact<Permission> = Fact::Told(Permission::Shared);
const MISSING: Fact<Permission> = Fact::Told(Permission::Missing);
const LISBON: &str = "Events Lisbon";
const DOOR: &str = "http://127.0.0.1:47111/way-back";

/// A door that nobody knocks at: the stories carry the answer in themselves.
struct PaperDoor(Arc<AtomicBool>);

impl Door for PaperDoor {
    fn address(&self) -> Url {
        DOOR.parse().expect("an address")
    }
}

impl Drop for PaperDoor {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Somebody goes there, with a door; whether that is closed can be asked.
async fn visit(desk: &Desk, channel: Option<&ChannelId>) -> (Away, Arc<AtomicBool>) {
    let closed = Arc::new(AtomicBool::new(false));
    let door = Box::new(PaperDoor(closed.clone()));
    (desk.app.visit_page(channel, Some(door)).await.expect("somebody is at work"), closed)
}

fn carried(away: &Away) -> String {
    let link: Url = away.link.parse().expect("a link");
    let state = link.query_pairs().find(|(name, _)| name == "state").expect("it carries a state");
    state.1.into_owned()
}

/// The address that the page would come back to with such an answer.
fn back(desk: &Desk, away: &Away, given: &[&ChannelId], revoked: &[&ChannelId]) -> String {
    let list = |ids: &[&ChannelId]| ids.iter().map(|id| id.0.as_str()).collect::<Vec<_>>().join(",");
    let (client, state) = (desk.client_id(HARBOUR), carried(away));
    format!("{DOOR}?client={client}&channels=[{}]&revoked=[{}]&state={state}", list(given), list(revoked))
}

async fn after(desk: &Desk) -> AfterPage {
    desk.app.after_page().await.expect("the Hub is asked")
}

fn rows(after: &AfterPage) -> Vec<(&ChannelId, Fact<Permission>, Holds)> {
    after.rows.iter().map(|row| (&row.channel, row.now, row.holds)).collect()
}

#[tokio::test]
async fn what_was_saved_on_the_page_comes_back_is_asked_of_the_hub_and_is_then_certain() {
    // Given Maria, who goes to the page about her restaurant
    let desk = Desk::of_maria().await;
    let (restaurant, front_desk) = (desk.channel(RESTAURANT), desk.channel(FRONT_DESK));
    let (away, closed) = visit(&desk, Some(&restaurant)).await;
    assert_eq!((away.by_link, away.leads_back), (false, true));
    assert!(away.link.starts_with(&desk.hub.permission_page()), "{}", away.link);
    assert_eq!(desk.deeds(), [], "going there changes nothing");

    // When she signs in there, gives it, takes the front desk back, saves, and is sent back
    let mut browser = Browser::at(away.link.clone()).await;
    let answer = browser.gives(MARIA, &[&restaurant]).await;
    assert!(answer.starts_with(DOOR), "{answer}");
    let asked = desk.hub.counts();
    desk.app.come_back(&answer).expect("it is this visit's");

    // Then that alone changes nothing and asks nobody
    assert_eq!((desk.hub.counts(), desk.deeds()), (asked, vec![]));
    assert_eq!(desk.row(&restaurant).await.0.permission, MISSING);

    // and once the Hub was asked, both are certain, shown, and noted
    let told = after(&desk).await;
    assert_eq!((told.said.clone(), told.strangers.len()), (PageSaid::Told, 0));
    assert_eq!(told.asked, Ok(desk.app.channels().await.expect("read").read_at));
    let mut expected = [(&restaurant, SHARED, Holds::AsSaid), (&front_desk, MISSING, Holds::AsSaid)].to_vec();
    let mut found = rows(&told);
    expected.sort_unstable_by(|one, other| one.0.0.cmp(&other.0.0));
    found.sort_unstable_by(|one, other| one.0.0.cmp(&other.0.0));
    assert_eq!(found, expected);
    assert_eq!(desk.row(&restaurant).await.0.permission, SHARED);
    let mut deeds = desk.deeds();
    deeds.sort_by_key(|(what, _)| what.word());
    let done = [(What::PermissionGivenThere, Ended::Done), (What::PermissionRemovedThere, Ended::Done)];
    assert_eq!(deeds, done);

    // and asking again notes nothing twice, until the visit is over
    after(&desk).await;
    assert_eq!(desk.deeds().len(), 2);
    assert!(!closed.load(Ordering::SeqCst));
    desk.app.end_page_visit();
    assert!(closed.load(Ordering::SeqCst), "the door goes with the visit");
    assert_eq!(desk.app.after_page().await, Err(Trouble::NoPageVisit));
}

#[tokio::test]
async fn who_comes_back_by_hand_is_told_what_the_hub_says_otherwise_than_before() {
    // Given Maria on her way, without a door
    let desk = Desk::of_maria().await;
    let (restaurant, spa) = (desk.channel(RESTAURANT), desk.channel("Spa"));
    let away = desk.app.visit_page(Some(&spa), None).await.expect("she goes");
    assert!(!away.leads_back && !away.link.contains("redirect_url"), "{}", away.link);

    // When nothing happened there, then the number that it was about is told as it is
    let told = after(&desk).await;
    assert_eq!(told.said, PageSaid::Nothing);
    assert_eq!(rows(&told), [(&spa, MISSING, Holds::HubAlone)]);
    assert_eq!(told.not_told, 1, "Lisbon's");

    // When the restaurant is given there, then she reads so, by the Hub's word alone, and it is noted once
    let other = desk.another_program();
    other.sign_in(MARIA.0, &Password::new(MARIA.1.to_owned())).await.expect("she signs in");
    other.change_permission(&restaurant, Permission::Shared).await.expect("it is asked for");
    let told = after(&desk).await;
    assert!(rows(&told).contains(&(&restaurant, SHARED, Holds::Changed)), "{told:?}");
    after(&desk).await;
    assert_eq!(desk.deeds(), [(What::PermissionGivenThere, Ended::Done)]);
}

#[tokio::test]
async fn what_the_hub_does_not_tell_stays_uncertain_and_what_it_says_otherwise_wins() {
    // Given an answer that says of one number what the Hub does not tell, and of two what is not so
    let desk = Desk::of_maria().await;
    let (lisbon, spa, front_desk) = (desk.channel(LISBON), desk.channel("Spa"), desk.channel(FRONT_DESK));
    let (away, _) = visit(&desk, None).await;
    desk.app.come_back(&back(&desk, &away, &[&lisbon, &spa], &[&front_desk])).expect("it is taken");

    let told = after(&desk).await;

    let found = rows(&told);
    for row in [
        (&lisbon, Fact::NotTold, Holds::PageOnly),
        (&spa, MISSING, Holds::Otherwise),
        (&front_desk, SHARED, Holds::Otherwise),
    ] {
        assert!(found.contains(&row), "{row:?} in {found:?}");
    }
    assert_eq!(desk.deeds(), [], "nothing of it is certain");
    assert_eq!(desk.row(&lisbon).await.0.permission, Fact::NotTold);
    assert_eq!(desk.row(&spa).await.0.permission, MISSING);
}

#[tokio::test]
async fn a_number_that_the_page_names_as_given_and_as_removed_is_said_nothing_of() {
    let desk = Desk::of_maria().await;
    let (spa, lisbon) = (desk.channel("Spa"), desk.channel(LISBON));
    let (away, _) = visit(&desk, None).await;
    desk.app.come_back(&back(&desk, &away, &[&spa, &lisbon], &[&lisbon, &spa])).expect("it is taken");

    let told = after(&desk).await;

    let found = rows(&told);
    assert!(found.contains(&(&spa, MISSING, Holds::HubAlone)), "{found:?}");
    assert!(found.contains(&(&lisbon, Fact::NotTold, Holds::NotTold)), "{found:?}");
}

#[tokio::test]
async fn where_the_hub_can_t_be_asked_what_was_seen_before_is_no_answer() {
    let mut desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let (away, _) = visit(&desk, None).await;
    let answer = back(&desk, &away, &[&restaurant], &[]);
    desk.lose_the_hub().await;
    desk.app.come_back(&answer).expect("it is taken");

    let told = after(&desk).await;

    assert_eq!(rows(&told), [(&restaurant, Fact::NotTold, Holds::PageOnly)]);
    assert!(matches!(told.asked, Err(HubError::NotReached(_))), "{:?}", told.asked);
    assert_eq!(desk.deeds(), []);
}

#[tokio::test]
async fn an_address_without_this_visit_s_word_is_refused_and_so_is_a_second_one() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    assert_eq!(desk.app.come_back(DOOR), Err(ReturnRefused::NoVisit));
    let (earlier, first) = visit(&desk, None).await;
    let (away, _) = visit(&desk, None).await;
    assert!(first.load(Ordering::SeqCst), "one visit at a time");
    assert_ne!(carried(&earlier), carried(&away));
    let good = back(&desk, &away, &[&restaurant], &[]);

    let without = good.split("&state=").next().expect("its beginning");
    for (answer, why) in [
        (without.to_owned(), ReturnRefused::NoState),
        (format!("{without}&state="), ReturnRefused::NoState),
        (format!("{without}&state=guessed"), ReturnRefused::OtherState),
        (format!("{good}x"), ReturnRefused::OtherState),
        (back(&desk, &earlier, &[&restaurant], &[]), ReturnRefused::OtherState),
        (format!("{good}&state={}", carried(&away)), ReturnRefused::NotAReturn(NotAReturn::Twice)),
        ("it worked".to_owned(), ReturnRefused::NotAReturn(NotAReturn::OddCharacters)),
        (String::new(), ReturnRefused::NotAReturn(NotAReturn::Empty)),
    ] {
        assert_eq!(desk.app.come_back(&answer), Err(why), "{answer}");
    }
    assert_eq!(after(&desk).await.said, PageSaid::Nothing, "none of them counts");

    assert_eq!(desk.app.come_back(&good), Ok(()));
    assert_eq!(desk.app.come_back(&good), Err(ReturnRefused::Answered));
}

#[tokio::test]
async fn what_is_not_this_client_s_is_named_and_not_believed() {
    // Given an answer that names a channel of another client's, and one that is nobody's
    let desk = Desk::of_maria().await;
    let theirs = desk.channel_of(KIOSK, KIOSK);
    let (nobodys, spa) = (ChannelId("nobodysCH".into()), desk.channel("Spa"));
    let (away, _) = visit(&desk, None).await;
    desk.app.come_back(&back(&desk, &away, &[&theirs, &nobodys, &spa], &[])).expect("it is taken");
    let told = after(&desk).await;
    let mut strangers = [theirs, nobodys].to_vec();
    strangers.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(told.strangers, strangers);
    assert_eq!(rows(&told), [(&spa, MISSING, Holds::Otherwise)]);

    // Given one for another client altogether, then none of its channels is looked at
    let (away, _) = visit(&desk, None).await;
    let other = desk.client_id(KIOSK);
    let answer = format!("{DOOR}?client={other}&channels=[{spa}]&state={}", carried(&away));
    desk.app.come_back(&answer).expect("it is taken");
    let told = after(&desk).await;
    assert_eq!(
        (told.said.clone(), told.rows, told.strangers),
        (PageSaid::OtherClient(other), vec![], vec![])
    );
    assert_eq!(desk.deeds(), []);
}

#[tokio::test]
async fn what_can_t_be_read_answers_the_visit_and_nothing_of_it_is_believed() {
    let desk = Desk::of_maria().await;
    let many: Vec<String> = (0..10_000).map(|at| format!("c{at}CH")).collect();
    for (what, why) in [
        (format!("channels=[{}]", many.join(",")), NotAReturn::TooLong),
        (format!("channels=[{}]", many[..501].join(",")), NotAReturn::TooMany),
        ("channels=aCH".to_owned(), NotAReturn::OddList),
        ("channels=[../x]".to_owned(), NotAReturn::OddId),
        ("client=x%00CL".to_owned(), NotAReturn::OddCharacters),
        ("client=x%1b[31mCL".to_owned(), NotAReturn::OddCharacters),
        ("client=xCL&client=yCL".to_owned(), NotAReturn::Twice),
        ("lang=de".to_owned(), NotAReturn::NothingInIt),
    ] {
        let (away, _) = visit(&desk, None).await;
        let answer = format!("{DOOR}?{what}&state={}", carried(&away));
        assert_eq!(desk.app.come_back(&answer), Ok(()), "{what:.60}");
        let told = after(&desk).await;
        assert_eq!((told.said, told.rows, told.strangers), (PageSaid::Unreadable(why), vec![], vec![]));
    }
    let (away, _) = visit(&desk, None).await;
    let endless = format!("{DOOR}?{}&state={}", "a".repeat(1 << 20), carried(&away));
    assert_eq!(desk.app.come_back(&endless), Err(ReturnRefused::NotAReturn(NotAReturn::TooLong)));
    assert_eq!(desk.deeds(), []);
}

#[tokio::test]
async fn no_visit_is_made_up_where_the_partner_is_not_told_unless_a_link_names_one() {
    // Given a Hub that does not say who the partner is
    let desk = Desk::of_maria().await;
    desk.spoil(Fault::new(CLIENT, Do::Refuse));
    let closed = Arc::new(AtomicBool::new(false));
    let going = desk.app.visit_page(None, Some(Box::new(PaperDoor(closed.clone()))));
    assert_eq!(going.await, Err(Trouble::PartnerNotTold));
    assert!(closed.load(Ordering::SeqCst), "no door stays open");
    assert_eq!(desk.app.page_visit(), None);

    // When she looks at a link of her partner's, then it is that page, and it is said where that comes from
    let link = format!("https://hub.360dialog.com/dashboard/app/{}/permissions", desk.hub.partner_id());
    assert!(matches!(desk.app.read_request(&link).await, Ok(AskedNow::Asks(_))));
    let (away, _) = visit(&desk, None).await;
    assert_eq!((away.partner.0.clone(), away.by_link), (desk.hub.partner_id(), true));

    // Given a client without a partner, nobody at work, or a number that is none of theirs
    let desk = Desk::of(RUI).await;
    assert_eq!(desk.app.visit_page(None, None).await, Err(Trouble::NoPartner));
    let desk = Desk::set().await;
    assert_eq!(desk.app.visit_page(None, None).await, Err(Trouble::NotSignedIn));
    let desk = Desk::of_maria().await;
    let theirs = desk.channel_of(KIOSK, KIOSK);
    assert_eq!(desk.app.visit_page(Some(&theirs), None).await, Err(Trouble::NoSuchChannel));
}

#[tokio::test]
async fn with_the_real_hub_the_link_leads_to_360dialog_and_names_the_number() {
    let desk = Desk::set().await;
    desk.app.turn_to(desk.route(Realm::Real)).expect("nobody is at work");
    desk.sign_in(MARIA).await;
    let restaurant = desk.channel(RESTAURANT);

    let (away, _) = visit(&desk, Some(&restaurant)).await;

    let link: Url = away.link.parse().expect("a link");
    assert_eq!(link.origin().ascii_serialization(), "https://hub.360dialog.com");
    assert_eq!(link.path(), format!("/dashboard/app/{}/permissions", desk.hub.partner_id()));
    let said: Vec<(String, String)> = link.query_pairs().into_owned().collect();
    let number = desk.row(&restaurant).await.0.number.told().cloned().expect("told");
    assert!(said.contains(&("number".into(), format!("+{}", number.trim_start_matches('+')))), "{said:?}");
    assert!(said.contains(&("redirect_url".into(), DOOR.into())), "{said:?}");
    assert_eq!(said.len(), 3, "and the state, and nothing else: {said:?}");
}

#[tokio::test]
async fn the_door_is_closed_by_whatever_ends_the_session() {
    for end in ["lock", "sign out", "another client", "another world"] {
        let desk = Desk::of(if end == "another client" { SAM } else { MARIA }).await;
        if end == "another client" {
            desk.app.choose_client(&desk.client_id("Sam's Bikes")).expect("hers");
        }
        let (away, closed) = visit(&desk, None).await;

        match end {
            "lock" => desk.app.lock(),
            "sign out" => desk.app.sign_out().expect("nothing is in the way"),
            "another client" => {
                desk.app.choose_client(&desk.client_id("Sam's Coffee")).expect("hers");
            }
            _ => desk.app.turn_to(desk.route(Realm::Real)).expect("nothing is in the way"),
        }

        assert!(closed.load(Ordering::SeqCst), "{end}");
        let answer = format!("{DOOR}?channels=[]&state={}", carried(&away));
        assert_eq!(desk.app.come_back(&answer), Err(ReturnRefused::NoVisit), "{end}");
    }
}

#[tokio::test]
async fn a_session_that_ends_meanwhile_is_asked_for_and_the_answer_is_still_there() {
    let desk = Desk::of_maria().await;
    let restaurant = desk.channel(RESTAURANT);
    let (away, closed) = visit(&desk, None).await;
    let answer = Browser::at(away.link.clone()).await.gives(MARIA, &[&restaurant]).await;
    desk.app.come_back(&answer).expect("it is taken");
    desk.spoil(Fault::new(CLIENT, Do::ExpireToken).nth(1));

    assert_eq!(desk.app.after_page().await, Err(Trouble::Hub(HubError::SessionEnded)));
    desk.app.sign_in_again(&Password::new(MARIA.1.to_owned())).await.expect("the password is right");

    let told = after(&desk).await;
    assert!(rows(&told).contains(&(&restaurant, SHARED, Holds::AsSaid)), "{told:?}");
    assert!(!closed.load(Ordering::SeqCst));
}

#[tokio::test]
async fn what_became_certain_is_told_to_the_partner_who_asked_for_it() {
    // Given a request that is looked at, and an answer from the page that is true of one number alone
    let desk = Desk::of_maria().await;
    let (restaurant, spa) = (desk.channel(RESTAURANT), desk.channel("Spa"));
    let partner = desk.hub.partner_id();
    let link =
        format!("https://hub.360dialog.com/dashboard/app/{partner}?redirect_url=https://x.example/back");
    desk.app.read_request(&link).await.expect("it is read");
    let (away, _) = visit(&desk, None).await;
    Browser::at(away.link.clone()).await.gives(MARIA, &[&restaurant]).await;
    desk.app.come_back(&back(&desk, &away, &[&restaurant, &spa], &[])).expect("it is taken");

    after(&desk).await;

    let AskedNow::Asks(asks) = desk.app.request().await.expect("she is at work") else {
        panic!("it is gone")
    };
    assert_eq!(asks.given, [restaurant]);
}
