import type { Look, Point } from "./channel-words";
import type { HoldsWord, PageRowView, PageSaidWord, ReturnRefusedWord } from "./host";
import { say, type Facts } from "./words";

/** Why a pasted address is not taken. */
export const RETURN_REFUSED: Record<ReturnRefusedWord, string> = {
  noVisit: "away-refused-no-visit",
  noState: "away-refused-no-state",
  otherState: "away-refused-other-state",
  answered: "away-refused-answered",
  empty: "away-refused-empty",
  tooLong: "away-refused-too-long",
  notAReturn: "away-refused-not-a-return",
};

/** What the page said, in a sentence at the head; one for another client has a notice of its own. */
export const PAGE_SAID: Record<PageSaidWord, string> = {
  nothing: "after-nothing",
  unreadable: "after-unreadable",
  otherClient: "after-nothing",
  told: "after-told",
};

/** What holds for a number; `more` by what the page said of it, or the same for both. */
export const HOLDS: Record<HoldsWord, Look & { given: string; removed: string }> = {
  asSaid: {
    tone: "good",
    shape: "ok",
    word: "after-as-said",
    given: "after-as-said-given",
    removed: "after-as-said-removed",
  },
  pageOnly: {
    tone: "care",
    shape: "question",
    word: "after-page-only",
    given: "after-page-only-given",
    removed: "after-page-only-removed",
  },
  otherwise: {
    tone: "care",
    shape: "care",
    word: "after-otherwise",
    given: "after-otherwise-given",
    removed: "after-otherwise-removed",
  },
  changed: {
    tone: "good",
    shape: "ok",
    word: "after-changed",
    given: "after-changed-more",
    removed: "after-changed-more",
  },
  hubAlone: {
    tone: "none",
    shape: "noPartner",
    word: "after-hub-alone",
    given: "after-hub-alone-more",
    removed: "after-hub-alone-more",
  },
  notTold: {
    tone: "none",
    shape: "notTold",
    word: "after-none-told",
    given: "after-none-told-more",
    removed: "after-none-told-more",
  },
};

export function holdsMore({ holds, page }: PageRowView): string {
  return say(HOLDS[holds][page === "shared" ? "given" : "removed"]);
}

/** What is going to happen, before the browser opens. */
export function goingPoints(partner: Facts, practice: boolean): Point[] {
  const point = (tone: Point["tone"], shape: Point["shape"], id: string, more: string): Point => ({
    tone,
    shape,
    title: say(id, partner),
    more: say(more, partner),
  });
  return [
    point("quiet", "person", "own-page-1", practice ? "own-page-1-practice-more" : "own-page-1-more"),
    point("quiet", "ok", "own-page-2", "own-page-2-more"),
    point("stop", "key", "own-page-3", "own-page-3-more"),
    point("good", "again", "own-page-4", "own-page-4-more"),
    point("care", "question", "own-page-5", "own-page-5-more"),
  ];
}

const MINUTE = 60;

/** For how long the way back is open. */
export function sayLeft(until: number, now: number): string {
  const left = Math.max(0, Math.ceil(until - now / 1000));
  return left < MINUTE
    ? say("away-seconds", { count: left })
    : say("away-minutes", { count: Math.ceil(left / MINUTE) });
}

const FEW = 5;

/** Ids of channels that are not the client's: a few of them. */
export function sayStrangers(ids: string[]): string {
  const few = ids.slice(0, FEW).join(", ");
  return ids.length > FEW ? say("after-strangers-more", { ids: few, count: ids.length - FEW }) : few;
}
