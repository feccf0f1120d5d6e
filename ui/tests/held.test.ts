import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Host, KeyView } from "../src/host";
import { all, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { CHECKS, goalSteps, goalView, HARBOUR, key, ok, RESTAURANT } from "./fake-host";
import { BOOKING, DESK, keeping, REFUSED } from "./key-fixtures";

/** 360dialog is asked and does not answer, once the numbers were read. */
function slow(own: Partial<Host>): Host["channels"] {
  let asked = false;
  return async (anew) => {
    if (anew && asked) await new Promise(() => {});
    asked = true;
    return own.channels!(anew);
  };
}

/** A computer on which these keys lie, whose list and notices say so too. */
function holding(...keys: KeyView[]): Partial<Host> & Pick<Host, "keys"> {
  const own = keeping(...keys);
  const now = async () => {
    const answer = await own.keys!();
    return answer.ok ? answer.data : [];
  };
  return {
    ...own,
    keys: own.keys!,
    channels: async () => {
      const held = await now();
      const keysHere = (id: string) => held.filter((key) => key.channelId === id).length;
      const channels = HARBOUR.channels.map((row) => ({ ...row, keysHere: keysHere(row.id) }));
      return ok({ ...HARBOUR, channels });
    },
    waitingKeys: async () => ok((await now()).filter(({ state }) => state !== "kept")),
  };
}

async function onNumber(own: Partial<Host>) {
  const opened = open(own, signedIn);
  await opened.user.click(await numberRow("Restaurant bookings"));
  await onPage("channel");
  await see("key-card");
  return opened;
}

const checkbox = (name: string) => screen.findByRole<HTMLInputElement>("checkbox", { name });

describe("what core holds is shown wherever it stands", () => {
  it("a place that is ticked in a guide is ticked on the number's card", async () => {
    const own = holding({ ...BOOKING, places: [{ name: "Web shop", done: false }] });
    const goal = async () => {
      const keys = await own.keys();
      const newKey = keys.ok ? (keys.data[0] ?? null) : null;
      return ok(goalView({ goal: "leaked", steps: goalSteps(["makeKey", "putInPlace"], 1), newKey }));
    };
    const { user } = await onNumber({ ...own, goal, goals: async () => ok([goalView({ goal: "leaked" })]) });
    expect((await checkbox("Web shop")).checked).toBe(false);

    await user.click((await waitFor(() => all("go-on-with-goal")[0]!)) as HTMLElement);
    await onPage("goal");
    await user.click(await checkbox("Web shop"));
    await waitFor(() => expect(words(maybe("place"))).toContain("tested, works"));
    await user.click(await see("nav-numbers"));
    await onPage("channel");

    expect((await checkbox("Web shop")).checked).toBe(true);
  });

  it("what is done on a card stands in the list at once, also while 360dialog is being asked", async () => {
    const own = holding(BOOKING);
    const { user } = await onNumber({ ...own, channels: slow(own) });
    expect(words(await numberRow("Restaurant bookings"))).toContain("key kept here");
    await user.click(await see("refresh"));

    await user.click(await see("let-go"));
    await user.click(await see("let-go-confirm"));

    await waitFor(() => expect(words(maybe("key-card"))).toContain("None kept on this computer."));
    expect(words(await numberRow("Restaurant bookings"))).not.toContain("key kept here");
  });

  it("a key that is saved waits for no decision any more, also while 360dialog is being asked", async () => {
    const copy = key({ id: "key-9" });
    const own = holding(copy);
    const { user } = await onNumber({ ...own, channels: slow(own) });
    expect(words(await see("waiting-key"))).toContain("A key waits for your decision.");

    await user.click(await see("look-at-key"));
    await onPage("made");
    await user.click(await see("save-key"));
    await user.click(await see("save-confirm"));
    await waitFor(() => expect(words(maybe("key-place"))).toContain("Saved in Passwords and Keys."));
    await user.click(await see("done"));
    await onPage("channel");

    expect(maybe("waiting-key")).toBeUndefined();
  });

  it("a key that was found dead on one page is dead on the others", async () => {
    const own = holding(BOOKING, DESK);
    const refused = { ...BOOKING, test: REFUSED.test, refusedAt: REFUSED.refusedAt };
    const { host } = await onNumber(own);
    expect(words(await see("last-test"))).toContain("works");

    host.keyChecked({
      key: refused,
      test: { kind: "refused" },
      why: null,
      turn: null,
      byItself: false,
    });

    await waitFor(() => expect(words(maybe("key-state"))).toBe("Refused"));
  });

  it("news of a key goes once the key is let go", async () => {
    const own = holding(BOOKING);
    const { host, user } = await onNumber(own);
    const turn = { kind: "refused", workedAt: 1, refusedAt: 2, askedHere: null } as const;
    host.keyChecked({ key: BOOKING, test: { kind: "refused" }, why: null, turn, byItself: true });
    await see("news");

    await user.click(await see("let-go"));
    await user.click(await see("let-go-confirm"));

    await waitFor(() => expect(maybe("news")).toBeUndefined());
  });

  it("what a test found stays where the key is copied after it", async () => {
    const { user } = await onNumber(holding({ ...DESK, channelId: RESTAURANT.id }));
    await user.click(await see("test-key"));
    expect(words(await see("test-result"))).toContain("It works");

    await user.click(await see("copy-key"));

    await see("copied");
    expect(words(maybe("test-result"))).toContain("It works");
  });

  it("a keychain that let a test through waits for no answer any more", async () => {
    let waits = true;
    const own = holding(BOOKING);
    const testKey: Host["testKey"] = async (id) => {
      waits = false;
      return own.testKey!(id);
    };
    const keyChecks: Host["keyChecks"] = async () =>
      ok({ ...CHECKS, everyMinutes: 15, whyNot: waits ? "keychainAsking" : null });
    const { user } = open({ ...own, testKey, keyChecks }, signedIn);
    await user.click(await see("nav-keys"));
    await waitFor(() => expect(words(maybe("checks-standing"))).toContain("got no answer"));

    await user.click(await see("test-key"));

    await waitFor(() => expect(words(maybe("checks-standing"))).not.toContain("got no answer"));
  });
});

describe("what waits for the person", () => {
  const waitsForMeta = { word: "settingUp", hubWord: "pending", known: true, whoActs: "meta" } as const;

  it("is not called nothing to do, and is told of its number", async () => {
    const channels = HARBOUR.channels.map((row) => ({
      ...row,
      state: waitsForMeta,
      waits: row.id === RESTAURANT.id,
    }));
    open({ channels: async () => ok({ ...HARBOUR, channels }) }, signedIn);

    const summary = words(await see("summary"));
    expect(summary).toContain("1 of 4 numbers needs you.");
    expect(summary).toContain("a key waits for you");
    expect(summary).not.toContain("Nothing for you to do");
    expect(words(await numberRow("Restaurant bookings"))).toContain("a key waits for you");
  });

  it("a key that left the clipboard is no news for who signs in next", async () => {
    const { host, user } = open({}, signedIn);
    await numberRow("Restaurant bookings");
    host.clipboard({ kind: "cleared" });
    await waitFor(() => expect(words(maybe("on-clipboard"))).toContain("is cleared"));

    await user.click(await see("profile"));
    await user.click(await see("sign-out"));
    await onPage("sign-in");

    expect(words(maybe("on-clipboard"))).toBe("");
  });
});

describe("what takes its time", () => {
  const never = () => new Promise<never>(() => {});

  it.each(["copy-key", "test-key"])("says what is waited for: %s", async (button) => {
    const { user } = await onNumber({ ...holding(BOOKING), copyKey: never, testKey: never });
    expect(maybe("waits-for-keychain")).toBeUndefined();

    await user.click(await see(button));

    expect(words(await see("waits-for-keychain"))).toContain("We wait for Passwords and Keys.");
  });

  it("says so of a key that is saved, too, and no more once it is", async () => {
    let done: () => void = () => {};
    const copy = key({ id: "key-9" });
    const own = holding(copy);
    const keepKey: Host["keepKey"] = async (id, label) => {
      await new Promise<void>((now) => (done = now));
      return own.keepKey!(id, label);
    };
    const { user } = await onNumber({ ...own, keepKey });
    await user.click(await see("save-key"));
    await user.click(await see("save-confirm"));
    await see("waits-for-keychain");

    done();

    await waitFor(() => expect(words(maybe("key-state"))).toBe("Kept"));
    expect(maybe("waits-for-keychain")).toBeUndefined();
  });
});

describe("what can't be taken back", () => {
  it("does not lie in one row with what is pressed often", async () => {
    await onNumber(holding(BOOKING));

    expect((await see("test-key")).parentElement?.contains(await see("let-go"))).toBe(false);
  });

  it("is asked for once more, with the safe answer where the question was", async () => {
    const goal = async () => ok(goalView({ goal: "leaked", steps: goalSteps(["makeKey"], 0) }));
    const { user, host } = open({ goal, goals: async () => ok([goalView({ goal: "leaked" })]) }, signedIn);
    await user.click(await see("go-on-with-goal"));

    await user.click(await see("put-away"));

    await waitFor(() => expect(document.activeElement).toBe(maybe("put-away-stay")));
    expect(all("put-away-stay")[0]?.nextElementSibling).toBe(maybe("put-away-sure"));
    await user.click(await see("put-away-stay"));
    expect(host.count("putGoalAway")).toBe(0);
  });
});
