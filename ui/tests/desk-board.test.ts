import { fireEvent, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { COLUMNS } from "../src/desk-columns.svelte";
import { all, focusOn, maybe, onPage, see, words } from "./driving";
import { cell, cells, focusedRow, heldLines, ids, openDesk, row, rows, scrollTo } from "./desk-driving";
import { deskView, line, UNTOLD } from "./fake-desk";

const column = (name: string) =>
  all("column").find(({ dataset }) => dataset.column === name) ?? expect.unreachable(name);
const chip = (name: string) =>
  waitFor(() => all("saved").find(({ dataset }) => dataset.saved === name) ?? expect.unreachable(name));
const sortOf = (name: string) => column(name).closest('[role="columnheader"]')?.getAttribute("aria-sort");

describe("the board", () => {
  it("reads the list once when it opens, and says of each channel what is known", async () => {
    const { host } = openDesk(12);

    const first = await row("c0CH");

    expect(cells(first)).toEqual([
      "Client 00000",
      "+49 170 1000000",
      "Missing",
      "Connected and running",
      "Desk 0",
      "1,000",
      expect.stringMatching(/^\d+ s ago$/),
    ]);
    expect(cells(await row("c1CH"))[2]).toBe("Shared");
    expect(cells(await row("c2CH")).slice(2, 4)).toEqual(["Not checked yet", "Name under review"]);
    expect(words(await onPage("desk"))).toContain(
      "May make keys Where a client shared a number, this desk can make a key for it.",
    );
    await waitFor(() => expect(words(document.querySelector("h1")!)).toBe("Blue Anchor, support desk"));
    expect(host.count("readDesk")).toBe(1);
  });

  it("is never moved by the page while a person scrolls", async () => {
    openDesk(100_000);
    await row("c0CH");
    const moves = vi.spyOn(await see("desk-grid"), "scrollTo");

    for (const index of [3, 9, 500]) {
      await scrollTo(index);
      await row(`c${index}CH`);
    }

    expect(moves).not.toHaveBeenCalled();
  });

  it("says of a row whether it is chosen and whether it is open, and of each button which channel it means", async () => {
    const { user } = openDesk([line(0, { picked: true }), line(1)]);
    await user.click(await row("c1CH"));

    const said = async (id: string) => {
      const at = await row(id);
      return [at.getAttribute("aria-selected"), at.getAttribute("aria-current")];
    };
    await waitFor(async () => expect(await said("c1CH")).toEqual(["false", "true"]));
    expect(await said("c0CH")).toEqual(["true", null]);

    const names = all("watch-row").map((button) => button.getAttribute("aria-label"));
    expect(names).toEqual(["Watch Desk 0", "Watch Desk 1"]);
    const heads = [...document.querySelectorAll('[data-test="desk-row"] [role="rowheader"]')].map(words);
    expect(heads).toEqual(["+49 170 1000000", "+49 170 1000001"]);
  });

  it("marks a channel that somebody noted something on, and no other", async () => {
    openDesk([line(0, { noted: true }), line(1)]);

    const mark = (await row("c0CH")).querySelector('[data-test="noted"]');
    expect(mark?.getAttribute("aria-label")).toBe("Has notes");
    expect((await row("c1CH")).querySelector('[data-test="noted"]')).toBeNull();
  });

  it("never shows a permission that was not told as Missing, nor anything else that was not said", async () => {
    const untold = [line(0, UNTOLD), line(1, { ...UNTOLD, clientId: "k1CL" })];
    const { user } = openDesk(untold);
    await user.click(await row("c0CH"));
    await see("desk-verdict");

    const said = words(await row("c0CH")) + words(await see("desk-panel"));

    expect(said).not.toMatch(/Missing|Shared|Connected|Not running|null|undefined/);
    expect(all("permission").map(words)).toEqual(["Not checked yet", "Not checked yet", "Not checked yet"]);
  });

  it("has at most 60 rows in the page with 100,000 channels, wherever it is scrolled to", async () => {
    openDesk(100_000);
    await row("c0CH");
    expect((await see("desk-grid")).getAttribute("aria-rowcount")).toBe("100001");

    for (const index of [0, 17, 500, 50_000, 99_990]) {
      await scrollTo(index);
      const found = await row(`c${index}CH`);
      expect(found.getAttribute("aria-rowindex")).toBe(String(index + 2));
      expect(rows().length).toBeLessThanOrEqual(60);
      expect(rows().length).toBeGreaterThan(8);
    }
  });

  it("fetches nothing anew while what is in view was fetched", async () => {
    const { host } = openDesk(10_000);
    await row("c0CH");
    await waitFor(() => expect(host.count("readDesk")).toBe(1));
    const before = host.count("deskLines");

    for (const index of [5, 11, 30, 40]) await scrollTo(index);
    await row("c40CH");
    expect(host.count("deskLines")).toBe(before);

    await scrollTo(400);
    await row("c400CH");
    expect(host.count("deskLines")).toBe(before + 1);
    expect(host.calls.get("deskLines")?.at(-1)?.slice(1)).toEqual([expect.any(Number), 60]);
  });

  it("is sorted by a click and by the keyboard, up, down, and then as it was", async () => {
    const { user, host } = openDesk(120);
    await row("c0CH");
    const asked = () => (host.calls.get("deskLines")?.at(-1)?.[0] as { sort: unknown }).sort;

    await user.click(column("number"));
    expect(sortOf("number")).toBe("ascending");
    expect(asked()).toEqual({ by: "number", descending: false });

    column("number").focus();
    await user.keyboard("{Enter}");
    expect(sortOf("number")).toBe("descending");
    await row("c119CH");

    await user.keyboard("{Enter}");
    expect(sortOf("number")).toBe("none");
    expect(asked()).toBeNull();
    await row("c0CH");
  });

  it("begins at the top when it is sorted or filtered anew", async () => {
    const { user } = openDesk(5_000);
    await row("c0CH");
    await scrollTo(2_000);
    await row("c2000CH");

    await user.click(column("number"));

    await row("c0CH");
    expect((await see("desk-grid")).scrollTop).toBe(0);
  });

  it("has columns that are chosen, wider and narrower, and stay so behind another page", async () => {
    const { user } = openDesk(12);
    const first = await row("c0CH");
    expect(cell(first, "quality")).toBeNull();

    await user.click(await see("columns"));
    const tick = (name: string) =>
      all("column-shown").find(({ dataset }) => dataset.column === name) ?? expect.unreachable(name);
    await user.click(tick("quality"));
    await user.click(tick("limit"));
    expect(all("column-shown").map(({ dataset }) => dataset.column)).not.toContain("number");
    await user.keyboard("{Escape}");
    expect(maybe("columns-menu")).toBeUndefined();

    column("client").focus();
    await user.keyboard("{Shift>}{ArrowRight}{ArrowRight}{/Shift}");
    const edge = all("column-edge").find(({ dataset }) => dataset.column === "number");
    await fireEvent.pointerDown(edge!, { clientX: 300 });
    await fireEvent.pointerMove(edge!, { clientX: 250 });
    await fireEvent.pointerUp(edge!);
    const widths = () => maybe("desk-grid")?.style.getPropertyValue("--columns").split(" ").slice(0, 3);
    const usual = (at: number) => COLUMNS[at]?.width ?? expect.unreachable();
    const changed = [usual(0) + 32, usual(1) - 50, usual(2)].map((width) => `${width}px`);
    expect(widths()).toEqual(changed);

    await user.click(await see("profile"));
    await user.click(await see("menu-settings"));
    await onPage("settings");
    await user.click(await see("settings-back"));

    const again = await row("c0CH");
    expect(words(cell(again, "quality")!)).toBe("High");
    expect(cell(again, "limit")).toBeNull();
    expect(widths()).toEqual(changed);
  });

  it("has saved filters with counts that live", async () => {
    const { user, host, tell, lines } = openDesk(120);
    expect(words(await chip("all"))).toBe("All 120");
    expect((await chip("all")).getAttribute("aria-pressed")).toBe("true");
    expect(words(await chip("notChecked"))).toBe("Not checked 40");

    await user.click(await chip("notChecked"));
    await waitFor(() => expect(ids()[0]).toBe("c2CH"));
    expect((await chip("notChecked")).getAttribute("aria-pressed")).toBe("true");
    expect((await chip("all")).getAttribute("aria-pressed")).toBe("false");
    expect(words(await see("desk-found"))).toBe("40 of 120 channels fit");

    lines[2] = { ...lines[2]!, permission: "shared" };
    tell();
    await waitFor(async () => expect(words(await chip("notChecked"))).toBe("Not checked 39"));
    expect(host.count("readDesk")).toBe(1);
  });
});

describe("lines that come late", () => {
  const one = (at: number) => ({ total: 1, from: 0, lines: [line(at)] });

  it("are dropped where something else is looked for by now, and until then the last ones stay", async () => {
    const held = heldLines();
    const { user } = openDesk(12, { own: { deskLines: held.deskLines } });
    const first = await held.next(1);
    const second = waitFor(() => expect(held.asked.length).toBeGreaterThan(0));
    await second;
    first.answer(one(1));
    await row("c1CH");
    // What the desk told when it opened asks once more.
    (await held.next(2)).answer(one(1));

    await user.type(await see("desk-search"), "ab");
    const [a, ab] = [await held.next(3), await held.next(4)];
    expect([a.look.search, ab.look.search]).toEqual(["a", "ab"]);
    expect(ids()).toEqual(["c1CH"]);

    ab.answer(one(7));
    await row("c7CH");
    a.answer(one(3));
    await user.keyboard("{Shift}");

    expect(ids()).toEqual(["c7CH"]);
  });

  it("are asked for once, however often the desk says meanwhile that something changed", async () => {
    const held = heldLines();
    const { host, tell } = openDesk(12, { own: { deskLines: held.deskLines } });
    (await held.next(1)).answer(one(1));
    (await held.next(2)).answer(one(1));
    await row("c1CH");
    await waitFor(() => expect(host.count("readDesk")).toBe(1));

    for (const came of [1, 2, 3, 4, 5]) tell({ reading: { came, total: 12 } });
    const third = await held.next(3);
    expect(held.asked).toHaveLength(3);
    third.answer(one(2));
    (await held.next(4)).answer(one(4));
    await row("c4CH");

    expect(held.asked).toHaveLength(4);
  });

  it("are not asked for where the desk waits and no line has changed", async () => {
    const { host, tell } = openDesk(12);
    await row("c0CH");
    await waitFor(() => expect(host.count("readDesk")).toBe(1));
    const { checking, version } = deskView([]);
    tell({ version });
    await waitFor(() => expect(host.count("deskLines")).toBe(3));

    tell({ version, checking: { ...checking, waitsUntil: Math.floor(Date.now() / 1000) + 600 } });

    await waitFor(async () => expect(words(await see("desk-standing"))).toContain("asks to wait until"));
    expect(host.count("deskLines")).toBe(3);
  });
});

describe("the keyboard", () => {
  it("goes by row, by page and to both ends, with the row in view and few in the page", async () => {
    const { user } = openDesk(100_000);
    (await row("c0CH")).focus();

    await user.keyboard("{ArrowDown}{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toBe("c2CH"));
    await user.keyboard("{ArrowUp}");
    await waitFor(() => expect(focusedRow()).toBe("c1CH"));
    await user.keyboard("{PageDown}");
    const paged = Number(document.activeElement?.getAttribute("aria-rowindex"));
    expect(paged).toBeGreaterThan(10);
    await user.keyboard("{PageUp}");
    await waitFor(() => expect(focusedRow()).toBe("c1CH"));
    await user.keyboard("{End}");
    await waitFor(() => expect(focusedRow()).toBe("c99999CH"));
    expect(rows().length).toBeLessThanOrEqual(60);
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toBe("c99999CH"));
    await user.keyboard("{Home}");
    await waitFor(() => expect(focusedRow()).toBe("c0CH"));
    await user.keyboard("{ArrowUp}");
    await focusOn("desk-search");
  });

  it("alone finds a channel, opens it, closes it, and is where it was", async () => {
    const { user } = openDesk(3_000);
    await row("c0CH");

    await user.keyboard("{Control>}k{/Control}");
    await focusOn("desk-search");
    await user.keyboard("100271");
    await waitFor(() => expect(ids()[0]).toBe("c2710CH"));
    await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await onPage("desk-channel");
    expect(words(await see("desk-panel"))).toContain("Desk 2711");
    await waitFor(() => expect(focusedRow()).toBe("c2711CH"));
    expect((await row("c2711CH")).getAttribute("aria-current")).toBe("true");

    await user.keyboard("{Meta>}k{/Meta}{Escape}");
    expect((await see("desk-search")) as HTMLInputElement).toHaveProperty("value", "");
    await row("c0CH");
    await user.tab();
    await focusOn("columns");
  });

  it("reaches the names of the columns, moves among them, and goes down into the rows", async () => {
    const { user } = openDesk(12);
    await row("c0CH");
    column("client").focus();

    await user.keyboard("{ArrowRight}{ArrowRight}{ArrowLeft}");
    expect((document.activeElement as HTMLElement).dataset.column).toBe("number");
    expect(all("column").filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    await user.keyboard("{ArrowDown}");

    await waitFor(() => expect(focusedRow()).toBe("c0CH"));
    expect(rows().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });

  it("stays at its channel while lines move, and at its row while it is scrolled out of view", async () => {
    const { tell, lines, user } = openDesk(3_000);
    (await row("c4CH")).focus();

    lines.unshift(line(5_000), line(5_001));
    // As a Hub of which the list has grown.
    tell();
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.index).toBe("6"));
    await waitFor(() => expect(focusedRow()).toBe("c4CH"));

    await scrollTo(1_500);
    await row("c1498CH");
    expect((document.activeElement as HTMLElement).dataset.index).toBe("6");
    await waitFor(() => expect(focusedRow()).toBe("c4CH"));
    expect(rows().length).toBeLessThanOrEqual(60);
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toBe("c5CH"));
  });
});

describe("where nothing fits", () => {
  it("says so, and shows all again", async () => {
    const { user } = openDesk(12);
    await row("c0CH");
    await user.click(await chip("notChecked"));
    await user.type(await see("desk-search"), "no such");
    expect(words(await see("desk-none"))).toContain("No channel fits.");
    expect(words(await see("desk-found"))).toBe("No channel fits");

    await user.click(await see("desk-show-all"));

    await row("c0CH");
    await focusOn("desk-search");
    expect((await chip("all")).getAttribute("aria-pressed")).toBe("true");
  });

  it("claims no missing channels while the list is being read", async () => {
    openDesk([], { view: { reading: { came: 0, total: null }, readAt: null } });

    await waitFor(async () =>
      expect(words(await see("desk-standing"))).toContain("Reading channels: 0 so far"),
    );
    expect(words(await see("desk-none"))).toBe("There is no channel here yet.");
  });
});
