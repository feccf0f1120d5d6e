import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { all, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { channel, fails, FRONT_DESK, HARBOUR, key, LISBON, ok, row } from "./fake-host";

describe("the list of numbers", () => {
  it("tells of each its name, number, state, who pays and the permission", async () => {
    open({}, signedIn);

    const lisbon = await numberRow("Events Lisbon");

    expect(words(lisbon)).toBe("Events Lisbon Not told +351 21 555 0167 Connected and running You pay");
    expect(words(await numberRow("Spa"))).toContain("Not running");
    expect(words(await see("age"))).toMatch(/^4 numbers, checked 1\d s ago$/);
    expect(words(await see("who"))).toContain("Harbour Hotel GmbH");
  });

  it("never shows what was not told as Missing, nor as any other word that claims something", async () => {
    const nothing = row({
      id: "nCH",
      name: null,
      number: null,
      digits: null,
      state: { word: "notTold", hubWord: null, known: true, whoActs: "askThreeSixtyDialog" },
      payer: "notTold",
      permission: "notTold",
    });
    const view = channel({
      row: nothing,
      partnerName: null,
      quality: null,
      limit: null,
      wabaId: null,
      externalId: null,
      verdict: {
        generate: "hubDecides",
        reason: "notTold",
        next: "tryIt",
        missing: ["running", "permission"],
      },
    });
    open(
      { channels: async () => ok({ ...HARBOUR, channels: [nothing] }), channel: async () => ok(view) },
      signedIn,
    );

    await see("verdict");

    expect(words()).not.toMatch(/Missing|Shared|Not running|Connected|You pay|null|undefined/);
    expect(words(await see("verdict"))).toContain(
      "Not told: whether it is live and running and whether your partner has the permission.",
    );
    expect(all("permission").map(words)).toEqual(expect.arrayContaining(["Not told"]));
  });

  it("opens a single number by itself", async () => {
    open({ channels: async () => ok({ ...HARBOUR, channels: [FRONT_DESK] }) }, signedIn);

    await onPage("channel");
  });

  it("finds a number by its name and by its digits, and goes from the field into the list", async () => {
    const { user } = open({}, signedIn);
    await numberRow("Spa");

    await user.keyboard("{Control>}f{/Control}");
    expect(document.activeElement === maybe("search")).toBe(true);
    await user.keyboard("0188");
    expect(all("channel-row").map((found) => found.dataset.id)).toEqual(["rB4k9wCH"]);

    await user.clear(await see("search"));
    await user.keyboard("351 21");
    expect(all("channel-row")).toHaveLength(1);
    await user.keyboard("{ArrowDown}{Enter}");

    await onPage("channel");
    await waitFor(() => expect(words(document.activeElement ?? undefined)).toBe("Events Lisbon"));
  });

  it("moves through the list with the arrow keys", async () => {
    const { user } = open({}, signedIn);
    (await numberRow("Front desk")).focus();

    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement === (await numberRow("Spa"))).toBe(true);

    await user.keyboard("{Home}{ArrowUp}");
    expect(document.activeElement === maybe("search")).toBe(true);
  });

  it("says when there is no number, and when it could not be read", async () => {
    const { unmount } = open({ channels: async () => ok({ ...HARBOUR, channels: [] }) }, signedIn);
    await waitFor(() => expect(words()).toContain("There is no WhatsApp number here yet."));
    unmount();

    const { user, host } = open({ channels: async () => fails("hubNoAnswer") }, signedIn);
    expect(words(await see("failure"))).toContain("The Hub did not answer.");
    expect(words()).not.toContain("no WhatsApp number");

    await user.click(await see("retry"));
    expect(host.calls.get("channels")).toEqual([[false], [true]]);
  });

  it("keeps what it knew when reading it again fails", async () => {
    const { user } = open(
      { channels: async (anew) => (anew ? fails("hubNoConnection") : ok(HARBOUR)) },
      signedIn,
    );
    await numberRow("Spa");

    await user.click(await see("refresh"));

    await see("failure");
    expect(all("channel-row")).toHaveLength(4);
  });

  it("leads to signing in again when the session is over", async () => {
    const { user, host } = open({ channels: async () => fails("sessionEnded") }, signedIn);

    await user.click(await see("sign-in-again"));

    expect(host.count("signOut")).toBe(1);
    await onPage("sign-in");
  });
});

describe("a number's page", () => {
  it("that the partner manages has its button off, readable, with the reason and the step", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Front desk"));
    const make = await see("make-key");

    expect(words(await see("verdict"))).toContain("Blue Anchor makes the keys for this number.");
    expect(make.getAttribute("aria-disabled")).toBe("true");
    expect(document.getElementById(make.getAttribute("aria-describedby") ?? "")).toBe(
      maybe("make-key-reason"),
    );
    expect(words(maybe("make-key-reason"))).toBe("Off, because Blue Anchor has the permission.");

    make.focus();
    expect(document.activeElement === make).toBe(true);
    await user.click(make);
    await user.keyboard("{Enter}");
    expect(host.count("beforeMaking")).toBe(0);

    await user.click(await see("off-step"));
    expect(words(await see("how-steps"))).toContain("your profile in the top menu, then “Partner”");
    expect(words(document.activeElement ?? undefined)).toBe("Take the permission back");
  });

  it("whose permission is not told stays offered, with the missing fact named", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Events Lisbon"));

    const verdict = await see("verdict");
    expect(words(verdict)).toContain("Not told: whether Blue Anchor has the permission.");
    expect(words(verdict)).toContain("the Hub decides");
    expect(words()).not.toContain("Partner API Key Permission");
    expect(maybe("make-key")?.hasAttribute("aria-disabled")).toBe(false);
    expect(maybe("make-key-reason")).toBeUndefined();

    await user.click(await see("make-key"));
    expect(host.calls.get("beforeMaking")).toEqual([[LISBON.id]]);
  });

  it("says when a kept key was replaced, and tests one in its own words", async () => {
    const keys = [
      key({ id: "old", state: "kept", label: "Chatbot", replacedAt: 1_700_000_000 }),
      key({ id: "new", state: "kept", label: "Booking" }),
    ];
    const { user, host } = open(
      {
        channel: async () => ok(channel({ keys })),
        testKey: async (id) =>
          id === "old" ? ok({ kind: "refused" }) : ok({ kind: "works", sending: "limited" }),
      },
      signedIn,
    );
    await user.click(await numberRow("Restaurant"));
    await see("kept-key");
    const [old, young] = all("kept-key");
    if (!old || !young) throw new Error("two keys are kept");

    expect(words(old)).toContain("it works no longer");
    expect(words(young)).not.toContain("it works no longer");

    await user.click(within(old).getByRole("button", { name: "Test it" }));
    await waitFor(() => expect(words(old)).toContain("It is refused"));
    await user.click(within(young).getByRole("button", { name: "Test it" }));
    await waitFor(() => expect(words(young)).toContain("It works. Meta limits what the number can send."));

    await user.click(within(young).getByRole("button", { name: "Copy" }));
    await waitFor(() => expect(words(young)).toContain("Copied."));
    expect(host.count("showKey")).toBe(0);
    expect(within(young).queryByRole("button", { name: "Don't keep it here" })).toBeNull();
  });

  it("says of a key that could not be tested that this says nothing about the key", async () => {
    const { user } = open(
      {
        channel: async () => ok(channel({ keys: [key({ state: "kept", label: "Booking" })] })),
        testKey: async () =>
          ok({ kind: "couldNotAsk", why: { code: "hubNoAnswer", status: null, said: null, wait: null } }),
      },
      signedIn,
    );
    await user.click(await numberRow("Restaurant"));
    await user.click(await see("test-key"));

    const result = await see("test-result");
    expect(words(result)).toContain("It could not be tested. That says nothing about the key.");
    expect(words()).not.toContain("It is refused");
  });
});

describe("keys that wait", () => {
  it("are shown with the numbers, and a safety copy opens where it can be saved", async () => {
    const { user } = open({ waitingKeys: async () => ok([key()]) }, signedIn);

    expect(words(await see("waiting-key"))).toContain("A new key waits for your decision.");
    await user.click(screen.getByRole("button", { name: "Look at it" }));

    expect(words(await onPage("made"))).toContain("A key waits for your decision");
    await see("save-key");
  });

  it("of an open fate lead to their number", async () => {
    const { user } = open({ waitingKeys: async () => ok([key({ state: "unknown", tail: null })]) }, signedIn);

    expect(words(await see("waiting-key"))).toContain("We can't tell whether a key was made.");
    await user.click(screen.getByRole("button", { name: "Look at it" }));

    await onPage("channel");
  });

  it("that a later key has replaced don't ask for anything", async () => {
    open({ waitingKeys: async () => ok([key({ replacedAt: 1_700_000_000 })]) }, signedIn);
    await numberRow("Spa");

    expect(maybe("waiting-key")).toBeUndefined();
  });
});
