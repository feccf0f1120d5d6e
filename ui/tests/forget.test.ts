import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { HereView, Host } from "../src/host";
import { all, focusOn, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { ALL_HERE, appView, fails, failure, forgotten, key, ok } from "./fake-host";

const two: HereView = {
  ...ALL_HERE,
  accounts: [
    ...ALL_HERE.accounts,
    { email: "jonas@harbour-hotel.example", practice: true, keptSession: false },
  ],
  keys: [
    ...ALL_HERE.keys,
    { key: key({ id: "key-2", state: "safetyCopy", tail: "mQ2rAK" }), practice: true },
  ],
  lists: 3,
  desk: { channels: 10_000, changes: 212, notes: 1, watched: 2 },
  setAside: ["records.sqlite.damaged-20261124T081500Z"],
};
const boxes = () => all("forget-key") as HTMLInputElement[];

async function toForget(own: Partial<Host> = {}, app = signedIn) {
  const opened = open({ whatIsHere: async () => ok(two), ...own }, app);
  if (app === signedIn) await opened.user.click(await see("profile"));
  await opened.user.click(await see("menu-forget"));
  await onPage("forget");
  return opened;
}

describe("what is remembered on this computer", () => {
  it("is listed whole: accounts, kept session, lists, history, support desk, practice, what was set aside, folder, keys", async () => {
    await toForget();

    const goes = words(await see("goes"));
    expect(goes).toContain(
      "The account maria@harbour-hotel.example, with its session kept in Passwords and Keys",
    );
    expect(goes).toContain("The practice account jonas@harbour-hotel.example");
    expect(goes).toContain("3 lists of numbers as last seen");
    expect(goes).toContain("The history: 12 entries");
    expect(goes).toContain("10,000 channels as last seen at the support desk");
    expect(goes).toContain("212 changes that were found at the support desk");
    expect(goes).toContain("One note on a channel at the support desk");
    expect(goes).toContain("The marks on 2 channels that are watched");
    expect(goes).toContain("The practice world");
    expect(goes).toContain(
      "Damaged records that were set aside, with the history and names in them: records.sqlite.damaged-20261124T081500Z",
    );
    expect(goes).toContain("/home/maria/.local/share/channel-keys");
    const [booking, copy] = all("key-here");
    expect(words(booking)).toContain("Booking");
    expect(words(booking)).toContain("Restaurant bookings");
    expect(words(booking)).toContain("Stays in Passwords and Keys, with its card.");
    expect(words(copy)).toContain("Safety copy (practice)");
    expect(words(copy)).toContain("… mQ2r");
  });

  it("stays whole unless told otherwise: keeping has the focus, and Escape keeps", async () => {
    const { user, host } = await toForget();
    await focusOn("forget-not");
    expect(boxes().map((box) => box.checked)).toEqual([false, false]);

    await user.keyboard("{Escape}");

    await onPage("channels");
    expect(host.count("forgetEverything")).toBe(0);
  });

  it("can be looked at by anybody from the sign-in page, and left again", async () => {
    const { user } = await toForget({}, appView());

    await user.click(await see("forget-not"));

    await see("email");
  });

  it("can be looked at in practice, and left for the place that was open", async () => {
    await toForget({}, appView({ practice: true })).then(({ user }) => user.keyboard("{Escape}"));
    await see("leave-practice");
  });

  it("is left for the place that was open", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("nav-help"));
    await user.click(await see("help-remembered"));
    await onPage("forget");

    await user.click(await see("forget-not"));

    await onPage("help");
  });

  it("offers nothing to forget where nothing is remembered", async () => {
    const nothing = { ...ALL_HERE, accounts: [], keys: [], history: 0, lists: 0, practiceWorld: false };
    await toForget({ whatIsHere: async () => ok(nothing) }, appView());

    await waitFor(() => expect(words()).toContain("Nothing is remembered here."));
    expect(maybe("forget-confirm")).toBeUndefined();
    await see("forget-not");
  });

  it("offers to forget what the support desk remembers, also where nothing else is", async () => {
    const desk = { channels: 0, changes: 0, notes: 1, watched: 0 };
    const notes = { ...ALL_HERE, accounts: [], keys: [], history: 0, lists: 0, practiceWorld: false, desk };
    await toForget({ whatIsHere: async () => ok(notes) }, appView());
    expect(words(await see("goes"))).toContain("One note on a channel at the support desk");
    expect(words()).not.toContain("Nothing is remembered here.");
  });

  it("offers to forget what was set aside, also where nothing else is remembered", async () => {
    const aside = {
      ...ALL_HERE,
      accounts: [],
      keys: [],
      history: 0,
      lists: 0,
      practiceWorld: false,
      setAside: two.setAside,
    };
    const { user, host } = await toForget({ whatIsHere: async () => ok(aside) }, appView());
    expect(words(await see("goes"))).toContain("records.sqlite.damaged-");
    expect(words()).not.toContain("Nothing is remembered here.");

    await user.click(await see("forget-confirm"));

    expect(words(await see("forgotten"))).toContain("Everything is forgotten on this computer.");
    expect(host.count("forgetEverything")).toBe(1);
  });

  it("that can't be read says so, and can be read again", async () => {
    const answers = [fails("recordsOut"), ok(two)];
    const { user } = await toForget({ whatIsHere: async () => answers.shift() ?? ok(two) });
    expect(maybe("forget-confirm")).toBeUndefined();

    await user.click(await see("retry"));

    await see("forget-confirm");
  });
});

describe("forgetting everything", () => {
  it("leaves the keys in the keychain unless they are ticked", async () => {
    const { user, host } = await toForget();
    expect(words(await see("forget-confirm"))).toBe("Forget everything");
    expect(maybe("forget-care")).toBeUndefined();

    await user.click(await see("forget-confirm"));

    const notice = words(await see("forgotten"));
    await onPage("sign-in");
    expect(host.calls.get("forgetEverything")).toEqual([[[]]]);
    expect(notice).toContain("Everything is forgotten on this computer.");
    expect(notice).toContain("No key was taken out of Passwords and Keys.");
    await focusOn("email");
  });

  it("takes the ticked keys with it, and says first what that means", async () => {
    const { user, host } = await toForget();
    await see("goes");
    for (const box of boxes()) await user.click(box);
    expect(words(await see("forget-confirm"))).toBe("Forget everything and 2 keys");
    expect(words(await see("forget-care"))).toContain("You can't see a ticked key again.");
    expect(words(await see("forget-care"))).toContain("What uses it goes on working.");
    expect(words(all("key-here")[0])).toContain("Is taken out of Passwords and Keys.");
    for (const box of boxes().slice(1)) await user.click(box);
    expect(words(await see("forget-confirm"))).toBe("Forget everything and one key");

    await user.click(await see("forget-confirm"));

    expect(words(await see("forgotten"))).toContain("One key was taken out of Passwords and Keys.");
    expect(host.calls.get("forgetEverything")).toEqual([[["key-1"]]]);
  });

  it("names each key that stayed, with the reason", async () => {
    const { user } = await toForget({
      forgetEverything: async () =>
        ok(
          forgotten(1, [
            {
              key: key({ id: "key-1", state: "kept", label: "Booking" }),
              why: failure("keychainStayedLocked"),
            },
          ]),
        ),
    });
    await see("goes");
    for (const box of boxes()) await user.click(box);
    await user.click(await see("forget-confirm"));

    const notice = words(await see("forgotten"));
    expect(notice).not.toContain("Everything is forgotten");
    expect(notice).toContain("One key was taken out of Passwords and Keys.");
    expect(words(await see("key-stayed"))).toContain(
      "Booking stayed in Passwords and Keys. The keychain stayed locked. Passwords and Keys was not unlocked.",
    );
  });

  it("does not take up a kept session afterwards", async () => {
    const { user, host } = await toForget({
      forgetEverything: async () => ok(forgotten(0, [], { keptSession: "maria@harbour-hotel.example" })),
    });
    await user.click(await see("forget-confirm"));

    await see("email");
    expect(host.count("resume")).toBe(0);
  });

  it("happens once, however often it is pressed", async () => {
    const { host } = await toForget({ forgetEverything: () => new Promise(() => {}) });
    const confirm = await see("forget-confirm");

    confirm.click();
    confirm.click();

    expect(host.count("forgetEverything")).toBe(1);
  });

  it("that does not come about changes nothing, and says why", async () => {
    const { user } = await toForget({ forgetEverything: async () => fails("recordsOut") });
    await user.click(await see("forget-confirm"));

    expect(words(await see("failure"))).toContain("The program's own records can't be used.");
    await onPage("forget");
    await user.click(await see("forget-not"));
    await see("channel-row");
  });

  it("is refused while a key lies nowhere else, and that key is shown", async () => {
    const { user } = await toForget({
      forgetEverything: async () => fails("storedNowhere"),
      waitingKeys: async () => ok([key({ state: "inMemory" })]),
    });

    await user.click(await see("forget-confirm"));

    await onPage("made");
    expect(maybe("forgotten")).toBeUndefined();
  });
});
