import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { askingHost } from "../src/asking-host";
import type {
  AccountView,
  Answer,
  AppView,
  ChannelsView,
  FoundKeysView,
  Host,
  SessionView,
} from "../src/host";
import { PasswordAgain } from "../src/password-again.svelte";
import { all, focusOn, maybe, numberRow, onPage, open, see, signedIn, words } from "./driving";
import { appView, fails, failure, fakeHost, HARBOUR, HERE, key, ok, SIGNED_IN } from "./fake-host";

const MARIA = "maria@harbour-hotel.example";
const keptByMaria = appView({ keptSession: MARIA });
const value = async (name: string) => ((await see(name)) as HTMLInputElement).value;

const inert = () => document.querySelector<HTMLElement>(".frame")?.inert;

/** An answer that comes when it is told to. */
function later<T>() {
  let give = (_: Answer<T>) => {};
  const answer = new Promise<Answer<T>>((done) => (give = done));
  return { answer, give: (told: Answer<T>) => give(told) };
}

/** A session that is over until the password was given again. */
function overUntilGiven(own: Partial<Host> = {}): Partial<Host> {
  let given = false;
  return {
    channels: async () => (given ? ok(HARBOUR) : fails("sessionEnded")),
    signInAgain: async () => {
      given = true;
      return ok(SIGNED_IN);
    },
    ...own,
  };
}

describe("keeping the session", () => {
  async function signInKeeping(own: Partial<Host> = {}, tick = true) {
    const opened = open(own);
    const box = (await see("keep-session")) as HTMLInputElement;
    expect(box.checked).toBe(false);
    if (tick) await opened.user.click(box);
    await opened.user.type(await see("email"), MARIA);
    await opened.user.type(await see("password"), "practice-harbour{Enter}");
    return opened;
  }

  it("is off unless it is ticked", async () => {
    const { host } = await signInKeeping({}, false);
    await onPage("channels");

    expect(host.count("keepSession")).toBe(0);
  });

  it.each([
    ["keychain", "Keychain"],
    ["credentialManager", "Credential Manager"],
    ["passwordsAndKeys", "Passwords and Keys"],
    ["keePassXc", "KeePassXC"],
    ["kdeWallet", "KDE Wallet"],
  ] as const)("says for how long it lasts, and where it lies: %s", async (keychain, name) => {
    open({}, appView({ keychain }));

    const box = await see("keep-session");
    const hint = document.getElementById(box.getAttribute("aria-describedby") ?? "");
    expect(words(hint ?? undefined)).toBe(`For at most 24 hours. The session lies in ${name}.`);
  });

  it("happens once it is ticked and the client is known", async () => {
    const { host } = await signInKeeping();
    expect(words()).not.toContain("session is not kept");

    await onPage("channels");
    await waitFor(() => expect(host.count("keepSession")).toBe(1));
    expect(maybe("failure")).toBeUndefined();
  });

  it("waits until one of several clients is chosen", async () => {
    const choosing: SessionView = {
      kind: "choosing",
      person: { email: MARIA, name: null },
      clients: [
        { id: "aCL", name: "Sam's Bikes", rank: "owner" },
        { id: "bCL", name: "Sam's Coffee", rank: "member" },
      ],
    };
    const { host, user } = await signInKeeping({ signIn: async () => ok(choosing) });
    await onPage("choose");
    expect(host.count("keepSession")).toBe(0);

    await user.click(await screen.findByRole("button", { name: /Sam's Bikes/ }));

    await waitFor(() => expect(host.count("keepSession")).toBe(1));
  });

  it("that does not come about says so above the numbers, and can be tried again or put away", async () => {
    const answers = [fails("keychainStayedLocked"), fails("keychainStayedLocked"), ok(null)];
    const { host, user } = await signInKeeping({ keepSession: async () => answers.shift() ?? ok(null) });

    const notice = words(await see("failure"));
    expect(notice).toContain("The keychain stayed locked.");
    expect(notice).toContain("You are signed in. The session is not kept");
    await see("channel-row");
    await user.click(await see("retry"));
    await see("put-notice-away");
    await user.click(await see("retry"));

    await waitFor(() => expect(maybe("failure")).toBeUndefined());
    expect(host.count("keepSession")).toBe(3);
    await onPage("channels");
  });
});

describe("a kept session", () => {
  it("is taken up at the start, without a password", async () => {
    const { host } = open({ resume: async () => ok(SIGNED_IN) }, keptByMaria);

    await onPage("channels");

    expect(host.count("resume")).toBe(1);
    expect(host.count("signIn")).toBe(0);
    expect(host.count("keepSession")).toBe(0);
  });

  it("says whose it is while it is asked for, and does not show the form under it", async () => {
    open({ resume: () => new Promise(() => {}) }, keptByMaria);

    await waitFor(() => expect(words()).toContain(`Taking up the session of ${MARIA}`));
    expect((await onPage("sign-in")).getAttribute("aria-busy")).toBe("true");
    expect(maybe("email")).toBeUndefined();
  });

  it("can be left for the form, and its late answer changes nothing", async () => {
    const { answer, give } = later<SessionView>();
    const { user } = open({ resume: () => answer }, keptByMaria);

    await user.click(await see("sign-in-instead"));
    expect(await value("email")).toBe(MARIA);
    await focusOn("password");
    await user.type(await see("password"), "half");
    give(ok(SIGNED_IN));
    await answer;

    await onPage("sign-in");
    expect(await value("password")).toBe("half");
  });

  it("that is over leads to the form with the e-mail in it and the reason", async () => {
    const { host } = open({ resume: async () => fails("sessionEnded") }, keptByMaria);

    expect(words(await see("failure"))).toContain("You are signed out.");
    expect(await value("email")).toBe(MARIA);
    await focusOn("password");
    expect(maybe("sign-in-again")).toBeUndefined();
    expect(maybe("sign-in-again-sheet")).toBeUndefined();
    expect(host.count("resume")).toBe(1);
  });

  it("that can't be asked about now can be tried again", async () => {
    const answers: Answer<SessionView>[] = [fails("hubNoConnection"), ok(SIGNED_IN)];
    const { user } = open({ resume: async () => answers.shift() ?? ok(SIGNED_IN) }, keptByMaria);

    await user.click(await see("retry"));

    await onPage("channels");
  });

  it("that is none any more leads to the form without a reproach", async () => {
    open({}, keptByMaria);

    expect(await value("email")).toBe(MARIA);
    expect(maybe("failure")).toBeUndefined();
  });

  it("is not taken up again after signing out", async () => {
    const { user, host } = open(
      { resume: async () => ok(SIGNED_IN), signOut: async () => ok(keptByMaria) },
      keptByMaria,
    );
    await user.click(await see("profile"));

    await user.click(await see("sign-out"));

    expect(await value("email")).toBe("");
    expect(host.count("resume")).toBe(1);
  });

  it("that stays in the keychain after signing out is said to be of no use", async () => {
    const stays = appView({ sessionStays: failure("keychainRefused") });
    const { user } = open({ signOut: async () => ok(stays) }, signedIn);
    await user.click(await see("profile"));
    await user.click(await see("sign-out"));

    const notice = words(await see("failure"));
    expect(notice).toContain("The keychain refused.");
    expect(notice).toContain("The kept session could not be taken out of Passwords and Keys.");
    expect(notice).toContain("does not use it any more, and it ends by itself within 24 hours.");
    await focusOn("email");

    await user.click(await see("put-notice-away"));
    expect(maybe("failure")).toBeUndefined();
  });
});

describe("a damaged file of records", () => {
  it("is said to be set aside, under which name, and what became of the keys, until that is put away", async () => {
    const file = "/home/maria/.local/share/channel-keys/records.sqlite.damaged-20261124T120000Z";
    const found: Partial<Host> = { foundKeys: async () => ok({ keys: 2, cantLook: null }) };
    const { user, host } = open(found, appView({ recordsAside: file }));

    const notice = words(await see("records-aside"));
    expect(notice).toContain("was damaged, and it begins anew");
    expect(notice).toContain(file);
    expect(notice).toContain("No key was deleted.");
    expect(words(await see("found-keys"))).toContain(
      "2 keys are still in Passwords and Keys and were found again.",
    );

    await user.click(await see("put-aside-away"));
    expect(maybe("records-aside")).toBeUndefined();
    expect(host.count("dismissRecordsAside")).toBe(1);
  });

  const FOUND: [FoundKeysView, string][] = [
    [{ keys: 0, cantLook: null }, "In Passwords and Keys no key of this program was found."],
    [{ keys: 0, cantLook: "locked" }, "Passwords and Keys is locked."],
    [{ keys: 0, cantLook: "notSetUp" }, "Passwords and Keys was never set up here, so no key is in it."],
    [{ keys: 0, cantLook: "absent" }, "Passwords and Keys doesn't answer, so it is not known"],
    [{ keys: 0, cantLook: "notOffered" }, "Passwords and Keys can't be looked through"],
    [{ keys: 1, cantLook: "locked" }, "One key is still in Passwords and Keys and was found again."],
  ];

  it.each(FOUND)("tells a keychain that hides its keys from an empty one: %o", async (found, sentence) => {
    open({ foundKeys: async () => ok(found) }, appView({ recordsAside: "/records.sqlite.damaged" }));

    const said = words(await see("found-keys"));
    expect(said).toContain(sentence);
    expect(said.includes("no key of this program was found")).toBe(
      found.keys === 0 && found.cantLook === null,
    );
  });
});

describe("a session that ends in mid-work", () => {
  it("asks for the password in place, and the page goes on where it was", async () => {
    const { user, host } = open(overUntilGiven(), signedIn);
    const sheet = await see("sign-in-again-sheet");
    expect(words(sheet)).toContain("Enter your password to go on");
    expect(words(sheet)).toContain(MARIA);
    expect(sheet.querySelectorAll("input")).toHaveLength(1);
    await focusOn("password-again");
    await onPage("channels");
    expect(inert()).toBe(true);
    expect(all("page")).toHaveLength(1);

    await user.type(await see("password-again"), "practice-harbour{Enter}");

    await see("channel-row");
    expect(host.calls.get("signInAgain")).toEqual([["practice-harbour"]]);
    expect(host.count("channels")).toBe(2);
    expect(maybe("sign-in-again-sheet")).toBeUndefined();
    expect(maybe("failure")).toBeUndefined();
    expect(inert()).toBe(false);
  });

  it("keeps what was open and typed, and gives the focus back", async () => {
    let over = false;
    const { user } = open(
      {
        channels: async () => (over ? fails("sessionEnded") : ok(HARBOUR)),
        signInAgain: async () => {
          over = false;
          return ok(SIGNED_IN);
        },
      },
      signedIn,
    );
    await user.click(await numberRow("Spa"));
    await onPage("channel");
    over = true;
    const refresh = await see("refresh");
    await user.click(refresh);

    await user.type(await see("password-again"), "practice-harbour");
    await user.click(await see("sign-in-again-confirm"));

    await waitFor(() => expect(maybe("sign-in-again-sheet")).toBeUndefined());
    await onPage("channel");
    await waitFor(() => expect(document.activeElement === refresh).toBe(true));
  });

  it("says within the sheet what is wrong, and stays", async () => {
    const { user, host } = open(
      overUntilGiven({ signInAgain: async () => fails("wrongPassword") }),
      signedIn,
    );
    await user.type(await see("password-again"), "nope{Enter}");

    const sheet = await see("sign-in-again-sheet");
    await waitFor(() => expect(words(sheet)).toContain("E-mail or password is wrong."));
    expect(host.count("channels")).toBe(1);
    expect(await value("password-again")).toBe("nope");
  });

  it("says what comes next where the Hub does not answer, and stays", async () => {
    const { user } = open(overUntilGiven({ signInAgain: async () => fails("hubNoAnswer") }), signedIn);

    await user.type(await see("password-again"), "practice-harbour{Enter}");

    const sheet = await see("sign-in-again-sheet");
    await waitFor(() => expect(words(sheet)).toContain("It may be busy: try again in a few minutes."));
  });

  it("tells another account apart", async () => {
    const { user } = open(overUntilGiven({ signInAgain: async () => fails("otherAccount") }), signedIn);

    await user.type(await see("password-again"), "practice-harbour{Enter}");

    await waitFor(() => expect(words(all("sign-in-again-sheet")[0])).toContain("This is another account."));
  });

  it("asks nobody while the field is empty", async () => {
    const { user, host } = open(overUntilGiven(), signedIn);

    await user.click(await see("sign-in-again-confirm"));

    expect(host.count("signInAgain")).toBe(0);
  });

  it.each(["button", "Escape"])(
    "can be left by %s: then the page says why, and asks when told to",
    async (way) => {
      const { user, host } = open(overUntilGiven(), signedIn);
      await see("sign-in-again-sheet");
      if (way === "Escape") await user.keyboard("{Escape}");
      else await user.click(await see("sign-in-again-not-now"));

      expect(maybe("sign-in-again-sheet")).toBeUndefined();
      expect(words(await see("failure"))).toContain("You are signed out.");
      expect(host.count("signInAgain")).toBe(0);
      expect(host.count("channels")).toBe(1);

      await user.click(await see("sign-in-again"));
      await user.type(await see("password-again"), "practice-harbour{Enter}");
      expect(words(await see("signed-in-again"))).toContain("You are signed in again.");
      await user.click(await see("retry"));

      await see("channel-row");
    },
  );

  it("never sends a request for a key a second time by itself", async () => {
    const { user, host } = open(
      { makeKey: async () => ok({ kind: "notMade", why: failure("sessionEnded") }) },
      signedIn,
    );
    await user.click(await numberRow("Restaurant bookings"));
    await user.click(await see("make-key"));
    await user.click(await see("replace-key"));
    await onPage("not-made");
    expect(maybe("sign-in-again-sheet")).toBeUndefined();

    await user.click(await see("sign-in-again"));
    await user.type(await see("password-again"), "practice-harbour{Enter}");
    await see("signed-in-again");
    await onPage("not-made");
    expect(host.count("makeKey")).toBe(1);
    await user.click(await see("retry"));

    await onPage("before");
    expect(host.count("makeKey")).toBe(1);
  });

  it("does not ask over a request for a key that was refused outright", async () => {
    const { user, host } = open({ makeKey: async () => fails("sessionEnded") }, signedIn);
    await user.click(await numberRow("Restaurant bookings"));
    await user.click(await see("make-key"));
    await user.click(await see("replace-key"));

    await onPage("not-made");
    expect(maybe("sign-in-again-sheet")).toBeUndefined();
    expect(host.count("makeKey")).toBe(1);
  });

  it("gives way to a key that would be lost when the window is to close", async () => {
    const { host } = open(overUntilGiven(), signedIn);
    await see("sign-in-again-sheet");

    host.refuseClose({ key: key({ state: "inMemory" }) });

    await onPage("made");
    expect(maybe("sign-in-again-sheet")).toBeUndefined();
  });

  it("leaves the password nowhere", async () => {
    const { user } = open(overUntilGiven(), signedIn);
    await user.type(await see("password-again"), "practice-harbour{Enter}");
    await see("channel-row");

    expect(document.documentElement.outerHTML).not.toContain("practice-harbour");
  });
});

describe("the host that asks for the password", () => {
  function over(answers: Partial<Host>) {
    const bare = fakeHost(answers);
    const password = new PasswordAgain(() => true);
    return { bare, password, host: askingHost(bare, password) };
  }

  it("asks once for calls that fail together, and makes each of them once more", async () => {
    let given = false;
    const { bare, password, host } = over({
      channels: async () => (given ? ok(HARBOUR) : fails("sessionEnded")),
      history: async () => (given ? ok([]) : fails("sessionEnded")),
    });
    const both = Promise.all([host.channels(true), host.history()]);
    await waitFor(() => expect(password.asked).toBe(true));

    given = true;
    password.given();

    expect(await both).toEqual([ok(HARBOUR), ok([])]);
    expect([bare.count("channels"), bare.count("history"), password.times]).toEqual([2, 2, 1]);
    expect(bare.calls.get("channels")).toEqual([[true], [true]]);
  });

  it("does not ask again for a call that was on its way when the password was given", async () => {
    const slow = later<ChannelsView>();
    const answers = [slow.answer, Promise.resolve(ok(HARBOUR))];
    const { bare, password, host } = over({
      channels: () => answers.shift() ?? slow.answer,
      history: async () => fails("sessionEnded"),
    });
    const channels = host.channels(true);
    const history = host.history();
    await waitFor(() => expect(password.asked).toBe(true));
    password.given();
    await history;

    slow.give(fails("sessionEnded"));

    expect(await channels).toEqual(ok(HARBOUR));
    expect(password.asked).toBe(false);
    expect(bare.count("channels")).toBe(2);
  });

  it("gives all that wait their own failure where it is not given", async () => {
    const { bare, password, host } = over({
      channels: async () => fails("sessionEnded"),
      history: async () => fails("sessionEnded"),
    });
    const both = Promise.all([host.channels(true), host.history()]);
    await waitFor(() => expect(password.asked).toBe(true));

    password.notNow();

    expect(await both).toEqual([fails("sessionEnded"), fails("sessionEnded")]);
    expect([bare.count("channels"), bare.count("history")]).toEqual([1, 1]);
  });

  it("asks for no password where a key is refused, since nobody is signed out", async () => {
    const { bare, password, host } = over({ webhook: async () => fails("keyRefused") });

    expect(await host.webhook("key-1")).toEqual(fails("keyRefused"));

    expect(password.asked).toBe(false);
    expect(bare.count("webhook")).toBe(1);
  });

  it("lets every other failure through, and asks nobody where nobody is signed in", async () => {
    const bare = fakeHost({
      history: async () => fails("hubNoAnswer"),
      keys: async () => fails("sessionEnded"),
    });
    const host = askingHost(bare, new PasswordAgain(() => false));

    expect(await host.history()).toEqual(fails("hubNoAnswer"));
    expect(await host.keys()).toEqual(fails("sessionEnded"));
    expect(bare.count("keys")).toBe(1);
  });

  it.each(["signIn", "signInAgain", "practiceSignIn", "resume", "makeKey"] as const)(
    "never repeats %s",
    async (name) => {
      const { bare, password, host } = over({ [name]: async () => fails("sessionEnded") });

      expect(await (host[name] as () => Promise<unknown>)()).toEqual(fails("sessionEnded"));

      expect(password.asked).toBe(false);
      expect(bare.count(name)).toBe(1);
    },
  );
});

describe("what this computer remembers of an account", () => {
  const account = (facts: Partial<AccountView> = {}): AccountView => ({
    user: "0aB1cDU",
    email: MARIA,
    name: "Maria Koch",
    clientId: "Zx81kQw2CL",
    clientName: "Harbour Hotel GmbH",
    keysHere: 2,
    readAt: Math.floor(Date.now() / 1000) - 7200,
    ...facts,
  });
  const remembered = appView({
    accounts: [
      account(),
      account({
        user: "9zU",
        email: "sam@two-shops.example",
        name: null,
        clientName: null,
        clientId: "aCL",
        keysHere: 0,
        readAt: null,
      }),
    ],
  });
  const here = appView({ session: HERE });
  const lastSeen: ChannelsView = { ...HARBOUR, notFresh: failure("notSignedIn") };

  it("is listed by client and person, with the keys that lie here and the age of the list", async () => {
    open({}, remembered);
    await see("accounts-here");

    const [maria, sam] = all("account-here");
    expect(words(maria)).toContain("Harbour Hotel GmbH");
    expect(words(maria)).toContain("Maria Koch");
    expect(words(maria)).toContain("2 keys kept here, list read 2 hours ago");
    expect(maria?.dataset).toMatchObject({ user: "0aB1cDU", client: "Zx81kQw2CL" });
    expect(words(sam)).toContain("sam@two-shops.example");
    expect(words(sam)).toContain("No key kept here, list never read");
    await focusOn("email");
  });

  it("is not spoken of where nothing is remembered", async () => {
    open();
    await see("email");

    expect(maybe("accounts-here")).toBeUndefined();
  });

  it("opens without a password, and every page says that nobody is signed in", async () => {
    const { user, host } = open({ channels: async () => ok(lastSeen) }, remembered);
    await see("accounts-here");
    const [button] = all("open-here");
    if (button) await user.click(button);

    await see("channel-row");
    expect(host.calls.get("openHere")).toEqual([["0aB1cDU", "Zx81kQw2CL"]]);
    for (const name of ["signIn", "resume", "signInAgain"] as const) expect(host.count(name)).toBe(0);
    expect(words(await see("not-signed-in"))).toContain("You see what was last seen.");
    await user.click(await see("nav-keys"));
    await onPage("keys");
    await see("not-signed-in");
    expect(words(await see("profile"))).toContain("Harbour Hotel GmbH");
  });

  it("that can't be opened says so at its row", async () => {
    const { user } = open({ openHere: async () => fails("recordsOut") }, remembered);
    await see("accounts-here");

    for (const button of all("open-here").slice(0, 1)) await user.click(button);

    await waitFor(() => expect(words(all("account-here")[0])).toContain("records can't be used"));
    await onPage("sign-in");
  });

  it("is offered in practice too", async () => {
    open({}, appView({ practice: true, accounts: [account()] }));

    await see("account-here");
  });

  it("leads to signing in, with the e-mail filled in", async () => {
    const { user, host } = open({}, here);

    await user.click(await see("go-sign-in"));

    expect(await value("email")).toBe(MARIA);
    await focusOn("password");
    expect(host.count("signOut")).toBe(1);
    expect(maybe("not-signed-in")).toBeUndefined();
  });

  it("never asks for a password over the page", async () => {
    const { user } = open({ channels: async () => fails("notSignedIn") }, here);
    await user.click(await see("sign-in-again"));

    await onPage("sign-in");
    expect(await value("email")).toBe(MARIA);
    expect(maybe("sign-in-again-sheet")).toBeUndefined();
  });
});

describe("a page that was loaded anew since a session ended", () => {
  const begins = (facts: Partial<AppView["begins"]>) =>
    appView({ begins: { email: null, byKey: false, forgotten: null, ...facts } });

  it("waits for the password of who is expected", async () => {
    open({}, begins({ email: MARIA }));

    expect(await value("email")).toBe(MARIA);
    await focusOn("password");
  });

  it("asks for the partner's key where that opened the desk", async () => {
    open({}, begins({ byKey: true }));

    await onPage("partner-key");
    await focusOn("partner-id");
  });

  it("says what was forgotten, and no more of it to whoever signed in", async () => {
    const forgotten = { keys: 1, stayed: [] };
    const { unmount } = open({}, begins({ forgotten }));
    expect(words(await see("forgotten"))).toContain("One key was taken out of Passwords and Keys.");
    await focusOn("email");
    unmount();

    open({}, { ...begins({ forgotten }), session: SIGNED_IN });
    await onPage("channels");
    expect(maybe("forgotten")).toBeUndefined();
  });
});

describe("a background task that ended by itself", () => {
  const checks = { task: "keyChecks", at: Math.floor(Date.now() / 1000), again: true } as const;

  it("and was started again is told until that is put away", async () => {
    const { user, host } = open({}, signedIn);
    await numberRow("Restaurant bookings");
    expect(maybe("stopped-task")).toBeUndefined();

    host.tasksStopped({ tasks: [checks] });

    const notice = words(await see("stopped-task"));
    expect(notice).toContain("Automatic key checks stopped. We started them again.");
    expect(notice).toContain("You don't need to do anything, and your keys are not affected.");
    await user.click(await see("dismiss-stopped"));
    expect(maybe("stopped-task")).toBeUndefined();
    expect(host.count("dismissStoppedTasks")).toBe(1);
  });

  it("and was given up says what to do now, also where the window comes later", async () => {
    open({}, { ...signedIn, stoppedTasks: [{ ...checks, task: "autoLock", again: false }, checks] });

    await waitFor(() => expect(all("stopped-task")).toHaveLength(2));
    const [lock, keys] = all("stopped-task").map((notice) => words(notice));
    expect(lock).toContain("Automatic locking stopped.");
    expect(lock).toContain("Lock it yourself when you leave.");
    expect(lock).not.toContain("started");
    expect(keys).toContain("We started them again.");
    expect(all("dismiss-stopped")).toHaveLength(1);
  });
});
