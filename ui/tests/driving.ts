import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { vi } from "vitest";
import App from "../src/App.svelte";
import type { AppView, Host } from "../src/host";
import { appView, fakeHost, SIGNED_IN, type FakeHost } from "./fake-host";

export const signedIn = appView({ session: SIGNED_IN });

/** Opens the program on a fake host. */
export function open(own: Partial<Host> = {}, app: AppView = appView()) {
  const host: FakeHost = fakeHost(own, app);
  const user = userEvent.setup();
  const { unmount } = render(App, { host });
  return { host, user, unmount };
}

/** Makes the window too narrow for two columns, until the mocks are restored. */
export function narrow() {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (media) => Object.assign(new EventTarget(), { media, matches: true }) as MediaQueryList,
  );
}

export function all(test: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-test="${test}"]`)];
}

export function maybe(test: string): HTMLElement | undefined {
  return all(test)[0];
}

/** Waits for what carries this mark. */
export function see(test: string): Promise<HTMLElement> {
  return waitFor(() => {
    const [found] = all(test);
    if (!found) throw new Error(`${test} is not to be seen: ${document.body.textContent}`);
    return found;
  });
}

/** Waits until what carries this mark has the focus. */
export function focusOn(test: string): Promise<void> {
  return waitFor(() => {
    const focus = document.activeElement as HTMLElement | null;
    if (!focus || !all(test).includes(focus)) {
      throw new Error(`the focus is on ${focus?.dataset.test ?? focus?.tagName}, not on ${test}`);
    }
  });
}

export async function onPage(page: string): Promise<HTMLElement> {
  return waitFor(() => {
    const [main] = all("page");
    if (main?.dataset.page !== page) throw new Error(`on ${main?.dataset.page}, not on ${page}`);
    return main;
  });
}

export function numberRow(name: string): Promise<HTMLElement> {
  return screen.findByRole("button", { name: new RegExp(`^${name}`) });
}

/** What a person reads. */
export function words(element: Element | undefined = document.body): string {
  return (element.textContent ?? "").replaceAll(/\s+/g, " ").trim();
}
