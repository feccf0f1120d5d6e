//! What a partner's support staff read, with the partner's API key or a person's session.

use std::sync::Arc;

use channel_keys_core::channel::{ChannelId, ClientId, HubStatus, PartnerId, Status};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Hub, HubError};
use channel_keys_core::partner_hub::{Caller, PartnerReads, Pass};
use channel_keys_core::secret::{ApiKey, PartnerKey, SessionToken};

use crate::practice::*;
use crate::scripted::{Scripted, Unvisited, answer, header, json};

#[tokio::test]
async fn a_partner_s_key_and_a_person_s_session_open_the_same() {
    let practice = practise().await;
    let (harbour, front_desk) = (practice.client(HARBOUR), practice.channel(HARBOUR, "Front desk"));
    let key = practice.with_partner_key();
    for session in [practice.with_session(JO).await, practice.with_session(TIM).await] {
        let rest = &practice.rest;
        let name = rest.partner_name(&key).await.expect("a name");
        assert_eq!(name, Fact::Told("Blue Anchor".into()));
        assert_eq!(rest.partner_name(&session).await, Ok(name));
        assert_eq!(rest.clients(&key).await, rest.clients(&session).await);
        assert_eq!(rest.channels_from(&key, 0).await, rest.channels_from(&session, 0).await);
        assert_eq!(rest.channel(&key, &front_desk).await, rest.channel(&session, &front_desk).await);
        let shared = rest.shared(&key, &harbour).await.expect("the list");
        assert!(shared.contains(&front_desk), "{shared:?}");
        assert_eq!(rest.shared(&session, &harbour).await, Ok(shared));
    }
}

#[tokio::test]
async fn a_channel_comes_with_whose_it_is_and_never_with_a_permission() {
    let practice = practise().await;
    let key = practice.with_partner_key();

    let read = practice.rest.channel(&key, &practice.channel(AURORA, "Citas")).await.expect("a channel");

    assert_eq!(read.channel.id, practice.channel(AURORA, "Citas"));
    assert_eq!(read.channel.name, Fact::Told("Citas".into()));
    assert_eq!(read.channel.status, Fact::Told(Status::Ready));
    assert_eq!(read.channel.hub_status, Fact::Told(HubStatus::Live));
    assert_eq!(read.channel.permission, Fact::NotTold);
    let Fact::Told(client) = &read.client else { panic!("{:?}", read.client) };
    assert_eq!((&client.id, &client.name), (&practice.client(AURORA), &Fact::Told(AURORA.into())));
    assert!(client.email.told().is_some_and(|email| email.contains('@')), "{client:?}");
}

#[tokio::test]
async fn the_clients_are_the_partner_s_own_with_name_and_address() {
    let practice = practise().await;

    let clients = practice.rest.clients(&practice.with_partner_key()).await.expect("the clients").items;

    let harbour = clients.iter().find(|client| client.id == practice.client(HARBOUR)).expect("its client");
    assert_eq!(harbour.name, Fact::Told(HARBOUR.into()));
    assert!(harbour.email.told().is_some());
    assert!(clients.iter().all(|client| client.id != practice.client(PADARIA)), "it has no partner");
    assert_eq!(clients.len(), 5);
}

#[tokio::test]
async fn the_shared_channels_follow_what_the_client_gives_and_removes() {
    use channel_keys_core::channel::Permission::{Missing, Shared};
    let practice = practise().await;
    let (key, maria) = (practice.with_partner_key(), practice.sign_in(MARIA).await);
    let (harbour, front_desk) = (practice.client(HARBOUR), practice.channel(HARBOUR, "Front desk"));
    let is_shared = async || {
        let shared = practice.rest.shared(&key, &harbour).await.expect("the list");
        shared.contains(&front_desk)
    };

    assert!(is_shared().await);
    let set = async |to| practice.rest.set_permission(&maria, &harbour, &front_desk, to).await;
    set(Missing).await.expect("it is removed");
    assert!(!is_shared().await);
    set(Shared).await.expect("it is given");
    assert!(is_shared().await);
}

/// Every call of the partner's side, at a Hub of which no more than its heads matter.
async fn ask_everything(host: &Scripted, pass: Pass) {
    let hub = rest(&host.hub());
    let caller = Caller { partner: PartnerId("a/../PA".into()), pass };
    let _ = hub.partner_name(&caller).await;
    let _ = hub.clients(&caller).await;
    let _ = hub.channels_from(&caller, 7).await;
    let _ = hub.channel(&caller, &ChannelId("c?CH".into())).await;
    let _ = hub.shared(&caller, &ClientId("b#CL".into())).await;
    let _ = PartnerReads::key_list(&hub, &caller, &ChannelId("c?CH".into())).await;
    let _ = hub.return_address(&caller).await;
}

#[tokio::test]
async fn each_call_is_a_read_below_the_partner_and_carries_its_pass_in_one_header_alone() {
    let key = Pass::Key(Arc::new(PartnerKey::new("invented-partner-key")));
    let session = Pass::Session(Arc::new(SessionToken::new("invented-session")));
    for (pass, carries, value, not) in [
        (key, "x-api-key", "invented-partner-key", "authorization"),
        (session, "authorization", "Bearer invented-session", "x-api-key"),
    ] {
        let host = Scripted::answering(|_| answer("403 Forbidden", "", "")).await;

        ask_everything(&host, pass).await;

        let requests = host.requests();
        let lines: Vec<_> = requests.iter().map(|request| request.lines().next().expect("a line")).collect();
        let partner = "/api/v2/partners/a%2F..%2FPA";
        assert_eq!(
            lines,
            [
                format!("GET {partner} HTTP/1.1"),
                format!("GET {partner}/clients?limit=1000&offset=0 HTTP/1.1"),
                format!("GET {partner}/channels?limit=1000&offset=7 HTTP/1.1"),
                format!("GET {partner}/channels/c%3FCH HTTP/1.1"),
                format!("GET {partner}/clients/b%23CL/shared_client_numbers HTTP/1.1"),
                format!("GET {partner}/channels/c%3FCH/api_keys HTTP/1.1"),
                format!("GET {partner} HTTP/1.1"),
            ]
        );
        for request in &requests {
            assert_eq!(header(request, carries), Some(value));
            assert_eq!((header(request, not), header(request, "d360-api-key")), (None, None));
            assert_eq!(request.matches("invented").count(), 1, "it stands elsewhere too: {request}");
            assert!(request.ends_with("\r\n\r\n"), "it has a body: {request}");
        }
    }
}

#[tokio::test]
async fn a_partner_s_key_never_reaches_a_messaging_host() {
    let messaging = Scripted::answering(|_| json("{}")).await;
    let elsewhere = Unvisited::new();
    let address = format!("http://{}", elsewhere.address());
    // A Hub whose answers name other hosts, in fields where addresses are known to stand.
    let host = Scripted::answering(move |_| {
        json(&format!(
            r#"{{"id":"aCH","address":"{address}","webhook_url":"{address}","clients":[],"channels":[],"next":"{address}"}}"#
        ))
    })
    .await;
    let pass = Pass::Key(Arc::new(PartnerKey::new("invented-partner-key")));

    ask_everything(&host, pass).await;
    let channel_s_key = ApiKey::new("inventedinventedAK");
    let _ = rest(&host.hub()).health(&messaging.hub(), &channel_s_key).await;
    let _ = rest(&host.hub()).webhook(&messaging.hub(), &channel_s_key).await;

    assert_eq!(host.connections(), 7);
    assert!(elsewhere.nobody_came());
    let told = messaging.requests();
    assert_eq!(told.len(), 2, "the channel's own key was sent there");
    for request in &told {
        assert_eq!(header(request, "d360-api-key"), Some("inventedinventedAK"));
        assert_eq!((header(request, "x-api-key"), header(request, "authorization")), (None, None));
        assert!(!request.contains("invented-partner-key"), "{request}");
    }
}

#[tokio::test]
async fn a_key_that_no_header_can_carry_is_not_sent_and_not_called_refused() {
    let host = Scripted::answering(|_| json("{}")).await;
    let pass = Pass::Key(Arc::new(PartnerKey::new("two\r\nlines: of it")));
    let caller = Caller { partner: PartnerId("aPA".into()), pass };

    assert_eq!(rest(&host.hub()).partner_name(&caller).await, Err(HubError::KeyNotSendable));
    for key in ["two\r\nlines", "käse", "a\u{0}b"] {
        let health = rest(&host.hub()).health(&host.hub(), &ApiKey::new(key)).await;
        let webhook = rest(&host.hub()).webhook(&host.hub(), &ApiKey::new(key)).await;
        assert_eq!(
            (health, webhook),
            (Err(HubError::KeyNotSendable), Err(HubError::KeyNotSendable)),
            "{key:?}"
        );
    }
    assert_eq!(host.connections(), 0);
}

async fn made_of(body: &'static str) -> Result<Fact<String>, HubError> {
    let host = Scripted::answering(move |_| json(body)).await;
    let pass = Pass::Key(Arc::new(PartnerKey::new("invented")));
    rest(&host.hub()).partner_name(&Caller { partner: PartnerId("aPA".into()), pass }).await
}

#[tokio::test]
async fn a_name_that_is_left_out_is_not_told_and_another_partner_s_is_not_taken() {
    assert_eq!(
        made_of(r#"{"id":"aPA","brand_name":"Blue Anchor"}"#).await,
        Ok(Fact::Told("Blue Anchor".into()))
    );
    for silent in ["{}", r#"{"id":"aPA","brand_name":null}"#, r#"{"brand_name":" "}"#, r#"{"brand_name":[]}"#]
    {
        assert_eq!(made_of(silent).await, Ok(Fact::NotTold), "{silent}");
    }
    for odd in [r#"{"id":"bPA","brand_name":"Red Anchor"}"#, "[]", "null", r#""Blue Anchor""#] {
        assert_eq!(made_of(odd).await, Err(HubError::NotUnderstood { status: 200 }), "{odd}");
    }
}
