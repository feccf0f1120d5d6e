//! The one table of calls that the practice Hub answers, and how a request is told to be one of them.

use axum::http::Method;

/// Every call as method and shape, where `*` stands for one id. Paths of the Hub lie under `/api/v2`.
///
/// - documented: everything under `/partners` but the single channel and the reading of keys (both seen),
///   `/messaging/health_status` and `/messaging/multi_webhook`
/// - seen: `/token`, `/messaging/v1/configs/webhook`
/// - documented: the addresses of the permission page, under `/dashboard` and `/onboarding`, where people's pages are
/// - ours: `/users/me`, everything under `/clients`, and that the permission page's forms go to its own address
const CALLS: [(&str, &str); 29] = [
    ("POST", "/token"),
    ("GET", "/users/me"),
    ("GET", "/partners/*"),
    ("GET", "/partners/*/clients"),
    ("GET", "/partners/*/clients/*/shared_client_numbers"),
    ("GET", "/partners/*/channels"),
    ("GET", "/partners/*/channels/*"),
    ("GET", "/partners/*/channels/*/api_keys"),
    ("POST", "/partners/*/channels/*/api_keys"),
    ("GET", "/clients/*"),
    ("GET", "/clients/*/channels"),
    ("GET", "/clients/*/partner_permissions"),
    ("PUT", "/clients/*/channels/*/partner_permission"),
    ("DELETE", "/clients/*/channels/*/partner_permission"),
    ("GET", "/clients/*/channels/*/api_keys"),
    ("POST", "/clients/*/channels/*/api_keys"),
    ("GET", "/messaging/health_status"),
    ("GET", "/messaging/v1/configs/webhook"),
    ("POST", "/messaging/v1/configs/webhook"),
    ("GET", "/messaging/multi_webhook"),
    ("POST", "/messaging/multi_webhook"),
    ("PUT", "/messaging/multi_webhook"),
    ("PATCH", "/messaging/multi_webhook"),
    ("GET", "/dashboard/app/*/permissions"),
    ("POST", "/dashboard/app/*/permissions"),
    ("GET", "/dashboard/app/*"),
    ("POST", "/dashboard/app/*"),
    ("GET", "/onboarding/*"),
    ("POST", "/onboarding/*"),
];

/// A request's path as faults and counts write it: without `/api/v2`, and without a `/` at the end of a page's.
pub(crate) fn short_path(path: &str) -> &str {
    match path.strip_prefix("/api/v2") {
        Some(rest) if rest.starts_with('/') => rest,
        _ if is_below_pages(path) => path.strip_suffix('/').unwrap_or(path),
        _ => path,
    }
}

/// Whether a request's full path is one of the permission page's, which people read and programs do not.
pub(crate) fn is_permission_page(path: &str) -> bool {
    is_below_pages(path) && is_path(path)
}

fn is_below_pages(path: &str) -> bool {
    path.starts_with("/dashboard/") || path.starts_with("/onboarding/")
}

/// How a request is counted: its method and the shape of its path.
pub(crate) fn count_key(method: &Method, path: &str) -> String {
    format!("{method} {}", shape_of(path).unwrap_or("(no such path)"))
}

/// Whether a request's full path is one of the table, with whatever method.
pub(crate) fn is_path(path: &str) -> bool {
    shape_of(path).is_some()
}

/// Whether a request is a call of the table.
pub(crate) fn is_call(method: &Method, path: &str) -> bool {
    shape_of(path).is_some_and(|shape| CALLS.contains(&(method.as_str(), shape)))
}

fn shape_of(path: &str) -> Option<&'static str> {
    let is_page = is_below_pages(path);
    if !path.starts_with("/api/v2/") && !path.starts_with("/messaging/") && !is_page {
        return None;
    }
    let short = short_path(path);
    // The Hub's calls have no `/dashboard`: below `/api/v2` it is no page.
    let mut shapes = CALLS.iter().map(|(_, shape)| *shape).filter(|shape| is_below_pages(shape) == is_page);
    shapes.find(|shape| fits(shape, short))
}

/// Whether a fault's `METHOD /path/pattern` can ever meet a call of the table.
pub(crate) fn meets_some_call(method: &str, pattern: &str) -> bool {
    CALLS.iter().any(|(called, shape)| {
        (method == "*" || method == *called)
            && pattern.split('/').count() == shape.split('/').count()
            && pattern.split('/').zip(shape.split('/')).all(|(a, b)| a == b || a == "*" || b == "*")
    })
}

/// Whether a path fits a pattern in which `*` stands for one segment.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    let mut wanted = pattern.split('/');
    loop {
        match (wanted.next(), segments.next()) {
            (None, None) => return true,
            (Some("*"), Some(segment)) if !segment.is_empty() => {}
            (Some(want), Some(segment)) if want == segment => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_exactly_one_segment() {
        assert!(fits("/clients/*/channels", "/clients/abc/channels"));
        assert!(!fits("/clients/*", "/clients/abc/channels"));
        assert!(!fits("/clients/*", "/clients/"));
        assert!(!fits("/clients/*", "/partners/abc"));
    }

    #[test]
    fn ids_are_counted_as_stars_and_unknown_paths_as_one() {
        assert_eq!(count_key(&Method::GET, "/api/v2/clients/abcCL"), "GET /clients/*");
        assert_eq!(count_key(&Method::PATCH, "/api/v2/clients/abcCL"), "PATCH /clients/*");
        assert_eq!(count_key(&Method::GET, "/messaging/health_status"), "GET /messaging/health_status");
        for (path, key) in [
            ("/dashboard/app/abcPA/permissions", "GET /dashboard/app/*/permissions"),
            ("/dashboard/app/abcPA/permissions/", "GET /dashboard/app/*/permissions"),
            ("/dashboard/app/abcPA", "GET /dashboard/app/*"),
            ("/onboarding/abcPA", "GET /onboarding/*"),
            ("/api/v2/onboarding/abcPA", "GET (no such path)"),
            ("/onboarding/", "GET (no such path)"),
            ("/dashboard/app", "GET (no such path)"),
        ] {
            assert_eq!(count_key(&Method::GET, path), key);
        }
        assert_eq!(count_key(&Method::GET, "/clients/abcCL"), "GET (no such path)");
        assert_eq!(count_key(&Method::GET, "/api/v2/nothing"), "GET (no such path)");
    }

    #[test]
    fn a_fault_on_a_path_that_no_call_has_is_noticed() {
        assert!(meets_some_call("POST", "/clients/*/channels/*/api_keys"));
        assert!(meets_some_call("POST", "/clients/abcCL/channels/xyzCH/api_keys"));
        assert!(meets_some_call("*", "/token"));
        assert!(!meets_some_call("POST", "/clients/*/channels/*/apikeys"));
        assert!(!meets_some_call("DELETE", "/token"));
    }
}
