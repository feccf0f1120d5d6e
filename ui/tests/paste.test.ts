import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Host, KeyTestView, PastedView } from "../src/host";
import { all, maybe, onPage, open, see, signedIn, words } from "./driving";
import { appView, failure, fails, FRONT_DESK, HERE, key, ok, PASTED, RESTAURANT, THE_KEY } from "./fake-host";
import { BOOKING, DESK } from "./key-fixtures";

async function toPaste(own: Partial<Host> = {}, app = signedIn) {
  const opened = open(own, app);
  await waitFor(() => expect(all("channel-row").length).toBeGreaterThan(0));
  await opened.user.click(all("channel-row").find((row) => row.dataset.id === RESTAURANT.id) as HTMLElement);
  await opened.user.click(await see("paste-key"));
  await onPage("paste");
  return opened;
}

/** Finds the key on the clipboard, and says that it is the one. */
async function use(user: Awaited<ReturnType<typeof toPaste>>["user"]) {
  await user.click(await see("paste-now"));
  await user.click(await see("use-key"));
}

async function pasting(pasted: Partial<Extract<PastedView, { kind: "taken" }>>, own: Partial<Host> = {}) {
  const opened = await toPaste({
    takePasted: async () => ok({ ...PASTED, kind: "taken", ...pasted } as PastedView),
    ...own,
  });
  await use(opened.user);
  await see("paste-result");
  return opened;
}

const primaries = () => [...document.querySelectorAll("main button.primary")].map((button) => words(button));

describe("before a key is pasted", () => {
  it("it is said what to do, what happens, and that nothing changes for others", async () => {
    const { host } = await toPaste();

    const page = words(await onPage("paste"));
    expect(page).toContain(
      "For Restaurant bookings, +49 30 55570188. Nothing changes for those who use the key already.",
    );
    expect(page).toContain("Copy the key where you have it");
    expect(page).toContain("A safety copy goes into Passwords and Keys first.");
    expect(page).toContain("No message is sent, and you don't need to sign in.");
    expect(host.count("findPasted")).toBe(0);
  });

  it("Escape and Not now lead back to the number without touching the clipboard", async () => {
    const { user, host } = await toPaste();

    await user.keyboard("{Escape}");

    expect(words(await onPage("channel"))).toContain("Restaurant bookings");
    expect(host.count("findPasted")).toBe(0);
  });

  it("there is no field: the key never passes through the page", async () => {
    await toPaste();

    expect(document.querySelectorAll("main input, main textarea")).toHaveLength(0);
  });
});

describe("pasting a key", () => {
  it("says so where a key does not end as keys do, as when a part was not copied", async () => {
    await toPaste({ findPasted: async () => ok(["M22T"]) });
    (await see("paste-now")).click();

    expect(words(await see("odd-ending"))).toContain("Where AK is missing, a part may not have been copied.");
    expect(words(await see("found-key"))).not.toContain("AK");
  });

  it("shows it by its last characters first, and takes nothing before it is meant", async () => {
    const { user, host } = await toPaste();

    await user.click(await see("paste-now"));

    const page = words(await onPage("paste"));
    expect(page).toContain("Is this your key?");
    expect(page).toContain("Compare its last characters with the key that you copied.");
    expect(page).toContain("The key is hidden. It ends in kX9p AK.");
    expect(primaries()).toEqual(["Use this key"]);
    expect(host.count("takePasted")).toBe(0);
    expect(document.documentElement.outerHTML).not.toContain(THE_KEY);
  });

  it("that is another one is forgotten, and nothing was taken", async () => {
    const { user, host } = await toPaste();
    await user.click(await see("paste-now"));

    await user.click(await see("other-key"));

    expect(words(await onPage("paste"))).toContain("Copy the key where you have it");
    expect([host.count("takePasted"), host.count("forgetPasted")]).toEqual([0, 1]);
    await user.click(await see("not-now"));
    await onPage("channel");
    expect(host.count("forgetPasted")).toBe(2);
  });

  it("asks which of several is meant, and takes that one", async () => {
    const { user, host } = await toPaste({ findPasted: async () => ok(["zT4uAK", "kX9pAK", null]) });

    await user.click(await see("paste-now"));

    const page = words(await onPage("paste"));
    expect(page).toContain("3 keys are on the clipboard. Which one?");
    expect(primaries()).toEqual([]);
    expect(all("found-key")).toHaveLength(3);
    await user.click(screen.getByRole("button", { name: "Use this key: it ends in kX9p AK" }));

    await see("paste-result");
    expect(host.calls.get("takePasted")).toEqual([[RESTAURANT.id, 1]]);
  });

  it("takes it once, however often it is pressed, and can't be left meanwhile", async () => {
    let answer = () => {};
    const { user, host } = await toPaste({
      takePasted: () => new Promise((done) => (answer = () => done(ok(PASTED)))),
    });
    await user.click(await see("paste-now"));
    const button = await see("use-key");
    button.click();
    button.click();
    await user.keyboard("{Escape}");

    expect(words(await onPage("paste"))).toContain("Saving and checking the key");
    expect(host.calls.get("takePasted")).toEqual([[RESTAURANT.id, 0]]);
    answer();
    await see("paste-result");
  });

  it("that works is kept under a name, and leads back to its number", async () => {
    const { user, host } = await pasting({});

    expect(words(await see("paste-result"))).toContain("This key is for Restaurant bookings");
    expect(words(await see("paste-result"))).toContain("It works, and the number can send.");
    expect(words(await see("key-box"))).toContain("kX9p");
    expect(words()).toContain("A safety copy is in Passwords and Keys.");
    expect(primaries()).toEqual(["Save"]);
    expect(document.documentElement.outerHTML).not.toContain(THE_KEY);

    await user.clear(await see("save-label"));
    await user.type(await see("save-label"), "From the agency{Enter}");

    await onPage("channel");
    expect(host.calls.get("keepKey")).toEqual([["key-1", "From the agency"]]);
    expect(host.count("letKeyGo")).toBe(0);
  });

  it("that works need not be kept, and stays where it was copied from", async () => {
    const { user, host } = await pasting({});
    expect(words()).toContain("It stays where you copied it from.");

    await user.click(await see("let-go"));

    await onPage("channel");
    expect(host.calls.get("letKeyGo")).toEqual([["key-1"]]);
    expect(host.count("keepKey")).toBe(0);
  });

  it("that is for another number of yours says which, and is kept there", async () => {
    const moved = key({ channelId: FRONT_DESK.id, channelName: "Front desk", number: FRONT_DESK.number });
    const { user, host } = await pasting(
      { test: { kind: "otherNumber", externalId: "10655", whose: null }, belongsTo: FRONT_DESK },
      { moveKey: async () => ok(moved), keepKey: async (_, label) => ok({ ...moved, state: "kept", label }) },
    );
    expect(words(await see("paste-result"))).toContain(
      "This key works, but for Front desk, +49 30 55570142.",
    );
    expect(words()).not.toContain("not yours");
    expect(primaries()).toEqual(["Keep it for Front desk"]);

    await user.click(await see("move-key"));
    const label = (await see("save-label")) as HTMLInputElement;
    expect(host.calls.get("moveKey")).toEqual([["key-1", FRONT_DESK.id]]);
    expect(label.value).toBe("Key of Front desk");
    await user.click(await see("save-confirm"));

    await onPage("channel");
    await waitFor(() => expect(host.calls.get("channel")?.at(-1)).toEqual([FRONT_DESK.id]));
  });

  it("that works for a number that nobody named is not called this number's", async () => {
    await pasting({ test: { kind: "works", sending: "available", numberKnown: false } });

    const result = words(await see("paste-result"));
    expect(result).toContain("This key works. 360dialog didn't say for which number.");
    expect(result).toContain("Keep it only if you are sure that it is for Restaurant bookings");
    expect(result).not.toContain("This key is for");
  });

  it.each<[KeyTestView, string]>([
    [
      { kind: "otherNumber", externalId: "10655", whose: null },
      "This key works, but for a number that is not yours.",
    ],
    [{ kind: "refused" }, "360dialog rejected this key."],
  ])("that is of no use is not kept by default: %#", async (test, sentence) => {
    const { user, host } = await pasting({ test });
    expect(words(await see("paste-result"))).toContain(sentence);
    expect(words()).not.toMatch(/no longer/);
    expect(primaries()).toEqual(["Don't keep it"]);
    expect(maybe("save-label")).toBeUndefined();

    await user.click(await see("let-go"));

    await onPage("channel");
    expect(host.calls.get("letKeyGo")).toEqual([["key-1"]]);
  });

  it("that is refused can be kept all the same", async () => {
    const { user, host } = await pasting({ test: { kind: "refused" } });

    await user.click(await see("keep-anyway"));
    await user.click(await see("save-confirm"));

    await onPage("channel");
    expect(host.count("keepKey")).toBe(1);
  });

  it("that could not be tested is not called bad, and is kept to be tested later", async () => {
    await pasting({ test: { kind: "couldNotAsk", why: failure("hubNoConnection") } });

    const result = words(await see("paste-result"));
    expect(result).toContain("The key could not be tested. That says nothing about the key.");
    expect(result).not.toContain("works no longer");
    expect(words(await see("failure"))).toContain("can't be reached");
    expect(primaries()).toEqual(["Save"]);
  });

  it("that lies here already is said to, with the way to it", async () => {
    const { user, host } = await toPaste({
      takePasted: async () => ok({ kind: "alreadyHere", key: BOOKING }),
      keys: async () => ok([BOOKING, DESK]),
    });
    await use(user);

    expect(words(await see("already-here"))).toContain("This key lies here already: Booking system.");
    expect(maybe("save-label")).toBeUndefined();
    await user.click(await see("to-keys"));

    expect(words(await onPage("keys"))).toContain("Booking system");
    expect(host.count("keepKey")).toBe(0);
  });

  it.each([
    ["notAKey", "This is not an API key."],
    ["maskedKey", "This key is masked."],
    ["tokenPasted", "This is a session token, not an API key."],
    ["emailPasted", "This is an e-mail address, not an API key."],
    ["addressPasted", "This is a web address, not an API key."],
    ["clipboardEmpty", "The clipboard holds no text."],
  ] as const)("is refused by its kind: %s", async (code, sentence) => {
    let works = false;
    const { user, host } = await toPaste({ findPasted: async () => (works ? ok(["kX9pAK"]) : fails(code)) });
    await user.click(await see("paste-now"));
    expect(words(await see("failure"))).toContain(sentence);
    expect([maybe("found-key"), host.count("takePasted")]).toEqual([undefined, 0]);

    works = true;
    await user.click(await see("retry"));

    await see("found-key");
    expect(maybe("failure")).toBeUndefined();
  });

  it.each([
    ["keychainAbsent", "No keychain answers."],
    ["keychainStayedLocked", "The keychain stayed locked."],
  ] as const)("that fails with %s says so, and is tried again", async (code, sentence) => {
    let works = false;
    const { user, host } = await toPaste({ takePasted: async () => (works ? ok(PASTED) : fails(code)) });
    await use(user);
    expect(words(await see("failure"))).toContain(sentence);
    expect(maybe("paste-result")).toBeUndefined();

    works = true;
    await user.click(await see("retry"));

    await see("paste-result");
    expect(host.calls.get("takePasted")).toEqual([
      [RESTAURANT.id, 0],
      [RESTAURANT.id, 0],
    ]);
    expect([host.count("findPasted"), maybe("failure")]).toEqual([1, undefined]);
  });

  it("that the keychain does not keep stays on the page with the failure", async () => {
    const { user } = await pasting({}, { keepKey: async () => fails("keychainRefused") });

    await user.click(await see("save-confirm"));

    expect(words(await see("failure"))).toContain("The keychain refused.");
    await see("save-label");
  });

  it("needs no sign-in", async () => {
    const { user, host } = await toPaste({}, appView({ session: HERE }));

    await use(user);

    await see("paste-result");
    expect(host.count("signIn")).toBe(0);
    expect(screen.queryByText("Sign in", { selector: "main *" })).toBeNull();
  });
});

it("a pasted key that waits for its decision is not called new", async () => {
  const waiting = key({ origin: "pasted" });
  const { user } = open({ waitingKeys: async () => ok([waiting]) }, signedIn);
  expect(words(await see("waiting-key"))).toContain("A key waits for your decision.");

  await user.click(await see("look-at-key"));

  const page = words(await onPage("made"));
  expect(page).toContain("A key waits for your decision");
  expect(page).toContain(", pasted ");
  expect(page).not.toContain("new key");
});
