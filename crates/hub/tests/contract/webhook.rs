//! Where a number's messages are delivered, asked with its key, and of no host but the one it is for.

use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{ChangeError, Hub, HubError, KeyOf, Webhook};
use channel_keys_core::secret::ApiKey;
use channel_keys_core::webhook::{AddressRefused, ExtraChange, ExtraWebhook, ExtraWebhooks, WebhookSetting};
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, Unvisited, header, json};

async fn webhook(practice: &Practice, key: &ApiKey) -> Result<Webhook, HubError> {
    practice.rest.webhook(practice.hub.messaging(), key).await
}

/// What is made of a messaging host's answer.
async fn made_of(body: &str) -> Result<Option<String>, HubError> {
    let body = body.to_owned();
    let host = Scripted::answering(move |_| json(&body)).await;
    let told = rest(&host.hub()).webhook(&host.hub(), &ApiKey::new("invented")).await;
    told.map(|webhook| webhook.host)
}

#[tokio::test]
async fn a_webhook_is_told_by_its_host_and_is_gone_once_a_key_was_made() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;
    let earlier = practice.earlier_key(&practice.channel(HARBOUR, "Restaurant bookings"));

    let set = webhook(&practice, &earlier).await.expect("it is told");
    let new = practice.make_key(&token, HARBOUR, "Restaurant bookings").await.expect("a key");
    let cleared = webhook(&practice, &new.key).await.expect("it is told");
    let by_a_dead_key = webhook(&practice, &earlier).await;

    assert_eq!(set.host.as_deref(), Some("hooks.tablewise.example"));
    assert_eq!(cleared.host, None, "making a key cleared it");
    assert_eq!(by_a_dead_key, Err(HubError::KeyRefused(KeyOf::Channel)), "no session is over");
    assert_eq!(practice.count(WEBHOOK), 3);
}

#[tokio::test]
async fn a_number_that_never_had_a_webhook_has_none() {
    let practice = practise().await;
    let key = practice.earlier_key(&practice.channel(HARBOUR, "Events Lisbon"));

    assert_eq!(webhook(&practice, &key).await, Ok(Webhook { host: None }));
}

#[tokio::test]
async fn a_key_that_nobody_made_is_refused() {
    let practice = practise().await;

    let told = webhook(&practice, &ApiKey::new("inventedinvented")).await;
    assert_eq!(told, Err(HubError::KeyRefused(KeyOf::Channel)));
}

#[tokio::test]
async fn an_address_is_told_by_its_host_alone() {
    for (url, host) in [
        ("https://hooks.tablewise.example/whatsapp?token=invented#part", "hooks.tablewise.example"),
        ("https://maria:invented@hooks.tablewise.example:8443/", "hooks.tablewise.example"),
        (" https://HOOKS.tablewise.example ", "hooks.tablewise.example"),
        ("https://[::1]:9/", "[::1]"),
        ("https://tische.example.käse/", "tische.example.xn--kse-qla"),
    ] {
        let told = made_of(&format!(r#"{{"url":"{url}","headers":{{"authorization":"invented"}}}}"#)).await;
        assert_eq!(told, Ok(Some(host.to_owned())), "{url}");
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_shown_cleaned_and_cut() {
    assert_eq!(made_of(r#"{"url":"ask\u0007 Jonas\u202e"}"#).await, Ok(Some("ask Jonas".into())));
    assert_eq!(made_of(r#"{"url":"mailto:jonas"}"#).await, Ok(Some("mailto:jonas".into())));
    for long in [format!("https://{}.example/", "a".repeat(5_000)), "b ".repeat(5_000)] {
        let told = made_of(&format!(r#"{{"url":"{long}"}}"#)).await.expect("it is told");
        assert!(told.is_some_and(|host| (100..=240).contains(&host.chars().count())), "{long}");
    }
}

#[tokio::test]
async fn an_empty_address_means_that_none_is_set_and_silence_means_nothing() {
    for none in [r#"{"url":"","headers":{}}"#, r#"{"url":" \n"}"#, r#"{"url":null}"#] {
        assert_eq!(made_of(none).await, Ok(None), "{none}");
    }
    for odd in ["{}", "[]", "null", "", r#"{"url":7}"#, r#"{"url":{}}"#, r#"{"webhook":"x"}"#, "<html>"] {
        assert_eq!(made_of(odd).await, Err(HubError::NotUnderstood { status: 200 }), "{odd}");
    }
}

#[tokio::test]
async fn a_messaging_host_in_trouble_says_nothing_of_a_webhook() {
    let practice = practise().await;
    let key = practice.earlier_key(&practice.channel(HARBOUR, "Front desk"));
    let asked = async |fault: Fault| {
        practice.hub.set_faults(vec![fault]);
        webhook(&practice, &key).await.expect_err("no answer that counts")
    };

    let in_trouble = asked(Fault::new(WEBHOOK, Do::Status).status(502)).await;
    assert!(matches!(in_trouble, HubError::InTrouble { status: 502, .. }), "{in_trouble:?}");
    let missing = asked(Fault::new(WEBHOOK, Do::Status).status(404)).await;
    assert!(matches!(missing, HubError::NotThere(_)), "{missing:?}");
    assert_eq!(asked(Fault::new(WEBHOOK, Do::NotJson)).await, HubError::NotUnderstood { status: 200 });
    assert_eq!(asked(Fault::new(WEBHOOK, Do::CutBody)).await, HubError::NoAnswer);
    assert_eq!(asked(Fault::new(WEBHOOK, Do::ResetBeforeCommit)).await, HubError::NoAnswer);
}

#[tokio::test]
async fn it_is_asked_for_and_never_set_and_the_key_goes_in_its_own_header() {
    let host = Scripted::answering(|_| json(r#"{"url":""}"#)).await;

    let told = rest(&host.hub()).webhook(&host.hub(), &ApiKey::new("invented")).await;

    assert!(told.is_ok(), "{told:?}");
    let request = host.requests().remove(0);
    assert!(request.starts_with("GET /api/v2/v1/configs/webhook HTTP/1.1\r\n"), "{request}");
    assert_eq!(header(&request, "d360-api-key"), Some("invented"));
    assert_eq!(header(&request, "authorization"), None);
}

#[tokio::test]
async fn a_host_that_is_not_trusted_is_not_asked() {
    let practice = practise().await;
    let key = practice.earlier_key(&practice.channel(HARBOUR, "Front desk"));
    let port = Unvisited::new();
    let here = format!("http://{}/messaging", port.address());
    let real = rest("https://hub.360dialog.io/api/v2");

    for address in ["https://example.com", "http://waba-v2.360dialog.io", "https://evil360dialog.io", ""] {
        assert_eq!(practice.rest.webhook(address, &key).await, Err(HubError::HostNotTrusted), "{address}");
    }
    assert_eq!(real.webhook(&here, &key).await, Err(HubError::HostNotTrusted));
    assert!(port.nobody_came());
    assert_eq!(practice.count(WEBHOOK), 0);
}

/// All that a messaging host's answer sets, as the route would set it again.
async fn set_by(body: &str) -> Result<Option<WebhookSetting>, HubError> {
    let body = body.to_owned();
    let host = Scripted::answering(move |_| json(&body)).await;
    rest(&host.hub()).webhook_setting(&host.hub(), &ApiKey::new("invented")).await
}

#[tokio::test]
async fn a_webhook_that_was_read_with_one_key_is_set_again_with_the_next() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;
    let bookings = practice.channel(HARBOUR, "Restaurant bookings");
    let earlier = practice.earlier_key(&bookings);
    let messaging = practice.hub.messaging();
    let with_headers = set_by(
        r#"{"url":"https://hooks.tablewise.example/in?t=invented","headers":{"x-b":"2","Authorization":"invented"}}"#,
    )
    .await
    .expect("it is told")
    .expect("one is set");
    practice.rest.set_webhook(messaging, &earlier, &with_headers).await.expect("it is taken");

    let before = practice.rest.webhook_setting(messaging, &earlier).await.expect("it is told");
    let before = before.expect("one is set");
    let new = practice.make_key(&token, HARBOUR, "Restaurant bookings").await.expect("a key");
    let cleared = practice.rest.webhook_setting(messaging, &new.key).await.expect("it is told");
    practice.rest.set_webhook(messaging, &new.key, &before).await.expect("it is taken");
    let after = practice.rest.webhook_setting(messaging, &new.key).await.expect("it is told");

    assert!(before.same_as(&with_headers));
    assert_eq!((before.host.as_str(), before.headers), ("hooks.tablewise.example", 2));
    assert!(cleared.is_none(), "making a key cleared it");
    assert!(after.expect("one is set").same_as(&before), "with its headers");
    let by_a_dead_key = practice.rest.set_webhook(messaging, &earlier, &before).await;
    let refused = HubError::KeyRefused(KeyOf::Channel);
    assert_eq!(by_a_dead_key, Err(ChangeError::Unchanged(refused)), "no session is over");
}

#[tokio::test]
async fn two_webhooks_that_set_the_same_are_the_same_however_they_are_written() {
    let one = r#"{"url":"https://x.example/in","headers":{"a":"1","b":"2"}}"#;
    let same = [
        r#"{"headers":{"b":"2","a":"1"},"url":" https://x.example/in ","since":7}"#,
        "{\"url\":\"https://x.example\\/in\",\n\"headers\":{\"a\":\"\\u0031\",\"b\":\"2\"}}",
    ];
    let others = [
        r#"{"url":"https://x.example/in","headers":{"a":"1"}}"#,
        r#"{"url":"https://x.example/in","headers":{"a":"1","b":"3"}}"#,
        r#"{"url":"https://x.example/in?t=1","headers":{"a":"1","b":"2"}}"#,
        r#"{"url":"https://x.example/in"}"#,
    ];
    let one = set_by(one).await.expect("it is told").expect("one is set");

    for body in same {
        assert!(set_by(body).await.expect("it is told").expect("one is set").same_as(&one), "{body}");
    }
    for body in others {
        assert!(!set_by(body).await.expect("it is told").expect("one is set").same_as(&one), "{body}");
    }
    assert!(!format!("{one:?}").contains("/in"), "what may carry a token is not told");
}

#[tokio::test]
async fn a_webhook_that_could_not_be_set_again_as_it_is_is_not_taken_for_one_that_could() {
    for odd in [
        r#"{"url":"https://x.example","headers":["a"]}"#,
        r#"{"url":"https://x.example","headers":"a"}"#,
        r#"{"url":"https://x.example","headers":{"a":{"b":"c"}}}"#,
        r#"{"url":"https://x.example","headers":{"a":7}}"#,
        r#"{"headers":{}}"#,
        "<html>",
    ] {
        let told = set_by(odd).await;
        assert_eq!(told.err(), Some(HubError::NotUnderstood { status: 200 }), "{odd}");
    }
    for none in [r#"{"url":"","headers":{"a":"1"}}"#, r#"{"url":null}"#] {
        assert!(set_by(none).await.expect("it is told").is_none(), "{none}");
    }
    let bare = set_by(r#"{"url":"https://x.example","headers":null}"#).await.expect("it is told");
    assert_eq!(bare.expect("one is set").headers, 0);
}

#[tokio::test]
async fn a_webhook_is_set_at_a_trusted_host_once_and_with_nothing_but_what_was_told() {
    let host = Scripted::answering(|_| json("{}")).await;
    let setting = set_by(r#"{"url":"https://x.example/in","headers":{"a":"1"},"odd":1}"#).await;
    let setting = setting.expect("it is told").expect("one is set");
    let practice = practise().await;
    let port = Unvisited::new();
    let elsewhere = format!("http://{}/messaging", port.address());

    let key = ApiKey::new("invented");
    let set = rest(&host.hub()).set_webhook(&host.hub(), &key, &setting).await;
    let not_trusted = practice.rest.set_webhook("https://evil360dialog.io", &key, &setting).await;
    let not_here = rest("https://hub.360dialog.io/api/v2").set_webhook(&elsewhere, &key, &setting).await;

    assert_eq!(set, Ok(()));
    assert_eq!(not_trusted, Err(ChangeError::Unchanged(HubError::HostNotTrusted)));
    assert_eq!(not_here, Err(ChangeError::Unchanged(HubError::HostNotTrusted)));
    assert!(port.nobody_came());
    let request = host.requests().remove(0);
    assert!(request.starts_with("POST /api/v2/v1/configs/webhook HTTP/1.1\r\n"), "{request}");
    assert_eq!(header(&request, "d360-api-key"), Some("invented"));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    assert!(request.ends_with(r#"{"headers":{"a":"1"},"url":"https://x.example/in"}"#), "{request}");

    let silent = Scripted::answering(|_| String::new()).await;
    let lost = rest(&silent.hub()).set_webhook(&silent.hub(), &ApiKey::new("invented"), &setting).await;
    assert_eq!(lost, Err(ChangeError::Unknown(HubError::NoAnswer)));
    assert_eq!(silent.requests().len(), 1, "it is not sent again by itself");
}

/// What is made of a messaging host's answer about extra webhooks.
async fn extra_of(body: &str) -> Result<ExtraWebhooks, HubError> {
    let body = body.to_owned();
    let host = Scripted::answering(move |_| json(&body)).await;
    rest(&host.hub()).extra_webhooks(&host.hub(), &ApiKey::new("invented")).await
}

fn names(extra: &ExtraWebhooks) -> Vec<(&str, &str)> {
    extra.list.iter().map(|extra| (extra.name.as_str(), extra.setting.host.as_str())).collect()
}

#[tokio::test]
async fn extra_webhooks_are_read_appended_changed_and_switched_on() {
    let practice = practise().await;
    let key = practice.earlier_key(&practice.channel(HARBOUR, "Restaurant bookings"));
    let messaging = practice.hub.messaging();
    let told =
        set_by(r#"{"url":"https://crm.example/in?t=invented","headers":{"Authorization":"invented"}}"#);
    let setting = told.await.expect("it is told").expect("one is set");
    let crm = ExtraWebhook { name: "crm".into(), setting };
    let other = set_by(r#"{"url":"https://other.example/in"}"#).await.expect("it is told");
    let other = ExtraWebhook { name: "crm".into(), setting: other.expect("one is set") };
    let change = async |change: ExtraChange<'_>| {
        practice.rest.change_extra_webhooks(messaging, &key, change).await.expect("it is taken");
        practice.rest.extra_webhooks(messaging, &key).await.expect("they are told")
    };

    let none = practice.rest.extra_webhooks(messaging, &key).await.expect("they are told");
    let appended = change(ExtraChange::Append(&crm)).await;
    let on = change(ExtraChange::Enable).await;
    let changed = change(ExtraChange::Change(&other)).await;

    assert_eq!((none.list.len(), none.enabled, none.complete), (0, Fact::Told(false), true));
    assert!(appended.named("crm").is_some_and(|it| it.setting.same_as(&crm.setting)), "with its header");
    assert_eq!((on.enabled, names(&on)), (Fact::Told(true), vec![("crm", "crm.example")]));
    assert!(changed.named("crm").is_some_and(|it| it.setting.same_as(&other.setting)));
    assert!(changed.named("CRM").is_none(), "names are case-sensitive");
    let twice = practice.rest.change_extra_webhooks(messaging, &key, ExtraChange::Append(&crm)).await;
    assert!(matches!(twice, Err(ChangeError::Unchanged(HubError::Refused { status: 400, .. }))), "{twice:?}");
}

#[tokio::test]
async fn an_unreadable_extra_webhook_spoils_no_other_and_is_not_hidden() {
    let good = r#"{"name":"crm","url":"https://crm.example","headers":{}}"#;
    for odd in [
        r#"{"url":"https://x.example"}"#,
        r#"{"name":"","url":"https://x.example"}"#,
        r#"{"name":"crm","url":"https://x.example"}"#,
        r#"{"name":"x"}"#,
        r#"{"name":"x","url":7}"#,
        r#"{"name":"x","url":"https://x.example","headers":["a"]}"#,
        "null",
        "7",
    ] {
        let told = extra_of(&format!(r#"{{"enabled":true,"destinations":[{odd},{good}]}}"#)).await;
        let told = told.expect("they are told");
        assert!(!told.complete, "{odd}");
        assert_eq!(told.list.len(), 1, "{odd}");
    }
    let told =
        extra_of(&format!(r#"{{"enabled":true,"destinations":[{good},{{"name":"x","url":""}}]}}"#)).await;
    let told = told.expect("they are told");
    assert_eq!((names(&told), told.complete), (vec![("crm", "crm.example")], true));
}

#[tokio::test]
async fn an_answer_that_says_nothing_of_extra_webhooks_is_not_taken_for_none() {
    for none in [r#"{"enabled":false}"#, r#"{"enabled":true,"destinations":[]}"#, r#"{"destinations":null}"#]
    {
        let told = extra_of(none).await.expect("they are told");
        assert!(told.complete && told.list.is_empty(), "{none}");
    }
    for odd in
        ["{}", "[]", "null", "", "<html>", r#"{"enabled":"yes"}"#, r#"{"enabled":true,"destinations":7}"#]
    {
        assert_eq!(extra_of(odd).await.err(), Some(HubError::NotUnderstood { status: 200 }), "{odd}");
    }
}

#[tokio::test]
async fn a_host_without_extra_webhooks_says_so_and_no_other_host_is_asked() {
    let practice = practise().await;
    let key = practice.earlier_key(&practice.channel(HARBOUR, "Front desk"));
    for status in [404, 405] {
        practice.hub.set_faults(vec![Fault::new("GET /messaging/multi_webhook", Do::Status).status(status)]);
        let told = practice.rest.extra_webhooks(practice.hub.messaging(), &key).await;
        assert!(matches!(told, Err(HubError::NotThere(_))), "{told:?}");
    }
    let evil = practice.rest.extra_webhooks("https://evil360dialog.io", &key).await;
    assert_eq!(evil.err(), Some(HubError::HostNotTrusted));
    let evil = practice.rest.change_extra_webhooks("https://example.com", &key, ExtraChange::Enable).await;
    assert_eq!(evil, Err(ChangeError::Unchanged(HubError::HostNotTrusted)));
}

#[tokio::test]
async fn a_change_of_an_extra_webhook_is_sent_once_and_as_it_was_told() {
    let setting = set_by(r#"{"url":"https://x.example/in","headers":{"a":"1"}}"#).await;
    let setting = setting.expect("it is told").expect("one is set");
    let extra = ExtraWebhook { name: "say \"hi\"".into(), setting };
    let one = r#"{"destinations":[{"name":"say \"hi\"","headers":{"a":"1"},"url":"https://x.example/in"}]}"#;
    for (change, method, body) in [
        (ExtraChange::Enable, "POST", r#"{"enabled":true}"#),
        (ExtraChange::Append(&extra), "PUT", one),
        (ExtraChange::Change(&extra), "PATCH", one),
    ] {
        let silent = Scripted::answering(|_| String::new()).await;
        let key = ApiKey::new("invented");
        let lost = rest(&silent.hub()).change_extra_webhooks(&silent.hub(), &key, change).await;

        assert_eq!(lost, Err(ChangeError::Unknown(HubError::NoAnswer)));
        let requests = silent.requests();
        assert_eq!(requests.len(), 1, "it is not sent again by itself");
        assert!(requests[0].starts_with(&format!("{method} /api/v2/multi_webhook HTTP/1.1\r\n")));
        assert_eq!(header(&requests[0], "d360-api-key"), Some("invented"));
        assert!(requests[0].ends_with(body), "{}", requests[0]);
    }
}

#[tokio::test]
async fn an_address_that_360dialog_refuses_is_known_before_it_is_sent() {
    let told = set_by(r#"{"url":"https://your_webhook.example:3000/in"}"#).await.expect("it is told");
    assert_eq!(told.expect("one is set").refused, Some(AddressRefused::Underscore));
}
