import { waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answer, LineView } from "../src/host";
import { all, maybe, see, words } from "./driving";
import { openDesk, row, scrollTo } from "./desk-driving";
import { deskView, line } from "./fake-desk";
import { fails, ok } from "./fake-host";

const NOW = Math.floor(Date.now() / 1000);
const FRESH: Partial<LineView> = { permission: "missing", readAt: NOW - 20, checkedAt: NOW - 20 };
const OLD: Partial<LineView> = { permission: "missing", readAt: NOW - 20, checkedAt: NOW - 61 };

/** Questions to 360dialog that it answers when the story says so. */
function held() {
  const asked: { id: string; answer: (answer: Answer<null>) => void }[] = [];
  return {
    asked,
    ids: () => asked.map(({ id }) => id),
    askChannel: (id: string) =>
      new Promise<Answer<null>>((answer) => {
        asked.push({ id, answer });
      }),
  };
}

// Whoever waits for a page goes on; what rests for 300 ms waits for the story.
beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ["Date", "setTimeout", "clearTimeout"],
      now: Date.now(),
      shouldAdvanceTime: false,
    }),
);
afterEach(() => void vi.useRealTimers());

async function rest(milliseconds: number) {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

async function click(element: HTMLElement) {
  element.click();
  await rest(0);
}

const openIs = (id: string) =>
  waitFor(async () => expect(words(await see("desk-panel"))).toContain(`Desk ${/\d+/.exec(id)?.[0]} `));

describe("a channel that is opened", () => {
  it("with facts older than a minute is asked about, once it stays open", async () => {
    const { asked, ids, askChannel } = held();
    openDesk([line(0, OLD), line(1, FRESH)], { own: { askChannel } });
    await click(await row("c0CH"));
    await openIs("c0CH");

    await rest(299);
    expect(asked).toEqual([]);
    await rest(1);

    expect(ids()).toEqual(["c0CH"]);
    expect(words(await see("desk-ask-now"))).toBe("Asking 360dialog");
    asked[0]!.answer(ok(null));
    await waitFor(async () => expect(words(await see("desk-ask-now"))).toBe("Ask 360dialog now"));
  });

  it.each<[string, Partial<LineView>]>([
    ["that were told within the minute", FRESH],
    [
      "of which nobody knows whom to ask about the permission",
      { ...FRESH, clientId: null, permission: "notTold", checkedAt: null },
    ],
  ])("with facts %s is not asked about", async (_, facts) => {
    const { asked, askChannel } = held();
    openDesk([line(0, facts)], { own: { askChannel } });
    await click(await row("c0CH"));
    await openIs("c0CH");
    await rest(10_000);
    expect(asked).toEqual([]);
  });

  it("whose permission was never told is asked about, unless its turn comes anyway", async () => {
    const untold = { ...FRESH, permission: "notTold" as const, checkedAt: null };
    const lines = [line(0, untold), line(1, untold)];
    const { ids, askChannel } = held();
    const checking = { ...deskView([]).checking, underWay: true, clientsToGo: 1 };
    const { tell } = openDesk(lines, { own: { askChannel }, view: { checking } });
    await click(await row("c0CH"));
    await rest(300);
    expect(ids()).toEqual([]);

    tell({ checking: { ...checking, underWay: false, clientsToGo: 0 } });
    await click(await row("c1CH"));
    await openIs("c1CH");
    await rest(300);
    expect(ids()).toEqual(["c1CH"]);
  });

  it("on the way to another one is not asked about, and no two are asked about at once", async () => {
    const { asked, ids, askChannel } = held();
    openDesk(
      [0, 1, 2, 3].map((at) => line(at, OLD)),
      { own: { askChannel } },
    );

    // Given a look through three channels, the last of which stays
    for (const id of ["c0CH", "c1CH", "c2CH"]) {
      await click(await row(id));
      await rest(200);
    }
    await rest(100);
    expect(ids()).toEqual(["c2CH"]);

    // When another one is opened while 360dialog takes its time
    await click(await row("c3CH"));
    await openIs("c3CH");
    await rest(5_000);

    // Then it waits for its turn
    expect(ids()).toEqual(["c2CH"]);
    expect(words(await see("desk-ask-now"))).toBe("Asking 360dialog");
    asked[0]!.answer(ok(null));
    await waitFor(() => expect(ids()).toEqual(["c2CH", "c3CH"]));
  });

  it("and closed again is not asked about, neither then nor after the one before it", async () => {
    const { asked, ids, askChannel } = held();
    openDesk([line(0, OLD), line(1, OLD)], { own: { askChannel } });
    await click(await row("c0CH"));
    await rest(300);
    await click(await row("c1CH"));
    await openIs("c1CH");
    await rest(300);
    await click(await see("back"));

    asked[0]!.answer(ok(null));
    await rest(5_000);

    expect(ids()).toEqual(["c0CH"]);
  });
});

describe("“Ask 360dialog now”", () => {
  it("asks at once, whatever the age of what stands there", async () => {
    const { ids, askChannel } = held();
    openDesk([line(0, FRESH)], { own: { askChannel } });
    await click(await row("c0CH"));
    await openIs("c0CH");

    await click(await see("desk-ask-now"));
    await click(await see("desk-ask-now"));

    expect(ids()).toEqual(["c0CH"]);
  });

  it("says why 360dialog could not be asked, of that channel alone, and asks once more", async () => {
    let calls = 0;
    const askChannel = async () => (++calls === 1 ? fails("hubInTrouble") : ok(null));
    openDesk([line(0, FRESH), line(1, FRESH)], { own: { askChannel } });
    await click(await row("c0CH"));
    await openIs("c0CH");
    await click(await see("desk-ask-now"));

    expect(words(await see("failure"))).toContain("What stands here has the age that it says.");
    await click(await row("c1CH"));
    await openIs("c1CH");
    expect(maybe("failure")).toBeUndefined();

    await click(await row("c0CH"));
    await openIs("c0CH");
    await click(await see("retry"));
    await waitFor(() => expect(maybe("failure")).toBeUndefined());
    expect(calls).toBe(2);
  });
});

describe("“Check again”", () => {
  it("asks about the open channel first, then about what is in view, and about nothing else", async () => {
    const { host } = openDesk(10_000);
    await row("c0CH");
    await waitFor(() => expect(host.calls.get("readDesk")).toEqual([[[]]]));
    await scrollTo(500);
    await click(await row("c503CH"));
    await openIs("c503CH");
    await scrollTo(2_000);
    await row("c2000CH");

    await click(await see("desk-read"));

    const [first, ...others] = host.calls.get("readDesk")?.at(-1)?.[0] as string[];
    expect(first).toBe("c503CH");
    expect(others).toContain("c2000CH");
    expect(others.length).toBeLessThan(20);
    expect(all("desk-row").map(({ dataset }) => dataset.id)).toEqual(expect.arrayContaining(others));
  });
});
