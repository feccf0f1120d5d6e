import { fireEvent, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { cell, openDesk, row } from "./desk-driving";
import { maybe, open, see, signedIn, words } from "./driving";
import { fails, failure } from "./fake-host";

const NOW = Math.floor(Date.now() / 1000);
const WATCHING = {
  marked: 2,
  looking: false,
  lookedAt: null,
  next: NOW + 60,
  failed: null,
  noNotices: false,
};

const mark = (row: HTMLElement) => row.querySelector<HTMLElement>('[data-test="watch-row"]');

describe("watching a channel", () => {
  it("is begun and ended from its row, and opens nothing", async () => {
    const { host, user } = openDesk(12);
    const button = mark(await row("c3CH"))!;
    expect(button.getAttribute("aria-pressed")).toBe("false");
    await waitFor(() => expect(host.count("readDesk")).toBe(1));
    const before = host.count("deskLines");

    await user.click(button);

    await waitFor(() => expect(mark(document.querySelector('[data-id="c3CH"]')!)?.ariaPressed).toBe("true"));
    expect(host.calls.get("setWatched")).toEqual([["c3CH", true]]);
    expect(maybe("desk-panel")).toBeUndefined();
    expect(host.count("deskLines"), "what the program tells is read once").toBe(before + 1);

    await user.click(mark(await row("c3CH"))!);
    await waitFor(() => expect(host.calls.get("setWatched")?.at(-1)).toEqual(["c3CH", false]));
  });

  it("is begun from the keyboard, at the row that the keyboard is at", async () => {
    const { host } = openDesk(12);
    (await row("c0CH")).focus();
    await fireEvent.keyDown(await row("c0CH"), { key: "ArrowDown" });
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.id).toBe("c1CH"));

    await fireEvent.keyDown(await row("c1CH"), { key: "w" });

    await waitFor(() => expect(host.calls.get("setWatched")).toEqual([["c1CH", true]]));
  });

  it("is begun and ended on the channel's own page, which says what it means", async () => {
    const { user } = openDesk(12);
    await user.click(cell(await row("c2CH"), "client")!);
    const button = await see("desk-watch");
    expect(words(button)).toBe("Watch this channel");

    await user.click(button);

    await waitFor(() => expect(words(maybe("desk-watch"))).toBe("Stop watching"));
    expect(words()).toContain("It is looked at every few minutes while this app is open.");
  });

  it("says that it lasts while the app is open, and when it was last looked at", async () => {
    openDesk(12, { view: { watching: { ...WATCHING, lookedAt: NOW - 130 }, readAt: NOW - 400 } });
    const said = words(await see("desk-watching"));
    expect(said).toContain("2 channels are watched while this app is open.");
    expect(said).toContain("Last looked at 2 min ago.");
  });

  it("counts no reading of the list as a look, which asks about permissions too, and says when it looks now", async () => {
    const { tell } = openDesk(12, { view: { watching: WATCHING, readAt: NOW - 310 } });
    expect(words(await see("desk-watching"))).not.toContain("Last looked at");

    tell({ watching: { ...WATCHING, looking: true } });

    await waitFor(() => expect(words(maybe("desk-watching"))).toContain("Looking at them now."));
  });

  it("says what broke the last look off, and that it goes on", async () => {
    const { tell } = openDesk(12, {
      view: { watching: { ...WATCHING, failed: failure("hubTooMany", { wait: 90 }) } },
    });
    expect(words(await see("watching-failed"))).toContain("It is tried again later");

    tell({ watching: { ...WATCHING, failed: failure("sessionEnded") } });

    await waitFor(() => expect(words(maybe("watching-failed"))).toContain("when you are signed in again"));

    tell({ watching: { ...WATCHING, failed: failure("wrongPartnerKey") } });

    await waitFor(() => expect(words(maybe("watching-failed"))).toContain("with a key that works"));
    expect(words(maybe("watching-failed"))).not.toContain("signed in");
  });

  it("says that this system takes no notifications, and nothing of it where it does", async () => {
    const { tell } = openDesk(12, { view: { watching: { ...WATCHING, noNotices: true } } });
    expect(words(await see("watching-no-notices"))).toContain("Changes are told on this page alone.");

    tell({ watching: WATCHING });

    await waitFor(() => expect(maybe("watching-no-notices")).toBeUndefined());
  });

  it("says in words that no more can be watched", async () => {
    const { user } = openDesk(12, { own: { setWatched: async () => fails("tooManyWatched") } });

    await user.click(mark(await row("c1CH"))!);

    expect(words(await see("failure"))).toContain("200 are watched already");
    expect(mark(await row("c1CH"))?.ariaPressed).toBe("false");
  });

  it("says nothing of watching where nothing is watched", async () => {
    openDesk(12);
    await row("c1CH");
    expect(maybe("desk-watching")).toBeUndefined();
  });

  it("is set to be more seldom, and to name channels in notifications, at the desk alone", async () => {
    const { host, user } = openDesk(12);
    await user.click(await see("profile"));
    await user.click(await see("menu-settings"));
    await user.selectOptions(await see("setting-watch"), "15 minutes");
    await waitFor(() => expect(host.calls.get("setSettings")?.at(-1)).toMatchObject([{ watchMinutes: 15 }]));
    await user.click(await see("setting-names"));
    await waitFor(() =>
      expect(host.calls.get("setSettings")?.at(-1)).toMatchObject([{ namesInNotices: true }]),
    );
  });

  it("is no setting for a client", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("profile"));
    await user.click(await see("menu-settings"));
    await see("setting-lock");
    expect(maybe("setting-watch")).toBeUndefined();
  });
});
