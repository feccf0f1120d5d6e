import { waitFor } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import type { ChannelView } from "../src/host";
import { all, maybe, numberRow, open, onPage, see, signedIn, words } from "./driving";
import {
  channel,
  fails,
  FRONT_DESK,
  key,
  MAY,
  NOT_RUNNING,
  ok,
  OPEN,
  PARTNER_PAYS,
  row,
  THE_KEY,
} from "./fake-host";

async function openNumber(view: ChannelView, own: Parameters<typeof open>[0] = {}) {
  const opened = open({ channel: async () => ok(view), ...own }, signedIn);
  await opened.user.click(await numberRow("Restaurant"));
  await see("details");
  return opened;
}

const details = channel().details;
const stuck = (hubWord: string, whoActs: ChannelView["row"]["state"]["whoActs"], known = true) =>
  channel({
    row: row({ state: { word: "settingUp", hubWord, known, whoActs } }),
    verdict: known ? NOT_RUNNING : OPEN,
    details: { ...details, status: hubWord, statusActs: whoActs, running: known ? false : null },
  });

describe("the details of a number", () => {
  it("stand where 360dialog's document puts them, under its own label", async () => {
    await openNumber(channel());

    const card = await see("details");
    expect([...card.querySelectorAll("h2, h3")].map((heading) => words(heading))).toEqual([
      "Details",
      "WhatsApp Channel",
      "States",
      "Webhook",
      "Identifiers",
    ]);
    const facts = words(await see("details-channel"));
    expect(facts).toContain("Partner API Key Permission Missing");
    expect(facts).toContain("Who pays You, directly");
    expect(facts).toContain("People you can write to in 24 hours 1,000");
    expect(words(await see("read-age"))).toMatch(/^Read from 360dialog \d+ s ago$/);
  });

  it("come after the number, its state, the verdict and the one next step", async () => {
    await openNumber(channel({ row: FRONT_DESK, verdict: { ...PARTNER_PAYS } }));

    const page = words(await see("page"));
    const order = ["Connected and running", "makes the keys for this number", "Write to Blue Anchor"].map(
      (text) => page.lastIndexOf(text, page.indexOf("Can Blue Anchor make keys?")),
    );
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(page.indexOf("Can Blue Anchor make keys?")).toBeLessThan(page.indexOf("WhatsApp Channel"));
  });

  it("say of each state what it means and who acts, with the Hub's word", async () => {
    await openNumber(stuck("certificate_declined", "client"));

    const states = words(await see("details-states"));
    expect(states).toContain(
      "Name declined certificate_declined Meta declined the display name. Choose another one in 360dialog's Hub. You act next.",
    );
    expect(states).toContain("Live live 360dialog serves it.");
    expect(states).toContain("Running Not running");
  });

  it("show words that the program doesn't know as they are, and claim nothing", async () => {
    await openNumber({
      ...stuck("quantum_flux", "askThreeSixtyDialog", false),
      details: {
        ...details,
        status: "quantum_flux",
        statusActs: "askThreeSixtyDialog",
        hubStatus: "odd",
        running: null,
      },
    });

    const states = words(await see("details-states"));
    expect(states).toContain("“quantum_flux” This is the Hub's own word; this program doesn't know it.");
    expect(states).toContain("“odd”");
    expect(states).toContain("Running not told");
    expect(states).not.toMatch(/Ready|Live|Not running|Connected/);
  });

  it("copy each identifier by itself, say which, and never copy what was not told", async () => {
    const { user, host } = await openNumber(channel({ wabaId: null }));
    const buttons = all("copy-id");

    expect(buttons.map((button) => button.dataset.what)).toEqual([
      "channel",
      "client",
      "partner",
      "external",
      "digits",
    ]);
    for (const button of buttons) await user.click(button);

    expect(host.calls.get("copyText")?.map(([text]) => text)).toEqual([
      "rB4k9wCH",
      "Zx81kQw2CL",
      "pT77xPA",
      "106540352242922",
      "493055570188",
    ]);
    expect(words()).toContain("Copied: Number, digits alone.");
    expect(words(await see("details-ids"))).toContain("WhatsApp Business Account not told");
    expect(host.count("copyKey")).toBe(0);
  });

  it("say that nothing was copied where the clipboard refuses", async () => {
    const { user, host } = await openNumber(channel(), { copyText: async () => fails("clipboardRefused") });

    await user.click(all("copy-id")[0] as HTMLElement);

    expect(words(await see("failure"))).toContain("Nothing was copied.");
    expect(words()).not.toContain("Copied:");
    await user.click(await see("retry"));
    expect(host.calls.get("copyText")).toEqual([
      ["rB4k9wCH", false],
      ["rB4k9wCH", false],
    ]);
  });
});

describe("whom to write to", () => {
  const contact = async () => words(await see("contact"));

  it("is nobody where nothing stands in the way", async () => {
    await openNumber(channel({ verdict: MAY }));

    expect(await contact()).toBe("Whom to write to Nobody. Nothing stands in the way here.");
    expect(maybe("copy-contact")).toBeUndefined();
    expect(maybe("next-step")).toBeUndefined();
  });

  it("is the partner by name where it pays and has the permission, with a text ready", async () => {
    const view = channel({
      row: row({ payer: "partner", permission: "shared" }),
      verdict: PARTNER_PAYS,
      keys: [key({ state: "kept", label: "Booking" })],
    });
    const { user, host } = await openNumber(view);

    await user.click(await see("next-step"));
    await waitFor(() => expect(words(document.activeElement ?? undefined)).toBe("Whom to write to"));
    expect(await contact()).toContain("Blue Anchor. It has the permission and pays for this number");

    await user.click(await see("copy-contact"));
    const [[text]] = host.calls.get("copyText") as [[string, boolean]];
    for (const told of [
      "we need an API key for our WhatsApp number +49 30 55570188",
      "Channel: rB4k9wCH",
      "Client: Harbour Hotel GmbH, Zx81kQw2CL",
      "WhatsApp Business Account: uX3BECWA",
      "Status: ready",
      "Partner API Key Permission: Shared",
      "As the Hub said on ",
    ]) {
      expect(text).toContain(told);
    }
    expect(text).not.toMatch(new RegExp(`${THE_KEY}|kX9p|null|undefined|@`));
    expect(text.split("\n").length).toBeGreaterThan(12);
    expect(maybe("contact-text")?.textContent).toBe(text);
    expect(words()).toContain("Copied: Text to send.");
  });

  it("is 360dialog's support where a number is in error, and its page opens", async () => {
    const { user, host } = await openNumber(stuck("error", "clientOrPartner"));

    expect(await contact()).toContain("360dialog's support. Something keeps this number from working.");
    expect(await contact()).toContain("does not run. Could you tell us what has to happen next");
    await user.click(await see("open-hub"));
    expect(host.calls.get("openPage")).toEqual([["hub"]]);
  });

  it("is nobody where Meta acts: nothing to copy, and the reason to wait", async () => {
    await openNumber(stuck("unverified", "meta"));

    expect(await contact()).toContain("Nobody. Meta acts next");
    expect(maybe("copy-contact")).toBeUndefined();
    expect(maybe("open-hub")).toBeUndefined();
  });

  it("does not claim in the text that a number is stuck where its state is not known", async () => {
    await openNumber(stuck("quantum_flux", "askThreeSixtyDialog", false));

    expect(await contact()).toContain("doesn't tell us in which state");
    expect(await contact()).not.toContain("does not run");
  });

  it.each([
    ["client", "created", "yours"],
    ["threeSixtyDialog", "verified", "theirs"],
    ["askThreeSixtyDialog", "modified", "ask"],
  ] as const)("is decided by who acts: %s", async (whoActs, word, whom) => {
    await openNumber(stuck(word, whoActs));

    expect(maybe("contact")?.dataset.whom).toBe(whom);
    expect(await contact()).toContain("app.360dialog.com");
  });
});

describe("the partner's permission on a number's page", () => {
  it("leads to the question, in the app, whichever way it stands", async () => {
    const { user } = await openNumber(channel());
    expect(words(maybe("change-permission"))).toBe("Let Blue Anchor make keys");

    await user.click(await see("change-permission"));
    expect(words(await onPage("permission-confirm"))).toContain("Let Blue Anchor make keys for Restaurant");
  });

  it("has no button where there is no partner", async () => {
    await openNumber(channel({ row: row({ permission: "noPartner" }), partnerName: null }));

    expect(maybe("change-permission")).toBeUndefined();
    expect(words(await see("details-ids"))).toContain("Partner");
  });

  it("that is not told leads to the list, where both ways are open", async () => {
    const { user } = await openNumber(channel({ row: row({ permission: "notTold" }), verdict: OPEN }));

    await user.click(await see("change-permission"));
    await onPage("partner-permissions");
    await waitFor(() => expect(all("permission-row")).toHaveLength(4));
  });
});
