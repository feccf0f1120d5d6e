import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Host } from "../src/host";
import { all, focusOn, maybe, onPage, open, see, signedIn, words } from "./driving";
import { appView, fails, failure, FRONT_DESK, HARBOUR, HERE, key, ok, THE_KEY } from "./fake-host";
import { at, BOOKING, DESK, keeping, REFUSED } from "./key-fixtures";

async function toKeys(own: Partial<Host> = {}, app = signedIn) {
  const opened = open(own, app);
  await opened.user.click(await see("nav-keys"));
  await onPage("keys");
  return opened;
}

async function card(id: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = all("kept-key").find((card) => card.dataset.id === id);
    if (!found) throw new Error(`no card of ${id}`);
    return found;
  });
}

const within = (element: HTMLElement, test: string) =>
  element.querySelector<HTMLElement>(`[data-test="${test}"]`);

describe("the keys on this computer", () => {
  it("say first whether all is well, and lie under their numbers", async () => {
    await toKeys(keeping(BOOKING, REFUSED, DESK));

    expect(words(await see("keys-summary"))).toBe("3 keys are kept here. One was refused at its last test.");
    const groups = all("keys-of-number");
    expect(groups).toHaveLength(2);
    expect(words(groups[0])).toContain("Front desk, +49 30 55570142");
    expect(words(groups[0])).not.toContain("Old chatbot");
    expect(words(groups[1])).toContain("Restaurant bookings, +49 30 55570188");
    expect(words(groups[1])).toContain("Old chatbot");
  });

  it.each([
    [[BOOKING], "One key is kept here. As far as is known here, all is well."],
    [[DESK], "One key is kept here. None was refused so far. Test those that have not been tested yet."],
    [
      [BOOKING, { ...DESK, test: { result: "otherNumber" as const, at: 5 } }],
      "2 keys are kept here. One is for another number than the one it lies under.",
    ],
    [
      [BOOKING, { ...DESK, replacedAt: 5 }],
      "2 keys are kept here. One was replaced by a later key. As far as is known here, all is well.",
    ],
    [[{ ...BOOKING, state: "lost" as const }], "No key is kept on this computer. For one key it is open"],
  ])("are summed up in a sentence or two: %#", async (keys, sentence) => {
    await toKeys({ keys: async () => ok(keys) });

    expect(words(await see("keys-summary"))).toContain(sentence);
  });

  it("are there without being signed in, too", async () => {
    const { user, host } = await toKeys(keeping(BOOKING), appView({ session: HERE }));

    await user.click(within(await card(BOOKING.id), "copy-key") as HTMLElement);

    expect(host.calls.get("copyKey")).toEqual([[BOOKING.id, false]]);
    expect(maybe("failure")).toBeUndefined();
  });

  it("are none at first, and the next step is said", async () => {
    const { user } = await toKeys();
    expect(words(await see("keys-empty"))).toContain("No key is kept on this computer.");

    await user.click(await see("to-numbers"));

    await onPage("channels");
  });

  it("are not called all there are where the keychain can't be looked into", async () => {
    await toKeys({ foundKeys: async () => ok({ keys: 0, cantLook: "locked" }) });

    expect(words(await see("cant-look"))).toContain("Passwords and Keys is locked.");
  });

  it("are not called well where the keychain can't be looked into, until it can", async () => {
    let cantLook: "locked" | null = "locked";
    const { user } = await toKeys({
      ...keeping(BOOKING),
      foundKeys: async () => ok({ keys: 0, cantLook }),
    });
    await see("cant-look");
    expect(words(await see("keys-summary"))).toBe("One key is kept here.");

    cantLook = null;
    await user.click(await see("look-again"));

    await waitFor(() => expect(maybe("cant-look")).toBeUndefined());
    expect(words(await see("keys-summary"))).toContain("all is well");
  });

  it("that can't be read say why, and are read again", async () => {
    let works = false;
    const { user } = await toKeys({ keys: async () => (works ? ok([BOOKING]) : fails("recordsOut")) });
    expect(words(await see("failure"))).toContain("The program's own records can't be used.");
    expect(words()).not.toContain("No key is kept");

    works = true;
    await user.click(await see("retry"));

    await card(BOOKING.id);
    expect(maybe("failure")).toBeUndefined();
  });

  it("lead to the way back from each number, also where no key is refused", async () => {
    const { user } = await toKeys(keeping(BOOKING, DESK));
    await card(DESK.id);
    const [desk] = all("keys-of-number");
    if (!desk) throw new Error("two numbers have keys");
    expect(all("mistake").map(words)).toEqual(["My chats stopped", "My chats stopped"]);

    await user.click(within(desk, "mistake") as HTMLElement);

    expect(words(await onPage("mistake"))).toContain("Front desk");
    expect(words()).not.toContain("Restaurant bookings");
  });

  it("lead to their number", async () => {
    const { user } = await toKeys(keeping(BOOKING));

    await user.click(await see("open-number"));

    expect(words(await onPage("channel"))).toContain("Restaurant bookings");
  });
});

describe("a kept key's card", () => {
  it("says who made it, when it was tested and what was found, and where it is used", async () => {
    await toKeys(keeping(BOOKING));

    const seen = words(await card(BOOKING.id));
    expect(words(within(await card(BOOKING.id), "key-origin") ?? undefined)).toMatch(
      /^Made \d+ \w+ \d{4}, 00:01, [34] days ago, by maria@harbour-hotel\.example$/,
    );
    expect(seen).toMatch(/Last tested \d+ (hours|days) ago: works\./);
    expect(seen).toContain("mQ2r");
    expect(seen).toContain("Table booking system");
    expect(document.documentElement.outerHTML).not.toContain(THE_KEY);
  });

  it("tells a pasted key from one made here, and one that was never tested", async () => {
    await toKeys(keeping(DESK));

    const seen = words(await card(DESK.id));
    expect(words(within(await card(DESK.id), "key-origin") ?? undefined)).toMatch(
      /^Pasted .+, \d+ (s|min) ago, by jonas@harbour-hotel\.example$/,
    );
    expect(seen).toContain("Not tested yet, so it is not known whether it works.");
  });

  it("of a key that was found again says so, and that it isn't known when it was made and by whom", async () => {
    await toKeys(keeping({ ...DESK, origin: "found", by: null, label: null, tail: null }, BOOKING));

    const found = await card(DESK.id);
    expect(words(within(found, "key-origin") ?? undefined)).toContain("Found again in Passwords and Keys");
    expect(words(within(found, "found-again") ?? undefined)).toContain(
      "when it was made and by whom is not known",
    );
    expect(within(await card(BOOKING.id), "found-again")).toBeNull();
  });

  it("of a key that is refused says since when, what that means and how to get out, never replaced", async () => {
    const { user } = await toKeys(keeping({ ...REFUSED, workedAt: at(0, 2), refusedAt: at(0, 4) }));

    const seen = await card(REFUSED.id);
    expect(words(within(seen, "refused-since") ?? undefined)).toContain(
      "Refused since between 00:02 and 00:04 today.",
    );
    expect(words(seen)).toContain("A new key was probably made elsewhere.");
    expect(words(seen)).toContain("Ask who made one, Blue Anchor or whoever looks after your software");
    expect(words(seen)).not.toContain("Replaced");
    expect(words(within(seen, "key-state") ?? undefined)).toBe("Refused");

    await user.click(within(seen, "way-back") as HTMLElement);
    await onPage("mistake");
  });

  it("of a key that never worked says when it was refused", async () => {
    await toKeys(keeping({ ...REFUSED, workedAt: null, refusedAt: at(0, 4) }));

    expect(words(await see("refused-since"))).toContain("Rejected today, 00:04.");
  });

  it("names no partner where there is none", async () => {
    const alone = { ...HARBOUR, partner: "none" as const, partnerName: null };
    await toKeys({ ...keeping(REFUSED), channels: async () => ok(alone) });

    await waitFor(() =>
      expect(words(maybe("refused-since"))).toContain("Ask whoever looks after your software"),
    );
    expect(words(maybe("refused-since"))).not.toContain("partner");
  });

  it("of a key that we replaced says that, and that it works no longer", async () => {
    await toKeys(keeping({ ...REFUSED, replacedAt: at(0, 5) }));

    expect(words(await see("replaced"))).toBe("Replaced by a later key today, 00:05: it works no longer.");
    expect(maybe("refused-since")).toBeUndefined();
    expect(maybe("places")).toBeUndefined();
  });

  it("of a key that could not be tested says nothing against it", async () => {
    const open = { ...BOOKING, test: { result: "couldNotAsk" as const, at: at(0, 1) } };
    await toKeys(keeping(open));

    const seen = words(await see("last-test"));
    expect(seen).toContain("no answer came, which says nothing about the key.");
    expect(seen).toContain("Last known to work");
    expect(words(await see("keys-summary"))).toContain("all is well");
  });

  it("asks for this very key to be shown, and never holds it itself", async () => {
    const { user, host } = await toKeys(keeping(BOOKING, DESK));

    await user.click(within(await card(DESK.id), "show-key") as HTMLElement);

    await waitFor(() => expect(host.calls.get("showKey")).toEqual([[DESK.id]]));
    expect(document.documentElement.outerHTML).not.toContain(THE_KEY);
  });

  it("tests the key and has the result at once", async () => {
    const { user } = await toKeys(keeping(DESK));

    await user.click(within(await card(DESK.id), "test-key") as HTMLElement);

    expect(words(await see("test-result"))).toContain("It works, and the number can send.");
    await waitFor(() => expect(words(maybe("last-test"))).toBe("Last tested just now: works."));
    expect(words(await see("keys-summary"))).toContain("all is well");
  });

  it("moves a key that is for another number of yours to where it belongs", async () => {
    const { channelId, name, number } = { ...FRONT_DESK, channelId: FRONT_DESK.id };
    const whose = { channelId, name, number, here: true, clientName: "Harbour Hotel GmbH" };
    const testKey: Host["testKey"] = async () => ok({ kind: "otherNumber", externalId: "10655", whose });
    let moved = false;
    const keys: Host["keys"] = async () => ok([moved ? { ...BOOKING, channelId, number } : BOOKING]);
    const { user, host } = await toKeys({
      testKey,
      keys,
      moveKey: async () => {
        moved = true;
        return ok(key({ channelId }));
      },
    });

    await user.click(within(await card(BOOKING.id), "test-key") as HTMLElement);
    expect(words(await see("test-result"))).toContain("It works, but for Front desk, +49 30 55570142.");
    expect(words(await see("move-key"))).toBe("Move it to Front desk, +49 30 55570142");
    await user.click(await see("move-key"));

    await waitFor(() => expect(maybe("test-result")).toBeUndefined());
    expect(host.calls.get("moveKey")).toEqual([[BOOKING.id, FRONT_DESK.id]]);
    expect(all("keys-of-number").map((group) => group.dataset.id)).toEqual([FRONT_DESK.id]);
  });

  it.each([
    [false, "Two Shops", "a number of Two Shops. Turn to that client to use it"],
    [null, null, "none of your numbers as far as is known here"],
  ])(
    "does not offer to move a key of a number that is not in the list: %#",
    async (here, clientName, sentence) => {
      const whose = here === null ? null : { channelId: "x", name: "Spa", number: null, here, clientName };
      await toKeys({
        ...keeping(BOOKING),
        testKey: async () => ok({ kind: "otherNumber", externalId: "10655", whose }),
      }).then(async ({ user }) => user.click(within(await card(BOOKING.id), "test-key") as HTMLElement));

      expect(words(await see("test-result"))).toContain(sentence);
      expect(maybe("move-key")).toBeUndefined();
    },
  );

  it("renames the key, and comes back to it", async () => {
    const { user, host } = await toKeys(keeping(BOOKING));
    await user.click(await see("rename-key"));
    const label = (await see("rename-label")) as HTMLInputElement;
    expect(label.value).toBe("Booking system");

    await user.clear(label);
    await user.type(label, "  Tables {Enter}");

    await waitFor(() => expect(words(document.activeElement ?? undefined)).toBe("Tables"));
    expect(host.calls.get("renameKey")).toEqual([[BOOKING.id, "Tables"]]);
    expect(maybe("rename-label")).toBeUndefined();
  });

  it("keeps the name where the keychain does not take another, and where Escape is pressed", async () => {
    const { user, host } = await toKeys({
      ...keeping(BOOKING),
      renameKey: async () => fails("keychainRefused"),
    });
    await user.click(await see("rename-key"));
    await user.click(await see("rename-confirm"));
    expect(words(await see("failure"))).toContain("The keychain refused.");

    await user.click(await see("rename-label"));
    await user.keyboard("{Escape}");

    await onPage("keys");
    expect(maybe("rename-label")).toBeUndefined();
    expect(words(await card(BOOKING.id))).toContain("Booking system");
    expect(host.count("renameKey")).toBe(1);
  });

  it("forgets the key only after a second press, and says what goes on working", async () => {
    const { user, host } = await toKeys(keeping(BOOKING, DESK));
    await user.click(within(await card(BOOKING.id), "let-go") as HTMLElement);

    expect(words(await card(BOOKING.id))).toContain(
      "You can't see it again here. What uses it goes on working.",
    );
    await focusOn("let-go-stay");
    expect(words(await see("let-go-confirm"))).toBe("Forget “Booking system”");
    await fireEvent.click(await see("let-go-confirm"), { detail: 2 });
    expect(host.count("letKeyGo"), "a double click is one press").toBe(0);
    await user.click(await see("let-go-confirm"));

    await waitFor(() => expect(all("kept-key")).toHaveLength(1));
    expect(host.calls.get("letKeyGo")).toEqual([[BOOKING.id]]);
    await waitFor(() =>
      expect(words(document.activeElement ?? undefined)).toContain("One key is kept here."),
    );
  });

  it("of a dead key does not promise that it goes on working", async () => {
    const { user } = await toKeys(keeping(REFUSED));

    await user.click(await see("let-go"));

    expect(words(await card(REFUSED.id))).toContain("It doesn't work, so nothing stops when you forget it.");
    expect(words()).not.toContain("goes on working");
  });
});

describe("the places where a key is used", () => {
  it("are noted, ticked off with a test, and removed", async () => {
    const { user, host } = await toKeys(keeping({ ...DESK, places: [] }));
    expect(words(await see("places"))).toContain("No place noted yet.");

    await user.type(await see("place-name"), "Web shop{Enter}");
    await waitFor(() => expect(words(maybe("place"))).toContain("Web shop"));
    expect(host.calls.get("setPlaces")).toEqual([[DESK.id, [{ name: "Web shop", done: false }]]]);
    expect(host.count("testKey")).toBe(0);

    await user.click(screen.getByRole("checkbox", { name: "Web shop" }));
    await waitFor(() => expect(words(maybe("place"))).toContain("tested, works"));

    const remove = screen.getByRole("button", { name: "Remove Web shop from the list" });
    await fireEvent.click(remove, { detail: 2 });
    expect(words(maybe("place")), "a double click takes one place away").toContain("Web shop");
    await user.click(remove);
    await waitFor(() => expect(maybe("place")).toBeUndefined());
    await focusOn("place-name");
    expect(host.calls.get("setPlaces")?.at(-1)).toEqual([DESK.id, []]);
  });

  it("say where a name ends that is as long as it may be", async () => {
    const { user } = await toKeys(keeping({ ...DESK, places: [] }));
    const field = (await see("place-name")) as HTMLInputElement;
    await user.click(field);
    await user.paste("W".repeat(79));
    expect(maybe("place-name-full")).toBeUndefined();

    await user.type(field, "WW");

    expect(field.value).toHaveLength(80);
    expect(words(await see("place-name-full"))).toBe("No more than 80 characters fit here.");
  });

  it("are noted once", async () => {
    const { user, host } = await toKeys(keeping(BOOKING));

    await user.type(await see("place-name"), " chatbot {Enter}");

    expect(words(await see("places"))).toContain("“chatbot” is in the list already.");
    expect(host.count("setPlaces")).toBe(0);
  });

  it("are not tested when a tick is taken away", async () => {
    const { user, host } = await toKeys(keeping(BOOKING));

    await user.click(await screen.findByRole("checkbox", { name: "Table booking system" }));

    await waitFor(() => expect(all("place")[0]?.dataset.done).toBe("false"));
    expect(host.count("testKey")).toBe(0);
  });

  it("stay as they were where the records don't take them, and what was typed stays", async () => {
    const { user, host } = await toKeys({ ...keeping(BOOKING), setPlaces: async () => fails("recordsOut") });
    const chatbot = await screen.findByRole<HTMLInputElement>("checkbox", { name: "Chatbot" });

    await user.click(chatbot);

    expect(words(await see("failure"))).toContain("The program's own records can't be used.");
    expect(chatbot.checked).toBe(false);
    expect(host.count("testKey")).toBe(0);

    await user.type(await see("place-name"), "Web shop{Enter}");
    await waitFor(() => expect((maybe("place-name") as HTMLInputElement).value).toBe("Web shop"));
    expect(all("place")).toHaveLength(2);
  });

  it("that are ticked in a hurry are all kept", async () => {
    const answers: (() => void)[] = [];
    const kept = keeping({
      ...BOOKING,
      places: [
        { name: "Shop", done: false },
        { name: "Bot", done: false },
      ],
    });
    const { user, host } = await toKeys({
      ...kept,
      setPlaces: async (id, places) => {
        await new Promise<void>((done) => answers.push(done));
        return kept.setPlaces!(id, places);
      },
    });
    await user.click(await screen.findByRole("checkbox", { name: "Shop" }));
    await user.click(await screen.findByRole("checkbox", { name: "Bot" }));
    answers[0]?.();
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.();

    await waitFor(() => expect(all("place").map((place) => place.dataset.done)).toEqual(["true", "true"]));
    expect(host.calls.get("setPlaces")?.at(-1)?.[1]).toEqual([
      { name: "Shop", done: true },
      { name: "Bot", done: true },
    ]);
  });

  it.each([
    [ok({ kind: "refused" as const }), "tested, is refused"],
    [ok({ kind: "otherNumber" as const, externalId: null, whose: null }), "tested, is for another number"],
    [ok({ kind: "couldNotAsk" as const, why: failure("hubNoAnswer") }), "tested, no answer came"],
  ])("say what the test found: %#", async (answer, sentence) => {
    const { user } = await toKeys({ ...keeping(BOOKING), testKey: async () => answer });

    await user.click(await screen.findByRole("checkbox", { name: "Chatbot" }));

    await waitFor(() => expect(words(all("place")[1])).toContain(sentence));
  });
});

describe("a number's own card of keys", () => {
  async function toNumber(own: Partial<Host> = {}, app = signedIn) {
    const opened = open(own, app);
    const row = await waitFor(() => {
      const found = all("channel-row").find((row) => row.textContent?.includes("Restaurant bookings"));
      if (!found) throw new Error("no such row");
      return found;
    });
    await opened.user.click(row);
    await onPage("channel");
    return opened;
  }

  it("leads to pasting a key, and to the way back", async () => {
    const { user } = await toNumber();
    await user.click(await see("paste-key"));
    await onPage("paste");
    await user.click(await see("not-now"));
    await onPage("channel");

    await user.click(await see("mistake"));

    expect(words(await onPage("mistake"))).toContain("Restaurant bookings");
  });

  it("offers no new key where nobody is signed in, with the reason and the step; pasting stays", async () => {
    const { user, host } = await toNumber(keeping(BOOKING), appView({ session: HERE }));

    expect(maybe("make-key")?.getAttribute("aria-disabled")).toBe("true");
    expect(words(await see("key-card"))).toContain("not signed in");
    await see("sign-in-first");
    await user.click(await see("make-key"));
    expect(host.count("beforeMaking")).toBe(0);
    await user.click(await see("paste-key"));
    await onPage("paste");
  });

  it("holds the focus when its last key is forgotten", async () => {
    const { user } = await toNumber(keeping(BOOKING));
    await user.click(await see("let-go"));
    await user.click(await see("let-go-confirm"));

    await waitFor(() => expect(maybe("kept-key")).toBeUndefined());
    await waitFor(() => expect(words(document.activeElement ?? undefined)).toBe("Your key"));
  });

  it("has a key whose fate is open put away", async () => {
    const open = key({ state: "unknown", tail: null });
    const { user, host } = await toNumber(keeping(open));
    expect(words(await see("kept-key"))).toContain("the key may or may not exist");
    expect(maybe("copy-key")).toBeUndefined();

    await user.click(await see("put-away"));

    await waitFor(() => expect(maybe("kept-key")).toBeUndefined());
    expect(host.calls.get("letKeyGo")).toEqual([[open.id]]);
  });
});
