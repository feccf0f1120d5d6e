import { screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import { all, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { appView, HARBOUR, HERE, key, ok, SIGNED_IN } from "./fake-host";

afterEach(() => vi.restoreAllMocks());

const PLACES = ["nav-numbers", "nav-keys", "nav-history", "nav-help"];
const current = () => PLACES.filter((name) => maybe(name)?.getAttribute("aria-current") === "page");
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.test;

function narrow() {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (media) => Object.assign(new EventTarget(), { media, matches: true }) as MediaQueryList,
  );
}

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
    expect(focused()).toBe("menu-partner");

    await user.keyboard("{Escape}");

    expect(maybe("profile-menu")).toBeUndefined();
    expect(focused()).toBe("profile");
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
    expect(focused()).toBe("nav-help");
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
    expect(focused()).toBe("email");
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
