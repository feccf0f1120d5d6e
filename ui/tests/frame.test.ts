import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { all, focusOn, maybe, narrow, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { appView, FRONT_DESK, HARBOUR, HERE, key, ok, RESTAURANT, SIGNED_IN, SPA } from "./fake-host";

const PLACES = ["nav-numbers", "nav-keys", "nav-history", "nav-help"];
const current = () => PLACES.filter((name) => maybe(name)?.getAttribute("aria-current") === "page");

describe("the main places", () => {
  it("are to be seen wherever a client is at work, and the present one is marked", async () => {
    const { user } = open({}, signedIn);
    await onPage("channels");
    expect(current()).toEqual(["nav-numbers"]);

    for (const [name, page] of [
      ["nav-keys", "keys"],
      ["nav-history", "history"],
      ["nav-help", "help"],
      ["nav-numbers", "channels"],
    ] as const) {
      await user.click(await see(name));
      await onPage(page);
      expect(current()).toEqual([name]);
    }
  });

  it("lead from an open number back to all numbers", async () => {
    const { user } = open({}, signedIn);
    await user.click(await numberRow("Spa"));
    await onPage("channel");

    await user.click(await see("nav-numbers"));

    await onPage("channels");
  });

  it("are hidden in a decision, where signing out alone is left", async () => {
    const { user } = open({}, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await user.click(await see("make-key"));
    await onPage("before");
    for (const name of PLACES) expect(maybe(name)).toBeUndefined();

    await user.click(await see("profile"));

    await see("sign-out");
    for (const name of ["menu-partner", "menu-forget", "change-client"]) expect(maybe(name)).toBeUndefined();
  });

  it("and the menu are away while a key is asked for", async () => {
    const { user } = open({ makeKey: () => new Promise(() => {}) }, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await user.click(await see("make-key"));
    await user.click(await see("replace-key"));
    await onPage("sending");

    for (const name of [...PLACES, "profile", "sign-out"]) expect(maybe(name)).toBeUndefined();
  });

  it("are not to be seen before anybody is signed in", async () => {
    open();
    await onPage("sign-in");

    for (const name of [...PLACES, "profile"]) expect(maybe(name)).toBeUndefined();
  });

  it("lie in the menu where the window is narrow", async () => {
    narrow();
    const { user } = open({}, signedIn);
    await onPage("channels");
    expect(maybe("nav-keys")).toBeUndefined();

    await user.click(await see("profile"));
    expect(current()).toEqual(["nav-numbers"]);
    await user.click(await see("nav-keys"));

    await onPage("keys");
    expect(maybe("profile-menu")).toBeUndefined();
  });
});

describe("the profile menu", () => {
  it("says whose account it is and of which kind", async () => {
    const { user } = open({}, signedIn);
    const profile = await see("profile");
    await waitFor(() => expect(words(profile)).toContain("Harbour Hotel GmbH"));
    expect(words(profile)).toContain("Account: maria@harbour-hotel.example");
    expect(words(profile)).toContain("MK");
    expect(maybe("sign-out")).toBeUndefined();

    await user.click(profile);

    expect(words(await see("who"))).toBe("maria@harbour-hotel.example Client, Owner");
    expect(profile.getAttribute("aria-expanded")).toBe("true");
  });

  it("closes by Escape and gives the focus back, without leaving the page under it", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("nav-help"));
    await onPage("help");
    await user.click(await see("profile"));
    await user.tab();
    await focusOn("menu-partner");

    await user.keyboard("{Escape}");

    expect(maybe("profile-menu")).toBeUndefined();
    await focusOn("profile");
    await onPage("help");
  });

  it("closes on a press elsewhere, and when the keyboard leaves it", async () => {
    const { user } = open({}, signedIn);
    await see("channel-row");
    await user.click(await see("profile"));
    await user.click(screen.getByText("Channel Keys"));
    expect(maybe("profile-menu")).toBeUndefined();

    await user.click(await see("profile"));
    await user.tab({ shift: true });

    expect(maybe("profile-menu")).toBeUndefined();
    await focusOn("nav-help");
  });

  it("leads to the partner, by name", async () => {
    const { user } = open({}, signedIn);
    await see("channel-row");
    await user.click(await see("profile"));
    expect(words(await see("menu-partner"))).toBe("Partner: Blue Anchor");

    await user.click(await see("menu-partner"));

    await onPage("partner-permissions");
    expect(current()).toEqual([]);
  });

  it("offers another client only where there is one, and the choice can be left again", async () => {
    const clients = [
      { id: "Zx81kQw2CL", name: "Harbour Hotel GmbH", rank: "owner" },
      { id: "bCL", name: "Harbour Shop", rank: "member" },
    ];
    const { user, host } = open({}, appView({ session: { ...SIGNED_IN, clients } as typeof SIGNED_IN }));
    await see("channel-row");
    await user.click(await see("profile"));
    await user.click(await see("change-client"));
    await onPage("choose");
    expect(maybe("nav-numbers")).toBeUndefined();
    await user.click(await see("back"));
    await onPage("channels");

    await user.click(await see("profile"));
    await user.click(await see("change-client"));
    await user.click(await screen.findByRole("button", { name: /Harbour Shop/ }));

    expect(host.calls.get("chooseClient")).toEqual([["bCL"]]);
    await onPage("channels");
  });

  it("has nothing to choose where there is one client", async () => {
    const { user } = open({}, signedIn);

    await user.click(await see("profile"));

    expect(maybe("change-client")).toBeUndefined();
  });

  it("signs out", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await see("profile"));

    await user.click(await see("sign-out"));

    await onPage("sign-in");
    expect(host.count("signOut")).toBe(1);
    await focusOn("email");
    expect(words()).not.toContain("Harbour Hotel");
  });
});

describe("help", () => {
  async function toHelp(own: Parameters<typeof open>[0] = {}, app = signedIn) {
    const opened = open(own, app);
    await opened.user.click(await see("nav-help"));
    await onPage("help");
    return opened;
  }

  it("begins with what is most urgent, and has one primary way", async () => {
    const { user } = await toHelp();
    const [first] = document.querySelectorAll("main h2");
    expect(words(first)).toBe("My chats stopped after a key was replaced");

    await user.click(await see("help-mistake"));

    await onPage("mistake");
  });

  it.each([
    ["help-numbers", "channels"],
    ["help-partner", "partner-permissions"],
    ["help-keys", "keys"],
    ["help-remembered", "forget"],
  ])("leads by %s to %s", async (button, page) => {
    const { user } = await toHelp();

    await user.click(await see(button));

    await onPage(page);
  });

  it("says plainly what the program does not know, what lies where, and what it asks", async () => {
    const { user, host } = await toHelp();

    const help = words(await onPage("help"));
    expect(help).toContain("It was never tried against 360dialog's live Hub.");
    expect(help).toContain("lie in Passwords and Keys under the name “channel-keys”");
    expect(help).toContain("Blue Anchor should make keys, or should not");
    expect(words(await see("about"))).toBe("Channel Keys 0.1.0. It asks hub.360dialog.io.");
    await user.click(await see("open-hub"));
    expect(host.calls.get("openPage")).toEqual([["hub"]]);
  });

  it("does not lead from practice to the real Hub", async () => {
    await toHelp({}, { ...signedIn, practice: true });

    expect(maybe("open-hub")).toBeUndefined();
  });

  it("names no partner where none is told", async () => {
    await toHelp({ channels: async () => ok({ ...HARBOUR, partnerName: null }) });

    await waitFor(() => expect(words()).toContain("Your partner should make keys, or should not"));
  });
});

describe("the first sentence", () => {
  const first = () => words(document.querySelector("main h1 + p") ?? undefined);

  it.each([
    ["help", ["nav-help"], "What do you need? Nothing here changes anything by itself."],
    [
      "forget",
      ["profile", "menu-forget"],
      "Look first: nothing is forgotten until you press the lower button. At 360dialog nothing changes, and no key stops working.",
    ],
    [
      "paste",
      ["channel-row", "paste-key"],
      "For Events Lisbon, +351 21 555 0167. Nothing changes for those who use the key already.",
    ],
  ])("of the page %s says that nothing changes by looking at it", async (page, presses, sentence) => {
    const { user } = open({}, signedIn);
    for (const press of presses) await user.click(await see(press));

    await onPage(page);

    expect(first()).toBe(sentence);
  });

  it.each([
    [RESTAURANT, "Connected and running You can make a key for this number."],
    [
      FRONT_DESK,
      "Connected and running Blue Anchor makes the keys for this number. You can't make one while Blue Anchor has the permission. Take it back first, then make your own.",
    ],
    [
      SPA,
      "Not running It is set up, and 360dialog doesn't run it at present. Ask 360dialog why. No key can be made yet.",
    ],
  ])("of a number's page says how it stands and what can be done: %#", async (row, sentence) => {
    const { user } = open({}, signedIn);
    await user.click(await numberRow(row.name ?? ""));
    await see("details");

    const [, said = ""] = words(document.querySelector("main article") ?? undefined).split(row.number ?? "");

    expect(said.trim().slice(0, sentence.length)).toBe(sentence);
  });
});

it("shows the key that keeps the window open, whatever page lies over it", async () => {
  const { user, host } = open({}, signedIn);
  await see("channel-row");
  await user.click(await see("profile"));
  await user.click(await see("menu-forget"));
  await onPage("forget");

  host.refuseClose({ key: key({ state: "inMemory" }) });

  expect(words(await onPage("made"))).toContain("The window stays open, because this key would be lost.");
  expect(all("page")).toHaveLength(1);
});

it("calls it closing, not signing out, where nobody is signed in", async () => {
  const { user } = open({}, appView({ session: HERE }));

  await user.click(await see("profile"));

  expect(words(await see("who"))).toBe("maria@harbour-hotel.example Not signed in");
  expect(words(await see("sign-out"))).toBe("Close this account");
});
