import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { Host, LinkView, RequestRefusedWord } from "../src/host";
import { REQUEST_REFUSED } from "../src/request-words";
import { all, focusOn, maybe, onPage, open, see, signedIn, words } from "./driving";
import { appView, fails, FRONT_DESK, LOCKED, ok, RESTAURANT, THE_KEY } from "./fake-host";
import { openDesk } from "./desk-driving";
import { ANSWERED, asking, ASKS } from "./request-scenes";

const SOON = Math.floor(Date.now() / 1000) + 900;

async function onPastePage(own: Partial<Host> = {}) {
  const opened = open(own, signedIn);
  await opened.user.click(await see("profile"));
  await opened.user.click(await see("menu-request"));
  await see("page");
  return opened;
}

async function pasted(own: Partial<Host>, text = "https://hub.360dialog.com/dashboard/app/pT77xPA") {
  const opened = await onPastePage(own);
  await opened.user.click(await see("request-text"));
  await opened.user.paste(text);
  await opened.user.click(await see("request-read"));
  return opened;
}

const pick = (id: string) => all("pick").find((box) => box.dataset.id === id) as HTMLElement;

describe("a link that a partner sent", () => {
  it("is pasted on a page of its own, and says who asks, for which numbers and where the answer goes", async () => {
    const { host } = await pasted({ readRequest: async () => ok(ASKS) });

    await onPage("request-card");
    expect(host.calls.get("readRequest")).toEqual([["https://hub.360dialog.com/dashboard/app/pT77xPA"]]);
    expect(words(await see("request-who"))).toContain("Blue Anchor");
    expect(words(await see("request-who"))).toContain("Your partner at 360dialog.");
    expect(words(await see("request-for"))).toBe("Restaurant bookings, +49 30 55570188");
    expect(words(await see("request-where"))).toContain("https://www.blue-anchor.example/welcome");
    expect(words(await see("request-points"))).toContain("Blue Anchor can then make a key");
    for (const call of ["changePermission", "tellPartner"] as const) expect(host.count(call)).toBe(0);
  });

  it.each([
    ["safeLinks", "Microsoft Safe Links had wrapped this link."],
    ["urlDefense", "Proofpoint URL Defense had wrapped this link."],
  ] as const)("that %s had wrapped is said to be taken out of it", async (wrappedBy, sentence) => {
    await pasted({ readRequest: async () => ok({ ...ASKS, wrappedBy }) });

    expect(words(await see("request-wrapped"))).toContain(sentence);
    expect(words(await onPage("request-card"))).toContain("Anybody can write such a link");
  });

  it("that nobody wrapped says nothing of it", async () => {
    await pasted({ readRequest: async () => ok(ASKS) });

    await onPage("request-card");
    expect(maybe("request-wrapped")).toBeUndefined();
  });

  it("has nothing ticked and the safe choice under the finger", async () => {
    const { user, host } = await onPastePage(asking());
    await onPage("request-card");

    await focusOn("not-now");
    expect(all("pick").filter((box) => (box as HTMLInputElement).checked)).toEqual([]);
    expect(maybe("give")?.getAttribute("aria-disabled")).toBe("true");
    expect(document.querySelectorAll("button.primary")).toHaveLength(1);

    await user.click(await see("not-now"));
    await onPage("channels");
    await waitFor(() => expect(host.count("putRequestAway")).toBe(1));
    expect(host.count("changePermission")).toBe(0);
  });

  it("shows the numbers that are asked for, and all of them where the person wants to choose", async () => {
    const { user } = await onPastePage(asking());
    await onPage("request-card");
    expect(all("permission-row").map((row) => row.dataset.id)).toEqual([RESTAURANT.id]);

    await user.click(await see("request-all"));

    expect(all("permission-row")).toHaveLength(4);
    expect(maybe("request-all")).toBeUndefined();
  });

  it("is given for what was chosen, and tells the partner only when the person says so", async () => {
    const { user, host } = await onPastePage(asking());
    await onPage("request-card");
    await user.click(pick(RESTAURANT.id));
    await user.click(await see("give"));
    await onPage("permission-confirm");
    expect(host.count("changePermission")).toBe(0);
    await user.click(await see("change-confirm"));

    await onPage("permission-done");
    expect(host.calls.get("changePermission")).toEqual([[RESTAURANT.id, true]]);
    await waitFor(() => expect(maybe("tell-address")).toBeDefined());
    expect(words(maybe("tell-address"))).toBe(ANSWERED.answer);
    expect(host.count("tellPartner")).toBe(0);

    await user.click(await see("tell-partner"));
    await waitFor(() => expect(words(maybe("tell-result"))).toContain("The browser was asked to open it."));
    expect(host.count("tellPartner")).toBe(1);
    await user.click(await see("done-permissions"));
    await onPage("channels");
    await waitFor(() => expect(host.count("putRequestAway")).toBe(1));
  });

  it("goes on with more numbers, and takes the permission back as well", async () => {
    const { user, host } = await onPastePage(asking({ ...ASKS, numbers: [] }, { ...ANSWERED, numbers: [] }));
    await onPage("request-card");
    await user.click(pick(RESTAURANT.id));
    await user.click(await see("give"));
    await user.click(await see("change-confirm"));
    await user.click(await see("request-more"));

    await onPage("request-card");
    await user.click(pick(FRONT_DESK.id));
    await user.click(await see("remove"));
    await user.click(await see("change-confirm"));

    await onPage("permission-done");
    expect(host.calls.get("changePermission")).toEqual([
      [RESTAURANT.id, true],
      [FRONT_DESK.id, false],
    ]);
    expect(host.count("putRequestAway")).toBe(0);
  });

  it("has nothing to tell where 360dialog confirmed no change, and nowhere where none is named", async () => {
    const { user, unmount } = await onPastePage({ ...asking(ASKS, ASKS) });
    await onPage("request-card");
    await user.click(pick(RESTAURANT.id));
    await user.click(await see("give"));
    await user.click(await see("change-confirm"));
    expect(words(await see("tell"))).toContain("360dialog confirmed no change");
    expect(maybe("tell-partner")).toBeUndefined();
    unmount();

    const nowhere = { ...ASKS, returnTo: null };
    const again = await onPastePage(asking(nowhere, { ...nowhere, given: 1 }));
    await onPage("request-card");
    await again.user.click(pick(RESTAURANT.id));
    await again.user.click(await see("give"));
    await again.user.click(await see("change-confirm"));
    await waitFor(() => expect(words(maybe("tell"))).toContain("Tell Blue Anchor yourself."));
    expect(maybe("tell-partner")).toBeUndefined();
  });

  it("says how else to tell the partner where no browser opens", async () => {
    const { user, host } = await onPastePage({
      ...asking(),
      tellPartner: async () => fails("browserNotOpened"),
    });
    await onPage("request-card");
    await user.click(pick(RESTAURANT.id));
    await user.click(await see("give"));
    await user.click(await see("change-confirm"));
    await user.click(await see("tell-partner"));
    await waitFor(() => expect(words(maybe("tell-result"))).toContain("Copy the address above"));

    await user.click(await see("copy-tell-address"));
    expect(host.calls.get("copyText")?.map(([text]) => text)).toEqual([ANSWERED.answer]);
  });

  it("of a partner whom the Hub does not know can't be answered here", async () => {
    await onPastePage(asking({ ...ASKS, asker: "another", canGoOn: false }));
    await onPage("request-card");

    expect(words(await see("request-stop"))).toContain("The Hub does not know this partner.");
    expect(words(await see("request-stop"))).toContain("Your partner at 360dialog is Blue Anchor");
    for (const name of ["pick", "give", "remove"]) expect(maybe(name)).toBeUndefined();
  });

  it("of which 360dialog did not say whose it is stays offered, with that said", async () => {
    await onPastePage(asking({ ...ASKS, asker: "notTold" }));
    await onPage("request-card");

    expect(words(await see("request-stop"))).toContain("360dialog did not say whether this is your partner.");
    expect(all("pick")).toHaveLength(1);
    expect(words()).not.toContain("does not know this partner");
  });

  it("names somebody else's number as none of theirs, and says where one is not told", async () => {
    const numbers = [{ number: "+49 40 5557123", channelId: null }];
    await onPastePage(asking({ ...ASKS, numbers, notTold: 1 }));
    await onPage("request-card");

    expect(words(await see("request-for"))).toContain("+49 40 5557123: not among your numbers");
    expect(words(await see("request-for"))).toContain("Of one of your numbers the phone number is not told.");
    await see("request-none-yours");
    expect(maybe("pick")).toBeUndefined();
  });

  it.each(Object.keys(REQUEST_REFUSED) as RequestRefusedWord[])("is refused in words: %s", async (why) => {
    const host = ["lookAlike", "unknownHost"].includes(why) ? "hub.360dia1og.com" : null;
    const { host: asked } = await pasted(
      { readRequest: async () => ok({ kind: "refused", why, host }) },
      "odd",
    );

    await waitFor(() => expect(maybe("request-refused")?.dataset.why).toBe(why));
    const said = words(maybe("request-refused"));
    expect(said).toContain("Nothing was opened or changed.");
    if (host !== null) expect(said).toContain(host);
    expect(asked.count("changePermission")).toBe(0);
    await onPage("request");
  });

  it("that could hold a key is taken off the page", async () => {
    await pasted(
      { readRequest: async () => ok({ kind: "refused", why: "couldBeKey", host: null }) },
      THE_KEY,
    );

    await waitFor(() => expect(maybe("request-refused")?.dataset.why).toBe("couldBeKey"));
    expect((maybe("request-text") as HTMLInputElement).value).toBe("");
    expect(document.body.innerHTML).not.toContain(THE_KEY);
  });

  it("is found from the partner's page too", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("profile"));
    await user.click(await see("menu-partner"));
    await user.click(await see("to-request"));
    await onPage("request");
  });
});

describe("a link from outside that asks for something", () => {
  it("opens what is asked, and changes nothing", async () => {
    const { host } = open(asking(), signedIn);
    await onPage("channels");

    host.linkCame({ kind: "asks" });

    await onPage("request-card");
    expect(host.count("changePermission")).toBe(0);
    expect(maybe("link-asks")).toBeUndefined();
  });

  it("waits for who is not signed in, or for a locked program", async () => {
    const waits = (whatFor: "signIn" | "unlock"): LinkView => ({
      kind: "waits",
      channelId: null,
      whatFor,
      until: SOON,
      notice: false,
    });
    const { unmount } = open({ link: async () => ok(waits("signIn")) });
    expect(words(await see("link-waits"))).toContain("Sign in to read what a partner asks for");
    unmount();
    open({ link: async () => ok(waits("unlock")) }, appView({ session: LOCKED }));
    expect(words(await see("link-waits"))).toContain("Unlock to read what a partner asks for");
  });

  it("tears nobody away from a decision, and opens when they say so", async () => {
    const { host, user } = open({ ...asking(), link: async () => ok({ kind: "asks" }) }, signedIn);
    await onPage("request-card");
    host.linkCame({ kind: "asks" });
    expect(words(await see("link-asks"))).toContain("It can be read when you are done here.");
    expect(maybe("link-open")).toBeUndefined();

    await user.click(await see("not-now"));
    await user.click(await see("link-open"));
    await onPage("request-card");
  });

  it("leads nowhere at the support desk, and says so", async () => {
    const { host } = openDesk(12);
    await see("desk-row");
    host.linkCame({ kind: "asksClients" });
    expect(words(await see("link-asks-clients"))).toContain("Such a link is for a client");
    await onPage("desk");
  });
});
