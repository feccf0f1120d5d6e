//! What the pages say. Each takes plain facts, and every text among them goes through [`Text`].

use super::html::Text;
use super::link::BadLink;
use super::return_address::{BadReturn, ReturnAddress, Whose};

/// Where people go afterwards, and who asks.
pub(super) struct Frame<'a> {
    pub partner: &'a str,
    pub back: Option<&'a ReturnAddress>,
    /// The token that stands in each form.
    pub token: &'a str,
}

pub(super) struct Row {
    pub id: String,
    /// Empty where the Hub does not tell it.
    pub name: String,
    /// Digits; empty where the Hub does not tell them.
    pub phone: String,
    pub is_live: bool,
    pub is_shared: bool,
    pub is_ticked: bool,
    pub is_asked_for: bool,
    /// What the Hub said when this number was to change.
    pub refusal: Option<String>,
}

pub(super) struct Numbers<'a> {
    pub person: &'a str,
    pub client: &'a str,
    pub client_id: &'a str,
    pub has_choice: bool,
    /// What the link says of the client, which anybody can write.
    pub name_in_link: Option<&'a str>,
    pub number_in_link: Option<&'a str>,
    /// Why nothing can be changed here, if so.
    pub closed: Option<&'a str>,
    /// Why nothing was changed just now, if so.
    pub problem: Option<&'a str>,
    pub is_all: bool,
    pub rows: &'a [Row],
}

fn form(frame: &Frame<'_>, inner: &str) -> String {
    format!(
        "<form method=\"post\">\n<input type=\"hidden\" name=\"token\" value=\"{}\">\n{inner}\n</form>\n",
        frame.token
    )
}

fn button(does: &str, words: &str) -> String {
    format!(r#"<button type="submit" name="do" value="{does}">{words}</button>"#)
}

fn main_button(does: &str, words: &str) -> String {
    format!(r#"<button type="submit" class="main" name="do" value="{does}">{words}</button>"#)
}

fn problem(text: Option<&str>) -> String {
    text.map(|text| format!("<p class=\"told\" role=\"alert\">{}</p>\n", Text(text))).unwrap_or_default()
}

/// Said on every page from which a press may lead away.
fn afterwards(frame: &Frame<'_>) -> String {
    let Some(back) = frame.back else {
        return "<p>Afterwards you stay on this page: it knows no address to send you back to.</p>\n"
            .to_owned();
    };
    let partner = Text(frame.partner);
    let whose = match back.whose {
        Whose::Partner => format!("The Hub knows this host as {partner}'s."),
        Whose::ThisComputer => "That is a program on this computer.".to_owned(),
        Whose::Other => format!("This is <strong>not</strong> the host that the Hub knows for {partner}."),
    };
    let address = Text(back.as_str());
    format!("<p>Once you save or cancel, you are sent to <strong>{address}</strong>. {whose}</p>\n")
}

pub(super) fn sign_in(frame: &Frame<'_>, email: &str, told: Option<&str>) -> String {
    let (partner, email) = (Text(frame.partner), Text(email));
    let fields = format!(
        r#"<div class="field"><label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="{email}"></div>
<div class="field"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required></div>
<p>{}</p>"#,
        main_button("sign-in", "Sign in")
    );
    let cancel = form(frame, &button("cancel", "Cancel"));
    format!(
        "{}<p>{partner} asks for your permission to make API keys for your numbers. Sign in with a practice account of a \
         client. Nothing is given before you choose and save.</p>\n{}{}{cancel}",
        problem(told),
        form(frame, &fields),
        afterwards(frame),
    )
}

/// Clients as id and name.
pub(super) fn choose(
    frame: &Frame<'_>,
    person: &str,
    clients: &[(String, String)],
    told: Option<&str>,
) -> String {
    let picks: String = clients
        .iter()
        .map(|(id, name)| {
            let (id, name) = (Text(id), Text(name));
            format!(
                r#"<div class="pick"><input type="radio" name="client" id="{id}" value="{id}" required>
<label for="{id}">{name}</label></div>
"#
            )
        })
        .collect();
    let fields = format!(
        "<fieldset><legend>For which client?</legend>\n{picks}</fieldset>\n<p>{}</p>",
        main_button("choose", "Go on")
    );
    let (told, person) = (problem(told), Text(person));
    format!("{told}<p>Signed in as {person}.</p>\n{}{}", form(frame, &fields), sign_out(frame))
}

pub(super) fn no_client(frame: &Frame<'_>, person: &str) -> String {
    let person = Text(person);
    format!(
        "<p>Signed in as {person}, who belongs to no client of this Hub. Permission is the client's to give: sign in \
         with a client's account.</p>\n{}",
        sign_out(frame)
    )
}

fn sign_out(frame: &Frame<'_>) -> String {
    form(frame, &button("sign-out", "Sign out"))
}

pub(super) fn numbers(frame: &Frame<'_>, told: &Numbers<'_>) -> String {
    let (partner, person, client) = (Text(frame.partner), Text(told.person), Text(told.client));
    let mut html = problem(told.problem);
    html += &format!("<p>Signed in as {person}, for <strong>{client}</strong>.</p>\n");
    html += &in_link(frame, told);
    if let Some(closed) = told.closed {
        html += &format!("<p class=\"told\">{}</p>\n", Text(closed));
    } else {
        html += &format!(
            "<p>With your permission {partner} can make API keys for a number, and you can't. Each new key ends every \
             earlier one of that number at once. You can take the permission back here at any time; whether a key that \
             {partner} has by then still works is not documented.</p>\n"
        );
    }
    html += &afterwards(frame);
    let rows: String = told.rows.iter().map(|row| one_number(row, frame, told.closed.is_some())).collect();
    let (all, some) = if told.is_all { (" checked", "") } else { ("", " checked") };
    let off = if told.closed.is_some() { " disabled" } else { "" };
    let save = if told.closed.is_some() { String::new() } else { main_button("save", "Save") };
    let count = told.rows.len();
    let fields = format!(
        r#"<input type="hidden" name="for" value="{}">
<fieldset{off}><legend>May {partner} make keys for your numbers?</legend>
<div class="pick"><input type="radio" name="which" id="all" value="all"{all}>
<label for="all">Yes, for all numbers ({count})</label></div>
<div class="pick"><input type="radio" name="which" id="some" value="some"{some}>
<label for="some">For the ticked numbers alone</label></div>
</fieldset>
<fieldset{off}><legend>Numbers of {client}</legend>
{rows}</fieldset>
<p class="buttons">{save}{}</p>"#,
        Text(told.client_id),
        button("cancel", "Cancel"),
    );
    html += &form(frame, &fields);
    if told.has_choice {
        html += &form(frame, &button("another-client", "Another client"));
    }
    html + &sign_out(frame)
}

fn in_link(frame: &Frame<'_>, told: &Numbers<'_>) -> String {
    let mut html = String::new();
    if let Some(name) = told.name_in_link {
        html += &format!("<p>The link says that it is for “{}”.</p>\n", Text(name));
    }
    match told.number_in_link {
        Some(number) if !told.rows.iter().any(|row| row.is_asked_for) => {
            html +=
                &format!("<p>The link asks for +{}, which is no number of yours here.</p>\n", Text(number));
        }
        Some(number) => {
            html += &format!("<p>{} asks for +{}.</p>\n", Text(frame.partner), Text(number));
        }
        None => {}
    }
    html
}

fn one_number(row: &Row, frame: &Frame<'_>, is_closed: bool) -> String {
    let id = Text(&row.id);
    let ticked = if row.is_ticked { " checked" } else { "" };
    let name = if row.name.is_empty() { id.to_string() } else { Text(&row.name).to_string() };
    let phone = if row.phone.is_empty() { String::new() } else { format!(", +{}", Text(&row.phone)) };
    let mut more = String::new();
    if row.is_asked_for {
        more += &format!(" – {} asks for this one", Text(frame.partner));
    }
    if row.is_shared {
        more += " – given";
    }
    if !row.is_live {
        more += " – not live";
    }
    if let Some(refusal) = &row.refusal {
        more += &format!(". <strong>The Hub refuses: {}</strong>", Text(refusal));
    }
    // So that only what was seen as given can be taken back.
    let shared = if row.is_shared && !is_closed {
        format!("<input type=\"hidden\" name=\"shared\" value=\"{id}\">\n")
    } else {
        String::new()
    };
    format!(
        r#"{shared}<div class="pick"><input type="checkbox" name="channel" id="{id}" value="{id}"{ticked}>
<label for="{id}">{name}{phone}{more}</label></div>
"#
    )
}

/// The end where there is no way back. Numbers by what they are called.
pub(super) fn done(partner: &str, given: &[String], revoked: &[String]) -> String {
    let partner = Text(partner);
    let list = |names: &[String]| -> String {
        let items: String = names.iter().map(|name| format!("<li>{}</li>\n", Text(name))).collect();
        format!("<ul>\n{items}</ul>\n")
    };
    let mut html = String::new();
    if given.is_empty() && revoked.is_empty() {
        html += "<p>Nothing was changed.</p>\n";
    }
    if !given.is_empty() {
        html += &format!("<h2>{partner} may now make keys for</h2>\n{}", list(given));
    }
    if !revoked.is_empty() {
        html += &format!("<h2>Taken back from {partner}</h2>\n{}", list(revoked));
    }
    html + "<p>The link names no address to go back to. You can close this page.</p>"
}

pub(super) fn bad_link(why: BadLink) -> String {
    match why {
        BadLink::TooLong => "The link is longer than any that this page reads.".to_owned(),
        BadLink::OddCharacters => {
            "The link has characters that can't be seen or that hide what it says.".to_owned()
        }
        BadLink::Twice(what) => format!("The link says “{what}” twice."),
    }
}

pub(super) fn bad_return(why: BadReturn) -> &'static str {
    match why {
        BadReturn::TooLong => "The address to go back to is too long.",
        BadReturn::OddCharacters => "The address to go back to has characters that hide what it is.",
        BadReturn::NotAnAddress => "What the link gives as the address to go back to is none.",
        BadReturn::OpenLine => "The address to go back to is neither https nor on this computer.",
        BadReturn::Credentials => "The address to go back to carries a user name or a password.",
        BadReturn::Fragment => {
            "The address to go back to has a part after #, behind which the answer would be lost."
        }
        BadReturn::OtherLetters => {
            "The host of the address to go back to has letters that can't be told from others by eye."
        }
        BadReturn::LookAlike => "The host of the address to go back to looks like another, and is not that.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "<script>alert('1')</script>";

    #[test]
    fn no_name_of_anybody_becomes_markup() {
        let frame = Frame { partner: SCRIPT, back: None, token: "t" };
        let row = Row {
            id: "\"><script>".into(),
            name: SCRIPT.into(),
            phone: SCRIPT.into(),
            is_live: false,
            is_shared: true,
            is_ticked: true,
            is_asked_for: true,
            refusal: Some(SCRIPT.into()),
        };
        let told = Numbers {
            person: SCRIPT,
            client: SCRIPT,
            client_id: SCRIPT,
            has_choice: true,
            name_in_link: Some(SCRIPT),
            number_in_link: Some(SCRIPT),
            closed: None,
            problem: Some(SCRIPT),
            is_all: false,
            rows: &[row],
        };
        let names = [SCRIPT.to_owned()];
        for html in [
            numbers(&frame, &told),
            numbers(&frame, &Numbers { closed: Some(SCRIPT), rows: &[], ..told }),
            sign_in(&frame, SCRIPT, Some(SCRIPT)),
            choose(&frame, SCRIPT, &[(SCRIPT.to_owned(), SCRIPT.to_owned())], Some(SCRIPT)),
            no_client(&frame, SCRIPT),
            done(SCRIPT, &names, &names),
        ] {
            assert!(!html.contains("<script"), "{html}");
            assert!(html.contains("&lt;script&gt;alert(&#39;1&#39;)"), "{html}");
        }
    }
}
