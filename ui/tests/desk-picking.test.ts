import { fireEvent, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { all, maybe, see, words } from "./driving";
import { focusedRow, ids, openDesk, row, rows, scrollTo } from "./desk-driving";
import { bulkView, line, practiceDesk } from "./fake-desk";
import { fails, failure, ok } from "./fake-host";

const box = async (id: string) => (await row(id)).querySelector<HTMLInputElement>('[data-test="pick"]')!;
const ticked = () => rows().filter((row) => row.querySelector<HTMLInputElement>("input")?.checked);
const tickedIds = () => ticked().map(({ dataset }) => dataset.id);
const count = async () => words(await see("picked-count"));

describe("choosing channels", () => {
  it("is done with the mouse, one by one and from one to another, and opens none", async () => {
    const { user } = openDesk(120);

    await user.click(await box("c1CH"));
    await waitFor(async () => expect((await box("c1CH")).checked).toBe(true));
    await user.keyboard("{Shift>}");
    await user.click(await row("c4CH"));
    await user.keyboard("{/Shift}");

    await waitFor(() => expect(tickedIds()).toEqual(["c1CH", "c2CH", "c3CH", "c4CH"]));
    expect(await count()).toBe("4 channels chosen");
    expect(maybe("desk-panel")).toBeUndefined();

    await user.click(await box("c2CH"));
    await waitFor(() => expect(tickedIds()).toEqual(["c1CH", "c3CH", "c4CH"]));
  });

  it("is done with the keyboard: Space, Shift with the arrows, and Control with A", async () => {
    const { user } = openDesk(120);
    (await row("c0CH")).focus();

    await user.keyboard(" ");
    await waitFor(() => expect(tickedIds()).toEqual(["c0CH"]));
    await user.keyboard("{ArrowDown}{ArrowDown}");
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    await waitFor(() => expect(tickedIds()).toEqual(["c0CH", "c2CH", "c3CH"]));
    await waitFor(() => expect(focusedRow()).toBe("c3CH"));

    await user.keyboard("{Control>}a{/Control}");
    await waitFor(async () => expect(await count()).toBe("120 channels chosen"));
    expect(maybe("desk-panel")).toBeUndefined();
  });

  it("means all that a filter shows, beyond the rows in the page, and keeps what it does not show", async () => {
    const { user } = openDesk(3_000);
    await user.click(await box("c0CH"));
    await waitFor(() => expect(tickedIds()).toEqual(["c0CH"]));
    await user.click(all("saved").find(({ dataset }) => dataset.saved === "notChecked")!);
    await row("c2CH");
    await waitFor(async () => expect(await count()).toBe("One channel chosen, 0 of it shown here"));

    await user.click(await see("pick-shown"));

    await waitFor(async () => expect(await count()).toBe("1,001 channels chosen, 1,000 of them shown here"));
    expect(rows().length).toBeLessThanOrEqual(60);
    await scrollTo(700);
    await waitFor(() => expect(ticked().length).toBe(rows().length));

    await user.click(await see("pick-none"));
    await waitFor(() => expect(maybe("desk-picked")).toBeUndefined());
    expect(ticked()).toEqual([]);
  });

  it("says on the head of the column whether all, some or none are chosen", async () => {
    const { user } = openDesk(12);
    const head = async () => (await see("pick-shown")) as HTMLInputElement;
    await user.click(await box("c0CH"));
    await waitFor(async () => expect((await head()).indeterminate).toBe(true));

    await user.click(await head());
    await waitFor(async () => expect((await head()).checked).toBe(true));
    expect((await head()).indeterminate).toBe(false);

    await user.click(await head());
    await waitFor(async () => expect((await head()).checked).toBe(false));
  });
});

/** A desk at which all of so many channels were chosen and are asked about again. */
function asked(of: number, facts: Parameters<typeof bulkView>[1]) {
  const lines = practiceDesk(of).map((line) => ({ ...line, picked: true }));
  let bulk = bulkView(of, facts);
  const opened = openDesk(lines, {
    own: { picked: async () => ok({ picked: of, shown: of, bulk }) },
  });
  return {
    ...opened,
    standsAt: (next: Parameters<typeof bulkView>[1]) => {
      bulk = bulkView(of, next);
      opened.tell({
        checking: { underWay: true, clientsToGo: 1, waitsUntil: null, stopped: null, failed: 0 },
      });
    },
  };
}

describe("asking again about those that are chosen", () => {
  it("costs fewer calls than channels, at the pace that was chosen, and shows each one's result", async () => {
    const { user, host } = openDesk(120);
    await user.click(await see("pick-shown"));
    await user.selectOptions(await see("desk-pace"), "slow");
    await user.click(await see("check-picked"));

    await waitFor(async () =>
      expect(words(await see("bulk-standing"))).toBe("120 of 120 channels, by 30 of 30 clients."),
    );
    expect(host.calls.get("checkPicked")).toEqual([["slow"]]);
    await user.click(await see("bulk-show"));
    const found = await waitFor(() => {
      const found = all("recheck").map(words);
      expect(found.length).toBeGreaterThan(8);
      return found;
    });
    expect(found.length).toBeLessThanOrEqual(60);
    expect(found[0]).toMatch(/^Desk 0 Client 00000 Shared Changed before: Missing, \d+ s ago$/);
    expect(found[2]).toMatch(/^Desk 2 Client 00000 Missing told for the first time, \d+ s ago$/);
    expect(found[3]).toMatch(/^Desk 3 Client 00000 Could not be asked about The Hub refused\. \d+ s ago$/);
    expect(found[4]).toBe("Desk 4 Client 00001 Still to come");
  });

  it("has at most 60 of ten thousand results in the page, wherever it is scrolled to", async () => {
    const { user } = asked(10_000, {});
    await user.click(await see("pick-shown"));
    await user.click(await see("check-picked"));
    await user.click(await see("bulk-show"));
    const list = await see("rechecks");

    for (const at of [0, 5_000, 9_990]) {
      list.scrollTop = at * 52;
      await fireEvent.scroll(list);
      await waitFor(() => {
        const found = all("recheck").find(({ dataset }) => dataset.id === `c${at}CH`);
        expect(found?.getAttribute("aria-posinset")).toBe(String(at + 1));
      });
      expect(all("recheck").length).toBeLessThanOrEqual(60);
    }
  });

  it("says how far it is and how fast, is stopped, and goes on", async () => {
    const { user, host, standsAt } = asked(40, {
      done: 12,
      clientsDone: 3,
      underWay: true,
      pace: 118,
      changed: 1,
    });
    await user.click(await see("pick-shown"));
    await user.click(await see("check-picked"));
    await waitFor(async () =>
      expect(words(await see("bulk-standing"))).toBe(
        "12 of 40 channels, by 3 of 10 clients. About 118 clients a minute. One says something else than before.",
      ),
    );

    await user.click(await see("bulk-stop"));
    expect(host.count("stopBulk")).toBe(1);
    standsAt({ done: 16, clientsDone: 4 });
    await waitFor(async () => expect(words(await see("bulk-standing"))).toContain("Stopped."));

    await user.click(await see("bulk-resume"));
    expect(host.calls.get("resumeBulk")).toEqual([["quick"]]);
  });

  it("says why it stopped where the session is over, and what could not be found out is tried again", async () => {
    const { user, host, standsAt } = asked(40, {
      done: 12,
      clientsDone: 3,
      stopped: failure("hubInTrouble"),
    });
    await user.click(await see("pick-shown"));
    await user.click(await see("check-picked"));
    expect((await see("bulk-stopped")).dataset.code).toBe("hubInTrouble");

    standsAt({ failed: 7 });
    await user.click(await see("bulk-retry"));
    expect(words(await see("bulk-standing"))).toContain("7 could not be found out about.");
    expect(host.count("retryBulk")).toBe(1);
  });

  it("shows those alone that failed or changed, leads back to the board, and is put away", async () => {
    const { user } = openDesk(40);
    await user.click(await see("pick-shown"));
    await user.click(await see("check-picked"));
    await user.click(await see("bulk-show"));
    await see("rechecks");
    const only = (which: string) => all("bulk-rows").find(({ dataset }) => dataset.rows === which)!;

    await user.click(only("failed"));
    await waitFor(() => {
      expect(all("recheck")).not.toEqual([]);
      for (const row of all("recheck-outcome")) expect(words(row)).toContain("Could not be asked about");
    });

    await user.click(await see("bulk-show"));
    await row("c0CH");
    expect(maybe("rechecks")).toBeUndefined();
    await user.click(await see("bulk-away"));
    await waitFor(() => expect(maybe("bulk-standing")).toBeUndefined());
    expect(await count()).toBe("40 channels chosen");
  });
});

describe("the board as a file", () => {
  it("has what is shown, what is chosen, or all, for a spreadsheet or a program", async () => {
    const { user, host } = openDesk(120);
    await user.click(await box("c0CH"));
    await user.click(all("saved").find(({ dataset }) => dataset.saved === "notChecked")!);
    await user.click(await see("desk-save"));
    await waitFor(() =>
      expect(words(maybe("desk-save-menu")!)).toContain(
        "Those that are shown (40) Those that are chosen (1) All (120)",
      ),
    );

    await user.click(await see("board-csv"));
    expect(words(await see("board-saved"))).toBe("Saved as /home/jo/channel-keys-board.csv");
    await user.click(all("save-which")[1]!);
    await user.click(await see("board-json"));

    const look = { saved: "notChecked", search: "", sort: null };
    const columns = ["client", "number", "permission", "state", "name", "limit", "seen"];
    await waitFor(() =>
      expect(host.calls.get("exportBoard")).toEqual([
        ["shown", look, columns, "csv"],
        ["picked", look, columns, "json"],
      ]),
    );
  });

  it("that could not be written says so, and is written when asked again", async () => {
    let full = true;
    const { user } = openDesk([line(0)], {
      own: { exportBoard: async () => (full ? fails("fileNotWritten") : ok("/home/jo/board.csv")) },
    });
    await row("c0CH");
    await user.click(await see("desk-save"));
    await user.click(await see("board-csv"));
    expect((await see("failure")).dataset.code).toBe("fileNotWritten");

    full = false;
    await user.click(await see("retry"));
    expect(words(await see("board-saved"))).toBe("Saved as /home/jo/board.csv");
    expect(ids()).toEqual(["c0CH"]);
  });
});
