//! A session bus that takes a connection and never answers keeps GTK from opening any window; no bus at all is
//! harmless. So it is asked for half a second before GTK starts.

/// Unsets the session bus for this process where it hangs. Call it before any thread starts.
#[cfg(target_os = "linux")]
pub fn leave_a_hung_bus() {
    const VARIABLE: &str = "DBUS_SESSION_BUS_ADDRESS";
    let address = std::env::var(VARIABLE).ok().or_else(|| {
        let runtime = std::env::var("XDG_RUNTIME_DIR").ok()?;
        Some(format!("unix:path={runtime}/bus"))
    });
    if address.is_some_and(|address| hangs(&address)) {
        // SAFETY: nothing else runs yet, so nobody reads the environment meanwhile.
        unsafe { std::env::set_var(VARIABLE, "unix:path=/nonexistent") };
    }
}

/// Other systems have no session bus.
#[cfg(not(target_os = "linux"))]
pub fn leave_a_hung_bus() {}

/// Whether a bus takes the connection and then stays silent. One that can't be reached does not hang.
#[cfg(target_os = "linux")]
fn hangs(address: &str) -> bool {
    use std::io::{Read, Write};
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixStream};
    use std::time::Duration;

    let parts = || address.split(';').next().and_then(|first| first.strip_prefix("unix:"));
    let value = |key: &str| parts()?.split(',').find_map(|part| part.strip_prefix(key)?.strip_prefix('='));
    let connection = if let Some(path) = value("path") {
        UnixStream::connect(path)
    } else if let Some(name) = value("abstract") {
        SocketAddr::from_abstract_name(name).and_then(|address| UnixStream::connect_addr(&address))
    } else {
        return false;
    };
    let Ok(mut bus) = connection else {
        return false;
    };
    let limit = Some(Duration::from_millis(500));
    let asked = bus
        .set_read_timeout(limit)
        .and_then(|()| bus.set_write_timeout(limit))
        .and_then(|()| bus.write_all(b"\0AUTH\r\n"));
    let mut answer = [0; 1];
    asked.is_err() || !matches!(bus.read(&mut answer), Ok(1))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::hangs;
    use std::io::Write;
    use std::os::unix::net::UnixListener;

    #[test]
    fn a_bus_that_takes_the_connection_and_stays_silent_is_called_hung() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bus");
        let _silent = UnixListener::bind(&path).expect("a socket");
        assert!(hangs(&format!("unix:path={}", path.display())));
    }

    #[test]
    fn a_bus_that_answers_and_one_that_is_not_there_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bus");
        let bus = UnixListener::bind(&path).expect("a socket");
        let answering = std::thread::spawn(move || {
            let (mut caller, _) = bus.accept().expect("a caller");
            caller.write_all(b"REJECTED EXTERNAL\r\n").expect("written");
            caller
        });
        assert!(!hangs(&format!("unix:path={},guid=1", path.display())));
        drop(answering.join());
        assert!(!hangs("unix:path=/nonexistent/bus"));
        assert!(!hangs("tcp:host=localhost"));
    }
}
