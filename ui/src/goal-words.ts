import type { GoalStepView, GoalView, GoalWord, StepWord, StepWhyNot } from "./host";
import type { StepState } from "./mistake";
import { nameAndNumber } from "./channel-words";
import { say, shownId } from "./words";

type Partner = { partner: string; Partner: string };

export const GOALS: Record<GoalWord, { title: string; lead: string; begin: string; reached: string }> = {
  letIn: {
    title: "goal-let-in",
    lead: "goal-let-in-lead",
    begin: "goal-begin",
    reached: "goal-let-in-reached",
  },
  lockOut: {
    title: "goal-lock-out",
    lead: "goal-lock-out-lead",
    begin: "goal-begin",
    reached: "goal-lock-out-reached",
  },
  leaked: {
    title: "goal-leaked",
    lead: "goal-leaked-lead",
    begin: "goal-begin-leaked",
    reached: "goal-leaked-reached",
  },
};

export const STEPS: Record<StepWord, { title: string; more: string }> = {
  givePermission: { title: "step-give", more: "step-give-more" },
  tellPartner: { title: "step-tell", more: "step-tell-more" },
  removePermission: { title: "step-remove", more: "step-remove-more" },
  makeKey: { title: "step-make", more: "step-make-more" },
  keepKey: { title: "step-keep", more: "step-keep-more" },
  testKey: { title: "step-test", more: "step-test-more" },
  earlierIsDead: { title: "step-dead", more: "step-dead-more" },
  setWebhook: { title: "step-webhook", more: "step-webhook-more" },
  putInPlace: { title: "step-places", more: "step-places-more" },
  giveBack: { title: "step-give-back", more: "step-give-back-more" },
};

const WHY_NOT: Record<StepWhyNot, { words: string; state: StepState }> = {
  noPartner: { words: "why-no-partner", state: "stuck" },
  knownToBeRefused: { words: "why-refused", state: "stuck" },
  outcomeOpen: { words: "why-outcome-open", state: "stuck" },
  newKeyRefused: { words: "why-new-refused", state: "stuck" },
  otherNumber: { words: "why-other-number", state: "stuck" },
  notHere: { words: "why-not-here", state: "open" },
  nothingToTest: { words: "why-nothing-to-test", state: "open" },
  stillWorks: { words: "why-still-works", state: "stuck" },
  nothingNoted: { words: "why-nothing-noted", state: "open" },
};

/** How far it is with a step, as its tag says it. */
export function stateOf({ stands, why }: GoalStepView): StepState {
  if (why !== null) return WHY_NOT[why].state;
  return ({ done: "done", byHand: "byHand", next: "now", later: "later", not: "open" } as const)[stands];
}

/** Why a step can't be taken, or did not come to what it was for. */
export function whyNot({ why }: GoalStepView, partner: Partner): string | null {
  return why === null ? null : say(WHY_NOT[why].words, partner);
}

/** The number of a goal, as it was when it was begun. */
export const numberOf = (goal: GoalView): string => nameAndNumber(goal.name, goal.number, goal.channelId);

/** How many steps are behind. */
export function doneOf(goal: GoalView): { done: number; all: number } {
  const done = goal.steps.filter(({ stands }) => stands === "done" || stands === "byHand").length;
  return { done, all: goal.steps.length };
}

/** The step to take now, in words; what is in the way, where something is. */
export function nextOf(goal: GoalView, partner: Partner): string | null {
  const next = goal.steps.find((step) => ["now", "stuck"].includes(stateOf(step)));
  return next ? say(STEPS[next.step].title, partner) : null;
}

/** The same for a text that is copied: with common blanks. */
const inText = ({ name, number }: GoalView): string =>
  [number, name && `(${name})`].filter(Boolean).join(" ") || say("not-told");

/** A text for the partner. It never holds a key. */
export function partnerLetter(goal: GoalView, clientName: string | null, runs: boolean): string {
  return [
    say("goal-letter-let-in", { number: inText(goal) }),
    say("mistake-text-channel", { id: shownId(goal.channelId) }),
    clientName === null ? null : say("goal-letter-client", { client: clientName }),
    runs ? null : say("goal-letter-not-running"),
    say("goal-letter-before-you-make"),
  ]
    .filter((line) => line !== null)
    .join("\n");
}

/** A text for who makes the keys of a number whose key was seen by others. */
export function replaceLetter(goal: GoalView): string {
  return [
    say("goal-letter-replace", { number: inText(goal) }),
    say("mistake-text-channel", { id: shownId(goal.channelId) }),
    say("goal-letter-replace-how"),
  ].join("\n");
}
