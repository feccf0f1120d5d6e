import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { LineView } from "../src/host";
import { all, focusOn, maybe, narrow, onPage, open, see, words } from "./driving";
import { focusedRow, openDesk, row } from "./desk-driving";
import { BY_KEY, deskView, line, PARTNER, practiceDesk } from "./fake-desk";
import { appView, fails, failure, ok } from "./fake-host";

const QUIET = deskView([]).checking;
const ENDED = { failed: failure("sessionEnded") };

async function openChannel(facts: Partial<LineView>) {
  const opened = openDesk([line(0, facts), line(1)]);
  await opened.user.click(await row("c0CH"));
  await see("desk-verdict");
  return opened;
}

describe("a channel", () => {
  it.each<[string, Partial<LineView>, string, string]>([
    [
      "missing",
      { permission: "missing" },
      "You can't make a key: the client has not shared this number. Next: the client gives the permission",
      "is not certain. Open: who pays.",
    ],
    [
      "shared",
      { permission: "shared" },
      "You can make a key: the client shared this number. Next: you make it, and hand it to the client.",
      "The client can't make a key while you have the permission.",
    ],
    [
      "not asked for",
      { permission: "notTold" },
      "360dialog did not say whether you can make a key. Open: whether the client shared it. Next: the client is asked about",
      "Open: whether the client shared it and who pays.",
    ],
    [
      "not running",
      { state: line(3).state },
      "You can't make a key: this number is not live and running. Ask 360dialog. When it runs, press Check again.",
      "The client can't make a key either",
    ],
  ])(
    "that is %s says who may make a key, why not, and what comes next",
    async (_, facts, verdict, client) => {
      await openChannel(facts);

      expect(words(await see("desk-verdict"))).toContain(verdict);
      expect(words(await see("desk-verdict"))).toContain("Who pays is not told on this side.");
      expect(words(await see("desk-client-verdict"))).toContain(client);
    },
  );

  it("says of a state what it means on the partner's side, and who acts", async () => {
    await openChannel({ state: line(5).state });

    expect(words(await see("desk-state"))).toBe(
      "Something keeps this number from working. You or the client write to 360dialog. You or the client act next.",
    );
    expect(words(await see("desk-panel"))).not.toContain("your partner");
  });

  it("tells facts with their age, and what is not told on this side", async () => {
    const now = Math.floor(Date.now() / 1000);
    await openChannel({ readAt: now - 7_200, checkedAt: now - 600 });

    const facts = words(await see("desk-facts"));

    expect(words(await see("desk-panel"))).toContain("Read from 360dialog 2 hours ago");
    expect(facts).toContain("Missing told 10 min ago");
    for (const name of ["Who pays", "Health", "Webhook"]) {
      expect(facts).toContain(`${name} not told on this side`);
    }
  });

  it("says why its client could not be asked about", async () => {
    await openChannel({ permission: "notTold", trouble: failure("hubRefused", { status: 403 }) });

    expect(words(await see("desk-line-trouble"))).toBe(
      "This client could not be asked about: The Hub refused.",
    );
  });

  it("that 360dialog lists no longer says so", async () => {
    await openChannel({ listed: false });

    expect(words(await see("desk-not-listed"))).toContain("360dialog lists this channel no longer.");
  });

  it("has identifiers that are copied each for itself", async () => {
    const { user, host } = await openChannel({});

    for (const button of all("copy-id")) await user.click(button);

    expect(host.calls.get("copyText")?.map(([text]) => text)).toEqual([
      "c0CH",
      "k0CL",
      "maria@harbour-hotel.example",
      "uX3BECWA",
      "106540352242922",
      "+49 170 1000000",
    ]);
  });

  it("is read again when something has changed, and no other one's facts are shown for it", async () => {
    const { user, lines, tell } = await openChannel({});
    lines[0] = { ...lines[0]!, permission: "shared" };

    tell();
    await waitFor(async () => expect(words(await see("desk-verdict"))).toContain("You can make a key"));

    await user.click(await row("c1CH"));
    await waitFor(async () => expect(words(await see("desk-panel"))).toContain("Desk 1"));
    expect(words(await see("desk-panel"))).not.toContain("Desk 0");
  });

  it("has the page to itself in a narrow window, and leads back to its row", async () => {
    narrow();
    const { user } = await openChannel({});
    await onPage("desk-channel");
    expect(words(document.querySelector("h1")!)).toBe("Desk 0");
    expect(document.querySelectorAll("h1")).toHaveLength(1);
    expect(document.querySelector<HTMLElement>(".board")?.inert).toBe(true);

    await user.click(await see("back"));

    await onPage("desk");
    await waitFor(() => expect(focusedRow()).toBe("c0CH"));
  });
});

describe("the bar", () => {
  it("says how far the list is read and how many clients are still to be asked about", async () => {
    const { tell } = openDesk(12, { view: { reading: { came: 3_000, total: 10_000 }, readAt: null } });
    await waitFor(async () =>
      expect(words(await see("desk-standing"))).toBe("Reading channels: 3,000 of 10,000"),
    );

    tell({ checking: { ...QUIET, underWay: true, clientsToGo: 31 } });

    await waitFor(async () =>
      expect(words(await see("desk-standing"))).toBe("Asking for permissions: 31 clients to go"),
    );
    expect(words(await see("desk-age"))).toMatch(/^3 clients, list read \d+ s ago$/);
  });

  it("stops asking, and goes on", async () => {
    const { user, host, tell } = openDesk(12, {
      view: { checking: { ...QUIET, underWay: true, clientsToGo: 31 } },
    });
    await user.click(await see("desk-stop"));
    expect(host.count("stopChecking")).toBe(1);

    tell({ checking: { ...QUIET, clientsToGo: 30 } });
    await user.click(await see("desk-go-on"));

    expect(host.count("checkDesk")).toBe(1);
    expect(words(await see("desk-standing"))).toBe("The permissions of 30 clients are not asked for yet.");
    expect(maybe("desk-stopped")).toBeUndefined();
  });

  it("says until when 360dialog asks to wait, and no longer than that", async () => {
    const now = Math.floor(Date.now() / 1000);
    const checking = { ...QUIET, underWay: true, clientsToGo: 3 };
    const { tell } = openDesk(12, { view: { checking: { ...checking, waitsUntil: now + 600 } } });
    await waitFor(async () =>
      expect(words(await see("desk-standing"))).toMatch(/360dialog asks to wait until \d\d:\d\d\.$/),
    );

    tell({ checking: { ...checking, waitsUntil: now - 1 } });

    await waitFor(async () => expect(words(await see("desk-standing"))).not.toContain("asks to wait"));
  });

  it("says why asking stopped, and what could not be asked or did not come", async () => {
    openDesk(12, {
      view: {
        checking: { ...QUIET, clientsToGo: 31, stopped: failure("hubInTrouble"), failed: 2 },
        short: { announced: 10_012, came: 10_010 },
        clientsShort: { announced: 5_000, came: 4_000 },
      },
    });

    expect(words(await see("desk-stopped"))).toContain(
      "Asking for permissions has stopped. The Hub is in trouble",
    );
    expect(words(await see("desk-failed"))).toContain("2 clients could not be asked about.");
    expect(words(await see("desk-short"))).toContain("10,010 of 10,012 channels");
    expect(words(await see("desk-clients-short"))).toContain("4,000 of 5,000 clients");
  });

  it("reads the list again when asked to, and keeps what came where that fails", async () => {
    const { user, host, tell } = openDesk(12);
    await row("c0CH");
    await waitFor(() => expect(host.count("readDesk")).toBe(1));

    await user.click(await see("desk-read"));
    expect(host.count("readDesk")).toBe(2);
    tell({ failed: failure("hubTooMany", { wait: 90 }) });

    expect(words(await see("failure"))).toContain("What came before stays here.");
    await row("c0CH");
    await user.click(await see("retry"));
    expect(host.count("readDesk")).toBe(3);
  });
});

describe("a desk whose session is over", () => {
  it("asks for the password in place, once, and reads on with everything where it was", async () => {
    const { user, host, tell } = openDesk(12, { own: { signInAgain: async () => ok(PARTNER) } });
    await user.type(await see("desk-search"), "Desk 1");
    await row("c1CH");

    tell(ENDED);
    await see("sign-in-again-sheet");
    tell({ ...ENDED, checking: { ...QUIET, stopped: failure("sessionEnded") } });
    expect(all("sign-in-again-sheet")).toHaveLength(1);
    await user.type(await see("password-again"), "practice-anchor");
    await user.click(await see("sign-in-again-confirm"));

    await waitFor(() => expect(host.count("readDesk")).toBe(2));
    expect(maybe("sign-in-again-sheet")).toBeUndefined();
    expect((await see("desk-search")) as HTMLInputElement).toHaveProperty("value", "Desk 1");
    await row("c1CH");
  });

  it("stays readable where the password is not given, and can be taken up later", async () => {
    const { user, host, tell } = openDesk(12, { own: { signInAgain: async () => ok(PARTNER) } });
    await row("c0CH");
    await waitFor(() => expect(host.count("readDesk")).toBe(1));
    tell(ENDED);
    await user.click(await see("sign-in-again-not-now"));

    expect(words(await see("desk-ended"))).toContain("The board stays as it is.");
    await row("c0CH");
    expect(host.count("readDesk")).toBe(1);
    await user.click(await see("sign-in-again"));
    await see("sign-in-again-sheet");
  });

  it("and that a key opened says that the key is refused, and asks for it again", async () => {
    const { user, host, tell } = openDesk(12, { session: BY_KEY });
    await row("c0CH");

    tell({ checking: { ...QUIET, clientsToGo: 3, stopped: failure("wrongPartnerKey") } });

    expect(words(await see("desk-key-ended"))).toContain("360dialog takes this API key no longer.");
    expect(maybe("sign-in-again-sheet")).toBeUndefined();
    await user.click(await see("desk-open-again"));
    await onPage("partner-key");
    expect(host.count("signOut")).toBe(1);
  });
});

describe("a partner's API key", () => {
  const KEY = "pk-practice-only";

  async function toForm(own = {}) {
    const opened = open(own);
    await opened.user.click(await see("partner-key"));
    await onPage("partner-key");
    return opened;
  }

  async function fill(user: ReturnType<typeof open>["user"]) {
    await user.type(await see("partner-id"), " pT77xPA ");
    await user.click(await see("partner-key-secret"));
    await user.paste(` ${KEY}\n`);
    await user.click(await see("open-desk"));
  }

  it("opens the desk, and is nowhere in the page afterwards", async () => {
    const { user, host } = await toForm();
    expect(words()).toContain("stays in memory until the desk is closed");
    expect((await see("partner-key-secret")).getAttribute("type")).toBe("password");

    await fill(user);

    await onPage("desk");
    expect(host.calls.get("openDeskWithKey")).toEqual([["pT77xPA", KEY]]);
    expect(document.documentElement.outerHTML).not.toContain(KEY);
    await user.click(await see("profile"));
    expect(words(await see("who"))).toBe("pT77xPA Partner, by its API key");
  });

  it("that is not taken says so, and stays to be corrected", async () => {
    const { user } = await toForm({ openDeskWithKey: async () => fails("wrongPartnerKey") });

    await fill(user);

    expect(words(await see("failure"))).toContain("360dialog does not take this key.");
    await onPage("partner-key");
    expect((await see("partner-id")) as HTMLInputElement).toHaveProperty("value", " pT77xPA ");
  });

  it("can be shown, asks for nothing that was not typed, and leads back to the sign-in page", async () => {
    const { user, host } = await toForm();
    await user.click(await see("open-desk"));
    expect(host.count("openDeskWithKey")).toBe(0);
    await focusOn("partner-id");

    await user.type(await see("partner-key-secret"), KEY);
    const [show] = [...document.querySelectorAll("button")].filter(
      (button) => button.getAttribute("aria-label") === "Show the key",
    );
    await user.click(show!);
    expect((await see("partner-key-secret")).getAttribute("type")).toBe("text");

    await user.click(await see("back"));
    await onPage("sign-in");
  });
});

describe("the menu at the desk", () => {
  it("offers what has sense there, and nothing that needs a client", async () => {
    const { user } = openDesk(12);
    await row("c0CH");

    await user.click(await see("profile"));

    expect(words(await see("profile"))).toContain("Blue Anchor, support desk");
    expect(words(await see("who"))).toBe("jo@blue-anchor.example Partner, Owner");
    const offered = [...(await see("profile-menu")).querySelectorAll("button")].map(words);
    expect(offered).toEqual([
      "Keys made here",
      "Explain a return address",
      "History",
      "Settings",
      "Forget everything on this computer",
      "Lock",
      "Sign out",
    ]);
    expect(maybe("nav-keys")).toBeUndefined();
  });

  it("locks: nothing of the board stays, and the sign-in page expects the same person", async () => {
    const { user, host } = openDesk(12);
    await user.click(await row("c0CH"));
    await user.click(await see("profile"));
    await user.click(await see("menu-lock"));
    expect(host.count("lock")).toBe(1);

    await onPage("sign-in");
    expect(document.documentElement.outerHTML).not.toMatch(/1000000|Client 00000|c0CH/);
    expect((await see("email")) as HTMLInputElement).toHaveProperty("value", "jo@blue-anchor.example");
  });

  it("signs out", async () => {
    const { user, host } = openDesk(12);
    await row("c0CH");
    await user.click(await see("profile"));
    await user.click(await see("sign-out"));

    await onPage("sign-in");
    expect(host.count("signOut")).toBe(1);
  });
});

it("shows a desk that can't be asked about as that, and not as empty", async () => {
  openDesk(practiceDesk(3), {
    own: { deskLines: async () => fails("notSignedIn"), desk: async () => fails("notSignedIn") },
  });

  await see("failure");
  expect(maybe("desk-none")).toBeUndefined();
});

it("opens for an account that turns out to be a partner's when it signs in", async () => {
  const { user } = open({ signIn: async () => ok(PARTNER) }, appView());
  await user.type(await see("email"), "jo@blue-anchor.example");
  await user.type(await see("password"), "practice-anchor");
  await user.click(await see("sign-in"));

  await onPage("desk");
  await row("c0CH");
});
