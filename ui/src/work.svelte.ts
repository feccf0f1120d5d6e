import type {
  AnyFailure,
  ChannelsView,
  ChannelView,
  GoalView,
  GoalWord,
  Host,
  KeyChecked,
  KeyView,
} from "./host";
import { sorted, type Sort } from "./standing";

/** Where a key was met: just made, waiting from before, or in the way of closing or of signing out. */
export type Met = "made" | "waiting" | "closing" | "leaving";

export type Place =
  | { kind: "numbers" }
  | { kind: "making"; channelId: string }
  | { kind: "key"; key: KeyView; met: Met }
  /** The partner's permissions; `change` where one is to be changed at once. */
  | { kind: "partner"; change?: { channelIds: string[]; share: boolean } }
  /** What a partner asks for: a link that is pasted there, or that came from outside. */
  | { kind: "request" }
  | { kind: "keys" }
  | { kind: "pasting"; channelId: string }
  /** A key is handed over: copied, or saved as a file that is locked. */
  | { kind: "handing"; key: KeyView }
  | { kind: "history" }
  | { kind: "help" }
  /** What to note before another partner or computer comes, and what to do after. */
  | { kind: "moving"; what: "changingPartner" | "newComputer" }
  /** "I replaced it by mistake": the way back, for one number or for one that is chosen there. */
  | { kind: "mistake"; channelId: string | null }
  /** A goal of several steps, for one number or for one that is chosen there. */
  | { kind: "goal"; goal: GoalWord; channelId: string | null };

/** The places that the header leads to. */
export const MAIN_PLACES = ["numbers", "keys", "history", "help"] as const;

/** Whether a place is one decision that hides the rest. */
export function decides(place: Place): boolean {
  if (place.kind === "partner") return place.change !== undefined;
  return ["making", "key", "pasting", "handing", "request"].includes(place.kind);
}

const ordered = (list: ChannelsView, sort: Sort): ChannelsView => ({
  ...list,
  channels: sorted(list.channels, sort),
});

/** The client at work: its numbers, the one that is open, and what is being done. */
export class Work {
  /** The numbers in the order that the person chose, which is the same on every page. */
  readonly list = $derived.by(() => this.#list && ordered(this.#list, this.sort));
  listFailure = $state.raw<AnyFailure | null>(null);
  reading = $state(false);
  sort = $state<Sort>("name");
  selected = $state<string | null>(null);
  /** How often a link has led to a number. */
  led = $state(0);
  channel = $state.raw<ChannelView | null>(null);
  channelFailure = $state.raw<AnyFailure | null>(null);
  waiting = $state.raw<KeyView[]>([]);
  waitingFailure = $state.raw<AnyFailure | null>(null);
  place = $state.raw<Place>({ kind: "numbers" });
  /** The goals that were begun and not put away. */
  goals = $state.raw<GoalView[]>([]);
  goalsFailure = $state.raw<AnyFailure | null>(null);
  /** What became of keys while this was open, the last first. */
  news = $state.raw<KeyChecked[]>([]);
  /** A request for a key is on its way: nothing else may begin. */
  asking = $state(false);

  /** Not signed in, the numbers are as last seen and nothing can be changed at 360dialog. */
  readonly signedIn: boolean;
  #list = $state.raw<ChannelsView | null>(null);
  readonly #host: Host;
  #changedMeanwhile = false;
  /** Where the person came from, the last place last: back leads there. */
  #from: Place[] = [];

  constructor(host: Host, signedIn: boolean) {
    this.#host = host;
    this.signedIn = signedIn;
  }

  async start(): Promise<void> {
    await this.read(false);
    const only = this.list?.channels.length === 1 ? this.list.channels[0] : undefined;
    if (only && this.selected === null) await this.open(only.id);
  }

  /** Reads the numbers, from the Hub where `anew`, and with them the number that is open. */
  async read(anew: boolean): Promise<void> {
    if (this.reading) {
      // What changed here meanwhile may have been read before it did.
      this.#changedMeanwhile ||= !anew;
      return;
    }
    this.reading = true;
    this.listFailure = null;
    const list = await this.#host.channels(anew);
    if (list.ok) this.#list = list.data;
    else this.listFailure = list.failure;
    await this.readHere();
    this.reading = false;
    if (this.#changedMeanwhile) {
      this.#changedMeanwhile = false;
      return this.read(false);
    }
    if (list.ok && this.selected !== null) await this.readChannel();
  }

  /** What lies on this computer: keys that wait for a decision, and goals. */
  async readHere(): Promise<void> {
    await Promise.all([this.#readWaiting(), this.readGoals()]);
  }

  /** What was read before stays where it can't be read again. */
  async #readWaiting(): Promise<void> {
    const waiting = await this.#host.waitingKeys();
    if (waiting.ok) this.waiting = waiting.data;
    this.waitingFailure = waiting.ok ? null : waiting.failure;
  }

  async readGoals(): Promise<void> {
    if (!this.signedIn) return;
    const goals = await this.#host.goals();
    if (goals.ok) this.goals = goals.data;
    this.goalsFailure = goals.ok ? null : goals.failure;
  }

  async open(id: string): Promise<void> {
    if (this.selected !== id) {
      this.selected = id;
      this.channel = null;
    }
    await this.readChannel();
  }

  /** Opens a number because a link leads there: its heading takes the focus, also where it is open. */
  async lead(id: string): Promise<void> {
    this.turnTo({ kind: "numbers" });
    this.led++;
    await this.open(id);
  }

  close(): void {
    this.selected = null;
    this.channel = null;
    this.channelFailure = null;
  }

  async readChannel(): Promise<void> {
    const id = this.selected;
    if (id === null) return;
    this.channelFailure = null;
    const channel = await this.#host.channel(id);
    if (this.selected !== id) return;
    if (channel.ok) this.channel = channel.data;
    else this.channelFailure = channel.failure;
  }

  /** What core holds may have changed: reads it again without asking the Hub, also while that is being asked. */
  async readAgain(): Promise<void> {
    if (this.list === null) return;
    this.#changedMeanwhile ||= this.reading;
    const list = await this.#host.channels(false);
    if (list.ok) this.#list = list.data;
    await this.readHere();
    await this.readChannel();
  }

  /** The messaging host was asked about a key. What turned is news until it is put away, or turns again. */
  checked(checked: KeyChecked): void {
    const others = this.news.filter(({ key }) => key.id !== checked.key.id);
    if (checked.turn !== null) this.news = checked.byItself ? [checked, ...others] : others;
    else if (checked.test?.kind === "works") this.news = others;
  }

  putNewsAway(id: string): void {
    this.news = this.news.filter(({ key }) => key.id !== id);
  }

  /** Goes on to a place, from which back leads here again: unless this is a decision, which is made or is not. */
  go(place: Place): void {
    const isOver = decides(this.place) || (this.place.kind === place.kind && !decides(place));
    if (!isOver) this.#from.push(this.place);
    this.place = place;
  }

  /** Begins anew at one of the main places. */
  turnTo(place: Place): void {
    this.#from = [];
    this.place = place;
  }

  make(channelId: string): void {
    this.go({ kind: "making", channelId });
  }

  show(key: KeyView, met: Met): void {
    this.go({ kind: "key", key, met });
  }

  /** To the page of one number, with what lies here read again. */
  async toNumber(id: string): Promise<void> {
    this.#from = [];
    await Promise.all([this.open(id), this.back(false)]);
  }

  /** To the numbers, with what is under way left as it stands. */
  async toNumbers(): Promise<void> {
    this.#from = [];
    await this.back(false);
  }

  /** Back to where the person came from, with what is shown there read again. */
  async back(anew: boolean): Promise<void> {
    this.place = this.#from.pop() ?? { kind: "numbers" };
    await this.read(anew);
  }
}
