import { nameOf } from "./channel-words";
import { DeskColumns } from "./desk-columns.svelte";
import { DeskDiagnosis } from "./desk-diagnosis.svelte";
import { DeskLines } from "./desk-lines.svelte";
import type { Draft } from "./desk-notes.svelte";
import { DeskPicking } from "./desk-picking.svelte";
import { DeskWork } from "./desk-work.svelte";
import type { AnyFailure, ColumnWord, DeskChannelView, DeskView, Host, SavedWord } from "./host";

/** What opened the desk does not open it any more: the session, or the partner's key. */
const isLockedOut = (failure: AnyFailure | null | undefined) =>
  failure?.code === "sessionEnded" || failure?.code === "wrongPartnerKey";

/** What is under way knows better than what ended before. */
const atRest = (view: DeskView) => view.reading === null && !view.checking.underWay;

const ended = (view: DeskView | null) =>
  view !== null && atRest(view) && [view.failed, view.checking.stopped].some(isLockedOut);

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
  /** Why a channel was not marked to be watched. */
  markFailure = $state.raw<AnyFailure | null>(null);

  readonly columns = new DeskColumns((columns) => void this.#host.setDeskColumns(columns));
  readonly work: DeskWork;
  readonly lines: DeskLines;
  readonly picking: DeskPicking;
  readonly diagnosis: DeskDiagnosis;
  readonly #host: Host;
  readonly #signInAgain: (() => Promise<boolean>) | null;
  /** Notes that were begun, by channel: another channel in between does not take them. */
  readonly #drafts = $state<Record<string, Draft>>({});
  #started = false;
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
      this.#lookAnew();
    } else this.#again();
    void this.diagnosis.start();
    void this.work.start();
    const view = await this.#host.desk();
    if (view.ok) this.take(view.data);
    await this.read();
  }

  /** Reads the list, and then the permissions that were not told yet. */
  async read(): Promise<void> {
    await this.#tell(this.#host.readDesk());
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
    if (answer.ok) this.#again();
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
    this.#lookAnew();
  }

  find(search: string): void {
    this.search = search;
    this.#lookAnew();
  }

  sortBy(column: ColumnWord): void {
    this.columns.sortBy(column);
    this.#lookAnew();
  }

  /** All that a saved filter has, whatever was searched for. */
  showAll(saved: SavedWord = "all"): void {
    this.saved = saved;
    this.find("");
  }

  #lookAnew(): void {
    this.lines.look(this.look);
    if (this.picking.picked > 0) void this.picking.read();
  }

  /** Opens a channel on the board, from wherever the person is at the desk. */
  show(id: string): void {
    this.work.go({ kind: "board" });
    this.open(id);
    this.led++;
  }

  open(id: string): void {
    if (this.selected !== id) this.channel = null;
    this.selected = id;
    this.led = 0;
    this.channelFailure = null;
    void this.#readChannel();
  }

  draftOf(id: string): Draft {
    return this.#drafts[id] ?? { text: "", ticket: "" };
  }

  draft(id: string, draft: Draft): void {
    this.#drafts[id] = draft;
  }

  /** The channel that a keystroke on the board or in the panel means. */
  get meant(): { id: string; name: string } | null {
    const open = this.channel?.line.id === this.selected ? this.channel?.line : undefined;
    const line = open ?? this.lines.at(this.at);
    return line ? { id: line.id, name: nameOf(line) } : null;
  }

  close(): void {
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
    const answer = await this.#host.deskChannel(id);
    this.#reading = false;
    if (this.selected === id) {
      if (answer.ok) this.channel = answer.data;
      this.channelFailure = answer.ok ? null : answer.failure;
    }
    if (!this.#changed) return;
    this.#changed = false;
    void this.#readChannel();
  }
}
