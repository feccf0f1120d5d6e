import type { Look, Shape } from "./channel-words";
import type { HistoryView, ResultWord, WhatWord } from "./host";
import { sayEnding } from "./key-words";
import { say, sayDay } from "./words";

export const WHATS: Record<WhatWord, { shape: Shape; word: string }> = {
  signedIn: { shape: "person", word: "what-signed-in" },
  signedOut: { shape: "person", word: "what-signed-out" },
  permissionGiven: { shape: "shared", word: "what-permission-given" },
  permissionRemoved: { shape: "missing", word: "what-permission-removed" },
  permissionGivenThere: { shape: "shared", word: "what-permission-given-there" },
  permissionRemovedThere: { shape: "missing", word: "what-permission-removed-there" },
  keyMade: { shape: "key", word: "what-key-made" },
  keyRecovered: { shape: "search", word: "what-key-recovered" },
  keyPasted: { shape: "key", word: "what-key-pasted" },
  keyOpened: { shape: "key", word: "what-key-opened" },
  keyKept: { shape: "safe", word: "what-key-kept" },
  keyShown: { shape: "key", word: "what-key-shown" },
  keyCopied: { shape: "key", word: "what-key-copied" },
  keySaved: { shape: "safe", word: "what-key-saved" },
  keyTested: { shape: "key", word: "what-key-tested" },
  keyChecked: { shape: "key", word: "what-key-checked" },
  keyRenamed: { shape: "key", word: "what-key-renamed" },
  keyLetGo: { shape: "noPartner", word: "what-key-let-go" },
  keyHandedOver: { shape: "shared", word: "what-key-handed-over" },
  webhookSet: { shape: "link", word: "what-webhook-set" },
};

export const RESULTS: Record<ResultWord, Look> = {
  done: { tone: "good", shape: "ok", word: "result-done" },
  refused: { tone: "stop", shape: "stop", word: "result-refused" },
  notDone: { tone: "missing", shape: "noPartner", word: "result-not-done" },
  unknown: { tone: "care", shape: "question", word: "result-unknown" },
  otherNumber: { tone: "care", shape: "care", word: "result-other-number" },
};

const OF_A_TEST: Partial<Record<ResultWord, string>> = { done: "result-works", unknown: "result-no-answer" };

/** What was done, in words: a key is made only where that came about. */
export function whatWord({ what, result }: HistoryView): string {
  return say(what === "keyMade" && result !== "done" ? "what-key-asked" : WHATS[what].word);
}

/** A result as word, shape and colour; a test's says what was found. */
export function resultLook({ what, result }: HistoryView): Look {
  const word = what === "keyTested" || what === "keyChecked" ? OF_A_TEST[result] : undefined;
  return { ...RESULTS[result], ...(word && { word }) };
}

/** Which key it was about, without the key. */
export function keyOf({ label, tail }: HistoryView): string | null {
  if (label !== null)
    return tail === null
      ? say("history-key", { label })
      : say("history-key-tail", { label, tail: sayEnding(tail) });
  return tail === null ? null : say("history-tail", { tail: sayEnding(tail) });
}

export type Day = { name: string; entries: HistoryView[] };

/** The entries by day, in the order in which they come. */
export function byDay(entries: HistoryView[], now: Date): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const name = sayDay(entry.at, now);
    const last = days.at(-1);
    if (last?.name === name) last.entries.push(entry);
    else days.push({ name, entries: [entry] });
  }
  return days;
}

/** What an entry can be found by: everything that is to be read of it. */
export function textsOf(entry: HistoryView): (string | null)[] {
  return [
    whatWord(entry),
    say(resultLook(entry).word),
    entry.clientName,
    entry.channelName,
    entry.number,
    entry.channelId,
    entry.by,
    keyOf(entry),
  ];
}
