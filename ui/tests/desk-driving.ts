import { fireEvent, waitFor } from "@testing-library/svelte";
import type { Answer, DeskView, Host, LinesView, LineView, LookView, SessionView } from "../src/host";
import { all, open, see, words } from "./driving";
import { deskCalls, deskView, PARTNER, practiceDesk } from "./fake-desk";
import { appView, ok } from "./fake-host";

type Facts = { view?: Partial<DeskView>; session?: SessionView; own?: Partial<Host> };

/** Opens the program at a desk with these lines, or with so many. */
export function openDesk(of: number | LineView[], { view = {}, session = PARTNER, own = {} }: Facts = {}) {
  const lines = typeof of === "number" ? practiceDesk(of) : of;
  const calls = deskCalls(lines, view);
  /** As the program does, where a mark is durable. */
  const setWatched: Host["setWatched"] = async (id, watched) => {
    const answer = await calls.setWatched(id, watched);
    tell(view);
    return answer;
  };
  const opened = open({ ...calls, setWatched, ...own }, appView({ session }));
  /** The desk tells how it stands now. */
  const tell = (facts: Partial<DeskView> = {}) => opened.host.deskChanged(deskView(lines, facts));
  return { ...opened, lines, tell };
}

export const rows = () => all("desk-row");
export const ids = () => rows().map(({ dataset }) => dataset.id);
export const focusedRow = () => (document.activeElement as HTMLElement | null)?.dataset.id;

export function row(id: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = rows().find(({ dataset }) => dataset.id === id);
    if (!found) throw new Error(`no row ${id}, but ${ids().join(" ")}`);
    return found;
  });
}

/** What stands in a column of a row. */
export const cell = (row: HTMLElement, column: string) => row.querySelector(`[data-column="${column}"]`);

export const cells = (row: HTMLElement) => [...row.querySelectorAll("[role][data-column]")].map(words);

export async function scrollTo(index: number): Promise<void> {
  const grid = await see("desk-grid");
  grid.scrollTop = index * 44;
  await fireEvent.scroll(grid);
}

/** Lines that come when the story says so. */
export function heldLines() {
  const asked: { look: LookView; from: number; answer: (view: Partial<LinesView>) => void }[] = [];
  const deskLines: Host["deskLines"] = (look, from) =>
    new Promise<Answer<LinesView>>((settle) => {
      asked.push({ look, from, answer: (view) => settle(ok({ total: 1, from, lines: [], ...view })) });
    });
  return {
    deskLines,
    asked,
    next: (count: number) =>
      waitFor(() => {
        const found = asked[count - 1];
        if (!found) throw new Error(`asked ${asked.length} times, not ${count}`);
        return found;
      }),
  };
}
