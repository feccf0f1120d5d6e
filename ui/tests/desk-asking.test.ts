import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Host, ReturnView } from "../src/host";
import { maybe, onPage, see, words } from "./driving";
import { openDesk, row } from "./desk-driving";
import { line, PARTNER, RETURNED } from "./fake-desk";
import { fails, ok } from "./fake-host";

async function toAsk(own: Partial<Host> = {}) {
  const opened = openDesk([line(0, { permission: "missing" })], { own });
  await opened.user.click(await row("c0CH"));
  await opened.user.click(await see("ask-permission"));
  await onPage("desk-ask");
  return opened;
}

async function toReturned(own: Partial<Host> = {}) {
  const opened = openDesk(3, { own });
  await row("c0CH");
  await opened.user.click(await see("profile"));
  await opened.user.click(await see("menu-desk-returned"));
  await onPage("desk-returned");
  return opened;
}

async function explained(told: Partial<ReturnView>, own: Partial<Host> = {}) {
  const view = { ...RETURNED, ...told } as ReturnView;
  const opened = await toReturned({ explainReturn: async () => ok(view), ...own });
  await opened.user.type(await see("return-text"), "https://www.blue-anchor.example/welcome?client=k0CL");
  await opened.user.click(await see("return-explain"));
  await waitFor(async () => expect((await see("return-result")).dataset.kind).toBe(view.kind));
  return opened;
}

describe("asking a client for the permission", () => {
  it("is offered where it is missing, also at a desk that only reads", async () => {
    const { user } = openDesk([line(0, { permission: "missing" })], {
      own: { deskMode: async () => ok("readOnly") },
      session: { ...PARTNER, rank: "member" },
    });
    await user.click(await row("c0CH"));

    expect(words(await see("ask-permission"))).toBe("Ask for permission");
  });

  it("has a link with the partner's own way back, of the form that is chosen, and a letter with it", async () => {
    const { user, host } = await toAsk();
    await waitFor(() => expect(host.count("askForPermission")).toBe(2));
    expect((await see("ask-return")) as HTMLInputElement).toHaveProperty(
      "value",
      "https://www.blue-anchor.example/welcome",
    );
    expect(words(await see("ask-text"))).toContain("/older?number=%2B4930");

    await user.selectOptions(await see("ask-form"), "2");

    await waitFor(async () => expect(words(await see("ask-text"))).toContain("/currentOnboarding?"));
    expect(host.calls.get("askForPermission")).toEqual([
      ["c0CH", "older", null],
      ["c0CH", "older", "https://www.blue-anchor.example/welcome"],
      ["c0CH", "currentOnboarding", "https://www.blue-anchor.example/welcome"],
    ]);
    await user.click(await see("copy-ask-link"));
    await user.click(await see("copy-ask-subject"));
    await user.click(await see("copy-ask-letter"));
    const [link, subject, letter] = (host.calls.get("copyText") ?? []).map(([text]) => String(text));
    expect(link).toContain("https://hub.360dialog.com/dashboard/app/pT77xPA/currentOnboarding");
    expect(subject).toBe("WhatsApp number +49 30 55570188: permission to make an API key");
    expect(letter).toContain(link);
    expect(letter).toContain("Blue Anchor needs your permission");
    expect(letter).toContain("You can take the permission back on the same page at any time.");
  });

  it("has no link to copy while the way back is none, and says what is wrong with it", async () => {
    const { user } = await toAsk({
      partnerReturnAddress: async () => ok(null),
      askForPermission: async (_, __, returnTo) =>
        returnTo === null
          ? ok({
              kind: "link",
              link: "https://x",
              number: null,
              clientName: null,
              clientEmail: null,
              returnTo,
            })
          : ok({ kind: "badAddress", why: "notHttps" }),
    });
    await see("ask-text");
    await user.type(await see("ask-return"), "http://x");

    await waitFor(async () => expect(words(await see("ask-bad"))).toContain("does not begin with https"));
    expect(maybe("ask-text")).toBeUndefined();
    expect(maybe("copy-ask-letter")).toBeUndefined();

    await user.clear(await see("ask-return"));
    await see("ask-text");
    expect(words(await see("ask-bad"))).toBe("");
  });

  it("goes on without the partner's way back where 360dialog does not tell it", async () => {
    const { host } = await toAsk({
      partnerReturnAddress: async () => fails("hubInTrouble", { status: 503 }),
    });
    await see("ask-text");
    expect(host.calls.get("askForPermission")).toEqual([["c0CH", "older", null]]);
    expect(maybe("failure")).toBeUndefined();
  });

  it("says so where the channel is gone from the board", async () => {
    await toAsk({ askForPermission: async () => fails("noSuchChannel") });
    expect((await see("failure")).dataset.code).toBe("noSuchChannel");
  });
});

describe("an address with which a client came back", () => {
  it("is explained in words: who, what was given, and whether it was asked for here", async () => {
    await explained({});

    const told = words(await see("return-result"));
    expect(told).toContain("Harbour Hotel GmbH was on the permission page (k0CL).");
    expect(told).toContain("Given during that visit: Desk 0, +49 170 1000000 (c0CH): the board says Missing");
    expect(told).toContain("x9CH: not on this board");
    expect(told).toContain("Nothing was taken back.");
    expect(words(await see("return-asked"))).toContain("It answers the link that was made here for c0CH");
    expect(told).toContain("It is a hint and no proof.");
  });

  it.each<[string, Partial<ReturnView>, string]>([
    ["none given", { given: [] } as Partial<ReturnView>, "Nothing was given during that visit."],
    ["silent on what was given", { given: null } as Partial<ReturnView>, "It does not say what was given."],
    [
      "of a stranger",
      { clientOnBoard: false, clientName: null } as Partial<ReturnView>,
      "not on this board: k0CL",
    ],
    [
      "of nobody",
      { clientId: null, clientOnBoard: false } as Partial<ReturnView>,
      "It does not say which client.",
    ],
    ["not asked for here", { asked: { kind: "notAskedHere" } } as Partial<ReturnView>, "It answers no link"],
    ["without a word", { asked: { kind: "saysNothing" } } as Partial<ReturnView>, "which link it answers"],
    [
      "of another client than asked",
      { asked: { kind: "askedHere", channelId: "c0CH", at: 1, sameClient: false } } as Partial<ReturnView>,
      "another client came back with it",
    ],
  ])("that is %s says so", async (_, told, sentence) => {
    await explained(told);
    expect(words(await see("return-result"))).toContain(sentence);
  });

  it("that names another client's channel says whose it is not", async () => {
    const given = [{ ...RETURNED.given![0]!, isTheirs: false }];
    await explained({ given } as Partial<ReturnView>);
    expect(words(await see("return-result"))).toContain("on this board it belongs to another client");
  });

  it("that is none is refused in words, and no client is asked about", async () => {
    await explained({ kind: "refused", why: "credentials" } as Partial<ReturnView>);

    expect(words(await see("return-result"))).toBe(
      "This says nothing that can be read. It carries a user name or a password, which 360dialog's page never adds.",
    );
    expect(maybe("return-check")).toBeUndefined();
  });

  it("has the client asked about again, and shows what the board says then", async () => {
    let permission: "missing" | "shared" = "missing";
    const { user, host, tell } = await explained(
      {},
      {
        explainReturn: async () => ok({ ...RETURNED, given: [{ ...RETURNED.given![0]!, permission }] }),
      },
    );
    await user.click(await see("return-check"));
    expect(host.calls.get("checkClient")).toEqual([["k0CL"]]);
    expect(words(await see("return-checked"))).toContain("360dialog is being asked.");

    permission = "shared";
    tell();

    await waitFor(async () => expect(words(await see("return-result"))).toContain("the board says Shared"));
  });
});
