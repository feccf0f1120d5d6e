import { fireEvent, render, waitFor } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import type { Code, Host, OpenedView } from "../src/host";
import KeyWindow from "../src/pages/KeyWindow.svelte";
import { openDesk } from "./desk-driving";
import { all, focusOn, maybe, onPage, open, see, signedIn, words } from "./driving";
import { fails, fakeHost, FRONT_DESK, HERE, appView, key, ok, OPENED, RESTAURANT, sealed } from "./fake-host";
import { FOR_FRONT_DESK, FOR_NOBODY, HANDING_SCENES } from "./handing-scenes";
import { BOOKING, keeping } from "./key-fixtures";
import type { Scene } from "./scenes";

const WORDS = "brave otter lunar fudge tidy canoe";
const FILE = "/home/maria/channel-keys-key-2026-11-28.age";

async function toNumber(own: Partial<Host>, app = signedIn) {
  const opened = open(own, app);
  await waitFor(() => expect(all("channel-row").length).toBeGreaterThan(0));
  await opened.user.click(all("channel-row").find((row) => row.dataset.id === RESTAURANT.id) as HTMLElement);
  return opened;
}

async function toHand(own: Partial<Host> = {}, app = signedIn) {
  const opened = await toNumber({ ...keeping(BOOKING), ...own }, app);
  await opened.user.click(await see("hand-key"));
  await onPage("hand-key-over");
  return opened;
}

async function toWords(own: Partial<Host> = {}) {
  const opened = await toNumber(own);
  await opened.user.click(await see("paste-key"));
  await opened.user.click(await see("from-file"));
  await opened.user.click(await see("choose-file"));
  return opened;
}

async function opening(own: Partial<Host>) {
  const opened = await toWords(own);
  await opened.user.type(await see("file-words"), `${WORDS}{Enter}`);
  return opened;
}

const says = (what: OpenedView): Partial<Host> => ({ openKeyFile: async () => ok(what) });

describe("handing a key over", () => {
  it("offers both ways side by side and says when to take which, and what it means", async () => {
    const { host } = await toHand();

    const page = words(await onPage("hand-key-over"));
    expect(page).toContain("“Booking system”, for Restaurant bookings, +49 30 55570188.");
    expect(page).toContain("Take this when you put the key in place yourself, on this computer.");
    expect(page).toContain("Take this when somebody else puts it in place, on another computer.");
    expect(page).toContain("Whoever has the key can send and read this number's messages.");
    expect(page).toContain("is not known here");
    expect(host.count("saveKeyAsFile") + host.count("copyKey")).toBe(0);
  });

  it("copies it in Rust, as everywhere", async () => {
    const { user, host } = await toHand();

    await user.click(await see("way-copy"));

    await see("copied");
    expect(host.calls.get("copyKey")).toEqual([[BOOKING.id, false]]);
  });

  it("is offered without being signed in, and not for a key that was replaced", async () => {
    await toHand({}, appView({ session: HERE }));
    document.body.innerHTML = "";
    await toNumber(keeping({ ...BOOKING, replacedAt: 1 }));
    await see("copy-key");

    expect(maybe("hand-key")).toBeUndefined();
  });
});

describe("a key as a locked file", () => {
  it("is saved once however often it is pressed, and where it lies is said", async () => {
    let answer = () => {};
    const { host } = await toHand({
      saveKeyAsFile: () => new Promise((done) => (answer = () => done(ok(FILE)))),
    });
    const button = await see("save-as-file");
    button.click();
    button.click();
    await waitFor(() => expect((maybe("as-file") as HTMLElement).dataset.stage).toBe("saving"));
    answer();

    expect(words(await see("file-saved"))).toContain(FILE);
    expect(host.calls.get("saveKeyAsFile")).toEqual([[BOOKING.id]]);
    await focusOn("file-saved");
  });

  it("goes one way and its words another: they are shown in a window of their own, and never copied", async () => {
    const { user, host } = await toHand();
    await user.click(await see("save-as-file"));

    const page = words(await onPage("hand-key-over"));
    expect(page).toContain("Send the file in any way");
    expect(page).toContain("Call, and say the six words that open it.");
    expect(page).toContain("Never write them where the file goes");
    expect(page).toContain("Without them nobody opens the file");
    await user.click(await see("show-words"));
    expect(host.calls.get("showFileWords")).toEqual([[BOOKING.id]]);
    await user.click(await see("copy-file-letter"));

    const copied = String(host.calls.get("copyText")?.[0]?.[0]).replaceAll(/\s+/g, " ");
    expect(copied).toContain("Restaurant bookings, +49 30 55570188");
    expect(copied).toContain("I got it as a locked file");
    expect(document.documentElement.outerHTML + copied).not.toContain("otter");
  });

  it("lets the words go when they were said, and not before anybody saw them", async () => {
    const { user, host } = await toHand();
    await user.click(await see("save-as-file"));
    await user.click(await see("words-said"));
    expect(host.count("forgetFileWords")).toBe(0);
    await user.click(await see("show-words"));
    await waitFor(() => expect(words(maybe("show-words"))).toBe("Show them once more"));

    await user.click(await see("words-said"));

    expect(words(await see("file-said"))).toContain("for whoever wrote them down, and for nobody else");
    expect(host.count("forgetFileWords")).toBe(1);
    await user.keyboard("{Escape}");
    await onPage("channel");
    expect(host.count("forgetFileWords")).toBe(1);
  });

  it("lets the words go when the page is left, which is asked first", async () => {
    const { user, host } = await toHand();
    await user.click(await see("save-as-file"));
    await see("file-saved");

    await user.keyboard("{Escape}");

    expect(words(await see("leave-words"))).toContain("Without them nobody can open it.");
    await focusOn("leave-words-stay");
    await onPage("hand-key-over");
    expect(host.count("forgetFileWords")).toBe(0);

    await user.click(await see("leave-words-go"));

    await onPage("channel");
    expect(host.count("forgetFileWords")).toBe(1);
  });

  type Way = [string, (user: ReturnType<typeof open>["user"]) => Promise<unknown>, keyof Host];
  const WAYS: Way[] = [
    ["Back", async (user) => user.click(await see("back")), "forgetFileWords"],
    [
      "signing out",
      async (user) => (await user.click(await see("profile")), user.click(await see("sign-out"))),
      "signOut",
    ],
    [
      "locking by hand",
      async (user) => (await user.click(await see("profile")), user.click(await see("menu-lock"))),
      "lock",
    ],
  ];

  it.each(WAYS)("is not left by %s before the person says so", async (_, leave, call) => {
    const { user, host } = await toHand();
    await user.click(await see("save-as-file"));
    await see("file-saved");

    await leave(user);
    await user.click(await see("leave-words-stay"));
    await onPage("hand-key-over");
    await see("file-saved");
    expect(maybe("leave-words")).toBeUndefined();
    expect(host.count(call)).toBe(0);

    await leave(user);
    await user.click(await see("leave-words-go"));
    await waitFor(() => expect(host.count(call)).toBe(1));
  });

  it("is left by no page of the menu, and a link waits, until the words were said", async () => {
    const { user, host } = await toHand();
    await user.click(await see("save-as-file"));
    await user.click(await see("profile"));
    const offered = [...(await see("profile-menu")).querySelectorAll("button")].map((it) => it.dataset.test);
    expect(offered).toEqual(["menu-lock", "sign-out"]);

    host.linkCame({ kind: "opens", channelId: FRONT_DESK.id, notice: false, several: false });
    await see("link-held");
    expect(maybe("link-open")).toBeUndefined();
    await onPage("hand-key-over");
  });

  it("is asked about at the desk, too, before the key is forgotten there or its page is left", async () => {
    const waiting = { key: key(), clientId: "k0CL", clientName: "Harbour Hotel GmbH", waits: true };
    const { user, host } = openDesk(3, { own: { deskKeys: async () => ok([waiting]) } });
    await user.click(await see("look-at-desk-keys"));
    await user.click(await see("save-as-file"));
    await user.click(await see("show-words"));

    host.linkCame({ kind: "opens", channelId: "c1CH", notice: false, several: false });
    await see("link-held");
    await user.click(await see("profile"));
    const offered = [...(await see("profile-menu")).querySelectorAll("button")].map((it) => it.dataset.test);
    expect(offered).toEqual(["menu-lock", "sign-out"]);

    await user.click(await see("hand-over-begin"));
    await user.click(await see("hand-over-confirm"));
    await user.click(await see("leave-words-stay"));
    expect(host.count("handKeyOver")).toBe(0);
    await user.click(await see("to-board"));
    await user.click(await see("leave-words-stay"));
    await onPage("desk-keys");

    await user.click(await see("words-said"));
    await see("file-said");
    await user.click(await see("to-board"));
    await onPage("desk");
  });

  it("is not left behind where a person leaves while a place is chosen for it", async () => {
    let answer = () => {};
    const { user, host } = await toHand({
      saveKeyAsFile: () => new Promise((done) => (answer = () => done(ok(FILE)))),
    });
    await user.click(await see("save-as-file"));
    await user.click(await see("back"));
    await user.click(await see("leave-words-go"));
    await onPage("channel");

    answer();

    await waitFor(() => expect(host.count("forgetFileWords")).toBe(1));
  });

  it("is said where the window is asked to close", async () => {
    const { user, host } = await toHand();
    await user.click(await see("save-as-file"));
    await user.keyboard("{Escape}");
    await see("leave-words");

    host.closingAsks({
      stops: { checks: 0, watched: 0, reminders: 0, lockMinutes: 15, fileWords: true },
      canStay: false,
    });

    expect(words(await see("closing-file-words"))).toContain(
      "The six words of the file you saved are gone then.",
    );
    expect(maybe("leave-words")).toBeUndefined();
    expect(maybe("closing-stops")).toBeUndefined();
  });

  it("is not saved where nobody chose a place, and it is as before", async () => {
    const { user, host } = await toHand({ saveKeyAsFile: async () => ok(null) });
    await user.click(await see("save-as-file"));
    await waitFor(() => expect(host.count("saveKeyAsFile")).toBe(1));

    await see("save-as-file");
    expect(maybe("file-saved")).toBeUndefined();
    await user.keyboard("{Escape}");
    await onPage("channel");
    expect(host.count("forgetFileWords")).toBe(0);
  });

  it.each<[Code, string]>([
    ["fileNotWritten", "The folder is full or not writable."],
    ["noWordsDrawn", "no words could be drawn"],
    ["noSuchKey", "This key is not here any more."],
  ])("says why it was not saved: %s", async (code, said) => {
    const { user } = await toHand({ saveKeyAsFile: async () => fails(code) });

    await user.click(await see("save-as-file"));

    expect(words(await see("failure"))).toContain(said);
    expect(maybe("file-saved")).toBeUndefined();
  });

  it("counts as handed over at a desk once somebody saw the words", async () => {
    const { app, host, press } = HANDING_SCENES["desk-made-as-file"] as Scene;
    const { user } = open(host, app);
    for (const css of press as string[]) {
      await user.click(
        await waitFor(() => {
          const found = document.querySelector<HTMLElement>(css);
          if (!found) throw new Error(`${css} is not to be seen`);
          return found;
        }),
      );
    }
    await see("file-saved");
    expect((await see("hand-over-begin")).getAttribute("aria-disabled")).toBe("true");

    await user.click(await see("show-words"));

    await waitFor(async () =>
      expect((await see("hand-over-begin")).getAttribute("aria-disabled")).toBeNull(),
    );
  });

  it("says that words which went with a lock are gone", async () => {
    const { user } = await toHand({ showFileWords: async () => fails("wordsGone") });
    await user.click(await see("save-as-file"));

    await user.click(await see("show-words"));

    expect(words(await see("failure"))).toContain("The words of this file are not here any more.");
    expect(words(await see("show-words"))).toBe("Show the six words");
  });
});

describe("opening a locked file", () => {
  it("asks for the file first, then for the words, and takes the key for this number", async () => {
    const { user, host } = await toWords();
    expect(words(await see("file-name"))).toBe("File: channel-keys-key-2026-11-28.age");
    const field = await see("file-words");
    await focusOn("file-words");
    for (const [name, value] of [
      ["autocomplete", "off"],
      ["autocapitalize", "none"],
      ["spellcheck", "false"],
    ] as const) {
      expect(field.getAttribute(name)).toBe(value);
    }

    await user.type(field, "Brave Otter, lunar-fudge tidy canoe{Enter}");

    expect(words(await see("paste-result"))).toContain("This key is for Restaurant bookings");
    expect(host.calls.get("openKeyFile")).toEqual([[RESTAURANT.id, "Brave Otter, lunar-fudge tidy canoe"]]);
    expect(document.documentElement.outerHTML).not.toContain("Otter");
    expect(words()).toContain("It stays in the file.");
  });

  it("does nothing without words, and nothing where no file was chosen", async () => {
    const { user, host } = await toWords();
    await user.click(await see("open-file"));
    await user.type(await see("file-words"), "  {Enter}");
    expect(host.count("openKeyFile")).toBe(0);

    document.body.innerHTML = "";
    await toWords({ chooseKeyFile: async () => ok(null) });
    await see("choose-file");
    expect(maybe("file-words")).toBeUndefined();
  });

  it.each<[Code, string]>([
    ["keyFileNotRead", "The file can't be read."],
    ["keyFileTooLarge", "it is too large"],
    ["notAnAgeFile", "This is no locked file."],
    ["keyFileForOthers", "It is locked for somebody's own key file."],
    ["keyFileDamaged", "Ask for it once more."],
    ["keyFileLater", "A later version made this file."],
  ])("refuses a file before it asks for words: %s", async (code, said) => {
    await toWords({ chooseKeyFile: async () => fails(code) });

    expect(words(await see("failure"))).toContain(said);
    expect(maybe("file-words")).toBeUndefined();
    expect(words(await see("choose-file"))).toBe("Choose another file");
  });

  it.each<[Code, string]>([
    ["wrongWords", "Look whether each is spelled right"],
    ["keyFileDamaged", "a part of it is missing"],
    ["keyFileTooHard", "would take too long to open"],
    ["keyFileSomethingElse", "what is in it is no key"],
    ["keyFileOdd", "hidden characters"],
    ["keyFileOtherWorld", "A practice key opens while you practise"],
    ["keychainAbsent", "keychain"],
    ["noKeyFile", "Choose the file once more."],
  ])("says what stands in the way of the key, and lets the words be mended: %s", async (code, said) => {
    const { user, host } = await opening({ openKeyFile: async () => fails(code) });

    expect(words(await see("failure")).toLowerCase()).toContain(said.toLowerCase());
    const field = (await see("file-words")) as HTMLInputElement;
    expect(field.value).toBe(WORDS);
    await user.type(field, "{Enter}");
    await waitFor(() => expect(host.count("openKeyFile")).toBe(2));
  });

  it("names the number that a key is for, and takes it there only when that is said", async () => {
    let times = 0;
    const answers: OpenedView[] = [FOR_FRONT_DESK, { kind: "taken", pasted: OPENED }];
    const { user, host } = await opening({ openKeyFile: async () => ok(answers[times++] as OpenedView) });

    expect(words(await see("for-another"))).toContain("Front desk, +49 30 55570142");
    expect(words(await see("for-another"))).toContain("nothing was taken");
    await user.click(await see("take-for-other"));

    expect(words(await see("paste-result"))).toContain("This key is for Front desk");
    expect(host.calls.get("openKeyFile")).toEqual([
      [RESTAURANT.id, WORDS],
      [FRONT_DESK.id, WORDS],
    ]);
  });

  it("takes no key for a number that is not this client's", async () => {
    await opening(says(FOR_NOBODY));

    expect(words(await see("for-another"))).toContain("That number is not among yours here");
    expect(maybe("take-for-other")).toBeUndefined();
  });

  it("says so where the same key lies here already", async () => {
    await opening(says({ kind: "taken", pasted: { kind: "alreadyHere", key: BOOKING } }));

    expect(words(await see("already-here"))).toContain("This key lies here already: Booking system.");
  });

  it("can't be left while the key is taken", async () => {
    let answer = () => {};
    const { user } = await opening({
      openKeyFile: () => new Promise((done) => (answer = () => done(ok({ kind: "taken", pasted: OPENED })))),
    });
    await user.keyboard("{Escape}");

    expect(words(await onPage("paste"))).toContain("Opening it and testing the key");
    answer();
    await see("paste-result");
  });

  it("tells such a key from a pasted one wherever it lies", async () => {
    await toNumber(keeping(key({ ...BOOKING, origin: "file" })));

    expect(words(await see("key-origin"))).toContain("Opened from a file");
  });
});

describe("the window that shows the words", () => {
  const wordsOf: Partial<Host> = { shownKey: async (half) => ok(await sealed(half, "words", WORDS)) };

  async function shown() {
    const host = fakeHost(wordsOf);
    render(KeyWindow, { host });
    await see("words");
    return host;
  }

  it("numbers them, to be said one by one, and can't be selected as a text", async () => {
    await shown();

    expect([...document.querySelectorAll("li")].map((word) => words(word))).toEqual(WORDS.split(" "));
    expect(words()).toContain("The six words");
    expect(maybe("key-text")).toBeUndefined();
    expect(document.title).not.toContain("otter");
    const found = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  });

  it("stays for a call that is made on the same computer, and goes after five minutes", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
    const host = await shown();

    await fireEvent.blur(window);
    vi.advanceTimersByTime(290_000);
    expect(host.count("hideKey")).toBe(0);
    vi.advanceTimersByTime(11_000);

    await waitFor(() => expect(document.documentElement.outerHTML).not.toContain("otter"));
    expect(host.count("hideKey")).toBe(1);
    vi.useRealTimers();
  });
});
