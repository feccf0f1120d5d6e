import { render } from "@testing-library/svelte";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import App from "../src/App.svelte";
import { all, onPage, see } from "./driving";
import { fakeHost } from "./fake-host";
import { SCENES } from "./scenes";

describe.each(Object.entries(SCENES))("the page %s", (_, scene) => {
  it("opens without a violation that axe can find", async () => {
    render(App, { host: fakeHost(scene.host, scene.app) });
    for (const step of scene.press ?? []) {
      const [selector, text] = typeof step === "string" ? [step, null] : step;
      const element = await see(/^\[data-test="([\w-]+)"\]/.exec(selector)?.[1] ?? "").then(() =>
        document.querySelector<HTMLInputElement>(selector),
      );
      if (text === null) element?.click();
      else if (element) {
        element.value = text;
        element.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    await onPage(scene.page);
    await new Promise((soon) => setTimeout(soon));

    const found = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });

    expect(
      found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
    ).toEqual([]);
    // What is read out when it changes is read as text: a button in it is said, and not met as one.
    const pressed = "button, a[href], input, select, textarea";
    const live = ["alert", "status", "log"].map((role) => `[role="${role}"]`).concat("[aria-live]");
    const met = document.querySelectorAll(live.map((region) => `${region} :is(${pressed})`).join(", "));
    expect([...met].map(({ outerHTML }) => outerHTML.replaceAll(/\s+/g, " "))).toEqual([]);
    expect(document.querySelectorAll("h1")).toHaveLength(1);
    expect(all("page")).toHaveLength(1);
    // What a script places through the CSSOM sets custom properties, and nothing else.
    for (const element of document.querySelectorAll("[style]")) {
      expect(element.getAttribute("style")).toMatch(/^(--[\w-]+: [^;]+; ?)+$/);
    }
    expect(document.title).toMatch(/: Channel Keys$/);
  });
});
