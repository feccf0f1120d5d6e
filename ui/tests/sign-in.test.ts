import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { all, maybe, onPage, open, see, words } from "./driving";
import { appView, fails, ok, SIGNED_IN } from "./fake-host";

describe("signing in", () => {
  it("begins in the e-mail field and says where the password goes", async () => {
    open();

    const email = await see("email");
    expect(document.activeElement === email).toBe(true);
    expect(words()).toContain("Connects to hub.360dialog.io. Your password goes there and nowhere else.");
    expect(maybe("other-hub")).toBeUndefined();
    expect(maybe("practice-banner")).toBeUndefined();
  });

  it("with a wrong password says so in the Hub's words too, and has the password ready to be typed over", async () => {
    const { user } = open({
      signIn: async () => fails("wrongPassword", { said: "Wrong email or password." }),
    });
    await user.type(await see("email"), "maria@harbour-hotel.example");
    const password = (await see("password")) as HTMLInputElement;

    await user.type(password, "nope{Enter}");

    const alert = await screen.findByRole("alert");
    expect(words(alert)).toContain("E-mail or password is wrong.");
    expect(words(alert)).toContain("The Hub answered: Wrong email or password.");
    await waitFor(() => expect(document.activeElement === alert).toBe(true));
    expect([password.selectionStart, password.selectionEnd]).toEqual([0, 4]);
    await onPage("sign-in");
  });

  it("keeps the password in its field when the Hub can't be reached", async () => {
    const { user } = open({ signIn: async () => fails("hubNoConnection") });
    await user.type(await see("email"), "maria@harbour-hotel.example");
    await user.type(await see("password"), "practice-harbour{Enter}");

    expect(words(await see("failure"))).toContain("The Hub can't be reached.");
    expect(((await see("password")) as HTMLInputElement).value).toBe("practice-harbour");
  });

  it("is asked for once, however often it is pressed", async () => {
    let answer = () => {};
    const { user, host } = open({
      signIn: () => new Promise((done) => (answer = () => done(ok(SIGNED_IN)))),
    });
    await user.type(await see("email"), "maria@harbour-hotel.example");
    await user.type(await see("password"), "practice-harbour");

    await user.dblClick(await see("sign-in"));
    await user.type(await see("password"), "{Enter}");

    expect(host.count("signIn")).toBe(1);
    expect((await see("sign-in")).getAttribute("aria-busy")).toBe("true");
    answer();
    await onPage("channels");
  });

  it("asks nobody while a field is empty", async () => {
    const { user, host } = open();

    await user.click(await see("sign-in"));

    expect(host.count("signIn")).toBe(0);
    expect(document.activeElement === maybe("email")).toBe(true);
  });

  it("shows the password when asked to, and hides it again", async () => {
    const { user } = open();
    const password = (await see("password")) as HTMLInputElement;

    await user.click(screen.getByRole("button", { name: "Show password" }));
    expect(password.type).toBe("text");

    await user.click(screen.getByRole("button", { name: "Hide password" }));
    expect(password.type).toBe("password");
  });

  it("says whose Hub it is when it is not 360dialog's own", async () => {
    open({}, appView({ host: "hub.example" }));

    expect(words(await see("other-hub"))).toContain("hub.example");
  });

  it("leads a person of two clients to a choice, and there to the numbers", async () => {
    const person = { email: "sam@two-shops.example", name: "Sam Okafor" };
    const clients = [
      { id: "aCL", name: "Sam's Bikes", rank: "owner" },
      { id: "bCL", name: null, rank: "auditor" },
    ];
    const { user, host } = open({}, appView({ session: { kind: "choosing", person, clients } }));
    await onPage("choose");
    expect(words()).toContain("auditor");

    await user.click(await screen.findByRole("button", { name: /Sam's Bikes/ }));

    expect(host.calls.get("chooseClient")).toEqual([["aCL"]]);
    await onPage("channels");
  });

  it("asks for the client's id where the Hub did not say whose account it is", async () => {
    const { user, host } = open(
      {},
      appView({ session: { kind: "clientIdNeeded", email: "maria@harbour-hotel.example" } }),
    );

    await user.type(await see("client-id"), " Zx81kQw2CL {Enter}");

    expect(host.calls.get("nameClient")).toEqual([["Zx81kQw2CL"]]);
    await onPage("channels");
  });

  it("with a partner's account says that the support desk is not part of this", async () => {
    const person = { email: "jo@blue-anchor.example", name: null };
    open({}, appView({ session: { kind: "partner", person, partnerId: "pPA" } }));

    expect(words(await onPage("partner"))).toContain("The support desk is not part of this version.");
  });
});

describe("practice", () => {
  it("can be entered without an account, says so on every page, and signs in as an invented person", async () => {
    const { user, host } = open();
    await user.click(await see("try-it"));

    expect(words(await see("practice-banner"))).toBe("Practice: nothing here is real");
    await see("practice-account");
    expect(all("practice-account")).toHaveLength(3);
    await user.click(screen.getByRole("button", { name: "Sign in as maria@harbour-hotel.example" }));

    await onPage("channels");
    expect(host.calls.get("practiceSignIn")).toEqual([["maria@harbour-hotel.example"]]);
    expect(host.count("signIn")).toBe(0);
    await see("practice-banner");
  });

  it("is left again for the real Hub", async () => {
    const { user } = open({}, appView({ practice: true }));

    await user.click(await see("leave-practice"));

    await see("email");
    expect(maybe("practice-banner")).toBeUndefined();
  });

  it("that can't start says so beside the button", async () => {
    const { user } = open({ enterPractice: async () => fails("practiceOut") });

    await user.click(await see("try-it"));

    expect(words(await see("failure"))).toContain("Practice could not start.");
    await onPage("sign-in");
  });
});

it("says that something broke when the program does not answer", async () => {
  const { user, host } = open({
    app: async () => ({ ok: false, failure: { code: "program", status: null, said: null, wait: null } }),
  });

  expect(words(await see("failure"))).toContain("Something in this program broke.");
  await user.click(await see("retry"));
  expect(host.count("app")).toBe(2);
});
