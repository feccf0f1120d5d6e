//! Answers with what JSON allows and few can read: half characters, numbers beyond all bounds, fields that stand twice.
//! Whatever body they come in, they spoil nothing but themselves.

use channel_keys_core::channel::{ChannelId, Client, ClientId, PartnerId, Payer, Permission};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Hub, HubError, ListedKey, Quote, Rank, Role, Sending, Short};
use channel_keys_core::partner_hub::{Caller, PartnerReads, Pass};
use channel_keys_core::secret::{ApiKey, PartnerKey, SessionToken};
use channel_keys_hub::RestHub;

use crate::practice::rest;
use crate::scripted::{Scripted, answer, json};

/// In every body of this kind there is one field that nobody reads, and it can't be read.
const UNREAD: &str = r#""tag":"\udc00","quota":1e999,"seen":1,"seen":2"#;

async fn answering(body: &str) -> (RestHub, Scripted) {
    let body = body.replace("UNREAD", UNREAD);
    let host = Scripted::answering(move |_| json(&body)).await;
    (rest(&host.hub()), host)
}

fn token() -> SessionToken {
    SessionToken::new("invented")
}

fn partner() -> Caller {
    let pass = Pass::Key(std::sync::Arc::new(PartnerKey::new("invented")));
    Caller { partner: PartnerId("aPA".into()), pass }
}

fn client() -> ClientId {
    ClientId("Zx81kQw2CL".into())
}

fn channel() -> ChannelId {
    ChannelId("tQ8m2ZCH".into())
}

#[tokio::test]
async fn a_person_with_half_characters_signs_in_with_every_role_that_can_be_read() {
    let (hub, _host) = answering(
        r#"{"id":"0aB1cDU","email":"maria@harbour-hotel.example","name":"\ud83c Maria",UNREAD,
            "roles":[{"type":"client","client_id":"Zx81kQw2CL","role":"owner",UNREAD},null,"guest",["aCL",null,"owner"],
                     {"client_id":"b\ud83dCL","role":"owner"},{"partner_id":"aPA","role":"own\ud83der"}]}"#,
    )
    .await;

    let person = hub.person(&token()).await.expect("a person");

    assert_eq!((person.id.as_str(), person.email.as_str()), ("0aB1cDU", "maria@harbour-hotel.example"));
    assert_eq!(person.name, Fact::Told("\u{fffd} Maria".into()));
    assert_eq!(
        person.roles,
        [
            Role::Client { client: client(), name: Fact::NotTold, rank: Rank::Owner },
            Role::Partner { partner: PartnerId("aPA".into()), rank: Rank::Other("own\u{fffd}er".into()) },
        ]
    );
}

#[tokio::test]
async fn a_person_whose_roles_can_t_be_read_is_not_called_one_without_any() {
    let person = |roles: &'static str| async move {
        let (hub, _host) =
            answering(&format!(r#"{{"id":"aU","email":"maria@harbour-hotel.example"{roles}}}"#)).await;
        hub.person(&token()).await.map(|person| person.roles.len())
    };

    for roles in ["", r#","roles":null"#, r#","roles":{"owner":"aCL"}"#, r#","roles":["owner"]"#] {
        assert_eq!(person(roles).await, Err(HubError::NotUnderstood { status: 200 }), "{roles}");
    }
    assert_eq!(person(r#","roles":[]"#).await, Ok(0));
    let twice = r#","roles":[{"client_id":"aCL","role":"owner"},{"client_id":"aCL","role":"member"}]"#;
    assert_eq!(person(twice).await, Ok(1), "one client to work for");
}

#[tokio::test]
async fn a_list_of_which_entries_can_t_be_read_is_never_called_whole() {
    let listed = |list: &'static str| async move {
        let (hub, _host) = answering(list).await;
        let listed = hub.channels(&token(), &client()).await.expect("a list");
        (listed.items.len(), listed.short)
    };

    for list in
        [r#"{"client_channels":[{"channel_id":"x"},7]}"#, r#"{"client_channels":[{"id":{}},7],"total":0}"#]
    {
        assert_eq!(listed(list).await, (0, Some(Short { announced: 2, came: 0 })), "{list}");
    }
    for list in [
        r#"{"meta":{"success":false,"http_code":500},"client_channels":[]}"#,
        r#"{"error":"backend down","client_channels":[]}"#,
    ] {
        let (hub, _host) = answering(list).await;
        let error = hub.channels(&token(), &client()).await.map(drop);
        assert_eq!(error, Err(HubError::NotUnderstood { status: 200 }), "{list}");
    }
    let one_of_two = r#"{"total":1,"client_channels":[{"id":"aCH"},{"id":{}}]}"#;
    assert_eq!(listed(one_of_two).await, (1, Some(Short { announced: 2, came: 1 })));
}

#[tokio::test]
async fn a_client_with_half_characters_is_told_with_all_else() {
    let told =
        async |body: &str| answering(body).await.0.client(&token(), &client()).await.expect("a client");

    let cut = told(
        r#"{"id":"Zx81kQw2CL","name":"Harbour Hotel GmbH \ud83c","payment_method":"direct","partner":null,UNREAD}"#,
    )
    .await;
    let odd =
        told(r#"{"name":"\ud83d","payment_method":1e999,"partner":{"id":"a\ud83dPA","brand_name":"Blue"}}"#)
            .await;
    let contradicted = told(r#"{"partner":null,"partner":{"id":"aPA"},"name":"Harbour \ud83c"}"#).await;

    assert_eq!(
        cut,
        Client {
            id: client(),
            name: Fact::Told("Harbour Hotel GmbH \u{fffd}".into()),
            payer: Fact::Told(Payer::Client),
            partner: Fact::Told(None),
        }
    );
    assert_eq!((odd.name, odd.payer, odd.partner), (Fact::NotTold, Fact::NotTold, Fact::NotTold));
    assert_eq!(contradicted.partner, Fact::NotTold, "neither of the two is believed");
}

#[tokio::test]
async fn channels_with_half_characters_and_decimal_numbers_are_listed() {
    let list = |key: &str| {
        format!(
            r#"{{"total":2,"count":2,UNREAD,"{key}":[
                {{"id":"tQ8m2ZCH","setup_info":{{"phone_number":493055570142.0,"phone_name":"Hotel \ud83d"}},
                  "partner_permission":"shared",UNREAD}},
                {{"id":"b\ud83dCH"}}]}}"#
        )
    };
    let (hub, _host) = answering(&list("client_channels")).await;
    let (partners, _other) = answering(&list("partner_channels")).await;

    let listed = hub.channels(&token(), &client()).await.expect("the channels");
    let piece = partners.channels_from(&partner(), 0).await.expect("a piece");

    for read in [&listed.items[..], &[piece.channels[0].channel.clone()]] {
        assert_eq!(read.len(), 1);
        assert_eq!((&read[0].id, &read[0].name), (&channel(), &Fact::Told("Hotel \u{fffd}".into())));
        assert_eq!(read[0].number, Fact::Told("493055570142".into()));
    }
    assert_eq!((piece.entries, piece.channels.len()), (2, 1), "the other one is counted");
    let (one, _host) = answering(
        r#"{"id":"tQ8m2ZCH","setup_info":{"phone_number":493055570142.0,"phone_name":"Hotel \ud83d"}}"#,
    )
    .await;
    let one = one.channel(&partner(), &channel()).await.expect("the channel").channel;
    assert_eq!((one.number, one.permission), (Fact::Told("493055570142".into()), Fact::NotTold));
}

#[tokio::test]
async fn one_odd_line_spoils_no_other_permission() {
    for list in [
        r#"[null,7,{"channel_id":"a\ud83dCH"},{"channel_id":"tQ8m2ZCH","shared":true,UNREAD},["tQ8m2ZCH",false]]"#,
        r#"{"total":2,UNREAD,"partner_permissions":[null,{"channel_id":"tQ8m2ZCH","shared":true,"by":"\ud83d"}]}"#,
    ] {
        let list = list.replace("UNREAD", UNREAD);
        let host = Scripted::answering(move |head| {
            json(if head.contains("partner_permissions") {
                &list
            } else {
                r#"{"client_channels":[{"id":"tQ8m2ZCH"}]}"#
            })
        })
        .await;

        let listed = rest(&host.hub()).channels(&token(), &client()).await.expect("the channels");

        assert_eq!(listed.items[0].permission, Fact::Told(Permission::Shared));
    }
}

#[tokio::test]
async fn lines_that_contradict_each_other_tell_no_permission() {
    let host = Scripted::answering(|head| {
        json(if head.contains("partner_permissions") {
            r#"[{"channel_id":"aCH","shared":true},{"channel_id":"aCH","shared":false},{"channel_id":"aCH","shared":true},
                {"channel_id":"bCH","shared":false},{"channel_id":"bCH","shared":false}]"#
        } else {
            r#"{"client_channels":[{"id":"aCH"},{"id":"bCH"}],"total":2}"#
        })
    })
    .await;

    let channels = rest(&host.hub()).channels(&token(), &client()).await.expect("the list").items;

    assert_eq!(channels[0].permission, Fact::NotTold);
    assert_eq!(channels[1].permission, Fact::Told(Permission::Missing));
}

#[tokio::test]
async fn a_changed_permission_is_told_beside_half_characters() {
    let (hub, _host) =
        answering(r#"{"channel_id":"tQ8m2ZCH","partner_id":"a\ud83dPA","shared":true,UNREAD}"#).await;

    let now = hub.set_permission(&token(), &client(), &channel(), Permission::Shared).await;

    assert_eq!(now, Ok(Fact::Told(Permission::Shared)));
}

#[tokio::test]
async fn a_listed_key_that_can_t_be_read_is_a_key_of_which_nothing_is_known() {
    let body = r#"{UNREAD,"api_keys":[{"id":"201126","api_key":"****kX9p",UNREAD},null,{"id":"2\ud83d"},{"id":201127.0}]}"#;
    let (hub, _host) = answering(body).await;

    let by_client = Hub::key_list(&hub, &token(), &client(), &channel()).await;
    let by_partner = PartnerReads::key_list(&hub, &partner(), &channel()).await;

    let key = |id: Fact<&str>| ListedKey { hub_id: id.map(str::to_owned), tail: Fact::NotTold };
    let unknown = || key(Fact::NotTold);
    let listed = Ok(vec![key(Fact::Told("201126")), unknown(), unknown(), key(Fact::Told("201127"))]);
    assert_eq!((&by_client, &by_partner), (&listed, &listed));
    let (none, _host) = answering(r#"{"api_keys":{}}"#).await;
    let not_understood = Err(HubError::NotUnderstood { status: 200 });
    assert_eq!(Hub::key_list(&none, &token(), &client(), &channel()).await, not_understood);
}

#[tokio::test]
async fn a_partner_and_its_clients_are_told_beside_half_characters() {
    let (hub, _host) = answering(
        r#"{"id":"aPA","brand_name":"Blue Anchor \ud83d","partner_redirect_url":"https://blue-anchor.example/",UNREAD}"#,
    )
    .await;
    let name = hub.partner_name(&partner()).await;
    let address = hub.return_address(&partner()).await;
    assert_eq!(name, Ok(Fact::Told("Blue Anchor \u{fffd}".into())));
    assert_eq!(address, Ok(Fact::Told("https://blue-anchor.example/".into())));

    let (hub, _host) = answering(
        r#"{"total":3,UNREAD,"clients":[{"id":"aCL","name":"Acme \ud83d",UNREAD},null,{"id":"b\ud83dCL"}]}"#,
    )
    .await;
    let clients = hub.clients(&partner()).await.expect("the clients");
    assert_eq!(clients.items.len(), 1);
    assert_eq!(clients.items[0].name, Fact::Told("Acme \u{fffd}".into()));
    assert_eq!(clients.short.map(|short| (short.came, short.announced)), Some((1, 3)));

    let (hub, _host) = answering(r#"[{"id":"aCH","name":"\ud83d",UNREAD},"bCH"]"#).await;
    let shared = hub.shared(&partner(), &client()).await;
    assert_eq!(shared, Ok(vec![ChannelId("aCH".into()), ChannelId("bCH".into())]));
}

#[tokio::test]
async fn the_messaging_host_is_read_beside_half_characters() {
    let key = ApiKey::new("invented");
    let (hub, host) = answering(
        r#"{"health_status":{"can_send_message":"AVAILABLE",UNREAD,"entities":[
            {"entity_type":"PHONE_NUMBER","id":"106540352242922","errors":["\ud83d"]},{"entity_type":"\ud83d"}]},UNREAD}"#,
    )
    .await;
    let health = hub.health(&host.hub(), &key).await.expect("it works");
    assert_eq!(health.sending, Fact::Told(Sending::Available));
    assert_eq!(health.external_id, Fact::Told("106540352242922".into()));

    let (hub, host) = answering(r#"{"url":"https://hooks.tablewise.example/",UNREAD}"#).await;
    let webhook = hub.webhook(&host.hub(), &key).await.expect("it is told");
    assert_eq!(webhook.host.as_deref(), Some("hooks.tablewise.example"));
}

#[tokio::test]
async fn a_refusal_is_quoted() {
    let body = r#"{"meta":{"success":false,"developer_message":"No such thing"},"tag":"\ud83d"}"#;
    let host = Scripted::answering(move |_| answer("409 Conflict", "", body)).await;

    let refused = rest(&host.hub()).client(&token(), &client()).await.map(drop);

    let said = Quote::from_text("No such thing");
    assert_eq!(refused, Err(HubError::Refused { status: 409, said }));
}
