//! Hosts that are not a Hub, for bad days.

use std::io::Read;
use std::net::TcpListener;
use std::sync::Arc;

/// The address of a host that encrypts under a certificate of its own making. It runs until the tests end.
pub fn self_signed() -> String {
    // The program that is tested brings its own; this one is the host's.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.into())
        .expect("the key fits the certificate");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base = format!("https://{}/api/v2", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut tcp in listener.incoming().flatten() {
            let mut tls = rustls::ServerConnection::new(config.clone()).expect("a connection");
            let mut heard = Vec::new();
            // Ends with an error when the program turns away.
            let _ = rustls::Stream::new(&mut tls, &mut tcp).read_to_end(&mut heard);
        }
    });
    base
}

/// The address of a Hub at which nobody listens, as where there is no network: nobody is given so low a port by chance.
pub fn nobody() -> String {
    "http://127.0.0.1:1/api/v2".to_owned()
}

/// The address of a Hub whose name nobody knows: `.invalid` is kept free for that (RFC 2606).
pub fn unknown_name() -> String {
    "https://hub.channel-keys.invalid/api/v2".to_owned()
}
