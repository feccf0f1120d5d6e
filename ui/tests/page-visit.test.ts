import { waitFor } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Host } from "../src/host";
import { sayLeft, sayStrangers } from "../src/page-visit-words";
import { all, focusOn, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { AFTER, AWAY, fails, FRONT_DESK, LISBON, ok, RESTAURANT, SPA } from "./fake-host";
import { ALL_ENDS, onOwnPage } from "./page-visit-scenes";
import { ANSWERED, asking, ASKS } from "./request-scenes";

afterEach(() => vi.useRealTimers());

/** On the page that says what is going to happen. */
async function before(own: Partial<Host> = {}) {
  const opened = open(onOwnPage(own), signedIn);
  await opened.user.click(await see("profile"));
  await opened.user.click(await see("menu-partner"));
  await opened.user.click(await see("to-own-page"));
  await onPage("own-page");
  return opened;
}

async function waiting(own: Partial<Host> = {}) {
  const opened = await before(own);
  await opened.user.click(await see("own-page-open"));
  await onPage("own-page-waiting");
  return opened;
}

const holds = () => all("after-row").map(({ dataset }) => [dataset.id, dataset.holds]);

describe("where the API does not offer it", () => {
  it("a change leads to 360dialog's page, about that number", async () => {
    const { user, host } = open({ changePermission: async () => fails("hubNotOffered") }, signedIn);
    await user.click(await see("profile"));
    await user.click(await see("menu-partner"));
    await user.click(all("pick").find((box) => box.dataset.id === FRONT_DESK.id) as HTMLElement);
    await user.click(await see("remove"));
    await user.click(await see("change-confirm"));
    await onPage("permission-done");

    await user.click(await see("to-own-page"));
    await onPage("own-page");
    expect(words(await see("own-page-about"))).toContain("Front desk");
    expect(host.count("visitPage")).toBe(0);
    await user.click(await see("own-page-open"));

    await onPage("own-page-waiting");
    expect(host.calls.get("visitPage")).toEqual([[FRONT_DESK.id]]);
  });

  it("nothing leads there while it does, and nobody set so", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("profile"));
    await user.click(await see("menu-partner"));
    await see("pick-all");

    expect(maybe("to-own-page")).toBeUndefined();
  });
});

describe("where the person set so", () => {
  it("the partner's page leads there, and to nothing that is changed here", async () => {
    const { user, host } = open(onOwnPage(), signedIn);
    await user.click(await see("profile"));
    await user.click(await see("menu-partner"));
    await see("to-own-page");

    expect(all("pick")).toEqual([]);
    expect([maybe("give"), maybe("remove")]).toEqual([undefined, undefined]);
    expect(all("permission-row")).toHaveLength(4);
    expect(host.count("changePermission")).toBe(0);
  });

  it("the next step of one number leads there about it, and back", async () => {
    const { user, host } = open(onOwnPage(), signedIn);
    await user.click(await numberRow("Front desk"));
    await user.click(await see("next-step"));
    await onPage("own-page");
    expect(words(await see("own-page-about"))).toContain("Front desk");

    await user.click(await see("not-now"));
    await onPage("channel");
    expect([host.count("visitPage"), host.count("changePermission")]).toEqual([0, 0]);
  });

  it("it is a setting, off at first, of a client's alone", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await see("profile"));
    await user.click(await see("menu-settings"));
    const box = (await see("setting-own-page")) as HTMLInputElement;
    expect(box.checked).toBe(false);

    await user.click(box);

    expect(host.calls.get("setSettings")).toMatchObject([[{ onOwnPage: true }]]);
  });
});

describe("before the browser opens", () => {
  it("it is said what will happen and what nobody tried, with the safe choice under the finger", async () => {
    const { user, host } = await before();

    const said = words(await see("own-page-points"));
    for (const point of ["Sign in there", "Nothing is changed before you save there", "for five minutes"])
      expect(said).toContain(point);
    expect(said).toContain("Nobody tried whether 360dialog's page comes back");
    await focusOn("not-now");
    expect(host.count("visitPage")).toBe(0);

    await user.click(await see("not-now"));
    await see("to-own-page");
    expect(host.count("visitPage")).toBe(0);
  });

  it("a partner that is not told is said, with the next step, and nothing opens", async () => {
    const { user } = await before({ visitPage: async () => fails("partnerNotTold") });
    await user.click(await see("own-page-open"));

    const told = await see("failure");
    expect(told.dataset.code).toBe("partnerNotTold");
    expect(words(told)).toContain("A partner sent me a link");
    await onPage("own-page");
  });
});

describe("while the browser is there", () => {
  it("the way back, its time and the link are told, and the link opens again", async () => {
    const { user, host } = await waiting();

    expect(words(await see("away-until"))).toMatch(/until \d\d:\d\d, for (4|5) more minutes\./);
    expect(words(await see("away-link"))).toBe(AWAY.link);
    await user.click(await see("copy-away-link"));
    expect(host.calls.get("copyText")).toEqual([[AWAY.link, false]]);

    await user.click(await see("away-again"));
    await waitFor(() => expect(words(maybe("away-again-done"))).toBe("The browser was asked again."));
    expect(host.count("visitPageAgain")).toBe(1);
  });

  it("a browser that can't be opened is said, and the link can be copied", async () => {
    const { user } = await waiting({
      visitPage: async () => ok({ ...AWAY, opened: false }),
      visitPageAgain: async () => fails("browserNotOpened"),
    });

    expect(words(await see("not-opened"))).toContain("Copy the link below");
    await user.click(await see("away-again"));
    expect((await see("failure")).dataset.code).toBe("browserNotOpened");
    expect(maybe("copy-away-link")).toBeDefined();
  });

  it("coming back by itself asks the Hub and shows what holds", async () => {
    const { host } = await waiting();
    expect(host.count("afterPage")).toBe(0);

    host.pageVisitEnded({ answered: true });

    await onPage("own-page-after");
    expect([host.count("afterPage"), host.count("endPageVisit")]).toEqual([1, 0]);
    expect(words(await see("after-said"))).toContain("What the Hub says counts.");
    expect(holds()).toEqual([[RESTAURANT.id, "asSaid"]]);
    expect(words(all("after-row")[0])).toContain("Certain");
  });

  it("a browser that was back before the program knew that it had opened is not missed", async () => {
    const { user, host } = await before({
      visitPage: async () => {
        host.pageVisitEnded({ answered: true });
        return ok(AWAY);
      },
    });
    await user.click(await see("own-page-open"));

    await onPage("own-page-after");
    expect(host.count("afterPage")).toBe(1);
  });

  it("a door that closed is said with the next step, and checking by hand still works", async () => {
    const { user, host } = await waiting();

    host.pageVisitEnded({ answered: false });

    await waitFor(() => expect(words(maybe("away-late"))).toContain("I'm done: check now"));
    expect(maybe("away-until")).toBeUndefined();
    expect(host.count("afterPage")).toBe(0);
    await user.click(await see("away-check"));
    await onPage("own-page-after");
    expect(maybe("after-wait")).toBeUndefined();
  });

  it("where no door opened, that is said at once", async () => {
    await waiting({ visitPage: async () => ok({ ...AWAY, until: null }) });

    expect(words(await see("away-no-door"))).toContain("Come back yourself");
    expect(maybe("away-until")).toBeUndefined();
  });

  it("the partner of a link is named as such, and the practice password is shown in practice alone", async () => {
    const practice = { email: "maria@harbour-hotel.example", password: "practice-x" };
    const { unmount } = await waiting({ visitPage: async () => ok({ ...AWAY, byLink: true, practice }) });
    expect(words(await see("away-by-link"))).toContain("pT77xPA");
    expect(words(await see("away-practice"))).toContain("practice-x");
    unmount();

    await waiting();
    expect([maybe("away-by-link"), maybe("away-practice")]).toEqual([undefined, undefined]);
  });

  it("an address is pasted, refused in a word or taken, and then the Hub is asked", async () => {
    let refused: "otherState" | null = "otherState";
    const { user, host } = await waiting({ takePageReturn: async () => ok(refused) });
    await user.click(await see("away-paste"));
    await user.click(await see("away-paste-text"));
    await user.paste("https://www.blue-anchor.example/welcome?channels=[]");
    await user.click(await see("away-paste-read"));
    await waitFor(() => expect(maybe("away-refused")?.dataset.why).toBe("otherState"));
    expect(host.count("afterPage")).toBe(0);

    refused = null;
    await user.click(await see("away-paste-read"));

    await onPage("own-page-after");
    expect(host.calls.get("takePageReturn")?.at(-1)).toEqual([
      "https://www.blue-anchor.example/welcome?channels=[]",
    ]);
  });

  it("a check that fails says why and is tried again", async () => {
    let out = true;
    const { user } = await waiting({
      afterPage: async () => (out ? fails("hubNoConnection") : ok(AFTER)),
    });
    await user.click(await see("away-check"));
    expect((await see("failure")).dataset.code).toBe("hubNoConnection");

    out = false;
    await user.click(await see("retry"));
    await onPage("own-page-after");
  });

  it("giving up, and leaving the page, close the door", async () => {
    const { user, host, unmount } = await waiting();
    await user.click(await see("away-stop"));
    await see("to-own-page");
    await waitFor(() => expect(host.count("endPageVisit")).toBe(1));
    unmount();

    const opened = await waiting();
    opened.unmount();
    expect(opened.host.count("endPageVisit")).toBe(1);
  });

  it("Escape does not end the waiting", async () => {
    const { user, host } = await waiting();
    await user.keyboard("{Escape}");
    await onPage("own-page-waiting");
    expect(host.count("endPageVisit")).toBe(0);
  });
});

describe("afterwards", () => {
  it("each number says what is certain and what is not", async () => {
    const { host } = await waiting({ afterPage: async () => ok(ALL_ENDS) });
    host.pageVisitEnded({ answered: true });
    await onPage("own-page-after");

    const inOrder = all("after-row");
    expect(inOrder.map(({ dataset }) => dataset.id)).toEqual(
      [LISBON, FRONT_DESK, RESTAURANT, SPA].map(({ id }) => id),
    );
    for (const [id, word, more] of [
      [RESTAURANT.id, "Certain", "the Hub says the same"],
      [FRONT_DESK.id, "Not so", "the Hub says that it is Shared"],
      [LISBON.id, "Not certain", "The Hub did not tell"],
      [SPA.id, "Changed", "otherwise than before"],
    ]) {
      const row = words(inOrder.find(({ dataset }) => dataset.id === id));
      expect(row).toContain(word);
      expect(row).toContain(more);
    }
    expect(words(await see("after-strangers"))).toContain("kX85yCH and 2 more");
    expect(words(await see("after-not-told"))).toContain("For one number");
  });

  it("where nothing came back, waiting goes on if the person wants", async () => {
    const { user, host } = await waiting({
      afterPage: async () => ok({ ...AFTER, said: "nothing", rows: [] }),
    });
    await user.click(await see("away-check"));
    await onPage("own-page-after");
    expect(words(await see("after-no-rows"))).toBe("The Hub tells of no change.");

    await user.click(await see("after-wait"));
    await onPage("own-page-waiting");
    expect(host.count("endPageVisit")).toBe(0);
    host.pageVisitEnded({ answered: true });
    await onPage("own-page-after");
  });

  it("another client is named, and nothing of it is shown as the client's own", async () => {
    const { user } = await waiting({
      afterPage: async () => ok({ ...AFTER, said: "otherClient", otherClient: "kY12zCL", rows: [] }),
    });
    await user.click(await see("away-check"));

    expect(words(await see("after-other-client"))).toContain("kY12zCL");
    expect(words(await see("after-other-client"))).toContain("Harbour Hotel GmbH");
    expect(holds()).toEqual([]);
  });

  it("done closes the door and reads the numbers anew", async () => {
    const { user, host } = await waiting();
    await user.click(await see("away-check"));
    await user.click(await see("after-done"));

    await onPage("channels");
    await waitFor(() => expect(host.count("endPageVisit")).toBe(1));
    expect(host.calls.get("channels")?.at(-1)).toEqual([true]);
  });

  it("a partner's request is answered with what became certain", async () => {
    const asks = asking(ASKS, ANSWERED);
    let there = false;
    const { user, host } = open(
      onOwnPage({
        ...asks,
        request: async () => ok(there ? ANSWERED : ASKS),
        afterPage: async () => {
          there = true;
          return ok(AFTER);
        },
      }),
      signedIn,
    );
    await user.click(await see("profile"));
    await user.click(await see("menu-request"));
    await onPage("request-card");
    await user.click(all("pick").find((box) => box.dataset.id === RESTAURANT.id) as HTMLElement);
    await user.click(await see("give"));
    await onPage("own-page");
    await user.click(await see("own-page-open"));
    await onPage("own-page-waiting");
    expect(host.calls.get("visitPage")).toEqual([[RESTAURANT.id]]);

    host.pageVisitEnded({ answered: true });

    await onPage("own-page-after");
    await waitFor(() => expect(words(maybe("tell-address"))).toBe(ANSWERED.answer));
    expect(host.count("changePermission")).toBe(0);
  });
});

describe("in words", () => {
  it("the time that is left is said in minutes, then in seconds, and never below none", () => {
    expect(sayLeft(1300, 1_000_000)).toBe("for 5 more minutes");
    expect(sayLeft(1060, 1_000_000)).toBe("for one more minute");
    expect(sayLeft(1059, 1_000_000)).toBe("for 59 more seconds");
    expect(sayLeft(900, 1_000_000)).toBe("for 0 more seconds");
  });

  it("many ids are said as a few and how many more", () => {
    expect(sayStrangers(["a", "b"])).toBe("a, b");
    expect(sayStrangers(Array.from({ length: 10_000 }, (_, at) => `c${at}`))).toBe(
      "c0, c1, c2, c3, c4 and 9,995 more",
    );
  });
});
