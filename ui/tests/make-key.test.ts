import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Host, KeyTestView, ListSaysView, WebhookBeforeView } from "../src/host";
import { all, focusOn, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { before, failure, fails, key, MADE, ok, OPEN, row, THE_KEY, webhooksWere } from "./fake-host";

afterEach(() => vi.useRealTimers());

async function toBefore(own: Partial<Host> = {}) {
  const opened = open(own, signedIn);
  await opened.user.click(await numberRow("Restaurant bookings"));
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

const OPEN_KEY = key({ id: "open", state: "unknown", tail: null });
const inMemory = key({ state: "inMemory" });
const nowhere: Partial<Host> = {
  makeKey: async () => ok({ kind: "made", key: inMemory, notSaved: failure("keychainAbsent"), others: [] }),
};
/** What stops a keychain that may come back. */
const GONE = ["absent", "notSetUp", "refusing", "asking"] as const;
const shown = () => document.documentElement.outerHTML.includes(THE_KEY);

describe("before a key is replaced", () => {
  it("it is said what stops, which keys kept here die, and that the new one can't get lost", async () => {
    const kept = key({ state: "kept", label: "Booking", tail: "mQ2rAK" });
    await toBefore({ beforeMaking: async () => ok(before({ keys: [kept] })) });

    const facts = words(await see("before-facts"));
    expect(facts).toContain("Today's key stops working at once.");
    expect(facts).toContain("The key kept here stops working too: “Booking” (… mQ2r AK).");
    expect(facts).toContain("Blue Anchor may be using today's key.");
    expect(facts).toContain("A safety copy goes into Passwords and Keys before you see it.");
    expect(words(await see("replace-key"))).toBe("Replace the key of +49 30 55570188");
  });

  it("the places that were noted on a key of this number are named", async () => {
    const used = key({
      state: "kept",
      places: [
        { name: "Table booking system", done: true },
        { name: "Chatbot", done: false },
      ],
    });
    const earlier = key({ id: "key-0", replacedAt: 1, places: [{ name: "Old shop", done: true }] });
    await toBefore({ beforeMaking: async () => ok(before({ keys: [used, earlier] })) });

    const facts = words(await see("before-facts"));
    expect(facts).toContain("It is used in two places you noted: Table booking system and Chatbot.");
    expect(facts).toContain("Have both open before you start.");
    expect(facts).not.toContain("Old shop");
  });

  it("it is said that the webhook may be cleared, and what to note", async () => {
    await toBefore();

    expect(words(await see("before-facts"))).toContain(
      "The webhook may be cleared. It can't be read from here, because no key of this number is kept here. That is reported, not documented. Note the address where your messages are delivered, so that you can set it again.",
    );
  });

  it.each<[WebhookBeforeView, string]>([
    [
      { kind: "read", was: webhooksWere([{ headers: 2 }]) },
      "Messages go to hooks.tablewise.example, which is noted. Making a key is reported to clear that address, the webhook. It and its 2 headers go into Passwords and Keys first, and you can set it again right afterwards.",
    ],
    [
      { kind: "waitsSince", was: webhooksWere() },
      "The webhook to hooks.tablewise.example still waits to be set again.",
    ],
    [
      { kind: "read", was: webhooksWere([{}, { name: "crm", host: "crm.example" }]) },
      "2 webhooks are set, and all are noted: hooks.tablewise.example and crm.example (“crm”). Making a key is reported to clear webhooks. All of them, with their headers, go into Passwords and Keys first. You can set them again right afterwards.",
    ],
    [
      { kind: "read", was: webhooksWere([{ host: "x.example", refused: "port" }], false) },
      "360dialog refuses the address at x.example: it has a port, such as “:3000”. So it can't be set again. Ask whoever runs that software for another address. This number may have extra webhooks that we couldn't look up. If you know of any, write them down.",
    ],
    [{ kind: "notSet", complete: true }, "No webhook is set on this number itself."],
    [
      { kind: "notSet", complete: false },
      "No webhook is set on this number itself. It may have extra webhooks that we couldn't look up.",
    ],
    [{ kind: "keychainNotOpen" }, "the keychain doesn't give us the number's key yet. That is reported"],
    [
      { kind: "keyDoesNotWork" },
      "the key kept here does not work for this number any more. That is reported",
    ],
    [{ kind: "couldNotAsk" }, "It could not be read just now. That is reported"],
  ])("it is said what is known of the webhook: %#", async (webhook, sentence) => {
    await toBefore({ beforeMaking: async () => ok(before({ webhook })) });

    expect(words(await see("before-facts"))).toContain(sentence);
  });

  it("a partner with the permission probably holds today's key", async () => {
    const shared = before({ row: row({ permission: "shared" }), verdict: OPEN });
    await toBefore({ beforeMaking: async () => ok(shared) });

    expect(words(await see("before-facts"))).toContain("Blue Anchor probably holds today's key.");
    expect(words()).not.toContain("Blue Anchor may be using today's key.");
  });

  it("where nobody is known to hold today's key, that is said", async () => {
    await toBefore({
      beforeMaking: async () => ok(before({ row: row({ permission: "noPartner" }), partnerName: null })),
    });

    expect(words(await see("before-facts"))).toContain("Who holds today's key is not known here.");
    expect(words()).not.toContain("partner");
  });

  it("a key kept here that is refused already is not said to stop", async () => {
    const refused = key({ state: "kept", label: "Booking", refusedAt: 2 });
    await toBefore({ beforeMaking: async () => ok(before({ keys: [refused] })) });

    expect(words(await see("before-facts"))).not.toContain("Booking");
  });

  it("a number without a number is called by its name", async () => {
    await toBefore({ beforeMaking: async () => ok(before({ row: row({ number: null, digits: null }) })) });

    expect(words(await see("replace-key"))).toBe("Replace the key of Restaurant bookings");
  });

  it("the safe choice has the focus, and Escape is the same", async () => {
    const { user, host } = await toBefore();
    await focusOn("not-now");

    await user.keyboard("{Escape}");

    await onPage("channel");
    expect(host.count("makeKey")).toBe(0);
  });

  it("without a keychain the box has to be ticked first", async () => {
    const { user, host } = await toBefore({ beforeMaking: async () => ok(before({ keychain: "absent" })) });
    expect(words(await see("no-keychain"))).toContain("The key can't be kept on this computer.");
    expect(words()).not.toContain("can't get lost");

    await user.click(await see("replace-key"));
    expect(host.count("makeKey")).toBe(0);

    await user.click(screen.getByRole("checkbox", { name: /I understand/ }));
    await user.click(await see("replace-key"));
    await onPage("made");
    expect(host.count("makeKey")).toBe(1);
  });

  it("without a keychain that was set up, its own words say so", async () => {
    await toBefore({ beforeMaking: async () => ok(before({ keychain: "notSetUp" })) });

    const notice = words(await see("no-keychain"));
    expect(notice).toContain("Passwords and Keys was never set up here.");
    expect(notice).not.toContain("doesn't answer");
    await see("understood");
  });

  it("with a keychain that takes nothing, its own words say so", async () => {
    await toBefore({ beforeMaking: async () => ok(before({ keychain: "refusing" })) });

    const notice = words(await see("no-keychain"));
    expect(notice).toContain("Passwords and Keys is open, but takes nothing");
    expect(notice).not.toContain("never set up");
    await see("understood");
  });

  it("where 360dialog shows other programs no keys, its own page comes first", async () => {
    const { user, host } = await toBefore({ beforeMaking: async () => ok(before({ ownPageFirst: true })) });

    const first = words(await see("own-page-first"));
    expect(first).toContain("Make this key on 360dialog's own page.");
    expect(first).toContain("today's key stops working at once there, too.");
    expect(words()).toContain("we can't tell whether a new key was made");
    expect(maybe("replace-key")).toBeUndefined();
    await user.click(await see("open-hub"));
    expect(host.calls.get("openPage")).toEqual([["hub"]]);

    await user.click(await see("try-here"));
    expect(maybe("own-page-first")).toBeUndefined();
    expect(words(await see("before-facts"))).toContain("Today's key stops working at once.");
    await user.click(await see("replace-key"));
    await onPage("made");
  });

  it("where no key can be made now, no page is named to make one", async () => {
    const verdict = {
      generate: "no",
      reason: "partnerManages",
      next: "takePermissionBack",
      missing: [],
    } as const;
    await toBefore({
      beforeMaking: async () => ok(before({ ownPageFirst: true, verdict: { ...verdict, missing: [] } })),
    });

    expect(maybe("own-page-first")).toBeUndefined();
    expect(maybe("try-here")).toBeUndefined();
  });

  it("a locked keychain is unlocked there, and what is known is read once more", async () => {
    let keychain: "locked" | "ready" = "locked";
    let open: () => void = () => {};
    const { user, host } = await toBefore({
      beforeMaking: async () => ok(before({ keychain })),
      unlockKeychain: () => new Promise((done) => (open = () => done(ok(null)))),
    });

    await user.click(await see("unlock-now"));
    await waitFor(() =>
      expect(words()).toContain("Passwords and Keys asks for its password. Give it there."),
    );
    expect((await see("replace-key")).getAttribute("aria-disabled")).toBe("true");
    keychain = "ready";
    open();

    await waitFor(() => expect(words(maybe("before-facts"))).toContain("the new key can't get lost"));
    expect(host.count("beforeMaking")).toBe(2);
    expect(maybe("look-again")).toBeUndefined();
  });

  it("a keychain that stays locked says so, and can be tried again", async () => {
    const { user, host } = await toBefore({
      beforeMaking: async () => ok(before({ keychain: "locked" })),
      unlockKeychain: async () => fails("keychainStayedLocked"),
    });

    await user.click(await see("unlock-now"));
    expect(words(await see("failure"))).toContain("The keychain stayed locked.");
    await user.click(await see("retry"));

    await waitFor(() => expect(host.count("unlockKeychain")).toBe(2));
    expect((await see("replace-key")).getAttribute("aria-disabled")).toBeNull();
  });

  it.each(GONE)("a keychain that came back is looked for again: %s", async (gone) => {
    let keychain: "ready" | typeof gone = gone;
    const { user } = await toBefore({ beforeMaking: async () => ok(before({ keychain })) });
    expect(maybe("unlock-now")).toBeUndefined();

    keychain = "ready";
    await user.click(await see("look-again"));

    await waitFor(() => expect(words(maybe("before-facts"))).toContain("the new key can't get lost"));
    expect(maybe("no-keychain")).toBeUndefined();
  });

  it("trying it here is not asked for where the key is replaced a moment later", async () => {
    const { user } = await toBefore({ beforeMaking: async () => ok(before({ ownPageFirst: true })) });
    const row = (await see("not-now")).closest('[role="group"]');
    expect(row?.contains(await see("try-here"))).toBe(false);

    await user.click(await see("try-here"));

    expect(row?.contains(await see("replace-key"))).toBe(true);
  });

  it("a locked keychain is announced, and needs no box", async () => {
    await toBefore({ beforeMaking: async () => ok(before({ keychain: "locked" })) });

    expect(words(await see("before-facts"))).toContain("Passwords and Keys is locked.");
    expect(maybe("understood")).toBeUndefined();
  });

  it("what is not told is named, and the Hub decides", async () => {
    await toBefore({ beforeMaking: async () => ok(before({ verdict: OPEN })) });

    expect(words(await see("before-facts"))).toContain(
      "Not told: whether Blue Anchor has the permission. The Hub",
    );
  });

  it("there is nothing to press where it is refused by now", async () => {
    await toBefore({
      beforeMaking: async () =>
        ok(
          before({
            verdict: { generate: "no", reason: "partnerManages", next: "takePermissionBack", missing: [] },
          }),
        ),
    });

    expect(words()).toContain("No key can be made for +49 30 55570188 now");
    expect(maybe("replace-key")).toBeUndefined();
  });
});

describe("asking for a key", () => {
  it("happens once, however often it is pressed", async () => {
    let answer = () => {};
    const { host } = await toBefore({
      makeKey: () => new Promise((done) => (answer = () => done(ok(MADE)))),
    });
    const replace = await see("replace-key");

    replace.click();
    replace.click();
    replace.click();

    expect(words(await onPage("sending"))).toContain("This takes a few seconds. Keep this window open.");
    expect(host.calls.get("makeKey")).toEqual([["ticket-1"]]);
    expect(maybe("sign-out")).toBeUndefined();
    expect(document.querySelectorAll("main button")).toHaveLength(0);
    answer();
    await onPage("made");
    expect(host.count("makeKey")).toBe(1);
  });

  it("that takes longer than ten seconds says so, and for how long we wait", async () => {
    let answer = () => {};
    await toBefore({ makeKey: () => new Promise((done) => (answer = () => done(ok(MADE)))) });
    const slow = "360dialog is taking longer than usual. We wait up to two minutes. Keep this window open.";
    vi.useFakeTimers({ shouldAdvanceTime: true });

    (await see("replace-key")).click();
    await onPage("sending");
    await vi.advanceTimersByTimeAsync(9_000);
    expect(words()).not.toContain(slow);
    await vi.advanceTimersByTimeAsync(1_500);

    expect(words(await onPage("sending"))).toContain(slow);
    expect(words()).not.toContain("This takes a few seconds.");
    answer();
    await onPage("made");
  });

  it("keeps the window open until it is answered, and says so where somebody closes it", async () => {
    let answer = () => {};
    let storing = false;
    const { host } = await toBefore({
      makeKey: () => new Promise((done) => (answer = () => done(ok(MADE)))),
      isStoring: async () => ok(storing),
    });
    (await see("replace-key")).click();
    await onPage("sending");
    expect(maybe("sending-stays")).toBeUndefined();

    host.closeWaits();

    expect(words(await see("sending-stays"))).toBe(
      "The window can't close yet. It stays open until 360dialog has answered, for two minutes at most.",
    );
    expect(host.count("makeKey")).toBe(1);
    storing = true;
    await waitFor(() =>
      expect(words(maybe("sending-stays"))).toBe(
        "The window can't close yet. It stays open until the key is safe.",
      ),
    );
    answer();
    await onPage("made");
    expect(maybe("sending-stays")).toBeUndefined();
  });

  it("that a proxy kept back was not made, and the proxy is named", async () => {
    const why = failure("proxySignIn", { proxy: "proxy.office.example:3128" });
    const { user } = await toBefore({ makeKey: async () => ok({ kind: "notMade", why }) });

    await user.click(await see("replace-key"));

    const page = words(await onPage("not-made"));
    expect(page).toContain("No key was made");
    expect(page).toContain("A proxy in your network asks for a password.");
    expect(page).toContain("The proxy proxy.office.example:3128 lets only programs through");
    expect(page).toContain("Ask whoever looks after your network");
  });

  it("that is refused says that today's key still works, with the Hub's own words", async () => {
    const { user } = await toBefore({
      makeKey: async () =>
        ok({ kind: "notMade", why: failure("hubRefused", { status: 403, said: "Members may not." }) }),
    });
    await user.click(await see("replace-key"));

    const page = words(await onPage("not-made"));
    expect(page).toContain("No key was made");
    expect(page).toContain("Today's key still works.");
    expect(page).toContain("The answer, word for word: Members may not.");
  });

  it("whose answer is in says that the keychain is waited for, and for how long", async () => {
    const { host } = await toBefore({
      makeKey: () => new Promise(() => {}),
      isStoring: async () => ok(true),
    });
    (await see("replace-key")).click();

    await see("storing");
    const page = words(await onPage("sending"));
    expect(page).toContain("The key was made");
    expect(page).toContain("If Passwords and Keys asks for its password or for permission, answer there.");
    expect(page).toContain("the key is shown all the same");
    expect(page).not.toContain("Asking 360dialog");
    expect(host.count("makeKey")).toBe(1);
  });

  it("whose answer is lost says that nobody can tell, and helps to find out", async () => {
    const kept = key({ id: "old", state: "kept", label: "Booking" });
    const { user, host } = await toBefore({
      beforeMaking: async () => ok(before({ keys: [kept], keychain: "locked" })),
      makeKey: async () => ok({ kind: "unknown", why: failure("hubNoAnswer"), key: OPEN_KEY }),
      testKey: async () => ok({ kind: "refused" }),
    });
    await user.click(await see("replace-key"));

    const page = await onPage("unknown");
    expect(words(page)).toContain("We can't tell whether a key was made");
    expect(words(page)).not.toContain("Today's key still works.");
    expect(host.count("testKey"), "a locked keychain would ask for its password").toBe(0);
    await user.click(await see("test-earlier-key"));
    await waitFor(() => expect(words(page)).toContain("So a new key was probably made, and nobody has it."));
    expect(host.calls.get("testKey")).toEqual([["old"]]);
    expect(host.count("makeKey")).toBe(1);
  });

  it.each<[KeyTestView, string]>([
    [{ kind: "works", sending: "available", numberKnown: true }, "So no new key was made so far."],
    [{ kind: "refused" }, "So a new key was probably made, and nobody has it. Make another one."],
    [{ kind: "couldNotAsk", why: failure("hubNoAnswer") }, "That says nothing about the key."],
  ])("whose answer is lost tests a kept key by itself where the keychain is open: %#", async (test, said) => {
    const { user, host } = await toBefore({
      beforeMaking: async () => ok(before({ keys: [key({ id: "old", state: "kept" })] })),
      makeKey: async () => ok({ kind: "unknown", why: failure("hubNoAnswer"), key: OPEN_KEY }),
      testKey: async () => ok(test),
    });
    await user.click(await see("replace-key"));

    const page = await onPage("unknown");
    await waitFor(() => expect(words(page)).toContain(said));
    expect(words(page).includes("So "), "an answer alone proves something").toBe(test.kind !== "couldNotAsk");
    expect(host.calls.get("testKey")).toEqual([["old"]]);
    expect(words(await see("test-earlier-key"))).toBe("Test again");
  });

  it("whose answer came from a gateway is not told to be tried again", async () => {
    for (const [code, status] of [
      ["hubNotUnderstood", 404],
      ["hubInTrouble", 408],
    ] as const) {
      const { user, unmount } = await toBefore({
        makeKey: async () => ok({ kind: "unknown", why: failure(code, { status }), key: OPEN_KEY }),
      });
      await user.click(await see("replace-key"));
      await onPage("unknown");

      expect(words(await see("failure"))).toContain("on the way");
      expect(words()).not.toMatch(/try again/i);
      unmount();
    }
  });

  it("whose answer is lost is not told to be tried again, as a sign-in would be", async () => {
    const { user } = await toBefore({
      makeKey: async () => ok({ kind: "unknown", why: failure("hubNoAnswer"), key: OPEN_KEY }),
    });
    await user.click(await see("replace-key"));
    await onPage("unknown");

    expect(words(await see("failure"))).toBe(
      "The Hub did not answer. It was asked, and no complete answer came. It may be busy.",
    );
    expect(words()).not.toMatch(/try again/i);
    expect(maybe("retry")).toBeUndefined();
  });

  it.each<[ListSaysView, string]>([
    [{ kind: "newKey" }, "A key is listed that was not there before: one was made"],
    [{ kind: "asBefore" }, "no key was made, as far as 360dialog lists them."],
    [{ kind: "undecided" }, "so it decides nothing."],
    [{ kind: "notRead", why: failure("hubNotOffered") }, "This Hub shows no such list"],
    [{ kind: "notRead", why: failure("hubNoAnswer") }, "The list could not be read"],
  ])("whose answer is lost has the Hub's list looked at: %o", async (says, said) => {
    const { user, host } = await toBefore({
      makeKey: async () => ok({ kind: "unknown", why: failure("hubNoAnswer"), key: OPEN_KEY }),
      keyListSays: async () => ok(says),
    });
    await user.click(await see("replace-key"));
    await onPage("unknown");
    expect(host.count("keyListSays")).toBe(0);

    await user.click(await see("look-at-list"));

    await waitFor(async () => expect(words(await see("list-says"))).toContain(said));
    expect(host.calls.get("keyListSays")).toEqual([["open"]]);
    expect(host.count("makeKey")).toBe(1);
  });

  it("that finds the session over begins again from the facts, once the password was given", async () => {
    const { user, host } = await toBefore({
      makeKey: async () => ok({ kind: "notMade", why: failure("sessionEnded") }),
    });
    await user.click(await see("replace-key"));
    await onPage("not-made");

    await user.click(await see("sign-in-again"));
    await user.type(await see("password-again"), "correct horse{Enter}");
    await see("signed-in-again");
    expect(host.count("makeKey")).toBe(1);
    await user.click(await see("retry"));

    await onPage("before");
    expect(host.count("beforeMaking")).toBe(2);
    expect(host.count("makeKey")).toBe(1);
  });

  it("that this Hub does not offer names the page where it is done", async () => {
    const { user } = await toBefore({
      makeKey: async () => ok({ kind: "notMade", why: failure("hubNotOffered", { status: 405 }) }),
    });
    await user.click(await see("replace-key"));

    expect(words(await onPage("not-made"))).toContain("Do it on 360dialog's own page, at app.360dialog.com.");
    expect(maybe("retry")).toBeUndefined();
  });

  it.each([
    ["program", "unknown"],
    ["alreadyAsked", "unknown"],
    ["hubNoAnswer", "unknown"],
    ["recordsOut", "not-made"],
    ["knownToBeRefused", "not-made"],
  ] as const)("that breaks with %s ends on the page %s", async (code, page) => {
    const { user } = await toBefore({
      makeKey: async () => ({
        ok: false,
        failure: { code, status: null, said: null, wait: null, proxy: null },
      }),
    });

    await user.click(await see("replace-key"));

    await onPage(page);
  });
});

describe("the new key", () => {
  it("is never in this page: it is shown in a window of its own", async () => {
    const { user, host } = await toMade();
    expect(words(await see("key-box"))).toContain("kX9p");
    expect(host.count("showKey")).toBe(0);

    await user.click(await see("show-key"));

    await waitFor(() => expect(host.calls.get("showKey")).toEqual([["key-1"]]));
    expect(host.count("shownKey")).toBe(0);
    expect(shown()).toBe(false);
  });

  it("whose window does not open says so, and that copying needs no showing", async () => {
    const { user } = await toMade({ showKey: async () => fails("keyNotShown") });

    await user.click(await see("show-key"));

    expect(words(await see("failure"))).toContain("The key could not be shown. Its window did not open.");
    expect(words(await see("failure"))).toContain("Copy works without showing it.");
  });

  it("that came with another key says so, and that each is kept", async () => {
    const others = [key({ id: "key-2", tail: "kX9pAK" })];
    await toMade({ makeKey: async () => ok({ kind: "made", key: key(), notSaved: null, others }) });

    const said = words(await see("other-keys"));
    expect(said).toContain("360dialog sent 2 different keys.");
    expect(said).toContain("We kept this key and the one ending in kX9p AK.");
    expect(said).toContain("Test each key and use the one that works.");
  });

  it("that came with another key does not call stored what is in memory alone", async () => {
    const others = [key({ id: "key-2", tail: "kX9pAK", state: "inMemory" })];
    await toMade({ makeKey: async () => ok({ kind: "made", key: key(), notSaved: null, others }) });

    const said = words(await see("other-keys"));
    expect(said).toContain("Not all of them are stored yet: this key and the one ending in kX9p AK.");
    expect(said).not.toContain("We kept");
  });

  it("is done with, and the numbers are read anew", async () => {
    const { user, host } = await toMade();

    await user.click(await see("done"));

    await onPage("channel");
    expect(host.calls.get("doneWithKey")).toEqual([["key-1"]]);
    expect(host.calls.get("channels")?.at(-1)).toEqual([true]);
  });

  it("is tested for each place where it was put, with the result beside the place", async () => {
    const places = [
      { name: "Table booking system", done: false },
      { name: "Chatbot", done: false },
    ];
    const { user, host } = await toMade({
      makeKey: async () => ok({ kind: "made", key: key({ places }), notSaved: null, others: [] }),
    });
    expect(words(await onPage("made"))).toContain("Now put it where it is used");

    await user.click(screen.getByRole("checkbox", { name: "Chatbot" }));

    await waitFor(() => expect(words(all("place")[1])).toContain("tested, works"));
    expect(words(all("place")[0])).not.toContain("tested");
    expect(host.calls.get("setPlaces")).toEqual([["key-1", [places[0], { name: "Chatbot", done: true }]]]);
    expect(host.calls.get("testKey")).toEqual([["key-1"]]);
  });

  const RESULTS: [KeyTestView, string, string][] = [
    [
      { kind: "works", sending: "available", numberKnown: true },
      "It works, and the number can send.",
      "A safety copy is in",
    ],
    [{ kind: "refused" }, "360dialog rejected this key.", "Test it once more in a minute."],
    [
      { kind: "couldNotAsk", why: failure("hubNoConnection") },
      "It could not be tested. That says nothing about the key.",
      "360dialog's messaging host can't be reached.",
    ],
  ];

  it.each(RESULTS)("that is tested says what was found: %#", async (test, sentence, more) => {
    const { user, host } = await toMade({ testKey: async () => ok(test) });

    await user.click(await see("test-key"));

    expect(words(await see("test-result"))).toBe(sentence);
    expect(words()).toContain(more);
    for (const [other, , itsMore] of RESULTS.slice(1)) {
      if (other !== test) expect(words()).not.toContain(itsMore);
    }
    expect(host.calls.get("testKey")).toEqual([["key-1"]]);
    await see("save-key");
  });

  it("leads to the way back when chats have stopped", async () => {
    const { user } = await toMade();

    await user.click(await see("mistake"));

    await onPage("mistake");
  });

  it("is saved under a name that the person gives", async () => {
    const { user, host } = await toMade();
    await focusOn("save-key");
    expect(words(maybe("key-place"))).toContain("A safety copy is in Passwords and Keys.");

    await user.click(await see("save-key"));
    const label = (await see("save-label")) as HTMLInputElement;
    expect(label.value).toBe("Key of Restaurant bookings");
    await user.clear(label);
    await user.type(label, "Booking system{Enter}");

    await waitFor(() => expect(words(maybe("key-place"))).toContain("Saved in Passwords and Keys."));
    expect(host.calls.get("keepKey")).toEqual([["key-1", "Booking system"]]);
    expect(maybe("save-key")).toBeUndefined();
    await focusOn("done");
  });

  it("that the keychain does not take stays, with the failure beside it, and is saved by trying again", async () => {
    const { user, host } = await toMade({ keepKey: async () => fails("keychainStayedLocked") });
    await user.click(await see("save-key"));
    await user.click(await see("save-confirm"));

    expect(words(await see("failure"))).toContain("The keychain stayed locked.");
    expect(words(maybe("key-place"))).toContain("A safety copy is in");
    await see("save-label");

    await user.click(await see("retry"));

    await waitFor(() => expect(host.count("keepKey")).toBe(2));
  });

  it("is copied without being seen", async () => {
    const { user, host } = await toMade();

    await user.click(await see("copy-key"));

    expect(words(await see("copied"))).toContain("Keep this window open until you have pasted it.");
    expect(host.count("showKey")).toBe(0);
    expect(shown()).toBe(false);
  });

  it("is let go only after a second press", async () => {
    const { user, host } = await toMade();
    await user.click(await see("let-go"));
    expect(host.count("letKeyGo")).toBe(0);

    await user.click(await see("let-go-confirm"));

    expect(host.calls.get("letKeyGo")).toEqual([["key-1"]]);
    await onPage("channel");
  });

  it("that is stored nowhere is not left by Done before it was copied, and is let go by the person's word", async () => {
    const { user, host } = await toMade(nowhere);
    expect(words(maybe("key-place"))).toContain("This key is stored nowhere.");
    await focusOn("copy-key");

    expect(maybe("mistake")).toBeUndefined();
    await user.click(await see("done"));
    expect(words(await see("done-refused"))).toBe(
      "This key would be lost. It is stored nowhere but in this window. Save it, or copy it to where it is used; then Done closes this page.",
    );
    expect(host.count("doneWithKey")).toBe(0);
    await onPage("made");

    await user.click(screen.getByRole("button", { name: "I don't need it here: let it go" }));
    await user.click(await see("let-go-confirm"));
    await onPage("channel");
  });

  it("that is stored nowhere says why, and no other key that is met meanwhile says the same", async () => {
    const { host } = await toMade(nowhere);
    expect((await see("failure")).dataset.code).toBe("keychainAbsent");

    host.refuseClose({ key: key({ id: "other", tail: "kX9p", state: "inMemory" }) });
    await waitFor(() => expect(words(document.body)).toContain("kX9p"));
    expect(all("failure").map(({ dataset }) => dataset.code)).toEqual([]);

    host.refuseClose({ key: inMemory });
    expect((await see("failure")).dataset.code).toBe("keychainAbsent");
  });

  it("that is stored nowhere is left by Done once it was copied", async () => {
    const { user, host } = await toMade(nowhere);
    expect(words(maybe("key-place"))).toContain("then Done closes this page");
    expect(words()).not.toContain("clipboard");
    await user.click(await see("done"));
    await see("done-refused");

    await user.click(await see("copy-key"));

    await see("copied");
    expect(maybe("done-refused")).toBeUndefined();
    expect(words(maybe("key-place"))).toBe(
      "The key is on the clipboard, and stored nowhere. Paste it before you close the program: the clipboard forgets it then. The window can't be closed until you press Done or “I don't need it here: let it go”; after that the key can't be seen here again.",
    );
    await user.click(await see("test-key"));
    await see("test-result");
    await user.click(await see("done"));

    await onPage("channel");
    expect(host.calls.get("doneWithKey")).toEqual([["key-1"]]);
    expect(host.count("letKeyGo")).toBe(0);
  });

  it("that is stored nowhere is not left by Done after a copy that failed", async () => {
    const { user, host } = await toMade({ ...nowhere, copyKey: async () => fails("clipboardRefused") });
    await user.click(await see("copy-key"));
    expect(words(all("failure")[0])).toContain("Nothing was copied.");
    expect(words(maybe("key-place"))).toContain("This key is stored nowhere.");

    await user.click(await see("done"));

    await see("done-refused");
    await onPage("made");
    expect(host.count("doneWithKey")).toBe(0);
  });

  it("that the program does not let go of after all stays, with the reason", async () => {
    const { user } = await toMade({ ...nowhere, doneWithKey: async () => fails("storedNowhere") });
    await user.click(await see("copy-key"));
    await see("copied");

    await user.click(await see("done"));

    await waitFor(() => expect(all("failure").map((it) => it.dataset.code)).toContain("storedNowhere"));
    await onPage("made");
  });

  it("keeps the window open with the reason, and what was typed beside it stays", async () => {
    const { user, host } = await toMade(nowhere);
    await user.click(await see("save-key"));
    await user.type(await see("save-label"), " at home");

    host.refuseClose({ key: inMemory });

    expect(words(await see("done-refused"))).toContain(
      "The window stays open, because this key would be lost.",
    );
    expect(((await see("save-label")) as HTMLInputElement).value).toContain("at home");
  });

  it("that is stored nowhere comes back when the window is closed from another page", async () => {
    const { host } = open({}, signedIn);
    await see("channel-row");

    host.refuseClose({ key: inMemory });

    expect(words(await onPage("made"))).toContain("The window stays open, because this key would be lost.");
  });

  it("that is stored nowhere is shown when it keeps a person from signing out", async () => {
    const { user } = open(
      { signOut: async () => fails("storedNowhere"), waitingKeys: async () => ok([inMemory]) },
      signedIn,
    );
    await see("channel-row");

    await user.click(await see("profile"));
    await user.click(await see("sign-out"));

    expect(words(await onPage("made"))).toContain("You are still signed in, because this key would be lost.");
  });
});
