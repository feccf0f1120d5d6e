//! Section 4: what a client's people use.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::*;

fn named<'a>(list: &'a Value, name: &str) -> &'a Value {
    let channels = list["client_channels"].as_array().expect("a list");
    channels
        .iter()
        .find(|channel| channel["setup_info"]["phone_name"] == name)
        .unwrap_or_else(|| panic!("no {name}"))
}

#[tokio::test]
async fn a_client_s_record_tells_who_pays_and_the_partner() {
    let practice = practise().await;
    let blue_anchor = json!({ "id": practice.hub.partner_id(), "brand_name": "Blue Anchor" });
    for (who, client, payment_method, partner) in [
        (MARIA, HARBOUR, json!("direct"), &blue_anchor),
        (LUCIA, AURORA, json!("partner"), &blue_anchor),
        (RUI, PADARIA, json!("direct"), &Value::Null),
        (AYSE, KIOSK, json!("direct"), &blue_anchor),
        (SAM, BIKES, json!("direct"), &blue_anchor),
        (SAM, COFFEE, json!("direct"), &Value::Null),
    ] {
        let record = practice.sign_in(who).await.get(&format!("/clients/{}", practice.client(client))).await;
        let record = record.expect(200).json();
        assert_eq!(record["name"], client);
        assert_eq!(record["payment_method"], payment_method, "{client}");
        assert_eq!(record["partner"], *partner, "{client}");
    }
    let lindner = practice.sign_in(PETRA).await.get(&format!("/clients/{}", practice.client(LINDNER))).await;
    assert!(lindner.expect(200).json().get("payment_method").is_none(), "who pays is not told");
}

#[tokio::test]
async fn the_harbour_hotel_shows_shared_missing_not_running_and_not_told() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let client = practice.client(HARBOUR);
    let list = maria.get(&format!("/clients/{client}/channels")).await.expect(200).json();
    assert_eq!(list["total"], 4);
    assert_eq!(named(&list, "Front desk")["partner_permission"], "shared");
    assert_eq!(named(&list, "Restaurant bookings")["partner_permission"], "missing");
    assert_eq!(named(&list, "Spa")["partner_permission"], "missing");
    assert_eq!(named(&list, "Spa")["integration"]["state"], "stopped");
    assert!(named(&list, "Events Lisbon").get("partner_permission").is_none());

    let permissions = maria.get(&format!("/clients/{client}/partner_permissions")).await.expect(200).json();
    let permissions = permissions.as_array().expect("a bare list").clone();
    let row = |channel: &str, shared: bool| {
        json!({
            "channel_id": practice.channel(HARBOUR, channel),
            "partner_id": practice.hub.partner_id(),
            "shared": shared,
        })
    };
    assert_eq!(permissions.len(), 3);
    assert!(permissions.contains(&row("Front desk", true)));
    assert!(permissions.contains(&row("Restaurant bookings", false)));
    assert!(permissions.contains(&row("Spa", false)));
}

#[tokio::test]
async fn a_client_s_list_pages_sorts_and_filters_like_the_partner_s() {
    let practice = practise().await;
    let path = format!("/clients/{}/channels", practice.client(LINDNER));
    let petra = practice.sign_in(PETRA).await;
    let page = petra.get(&format!("{path}?limit=5&offset=38&sort=-created_at")).await.expect(200).json();
    assert_eq!((&page["count"], &page["total"]), (&json!(2), &json!(40)));
    let declined = petra.get(&format!("{path}?filters=%7B%22status%22:%22certificate_declined%22%7D")).await;
    assert_eq!(declined.expect(200).json()["total"], 1);
}

#[tokio::test]
async fn when_a_permission_is_given_or_removed_twice_then_both_answers_are_the_same() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let path = format!("{}/partner_permission", practice.client_channel(HARBOUR, "Restaurant bookings"));
    let record = |shared: bool| {
        json!({
            "channel_id": practice.channel(HARBOUR, "Restaurant bookings"),
            "partner_id": practice.hub.partner_id(),
            "shared": shared,
        })
    };
    for _ in 0..2 {
        assert_eq!(maria.put(&path).await.expect(200).json(), record(true));
    }
    let list = maria.get(&format!("/clients/{}/channels", practice.client(HARBOUR))).await.json();
    assert_eq!(named(&list, "Restaurant bookings")["partner_permission"], "shared");
    for _ in 0..2 {
        assert_eq!(maria.delete(&path).await.expect(200).json(), record(false));
    }
    let list = maria.get(&format!("/clients/{}/channels", practice.client(HARBOUR))).await.json();
    assert_eq!(named(&list, "Restaurant bookings")["partner_permission"], "missing");
}

#[tokio::test]
async fn given_a_permission_that_was_not_told_when_it_is_given_then_it_is_told() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    maria
        .put(&format!("{}/partner_permission", practice.client_channel(HARBOUR, "Events Lisbon")))
        .await
        .expect(200);
    let list = maria.get(&format!("/clients/{}/channels", practice.client(HARBOUR))).await.json();
    assert_eq!(named(&list, "Events Lisbon")["partner_permission"], "shared");
}

#[tokio::test]
async fn given_partner_payment_when_removing_the_permission_then_one_channel_refuses_and_another_allows() {
    let practice = practise().await;
    let lucia = practice.sign_in(LUCIA).await;
    let citas = format!("{}/partner_permission", practice.client_channel(AURORA, "Citas"));
    assert_eq!(lucia.delete(&citas).await.expect(403).reason(), "Ask your partner to remove it.");
    assert_eq!(lucia.put(&citas).await.expect(200).json()["shared"], true);
    let urgencias = format!("{}/partner_permission", practice.client_channel(AURORA, "Urgencias"));
    assert_eq!(lucia.delete(&urgencias).await.expect(200).json()["shared"], false);
    assert_eq!(lucia.put(&urgencias).await.expect(200).json()["shared"], true);
    let laboratorio = format!("{}/partner_permission", practice.client_channel(AURORA, "Laboratorio"));
    assert_eq!(lucia.put(&laboratorio).await.expect(200).json()["shared"], true);
}

#[tokio::test]
async fn a_member_reads_everything_and_may_not_change_the_permission() {
    let practice = practise().await;
    let jonas = practice.sign_in(JONAS).await;
    let client = practice.client(HARBOUR);
    for path in ["", "/channels", "/partner_permissions"] {
        jonas.get(&format!("/clients/{client}{path}")).await.expect(200);
    }
    let path = format!("{}/partner_permission", practice.client_channel(HARBOUR, "Front desk"));
    for answer in [jonas.delete(&path).await, jonas.put(&path).await] {
        assert_eq!(answer.expect(403).reason(), "Only an Owner may change the partner permission.");
    }
}

#[tokio::test]
async fn a_client_without_partner_has_no_permission_to_change() {
    let practice = practise().await;
    let rui = practice.sign_in(RUI).await;
    let path = format!("{}/partner_permission", practice.client_channel(PADARIA, "Encomendas"));
    rui.put(&path).await.expect(400).reason();
    rui.delete(&path).await.expect(400).reason();
    let client = practice.client(PADARIA);
    assert_eq!(
        rui.get(&format!("/clients/{client}/partner_permissions")).await.expect(200).json(),
        json!([])
    );
    let list = rui.get(&format!("/clients/{client}/channels")).await.expect(200).json();
    assert!(named(&list, "Encomendas").get("partner_permission").is_none());
}

#[tokio::test]
async fn someone_else_s_client_is_forbidden_and_someone_else_s_channel_not_found() {
    let practice = practise().await;
    let maria = practice.sign_in(MARIA).await;
    let (own, other) = (practice.client(HARBOUR), practice.client(KIOSK));
    let channel = practice.channel(KIOSK, "Kiosk Yildiz");
    maria.get(&format!("/clients/{other}/channels")).await.expect(403).reason();
    maria.get("/clients/nothereCL").await.expect(403).reason();
    maria.post(&format!("/clients/{other}/channels/{channel}/api_keys")).await.expect(403).reason();
    maria.post(&format!("/clients/{own}/channels/{channel}/api_keys")).await.expect(404).reason();
    maria.put(&format!("/clients/{own}/channels/{channel}/partner_permission")).await.expect(404).reason();
    maria.get(&format!("/clients/{own}/channels/nothereCH/api_keys")).await.expect(404).reason();
    maria.post(&format!("/clients/{own}/channels")).await.expect(405).reason();
    maria.get(&format!("/clients/{own}/nothing")).await.expect(404).reason();
}

#[tokio::test]
async fn forty_channels_show_every_status_word_an_unknown_one_and_every_gap() {
    let practice = practise().await;
    let list =
        practice.sign_in(PETRA).await.get(&format!("/clients/{}/channels", practice.client(LINDNER))).await;
    let list = list.expect(200).json();
    let channels = list["client_channels"].as_array().expect("a list");
    assert_eq!(channels.len(), 40);

    let words = |field: &str| -> BTreeSet<&str> {
        channels.iter().filter_map(|channel| channel[field].as_str()).collect()
    };
    for word in [
        "created",
        "unverified",
        "verified",
        "ready",
        "modified",
        "imported",
        "new_name_requested",
        "certificate_declined",
        "consents_signed",
        "error",
        "porting_ready",
        "ready_for_migration",
        "waiting_for_migration_code",
        "migration_code_requested",
        "unknown",
        "awaiting_moonrise",
    ] {
        assert!(words("status").contains(word), "{word}");
    }
    for word in ["live", "pending_deletion", "terminated", "cancelled", "deleted"] {
        assert!(words("hub_status").contains(word), "{word}");
    }

    assert!(
        channels.iter().any(|channel| channel.as_object().is_some_and(|fields| fields.len() == 1)),
        "only an id"
    );
    let leaves_out = |field: &str| {
        channels.iter().any(|channel| channel.get("setup_info").is_some() && channel.get(field).is_none())
    };
    for field in ["status", "integration", "current_limit", "partner_permission"] {
        assert!(leaves_out(field), "{field} is missing once");
    }
    for field in ["setup_info", "hub_status"] {
        assert!(
            channels.iter().any(|channel| channel.get(field) == Some(&Value::Null)),
            "{field} is null once"
        );
    }
    assert!(words("partner_permission").is_superset(&BTreeSet::from(["shared", "missing"])));
}

#[tokio::test]
async fn a_channel_of_which_only_the_id_is_told_is_still_found_by_its_client() {
    let practice = practise().await;
    let filters = format!("filters={{%22client_id%22:%22{}%22}}", practice.client(LINDNER));
    let path = format!("/partners/{}/channels?{filters}", practice.hub.partner_id());
    assert_eq!(practice.partner_key().get(&path).await.expect(200).json()["total"], 40);
}
