import { configure } from "@testing-library/svelte";
import { afterEach, beforeEach, vi } from "vitest";

// Only what never comes is to fail for its time, not what comes late on a busy computer.
configure({ asyncUtilTimeout: 20_000 });

// The time stands still: a story that takes minutes on a busy computer says "2 min ago" of what was 2 minutes ago.
const NOW = Date.now();
const stopTheClock = () => vi.useFakeTimers({ toFake: ["Date"], now: NOW });
stopTheClock();
beforeEach(stopTheClock);

document.documentElement.lang = "en";
Element.prototype.scrollIntoView = () => {};

/** jsdom knows nothing of what is inert, and gives the focus to it. */
Object.defineProperty(HTMLElement.prototype, "inert", {
  get(this: HTMLElement) {
    return this.hasAttribute("inert");
  },
  set(this: HTMLElement, inert: boolean) {
    this.toggleAttribute("inert", inert);
  },
});
const focus = HTMLElement.prototype.focus;
HTMLElement.prototype.focus = function (this: HTMLElement, options?: FocusOptions) {
  if (!this.closest("[inert]")) focus.call(this, options);
};

/** jsdom lays nothing out: the board of the desk is as high as thirteen rows and their head, and so are its results. */
Object.defineProperty(HTMLElement.prototype, "clientHeight", {
  get(this: HTMLElement) {
    return ["desk-grid", "rechecks"].includes(this.dataset.test ?? "") ? 36 + 13 * 44 : 0;
  },
});
Object.defineProperty(HTMLElement.prototype, "scrollHeight", {
  get(this: HTMLElement) {
    return parseInt(this.style.getPropertyValue("--height")) || 0;
  },
});
Element.prototype.scrollTo = function (this: Element, to?: ScrollToOptions | number) {
  if (typeof to !== "object" || to.top === undefined) return;
  this.scrollTop = to.top;
  this.dispatchEvent(new Event("scroll"));
};

/** As wide as a window is at first. */
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), { media, matches: false, onchange: null }) as MediaQueryList;

// What a page complains about in the console is a mistake too.
beforeEach(() => {
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...said) => {
      throw new Error(`console.${level}: ${said.join(" ")}`);
    });
  }
});

afterEach(() => vi.restoreAllMocks());

// axe asks for a canvas to look at ligatures; jsdom has none and says so each time.
HTMLCanvasElement.prototype.getContext = () => null;
