//! Links and forms that nobody should follow or take.

use std::sync::LazyLock;

use proptest::prelude::*;
use reqwest::Method;
use tokio::runtime::Runtime;

use super::browser::*;
use crate::support::*;

#[tokio::test]
async fn given_a_return_address_that_is_not_followed_then_the_page_says_why_and_asks_for_nothing() {
    let practice = practise().await;
    for (address, why) in [
        ("http://www.blue-anchor.example/welcome", "neither https nor on this computer"),
        ("http://127.0.0.1.evil.example/", "neither https nor on this computer"),
        ("javascript:alert(1)", "neither https nor on this computer"),
        ("channel-keys://channel/x", "neither https nor on this computer"),
        ("//evil.example/", "is none"),
        ("https://x;script-src%20*/", "characters that hide"),
        ("https://x;script-src/", "is none"),
        ("https://www.blue-anchor.example@evil.example/", "a user name or a password"),
        ("https://x.example/%23part", "a part after #"),
        ("https://www.b1ue-anchor.example/welcome", "looks like another"),
        ("https://www.blue-anchor.example.evil.example/", "looks like another"),
        ("https://hub.360dialog.com.evil.example/", "looks like another"),
        ("https://www.blue-%D0%B0nchor.example/", "can&#39;t be told from others by eye"),
        ("https://xn--bcker-gra.example/", "can&#39;t be told from others by eye"),
    ] {
        let mut browser = Browser::at(&practice, &format!("redirect_url={address}")).await;
        browser.shows(400, &["<h1>This link is not followed</h1>", why]);
        assert!(!browser.page.text.contains("<form"), "{address}");
        browser.post(&[("do", "cancel")]).await;
        browser.shows(400, &[why]);
    }
}

#[tokio::test]
async fn given_control_characters_or_a_thing_said_twice_then_the_link_is_refused_in_words() {
    let practice = practise().await;
    for (query, why) in [
        ("state=%00", "characters that can&#39;t be seen"),
        ("state=a%0d%0aSet-Cookie:x=y", "characters that can&#39;t be seen"),
        ("redirect_url=https://x.example/%0aLocation:y", "characters that can&#39;t be seen"),
        ("name=%E2%80%AEabc", "characters that can&#39;t be seen"),
        ("state=a&state=b", "says “state” twice"),
        ("redirect_url=https://x.example&redirect_url=https://y.example", "says “redirect_url” twice"),
    ] {
        Browser::at(&practice, query).await.shows(400, &["<h1>This link is not followed</h1>", why]);
    }
}

#[tokio::test]
async fn given_a_link_that_is_too_long_then_it_is_refused_on_a_page_and_the_hub_goes_on() {
    let practice = practise().await;
    let path = practice.hub.permission_page().replace(practice.hub.pages(), "");
    let ids = vec!["tQ8m2ZCH"; 10_000].join(",");
    for query in [
        format!("state={}", "a".repeat(9_000)),
        format!("a={}", "é".repeat(100_000)),
        format!("channels=[{ids}]"),
    ] {
        let request = format!("GET {path}?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let page =
            String::from_utf8(practice.raw(request.as_bytes()).await.expect("an answer")).expect("text");
        assert!(page.starts_with("HTTP/1.1 414 URI Too Long"), "{page}");
        assert!(page.contains("Practice: nothing of this is real") && page.contains("<h1>"), "{page}");
        assert!(!page.contains("<form"), "{page}");
    }
    Browser::at(&practice, "state=a").await.shows(200, &["Sign in"]);
}

#[tokio::test]
async fn given_a_form_that_is_too_large_or_names_too_many_numbers_then_nothing_changes() {
    let practice = practise().await;
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    let spa = practice.channel(HARBOUR, "Spa");
    let token = browser.token();
    for (count, why) in [(10_000, "larger than any"), (501, "more than 500 numbers")] {
        let mut fields = vec![("do", "save"), ("token", &*token), ("which", "some")];
        fields.extend((0..count).map(|_| ("channel", &*spa)));
        browser.post(&fields).await;
        browser.shows(413, &["<h1>This form is not taken</h1>", why]);
    }
    browser.send(Method::POST, Some("x".repeat(2 * 1024 * 1024))).await;
    browser.shows(413, &["too large"]);
    browser.post(&[("do", "save"), ("token", &token), ("channel", "\u{0}")]).await;
    browser.shows(400, &["characters that can&#39;t be seen"]);
    browser.send(Method::DELETE, None).await;
    browser.shows(405, &["This page is read"]);
    assert_eq!(shared(&practice, HARBOUR).await.len(), 1);
}

#[tokio::test]
async fn given_a_form_without_this_page_s_token_then_it_is_not_taken() {
    let practice = practise().await;
    let mut browser = Browser::signed_in(&practice, "", MARIA).await;
    let mut other = Browser::signed_in(&practice, "", MARIA).await;
    let (mine, theirs) = (browser.token(), other.token());
    assert_ne!(mine, theirs);
    for token in ["", "made-up", &*theirs] {
        for does in ["save", "cancel", "sign-out", "sign-in", "choose", "another-client"] {
            let fields =
                [("do", does), ("token", token), ("which", "all"), ("email", MARIA.0), ("password", MARIA.1)];
            browser.post(&fields).await;
            browser.shows(403, &["<h1>This form is not taken</h1>", "Nothing was changed."]);
        }
    }
    browser.post(&[("do", "save"), ("which", "all")]).await;
    browser.shows(403, &["Nothing was changed."]);
    browser.post(&[("do", "made-up"), ("token", &mine)]).await;
    browser.shows(400, &["It says nothing that this page does."]);
    other.cookies.clear();
    other.post(&[("do", "save"), ("token", &theirs), ("which", "all")]).await;
    other.shows(403, &["Nothing was changed."]);
    assert_eq!(shared(&practice, HARBOUR).await.len(), 1);
}

#[tokio::test]
async fn what_a_link_says_is_shown_as_text_and_never_as_markup() {
    let practice = practise().await;
    let markup = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let query =
        format!("name={markup}&email={markup}&state={markup}&redirect_url=https://x.example/?{markup}");
    let mut browser = Browser::at(&practice, &query).await;
    assert!(!browser.page.text.contains("<script"));
    browser.shows(200, &["value=\"&quot;&gt;&lt;script&gt;alert(1)"]);
    browser.sign_in((MARIA.0, "<script>")).await;
    assert!(!browser.page.text.contains("<script"));
    browser.sign_in(MARIA).await;
    browser.shows(200, &["it is for “&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;”"]);
    assert!(!browser.page.text.contains("<script"));
    browser.press("cancel", &[]).await;
    assert!(!browser.goes_to().contains(['<', '>', '"']), "{}", browser.goes_to());
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static PRACTICE: LazyLock<Practice> = LazyLock::new(|| RUNTIME.block_on(practise()));

/// The status line's code, and the rest.
async fn raw(request: String) -> (u16, String) {
    let answer = PRACTICE.raw(request.as_bytes()).await.expect("an answer");
    let text = String::from_utf8(answer).expect("text");
    let status = text
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or_else(|| panic!("no status: {text}"));
    (status, text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_link_says_the_page_answers_in_words_and_sends_nobody_away(
        form in prop_oneof![Just("/dashboard/app/{}/permissions"), Just("/dashboard/app/{}"), Just("/onboarding/{}")],
        query in prop_oneof![
            "[ -~]{0,80}",
            "\\PC{0,60}",
            "((number|state|redirect_url|email|amp;name|channels)=(%[0-9a-fA-Fz]{0,2}|[+&=;,'\"<>\\[\\]/:.@#?-]|https://|[a-z0-9]){0,20}&){0,6}",
        ],
        signed_in in any::<bool>(),
    ) {
        let partner = PRACTICE.hub.partner_id();
        let path = form.replace("{}", &partner);
        let (status, text) = RUNTIME.block_on(async {
            let cookie = if signed_in {
                let maria = PRACTICE.sign_in(MARIA).await;
                format!("Cookie: practice-hub-visit={}\r\n", maria.credential().trim_start_matches("Bearer "))
            } else {
                String::new()
            };
            let query = query.replace(['\r', '\n'], "");
            raw(format!("GET {path}?{query} HTTP/1.1\r\nHost: x\r\n{cookie}Connection: close\r\n\r\n")).await
        });
        prop_assert!([200, 400].contains(&status), "{}", text);
        prop_assert!(text.contains("<h1>") && text.contains("content-security-policy: default-src 'none'"), "{}", text);
        prop_assert!(!text.contains("<script") && !text.to_ascii_lowercase().contains("\r\nlocation:"), "{}", text);
    }

    #[test]
    fn whatever_a_form_says_the_page_answers_and_changes_nothing_without_its_token(
        body in prop_oneof!["[ -~]{0,80}", "\\PC{0,60}", "(do=(save|cancel|sign-in)&|token=[a-f0-9]{0,64}&|channel=[ -~]{0,9}&|which=all&){0,8}"],
    ) {
        let path = format!("/onboarding/{}?state=s", PRACTICE.hub.partner_id());
        let (status, text) = RUNTIME.block_on(async {
            let maria = PRACTICE.sign_in(MARIA).await;
            let cookie = maria.credential().trim_start_matches("Bearer ");
            let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nCookie: practice-hub-visit={cookie}\r\nConnection: close");
            raw(format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())).await
        });
        prop_assert!([400, 403].contains(&status), "{}", text);
        prop_assert!(text.contains("<h1>This form is not taken</h1>"), "{}", text);
    }
}
