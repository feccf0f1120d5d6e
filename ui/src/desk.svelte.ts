import { DeskAsking } from "./desk-asking.svelte";
import { DeskColumns } from "./desk-columns.svelte";
import { DeskDiagnosis, meant, type Meant } from "./desk-diagnosis.svelte";
import { ended } from "./desk-ended";
import { DeskLines } from "./desk-lines.svelte";
import type { Draft } from "./desk-notes.svelte";
import { DeskPicking } from "./desk-picking.svelte";
import { DeskWork } from "./desk-work.svelte";
import { WINDOW } from "./long-list.svelte";
import type { AnyFailure, ColumnWord, DeskChannelView, DeskView, Host, SavedWord } from "./host";

/** The support desk at work: the board, what is looked for on it, and the channel that is open. */
export class Desk {
  view = $state.raw<DeskView | null>(null);
  failure = $state.raw<AnyFailure | null>(null);
  saved = $state<SavedWord>("all");
  search = $state("");
  /** The row that the keyboard is at. */
  at = $state(0);
  selected = $state<string | null>(null);
  /** How often a link or a notification has led to the channel that is open. */
  led = $state(0);
  channel = $state.raw<DeskChannelView | null>(null);
  channelFailure = $state.raw<AnyFailure | null>(null);
  /** How far the board was scrolled when it was left, and of which of its beginnings that was. */
  left = { beginnings: 0, top: 0 };
  /** Why a channel was not marked to be watched. */
  markFailure = $state.raw<AnyFailure | null>(null);

  readonly columns = new DeskColumns((columns) => void this.#host.setDeskColumns(columns));
  readonly work: DeskWork;
  readonly lines: DeskLines;
  readonly picking: DeskPicking;
  readonly diagnosis: DeskDiagnosis;
  readonly asking: DeskAsking;
  readonly #host: Host;
  readonly #signInAgain: (() => Promise<boolean>) | null;
  /** Notes that were begun, by channel: another channel in between does not take them. */
  readonly #drafts = $state<Record<string, Draft>>({});
  #started = false;
  /** Counts what was looked for. */
  #looks = 0;
  #reading = false;
  #changed = false;

  /** `signInAgain`: asks for the password where the session is over; none where a key opened the desk. */
  constructor(host: Host, signInAgain: (() => Promise<boolean>) | null) {
    this.#host = host;
    this.#signInAgain = signInAgain;
    this.lines = new DeskLines(host, this.look);
    this.picking = new DeskPicking(
      host,
      () => this.look,
      () => this.lines.again(),
    );
    this.diagnosis = new DeskDiagnosis(host);
    this.work = new DeskWork(host, () => this.#again());
    this.asking = new DeskAsking(host, () => {
      const turnComes = this.view?.checking.underWay ?? false;
      return this.selected === null ? null : { id: this.selected, line: this.channel?.line, turnComes };
    });
  }

  /** What of the board is shown. */
  get look() {
    return { saved: this.saved, search: this.search, sort: this.columns.sort };
  }

  get total(): number {
    return this.lines.total ?? 0;
  }

  /** The session is over, or 360dialog takes the key no longer. */
  get ended(): boolean {
    return ended(this.view);
  }

  /** Why the list was not read to its end. */
  get notRead(): AnyFailure | null {
    return this.view?.reading || this.ended ? null : (this.view?.failed ?? null);
  }

  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    const left = await this.#host.deskColumns();
    if (left.ok && left.data) {
      this.columns.take(left.data);
      void this.#lookAnew();
    } else this.#again();
    void this.diagnosis.start();
    void this.work.start();
    const view = await this.#host.desk();
    // What was told meanwhile is newer.
    if (view.ok && this.view === null) this.take(view.data);
    await this.#tell(this.#host.readDesk([]));
  }

  /** Reads the list, and asks for permissions again: of the open channel, then of what is in view. */
  async read(): Promise<void> {
    const inView = this.lines.inView.map(({ id }) => id);
    const open = this.selected === null ? [] : [this.selected];
    await this.#tell(this.#host.readDesk([...new Set([...open, ...inView])]));
  }

  async goOn(): Promise<void> {
    await this.#tell(this.#host.checkDesk());
  }

  async stop(): Promise<void> {
    await this.#tell(this.#host.stopChecking());
  }

  /** Marks a channel to be watched, or takes the mark away; Rust tells when that is so. */
  async watch(id: string, watched: boolean): Promise<void> {
    const answer = await this.#host.setWatched(id, watched);
    this.markFailure = answer.ok ? null : answer.failure;
  }

  async #tell(call: ReturnType<Host["readDesk"]>): Promise<void> {
    const answer = await call;
    this.failure = answer.ok ? null : answer.failure;
  }

  /** How the desk stands now. */
  take(view: DeskView): void {
    const before = this.view;
    this.view = view;
    // Waiting alone changes no line.
    if (before?.version !== view.version) this.#again();
    if (this.picking.picked > 0 || this.picking.bulk) void this.picking.read();
    if (ended(view) && !ended(before) && this.#signInAgain) void this.signInAgain();
  }

  /** Asks for the password in place, and goes on where it was given. */
  async signInAgain(): Promise<void> {
    if (await this.#signInAgain?.()) await this.read();
  }

  #again(): void {
    this.lines.again();
    void this.#readChannel();
  }

  filter(saved: SavedWord): void {
    this.saved = saved;
    void this.#lookAnew();
  }

  find(search: string): void {
    this.search = search;
    void this.#lookAnew();
  }

  sortBy(column: ColumnWord): void {
    this.columns.sortBy(column);
    void this.#lookAnew();
  }

  /** All that a saved filter has, whatever was searched for. */
  async showAll(saved: SavedWord = "all"): Promise<void> {
    this.saved = saved;
    this.search = "";
    await this.#lookAnew();
  }

  async #lookAnew(): Promise<void> {
    this.#looks++;
    if (this.picking.picked > 0) void this.picking.read();
    void this.#readChannel();
    await this.lines.look(this.look);
  }

  /** Shows all channels, and tells at which place the open one stands among them. */
  async showInList(): Promise<number | null> {
    await this.showAll();
    if (this.selected === null) return null;
    const answer = await this.#host.deskChannel(this.selected, this.look);
    return answer.ok ? answer.data.place : null;
  }

  /** Opens what fits best what was searched for, in whatever order the board stands. */
  async openBest(): Promise<void> {
    const look = { ...this.look, sort: null };
    if (look.search.trim() === "") return;
    const answer = await this.#host.deskLines(look, 0, WINDOW);
    const best = answer.ok ? answer.data.lines[0] : undefined;
    if (best && this.search === look.search && this.saved === look.saved) this.open(best.id);
  }

  /** Opens a channel on the board, from wherever the person is at the desk. */
  show(id: string): void {
    this.work.go({ kind: "board" });
    this.open(id, this.led + 1);
  }

  open(id: string, led = 0): void {
    if (this.selected !== id) {
      this.channel = null;
      this.asking.opened(id);
    }
    this.selected = id;
    this.led = led;
    this.channelFailure = null;
    void this.#readChannel();
  }

  draftOf(id: string): Draft {
    return this.#drafts[id] ?? { text: "", ticket: "" };
  }

  draft(id: string, draft: Draft): void {
    this.#drafts[id] = draft;
  }

  /** What a keystroke means: the channel that is open; else the one at this row, or the only one that is shown. */
  meant(row: number | null): Meant | null {
    if (this.selected !== null) return this.channel ? meant(this.channel.line) : null;
    if (this.picking.open) return null;
    const line = row === null && this.total === 1 ? this.lines.at(0) : this.lines.at(row ?? -1);
    return line ? meant(line) : null;
  }

  close(): void {
    this.asking.opened(null);
    this.selected = null;
    this.channel = null;
    this.channelFailure = null;
  }

  async #readChannel(): Promise<void> {
    const id = this.selected;
    if (id === null) return;
    if (this.#reading) {
      this.#changed = true;
      return;
    }
    this.#reading = true;
    const looks = this.#looks;
    const answer = await this.#host.deskChannel(id, this.look);
    this.#reading = false;
    if (this.selected === id && this.#looks === looks) {
      if (answer.ok) {
        this.channel = answer.data;
        this.asking.read();
      }
      this.channelFailure = answer.ok ? null : answer.failure;
    }
    if (!this.#changed) return;
    this.#changed = false;
    void this.#readChannel();
  }
}
