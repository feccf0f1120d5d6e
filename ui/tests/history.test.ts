import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Host } from "../src/host";
import { byDay, resultLook } from "../src/history-words";
import { all, maybe, onPage, open, see, signedIn, words } from "./driving";
import { appView, fails, HERE, ok, THE_KEY } from "./fake-host";
import { at, entry, HISTORY } from "./key-fixtures";

async function toHistory(own: Partial<Host> = {}, app = signedIn) {
  const opened = open({ history: async () => ok(HISTORY), ...own }, app);
  await opened.user.click(await see("nav-history"));
  await onPage("history");
  return opened;
}

const rows = () => all("history-row").map((row) => words(row));

describe("the history", () => {
  it("says how much was done and when last, then lists it by day, newest first", async () => {
    await toHistory();

    expect(words(await see("history-summary"))).toBe(
      "6 things were done here with this account; the last one today, 00:12. No key and no password is written down here.",
    );
    const page = words(await onPage("history"));
    expect(page.indexOf("Today")).toBeLessThan(page.indexOf("Yesterday"));
    expect(rows()).toHaveLength(6);
    expect(rows()[0]).toContain("Key kept under a name");
    expect(rows()[1]).toContain("Key made");
    expect(rows()[5]).toContain("Key asked for");
  });

  it("says of each what, for which number, about which key, by whom and with which result", async () => {
    await toHistory();
    await see("history-row");

    expect(rows()[3]).toMatch(
      /^16:30 Key tested Restaurant bookings, \+49 30 55570188 “Old chatbot” \(… aa7B AK\), by maria@harbour-hotel\.example Refused$/,
    );
    expect(rows()[4]).toContain("Permission taken back from the partner");
    expect(rows()[4]).toContain("Front desk");
    expect(rows()[4]).toContain("by jonas@harbour-hotel.example");
    expect(rows()[4]).toContain("Not done");
    expect(rows()[2]).toBe("00:09 Signed in by maria@harbour-hotel.example Done");
    expect(document.documentElement.outerHTML).not.toContain(THE_KEY);
  });

  it.each([
    ["front desk", 1],
    ["030 / 5557 0142", 1],
    ["+49 30 55570188", 4],
    ["refused", 1],
    ["mQ2r", 0],
    ["aa7b", 1],
    ["booking key kept", 1],
    ["jonas@", 1],
  ])("is searched for “%s”", async (wanted, count) => {
    const { user } = await toHistory();

    await user.type(await see("history-search"), wanted);

    await waitFor(() => expect(rows()).toHaveLength(count));
    expect(words(await see("history-found"))).toMatch(count === 0 ? /^Nothing of 6 fits$/ : / of 6 /);
  });

  it("is shown again where a search found nothing", async () => {
    const { user } = await toHistory();
    await user.type(await see("history-search"), "lighthouse");

    await user.click(await see("clear-search"));

    await waitFor(() => expect(rows()).toHaveLength(6));
  });

  it("keeps the page open when Escape empties the search", async () => {
    const { user } = await toHistory();
    await user.type(await see("history-search"), "desk");

    await user.keyboard("{Escape}");

    await onPage("history");
    expect(rows()).toHaveLength(6);
    await user.keyboard("{Escape}");
    await onPage("channels");
  });

  it.each([
    ["export-xlsx", "xlsx"],
    ["export-csv", "csv"],
    ["export-json", "json"],
  ] as const)("is written to a file that the person chooses: %s", async (button, format) => {
    const { user, host } = await toHistory({
      exportHistory: async () => ok(`/home/maria/history.${format}`),
    });

    await user.click(await see(button));

    await waitFor(() => expect(words(maybe("exported"))).toBe(`Saved as /home/maria/history.${format}`));
    expect(host.calls.get("exportHistory")).toEqual([[format]]);
  });

  it("says nothing where the person chooses no file", async () => {
    const { user, host } = await toHistory({ exportHistory: async () => ok(null) });

    await user.click(await see("export-csv"));

    await waitFor(() => expect(host.count("exportHistory")).toBe(1));
    await waitFor(() => expect(words(maybe("export-csv"))).toBe("Save as CSV"));
    expect(words(maybe("exported"))).toBe("");
    expect(maybe("failure")).toBeUndefined();
  });

  it("that can't be written says so, and is tried again in the same form", async () => {
    const { user, host } = await toHistory({ exportHistory: async () => fails("fileNotWritten") });
    await user.click(await see("export-json"));
    expect(words(await see("failure"))).toContain("The file was not written.");

    await user.click(await see("retry"));

    await waitFor(() => expect(host.calls.get("exportHistory")).toEqual([["json"], ["json"]]));
    expect(words(maybe("exported"))).toBe("");
  });

  it("is empty at first, and says what will be here; there is nothing to save", async () => {
    await toHistory({ history: async () => ok([]) });

    expect(words(await see("history-empty"))).toContain("Nothing was done here yet.");
    expect(maybe("export-csv")).toBeUndefined();
    expect(maybe("history-search")).toBeUndefined();
  });

  it("that can't be read says so and is read again, and is not called empty", async () => {
    let works = false;
    const { user } = await toHistory({ history: async () => (works ? ok(HISTORY) : fails("recordsOut")) });
    expect(words(await see("failure"))).toContain("The program's own records can't be used.");
    expect(maybe("history-empty")).toBeUndefined();

    works = true;
    await user.click(await see("retry"));

    await waitFor(() => expect(rows()).toHaveLength(6));
  });

  it("is there without being signed in, too", async () => {
    await toHistory({}, appView({ session: HERE }));

    await waitFor(() => expect(rows()).toHaveLength(6));
  });

  it("that is long is shown in parts, and searched as a whole", async () => {
    const many = Array.from({ length: 250 }, (_, id) => entry({ id: 250 - id, at: at(0, 12, id) }));
    const last = { ...entry({ id: 0, at: at(0, 12, 250) }), label: "Lighthouse" };
    const { user } = await toHistory({ history: async () => ok([...many, last]) });
    await waitFor(() => expect(rows()).toHaveLength(100));

    await user.click(await see("history-more"));
    expect(rows()).toHaveLength(200);

    await user.type(await see("history-search"), "lighthouse");
    await waitFor(() => expect(rows()).toHaveLength(1));
  });
});

describe("the words of the history", () => {
  it("say of a test what was found, and of everything else whether it was done", () => {
    expect(resultLook(entry({ what: "keyTested", result: "done" })).word).toBe("result-works");
    expect(resultLook(entry({ what: "keyTested", result: "unknown" })).word).toBe("result-no-answer");
    expect(resultLook(entry({ what: "keyMade", result: "done" })).word).toBe("result-done");
    expect(resultLook(entry({ what: "keyMade", result: "unknown" })).word).toBe("result-unknown");
  });

  it("keep the order where the clock was set back in between", () => {
    const days = byDay(
      [entry({ at: at(0, 1) }), entry({ at: at(0, 1, 1) }), entry({ at: at(0, 2) })],
      new Date(),
    );

    expect(days.map((day) => day.name)).toEqual(["Today", "Yesterday", "Today"]);
  });
});
