//! Asking a client for the permission, and what comes back.

use channel_keys_core::channel::{ChannelId, ClientId};
use channel_keys_core::desk::{Answers, Mentioned};
use channel_keys_core::fact::Fact;
use channel_keys_core::permission_page::{Form, Returned, return_address};

use crate::paper::*;

const WELCOME: &str = "https://www.blue-anchor.example/welcome";

fn id(channel: &str) -> ChannelId {
    ChannelId(channel.into())
}

fn came_back(query: &str) -> Returned {
    Returned::read(&format!("{WELCOME}?{query}")).expect("it reads")
}

fn names(list: &Fact<Vec<Mentioned>>) -> Option<Vec<(&str, bool, Fact<bool>)>> {
    let each = |it: &'_ Mentioned| (it.line.is_some(), it.is_theirs);
    list.told().map(|list| list.iter().map(|it| (it.id.0.as_str(), each(it).0, each(it).1)).collect())
}

#[tokio::test]
async fn a_link_carries_number_name_address_and_a_word_that_is_always_the_same_for_a_channel() {
    let bench = Bench::usual().read().await;
    let return_to = return_address(WELCOME).ok();

    let ask = bench.desk.ask_for(&id("a1CH"), return_to.clone()).expect("it is on the board");
    let again = bench.desk.ask_for(&id("a1CH"), None).expect("it is on the board");
    let other = bench.desk.ask_for(&id("a2CH"), None).expect("it is on the board");

    assert_eq!(
        (ask.number.as_deref(), ask.name.as_deref()),
        (Some("493055570188"), Some("Harbour Hotel GmbH"))
    );
    assert_eq!(ask.email.as_deref(), Some("office@h1cl.example"));
    assert_eq!(ask.return_to, return_to);
    assert_eq!(ask.state, again.state);
    assert_ne!(ask.state, other.state);
    assert!(ask.state.len() >= 32, "nobody guesses it");
    assert!(
        ask.link(Form::Older).starts_with("https://hub.360dialog.com/dashboard/app/pT77xPA/permissions?")
    );
    assert_eq!(bench.desk.ask_for(&id("nosuchCH"), None), None);
    assert!(lock(&bench.hub.asked).is_empty(), "and nobody was asked for it");
}

#[tokio::test]
async fn an_answer_is_recognised_by_its_word_and_put_beside_what_the_board_knows() {
    let bench = Bench::usual().read().await;
    let word = bench.desk.ask_for(&id("a1CH"), None).expect("on the board").state;
    let asked_at = bench.time();

    let told = came_back(&format!("client=H1CL&channels=[a1CH,b1CH,goneCH]&revoked=[a2CH]&state={word}"));
    let explained = bench.desk.explain(&told);

    assert_eq!(explained.client, Fact::Told(ClientId("H1CL".into())));
    assert_eq!(explained.client_name.as_deref(), Some("Harbour Hotel GmbH"));
    assert_eq!(
        names(&explained.given),
        Some(vec![
            ("a1CH", true, Fact::Told(true)),
            ("b1CH", true, Fact::Told(false)),
            ("goneCH", false, Fact::NotTold),
        ])
    );
    assert_eq!(names(&explained.revoked), Some(vec![("a2CH", true, Fact::Told(true))]));
    let same_client = Fact::Told(true);
    assert_eq!(explained.asked, Answers::AskedHere { channel: id("a1CH"), at: asked_at, same_client });
}

#[tokio::test]
async fn an_answer_of_somebody_else_or_with_another_word_is_told_as_such() {
    let bench = Bench::usual().read().await;
    let word = bench.desk.ask_for(&id("a1CH"), None).expect("on the board").state;

    let other_client = bench.desk.explain(&came_back(&format!("client=B2CL&channels=[]&state={word}")));
    let Answers::AskedHere { same_client, .. } = other_client.asked else { panic!("{other_client:?}") };
    assert_eq!(same_client, Fact::Told(false));
    assert_eq!(names(&other_client.given), Some(Vec::new()), "none given");

    let not_here = bench.desk.explain(&came_back("client=nobodyCL&channels=[a1CH]&state=s1"));
    assert_eq!((&not_here.asked, not_here.client_on_board), (&Answers::NotAskedHere, false));
    let silent = bench.desk.explain(&came_back("client=H1CL"));
    assert_eq!((&silent.asked, &silent.given), (&Answers::SaysNothing, &Fact::NotTold));
}

#[tokio::test]
async fn an_address_changes_nothing_on_the_board_until_the_hub_was_asked_again() {
    let bench = Bench::usual().read().await;
    bench.desk.check().await;
    bench.hub.shares("H1CL", &["a1CH"]);

    bench.desk.explain(&came_back("client=H1CL&channels=[a1CH,a2CH]"));
    assert!(bench.missing().contains(&"a1CH".to_owned()), "it is a hint");
    bench.desk.check_again(vec![ClientId("H1CL".into())]).await;

    assert!(!bench.missing().contains(&"a1CH".to_owned()));
    assert!(bench.missing().contains(&"a2CH".to_owned()), "what the Hub says counts");
}
