import { waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { COLUMNS, DeskColumns } from "../src/desk-columns.svelte";
import type { ChangeView, ChangesView, ColumnsView, Host, NoteView } from "../src/host";
import { all, focusOn, maybe, see, words } from "./driving";
import { cell, openDesk, row } from "./desk-driving";
import { noteCalls } from "./fake-desk";
import { failure, fails, ok } from "./fake-host";

const NOW = Math.floor(Date.now() / 1000);

const change = (id: number, facts: Partial<ChangeView> = {}): ChangeView => ({
  id,
  what: "permission",
  before: "missing",
  now: "shared",
  toldBefore: at(2024, 10, 7, 10, 2),
  toldNow: at(2024, 10, 7, 10, 20),
  here: false,
  ...facts,
});

/** A time where the person is. */
function at(year: number, month: number, day: number, hour: number, minute: number): number {
  return new Date(year, month - 1, day, hour, minute).getTime() / 1000;
}

const note = (id: number, facts: Partial<NoteView> = {}): NoteView => ({
  id,
  text: "Asked for the permission by phone",
  ticket: "TCK-4711",
  at: at(2024, 10, 7, 10, 2),
  changedAt: null,
  by: "jo@blue-anchor.example",
  ...facts,
});

async function openChannel(own: Partial<Host> = {}) {
  const opened = openDesk(3, { own });
  await opened.user.click(await row("c0CH"));
  await see("desk-panel");
  return opened;
}

const withChanges = (...changes: ChangeView[]) =>
  openChannel({ deskChanges: async () => ok({ changes, more: false }) });

const shown = () => all("desk-change").map(words);

describe("what changed at a channel", () => {
  it("is told in words, with the two times between which it did, and who did it", async () => {
    const yesterday = at(2024, 10, 6, 10, 2);
    const { user } = await withChanges(
      change(9),
      change(8, { toldBefore: yesterday }),
      change(7.5, { toldBefore: at(2024, 10, 7, 10, 20), toldNow: at(2024, 10, 7, 10, 20) + 40 }),
      change(7, { what: "keys", before: "11 20", now: "77", here: true }),
      change(6, { what: "keys", before: "77", now: "" }),
      change(5, { what: "status", before: "ready", now: "certificate_declined" }),
      change(4, { what: "hubStatus", before: "live", now: "awaiting_moonrise" }),
      change(3, { what: "running", before: "running", now: "not_running" }),
      change(2, { what: "listed", before: "listed", now: "not_listed" }),
      change(1, { what: "limit", before: "TIER_1K", now: "TIER_UNLIMITED" }),
      change(0, { what: "name", before: "shared", now: "<b>Spa</b>" }),
    );

    await waitFor(() => expect(shown()).toHaveLength(5));
    expect(shown()[0]).toBe(
      "Partner permission: Missing to Shared Between 7 Oct 2024, 10:02 and 10:20, outside this app.",
    );
    expect(shown()[1]).toContain("Between 6 Oct 2024, 10:02 and 7 Oct 2024, 10:20, outside this app.");
    expect(shown()[2]).toContain("At 7 Oct 2024, 10:20, outside this app.");
    expect(shown()[3]).toBe(
      "API keys, by their id: 11, 20 to 77 Between 7 Oct 2024, 10:02 and 10:20, by this app.",
    );
    expect(shown()[4]).toContain("API keys, by their id: 77 to none");

    await user.click(await see("desk-changes-more"));
    await waitFor(() => expect(shown()).toHaveLength(11));
    const whats = shown()
      .slice(5)
      .map((text) => text.split(" Between")[0]);
    expect(whats).toEqual([
      "Set-up: Ready to Name declined",
      "At 360dialog: Live to “awaiting_moonrise”",
      "Operation: running to not running",
      "In 360dialog's list: listed to not listed",
      "People it can write to in 24 hours: 1,000 to No limit",
      "Name: shared to <b>Spa</b>",
    ]);
  });

  it("is shown a few at a time, and what is older on demand, with the focus on its first", async () => {
    const first = Array.from({ length: 50 }, (_, at) => change(100 - at));
    const rest = [change(50), change(49, { what: "name", before: "shared", now: "<b>Spa</b>" })];
    const asked: (number | null)[] = [];
    const { user } = await openChannel({
      deskChanges: async (_, before): Promise<{ ok: true; data: ChangesView }> => {
        asked.push(before);
        return before === null
          ? { ok: true, data: { changes: first, more: true } }
          : { ok: true, data: { changes: rest, more: false } };
      },
    });
    await waitFor(() => expect(shown()).toHaveLength(5));

    for (const amount of [25, 45, 52]) {
      const before = shown().length;
      await user.click(await see("desk-changes-more"));
      await waitFor(() => expect(shown()).toHaveLength(amount));
      await waitFor(() =>
        expect(all("desk-change").indexOf(document.activeElement as HTMLElement)).toBe(before),
      );
    }

    expect(asked).toEqual([null, 51]);
    expect(shown().at(-1)).toContain("Name: shared to <b>Spa</b>");
    expect(maybe("desk-changes-more")).toBeUndefined();
  });

  it("says so where nothing did", async () => {
    await withChanges();

    expect(words(await see("desk-no-changes"))).toBe(
      "Nothing changed since this computer first saw this channel.",
    );
    expect(all("desk-change")).toEqual([]);
  });

  it("says so where it can't be read, and is read again on demand", async () => {
    let works = false;
    const { user } = await openChannel({
      deskChanges: async () => (works ? ok({ changes: [change(1)], more: false }) : fails("recordsOut")),
    });
    expect(words(await see("desk-panel"))).toContain("What changed can't be shown right now.");
    expect(maybe("desk-no-changes")).toBeUndefined();

    works = true;
    await user.click(await see("retry"));

    await waitFor(() => expect(shown()).toHaveLength(1));
  });

  it("is read anew when 360dialog was asked anew", async () => {
    const changes: ChangeView[] = [];
    const { lines, tell } = await openChannel({
      deskChanges: async () => ok({ changes: [...changes], more: false }),
    });
    await see("desk-no-changes");

    changes.push(change(1));
    lines[0] = { ...lines[0]!, permission: "shared", checkedAt: NOW };
    tell();

    await waitFor(() => expect(shown()).toHaveLength(1));
  });
});

describe("notes on a channel", () => {
  it("are added with a ticket's number, from the keyboard alone", async () => {
    const { user, host } = await openChannel();
    expect(words(await see("desk-panel"))).toContain("360dialog and the client never see them.");

    (await see("write-note")).focus();
    await user.keyboard("{Enter}");
    await focusOn("add-note-text");
    await user.keyboard("Asked by phone{Enter}twice");
    await user.tab();
    await user.keyboard("TCK-4711{Control>}{Enter}{/Control}");

    expect(words(await see("note-text"))).toBe("Asked by phone twice");
    expect(words(await see("note-ticket"))).toBe("TCK-4711");
    expect(words(await see("note-said"))).toBe("The note is saved.");
    expect(host.calls.get("addDeskNote")).toEqual([["c0CH", "Asked by phone\ntwice", "TCK-4711"]]);
    await focusOn("write-note");
  });

  it("say when and by whom they were written, and show odd characters as they are", async () => {
    await openChannel(
      noteCalls([
        note(2, { text: "<b>“é” 👩‍🔧</b>\n';--", ticket: null, changedAt: at(2024, 10, 8, 9, 0) }),
        note(1, { by: null }),
      ]),
    );
    await waitFor(() => expect(all("desk-note")).toHaveLength(2));
    const [odd, byKey] = all("desk-note").map(words);
    expect(odd).toContain("<b>“é” 👩‍🔧</b> ';--");
    expect(odd).toContain("jo@blue-anchor.example, 7 Oct 2024, 10:02, changed 8 Oct 2024, 09:00");
    expect(byKey).toContain("Written at the desk of the API key, 7 Oct 2024, 10:02");
  });

  it("are changed in place, and Escape keeps them as they were and the panel open", async () => {
    const { user, host } = await openChannel(noteCalls([note(7)]));

    await user.click(await see("edit-note"));
    await focusOn("change-note-text");
    await user.keyboard(" twice{Escape}");
    await focusOn("edit-note");
    await see("desk-panel");
    expect(words(await see("note-text"))).toBe("Asked for the permission by phone");

    await user.click(await see("edit-note"));
    await focusOn("change-note-text");
    await user.keyboard("{Control>}a{/Control}Given");
    await user.click(await see("change-note-save"));

    await waitFor(async () => expect(words(await see("note-text"))).toContain("Given"));
    expect(host.calls.get("changeDeskNote")?.[0]?.[1]).toBe(7);
    await focusOn("edit-note");
  });

  it("are removed after a second word alone, and the safe one has the focus", async () => {
    const { user, host } = await openChannel(noteCalls([note(7)]));

    await user.click(await see("remove-note"));
    await focusOn("keep-note");
    await user.keyboard("{Escape}");
    await focusOn("remove-note");
    await user.click(await see("remove-note"));
    await user.click(await see("keep-note"));
    expect(host.count("removeDeskNote")).toBe(0);

    await user.click(await see("remove-note"));
    await user.click(await see("remove-note-confirm"));

    await waitFor(() => expect(all("desk-note")).toEqual([]));
    expect(words(await see("note-said"))).toBe("The note is removed.");
    expect(host.calls.get("removeDeskNote")).toEqual([["c0CH", 7]]);
  });

  it("that are begun go again with Escape, and the panel stays", async () => {
    const { user, host } = await openChannel();
    await user.click(await see("write-note"));
    await focusOn("add-note-text");
    await user.keyboard("Never mind{Escape}");

    await focusOn("write-note");
    await user.keyboard("{Enter}");
    expect(((await see("add-note-text")) as HTMLTextAreaElement).value).toBe("");
    expect(host.count("addDeskNote")).toBe(0);
  });

  it("that are empty are not saved, and one that grows long says how much is left", async () => {
    const { user, host } = await openChannel();
    await user.click(await see("write-note"));
    const area = (await see("add-note-text")) as HTMLTextAreaElement;

    await user.click(await see("add-note-save"));
    expect(words(await see("add-note"))).toContain("A few words or a ticket's number are enough.");
    expect(host.count("addDeskNote")).toBe(0);

    area.focus();
    await user.paste("x".repeat(2_100));
    expect(area.value).toHaveLength(2_000);
    expect(words(await see("add-note"))).toContain("0 characters left.");
  });

  it("that can't be written say so and lose nothing, also when another channel is opened in between", async () => {
    let works = false;
    const notes = noteCalls();
    const { user } = await openChannel({
      ...notes,
      addDeskNote: async (...args) => (works ? notes.addDeskNote(...args) : fails("recordsOut")),
    });
    const area = async () => (await see("add-note-text")) as HTMLTextAreaElement;
    await user.click(await see("write-note"));
    await user.type(await area(), "Waits for Meta");
    await user.click(await see("add-note-save"));
    expect(words(await see("failure"))).toContain("The program's own records can't be used.");
    expect((await area()).value).toBe("Waits for Meta");

    await user.click(await row("c1CH"));
    await see("write-note");
    expect(maybe("add-note-text")).toBeUndefined();
    await user.click(await row("c0CH"));
    await waitFor(async () => expect((await area()).value).toBe("Waits for Meta"));

    works = true;
    await user.click(await see("add-note-save"));
    await waitFor(async () => expect(words(await see("note-text"))).toBe("Waits for Meta"));
  });
});

describe("the board's columns", () => {
  const left: ColumnsView = {
    columns: [
      { word: "quality", shown: true, width: 140 },
      { word: "limit", shown: false, width: 82 },
      { word: "number", shown: false, width: 9_999 },
    ],
    sort: { by: "number", descending: true },
  };

  it("are as they were left, with their order, and the number always", async () => {
    const { host } = openDesk(3, { own: { deskColumns: async () => ok(left) } });

    const first = await row("c2CH");
    expect(words(cell(first, "quality")!)).toBe("High");
    expect(cell(first, "limit")).toBeNull();
    expect(cell(first, "number")).not.toBeNull();
    expect(maybe("desk-grid")?.style.getPropertyValue("--columns")).toContain("600px");
    expect(host.calls.get("deskLines")?.[0]?.[0]).toMatchObject({ sort: left.sort });
  });

  it("are remembered as they are left", async () => {
    const { user, host } = openDesk(3);
    await row("c0CH");
    const column = all("column").find(({ dataset }) => dataset.column === "client")!;

    column.focus();
    await user.keyboard("{Shift>}{ArrowRight}{ArrowRight}{/Shift}");
    await user.click(column);

    const written = () => host.calls.get("setDeskColumns")?.at(-1)?.[0] as ColumnsView | undefined;
    await waitFor(() => expect(written()?.sort).toEqual({ by: "client", descending: false }));
    expect(written()?.columns).toHaveLength(COLUMNS.length);
    expect(written()?.columns[0]).toEqual({ word: "client", shown: true, width: COLUMNS[0]!.width + 32 });
  });

  it("are remembered once, when a pull has come to rest", () => {
    vi.useFakeTimers();
    const remembered: ColumnsView[] = [];
    const columns = new DeskColumns((left) => remembered.push(left));
    for (let width = 100; width < 200; width++) {
      columns.resize("client", width);
      vi.advanceTimersByTime(16);
    }
    expect(remembered).toEqual([]);

    vi.runAllTimers();
    vi.useRealTimers();

    expect(remembered.map(({ columns }) => columns[0]?.width)).toEqual([199]);
  });

  it("are as usual where what was remembered can't be read", async () => {
    openDesk(3, { own: { deskColumns: async () => fails("recordsOut") } });

    const first = await row("c0CH");
    expect(cell(first, "limit")).not.toBeNull();
    expect(cell(first, "quality")).toBeNull();
    expect(maybe("failure")).toBeUndefined();
  });
});

it("a desk that can't remember says so and goes on", async () => {
  openDesk(3, { view: { forgets: failure("recordsOut") } });

  await row("c0CH");
  expect(words(await see("failure"))).toContain("What changes here is not remembered for now.");
});
