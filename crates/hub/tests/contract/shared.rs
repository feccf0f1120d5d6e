//! Which of a client's channels are shared with the partner. What is not among them is shown as Missing, so a list that
//! may leave something out is none.

use std::sync::Arc;

use channel_keys_core::channel::{ChannelId, ClientId, PartnerId};
use channel_keys_core::hub::HubError;
use channel_keys_core::partner_hub::{Caller, PartnerReads, Pass};
use channel_keys_core::secret::PartnerKey;

use crate::practice::rest;
use crate::scripted::{Scripted, answer, json, number};

async fn read_from(host: &Scripted) -> Result<Vec<String>, HubError> {
    let pass = Pass::Key(Arc::new(PartnerKey::new("invented")));
    let caller = Caller { partner: PartnerId("aPA".into()), pass };
    let shared = rest(&host.hub()).shared(&caller, &ClientId("aCL".into())).await?;
    Ok(shared.into_iter().map(|ChannelId(id)| id).collect())
}

async fn read(body: &'static str) -> Result<Vec<String>, HubError> {
    read_from(&Scripted::answering(move |_| json(body)).await).await
}

const NOT_UNDERSTOOD: Result<Vec<String>, HubError> = Err(HubError::NotUnderstood { status: 200 });

#[tokio::test]
async fn a_bare_list_and_one_under_a_key_of_objects_and_of_ids_say_the_same() {
    for form in [
        r#"[{"id":"aCH","status":"ready"},{"id":"bCH"}]"#,
        r#"["aCH","bCH"]"#,
        r#"{"shared_client_numbers":[{"id":"aCH"},{"id":"bCH"}],"count":2,"total":2,"offset":0}"#,
        r#"{"partner_channels":[{"id":"aCH"},{"id":"bCH"}]}"#,
        r#"{"channels":["aCH","bCH"],"new_field":{}}"#,
    ] {
        assert_eq!(read(form).await, Ok(vec!["aCH".to_owned(), "bCH".to_owned()]), "{form}");
    }
    for none in ["[]", r#"{"channels":[]}"#] {
        assert_eq!(read(none).await, Ok(Vec::new()), "{none}: nothing is shared");
    }
}

#[tokio::test]
async fn one_entry_that_can_t_be_read_makes_no_other_channel_missing() {
    for odd in [
        r#"[{"id":"aCH"},{"status":"ready"}]"#,
        r#"["aCH",null]"#,
        r#"["aCH",{"id":7}]"#,
        r#"{"channels":["aCH",{"id":""}]}"#,
    ] {
        assert_eq!(read(odd).await, NOT_UNDERSTOOD, "{odd}");
    }
}

#[tokio::test]
async fn silence_and_another_answer_than_a_list_make_no_channel_missing() {
    for odd in ["{}", "null", "", r#"{"meta":{"success":true}}"#, r#"{"channels":null}"#, r#"{"clients":[]}"#]
    {
        assert_eq!(read(odd).await, NOT_UNDERSTOOD, "{odd}");
    }
    let empty = Scripted::answering(|_| answer("204 No Content", "", "")).await;
    assert_eq!(read_from(&empty).await, Err(HubError::NotUnderstood { status: 204 }));
    let not_there = Scripted::answering(|_| answer("404 Not Found", "", "")).await;
    assert_eq!(read_from(&not_there).await, Err(HubError::NotThere(None)));
}

/// As a Hub answers that gives pages: 1,000 if not told otherwise, and never more than `most`.
fn page(head: &str, all: usize, most: usize) -> String {
    let asked = if head.contains("limit=") { number(head, "limit") } else { 1_000 };
    let ids: Vec<String> = (0..all.min(asked).min(most)).map(|at| format!(r#""{at}CH""#)).collect();
    format!("[{}]", ids.join(","))
}

#[tokio::test]
async fn a_list_that_announces_more_than_it_has_is_asked_for_in_one_piece() {
    let host = Scripted::answering(|head| {
        json(&format!(r#"{{"total":2345,"channels":{}}}"#, page(head, 2_345, usize::MAX)))
    })
    .await;

    assert_eq!(read_from(&host).await.map(|shared| shared.len()), Ok(2_345));
    assert_eq!(host.connections(), 2);
}

#[tokio::test]
async fn a_list_that_goes_on_announcing_more_than_it_has_is_no_list() {
    for announced in ["total", "count"] {
        let host = Scripted::answering(move |head| {
            json(&format!(r#"{{"{announced}":2345,"channels":{}}}"#, page(head, 2_345, 1_000)))
        })
        .await;

        assert_eq!(read_from(&host).await, NOT_UNDERSTOOD, "{announced}");
        assert_eq!(host.connections(), 2, "{announced}: it was asked for once more, and no more");
    }
    assert_eq!(read(r#"{"channels":["aCH"],"next":"/page/2"}"#).await, NOT_UNDERSTOOD);
    assert_eq!(read(r#"{"channels":["aCH"],"has_more":true}"#).await, NOT_UNDERSTOOD);
}

#[tokio::test]
async fn a_bare_list_as_long_as_a_page_is_not_taken_as_whole() {
    let whole = Scripted::answering(|head| json(&page(head, 1_234, usize::MAX))).await;
    let cut = Scripted::answering(|head| json(&page(head, 1_234, 1_000))).await;
    let cut_later = Scripted::answering(|head| json(&page(head, 2_345, usize::MAX))).await;

    assert_eq!(read_from(&whole).await.map(|shared| shared.len()), Ok(1_234));
    assert_eq!(read_from(&cut).await, NOT_UNDERSTOOD);
    assert_eq!(read_from(&cut_later).await, NOT_UNDERSTOOD);
}

#[tokio::test]
async fn a_hub_that_knows_no_pages_gives_a_long_list_at_once() {
    let all: Vec<String> = (0..1_234).map(|at| format!(r#""{at}CH""#)).collect();
    let body = format!("[{}]", all.join(","));
    let host = Scripted::answering(move |_| json(&body)).await;

    assert_eq!(read_from(&host).await.map(|shared| shared.len()), Ok(1_234));
    assert_eq!(host.connections(), 1);
}
