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
  webhooksWere,
} from "./fake-host";
import { BOOKING } from "./key-fixtures";
import type { Scene } from "./scenes";

const test = (name: string) => `[data-test="${name}"]`;
const app = appView({ session: SIGNED_IN });
const number = (id: string) => `[data-test="channel-row"][data-id="${id}"]`;
const was = webhooksWere();
const THREE = webhooksWere([
  {},
  { name: "crm", host: "crm.example", headers: 2 },
  { name: "Archive", host: "your_archive.example", headers: 0, refused: "underscore" },
]);
const cleared: WebhookStandsView = { kind: "differs", was, now: [{ kind: "notSet" }] };
const other: WebhookStandsView = { kind: "differs", was, now: [{ kind: "other", host: "other.example" }] };
const threeDiffer: WebhookStandsView = {
  kind: "differs",
  was: THREE,
  now: [{ kind: "notSet" }, { kind: "other", host: "other.example" }, { kind: "notSet" }],
};

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
  "goal-lock-out-webhook": scene(at(5), cleared),
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
  "webhook-cleared": made(cleared),
  "webhook-other": made(other),
  "webhook-set-again": {
    ...made(cleared),
    press: [...toBefore, test("replace-key"), test("set-webhook")],
  },
  "webhook-set-refused": {
    ...made(cleared),
    host: {
      webhookStands: async () => ok(cleared),
      setWebhookAgain: async () =>
        ok({
          stands: cleared,
          notSet: [{ at: 0, why: failure("hubRefused", { status: 403, said: "Forbidden" }) }],
        }),
    },
    press: [...toBefore, test("replace-key"), test("set-webhook")],
  },
  "webhook-let-go": {
    ...made(other),
    press: [...toBefore, test("replace-key"), test("let-webhook-go")],
  },
  "webhook-gone": made({ kind: "gone", was }),
  "webhook-could-not-ask": made({ kind: "couldNotAsk", was, why: failure("hubNoAnswer") }),
  "webhook-none-before": made({ kind: "noneBefore", complete: true }),
  "webhook-several-differ": made(threeDiffer),
  "webhook-several-set-again": {
    ...made(threeDiffer),
    host: {
      webhookStands: async () => ok(threeDiffer),
      setWebhookAgain: async () =>
        ok({
          stands: {
            ...threeDiffer,
            now: [{ kind: "asBefore" }, { kind: "switchedOff" }, { kind: "notSet" }],
          },
          notSet: [{ at: 1, why: failure("hubRefused", { status: 403, said: "Forbidden" }) }],
        }),
    },
    press: [...toBefore, test("replace-key"), test("set-webhook")],
  },
  "webhook-several-as-before": made({ kind: "asBefore", was: THREE }),
  "before-webhook-read": knownBefore({ kind: "read", was }),
  "before-webhook-several": knownBefore({ kind: "read", was: THREE }),
  "before-webhook-incomplete": knownBefore({ kind: "read", was: webhooksWere([{}], false) }),
  "before-webhook-several-wait": knownBefore({ kind: "waitsSince", was: THREE }),
  "before-webhook-waits": knownBefore({ kind: "waitsSince", was }),
  "before-webhook-none": knownBefore({ kind: "notSet", complete: true }),
  "details-webhook-not-set": {
    page: "channel",
    app,
    host: {
      ...withKey,
      webhook: async () => ok({ kind: "notSet", extra: { list: [], complete: false, isOff: false } }),
    },
    press: [number(RESTAURANT.id), test("ask-webhook")],
  },
  "details-webhook-extra": {
    page: "channel",
    app,
    host: {
      ...withKey,
      webhook: async () =>
        ok({
          kind: "set",
          host: "hooks.tablewise.example",
          extra: { list: [{ name: "crm", host: "crm.example" }], complete: true, isOff: false },
        }),
    },
    press: [number(RESTAURANT.id), test("ask-webhook")],
  },
  "details-webhook": {
    page: "channel",
    app,
    host: withKey,
    press: [number(RESTAURANT.id), test("ask-webhook")],
  },
};
