import type { AnyFailure, Answer, Host, NotesView } from "./host";

export type Draft = { text: string; ticket: string };

export const isEmpty = ({ text, ticket }: Draft) => text.trim() === "" && ticket.trim() === "";

/** The notes on a channel. */
export class DeskNotes {
  view = $state.raw<NotesView | null>(null);
  failure = $state.raw<AnyFailure | null>(null);
  busy = $state(false);
  /** What to try again. */
  again: () => void;

  readonly #host: Host;
  readonly #id: string;

  constructor(host: Host, id: string) {
    this.#host = host;
    this.#id = id;
    this.again = () => void this.read();
  }

  async read(): Promise<void> {
    await this.#take(() => this.#host.deskNotes(this.#id));
  }

  add({ text, ticket }: Draft): Promise<boolean> {
    return this.#take(() => this.#host.addDeskNote(this.#id, text, ticket));
  }

  change(note: number, { text, ticket }: Draft): Promise<boolean> {
    return this.#take(() => this.#host.changeDeskNote(this.#id, note, text, ticket));
  }

  remove(note: number): Promise<boolean> {
    return this.#take(() => this.#host.removeDeskNote(this.#id, note));
  }

  async #take(call: () => Promise<Answer<NotesView>>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    const answer = await call();
    this.busy = false;
    this.failure = answer.ok ? null : answer.failure;
    // What was typed stays where it was typed: pressing the button again tries again.
    this.again = () => void this.read();
    if (answer.ok) this.view = answer.data;
    return answer.ok;
  }
}
