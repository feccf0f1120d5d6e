import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Host, KeyView } from "../src/host";
import { letter, newKeyOf, replacedAt, stepStates } from "../src/mistake";
import { all, maybe, onPage, open, see, signedIn, words } from "./driving";
import {
  appView,
  channel,
  failure,
  fails,
  FRONT_DESK,
  HARBOUR,
  HERE,
  key,
  LISBON,
  ok,
  RESTAURANT,
  THE_KEY,
  NO_EXTRA,
  webhooksWere,
} from "./fake-host";
import { at, BOOKING, keeping, REFUSED } from "./key-fixtures";

const NEW: KeyView = key({
  id: "key-9",
  state: "kept",
  label: "Key of Restaurant bookings",
  askedAt: at(0, 3),
  places: [{ name: "Chatbot", done: false }],
});
const DEAD: KeyView = { ...BOOKING, replacedAt: at(0, 3) };

async function toMistake(own: Partial<Host> = {}, app = signedIn) {
  const opened = open(own, app);
  await waitFor(() => expect(all("channel-row").length).toBeGreaterThan(0));
  await opened.user.click(all("channel-row").find((row) => row.dataset.id === RESTAURANT.id) as HTMLElement);
  await opened.user.click(await see("mistake"));
  await onPage("mistake");
  return opened;
}

const step = (at: number) => all("step").find((step) => step.dataset.step === String(at));
const states = () => all("step").map((step) => step.dataset.state);

describe("my chats stopped after a key was replaced", () => {
  it("is met calmly, with numbered steps and what is to be done now", async () => {
    await toMistake(keeping(NEW, DEAD));

    expect(words(await onPage("mistake"))).toContain(
      "This can be put right. What stopped is the earlier key;",
    );
    await waitFor(() => expect(states()).toEqual(["done", "now", "done", "anyTime"]));
    expect(words(step(1))).toContain("Done");
    expect(words(step(2))).toContain("Now");
    expect(words(step(4))).toContain("At any time");
    expect(document.documentElement.outerHTML).not.toContain(THE_KEY);
  });

  it("names the new key, copies it unseen and tests it", async () => {
    const { user, host } = await toMistake(keeping(DEAD, NEW));
    await waitFor(() =>
      expect(words(step(1))).toContain("“Key of Restaurant bookings”, which ends in kX9p AK"),
    );
    expect(words(step(1))).not.toContain("Booking system");

    await user.click(await see("copy-key"));
    await see("copied");
    await user.click(await see("test-key"));
    await waitFor(() => expect(words(step(1))).toContain("It works, and the number can send."));

    expect(host.calls.get("copyKey")).toEqual([[NEW.id, false]]);
    expect(host.calls.get("testKey")).toEqual([[NEW.id]]);
    expect(host.count("showKey")).toBe(0);
    expect(host.count("makeKey")).toBe(0);
  });

  it("has each place ticked with a test, until all are done", async () => {
    const { user } = await toMistake(keeping(NEW, DEAD));

    await user.click(await screen.findByRole("checkbox", { name: "Chatbot" }));

    await waitFor(() => expect(words(step(2))).toContain("tested, works"));
    await waitFor(() => expect(states()).toEqual(["done", "done", "done", "now"]));
  });

  it("has a place noted here where none was", async () => {
    const { user } = await toMistake(keeping({ ...NEW, places: [] }));
    await waitFor(() => expect(states()[1]).toBe("now"));

    await user.type(await see("place-name"), "Web shop{Enter}");

    await waitFor(() => expect(words(maybe("place"))).toContain("Web shop"));
    expect(states()[1]).toBe("now");
  });

  it.each([
    [
      ok({ kind: "set" as const, host: "hooks.tablewise.example", extra: NO_EXTRA }),
      "Messages are delivered to hooks.tablewise.example.",
    ],
    [
      ok({ kind: "notSet" as const, extra: NO_EXTRA }),
      "No webhook is set on this number itself. If messages don't reach your software, have it set again. Messages may still arrive",
    ],
    [ok({ kind: "couldNotAsk" as const, why: failure("hubNoAnswer") }), "It could not be looked up"],
    [fails("keychainStayedLocked"), "It could not be looked up"],
  ])("says where messages are delivered, as far as it can be told: %#", async (answer, sentence) => {
    const { user, host } = await toMistake({ ...keeping(NEW), webhook: async () => answer });
    await waitFor(() => expect(words(step(3))).toContain(sentence));
    expect(words(step(3))).toContain("Whoever provides your chat software sets it again");

    await user.click(await see("look-webhook"));

    await waitFor(() => expect(host.calls.get("webhook")).toEqual([[NEW.id], [NEW.id]]));
  });

  it("sets the webhook again that was noted before the key was replaced", async () => {
    const was = webhooksWere();
    const { user, host } = await toMistake({
      ...keeping(NEW),
      webhook: async () => ok({ kind: "notSet", extra: NO_EXTRA }),
      webhookStands: async () => ok({ kind: "differs", was, now: [{ kind: "notSet" }] }),
    });
    expect(words(await see("webhook-again"))).toContain("Before, messages went to hooks.tablewise.example.");

    await user.click(await see("set-webhook"));

    await waitFor(() => expect(host.count("webhook")).toBe(2));
    expect(host.calls.get("setWebhookAgain")).toEqual([[RESTAURANT.id]]);
  });

  it("never says that the webhook is not set where it could not be looked up", async () => {
    await toMistake({ ...keeping(NEW), webhook: async () => fails("keychainStayedLocked") });
    await waitFor(() => expect(words(step(3))).toContain("It could not be looked up"));

    expect(words(step(3))).not.toContain("not set");
    expect(words(await see("mistake-text"))).toContain("Webhook at present: not known");
  });

  it("has a text ready for those who can help, with all but the key", async () => {
    const { user, host } = await toMistake(keeping(NEW, DEAD));
    await waitFor(() => expect(words(maybe("mistake-text"))).toContain("hooks.tablewise.example"));
    const text = (await see("mistake-text")).textContent;
    expect(words(step(4))).toContain("Blue Anchor, if it set up the software or made the earlier key.");

    await user.click(await see("copy-mistake-text"));

    expect(host.calls.get("copyText")).toEqual([[text, false]]);
    expect(text).toContain("+49 30 55570188 (Restaurant bookings)");
    expect(text).toContain(RESTAURANT.id);
    expect(text).toContain("The new key ends in kX9p AK.");
    expect(text).not.toContain(THE_KEY);
    await waitFor(() => expect(states()[3]).toBe("done"));
  });

  it("without a new key here offers to paste it or to make one, and the rest waits", async () => {
    const { user, host } = await toMistake(keeping(REFUSED, DEAD));
    await waitFor(() => expect(states()).toEqual(["now", "later", "later", "anyTime"]));

    expect(words(step(1))).toContain(
      "The 2 keys kept here are refused or replaced, so none of them works now.",
    );
    expect(words(step(1))).toContain("No working key for this number lies here.");
    expect(words(step(2))).toContain("Get the new key first.");
    expect(host.count("webhook")).toBe(0);
    expect(words(await see("mistake-text"))).toContain("The new key is not at hand here.");

    await user.click(await see("make-key"));
    await onPage("before");
    expect(host.count("makeKey")).toBe(0);
  });

  it("without a new key here leads to pasting", async () => {
    const { user } = await toMistake(keeping());

    await user.click(await see("paste-key"));

    await onPage("paste");
  });

  it("where the partner makes the keys, asks it, and the own key is off with the reason", async () => {
    const { user, host } = await toMistake({ channel: async () => ok(channel({ row: FRONT_DESK })) });

    await waitFor(() =>
      expect(words(step(1))).toContain("Blue Anchor may make keys for this number. Ask for the new one"),
    );
    expect(words(step(1))).toContain("Off, because Blue Anchor has the permission.");
    await user.click(await see("make-key"));
    expect(host.count("beforeMaking")).toBe(0);
    await onPage("mistake");
  });

  it("not signed in, makes no key and says why; what lies here can be used", async () => {
    await toMistake(keeping(), appView({ session: HERE }));

    await see("sign-in-first");
    expect(maybe("make-key")?.getAttribute("aria-disabled")).toBe("true");
    expect(maybe("paste-key")?.hasAttribute("aria-disabled")).toBe(false);
  });

  it("names no partner where there is none", async () => {
    const alone = channel({
      row: { ...RESTAURANT, permission: "noPartner" },
      partnerName: null,
      keys: [NEW],
    });
    const list = { ...HARBOUR, partner: "none" as const, partnerName: null };
    await toMistake({ channel: async () => ok(alone), channels: async () => ok(list) });

    await see("mistake-text");
    expect(words(await onPage("mistake"))).not.toMatch(/partner/i);
  });

  it("says why the number can't be read, and tries again", async () => {
    let works = false;
    const { user } = open(
      { channel: async () => (works ? ok(channel({ keys: [NEW] })) : fails("noSuchChannel")) },
      signedIn,
    );
    await user.click(await see("nav-help"));
    await user.click(await see("help-mistake"));
    await user.click(all("choose-number")[1] as HTMLElement);
    expect(words(await see("failure"))).toContain("This number is not in the list any more.");

    works = true;
    await user.click(await see("retry"));

    await see("step");
  });

  it("lets the number be chosen first where it is not known", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("nav-help"));
    await user.click(await see("help-mistake"));
    expect(words(await onPage("mistake"))).toContain("Which number is it?");
    expect(maybe("step")).toBeUndefined();

    await user.click(all("choose-number").find((row) => row.dataset.id === RESTAURANT.id) as HTMLElement);

    await see("step");
    await user.click(await see("back"));
    await onPage("help");
  });
});

describe("the steps", () => {
  const set = { kind: "set" as const, host: "hooks.example", extra: NO_EXTRA };
  const placed = { ...NEW, places: [{ name: "Chatbot", done: true }] };

  it.each([
    [null, null, false, ["now", "later", "later", "anyTime"]],
    [{ ...NEW, workedAt: null }, set, false, ["now", "later", "done", "anyTime"]],
    [NEW, null, false, ["done", "now", "later", "anyTime"]],
    [{ ...NEW, places: [] }, set, false, ["done", "now", "done", "anyTime"]],
    [placed, { kind: "notSet", extra: NO_EXTRA } as const, false, ["done", "done", "now", "anyTime"]],
    [NEW, { kind: "notSet", extra: NO_EXTRA } as const, false, ["done", "now", "notSet", "anyTime"]],
    [placed, set, false, ["done", "done", "done", "now"]],
    [placed, set, true, ["done", "done", "done", "done"]],
  ])("%#", (key, webhook, written, states) => {
    expect(stepStates(key, webhook, written)).toEqual(states);
  });
});

describe("the text", () => {
  it("takes the key that came last for the new one, whatever the clock said, and a found one only by its work", () => {
    const before = { ...NEW, id: "key-8", askedAt: at(9, 3) };
    expect(newKeyOf(channel({ keys: [NEW, before] }))?.id).toBe("key-9");

    const found: KeyView = { ...NEW, id: "key-7", origin: "found", askedAt: at(9, 3), workedAt: null };
    expect(newKeyOf(channel({ keys: [found, NEW] }))?.id).toBe("key-9");
    expect(newKeyOf(channel({ keys: [found] }))?.id).toBe("key-7");
    const worked = { ...found, workedAt: NEW.askedAt + 1 };
    expect(newKeyOf(channel({ keys: [NEW, found, worked] }))).toBe(worked);
  });

  it("says when the key was replaced, as far as that is known here", () => {
    expect(replacedAt(channel({ keys: [DEAD, NEW] }))).toBe(DEAD.replacedAt);
    expect(replacedAt(channel({ keys: [NEW] }))).toBe(NEW.askedAt);
    expect(replacedAt(channel({ keys: [{ ...NEW, origin: "pasted" }] }))).toBeNull();
    expect(letter(channel(), null)).toContain("The API key of this number was replaced. Since then");
  });

  it("has a line for each fact, also where little is told", () => {
    const bare = channel({ row: { ...LISBON, name: null, number: null }, keys: [] });

    expect(letter(bare, { kind: "notSet", extra: NO_EXTRA }).split("\n")).toEqual([
      "The API key of this number was replaced. Since then messages no longer go through.",
      "WhatsApp number: not told",
      `Channel at 360dialog: ${LISBON.id}`,
      "The new key is not at hand here. If you have it or can make one, hand it over in a safe way, not in a message like this.",
      "Webhook at present: not set on the number itself",
      "Enter the new key wherever the old one was used, and set the webhook again if it was cleared.",
    ]);
  });
});
