import { CopyAction } from "./copying.svelte";
import type { Host, KeyTestView } from "./host";

/** What is done with one key: copying, testing, and what came of it. The key itself never passes here. */
export class KeyWork extends CopyAction<string> {
  testing = $state(false);
  moving = $state(false);
  result = $state.raw<KeyTestView | null>(null);
  /** When that was found, in seconds. */
  testedAt = $state(0);

  readonly id: string;
  readonly #host: Host;

  constructor(host: Host, id: string) {
    super();
    this.#host = host;
    this.id = id;
  }

  copy(): Promise<void> {
    return this.try(this.id, (anyway) => this.#host.copyKey(this.id, anyway));
  }

  async test(): Promise<void> {
    if (this.testing) return;
    this.putAway();
    this.copied = null;
    this.testing = true;
    // What was found before stays until there is something newer, so that nothing on the page jumps.
    const answer = await this.#host.testKey(this.id);
    this.testing = false;
    if (!answer.ok) {
      this.result = null;
      return this.fail(answer.failure, () => void this.test());
    }
    this.result = answer.data;
    this.testedAt = Math.floor(Date.now() / 1000);
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
