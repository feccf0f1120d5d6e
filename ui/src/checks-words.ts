import type { KeyChecksView, ProbeWord, RoundView, WhyNotWord } from "./host";
import { say, sayClock } from "./words";

/** Why keys are not looked at by themselves, where that is to be said. */
export const WHY_NOT: Partial<Record<WhyNotWord, string>> = {
  keychainLocked: "checks-keychain-locked",
  keychainOut: "checks-keychain-out",
  keychainAsking: "checks-keychain-asking",
  leftAlone: "checks-left-alone",
};

/** What a keychain waits for that gave no key. */
const KEYCHAIN_WAITS: Partial<Record<ProbeWord, string>> = {
  locked: "check-locked",
  asking: "check-asking",
};

const EVERY: Record<number, string> = {
  0: "checks-never",
  15: "checks-quarter",
  60: "checks-hour",
  240: "checks-four-hours",
};

/** How often keys are looked at by themselves. */
export function everyWords(minutes: number): string {
  return say(EVERY[minutes] ?? "checks-never");
}

/** How far looking by itself is, in a sentence or a few. */
export function checksWords(checks: KeyChecksView, keychain: string): string {
  if (checks.everyMinutes === 0) return say("checks-off");
  const why = checks.whyNot && WHY_NOT[checks.whyNot];
  return [
    say("checks-on", { every: everyWords(checks.everyMinutes) }),
    checks.checkedAt !== null && say("checks-last", { time: sayClock(checks.checkedAt) }),
    checks.next !== null && !why && say("checks-next", { time: sayClock(checks.next) }),
    why && say(why, { keychain }),
    checks.noNotices && say("checks-no-notices"),
  ]
    .filter(Boolean)
    .join(" ");
}

/** What came of asking about all keys. */
export function roundWords(round: RoundView, keychain: string): string {
  const { asked, left } = round;
  switch (round.ended) {
    case "whole":
      return say("check-whole", { count: asked });
    case "keychain":
      return [
        say((round.keychain && KEYCHAIN_WAITS[round.keychain]) ?? "check-keychain-out", { keychain }),
        say("check-left", { count: left }),
      ].join(" ");
    case "leftAlone":
      return `${say("check-left-alone")} ${say("check-left", { count: left })}`;
    case "gone":
      return say("check-gone");
  }
}
