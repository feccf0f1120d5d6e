import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Host, RoundView } from "../src/host";
import { ASKS, checked, OTHER_TURN, REFUSED_TURN, UNPLACED } from "./checking-scenes";
import { all, focusOn, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { CHECKS, fails, failure, key, ok, RESTAURANT } from "./fake-host";
import { BOOKING, DESK, keeping, REFUSED } from "./key-fixtures";

const today = (hour: string) => `${hour}:00`;

async function onNumbers(own: Partial<Host> = {}) {
  const opened = open(own, signedIn);
  await onPage("channels");
  await numberRow("Restaurant bookings");
  return opened;
}

async function onKeys(own: Partial<Host>) {
  const opened = open(own, signedIn);
  await opened.user.click(await see("nav-keys"));
  await onPage("keys");
  await see("check-keys");
  return opened;
}

describe("what became of a kept key while the app is open", () => {
  it("stands above the numbers, with the time between which it stopped, and leads to its number", async () => {
    const { host, user } = await onNumbers();
    expect(maybe("news")).toBeUndefined();
    const read = host.count("channels");

    host.keyChecked(checked(REFUSED_TURN));

    const said = words(await see("news"));
    expect(said).toContain("Restaurant bookings, +49 30 55570188: the key kept here works no longer");
    expect(said).toContain(`Refused since between ${today("09")} and ${today("10")} today.`);
    expect(said).toContain("A new one was probably made elsewhere.");
    await waitFor(() => expect(host.count("channels")).toBeGreaterThan(read));

    await user.click(await see("news-look"));
    expect(words(await onPage("channel"))).toContain("Restaurant bookings");
  });

  it("says since when alone where it was never known to work, and who may have asked for the new one", async () => {
    const { host } = await onNumbers();
    host.keyChecked(checked({ ...REFUSED_TURN, workedAt: null }));
    expect(words(await see("news"))).toContain("Rejected today, 10:00.");
    expect(words(await see("news"))).not.toContain("between");

    host.keyChecked(checked({ ...REFUSED_TURN, askedHere: REFUSED_TURN.workedAt }));

    await waitFor(() => expect(words(maybe("news"))).toContain("that was asked for here"));
    expect(words(maybe("news"))).not.toContain("elsewhere");
    expect(all("news")).toHaveLength(1);
  });

  it("names the other number that a key is for, where it is known", async () => {
    const { host } = await onNumbers();
    host.keyChecked(checked(OTHER_TURN));
    expect(words(await see("news"))).toContain("It works for another number: Front desk, +49 30 55570142.");

    host.keyChecked(checked({ kind: "otherNumber", whose: null }));

    await waitFor(() =>
      expect(words(maybe("news"))).toContain("It works for another number than the one it is kept for."),
    );
  });

  it("is put away by the person, and by a key that works", async () => {
    const { host, user } = await onNumbers();
    host.keyChecked(checked(REFUSED_TURN));
    await user.click(await see("news-put-away"));
    await waitFor(() => expect(maybe("news")).toBeUndefined());

    host.keyChecked(checked(REFUSED_TURN));
    await see("news");
    host.keyChecked(checked(null, { test: { kind: "works", sending: "available", numberKnown: true } }));
    await waitFor(() => expect(maybe("news")).toBeUndefined());
  });

  it("is nothing where nobody answered, or where a person asked", async () => {
    const { host } = await onNumbers();
    host.keyChecked(checked(null, { test: { kind: "couldNotAsk", why: failure("hubNoAnswer") } }));
    host.keyChecked(checked(REFUSED_TURN, { byItself: false }));
    host.keyChecked(checked({ kind: "worksAgain" }, { key: DESK }));

    expect(words(await see("news"))).toContain("works again");
    expect(all("news")).toHaveLength(1);
  });

  it("is said of three keys, and of how many more", async () => {
    const { host } = await onNumbers();
    for (const id of ["1", "2", "3", "4", "5"])
      host.keyChecked(checked(REFUSED_TURN, { key: { ...REFUSED, id } }));
    await waitFor(() => expect(all("news")).toHaveLength(3));
    expect(words(maybe("key-news"))).toContain("2 more keys turned out otherwise.");
  });
});

describe("checking all keys", () => {
  const ROUND: RoundView = { asked: 2, left: 0, ended: "whole", keychain: null, why: null };

  it("shows what was found for each as it comes, and says when it is done", async () => {
    let finish = (_: RoundView) => {};
    const round = new Promise<RoundView>((done) => (finish = done));
    const { host, user } = await onKeys({
      ...keeping(BOOKING, DESK),
      checkKeys: async () => ok(await round),
    });

    await user.click(await see("check-keys"));
    host.keyChecked(
      checked(null, {
        key: BOOKING,
        test: { kind: "works", sending: "available", numberKnown: true },
        byItself: false,
      }),
    );

    await waitFor(() => expect(all("check-row")).toHaveLength(1));
    expect(words(maybe("check-row"))).toContain("Booking system");
    expect(words(maybe("check-row"))).toContain("works");
    expect(words(maybe("check-round"))).toBe("");
    host.keyChecked(checked(REFUSED_TURN, { key: { ...DESK, refusedAt: 5 }, byItself: false }));
    finish(ROUND);

    await waitFor(() => expect(words(maybe("check-round"))).toBe("All 2 keys were asked about."));
    expect(words(all("check-row")[1])).toContain("is refused");
  });

  it.each([
    [
      { ended: "keychain", keychain: "locked", left: 2 },
      "Passwords and Keys stayed locked. 2 were not asked about.",
    ],
    [
      { ended: "keychain", keychain: "absent", left: 1 },
      "does not answer, so the keys in it can't be tested. One was",
    ],
    [
      { ended: "leftAlone", why: failure("hubTooMany", { wait: 90 }), left: 3 },
      "That says nothing against the keys.",
    ],
    [{ ended: "gone", left: 1 }, "It was broken off."],
  ] as [Partial<RoundView>, string][])("says what it was broken off by: %#", async (facts, said) => {
    const { user } = await onKeys({
      ...keeping(BOOKING),
      checkKeys: async () => ok({ ...ROUND, asked: 0, ...facts }),
    });
    await user.click(await see("check-keys"));
    await waitFor(() => expect(words(maybe("check-round"))).toContain(said));
  });

  it("is tried again where it failed", async () => {
    let works = false;
    const { user } = await onKeys({
      ...keeping(BOOKING),
      checkKeys: async () => (works ? ok(ROUND) : fails("recordsOut")),
    });
    await user.click(await see("check-keys"));
    await see("failure");
    works = true;
    await user.click(await see("retry"));
    await waitFor(() => expect(words(maybe("check-round"))).toContain("All 2 keys"));
  });

  it("by itself is off at first, and is set to every hour", async () => {
    const { host, user } = await onKeys(keeping(BOOKING));
    expect(words(await see("checks-standing"))).toContain("Only when you ask.");

    await user.click(await see("checks-settings"));
    await onPage("settings");
    await user.selectOptions(await see("setting-checks"), "Every hour");

    await waitFor(() => expect(host.calls.get("setSettings")?.at(-1)).toMatchObject([{ checkMinutes: 60 }]));
    expect(maybe("setting-names")).toBeDefined();
  });

  it("by itself says when it looked, and why it does not", async () => {
    const soon = REFUSED_TURN.refusedAt;
    const on = { ...CHECKS, everyMinutes: 60, whyNot: null, checkedAt: REFUSED_TURN.workedAt, next: soon };
    let checks: typeof CHECKS = on;
    const { host } = await onKeys({ ...keeping(BOOKING), keyChecks: async () => ok(checks) });
    await waitFor(() =>
      expect(words(maybe("checks-standing"))).toContain(
        `Every hour while this app is open. Last ${today("09")}. Next ${today("10")}.`,
      ),
    );

    checks = { ...on, whyNot: "keychainLocked", noNotices: true };
    host.keyChecked(checked(null, { key: BOOKING, test: null, why: failure("keychainAbsent") }));

    await waitFor(() =>
      expect(words(maybe("checks-standing"))).toContain("Not now: Passwords and Keys is locked"),
    );
    expect(words(maybe("checks-standing"))).toContain("shows no notifications");
    expect(words(maybe("checks-standing"))).not.toContain("Next");
  });

  it("is not offered where no key lies here", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("nav-keys"));
    await see("keys-empty");
    expect(maybe("check-keys")).toBeUndefined();
  });
});

describe("a key that is for another number", () => {
  it("is called out on its card, since when", async () => {
    await onKeys(keeping({ ...BOOKING, otherNumberAt: REFUSED_TURN.workedAt }));
    const said = words(await see("other-number-since"));
    expect(said).toContain("For another number, by what was heard");
    expect(said).toContain("Messages sent with it go out from that other number.");
  });
});

describe("the places of a new key", () => {
  it("stand above the numbers and on the row until they are done, and lead there", async () => {
    const { user } = await onNumbers({ channels: async () => ok(UNPLACED) });

    expect(words(await see("row-places"))).toBe("2 of 3 places still to do");
    const said = words(await see("places-waiting"));
    expect(said).toContain("Restaurant bookings: the new key is not in place everywhere");
    expect(said).toContain("Still to do: CRM, Chatbot.");

    await user.click(await see("places-look"));
    expect(words(await onPage("channel"))).toContain("Restaurant bookings");
  });

  it("are not reminded of any more where the person says so, and stay on the row", async () => {
    let quiet = false;
    const { host, user } = await onNumbers({
      channels: async () =>
        ok({
          ...UNPLACED,
          channels: UNPLACED.channels.map((row) =>
            row.places ? { ...row, places: { ...row.places, notReminded: quiet } } : row,
          ),
        }),
      setReminders: async (_, on) => {
        quiet = !on;
        return ok(key({ notReminded: quiet }));
      },
    });

    await user.click(await see("places-quiet"));

    await waitFor(() => expect(maybe("places-waiting")).toBeUndefined());
    expect(host.calls.get("setReminders")).toEqual([["key-1", false]]);
    expect(maybe("row-places")).toBeDefined();
  });

  it("that can't be made quiet say why", async () => {
    const { user } = await onNumbers({
      channels: async () => ok(UNPLACED),
      setReminders: async () => fails("recordsOut"),
    });
    await user.click(await see("places-quiet"));
    expect(words(await see("failure"))).toContain("The program's own records can't be used.");
    expect(maybe("places-waiting")).toBeDefined();
  });

  it("are suggested as long as they are not noted, and counted down as they are ticked", async () => {
    const { host, user } = open(keeping(key({ state: "kept", label: "Shop key" })), signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await see("suggest-place");
    expect(all("suggest-place").map(words)).toEqual(["CRM", "Shop", "Chatbot", "Booking system", "Partner"]);

    await user.click(all("suggest-place")[2]!);

    await waitFor(() => expect(words(maybe("places-left"))).toContain("1 of 1 places still to do"));
    expect(host.calls.get("setPlaces")).toEqual([["key-1", [{ name: "Chatbot", done: false }]]]);
    expect(all("suggest-place").map(words)).toEqual(["CRM", "Shop", "Booking system", "Partner"]);
    await user.click(await see("place-done"));
    await waitFor(() => expect(maybe("places-left")).toBeUndefined());
  });

  it("can be reminded of again", async () => {
    const kept = key({ state: "kept", places: [{ name: "Shop", done: false }], notReminded: true });
    const { host, user } = open(keeping(kept), signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    expect(words(await see("places-left"))).toContain("You are not reminded of them.");

    await user.click(await see("places-remind"));

    await waitFor(() => expect(words(maybe("places-left"))).toContain("Don't remind me"));
    expect(host.calls.get("setReminders")).toEqual([[RESTAURANT.id === kept.channelId ? kept.id : "", true]]);
  });
});

describe("closing the window", () => {
  it("says what stops, has the focus on staying open, and stays", async () => {
    const { host, user } = await onNumbers();
    host.closingAsks(ASKS);

    const stops = words(await see("closing-stops"));
    expect(stops).toContain("looking whether your 2 kept keys still work");
    expect(stops).toContain("reminding you of the places that need your new key");
    expect(stops).not.toContain("watching");
    await focusOn("closing-stay");

    await user.keyboard("{Enter}");

    await waitFor(() => expect(maybe("closing")).toBeUndefined());
    expect(host.count("stayOpen")).toBe(1);
    expect(host.count("closeProgram")).toBe(0);
  });

  it("stays with Escape, too, and closes only where the person says so", async () => {
    const { host, user } = await onNumbers();
    host.closingAsks(ASKS);
    await see("closing");
    await focusOn("closing-stay");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(host.count("stayOpen")).toBe(1));

    host.closingAsks({ ...ASKS, stops: { ...ASKS.stops, checks: 0, watched: 3, reminders: 0 } });
    expect(words(await see("closing-stops"))).toBe("watching 3 channels");
    await user.click(await see("closing-close"));
    expect(host.count("closeProgram")).toBe(1);
  });

  it("offers the background only where there is a place, and says that it locks", async () => {
    const { host, user } = await onNumbers();
    host.closingAsks({ ...ASKS, canStay: false });
    await see("closing");
    expect(maybe("closing-hide")).toBeUndefined();
    expect(maybe("closing-background")).toBeUndefined();
    await user.click(await see("closing-stay"));

    host.closingAsks(ASKS);
    expect(words(await see("closing-background"))).toContain("After 15 minutes without you it locks");
    await user.click(await see("closing-hide"));
    await waitFor(() => expect(maybe("closing")).toBeUndefined());
    expect(host.count("stayInBackground")).toBe(1);
  });

  it("says that the place is gone, and stays open", async () => {
    const { host, user } = await onNumbers({ stayInBackground: async () => ok(false) });
    host.closingAsks(ASKS);
    await user.click(await see("closing-hide"));
    expect(words(await see("closing-gone"))).toContain("no place for it any more");
    expect(maybe("closing-hide")).toBeUndefined();
    expect(maybe("closing-stay")).toBeDefined();
  });

  it("asks no more once the program is locked", async () => {
    const { host } = await onNumbers();
    host.closingAsks(ASKS);
    await see("closing");
    host.locked();
    await onPage("locked");
    expect(maybe("closing")).toBeUndefined();
  });
});
