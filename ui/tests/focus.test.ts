import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { openDesk, row } from "./desk-driving";
import { deskCalls, line, PARTNER, practiceDesk } from "./fake-desk";
import { before, fails, HARBOUR, key, ok, RESTAURANT, row as shared } from "./fake-host";

const MARIA = "maria@harbour-hotel.example";
const STOPS = { checks: 2, watched: 0, reminders: 0, lockMinutes: 15, fileWords: false };

/** Waits until the focus is on an element with this name. */
function focusOnNamed(name: string): Promise<void> {
  return waitFor(() => {
    const at = document.activeElement ?? document.body;
    const told =
      at === document.body ? "the body" : (at.getAttribute("aria-label") ?? words(at as HTMLElement));
    if (told !== name) throw new Error(`the focus is on ${told}, not on ${name}`);
  });
}

describe("the focus", () => {
  it("goes to the heading of the numbers after signing in", async () => {
    const { user } = open();
    await user.type(await see("email"), MARIA);
    await user.type(await see("password"), "practice-harbour{Enter}");
    await onPage("channels");

    await focusOnNamed("Your numbers");
  });

  it("goes to the heading of the desk after signing in", async () => {
    const { user } = open({ ...deskCalls(practiceDesk(3)), signIn: async () => ok(PARTNER) });
    await user.type(await see("email"), PARTNER.person.email);
    await user.type(await see("password"), "practice-anchor{Enter}");
    await onPage("desk");

    await focusOnNamed("Blue Anchor, support desk");
  });

  it("is on the heading where the program begins among the numbers", async () => {
    open({}, signedIn);
    await see("channel-row");

    await focusOnNamed("Your numbers");
  });

  it("goes to a new page's heading where what was pressed is still there", async () => {
    const { user } = open({}, signedIn);
    await user.click(await see("nav-help"));
    await onPage("help");
    await user.click(await see("nav-numbers"));
    await onPage("channels");

    await focusOnNamed("Your numbers");
  });

  it("stays on the button that changes the mode of a desk, and comes back to the desk's heading", async () => {
    let mode: "mayWrite" | "readOnly" = "mayWrite";
    const { user } = openDesk(3, {
      own: { deskMode: async () => ok(mode), setDeskMode: async (next) => ok((mode = next)) },
    });
    await user.click(await see("only-read"));
    await see("read-only");
    await focusOnNamed("Let it make keys");

    await user.click(await see("let-write"));
    await onPage("may-write");
    await user.click(await see("allow-writing"));
    await onPage("desk");
    await focusOnNamed("Blue Anchor, support desk");
  });

  it("stays where it is while chosen channels are checked again, and among them when the results are put away", async () => {
    const { user } = openDesk(12);
    await user.click(await see("pick-shown"));
    await user.click(await see("check-picked"));
    await see("bulk-standing");
    await focusOnNamed("Check 12 again");

    await user.click(await see("bulk-show"));
    await see("rechecks");
    await focusOnNamed("Back to the board");
    await user.click(await see("bulk-show"));
    await user.click(await see("bulk-away"));
    await waitFor(() => expect(maybe("bulk-standing")).toBeUndefined());
    await focusOnNamed("12 channels chosen");

    await user.click(await see("pick-none"));
    await waitFor(() => expect(maybe("desk-picked")).toBeUndefined());
    await focusOnNamed("Blue Anchor, support desk");
  });

  it("goes back to what a dialog lay over, also where another dialog came in its place", async () => {
    let over = false;
    const { user, host } = open(
      { channels: async () => (over ? fails("sessionEnded") : ok(HARBOUR)) },
      signedIn,
    );
    await see("channel-row");
    over = true;
    const refresh = await see("refresh");
    await user.click(refresh);
    await see("sign-in-again-sheet");

    host.closingAsks({ stops: STOPS, canStay: true });
    await see("closing-stay");
    await waitFor(() => expect(maybe("sign-in-again-sheet")).toBeUndefined());
    await focusOnNamed("Stay open");
    await user.keyboard("{Escape}");

    await waitFor(() => expect(maybe("closing")).toBeUndefined());
    await waitFor(() => expect(document.activeElement).toBe(refresh));
  });

  it("goes to the channel that a link opens, at the desk and among the numbers, open or not", async () => {
    const { host, user } = openDesk(12);
    await user.click(await see("desk-search"));
    const OPENS = { kind: "opens", channelId: "c7CH", notice: false, several: false } as const;
    host.linkCame(OPENS);
    await focusOnNamed("Desk 7");
    await user.click(await see("desk-search"));
    host.linkCame(OPENS);
    await focusOnNamed("Desk 7");
  });

  it("goes to the number that a link opens, also where it is open", async () => {
    const { host, user } = open({}, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await focusOnNamed("Restaurant bookings");
    await user.click(await see("search"));

    host.linkCame({ kind: "opens", channelId: RESTAURANT.id, notice: false, several: false });

    await focusOnNamed("Restaurant bookings");
  });

  it("goes to the desk's heading once a key is handed over", async () => {
    const facts = before({
      side: "partner",
      clientName: "Harbour Hotel GmbH",
      row: shared({ id: "c0CH", permission: "shared", payer: "notTold" }),
      verdict: { generate: "yes", reason: "sharedWithPartner", next: "makeKey", missing: [] },
    });
    const { user } = openDesk([line(0, { permission: "shared" }), line(1)], {
      own: { beforeMaking: async () => ok(facts) },
    });
    await user.click(await row("c0CH"));
    await user.click(await see("make-key"));
    await user.click(await see("replace-key"));
    await user.click(await see("copy-key"));
    await user.click(await see("hand-over-begin"));
    await user.click(await see("hand-over-confirm"));
    await onPage("desk-channel");

    await focusOnNamed("Blue Anchor, support desk");
  });

  it("stays where it is when a person presses beside everything", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await focusOnNamed("Restaurant bookings");
    await user.click(document.body);
    expect(document.activeElement).toBe(document.body);

    host.keyChecked({ key: key(), test: null, turn: null, why: null, byItself: true });
    await new Promise((frame) => requestAnimationFrame(frame));
    expect(document.activeElement).toBe(document.body);
  });

  it("goes to what is left of the page where a notice is dismissed", async () => {
    const { user } = open({ keepSession: async () => fails("keychainStayedLocked") });
    await user.click(await see("keep-session"));
    await user.type(await see("email"), MARIA);
    await user.type(await see("password"), "practice-harbour{Enter}");
    await user.click(await see("put-notice-away"));

    await focusOnNamed("Your numbers");
  });
});
