import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { all, focusOn, maybe, narrow, onPage, see, words } from "./driving";
import { focusedRow, heldLines, ids, openDesk, row, scrollTo } from "./desk-driving";
import { line } from "./fake-desk";
import { fails } from "./fake-host";

const KEYS = "{Control>}{Shift>}c{/Shift}{/Control}";
const search = async () => (await see("desk-search")) as HTMLInputElement;
const chip = (name: string) =>
  waitFor(() => all("saved").find(({ dataset }) => dataset.saved === name) ?? expect.unreachable(name));
const panel = async () => words(await see("desk-panel"));

describe("the panel beside the list", () => {
  it("says when the search does not show its channel, and shows it in the list again", async () => {
    // Given a channel that is open, far down the board
    const { user } = openDesk(3_000);
    await row("c0CH");
    await scrollTo(2_000);
    await user.click(await row("c2000CH"));
    await see("desk-verdict");
    expect(maybe("desk-hidden")).toBeUndefined();

    // When a person searches for another one
    await user.type(await search(), "Desk 17");
    await row("c17CH");

    // Then no verdict of the first stands there as if it were found
    await waitFor(async () =>
      expect(await panel()).toContain("Your search or filter does not show this channel."),
    );

    // And it is shown where it stands, with the keyboard at it
    await user.click(await see("desk-show-in-list"));
    await row("c2000CH");
    await waitFor(() => expect(focusedRow()).toBe("c2000CH"));
    expect(await search()).toHaveProperty("value", "");
    expect(maybe("desk-hidden")).toBeUndefined();
    expect(await panel()).toContain("Desk 2000");
  });

  it("says so of a filter too, and no longer once the filter shows it", async () => {
    const { user } = openDesk(12);
    await user.click(await row("c0CH"));
    await see("desk-verdict");

    await user.click(await chip("notChecked"));
    await see("desk-hidden");

    await user.click(await chip("all"));
    await waitFor(() => expect(maybe("desk-hidden")).toBeUndefined());
  });

  it("says so where a change takes the channel out of the filter, and keeps what holds of it", async () => {
    const { user, lines, tell } = openDesk(12);
    await user.click(await chip("notChecked"));
    await user.click(await row("c2CH"));
    await see("desk-verdict");

    lines[2] = { ...lines[2]!, permission: "shared", state: line(0).state };
    tell();

    await see("desk-hidden");
    expect(words(await see("desk-verdict"))).toContain("You can make a key");
  });

  it("never says so by an answer about an earlier search", async () => {
    const { user } = openDesk(12);
    await user.click(await row("c7CH"));
    await see("desk-verdict");

    await user.type(await search(), "Desk 3");
    await user.clear(await search());
    await user.type(await search(), "Desk 7");

    await waitFor(() => expect(ids()).toEqual(["c7CH"]));
    await waitFor(() => expect(maybe("desk-hidden")).toBeUndefined());
  });

  it("in a narrow window leads back to the board, to the channel's row", async () => {
    narrow();
    const { user, host } = openDesk(12);
    await user.type(await search(), "Desk 3");
    await row("c3CH");
    host.linkCame({ kind: "opens", channelId: "c7CH", notice: false, several: false });
    await onPage("desk-channel");

    await user.click(await see("desk-show-in-list"));

    await onPage("desk");
    await waitFor(() => expect(focusedRow()).toBe("c7CH"));
  });
});

describe("a link to a channel", () => {
  it("that the search does not show marks that, and takes nothing of what was typed", async () => {
    const { user, host } = openDesk(12);
    await user.type(await search(), "Desk 3");
    await row("c3CH");

    host.linkCame({ kind: "opens", channelId: "c7CH", notice: false, several: false });

    await waitFor(async () => expect(await panel()).toContain("Desk 7"));
    expect(await panel()).toContain("Your search or filter does not show this channel.");
    expect(await search()).toHaveProperty("value", "Desk 3");
    await row("c3CH");
  });
});

describe("Enter in the search", () => {
  it("opens what fits best, in whatever order the board is", async () => {
    const { user } = openDesk(120);
    await row("c0CH");
    const number = () => all("column").find(({ dataset }) => dataset.column === "number")!;
    await user.click(number());
    await user.click(number());

    await user.type(await search(), "Desk 11{Enter}");

    await waitFor(async () => expect(await panel()).toContain("Desk 11 "));
    await focusOn("desk-search");
    expect(maybe("desk-hidden")).toBeUndefined();
  });

  it("opens it also where the list takes its time, and nothing that was typed before", async () => {
    const lines = heldLines();
    const { user } = openDesk(12, { own: { deskLines: lines.deskLines } });
    (await lines.next(1)).answer({ total: 2, lines: [line(0), line(1)] });
    await row("c0CH");

    await user.type(await search(), "D{Enter}");
    await user.type(await search(), "9");
    for (const asked of lines.asked.slice(1))
      asked.answer({ lines: [line(asked.look.search === "D" ? 0 : 9)] });

    await row("c9CH");
    expect(maybe("desk-panel")).toBeUndefined();
  });

  it("opens nothing where nothing was typed, or nothing is found", async () => {
    const { user, host } = openDesk(12);
    await row("c0CH");
    await user.type(await search(), "{Enter}");
    await user.type(await search(), "nobody{Enter}");
    await see("desk-none");
    expect(host.count("deskChannel")).toBe(0);
  });
});

describe("the diagnosis that a keystroke copies", () => {
  it("is of the channel that is open, also where the keyboard is at another row", async () => {
    const { user, host } = openDesk(12);
    await user.click(await row("c1CH"));
    await see("desk-verdict");
    (await row("c1CH")).focus();
    await user.keyboard("{ArrowDown}");
    await waitFor(() => expect(focusedRow()).toBe("c2CH"));

    await user.keyboard(KEYS);

    await waitFor(() => expect(host.calls.get("copyDiagnosis")?.map(([id]) => id)).toEqual(["c1CH"]));
  });

  it("is of no other channel while the one that is opened is not there yet", async () => {
    const { user, host } = openDesk(12, { own: { deskChannel: async () => fails("noSuchChannel") } });
    await user.click(await row("c3CH"));
    await see("desk-panel");

    await user.keyboard(KEYS);

    await waitFor(async () => expect(words(await see("diagnosis-copied"))).toContain("Nothing was copied."));
    expect(host.count("copyDiagnosis")).toBe(0);
  });

  it("is of the only one that is found, and of none where several are and nobody points at one", async () => {
    const { user, host } = openDesk(12);
    await row("c0CH");
    (await search()).focus();
    await user.keyboard(KEYS);
    expect(words(await see("diagnosis-copied"))).toBe(
      "Nothing was copied. First open a channel, or move to its row.",
    );
    expect(host.count("copyDiagnosis")).toBe(0);

    await user.type(await search(), "Desk 7");
    await waitFor(() => expect(ids()).toEqual(["c7CH"]));
    await user.keyboard(KEYS);

    await waitFor(() => expect(host.calls.get("copyDiagnosis")?.[0]?.[0]).toBe("c7CH"));
    await waitFor(async () => expect(words(await see("diagnosis-copied"))).toContain("Copied"));
  });
});

describe("asking again about those that are chosen", () => {
  it("keeps the board in place: how far it is scrolled, the open channel, and what is chosen", async () => {
    // Given a board that is scrolled, with a filter, one channel open and one chosen
    const { user } = openDesk(3_000);
    await user.click(await chip("runningButMissing"));
    await scrollTo(300);
    const open = await waitFor(() => ids()[5] ?? expect.unreachable());
    await user.click(await row(open));
    await user.click((await row(open)).querySelector('[data-test="pick"]')!);
    await see("picked-count");
    const grid = await see("desk-grid");

    // When it is asked about again
    await user.click(await see("check-picked"));

    // Then the board stands where it stood, with how far that is above it
    await see("bulk-standing");
    expect(await see("desk-grid")).toBe(grid);
    expect(grid.scrollTop).toBe(300 * 44);
    expect(words(await see("picked-count"))).toBe("One channel chosen");
    await see("desk-verdict");

    // And also after the results were looked at
    await user.click(await see("bulk-show"));
    await see("rechecks");
    await user.click(await see("bulk-show"));
    await row(open);
    expect((await see("desk-grid")).scrollTop).toBe(300 * 44);
    await see("desk-verdict");
  });

  it("or a visit to another page of the desk leaves the board where it was", async () => {
    const { user } = openDesk(3_000);
    await row("c0CH");
    await scrollTo(1_500);
    await row("c1500CH");

    await user.click(await see("profile"));
    await user.click(await see("menu-desk-keys"));
    await onPage("desk-keys");
    await user.click(await see("to-board"));

    await row("c1500CH");
    expect((await see("desk-grid")).scrollTop).toBe(1_500 * 44);
  });
});
