use std::sync::Arc;
use std::time::Duration;

use channel_keys_core::channel::{HubStatus, Status};
use channel_keys_core::desk::{Column, Look, MOST_LINES, Saved, Sort};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached, Short};
use channel_keys_core::partner_hub::ChannelsPiece;

use crate::paper::{Bench, PIECE, channel, client, lock};

#[tokio::test]
async fn the_whole_list_comes_in_pieces_and_stands_on_the_board() {
    let bench = Bench::usual().read().await;

    assert_eq!(bench.count(Saved::All), 5);
    assert_eq!(bench.desk.standing().clients, 2);
    let line = bench.line("b1CH");
    assert_eq!(line.client.expect("its client").name, Fact::Told("Bäckerei Falk".into()));
    let reading = bench.desk.standing().reading;
    assert_eq!((reading.under_way, reading.failed, reading.short), (None, None, None));
    assert!(reading.read_at.is_some());
}

#[tokio::test]
async fn what_came_is_on_the_board_before_the_list_is_read_to_its_end() {
    // Given a Hub that stops answering in the middle of the list
    let bench = Bench::usual();
    let first = lock(&bench.hub.list)[..PIECE].to_vec();
    let first = ChannelsPiece { entries: PIECE, channels: first, total: Fact::Told(5) };
    lock(&bench.hub.pieces).extend([Ok(first), Err(HubError::NotReached(NotReached::Connection))]);

    // When it is read
    let bench = bench.read().await;

    // Then what came is there, and what stood in the way is told
    assert_eq!(bench.count(Saved::All), PIECE);
    let reading = bench.desk.standing().reading;
    assert_eq!(reading.failed, Some(HubError::NotReached(NotReached::Connection)));
    assert_eq!(reading.read_at, None);
}

#[tokio::test]
async fn a_hub_that_asks_to_wait_is_left_alone_for_as_long_and_asked_again() {
    let bench = Bench::usual();
    let wait = Some(Duration::from_secs(40));
    lock(&bench.hub.pieces).push_back(Err(HubError::TooMany { wait, said: None }));
    let before = bench.time();

    let bench = bench.read().await;

    assert_eq!(bench.count(Saved::All), 5);
    assert!(bench.time() - before >= Duration::from_secs(40));
}

#[tokio::test]
async fn a_channel_that_moved_between_two_pieces_is_found_by_reading_once_more() {
    // Given that "Spa" moved from the second piece into the first while they were read
    let bench = Bench::usual();
    let list = lock(&bench.hub.list).clone();
    let piece = |channels: &[usize]| {
        let channels: Vec<_> = channels.iter().map(|at| list[*at].clone()).collect();
        Ok(ChannelsPiece { entries: channels.len(), channels, total: Fact::Told(5) })
    };
    lock(&bench.hub.pieces).extend([piece(&[0, 1, 3]), piece(&[3, 4])]);

    // When the list is read
    let bench = bench.read().await;

    // Then it is there all the same, once, and nothing is said to be short
    assert_eq!(bench.count(Saved::All), 5);
    assert_eq!(bench.line("a3CH").line.channel.name, Fact::Told("Spa".into()));
    assert_eq!(bench.desk.standing().reading.short, None);
}

#[tokio::test]
async fn a_list_that_stays_shorter_than_announced_says_so_and_nothing_is_called_unlisted() {
    let bench = Bench::usual().read().await;

    // Given a Hub that from now on lists less than it announces
    lock(&bench.hub.list).pop();
    *lock(&bench.hub.announced) = Some(7);
    let bench = bench.read().await;

    assert_eq!(bench.desk.standing().reading.short, Some(Short { announced: 7, came: 4 }));
    assert!(bench.line("a4CH").line.listed, "that it is gone was never said");
}

#[tokio::test]
async fn an_entry_that_can_t_be_read_is_missed_and_nothing_is_called_unlisted() {
    let bench = Bench::usual().read().await;

    // Given a list of which one entry can't be read any more, and fewer clients than are announced
    let mut list = lock(&bench.hub.list).clone();
    list.pop();
    lock(&bench.hub.pieces).push_back(Ok(ChannelsPiece { entries: 5, channels: list, total: Fact::Told(5) }));
    *lock(&bench.hub.clients_short) = Some(Short { announced: 9, came: 2 });
    let bench = bench.read().await;

    let reading = bench.desk.standing().reading;
    assert_eq!(reading.short, Some(Short { announced: 5, came: 4 }));
    assert_eq!(reading.clients_short, Some(Short { announced: 9, came: 2 }));
    assert!(bench.line("a4CH").line.listed, "that it is gone was never said");
}

#[tokio::test]
async fn a_channel_that_the_hub_lists_no_longer_stays_and_says_so() {
    let bench = Bench::usual().read().await;
    lock(&bench.hub.list).remove(2);
    let bench = bench.read().await;

    assert_eq!(bench.count(Saved::All), 5);
    assert!(!bench.line("a3CH").line.listed);
    assert!(bench.line("a1CH").line.listed);
}

#[tokio::test]
async fn saved_filters_count_what_they_show() {
    // Given one in error, one about to end, one that stands still, one with an unknown word, one rated low
    let bench = Bench::usual();
    {
        let mut list = lock(&bench.hub.list);
        list[0].channel.status = Fact::Told(Status::Error);
        list[1].channel.hub_status = Fact::Told(HubStatus::PendingDeletion);
        list[2].channel.running = Fact::Told(false);
        list[3].channel.status = Fact::Told(Status::from_word("awaiting_moonrise"));
        list[4].channel.quality = Fact::Told("LOW".into());
    }
    let bench = bench.read().await;

    for (saved, names) in [
        (Saved::InError, vec!["Restaurant bookings"]),
        (Saved::PendingDeletion, vec!["Front desk"]),
        (Saved::NotRunning, vec!["Front desk", "Spa"]),
        (Saved::UnknownWords, vec!["Orders"]),
        (Saved::LowQuality, vec!["Night desk"]),
        (Saved::RunningButMissing, vec![]),
    ] {
        assert_eq!(bench.names(&Look { saved, ..Look::default() }), names, "{saved:?}");
        assert_eq!(bench.count(saved), names.len(), "{saved:?}");
    }
}

#[tokio::test]
async fn the_board_is_sorted_by_what_a_column_means_and_what_is_not_told_stands_last() {
    let bench = Bench::usual();
    {
        let mut list = lock(&bench.hub.list);
        let limits = ["TIER_10K", "TIER_250", "TIER_UNLIMITED", "TIER_1K"];
        for (told, limit) in list.iter_mut().zip(limits) {
            told.channel.limit = Fact::Told(limit.into());
        }
        list[4].channel.limit = Fact::NotTold;
    }
    let bench = bench.read().await;
    let by = |by, descending| bench.names(&Look { sort: Some(Sort { by, descending }), ..Look::default() });

    assert_eq!(
        by(Column::Limit, false),
        ["Front desk", "Orders", "Restaurant bookings", "Spa", "Night desk"]
    );
    assert_eq!(by(Column::Limit, true), ["Spa", "Restaurant bookings", "Orders", "Front desk", "Night desk"]);
    assert_eq!(by(Column::Client, false)[0], "Orders", "Bäckerei before Harbour");
    assert_eq!(by(Column::Name, false), ["Front desk", "Night desk", "Orders", "Restaurant bookings", "Spa"]);
}

#[tokio::test]
async fn no_more_lines_are_handed_out_than_a_page_shows() {
    let big = client("C1CL", "Big");
    let list = (0..200).map(|at| channel(&format!("{at}CH"), &big, "Desk", &format!("49305558{at:06}")));
    let bench = Bench::with(list.collect()).read().await;

    let lines = bench.desk.lines(&Look::default(), 150, 1_000);
    assert_eq!((lines.total, lines.lines.len()), (200, 50));
    assert_eq!(bench.desk.lines(&Look::default(), 0, 1_000).lines.len(), MOST_LINES);
    assert!(bench.desk.lines(&Look::default(), 5_000, 60).lines.is_empty());
}

#[tokio::test]
async fn rows_of_one_client_share_what_is_known_of_it() {
    // Given a client that is known to three rows
    let bench = Bench::usual().read().await;
    let shown = bench.desk.lines(&Look::default(), 0, 60).lines;
    let clients: Vec<_> = shown.iter().filter_map(|row| row.client.clone()).collect();

    // Then no row has a copy of its own
    assert!(Arc::ptr_eq(&clients[0], &clients[1]));

    // And what a row was shown with stays as it was when something else is told of the client
    for told in lock(&bench.hub.list).iter_mut().filter(|told| told.channel.id.0 != "b1CH") {
        told.client = Fact::Told(client("H1CL", "Harbour Hotel and Spa"));
    }
    let bench = bench.read().await;
    assert_eq!(clients[0].name, Fact::Told("Harbour Hotel GmbH".into()));
    assert_eq!(
        bench.line("a1CH").client.expect("its client").name,
        Fact::Told("Harbour Hotel and Spa".into())
    );
}
