//! Answers that refuse: what they say, and what a refused sign-in means.

use serde_json::Value;

use channel_keys_core::hub::{HubError, Quote};

use super::json;

/// Where a refusal has its words, the most telling first: the Hub's own form (seen), that of `/token` (ours), and those
/// that are usual elsewhere.
const PLACES: [&str; 12] = [
    "meta",
    "developer_message",
    "error_description",
    "message",
    "msg",
    "detail",
    "description",
    "error",
    "errors",
    "details",
    "reason",
    "title",
];
/// How many words of a list are quoted.
const MOST_QUOTED: usize = 3;

/// What a refusal says; none where it says nothing that could be quoted.
pub(crate) fn said(body: &[u8]) -> Option<String> {
    words(&json::read(body)?)
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Object(fields) => PLACES.iter().find_map(|place| fields.get(*place).and_then(words)),
        Value::Array(list) => {
            let quoted: Vec<String> = list.iter().filter_map(words).take(MOST_QUOTED).collect();
            Some(quoted.join("; ")).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}

/// A refusal in the form of the Hub's (seen) or of `/token` (ours), and not in that of something in between, such as a
/// gateway's page. One that speaks of a success, of another status or of a key contradicts itself.
pub(crate) fn in_hub_form(status: u16, body: &[u8]) -> Option<Value> {
    let body: Value = json::read(body)?;
    let in_meta = |field: &str| body.get("meta").and_then(|meta| meta.get(field));
    let other_status =
        in_meta("http_code").and_then(Value::as_u64).is_some_and(|code| code != u64::from(status));
    let is = ["meta", "error", "errors", "detail", "message"].iter().any(|it| body.get(it).is_some())
        && in_meta("success").and_then(Value::as_bool) != Some(true)
        && !other_status
        && body.get("api_key").is_none();
    is.then_some(body)
}

/// What a refused sign-in means. How `/token` refuses is not documented; all of this is ours.
pub(crate) fn sign_in_refusal(status: u16, body: &[u8]) -> HubError {
    let Some(body) = in_hub_form(status, body) else { return HubError::NotUnderstood { status } };
    let said = words(&body).and_then(|text| Quote::from_text(&text));
    let said_at = |place: &&str| body.get(place).and_then(words);
    let spoken = as_words(PLACES.iter().filter_map(said_at));
    // At the beginning of words: "mfa_required", "Multifactor authentication required".
    let speaks_of = |beginnings: &[&str]| beginnings.iter().any(|it| spoken.contains(&format!(" {it}")));
    // Elsewhere they may be spoken of for many reasons.
    let error = said_at(&"error").map_or_else(|| spoken.clone(), |error| as_words([error]));
    if SECOND_FACTOR.iter().any(|it| error.contains(&format!(" {it}"))) {
        HubError::SecondFactor(said)
    } else if CLOSED_ACCOUNT.iter().any(|it| format!("{spoken} ").contains(&format!(" {it} ")))
        && !speaks_of(&TO_COME)
    {
        HubError::Refused { status, said }
    } else if speaks_of(&SAYS_WRONG) {
        HubError::WrongPassword(said)
    } else if speaks_of(&MALFORMED) {
        HubError::BadRequest { status, said }
    } else if speaks_of(&WRONG_PASSWORD) || status == 401 {
        HubError::WrongPassword(said)
    } else if status == 403 {
        HubError::Refused { status, said }
    } else {
        HubError::BadRequest { status, said }
    }
}

/// Texts as words in small letters, with a blank before each word.
fn as_words(texts: impl IntoIterator<Item = String>) -> String {
    let text = texts.into_iter().collect::<Vec<_>>().join(" ").to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| [" ", word]).collect()
}

const SECOND_FACTOR: [&str; 12] = [
    "mfa",
    "otp",
    "totp",
    "2fa",
    "2 factor",
    "two factor",
    "twofactor",
    "second factor",
    "multi factor",
    "multifactor",
    "one time",
    "verification",
];
const SAYS_WRONG: [&str; 3] = ["wrong password", "wrong email", "bad credentials"];
const CLOSED_ACCOUNT: [&str; 10] = [
    "blocked",
    "disabled",
    "locked",
    "suspended",
    "deactivated",
    "inactive",
    "banned",
    "expired",
    "not verified",
    "verify your",
];
/// An account that is warned is not closed yet.
const TO_COME: [&str; 2] = ["will be", "would be"];
const MALFORMED: [&str; 8] = [
    "invalid request",
    "invalid client",
    "invalid scope",
    "unauthorized client",
    "unsupported",
    "malformed",
    "missing",
    "wrong payload",
];
const WRONG_PASSWORD: [&str; 3] = ["invalid grant", "password", "credential"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_quoted_in_whatever_form_it_comes() {
        for (body, quoted) in [
            (r#"{"meta":{"success":false,"http_code":404,"developer_message":"Not found"}}"#, "Not found"),
            (r#"{"error":"channel is suspended"}"#, "channel is suspended"),
            (r#"{"error":"unauthorized","error_description":"user is blocked"}"#, "user is blocked"),
            (r#"{"error":"Unauthorized","message":"Bad credentials"}"#, "Bad credentials"),
            (r#"{"error":{"code":7,"message":"no such number"}}"#, "no such number"),
            (r#"{"errors":["too short","too odd"]}"#, "too short; too odd"),
            (r#"{"errors":[{"code":1005,"title":"Access denied","details":"Invalid key"}]}"#, "Invalid key"),
            (r#"{"detail":"Not your channel"}"#, "Not your channel"),
            (r#"{"detail":[{"loc":["body","x"],"msg":"field required"},7]}"#, "field required"),
            (r#"{"meta":{"developer_message":""},"error":"half \ud83d of it"}"#, "half \u{fffd} of it"),
            (r#"["one","two","three","four"]"#, "one; two; three"),
        ] {
            assert_eq!(said(body.as_bytes()).as_deref(), Some(quoted), "{body}");
        }
        for body in ["", "{}", "[]", "7", "<html>Forbidden</html>", r#"{"error":7}"#, r#"{"errors":[{}]}"#] {
            assert_eq!(said(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn a_sign_in_is_refused_for_the_reason_that_is_given() {
        let means = |status, body: &str| sign_in_refusal(status, body.as_bytes());
        for (status, body) in [
            (401, r#"{"error":"mfa_required"}"#),
            (403, r#"{"error":"second factor needed","error_description":"Access denied."}"#),
            (401, r#"{"message":"Two-factor authentication is on"}"#),
            (403, r#"{"error":"verification_required"}"#),
        ] {
            assert!(matches!(means(status, body), HubError::SecondFactor(_)), "{body}");
        }
        for (status, body) in [
            (401, r#"{"error":"invalid_grant"}"#),
            (400, r#"{"error":"invalid_grant","error_description":"Wrong email or password."}"#),
            (403, r#"{"detail":"Incorrect credentials"}"#),
            (
                400,
                r#"{"error":"invalid_grant","error_description":"Wrong email or password. You may try one time more."}"#,
            ),
            (401, r#"{"error":"Unauthorized","message":"Wrong email or password for blocker@x.example"}"#),
            (400, r#"{"error":"bad_request","message":"Missing user or wrong password"}"#),
            (401, r#"{"meta":{"http_code":401,"developer_message":"Unauthorized"}}"#),
            (401, r#"{"error":"hotplug_notpermitted"}"#),
            (
                400,
                r#"{"error":"invalid_grant","error_description":"Wrong password. After 3 more your account will be locked."}"#,
            ),
        ] {
            assert!(matches!(means(status, body), HubError::WrongPassword(_)), "{body}");
        }
        for (status, body) in [
            (401, r#"{"error":"invalid_grant","error_description":"Account is locked."}"#),
            (403, r#"{"meta":{"http_code":403,"developer_message":"Forbidden"}}"#),
            (400, r#"{"error":"Your password has expired"}"#),
            (403, r#"{"error":"access_denied","error_description":"E-mail verification pending"}"#),
            (
                401,
                r#"{"error":"unauthorized","error_description":"Please verify your email before logging in."}"#,
            ),
            (403, r#"{"error":"denied","error_description":"Blocked after too many wrong passwords."}"#),
        ] {
            assert!(matches!(means(status, body), HubError::Refused { .. }), "{body}");
        }
        for (status, body) in [
            (400, r#"{"meta":{"developer_message":"Wrong payload"}}"#),
            (401, r#"{"error":"unsupported_grant_type"}"#),
            (422, r#"{"detail":[{"loc":["body","username"],"msg":"field required"}]}"#),
            (
                400,
                r#"{"error":"invalid_request","error_description":"Missing required parameter: password"}"#,
            ),
        ] {
            assert!(matches!(means(status, body), HubError::BadRequest { .. }), "{body}");
        }
        for body in [
            "",
            "Unauthorized",
            "<html>401</html>",
            "{}",
            "[]",
            r#"{"status":401}"#,
            r#"{"meta":{"success":true}}"#,
            r#"{"meta":{"http_code":504,"developer_message":"upstream timeout"}}"#,
            r#"{"message":"created","api_key":"********AK"}"#,
        ] {
            assert_eq!(means(401, body), HubError::NotUnderstood { status: 401 }, "{body}");
        }
    }
}
