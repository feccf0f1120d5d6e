import { SvelteSet } from "svelte/reactivity";
import type { AnyFailure, ClipboardView, Host } from "./host";

const SECOND = 1000;

/** The key on the clipboard, for as long as the program may take it off again. */
export class CopiedKey {
  now = $state.raw<ClipboardView>({ kind: "nothing" });
  /** How many seconds it stays; none where it is not cleared. */
  left = $state<number | null>(null);
  failure = $state.raw<AnyFailure | null>(null);

  readonly #host: Host;
  /** The keys that were copied since the program started. */
  readonly #ids = new SvelteSet<string>();
  #id = $state<string | null>(null);
  #until = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Whether the key that is there is stored nowhere else. */
  get isOnlyCopy(): boolean {
    return this.now.kind === "goesWithProgram" || (this.now.kind === "key" && this.now.left === null);
  }

  /** Whether this key is there, as far as can be told. */
  holds(id: string): boolean {
    return this.now.kind !== "nothing" && this.now.kind !== "cleared" && this.#id === id;
  }

  /** Whether this key was copied, whatever was copied since. */
  had(id: string): boolean {
    return this.#ids.has(id);
  }

  is(now: ClipboardView): void {
    clearInterval(this.#timer);
    this.now = now;
    if (now.kind === "key") this.#ids.add((this.#id = now.id));
    this.failure = null;
    this.left = now.kind === "key" ? now.left : null;
    if (this.left === null) return;
    this.#until = Date.now() + this.left * SECOND;
    this.#timer = setInterval(() => this.#count(), SECOND);
  }

  async clear(unseen: boolean): Promise<void> {
    const answer = await this.#host.clearClipboard(unseen);
    this.failure = answer.ok ? null : answer.failure;
  }

  putAway(): void {
    this.is({ kind: "nothing" });
  }

  /** Another person comes: what was told to the last one is nothing to them. */
  forget(): void {
    if (this.now.kind === "cleared") this.putAway();
  }

  /** The program clears it; here the seconds are counted down to that. */
  #count(): void {
    this.left = Math.max(0, Math.ceil((this.#until - Date.now()) / SECOND));
    if (this.left === 0) clearInterval(this.#timer);
  }
}
