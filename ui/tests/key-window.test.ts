import { cleanup, fireEvent, render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Host } from "../src/host";
import KeyWindow from "../src/pages/KeyWindow.svelte";
import { focusOn, maybe, see, words } from "./driving";
import { fails, fakeHost, ok, THE_KEY, type FakeHost } from "./fake-host";

afterEach(() => vi.useRealTimers());

const inPage = () => document.documentElement.outerHTML.includes(THE_KEY);

function openWindow(own: Partial<Host> = {}): FakeHost {
  const host = fakeHost(own);
  render(KeyWindow, { host });
  return host;
}

async function shown(own: Partial<Host> = {}): Promise<FakeHost> {
  const host = openWindow(own);
  await waitFor(() => expect(words(maybe("key-text"))).toBe(THE_KEY));
  return host;
}

describe("the window that shows a key", () => {
  it("says whose key it is, shows it, and has the way to hide it under the finger", async () => {
    const host = await shown();

    expect(words(document.querySelector("main") ?? undefined)).toContain(
      "Restaurant bookings, +49 30 55570188",
    );
    await focusOn("hide-key");
    expect(document.title).not.toContain(THE_KEY);
    expect(host.count("shownKey")).toBe(1);
    const found = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  });

  it("says that screenshots can show it, where they can, and not where it is left out of them", async () => {
    const host = await shown();
    expect(words()).toContain("Screenshots and recordings can show it.");

    const hidden = async (half: string) => {
      const answer = await host.shownKey(half);
      return answer.ok ? ok({ ...answer.data, hiddenFromCaptures: true }) : answer;
    };
    cleanup();
    await shown({ shownKey: hidden });
    expect(words()).toContain("Hides itself after 30 seconds.");
    expect(words()).not.toContain("Screenshots");
  });

  it("asks for it sealed: no answer holds it in clear", async () => {
    const host = fakeHost();
    const { half } = await (await import("../src/sealed")).newSeal();

    const answer = await host.shownKey(half);

    expect(JSON.stringify(answer)).not.toContain(THE_KEY);
    expect(JSON.stringify(answer)).not.toContain(btoa(THE_KEY).slice(0, 12));
  });

  it("is copied by the keys that copy, as the program copies it, and by no other way", async () => {
    const user = userEvent.setup();
    const host = await shown();
    expect(words(maybe("key-copied"))).toBe("");

    await user.keyboard("{Control>}c{/Control}");
    await waitFor(() => expect(words(maybe("key-copied"))).toBe("Copied. Paste it where it is used."));
    await user.keyboard("{Meta>}c{/Meta}{Control>}{Insert}{/Control}");
    await waitFor(() => expect(host.count("copyShownKey")).toBe(3));

    for (const way of ["copy", "cut", "selectstart", "dragstart", "contextmenu"]) {
      const event = new Event(way, { bubbles: true, cancelable: true });
      (await see("key-text")).dispatchEvent(event);
      expect(event.defaultPrevented, way).toBe(true);
    }
  });

  it("says why it was not copied", async () => {
    const user = userEvent.setup();
    await shown({ copyShownKey: async () => fails("clipboardRefused") });

    await user.keyboard("{Control>}c{/Control}");

    expect(words(await see("key-not-copied"))).toContain("Nothing was copied.");
    expect(words(maybe("key-copied"))).toBe("");
  });

  it("says so in words where the keychain gave no key to copy", async () => {
    const user = userEvent.setup();
    await shown({ copyShownKey: async () => fails("keychainNotAllowed") });

    await user.keyboard("{Control>}c{/Control}");

    expect(words(await see("key-not-copied"))).toContain("eychain");
    expect(words(maybe("key-copied"))).toBe("");
  });

  it("goes by Hide and by Escape, and the key with it", async () => {
    const user = userEvent.setup();
    const host = await shown();

    await user.keyboard("{Escape}");
    await waitFor(() => expect(inPage()).toBe(false));
    await user.click(await see("hide-key"));

    expect(host.count("hideKey")).toBe(2);
  });

  it("goes by itself after 30 seconds, and not before", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
    const host = await shown();

    vi.advanceTimersByTime(28_000);
    expect(host.count("hideKey")).toBe(0);
    vi.advanceTimersByTime(2_500);

    await waitFor(() => expect(inPage()).toBe(false));
    expect(host.count("hideKey")).toBe(1);
  });

  it("goes when something else has the focus, and does not show a key that comes afterwards", async () => {
    let answer = () => {};
    const host = fakeHost();
    openWindow({
      shownKey: (half) => new Promise((done) => (answer = () => void host.shownKey(half).then(done))),
    });

    await fireEvent.blur(window);
    answer();
    await new Promise((soon) => setTimeout(soon));

    expect(inPage()).toBe(false);
  });

  it("says that the keychain is waited for, where the key does not come at once", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const host = openWindow({ shownKey: () => new Promise(() => {}) });

    await vi.advanceTimersByTimeAsync(2_100);

    expect(words(document.body)).toContain("We wait for the keychain.");

    // and its time begins once the key is shown
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.count("hideKey")).toBe(0);
  });

  it("says what happened where there is no key to show", async () => {
    openWindow({ shownKey: async () => fails("noSuchKey") });

    await waitFor(() => expect(words(document.body)).toContain("This key is not here any more."));
    expect(maybe("key-text")).toBeUndefined();
  });
});
