import type { AnyFailure, DeskKeyView, Host, KeyView, MadeView, ModeWord } from "./host";
import { isOpen } from "./key-words";
import { Readings } from "./readings";
import { shownId } from "./words";
import type { Met } from "./work.svelte";

export type DeskPlace =
  | { kind: "board" }
  /** What it means that a desk may make keys, before it may. */
  | { kind: "mayWrite" }
  | { kind: "making"; channelId: string }
  | { kind: "key"; key: KeyView; client: string | null; met: Met; made: MadeView | null }
  | { kind: "keys" }
  /** Asking the client of a channel for the permission. */
  | { kind: "asking"; channelId: string }
  /** Reading the address with which a client came back. */
  | { kind: "returned" }
  | { kind: "history" };

/** What is done at a desk beside reading: whether it may make keys, and the keys that it made. */
export class DeskWork {
  mode = $state<ModeWord | null>(null);
  keys = $state.raw<DeskKeyView[]>([]);
  place = $state.raw<DeskPlace>({ kind: "board" });
  failure = $state.raw<AnyFailure | null>(null);
  /** A request for a key is on its way: nothing else may begin. */
  asking = $state(false);

  readonly #readings = new Readings();
  readonly #host: Host;
  readonly #told: () => void;

  /** `told`: something of lines is known that was not before. */
  constructor(host: Host, told: () => void) {
    this.#host = host;
    this.#told = told;
  }

  /** Those that wait to be handed over, and those of which nobody can tell whether they were made. */
  get waiting(): DeskKeyView[] {
    return this.keys.filter(({ key, waits }) => waits || (isOpen(key) && key.replacedAt === null));
  }

  /** The channels for which a key lies in the keychain here, so that they can be asked about with it. */
  get withKey(): Set<string> {
    const alive = this.keys.filter(({ key }) => key.replacedAt === null && key.refusedAt === null);
    const kept = alive.filter(({ key }) => key.state === "kept" || key.state === "safetyCopy");
    return new Set(kept.map(({ key }) => key.channelId));
  }

  /** Asks about those of these channels that have a key here; `anew`: because a person said so. */
  async askByKeys(ids: string[], anew: boolean): Promise<void> {
    const withKey = ids.filter((id) => this.withKey.has(id));
    if (withKey.length === 0) return;
    const answer = await this.#host.askByKeys(withKey, anew);
    if (answer.ok) this.#told();
    else if (anew) this.failure = answer.failure;
  }

  /** Whether a place is one decision that hides the rest. */
  get decides(): boolean {
    return this.place.kind === "making" || this.place.kind === "key" || this.place.kind === "mayWrite";
  }

  async start(): Promise<void> {
    const [mode] = await Promise.all([this.#host.deskMode(), this.readKeys()]);
    if (mode.ok) this.mode = mode.data;
    else this.failure = mode.failure;
  }

  async readKeys(): Promise<void> {
    const reading = this.#readings.begin();
    const keys = await this.#host.deskKeys();
    if (!this.#readings.isNews(reading)) return;
    if (keys.ok) this.keys = keys.data;
    else this.failure = keys.failure;
  }

  /** Tells whether it is so now. */
  async set(mode: ModeWord): Promise<boolean> {
    this.failure = null;
    const answer = await this.#host.setDeskMode(mode);
    if (answer.ok) this.mode = answer.data;
    else this.failure = answer.failure;
    return answer.ok;
  }

  go(place: DeskPlace): void {
    this.place = place;
  }

  show(key: KeyView, met: Met, client: string | null = null, made: MadeView | null = null): void {
    const known = this.keys.find((it) => it.key.id === key.id);
    const name = client ?? known?.clientName ?? (known?.clientId ? shownId(known.clientId) : null);
    this.place = { kind: "key", key, met, client: name, made };
  }

  async back(): Promise<void> {
    this.place = { kind: "board" };
    await this.readKeys();
  }
}
