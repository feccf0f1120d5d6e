//! The windows of a desktop as a screen reader reads and presses them, over AT-SPI: the one way in which a release and
//! the system's own dialogs can be driven.

use std::time::{Duration, Instant};

use atspi::proxy::accessible::{AccessibleProxy, ObjectRefExt};
use atspi::proxy::action::ActionProxy;
use atspi::proxy::bus::BusProxy;
use atspi::proxy::component::ComponentProxy;
use atspi::proxy::editable_text::EditableTextProxy;
use atspi::proxy::text::TextProxy;
use futures_util::future::join_all;
use zbus::names::OwnedBusName;
use zbus::zvariant::OwnedObjectPath;

use atspi::{CoordType, Interface, ObjectRef, ObjectRefOwned, Role, State, StateSet};

use crate::desktop::{Desktop, LIMIT};

/// How long one program may take to say which windows it has, before it is asked again: a frozen one never does.
const ANSWER: Duration = Duration::from_secs(2);

/// What a screen reader is connected to: all programs of one desktop.
pub struct Reader {
    connection: zbus::Connection,
}

/// Something that can be read.
#[derive(Debug)]
pub struct Part {
    object: ObjectRefOwned,
    role: Role,
    name: String,
    /// What it says itself, where it says something that is not its name.
    text: String,
    states: StateSet,
}

impl Part {
    /// Whether it has this role, and these words in its name.
    pub fn is(&self, role: Role, words: &str) -> bool {
        self.role == role && self.name.contains(words)
    }

    /// How it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether something is so of it.
    pub fn has(&self, state: State) -> bool {
        self.states.contains(state)
    }
}

/// A window, and the program that it belongs to.
#[derive(Debug)]
pub struct Window {
    /// The program.
    pub program: String,
    /// Its title.
    pub title: String,
    /// Whether it is the one in front.
    pub is_active: bool,
    object: ObjectRefOwned,
}

impl Reader {
    /// Begins to read a desktop that was started for it.
    pub async fn on(desktop: &Desktop) -> Reader {
        let session = zbus::connection::Builder::address(desktop.bus()).expect("an address");
        let session = session.build().await.expect("the session bus answers");
        let bus = BusProxy::new(&session).await.expect("the bus for accessibility");
        let address = bus.get_address().await.expect("its address");
        let connection = zbus::connection::Builder::address(address.as_str()).expect("an address");
        Reader { connection: connection.build().await.expect("it answers") }
    }

    /// All that can be read now, in the order of the page. A part that goes meanwhile is left out.
    pub async fn parts(&self) -> Vec<Part> {
        self.parts_below(self.programs().await).await
    }

    /// All that can be read in a window.
    pub async fn parts_of(&self, window: &Window) -> Vec<Part> {
        self.parts_below(vec![window.object.clone()]).await
    }

    /// The windows of all programs that answer.
    pub async fn windows(&self) -> Vec<Window> {
        let programs = self.programs().await;
        let asked = programs.iter().map(|program| tokio::time::timeout(ANSWER, self.windows_of(program)));
        join_all(asked).await.into_iter().flatten().flatten().flatten().collect()
    }

    async fn windows_of(&self, program: &ObjectRefOwned) -> Option<Vec<Window>> {
        let connection = &self.connection;
        let proxy = program.as_accessible_proxy(connection).await.ok()?;
        let name = proxy.name().await.ok()?;
        let mut windows = Vec::new();
        for object in proxy.get_children().await.ok()? {
            let Ok(window) = object.as_accessible_proxy(connection).await else { continue };
            let (Ok(title), Ok(states)) = (window.name().await, window.get_state().await) else { continue };
            let is_active = states.contains(State::Active);
            windows.push(Window { program: name.clone(), title, is_active, object: object.clone() });
        }
        Some(windows)
    }

    async fn programs(&self) -> Vec<ObjectRefOwned> {
        let connection = &self.connection;
        let registry =
            AccessibleProxy::builder(connection).cache_properties(zbus::proxy::CacheProperties::No);
        let registry = registry.path("/org/a11y/atspi/accessible/root").expect("a path");
        let registry = registry.destination("org.a11y.atspi.Registry").expect("a name").build().await;
        registry.expect("the registry").get_children().await.unwrap_or_default()
    }

    async fn parts_below(&self, mut ahead: Vec<ObjectRefOwned>) -> Vec<Part> {
        let connection = &self.connection;
        let mut parts = Vec::new();
        ahead.reverse();
        while let Some(object) = ahead.pop() {
            let Ok(proxy) = object.as_accessible_proxy(connection).await else { continue };
            let Ok(role) = proxy.get_role().await else { continue };
            let name = proxy.name().await.unwrap_or_default();
            let states = proxy.get_state().await.unwrap_or_default();
            let mut children = self.children_of(&proxy).await;
            children.reverse();
            ahead.extend(children);
            let has_text = proxy.get_interfaces().await.is_ok_and(|all| all.contains(Interface::Text));
            let text = if has_text { self.text_of(&object).await } else { String::new() };
            parts.push(Part { object, role, name, text, states });
        }
        parts
    }

    /// Waits until there is a part with this role and these words in its name.
    pub async fn see(&self, role: Role, words: &str) -> Part {
        let begun = Instant::now();
        loop {
            let parts = self.parts().await;
            if let Some(at) = parts.iter().position(|part| part.is(role, words)) {
                return parts.into_iter().nth(at).expect("it is there");
            }
            assert!(begun.elapsed() < LIMIT, "no {role} \"{words}\" among:\n{}", said(&parts));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until there is no such part.
    pub async fn gone(&self, role: Role, words: &str) {
        let begun = Instant::now();
        while self.parts().await.iter().any(|part| part.is(role, words)) {
            assert!(begun.elapsed() < LIMIT, "{role} \"{words}\" is still there");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until these words are read, anywhere.
    pub async fn reads(&self, words: &str) {
        let begun = Instant::now();
        loop {
            let parts = self.parts().await;
            if parts.iter().any(|part| part.name.contains(words) || part.text.contains(words)) {
                return;
            }
            assert!(begun.elapsed() < LIMIT, "nothing says \"{words}\" among:\n{}", said(&parts));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Presses a button, or whatever else can be pressed.
    pub async fn press(&self, role: Role, words: &str) {
        let part = self.see(role, words).await;
        assert!(self.press_part(&part).await, "{words} is not pressed");
    }

    /// Presses a part; whether it could be pressed.
    pub async fn press_part(&self, part: &Part) -> bool {
        let action = ActionProxy::builder(&self.connection);
        let action = action.destination(destination(part)).expect("a name");
        let action = action.path(part.object.path().clone()).expect("a path").build().await;
        action.expect("an action").do_action(0).await.unwrap_or_default()
    }

    /// Puts the focus into a field, types, and waits until the field holds as many letters.
    pub async fn type_into(&self, desktop: &Desktop, role: Role, words: &str, text: &str) {
        let field = self.see(role, words).await;
        let component = self.component(&field).await;
        let begun = Instant::now();
        while !self.is_focused(&field).await {
            assert!(
                begun.elapsed() < LIMIT,
                "{words} does not get the focus:\n{}",
                said(&self.parts().await)
            );
            let _ = component.grab_focus().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        desktop.type_in_window(text);
        self.holds(&field, text).await;
    }

    /// Puts a text in the place of what stands in a field, as a screen reader does.
    pub async fn write(&self, field: &Part, text: &str) {
        let proxy = EditableTextProxy::builder(&self.connection);
        let proxy = proxy.destination(destination(field)).expect("a name");
        let proxy = proxy.path(field.object.path().clone()).expect("a path").build().await;
        let taken = proxy.expect("a proxy").set_text_contents(text).await;
        assert!(taken.unwrap_or_default(), "{} takes no text", field.name);
        self.holds(field, text).await;
    }

    /// Waits until a field holds this text; one for a password tells no more than how long it is.
    async fn holds(&self, field: &Part, text: &str) {
        let is_secret = field.role == Role::PasswordText;
        let begun = Instant::now();
        loop {
            let held = self.text_of(&field.object).await;
            let is_it = if is_secret { held.chars().count() == text.chars().count() } else { held == text };
            if is_it {
                return;
            }
            let wanted = if is_secret { "what was typed" } else { text };
            assert!(begun.elapsed() < LIMIT, "{} holds \"{held}\", not {wanted}", field.name);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What stands in a field, as it is told.
    pub async fn value(&self, role: Role, words: &str) -> String {
        let field = self.see(role, words).await;
        self.text_of(&field.object).await
    }

    /// Where the middle of a part is on the screen.
    pub async fn middle_of(&self, part: &Part) -> (i32, i32) {
        let extents = self.component(part).await.get_extents(CoordType::Screen).await;
        let (x, y, width, height) = extents.expect("it lies somewhere");
        (x + width / 2, y + height / 2)
    }

    /// The names of all parts with a role.
    pub async fn names(&self, role: Role) -> Vec<String> {
        let parts = self.parts().await;
        parts.into_iter().filter(|part| part.role == role).map(|part| part.name).collect()
    }

    async fn component(&self, part: &Part) -> ComponentProxy<'static> {
        let component = ComponentProxy::builder(&self.connection);
        let component = component.destination(destination(part)).expect("a name");
        let component = component.path(part.object.path().clone()).expect("a path").build().await;
        component.expect("it lies somewhere")
    }

    async fn is_focused(&self, part: &Part) -> bool {
        let Ok(proxy) = part.object.as_accessible_proxy(&self.connection).await else {
            return false;
        };
        proxy.get_state().await.is_ok_and(|states| states.contains(State::Focused))
    }

    /// The page lives in another process: it is given only to who asks for it by its place, and under a name that its
    /// process chose, where the rest goes by the names that the bus gives.
    async fn children_of(&self, part: &AccessibleProxy<'_>) -> Vec<ObjectRefOwned> {
        let children = part.get_children().await.unwrap_or_default();
        if !children.is_empty() || part.child_count().await != Ok(1) {
            return children;
        }
        let page: zbus::Result<(OwnedBusName, OwnedObjectPath)> =
            part.inner().call("GetChildAtIndex", &0).await;
        let Ok((name, path)) = page else { return Vec::new() };
        let bus = zbus::fdo::DBusProxy::new(&self.connection).await.expect("the bus answers");
        let owner = bus.get_name_owner(name.into_inner()).await;
        owner.map(|owner| ObjectRef::new_owned(owner, path)).into_iter().collect()
    }

    /// Nothing for what has no text.
    async fn text_of(&self, object: &ObjectRefOwned) -> String {
        let Some(name) = object.name() else { return String::new() };
        let text = TextProxy::builder(&self.connection);
        let text = text.destination(name.clone()).expect("a name");
        let text = text.path(object.path().clone()).expect("a path").build().await;
        text.expect("a proxy").get_text(0, -1).await.unwrap_or_default()
    }
}

fn destination(part: &Part) -> zbus::names::UniqueName<'static> {
    part.object.name().expect("what is read belongs to a program").clone()
}

/// What parts say, and which of them has the focus.
pub fn said(parts: &[Part]) -> String {
    let lines = parts.iter().filter(|part| {
        !part.name.is_empty()
            || !part.text.is_empty()
            || part.has(State::Focused)
            || part.has(State::Editable)
    });
    let focus = |part: &Part| if part.has(State::Focused) { " (has the focus)" } else { "" };
    lines.map(|part| format!("{}: {} {}{}\n", part.role, part.name, part.text, focus(part))).collect()
}
