import type { Look } from "./channel-words";
import type { ChannelView, KeyView, WebhookView } from "./host";
import { liesHere, mayWork, sayEnding } from "./key-words";
import { say, sayMoment, shownId } from "./words";

export type StepState = "done" | "now" | "later" | "anyTime" | "byHand" | "stuck" | "open" | "notSet";

export const STEP_STATES: Record<StepState, Look> = {
  done: { tone: "good", shape: "ok", word: "mistake-done" },
  now: { tone: "care", shape: "key", word: "mistake-now" },
  later: { tone: "missing", shape: "wait", word: "mistake-later" },
  anyTime: { tone: "none", shape: "person", word: "mistake-any-time" },
  byHand: { tone: "missing", shape: "person", word: "goal-by-hand" },
  stuck: { tone: "stop", shape: "stop", word: "goal-stuck" },
  open: { tone: "none", shape: "question", word: "goal-open" },
  notSet: { tone: "care", shape: "care", word: "mistake-not-set" },
};

/**
 * The key that lies here and may be the one that works now: the newest, which comes first. How old one is that was found
 * again is not known: it is the newest where it worked after the others came.
 */
export function newKeyOf(view: ChannelView): KeyView | null {
  const keys = view.keys.filter(mayWork);
  const known = keys.find((key) => key.origin !== "found");
  const [found] = keys
    .filter((key) => key.origin === "found")
    .sort((one, other) => (other.workedAt ?? 0) - (one.workedAt ?? 0));
  if (!known || !found) return known ?? found ?? null;
  return (found.workedAt ?? 0) > known.askedAt ? found : known;
}

/** The keys here that are known to work no longer. */
export function deadKeysOf(view: ChannelView): KeyView[] {
  return view.keys.filter((key) => liesHere(key) && !mayWork(key));
}

/** When the key was replaced, as far as is known here. */
export function replacedAt(view: ChannelView): number | null {
  const known = view.keys.flatMap((key) => key.replacedAt ?? []);
  const key = newKeyOf(view);
  const made = key?.origin === "made" ? [key.askedAt] : [];
  const times = known.length > 0 ? known : made;
  return times.length > 0 ? Math.max(...times) : null;
}

/** How far it is with the key, its places, the webhook and the letter, for which it is never too early. */
export function stepStates(
  key: KeyView | null,
  webhook: WebhookView | null,
  written: boolean,
): [StepState, StepState, StepState, StepState] {
  const placed = key !== null && key.places.length > 0 && key.places.every((place) => place.done);
  const done = [key !== null && key.workedAt !== null, placed, webhook?.kind === "set", written];
  const now = done.indexOf(false);
  const state = (at: number): StepState =>
    done[at]
      ? "done"
      : at === now
        ? "now"
        : at === 3
          ? "anyTime"
          : at === 2 && webhook?.kind === "notSet"
            ? "notSet"
            : "later";
  return [state(0), state(1), state(2), state(3)];
}

function webhookLine(webhook: WebhookView | null): string {
  if (webhook?.kind === "set") return say("mistake-text-webhook-set", { host: webhook.host });
  return say(webhook?.kind === "notSet" ? "mistake-text-webhook-not-set" : "mistake-text-webhook-open");
}

/** A text for whoever can help. It never holds the key. */
export function letter(view: ChannelView, webhook: WebhookView | null): string {
  const { name, number, id } = view.row;
  const at = replacedAt(view);
  const tail = newKeyOf(view)?.tail;
  return [
    at === null ? say("mistake-text-replaced-open") : say("mistake-text-replaced", { time: sayMoment(at) }),
    say("mistake-text-number", {
      number: [number, name && `(${name})`].filter(Boolean).join(" ") || say("not-told"),
    }),
    say("mistake-text-channel", { id: shownId(id) }),
    tail ? say("mistake-text-key", { tail: sayEnding(tail) }) : say("mistake-text-no-key"),
    webhookLine(webhook),
    say("mistake-text-ask"),
  ].join("\n");
}
