import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { ChannelRow, ChannelsView, Host, KeyView } from "../src/host";
import { changingPartner, movingText, newComputer, type Known, type Moving } from "../src/moving-on";
import { all, onPage, open, see, signedIn, words } from "./driving";
import { appView, fails, HARBOUR, HERE, key, ok, row, THE_KEY } from "./fake-host";
import { BOOKING, DESK, keeping, REFUSED } from "./key-fixtures";

const KNOWN: Known = {
  list: HARBOUR,
  lastSeen: false,
  keys: [BOOKING, DESK],
  maybeMore: false,
  keychain: "Passwords and Keys",
};

const known = (facts: Partial<Known>): Known => ({ ...KNOWN, ...facts });
const list = (facts: Partial<ChannelsView>): Partial<Known> => ({ list: { ...HARBOUR, ...facts } });
const only = (facts: Partial<ChannelRow>): Partial<Known> => list({ channels: [row(facts)] });
/** All that is said in a step. */
const said = (moving: Moving, id: string) =>
  plain([...moving.before, ...moving.after].find((step) => step.id === id)?.lines.join("\n") ?? "");
const plain = (text: string) => text.replaceAll(/[^\S\n]+/g, " ");

const NAME = "Restaurant bookings, +49 30 55570188";

describe("what is noted before another partner comes", () => {
  it.each<[string, Partial<Known>, string, string[], string[]]>([
    ["Shared", only({ permission: "shared" }), "permissions", [`Shared: ${NAME}.`], ["Missing", "Not told"]],
    [
      "Missing",
      only({ permission: "missing" }),
      "permissions",
      [`Missing: ${NAME}.`],
      ["Shared", "Not told"],
    ],
    [
      "not told",
      only({ permission: "notTold" }),
      "permissions",
      [`Not told: ${NAME}.`],
      ["Shared", "Missing"],
    ],
    ["no partner", only({ permission: "noPartner" }), "permissions", [`No partner: ${NAME}.`], ["Missing"]],
    ["none at all", list({ partner: "none" }), "permissions", ["says that you have no partner"], []],
    ["partner not told", list({ partner: "notTold" }), "permissions", ["360dialog did not say"], []],
    ["no number", list({ channels: [] }), "permissions", ["No number is listed."], ["Shared", "Missing"]],
    [
      "numbers that were not listed",
      list({ channels: [], short: { announced: 3, came: 0 } }),
      "permissions",
      ["360dialog has 3 numbers for you"],
      ["No number is listed."],
    ],
    [
      "not read",
      { list: null },
      "permissions",
      ["were not read"],
      ["Shared", "Missing", "So 360dialog said"],
    ],
    ["read", {}, "permissions", ["So 360dialog said"], ["As last seen"]],
    ["last seen", { lastSeen: true }, "permissions", ["As last seen"], ["So 360dialog said"]],
    ["the client pays", only({ payer: "client" }), "payer", [`You pay for ${NAME}.`], ["Blue Anchor pays"]],
    ["it pays", only({ payer: "partner" }), "payer", [`Blue Anchor pays for ${NAME}.`], ["You pay"]],
    ["payer not told", only({ payer: "notTold" }), "payer", [`Not told: ${NAME}.`], ["pay for", "pays for"]],
    ["payer not read", { list: null }, "payer", ["were not read"], ["pay for", "pays for"]],
    ["no key", { keys: [] }, "keys", ["No key lies on this computer."], ["could not be read"]],
    ["keys not read", { keys: null }, "keys", ["could not be read"], ["No key lies"]],
    ["maybe more", { maybeMore: true }, "keys", ["There may be more: Passwords and Keys"], []],
    [
      "used",
      { keys: [BOOKING] },
      "keys",
      ["mQ2r AK", "Used in Table booking system and Chatbot, as you noted."],
      [],
    ],
    ["use not noted", { keys: [DESK] }, "keys", ["Where it is used is not noted."], ["Used in"]],
    ["refused", { keys: [REFUSED] }, "keys", ["“Old chatbot”", "Refused"], [": Kept"]],
    ["replaced", { keys: [{ ...BOOKING, replacedAt: 1 }] }, "keys", ["Replaced"], [": Kept"]],
    ["open", { keys: [key({ state: "unknown" })] }, "keys", ["whether it was made is not known"], ["“"]],
    ["let go", { keys: [key({ state: "letGo" })] }, "keys", ["No key lies"], ["“"]],
    ["to take back", only({ permission: "shared" }), "take", [`For ${NAME}.`], ["no number is Shared"]],
    [
      "to look at",
      only({ permission: "notTold" }),
      "take",
      ["Look whether it is Shared"],
      ["no number is Shared"],
    ],
    [
      "nothing to take",
      only({ permission: "missing" }),
      "take",
      ["By what is known here, no number is Shared."],
      [],
    ],
    ["not read to take", { list: null }, "take", ["were not read"], ["no number is Shared"]],
  ])("of a partner, what is known is said, and no more: %s", (_, facts, step, says, neverSays) => {
    const lines = said(changingPartner(known(facts)), step);

    for (const words of says) expect(lines).toContain(words);
    for (const words of neverSays) expect(lines).not.toContain(words);
  });

  it("claims nothing of who comes, of keys elsewhere, or of what taking back stops, whatever is known", () => {
    for (const facts of [{}, { list: null, keys: null }, list({ partner: "none" }), { keys: [] }]) {
      const moving = changingPartner(known(facts));
      expect(said(moving, "new")).toContain("is not known here");
      expect(said(moving, "keys")).toContain("is not known here: ask before you part");
      expect(said(moving, "take")).toContain("may keep working until a new key is made");
    }
  });

  it("comes before what ends the chats, which is said there", () => {
    const { after } = changingPartner(KNOWN);
    expect(after.map(({ id }) => id)).toEqual(["new", "take", "give", "make", "place"]);
    expect(said(changingPartner(KNOWN), "make")).toContain("It ends every earlier key of that number");
  });
});

describe("what is noted before another computer comes", () => {
  it.each<[string, Partial<Known>, string, string[], string[]]>([
    ["two", {}, "hand", ["2 keys can be"], ["No key lies"]],
    ["one", { keys: [BOOKING] }, "hand", ["One key can be"], []],
    [
      "a dead one",
      { keys: [{ ...BOOKING, replacedAt: 1 }] },
      "hand",
      ["No key lies here that could still work."],
      ["can be:"],
    ],
    ["not read", { keys: null }, "hand", ["could not be read"], ["can be:", "No key lies"]],
    ["not read", { keys: null }, "keys", ["could not be read"], ["No key lies"]],
    ["the client", {}, "sign-in", ["for Harbour Hotel GmbH."], []],
    [
      "client not told",
      list({ clientName: null }),
      "sign-in",
      ["With the account that you use now."],
      ["for "],
    ],
    ["list not read", { list: null }, "sign-in", ["With the account that you use now."], []],
  ])("of a computer, what is known is said, and no more: %s", (_, facts, step, says, neverSays) => {
    const lines = said(newComputer(known(facts)), step);

    for (const words of says) expect(lines).toContain(words);
    const first = lines.split("\n")[0] ?? "";
    for (const words of neverSays) expect(first).not.toContain(words);
  });

  it("says what does not travel, and to forget here only once all is there", () => {
    const moving = newComputer(KNOWN);

    expect(said(moving, "keys")).toContain("don't travel with your account");
    expect(said(moving, "rest")).toContain("Settings, the history, and notes of where keys are used stay");
    expect(said(moving, "forget")).toContain("Only once each key is kept and tested on the new one.");
    expect(moving.after.at(-1)?.id).toBe("forget");
  });
});

describe("the text of it", () => {
  it("is the page as it stands, numbered, without any key", () => {
    for (const moving of [changingPartner(KNOWN), newComputer(KNOWN)]) {
      const text = movingText(moving);
      for (const { title, lines } of [...moving.before, ...moving.after]) {
        for (const line of [title, ...lines]) expect(text).toContain(line);
      }
      expect(text).toMatch(/\n1\. [\s\S]+\n1\. /);
      expect(text).not.toContain(THE_KEY);
    }
  });
});

describe("the pages", () => {
  async function to(which: "changing" | "computer", own: Partial<Host> = {}, app = signedIn) {
    const opened = open({ ...keeping(BOOKING, DESK), ...own }, app);
    await opened.user.click(await see("nav-help"));
    await opened.user.click(await see(`help-${which}`));
    await waitFor(() => expect(all("moving-step").length).toBeGreaterThan(0));
    return opened;
  }

  it("change nothing, and copy what they say", async () => {
    const { user, host } = await to("changing");
    await user.click(await see("copy-moving"));

    const page = plain(words(await onPage("changing-partner")));
    expect(page).toContain("Shared: Front desk, +49 30 55570142.");
    const text = plain(String(host.calls.get("copyText")?.[0]?.[0]));
    expect(text).toContain("Shared: Front desk, +49 30 55570142.");
    for (const call of ["changePermission", "makeKey", "copyKey", "showKey", "saveKeyAsFile"] as const) {
      expect(host.count(call)).toBe(0);
    }
  });

  it("open without being signed in, with what was last seen", async () => {
    await to("changing", {}, appView({ session: HERE }));

    expect(words(await onPage("changing-partner"))).toContain("As last seen");
    expect(words()).not.toContain("So 360dialog said");
  });

  it("say so where the keys could not be read, and read them again", async () => {
    let works = false;
    const { user } = await to("computer", {
      keys: async () => (works ? ok<KeyView[]>([BOOKING]) : fails("recordsOut")),
    });
    expect(words(await onPage("new-computer"))).toContain("could not be read, so this is not known");
    works = true;

    await user.click(await see("retry"));

    await waitFor(() => expect(words()).toContain("One key can be"));
  });

  it.each([
    ["changing", "to-partner", "partner-permissions"],
    ["computer", "to-keys", "keys"],
    ["computer", "to-history", "history"],
  ] as const)("lead to where a step is done: %s, %s", async (which, press, page) => {
    const { user } = await to(which);

    await user.click(await see(press));

    await onPage(page);
  });

  it("Escape leads back to the help", async () => {
    const { user } = await to("changing");

    await user.keyboard("{Escape}");

    await onPage("help");
  });
});
