// Every page with a fake program, to look at: gallery.html?scene=channel; without a scene, the list of them.
import "./frozen";
import { mount } from "svelte";
import App from "../src/App.svelte";
import { narrowWindow } from "../src/narrow";
import "../src/theme.css";
import { fakeHost } from "./fake-host";
import { SCENES, type Scene } from "./scenes";

const name = new URLSearchParams(location.search).get("scene");
const scene = SCENES[name ?? ""];
const target = document.getElementById("app");

async function find(selector: string): Promise<HTMLElement> {
  for (;;) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) return found;
    await new Promise((again) => setTimeout(again, 10));
  }
}

async function play({ host, app, press = [], page }: Scene, target: HTMLElement): Promise<void> {
  mount(App, { target, props: { host: fakeHost(host, app) } });
  for (const step of press) {
    const [selector, text] = typeof step === "string" ? [step, null] : step;
    // Where the window is narrow, the places stand in the menu.
    const inMenu = selector.startsWith('[data-test="nav-') && narrowWindow().current;
    if (inMenu) (await find('[data-test="profile"]')).click();
    const element = await find(selector);
    if (text === null) element.click();
    else {
      (element as HTMLInputElement).value = text;
      // Both, as from a person: lists to choose from heed the second.
      for (const kind of ["input", "change"]) element.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  await find(`main[data-page="${page}"]`);
}

/** Fonts are there, it is drawn, and its colours have come to rest; what moves for ever does not count. */
async function atRest(): Promise<void> {
  const frame = () => new Promise(requestAnimationFrame);
  await document.fonts.ready;
  await frame();
  await frame();
  const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(fading.map(({ finished }) => finished));
}

function list(target: HTMLElement): void {
  for (const name of Object.keys(SCENES)) {
    const link = document.createElement("a");
    link.href = `?scene=${name}`;
    link.textContent = name;
    target.append(link, document.createElement("br"));
  }
}

if (name && scene && target) {
  await play(scene, target);
  await atRest();
  // Who takes pictures waits for it.
  document.documentElement.dataset.atRest = name;
} else if (target) list(target);
