//! A client as a whole: who pays, and its partner.

use channel_keys_core::channel::{Client, Payer};
use channel_keys_core::fact::Fact;
use channel_keys_core::hub::{Hub, HubError};
use practice_hub::{Do, Fault};

use crate::practice::*;
use crate::scripted::{Scripted, json};

async fn client(practice: &Practice, who: Credentials, name: &str) -> Client {
    let token = practice.sign_in(who).await;
    practice.rest.client(&token, &practice.client(name)).await.expect("a client")
}

#[tokio::test]
async fn a_client_tells_its_name_who_pays_and_its_partner() {
    let practice = practise().await;

    let harbour = client(&practice, MARIA, HARBOUR).await;
    let aurora = client(&practice, LUCIA, AURORA).await;

    assert_eq!((&harbour.id, &harbour.name), (&practice.client(HARBOUR), &Fact::Told(HARBOUR.into())));
    assert_eq!((harbour.payer, aurora.payer), (Fact::Told(Payer::Client), Fact::Told(Payer::Partner)));
    assert_eq!(aurora.name, Fact::Told(AURORA.into()), "letters beyond ASCII arrive whole");
    let Fact::Told(Some(partner)) = &harbour.partner else { panic!("{:?}", harbour.partner) };
    assert_eq!(
        (&partner.id.0, &partner.name),
        (&practice.hub.partner_id(), &Fact::Told("Blue Anchor".into()))
    );
}

#[tokio::test]
async fn a_client_without_a_partner_is_told_from_one_whose_partner_is_not_told() {
    let practice = practise().await;
    let silent = Scripted::answering(|_| json(r#"{"id":"aCL"}"#)).await;
    let token = practice.sign_in(RUI).await;

    let padaria = client(&practice, RUI, PADARIA).await;
    let untold = rest(&silent.hub()).client(&token, &practice.client(PADARIA)).await.expect("a client");

    assert_eq!(padaria.partner, Fact::Told(None));
    assert_eq!((untold.partner, untold.payer, untold.name), (Fact::NotTold, Fact::NotTold, Fact::NotTold));
}

#[tokio::test]
async fn who_pays_stays_not_told_where_the_hub_is_silent_or_says_a_new_word() {
    let practice = practise().await;
    let odd = Scripted::answering(|_| json(r#"{"payment_method":"barter"}"#)).await;
    let token = practice.sign_in(PETRA).await;

    let lindner = client(&practice, PETRA, LINDNER).await;
    let barter = rest(&odd.hub()).client(&token, &practice.client(LINDNER)).await.expect("a client");

    assert_eq!((lindner.payer, barter.payer), (Fact::NotTold, Fact::NotTold));
}

#[tokio::test]
async fn somebody_elses_client_is_refused_and_a_hub_without_the_call_is_told_apart() {
    let practice = practise().await;
    let token = practice.sign_in(MARIA).await;

    let refused = practice.rest.client(&token, &practice.client(PADARIA)).await.map(drop);
    practice.hub.set_faults(vec![Fault::new(CLIENT, Do::Status).status(405)]);
    let missing = practice.rest.client(&token, &practice.client(HARBOUR)).await.map(drop);
    practice.spoil(CLIENT, Do::NotJson);
    let gibberish = practice.rest.client(&token, &practice.client(HARBOUR)).await.map(drop);

    assert!(matches!(refused, Err(HubError::Refused { status: 403, .. })), "{refused:?}");
    assert!(matches!(missing, Err(HubError::NotThere(_))), "{missing:?}");
    assert_eq!(gibberish, Err(HubError::NotUnderstood { status: 200 }));
}
