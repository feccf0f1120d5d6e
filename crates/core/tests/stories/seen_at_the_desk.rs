//! What the support desk finds to have changed at a practice Hub, between two looks and over a restart.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use channel_keys_core::channel::Permission;
use channel_keys_core::clock::Clock;
use channel_keys_core::desk::{Change, Changed, Desk as SupportDesk, NoteText, Saved};
use channel_keys_core::desk_records::DeskAmounts;
use time::Duration;

use crate::desk::*;

async fn jo_s(desk: &Desk) -> Arc<SupportDesk> {
    desk.sign_in(JO).await;
    let at = desk.app.desk().expect("the desk is open");
    at.read().await;
    at.check().await;
    at
}

fn changed_today(at: &SupportDesk) -> usize {
    let place = Saved::ALL.iter().position(|saved| *saved == Saved::ChangedToday).expect("one of them");
    at.standing().counts[place]
}

#[tokio::test]
async fn a_permission_that_the_client_gave_while_the_desk_was_closed_is_told_with_both_times() {
    // Given Jo, who saw yesterday that the hotel's restaurant is Missing
    let desk = Desk::set().await;
    let restaurant = desk.channel(RESTAURANT);
    jo_s(&desk).await;
    let yesterday = desk.clock.now();

    // When Maria of the hotel gives the permission, and the program is started again the day after
    desk.sign_in(MARIA).await;
    desk.app.change_permission(&restaurant, Permission::Shared).await.expect("given");
    desk.clock.forward(Duration::hours(24));
    let desk = desk.start_again();
    let at = jo_s(&desk).await;

    // Then the desk tells it, between yesterday and now, outside of this desk
    let changes = at.changes_of(&restaurant, None).expect("read").changes;
    assert_eq!(changes.len(), 1);
    let Change { what, before, now, told_before, told_now, here, .. } = &changes[0].change;
    assert_eq!((*what, before.as_str(), now.as_str()), (Changed::Permission, "missing", "shared"));
    assert_eq!((*told_before, *told_now, *here), (yesterday, desk.clock.now(), false));
    assert_eq!(changed_today(&at), 1);
}

#[tokio::test]
async fn a_desk_whose_disk_is_out_works_on_and_remembers_again_when_it_is_back() {
    let desk = Desk::set().await;
    desk.desk_records.break_off();
    let at = jo_s(&desk).await;
    let standing = at.standing();
    assert!(standing.forgets);
    assert_eq!(standing.reading.failed, None);

    desk.desk_records.mend();
    at.read().await;
    assert!(!at.standing().forgets);
    assert!(desk.desk_records.facts_written() > 0);
}

#[tokio::test]
async fn signing_out_writes_what_was_seen_and_nothing_afterwards() {
    let desk = Desk::set().await;
    let at = jo_s(&desk).await;
    desk.desk_records.facts_written();
    desk.app.sign_out().expect("nothing stands in the way");

    at.saw_keys(&desk.channel(RESTAURANT), &["20".into()]).await;
    at.read().await;

    assert_eq!(desk.desk_records.facts_written(), 0);
}

#[tokio::test]
async fn forgetting_everything_forgets_what_the_desk_saw_and_what_was_noted_there() {
    // Given a desk with a list that was seen, a note and a mark
    let desk = Desk::set().await;
    let at = jo_s(&desk).await;
    let restaurant = desk.channel(RESTAURANT);
    let note = NoteText::typed("Asked by phone", "TCK-4711").expect("a note");
    at.add_note(&restaurant, note).expect("noted");
    at.set_watched(&restaurant, true).expect("marked");
    let before = desk.app.remembered().expect("what is remembered").desk;
    assert!(before.channels > 1);
    assert_eq!((before.notes, before.watched), (1, 1));

    // When everything is forgotten, and what was still on its way comes afterwards
    desk.app.forget_everything(&[]).await.expect("nothing lies in memory alone");
    at.check().await;
    at.saw_keys(&restaurant, &["20".into()]).await;

    let after = desk.app.remembered().expect("what is remembered").desk;
    assert_eq!(after, DeskAmounts::default());
}

#[tokio::test]
async fn what_is_older_than_it_is_kept_is_forgotten_each_day_for_as_long_as_the_desk_is_open() {
    // Given a change that the desk found, and that is to be kept for thirty days
    let desk = Arc::new(Desk::set().await);
    let restaurant = desk.channel(RESTAURANT);
    let at = jo_s(&desk).await;
    at.saw_keys(&restaurant, &["20".into()]).await;
    at.saw_keys(&restaurant, &["21".into()]).await;
    let kept = || at.changes_of(&restaurant, None).expect("read").changes.len();
    at.forget_old(Duration::days(30)).await;
    assert_eq!(kept(), 1);

    // When the desk stays open for as long, and is closed then
    let (days, there) = (Arc::new(AtomicUsize::new(0)), desk.clone());
    let counted = days.clone();
    at.forget_old_each_day(move || {
        if counted.fetch_add(1, Ordering::Relaxed) == 30 {
            there.app.sign_out().expect("nothing stands in the way");
        }
        Duration::days(30)
    })
    .await;

    assert_eq!((days.load(Ordering::Relaxed), kept()), (31, 0));
}
