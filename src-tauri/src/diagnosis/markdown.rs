//! A diagnosis for a ticket. Every sentence is escaped as a whole, whoever's words are in it.

use super::report::{Line, Part, Report};

pub(super) fn of(report: &Report) -> String {
    let mut text = format!("### {}\n", escaped(&report.title));
    for Part { title, lines } in &report.parts {
        text += &format!("\n**{}**\n\n", escaped(title));
        for line in lines {
            text += &match line {
                Line::Text(said) => format!("- {}\n", escaped(said)),
                Line::Told(name, said) => format!("- **{}:** {}\n", escaped(name), escaped(said)),
            };
        }
    }
    for said in &report.end {
        text += &format!("\n{}\n", escaped(said));
    }
    text
}

/// A text that means nothing but itself in Markdown: no mark-up, no HTML, no table, and no address becomes a link.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '!' | '|'
            | '~' | '&' | '@' | '$' | '^' | '=' => out.extend(['\\', c]),
            // An address becomes a link by `://` and `www.` alone, where these are not parted.
            ':' | '.' if out.ends_with(|before: char| before.is_ascii_alphanumeric()) && parted(&out, c) => {
                out.extend(['\\', c]);
            }
            '-' | '+' if out.is_empty() => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// Whether a link could begin here.
fn parted(before: &str, mark: char) -> bool {
    let before = before.to_ascii_lowercase();
    match mark {
        ':' => ["http", "https", "ftp", "mailto", "xmpp"].iter().any(|scheme| before.ends_with(scheme)),
        _ => before.ends_with("www") || before.chars().all(|c| c.is_ascii_digit()),
    }
}
