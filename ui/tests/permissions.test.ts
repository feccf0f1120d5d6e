import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Answer, ChannelsView, Host, PermissionChangeView } from "../src/host";
import { PermissionWork } from "../src/permission-work.svelte";
import { all, focusOn, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import {
  appView,
  fakeHost,
  fails,
  failure,
  FRONT_DESK,
  HARBOUR,
  HERE,
  LISBON,
  ok,
  RESTAURANT,
  SIGNED_IN,
  SPA,
} from "./fake-host";

const FOUR = [FRONT_DESK, RESTAURANT, SPA, LISBON].map((row) => ({ ...row, permission: "shared" }) as const);
const SHARED: ChannelsView = { ...HARBOUR, channels: FOUR };
const TAKEN: PermissionChangeView = { asked: "missing", now: "missing", why: null, isOpen: false };
const NOT_TAKEN: PermissionChangeView = { asked: "missing", now: "shared", why: null, isOpen: false };

type Change = Host["changePermission"];

/** Answers by number; those without an answer of their own do as they are asked. */
const by = (answers: Record<string, Answer<PermissionChangeView>>): Change => {
  return async (id) => answers[id] ?? ok(TAKEN);
};

async function onPartnerPage(own: Partial<Host> = {}, app = signedIn) {
  const opened = open(own, app);
  await opened.user.click(await see("profile"));
  await opened.user.click(await see("menu-partner"));
  await onPage("partner-permissions");
  return opened;
}

async function tick(user: ReturnType<typeof open>["user"], ...ids: string[]) {
  for (const id of ids) await user.click(all("pick").find((box) => box.dataset.id === id) as HTMLElement);
}

async function takeBackAll(own: Partial<Host>) {
  const opened = await onPartnerPage({ channels: async () => ok(SHARED), ...own });
  await opened.user.click(await see("pick-all"));
  await opened.user.click(await see("remove"));
  await opened.user.click(await see("change-confirm"));
  return opened;
}

const steps = () => Object.fromEntries(all("change-row").map(({ dataset }) => [dataset.id, dataset.step]));
const rowOf = (id: string) => words(all("change-row").find((found) => found.dataset.id === id));

describe("what the partner may do", () => {
  it("lists each number with its permission in the order of the numbers, and says first for how many", async () => {
    await onPartnerPage();

    expect(words(await see("permissions-sum"))).toBe(
      "Blue Anchor may make keys for one of your 4 numbers. For one it is not told.",
    );
    expect(all("permission-row").map(words)).toEqual([
      "Events Lisbon +351 21 555 0167 You pay Not told",
      "Front desk +49 30 55570142 You pay Shared",
      "Restaurant bookings +49 30 55570188 You pay Missing",
      "Spa +49 30 55570210 You pay Not running Missing",
    ]);
  });

  it("can't be changed before something is ticked, and counts only what would change", async () => {
    const { user } = await onPartnerPage();
    const off = (name: string) => maybe(name)?.getAttribute("aria-disabled") === "true";

    expect([off("give"), off("remove")]).toEqual([true, true]);
    expect(words(await see("pick-why"))).toBe("Tick one or more numbers first.");

    await tick(user, FRONT_DESK.id);
    expect([off("give"), off("remove")]).toEqual([true, false]);
    expect(words(maybe("remove"))).toBe("Take it back for one number");
    expect(words(maybe("pick-why"))).toBe("Blue Anchor has the permission already for what is ticked.");

    await user.click(await see("pick-all"));
    expect(words(maybe("give"))).toBe("Let Blue Anchor make keys for 3 numbers");
    expect(words(maybe("remove"))).toBe("Take it back for 2 numbers");

    await user.click(await see("pick-all"));
    expect([off("give"), off("remove")]).toEqual([true, true]);
    await user.click(await see("give"));
    await onPage("partner-permissions");
  });

  it("has nothing to change where there is no partner", async () => {
    await onPartnerPage({ channels: async () => ok({ ...HARBOUR, partner: "none", partnerName: null }) });

    expect(words(await see("permissions-sum"))).toContain("You have no partner at 360dialog");
    expect(words()).not.toContain("may do");
    for (const name of ["permission-row", "give", "remove", "elsewhere"]) expect(maybe(name)).toBeUndefined();
  });

  it("never says may or may not where nothing was told", async () => {
    const channels = HARBOUR.channels.map((row) => ({ ...row, permission: "notTold" }) as const);
    await onPartnerPage({ channels: async () => ok({ ...HARBOUR, channels }) });

    expect(words(await see("permissions-sum"))).toBe(
      "360dialog did not say for which of your numbers Blue Anchor may make keys.",
    );
    expect(words()).not.toMatch(/Shared|Missing|may not/);
  });

  it("is shown as last seen where nobody is signed in, and can't be changed", async () => {
    const { user, host } = await onPartnerPage({}, appView({ session: HERE }));

    expect(words(await see("not-fresh"))).toContain("as last seen");
    await user.click(await see("pick-all"));
    await user.click(await see("remove"));

    expect(words()).toContain("Off, because you are not signed in.");
    expect(maybe("refresh")).toBeUndefined();
    expect(host.count("changePermission")).toBe(0);
    await onPage("partner-permissions");
    await user.click(await see("sign-in-first"));
    await onPage("sign-in");
  });

  it("names 360dialog's own page as the other way", async () => {
    const { user, host } = await onPartnerPage();
    expect(maybe("elsewhere-steps")).toBeUndefined();

    await user.click(await see("elsewhere"));
    expect(words(await see("elsewhere-steps"))).toContain("your profile in the top menu, then “Partner”");
    await user.click(await see("open-hub"));

    expect(host.calls.get("openPage")).toEqual([["hub"]]);
  });
});

describe("before a permission is changed", () => {
  it("from a number's page the question comes at once, with the safe answer under the finger", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Front desk"));
    await user.click(await see("next-step"));

    const page = words(await onPage("permission-confirm"));
    expect(page).toContain("Take Blue Anchor's permission back for Front desk, +49 30 55570142?");
    expect(page).toContain("You pay 360dialog directly, so you decide.");
    expect(page).toContain("A key that Blue Anchor already has may keep working until a new key is made.");
    expect(page).not.toContain("may refuse");
    expect(words(maybe("change-confirm"))).toBe("Take it back for … 0142");
    await focusOn("not-now");
    expect(maybe("nav-keys")).toBeUndefined();

    await user.keyboard("{Enter}");
    await onPage("channel");
    expect(host.count("changePermission")).toBe(0);
  });

  it("giving says that the partner can then end today's key", async () => {
    const { user } = open({}, signedIn);
    await user.click(await numberRow("Restaurant"));
    await user.click(await see("change-permission"));

    const page = words(await onPage("permission-confirm"));
    expect(page).toContain("Blue Anchor can then make a key, and that ends today's key at once.");
    expect(page).toContain("You can't make a key while Blue Anchor has the permission.");
    expect(page).toContain("You may take the permission back at any time.");
    expect(words(maybe("change-confirm"))).toBe("Let Blue Anchor make keys for … 0188");
  });

  it("says for whom 360dialog may refuse, by who pays, and for whom that is not told", async () => {
    const [front, restaurant, spa, lisbon] = FOUR;
    const channels = [front, { ...restaurant, payer: "partner" }, spa, { ...lisbon, payer: "notTold" }];
    const { user } = await onPartnerPage({
      channels: async () => ok({ ...SHARED, channels } as ChannelsView),
    });
    await user.click(await see("pick-all"));
    await user.click(await see("remove"));

    const points = words(await see("change-points"));
    expect(points).toContain("360dialog may refuse this for Restaurant bookings. Blue Anchor pays there");
    expect(points).toContain("Who pays 360dialog is not told for Events Lisbon.");
    expect(points).toContain("You pay 360dialog directly for Front desk and Spa, so you decide there.");
    expect(words(await see("change-numbers"))).toContain("Spa +49 30 55570210");
    expect(words(maybe("change-confirm"))).toBe("Take it back for 4 numbers");
  });

  it("“Not now” from the list keeps what was ticked", async () => {
    const { user } = await onPartnerPage();
    await tick(user, FRONT_DESK.id, LISBON.id);
    await user.click(await see("remove"));
    await user.keyboard("{Escape}");

    await onPage("partner-permissions");
    expect(all("pick").map((box) => (box as HTMLInputElement).checked)).toEqual([true, true, false, false]);
  });
});

describe("while permissions are changed", () => {
  it("each number shows how far it is, and stopping lets the one under way finish", async () => {
    let answer: (told: Answer<PermissionChangeView>) => void = () => {};
    const { user, host } = await takeBackAll({
      changePermission: async (id) =>
        id === RESTAURANT.id ? new Promise((tell) => (answer = tell)) : ok(TAKEN),
    });
    await onPage("permission-progress");
    await waitFor(() => expect(steps()).toMatchObject({ [RESTAURANT.id]: "asking" }));
    expect(steps()).toEqual({
      [FRONT_DESK.id]: "done",
      [RESTAURANT.id]: "asking",
      [SPA.id]: "waiting",
      [LISBON.id]: "done",
    });
    expect(words(await see("change-progress"))).toContain("2 of 4 answered.");
    expect(maybe("profile")).toBeUndefined();

    await user.click(await see("stop"));
    expect(words(await see("change-progress"))).toContain("The number under way is the last one.");
    answer(ok(TAKEN));

    await onPage("permission-done");
    expect(steps()).toEqual({
      [FRONT_DESK.id]: "done",
      [RESTAURANT.id]: "done",
      [SPA.id]: "notAsked",
      [LISBON.id]: "done",
    });
    expect(host.calls.get("changePermission")).toEqual([
      [LISBON.id, false],
      [FRONT_DESK.id, false],
      [RESTAURANT.id, false],
    ]);
  });
});

describe("after permissions were changed", () => {
  it("says that it is done, and reads the numbers anew", async () => {
    const { user, host } = await takeBackAll({});

    const page = words(await onPage("permission-done"));
    expect(page).toContain("4 of 4 changed");
    expect(page).toContain("A key that it already has may keep working until you make a new one.");
    expect(maybe("again")).toBeUndefined();
    expect(maybe("failure")).toBeUndefined();

    await user.click(await see("done-permissions"));
    await onPage("partner-permissions");
    expect(host.calls.get("channels")?.at(-1)).toEqual([true]);
  });

  it("lets what the Hub says now win over what was asked, with and without a reason", async () => {
    const why = failure("hubRefused", { status: 403, said: "Ask your partner to release this number." });
    await takeBackAll({
      changePermission: by({
        [RESTAURANT.id]: ok(NOT_TAKEN),
        [SPA.id]: ok({ ...NOT_TAKEN, why }),
        [LISBON.id]: ok({ ...TAKEN, why: failure("hubNoAnswer") }),
      }),
    });

    expect(words(await onPage("permission-done"))).toContain("2 of 4 changed");
    expect(rowOf(RESTAURANT.id)).toContain("The Hub took it and says it is still Shared.");
    expect(rowOf(SPA.id)).toContain("Shared Not done The Hub refused.");
    expect(rowOf(SPA.id)).toContain("your partner pays for this number and has to agree");
    expect(rowOf(SPA.id)).toContain("Ask your partner to release this number.");
    expect(rowOf(LISBON.id)).toContain("Missing Done");
    expect(rowOf(LISBON.id)).not.toContain("did not answer");
  });

  it.each([
    ["hubTooMany", { wait: 30 }, "Try again in a minute."],
    ["hubNoConnection", {}, "The Hub can't be reached."],
    ["hubNameNotFound", {}, "The Hub's address was not found."],
    ["hubNotOffered", {}, "This Hub can't do that for another program."],
  ] as const)("asks no further after %s, and says so", async (code, facts, said) => {
    const { host } = await takeBackAll({ changePermission: by({ [RESTAURANT.id]: fails(code, facts) }) });

    expect(words(await onPage("permission-done"))).toContain("2 of 4 changed");
    expect(rowOf(RESTAURANT.id)).toContain(said);
    expect(steps()).toMatchObject({ [SPA.id]: "notAsked", [LISBON.id]: "done" });
    expect(rowOf(SPA.id)).toContain("Not asked");
    expect(host.count("changePermission")).toBe(3);
  });

  it("goes on after a failure that is about one number alone", async () => {
    const { host } = await takeBackAll({ changePermission: by({ [FRONT_DESK.id]: fails("hubRefused") }) });

    expect(words(await onPage("permission-done"))).toContain("3 of 4 changed");
    expect(host.count("changePermission")).toBe(4);
  });

  it("says that nobody can tell where 360dialog neither answered nor says what holds now", async () => {
    const open = { ...NOT_TAKEN, now: "notTold", why: failure("hubNoAnswer"), isOpen: true } as const;
    await takeBackAll({ changePermission: async () => ok(open) });

    const page = words(await onPage("permission-done"));
    expect(page).toContain("We can't tell whether it changed");
    expect(page).not.toContain("Nothing was changed");
    expect(page).not.toContain("Not done");
    expect(steps()).toMatchObject({ [RESTAURANT.id]: "open" });
    await see("again");
  });

  it("shows the way on 360dialog's page where a gateway's 405 may mean that it has no such call", async () => {
    const why = failure("hubNotUnderstood", { status: 405 });
    await takeBackAll({ changePermission: async () => ok({ ...NOT_TAKEN, why }) });

    expect(words(await onPage("permission-done"))).not.toContain(
      "This Hub can't do that for another program.",
    );
    await see("to-own-page");
  });

  it("shows the way on 360dialog's page where the Hub has no such call", async () => {
    const { user, host } = await takeBackAll({ changePermission: async () => fails("hubNotOffered") });

    expect(words(await onPage("permission-done"))).toContain("Nothing was changed");
    await see("to-own-page");
    await user.click(await see("elsewhere"));
    expect(words(await see("elsewhere-steps"))).toContain("your profile in the top menu, then “Partner”");
    await user.click(await see("open-hub"));
    expect(host.calls.get("openPage")).toEqual([["hub"]]);
  });

  it("tries again what failed and what was not asked, and nothing else", async () => {
    let broken = true;
    const { user, host } = await takeBackAll({
      changePermission: async (id) =>
        broken && id === RESTAURANT.id ? fails("hubTooMany", { wait: 1 }) : ok(TAKEN),
    });
    await onPage("permission-done");
    expect(words(await see("again"))).toBe("Try again the 2 that are not done");

    broken = false;
    await user.click(await see("again"));

    await waitFor(() => expect(words()).toContain("4 of 4 changed"));
    expect(host.calls.get("changePermission")?.map(([id]) => id)).toEqual(
      [LISBON, FRONT_DESK, RESTAURANT, RESTAURANT, SPA].map(({ id }) => id),
    );
    expect(maybe("again")).toBeUndefined();
  });

  it("goes on in place where the session ended and the password is given", async () => {
    let ended = true;
    const { user } = await takeBackAll({
      changePermission: async (id) => (ended && id === SPA.id ? fails("sessionEnded") : ok(TAKEN)),
    });
    await user.type(await see("password-again"), "practice-harbour");
    ended = false;
    await user.click(await see("sign-in-again-confirm"));

    expect(words(await onPage("permission-done"))).toContain("4 of 4 changed");
  });

  it("of a single number offers to make a new key", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Front desk"));
    await user.click(await see("next-step"));
    await user.click(await see("change-confirm"));
    expect(words(await onPage("permission-done"))).toContain("Done: changed for this number");

    await user.click(await see("make-new-key"));

    await onPage("before");
    expect(host.calls.get("beforeMaking")).toEqual([[FRONT_DESK.id]]);
  });

  it("of a number that was given or not changed offers no new key", async () => {
    const { user, unmount } = open({}, signedIn);
    await user.click(await numberRow("Restaurant"));
    await user.click(await see("change-permission"));
    await user.click(await see("change-confirm"));
    expect(words(await onPage("permission-done"))).toContain("Blue Anchor can make keys there now.");
    expect(maybe("make-new-key")).toBeUndefined();
    unmount();

    const refused = open({ changePermission: async () => fails("hubRefused") }, signedIn);
    await refused.user.click(await numberRow("Front desk"));
    await refused.user.click(await see("next-step"));
    await refused.user.click(await see("change-confirm"));
    expect(words(await onPage("permission-done"))).toContain("Nothing was changed");
    expect(maybe("make-new-key")).toBeUndefined();
  });
});

describe("the work itself", () => {
  it("never asks for two numbers at once, nor twice by a second press", async () => {
    let under = 0;
    let most = 0;
    const host = fakeHost({
      changePermission: async () => {
        most = Math.max(most, ++under);
        await Promise.resolve();
        under--;
        return ok(TAKEN);
      },
    });
    const work = new PermissionWork(host, FOUR, false);

    await Promise.all([work.run(), work.run()]);

    expect(most).toBe(1);
    expect(host.count("changePermission")).toBe(4);
    expect(work.done).toBe(4);
  });
});

describe("a Member", () => {
  const member = appView({ session: { ...SIGNED_IN, rank: "member" } as typeof SIGNED_IN });

  it("is told before a change that it may be an Owner's, and can try it", async () => {
    const { user } = open({}, member);
    await user.click(await numberRow("Front desk"));
    expect(words(await see("member-note"))).toContain("You are a Member.");
    expect((await see("change-permission")).getAttribute("aria-disabled")).toBeNull();

    await user.click(await see("change-permission"));

    await onPage("permission-confirm");
    expect(words(await see("member-note"))).toContain("ask one of them");
  });

  it("is told so where several are changed, and an Owner is not", async () => {
    await onPartnerPage({}, member);
    await see("give");
    expect(all("member-note")).toHaveLength(1);
  });

  it("is what an Owner is not told to be", async () => {
    const { user } = open({}, signedIn);
    await user.click(await numberRow("Front desk"));
    await see("change-permission");

    expect(maybe("member-note")).toBeUndefined();
  });
});

describe("what is not done", () => {
  it("is not offered again where 360dialog refused it", async () => {
    await takeBackAll({ changePermission: async () => fails("hubRefused", { status: 403 }) });

    await onPage("permission-done");
    expect(steps()[FRONT_DESK.id]).toBe("failed");
    expect(maybe("again")).toBeUndefined();
  });

  it("is offered again for those alone that may fare better", async () => {
    const refused = fails("hubRefused", { status: 403 });
    const { user, host } = await takeBackAll({
      changePermission: by({ [FRONT_DESK.id]: refused, [SPA.id]: fails("hubInTrouble") }),
    });
    expect(words(await see("again"))).toBe("Try again what is not done");
    const asked = host.count("changePermission");

    await user.click(await see("again"));

    await onPage("permission-done");
    expect(host.calls.get("changePermission")?.slice(asked)).toEqual([[SPA.id, false]]);
  });

  it.each([
    ["hubRefused", false],
    ["hubInTrouble", true],
  ] as const)("of a list as last seen is tried again where that can help: %s", async (code, may) => {
    const list = { ...HARBOUR, notFresh: failure(code) };
    open({ channels: async () => ok(list) }, signedIn);
    await see("not-fresh");

    expect(maybe("retry") !== undefined).toBe(may);
  });
});

describe("a partner that was let in", () => {
  it("is told to go ahead where the number runs, and where it doesn't, to wait", async () => {
    const give = async (...ids: string[]) => {
      const { user, unmount } = await onPartnerPage();
      await tick(user, ...ids);
      await user.click(await see("give"));
      await user.click(await see("change-confirm"));
      await onPage("permission-done");
      const said = words(await see("change-meaning"));
      unmount();
      return said;
    };

    expect(await give(RESTAURANT.id)).toContain("Tell Blue Anchor that it may go ahead");
    expect(await give(SPA.id)).toContain("A key can be made once the number is running");
    const both = await give(RESTAURANT.id, SPA.id);
    expect(both).toContain("where the number is running, and elsewhere once it is");
    expect(both).not.toContain("go ahead");
  });
});
