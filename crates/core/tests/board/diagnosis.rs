//! What a diagnosis rests on.

use std::time::Duration;

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::{Call, Case, Mishap};
use channel_keys_core::hub::{HubError, Quote};

use crate::paper::{Bench, lock};

impl Bench {
    fn case(&self, id: &str) -> Case {
        self.desk.case(&ChannelId(id.into())).expect("it is on the board")
    }
}

fn refused() -> HubError {
    HubError::Refused { status: 403, said: Quote::from_text("Forbidden for pT77xPA with invented") }
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
async fn what_opened_the_desk_is_hidden_in_all_that_is_told_of_the_hub() {
    let bench = Bench::usual();
    let quote = Quote::from_text("no such key: invented").expect("something is left");
    assert_eq!(bench.desk.fit_to_quote(&quote), "no such key: •••");
    assert_eq!(bench.desk.fit_to_tell("invented Hotel, maria@hotel.example"), "••• Hotel, m…@hotel.example");
}

#[tokio::test]
async fn a_channel_that_is_not_on_the_board_has_no_diagnosis() {
    assert!(Bench::usual().desk.case(&ChannelId("a1CH".into())).is_none());
}
