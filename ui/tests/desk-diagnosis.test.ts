import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { maybe, narrow, see, words } from "./driving";
import { openDesk, row } from "./desk-driving";
import { fails, ok } from "./fake-host";

const KEYS = "{Control>}{Shift>}c{/Shift}{/Control}";
const copied = async () => words(await see("diagnosis-copied"));

describe("the diagnosis of a channel", () => {
  it("is copied with one keystroke from its row, in the form that was used last", async () => {
    const { user, host } = openDesk(12, {
      own: { diagnosisChoice: async () => ok({ form: "markdown", language: "german" }) },
    });
    await row("c0CH");
    await waitFor(async () =>
      expect(words(await see("diagnosis-keys"))).toBe(
        "Ctrl Shift C copies a channel's diagnosis, as Markdown.",
      ),
    );
    (await row("c3CH")).focus();

    await user.keyboard(KEYS);

    await waitFor(() =>
      expect(host.calls.get("copyDiagnosis")).toEqual([["c3CH", "markdown", "german", false]]),
    );
    await waitFor(async () =>
      expect(await copied()).toBe("Copied: the diagnosis of Desk 3, as Markdown, in German."),
    );
  });

  it("is copied from its panel in each form and language, and the keystroke follows", async () => {
    const { user, host } = openDesk(12);
    await user.click(await row("c1CH"));
    await user.selectOptions(await see("diagnosis-language"), "german");
    for (const form of ["text", "markdown", "json"]) await user.click(await see(`diagnosis-${form}`));
    (document.activeElement as HTMLElement).blur();
    await user.keyboard("{Meta>}{Shift>}C{/Shift}{/Meta}");

    await waitFor(() =>
      expect(host.calls.get("copyDiagnosis")).toEqual(
        ["text", "markdown", "json", "json"].map((form) => ["c1CH", form, "german", false]),
      ),
    );
  });

  it("is copied from the panel where that has the page to itself", async () => {
    narrow();
    const { user, host } = openDesk(12);
    await user.click(await row("c1CH"));
    await see("desk-diagnosis");
    await user.keyboard(KEYS);
    await waitFor(() => expect(host.calls.get("copyDiagnosis")?.[0]?.[0]).toBe("c1CH"));
    expect(await copied()).toContain("Copied: the diagnosis of Desk 1");
  });

  it("does not take the place of a key that lies nowhere else, unless the person says so", async () => {
    const { user, host } = openDesk(12, {
      own: { copyDiagnosis: async (_, __, ___, anyway) => (anyway ? ok(null) : fails("keyOnClipboard")) },
    });
    (await row("c0CH")).focus();
    await user.keyboard(KEYS);
    expect(words(await see("copy-over-key"))).toContain(
      "Nothing was copied: the clipboard holds an API key. That key lies nowhere else, and would be lost.",
    );
    expect(await copied()).toBe("");

    await user.click(await see("copy-anyway"));

    await waitFor(async () => expect(await copied()).toContain("Copied: the diagnosis of Desk 0"));
    expect(maybe("copy-over-key")).toBeUndefined();
    expect(host.calls.get("copyDiagnosis")?.map((call) => call.at(-1))).toEqual([false, true]);
  });

  it("that the clipboard did not take says so, and is copied when asked again", async () => {
    let refuses = true;
    const { user } = openDesk(12, {
      own: { copyDiagnosis: async () => (refuses ? fails("clipboardRefused") : ok(null)) },
    });
    (await row("c0CH")).focus();
    await user.keyboard(KEYS);
    expect((await see("failure")).dataset.code).toBe("clipboardRefused");

    refuses = false;
    await user.click(await see("retry"));
    await waitFor(async () => expect(await copied()).toContain("Copied"));
    expect(maybe("failure")).toBeUndefined();
  });

  it("of no channel is copied where the board has none", async () => {
    const { user, host } = openDesk([]);
    await see("desk-none");
    await user.keyboard(KEYS);
    expect(host.count("copyDiagnosis")).toBe(0);
  });
});
