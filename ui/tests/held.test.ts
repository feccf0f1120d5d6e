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
    expect(words(maybe("on-clipboard"))).toContain("is cleared");
    await user.type(await see("email"), "jonas@harbour-hotel.example");
    await user.type(await see("password"), "practice-jonas{Enter}");
    await numberRow("Restaurant bookings");

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

describe("a key that was found in the keychain", () => {
  const FOUND = key({ state: "kept", origin: "found", by: null, label: "Till", tail: null, workedAt: null });

  it("has the name that the keychain has for it, and is not called good before it was tested", async () => {
    const { user } = await onNumber(holding(FOUND, { ...FOUND, id: "key-2", label: "Booking tool" }));
    const titles = all("kept-key").map((card) => words(card.querySelector("h3") ?? undefined));
    expect(titles).toEqual(["Till", "Booking tool"]);
    expect(all("key-state").map(words)).toEqual(["Not tested yet", "Not tested yet"]);

    await user.click(await see("test-key"));

    await waitFor(() => expect(all("key-state").map(words)).toEqual(["Kept", "Not tested yet"]));
  });

  it("is to be tested before it is copied, where chats stopped", async () => {
    const { user } = await onNumber(holding(FOUND));

    await user.click(await see("mistake"));

    expect(words(await onPage("mistake"))).toContain("Test it, then copy it for step 2.");
    await see("test-key");
    expect(all("test-key")[0]?.className).toContain("primary");
    expect(all("copy-key")[0]?.className).not.toContain("primary");
  });
});

describe("a pasted key without AK", () => {
  it("is told by how it really ends, wherever it stands", async () => {
    const odd = { ...BOOKING, origin: "pasted", tail: "kX9p" } as const;
    const { user } = await onNumber(holding(odd));
    expect(words(await see("key-box"))).toContain("kX9p");
    expect(words(await see("key-box"))).not.toContain("AK");

    await user.click(await see("mistake"));

    await see("copy-mistake-text");
    expect(words(await see("mistake-text"))).toContain("The new key ends in kX9p.");
    expect(words(await onPage("mistake"))).not.toContain("kX9p AK");
  });
});

describe("back leads to where one came from", () => {
  it.each(["mistake", "hand-key", "to-computer"])("from what was begun under the keys: %s", async (begin) => {
    const { user } = open(holding(BOOKING), signedIn);
    await user.click(await see("nav-keys"));
    await user.click(await see(begin));
    await waitFor(() => expect(maybe("page")?.dataset.page).not.toBe("keys"));

    await user.click(await see("back"));

    await onPage("keys");
  });

  it("from a key that was pasted for a guide", async () => {
    const { user } = await onNumber(holding());
    await user.click(await see("mistake"));
    await user.click(await see("paste-key"));
    await onPage("paste");

    await user.click(await see("not-now"));
    await onPage("mistake");
    await user.click(await see("back"));

    await onPage("channel");
  });

  it("from a permission that was changed in the list of them", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("nav-help"));
    await user.click(await see("help-partner"));
    await user.click(all("pick")[1] as HTMLElement);
    await user.click(await see("remove"));
    await user.click(await see("change-confirm"));
    await onPage("permission-done");

    await user.click(await see("done-permissions"));
    await onPage("partner-permissions");
    expect(all("pick").every((box) => !(box as HTMLInputElement).checked)).toBe(true);
    await user.click(await see("back"));

    await onPage("help");
  });

  it("has the numbers in one order on every page", async () => {
    const order = ["Events Lisbon", "Front desk", "Restaurant bookings", "Spa"];
    const { user } = open(keeping(BOOKING, DESK), signedIn);
    await numberRow("Restaurant bookings");
    const names = (test: string) => all(test).map((row) => order.find((name) => words(row).includes(name)));
    expect(names("channel-row")).toEqual(order);

    await user.click(await see("nav-keys"));
    await see("keys-of-number");
    expect(names("keys-of-number")).toEqual(["Front desk", "Restaurant bookings"]);
    await user.click(await see("nav-help"));
    await user.click(await see("help-mistake"));
    await see("choose-number");
    expect(names("choose-number")).toEqual(order);
  });
});
