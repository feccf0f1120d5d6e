import { untrack } from "svelte";

/** What would be lost with a page: each way of leaving it asks first, and happens where the person says so. */
export class Leaving {
  #held = $state(0);
  /** What was asked for, while the person is asked. */
  asks = $state.raw<(() => unknown) | null>(null);

  /** Something would be lost now. */
  get held(): boolean {
    return this.#held > 0;
  }

  /** From now on leaving asks, until what this gives is called. */
  hold = (): (() => void) => {
    untrack(() => this.#held++);
    let holds = true;
    return () => {
      if (holds) this.#held--;
      holds = false;
    };
  };

  /** Does what leaves the page, at once where nothing would be lost. */
  leave = (go: () => unknown): void => {
    if (this.held) this.asks = go;
    else void go();
  };

  stay(): void {
    this.asks = null;
  }

  goOn(): void {
    const go = this.asks;
    this.asks = null;
    void go?.();
  }
}
