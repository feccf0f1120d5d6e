//! A key on its way to the window that shows it, sealed for that window alone: what the web view's other processes
//! handle is of no use without the window's own secret, which goes with it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

/// Binds what is sealed to its use; the page says the same words.
const PURPOSE: &[u8] = b"channel-keys shown key";

/// A sealed text: each part in Base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// Our half of the agreement, for this one text.
    pub(crate) public: String,
    /// The number used once.
    pub(crate) nonce: String,
    /// The text, sealed.
    pub(crate) text: String,
}

/// Seals a text for whoever has the secret to this public half (P-256, uncompressed, in Base64); none where it is none.
pub(crate) fn seal(text: &str, theirs: &str) -> Option<Sealed> {
    let random = SystemRandom::new();
    let theirs = UnparsedPublicKey::new(&ECDH_P256, BASE64.decode(theirs).ok()?);
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, &random).ok()?;
    let public = ours.compute_public_key().ok()?;
    let key = agree_ephemeral(ours, &theirs, |shared| {
        let drawn = Salt::new(HKDF_SHA256, &[]).extract(shared);
        let mut key = [0u8; 32];
        drawn.expand(&[PURPOSE], Aes256).and_then(|okm| okm.fill(&mut key)).map(|()| key)
    });
    let mut nonce = [0u8; NONCE_LEN];
    random.fill(&mut nonce).ok()?;
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key.ok()?.ok()?).ok()?);
    let mut sealed = text.as_bytes().to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).ok()?;
    Some(Sealed { public: BASE64.encode(public), nonce: BASE64.encode(nonce), text: BASE64.encode(sealed) })
}

struct Aes256;

impl KeyType for Aes256 {
    fn len(&self) -> usize {
        AES_256_GCM.key_len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_window() -> (EphemeralPrivateKey, String) {
        let secret = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).expect("a secret");
        let public = BASE64.encode(secret.compute_public_key().expect("its public half"));
        (secret, public)
    }

    fn unseal(sealed: &Sealed, secret: EphemeralPrivateKey) -> Option<String> {
        let theirs = UnparsedPublicKey::new(&ECDH_P256, BASE64.decode(&sealed.public).ok()?);
        let key = agree_ephemeral(secret, &theirs, |shared| {
            let mut key = [0u8; 32];
            let drawn = Salt::new(HKDF_SHA256, &[]).extract(shared);
            drawn.expand(&[PURPOSE], Aes256).and_then(|okm| okm.fill(&mut key)).map(|()| key)
        });
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key.ok()?.ok()?).ok()?);
        let nonce = Nonce::try_assume_unique_for_key(&BASE64.decode(&sealed.nonce).ok()?).ok()?;
        let mut text = BASE64.decode(&sealed.text).ok()?;
        let text = key.open_in_place(nonce, Aad::empty(), &mut text).ok()?;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    #[test]
    fn a_sealed_text_opens_for_the_window_that_asked_and_for_no_other() {
        let ((asked, public), (other, _)) = (a_window(), a_window());
        let sealed = seal("an invented key", &public).expect("it is sealed");
        assert_eq!(unseal(&sealed, other), None);
        assert_eq!(unseal(&sealed, asked).as_deref(), Some("an invented key"));
    }

    #[test]
    fn the_same_text_is_never_sealed_alike_and_is_not_to_be_read_in_what_is_sealed() {
        let (_, public) = a_window();
        let (one, other) = (seal("an invented key", &public), seal("an invented key", &public));
        assert_ne!(one, other);
        assert!(!format!("{one:?}").contains("invented"));
    }

    #[test]
    fn nothing_is_sealed_for_what_is_no_public_half() {
        for odd in ["", "!", "AAAA", &BASE64.encode([4u8; 65])] {
            assert_eq!(seal("an invented key", odd), None, "{odd}");
        }
    }
}
