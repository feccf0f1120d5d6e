//! What a diagnosis rests on.

use std::time::Duration;

use channel_keys_core::channel::{ChannelId, HubStatus, Status};
use channel_keys_core::desk::{Call, Case, Mishap};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, Quote};

use crate::paper::{Bench, channel, client, lock};

impl Bench {
    fn case(&self, id: &str) -> Case {
        self.desk.case(&ChannelId(id.into())).expect("it is on the board")
    }
}

fn refused() -> HubError {
    HubError::Refused { status: 403, said: Quote::from_text("Forbidden for pT77xPA") }
}

#[tokio::test]
async fn a_call_that_failed_is_told_of_the_channels_of_its_client_and_of_no_other() {
    let bench = Bench::usual().read().await;
    bench.hub.refuses("H1CL", [refused(), refused()]);
    bench.desk.check().await;
    bench.clock.forward(Duration::from_secs(60));
    bench.desk.check_again(vec![channel_keys_core::channel::ClientId("H1CL".into())]).await;

    let case = bench.case("a1CH");
    let Mishap { call, error, first, last, in_a_row, over, .. } = &case.mishaps[0];
    assert_eq!((*call, error, *in_a_row, *over), (Call::Shared, &refused(), 2, false));
    assert_eq!(*last - *first, Duration::from_secs(60));
    assert_eq!(call.path(), "/partners/{partner}/clients/{client}/shared_client_numbers");
    assert_eq!(bench.case("b1CH").mishaps, []);
}

#[tokio::test]
async fn a_list_that_could_not_be_read_is_told_of_every_channel_and_that_it_is_over() {
    let bench = Bench::usual().read().await;
    let storm = HubError::TooMany { wait: Some(Duration::from_secs(7)), said: None };
    lock(&bench.hub.pieces).push_back(Err(storm.clone()));
    let bench = bench.read().await;

    let mishaps = bench.case("b1CH").mishaps;
    assert_eq!(mishaps.len(), 1);
    assert_eq!((mishaps[0].call, &mishaps[0].error, mishaps[0].over), (Call::Channels, &storm, true));
}

#[tokio::test]
async fn calls_about_one_channel_are_told_of_that_channel_alone_and_are_over_once_they_go_well() {
    // Given a channel that can't be read by itself, whose keys are not listed, and a partner whose record is not told
    let bench = Bench::usual().read().await;
    let front = ChannelId("a1CH".into());
    lock(&bench.hub.ones).push_back(Err(refused()));
    bench.desk.read_anew(&front).await.expect_err("it is refused");
    lock(&bench.hub.not_told).extend([HubError::NotThere(None), HubError::NoAnswer]);
    bench.desk.key_list(&front).await.expect_err("it is not there");
    bench.desk.return_address().await.expect_err("nobody answers");

    let calls = |id: &str| {
        let mishaps = bench.case(id).mishaps;
        mishaps.iter().map(|it| (it.call, it.over)).collect::<Vec<_>>()
    };
    assert_eq!(calls("a1CH"), [(Call::Partner, false), (Call::Keys, false), (Call::Channel, false)]);
    assert_eq!(calls("a2CH"), [(Call::Partner, false)], "another channel of the same client");

    // When they go well
    bench.desk.read_anew(&front).await.expect("it is told");
    bench.desk.key_list(&front).await.expect("they are listed");
    bench.desk.return_address().await.expect("it is told");

    assert_eq!(calls("a1CH"), [(Call::Partner, true), (Call::Keys, true), (Call::Channel, true)]);
    let paths = bench.case("a1CH").mishaps.iter().map(|it| it.call.path()).collect::<Vec<_>>();
    assert_eq!(
        paths,
        [
            "/partners/{partner}",
            "/partners/{partner}/channels/{channel}/api_keys",
            "/partners/{partner}/channels/{channel}"
        ]
    );
}

/// A key that nobody ever had.
const KEY: &str = "Zq8Zq8Zq8Zq8Zq8Zq8Zq8Zq8AK";

#[tokio::test]
async fn whatever_the_hub_says_neither_a_secret_nor_a_whole_address_is_told() {
    // Given a Hub that says the desk's own key, another key and an address wherever it can say something
    let echo = format!("invented {KEY} maria@hotel.example");
    let mut owner = client("H1CL", &echo);
    owner.email = Fact::Told(echo.clone());
    let mut told = channel("a1CH", &owner, &echo, &echo);
    let facts = &mut told.channel;
    (facts.quality, facts.limit) = (Fact::Told(echo.clone()), Fact::Told(echo.clone()));
    (facts.waba_id, facts.external_id) = (Fact::Told(echo.clone()), Fact::Told(echo.clone()));
    facts.status = Fact::Told(Status::Other(echo.clone()));
    facts.hub_status = Fact::Told(HubStatus::Other(echo.clone()));
    let bench = Bench::with(vec![told]).read().await;
    let said = Quote::from_text(&echo);
    bench
        .hub
        .refuses("H1CL", [HubError::TooMany { wait: None, said: said.clone() }, HubError::NotThere(said)]);
    bench.desk.check().await;

    let told = format!("{:?}", bench.case("a1CH"));

    for secret in ["invented", KEY, "maria@"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    assert!(told.matches("m…@hotel.example").count() > 10, "{told}");
}

#[tokio::test]
async fn a_channel_that_is_not_on_the_board_has_no_diagnosis() {
    assert!(Bench::usual().desk.case(&ChannelId("a1CH".into())).is_none());
}
