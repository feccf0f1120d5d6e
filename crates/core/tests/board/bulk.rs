//! Asking again about the channels that were chosen.

use std::sync::Arc;
use std::time::Duration;

use channel_keys_core::channel::{ChannelId, ClientId, Permission};
use channel_keys_core::desk::{BulkStanding, Check, Desk, Look, Outcome, Recheck, Rows};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{HubError, NotReached};

use crate::checking::clients;
use crate::paper::{Bench, lock};

/// As quickly as the Hub answers.
const NONE: Duration = Duration::ZERO;

impl Bench {
    /// Everything was asked about once, the hotel's first channel is shared, and nothing was asked since.
    async fn checked(self) -> Self {
        self.hub.shares("H1CL", &["a1CH"]);
        self.desk.check().await;
        lock(&self.hub.asked).clear();
        self
    }

    fn pick(&self, ids: &[&str]) {
        for id in ids {
            self.desk.pick(&ChannelId((*id).into()), true);
        }
    }

    fn asked(&self) -> Vec<String> {
        lock(&self.hub.asked).iter().map(ToString::to_string).collect()
    }

    fn bulk(&self) -> BulkStanding {
        self.desk.bulk().expect("something was asked about again")
    }

    fn rechecks(&self, rows: Rows) -> Vec<Recheck> {
        self.desk.rechecks(rows, 0, 60).1
    }

    fn outcomes(&self) -> Vec<(String, Outcome)> {
        let rows = self.rechecks(Rows::All);
        rows.into_iter().map(|row| (row.line.line.channel.id.to_string(), row.outcome)).collect()
    }
}

fn told(outcome: &Outcome) -> Option<Permission> {
    match outcome {
        Outcome::Told { permission, .. } => Some(*permission),
        _ => None,
    }
}

/// Does something at the desk just before the Hub answers next.
fn meanwhile(bench: &Bench, does: impl FnOnce(&Arc<Desk>) + Send + 'static) {
    let desk = bench.desk.clone();
    *lock(&bench.hub.meanwhile) = Some(Box::new(move || does(&desk)));
}

#[tokio::test]
async fn a_selection_costs_a_call_a_client_and_each_channel_has_its_own_result() {
    // Given three channels of two clients, chosen, and a permission that was given since
    let bench = Bench::usual().read().await.checked().await;
    bench.pick(&["a1CH", "a2CH", "b1CH"]);
    bench.hub.shares("H1CL", &["a1CH", "a2CH"]);

    // When they are asked about again
    bench.desk.check_picked_again(NONE).await;

    // Then each client was asked about once, and no other
    let mut asked = bench.asked();
    asked.sort();
    assert_eq!(asked, ["B2CL", "H1CL"]);
    // And each channel says what is told now, and what is told otherwise than before
    let rows = bench.rechecks(Rows::All);
    let told: Vec<_> = rows.iter().map(|row| (told(&row.outcome), row.changed())).collect();
    let (shared, missing) = (Some(Permission::Shared), Some(Permission::Missing));
    assert_eq!(told, [(shared, false), (shared, true), (missing, false)]);
    let changed: Vec<_> =
        bench.rechecks(Rows::Changed).iter().map(|row| row.line.line.channel.id.to_string()).collect();
    assert_eq!(changed, ["a2CH"]);
    let BulkStanding { channels, done, clients, clients_done, failed, changed, under_way, .. } = bench.bulk();
    assert_eq!((channels, done, clients, clients_done), (3, 3, 2, 2));
    assert_eq!((failed, changed, under_way), (0, 1, false));
}

#[tokio::test]
async fn what_was_told_for_the_first_time_is_no_change() {
    let bench = Bench::usual().read().await;
    bench.pick(&["b1CH"]);
    bench.desk.check_picked_again(NONE).await;

    let row = bench.rechecks(Rows::All).pop().expect("one");
    assert_eq!((row.before, told(&row.outcome)), (Check::NotYet, Some(Permission::Missing)));
    assert!(!row.changed());
    // And nobody else was asked about
    assert_eq!(bench.asked(), ["B2CL"]);
}

#[tokio::test]
async fn what_could_not_be_asked_says_why_keeps_what_was_told_and_is_tried_again() {
    // Given a client that the Hub refuses
    let bench = Bench::usual().read().await.checked().await;
    bench.pick(&["a1CH", "b1CH"]);
    let refused = HubError::Refused { status: 403, said: None };
    bench.hub.refuses("H1CL", [refused.clone()]);

    // When the channels are asked about again
    bench.desk.check_picked_again(NONE).await;

    // Then the one says why not, and what was told before stays
    let outcome = Outcome::CouldNotAsk { why: refused, at: bench.time() };
    assert_eq!(bench.outcomes()[0], ("a1CH".to_owned(), outcome));
    assert_eq!(bench.line("a1CH").line.check.permission(), Fact::Told(Permission::Shared));
    assert_eq!(bench.rechecks(Rows::Failed).len(), 1);
    assert_eq!((bench.bulk().failed, bench.bulk().done), (1, 2));

    // When what failed is tried again, then no other client is asked about
    lock(&bench.hub.asked).clear();
    bench.desk.retry_bulk(NONE).await;
    assert_eq!(bench.asked(), ["H1CL"]);
    assert_eq!(told(&bench.outcomes()[0].1), Some(Permission::Shared));
    assert_eq!(bench.bulk().failed, 0);
}

#[tokio::test]
async fn a_storm_of_wait_is_waited_for_and_loses_no_row() {
    let bench = Bench::with(clients(12)).read().await;
    bench.desk.pick_shown(&Look::default(), true);
    let storm = || HubError::TooMany { wait: Some(Duration::from_secs(30)), said: None };
    for at in 0..3 {
        bench.hub.refuses(&format!("C{at}CL"), [storm()]);
    }
    let before = bench.time();

    bench.desk.check_picked_again(NONE).await;

    assert!(bench.time() - before >= Duration::from_secs(30));
    assert!(bench.outcomes().iter().all(|(_, outcome)| told(outcome) == Some(Permission::Missing)));
    assert_eq!(bench.bulk().done, 12);
}

#[tokio::test]
async fn it_is_stopped_with_the_rest_still_to_come_and_goes_on_where_it_was() {
    // Given forty clients, and a person who stops at the first answer
    let bench = Bench::with(clients(40)).read().await;
    bench.desk.pick_shown(&Look::default(), true);
    meanwhile(&bench, |desk| desk.stop_bulk());

    bench.desk.check_picked_again(NONE).await;

    // Then no more were asked about than were under way, and the rest is neither told nor failed
    let asked = bench.asked().len();
    assert!((1..=4).contains(&asked), "{asked}");
    let stopped = bench.bulk();
    assert_eq!((stopped.under_way, stopped.failed, stopped.done), (false, 0, asked));
    assert_eq!(bench.outcomes()[39].1, Outcome::ToCome);
    assert_eq!(bench.count(channel_keys_core::desk::Saved::NotChecked), 40 - asked);

    // When it goes on, then each is asked about once in all
    bench.desk.resume_bulk(NONE).await;
    assert_eq!(bench.asked().len(), 40);
    assert_eq!((bench.bulk().done, bench.bulk().under_way), (40, false));
}

#[tokio::test]
async fn a_session_that_ends_half_way_stops_it_says_why_and_loses_nothing() {
    for error in [HubError::SessionEnded, HubError::NotReached(NotReached::Connection)] {
        let bench = Bench::with(clients(20)).read().await;
        bench.desk.pick_shown(&Look::default(), true);
        bench.hub.refuses("C5CL", [error.clone()]);

        bench.desk.check_picked_again(NONE).await;

        let stopped = bench.bulk();
        assert_eq!((stopped.stopped, stopped.under_way), (Some(error), false));
        assert!(stopped.done < 20);
        bench.desk.resume_bulk(NONE).await;
        assert_eq!((bench.bulk().done, bench.bulk().failed, bench.bulk().stopped), (20, 0, None));
    }
}

#[tokio::test]
async fn a_pace_is_kept_and_told() {
    // Given a person who wants no more than twenty clients a minute
    let bench = Bench::with(clients(20)).read().await;
    bench.desk.pick_shown(&Look::default(), true);
    let before = bench.time();

    bench.desk.check_picked_again(Duration::from_secs(3)).await;

    assert!(bench.time() - before >= Duration::from_secs(3 * 19), "{}", bench.time() - before);
    let pace = bench.bulk().pace.expect("a minute has nearly passed");
    assert!((15..=21).contains(&pace), "{pace}");
}

#[tokio::test]
async fn what_is_in_view_is_asked_about_first() {
    let bench = Bench::with(clients(100)).read().await;
    bench.desk.pick_shown(&Look::default(), true);
    bench.desk.lines(&Look::default(), 90, 5);

    bench.desk.check_picked_again(NONE).await;

    let mut first = bench.asked()[..5].to_vec();
    first.sort();
    assert_eq!(first, ["C90CL", "C91CL", "C92CL", "C93CL", "C94CL"]);
    assert_eq!(bench.asked().len(), 100, "and none twice");
}

#[tokio::test]
async fn a_channel_of_nobody_and_one_that_the_answer_does_not_mean_are_not_called_missing() {
    // Given a channel whose client was not told, and a client whose answer names ids that are none of its own
    let bench = Bench::usual();
    lock(&bench.hub.list)[4].client = Fact::NotTold;
    let bench = bench.read().await;
    bench.hub.shares("B2CL", &["otherCH"]);
    bench.desk.pick_shown(&Look::default(), true);

    bench.desk.check_picked_again(NONE).await;

    let outcomes = bench.outcomes();
    assert_eq!(outcomes[4].1, Outcome::NobodyToAsk);
    assert!(matches!(outcomes[3].1, Outcome::CouldNotAsk { why: HubError::NotUnderstood { .. }, .. }));
    assert_eq!(bench.missing(), ["a1CH", "a2CH", "a3CH"]);
    assert_eq!(bench.bulk().failed, 2);
}

#[tokio::test]
async fn thousands_of_results_are_handed_out_a_page_at_a_time() {
    let bench = Bench::with(clients(2_900)).read().await;
    bench.desk.pick_shown(&Look::default(), true);
    bench.desk.check_picked_again(NONE).await;

    let (total, rows) = bench.desk.rechecks(Rows::All, 2_890, 10_000);
    assert_eq!((total, rows.len()), (2_900, 10));
    assert_eq!(rows[9].line.line.client, Fact::Told(ClientId("C2899CL".into())));
    let (_, most) = bench.desk.rechecks(Rows::All, 0, 10_000);
    assert_eq!(most.len(), 60);
}

#[tokio::test]
async fn it_is_asked_for_once_and_put_away_when_it_is_done_with() {
    let bench = Bench::usual().read().await;
    assert_eq!(bench.desk.bulk(), None);
    bench.desk.check_picked_again(NONE).await;
    assert_eq!(bench.desk.bulk(), None, "nothing was chosen");

    bench.pick(&["b1CH"]);
    bench.desk.check_picked_again(NONE).await;
    assert_eq!(bench.bulk().channels, 1);
    bench.desk.close_bulk();
    assert_eq!(bench.desk.bulk(), None);
    assert_eq!(bench.desk.picked(&Look::default()).0, 1, "what was chosen stays so");
}
