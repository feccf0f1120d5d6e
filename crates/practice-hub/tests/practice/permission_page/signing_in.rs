//! Coming to the page and signing in.

use super::browser::*;
use crate::support::*;
use time::Duration;

#[tokio::test]
async fn given_each_form_of_the_link_when_it_is_opened_then_the_page_asks_to_sign_in() {
    let practice = practise().await;
    let (pages, partner) = (practice.hub.pages(), practice.hub.partner_id());
    assert_eq!(practice.hub.permission_page(), format!("{pages}/dashboard/app/{partner}/permissions"));
    for path in [
        format!("/dashboard/app/{partner}/permissions"),
        format!("/dashboard/app/{partner}/permissions/"),
        format!("/dashboard/app/{partner}"),
        format!("/onboarding/{partner}"),
    ] {
        for query in [
            "",
            "?",
            "?number=+493055570188&email=maria@harbour-hotel.example&name=Harbour Hotel&state=s1&lang=de&next=/x&partner=y",
            "?number=%2B493055570188&amp;email=maria%40harbour-hotel.example&state=%zz&%&&=&a=%ff",
        ] {
            let browser = Browser::at_address(&format!("{pages}{path}{query}")).await;
            browser.shows(
                200,
                &["<h1>Sign in to the Hub</h1>", "Blue Anchor asks", "Practice: nothing of this is real"],
            );
            let has_email = browser.page.text.contains("value=\"maria@harbour-hotel.example\"");
            assert_eq!(has_email, query.contains("maria"), "{query}");
        }
    }
    assert_eq!(practice.hub.counts()["GET /dashboard/app/*/permissions"], 8);
    assert_eq!(practice.hub.counts()["GET /onboarding/*"], 4);
}

#[tokio::test]
async fn every_page_is_plain_html_under_a_policy_that_allows_no_script_and_nothing_from_outside() {
    let practice = practise().await;
    let mut browser = Browser::at(&practice, "redirect_url=https://www.blue-anchor.example/welcome").await;
    for signed_in in [false, true] {
        if signed_in {
            browser.sign_in(MARIA).await;
        }
        let page = &browser.page;
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "same-origin");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        let policy = page.headers["content-security-policy"].to_str().expect("text");
        let nonce = page
            .text
            .split("<style nonce=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a style");
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self' https://www.blue-anchor.example; \
                 base-uri 'none'; frame-ancestors 'none'"
            )
        );
        for outside in ["<script", "<link", "<img", "src=", "href=", "style=\"", "onclick"] {
            assert!(!page.text.contains(outside), "{outside}");
        }
        for once in ["<html lang=\"en\">", "<main>", "<h1>", "prefers-color-scheme: dark", "<title>"] {
            assert_eq!(page.text.matches(once).count(), 1, "{once}");
        }
        let fields = page.text.matches("<input").count() - page.text.matches("type=\"hidden\"").count();
        assert_eq!(page.text.matches("<label for=").count(), fields, "each field has a label");
    }
}

#[tokio::test]
async fn given_a_wrong_password_then_the_page_says_so_and_the_right_one_opens_the_list() {
    let practice = practise().await;
    let mut browser = Browser::at(&practice, "").await;
    browser.sign_in((MARIA.0, "guess")).await;
    browser.shows(401, &["Wrong e-mail or password.", "value=\"maria@harbour-hotel.example\""]);
    assert!(!browser.page.text.contains("guess"));
    browser.sign_in(MARIA).await;
    browser.shows(
        200,
        &["<h1>Permission for Blue Anchor</h1>", "Signed in as Maria Koch", "Front desk, +493055570142"],
    );

    let mut browser = Browser::at(&practice, "").await;
    browser.sign_in(NORA).await;
    browser.shows(401, &["second factor"]);
    for _ in 0..6 {
        browser.sign_in((JONAS.0, "guess")).await;
    }
    browser.shows(429, &["Try again in 30 seconds"]);
    assert_eq!(browser.page.headers["retry-after"], "30");
}

#[tokio::test]
async fn when_somebody_signs_in_then_the_visit_has_another_id_below_its_own_path_alone() {
    let practice = practise().await;
    let mut browser = Browser::at(&practice, "").await;
    let before = browser.cookies.clone();
    browser.press("sign-in", &[("email", MARIA.0), ("password", MARIA.1)]).await;
    let cookie = browser.page.headers["set-cookie"].to_str().expect("text");
    assert!(cookie.contains("; Path=/dashboard; HttpOnly; SameSite=Lax"), "{cookie}");
    assert_ne!(browser.cookies, before);
    browser.cookies = before;
    browser.load().await;
    browser.shows(200, &["<h1>Sign in to the Hub</h1>"]);
}

#[tokio::test]
async fn given_a_person_of_two_clients_then_one_is_chosen_and_can_be_changed() {
    let practice = practise().await;
    let mut browser = Browser::signed_in(&practice, "state=s", SAM).await;
    browser.shows(200, &["<h1>Choose a client</h1>", "Sam&#39;s Bikes", "Sam&#39;s Coffee"]);
    browser.press("save", &[("which", "all")]).await;
    browser.shows(400, &["Choose a client first"]);
    browser.press("choose", &[("client", &practice.client(HARBOUR))]).await;
    browser.shows(400, &["Choose one of these clients."]);

    browser.press("choose", &[("client", &practice.client(BIKES))]).await;
    browser.follow_here().await;
    browser.shows(200, &["for <strong>Sam&#39;s Bikes</strong>", "Shop floor", "Another client"]);
    let bikes = (browser.token(), practice.client(BIKES));
    browser.press("another-client", &[]).await;
    browser.follow_here().await;
    browser.press("choose", &[("client", &practice.client(COFFEE))]).await;
    browser.follow_here().await;
    browser.shows(200, &["This client works with no partner in this Hub.", "Roastery"]);
    assert!(!browser.page.text.contains("value=\"save\""));
    browser.press("save", &[("which", "all")]).await;
    browser.shows(403, &["nothing was changed"]);

    // A window that still shows the first of them.
    browser.post(&[("do", "save"), ("token", &bikes.0), ("for", &bikes.1), ("which", "all")]).await;
    browser.shows(409, &["This form was for another client"]);
    assert_eq!(shared(&practice, BIKES).await.len(), 1);
}

#[tokio::test]
async fn given_who_may_not_give_then_the_page_says_why_and_changes_nothing() {
    let practice = practise().await;
    let mut jonas = Browser::signed_in(&practice, "", JONAS).await;
    jonas.shows(200, &["Only an Owner may change the partner permission.", "disabled"]);
    let before = shared(&practice, HARBOUR).await;
    jonas.press("save", &[("which", "all")]).await;
    jonas.shows(403, &["The Hub refuses: Only an Owner"]);
    assert_eq!(shared(&practice, HARBOUR).await, before);

    let mut jo = Browser::at(&practice, "").await;
    jo.sign_in(JO).await;
    jo.shows(403, &["Jo Tanner, who belongs to no client"]);
    let rui = Browser::signed_in(&practice, "", RUI).await;
    rui.shows(200, &["works with no partner in this Hub"]);
}

#[tokio::test]
async fn given_a_partner_that_the_hub_does_not_know_then_nothing_can_be_given() {
    let practice = practise().await;
    for id in ["zzzzzzPA", "%3Cscript%3E", "..%2Fx", "1"] {
        let address = format!("{}/dashboard/app/{id}/permissions?state=s", practice.hub.pages());
        let mut browser = Browser::at_address(&address).await;
        browser.shows(404, &["<h1>This Hub does not know this partner</h1>"]);
        assert!(!browser.page.text.contains("<form") && !browser.page.text.contains("<script"));
        browser.post(&[("do", "save"), ("which", "all")]).await;
        browser.shows(404, &["does not know this partner"]);
    }
}

#[tokio::test]
async fn given_a_visit_that_has_ended_when_saving_then_nothing_changes_and_the_page_asks_to_sign_in() {
    let clock = MovableClock::new();
    let practice = practise_at(&clock).await;
    let mut late = Browser::signed_in(&practice, "", MARIA).await;
    clock.forward(Duration::hours(24));
    late.press("save", &[("which", "all")]).await;
    late.shows(401, &["You are not signed in any more. Nothing was changed.", "<h1>Sign in to the Hub</h1>"]);

    let mut out = Browser::signed_in(&practice, "", MARIA).await;
    let cookies = out.cookies.clone();
    out.press("sign-out", &[]).await;
    out.follow_here().await;
    out.shows(200, &["<h1>Sign in to the Hub</h1>"]);
    out.cookies = cookies;
    out.load().await;
    out.shows(200, &["<h1>Sign in to the Hub</h1>"]);
    assert_eq!(shared(&practice, HARBOUR).await.len(), 1);
}
