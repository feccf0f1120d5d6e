import type { AnyFailure, ChangesView, ChangeView, Host } from "./host";
import { Readings } from "./readings";

/** As many changes as are shown before somebody asks for more. */
const FIRST = 5;
const MORE = 20;

/** What changed at a channel: the newest first, and what is older where it is asked for. */
export class DeskHistory {
  failure = $state.raw<AnyFailure | null>(null);
  busy = $state(false);

  readonly #readings = new Readings();
  readonly #host: Host;
  readonly #id: string;
  #read = $state.raw<ChangesView | null>(null);
  #count = $state(FIRST);

  constructor(host: Host, id: string) {
    this.#host = host;
    this.#id = id;
  }

  /** None while nothing was read yet. */
  get changes(): ChangeView[] | null {
    return this.#read && this.#read.changes.slice(0, this.#count);
  }

  get more(): boolean {
    return this.#read !== null && (this.#read.more || this.#read.changes.length > this.#count);
  }

  /** Reads the newest. What was read before stays behind them. */
  async read(): Promise<void> {
    const reading = this.#readings.begin();
    const answer = await this.#host.deskChanges(this.#id, null);
    if (!this.#readings.isNews(reading)) return;
    this.failure = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    const last = answer.data.changes.at(-1)?.id ?? 0;
    const older = this.#read?.changes.filter(({ id }) => id < last) ?? [];
    const more = older.length > 0 ? (this.#read?.more ?? false) : answer.data.more;
    this.#read = { changes: [...answer.data.changes, ...older], more };
  }

  /** Shows what is older, and reads it where it is not here yet. */
  async showMore(): Promise<void> {
    const read = this.#read;
    if (!read || this.busy) return;
    if (read.changes.length < this.#count + MORE && read.more) {
      this.busy = true;
      const answer = await this.#host.deskChanges(this.#id, read.changes.at(-1)?.id ?? null);
      this.busy = false;
      this.failure = answer.ok ? null : answer.failure;
      if (!answer.ok) return;
      this.#read = { changes: [...read.changes, ...answer.data.changes], more: answer.data.more };
    }
    this.#count += MORE;
  }
}
