import type { Look } from "./channel-words";
import type { LineView, SendingWord } from "./host";
import { say, sayAge } from "./words";

const HEALTH: Record<SendingWord, Look> = {
  available: { tone: "good", shape: "ok", word: "health-available" },
  limited: { tone: "care", shape: "care", word: "health-limited" },
  blocked: { tone: "stop", shape: "stop", word: "health-blocked" },
  notTold: { tone: "none", shape: "question", word: "health-other" },
};

/** Whether a channel's number can send, with its age; none where its key does not lie here, or nothing was told. */
export function healthLook({ byKey }: LineView, now: number): (Look & { words: string }) | null {
  if (!byKey?.health) return null;
  const look = HEALTH[byKey.health.sending];
  return { ...look, words: say("by-key-told", { told: say(look.word), age: sayAge(byKey.health.at, now) }) };
}

/** Where a channel's messages are delivered, with its age. */
export function webhookWords({ byKey }: LineView, now: number): string | null {
  if (!byKey?.webhook) return null;
  const { host, at } = byKey.webhook;
  return say("by-key-told", { told: host ?? say("by-key-no-webhook"), age: sayAge(at, now) });
}
