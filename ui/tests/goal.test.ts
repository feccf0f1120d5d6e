import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { GoalStepView, GoalView, Host, WebhookStandsView } from "../src/host";
import { all, focusOn, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import {
  appView,
  channel,
  fails,
  failure,
  FRONT_DESK,
  goalSteps,
  goalView,
  HARBOUR,
  HERE,
  key,
  LOCK_OUT,
  ok,
  PARTNERS,
  RESTAURANT,
  THE_KEY,
  webhooksWere,
} from "./fake-host";
import { begun, EARLIER, NEW, notSo } from "./goal-scenes";

const step = (at: number) => all("step").find((step) => step.dataset.step === String(at));
const states = () => all("step").map((step) => step.dataset.state);

/** A goal that stands so, gone on with from the list of numbers. */
async function goOn(goal: GoalView, own: Partial<Host> = {}) {
  const opened = open({ ...begun(goal), ...own }, signedIn);
  await opened.user.click(await see("go-on-with-goal"));
  await onPage("goal");
  await see("step");
  return opened;
}

const at = (next: number, facts: Partial<GoalView> = {}) =>
  goalView({ steps: goalSteps(LOCK_OUT, next), newKey: NEW, earlierKeys: [EARLIER], ...facts });

describe("a goal of several steps", () => {
  it("is begun from the number's page, and nothing changes by that", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Front desk"));
    await user.click(await see("goal-lockOut"));
    await onPage("goal");
    expect(words()).toContain("Taking the permission back is not enough");
    expect(words()).toContain("Nothing changes by beginning.");

    await user.click(await see("goal-begin"));

    await see("step");
    expect(host.calls.get("beginGoal")).toEqual([[FRONT_DESK.id, "lockOut"]]);
    expect(host.count("changePermission") + host.count("beforeMaking") + host.count("makeKey")).toBe(0);
  });

  it("goes on by keyboard at the next step where what was pressed is gone", async () => {
    let goal = at(4);
    const { user } = await goOn(goal, { goal: async () => ok(goal) });

    goal = at(5);
    await user.click(await see("step-test"));

    const there = () => document.activeElement?.closest<HTMLElement>('[data-test="step"]')?.dataset.step;
    await waitFor(() => expect(there()).toBe("6"));
  });

  it("misses nothing that changes while it is read", async () => {
    let goal = at(4);
    let answer = () => {};
    const slow = () => new Promise<void>((done) => (answer = done));
    let waits: Promise<void> | null = null;
    const { user, host } = await goOn(goal, {
      goal: async () => {
        const seen = goal;
        if (waits) await waits;
        return ok(seen);
      },
    });

    waits = slow();
    await user.click(await see("step-test"));
    await waitFor(() => expect(host.count("goal")).toBe(2));
    goal = at(5);
    await user.click(await see("step-test"));
    waits = null;
    answer();

    await waitFor(() => expect(states()[5]).toBe("now"));
  });

  it("is begun from help, for a number that is chosen there", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await see("nav-help"));
    await user.click(await see("help-leaked"));
    await user.click(
      all("choose-number").find((choice) => choice.dataset.id === RESTAURANT.id) as HTMLElement,
    );
    expect(words(await onPage("goal"))).toContain("Don't start by deleting the message");

    await user.click(await see("goal-begin"));

    await waitFor(() => expect(host.calls.get("beginGoal")).toEqual([[RESTAURANT.id, "leaked"]]));
  });

  it("says of each step whether it is done, next, or comes later, and offers the next one alone", async () => {
    await goOn(at(1));

    expect(states()).toEqual(["done", "now", "later", "later", "later", "later", "later"]);
    expect(words(step(2))).toContain("It stops every earlier key at once");
    expect(words(step(3))).not.toContain("You need it for the programs");
    expect(all("step").flatMap((step) => [...step.querySelectorAll("button")]).length).toBe(1);
    expect(words(await see("goal-progress"))).toBe("1 of 7 steps are behind you.");
    expect(document.documentElement.outerHTML).not.toContain(THE_KEY);
  });

  it("leads to the permission and back", async () => {
    const list = { ...HARBOUR, channels: [FRONT_DESK, { ...RESTAURANT, permission: "shared" as const }] };
    const { user } = await goOn(at(0), { channels: async () => ok(list) });

    await user.click(await see("step-remove"));
    await user.click(await see("change-confirm"));
    await user.click(await see("done-permissions"));

    await onPage("goal");
  });

  it("leads to the making of a key, through all that is read before, and back", async () => {
    const { user, host } = await goOn(at(1, { newKey: null }));

    await user.click(await see("step-make"));
    await onPage("before");
    expect(host.count("makeKey")).toBe(0);
    await user.click(await see("replace-key"));
    await onPage("made");
    await user.click(await see("done"));

    await onPage("goal");
  });

  it("is left for the numbers, and taken up again there", async () => {
    const { user } = await goOn(at(1));

    await user.click(await see("back"));
    await onPage("channels");
    await user.click(await see("go-on-with-goal"));
    await onPage("goal");
    for (const nav of ["nav-numbers", "nav-keys", "nav-numbers"]) await user.click(await see(nav));
    await onPage("channels");
    await user.click(await see("go-on-with-goal"));

    await onPage("goal");
  });

  it("has the earlier key tested, and reads anew how it stands", async () => {
    const { user, host } = await goOn(at(4));
    const reads = host.count("goal");

    await user.click(await see("step-test"));

    await waitFor(() => expect(host.count("goal")).toBe(reads + 1));
    expect(host.calls.get("testKey")).toEqual([[EARLIER.id]]);
  });

  it.each<[GoalStepView["step"], GoalStepView["why"] & string, string, string]>([
    ["makeKey", "knownToBeRefused", "stuck", "360dialog would refuse a new key from you now."],
    ["makeKey", "outcomeOpen", "stuck", "it is not known whether it was made"],
    ["testKey", "newKeyRefused", "stuck", "The new key is refused"],
    ["testKey", "otherNumber", "stuck", "turned out to be for another number"],
    ["testKey", "notHere", "open", "is not kept here, so it can't be tested here"],
    ["earlierIsDead", "nothingToTest", "open", "No earlier key is kept here, so none can be tested."],
    ["earlierIsDead", "stillWorks", "stuck", "An earlier key still works."],
    ["setWebhook", "nothingNoted", "open", "What it was is not known here"],
  ])("says why not: %s, %s", async (of, why, state, sentence) => {
    const place = LOCK_OUT.indexOf(of);
    await goOn(at(place, { steps: notSo(goalSteps(LOCK_OUT, place), of, why), verdict: PARTNERS }));

    expect(step(place + 1)?.dataset.state).toBe(state);
    expect(words(step(place + 1))).toContain(sentence);
  });

  it("has a text for who makes the keys, where one can't be made here, and it holds no key", async () => {
    const steps = notSo(goalSteps(LOCK_OUT, 1), "makeKey", "knownToBeRefused");
    const { user, host } = await goOn(at(1, { goal: "leaked", steps, newKey: null, verdict: PARTNERS }));

    await user.click(await see("copy-goal-letter"));

    const text = String(host.calls.get("copyText")?.[0]?.[0]);
    expect(text).toContain("Make a new one at once.");
    expect(text).toContain(RESTAURANT.number);
    expect(text).not.toContain(THE_KEY);
    expect(maybe("step-make")).toBeUndefined();
  });

  it("lets the person say what the program can't see, and take that back", async () => {
    const steps = goalSteps(["givePermission", "tellPartner"], 1);
    const said = goalView({
      goal: "letIn",
      steps: steps.map((step) => (step.step === "tellPartner" ? { ...step, stands: "byHand" } : step)),
      isReached: true,
    });
    let goal = goalView({ goal: "letIn", steps });
    const { user, host } = await goOn(goal, {
      goal: async () => ok(goal),
      markStep: async () => ok((goal = said)),
    });

    await user.click(await see("step-by-hand"));
    await see("goal-reached");
    await focusOn("goal-done");
    expect(words(step(2))).toContain("Said by you");
    await user.click(await see("step-undo"));

    expect(host.calls.get("markStep")).toEqual([
      [RESTAURANT.id, "tellPartner", true],
      [RESTAURANT.id, "tellPartner", false],
    ]);
  });

  it("that is reached says so, and is put away", async () => {
    const { user, host } = await goOn(at(7, { isReached: true }));
    expect(words(await see("goal-reached"))).toContain("every earlier key was replaced");

    await user.click(await see("goal-done"));

    await onPage("channels");
    expect(host.calls.get("putGoalAway")).toEqual([[RESTAURANT.id]]);
  });

  it("is given up only after it was said what stays undone", async () => {
    const { user, host } = await goOn(at(1));
    await user.click(await see("put-away"));
    expect(words()).toContain(
      "Not done: “Make a new key”. Until the key is replaced, an earlier one may keep working.",
    );
    expect(host.count("putGoalAway")).toBe(0);

    await focusOn("put-away-stay");
    await user.click(await see("put-away-sure"));

    await waitFor(() => expect(host.count("putGoalAway")).toBe(1));
  });

  it("of another kind for the same number is named before a new one takes its place", async () => {
    const { user, host } = open(begun(goalView({ channelId: FRONT_DESK.id })), signedIn);
    await user.click(await numberRow("Front desk"));
    await user.click(await see("goal-leaked"));

    expect(words(await see("goal-other"))).toContain("“Lock Blue Anchor out”");
    expect(host.count("beginGoal")).toBe(0);
  });

  it("can't be begun without signing in, and says so", async () => {
    const { user, host } = open({}, appView({ session: HERE }));
    await user.click(await numberRow("Restaurant bookings"));
    expect(maybe("goal-lockOut")).toBeUndefined();
    await user.click(await see("goal-leaked"));

    await onPage("goal");
    expect(maybe("goal-begin")).toBeUndefined();
    expect(host.count("goal") + host.count("goals")).toBe(0);
  });

  it("that can't be read says why, and can be read again", async () => {
    const { user, host } = open({ goal: async () => fails("recordsOut") }, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await user.click(await see("goal-leaked"));
    expect(words(await see("failure"))).not.toBe("");

    await user.click(await see("retry"));

    await waitFor(() => expect(host.count("goal")).toBe(2));
    expect(maybe("goal-begin")).toBeUndefined();
  });
});

const was = webhooksWere();
const cleared: WebhookStandsView = { kind: "differs", was, now: [{ kind: "notSet" }] };
const THREE = webhooksWere([
  {},
  { name: "crm", host: "crm.example" },
  { name: "Archive", host: "archive.example" },
]);

describe("the webhook after a key was replaced", () => {
  async function made(own: Partial<Host>) {
    const opened = open(own, signedIn);
    await opened.user.click(await numberRow("Restaurant bookings"));
    await opened.user.click(await see("make-key"));
    await opened.user.click(await see("replace-key"));
    await onPage("made");
    return opened;
  }

  it("that was cleared is set again by one press", async () => {
    const { user, host } = await made({
      webhookStands: async () => ok(cleared),
    });
    await waitFor(() =>
      expect(words()).toContain("The webhook is cleared. Before, messages went to hooks.tablewise.example."),
    );
    expect(host.count("setWebhookAgain")).toBe(0);

    await user.click(await see("set-webhook"));

    await waitFor(() =>
      expect(words()).toContain(
        "The webhook is as it was: messages are delivered to hooks.tablewise.example.",
      ),
    );
    expect(host.calls.get("setWebhookAgain")).toEqual([[RESTAURANT.id]]);
    expect(maybe("set-webhook")).toBeUndefined();
  });

  it("that 360dialog refuses to set says so, and can be tried again", async () => {
    await made({
      webhookStands: async () => ok(cleared),
      setWebhookAgain: async () =>
        ok({ stands: cleared, notSet: [{ at: 0, why: failure("hubRefused", { status: 403 }) }] }),
    }).then(async ({ user }) => user.click(await see("set-webhook")));

    expect(words(await see("failure"))).toContain("360dialog refused to set it.");
    await see("set-webhook");
  });

  it("that somebody set elsewhere is named, and left alone after a second word", async () => {
    const { user, host } = await made({
      webhookStands: async () =>
        ok({ kind: "differs", was, now: [{ kind: "other", host: "other.example" }] }),
    });
    await waitFor(() => expect(words()).toContain("Messages go to other.example now."));

    await user.click(await see("let-webhook-go"));
    expect(host.count("letWebhookGo")).toBe(0);
    await focusOn("webhook-stay");
    await user.click(await see("let-webhook-go-sure"));

    await waitFor(() => expect(words()).toContain("You left the webhook as it is."));
    expect(host.count("setWebhookAgain")).toBe(0);
  });

  it.each<[Awaited<ReturnType<Host["webhookStands"]>>, string]>([
    [ok({ kind: "nothingNoted" }), "Then check that messages arrive"],
    [
      ok({ kind: "noneBefore", complete: true }),
      "No webhook was set on this number before, so none was lost.",
    ],
    [
      ok({ kind: "noneBefore", complete: false }),
      "No webhook was set on this number itself before. This number may",
    ],
    [ok({ kind: "noKey", was }), "no key that lies here can ask"],
    [ok({ kind: "keyDoesNotWork", was }), "the key kept here is refused"],
    [ok({ kind: "couldNotAsk", was, why: failure("hubNoAnswer") }), "It could not be seen"],
    [ok({ kind: "gone", was }), "is not in Passwords and Keys any more"],
  ])("never claims more than is known: %#", async (stands, sentence) => {
    await made({ webhookStands: async () => stands });

    await waitFor(() => expect(words()).toContain(sentence));
    expect(words()).not.toContain("The webhook is cleared");
    expect(maybe("set-webhook")).toBeUndefined();
  });

  it("that is empty on the number is never told as if no message arrived", async () => {
    await made({ webhookStands: async () => ok(cleared) });

    await waitFor(() => expect(words()).toContain("Messages may still arrive. The number's WhatsApp"));
    expect(words()).not.toContain("nobody");
  });

  it("with extra ones is told of each, and all are set again by one press", async () => {
    const { user, host } = await made({
      webhookStands: async () =>
        ok({
          kind: "differs",
          was: THREE,
          now: [{ kind: "notSet" }, { kind: "asBefore" }, { kind: "other", host: "other.example" }],
        }),
    });
    await waitFor(() => expect(words()).toContain("2 of 3 webhooks are not as they were before."));
    expect(all("webhook-line").map((it) => words(it))).toEqual([
      "hooks.tablewise.example is not set.",
      "crm.example (“crm”) is set as before.",
      "archive.example (“Archive”) was replaced by other.example.",
    ]);
    expect(words()).toContain("Extra webhooks get messages only while the main one works.");
    expect(words(await see("set-webhook"))).toBe("Set them again");

    await user.click(await see("set-webhook"));

    expect(host.calls.get("setWebhookAgain")).toEqual([[RESTAURANT.id]]);
  });

  it("says of each one what was set and what was not, and why, once", async () => {
    const refused = failure("hubRefused", { status: 403, said: "Forbidden" });
    const { user } = await made({
      webhookStands: async () =>
        ok({
          kind: "differs",
          was: THREE,
          now: [{ kind: "notSet" }, { kind: "notSet" }, { kind: "notSet" }],
        }),
      setWebhookAgain: async () =>
        ok({
          stands: {
            kind: "differs",
            was: THREE,
            now: [{ kind: "asBefore" }, { kind: "notSet" }, { kind: "notSet" }],
          },
          notSet: [
            { at: 1, why: refused },
            { at: 2, why: refused },
          ],
        }),
    });

    await user.click(await see("set-webhook"));

    await waitFor(() => expect(all("failure")).toHaveLength(1));
    expect(words(maybe("failure"))).toContain(
      "Not set again: crm.example (“crm”) and archive.example (“Archive”).",
    );
    expect(words(all("webhook-line")[0])).toBe("hooks.tablewise.example is set as before.");
  });

  it("at an address that 360dialog refuses is not offered to be set, and that is said", async () => {
    const refused = webhooksWere([{ host: "your_webhook.example", refused: "underscore" }]);
    await made({
      webhookStands: async () => ok({ kind: "differs", was: refused, now: [{ kind: "notSet" }] }),
    });

    expect(words(await see("webhook-refused"))).toContain(
      "360dialog refuses the address at your_webhook.example: the host's name has “_” in it.",
    );
    expect(maybe("set-webhook")).toBeUndefined();
  });

  it("says once that there may be extra ones that could not be looked up", async () => {
    const few = webhooksWere([{}], false);
    await made({ webhookStands: async () => ok({ kind: "asBefore", was: few }) });

    await waitFor(() => expect(words()).toContain("This number may have extra webhooks"));
    expect(words().split("extra webhooks")).toHaveLength(2);
  });

  it("with extra ones is told whole on the number's page", async () => {
    const extra = { list: [{ name: "crm", host: "crm.example" }], complete: false, isOff: false };
    const { user } = open(
      {
        channel: async () => ok(channel({ keys: [key({ state: "kept" })] })),
        webhook: async () => ok({ kind: "notSet", extra }),
      },
      signedIn,
    );
    await user.click(await numberRow("Restaurant bookings"));

    await user.click(await see("ask-webhook"));

    await waitFor(() =>
      expect(words(maybe("webhook-fact"))).toContain("No webhook is set on this number itself."),
    );
    expect(words(maybe("webhook-fact"))).toContain("Extra webhook: crm.example (“crm”).");
    expect(words(maybe("webhook-fact"))).toContain("This number may have extra webhooks");
    expect(words(maybe("webhook-fact"))).toContain("Messages may still arrive");
  });

  it("is looked up on the number's page with the key that lies here, when asked", async () => {
    const { user, host } = open(
      { channel: async () => ok(channel({ keys: [key({ state: "kept" })] })) },
      signedIn,
    );
    await user.click(await numberRow("Restaurant bookings"));
    expect(words(await see("webhook-fact"))).toContain("Not looked up yet.");
    expect(host.count("webhook")).toBe(0);

    await user.click(await see("ask-webhook"));

    await waitFor(() =>
      expect(words(maybe("webhook-fact"))).toContain("Messages are delivered to hooks.tablewise.example."),
    );
  });

  it("is not known without a key, and nobody is asked", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Restaurant bookings"));

    expect(words(await see("webhook-fact"))).toContain("Not known.");
    expect(maybe("ask-webhook")).toBeUndefined();
    expect(host.count("webhook")).toBe(0);
  });
});
