//! Section 2: signing in.

use std::collections::BTreeSet;

use practice_hub::Account;
use reqwest::Method;
use serde_json::json;
use time::Duration;

use crate::support::*;

#[tokio::test]
async fn given_the_right_password_when_signing_in_then_a_bearer_token_for_24_hours_comes() {
    let practice = practise().await;
    let answer = practice.token_answer(MARIA.0, MARIA.1).await.expect(200);
    let body = answer.json();
    let token = answer.field("access_token");
    assert!((1000..1200).contains(&token.len()), "about 1.1 kB, but {}", token.len());
    assert_eq!(token.split('.').count(), 3, "shaped like a JWT");
    assert_eq!(body["expires_in"], 86_400);
    assert_eq!(body["token_type"], "Bearer");
    assert!(!answer.field("refresh_token").is_empty());
    assert_ne!(practice.token_answer(MARIA.0, MARIA.1).await.field("access_token"), token);
}

#[tokio::test]
async fn given_an_account_of_the_list_when_signing_in_then_users_me_tells_who_that_is() {
    let practice = practise().await;
    for account in practice.hub.accounts() {
        let (email, password) = match &account {
            Account::PartnerKey { .. } => continue,
            Account::Client { email, password, .. } | Account::Partner { email, password, .. } => {
                (email, password)
            }
        };
        if email == NORA.0 {
            continue;
        }
        let me = practice.sign_in((email, password)).await.get("/users/me").await.expect(200);
        let first = &me.json()["roles"][0];
        let told = serde_json::to_value(&account).expect("an account as JSON");
        assert_eq!(me.field("email"), *email);
        assert_eq!(first["type"], told["kind"]);
        assert_eq!(first["role"], told["role"]);
        assert!(me.field("id").ends_with('U'));
    }
}

#[tokio::test]
async fn given_a_person_of_two_clients_when_asking_users_me_then_both_roles_are_told() {
    let practice = practise().await;
    let me = practice.sign_in(SAM).await.get("/users/me").await.expect(200).json();
    assert_eq!(
        me["roles"],
        json!([
            { "type": "client", "client_id": practice.client(BIKES), "role": "owner" },
            { "type": "client", "client_id": practice.client(COFFEE), "role": "member" },
        ])
    );
    let me = practice.sign_in(TIM).await.get("/users/me").await.expect(200).json();
    let partner_id = practice.hub.partner_id();
    assert_eq!(me["roles"], json!([{ "type": "partner", "partner_id": partner_id, "role": "member" }]));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_email_are_answered_alike() {
    let practice = practise().await;
    let wrong = json!({ "error": "invalid_grant", "error_description": "Wrong email or password." });
    for (email, password) in
        [(MARIA.0, "guess"), ("nobody@harbour-hotel.example", MARIA.1), (NORA.0, "guess")]
    {
        assert_eq!(practice.token_answer(email, password).await.expect(401).json(), wrong);
    }
}

#[tokio::test]
async fn an_email_is_read_in_any_case_and_a_password_is_not() {
    let practice = practise().await;
    practice.token_answer(" Maria@Harbour-Hotel.example ", MARIA.1).await.expect(200);
    practice.token_answer(MARIA.0, "Practice-Harbour").await.expect(401);
}

#[tokio::test]
async fn a_sign_in_without_credentials_is_a_wrong_payload() {
    let practice = practise().await;
    for body in [None, Some(json!({})), Some(json!({ "username": MARIA.0 })), Some(json!("no object"))] {
        let answer = practice.send(Method::POST, "/token", &[], body).await.expect(400);
        assert_eq!(answer.reason(), "Wrong payload");
    }
}

#[tokio::test]
async fn given_an_account_with_a_second_factor_when_the_password_is_right_then_it_is_still_refused() {
    let practice = practise().await;
    let answer = practice.token_answer(NORA.0, NORA.1).await.expect(401);
    assert_eq!(answer.field("error"), "mfa_required");
    assert!(!answer.field("error_description").is_empty());
}

#[tokio::test]
async fn given_a_token_when_24_hours_have_passed_then_it_is_refused() {
    let clock = MovableClock::new();
    let practice = practise_at(&clock).await;
    let maria = practice.sign_in(MARIA).await;
    clock.forward(Duration::hours(24) - Duration::SECOND);
    maria.get("/users/me").await.expect(200);
    clock.forward(Duration::SECOND);
    maria.get("/users/me").await.expect(401).reason();
    practice.sign_in(MARIA).await.get("/users/me").await.expect(200);
}

#[tokio::test]
async fn given_more_than_five_wrong_passwords_in_a_row_then_even_the_right_one_waits_30_seconds() {
    let clock = MovableClock::new();
    let practice = practise_at(&clock).await;
    for _ in 0..5 {
        practice.token_answer(MARIA.0, "guess").await.expect(401);
    }
    let answer = practice.token_answer(MARIA.0, "guess").await.expect(429);
    assert_eq!(answer.headers["retry-after"], "30");
    answer.reason();
    clock.forward(Duration::seconds(10));
    assert_eq!(practice.token_answer(MARIA.0, MARIA.1).await.expect(429).headers["retry-after"], "20");
    practice.token_answer(JO.0, JO.1).await.expect(200);
    clock.forward(Duration::seconds(20));
    practice.token_answer(MARIA.0, "guess").await.expect(401);
    practice.token_answer(MARIA.0, MARIA.1).await.expect(200);
}

#[tokio::test]
async fn given_a_right_password_between_wrong_ones_then_they_are_not_in_a_row() {
    let practice = practise().await;
    for _ in 0..3 {
        for _ in 0..4 {
            practice.token_answer(MARIA.0, "guess").await.expect(401);
        }
        practice.token_answer(MARIA.0, MARIA.1).await.expect(200);
    }
}

#[tokio::test]
async fn without_a_token_or_with_one_that_nobody_gave_nothing_is_told() {
    let practice = practise().await;
    let path = format!("/clients/{}", practice.client(HARBOUR));
    for headers in [
        &[][..],
        &[("Authorization", "Bearer made-up")],
        &[("Authorization", MARIA.1)],
        &[("X-API-Key", "made-up")],
    ] {
        practice.send(Method::GET, &path, headers, None).await.expect(401).reason();
        practice.send(Method::GET, "/users/me", headers, None).await.expect(401).reason();
    }
}

#[tokio::test]
async fn a_partner_api_key_stands_for_no_person() {
    let practice = practise().await;
    practice.partner_key().get("/users/me").await.expect(403).reason();
}

#[tokio::test]
async fn client_and_partner_accounts_have_different_emails() {
    let practice = practise().await;
    let mut emails = BTreeSet::new();
    for account in practice.hub.accounts() {
        if let Account::Client { email, .. } | Account::Partner { email, .. } = account {
            assert!(email.ends_with(".example"), "{email} is nobody's");
            assert!(emails.insert(email));
        }
    }
    assert_eq!(emails.len(), 10);
}
