//! The partner's lists: pages, what changes while they are read, and entries that can't be read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use channel_keys_core::channel::{ChannelId, PartnerId, Permission, Status};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::HubError;
use channel_keys_core::partner_hub::{
    Caller, ChannelsPiece, PartnerChannel, PartnerClient, PartnerReads, Pass,
};
use channel_keys_core::secret::PartnerKey;
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, json, number};

/// Piece after piece to the end, as the Hub gives them.
async fn pieces(practice: &Practice, caller: &Caller) -> Vec<ChannelsPiece> {
    let (mut pieces, mut offset) = (Vec::new(), 0);
    loop {
        let piece = practice.rest.channels_from(caller, offset).await.expect("a piece");
        if piece.entries == 0 {
            return pieces;
        }
        offset += piece.entries;
        pieces.push(piece);
    }
}

fn ids(pieces: &[ChannelsPiece]) -> Vec<ChannelId> {
    pieces.iter().flat_map(|piece| &piece.channels).map(|read| read.channel.id.clone()).collect()
}

fn distinct(ids: &[ChannelId]) -> BTreeSet<&ChannelId> {
    ids.iter().collect()
}

#[tokio::test]
async fn a_partner_with_many_channels_is_read_piece_by_piece_and_each_comes_once() {
    let practice = practise_at_large(2_500).await;
    let key = practice.with_partner_key();

    let pieces = pieces(&practice, &key).await;

    let ids = ids(&pieces);
    let total = ids.len();
    assert!(total > 2_500, "the small world's channels are among them: {total}");
    assert_eq!(distinct(&ids).len(), total);
    let entries: Vec<usize> = pieces.iter().map(|piece| piece.entries).collect();
    assert_eq!(entries, [1_000, 1_000, total - 2_000]);
    assert!(pieces.iter().all(|piece| piece.total == Fact::Told(total)), "each tells how many there are");
    assert!(
        pieces
            .iter()
            .flat_map(|piece| &piece.channels)
            .all(|read| { read.channel.permission == Fact::NotTold })
    );
}

#[tokio::test]
async fn a_channel_that_moves_to_a_later_page_comes_twice_and_the_count_still_ends_the_list() {
    let practice = practise_at_large(2_500).await;
    let key = practice.with_partner_key();
    let before = ids(&pieces(&practice, &key).await);
    let moved = &before[10];
    practice.hub.set_faults(vec![Fault::new(PARTNER_CHANNELS, Do::MoveChannel).what(&moved.0).nth(2)]);

    let read = pieces(&practice, &key).await;

    let read_ids = ids(&read);
    assert_eq!(read_ids.iter().filter(|id| *id == moved).count(), 2);
    assert_eq!(read.iter().map(|piece| piece.entries).sum::<usize>(), before.len());
    // What stood first on the next page moved up and was not read: the next look finds it.
    let unread: Vec<_> = distinct(&before).difference(&distinct(&read_ids)).copied().cloned().collect();
    assert_eq!(unread, [before[1_000].clone()]);
    assert_eq!(distinct(&ids(&pieces(&practice, &key).await)), distinct(&before));
}

#[tokio::test]
async fn a_channel_that_moves_to_an_earlier_page_pushes_another_into_coming_twice() {
    let practice = practise_at_large(2_500).await;
    let key = practice.with_partner_key();
    let before = ids(&pieces(&practice, &key).await);
    let last = before.last().expect("a channel");
    practice.hub.set_faults(vec![Fault::new(PARTNER_CHANNELS, Do::MoveChannel).what(&last.0).nth(2)]);

    let read = ids(&pieces(&practice, &key).await);

    assert_eq!(read.iter().filter(|id| **id == before[999]).count(), 2);
    assert!(!read.contains(last), "it is on the page that was read before");
    assert_eq!(distinct(&ids(&pieces(&practice, &key).await)), distinct(&before));
}

#[tokio::test]
async fn a_client_that_is_deleted_half_way_is_gone_and_the_total_says_so() {
    let practice = practise_at_large(2_500).await;
    let key = practice.with_partner_key();
    let harbour = practice.client(HARBOUR);
    practice.hub.set_faults(vec![Fault::new(PARTNER_CHANNELS, Do::DeleteClient).what(&harbour.0).nth(2)]);

    let pieces = pieces(&practice, &key).await;

    let totals: Vec<usize> = pieces.iter().filter_map(|piece| piece.total.told().copied()).collect();
    assert_eq!(totals, [totals[0], totals[0] - 4, totals[0] - 4], "four channels went with it");
    let gone = practice.rest.shared(&key, &harbour).await;
    assert!(
        matches!(gone, Err(HubError::NotThere(_))),
        "it has no list that leaves its channels out: {gone:?}"
    );
    let gone = practice.rest.channel(&key, &practice.channel(HARBOUR, "Front desk")).await;
    assert!(matches!(gone, Err(HubError::NotThere(_))), "{gone:?}");
    let clients = practice.rest.clients(&key).await.expect("the clients").items;
    assert!(clients.iter().all(|client| client.id != harbour));
}

fn partner() -> Caller {
    Caller { partner: PartnerId("aPA".into()), pass: Pass::Key(Arc::new(PartnerKey::new("invented"))) }
}

async fn clients_of(host: &Scripted) -> Result<Vec<PartnerClient>, HubError> {
    rest(&host.hub()).clients(&partner()).await.map(|listed| listed.items)
}

fn page_of_clients(head: &str, names: &[usize]) -> String {
    let (limit, offset) = (number(head, "limit"), number(head, "offset"));
    let items: Vec<String> =
        names.iter().skip(offset).take(limit).map(|name| format!(r#"{{"id":"{name}CL"}}"#)).collect();
    json(&format!(r#"{{"total":{},"count":{},"clients":[{}]}}"#, names.len(), items.len(), items.join(",")))
}

#[tokio::test]
async fn all_clients_are_read_over_all_pages() {
    let all: Vec<usize> = (0..2_345).collect();
    let host = Scripted::answering(move |head| page_of_clients(head, &all)).await;

    let clients = clients_of(&host).await.expect("the clients");

    let ids: BTreeSet<&str> = clients.iter().map(|client| client.id.0.as_str()).collect();
    assert_eq!((clients.len(), ids.len(), host.connections()), (2_345, 2_345, 3));
}

#[tokio::test]
async fn a_client_that_moves_between_two_pages_comes_once() {
    let asked = AtomicUsize::new(0);
    let host = Scripted::answering(move |head| {
        let mut names: Vec<usize> = (0..1_500).collect();
        if asked.fetch_add(1, Ordering::SeqCst) > 0 {
            // It stood on the first page, and stands on the second now.
            names.remove(3);
            names.push(3);
        }
        page_of_clients(head, &names)
    })
    .await;

    let clients = clients_of(&host).await.expect("the clients");

    let told = clients.iter().filter(|client| client.id.0 == "3CL").count();
    assert_eq!((told, host.connections()), (1, 2));
}

#[tokio::test]
async fn a_client_that_is_deleted_while_the_pages_are_read_hides_no_other() {
    let asked = AtomicUsize::new(0);
    let host = Scripted::answering(move |head| {
        let mut names: Vec<usize> = (0..1_500).collect();
        if asked.fetch_add(1, Ordering::SeqCst) > 0 {
            names.remove(3);
        }
        page_of_clients(head, &names)
    })
    .await;

    let clients = clients_of(&host).await.expect("the clients");

    let ids: BTreeSet<&str> = clients.iter().map(|client| client.id.0.as_str()).collect();
    assert_eq!((clients.len(), ids.len()), (1_499, 1_499));
    assert!(ids.contains("1000CL"), "it moved up, past where the second page began");
    assert!(!ids.contains("3CL"), "it is gone");
}

#[tokio::test]
async fn a_list_that_changes_all_the_time_is_read_to_an_end_all_the_same() {
    let asked = AtomicUsize::new(0);
    let host = Scripted::answering(move |head| {
        let more = asked.fetch_add(1, Ordering::SeqCst);
        page_of_clients(head, &(0..1_500 + more).collect::<Vec<_>>())
    })
    .await;

    let clients = clients_of(&host).await.expect("the clients");

    assert!(clients.len() >= 1_500, "{}", clients.len());
    assert_eq!(host.connections(), 8, "three times anew, two pages each");
}

#[tokio::test]
async fn a_list_of_clients_that_can_t_be_read_is_an_error_and_never_an_empty_list() {
    for odd in ["{}", "[]", r#"{"total":0}"#, r#"{"clients":null}"#, r#"{"clients":{}}"#] {
        let host = Scripted::answering(move |_| json(odd)).await;
        assert_eq!(clients_of(&host).await, Err(HubError::NotUnderstood { status: 200 }), "{odd}");
    }
    let none = Scripted::answering(|_| json(r#"{"total":0,"clients":[]}"#)).await;
    assert_eq!(clients_of(&none).await, Ok(Vec::new()));
}

async fn piece_of(list: &str) -> ChannelsPiece {
    let body = format!(r#"{{"total":9,"partner_channels":{list}}}"#);
    let host = Scripted::answering(move |_| json(&body)).await;
    rest(&host.hub()).channels_from(&partner(), 0).await.expect("a piece")
}

#[tokio::test]
async fn an_odd_entry_is_counted_and_spoils_no_other() {
    let piece = piece_of(
        r#"[{"id":"aCH"},null,7,"bCH",[],{},{"id":""},{"id":null},{"id":{"of":"cCH"}},{"status":"ready"},{"id":"zCH"}]"#,
    )
    .await;

    assert_eq!(ids(std::slice::from_ref(&piece)), [ChannelId("aCH".into()), ChannelId("zCH".into())]);
    assert_eq!((piece.entries, piece.total), (11, Fact::Told(9)));
}

#[tokio::test]
async fn what_json_allows_and_few_can_read_hides_neither_its_channel_nor_the_others() {
    let piece = piece_of(
        r#"[{"id":"aCH","status":"ready"},
            {"id":"bCH","setup_info":{"phone_name":"Caf\u00e9 \ud83d","phone_number":"491700000001"},"status":"error"},
            {"id":"cCH","current_limit":1e999,"status":"ready"},
            {"id":"dCH","status":"created","status":"ready"},
            {"id":"eCH","status":"ready"}]"#,
    )
    .await;

    let by_id: BTreeMap<&str, &PartnerChannel> =
        piece.channels.iter().map(|read| (read.channel.id.0.as_str(), read)).collect();
    assert_eq!(by_id.keys().copied().collect::<Vec<_>>(), ["aCH", "bCH", "cCH", "dCH", "eCH"]);
    let cut = &by_id["bCH"].channel;
    assert_eq!(cut.name, Fact::Told("Café \u{fffd}".into()), "half a symbol, at the place where it stood");
    assert_eq!(cut.status, Fact::Told(Status::Error));
    assert_eq!(cut.number, Fact::Told("491700000001".into()), "what stands beside it is read");
    assert_eq!(by_id["cCH"].channel.limit, Fact::NotTold);
    assert_eq!(by_id["dCH"].channel.status, Fact::NotTold, "it contradicts itself");
    assert_eq!(by_id["eCH"].channel.status, Fact::Told(Status::Ready));
}

#[tokio::test]
async fn whose_a_channel_is_comes_from_either_place_and_is_not_told_where_they_differ() {
    let piece = piece_of(
        r#"[{"id":"aCH","client":{"id":"aCL","name":"Acme","contact_info":{"email":"ops@acme.example"}},"client_id":"aCL"},
            {"id":"bCH","client":{"name":"Acme"},"client_id":"aCL"},
            {"id":"cCH","client_id":"aCL"},
            {"id":"dCH","client":{"id":"aCL"},"client_id":"bCL"},
            {"id":"eCH","client":{"name":"Acme"}},
            {"id":"fCH","client":"aCL","client_id":null}]"#,
    )
    .await;

    let acme = |name: Fact<&str>, email: Fact<&str>| {
        Fact::Told(PartnerClient {
            id: channel_keys_core::channel::ClientId("aCL".into()),
            name: name.map(str::to_owned),
            email: email.map(str::to_owned),
        })
    };
    let clients: Vec<_> = piece.channels.into_iter().map(|read| read.client).collect();
    assert_eq!(
        clients,
        [
            acme(Fact::Told("Acme"), Fact::Told("ops@acme.example")),
            acme(Fact::Told("Acme"), Fact::NotTold),
            acme(Fact::NotTold, Fact::NotTold),
            Fact::NotTold,
            Fact::NotTold,
            Fact::NotTold,
        ]
    );
}

#[tokio::test]
async fn a_permission_in_the_partner_s_list_is_not_believed() {
    let piece = piece_of(r#"[{"id":"aCH","partner_permission":"missing"}]"#).await;

    assert_eq!(piece.channels[0].channel.permission, Fact::<Permission>::NotTold);
}

#[tokio::test]
async fn a_list_of_channels_that_can_t_be_read_is_an_error_and_never_an_empty_list() {
    for odd in [
        "{}",
        "[]",
        r#"{"total":0}"#,
        r#"{"partner_channels":null}"#,
        r#"{"partner_channels":[{"id":"aCH"}],"channels":[{"id":"bCH"}]}"#,
        r#"{"partner_channels":[{"id":"aCH"}"#,
        r#"{"partner_channels":[{"id":"aCH"}]} {"#,
    ] {
        let host = Scripted::answering(move |_| json(odd)).await;
        let read = rest(&host.hub()).channels_from(&partner(), 0).await;
        assert_eq!(read, Err(HubError::NotUnderstood { status: 200 }), "{odd}");
    }
}

#[tokio::test]
async fn an_answer_about_another_channel_is_not_taken_for_the_one_that_was_asked_for() {
    let read = async |body: &'static str| {
        let host = Scripted::answering(move |_| json(body)).await;
        rest(&host.hub()).channel(&partner(), &ChannelId("aCH".into())).await.map(|read| read.channel.status)
    };

    assert_eq!(read(r#"{"id":"aCH","status":"ready"}"#).await, Ok(Fact::Told(Status::Ready)));
    let not_understood = Err(HubError::NotUnderstood { status: 200 });
    for odd in [r#"{"id":"bCH","status":"ready"}"#, r#"{"status":"ready"}"#, "[]", "null"] {
        assert_eq!(read(odd).await, not_understood, "{odd}");
    }
}
