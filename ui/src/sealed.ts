import type { ShownKey } from "./host";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const CIPHER = { name: "AES-GCM", length: 256 };
/** Binds what is sealed to its use; Rust says the same words. */
const PURPOSE = new TextEncoder().encode("channel-keys shown key");

export type Seal = { half: string; open: (sealed: ShownKey) => Promise<string> };

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Where this window's keys are sealed to: the secret half can't leave it, and goes with it. */
export async function newSeal(): Promise<Seal> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const half = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  return {
    half: btoa(String.fromCharCode(...half)),
    open: async ({ public: theirs, nonce, sealed }) => {
      const other = await crypto.subtle.importKey("raw", fromBase64(theirs), CURVE, false, []);
      const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, privateKey, 256);
      const drawn = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
      const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: PURPOSE };
      const key = await crypto.subtle.deriveKey(how, drawn, CIPHER, false, ["decrypt"]);
      const opened = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: fromBase64(nonce) },
        key,
        fromBase64(sealed),
      );
      return new TextDecoder().decode(opened);
    },
  };
}
