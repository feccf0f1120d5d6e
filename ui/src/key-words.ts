import { nameAndNumber, type Look } from "./channel-words";
import type {
  KeychainName,
  KeyTestView,
  KeyView,
  KeyWord,
  OriginWord,
  SendingWord,
  TestWord,
  TurnView,
} from "./host";
import { say, sayDay, saySpan, sayTime } from "./words";

export const KEYS: Record<KeyWord, Look> = {
  asked: { tone: "care", shape: "question", word: "key-open" },
  unknown: { tone: "care", shape: "question", word: "key-open" },
  safetyCopy: { tone: "care", shape: "safe", word: "key-safety" },
  inMemory: { tone: "stop", shape: "care", word: "key-memory" },
  kept: { tone: "good", shape: "ok", word: "key-kept" },
  lost: { tone: "stop", shape: "stop", word: "key-lost" },
  interrupted: { tone: "care", shape: "question", word: "key-stopped" },
  notLookedFor: { tone: "care", shape: "question", word: "key-not-looked" },
  notMade: { tone: "missing", shape: "missing", word: "key-not-made" },
  letGo: { tone: "missing", shape: "missing", word: "key-let-go" },
  handedOver: { tone: "missing", shape: "ok", word: "key-handed-over" },
};

/** What is said of a key that does not lie here, as far as it is known. */
export const MEANINGS: Partial<Record<KeyWord, string>> = {
  unknown: "key-open-meaning",
  interrupted: "key-stopped-meaning",
  notLookedFor: "key-not-looked-meaning",
  lost: "key-lost-meaning",
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
  keePassXc: "keychain-keepassxc",
  kdeWallet: "keychain-kde",
};

export const TESTS: Record<TestWord, Look> = {
  works: { tone: "good", shape: "ok", word: "tested-works" },
  limited: { tone: "care", shape: "care", word: "tested-limited" },
  blocked: { tone: "care", shape: "care", word: "tested-blocked" },
  numberUnknown: { tone: "care", shape: "question", word: "tested-number-unknown" },
  otherNumber: { tone: "stop", shape: "stop", word: "tested-other-number" },
  refused: { tone: "stop", shape: "stop", word: "tested-refused" },
  couldNotAsk: { tone: "missing", shape: "question", word: "tested-could-not-ask" },
};

export const ORIGINS: Record<OriginWord, { alone: string; by: string }> = {
  made: { alone: "key-made", by: "key-made-by" },
  pasted: { alone: "key-pasted", by: "key-pasted-by" },
  file: { alone: "key-opened", by: "key-opened-by" },
  found: { alone: "key-found", by: "key-found" },
};

/** How a key ends, as the characters that tell it from others and the AK behind them, which most have (seen). */
export function endingParts(ending: string): [tail: string, end: string] {
  return ending.endsWith("AK") ? [ending.slice(0, -2), "AK"] : [ending, ""];
}

/** The same, to be read. */
export const sayEnding = (ending: string): string => endingParts(ending).join(" ").trim();

/** A test's result in the one word that is remembered of it. */
export function testWord(test: KeyTestView): TestWord {
  if (test.kind !== "works") return test.kind;
  if (!test.numberKnown) return "numberUnknown";
  return test.sending === "limited" || test.sending === "blocked" ? test.sending : "works";
}

/** Whether the key itself lies on this computer. */
export function liesHere(key: KeyView): boolean {
  return key.state === "kept" || key.state === "safetyCopy" || key.state === "inMemory";
}

/** Whether nobody can tell if the key was made. */
export function isOpen(key: KeyView): boolean {
  return key.state === "unknown" || key.state === "interrupted" || key.state === "asked";
}

/** Whether the messaging host refuses it, by no doing of this program. */
export function isRefused(key: KeyView): boolean {
  return key.refusedAt !== null && key.replacedAt === null;
}

/** Whether the key lies here and may be today's. */
export function mayWork(key: KeyView): boolean {
  return liesHere(key) && key.replacedAt === null && key.refusedAt === null;
}

/** Whether it is known that the key is for the number that it lies under: 360dialog made it for that one, or named it. */
export function isForItsNumber(key: KeyView): boolean {
  if (key.origin === "made") return key.otherNumberAt === null;
  return key.workedAt !== null && key.otherNumberAt === null && key.test?.result !== "numberUnknown";
}

/** Whether it was found in the keychain without a record, and not tested since: nobody can say that it works. */
export function isUntestedFind(key: KeyView): boolean {
  return key.origin === "found" && liesHere(key) && key.workedAt === null;
}

/** What became of a key, as word, shape and colour. */
export function keyLook(key: KeyView): Look {
  if (key.replacedAt !== null) return { tone: "stop", shape: "stop", word: "key-replaced-word" };
  if (isRefused(key)) return { tone: "stop", shape: "stop", word: "key-refused-word" };
  if (isUntestedFind(key)) return { tone: "care", shape: "question", word: "key-found-word" };
  return KEYS[key.state];
}

/** What a key is called: its name, or what became of it where it has none. */
export function keyName(key: KeyView): string {
  return key.label ?? say(key.state === "kept" ? "key-nameless" : KEYS[key.state].word);
}

export function labelOf(key: KeyView): string {
  return key.label ?? say("key-nameless");
}

/** Between which times something happened; of today, that it was today. */
export function sayWithin(from: number, to: number, today: Date): { from: string; to: string } {
  const span = saySpan(from, to, today);
  const isToday = sayDay(to, today) === say("day-today");
  return isToday ? { ...span, to: say("span-today", { time: span.to }) } : span;
}

/** What became of a key, by the messaging host's answer: the same sentence as in a notification. */
export function turnWords(turn: TurnView, today: Date): string {
  switch (turn.kind) {
    case "refused":
      if (turn.askedHere !== null) {
        return say("key-notice-refused-here", { time: sayTime(turn.askedHere, today) });
      }
      return turn.workedAt === null
        ? say("key-notice-refused-at", { time: sayTime(turn.refusedAt, today) })
        : say("key-notice-refused-span", sayWithin(turn.workedAt, turn.refusedAt, today));
    case "otherNumber": {
      const { whose } = turn;
      if (whose === null) return say("key-notice-other");
      const other = nameAndNumber(whose.name, whose.number, whose.channelId);
      return say("key-notice-other-named", { other });
    }
    case "worksAgain":
      return say("key-notice-again");
  }
}
