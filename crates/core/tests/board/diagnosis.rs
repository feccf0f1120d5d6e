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
