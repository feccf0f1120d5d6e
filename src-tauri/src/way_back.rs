//! The door at which the browser comes back from 360dialog's own page, between the application and the pages.

use std::sync::Arc;

use tauri::{AppHandle, Manager, Runtime};
use tauri_specta::Event;

use channel_keys_core::door::Door;

use crate::arriving;
use crate::os::clock::SystemClock;
use crate::os::door::{Closed, LoopbackDoor};
use crate::shell::Shell;
use crate::view::PageVisitEnded;

/// Opens it. What comes is the application's to judge; where no door opens, people come back by hand.
pub async fn open<R: Runtime>(app: &AppHandle<R>) -> Option<Box<dyn Door>> {
    let open_for = app.state::<Shell>().door_open_for();
    let (hearing, telling) = (app.clone(), app.clone());
    let hears = move |address: &str| hearing.state::<Shell>().app.come_back(address).is_ok();
    let closed = move |why| {
        let _ = PageVisitEnded::of(why).emit(&telling);
        if why == Closed::Answered {
            arriving::bring_forward(&telling);
        }
    };
    let door = LoopbackDoor::open(Arc::new(SystemClock), open_for, hears, closed).await.ok()?;
    Some(Box::new(door))
}
