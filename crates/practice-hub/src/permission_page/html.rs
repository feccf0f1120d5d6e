//! The frame of each page: HTML without scripts or outside resources, under a policy that would allow neither.

use std::fmt;

use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};

use crate::draw::unforeseen_letters;

const STYLE: &str = include_str!("page.css");

/// A text as it stands in HTML, between tags and within quotes.
pub(super) struct Text<'a>(pub &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                '\'' => formatter.write_str("&#39;")?,
                other => write!(formatter, "{other}")?,
            }
        }
        Ok(())
    }
}

/// A page. `main` is HTML; `leads_to` is the host to which its forms may lead besides this one.
pub(super) fn page(status: StatusCode, title: &str, main: &str, leads_to: Option<&str>) -> Response {
    let nonce = unforeseen_letters(24);
    let leads_to = leads_to.map(|source| format!(" {source}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'{leads_to}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let title = Text(title);
    let html = format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} – practice Hub</title>
<style nonce="{nonce}">
{STYLE}</style>
</head>
<body>
<header><p><strong>Practice: nothing of this is real.</strong> This page stands in for 360dialog's permission page, on
this computer alone.</p></header>
<main>
<h1>{title}</h1>
{main}
</main>
</body>
</html>
"#
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, &policy),
        // What a link says is nobody else's affair, and what a page shows may change at any time.
        (REFERRER_POLICY, "same-origin"),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, html).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_ends_a_tag_or_a_quote(text in "\\PC{0,80}") {
            let shown = Text(&text).to_string();
            prop_assert!(!shown.contains(['<', '>', '"', '\'']));
            let back = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            prop_assert_eq!(back.replace("&amp;", "&"), text);
        }
    }
}
