// Every page with a fake program, to look at: gallery.html?scene=channel
import "./frozen";
import { mount } from "svelte";
import App from "../src/App.svelte";
import "../src/theme.css";
import { fakeHost } from "./fake-host";
import { SCENES } from "./scenes";

const scene = SCENES[new URLSearchParams(location.search).get("scene") ?? "sign-in"];
const target = document.getElementById("app");

async function find(selector: string): Promise<HTMLElement> {
  for (;;) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) return found;
    await new Promise((again) => setTimeout(again, 10));
  }
}

if (scene && target) {
  const host = fakeHost(scene.host, scene.app);
  mount(App, { target, props: { host } });
  for (const step of scene.press ?? []) {
    const [selector, text] = typeof step === "string" ? [step, null] : step;
    const element = await find(selector);
    if (text === null) element.click();
    else {
      (element as HTMLInputElement).value = text;
      element.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}
