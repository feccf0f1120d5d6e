import type { Shape, Tone } from "./channel-words";
import type { KeychainName, KeyView, KeyWord, SendingWord } from "./host";

export const KEYS: Record<KeyWord, { tone: Tone; shape: Shape; word: string }> = {
  asked: { tone: "care", shape: "question", word: "key-open" },
  unknown: { tone: "care", shape: "question", word: "key-open" },
  safetyCopy: { tone: "care", shape: "safe", word: "key-safety" },
  inMemory: { tone: "stop", shape: "care", word: "key-memory" },
  kept: { tone: "good", shape: "ok", word: "key-kept" },
  lost: { tone: "stop", shape: "stop", word: "key-lost" },
  notMade: { tone: "missing", shape: "missing", word: "key-not-made" },
  letGo: { tone: "missing", shape: "missing", word: "key-let-go" },
};

export const SENDING: Record<SendingWord, string> = {
  available: "test-works",
  limited: "test-works-limited",
  blocked: "test-works-blocked",
  notTold: "test-works-not-told",
};

export const KEYCHAINS: Record<KeychainName, string> = {
  keychain: "keychain-mac",
  credentialManager: "keychain-windows",
  passwordsAndKeys: "keychain-linux",
};

/** Whether the key itself lies on this computer. */
export function liesHere(key: KeyView): boolean {
  return key.state === "kept" || key.state === "safetyCopy" || key.state === "inMemory";
}
