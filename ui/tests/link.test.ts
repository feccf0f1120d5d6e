import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { LinkView, RefusedWord } from "../src/host";
import { openDesk } from "./desk-driving";
import { maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { appView, HARBOUR, LOCKED, ok, RESTAURANT, SIGNED_IN } from "./fake-host";

const SOON = Math.floor(Date.now() / 1000) + 900;
const to = { channelId: RESTAURANT.id };
const OPENS: LinkView = { kind: "opens", ...to, notice: false, several: false };
const waits = (whatFor: "signIn" | "unlock" | "client" | "list"): LinkView => ({
  kind: "waits",
  ...to,
  whatFor,
  until: SOON,
  notice: false,
});

/** A link that came before the window did, and leads on once the story says so. */
function following(first: LinkView) {
  let now = first;
  return {
    link: async () => ok(now),
    leads: (view: LinkView) => (now = view),
  };
}

describe("a link from outside", () => {
  it("opens its channel, says that a link did, and is put away", async () => {
    const { host, user } = open({}, signedIn);
    await onPage("channels");

    host.linkCame(OPENS);

    await onPage("channel");
    expect(words(await see("link-opened"))).toContain("A link shows a channel and does nothing else.");
    expect(host.calls.get("channel")?.at(-1)).toEqual([RESTAURANT.id]);
    await waitFor(() => expect(host.count("putLinkAway")).toBe(1));

    await user.click(await see("link-put-away"));
    expect(maybe("link-opened")).toBeUndefined();
    await onPage("channel");
  });

  it("opens its channel at the desk", async () => {
    const { host } = openDesk(12);
    await see("desk-row");

    host.linkCame({ kind: "opens", channelId: "c7CH", notice: false, several: false });

    await onPage("desk-channel");
    await waitFor(() => expect(words(document.body)).toContain("Desk 7"));
    await see("link-opened");
  });

  it("waits for who is not signed in, and opens as soon as their numbers are there", async () => {
    const { link, leads } = following(waits("signIn"));
    const { user } = open({ link, channels: async () => (leads(OPENS), ok(HARBOUR)) });
    const notice = await see("link-waits");
    expect(words(notice)).toContain(`Sign in to open channel ${RESTAURANT.id}`);
    expect(words(notice)).toContain("It waits until");

    leads(waits("list"));
    await user.type(await see("email"), "maria@harbour-hotel.example");
    await user.type(await see("password"), "practice-harbour");
    await user.click(await see("sign-in"));

    await onPage("channel");
    await see("link-opened");
  });

  it("waits for a locked program to be unlocked", async () => {
    const { link } = following(waits("unlock"));
    open({ link }, appView({ session: LOCKED }));
    await onPage("locked");
    expect(words(await see("link-waits"))).toContain(`Unlock to open channel ${RESTAURANT.id}`);
  });

  it("waits for the desk's list, and opens from the first piece that has its channel", async () => {
    const { link, leads } = following(waits("list"));
    const { tell } = openDesk(12, { own: { link } });
    await see("link-waits");

    leads({ kind: "opens", channelId: "c3CH", notice: false, several: false });
    tell({ reading: { came: 12, total: 500 } });

    await onPage("desk-channel");
    await waitFor(() => expect(words(document.body)).toContain("Desk 3"));
  });

  it("opens also where the list came while the link was on its way to the page", async () => {
    const { host } = open({ link: async () => ok(OPENS) }, signedIn);
    await see("channel-row");

    host.linkCame(waits("list"));

    await onPage("channel");
  });

  it("is not followed where the person does not want it", async () => {
    const { user, host } = open({ link: async () => ok(waits("signIn")) });

    await user.click(await see("link-put-away"));

    expect(maybe("link-waits")).toBeUndefined();
    expect(host.count("putLinkAway")).toBe(1);
  });

  it("says nothing any more once its time is up", async () => {
    open({ link: async () => ok({ ...waits("signIn"), until: SOON - 3600 } as LinkView) });
    await onPage("sign-in");
    await waitFor(() => expect(maybe("sign-in")).toBeDefined());
    expect(maybe("link-waits")).toBeUndefined();
  });

  it("says that its channel is not in the list, and opens nothing", async () => {
    const { host } = open({}, signedIn);
    await onPage("channels");

    host.linkCame({ kind: "notListed", channelId: "nOtH3rCH", notice: false });

    expect(words(await see("link-not-listed"))).toContain("Channel nOtH3rCH is not among your numbers.");
    await onPage("channels");
  });

  it("tears nobody away from a decision, and opens when they say so", async () => {
    const { host, user } = open({ link: async () => ok(OPENS) }, signedIn);
    await see("link-opened");
    await user.click(await see("make-key"));
    await onPage("before");

    host.linkCame(OPENS);

    expect(words(await see("link-held"))).toContain("It can be opened when you are done here.");
    expect(maybe("link-open")).toBeUndefined();
    await onPage("before");

    await user.click(await see("not-now"));
    await onPage("channel");
    await user.click(await see("link-open"));
    await see("link-opened");
    expect(host.count("makeKey")).toBe(0);
  });

  it("leaves the settings alone until the person says so", async () => {
    const { host, user } = open({ link: async () => ok(OPENS) }, signedIn);
    await see("link-opened");
    await user.click(await see("profile"));
    await user.click(await see("menu-settings"));
    await onPage("settings");

    host.linkCame(OPENS);
    await see("link-held");
    await onPage("settings");
    await user.click(await see("link-open"));

    await onPage("channel");
  });

  it("says no more that a link opened it once another number is open", async () => {
    const { host, user } = open({}, signedIn);
    await onPage("channels");
    host.linkCame(OPENS);
    await see("link-opened");

    await user.click(await numberRow("Front desk"));

    await waitFor(() => expect(maybe("link-opened")).toBeUndefined());
  });

  it("is told apart from a notification that leads to a channel", async () => {
    const { host } = open({}, signedIn);
    await onPage("channels");

    host.linkCame({ ...OPENS, notice: true });

    expect(words(await see("link-opened"))).toContain("Opened from a notification");
    expect(words(await see("link-opened"))).not.toContain("link");
  });

  it("shows all that are watched behind the channel where a notification told of several", async () => {
    const { host, user } = openDesk(12);
    await see("desk-row");
    await user.type(await see("desk-search"), "nothing like it");

    host.linkCame({ kind: "opens", channelId: "c7CH", notice: true, several: true });

    await onPage("desk-channel");
    const watched = document.querySelector('[data-saved="watched"]');
    await waitFor(() => expect(watched?.getAttribute("aria-pressed")).toBe("true"));
    expect(await see("desk-search")).toHaveProperty("value", "");
  });

  const REASONS: [RefusedWord, string][] = [
    ["tooLong", "It is longer than a link of this program can be."],
    ["notOurs", "It is not a link of this program."],
    ["oddCharacters", "It has characters that no link of this program has."],
    ["notKnown", "It leads to something that is not known to this version."],
    ["bringsMore", "It says more than which channel to open."],
    ["noChannel", "It names no channel."],
    ["couldBeKey", "It may hold an API key"],
    ["oddRequest", "It asks for a permission, and something in it is not as it should be."],
  ];

  it.each(REASONS)("is refused in words: %s", async (why, said) => {
    const { host } = open({}, appView({ session: SIGNED_IN }));
    await onPage("channels");

    host.linkCame({ kind: "refused", why });

    const notice = words(await see("link-refused"));
    expect(notice).toContain(said);
    expect(notice).toContain("Nothing was opened or changed.");
    await onPage("channels");
    expect(host.count("channel")).toBe(0);
  });
});
