import type { AnyFailure, Host, KeyTestView } from "./host";

/** What is done with one key: copying, testing, and what came of it. The key itself never passes here. */
export class KeyWork {
  copied = $state(false);
  testing = $state(false);
  moving = $state(false);
  result = $state.raw<KeyTestView | null>(null);
  failure = $state.raw<AnyFailure | null>(null);
  /** Does again what failed. */
  again = $state.raw<(() => void) | undefined>(undefined);
  /** Copies what was not copied, also in the place of another key that is stored nowhere else. */
  anyway = $state.raw<(() => void) | undefined>(undefined);

  readonly id: string;
  readonly #host: Host;
  readonly #tested: (() => void) | undefined;

  /** `tested`: told when a test was made, because what is remembered of the key has changed. */
  constructor(host: Host, id: string, tested?: () => void) {
    this.#host = host;
    this.id = id;
    this.#tested = tested;
  }

  async copy(anyway = false): Promise<void> {
    this.#clear();
    const answer = await this.#host.copyKey(this.id, anyway);
    if (answer.ok) return void (this.copied = true);
    this.fail(answer.failure, () => void this.copy());
    if (answer.failure.code === "keyOnClipboard") this.anyway = () => void this.copy(true);
  }

  async test(): Promise<void> {
    if (this.testing) return;
    this.#clear();
    this.testing = true;
    const answer = await this.#host.testKey(this.id);
    this.testing = false;
    if (!answer.ok) return this.fail(answer.failure, () => void this.test());
    this.result = answer.data;
    this.#tested?.();
  }

  /** Puts the key under the number that it turned out to be for; tells whether it lies there now. */
  async move(channelId: string): Promise<boolean> {
    if (this.moving) return false;
    this.clearFailure();
    this.moving = true;
    const answer = await this.#host.moveKey(this.id, channelId);
    this.moving = false;
    if (answer.ok) this.#clear();
    else this.fail(answer.failure);
    return answer.ok;
  }

  fail(failure: AnyFailure, again?: () => void): void {
    this.failure = failure;
    this.again = again;
    this.anyway = undefined;
  }

  clearFailure(): void {
    this.failure = null;
    this.again = undefined;
    this.anyway = undefined;
  }

  putAway(): void {
    this.clearFailure();
  }

  #clear(): void {
    this.clearFailure();
    this.copied = false;
    this.result = null;
  }
}
