import { cleanup, waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Host } from "../src/host";
import { all, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { fails, ok, SETTINGS } from "./fake-host";

afterEach(() => vi.useRealTimers());

const KEY = { kind: "key", id: "key-1" } as const;

async function copied(left: number | null) {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  const opened = open({}, signedIn);
  await onPage("channels");
  opened.host.clipboard({ ...KEY, left });
  await waitFor(async () => expect((await see("on-clipboard")).dataset.state).toBe("key"));
  return opened;
}

describe("a copied key", () => {
  it("counts down wherever one goes", async () => {
    const { user } = await copied(60);
    expect(words(await see("on-clipboard"))).toContain(
      "Copied. Cleared from the clipboard in 60 s. Clear now",
    );

    vi.advanceTimersByTime(8000);
    await waitFor(async () =>
      expect(words(await see("on-clipboard"))).toContain("Cleared from the clipboard in 52 s."),
    );

    await user.click(await see("nav-help"));
    await onPage("help");
    expect(words(await see("on-clipboard"))).toContain("Cleared from the clipboard in");
  });

  it("says minutes where it stays for minutes", async () => {
    await copied(300);
    expect(words(await see("on-clipboard"))).toContain("Cleared from the clipboard in 5 min.");
  });

  it("is cleared at once where the person says so", async () => {
    const { user, host } = await copied(60);

    await user.click(await see("clear-clipboard"));

    await waitFor(async () =>
      expect(words(await see("on-clipboard"))).toContain("The key is cleared from the clipboard."),
    );
    expect(host.calls.get("clearClipboard")).toEqual([[false]]);
    await user.click(await see("clipboard-put-away"));
    expect((await see("on-clipboard")).dataset.state).toBe("nothing");
  });

  it("is told where the page begins over it, as after its web process died", async () => {
    open({}, { ...signedIn, clipboard: { ...KEY, left: 60 } });
    await onPage("channels");

    expect(words(await see("on-clipboard"))).toContain("Clear now");
  });

  it("that lies nowhere else has words and no countdown", async () => {
    await copied(null);

    expect(words(await see("on-clipboard"))).toContain("stored nowhere else, so it is not cleared");
    expect(words(await see("on-clipboard"))).not.toMatch(/\d s/);
    expect(maybe("clear-clipboard")).toBeUndefined();
  });

  it("of which nobody can tell whether it is still there is cleared only by the person's word", async () => {
    const { user, host } = await copied(60);
    host.clipboard({ kind: "cantTell" });
    await waitFor(async () =>
      expect(words(await see("on-clipboard"))).toContain("may still be on the clipboard"),
    );
    expect(host.count("clearClipboard")).toBe(0);

    await user.click(await see("clear-clipboard"));

    expect(host.calls.get("clearClipboard")).toEqual([[true]]);
  });

  it("is not called copied any more once it is cleared", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await user.click(await see("make-key"));
    await user.click(await see("replace-key"));
    await user.click(await see("copy-key"));
    expect(words(await see("copied"))).toContain("Keep this window open until you have pasted it.");

    host.clipboard({ kind: "cleared" });

    await waitFor(() => expect(maybe("copied")).toBeUndefined());
  });

  it("says that it goes with the program", async () => {
    const { host } = await copied(null);

    host.clipboard({ kind: "goesWithProgram" });

    await waitFor(async () =>
      expect(words(await see("on-clipboard"))).toContain("The key on the clipboard goes with this program."),
    );
  });
});

describe("a text that is copied", () => {
  const keeping: Partial<Host> = {
    copyText: async (_, anyway) => (anyway ? ok(null) : fails("keyOnClipboard")),
  };

  /** On a number's page, with a key on the clipboard that is stored nowhere else. */
  async function overTheOnlyCopy() {
    const opened = open(keeping, signedIn);
    await opened.user.click(await numberRow("Restaurant"));
    await see("details");
    opened.host.clipboard({ ...KEY, left: null });
    await opened.user.click(all("copy-id")[0] as HTMLElement);
    expect(words(await see("copy-over-key"))).toContain(
      "Nothing was copied: the clipboard holds an API key.",
    );
    return opened;
  }

  it("does not take the place of the only copy of a key unless the person says so", async () => {
    const { user, host } = await overTheOnlyCopy();

    await user.click(await see("copy-anyway"));

    await waitFor(() => expect(words()).toContain("Copied: "));
    expect(maybe("copy-over-key")).toBeUndefined();
    expect(host.calls.get("copyText")?.map(([, anyway]) => anyway)).toEqual([false, true]);
  });

  it("asks no longer once that key is stored, or gone from the clipboard", async () => {
    for (const now of [{ ...KEY, left: 60 }, { kind: "nothing" }] as const) {
      const { host } = await overTheOnlyCopy();

      host.clipboard(now);

      await waitFor(() => expect(maybe("copy-over-key")).toBeUndefined());
      cleanup();
    }
  });
});

describe("the settings", () => {
  async function settings(own: Parameters<typeof open>[0] = {}, app = signedIn) {
    const opened = open(own, app);
    await opened.user.click(await see("profile"));
    await opened.user.click(await see("menu-settings"));
    await onPage("settings");
    return opened;
  }

  it("are a minute and a quarter of an hour, and are changed one by one", async () => {
    const { user, host } = await settings();
    expect(((await see("setting-clipboard")) as HTMLSelectElement).value).toBe("60");
    expect(((await see("setting-lock")) as HTMLSelectElement).value).toBe("15");

    await user.selectOptions(await see("setting-clipboard"), "2 minutes");

    await waitFor(async () => expect(words(await see("settings-saved"))).toBe("Saved."));
    expect(host.calls.get("setSettings")).toEqual([
      [expect.objectContaining({ clipboardSeconds: 120, lockMinutes: 15, hideFromCaptures: true })],
    ]);
  });

  it("keep for ninety days what the support desk saw, or for as long as is chosen", async () => {
    const { user, host } = await settings();
    const seen = (await see("setting-seen")) as HTMLSelectElement;
    expect(words(seen)).toBe("30 days90 days365 days");
    expect(seen.value).toBe("90");

    await user.selectOptions(seen, "365 days");

    await waitFor(async () => expect(words(await see("settings-saved"))).toBe("Saved."));
    expect(host.calls.get("setSettings")).toMatchObject([[{ seenDays: 365 }]]);
  });

  it("that can't be written say so", async () => {
    const { user } = await settings({ setSettings: async () => fails("recordsOut") });

    await user.selectOptions(await see("setting-lock"), "5 minutes");

    await see("failure");
    expect(await see("setting-lock")).toHaveProperty("value", "15");
    expect(words(await see("settings-saved"))).toBe("");
  });

  const hiding = { ...signedIn, canHideFromCaptures: true };
  const captures = async () => (await see("setting-captures")) as HTMLInputElement;

  it("keep a shown key out of screenshots where the system can, until that is switched off", async () => {
    const { user, host } = await settings({}, hiding);
    expect((await captures()).checked).toBe(true);
    expect(words()).toContain("Not every program heeds that, so look who sees your screen.");
    expect(maybe("no-setting-captures")).toBeUndefined();

    await user.click(await captures());

    await waitFor(async () => expect(words(await see("settings-saved"))).toBe("Saved."));
    expect((await captures()).checked).toBe(false);
    expect(host.calls.get("setSettings")).toEqual([[{ ...SETTINGS, hideFromCaptures: false }]]);
  });

  it("show that a key is still kept out of screenshots where that could not be changed", async () => {
    const { user } = await settings({ setSettings: async () => fails("recordsOut") }, hiding);

    await user.click(await captures());

    await see("failure");
    expect((await captures()).checked).toBe(true);
  });

  it("have no such switch where the system has nothing of the kind, and say so", async () => {
    await settings();

    expect(words(await see("no-setting-captures"))).toContain(
      "Screenshots and recordings can show a key while you look at it",
    );
    expect(maybe("setting-captures")).toBeUndefined();
  });

  it("lead back by Escape", async () => {
    const { user } = await settings({
      settings: async () => ok({ ...SETTINGS, clipboardSeconds: 30, lockMinutes: 60 }),
    });
    await see("setting-lock");

    await user.keyboard("{Escape}");

    await onPage("channels");
  });
});
