import { CopyAction } from "./copying.svelte";
import type { Host, KeyTestView } from "./host";

/** What is done with one key: copying, testing, and what came of it. The key itself never passes here. */
export class KeyWork extends CopyAction<string> {
  testing = $state(false);
  moving = $state(false);
  result = $state.raw<KeyTestView | null>(null);

  readonly id: string;
  readonly #host: Host;
  readonly #tested: (() => void) | undefined;

  /** `tested`: told when a test was made, because what is remembered of the key has changed. */
  constructor(host: Host, id: string, tested?: () => void) {
    super();
    this.#host = host;
    this.id = id;
    this.#tested = tested;
  }

  copy(): Promise<void> {
    this.#clear();
    return this.try(this.id, (anyway) => this.#host.copyKey(this.id, anyway));
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
    this.putAway();
    this.moving = true;
    const answer = await this.#host.moveKey(this.id, channelId);
    this.moving = false;
    if (answer.ok) this.#clear();
    else this.fail(answer.failure);
    return answer.ok;
  }

  #clear(): void {
    this.putAway();
    this.copied = null;
    this.result = null;
  }
}
