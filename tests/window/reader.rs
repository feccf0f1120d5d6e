//! The window as a screen reader reads and presses it, over AT-SPI: the one way in which a release can be driven.

use std::time::{Duration, Instant};

use atspi::connection::AccessibilityConnection;
use atspi::proxy::accessible::{AccessibleProxy, ObjectRefExt};
use atspi::proxy::action::ActionProxy;
use atspi::proxy::bus::BusProxy;
use atspi::proxy::component::ComponentProxy;
use atspi::proxy::text::TextProxy;
use zbus::names::OwnedBusName;
use zbus::zvariant::OwnedObjectPath;

use atspi::{CoordType, Interface, ObjectRef, ObjectRefOwned, Role, State};

use crate::desktop::Desktop;

/// How long something may take to be read.
const LIMIT: Duration = Duration::from_secs(30);

/// What a screen reader is connected to: all programs of one desktop.
pub struct Reader {
    connection: AccessibilityConnection,
}

/// Something that can be read.
#[derive(Debug)]
pub struct Part {
    object: ObjectRefOwned,
    role: Role,
    name: String,
    /// What it says itself, where it says something that is not its name.
    text: String,
}

impl Part {
    fn is(&self, role: Role, words: &str) -> bool {
        self.role == role && self.name.contains(words)
    }
}

impl Reader {
    /// Begins to read a desktop that was started for it.
    pub async fn on(desktop: &Desktop) -> Reader {
        let session = zbus::connection::Builder::address(desktop.bus()).expect("an address");
        let session = session.build().await.expect("the session bus answers");
        let bus = BusProxy::new(&session).await.expect("the bus for accessibility");
        let address = bus.get_address().await.expect("its address");
        let address = address.as_str().try_into().expect("an address");
        let connection = AccessibilityConnection::from_address(address).await.expect("it answers");
        Reader { connection }
    }

    /// All that can be read now, in the order of the page. A part that goes meanwhile is left out.
    pub async fn parts(&self) -> Vec<Part> {
        let connection = self.connection.connection();
        let registry =
            AccessibleProxy::builder(connection).cache_properties(zbus::proxy::CacheProperties::No);
        let registry = registry.path("/org/a11y/atspi/accessible/root").expect("a path");
        let registry = registry.destination("org.a11y.atspi.Registry").expect("a name").build().await;
        let mut parts = Vec::new();
        let mut ahead = registry.expect("the registry").get_children().await.unwrap_or_default();
        ahead.reverse();
        while let Some(object) = ahead.pop() {
            let Ok(proxy) = object.as_accessible_proxy(connection).await else { continue };
            let Ok(role) = proxy.get_role().await else { continue };
            let name = proxy.name().await.unwrap_or_default();
            let mut children = self.children_of(&proxy).await;
            children.reverse();
            ahead.extend(children);
            let has_text = proxy.get_interfaces().await.is_ok_and(|all| all.contains(Interface::Text));
            let text = if has_text { self.text_of(&object).await } else { String::new() };
            parts.push(Part { object, role, name, text });
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
        let action = ActionProxy::builder(self.connection.connection());
        let action = action.destination(destination(&part)).expect("a name");
        let action = action.path(part.object.path().clone()).expect("a path").build().await;
        assert!(action.expect("an action").do_action(0).await.expect("an answer"), "{words} is not pressed");
    }

    /// Puts the focus into a field, types, and waits until the field holds as many letters.
    pub async fn type_into(&self, desktop: &Desktop, role: Role, words: &str, text: &str) {
        let field = self.see(role, words).await;
        let component = self.component(&field).await;
        let begun = Instant::now();
        while !self.is_focused(&field).await {
            assert!(begun.elapsed() < LIMIT, "{words} does not get the focus");
            let _ = component.grab_focus().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        desktop.type_in_window(text);
        while self.text_of(&field.object).await.chars().count() != text.chars().count() {
            assert!(begun.elapsed() < LIMIT, "{words} does not take the keys");
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
        let component = ComponentProxy::builder(self.connection.connection());
        let component = component.destination(destination(part)).expect("a name");
        let component = component.path(part.object.path().clone()).expect("a path").build().await;
        component.expect("it lies somewhere")
    }

    async fn is_focused(&self, part: &Part) -> bool {
        let Ok(proxy) = part.object.as_accessible_proxy(self.connection.connection()).await else {
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
        let bus = zbus::fdo::DBusProxy::new(self.connection.connection()).await.expect("the bus answers");
        let owner = bus.get_name_owner(name.into_inner()).await;
        owner.map(|owner| ObjectRef::new_owned(owner, path)).into_iter().collect()
    }

    /// Nothing for what has no text.
    async fn text_of(&self, object: &ObjectRefOwned) -> String {
        let Some(name) = object.name() else { return String::new() };
        let text = TextProxy::builder(self.connection.connection());
        let text = text.destination(name.clone()).expect("a name");
        let text = text.path(object.path().clone()).expect("a path").build().await;
        text.expect("a proxy").get_text(0, -1).await.unwrap_or_default()
    }
}

fn destination(part: &Part) -> zbus::names::UniqueName<'static> {
    part.object.name().expect("what is read belongs to a program").clone()
}

fn said(parts: &[Part]) -> String {
    let lines = parts.iter().filter(|part| !part.name.is_empty() || !part.text.is_empty());
    lines.map(|part| format!("{}: {} {}\n", part.role, part.name, part.text)).collect()
}
