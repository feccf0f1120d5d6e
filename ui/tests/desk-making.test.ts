import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { DeskKeyView, Host, LineView, SessionView } from "../src/host";
import { all, focusOn, maybe, onPage, see, words } from "./driving";
import { focusedRow, openDesk, row } from "./desk-driving";
import { BY_KEY, deskChannel, line, PARTNER } from "./fake-desk";
import { before, failure, fails, key, ok, row as numberRow } from "./fake-host";

const NOW = Math.floor(Date.now() / 1000);
const SHARED: Partial<LineView> = { permission: "shared" };
const MISSING: Partial<LineView> = { permission: "missing" };
const MEMBER: SessionView = { ...PARTNER, rank: "member" };
const READS: Partial<Host> = { deskMode: async () => ok("readOnly") };

const facts = before({
  side: "partner",
  clientName: "Harbour Hotel GmbH",
  row: numberRow({ id: "c0CH", permission: "shared", payer: "notTold" }),
  verdict: { generate: "yes", reason: "sharedWithPartner", next: "makeKey", missing: [] },
});
const MAKES: Partial<Host> = { beforeMaking: async () => ok(facts) };
const waits = (facts: Partial<DeskKeyView> = {}): DeskKeyView => ({
  key: key({ channelId: "c0CH", by: "jo@blue-anchor.example" }),
  clientId: "k0CL",
  clientName: "Harbour Hotel GmbH",
  waits: true,
  ...facts,
});

async function openChannel(
  channel: Partial<LineView>,
  own: Partial<Host> = {},
  session: SessionView = PARTNER,
) {
  const opened = openDesk([line(0, channel), line(1)], { own, session });
  await opened.user.click(await row("c0CH"));
  await see("desk-make");
  await waitFor(() => expect(maybe("read-only") ?? maybe("may-write")).toBeDefined());
  return opened;
}

async function toBefore(own: Partial<Host> = {}) {
  const opened = await openChannel(SHARED, { ...MAKES, ...own });
  await opened.user.click(await see("make-key"));
  await onPage("before");
  return opened;
}

async function toMade(own: Partial<Host> = {}) {
  const opened = await toBefore(own);
  await opened.user.click(await see("replace-key"));
  await onPage("made");
  return opened;
}

describe("a link that comes while a key is made at the desk", () => {
  it("tears nobody away, and opens when they say so", async () => {
    const { host, user } = await toBefore();

    host.linkCame({ kind: "opens", channelId: "c1CH", notice: false, several: false });

    await see("link-held");
    await onPage("before");

    await user.click(await see("not-now"));
    await user.click(await see("link-open"));
    await onPage("desk-channel");
    await waitFor(() => expect(words(document.body)).toContain("Desk 1"));
    expect(host.count("makeKey")).toBe(0);
  });
});

describe("a desk that only reads", () => {
  it("says so at its top, and shows the button off with its reason and the way to turn it on", async () => {
    const { user, host } = await openChannel(SHARED, READS, MEMBER);

    expect(words(await see("read-only"))).toBe("Read-only");
    const button = await see("make-key");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(words(document.getElementById(button.getAttribute("aria-describedby") ?? "") ?? undefined)).toBe(
      "This desk only reads, so it makes no key.",
    );
    await user.click(button);
    expect(host.count("beforeMaking")).toBe(0);
    await user.click(await see("let-write-here"));
    await onPage("may-write");
  });

  it.each<[string, SessionView, string]>([
    ["a Member", MEMBER, "You are a Member. Whether a Member of Blue Anchor may make keys is for 360dialog"],
    ["somebody with the key", BY_KEY, "Nobody signed in by name. The partner's API key opened this desk"],
    [
      "somebody of a rank unknown",
      { ...PARTNER, rank: "auditor" },
      "What you may do at Blue Anchor is not told.",
    ],
  ])(
    "tells %s what it means before it may make keys, with staying as it is chosen",
    async (_, session, why) => {
      const { user, host } = openDesk(3, { own: READS, session });
      await user.click(await see("let-write"));

      await onPage("may-write");
      expect(words(await see("may-write-points"))).toContain(why);
      expect(words(await see("may-write-points"))).toContain("stops the client's software at once");
      await focusOn("stay-read-only");
      await user.keyboard("{Enter}");

      await onPage("desk");
      expect(host.count("setDeskMode")).toBe(0);
    },
  );

  it("does not tell whoever only reads to make the key", async () => {
    const { user } = openDesk(3, { own: READS, session: MEMBER });
    await user.click(await row("c1CH"));

    const said = words(await see("desk-verdict"));
    expect(said).toContain("You can make a key");
    expect(said).toContain("Next: let this desk make keys, or ask a colleague whose desk may.");
    expect(said).not.toContain("Next: you make it");
  });

  it("may make keys once that was said, and only reads again at a press", async () => {
    const { user, host } = openDesk(3, { own: READS, session: MEMBER });
    await user.click(await see("let-write"));
    await user.click(await see("allow-writing"));

    await onPage("desk");
    expect(words(await see("may-write"))).toBe("May make keys");
    await user.click(await see("only-read"));

    expect(words(await see("read-only"))).toBe("Read-only");
    expect(host.calls.get("setDeskMode")).toEqual([["mayWrite"], ["readOnly"]]);
  });

  it("stays read-only where that can't be changed, and says why", async () => {
    const { user } = openDesk(3, {
      own: { ...READS, setDeskMode: async () => fails("notSignedIn") },
      session: MEMBER,
    });
    await user.click(await see("let-write"));
    await user.click(await see("allow-writing"));

    expect((await see("failure")).dataset.code).toBe("notSignedIn");
    await onPage("may-write");
  });
});

describe("a key on a client's behalf", () => {
  it("is off where the client has not shared the number, and says so", async () => {
    await openChannel(MISSING);

    expect((await see("make-key")).getAttribute("aria-disabled")).toBe("true");
    expect(words(await see("make-key-reason"))).toBe(
      "You can't make a key: the client has not shared this number.",
    );
  });

  it("begins with whose software stops, whom to tell, and that the client allowed it", async () => {
    const { host } = await toBefore();

    const told = words(await see("before-facts"));
    expect(words(await see("before-client"))).toBe("Harbour Hotel GmbH, Restaurant bookings");
    expect(told).toContain("The software of Harbour Hotel GmbH that uses it can't send or receive");
    expect(told).toContain("Tell Harbour Hotel GmbH before you start.");
    expect(told).toContain("Harbour Hotel GmbH shared this number with you.");
    expect(told).toContain("Ask the client to note the address where its messages are delivered");
    expect(told).not.toContain("may be using today's key");
    expect(words(await see("replace-key"))).toBe("Replace the key of +49 30 55570188");
    await focusOn("not-now");
    expect(host.count("makeKey")).toBe(0);
  });

  it("is not made where that was not chosen, and the row is where it was", async () => {
    const { user, host } = await toBefore();
    await user.keyboard("{Escape}");

    await onPage("desk-channel");
    expect(host.count("makeKey")).toBe(0);
    expect(focusedRow()).toBeUndefined();
  });

  it("that 360dialog would refuse by now is not offered, in the partner's words", async () => {
    const now = { ...facts, verdict: { ...facts.verdict, generate: "no", reason: "notShared" } as const };
    await toBefore({ beforeMaking: async () => ok(now) });

    expect(words(await see("verdict"))).toContain(
      "You can't make a key: the client has not shared this number.",
    );
    expect(maybe("replace-key")).toBeUndefined();
  });

  it("that was refused says what 360dialog says of the number now", async () => {
    let shared = true;
    const { user } = await toBefore({
      makeKey: async () => {
        shared = false;
        return ok({ kind: "notMade", why: failure("hubRefused", { status: 403, said: "Forbidden" }) });
      },
      deskChannel: async () => ok(deskChannel(line(0, shared ? SHARED : MISSING))),
    });
    await user.click(await see("replace-key"));

    await onPage("not-made");
    expect(words(await see("not-made-now"))).toBe(
      "What 360dialog says of it now You can't make a key: the client has not shared this number.",
    );
    expect(words(await see("failure"))).toContain("Forbidden");
  });

  it("whose answer was lost is open, and it is the client who is asked whether messages go out", async () => {
    const { user } = await toBefore({
      makeKey: async () =>
        ok({
          kind: "unknown",
          why: failure("hubNoAnswer"),
          key: key({ id: "open", state: "unknown", tail: null }),
        }),
    });
    await user.click(await see("replace-key"));

    await onPage("unknown");
    expect(words(await see("find-out"))).toContain("Ask the client whether messages still go out");
  });

  it("is handed over, confirmed and forgotten: first copied, then said twice", async () => {
    const { user, host } = await toMade();
    expect(words(await see("hand-over"))).toContain("Hand it over to Harbour Hotel GmbH");
    expect((await see("hand-over-begin")).getAttribute("aria-disabled")).toBe("true");
    expect(words(await see("hand-over"))).toContain("Copy or save it first.");
    expect(maybe("mistake")).toBeUndefined();

    await user.click(await see("copy-key"));
    await user.click(await see("test-key"));
    expect(words(await see("test-result"))).toContain("works");
    await user.click(await see("hand-over-begin"));
    await focusOn("hand-over-stay");
    expect(host.count("handKeyOver")).toBe(0);
    await user.click(await see("hand-over-confirm"));

    await onPage("desk-channel");
    expect(host.calls.get("handKeyOver")).toEqual([["key-1"]]);
  });

  it("that could not be forgotten stays, and says why", async () => {
    const { user } = await toMade({ handKeyOver: async () => fails("keychainStayedLocked") });
    await user.click(await see("copy-key"));
    await user.click(await see("hand-over-begin"));
    await user.click(await see("hand-over-confirm"));

    expect((await see("failure")).dataset.code).toBe("keychainStayedLocked");
    await onPage("made");
  });

  it("that lies in memory alone is shown again where signing out would lose it", async () => {
    const memory = waits({ key: key({ state: "inMemory" }) });
    const { user } = openDesk(3, {
      own: {
        deskKeys: async () => ok([memory]),
        waitingKeys: async () => ok([memory.key]),
        signOut: async () => fails("storedNowhere"),
      },
    });
    expect(words(await see("desk-keys-waiting"))).toContain("A key is stored nowhere yet.");
    await user.click(await see("profile"));
    await user.click(await see("sign-out"));

    await onPage("made");
    expect(words(await see("done-refused"))).toContain("You are still signed in");
    expect(words(await see("hand-over"))).toContain("Harbour Hotel GmbH");
  });
});

describe("keys that wait to be handed over", () => {
  it("are offered when the desk opens, and are listed by client with what can be done", async () => {
    let keys = [
      waits(),
      waits({ key: key({ id: "key-2", state: "kept", label: "For Falk" }), clientName: null }),
    ];
    const { user, host } = openDesk(3, {
      own: {
        deskKeys: async () => ok(keys),
        handKeyOver: async (id) => {
          keys = keys.filter((it) => it.key.id !== id);
          return ok(null);
        },
      },
    });
    expect(words(await see("desk-keys-waiting"))).toContain("2 keys wait to be handed over.");
    await user.click(await see("look-at-desk-keys"));

    await onPage("desk-keys");
    expect(words(await see("keys-summary"))).toContain("2 keys wait to be handed over.");
    expect(all("keys-of-number").map((it) => words(it.querySelector("h2") ?? undefined))).toEqual([
      "Harbour Hotel GmbH: Restaurant bookings, +49 30 55570188",
      "k0CL: Restaurant bookings, +49 30 55570188",
    ]);
    const [, begin] = all("hand-over-begin");
    await user.click(begin!);
    await user.click(await see("hand-over-confirm"));

    await waitFor(() => expect(all("kept-key")).toHaveLength(1));
    expect(host.calls.get("handKeyOver")).toEqual([["key-2"]]);
    await user.click(await see("to-board"));
    expect(words(await see("desk-keys-waiting"))).toContain("A key waits to be handed over.");
  });

  it("are none where none was made, which is said in the menu's page", async () => {
    const { user } = openDesk(3);
    await row("c0CH");
    expect(maybe("desk-keys-waiting")).toBeUndefined();
    await user.click(await see("profile"));
    await user.click(await see("menu-desk-keys"));

    await onPage("desk-keys");
    expect(words(await see("keys-empty"))).toContain("No key that was made here lies on this computer.");
  });

  it("are named beside their channel, and what was done is in the history", async () => {
    const { user } = await openChannel(SHARED, { deskKeys: async () => ok([waits()]) });
    expect(words(await see("keys-of-channel"))).toBe("Look at the key");

    await user.click(await see("profile"));
    await user.click(await see("menu-desk-history"));

    await onPage("history");
    expect(words(await see("history-empty"))).toContain("without any key");
    await user.click(await see("to-numbers"));
    await onPage("desk-channel");
  });
});

describe("health and webhook", () => {
  const kept: Partial<Host> = {
    deskKeys: async () => ok([waits({ key: key({ channelId: "c0CH", state: "kept" }) })]),
  };
  const byKey: LineView["byKey"] = {
    health: { sending: "limited", at: NOW - 120 },
    webhook: { host: "hooks.tablewise.example", at: NOW - 120 },
    trouble: null,
  };

  it("are asked for where a key lies here, for the rows in view alone, and shown with their age", async () => {
    const { user, host } = await openChannel({ ...SHARED, byKey }, kept);
    expect(host.calls.get("askByKeys")).toEqual([[["c0CH"], false]]);
    expect(words(await see("desk-health"))).toBe("Can send with limits, 2 min ago");
    expect(words(await see("desk-webhook"))).toContain("hooks.tablewise.example, 2 min ago");

    await user.click(await see("ask-by-key"));
    expect(host.calls.get("askByKeys")?.at(-1)).toEqual([["c0CH"], true]);
  });

  it("are columns that can be chosen, and not told of a channel without a key here", async () => {
    const { user } = openDesk([line(0, { ...SHARED, byKey }), line(1)], { own: kept });
    await row("c0CH");
    await user.click(await see("columns"));
    for (const name of ["Health", "Webhook"]) {
      const box = [...document.querySelectorAll("label")].find((label) => words(label) === name);
      await user.click(box!);
    }

    const columns = async (id: string) =>
      ["health", "webhook"].map((name) =>
        words((await_(id).querySelector(`[data-column="${name}"]`) ?? undefined)!),
      );
    const await_ = (id: string) => all("desk-row").find(({ dataset }) => dataset.id === id)!;
    await waitFor(async () =>
      expect(await columns("c0CH")).toEqual([
        "Can send with limits, 2 min ago",
        "hooks.tablewise.example, 2 min ago",
      ]),
    );
    expect(await columns("c1CH")).toEqual(["not told", "not told"]);
  });

  it("stand in the row as soon as they are told", async () => {
    const lines = [line(0, SHARED)];
    openDesk(lines, {
      own: {
        ...kept,
        askByKeys: async () => {
          lines[0] = line(0, { ...SHARED, byKey });
          return ok(null);
        },
      },
    }).user.click(await row("c0CH"));
    await waitFor(async () =>
      expect(words(await see("desk-health"))).toBe("Can send with limits, 2 min ago"),
    );
  });

  it("that could not be asked for say why, and keep what was told before", async () => {
    await openChannel({ ...SHARED, byKey: { ...byKey, trouble: failure("hubNoAnswer") } }, kept);
    await waitFor(async () =>
      expect(words(await see("desk-webhook"))).toContain("It could not be asked when it last was:"),
    );
    expect(words(await see("desk-health"))).toContain("Can send with limits");
  });
});

describe("the keys that 360dialog lists", () => {
  const list = (changed: { toldBefore: number; toldNow: number; here: boolean } | null): Partial<Host> => ({
    deskKeyList: async () => ok({ kind: "told", keys: [{ hubId: "201126", tail: "kX9p" }], changed }),
  });

  it("are told by id and end, and since when they are others", async () => {
    await openChannel(SHARED, list({ toldBefore: NOW - 3_600, toldNow: NOW - 1_800, here: false }));

    await waitFor(async () =>
      expect(words(await see("desk-key-list"))).toContain(
        "A key exists. Its id is 201126, its end … kX9p AK.",
      ),
    );
    expect(words(await see("keys-changed"))).toMatch(/Between \S.* and \S.*, outside this app/);
  });

  it("that changed within a minute name one time", async () => {
    const at = NOW - (NOW % 60) - 600;
    await openChannel(SHARED, list({ toldBefore: at + 1, toldNow: at + 30, here: false }));
    await waitFor(async () => expect(words(await see("keys-changed"))).toContain(" At "));
    expect(words(await see("keys-changed"))).not.toContain("Between");
  });

  it("that changed here say so", async () => {
    await openChannel(SHARED, list({ toldBefore: NOW - 3_600, toldNow: NOW - 1_800, here: true }));
    await waitFor(async () => expect(words(await see("keys-changed"))).toContain("by this app"));
  });

  it("are not asked for where the client did not share the number", async () => {
    const { host } = await openChannel(MISSING);
    expect(words(await see("desk-key-list"))).toBe(
      "Whether a key exists is told only of numbers that the client shared.",
    );
    expect(host.count("deskKeyList")).toBe(0);
  });

  it("that could not be read are not called none", async () => {
    await openChannel(SHARED, {
      deskKeyList: async () => ok({ kind: "notTold", why: failure("hubNotThere") }),
    });
    await waitFor(async () => expect(words(await see("desk-key-list"))).toContain("is not told"));
    expect(words(await see("desk-key-list"))).not.toContain("lists no key");
  });
});
