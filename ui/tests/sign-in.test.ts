import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { all, focusOn, maybe, onPage, open, see, words } from "./driving";
import { ACCOUNTS, appView, fails, ok, SIGNED_IN } from "./fake-host";

async function signIn(user: ReturnType<typeof open>["user"]) {
  await user.type(await see("email"), "maria@harbour-hotel.example");
  await user.type(await see("password"), "practice-harbour{Enter}");
}

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
    expect(words(alert)).toContain("The answer, word for word: Wrong email or password.");
    await waitFor(() => expect(document.activeElement?.contains(alert)).toBe(true));
    expect(document.activeElement).not.toBe(document.body);
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

  it.each([
    [null, ""],
    [1, "Try again in a minute."],
    [60, "Try again in a minute."],
    [61, "Try again in 2 minutes."],
    [5_400, "Try again in 90 minutes."],
    [5_401, "Try again in 2 hours."],
    [86_400, "Try again in 24 hours."],
  ])("that has to wait %d s is told so in minutes or hours", async (wait, said) => {
    const { user } = open({ signIn: async () => fails("hubTooMany", { wait }) });

    await signIn(user);

    const notice = words(await see("failure"));
    expect(notice).toContain(`Wait, then sign in. ${said}`.trim());
    expect(notice).not.toMatch(/second|NaN|\b0\b/);
  });

  it.each([
    ["hubNameNotFound", "The Hub's address was not found.", "Connect it, then try again."],
    ["hubNoConnection", "The Hub can't be reached.", "a firewall or a VPN"],
    [
      "hubNotUnderstood",
      "This is not 360dialog's Hub, or something in between answers.",
      "Open a page in the",
    ],
    ["hubNotThere", "This is not 360dialog's Hub, or something in between answers.", "Open a page in the"],
    ["hubCertificate", "This is perhaps not the real Hub.", "Set the clock right"],
    [
      "noCertificates",
      "This computer can't tell whether it is talking to 360dialog.",
      "install the package ca-certificates",
    ],
    ["hubInTrouble", "The Hub is in trouble itself.", "Try again in a few minutes."],
    ["hubNoAnswer", "The Hub did not answer.", "It may be busy: try again in a few minutes."],
    ["hubTooMany", "Too many tries.", "Wait, then sign in. Try again in 2 minutes."],
    ["proxyUnreachable", "A proxy in your network doesn't answer.", "Ask whoever looks after your network"],
    ["proxyRefused", "A proxy in your network didn't connect us to 360dialog.", "to allow hub.360dialog.io"],
    ["secondFactor", "The Hub asks for more than a password.", "What remains is 360dialog's own page"],
    ["hubRefused", "360dialog refused to sign you in.", "ask 360dialog's support"],
    ["hubBadRequest", "This program and 360dialog don't understand each other.", "are not the reason."],
    ["wrongPassword", "E-mail or password is wrong.", "press “Forgot my password” below."],
    ["noRoles", "This account belongs to no client and no partner.", "Ask the owner"],
  ] as const)("with %s says what it means and what comes next", async (code, title, next) => {
    const { user } = open({ signIn: async () => fails(code, code === "hubTooMany" ? { wait: 90 } : {}) });

    await signIn(user);

    const failure = words(await see("failure"));
    expect(failure).toContain(title);
    expect(failure).toContain(next);
    expect(maybe("sign-in-again")).toBeUndefined();
    await onPage("sign-in");
  });

  it.each([
    ["hubRefused", "user is blocked", ["second factor", "is wrong"]],
    ["hubBadRequest", "Missing required parameter", ["second factor", "is wrong", "refused"]],
  ] as const)("with %s quotes 360dialog and blames nothing else", async (code, said, others) => {
    const { user } = open({ signIn: async () => fails(code, { said }) });

    await signIn(user);

    const failure = words(await see("failure"));
    expect(failure).toContain(`The answer, word for word: ${said}`);
    for (const other of others) expect(failure).not.toContain(other);
  });

  it("with a second factor quotes the Hub and opens 360dialog's own page", async () => {
    const { user, host } = open({ signIn: async () => fails("secondFactor", { said: "OTP required" }) });
    await signIn(user);
    expect(words(await see("failure"))).toContain("The answer, word for word: OTP required");

    await user.click(await see("open-hub"));

    expect(host.calls.get("openPage")).toEqual([["hub"]]);
  });

  it("without the password leads to 360dialog's page, and says the way where no browser opens", async () => {
    const { user, host } = open({ openPage: async () => fails("browserNotOpened") });
    const forgot = await see("forgot-password");
    expect(words()).toContain("Opens app.360dialog.com, where you can ask for a new one.");
    expect(host.count("openPage")).toBe(0);

    await user.click(forgot);

    expect(host.calls.get("openPage")).toEqual([["hub"]]);
    expect(words(await see("not-opened"))).toContain("Open it yourself and go to app.360dialog.com.");
    await onPage("sign-in");
  });

  it("takes an e-mail and a password that are pasted", async () => {
    const { user, host } = open();
    await user.click(await see("email"));
    await user.paste(" maria@harbour-hotel.example ");
    await user.click(await see("password"));
    await user.paste("practice-harbour ");

    await user.keyboard("{Enter}");

    await onPage("channels");
    expect(host.calls.get("signIn")).toEqual([["maria@harbour-hotel.example", "practice-harbour "]]);
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
    await focusOn("email");
  });

  it("says beside each field that is empty that it is missing, and of none that is filled", async () => {
    const { user } = open();
    await user.click(await see("sign-in"));

    const email = await see("email");
    expect(words(await see("email-missing"))).toBe("E-mail is missing.");
    expect(words(await see("password-missing"))).toBe("Password is missing.");
    expect(email.getAttribute("aria-invalid")).toBe("true");
    expect(email.getAttribute("aria-describedby")).toBe((await see("email-missing")).id);

    await user.type(email, "maria@harbour-hotel.example{Enter}");
    await focusOn("password");
    expect(maybe("email-missing")).toBeUndefined();
    expect(email.getAttribute("aria-invalid")).toBeNull();
    expect(words(await see("password-missing"))).toBe("Password is missing.");
  });

  it("says of a partner's id and key, too, which is missing", async () => {
    const { user, host } = open();
    await user.click(await see("partner-key"));
    await user.click(await see("open-desk"));

    expect(words(await see("partner-id-missing"))).toBe("Partner id is missing.");
    expect(words(await see("partner-key-secret-missing"))).toBe("Partner API key is missing.");
    await focusOn("partner-id");
    expect(host.count("openDeskWithKey")).toBe(0);
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
});

describe("practice", () => {
  it("says under which name a world that could not be read was set aside, and that nothing real is concerned", async () => {
    const setAside = "/home/maria/practice.json.damaged-2026";
    const { user } = open({ practiceAccounts: async () => ok({ accounts: ACCOUNTS, setAside }) });
    await user.click(await see("try-it"));

    const notice = words(await see("practice-aside"));
    for (const part of ["begins anew", setAside, "Nothing real is concerned."])
      expect(notice).toContain(part);
    expect(all("practice-account")).toHaveLength(3);
  });

  it("can be entered without an account, says so on every page, and signs in as an invented person", async () => {
    const { user, host } = open();
    await user.click(await see("try-it"));

    expect(words(await see("practice-banner"))).toBe("Practice: nothing here is real");
    await see("practice-account");
    for (const real of ["keep-session", "forgot-password"]) expect(maybe(real)).toBeUndefined();
    expect(all("practice-account")).toHaveLength(3);
    await user.click(screen.getByRole("button", { name: "Sign in as maria@harbour-hotel.example" }));

    await onPage("channels");
    expect(host.calls.get("practiceSignIn")).toEqual([["maria@harbour-hotel.example"]]);
    expect(host.count("signIn")).toBe(0);
    await see("practice-banner");
  });

  it("that does not answer a sign-in by hand says what comes next", async () => {
    const { user } = open({ signIn: async () => fails("hubNoAnswer") }, appView({ practice: true }));
    await user.click(await screen.findByText("Sign in by hand"));

    await signIn(user);

    expect(words(await see("failure"))).toContain("try again in a few minutes");
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
    app: async () => ({
      ok: false,
      failure: { code: "program", status: null, said: null, wait: null, proxy: null },
    }),
  });

  expect(words(await see("failure"))).toContain("Something in this program broke.");
  await user.click(await see("retry"));
  expect(host.count("app")).toBe(2);
});
