//! Choosing channels on the board.

use channel_keys_core::channel::ChannelId;
use channel_keys_core::desk::{Look, Saved, Which};

use crate::checking::clients;
use crate::paper::{Bench, channel, client, lock};

fn id(id: &str) -> ChannelId {
    ChannelId(id.into())
}

impl Bench {
    fn picked(&self) -> Vec<String> {
        let picked = self.desk.all(&Which::Picked);
        picked.into_iter().map(|line| line.line.channel.id.to_string()).collect()
    }
}

#[tokio::test]
async fn a_channel_is_chosen_and_chosen_no_longer_and_its_line_says_so() {
    let bench = Bench::usual().read().await;
    bench.desk.pick(&id("a2CH"), true);
    bench.desk.pick(&id("nobodyCH"), true);

    assert_eq!(bench.picked(), ["a2CH"]);
    let shown = bench.desk.lines(&Look::default(), 0, 60).lines;
    assert_eq!(
        shown.iter().map(|line| line.line.picked).collect::<Vec<_>>(),
        [false, true, false, false, false]
    );

    bench.desk.pick(&id("a2CH"), false);
    assert_eq!(bench.picked(), Vec::<String>::new());
}

#[tokio::test]
async fn from_one_to_another_is_meant_as_the_look_shows_them() {
    // Given a look that shows the hotel's channels alone
    let bench = Bench::usual().read().await;
    let hotel = Look { search: "harbour".into(), ..Look::default() };

    // When a person chooses from the last up to the second
    bench.desk.pick_between(&hotel, &id("a4CH"), &id("a2CH"));

    // Then the bakery's, which stands between them on the whole board, is not among them
    assert_eq!(bench.picked(), ["a2CH", "a3CH", "a4CH"]);
    assert_eq!(bench.desk.picked(&hotel), (3, 3));

    // And where the one to begin from is not shown any more, only the other is meant
    bench.desk.pick_none();
    bench.desk.pick_between(&hotel, &id("b1CH"), &id("a1CH"));
    assert_eq!(bench.picked(), ["a1CH"]);
}

#[tokio::test]
async fn all_that_a_filter_shows_is_chosen_beyond_what_a_page_has_and_other_choices_stay() {
    let bench = Bench::with(clients(500)).read().await;
    bench.desk.pick(&id("3CH"), true);
    let look = Look { search: "c4".into(), ..Look::default() };
    let fit = bench.desk.lines(&look, 0, 60).total;
    assert!((61..400).contains(&fit), "{fit}");

    bench.desk.pick_shown(&look, true);
    assert_eq!(bench.desk.picked(&look), (fit + 1, fit));
    assert_eq!(bench.desk.picked(&Look { saved: Saved::NotRunning, ..Look::default() }), (fit + 1, 0));

    bench.desk.pick_shown(&look, false);
    assert_eq!(bench.picked(), ["3CH"]);
}

#[tokio::test]
async fn what_is_chosen_stays_so_while_the_list_is_read_again_and_grows() {
    let bench = Bench::usual().read().await;
    bench.desk.pick(&id("b1CH"), true);
    lock(&bench.hub.list).insert(0, channel("z9CH", &client("Z9CL", "Zoo"), "Tickets", "4930123"));

    let bench = bench.read().await;

    assert_eq!(bench.picked(), ["b1CH"]);
}
