//! The way back to the partner.

use super::browser::*;
use crate::support::*;

#[tokio::test]
async fn the_way_back_has_the_documented_form_at_each_address_that_is_followed() {
    let practice = practise().await;
    let (client, spa) = (practice.client(HARBOUR), practice.channel(HARBOUR, "Spa"));
    let maria = practice.sign_in(MARIA).await;
    let answer = format!("client={client}&channels=[{spa}]&state=a+b%2B%20c");
    for (given, expected, whose) in [
        ("", "https://www.blue-anchor.example/welcome?", "The Hub knows this host as Blue Anchor's."),
        (
            "https%3A%2F%2Fwww.blue-anchor.example%2Fnew",
            "https://www.blue-anchor.example/new?",
            "The Hub knows this host",
        ),
        (
            "https://front.example/in?a=b",
            "https://front.example/in?a=b&",
            "<strong>not</strong> the host that the Hub knows",
        ),
        ("http://127.0.0.1:4000/back", "http://127.0.0.1:4000/back?", "a program on this computer"),
        ("http%253A%252F%252Flocalhost%253A4000", "http://localhost:4000/?", "a program on this computer"),
        ("http://[::1]:4000/", "http://[::1]:4000/?", "a program on this computer"),
        ("https://x.example/?channels=[zCH]%26client=evil", "https://x.example/?", "<strong>not</strong>"),
    ] {
        let query = format!("redirect_url={given}&state=a+b%2B%20c");
        let mut browser = Browser::signed_in(&practice, &query, MARIA).await;
        browser.shows(200, &["Once you save or cancel, you are sent to", whose]);
        let front_desk = browser.ticked();
        browser.save(&[&*front_desk[0], &*spa]).await;
        assert_eq!(browser.goes_to(), format!("{expected}{answer}"), "{given}");
        let path = practice.client_channel(HARBOUR, "Spa");
        maria.delete(&format!("{path}/partner_permission")).await.expect(200);
    }
}

#[tokio::test]
async fn a_form_may_lead_to_the_page_s_own_host_and_the_one_it_goes_back_to_alone() {
    let practice = practise().await;
    for (query, allowed) in [
        ("", "form-action 'self' https://www.blue-anchor.example;"),
        ("redirect_url=https://front.example:8443/in", "form-action 'self' https://front.example:8443;"),
        ("redirect_url=http://127.0.0.1:4000/", "form-action 'self' http://127.0.0.1:4000;"),
        ("redirect_url=http://[::1]:4000/", "form-action 'self' http:;"),
    ] {
        let browser = Browser::at(&practice, query).await;
        let policy = browser.page.headers["content-security-policy"].to_str().expect("text");
        assert!(policy.contains(allowed), "{policy}");
    }
}

#[tokio::test]
async fn nobody_is_sent_away_without_a_press() {
    let practice = practise().await;
    let query = "redirect_url=https://front.example/in&state=s";
    let mut browser = Browser::at(&practice, query).await;
    browser.shows(200, &["https://front.example/in"]);
    browser.press("sign-in", &[("email", MARIA.0), ("password", MARIA.1)]).await;
    assert!(browser.goes_to().starts_with("/dashboard/app/"), "{}", browser.goes_to());
    browser.load().await;
    browser.load().await;
    browser.shows(200, &["<h1>Permission for Blue Anchor</h1>"]);
    let page = &browser.page.text;
    assert!(!page.contains("http-equiv") && !page.contains("href"));
}

#[tokio::test]
async fn when_a_person_cancels_then_the_answer_is_that_nothing_was_given() {
    let practice = practise().await;
    let mut before = Browser::at(&practice, "state=s1").await;
    before.press("cancel", &[]).await;
    assert_eq!(before.goes_to(), "https://www.blue-anchor.example/welcome?channels=[]&state=s1");
    let mut browser = Browser::signed_in(&practice, "state=s1", MARIA).await;
    browser.press("cancel", &[("channel", &practice.channel(HARBOUR, "Spa"))]).await;
    let client = practice.client(HARBOUR);
    let back = format!("https://www.blue-anchor.example/welcome?client={client}&channels=[]&state=s1");
    assert_eq!(browser.goes_to(), back);
    assert_eq!(shared(&practice, HARBOUR).await.len(), 1);
}

#[tokio::test]
async fn given_no_way_back_then_a_last_page_says_what_was_done() {
    let practice = practise().await;
    for none in [None, Some("http://www.blue-anchor.example/"), Some("javascript:alert(1)"), Some("")] {
        practice.hub.set_partner_redirect(none);
        let mut browser = Browser::signed_in(&practice, "state=s", MARIA).await;
        browser.shows(200, &["Afterwards you stay on this page"]);
        let spa = practice.channel(HARBOUR, "Spa");
        browser.save(&[&spa]).await;
        browser.shows(
            200,
            &[
                "<h1>Done</h1>",
                "may now make keys for</h2> <ul> <li>Spa, +493055570210</li>",
                "close this page",
            ],
        );
        browser.shows(200, &["<h2>Taken back from Blue Anchor</h2> <ul> <li>Front desk"]);
        browser.load().await;
        let front_desk = practice.channel(HARBOUR, "Front desk");
        browser.save(&[&front_desk]).await;
        browser.load().await;
        browser.press("cancel", &[]).await;
        browser.shows(200, &["<h1>Cancelled</h1>", "Nothing was changed."]);
    }
}

#[tokio::test]
async fn the_partner_s_record_tells_the_address_that_is_used_where_the_link_names_none() {
    let practice = practise().await;
    practice.hub.set_partner_redirect(Some("http://127.0.0.1:4000/back?from=hub"));
    let record =
        practice.partner_key().get(&format!("/partners/{}", practice.hub.partner_id())).await.expect(200);
    assert_eq!(record.field("partner_redirect_url"), "http://127.0.0.1:4000/back?from=hub");
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    browser.press("save", &[("which", "all")]).await;
    assert!(
        browser.goes_to().starts_with("http://127.0.0.1:4000/back?from=hub&client="),
        "{}",
        browser.goes_to()
    );
}
