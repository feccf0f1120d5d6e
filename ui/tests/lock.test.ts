import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { MadeView } from "../src/host";
import { maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { appView, fails, HERE, key, LOCKED, ok, SIGNED_IN, THE_KEY } from "./fake-host";

const kept = key({ state: "kept", label: "Booking" });

async function lock(user: ReturnType<typeof open>["user"]) {
  await user.click(await see("profile"));
  await user.click(await see("menu-lock"));
  await onPage("locked");
}

describe("a locked program", () => {
  it("has nothing on its page of what it showed", async () => {
    const { user, host } = open({ keys: async () => ok([kept]) }, signedIn);
    await user.click(await see("nav-keys"));
    await waitFor(() => expect(words(document.body)).toContain("Booking"));

    host.locked();

    await onPage("locked");
    const page = document.documentElement.outerHTML;
    for (const gone of [THE_KEY, "Booking", "Restaurant bookings", "55570188", "Harbour Hotel"]) {
      expect(page).not.toContain(gone);
    }
    expect(words()).toContain("maria@harbour-hotel.example");
    expect(maybe("profile")).toBeUndefined();
  });

  it("says which password opens it, and that the computer's own ways don't", async () => {
    const { host } = open({}, signedIn);
    await onPage("channels");
    host.locked();

    const how = words(await see("locked-how"));
    expect(how).toContain("The password of your 360dialog account");
    expect(how).toContain("A fingerprint, face or PIN of this computer does not open it.");
    expect(words()).toContain("Your password opens it again");
  });

  it("asks for no password in practice, and says why", async () => {
    const { host } = open({}, { ...signedIn, practice: true });
    await onPage("channels");
    host.locked();

    await see("unlock");
    expect(words()).toContain("Nobody was given a password to practise");
    expect(maybe("unlock-password")).toBeUndefined();
    expect(maybe("locked-how")).toBeUndefined();
  });

  it("hides a new key whose answer comes while it locks", async () => {
    let answer = () => {};
    const answered = new Promise<void>((settle) => (answer = settle));
    const made: MadeView = { kind: "made", key: key({ state: "inMemory" }), notSaved: null, others: [] };
    const { user, host } = open({ makeKey: () => answered.then(() => ok(made)) }, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await user.click(await see("make-key"));
    await user.click(await see("replace-key"));
    await onPage("sending");

    host.locked({ keyWaits: true });
    answer();
    await answered;

    await see("locked-key");
    await onPage("locked");
    expect(document.documentElement.outerHTML).not.toContain("kX9p");
  });

  it("is locked from the menu, also in a decision, and opens with the password among the numbers", async () => {
    const { user, host } = open({}, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await user.click(await see("make-key"));
    await onPage("before");
    await lock(user);

    await user.type(await see("unlock-password"), "practice-harbour");
    await user.click(await see("unlock"));

    await onPage("channels");
    expect(host.calls.get("signInAgain")).toEqual([["practice-harbour"]]);
    expect(host.count("makeKey")).toBe(0);
  });

  it("stays locked after a wrong password, and offers no other way in", async () => {
    const { user } = open({ signInAgain: async () => fails("wrongPassword") }, signedIn);
    await lock(user);

    await user.type(await see("unlock-password"), "nope");
    await user.click(await see("unlock"));

    await see("failure");
    await onPage("locked");
    expect(maybe("locked-open-here")).toBeUndefined();
  });

  it("can be opened without signing in where nobody can check a password", async () => {
    const { user, host } = open({ signInAgain: async () => fails("hubNoConnection") }, signedIn);
    await lock(user);
    expect(maybe("locked-open-here")).toBeUndefined();
    await user.type(await see("unlock-password"), "practice-harbour");
    await user.click(await see("unlock"));

    await user.click(await see("locked-open-here"));

    await see("not-signed-in");
    await onPage("channels");
    expect(host.calls.get("openHere")).toEqual([[LOCKED.user, LOCKED.clientId]]);
  });

  it("opens without a password for nobody while a key lies in memory alone", async () => {
    const app = appView({ session: { ...LOCKED, keyWaits: true } });
    const { user } = open({ signInAgain: async () => fails("hubNoConnection") }, app);
    await onPage("locked");
    expect(words(await see("locked-key"))).toContain("stored nowhere but in this program");

    await user.type(await see("unlock-password"), "practice-harbour");
    await user.click(await see("unlock"));

    await see("failure");
    expect(maybe("locked-open-here")).toBeUndefined();
  });

  it("keeps its window open over a key that lies in memory alone, and does not show it", async () => {
    const { host } = open({}, appView({ session: { ...LOCKED, keyWaits: true } }));
    await onPage("locked");

    host.refuseClose({ key: key({ state: "inMemory" }) });

    await waitFor(async () => expect(words(await see("locked-key"))).toContain("The window stays open"));
    await onPage("locked");
    expect(maybe("key-box")).toBeUndefined();
  });

  it("lets somebody else in only after signing out", async () => {
    const refused = open({ signOut: async () => fails("storedNowhere") }, signedIn);
    await lock(refused.user);
    await refused.user.click(await see("locked-sign-out"));
    expect(words(await see("failure"))).toContain("A key would be lost.");
    await onPage("locked");
    refused.unmount();

    const { user } = open({}, signedIn);
    await lock(user);
    await user.click(await see("locked-sign-out"));
    await onPage("sign-in");
  });

  it("takes up no kept session by itself", async () => {
    const app = appView({ session: SIGNED_IN, keptSession: SIGNED_IN.kind });
    const { user, host } = open({}, app);
    await lock(user);

    await onPage("locked");
    expect(host.count("resume")).toBe(0);
  });

  it("in practice asks for no password that nobody was told", async () => {
    const { user, host } = open({}, appView({ session: SIGNED_IN, practice: true }));
    await lock(user);
    expect(maybe("unlock-password")).toBeUndefined();

    await user.click(await see("unlock"));

    await onPage("channels");
    expect(host.calls.get("practiceSignIn")).toEqual([["maria@harbour-hotel.example"]]);
  });

  it("closes the question for a password that was open", async () => {
    const { host } = open({ channels: async () => fails("sessionEnded") }, signedIn);
    await see("sign-in-again-sheet");

    host.locked();

    await onPage("locked");
    expect(maybe("sign-in-again-sheet")).toBeUndefined();
  });
});

describe("whoever is there", () => {
  it("is reported at most every few seconds", async () => {
    const { user, host } = open({}, signedIn);
    await numberRow("Spa");

    await user.keyboard("abc");
    await user.click(await see("nav-keys"));

    expect(host.count("somebodyHere")).toBe(1);
  });

  it("is not reported where nobody moves", async () => {
    const { host } = open({}, appView({ session: HERE }));
    await onPage("channels");
    expect(host.count("somebodyHere")).toBe(0);
  });
});
