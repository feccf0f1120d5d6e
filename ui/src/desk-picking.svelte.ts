import type { AnyFailure, Answer, BulkView, Host, LookView, PaceWord, RecheckView, RowsWord } from "./host";
import { LongList } from "./long-list.svelte";

/** The channels that are chosen on the board, and asking about them again. Which they are is Rust's to know. */
export class DeskPicking {
  picked = $state(0);
  /** How many of them the board shows now. */
  shown = $state(0);
  bulk = $state.raw<BulkView | null>(null);
  pace = $state<PaceWord>("quick");
  /** The results stand where the board stood. */
  open = $state(false);
  rows = $state<RowsWord>("all");
  failure = $state.raw<AnyFailure | null>(null);

  readonly results: LongList<RowsWord, RecheckView>;
  readonly #host: Host;
  readonly #look: () => LookView;
  readonly #changed: () => void;
  /** The channel from which on a person chooses with Shift. */
  #from: string | null = null;
  #reading = false;
  #again = false;

  constructor(host: Host, look: () => LookView, changed: () => void) {
    this.#host = host;
    this.#look = look;
    this.#changed = changed;
    this.results = new LongList<RowsWord, RecheckView>(async (rows, from, count) => {
      const answer = await host.rechecks(rows, from, count);
      if (!answer.ok) return answer;
      return { ok: true, data: { total: answer.data.total, from, lines: answer.data.rows } };
    }, "all");
  }

  /** Chooses one, or chooses it no longer. */
  async pick(id: string, picked: boolean): Promise<void> {
    this.#from = id;
    await this.#do(this.#host.pickChannel(id, picked));
  }

  /** Chooses all from the last one that was chosen, or else from `start`, to this one. */
  async pickTo(id: string, start: string): Promise<void> {
    this.#from ??= start;
    await this.#do(this.#host.pickBetween(this.#look(), this.#from, id));
  }

  /** The keyboard moved on without choosing. */
  leave(): void {
    this.#from = null;
  }

  async pickShown(picked: boolean): Promise<void> {
    await this.#do(this.#host.pickShown(this.#look(), picked));
  }

  async pickNone(): Promise<void> {
    this.#from = null;
    await this.#do(this.#host.pickNone());
  }

  async check(): Promise<void> {
    this.rows = "all";
    await this.#do(this.#host.checkPicked(this.pace));
    await this.results.look("all");
  }

  /** Shows the results where the board stood, or the board again. */
  turn(): void {
    this.open = !this.open;
    if (this.open) this.results.again();
  }

  async stop(): Promise<void> {
    await this.#do(this.#host.stopBulk());
  }

  async resume(): Promise<void> {
    await this.#do(this.#host.resumeBulk(this.pace));
  }

  async retry(): Promise<void> {
    this.show("all");
    await this.#do(this.#host.retryBulk(this.pace));
  }

  async putAway(): Promise<void> {
    this.open = false;
    await this.#do(this.#host.closeBulk());
  }

  show(rows: RowsWord): void {
    this.rows = rows;
    void this.results.look(rows);
  }

  async #do(call: Promise<Answer<null>>): Promise<void> {
    const answer = await call;
    this.failure = answer.ok ? null : answer.failure;
    this.#changed();
    await this.read();
  }

  /** Reads what is chosen, and how far asking again has come. */
  async read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    const answer = await this.#host.picked(this.#look());
    this.#reading = false;
    if (answer.ok) {
      const before = this.bulk;
      ({ picked: this.picked, shown: this.shown, bulk: this.bulk } = answer.data);
      if (!this.bulk) this.open = false;
      else if (this.open && before?.done !== this.bulk.done) this.results.again();
    }
    if (!this.#again) return;
    this.#again = false;
    await this.read();
  }
}
