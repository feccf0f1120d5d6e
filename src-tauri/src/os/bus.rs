//! A session bus that takes a connection and then says nothing keeps GTK from opening any window; no bus at all is
//! harmless. So a connection is opened before GTK starts.

/// How long a bus has to let the program in (ours): who leaves one that is merely slow has no keychain.
#[cfg(target_os = "linux")]
const LIMIT: std::time::Duration = std::time::Duration::from_secs(2);

/// Turns this process to the session bus that answers, of those that are named; to none where one of them hangs and none
/// answers. Call it before any thread starts.
#[cfg(target_os = "linux")]
pub fn leave_a_hung_bus() {
    const VARIABLE: &str = "DBUS_SESSION_BUS_ADDRESS";
    let addresses = std::env::var(VARIABLE).ok().or_else(|| {
        let runtime = std::env::var("XDG_RUNTIME_DIR").ok()?;
        Some(format!("unix:path={runtime}/bus"))
    });
    if let Some(instead) = addresses.as_deref().and_then(instead_of) {
        // SAFETY: nothing else runs yet, so nobody reads the environment meanwhile.
        unsafe { std::env::set_var(VARIABLE, instead) };
    }
}

/// Other systems have no session bus.
#[cfg(not(target_os = "linux"))]
pub fn leave_a_hung_bus() {}

/// What is to stand in the place of these addresses; none where they can stay. Not every library takes more than one.
#[cfg(target_os = "linux")]
fn instead_of(addresses: &str) -> Option<&str> {
    let mut hung = false;
    for address in addresses.split(';').filter(|address| !address.is_empty()) {
        match ask(address) {
            Bus::Answers => return (address != addresses).then_some(address),
            Bus::Hangs => hung = true,
            Bus::NotThere => {}
        }
    }
    hung.then_some("unix:path=/nonexistent")
}

#[cfg(target_os = "linux")]
#[derive(Debug, PartialEq, Eq)]
enum Bus {
    Answers,
    /// It takes the connection, and leads to nothing.
    Hangs,
    NotThere,
}

#[cfg(target_os = "linux")]
fn ask(address: &str) -> Bus {
    let Some(address) = read(address) else { return Bus::NotThere };
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return Bus::NotThere;
    };
    let asked = runtime.block_on(async {
        let connecting = async { zbus::connection::Builder::address(address)?.build().await };
        tokio::time::timeout(LIMIT, connecting).await
    });
    // What still waits for the bus is not waited for.
    runtime.shutdown_background();
    match asked {
        Ok(Ok(_)) => Bus::Answers,
        Ok(Err(zbus::Error::Connection(..) | zbus::Error::Address(_))) => Bus::NotThere,
        // One that turns us away may do no more after that either: GTK goes on to ask it.
        Ok(Err(_)) | Err(_) => Bus::Hangs,
    }
}

/// An address that leads to a socket: others start programs. zbus takes the `%20` of a path for what it looks like.
#[cfg(target_os = "linux")]
fn read(address: &str) -> Option<zbus::Address> {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    use zbus::address::transport::{Transport, Unix, UnixSocket};

    let (kind, options) = address.split_once(':')?;
    if kind != "unix" {
        return address.parse().ok().filter(|_| kind.ends_with("tcp"));
    }
    let option = |name: &str| {
        let value = options.split(',').find_map(|option| option.strip_prefix(name)?.strip_prefix('='))?;
        Some(OsString::from_vec(percent_encoding::percent_decode_str(value).collect()))
    };
    let socket = option("path").map(|path| UnixSocket::File(path.into()));
    let socket = socket.or_else(|| option("abstract").map(UnixSocket::Abstract))?;
    Some(zbus::Address::new(Transport::Unix(Unix::new(socket))))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::instead_of;
    use std::io::Write;
    use std::net::TcpListener;
    use std::os::unix::net::UnixListener;
    use std::path::Path;

    const NONE: &str = "unix:path=/nonexistent";

    /// A bus that says this much to whoever comes, and no more.
    fn bus_that_says(path: &Path, says: &'static [u8]) {
        let bus = UnixListener::bind(path).expect("a socket");
        std::thread::spawn(move || {
            let mut callers = Vec::new();
            while let Ok((mut caller, _)) = bus.accept() {
                let _ = caller.write_all(says);
                callers.push(caller);
            }
        });
    }

    #[test]
    fn bus_that_takes_the_connection_and_does_not_go_on_is_left() {
        for says in
            [b"".as_slice(), b"R", b"REJECTED EXTERNAL\r\n", b"OK 0123456789abcdef0123456789abcdef\r\n"]
        {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("a bus");
            bus_that_says(&path, says);
            let address = format!("unix:path={}", path.display()).replace(' ', "%20");
            assert_eq!(instead_of(&address), Some(NONE), "{says:?}");
            let second = format!("unix:path=/nonexistent/bus;{address}");
            assert_eq!(instead_of(&second), Some(NONE), "{says:?}");
        }
    }

    #[test]
    fn bus_over_tcp_that_stays_silent_is_left() {
        let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = silent.local_addr().expect("its number").port();
        assert_eq!(instead_of(&format!("tcp:host=127.0.0.1,port={port}")), Some(NONE));
    }

    #[test]
    fn bus_that_is_not_there_or_can_t_be_asked_is_harmless() {
        for address in [
            "",
            ";",
            "odd",
            "unix:",
            "unix:path=/nonexistent/bus",
            "tcp:host=localhost",
            "tcp:host=127.0.0.1,port=1",
            "unixexec:path=/bin/sh",
        ] {
            assert_eq!(instead_of(address), None, "{address}");
        }
    }
}
