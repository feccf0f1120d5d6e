import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { ChannelRow } from "../src/host";
import { all, focusOn, maybe, narrow, numberRow, onPage, open, see, signedIn, words } from "./driving";
import {
  appView,
  channel,
  fails,
  failure,
  FRONT_DESK,
  HARBOUR,
  HERE,
  key,
  LISBON,
  ok,
  RESTAURANT,
  row,
  SPA,
} from "./fake-host";

describe("the list of numbers", () => {
  it("tells of each its name, number, state, who pays and the permission", async () => {
    open({}, signedIn);

    const lisbon = await numberRow("Events Lisbon");

    expect(words(lisbon)).toBe("Events Lisbon Not told +351 21 555 0167 Connected and running You pay");
    expect(words(await numberRow("Spa"))).toContain("Not running");
    expect(words(await see("age"))).toMatch(/^4 numbers, checked 1\d s ago$/);
    expect(words(await see("profile"))).toContain("Harbour Hotel GmbH");
  });

  it("marks the numbers for which a key is kept here, and no others", async () => {
    const channels = [FRONT_DESK, { ...RESTAURANT, keysHere: 2 }];
    open({ channels: async () => ok({ ...HARBOUR, channels }) }, signedIn);

    expect(words(await numberRow("Restaurant bookings"))).toContain("key kept here");
    expect(words(await numberRow("Front desk"))).not.toContain("key kept here");
  });

  it("is read anew when asked to, with a new age and no word of trouble", async () => {
    const readAt = Math.floor(Date.now() / 1000);
    const { user, host } = open(
      { channels: async (anew) => ok({ ...HARBOUR, readAt: anew ? readAt : readAt - 7200 }) },
      signedIn,
    );
    await numberRow("Spa");
    expect(words(await see("age"))).toBe("4 numbers, checked 2 hours ago");

    await user.click(await see("refresh"));

    await waitFor(() => expect(words(maybe("age"))).toMatch(/^4 numbers, checked (just now|\d+ s ago)$/));
    expect(host.calls.get("channels")).toEqual([[false], [true]]);
    expect(words(await see("refresh"))).toBe("Check again");
    for (const trouble of ["failure", "not-fresh"]) expect(maybe(trouble)).toBeUndefined();
  });

  it("never shows what was not told as Missing, nor as any other word that claims something", async () => {
    const nothing = row({
      id: "nCH",
      name: null,
      number: null,
      digits: null,
      state: { word: "notTold", hubWord: null, known: true, whoActs: "askThreeSixtyDialog" },
      payer: "notTold",
      permission: "notTold",
    });
    const view = channel({
      row: nothing,
      partnerName: null,
      quality: null,
      limit: null,
      wabaId: null,
      externalId: null,
      details: {
        status: null,
        statusActs: "askThreeSixtyDialog",
        hubStatus: null,
        running: null,
        clientId: "Zx81kQw2CL",
        clientName: null,
        partnerId: null,
      },
      verdict: {
        generate: "hubDecides",
        reason: "notTold",
        next: "tryIt",
        missing: ["running", "permission"],
      },
    });
    open(
      { channels: async () => ok({ ...HARBOUR, channels: [nothing] }), channel: async () => ok(view) },
      signedIn,
    );

    await see("verdict");

    expect(words()).not.toMatch(/Missing|Shared|Not running|Connected|You pay|null|undefined/);
    expect(words(await see("verdict"))).toContain(
      "Not told: whether it is live and running and whether your partner has the permission.",
    );
    expect(all("permission").map(words)).toEqual(expect.arrayContaining(["Not told"]));
  });

  it("opens a single number by itself", async () => {
    open({ channels: async () => ok({ ...HARBOUR, channels: [FRONT_DESK] }) }, signedIn);

    await onPage("channel");
  });

  it("finds a number by its name and by its digits, and goes from the field into the list", async () => {
    const { user } = open({}, signedIn);
    await numberRow("Spa");

    await user.keyboard("{Control>}f{/Control}");
    await focusOn("search");
    await user.keyboard("0188");
    expect(all("channel-row").map((found) => found.dataset.id)).toEqual(["rB4k9wCH"]);

    await user.clear(await see("search"));
    await user.keyboard("351 21");
    expect(all("channel-row")).toHaveLength(1);
    await user.keyboard("{ArrowDown}{Enter}");

    await onPage("channel");
    await waitFor(() => expect(words(document.activeElement ?? undefined)).toBe("Events Lisbon"));
  });

  it("finds a number in the spelling of whoever looks for it", async () => {
    const { user } = open({}, signedIn);
    await numberRow("Spa");

    for (const spelling of ["+49 (0)30 5557-0142", "030 5557 0142", "0049 30 55570142", "5557.0142"]) {
      await user.clear(await see("search"));
      await user.type(await see("search"), spelling);
      expect(all("channel-row").map((found) => found.dataset.id)).toEqual([FRONT_DESK.id]);
      expect(words()).toContain("One of 4 numbers fits");
    }

    await user.clear(await see("search"));
    await user.type(await see("search"), "5557.0143");
    expect(all("channel-row")).toEqual([]);

    await user.click(screen.getByRole("button", { name: "Show all numbers" }));
    expect(all("channel-row")).toHaveLength(4);
  });

  it("sorts by what a person wants to see first, and remembers it on the way back", async () => {
    const creating = row({
      id: "cCH",
      name: "Zoo",
      number: "+1 555 0100",
      digits: "15550100",
      state: { word: "settingUp", hubWord: "created", known: true, whoActs: "client" },
      keysHere: 1,
    });
    const { user } = open(
      { channels: async () => ok({ ...HARBOUR, channels: [...HARBOUR.channels, creating] }) },
      signedIn,
    );
    const order = () => all("channel-row").map((found) => found.dataset.id);
    await numberRow("Spa");
    const [front, restaurant, spa, lisbon] = [FRONT_DESK.id, RESTAURANT.id, SPA.id, LISBON.id];

    for (const [sort, expected] of [
      ["name", [lisbon, front, restaurant, spa, "cCH"]],
      ["number", ["cCH", lisbon, front, restaurant, spa]],
      ["what needs you first", ["cCH", spa, lisbon, front, restaurant]],
      ["partner permission", [front, restaurant, spa, "cCH", lisbon]],
      ["key kept here first", ["cCH", lisbon, front, restaurant, spa]],
    ] as const) {
      await user.selectOptions(await see("sort"), sort);
      expect(order()).toEqual(expected);
    }

    await user.click(await see("nav-keys"));
    await user.click(await see("nav-numbers"));
    await numberRow("Spa");
    expect(order()[0]).toBe("cCH");
  });

  it("moves through the list with the arrow keys", async () => {
    const { user } = open({}, signedIn);
    (await numberRow("Front desk")).focus();

    await user.keyboard("{ArrowDown}{ArrowDown}");
    await waitFor(async () => expect(document.activeElement === (await numberRow("Spa"))).toBe(true));

    await user.keyboard("{Home}{ArrowUp}");
    await focusOn("search");
  });

  it("says when there is no number, and when it could not be read", async () => {
    const { unmount } = open({ channels: async () => ok({ ...HARBOUR, channels: [] }) }, signedIn);
    await waitFor(() => expect(words()).toContain("There is no WhatsApp number here yet."));
    unmount();

    const { user, host } = open({ channels: async () => fails("hubNoAnswer") }, signedIn);
    expect(words(await see("failure"))).toContain("The Hub did not answer.");
    expect(words()).not.toContain("no WhatsApp number");

    await user.click(await see("retry"));
    expect(host.calls.get("channels")).toEqual([[false], [true]]);
  });

  it("says of how many numbers they are, where 360dialog listed fewer than it has", async () => {
    const short = { announced: 100_000, came: 4 };
    const { unmount } = open({ channels: async () => ok({ ...HARBOUR, short }) }, signedIn);
    expect(words(await see("list-short"))).toContain("4 of 100,000 numbers");
    expect(all("channel-row")).toHaveLength(4);
    unmount();

    const none = { ...HARBOUR, channels: [], short: { announced: 3, came: 0 } };
    open({ channels: async () => ok(none) }, signedIn);
    expect(words(await see("list-short"))).toContain("0 of 3 numbers");
    expect(words()).not.toContain("no WhatsApp number");
    expect(words()).not.toContain("lists none");
  });

  it("keeps what it knew when reading it again fails", async () => {
    const { user } = open(
      { channels: async (anew) => (anew ? fails("hubNoConnection") : ok(HARBOUR)) },
      signedIn,
    );
    await numberRow("Spa");

    await user.click(await see("refresh"));

    await see("failure");
    expect(all("channel-row")).toHaveLength(4);
  });

  it("asks for the password in place when the session is over, and leads there again where it was not given", async () => {
    const { user, host } = open({ channels: async () => fails("sessionEnded") }, signedIn);

    await user.click(await see("sign-in-again-not-now"));
    expect(words(await see("failure"))).toContain("Sign in again to go on.");
    await user.click(await see("sign-in-again"));

    await see("sign-in-again-sheet");
    expect(host.count("signOut")).toBe(0);
  });
});

describe("the first sentence", () => {
  const summary = async (channels: ChannelRow[]) => {
    open({ channels: async () => ok({ ...HARBOUR, channels }) }, signedIn);
    return words(await see("summary"));
  };
  const at = (id: string, state: ChannelRow["state"]) => row({ id, name: id, state });
  const waiting = { word: "settingUp", hubWord: "unverified", known: true, whoActs: "meta" } as const;
  const untold = { word: "notTold", hubWord: null, known: true, whoActs: "askThreeSixtyDialog" } as const;

  it("says that all is well where all numbers run", async () => {
    const said = await summary([FRONT_DESK, RESTAURANT]);

    expect(said).toContain("All 2 numbers are running.");
    expect(said).not.toContain("needs you");
    expect(all("open-number")).toEqual([]);
  });

  it("stands above the list where the window is narrow, and there alone", async () => {
    const { unmount } = open({}, signedIn);
    await numberRow("Spa");
    expect(maybe("standing")).toBeUndefined();
    unmount();

    narrow();
    open({}, signedIn);
    const standing = await see("standing");

    expect(words(standing)).toBe("1 of 4 numbers needs you.");
    const follows = standing.compareDocumentPosition(await numberRow("Events Lisbon"));
    expect(follows).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it("names who needs this person, and opens it", async () => {
    const { user } = open({}, signedIn);
    const said = words(await see("summary"));

    expect(said).toContain("1 of 4 numbers needs you. Open Spa Not running");
    expect(said).toContain("For one number Blue Anchor makes the keys.");
    expect(all("open-number")).toHaveLength(1);

    await user.click(await see("open-number"));
    await onPage("channel");
    await waitFor(() => expect(words(document.activeElement ?? undefined)).toBe("Spa"));
  });

  it("says that there is nothing to do where others act", async () => {
    const said = await summary([at("one", waiting), FRONT_DESK]);

    expect(said).toContain("Nothing for you to do: 1 of 2 numbers waits for Meta or 360dialog.");
    expect(said).not.toContain("needs you");
  });

  it("does not claim that a number runs, or does not, where that is not told", async () => {
    const said = await summary([at("one", untold), FRONT_DESK]);

    expect(said).toContain("360dialog did not say whether 1 of your 2 numbers runs.");
    expect(said).not.toMatch(/All \d|needs you|Not running/);
  });
});

describe("numbers as last seen", () => {
  const old = { ...HARBOUR, readAt: HARBOUR.readAt - 3 * 3600 };

  it("are shown with their age and the reason where the Hub can't be asked", async () => {
    const why = failure("hubNoConnection");
    const { user, host } = open({ channels: async () => ok({ ...old, notFresh: why }) }, signedIn);
    const notice = words(await see("not-fresh"));

    expect(notice).toContain("These are your numbers as last seen 3 hours ago.");
    expect(notice).toContain("The Hub can't be reached. Keys kept here stay usable.");
    expect(words(await see("age"))).toBe("4 numbers, checked 3 hours ago");
    expect(words(await see("summary"))).toContain("As last seen 3 hours ago");
    expect(all("channel-row")).toHaveLength(4);
    expect(maybe("failure")).toBeUndefined();

    await user.click(await see("retry"));
    expect(host.calls.get("channels")).toEqual([[false], [true]]);
  });

  it("lose the notice as soon as the Hub answers", async () => {
    const why = failure("hubNoConnection");
    const { user } = open(
      { channels: async (anew) => ok(anew ? HARBOUR : { ...old, notFresh: why }) },
      signedIn,
    );

    await user.click(await see("retry"));

    await waitFor(() => expect(maybe("not-fresh")).toBeUndefined());
    expect(words(await see("age"))).toMatch(/^4 numbers, checked \d+ s ago$/);
  });

  it("say it once, and on the number's page where one is open", async () => {
    const why = failure("hubTooMany", { wait: 30 });
    const { user } = open(
      {
        channels: async () => ok({ ...old, notFresh: why }),
        channel: async () => ok(channel({ notFresh: why, readAt: old.readAt })),
      },
      signedIn,
    );
    await user.click(await numberRow("Restaurant"));

    const notice = words(await see("not-fresh"));
    expect(notice).toContain("This is the number as last seen 3 hours ago.");
    expect(notice).toContain("Try again in a minute.");
    expect(all("not-fresh")).toHaveLength(1);
    expect(words(await see("read-age"))).toBe("Read from 360dialog 3 hours ago");
  });

  it("can't be read anew or changed where nobody is signed in, and the age is plain", async () => {
    const { user, host } = open(
      {
        channels: async () => ok(old),
        channel: async () => ok(channel({ row: FRONT_DESK, readAt: old.readAt })),
      },
      appView({ session: HERE }),
    );
    await user.click(await numberRow("Front desk"));
    await see("details");

    expect(words(await see("not-fresh"))).toBe("This is the number as last seen 3 hours ago.");
    expect(words(await see("age"))).toContain("3 hours ago");
    expect(maybe("refresh")).toBeUndefined();
    expect(maybe("next-step")).toBeUndefined();
    for (const off of ["make-key", "change-permission"]) {
      expect(maybe(off)?.getAttribute("aria-disabled")).toBe("true");
      const reason = document.getElementById(maybe(off)?.getAttribute("aria-describedby") ?? "");
      expect(words(reason ?? undefined)).toBe("Off, because you are not signed in.");
      await user.click(await see(off));
    }
    expect(host.count("beforeMaking")).toBe(0);
    expect(maybe("page")?.dataset.page).toBe("channel");

    await user.click(await see("sign-in-first"));
    await onPage("sign-in");
  });
});

describe("a number's page", () => {
  it("that the partner manages has its button off, readable, with the reason and the step", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Front desk"));
    const make = await see("make-key");

    expect(words(await see("verdict"))).toContain("Blue Anchor makes the keys for this number.");
    expect(make.getAttribute("aria-disabled")).toBe("true");
    expect(document.getElementById(make.getAttribute("aria-describedby") ?? "")).toBe(
      maybe("make-key-reason"),
    );
    expect(words(maybe("make-key-reason"))).toBe("Off, because Blue Anchor has the permission.");

    make.focus();
    expect(document.activeElement === make).toBe(true);
    await user.click(make);
    await user.keyboard("{Enter}");
    expect(host.count("beforeMaking")).toBe(0);

    await user.click(await see("off-step"));
    expect(words(await onPage("permission-confirm"))).toContain(
      "Take Blue Anchor's permission back for Front desk",
    );
    expect(host.count("changePermission")).toBe(0);
  });

  it("whose permission is not told stays offered, with the missing fact named", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Events Lisbon"));

    const verdict = await see("verdict");
    expect(words(verdict)).toContain("Not told: whether Blue Anchor has the permission.");
    expect(words(verdict)).toContain("the Hub decides");
    expect(words(await see("details-channel"))).toContain("Partner API Key Permission Not told");
    expect(maybe("make-key")?.hasAttribute("aria-disabled")).toBe(false);
    expect(maybe("make-key-reason")).toBeUndefined();

    await user.click(await see("make-key"));
    expect(host.calls.get("beforeMaking")).toEqual([[LISBON.id]]);
  });

  it("says when a kept key was replaced, and tests one in its own words", async () => {
    const keys = [
      key({ id: "old", state: "kept", label: "Chatbot", replacedAt: 1_700_000_000 }),
      key({ id: "new", state: "kept", label: "Booking" }),
    ];
    const { user, host } = open(
      {
        channel: async () => ok(channel({ keys })),
        testKey: async (id) =>
          id === "old"
            ? ok({ kind: "refused" })
            : ok({ kind: "works", sending: "limited", numberKnown: true }),
      },
      signedIn,
    );
    await user.click(await numberRow("Restaurant"));
    await see("kept-key");
    const [old, young] = all("kept-key");
    if (!old || !young) throw new Error("two keys are kept");

    expect(words(old)).toContain("it works no longer");
    expect(words(young)).not.toContain("it works no longer");

    await user.click(within(old).getByRole("button", { name: "Test it" }));
    await waitFor(() => expect(words(old)).toContain("360dialog rejected this key"));
    await user.click(within(young).getByRole("button", { name: "Test it" }));
    await waitFor(() => expect(words(young)).toContain("It works. Meta limits what the number can send."));

    await user.click(within(young).getByRole("button", { name: "Copy" }));
    await waitFor(() => expect(words(young)).toContain("Copied."));
    expect(host.count("showKey")).toBe(0);
    expect(within(young).queryByRole("button", { name: "Don't keep it here" })).toBeNull();
  });

  it("says of a key that could not be tested that this says nothing about the key", async () => {
    const { user } = open(
      {
        channel: async () => ok(channel({ keys: [key({ state: "kept", label: "Booking" })] })),
        testKey: async () => ok({ kind: "couldNotAsk", why: failure("hubNoAnswer") }),
      },
      signedIn,
    );
    await user.click(await numberRow("Restaurant"));
    await user.click(await see("test-key"));

    const result = await see("test-result");
    expect(words(result)).toContain("It could not be tested. That says nothing about the key.");
    expect(words()).not.toContain("360dialog rejected");
  });
});

describe("keys that wait", () => {
  it("are shown with the numbers, and a safety copy opens where it can be saved", async () => {
    const { user } = open({ waitingKeys: async () => ok([key()]) }, signedIn);

    expect(words(await see("waiting-key"))).toContain("A key waits for your decision.");
    await user.click(screen.getByRole("button", { name: "Look at it" }));

    expect(words(await onPage("made"))).toContain("A key waits for your decision");
    await see("save-key");
  });

  it("offers a safety copy that was found again as a key not yet decided upon", async () => {
    open({ waitingKeys: async () => ok([key({ origin: "found", tail: null })]) }, signedIn);

    const notice = words(await see("waiting-key"));
    expect(notice).toContain("A key was found that was made and not yet decided upon.");
    expect(notice).toContain("its safety copy is in Passwords and Keys");
  });

  it("are not called none where they can't be read, and are shown once they can", async () => {
    let works = false;
    const { user } = open({ waitingKeys: async () => (works ? ok([key()]) : fails("recordsOut")) }, signedIn);

    const notice = words(await see("failure"));
    expect(notice).toContain("We couldn't look for keys that wait for your decision.");
    expect(notice).toContain("The program's own records can't be used.");
    await see("channel-row");
    works = true;
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(words(await see("waiting-key"))).toContain("A key waits for your decision.");
    expect(maybe("failure")).toBeUndefined();
  });

  it("of an open fate lead to their number", async () => {
    const { user } = open({ waitingKeys: async () => ok([key({ state: "unknown", tail: null })]) }, signedIn);

    expect(words(await see("waiting-key"))).toContain("We can't tell whether a key was made.");
    await user.click(screen.getByRole("button", { name: "Look at it" }));

    await onPage("channel");
  });

  it("that were being made when the program stopped say so, and lead to how to find out", async () => {
    const stopped = key({ state: "interrupted", tail: null });
    const { user } = open(
      { waitingKeys: async () => ok([stopped]), channel: async () => ok(channel({ keys: [stopped] })) },
      signedIn,
    );

    const notice = words(await see("waiting-key"));
    expect(notice).toContain("A key was being made when the program stopped.");
    expect(notice).toContain("We can't tell whether it was made.");
    await user.click(await see("look-at-key"));

    const card = words(await see("kept-key"));
    expect(card).toContain("Made or not: open");
    expect(card).toContain("This is how to find out: See whether 360dialog's own list of keys has changed");
    expect(card).toContain("See whether messages still go out and come in.");
    expect(card).not.toContain("No key was made");
  });

  it("for which the keychain was not asked yet are not called gone", async () => {
    open({ waitingKeys: async () => ok([key({ state: "notLookedFor" })]) }, signedIn);

    const notice = words(await see("waiting-key"));
    expect(notice).toContain("A key was made, and where it is is not known yet.");
    expect(notice).toContain("Passwords and Keys could not be asked whether it has it");
    expect(notice).not.toContain("not on this computer");
  });

  it("that a later key has replaced don't ask for anything", async () => {
    open({ waitingKeys: async () => ok([key({ replacedAt: 1_700_000_000 })]) }, signedIn);
    await numberRow("Spa");

    expect(maybe("waiting-key")).toBeUndefined();
  });
});
