//! Section 3: what a partner's support staff use.

use practice_hub::{Options, WorldSize};
use serde_json::{Value, json};

use crate::support::*;

fn texts(items: &Value, pointer: &str) -> Vec<String> {
    let items = items.as_array().expect("a list");
    items.iter().filter_map(|item| Some(item.pointer(pointer)?.as_str()?.to_owned())).collect()
}

#[tokio::test]
async fn given_no_query_when_listing_then_the_envelope_tells_the_defaults() {
    let practice = practise().await;
    let path = format!("/partners/{}/channels", practice.hub.partner_id());
    let list = practice.sign_in(JO).await.get(&path).await.expect(200).json();
    assert_eq!(list["limit"], 1000);
    assert_eq!(list["offset"], 0);
    assert_eq!(list["sort"], json!(["id"]));
    assert_eq!(list["filters"], json!({}));
    let ids = texts(&list["partner_channels"], "/id");
    assert_eq!(list["count"], ids.len());
    assert_eq!(list["total"], ids.len());
    assert!(ids.is_sorted());
    assert!(ids.iter().all(|id| id.ends_with("CH")));
}

#[tokio::test]
async fn given_limit_and_offset_when_listing_then_each_channel_comes_exactly_once() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let path = format!("/partners/{}/channels", practice.hub.partner_id());
    let whole = texts(&jo.get(&path).await.json()["partner_channels"], "/id");
    let mut paged = Vec::new();
    while paged.len() < whole.len() {
        let page = jo.get(&format!("{path}?limit=7&offset={}", paged.len())).await.expect(200).json();
        assert_eq!(page["total"], whole.len());
        assert_eq!(page["count"], 7.min(whole.len() - paged.len()));
        paged.extend(texts(&page["partner_channels"], "/id"));
    }
    assert_eq!(paged, whole);
    let beyond = jo.get(&format!("{path}?offset=100000")).await.expect(200).json();
    assert_eq!((&beyond["count"], &beyond["total"]), (&json!(0), &json!(whole.len())));
}

#[tokio::test]
async fn given_a_sort_when_listing_then_the_order_follows_it_down_into_nested_fields() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let path = format!("/partners/{}/channels", practice.hub.partner_id());
    let up = jo.get(&format!("{path}?sort=setup_info.phone_number")).await.expect(200).json();
    let up = texts(&up["partner_channels"], "/setup_info/phone_number");
    assert!(up.is_sorted());
    let down = jo.get(&format!("{path}?sort=-setup_info.phone_number")).await.expect(200).json();
    assert_eq!(down["sort"], json!(["-setup_info.phone_number"]));
    let down = texts(&down["partner_channels"], "/setup_info/phone_number");
    assert!(down.iter().rev().eq(up.iter()));

    let two = jo.get(&format!("{path}?sort=client_id,-created_at")).await.expect(200).json();
    let clients = texts(&two["partner_channels"], "/client_id");
    assert!(clients.is_sorted());
    jo.get(&format!("{path}?sort=nonsense")).await.expect(400).reason();
}

#[tokio::test]
async fn given_filters_when_listing_then_only_what_fits_comes() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let path = format!("/partners/{}/channels", practice.hub.partner_id());
    let harbour = practice.client(HARBOUR);
    let spa = practice.channel(HARBOUR, "Spa");
    for (filters, names) in [
        (json!({ "client_id": harbour }), vec!["Events Lisbon", "Front desk", "Restaurant bookings", "Spa"]),
        (json!({ "client_id": harbour, "status": "verified" }), vec!["Spa"]),
        (json!({ "id": spa }), vec!["Spa"]),
        (json!({ "setup_info.phone_number": "493055570142" }), vec!["Front desk"]),
        (json!({ "setup_info.phone_number": "+49 30 5557 0142" }), vec!["Front desk"]),
        (json!({ "q": "HARBOUR", "status": ["verified", "created"] }), vec!["Spa"]),
        (json!({ "q": "lisbon" }), vec!["Events Lisbon"]),
        (json!({ "q": "0188" }), vec!["Restaurant bookings"]),
        (json!({ "q": "nobody" }), vec![]),
        (json!({ "q": "lisbon 1" }), vec![]),
        (json!({ "q": "+351 21 555-0167" }), vec!["Events Lisbon"]),
        (json!({ "client_id": harbour, "integration.enabled": false }), vec!["Spa"]),
        (json!({ "client_id": practice.client(PADARIA) }), vec![]),
    ] {
        let query = percent(&filters.to_string());
        let list =
            jo.get(&format!("{path}?sort=setup_info.phone_name&filters={query}")).await.expect(200).json();
        assert_eq!(texts(&list["partner_channels"], "/setup_info/phone_name"), names, "{filters}");
        assert_eq!(list["filters"], filters);
    }
}

#[tokio::test]
async fn a_query_that_can_not_be_meant_is_a_wrong_payload() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let path = format!("/partners/{}/channels", practice.hub.partner_id());
    for query in ["limit=many", "offset=-1", "filters=Spa", "filters=%7B%22colour%22%3A%22red%22%7D"] {
        let answer = jo.get(&format!("{path}?{query}")).await.expect(400);
        assert_eq!(answer.reason(), "Wrong payload");
        assert_eq!(answer.json()["meta"]["details"].as_array().map(Vec::len), Some(1));
    }
    jo.get(&format!("{path}?whatever=1&limit=1")).await.expect(200);
}

#[tokio::test]
async fn a_channel_has_every_field_of_the_contract_and_the_same_alone_as_in_the_list() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let channel = jo.get(&practice.partner_channel(HARBOUR, "Front desk")).await.expect(200).json();
    let fields: Vec<&str> = channel.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "account_mode",
            "availability_status",
            "billing_started_at",
            "cancelled_at",
            "client",
            "client_id",
            "created_at",
            "current_limit",
            "current_quality_rating",
            "external_id",
            "has_inbox",
            "hub_status",
            "id",
            "integration",
            "is_oba",
            "modified_at",
            "setup_info",
            "status",
            "terminated_at",
            "waba_account",
            "waba_account_id"
        ]
    );
    assert_eq!(channel["client"]["name"], HARBOUR);
    assert_eq!(channel["setup_info"], json!({ "phone_name": "Front desk", "phone_number": "493055570142" }));
    assert_eq!(channel["integration"]["state"], "running");
    assert!(channel["waba_account_id"].as_str().is_some_and(|id| id.ends_with("WA")));
    assert!(channel["created_at"].as_str().is_some_and(|time| time.len() == 20 && time.ends_with('Z')));

    let path = format!("/partners/{}/channels", practice.hub.partner_id());
    let list = jo.get(&path).await.expect(200).json();
    let listed = list["partner_channels"].as_array().expect("a list");
    assert!(listed.contains(&channel));
}

#[tokio::test]
async fn the_partner_s_side_tells_neither_who_pays_nor_the_permission() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let partner = practice.hub.partner_id();
    for path in [format!("/partners/{partner}/clients"), format!("/partners/{partner}/channels")] {
        let text = jo.get(&path).await.expect(200).text;
        assert!(!text.contains("payment_method"));
        assert!(!text.contains("partner_permission"));
    }
}

#[tokio::test]
async fn the_clients_of_a_partner_are_listed_without_those_of_nobody() {
    let practice = practise().await;
    let path = format!("/partners/{}/clients?sort=name", practice.hub.partner_id());
    let list = practice.sign_in(JO).await.get(&path).await.expect(200).json();
    assert_eq!(texts(&list["clients"], "/name"), [AURORA, HARBOUR, KIOSK, LINDNER, BIKES]);
    assert_eq!(list["total"], 5);
}

#[tokio::test]
async fn a_partner_s_record_tells_its_name_and_addresses() {
    let practice = practise().await;
    let path = format!("/partners/{}", practice.hub.partner_id());
    let record = practice.sign_in(TIM).await.get(&path).await.expect(200).json();
    assert_eq!(record["brand_name"], "Blue Anchor");
    for field in ["id", "logo_url", "webhook_url", "partner_redirect_url"] {
        assert!(record.get(field).is_some(), "{field}");
    }
}

#[tokio::test]
async fn a_partner_api_key_reads_what_a_person_of_the_partner_reads() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let key = practice.partner_key();
    let partner = practice.hub.partner_id();
    for path in [
        format!("/partners/{partner}"),
        format!("/partners/{partner}/clients"),
        format!("/partners/{partner}/channels"),
        format!("/partners/{partner}/clients/{}/shared_client_numbers", practice.client(HARBOUR)),
        practice.partner_channel(HARBOUR, "Spa"),
        format!("{}/api_keys", practice.partner_channel(HARBOUR, "Front desk")),
    ] {
        assert_eq!(key.get(&path).await.expect(200).json(), jo.get(&path).await.expect(200).json());
    }
    key.get(&format!("/clients/{}", practice.client(HARBOUR))).await.expect(403).reason();
}

#[tokio::test]
async fn when_a_client_changes_the_permission_then_shared_client_numbers_follows_each_change() {
    let practice = practise().await;
    let (maria, jo) = (practice.sign_in(MARIA).await, practice.sign_in(JO).await);
    let path = format!(
        "/partners/{}/clients/{}/shared_client_numbers",
        practice.hub.partner_id(),
        practice.client(HARBOUR)
    );
    let shared = async || {
        let mut names = texts(&jo.get(&path).await.expect(200).json(), "/setup_info/phone_name");
        names.sort();
        names
    };
    assert_eq!(shared().await, ["Front desk"]);
    let restaurant =
        format!("{}/partner_permission", practice.client_channel(HARBOUR, "Restaurant bookings"));
    maria.put(&restaurant).await.expect(200);
    assert_eq!(shared().await, ["Front desk", "Restaurant bookings"]);
    let front_desk = format!("{}/partner_permission", practice.client_channel(HARBOUR, "Front desk"));
    maria.delete(&front_desk).await.expect(200);
    assert_eq!(shared().await, ["Restaurant bookings"]);
    maria.delete(&restaurant).await.expect(200);
    assert!(shared().await.is_empty());
}

#[tokio::test]
async fn someone_else_s_things_are_forbidden_and_what_does_not_exist_is_not_found() {
    let practice = practise().await;
    let jo = practice.sign_in(JO).await;
    let partner = practice.hub.partner_id();
    let padaria = practice.client(PADARIA);
    jo.get(&practice.partner_channel(PADARIA, "Encomendas")).await.expect(403).reason();
    jo.get(&format!("/partners/{partner}/clients/{padaria}/shared_client_numbers"))
        .await
        .expect(403)
        .reason();
    jo.get("/partners/other1PA/channels").await.expect(403).reason();
    jo.get(&format!("/clients/{}", practice.client(HARBOUR))).await.expect(403).reason();
    practice.sign_in(MARIA).await.get(&format!("/partners/{partner}/clients")).await.expect(403).reason();
    jo.get(&format!("/partners/{partner}/channels/nothereCH")).await.expect(404).reason();
    jo.get(&format!("/partners/{partner}/clients/nothereCL/shared_client_numbers"))
        .await
        .expect(404)
        .reason();
    jo.get(&format!("/partners/{partner}/nothing")).await.expect(404).reason();
    jo.delete(&format!("/partners/{partner}/channels")).await.expect(405).reason();
}

#[tokio::test]
async fn names_beyond_ascii_come_escaped_and_read_as_they_are() {
    let practice = practise().await;
    let answer =
        practice.sign_in(JO).await.get(&format!("/partners/{}/clients", practice.hub.partner_id())).await;
    assert!(answer.text.is_ascii());
    assert!(answer.text.contains("Cl\\u00ednica Aurora"));
    assert!(texts(&answer.json()["clients"], "/name").contains(&AURORA.to_owned()));
}

#[tokio::test]
async fn given_a_large_world_when_paging_through_it_then_each_channel_comes_exactly_once() {
    let practice = practise_with(Options { world: WorldSize::Large(10_000), ..Options::default() }).await;
    let key = practice.partner_key();
    let partner = practice.hub.partner_id();
    let mut ids = Vec::new();
    for offset in (0..11_000).step_by(1000) {
        let page = key.get(&format!("/partners/{partner}/channels?offset={offset}")).await.expect(200).json();
        assert_eq!(page["total"], 10_050);
        ids.extend(texts(&page["partner_channels"], "/id"));
    }
    assert_eq!(ids.len(), 10_050);
    assert!(ids.is_sorted_by(|a, b| a < b), "in order and each once");
    let clients = key.get(&format!("/partners/{partner}/clients?limit=1")).await.expect(200).json();
    assert_eq!(clients["total"], 505);
    practice.sign_in(MARIA).await.get("/users/me").await.expect(200);
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
