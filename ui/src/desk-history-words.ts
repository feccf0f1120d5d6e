import { HUB_STATUSES, hubWords, limitWords, STATUSES } from "./channel-words";
import type { ChangedWord, ChangeView } from "./host";
import { say, saySpan } from "./words";

export const CHANGED: Record<ChangedWord, string> = {
  listed: "desk-changed-listed",
  client: "facts-client",
  name: "facts-name",
  number: "facts-number",
  status: "desk-changed-status",
  hubStatus: "column-hub-status",
  running: "desk-changed-running",
  permission: "desk-changed-permission",
  limit: "desk-facts-limit",
  quality: "facts-quality",
  keys: "desk-changed-keys",
};

/** Words of this program's own for what the Hub does not call by one. */
const OWN: Record<string, string> = {
  listed: "desk-changed-is-listed",
  not_listed: "desk-changed-not-listed",
  running: "desk-changed-runs",
  not_running: "desk-changed-stands-still",
  shared: "permission-shared",
  missing: "permission-missing",
};

function told(what: ChangedWord, word: string): string {
  if (what === "status") return hubWords(STATUSES, word).word;
  if (what === "hubStatus") return hubWords(HUB_STATUSES, word).word;
  if (what === "limit") return limitWords(word);
  if (what === "keys") return word === "" ? say("desk-changed-no-key") : word.replaceAll(" ", ", ");
  if (what === "listed" || what === "running" || what === "permission") {
    return Object.hasOwn(OWN, word) ? say(OWN[word] ?? "") : word;
  }
  return word;
}

type Told = Pick<ChangeView, "toldBefore" | "toldNow" | "here">;

function whenWords(before: number, now: number): string {
  const span = saySpan(before, now);
  // Where it went by within a minute, two times that read alike would say less than one.
  const isOne = Math.floor(before / 60) === Math.floor(now / 60);
  return isOne ? say("desk-change-at", { time: span.from }) : say("desk-change-between", span);
}

/** Between which two times of the person's something changed, and whether this program did it. */
export function whenChanged({ toldBefore, toldNow, here }: Told): string {
  return say(here ? "desk-change-here" : "desk-change-outside", { when: whenWords(toldBefore, toldNow) });
}

/** What changed, and when. */
export function changeWords(change: ChangeView): { what: string; when: string } {
  const { what, before, now } = change;
  return {
    what: say("desk-change", { what: say(CHANGED[what]), before: told(what, before), now: told(what, now) }),
    when: whenChanged(change),
  };
}
