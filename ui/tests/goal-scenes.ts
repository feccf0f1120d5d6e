import type { GoalStepView, GoalView, Host, WebhookStandsView, StepWhyNot } from "../src/host";
import {
  appView,
  before,
  channel,
  failure,
  FRONT_DESK,
  goalSteps,
  goalView,
  key,
  LOCK_OUT,
  ok,
  PARTNERS,
  RESTAURANT,
  SIGNED_IN,
} from "./fake-host";
import { BOOKING } from "./key-fixtures";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const app = appView({ session: SIGNED_IN });
const number = (id: string) => `[data-test="channel-row"][data-id="${id}"]`;
const was = { host: "hooks.tablewise.example", headers: 1, readAt: 1_790_000_000 };

/** A goal that was begun, and its webhook as it stands. */
export function begun(goal: GoalView, stands: WebhookStandsView = { kind: "nothingNoted" }): Partial<Host> {
  return {
    goal: async () => ok(goal),
    goals: async () => ok([goal]),
    webhookStands: async () => ok(stands),
  };
}

export const toGoal = [test("go-on-with-goal")];
export const NEW = key({ id: "key-9", state: "kept", label: "Key of Restaurant bookings" });
export const EARLIER = { ...BOOKING, replacedAt: BOOKING.askedAt };

/** The steps with one of them in a state that is neither done nor to do. */
export function notSo(steps: GoalStepView[], step: GoalStepView["step"], why: StepWhyNot): GoalStepView[] {
  return steps.map((it) => (it.step === step ? { ...it, stands: "not", why } : it));
}

const scene = (goal: GoalView, stands?: WebhookStandsView): Scene => ({
  page: "goal",
  app,
  host: begun(goal, stands),
  press: toGoal,
});
const at = (next: number, facts: Partial<GoalView> = {}) =>
  goalView({ steps: goalSteps(LOCK_OUT, next), newKey: NEW, earlierKeys: [EARLIER], ...facts });
const made = (stands: WebhookStandsView): Scene => ({
  page: "made",
  app,
  host: { webhookStands: async () => ok(stands) },
  press: [number(RESTAURANT.id), test("make-key"), test("replace-key")],
});
const toBefore = [number(RESTAURANT.id), test("make-key")];
const knownBefore = (webhook: ReturnType<typeof before>["webhook"]): Scene => ({
  page: "before",
  app,
  host: { beforeMaking: async () => ok(before({ webhook })) },
  press: toBefore,
});
const withKey: Partial<Host> = { channel: async () => ok(channel({ keys: [BOOKING] })) };

export const GOAL_SCENES: Record<string, Scene> = {
  "goal-choose": { page: "goal", app, press: [test("nav-help"), test("help-leaked")] },
  "goal-leaked-begin": { page: "goal", app, press: [number(RESTAURANT.id), test("goal-leaked")] },
  "goal-lock-out-begin": { page: "goal", app, press: [number(FRONT_DESK.id), test("goal-lockOut")] },
  "goal-other": {
    page: "goal",
    app,
    host: begun(goalView({ channelId: FRONT_DESK.id })),
    press: [number(FRONT_DESK.id), test("goal-leaked")],
  },
  "goal-open-in-list": { page: "channels", app, host: begun(at(4)) },
  "goal-open-on-number": { page: "channel", app, host: begun(at(1)), press: [number(RESTAURANT.id)] },
  "goal-let-in": scene(goalView({ goal: "letIn", steps: goalSteps(["givePermission", "tellPartner"], 0) })),
  "goal-let-in-tell": scene(
    goalView({ goal: "letIn", steps: goalSteps(["givePermission", "tellPartner"], 1) }),
  ),
  "goal-lock-out-remove": scene(at(0)),
  "goal-lock-out-make": scene(at(1)),
  "goal-lock-out-keep": scene(at(2)),
  "goal-lock-out-test": scene(at(3)),
  "goal-lock-out-dead": scene(at(4)),
  "goal-lock-out-still-works": scene(
    at(5, { steps: notSo(goalSteps(LOCK_OUT, 5), "earlierIsDead", "stillWorks") }),
  ),
  "goal-lock-out-webhook": scene(at(5), { kind: "differs", was, now: null }),
  "goal-lock-out-places": scene(at(6, { newKey: { ...NEW, places: BOOKING.places } })),
  "goal-lock-out-reached": scene(at(7, { isReached: true })),
  "goal-refused": scene(
    at(1, {
      newKey: null,
      verdict: PARTNERS,
      steps: notSo(goalSteps(LOCK_OUT, 1), "makeKey", "knownToBeRefused"),
    }),
  ),
  "goal-outcome-open": scene(
    at(1, { newKey: null, steps: notSo(goalSteps(LOCK_OUT, 1), "makeKey", "outcomeOpen") }),
  ),
  "goal-unknown-things": scene(
    at(6, {
      earlierKeys: [],
      steps: notSo(
        notSo(goalSteps(LOCK_OUT, 6), "earlierIsDead", "nothingToTest"),
        "setWebhook",
        "nothingNoted",
      ),
    }),
  ),
  "goal-give-up": { ...scene(at(1)), press: [...toGoal, test("put-away")] },
  "webhook-cleared": made({ kind: "differs", was, now: null }),
  "webhook-other": made({ kind: "differs", was, now: "other.example" }),
  "webhook-set-again": {
    ...made({ kind: "differs", was, now: null }),
    press: [...toBefore, test("replace-key"), test("set-webhook")],
  },
  "webhook-set-refused": {
    ...made({ kind: "differs", was, now: null }),
    host: {
      webhookStands: async () => ok({ kind: "differs", was, now: null }),
      setWebhookAgain: async () =>
        ok({
          stands: { kind: "differs", was, now: null },
          why: failure("hubRefused", { status: 403, said: "Forbidden" }),
        }),
    },
    press: [...toBefore, test("replace-key"), test("set-webhook")],
  },
  "webhook-let-go": {
    ...made({ kind: "differs", was, now: "other.example" }),
    press: [...toBefore, test("replace-key"), test("let-webhook-go")],
  },
  "webhook-gone": made({ kind: "gone", was }),
  "webhook-could-not-ask": made({ kind: "couldNotAsk", was, why: failure("hubNoAnswer") }),
  "webhook-none-before": made({ kind: "noneBefore" }),
  "before-webhook-read": knownBefore({ kind: "read", was }),
  "before-webhook-waits": knownBefore({ kind: "waitsSince", was }),
  "before-webhook-none": knownBefore({ kind: "notSet" }),
  "details-webhook": {
    page: "channel",
    app,
    host: withKey,
    press: [number(RESTAURANT.id), test("ask-webhook")],
  },
};
