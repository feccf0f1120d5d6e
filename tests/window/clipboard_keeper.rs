//! A clipboard manager for a test's desktop: it takes over what is on the clipboard of a program that ends, as the real
//! ones do, so that only what was cleared is gone. It heeds no mark on secrets, as not every real one does.

use std::sync::{Arc, Mutex};

use x11rb::connection::Connection;
use x11rb::errors::ReplyOrIdError;
use x11rb::protocol::Event;
use x11rb::protocol::xfixes::{ConnectionExt as _, SelectionEvent, SelectionEventMask};
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

x11rb::atom_manager! {
    Atoms: AtomsCookie { CLIPBOARD, UTF8_STRING, TARGETS, KEPT, }
}

/// The clipboard, as its manager sees it.
#[derive(Clone, PartialEq, Eq)]
enum Clipboard {
    /// There is nothing on it.
    Empty,
    /// A program serves this text.
    Served(String),
    /// The program that served it ended, and the manager serves it now.
    TakenOver(String),
}

/// A clipboard manager, which ends with its desktop's screen.
pub struct ClipboardKeeper(Arc<Mutex<Clipboard>>);

impl ClipboardKeeper {
    /// Begins to keep the clipboard of a screen.
    pub fn on(display: &str) -> Self {
        let state = Arc::new(Mutex::new(Clipboard::Empty));
        let keeping = Keeping::begin(display, state.clone()).expect("a clipboard manager");
        std::thread::spawn(move || keeping.keep());
        Self(state)
    }

    /// Whether a program serves this text, and the manager has it too.
    pub fn has(&self, text: &str) -> bool {
        matches!(&*self.0.lock().expect("held by nobody"), Clipboard::Served(served) if served == text)
    }

    /// Whether no program serves anything any more: it was cleared, or the program ended and its text was taken over.
    pub fn is_done(&self) -> bool {
        !matches!(&*self.0.lock().expect("held by nobody"), Clipboard::Served(_))
    }
}

struct Keeping {
    x: RustConnection,
    window: Window,
    atoms: Atoms,
    state: Arc<Mutex<Clipboard>>,
}

impl Keeping {
    fn begin(display: &str, state: Arc<Mutex<Clipboard>>) -> Result<Self, ReplyOrIdError> {
        let (x, screen) = x11rb::connect(Some(display)).expect("the screen");
        let window = x.generate_id()?;
        let root = x.setup().roots[screen].root;
        let no_more = CreateWindowAux::new();
        x.create_window(0, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &no_more)?;
        let atoms = Atoms::new(&x)?.reply()?;
        x.xfixes_query_version(5, 0)?.reply()?;
        let all = SelectionEventMask::SET_SELECTION_OWNER
            | SelectionEventMask::SELECTION_WINDOW_DESTROY
            | SelectionEventMask::SELECTION_CLIENT_CLOSE;
        x.xfixes_select_selection_input(window, atoms.CLIPBOARD, all)?.check()?;
        Ok(Self { x, window, atoms, state })
    }

    /// Until the screen goes.
    fn keep(&self) {
        while let Ok(event) = self.x.wait_for_event() {
            let done = match event {
                Event::XfixesSelectionNotify(told) if told.owner != self.window => {
                    self.owner_changed(told.subtype)
                }
                Event::SelectionNotify(told) => self.text_came(told.property),
                Event::SelectionRequest(asked) => self.serve(&asked),
                _ => Ok(()),
            };
            if done.and_then(|()| Ok(self.x.flush()?)).is_err() {
                return;
            }
        }
    }

    fn owner_changed(&self, how: SelectionEvent) -> Result<(), ReplyOrIdError> {
        let mut state = self.state.lock().expect("held by nobody");
        if how == SelectionEvent::SET_SELECTION_OWNER {
            *state = Clipboard::Empty;
            let Atoms { CLIPBOARD, UTF8_STRING, KEPT, .. } = self.atoms;
            self.x.convert_selection(self.window, CLIPBOARD, UTF8_STRING, KEPT, x11rb::CURRENT_TIME)?;
        } else if let Clipboard::Served(text) = state.clone() {
            self.x.set_selection_owner(self.window, self.atoms.CLIPBOARD, x11rb::CURRENT_TIME)?.check()?;
            *state = Clipboard::TakenOver(text);
        }
        Ok(())
    }

    fn text_came(&self, property: Atom) -> Result<(), ReplyOrIdError> {
        if property == x11rb::NONE {
            return Ok(());
        }
        let read = self.x.get_property(true, self.window, property, AtomEnum::ANY, 0, u32::MAX)?.reply()?;
        let text = String::from_utf8_lossy(&read.value).into_owned();
        if !text.is_empty() {
            *self.state.lock().expect("held by nobody") = Clipboard::Served(text);
        }
        Ok(())
    }

    fn serve(&self, asked: &SelectionRequestEvent) -> Result<(), ReplyOrIdError> {
        let Atoms { UTF8_STRING, TARGETS, .. } = self.atoms;
        let mut property = asked.property;
        match self.state.lock().expect("held by nobody").clone() {
            Clipboard::TakenOver(_) if asked.target == TARGETS => {
                let offered = [TARGETS, UTF8_STRING];
                self.x.change_property32(
                    PropMode::REPLACE,
                    asked.requestor,
                    property,
                    AtomEnum::ATOM,
                    &offered,
                )?;
            }
            Clipboard::TakenOver(text) if asked.target == UTF8_STRING => {
                let text = text.as_bytes();
                self.x.change_property8(PropMode::REPLACE, asked.requestor, property, UTF8_STRING, text)?;
            }
            _ => property = x11rb::NONE,
        }
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property,
        };
        self.x.send_event(false, asked.requestor, EventMask::NO_EVENT, answer)?;
        Ok(())
    }
}
